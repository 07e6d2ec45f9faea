//! A model of rows of labels: weights, and what follows from them.

use crate::lattice::{Lattice, best};
use crate::table::{Table, UNITS};
use crate::{Feature, Probabilities, Sequence};

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

    /// A chain that knows nothing of neighbours: each place by itself.
    pub(crate) fn without_edges(labels: &[String], table: Table) -> Chain {
        let count = labels.len();
        Chain {
            labels: labels.to_vec(),
            table,
            between: vec![0; count * count],
            first: vec![0; count],
            last: vec![0; count],
        }
    }

    /// Adds the weights of features to the scores of the labels, in units.
    pub(crate) fn add_scores(&self, features: &[Feature], scores: &mut [i32]) {
        // First all rows, then all sums: so the processor fetches many rows at once.
        let mut found = [0; 64];
        for features in features.chunks(found.len()) {
            let mut count = 0;
            for row in features.iter().filter_map(|feature| self.table.row(*feature)) {
                found[count] = row;
                count += 1;
            }
            for row in &found[..count] {
                let weights = self.table.weights(*row);
                scores.iter_mut().zip(weights).for_each(|(sum, w)| *sum += i32::from(*w));
            }
        }
    }

    /// The score of each label at each place, in units.
    fn scores(&self, sequence: &Sequence) -> Vec<i32> {
        let labels = self.labels.len();
        let mut scores = vec![0; sequence.len() * labels];
        for (features, row) in sequence.places().zip(scores.chunks_mut(labels)) {
            self.add_scores(features, row);
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
