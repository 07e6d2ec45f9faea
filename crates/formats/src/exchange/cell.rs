//! One cell of a row.

use throughline_model::{Basis, Edtf, Holding, Value};

use super::{Column, Part};
use crate::spelling::write_value;
use crate::table::join;

/// What stands in a column of a variable, of the values held of it in their order; `named` spells what
/// may be shown of a record and of words. Nothing is written of what cannot be known.
pub fn cell(
    column: &Column,
    part: Part,
    held: &[&Holding],
    named: &dyn Fn(&Value) -> String,
) -> String {
    let unknown = || column.unknown.clone();
    let known: Vec<(&Holding, &Value)> =
        held.iter().filter_map(|one| Some((*one, one.value.as_ref()?))).collect();
    let spelled = |value: &Value| -> Option<String> {
        match value {
            Value::Term(term) if !column.writes.is_empty() => column.writes.get(term).cloned(),
            Value::Mention(_) | Value::Text(_) => Some(named(value)),
            value => write_value(value),
        }
    };
    let first = known.first().copied();
    let date = || match first {
        Some((_, Value::Date(date))) => Some(date),
        _ => None,
    };
    let found = match part {
        Part::All => {
            let all: Vec<String> = known.iter().filter_map(|(_, value)| spelled(value)).collect();
            (!all.is_empty()).then(|| join(&all))
        }
        Part::Nth(at) => known.get(at).and_then(|(_, value)| spelled(value)),
        Part::Doubt => first.map(|(holding, _)| {
            let open = holding.is_weak()
                || holding.contested
                || holding.evidence_gone
                || matches!(holding.basis, Basis::Proposal(_));
            u8::from(open).to_string()
        }),
        Part::Year => date().and_then(|date| numbers(date)[0]).map(|year| year.to_string()),
        Part::Month => date().and_then(|date| numbers(date)[1]).map(|month| month.to_string()),
        Part::Day => date().and_then(|date| numbers(date)[2]).map(|day| day.to_string()),
        Part::Edtf => date().map(ToString::to_string),
        Part::Inexact => {
            date().filter(|date| date.earliest() != date.latest()).map(ToString::to_string)
        }
        Part::Exact => match first {
            Some((_, Value::Figure(one))) if one.most == Some(one.least) && !one.about => {
                Some(one.least.to_string())
            }
            _ => None,
        },
    };
    found.unwrap_or_else(unknown)
}

/// Year, month and day, as far as a date leaves none of them open.
fn numbers(date: &Edtf) -> [Option<i32>; 3] {
    let (first, last) = (date.earliest().civil(), date.latest().civil());
    let (Some(first), Some(last)) = (first, last) else { return [None; 3] };
    let year = (first.year() == last.year()).then(|| i32::from(first.year()));
    let month =
        year.and_then(|_| (first.month() == last.month()).then(|| i32::from(first.month())));
    let day = month.and_then(|_| (first.day() == last.day()).then(|| i32::from(first.day())));
    [year, month, day]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_gives_its_numbers_as_far_as_they_are_known() {
        for (date, want) in [
            ("1894-06-24", [Some(1894), Some(6), Some(24)]),
            ("1894-06", [Some(1894), Some(6), None]),
            ("1894", [Some(1894), None, None]),
            ("1894-12/1895-01", [None, None, None]),
            ("1894-06-03/1894-06-05", [Some(1894), Some(6), None]),
        ] {
            assert_eq!(numbers(&date.parse().unwrap()), want, "{date}");
        }
    }
}
