//! What stands beside a count: another count, what it hangs on, and the figures that documents quote.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use throughline_casebook::{Casebook, Counted, Quoted, Result, Sensitivity, Shift};
use throughline_formats::counts::{self, NamedDefinition, unit_text, view};
use throughline_model::{AsOf, AssertionId, Edtf, Instant};
use throughline_weigh::count::{Definition, Reading, Tallies, Tally, Who};

use crate::counts::{figure, range};
use crate::typed;
use crate::words::{self, namer};

/// What stands beside a count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// The figures that documents quote of the sets that the definition names.
    pub quoted: Vec<Quoted>,
    /// What the definition names in `quoted` and is no set in view.
    pub unquoted: Vec<Who>,
    /// What stands elsewhere in the count that it is set against.
    pub shifts: Option<Vec<Shift>>,
    /// What it hangs on.
    pub sensitivity: Option<Sensitivity>,
}

/// The count that another is set against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// What it is called: "as of 1895-12-31", "as recorded by …", "by had-help".
    pub called: String,
    /// Its definition.
    pub definition: Definition,
    /// The dates of its view.
    pub as_of: AsOf,
}

impl Other {
    /// What somebody names to set a count against: another day, a moment by which it was recorded here,
    /// or another definition, whose text `text_of` finds.
    ///
    /// # Errors
    /// If there is no such definition, or it is of another unit, in words.
    pub fn read<E: From<typed::Error>>(
        named: &NamedDefinition,
        as_of: AsOf,
        other: &str,
        text_of: impl FnOnce() -> std::result::Result<String, E>,
    ) -> std::result::Result<Other, E> {
        let definition = named.definition.clone();
        // A moment is a date too, of which only the day would count; nothing is published to the second.
        if let Some(moment) = other.parse::<Instant>().ok().filter(|_| other.contains('T')) {
            let as_of = AsOf { recorded: Some(moment), ..as_of };
            return Ok(Other { called: format!("as recorded by {moment}"), definition, as_of });
        }
        if let Ok(date) = other.parse::<Edtf>() {
            let as_of = AsOf { published: Some(date.latest()), ..as_of };
            return Ok(Other { called: format!("as of {}", date.latest()), definition, as_of });
        }
        let read = counts::read(&text_of()?)
            .map_err(|error| typed::Error::Mistyped(format!("{other}: {error}")))?;
        if read.definition.unit != definition.unit {
            let (one, two) = (read.definition.unit.name(), definition.unit.name());
            return Err(E::from(typed::Error::Mistyped(format!(
                "{other} counts units of another kind ({one}, not {two}), so nothing can be set against each \
                 other"
            ))));
        }
        Ok(Other { called: format!("by {}", read.name), definition: read.definition, as_of })
    }

    /// Counts it.
    ///
    /// # Errors
    /// If the casebook cannot be read.
    pub fn count(&self, casebook: &Casebook) -> Result<Counted> {
        casebook.count(&self.definition, self.as_of)
    }
}

/// In which reading, in a word.
pub fn reading(reading: Reading) -> &'static str {
    match reading {
        Reading::Strict => "strict",
        Reading::Lenient => "lenient",
    }
}

/// A figure as a document quotes it: "31 of 38: involved direction".
pub fn quoted(quoted: &Quoted) -> String {
    let share = &quoted.share;
    let whole = share.whole.map_or_else(|| "of how many is not said".to_owned(), |n| n.to_string());
    match share.whole {
        Some(_) => format!("{} of {whole}: {}", share.part, share.property),
        None => format!("{} ({whole}): {}", share.part, share.property),
    }
}

/// How a quoted figure differs from the casebook's own, reading by reading.
pub fn difference(quoted: &Quoted, counted: &Counted) -> Vec<String> {
    let compare = |name: &str, tally: &Tally| {
        let own = tally.denominator().units;
        let whole = match quoted.share.whole.map(u64::from) {
            None => format!("the whole is not said, {own} are counted here"),
            Some(whole) if whole == own => format!("as many as the {whole} are counted here"),
            Some(whole) if whole > own => {
                format!("{own} of the {whole} are counted here, {} fewer", whole - own)
            }
            Some(whole) => {
                format!("{own} are counted here, {} more than the {whole}", own - whole)
            }
        };
        let (least, most) = tally.range();
        let part = u64::from(quoted.share.part);
        let (figure, part_words) = (range(least, most), part.to_string());
        let fits = match (part < least, most.is_some_and(|most| part > most)) {
            (true, _) => format!("{part_words} is fewer than the {figure} in here"),
            (_, true) => format!("{part_words} is more than the {figure} that can be in here"),
            _ if Some(least) == most => format!("{part_words} is the figure here too"),
            _ => format!("{part_words} lies within the {figure} here"),
        };
        format!("{name}: {whole}; {fits}")
    };
    vec![compare("strict", &counted.tallies.strict), compare("lenient", &counted.tallies.lenient)]
}

