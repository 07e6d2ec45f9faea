//! Records and their evidence as JSON, for `--json` and for pages.
//!
//! The field names are promised in docs/json.md. Every object that refers to a mention gives its
//! name beside its id, where it is known.

use serde_json::{Map, Value as Json, json};
use throughline_model::{
    Assertion, Basis, Holding, Join, MentionId, Record, Speaker, Value, Voice,
};

use crate::wire::{AssertionForm, ValueForm};

/// The name of a mention, where it is known.
pub type Names<'a> = &'a dyn Fn(MentionId) -> Option<String>;

/// A record with its values.
pub fn record(record: &Record, names: Names) -> Json {
    json!({
        "id": record.id.to_string(),
        "kind": record.id.kind().name(),
        "name": record.name,
        "first_published": record.first_published.as_ref().map(ToString::to_string),
        "mentions": record.mentions.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "values": record.holdings.iter().map(|held| holding(held, names)).collect::<Vec<_>>(),
        "joins": record.joins.iter().map(join).collect::<Vec<_>>(),
        "superseded": record.superseded.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

/// A holding with its value and what chose it, and the ids of the assertions behind it.
pub fn holding(holding: &Holding, names: Names) -> Json {
    let (basis, judgment, rule) = match &holding.basis {
        Basis::Finding(id) => ("finding", Some(id.to_string()), None),
        Basis::Accepted(id) => ("accepted", Some(id.to_string()), None),
        Basis::Proposal(rule) => ("proposal", None, Some(*rule)),
    };
    json!({
        "variable": holding.variable.name(),
        "party": holding.party.map(|id| mention(id, names)),
        "value": holding.value.as_ref().map(|held| value(held, names)),
        "basis": basis,
        "judgment": judgment,
        "rule": rule,
        "voices": holding.voices,
        "hedged": holding.hedged,
        "copied": holding.copied,
        "contested": holding.contested,
        "evidence_gone": holding.evidence_gone,
        "support": holding.support.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "against": holding.against.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

/// A join: which mention, to which, since when and why.
pub fn join(join: &Join) -> Json {
    json!({
        "mention": join.mention.to_string(),
        "to": join.to.to_string(),
        "since": join.since.as_ref().map(ToString::to_string),
        "reason": join.reason,
        "judgment": join.judgment.map(|id| id.to_string()),
    })
}

fn mention(id: MentionId, names: Names) -> Json {
    json!({"id": id.to_string(), "name": names(id)})
}

/// A value, in the form of docs/formats.md; a mention with its name.
pub fn value(held: &Value, names: Names) -> Json {
    match held {
        Value::Mention(id) => json!({"mention": mention(*id, names)}),
        held => serde_json::to_value(ValueForm::from(held)).unwrap_or_default(),
    }
}

/// An assertion, in the form of docs/formats.md, with the names of those who speak and are spoken
/// of under `names`.
pub fn assertion(said: &Assertion, names: Names) -> Map<String, Json> {
    let form = serde_json::to_value(AssertionForm::from(said)).unwrap_or_default();
    let Json::Object(mut object) = form else { return Map::new() };
    let voices = said.speakers.iter().filter_map(|Speaker { voice, .. }| match voice {
        Voice::Mention(id) => Some(*id),
        _ => None,
    });
    let value = match said.value {
        Value::Mention(id) => Some(id),
        _ => None,
    };
    let named: Map<String, Json> = std::iter::once(said.subject)
        .chain(value)
        .chain(said.party)
        .chain(voices)
        .filter_map(|id| Some((id.to_string(), Json::String(names(id)?))))
        .collect();
    object.insert("names".to_owned(), Json::Object(named));
    object
}
