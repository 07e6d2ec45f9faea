//! When two reports may be proposed as one incident.

use throughline_model::{Edtf, Figure, Value, Variable};

use crate::{
    Local,
    block::place,
    name::{normal, share_a_word},
};

/// Why two locals of one block (a place and a month) may be one incident, or `None`: the dates
/// must lie within a day of each other.
pub(crate) fn reason(a: &Local, b: &Local) -> Option<String> {
    let (one, other) = closest(a, b)?;
    let at = place(a)?;
    Some(format!("same place ({at}), dates {one} / {other}, nothing that conflicts"))
}

/// Two dates, one of each, that lie within a day of each other.
fn closest<'a>(a: &'a Local, b: &'a Local) -> Option<(&'a Edtf, &'a Edtf)> {
    let near = |one: &Edtf, other: &Edtf| {
        one.earliest().0 <= other.latest().0 + 1 && other.earliest().0 <= one.latest().0 + 1
    };
    a.dates(Variable::Date).find_map(|one| {
        b.dates(Variable::Date).find(|other| near(one, other)).map(|other| (one, other))
    })
}

/// Whether the two cannot be one incident: one document tells them apart, or type, target or
/// tolls conflict.
pub(crate) fn conflict(a: &Local, b: &Local) -> bool {
    a.is_beside(b)
        || terms_conflict(a, b, Variable::Type)
        || texts_conflict(a, b, Variable::Target)
        || [Variable::Killed, Variable::Wounded].into_iter().any(|toll| tolls_conflict(a, b, toll))
}

/// Both say a term, and no term is said by both.
fn terms_conflict(a: &Local, b: &Local, variable: Variable) -> bool {
    let mut said = a.values(variable).peekable();
    said.peek().is_some()
        && b.values(variable).next().is_some()
        && !said.any(|term| b.values(variable).any(|other| alike(term, other)))
}

/// An attack or an assault is any of the closer types.
fn alike(a: &Value, b: &Value) -> bool {
    let broad =
        |value: &Value| matches!(value, Value::Term(term) if term == "attack" || term == "assault");
    a == b || broad(a) || broad(b)
}

/// Both say a target, and no word of one is in the other.
fn texts_conflict(a: &Local, b: &Local, variable: Variable) -> bool {
    let words = |local: &Local| -> Vec<String> {
        local
            .values(variable)
            .filter_map(|value| match value {
                Value::Text(words) => Some(normal(words)),
                _ => None,
            })
            .collect()
    };
    let (one, other) = (words(a), words(b));
    !one.is_empty()
        && !other.is_empty()
        && !one.iter().any(|x| other.iter().any(|y| share_a_word(x, y)))
}

/// Both say a toll, and the two are further apart than first reports and final tolls are.
fn tolls_conflict(a: &Local, b: &Local, variable: Variable) -> bool {
    let figures = |local: &Local| -> Vec<Figure> {
        local
            .values(variable)
            .filter_map(|value| match value {
                Value::Figure(figure) => Some(*figure),
                _ => None,
            })
            .collect()
    };
    let far = |x: &Figure, y: &Figure| {
        let (low, high) = if x.least <= y.least { (x, y) } else { (y, x) };
        low.most.is_some_and(|most| high.least > most.saturating_mul(4).saturating_add(8))
    };
    let (one, other) = (figures(a), figures(b));
    !one.is_empty() && !other.is_empty() && one.iter().all(|x| other.iter().all(|y| far(x, y)))
}
