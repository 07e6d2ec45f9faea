//! How a sentence is worded, briefly enough to be kept with each sentence that something rests on: what tells
//! copies of it from sentences that say the same in other words.
//!
//! A paper that prints an agency's sentence has seen nothing itself. So whoever says something in the words of
//! another adds no voice ([`voices`]), whichever of the two is the origin, and whether he names it or not.
//!
//! Sentences are compared by the share of their runs of three words that they have in common (Broder and
//! others 1997, "Syntactic clustering of the Web"), which is estimated from eight smallest hashes, a byte
//! of each (Li and König 2010, "b-bit minwise hashing"): eight bytes a sentence. Copies need not be
//! alike to the letter: with three quarters of the runs in common nine in ten are known, with half of them
//! little more than one in three. docs/accuracy.md has how often that is right.

use std::collections::{BTreeSet, HashMap};

/// How a sentence is worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wording([u8; SKETCH]);

/// Of so many hash functions the smallest value is kept.
const SKETCH: usize = 8;

/// All but so many of these are equal in a sentence and its copy.
const UNLIKE: usize = 3;

/// How many words make a run.
const RUN: usize = 3;

/// A shorter sentence may be said in the same words by several who know nothing of each other: "Two people
/// were killed."
const LEAST: usize = 10;

impl Wording {
    /// How a sentence of these words is worded: words as they are compared, without marks. `None` of a
    /// sentence too short for its words to tell whose it is.
    pub fn of<'w>(words: impl IntoIterator<Item = &'w str>) -> Option<Wording> {
        let words: Vec<u64> = words.into_iter().map(hash).collect();
        if words.len() < LEAST {
            return None;
        }
        let mut smallest = [u64::MAX; SKETCH];
        for run in words.windows(RUN) {
            let run = run.iter().fold(0, |run: u64, word| mix(run.rotate_left(23) ^ word));
            for (function, smallest) in (1..).zip(&mut smallest) {
                *smallest = mix(run ^ mix(function)).min(*smallest);
            }
        }
        Some(Wording(smallest.map(|hash| hash.to_le_bytes()[0])))
    }

    /// Whether two sentences are worded so alike that one of them copies the other, or both a third.
    pub fn is_copied_by(self, other: Wording) -> bool {
        self.0.iter().zip(other.0).filter(|(own, other)| **own != *other).count() <= UNLIKE
    }

    /// Numbers of which two sentences share one if they are copies, and only then: the sketch without any
    /// three of its places, and which these are.
    pub fn alike(self) -> impl Iterator<Item = u64> {
        let without = move |places: u8| {
            let mut parts = self.0;
            for (at, part) in parts.iter_mut().enumerate() {
                if places >> at & 1 == 1 {
                    *part = 0;
                }
            }
            // The first of the places that are left out says which these are.
            parts[places.trailing_zeros() as usize] = places;
            u64::from_le_bytes(parts)
        };
        (0..=u8::MAX).filter(|places| places.count_ones() as usize == UNLIKE).map(without)
    }

    /// What it is, as a number.
    pub fn bits(self) -> u64 {
        u64::from_le_bytes(self.0)
    }

    /// What has this number.
    pub fn from_bits(bits: u64) -> Wording {
        Wording(bits.to_le_bytes())
    }
}

