//! One JSON object a line, without the names that are withheld.
//!
//! Ids of the casebook are hashes of positions and texts, and would tell what they are hashes of
//! apart; so are SHA-256s and byte ranges. An export that withholds names carries none of them:
//! everything is numbered from 1 in the order in which it is written. Such an export is for
//! reading, and cannot be imported.
//!
//! What is withheld is decided elsewhere: a [`Veil`] says it.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};
use throughline_model::{
    Act, Assertion, AssertionId, Document, DocumentId, Edtf, Judgment, JudgmentId, Medium, Mention,
    MentionId, Passage, Value, Voice,
};

use crate::wire::{ValueForm, role_name};

/// What may be shown of the texts and names of one document.
pub struct Veil<'a> {
    /// A text without withheld names.
    pub text: &'a dyn Fn(&str) -> String,
    /// The name of who published or wrote it, as it may be shown.
    pub author: &'a dyn Fn(&str) -> String,
    /// An address, unless it could spell a withheld name.
    pub address: &'a dyn Fn(&str) -> Option<String>,
    /// The name of a mention, unless it is withheld.
    pub name: &'a dyn Fn(&Mention) -> Option<String>,
}

/// The numbers of one export.
#[derive(Debug, Default)]
pub struct Numbers {
    documents: BTreeMap<DocumentId, usize>,
    mentions: BTreeMap<MentionId, usize>,
    assertions: BTreeMap<AssertionId, usize>,
    judgments: BTreeMap<JudgmentId, usize>,
    records: BTreeMap<MentionId, String>,
    kinds: BTreeMap<&'static str, usize>,
}

impl Numbers {
    /// The label of a record, such as `person-3`, by its id in the casebook.
    pub fn record(&mut self, id: MentionId) -> String {
        let count = &mut self.kinds;
        let label = self.records.entry(id).or_insert_with(|| {
            let kind = id.kind().name();
            let next = count.entry(kind).or_insert(0);
            *next += 1;
            format!("{kind}-{next}")
        });
        label.clone()
    }
}

fn number<K: Ord>(of: &mut BTreeMap<K, usize>, key: K) -> usize {
    let next = of.len() + 1;
    *of.entry(key).or_insert(next)
}

/// The first line: what kind of export this is.
pub fn head() -> String {
    json!({"export": {"version": 1, "names": "withheld"}}).to_string()
}

/// A document: what is known of it, without its text. Of one that nobody has read, nobody knows
/// whom its headline names; it is left out.
pub fn document(
    numbers: &mut Numbers,
    document: &Document,
    published: Option<&Edtf>,
    read: bool,
    veil: &Veil,
) -> String {
    let clean = |text: &Option<String>| text.as_deref().map(veil.text);
    let author = |name: &Option<String>| name.as_deref().map(veil.author);
    let read_only = |text: Option<String>| text.filter(|_| read);
    line(
        "document",
        json!({
            "document": number(&mut numbers.documents, document.id),
            "medium": document.medium.map(Medium::name),
            "source": author(&document.source),
            "title": read_only(clean(&document.title)),
            "byline": read_only(author(&document.byline)),
            "published": published.map(ToString::to_string),
            "url": read_only(document.url.as_deref().and_then(veil.address)),
            "language": document.language,
        }),
    )
}

/// A mention, and the record that it belongs to by its id in the casebook.
pub fn mention(
    numbers: &mut Numbers,
    mention: &Mention,
    record: Option<MentionId>,
    veil: &Veil,
) -> String {
    line(
        "mention",
        json!({
            "mention": number(&mut numbers.mentions, mention.id),
            "document": number(&mut numbers.documents, mention.document),
            "subject": mention.kind().name(),
            "record": record.map(|id| numbers.record(id)),
            "name": (veil.name)(mention),
        }),
    )
}

