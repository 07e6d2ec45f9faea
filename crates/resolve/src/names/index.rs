//! Finding the names that one may be another spelling of, among many.

use std::collections::HashMap;
use std::ops::Range;

use super::feature::Comparison;
use super::part::{Name, Part};

/// So many candidates are compared in full.
const COMPARED: usize = 400;

/// Names to be searched, each known by its place.
#[derive(Debug, Default)]
pub struct NameIndex {
    names: Vec<Name>,
    /// Which names have a key; of each in order, each once. Looked up and never gone through.
    by_key: HashMap<Key, Vec<u32>>,
}

/// What names that may be one's have in common: three sounds of a part in a row, or all its
/// consonants.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Sounds([u8; 3]),
    Consonants(Vec<u8>),
}

fn keys(part: &Part) -> Vec<Key> {
    let mut keys = vec![Key::Consonants(part.bones.clone())];
    let edged: Vec<u8> = [b"^", part.sound.as_slice(), b"$"].concat();
    keys.extend(edged.windows(3).filter_map(|three| Some(Key::Sounds(three.try_into().ok()?))));
    keys.sort_by(|a, b| match (a, b) {
        (Key::Sounds(a), Key::Sounds(b)) => a.cmp(b),
        (Key::Consonants(a), Key::Consonants(b)) => a.cmp(b),
        (Key::Consonants(_), Key::Sounds(_)) => std::cmp::Ordering::Less,
        (Key::Sounds(_), Key::Consonants(_)) => std::cmp::Ordering::Greater,
    });
    keys.dedup();
    keys
}

/// The consonants of neighbours, which another spelling may write as one: "Sayf Allah", "Seifallah".
fn together(name: &Name) -> impl Iterator<Item = Key> + '_ {
    name.parts.windows(2).map(|two| {
        let mut bones = [two[0].bones.as_slice(), &two[1].bones].concat();
        bones.dedup();
        Key::Consonants(bones)
    })
}

impl NameIndex {
    /// An index of names.
    pub fn of<'n>(names: impl IntoIterator<Item = &'n str>) -> NameIndex {
        let mut index = NameIndex::default();
        for name in names {
            let at = u32::try_from(index.names.len()).unwrap_or(u32::MAX);
            let name = Name::of(name);
            for key in name.parts.iter().flat_map(keys).chain(together(&name)) {
                let places = index.by_key.entry(key).or_default();
                if places.last() != Some(&at) {
                    places.push(at);
                }
            }
            index.names.push(name);
        }
        index
    }

    /// The places of the names most like one, the best first, at most `most`, each with how much of
    /// both names is shared, in thousandths.
    pub fn find(&self, name: &str, most: usize) -> Vec<(usize, i32)> {
        let name = Name::of(name);
        let mut hits: HashMap<u32, u32> = HashMap::new();
        for key in name.parts.iter().flat_map(keys).chain(together(&name)) {
            // All consonants in a row say more than three sounds.
            let worth = if matches!(key, Key::Consonants(_)) { 4 } else { 1 };
            for at in self.by_key.get(&key).into_iter().flatten() {
                *hits.entry(*at).or_insert(0) += worth;
            }
        }
        // Sorted at once, by what is unique, so that nothing hangs on the order of hashes.
        let mut candidates: Vec<(u32, u32)> = hits.into_iter().map(|(at, hit)| (hit, at)).collect();
        candidates.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        candidates.truncate(COMPARED);
        let mut found: Vec<(usize, i32)> = candidates
            .into_iter()
            .map(|(_, at)| at as usize)
            .map(|at| (at, closeness(&name, &self.names[at])))
            .filter(|(_, close)| *close > 0)
            .collect();
        found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(most);
        found
    }
}

/// How much of both names is shared, in thousandths. What is asked for counts four times what was
/// found, since an alias often leaves out parts of the full name; and first parts that stand for each
/// other count a little more, since what is left out are fathers' names rather than one's own.
///
/// The shares, and how steeply a part counts less that is spelled otherwise, are those that find most
/// in the lists of docs/accuracy.md.
fn closeness(asked: &Name, found: &Name) -> i32 {
    const FIRST: i32 = 10;
    let compared = Comparison::of(asked, found);
    let weight = |name: &Name, parts: &Range<usize>| -> i32 {
        name.parts[parts.clone()].iter().map(|part| part.weight).sum()
    };
    let shared: i32 = compared
        .matches
        .iter()
        .map(|one| {
            let both = weight(asked, &one.one).min(weight(found, &one.other));
            let first = one.one.start == 0 && one.other.start == 0;
            // A hundred for a hundred, 24 for the least alike that may be one.
            (19 * one.alike - 900) / 10 * (both + if first { FIRST } else { 0 })
        })
        .sum();
    let all = 8 * compared.weights.0 + 2 * compared.weights.1;
    if all == 0 { 0 } else { 100 * shared / all }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_only_servant_or_father_of_makes_no_names_alike() {
        let index = NameIndex::of(["Abdul Hald", "Abdul Mari Bastim Ruel", "Sayfallah Ostby"]);
        let first = |name: &str| index.find(name, 10).first().map(|(at, _)| *at);
        assert_eq!(first("Abdul Marri"), Some(1));
        assert_eq!(first("Abdelmari"), Some(1));
        // Two words that another spelling writes as one.
        assert_eq!(first("Sayf Allah Ostby"), Some(2));
        assert_eq!(first("سيف الله"), Some(2));
    }

    #[test]
    fn the_name_most_like_another_comes_first() {
        let index =
            NameIndex::of(["Ada Marl", "Khalid Masoud Ruel", "Karl Brandt", "Karla Brandis", ""]);
        let first = |name: &str| index.find(name, 10).first().map(|(at, _)| *at);
        assert_eq!(first("Masood, Khaled"), Some(1));
        assert_eq!(first("Karl Brandt"), Some(2));
        assert_eq!(first("Brandt"), Some(2));
        assert_eq!(first("خالد مسعود"), Some(1));
        assert_eq!(first("Zzyx"), None);
        assert_eq!(first(""), None);
    }
}