/// FNV-1a, 64 bits.
fn hash(word: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    word.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

/// Spreads a number over all its bits (the finaliser of SplitMix64).
fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// How many first speakers stand behind what they say, each word given by its first speaker, by the document
/// that has it and by how its sentence is worded, in order of publication.
///
/// A speaker is a voice by a sentence that no document before has in the same words, or by one too short to
/// tell.
pub fn voices<S: Ord, D: PartialEq>(
    words: impl IntoIterator<Item = (S, D, Option<Wording>)>,
) -> usize {
    // By what copies share, the first document that has it.
    let mut first: HashMap<u64, usize> = HashMap::new();
    let mut documents: Vec<D> = Vec::new();
    let mut heard: BTreeSet<S> = BTreeSet::new();
    for (speaker, document, wording) in words {
        let elsewhere = |parts: u64| first.get(&parts).is_some_and(|at| documents[*at] != document);
        if !wording.is_some_and(|one| one.alike().any(elsewhere)) {
            heard.insert(speaker);
        }
        if let Some(wording) = wording {
            for parts in wording.alike() {
                first.entry(parts).or_insert(documents.len());
            }
            documents.push(document);
        }
    }
    heard.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TELEGRAM: &str = "two men threw a bomb into the office of the paper in the rue lind \
                            and fled towards the river before the guard could close the gate";

    fn wording(text: &str) -> Option<Wording> {
        Wording::of(text.split_whitespace())
    }

    fn is_copy(one: &str, other: &str) -> bool {
        wording(one).unwrap().is_copied_by(wording(other).unwrap())
    }

    #[test]
    fn a_copy_may_leave_words_out_and_put_others_in() {
        assert!(is_copy(TELEGRAM, TELEGRAM));
        assert!(is_copy(TELEGRAM, &format!("{TELEGRAM} the police said")));
        assert!(is_copy(TELEGRAM, &TELEGRAM.replace(" could close the gate", "")));
        assert!(is_copy(TELEGRAM, &format!("yesterday evening {TELEGRAM}")));
    }

    #[test]
    fn the_same_in_other_words_is_no_copy() {
        let own = "a bomb was thrown into the office of a paper in the rue lind by two men who \
                   escaped in the direction of the river while a guard tried to shut the gate";
        assert!(!is_copy(TELEGRAM, own));
        assert!(wording("two people were killed and nine were hurt").is_none());
    }

    #[test]
    fn who_speaks_in_one_sentence_of_one_paper_is_a_voice_each() {
        let one = wording(TELEGRAM);
        assert_eq!(voices([("mayor", 1, one), ("police", 1, one), ("mayor", 2, one)]), 2);
    }

    #[test]
    fn a_wording_is_its_number() {
        let wording = wording(TELEGRAM).unwrap();
        assert_eq!(Wording::from_bits(wording.bits()), wording);
    }

    /// How many voices these are: whoever speaks, with the text that he speaks in, or none.
    fn count(words: &[(&str, Option<u64>)]) -> usize {
        // Bytes that differ in all places are worded in no way alike.
        let text = |text: u64| Wording::from_bits(text * 0x0101_0101_0101_0101);
        voices(words.iter().map(|(speaker, of)| (*speaker, *speaker, of.map(text))))
    }

    #[test]
    fn who_says_it_in_the_words_of_another_adds_no_voice() {
        assert_eq!(count(&[]), 0);
        assert_eq!(count(&[("a", None), ("b", None), ("a", Some(1))]), 2);
        assert_eq!(count(&[("a", Some(1)), ("b", Some(1)), ("c", Some(1))]), 1);
        assert_eq!(count(&[("a", Some(1)), ("b", Some(1)), ("c", Some(2))]), 2);
        // Whoever says it in words of his own as well is a voice.
        assert_eq!(count(&[("a", Some(1)), ("b", Some(1)), ("a", Some(2))]), 1);
        assert_eq!(count(&[("a", Some(1)), ("b", Some(1)), ("b", Some(2))]), 2);
        assert_eq!(count(&[("a", Some(1)), ("b", Some(1)), ("b", None), ("c", Some(1))]), 2);
    }

    proptest! {
        #[test]
        fn two_wordings_share_a_number_if_they_are_copies(one in any::<[u8; 8]>(), places in 0..=255u8) {
            let other: [u8; 8] = std::array::from_fn(|at| one[at] ^ (places >> at & 1));
            let (one, other) = (Wording(one), Wording(other));
            let theirs: BTreeSet<u64> = other.alike().collect();
            prop_assert_eq!(theirs.len(), 56);
            prop_assert_eq!(one.alike().any(|parts| theirs.contains(&parts)), one.is_copied_by(other));
        }

        #[test]
        fn later_words_take_no_voice_away_and_a_copy_adds_none(
            words in prop::collection::vec((0..4u8, prop::option::of(0..4u64)), 1..8),
            copied in any::<prop::sample::Index>(),
        ) {
            let text = |text: u64| Wording::from_bits(text * 0x0101_0101_0101_0101);
            let mut words: Vec<_> =
                words.into_iter().map(|(speaker, of)| (speaker, speaker, of.map(text))).collect();
            let all = voices(words.clone());
            let before = voices(words[..words.len() - 1].to_vec());
            prop_assert!(before <= all && all <= before + 1 && all > 0);
            if let (_, _, Some(wording)) = words[copied.index(words.len())] {
                words.push((9, 9, Some(wording)));
                prop_assert_eq!(voices(words), all);
            }
        }
    }
}
