//! What is known of a place in a text, as hashes.
//!
//! Strings are never kept. A word is hashed once ([`hash`]); what is made of several things is
//! their hashes joined ([`join`]); and a [`Feature`] is the number of its template with what fills
//! it. Two features that fall on one hash share a weight: of half a million, one in eight
//! thousand.

/// A feature: thirty-two bits of a hash over its template and what fills that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Feature(pub u32);

impl Feature {
    /// The feature of a template that is filled with something already hashed.
    pub fn new(template: u64, filling: u64) -> Feature {
        // The upper half of a product depends on all bits of both sides.
        Feature((join(template, filling) >> 32) as u32)
    }
}

/// Hashes bytes to sixty-four bits, the same on every machine.
///
/// Eight bytes at a time are joined into what came before, as in wyhash (Wang Yi 2019). It is no
/// defence against somebody who seeks collisions, which could only make the reader read worse.
pub fn hash(bytes: &[u8]) -> u64 {
    let mut held = bytes.len() as u64;
    for part in bytes.chunks(8) {
        let mut word = [0; 8];
        word[..part.len()].copy_from_slice(part);
        held = join(held, u64::from_le_bytes(word));
    }
    held
}

/// Joins two hashes, in this order, into one.
pub fn join(one: u64, other: u64) -> u64 {
    // Digits of pi and e, so that zeros are as good as any other number.
    let product =
        u128::from(one ^ 0x243f_6a88_85a3_08d3) * u128::from(other ^ 0xb7e1_5162_8aed_2a6b);
    let folded = (product as u64) ^ ((product >> 64) as u64);
    // A product of small numbers has its bits in few places; once more spreads them.
    (folded ^ (folded >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) ^ one.rotate_left(17)
}

/// The features of a row of places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sequence {
    /// Where the features of each place end.
    ends: Vec<u32>,
    features: Vec<Feature>,
}

impl Sequence {
    /// A sequence without places, with room for some.
    pub fn with_capacity(places: usize, features: usize) -> Sequence {
        Sequence { ends: Vec::with_capacity(places), features: Vec::with_capacity(features) }
    }

    /// Adds a feature to the place that is being described.
    pub fn add(&mut self, template: u64, filling: u64) {
        self.features.push(Feature::new(template, filling));
    }

    /// Ends the place that is being described.
    pub fn end_place(&mut self) {
        self.ends.push(u32::try_from(self.features.len()).unwrap_or(u32::MAX));
    }

    /// One place with the features of all, each once.
    pub fn together<'s>(all: impl IntoIterator<Item = &'s Sequence>) -> Sequence {
        let mut features: Vec<Feature> =
            all.into_iter().flat_map(|one| one.features.iter().copied()).collect();
        features.sort_unstable();
        features.dedup();
        let mut sequence = Sequence { ends: Vec::new(), features };
        sequence.end_place();
        sequence
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no place.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The features of a place.
    ///
    /// # Panics
    /// If there is no such place.
    pub fn at(&self, place: usize) -> &[Feature] {
        let start = if place == 0 { 0 } else { self.ends[place - 1] as usize };
        &self.features[start..self.ends[place] as usize]
    }

    /// The features of all places.
    pub fn places(&self) -> impl Iterator<Item = &[Feature]> {
        (0..self.len()).map(|place| self.at(place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn hashes_of_small_and_of_like_things_differ() {
        let mut found = HashSet::new();
        for template in 0..64 {
            for filling in 0..1024 {
                found.insert(Feature::new(template, filling));
            }
        }
        // Chance lets half of one in sixty-five thousand squared over four thousand million fall
        // together.
        assert!(found.len() > 65_536 - 8, "{}", found.len());
        let words = ["", "a", "b", "ab", "ba", "a\0", "attacker", "attackers", "attackerr"];
        let hashes: HashSet<u64> = words.iter().map(|word| hash(word.as_bytes())).collect();
        assert_eq!(hashes.len(), words.len());
        assert_ne!(join(1, 2), join(2, 1));
    }

    #[test]
    fn a_hash_stays_what_it_is() {
        // Weights are kept under these numbers.
        assert_eq!(hash(b"bridge"), hash(b"bridge"));
        assert_eq!(Feature::new(3, hash(b"bridge")), Feature(EXPECTED));
    }

    const EXPECTED: u32 = 0x2adc_eb8e;

    #[test]
    fn places_keep_their_features_apart() {
        let mut sequence = Sequence::default();
        sequence.add(1, 1);
        sequence.add(1, 2);
        sequence.end_place();
        sequence.end_place();
        sequence.add(1, 3);
        sequence.end_place();
        let counts: Vec<usize> = sequence.places().map(<[Feature]>::len).collect();
        assert_eq!(counts, [2, 0, 1]);
        assert_eq!(sequence.at(2), [Feature::new(1, 3)]);
        let mut other = Sequence::default();
        other.add(1, 2);
        other.end_place();
        let together = Sequence::together([&sequence, &other]);
        assert_eq!((together.len(), together.at(0).len()), (1, 3), "each feature once");
        assert_eq!(Sequence::together([]).len(), 1);
    }
}
