//! Finding the names that one may be another spelling of, among many.

use std::collections::HashMap;

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

impl NameIndex {
    /// An index of names.
    pub fn of<'n>(names: impl IntoIterator<Item = &'n str>) -> NameIndex {
        let mut index = NameIndex::default();
        for name in names {
            let at = u32::try_from(index.names.len()).unwrap_or(u32::MAX);
            let name = Name::of(name);
            for key in name.parts.iter().flat_map(keys) {
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
        for part in &name.parts {
            for key in keys(part) {
                // All consonants in a row say more than three sounds.
                let worth = if matches!(key, Key::Consonants(_)) { 4 } else { 1 };
                for at in self.by_key.get(&key).into_iter().flatten() {
                    *hits.entry(*at).or_insert(0) += worth;
                }
            }
        }
        // Sorted at once, by what is unique, so that nothing hangs on the order of hashes.
        let mut candidates: Vec<(u32, u32)> = hits.into_iter().map(|(at, hit)| (hit, at)).collect();
        candidates.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        candidates.truncate(COMPARED);
        let mut found: Vec<(usize, i32)> = candidates
            .into_iter()
            .map(|(_, at)| at as usize)
            .map(|at| (at, closeness(&Comparison::of(&name, &self.names[at]))))
            .filter(|(_, close)| *close > 0)
            .collect();
        found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(most);
        found
    }
}

/// How much of both names is shared, in thousandths. What is asked for counts more than what was
/// found: an alias often leaves out parts of the full name.
fn closeness(compared: &Comparison) -> i32 {
    let (asked, found) = compared.weights;
    let all = 7 * asked + 3 * found;
    if all == 0 { 0 } else { 10_000 * compared.shared / all }
}

#[cfg(test)]
mod tests {
    use super::*;

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
