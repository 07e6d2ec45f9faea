//! Whether values can be said of one fact, and which says more.

use throughline_model::{MentionId, Value};

/// The value with its mention as the subject it stands for.
pub(crate) fn same(value: &Value, subject_of: &dyn Fn(MentionId) -> MentionId) -> Value {
    match value {
        Value::Mention(id) => Value::Mention(subject_of(*id)),
        value => value.clone(),
    }
}

/// Whether a value can be said of one fact only with what equals it.
pub(crate) fn is_exact(value: &Value) -> bool {
    matches!(value, Value::Mention(_) | Value::Answer(_) | Value::Share(_))
}

/// Whether two values can both be said of one fact: a year and a day in it, "at least twelve" and
/// "fifteen", an attack and a shooting.
pub(crate) fn fit(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Date(a), Value::Date(b)) => a.overlaps(b),
        (Value::Figure(a), Value::Figure(b)) => {
            let above = |x: u32, most: Option<u32>| most.is_none_or(|most| x <= most);
            above(a.least, b.most) && above(b.least, a.most)
        }
        (Value::Text(a), Value::Text(b)) => a.trim().eq_ignore_ascii_case(b.trim()),
        (Value::Term(_), Value::Term(_)) => {
            one == other || one.leaves_type_open() || other.leaves_type_open()
        }
        _ => one == other,
    }
}

/// Whether who says one value thereby says the other: "24 June 1894" says "1894", and not the
/// other way round.
pub(crate) fn says(said: &Value, held: &Value) -> bool {
    match (said, held) {
        (Value::Date(said), Value::Date(held)) => held.contains(said),
        (Value::Figure(said), Value::Figure(held)) => {
            let within = match (said.most, held.most) {
                (_, None) => true,
                (None, Some(_)) => false,
                (Some(said), Some(held)) => said <= held,
            };
            held.least <= said.least && within && (held.about || !said.about)
        }
        (Value::Term(_), Value::Term(_)) => said == held || held.leaves_type_open(),
        _ => fit(held, said),
    }
}

/// How inexact a value is: days a date leaves open, people a figure leaves open, types an attack
/// leaves open.
pub(crate) fn width(value: &Value) -> i64 {
    match value {
        Value::Date(date) => i64::from(date.latest().0) - i64::from(date.earliest().0),
        Value::Figure(figure) => match figure.most {
            Some(most) => i64::from(most) - i64::from(figure.least) + i64::from(figure.about),
            None => i64::MAX,
        },
        Value::Term(_) => i64::from(value.leaves_type_open()),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use throughline_model::Figure;

    use super::*;

    fn date(text: &str) -> Value {
        Value::Date(text.parse().unwrap())
    }

    fn term(text: &str) -> Value {
        Value::Term(text.into())
    }

    fn figure(least: u32, most: Option<u32>) -> Value {
        Value::Figure(Figure { least, most, about: false })
    }

    #[test]
    fn what_leaves_more_open_fits_what_leaves_less_and_does_not_say_it() {
        for (exact, broad) in [
            (date("1894-06-24"), date("1894")),
            (term("shooting"), term("attack")),
            (term("stabbing"), term("assault")),
            (figure(15, Some(15)), figure(12, None)),
        ] {
            assert!(fit(&exact, &broad) && fit(&broad, &exact), "{exact:?} {broad:?}");
            assert!(says(&exact, &broad) && !says(&broad, &exact), "{exact:?} {broad:?}");
            assert!(width(&exact) < width(&broad), "{exact:?} {broad:?}");
        }
    }

    #[test]
    fn what_cannot_both_be_so_does_not_fit() {
        for (one, other) in [
            (date("1894-06-24"), date("1894-07")),
            (term("shooting"), term("bombing")),
            (figure(3, Some(3)), figure(5, None)),
            (term("alone"), term("cell")),
        ] {
            assert!(!fit(&one, &other) && !fit(&other, &one), "{one:?} {other:?}");
        }
    }
}
