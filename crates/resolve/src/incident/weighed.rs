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
    /// The weight of each word, in their order.
    pub(super) weights: Vec<i64>,
    /// How rare each full name is, in percent, in their order.
    pub(super) full_names: Vec<i64>,
    /// The rarest words with their weights, the rarest first.
    pub(super) rarest: Vec<(i64, u32)>,
    pub(super) sums: Sums,
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
        let weights: Vec<i64> = outline.words.iter().map(|one| weight(one.word)).collect();
        let mut sums = Sums::default();
        for (&OutlineWord { said, named, headline, opening, .. }, &own) in
            outline.words.iter().zip(&weights)
        {
            sums.words += mass(said, own).pow(2);
            sums.named += mass(named, own).pow(2);
            sums.headline += if headline { own } else { 0 };
            sums.opening += if opening { own } else { 0 };
        }
        let mut rarest: Vec<(i64, u32)> = weights
            .iter()
            .zip(&outline.words)
            .filter(|(weight, _)| **weight >= LIGHTEST)
            .map(|(weight, one)| (*weight, one.word))
            .collect();
        rarest.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        rarest.truncate(LOOKED_UP);
        let full = most();
        let full_names = outline
            .full_names
            .iter()
            .map(|(first, last)| (weight(*first) + weight(*last)) * 50 / full)
            .map(|mean| mean * mean / 100)
            .collect();
        Weighed { outline, weights, full_names, rarest, sums }
    }
}

/// What a word adds that is said so often: more for the first times than for later ones.
pub(super) fn mass(said: u8, weight: i64) -> i64 {
    /// One and the natural logarithm, in tenths.
    const OFTEN: [i64; 13] = [0, 10, 17, 21, 24, 26, 28, 29, 31, 32, 33, 34, 35];
    let often = OFTEN[usize::from(said).min(OFTEN.len() - 1)];
    // A word that every document has still counts a little.
    often * (weight + 100) / 10
}
