//! Questions with every coder's answer beside what was found.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use throughline_casebook::{Coding, Codings, Field};
use throughline_formats::view;
use throughline_model::Value;

use crate::words::{self, Names, namer};

/// How a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// One coder alone coded it.
    OneCoder,
    /// All who coded it say the same.
    Agreed,
    /// All who coded it say the same, and something else is found.
    FoundOtherwise,
    /// They differ.
    Differs,
}

impl Stand {
    /// That of a question.
    pub fn of(field: &Field) -> Stand {
        match field.is_agreed() {
            None => Stand::OneCoder,
            Some(true) if is_found_otherwise(field) => Stand::FoundOtherwise,
            Some(true) => Stand::Agreed,
            Some(false) => Stand::Differs,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Stand::OneCoder => "one coder",
            Stand::Agreed => "agreed",
            Stand::FoundOtherwise => "agreed, and found otherwise",
            Stand::Differs => "differs",
        }
    }
}

/// Whether something else is found than what all coders coded.
fn is_found_otherwise(field: &Field) -> bool {
    let values = |some: &[Coding]| -> BTreeSet<Option<Value>> {
        some.iter().map(|one| one.value.clone()).collect()
    };
    !field.found.is_empty() && values(&field.found) != values(&field.codings)
}

/// What a coder coded, or an adjudicator found, in words.
pub fn answer(coding: &Coding, names: Names) -> String {
    match &coding.value {
        Some(value) => words::value(value, names),
        None => "cannot be known".to_owned(),
    }
}

/// The fields that docs/json.md gives.
pub fn json(codings: &Codings, field: &Field) -> Json {
    let names = namer(&codings.names);
    let coding = |one: &Coding| {
        json!({
            "judgment": one.judgment.to_string(),
            "by": one.by,
            "recorded": one.recorded.to_string(),
            "value": one.value.as_ref().map(|value| view::value(value, &names)),
            "rests_on": one.rests_on.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "reason": one.reason,
        })
    };
    json!({
        "record": {"id": field.record.to_string(), "name": names(field.record)},
        "variable": field.variable.name(),
        "party": field.party.map(|id| json!({"id": id.to_string(), "name": names(id)})),
        "stands": Stand::of(field).name(),
        "codings": field.codings.iter().map(coding).collect::<Vec<_>>(),
        "found": field.found.iter().map(coding).collect::<Vec<_>>(),
    })
}
