//! A model of rows of labels: weights, and what follows from them.

use crate::lattice::{Lattice, best};
use crate::table::{Table, UNITS};
use crate::{Probabilities, Sequence};

/// A linear-chain conditional random field, ready to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    pub(crate) labels: Vec<String>,
    pub(crate) table: Table,
    /// What following another label adds: a row for each label that is left, in units.
    pub(crate) between: Vec<i32>,
    pub(crate) first: Vec<i32>,
    pub(crate) last: Vec<i32>,
}

impl Chain {
    /// The labels, by their numbers.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// How many features have weights.
    pub fn features(&self) -> usize {
        self.table.len()
    }

    /// The score of each label at each place, in units.
    fn scores(&self, sequence: &Sequence) -> Vec<i32> {
        let labels = self.labels.len();
        let mut scores = vec![0; sequence.len() * labels];
        // First all rows, then all sums: so the processor fetches many rows at once.
        let mut found: Vec<u32> = Vec::with_capacity(256);
        for (features, row) in sequence.places().zip(scores.chunks_mut(labels)) {
            found.clear();
            found.extend(features.iter().filter_map(|feature| self.table.row(*feature)));
            for held in &found {
                let weights = self.table.weights(*held);
                row.iter_mut().zip(weights).for_each(|(sum, w)| *sum += i32::from(*w));
            }
        }
        scores
    }

    /// The labels that fit best together, one for each place.
    pub fn best(&self, sequence: &Sequence) -> Vec<usize> {
        let scores = self.scores(sequence);
        best(self.labels.len(), &scores, &self.between, &self.first, &self.last)
    }

    /// How probable each label is at each place.
    pub fn probabilities(&self, sequence: &Sequence) -> Probabilities {
        let natural = |scores: &[i32]| -> Vec<f32> {
            scores.iter().map(|score| *score as f32 / UNITS).collect()
        };
        let (places, between) = (natural(&self.scores(sequence)), natural(&self.between));
        let (first, last) = (natural(&self.first), natural(&self.last));
        let labels = self.labels.len();
        Lattice { labels, places: &places, between: &between, first: &first, last: &last }
            .probabilities()
    }
}