/// Quoted figures that have one part of two wholes: perhaps the same cases, counted out of two
/// denominators.
pub fn same_part(quoted: &[Quoted]) -> Vec<String> {
    let mut found = Vec::new();
    for (at, one) in quoted.iter().enumerate() {
        for other in &quoted[at + 1..] {
            let wholes = one.share.whole.zip(other.share.whole);
            if let Some((a, b)) = wholes.filter(|(a, b)| a != b)
                && one.share.part == other.share.part
            {
                found.push(format!(
                    "{part} of {a} and {part} of {b} have one part: perhaps the same cases under two \
                     denominators. It is a guess until the members of both are known",
                    part = one.share.part
                ));
            }
        }
    }
    found
}

/// What an assertion says, and of whom: "killed: 3, of the shooting at Lenn".
///
/// # Errors
/// If the casebook cannot be read.
pub fn said(casebook: &Casebook, id: AssertionId) -> Result<String> {
    let Some(said) = casebook.assertion_or_correction(id)? else { return Ok(String::new()) };
    let mut names = BTreeMap::new();
    for mention in [Some(said.subject), said.party, said.value.mention()].into_iter().flatten() {
        if let Some(row) = casebook.listed_one(mention, AsOf::default())? {
            names.insert(mention, row.name);
        }
    }
    let names = namer(&names);
    Ok(format!("{}, of {}", words::assertion(&said, &names), words::named(said.subject, &names)))
}

/// The fields that docs/json.md gives.
pub fn quoted_json(all: &[Quoted], counted: &Counted) -> Json {
    all.iter()
        .map(|one| {
            json!({
                "set": {"id": one.set.to_string(), "name": one.name},
                "part": one.share.part,
                "whole": one.share.whole,
                "property": one.share.property,
                "support": one.support.iter().map(ToString::to_string).collect::<Vec<_>>(),
                "against": one.against.iter().map(ToString::to_string).collect::<Vec<_>>(),
                "difference": difference(one, counted),
            })
        })
        .collect()
}

/// The fields that docs/json.md gives.
pub fn shifts_json(shifts: &[Shift]) -> Json {
    shifts
        .iter()
        .map(|shift| {
            let names = namer(&shift.names);
            let grounds = |grounds: &[throughline_weigh::count::Ground]| {
                grounds.iter().map(|one| view::ground(one, &names)).collect::<Vec<_>>()
            };
            json!({
                "id": unit_text(shift.unit),
                "name": shift.name,
                "happened": shift.happened.as_ref().map(ToString::to_string),
                "reading": reading(shift.reading),
                "from": shift.from.name(),
                "to": shift.to.name(),
                "before": grounds(&shift.before),
                "after": grounds(&shift.after),
                "now": shift.now.map(unit_text),
            })
        })
        .collect()
}

/// The fields that docs/json.md gives.
pub fn sensitivity_json(sensitivity: &Sensitivity, definition: &Definition) -> Json {
    let hanging = sensitivity.hanging.iter().map(|one| {
        let [strict, lenient] = figures(&one.tallies, definition);
        json!({
            "assertion": one.assertion.to_string(),
            "strict": strict,
            "lenient": lenient,
            "final": one.tallies.strict.is_final(),
            "shifts": shifts_json(&one.shifts),
        })
    });
    let without = sensitivity.units.iter().map(|one| {
        let [strict, lenient] = figures(&one.tallies, definition);
        json!({
            "units": one.units.iter().map(|unit| unit_text(*unit)).collect::<Vec<_>>(),
            "strict": strict,
            "lenient": lenient,
        })
    });
    json!({
        "candidates": sensitivity.candidates,
        "tried": sensitivity.tried,
        "assertions": hanging.collect::<Vec<_>>(),
        "without": without.collect::<Vec<_>>(),
    })
}

/// The figures as they would be, the strict one first.
pub fn figures(tallies: &Tallies, definition: &Definition) -> [String; 2] {
    [&tallies.strict, &tallies.lenient].map(|tally| figure(tally, definition.sum))
}

#[cfg(test)]
mod tests {
    use throughline_model::{Fingerprint, MentionId, Share, SubjectKind};

    use super::*;

    fn one(part: u32, whole: Option<u32>) -> Quoted {
        Quoted {
            set: MentionId::of(SubjectKind::Set, Fingerprint::new("test")),
            name: "the plots".into(),
            share: Share { part, whole, property: "were directed".into() },
            support: vec![],
            against: vec![],
        }
    }

    #[test]
    fn one_part_of_two_wholes_is_a_guess() {
        let all = [one(31, Some(38)), one(31, Some(42)), one(31, None), one(12, Some(42))];
        let found = same_part(&all);
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("31 of 38 and 31 of 42"), "{found:?}");
        assert_eq!(quoted(&all[0]), "31 of 38: were directed");
        assert_eq!(quoted(&all[2]), "31 (of how many is not said): were directed");
    }
}