/// An assertion, with its sentence where the text is held, and whether a person accepted it.
pub fn assertion(
    numbers: &mut Numbers,
    said: &Assertion,
    sentence: Option<&str>,
    accepted: bool,
    veil: &Veil,
) -> String {
    let cited = match &said.passage {
        Passage::Text(_) => None,
        Passage::Cited { work, place } => {
            Some(json!({"work": (veil.text)(work), "place": (veil.text)(place)}))
        }
    };
    let speakers: Vec<Json> = said
        .speakers
        .iter()
        .map(|speaker| {
            let voice = match &speaker.voice {
                Voice::Document => json!("document"),
                Voice::Mention(id) => json!({"mention": number(&mut numbers.mentions, *id)}),
                Voice::Described(words) => json!({"described": (veil.text)(words)}),
                Voice::Unnamed => json!("unnamed"),
            };
            json!({"voice": voice, "stance": speaker.stance.name()})
        })
        .collect();
    line(
        "assertion",
        json!({
            "assertion": number(&mut numbers.assertions, said.id),
            "document": number(&mut numbers.documents, said.document),
            "sentence": sentence.map(veil.text),
            "cited": cited,
            "zone": role_name(said.zone),
            "speakers": speakers,
            "subject": number(&mut numbers.mentions, said.subject),
            "variable": said.variable.name(),
            "party": said.party.map(|id| number(&mut numbers.mentions, id)),
            "value": value(numbers, &said.value, veil.text),
            "obtained": said.obtained.as_deref().map(veil.text),
            "repeats": said.repeats.and_then(|id| numbers.assertions.get(&id).copied()),
            "certainty": said.certainty,
            "accepted": accepted,
        }),
    )
}

/// A judgment in force that is about something exported; `None` for all others, and for those whose
/// work shows in the assertions already.
pub fn judgment(
    numbers: &mut Numbers,
    judgment: &Judgment,
    text: &dyn Fn(&str) -> String,
) -> Option<String> {
    let mention = |id: MentionId| numbers.mentions.get(&id).copied();
    let pair = |a, b| Some(json!([mention(a)?, mention(b)?]));
    let act = match &judgment.act {
        Act::Accept(id) => json!({"accept": numbers.assertions.get(id).copied()?}),
        Act::Same(a, b) => json!({"same": pair(*a, *b)?}),
        Act::NotSame(a, b) => json!({"not-same": pair(*a, *b)?}),
        Act::Unsure(a, b) => json!({"unsure": pair(*a, *b)?}),
        Act::Unrelated(a, b) => json!({"unrelated": pair(*a, *b)?}),
        Act::Find(target) => {
            let subject = mention(target.subject)?;
            let party = match target.party {
                Some(id) => Some(mention(id)?),
                None => None,
            };
            if let Some(Value::Mention(id)) = target.value {
                mention(id)?;
            }
            let rests_on: Vec<usize> = target
                .rests_on
                .iter()
                .filter_map(|id| numbers.assertions.get(id).copied())
                .collect();
            json!({"find": {
                "subject": subject,
                "variable": target.variable.name(),
                "party": party,
                "value": target.value.as_ref().map(|held| value(numbers, held, text)),
                "rests_on": rests_on,
            }})
        }
        Act::Reject(_)
        | Act::Retract(_)
        | Act::Correct { .. }
        | Act::Withdraw { .. }
        | Act::Dated { .. }
        | Act::Grade { .. }
        | Act::Credit { .. }
        // What one coder codes for himself is nobody's finding.
        | Act::Code(_)
        | Act::Undo => return None,
    };
    let cites: Vec<usize> =
        judgment.cites.iter().filter_map(|id| numbers.documents.get(id).copied()).collect();
    Some(line(
        "judgment",
        json!({
            "judgment": number(&mut numbers.judgments, judgment.id),
            "by": text(&judgment.by),
            "made": judgment.made.to_string(),
            "reason": text(&judgment.reason),
            "cites": cites,
            "act": act,
        }),
    ))
}

fn value(numbers: &mut Numbers, held: &Value, text: &dyn Fn(&str) -> String) -> Json {
    let clean = match held {
        Value::Mention(id) => return json!({"mention": number(&mut numbers.mentions, *id)}),
        Value::Text(words) => Value::Text(text(words)),
        Value::Term(term) => Value::Term(text(term)),
        Value::Share(share) => {
            let mut share = share.clone();
            share.property = text(&share.property);
            Value::Share(share)
        }
        plain => plain.clone(),
    };
    serde_json::to_value(ValueForm::from(&clean)).unwrap_or_default()
}

/// A line of one kind, without the fields that have no value.
fn line(kind: &str, fields: Json) -> String {
    let Json::Object(fields) = fields else { return String::new() };
    let fields: Map<String, Json> =
        fields.into_iter().filter(|(_, value)| !value.is_null()).collect();
    json!({kind: fields}).to_string()
}
