//! One JSON object a line: what `import assertions` reads and `export assertions --full` writes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use throughline_model::{
    Assertion, AssertionId, Document, DocumentId, Edtf, Judgment, JudgmentId, Mention, MentionId,
    Note,
};

use crate::FormatError;
use crate::wire::{
    AssertionForm, DocumentForm, DocumentName, JudgmentForm, MentionForm, NoteName, SpanForm,
    Spelled,
};

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A document: what is known of it, and its text where that is held.
    Document(Box<Document>),
    /// A reading of a document begins: the lines of this document and reader that follow are of it.
    Reading {
        /// The document.
        document: DocumentId,
        /// The reader.
        reader: String,
    },
    /// A mention, and by which reader it was read.
    Mention(Mention, Option<String>),
    /// An assertion, and by which reader it was read.
    Assertion(Assertion, Option<String>),
    /// A reader's note on a document, and by which reader.
    Note(DocumentId, Note, Option<String>),
    /// A judgment, and whether it is held apart where it comes from.
    Judgment(Judgment, bool),
    /// A document that was removed on a court's order or a subject's request.
    Removed(Removal),
    /// A definition of a count, or a published count, as the ledger holds it.
    Entry {
        /// `definition` or `published`.
        kind: String,
        /// The JSON object.
        payload: String,
    },
    /// The first line of an export that withholds names.
    Withheld,
}

/// The tombstone of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// The document.
    pub document: DocumentId,
    /// Who removed it.
    pub by: String,
    /// The order or the request.
    pub reason: String,
    /// Since when it was public, if that was known.
    pub public: Option<Edtf>,
    /// For its mentions, those of other documents that stand for the same subjects since, if one does.
    pub successors: BTreeMap<MentionId, Option<MentionId>>,
    /// The judgments that went with it.
    pub judgments: Vec<JudgmentId>,
    /// What stays of those among them on which others hang.
    pub remains: Vec<Remains>,
}

/// What stays of a judgment that went with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remains {
    /// The judgment.
    pub id: JudgmentId,
    /// Whose it was.
    pub by: String,
    /// The documents that it cited.
    pub cites: Vec<DocumentId>,
    /// What it took the place of.
    pub supersedes: Vec<JudgmentId>,
    /// The date that it gave its document.
    pub published: Option<Edtf>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
