//! Public tasks with gold data: their records, and how near a prediction comes to them.
//!
//! The formats and measures are those that the field has for each task, to the digit: what is
//! counted and how stands at each. Gold and predictions are lines of JSON or CoNLL-U, as text.

pub mod alias;
mod assign;
pub mod attribution;
pub mod casualties;
pub mod certainty;
pub mod clusters;
pub mod connections;
pub mod dates;
pub mod incidents;
pub mod interval;
pub mod keyed;
mod lines;
pub mod names;
pub mod negation;
pub mod placer;
pub mod places;
pub mod reader;
pub mod reports;
pub mod resolver;
pub mod same_name;
pub mod syntax;
mod written;

pub use lines::{Error, values};
pub use written::{Written, rewritten};

/// Precision, recall and F1 in percent.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Percent {
    /// Of what was predicted, how much is right.
    pub precision: f64,
    /// Of what is in the gold, how much was predicted.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
    /// How much is right, predicted, and in the gold.
    pub counts: Counts,
}

/// How much is right, how much predicted, how much in the gold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// What is both predicted and in the gold.
    pub right: u32,
    /// What is predicted.
    pub predicted: u32,
    /// What is in the gold.
    pub gold: u32,
}

impl Counts {
    /// In percent; a share of nothing is zero.
    pub fn percent(self) -> Percent {
        let share = |of: u32| match of {
            0 => 0.0,
            of => 100.0 * f64::from(self.right) / f64::from(of),
        };
        let (precision, recall) = (share(self.predicted), share(self.gold));
        let sum = precision + recall;
        let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
        Percent { precision, recall, f1, counts: self }
    }

    pub(crate) fn add(&mut self, other: Counts) {
        self.right += other.right;
        self.predicted += other.predicted;
        self.gold += other.gold;
    }
}
