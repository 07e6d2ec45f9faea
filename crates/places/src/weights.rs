//! Weights of features, in whole numbers, so that every machine decides alike.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use throughline_linear::exp;

use crate::context::{Chances, TOGETHER, TOGETHER_NAMES};
use crate::feature::{ALONE, ALONE_NAMES};
use crate::sure::{SURE, SURE_NAMES};

/// Weights of features, in hundredths of log-odds for a value of 100.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weights<const N: usize> {
    /// What an entry has without any feature.
    pub bias: i32,
    /// In the order of the features.
    pub of: [i32; N],
}

impl<const N: usize> Weights<N> {
    /// Weights from a table, `feature`, tab, weight; of a feature that it has not, nothing.
    pub fn of_table(table: &str, names: &[&str; N]) -> Weights<N> {
        let lines = table.lines().filter_map(|line| line.split_once('\t'));
        let table: BTreeMap<&str, i32> =
            lines.filter_map(|(name, weight)| Some((name, weight.trim().parse().ok()?))).collect();
        let weight = |name: &str| table.get(name).copied().unwrap_or(0);
        Weights { bias: weight("bias"), of: names.map(weight) }
    }

    /// The weights as a table, as [`Weights::of_table`] reads it.
    pub fn to_table(&self, names: &[&str; N]) -> String {
        let mut table = format!("bias\t{}\n", self.bias);
        for (name, weight) in names.iter().zip(self.of) {
            table.push_str(&format!("{name}\t{weight}\n"));
        }
        table
    }

    /// The log-odds of values in percent, in ten-thousandths.
    pub fn score(&self, values: &[i32; N]) -> i32 {
        let sum: i32 = self.of.iter().zip(values).map(|(weight, value)| weight * value).sum();
        self.bias * 100 + sum
    }

    /// The scores of each of several values.
    pub fn scores(&self, each: &[[i32; N]]) -> Vec<i32> {
        each.iter().map(|values| self.score(values)).collect()
    }

    /// The chance of values by themselves, in percent, never 0 and never 100.
    pub fn percent(&self, values: &[i32; N]) -> u8 {
        let against = exp(-self.score(values) as f32 / 10_000.0);
        (100.0 / (1.0 + against)).round().clamp(1.0, 99.0) as u8
    }

    /// What each value adds, in hundredths of log-odds.
    pub fn parts(&self, values: &[i32; N]) -> [i32; N] {
        std::array::from_fn(|at| self.of[at] * values[at] / 100)
    }

    /// The chances of each name's candidates against one another.
    pub fn chances(&self, names: &[Vec<[i32; N]>]) -> Chances {
        let of_name = |values: &Vec<[i32; N]>| {
            let scores = self.scores(values);
            let best = scores.iter().copied().max().unwrap_or(0);
            let odds = |score: i32| f64::from(exp((score - best) as f32 / 10_000.0));
            let sum: f64 = scores.iter().map(|score| odds(*score)).sum();
            scores.iter().map(|score| (10_000.0 * odds(*score) / sum).round() as u32).collect()
        };
        names.iter().map(of_name).collect()
    }
}

/// The weights for an entry by itself, that ship.
pub fn alone() -> &'static Weights<ALONE> {
    static WEIGHTS: OnceLock<Weights<ALONE>> = OnceLock::new();
    WEIGHTS.get_or_init(|| {
        Weights::of_table(include_str!("../../../models/places-alone.tsv"), &ALONE_NAMES)
    })
}

/// The weights for all names together, that ship.
pub fn together() -> &'static Weights<TOGETHER> {
    static WEIGHTS: OnceLock<Weights<TOGETHER>> = OnceLock::new();
    WEIGHTS.get_or_init(|| {
        Weights::of_table(include_str!("../../../models/places.tsv"), &TOGETHER_NAMES)
    })
}

/// The weights for how sure a place is, that ship.
pub fn sure() -> &'static Weights<SURE> {
    static WEIGHTS: OnceLock<Weights<SURE>> = OnceLock::new();
    WEIGHTS.get_or_init(|| {
        Weights::of_table(include_str!("../../../models/places-sure.tsv"), &SURE_NAMES)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_comes_back_and_scores_are_sums() {
        let weights = Weights { bias: -50, of: [100, -25] };
        let names = ["a", "b"];
        assert_eq!(Weights::of_table(&weights.to_table(&names), &names), weights);
        assert_eq!(weights.score(&[100, 200]), 0);
        assert_eq!(weights.parts(&[50, 100]), [50, -25]);
        assert_eq!(weights.percent(&[100, 200]), 50);
        assert_eq!(weights.percent(&[5_000, 0]), 99);
    }

    #[test]
    fn chances_of_a_name_add_up() {
        let weights = Weights { bias: 0, of: [300] };
        let chances = weights.chances(&[vec![[100], [0]], vec![], vec![[7]]]);
        assert_eq!(chances[0].iter().sum::<u32>(), 10_000);
        assert!(chances[0][0] > 9_000 && chances[1].is_empty());
        assert_eq!(chances[2], [10_000]);
    }

    /// A table with a name that no feature has would weigh nothing, unseen.
    #[test]
    fn tables_that_ship_name_the_features_of_today() {
        let lines = |table: &str| table.lines().count();
        assert_eq!(lines(&alone().to_table(&ALONE_NAMES)), ALONE + 1);
        for (table, names) in [
            (include_str!("../../../models/places-alone.tsv"), &ALONE_NAMES[..]),
            (include_str!("../../../models/places.tsv"), &TOGETHER_NAMES[..]),
            (include_str!("../../../models/places-sure.tsv"), &SURE_NAMES[..]),
        ] {
            let held: Vec<&str> =
                table.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
            assert_eq!(held, names);
        }
    }
}
