//! Lists of records: which values a line shows, and how.

use serde_json::{Value as Json, json};
use throughline_casebook::Listed;
use throughline_formats::view;
use throughline_model::{SubjectKind, Variable};

use crate::words::{self, namer};

/// A column: its title and the variables whose values it shows.
pub type Column = (&'static str, &'static [Variable]);

/// The columns of a kind's list, between the name and the day of publication.
pub fn columns(kind: SubjectKind) -> &'static [Column] {
    use Variable as V;
    match kind {
        SubjectKind::Incident => &[
            ("date", &[V::Date]),
            ("place", &[V::Place]),
            ("type", &[V::Type]),
            ("killed", &[V::Killed]),
            ("by", &[V::Perpetrator]),
        ],
        SubjectKind::Set => &[
            ("date", &[V::Date]),
            ("size", &[V::Size]),
            ("share", &[V::Share]),
            ("member", &[V::Member]),
        ],
        SubjectKind::Claim => &[
            ("issued", &[V::Issued]),
            ("claimant", &[V::Claimant]),
            ("act", &[V::ClaimAct]),
            ("about", &[V::About]),
            ("through", &[V::Through]),
        ],
        SubjectKind::Person => &[
            ("described as", &[V::Description]),
            ("role", &[V::Role]),
            ("status", &[V::Procedure, V::Fate, V::Cleared]),
        ],
        SubjectKind::Group => &[("says of its ways", &[V::Practice, V::CallsFor])],
        SubjectKind::Outlet => &[("of", &[V::OutletOf])],
        SubjectKind::Channel => &[("of", &[V::OutletOf]), ("shared", &[V::Shared])],
        SubjectKind::Place => &[],
    }
}

/// A row with its values; the record itself (`show`) has the assertions behind them.
pub fn json(row: &Listed) -> Json {
    let names = namer(&row.names);
    let values = row.holdings.iter().map(|held| {
        let mut value = view::holding(held, &names);
        if let Some(object) = value.as_object_mut() {
            object.remove("support");
            object.remove("against");
        }
        value
    });
    json!({
        "id": row.id.to_string(),
        "kind": row.id.kind().name(),
        "name": row.name,
        "first_published": row.first_published.as_ref().map(ToString::to_string),
        "mentions": row.mentions,
        "values": values.collect::<Vec<_>>(),
    })
}

/// The values of some variables; proposals that nobody has reviewed end in "?".
pub fn values(row: &Listed, variables: &[Variable]) -> String {
    const MOST: usize = 3;
    let names = namer(&row.names);
    let mut found: Vec<String> = row
        .holdings
        .iter()
        .filter(|holding| variables.contains(&holding.variable))
        .map(|holding| {
            let value = words::held(holding, &names);
            let doubt = if holding.basis.is_reviewed() { "" } else { "?" };
            let contested = if holding.contested { " (contested)" } else { "" };
            format!("{value}{doubt}{contested}")
        })
        .collect();
    found.dedup();
    if found.len() > MOST {
        let more = found.len() - MOST;
        found.truncate(MOST);
        found.push(format!("and {more} more"));
    }
    found.join("\n")
}
