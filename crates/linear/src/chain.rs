//! A model of rows of labels: weights, and what follows from them.

use std::ops::Range;

use crate::lattice::{Lattice, best, exp};
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

    /// Chains of single places as one, whose labels are those of each in turn. What one of them is
    /// asked must have features of its own, which none of the others is asked with.
    pub fn joined(chains: &[Chain]) -> Chain {
        let labels: Vec<String> = chains.iter().flat_map(|one| one.labels.clone()).collect();
        let rows = chains.iter().map(|one| one.table.len()).sum();
        let mut table = Table::with_capacity(labels.len(), rows);
        let mut before = 0;
        for chain in chains {
            for (feature, own) in chain.table.rows() {
                let mut row = vec![0; labels.len()];
                row[before..before + own.len()].copy_from_slice(own);
                table.insert(feature, &row);
            }
            before += chain.labels.len();
        }
        Chain {
            first: chains.iter().flat_map(|one| one.first.clone()).collect(),
            last: chains.iter().flat_map(|one| one.last.clone()).collect(),
            ..Chain::without_edges(&labels, table)
        }
    }

    /// How probable each of some labels is at a single place, of these alone.
    ///
    /// # Panics
    /// If the chain has not all of these labels.
    pub fn among(&self, sequence: &Sequence, labels: Range<usize>) -> Vec<f32> {
        let ends = self.first.iter().zip(&self.last);
        let mut scores: Vec<i32> = ends.map(|(first, last)| first + last).collect();
        sequence.places().for_each(|features| self.add_scores(features, &mut scores));
        let scores = &scores[labels];
        let most = scores.iter().max().copied().unwrap_or(0);
        let odds = scores.iter().map(|score| exp((*score - most) as f32 / UNITS));
        let odds: Vec<f32> = odds.collect();
        let sum: f32 = odds.iter().sum();
        odds.into_iter().map(|one| one / sum).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::{Example, Settings, train};

    /// Two answers that hang on one feature of a question's own.
    fn learned(question: u64, answers: [&str; 2]) -> Chain {
        let example = |answer: u16| Example {
            forms: vec![(seen(question, answer), 1.0)],
            labels: vec![answer],
            or: 0..0,
            weight: 1.0,
        };
        let examples = (0..40).map(|at| example(at % 2)).collect();
        train(examples, &answers.map(str::to_owned), &Settings::default(), |_| {})
    }

    fn seen(question: u64, answer: u16) -> Sequence {
        let mut seen = Sequence::default();
        seen.add(question, u64::from(answer));
        seen.end_place();
        seen
    }

    #[test]
    fn chains_joined_answer_as_each_alone() {
        let all = [learned(1, ["no", "yes"]), learned(2, ["far", "near"])];
        let joined = Chain::joined(&all);
        assert_eq!(joined.labels(), ["no", "yes", "far", "near"]);
        for (question, (own, labels)) in all.iter().zip([0..2, 2..4]).enumerate() {
            for answer in 0..2 {
                let seen = seen(question as u64 + 1, answer);
                let alone = own.probabilities(&seen);
                let among = joined.among(&seen, labels.clone());
                for (one, other) in alone.at(0).iter().zip(&among) {
                    assert!((one - other).abs() < 1e-5, "{alone:?} {among:?}");
                }
                assert!(among[usize::from(answer)] > 0.6, "{among:?}");
            }
        }
    }
}
