//! How the values of a record changed, as JSON and in words.

use serde_json::{Value as Json, json};
use throughline_casebook::{Histories, History};
use throughline_formats::view;
use throughline_model::{Basis, Day, Edtf, Holding};

use crate::words::{self, Names, namer};

/// How many days are looked at.
pub const DAYS: usize = 100;

/// The fields that docs/json.md gives.
pub fn json(told: &Histories) -> Json {
    let names = namer(&told.names);
    let all = told.all.iter().map(|one| {
        let steps = one.steps.iter().map(|(day, held)| {
            json!({
                "since": day.map(|day| day.to_string()),
                "held": held.iter().map(|held| value(held, &names)).collect::<Vec<_>>(),
            })
        });
        json!({
            "variable": one.variable.name(),
            "party": one.party.map(|id| json!({"id": id.to_string(), "name": names(id)})),
            "steps": steps.collect::<Vec<_>>(),
        })
    });
    json!({"values": all.collect::<Vec<_>>(), "left_out": told.left_out})
}

fn value(held: &Holding, names: Names) -> Json {
    json!({
        "value": held.value.as_ref().map(|value| view::value(value, names)),
        "basis": basis(held),
        "hedged": held.hedged,
        "copied": held.copied,
        "contested": held.contested,
    })
}

fn basis(held: &Holding) -> &'static str {
    match held.basis {
        Basis::Finding(_) => "finding",
        Basis::Accepted(_) => "accepted",
        Basis::Proposal(_) => "proposal",
    }
}

/// The values that changed after they were first held.
pub fn changed(told: &Histories) -> impl Iterator<Item = &History> {
    told.all.iter().filter(|one| one.steps.len() > 1)
}

/// Since when something was held: a day, or "now, with what is undated".
pub fn since(day: Option<Day>) -> String {
    match day {
        Some(day) => words::date(&Edtf::day(day)),
        None => "at present, with what is undated".to_owned(),
    }
}

/// What was held, in words: `3 (finding)`, `bombing or shooting`, `nothing`.
pub fn held(all: &[Holding], names: Names) -> String {
    let one = |held: &Holding| {
        let mut marks = vec![basis(held)];
        marks.extend(words::marks(held));
        format!("{} ({})", words::held(held, names), marks.join(", "))
    };
    match all.is_empty() {
        true => "nothing".to_owned(),
        false => all.iter().map(one).collect::<Vec<_>>().join("; "),
    }
}
