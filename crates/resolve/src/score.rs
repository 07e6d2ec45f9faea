//! Scores: weighted sums of features, in whole numbers, so that every machine decides alike.

use std::collections::BTreeMap;

use throughline_linear::exp;

/// Weights of features, in hundredths of log-odds for a value of 100.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weights<const N: usize> {
    /// What a pair has without any feature.
    pub bias: i32,
    /// In the order of the features.
    pub of: [i32; N],
}

impl<const N: usize> Weights<N> {
    /// The weights of features by their names, from a table as [`Weights::to_table`] writes it: `feature`,
    /// tab, weight. Of one that the table has not, nothing.
    pub fn of_table(table: &str, names: &[&str; N]) -> Weights<N> {
        let lines = table.lines().filter_map(|line| line.split_once('\t'));
        let table: BTreeMap<&str, i32> =
            lines.filter_map(|(name, weight)| Some((name, weight.trim().parse().ok()?))).collect();
        let weight = |name: &str| table.get(name).copied().unwrap_or(0);
        Weights { bias: weight("bias"), of: names.map(weight) }
    }

    /// The score of values, each in percent.
    pub fn score(&self, values: &[i32; N]) -> Score {
        let sum: i32 = self.of.iter().zip(values).map(|(weight, value)| weight * value).sum();
        Score(self.bias * 100 + sum)
    }

    /// What each value adds, in hundredths of log-odds.
    pub fn parts(&self, values: &[i32; N]) -> [i32; N] {
        let mut parts = self.of;
        parts.iter_mut().zip(values).for_each(|(weight, value)| *weight = *weight * value / 100);
        parts
    }

    /// The weights as a table, as [`Weights::of_table`] reads it.
    pub fn to_table(&self, names: &[&str; N]) -> String {
        let mut table = format!("bias\t{}\n", self.bias);
        for (name, weight) in names.iter().zip(self.of) {
            table.push_str(&format!("{name}\t{weight}\n"));
        }
        table
    }
}

/// How much speaks for one subject: log-odds, in ten-thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score(pub i32);

impl Score {
    /// As a probability, in percent, never 100; from 50 on more speaks for one subject than against
    /// it.
    pub fn percent(self) -> u8 {
        (self.probability() * 100.0).floor().min(99.0) as u8
    }

    /// As a probability, in whole ten-thousandths.
    pub fn probability(self) -> f64 {
        let odds = self.0.clamp(-200_000, 200_000) as f32 / 10_000.0;
        // Rounded down, so that even odds are the first to reach a half.
        (10_000.0 / (1.0 + f64::from(exp(-odds)))).floor() / 10_000.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_a_weighted_sum() {
        let table = "bias\t-50\na\t100\nb\t-25\n";
        let weights = Weights::of_table(table, &["a", "b"]);
        assert_eq!(weights.score(&[100, 0]), Score(5_000));
        assert_eq!(weights.score(&[0, 200]), Score(-10_000));
        assert_eq!(weights.parts(&[50, 100]), [50, -25]);
        assert_eq!(weights.to_table(&["a", "b"]), table);
    }

    #[test]
    fn percent_turns_at_even_odds() {
        assert_eq!(Score(0).percent(), 50);
        assert_eq!(Score(-1).percent(), 49);
        assert_eq!(Score(10_000).percent(), 73);
        assert_eq!(Score(i32::MAX).percent(), 99);
        assert_eq!(Score(i32::MIN).percent(), 0);
    }
}
