//! Which entries a name may mean.

use crate::entry::{Kind, Point};
use crate::fold::{folded, owner};
use crate::gazetteer::{Bears, EntryId, Gazetteer};

/// An entry that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The entry.
    pub id: EntryId,
    /// How it bears the name.
    pub bears: Bears,
    /// What was left out of the name to find it.
    pub cut: Cut,
    /// How much it is spoken of, for all that the gazetteer says: hundredths of the power of ten of
    /// its inhabitants, and more for states.
    pub weight: i32,
}

/// What was left out of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cut {
    /// Nothing.
    Nothing,
    /// Words before it: "northern Ostria".
    Before,
    /// A word after it: "Ruel Township".
    After,
}

/// No name has more candidates; those that are spoken of least are left out.
pub(crate) const MOST: usize = 60;

/// A name has no more parts that are set off by commas.
const PARTS: usize = 4;

/// So near, in kilometres, is what is said to be in a town.
const IN_TOWN_KM: f64 = 30.0;

/// From so many inhabitants on a city is meant rather than a small area around it.
const SURROUNDED: u32 = 20_000;

/// Words that stand before the name of what they are a part of, or before a kind.
const BEFORE: [&str; 36] = [
    "north",
    "south",
    "east",
    "west",
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "northeastern",
    "northwestern",
    "southeastern",
    "southwestern",
    "greater",
    "upper",
    "lower",
    "downtown",
    "mid",
    "inner",
    "outer",
    "metro",
    "metropolitan",
    "rural",
    "suburban",
    "the",
    "city",
    "town",
    "county",
    "republic",
    "state",
    "province",
    "of",
];

/// Words for a kind of place, which stand after a name.
const AFTER: [&str; 35] = [
    "county",
    "parish",
    "township",
    "twp",
    "city",
    "town",
    "village",
    "province",
    "state",
    "district",
    "region",
    "regional",
    "island",
    "islands",
    "area",
    "metro",
    "valley",
    "republic",
    "co",
    "counties",
    "side",
    "municipality",
    "metropolitan",
    "heights",
    "hills",
    "beach",
    "peninsula",
    "coast",
    "basin",
    "territory",
    "governorate",
    "prefecture",
    "department",
    "suburbs",
    "oblast",
];

/// The key of a name: all mentions of one key in a report are one place.
pub(crate) fn key(name: &str) -> String {
    folded(owner(name))
}

/// The candidates of a name, the one that is spoken of most first.
///
/// Where no place bears the whole name, words for a part or a kind are left out.
pub(crate) fn candidates(gazetteer: &Gazetteer, name: &str) -> Vec<Candidate> {
    if name.contains(',')
        && let Some(found) = in_parts(gazetteer, name)
    {
        return found;
    }
    let mut found = whole(gazetteer, name);
    let key = key(name);
    let words: Vec<&str> = key.split(' ').collect();
    let mut rest = &words[..];
    while found.is_empty() && rest.len() > 1 && BEFORE.contains(&rest[0]) {
        rest = &rest[1..];
        look(gazetteer, &rest.join(" "), Cut::Before, &mut found);
    }
    let mut rest = &words[..];
    while found.is_empty() && rest.len() > 1 && AFTER.contains(&rest[rest.len() - 1]) {
        rest = &rest[..rest.len() - 1];
        look(gazetteer, &rest.join(" "), Cut::After, &mut found);
    }
    in_order(gazetteer, &key, found)
}

/// The candidates of a name with commas in it: those of its first part, "Paris, Texas", or if none of them
/// lies where the next part says, "Phoenix Park, Dublin", that of which it is a part.
fn in_parts(gazetteer: &Gazetteer, name: &str) -> Option<Vec<Candidate>> {
    let mut parts = name.split(',').take(PARTS).map(|part| whole(gazetteer, part.trim()));
    let first = parts.next().filter(|found| !found.is_empty());
    let around = parts.find(|found| !found.is_empty());
    let lies = |one: &Candidate, around: &[Candidate]| {
        let point = gazetteer.entry(one.id).point;
        around.iter().any(|wider| {
            let entry = gazetteer.entry(wider.id);
            let town = entry.kind == Kind::City && entry.point.km(point) <= IN_TOWN_KM;
            town || gazetteer.around(one.id).any(|area| area == wider.id)
        })
    };
    match (first, around) {
        (Some(first), Some(around)) if !first.iter().any(|one| lies(one, &around)) => Some(around),
        (None, Some(around)) => Some(around),
        (first, _) => return first,
    }
    .map(|around| around.into_iter().map(|one| Candidate { cut: Cut::Before, ..one }).collect())
}

/// The candidates that bear a whole name, the one that is spoken of most first.
fn whole(gazetteer: &Gazetteer, name: &str) -> Vec<Candidate> {
    let key = key(name);
    let mut found = Vec::new();
    for key in [key.as_str(), &folded(name), &spelled(&key)] {
        look(gazetteer, key, Cut::Nothing, &mut found);
    }
    let words: Vec<&str> = key.split(' ').collect();
    match &words[..] {
        ["county", "of", rest @ ..] | ["county", rest @ ..] if !rest.is_empty() => {
            look(gazetteer, &format!("{} county", rest.join(" ")), Cut::Nothing, &mut found);
        }
        ["the", rest @ ..] => look(gazetteer, &rest.join(" "), Cut::Nothing, &mut found),
        _ => {}
    }
    in_order(gazetteer, &key, found)
}

