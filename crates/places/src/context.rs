//! What speaks for an entry because of other names: of the report, and of other reports of its
//! source.

use crate::analysis::Analysis;
use crate::feature::{ALONE, ALONE_NAMES};
use crate::gazetteer::{EntryId, Gazetteer};
use crate::home::Home;

/// How many features other names give an entry.
const CONTEXT: usize = 13;

/// How many features an entry has with all names together.
pub const TOGETHER: usize = ALONE + CONTEXT;

/// The names of the features that other names give.
const CONTEXT_NAMES: [&str; CONTEXT] = [
    "area-among-names",
    "same-country",
    "same-area",
    "near",
    "within-250-km",
    "some-area-around",
    "some-near",
    "some-same-area",
    "some-same-country",
    "home-country",
    "home-area",
    "home-near",
    "home-is-near",
];

/// The names of all features, in the order of their values.
pub const TOGETHER_NAMES: [&str; TOGETHER] = {
    let mut names = [""; TOGETHER];
    let mut at = 0;
    while at < TOGETHER {
        names[at] = if at < ALONE { ALONE_NAMES[at] } else { CONTEXT_NAMES[at - ALONE] };
        at += 1;
    }
    names
};

/// Chances of each candidate of each name, in ten-thousandths.
pub type Chances = Vec<Vec<u32>>;

/// From this chance on, in ten-thousandths, a candidate speaks for others.
pub(crate) const LEAST: u32 = 200;

/// So near, in kilometres, places are to be of one neighbourhood.
pub(crate) const NEAR_KM: f64 = 80.0;

/// So near, in kilometres, places are to be of one part of a country.
const WIDER_KM: f64 = 250.0;

/// A likely place of another name.
struct Other {
    name: usize,
    id: EntryId,
    chance: u32,
}

/// The values of all features of each candidate of each name, in percent, given how likely each
/// was before.
pub fn together(
    gazetteer: &Gazetteer,
    analysis: &Analysis,
    alone: &[Vec<[i32; ALONE]>],
    chances: &Chances,
    home: Option<&Home>,
) -> Vec<Vec<[i32; TOGETHER]>> {
    let mut others = Vec::new();
    for (name, (of, chances)) in analysis.names.iter().zip(chances).enumerate() {
        for (one, chance) in of.candidates.iter().zip(chances) {
            if *chance > LEAST {
                others.push(Other { name, id: one.id, chance: *chance });
            }
        }
    }
    let rest = (analysis.names.len().max(2) - 1) as u32;
    let mut all = Vec::new();
    for (at, name) in analysis.names.iter().enumerate() {
        let value = |(place, alone): (usize, &[i32; ALONE])| {
            let id = name.candidates[place].id;
            let context = of_entry(gazetteer, analysis, at, id, &others, rest);
            let home = home.map_or([0; 4], |home| home.values(gazetteer, id, &name.key));
            std::array::from_fn(|feature| match feature.checked_sub(ALONE) {
                None => alone[feature],
                Some(one) if one < 9 => context[one],
                Some(one) => home[one - 9],
            })
        };
        all.push(alone[at].iter().enumerate().map(value).collect());
    }
    all
}

/// What the other names of the report say of an entry.
fn of_entry(
    gazetteer: &Gazetteer,
    analysis: &Analysis,
    name: usize,
    id: EntryId,
    others: &[Other],
    rest: u32,
) -> [i32; 9] {
    let entry = gazetteer.entry(id);
    let around: Vec<EntryId> = gazetteer.around(id).collect();
    let mut sums = [0_u32; 5];
    for other in others.iter().filter(|other| other.name != name) {
        let place = gazetteer.entry(other.id);
        let country = !entry.country.is_empty() && place.country == entry.country;
        let area = country && !entry.area.is_empty() && place.area == entry.area;
        let local = entry.kind.is_local() && place.kind.is_local();
        // A degree of latitude is 111 km, so that those far off need no square root.
        let km = match local && (entry.point.lat - place.point.lat).abs() < 2_300 {
            true => entry.point.km(place.point),
            false => f64::MAX,
        };
        let holds = [country, area, km < NEAR_KM, km < WIDER_KM, around.contains(&other.id)];
        for (sum, holds) in sums.iter_mut().zip(holds) {
            *sum += if holds { other.chance } else { 0 };
        }
    }
    let named = analysis.names.iter().enumerate().any(|(at, other)| {
        at != name && other.candidates.iter().any(|one| around.contains(&one.id))
    });
    let share = |sum: u32| (sum / rest / 100) as i32;
    let some = |sum: u32| (sum / 100).min(100) as i32;
    let [country, area, near, wider, around] = sums;
    [
        if named { 100 } else { 0 },
        share(country),
        share(area),
        share(near),
        share(wider),
        some(around),
        some(near),
        some(area),
        some(country),
    ]
}
