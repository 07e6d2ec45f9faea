//! A document: what is known of it, and what a coder should look at.

use serde_json::{Value as Json, json};
use throughline_casebook::{Casebook, DocumentRow, JudgmentRow, Part, Passed, Result};
use throughline_model::{
    Act, AsOf, Document, DocumentId, Edtf, Judgment, Note, Picture, PictureId, Relation,
};

/// A document as of two dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentTold {
    /// The document, as it was captured.
    pub document: Document,
    /// What lists give of it.
    pub row: DocumentRow,
    /// The notes of its readers.
    pub notes: Vec<Note>,
    /// The documents that it tells of, with those of them that are held.
    pub passed: Vec<Passed>,
    /// The judgments in view that date it, by time, in force or not.
    pub dated: Vec<JudgmentRow>,
}

/// What became of a document that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentAnswer {
    /// It is in view.
    Told(Box<DocumentTold>),
    /// It was removed on a court's order or a subject's request: by whom, and why.
    Removed {
        /// Who removed it.
        by: String,
        /// The order or the request.
        reason: String,
    },
    /// It was not published or recorded by the dates asked for.
    OutOfView,
    /// It was never here.
    Unknown,
}

impl DocumentAnswer {
    /// Looks a document up.
    ///
    /// # Errors
    /// If the casebook cannot be read.
    pub fn gather(casebook: &Casebook, id: DocumentId, as_of: AsOf) -> Result<DocumentAnswer> {
        if let Some(tombstone) = casebook.tombstone(id)? {
            let tomb: Json = serde_json::from_str(&tombstone).unwrap_or_default();
            let field = |name: &str| tomb[name].as_str().unwrap_or("?").to_owned();
            return Ok(DocumentAnswer::Removed { by: field("by"), reason: field("reason") });
        }
        let Some(document) = casebook.document(id)? else { return Ok(DocumentAnswer::Unknown) };
        let Some(row) = casebook.document_row(id, as_of)? else {
            return Ok(DocumentAnswer::OutOfView);
        };
        let notes = casebook.notes(id, as_of)?;
        let passed = casebook.passed(&document, as_of)?;
        let dated = dated_by(casebook, id, as_of)?;
        Ok(DocumentAnswer::Told(Box::new(DocumentTold { document, row, notes, passed, dated })))
    }
}

/// The judgments in view that date a document, by time.
fn dated_by(casebook: &Casebook, id: DocumentId, as_of: AsOf) -> Result<Vec<JudgmentRow>> {
    let dates = |one: &Judgment| matches!(one.act, Act::Dated { document, .. } if document == id);
    if as_of.is_present() {
        let all = Part { from: 0, many: usize::MAX };
        let (_, mut found) = casebook.judgments_part(|one, _, _| dates(one), all)?;
        found.reverse();
        return Ok(found);
    }
    let mut found = casebook.judgments_as_of(as_of)?;
    found.retain(|(one, ..)| dates(one));
    Ok(found)
}

impl DocumentTold {
    /// The fields that docs/json.md gives.
    pub fn json(&self) -> Json {
        let written = throughline_formats::write_document(&self.document);
        let mut object: Json = serde_json::from_str(&written).unwrap_or_default();
        for field in [
            "medium",
            "source",
            "title",
            "byline",
            "published_at",
            "modified",
            "fetched",
            "url",
            "language",
            "section",
            "item",
            "file",
            "zones",
            "pages",
            "text",
        ] {
            // Every field is there, so that programs need not ask.
            let empty = match field {
                "zones" | "pages" => json!([]),
                "text" => json!(""),
                _ => Json::Null,
            };
            if object[field].is_null() {
                object[field] = empty;
            }
        }
        object["pictures"] = self.document.pictures.iter().map(picture_json).collect();
        object["references"] = self.passed.iter().map(passed_json).collect();
        object["capture_notes"] = json!(self.document.notes);
        object["own_published"] = json!(self.document.published.as_ref().map(ToString::to_string));
        object["dated"] = self.dated.iter().filter_map(dated_json).collect();
        object["published"] = json!(self.row.published.as_ref().map(ToString::to_string));
        object["changed"] = json!(self.row.changed().map(ToString::to_string));
        object["opening"] = json!(self.row.opening);
        object["recorded"] = json!(self.row.recorded.to_string());
        object["reader"] = json!(self.row.reader);
        object["notes"] = self
            .notes
            .iter()
            .map(|note| {
                json!({
                    "kind": note.kind.name(), "text": note.text,
                    "words": note.span.of(&self.document.text),
                    "assertion": note.assertion.map(|id| id.to_string()),
                })
            })
            .collect();
        object
    }
}

