//! Which records a report may belong to, by the rare words that it shares with them.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::Outline;

use super::rarity::weight;

/// So many words of a report are looked up, the rarest.
const LOOKED_UP: usize = 60;

/// So many records are compared in full, those that share most.
const COMPARED: usize = 40;

/// Words lighter than this, in hundredths, find too much.
const LIGHTEST: i64 = 160;

/// Records by the rare words of their reports.
#[derive(Debug, Default)]
pub(crate) struct Telling(BTreeMap<u32, BTreeSet<usize>>);

impl Telling {
    /// Takes in a report of a record.
    pub(crate) fn note(&mut self, outline: &Outline, record: usize) {
        for (_, word) in rarest(outline) {
            self.0.entry(word).or_default().insert(record);
        }
    }

    /// The records that share most with a report, in their order.
    pub(crate) fn candidates(&self, outline: &Outline) -> BTreeSet<usize> {
        let mut shared: BTreeMap<usize, i64> = BTreeMap::new();
        for (weight, word) in rarest(outline) {
            for record in self.0.get(&word).into_iter().flatten() {
                *shared.entry(*record).or_insert(0) += weight;
            }
        }
        let mut most: Vec<(i64, usize)> = shared.into_iter().map(|(at, sum)| (-sum, at)).collect();
        most.sort_unstable();
        most.into_iter().take(COMPARED).map(|(_, at)| at).collect()
    }
}

/// The rarest words of an outline with their weights, the rarest first.
fn rarest(outline: &Outline) -> Vec<(i64, u32)> {
    let mut words: Vec<(i64, u32)> =
        outline.words.iter().map(|one| (weight(one.word), one.word)).collect();
    words.retain(|(weight, _)| *weight >= LIGHTEST);
    words.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    words.truncate(LOOKED_UP);
    words
}