enum LineForm {
    Document(Box<DocumentForm>),
    Reading(ReadingLine),
    Mention(MentionForm),
    Assertion(AssertionForm),
    Note(NoteLine),
    Judgment(JudgmentForm),
    Removed(RemovedLine),
    Entry(EntryLine),
    Export(serde_json::Value),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadingLine {
    document: DocumentName,
    reader: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NoteLine {
    document: DocumentName,
    span: SpanForm,
    #[serde(skip_serializing_if = "Option::is_none")]
    assertion: Option<Spelled<AssertionId>>,
    note: NoteName,
    text: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RemovedLine {
    document: DocumentName,
    by: String,
    reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    public: Option<Spelled<Edtf>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    successors: BTreeMap<Spelled<MentionId>, Option<Spelled<MentionId>>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    judgments: Vec<Spelled<JudgmentId>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    remains: Vec<RemainsForm>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RemainsForm {
    id: Spelled<JudgmentId>,
    by: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cites: Vec<Spelled<DocumentId>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    supersedes: Vec<Spelled<JudgmentId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published: Option<Spelled<Edtf>>,
}

impl From<RemainsForm> for Remains {
    fn from(form: RemainsForm) -> Remains {
        Remains {
            id: form.id.0,
            by: form.by,
            cites: Spelled::all(&form.cites),
            supersedes: Spelled::all(&form.supersedes),
            published: form.published.map(|date| date.0),
        }
    }
}

impl From<&Remains> for RemainsForm {
    fn from(remains: &Remains) -> RemainsForm {
        RemainsForm {
            id: Spelled(remains.id),
            by: remains.by.clone(),
            cites: remains.cites.iter().copied().map(Spelled).collect(),
            supersedes: remains.supersedes.iter().copied().map(Spelled).collect(),
            published: remains.published.clone().map(Spelled),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryLine {
    kind: String,
    payload: serde_json::Map<String, serde_json::Value>,
}

#[derive(Serialize, Deserialize)]
struct Envelope {
    #[serde(skip_serializing_if = "Option::is_none")]
    reader: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    held: bool,
    #[serde(flatten)]
    line: LineForm,
}

/// Reads a line: `{"assertion": {…}}`, with `"reader"` beside it if a reader other than the
/// importing person made it, and `"held"` beside a judgment that is held apart.
///
/// # Errors
/// [`FormatError`], with the column, what was found and what was wanted.
pub fn read(line: &str) -> Result<Line, FormatError> {
    // The derived message for an untagged object names a type of this program, which helps nobody.
    const WANTED: &str = "wanted is an object such as {\"assertion\": {…}}, with one of document, \
        reading, mention, assertion, note, judgment, removed or entry";
    let json: serde_json::Value = serde_json::from_str(line)
        .map_err(|error| FormatError::new(format!("not JSON: {error}; {WANTED}")))?;
    let Some(object) = json.as_object() else {
        return Err(FormatError::new(format!("not a JSON object; {WANTED}")));
    };
    if let Some(other) =
        object.keys().find(|key| !BESIDE.contains(&key.as_str()) && !KINDS.contains(&key.as_str()))
    {
        return Err(FormatError::new(format!("{other:?} is no kind of line; {WANTED}")));
    }
    let Envelope { reader, held, line } = serde_json::from_value(json)?;
    Ok(match line {
        LineForm::Document(form) => Line::Document(Box::new((*form).try_into()?)),
        LineForm::Reading(form) => Line::Reading { document: form.document.0, reader: form.reader },
        LineForm::Mention(form) => Line::Mention(form.try_into()?, reader),
        LineForm::Assertion(form) => Line::Assertion(form.try_into()?, reader),
        LineForm::Note(form) => {
            let note = Note {
                span: form.span.into(),
                assertion: form.assertion.map(|id| id.0),
                kind: form.note.0,
                text: form.text,
            };
            Line::Note(form.document.0, note, reader)
        }
        LineForm::Judgment(form) => Line::Judgment(form.try_into()?, held),
        LineForm::Removed(form) => Line::Removed(Removal {
            document: form.document.0,
            by: form.by,
            reason: form.reason,
            public: form.public.map(|date| date.0),
            successors: form
                .successors
                .into_iter()
                .map(|(gone, other)| (gone.0, other.map(|other| other.0)))
                .collect(),
            judgments: Spelled::all(&form.judgments),
            remains: form.remains.into_iter().map(Remains::from).collect(),
        }),
        LineForm::Entry(form) => Line::Entry {
            kind: form.kind,
            payload: serde_json::Value::Object(form.payload).to_string(),
        },
        LineForm::Export(_) => Line::Withheld,
    })
}

/// What may stand beside the kind of a line.
const BESIDE: [&str; 2] = ["reader", "held"];

/// The kinds of line.
const KINDS: [&str; 9] = [
    "document",
    "reading",
    "mention",
    "assertion",
    "note",
    "judgment",
    "removed",
    "entry",
    "export",
];

/// Writes a line, without its end.
pub fn write(line: &Line) -> String {
    let (form, reader) = match line {
        Line::Document(document) => (LineForm::Document(Box::new(document.as_ref().into())), None),
        Line::Reading { document, reader } => {
            let form = ReadingLine { document: DocumentName(*document), reader: reader.clone() };
            (LineForm::Reading(form), None)
        }
        Line::Mention(mention, reader) => (LineForm::Mention(mention.into()), reader.clone()),
        Line::Assertion(said, reader) => (LineForm::Assertion(said.into()), reader.clone()),
        Line::Note(document, note, reader) => {
            let form = NoteLine {
                document: DocumentName(*document),
                span: note.span.into(),
                assertion: note.assertion.map(Spelled),
                note: NoteName(note.kind),
                text: note.text.clone(),
            };
            (LineForm::Note(form), reader.clone())
        }
        Line::Judgment(judgment, _) => (LineForm::Judgment(judgment.into()), None),
        Line::Removed(Removal { document, by, reason, public, successors, judgments, remains }) => {
            let spelled =
                successors.iter().map(|(gone, other)| (Spelled(*gone), other.map(Spelled)));
            let form = RemovedLine {
                document: DocumentName(*document),
                by: by.clone(),
                reason: reason.clone(),
                public: public.clone().map(Spelled),
                successors: spelled.collect(),
                judgments: judgments.iter().copied().map(Spelled).collect(),
                remains: remains.iter().map(RemainsForm::from).collect(),
            };
            (LineForm::Removed(form), None)
        }
        Line::Entry { kind, payload } => {
            let payload = serde_json::from_str(payload).unwrap_or_default();
            (LineForm::Entry(EntryLine { kind: kind.clone(), payload }), None)
        }
        Line::Withheld => (LineForm::Export(serde_json::json!({"names": "withheld"})), None),
    };
    // Writing to memory fails only for maps with keys that are no strings; there are none.
    let held = matches!(line, Line::Judgment(_, true));
    serde_json::to_string(&Envelope { reader, held, line: form }).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use throughline_model::{Act, Fingerprint, Instant, NoteKind, SubjectKind};

    use super::*;

    #[track_caller]
    fn refused(line: &str, why: &str) {
        let error = read(line).unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }

    #[test]
    fn a_line_that_is_none_says_what_is_wanted() {
        refused("{\"assertion\": {", "not JSON");
        refused("[]", "not a JSON object");
        refused("{\"claim\": {}}", "\"claim\" is no kind of line");
        refused("{\"mention\": {\"subject\": \"person\", \"born\": 1}}", "born");
        refused("{\"reading\": {\"document\": \"doc-1\", \"reader\": \"x\"}}", "document's id");
    }

    #[test]
    fn lines_read_back_as_they_were_written() {
        let document = DocumentId::from_bits(5);
        let incident =
            |at| MentionId::of(SubjectKind::Incident, Fingerprint::new("test").number(at));
        let note = Note {
            span: throughline_model::Span::new(3, 9),
            assertion: Some(AssertionId::from_bits(8)),
            kind: NoteKind::DateMisfit,
            text: "two dates".into(),
        };
        let undo = Judgment {
            id: JudgmentId::from_bits(0),
            by: "A".into(),
            made: Instant(0),
            reason: "a slip".into(),
            cites: vec![],
            supersedes: vec![JudgmentId::from_bits(3)],
            act: Act::Undo,
        };
        let undo = undo.sealed();
        for line in [
            Line::Reading { document, reader: "hand:A coder".into() },
            Line::Note(document, note, Some("rules-1".into())),
            Line::Removed(Removal {
                document,
                by: "A".into(),
                reason: "order 7".into(),
                public: Some("2016-05".parse().unwrap()),
                successors: BTreeMap::from([(incident(1), Some(incident(2))), (incident(3), None)]),
                judgments: vec![JudgmentId::from_bits(3)],
                remains: vec![Remains {
                    id: JudgmentId::from_bits(3),
                    by: "B".into(),
                    cites: vec![document],
                    supersedes: vec![JudgmentId::from_bits(4)],
                    published: Some("2016-05-03".parse().unwrap()),
                }],
            }),
            Line::Entry { kind: "definition".into(), payload: "{\"a\":1}".into() },
            Line::Judgment(undo, true),
            Line::Withheld,
        ] {
            assert_eq!(read(&write(&line)), Ok(line));
        }
    }
}