/// A removed document, in the fields that docs/json.md gives.
pub fn removed_json(id: DocumentId, by: &str, reason: &str) -> Json {
    json!({"id": id.to_string(), "removed": {"by": by, "reason": reason}})
}

/// A document that another tells of, with the one held, in the fields that docs/json.md gives.
pub fn passed_json(passed: &Passed) -> Json {
    let reference = &passed.reference;
    json!({
        "relation": throughline_formats::relation_name(reference.relation),
        "source": reference.source,
        "item": reference.item,
        "at": reference.at.as_ref().map(ToString::to_string),
        "document": passed.held.map(|id| id.to_string()),
    })
}

fn picture_json(picture: &Picture) -> Json {
    json!({
        "picture": picture.sha256.map(|hash| PictureId::of_bytes(hash).to_string()),
        "sha256": picture.sha256.map(|hash| hash.to_string()),
        "name": picture.name,
        "caption": picture.caption,
        "at": picture.at,
    })
}

/// Which document another one means, as far as it is held: its id, or why there is none. Without a
/// number, one that is held may be meant and not be told from its neighbours.
pub fn which(passed: &Passed) -> String {
    match (passed.held, &passed.reference.item) {
        (Some(id), _) => id.to_string(),
        (None, Some(_)) => "not held".to_owned(),
        (None, None) => "not found among what is held".to_owned(),
    }
}

/// A judgment that dates a document, in the fields that docs/json.md gives.
fn dated_json((one, recorded, in_force): &JudgmentRow) -> Option<Json> {
    let Act::Dated { published, .. } = &one.act else { return None };
    Some(json!({
        "judgment": one.id.to_string(),
        "published": published.to_string(),
        "by": one.by,
        "reason": one.reason,
        "recorded": recorded.to_string(),
        "in_force": in_force,
    }))
}

/// When somebody dated a document, and to when: "2016-05-21, by R. Coder on 2026-12-01".
pub fn dated_words((one, recorded, in_force): &JudgmentRow) -> Option<String> {
    let Act::Dated { published, .. } = &one.act else { return None };
    let on = recorded.day();
    let over = if *in_force { "" } else { ", no longer in force" };
    Some(format!("{published}, by {} on {}{over}", one.by, Edtf::day(on)))
}

/// What a document does with another, as a verb.
pub fn verb(relation: Relation) -> &'static str {
    match relation {
        Relation::Forwards => "passes on",
        Relation::Answers => "answers",
        Relation::AttachedTo => "came along with",
        Relation::Translates => "translates",
        Relation::Replaces => "is a later state of",
    }
}

/// When a document was published and, where it counts from a later change on, when that was; "?"
/// if it is undated.
pub fn dated(row: &DocumentRow) -> String {
    let published = row.published.as_ref().map_or_else(|| "?".to_owned(), ToString::to_string);
    match row.changed() {
        Some(on) => format!("{published}, changed {on}"),
        None => published,
    }
}

/// What a document goes by: its headline, else how it begins, else that it has neither.
pub fn called(row: &DocumentRow) -> &str {
    row.title.as_deref().or(row.opening.as_deref()).unwrap_or("untitled")
}

/// A document in a list, in the fields that docs/json.md gives.
pub fn row_json(row: &DocumentRow) -> Json {
    json!({
        "id": row.id.to_string(),
        "published": row.published.as_ref().map(ToString::to_string),
        "changed": row.changed().map(ToString::to_string),
        "source": row.source,
        "title": row.title,
        "opening": row.opening,
        "file": row.file,
        "recorded": row.recorded.to_string(),
        "reader": row.reader,
    })
}
