//! The words of a report, weighed once: a report is compared with very many.

use throughline_model::{Outline, OutlineWord};

use super::rarity::{most, weight};

/// So many words of a report are looked up, the rarest.
const LOOKED_UP: usize = 60;

/// Words lighter than this, in hundredths, find too much.
const LIGHTEST: i64 = 160;

/// An outline, with how much each of its words says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed<'a> {
    pub(super) outline: &'a Outline,
    /// What each word says, in their order.
    pub(super) words: Vec<Word>,
    places: Places,
    /// How rare each full name is, in percent, in their order.
    pub(super) full_names: Vec<i64>,
    /// The rarest words with their weights, the rarest first.
    pub(super) rarest: Vec<(i64, u32)>,
    pub(super) sums: Sums,
}

/// A word of an outline, with how much it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) word: u32,
    /// Its weight, in hundredths.
    pub(super) weight: i32,
    /// What it adds, by how often it is said at all.
    pub(super) said: i32,
    /// What it adds, by how often it is said with a capital within a sentence.
    pub(super) named: i32,
    /// Its weight if the headline has it, or else nothing.
    pub(super) headline: i32,
    /// Its weight if the headline or the first lines have it, or else nothing.
    pub(super) opening: i32,
}

impl Word {
    fn of(one: &OutlineWord) -> Word {
        let own = weight(one.word);
        // Far below the bounds: a weight is some hundreds.
        let small = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
        let if_there = |is: bool| if is { small(own) } else { 0 };
        Word {
            word: one.word,
            weight: small(own),
            said: small(mass(one.said, own)),
            named: small(mass(one.named, own)),
            headline: if_there(one.headline),
            opening: if_there(one.opening),
        }
    }
}

/// Sums over the words of an outline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) words: i64,
    pub(super) named: i64,
    pub(super) headline: i64,
    pub(super) opening: i64,
}

impl<'a> Weighed<'a> {
    /// Weighs the words of an outline by the table that ships.
    pub fn of(outline: &'a Outline) -> Weighed<'a> {
        let words: Vec<Word> = outline.words.iter().map(Word::of).collect();
        let mut sums = Sums::default();
        for word in &words {
            sums.words += i64::from(word.said).pow(2);
            sums.named += i64::from(word.named).pow(2);
            sums.headline += i64::from(word.headline);
            sums.opening += i64::from(word.opening);
        }
        let rare = words.iter().map(|one| (i64::from(one.weight), one.word));
        let mut rarest: Vec<(i64, u32)> = rare.filter(|(weight, _)| *weight >= LIGHTEST).collect();
        rarest.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        rarest.truncate(LOOKED_UP);
        let full = most();
        let full_names = outline
            .full_names
            .iter()
            .map(|(first, last)| (weight(*first) + weight(*last)) * 50 / full)
            .map(|mean| mean * mean / 100)
            .collect();
        let places = Places::of(&words);
        Weighed { outline, words, places, full_names, rarest, sums }
    }

    /// Hands over each word that two outlines both have, as the one and as the other has it, in order.
    pub(super) fn each_shared(&self, other: &Weighed, mut each: impl FnMut(&Word, &Word)) {
        for part in 0..Places::PARTS {
            let mut both = self.places.has[part] & other.places.has[part];
            while both != 0 {
                let at = both.trailing_zeros();
                both &= both - 1;
                let (own, theirs) = (self.beginning(part, at), other.beginning(part, at));
                for word in own {
                    if let Some(same) = theirs.iter().find(|same| same.word == word.word) {
                        each(word, same);
                    }
                }
            }
        }
    }

    /// The words that begin alike, in order.
    fn beginning(&self, part: usize, at: u32) -> &[Word] {
        let from = &self.words[self.places.before(part, at)..];
        let is_there = |word: &Word| Places::beginning(word.word) == (part, at);
        let first = from.iter().position(is_there).unwrap_or(from.len());
        let many = from[first..].iter().take_while(|word| is_there(word)).count();
        &from[first..first + many]
    }
}

/// Where words stand, by the first bits of their hashes. Two outlines have few words in common, and by
/// these bits nearly all others are passed over, many at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Places {
    /// Of so many beginnings, which some word has.
    has: Box<[u64; Places::PARTS]>,
    /// How many words come before each part of these.
    before: Box<[u32; Places::PARTS]>,
}

impl Places {
    /// Of 64 beginnings each.
    const PARTS: usize = 64;

    /// The part and the place in it of a word's beginning, its first twelve bits.
    fn beginning(word: u32) -> (usize, u32) {
        let beginning = word >> 20;
        ((beginning >> 6) as usize, beginning & 63)
    }

    /// Of words in their order.
    fn of(words: &[Word]) -> Places {
        let mut places =
            Places { has: Box::new([0; Places::PARTS]), before: Box::new([0; Places::PARTS]) };
        for one in words {
            let (part, at) = Places::beginning(one.word);
            places.has[part] |= 1 << at;
            places.before[part] += 1;
        }
        let mut all = 0;
        for before in places.before.iter_mut() {
            all += std::mem::replace(before, all);
        }
        places
    }

    /// So many words at least come before those of a beginning.
    fn before(&self, part: usize, at: u32) -> usize {
        // Each beginning has a word at least.
        let earlier = self.has[part] & ((1 << at) - 1);
        (self.before[part] + earlier.count_ones()) as usize
    }
}

/// What a word adds that is said so often: more for the first times than for later ones.
fn mass(said: u8, weight: i64) -> i64 {
    /// One and the natural logarithm, in tenths.
    const OFTEN: [i64; 13] = [0, 10, 17, 21, 24, 26, 28, 29, 31, 32, 33, 34, 35];
    let often = OFTEN[usize::from(said).min(OFTEN.len() - 1)];
    // A word that every document has still counts a little.
    often * (weight + 100) / 10
}
