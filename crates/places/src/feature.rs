//! What speaks for an entry of a name by itself: the entry, and the words beside the name.

use std::collections::BTreeSet;

use crate::analysis::{Analysis, Name};
use crate::candidates::{Candidate, Cut, hundredths};
use crate::entry::Kind;
use crate::gazetteer::{Bears, EntryId, Gazetteer};

/// How many features an entry has by itself.
pub const ALONE: usize = 25;

/// Their names, in the order of their values.
pub const ALONE_NAMES: [&str; ALONE] = [
    "known",
    "less-known",
    "not-best-known",
    "better-known",
    "main-name",
    "other-name",
    "short-name",
    "people",
    "historic-name",
    "alias",
    "cut",
    "cut-after",
    "country",
    "area",
    "county",
    "city",
    "region",
    "beside",
    "beside-another",
    "capital",
    "county-named",
    "only-one",
    "large-city",
    "source-country",
    "source-named",
];

/// The values of the features of each candidate of each name, in percent.
pub fn alone(gazetteer: &Gazetteer, analysis: &Analysis) -> Vec<Vec<[i32; ALONE]>> {
    analysis.names.iter().map(|name| of_name(gazetteer, analysis, name)).collect()
}

fn of_name(gazetteer: &Gazetteer, analysis: &Analysis, name: &Name) -> Vec<[i32; ALONE]> {
    let beside: BTreeSet<EntryId> = name.beside.iter().copied().collect();
    let within = |one: &Candidate| gazetteer.around(one.id).any(|area| beside.contains(&area));
    let any_within = name.candidates.iter().any(within);
    let best = name.candidates.iter().map(|one| one.weight).max().unwrap_or(0);
    let letters = name.key.replace(' ', "");
    let value = |one: &Candidate| {
        let entry = gazetteer.entry(one.id);
        let better = name.candidates.iter().filter(|other| other.weight > one.weight).count();
        let flag = |holds: bool| if holds { 100 } else { 0 };
        let is = |kind: Kind| flag(entry.kind == kind);
        let bears = |bears: Bears| flag(one.bears == bears);
        let beside = within(one);
        [
            one.weight / 10,
            (one.weight - best) / 10,
            flag(one.weight < best),
            hundredths(1 + better as u64),
            bears(Bears::Main),
            bears(Bears::Other),
            bears(Bears::Short),
            bears(Bears::People),
            bears(Bears::Historic),
            bears(Bears::Alias),
            flag(one.cut != Cut::Nothing),
            flag(one.cut == Cut::After),
            is(Kind::Country),
            is(Kind::Area),
            is(Kind::County),
            is(Kind::City),
            flag(entry.kind > Kind::City),
            flag(beside),
            flag(any_within && !beside),
            flag(entry.kind == Kind::City && gazetteer.is_capital(&name.key, entry.country)),
            flag(entry.kind == Kind::County && ends_as_county(&name.key)),
            flag(name.candidates.len() == 1),
            flag(entry.kind == Kind::City && entry.population >= 100_000),
            flag(analysis.country.as_deref() == Some(entry.country)),
            flag(entry.kind.is_local() && letters.len() > 3 && analysis.letters.contains(&letters)),
        ]
    };
    name.candidates.iter().map(value).collect()
}

/// Whether a name says that it is one of a county.
fn ends_as_county(key: &str) -> bool {
    ["county", "parish", "co"].iter().any(|word| key.split(' ').any(|one| one == *word))
}