/// Adds the entries that bear a key.
fn look(gazetteer: &Gazetteer, key: &str, cut: Cut, found: &mut Vec<Candidate>) {
    for (id, bears) in gazetteer.bearing(key) {
        if found.iter().all(|held: &Candidate| held.id != id) {
            found.push(Candidate { id, bears, cut, weight: weight(gazetteer, id) });
        }
    }
}

fn in_order(gazetteer: &Gazetteer, key: &str, mut found: Vec<Candidate>) -> Vec<Candidate> {
    if !key.ends_with(" county") {
        without_surroundings(gazetteer, &mut found);
    }
    found.sort_by_key(|one| (-one.weight, one.id));
    found.truncate(MOST);
    found
}

/// Leaves out small areas around a city of the same name: "Cairo" is the city, not its province.
fn without_surroundings(gazetteer: &Gazetteer, found: &mut Vec<Candidate>) {
    const SMALL_KM: u32 = 60;
    let entry = |one: &Candidate| gazetteer.entry(one.id);
    let cities: Vec<Point> = found
        .iter()
        .map(entry)
        .filter(|entry| entry.kind == Kind::City && entry.population >= SURROUNDED)
        .map(|entry| entry.point)
        .collect();
    found.retain(|one| {
        let entry = entry(one);
        let small = entry.kind == Kind::Area && entry.radius_km <= SMALL_KM;
        let around = |city: &Point| city.km(entry.point) <= f64::from(entry.radius_km.max(20));
        !(small && cities.iter().any(around))
    });
}

/// "Saint" for "St." and the like, either way; otherwise nothing.
fn spelled(key: &str) -> String {
    const PAIRS: [(&str, &str); 3] = [("st", "saint"), ("mt", "mount"), ("ft", "fort")];
    let Some((first, rest)) = key.split_once(' ') else { return String::new() };
    let other = PAIRS.iter().find_map(|(short, long)| match first {
        _ if first == *short => Some(long),
        _ if first == *long => Some(short),
        _ => None,
    });
    other.map_or(String::new(), |other| format!("{other} {rest}"))
}

/// The entries that bear a whole name, as a text has it.
pub(crate) fn bearing(gazetteer: &Gazetteer, name: &str) -> Vec<(EntryId, Bears)> {
    gazetteer.bearing(&key(name))
}

/// How much an entry is spoken of: a state more than a city of its size, an area a little more.
pub(crate) fn weight(gazetteer: &Gazetteer, id: EntryId) -> i32 {
    let entry = gazetteer.entry(id);
    let people = u64::from(entry.population);
    hundredths(match entry.kind {
        Kind::Country => people.max(100_000) * 10,
        Kind::Area => people.max(1_000) * 3,
        Kind::County => 20_000,
        Kind::City => people.max(200),
        _ => 30_000_000,
    })
}

/// Hundredths of the logarithm to the base of ten, by steps between powers of two: whole numbers,
/// so that every machine finds the same.
pub(crate) fn hundredths(number: u64) -> i32 {
    let power = number.max(1).ilog2();
    let part = ((number.max(1) as f64 / (1_u64 << power) as f64 - 1.0) * 1000.0) as i64;
    ((i64::from(power) * 1000 + part) * 30_103 / 1_000_000) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(name: &str) -> (String, Cut) {
        let gazetteer = Gazetteer::own();
        let found = candidates(gazetteer, name);
        (gazetteer.entry(found[0].id).name.to_owned(), found[0].cut)
    }

    #[test]
    fn names_are_found_whole_or_without_words_for_a_part_or_a_kind() {
        for (name, wanted, cut) in [
            ("Russians", "Russia", Cut::Nothing),
            ("Egypt's", "Egypt", Cut::Nothing),
            ("northern Nigeria", "Nigeria", Cut::Before),
            ("Hebron Governorate", "Hebron", Cut::After),
            ("Saint Paul", "Saint Paul", Cut::Nothing),
            ("Cairo", "Cairo", Cut::Nothing),
            ("Phoenix Park, Dublin", "Dublin", Cut::Before),
            ("Restaurant Very, Paris, France", "Paris", Cut::Before),
            ("Haymarket, Chicago", "Chicago", Cut::Before),
            ("Paris, Texas", "Paris", Cut::Nothing),
            ("Paris, Xyzzyburgh", "Paris", Cut::Nothing),
        ] {
            assert_eq!(first(name), (wanted.to_owned(), cut), "{name}");
        }
        let cairo = candidates(Gazetteer::own(), "Cairo");
        assert!(cairo.iter().all(|one| Gazetteer::own().entry(one.id).kind != Kind::Area));
        assert!(candidates(Gazetteer::own(), "Xyzzyburgh Row").is_empty());
        assert!(candidates(Gazetteer::own(), "").is_empty());
    }

    #[test]
    fn logarithms_rise_and_are_right_at_powers_of_two() {
        assert_eq!((hundredths(1), hundredths(1 << 20)), (0, 602));
        assert!((1..5000_u64).all(|one| hundredths(one) <= hundredths(one + 1)));
    }
}
