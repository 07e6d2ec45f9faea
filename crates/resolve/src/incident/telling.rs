//! Which records a report may belong to, by the rare words that it shares with them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::weighed::Weighed;

/// So many records are compared in full, those that share most.
const COMPARED: usize = 24;

/// Records by the rare words of their reports. Looked up and never gone through.
#[derive(Debug, Default)]
pub(crate) struct Telling(HashMap<u32, BTreeSet<usize>>);

impl Telling {
    /// Takes in a report of a record.
    pub(crate) fn note(&mut self, report: &Weighed, record: usize) {
        for (_, word) in &report.rarest {
            self.0.entry(*word).or_default().insert(record);
        }
    }

    /// The records that share most with a report, in their order.
    pub(crate) fn candidates(&self, report: &Weighed) -> BTreeSet<usize> {
        let mut shared: BTreeMap<usize, i64> = BTreeMap::new();
        for (weight, word) in &report.rarest {
            for record in self.0.get(word).into_iter().flatten() {
                *shared.entry(*record).or_insert(0) += weight;
            }
        }
        let mut most: Vec<(i64, usize)> = shared.into_iter().map(|(at, sum)| (-sum, at)).collect();
        most.sort_unstable();
        most.into_iter().take(COMPARED).map(|(_, at)| at).collect()
    }
}
