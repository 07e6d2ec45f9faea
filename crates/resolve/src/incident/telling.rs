//! Which records a report may belong to, by the rare words that it shares with them.

use std::collections::{BTreeSet, HashMap};

use super::weighed::Weighed;

/// So many records are compared in full, those that share most.
const COMPARED: usize = 24;

/// Records by the rare words of their reports.
#[derive(Debug, Default)]
pub(crate) struct Telling {
    /// For each word the records that have it, in order. Looked up and never gone through.
    records: HashMap<u32, Vec<usize>>,
    /// One more than the greatest record.
    end: usize,
}

impl Telling {
    /// Takes in a report of a record.
    pub(crate) fn note(&mut self, report: &Weighed, record: usize) {
        for (_, word) in &report.rarest {
            let records = self.records.entry(*word).or_default();
            if let Err(at) = records.binary_search(&record) {
                records.insert(at, record);
            }
        }
        self.end = self.end.max(record + 1);
    }

    /// The records that share most with a report, in their order.
    pub(crate) fn candidates(&self, report: &Weighed) -> BTreeSet<usize> {
        let mut shared = vec![0i64; self.end];
        for (weight, word) in &report.rarest {
            for &record in self.records.get(word).into_iter().flatten() {
                shared[record] += weight;
            }
        }
        let sharing = shared.iter().enumerate().filter(|(_, sum)| **sum > 0);
        let mut most: Vec<(i64, usize)> = sharing.map(|(at, sum)| (-sum, at)).collect();
        if most.len() > COMPARED {
            most.select_nth_unstable(COMPARED);
            most.truncate(COMPARED);
        }
        most.into_iter().map(|(_, at)| at).collect()
    }
}
