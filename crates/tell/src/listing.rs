//! Lists of records: which values a line shows, and how.

use serde_json::{Value as Json, json};
use throughline_casebook::Listed;
use throughline_formats::view;
use throughline_model::{Holding, SubjectKind, Value, Variable};

use crate::naming::{self, Bearing};
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

/// Whether a value accuses somebody, or says what follows an accusation: it is shown only beside who
/// says so, how firmly and when. What clears or protects stands everywhere.
pub fn accuses(variable: Variable, value: Option<&Value>) -> bool {
    let names_somebody = matches!(value, Some(Value::Mention(id)) if id.kind() == SubjectKind::Person)
        && matches!(variable, Variable::Perpetrator | Variable::IdentifiedAs);
    let bearing = naming::bearing(variable, value);
    let protects =
        |one: &Bearing| matches!(one, Bearing::Cleared | Bearing::Victim | Bearing::Minor);
    let ends_plainly = matches!(value, Some(Value::Term(term)) if ["dead", "killed", "wounded"].contains(&&**term));
    names_somebody
        || match variable {
            Variable::Role | Variable::Procedure => !bearing.iter().any(protects),
            Variable::Fate => !ends_plainly,
            _ => bearing.iter().any(|one| matches!(one, Bearing::Accused | Bearing::Convicted)),
        }
}

/// The values of some variables; proposals that nobody has reviewed end in "?". What accuses somebody
/// stands only on the record, beside who says so.
pub fn values(row: &Listed, variables: &[Variable]) -> String {
    const MOST: usize = 3;
    let names = namer(&row.names);
    let wanted = row.holdings.iter().filter(|holding| variables.contains(&holding.variable));
    let (accusing, plain): (Vec<&Holding>, Vec<&Holding>) =
        wanted.partition(|one| accuses(one.variable, one.value.as_ref()));
    let mut found: Vec<String> = plain
        .into_iter()
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
    if !accusing.is_empty() {
        found.push("see show".to_owned());
    }
    found.join("\n")
}

#[cfg(test)]
mod tests {
    use throughline_model::{Fingerprint, MentionId};

    use super::*;

    #[test]
    fn what_accuses_is_told_from_what_clears() {
        use Variable as V;
        let term = |term: &str| Some(Value::Term(term.to_owned()));
        for (variable, value, accusing) in [
            (V::Role, term("perpetrator"), true),
            (V::Role, term("suspect"), true),
            (V::Role, term("victim"), false),
            (V::Role, term("witness"), false),
            (V::Procedure, term("arrested"), true),
            (V::Procedure, term("convicted"), true),
            (V::Procedure, term("some new word"), true),
            (V::Procedure, term("acquitted"), false),
            (V::Procedure, None, true),
            (V::Fate, term("executed"), true),
            (V::Fate, term("died-in-custody"), true),
            (V::Fate, term("dead"), false),
            (V::Cleared, term("misidentified"), false),
            (V::Description, Some(Value::Text("a baker".into())), false),
            (V::Type, term("bombing"), false),
        ] {
            assert_eq!(accuses(variable, value.as_ref()), accusing, "{variable:?} {value:?}");
        }
        let of = |kind| Value::Mention(MentionId::of(kind, Fingerprint::new("test")));
        assert!(accuses(V::Perpetrator, Some(&of(SubjectKind::Person))));
        assert!(!accuses(V::Perpetrator, Some(&of(SubjectKind::Group))));
        assert!(!accuses(V::Claimant, Some(&of(SubjectKind::Person))));
    }
}
