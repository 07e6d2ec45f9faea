//! The weights by which names are compared.

use std::collections::BTreeMap;

use throughline_eval::bench::{Counts, interval};
use throughline_linear::{Random, logistic};
use throughline_resolve::Weights;
use throughline_resolve::names::{Comparison, Feature, Name};

use crate::{Bench, Error};

/// How much weights are drawn to zero.
pub const L2: f64 = 0.3;

/// How many parts the examples are cut into to be cross-validated.
const PARTS: usize = 10;

/// How many features there are.
const FEATURES: usize = Feature::ALL.len();

/// Two names, as they are compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The values of the features, from 0 to 1.
    pub values: Vec<f64>,
    /// Whether they are one's.
    pub same: bool,
    /// Pairs with a name in common, over any number of pairs, have the same number.
    pub family: usize,
}

/// The examples of a bench.
///
/// # Errors
/// If the bench cannot be read.
pub fn examples(bench: &Bench) -> Result<Vec<Example>, Error> {
    let pairs = bench.same_name()?;
    let mut families = Families::default();
    for (pair, _) in &pairs {
        families.join(&pair.one.to_lowercase(), &pair.other.to_lowercase());
    }
    let example = |(pair, same): &(_, bool)| {
        let pair: &throughline_eval::bench::same_name::Pair = pair;
        let compared = Comparison::of(&Name::of(&pair.one), &Name::of(&pair.other));
        Example {
            values: compared.values.iter().map(|value| f64::from(*value) / 100.0).collect(),
            same: *same,
            family: families.of(&pair.one.to_lowercase()),
        }
    };
    Ok(pairs.iter().map(example).collect())
}

/// Weights from examples.
pub fn fit(examples: &[Example]) -> Weights<FEATURES> {
    let rows: Vec<Vec<f64>> = examples.iter().map(|one| one.values.clone()).collect();
    let labels: Vec<bool> = examples.iter().map(|one| one.same).collect();
    let weights = logistic::fit(&rows, &labels, L2);
    let hundredths = |at: usize| {
        weights.get(at).map_or(0, |weight| (weight * 100.0).round().clamp(-1e6, 1e6) as i32)
    };
    Weights { bias: hundredths(0), of: std::array::from_fn(|at| hundredths(at + 1)) }
}

/// F1 in percent where every example is judged by weights that saw none of its family, and between
/// what bounds it lies for nineteen of twenty samples of the pairs.
pub fn cross_validated(examples: &[Example]) -> (f64, (f64, f64)) {
    let mut families: Vec<usize> = examples.iter().map(|one| one.family).collect();
    families.sort_unstable();
    families.dedup();
    let mut random = Random::new(1);
    for at in (1..families.len()).rev() {
        families.swap(at, random.below(at + 1));
    }
    let part: BTreeMap<usize, usize> =
        families.iter().enumerate().map(|(at, family)| (*family, at % PARTS)).collect();
    let mut counts = vec![Counts::default(); examples.len()];
    for held_out in 0..PARTS {
        let own = |one: &Example| part[&one.family] == held_out;
        let rest: Vec<Example> = examples.iter().filter(|one| !own(one)).cloned().collect();
        let weights = fit(&rest);
        for (one, counts) in examples.iter().zip(&mut counts).filter(|(one, _)| own(one)) {
            let values = std::array::from_fn(|at| (one.values[at] * 100.0).round() as i32);
            let said = u32::from(weights.score(&values).0 >= 0);
            let same = u32::from(one.same);
            *counts = Counts { right: said & same, predicted: said, gold: same };
        }
    }
    let f1 = |places: &mut dyn Iterator<Item = usize>| {
        let mut sum = Counts::default();
        places.for_each(|at| {
            sum.right += counts[at].right;
            sum.predicted += counts[at].predicted;
            sum.gold += counts[at].gold;
        });
        sum.percent().f1
    };
    let bounds = interval::bounds(counts.len(), |drawn| f1(&mut drawn.iter().copied()));
    (f1(&mut (0..counts.len())), bounds)
}

/// Names that stand in one pair, over any number of pairs.
#[derive(Default)]
struct Families {
    places: BTreeMap<String, usize>,
    root: Vec<usize>,
}

impl Families {
    fn place(&mut self, name: &str) -> usize {
        let next = self.root.len();
        let at = *self.places.entry(name.to_owned()).or_insert(next);
        if at == next {
            self.root.push(next);
        }
        at
    }

    fn join(&mut self, one: &str, other: &str) {
        let (one, other) = (self.place(one), self.place(other));
        let (one, other) = (self.first(one), self.first(other));
        self.root[one.max(other)] = one.min(other);
    }

    fn first(&self, mut at: usize) -> usize {
        while self.root[at] != at {
            at = self.root[at];
        }
        at
    }

    fn of(&self, name: &str) -> usize {
        self.places.get(name).map_or(0, |at| self.first(*at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_that_tells_is_learned_and_holds_for_other_families() {
        let examples: Vec<Example> = (0..200)
            .map(|at| {
                let mut values = vec![0.0; FEATURES];
                values[0] = f64::from(at % 2);
                values[1] = f64::from(at / 2 % 2);
                Example { values, same: at % 2 == 1, family: at as usize / 4 }
            })
            .collect();
        let weights = fit(&examples);
        assert!(weights.of[0] > 100 && weights.of[1].abs() < 20, "{weights:?}");
        let (f1, bounds) = cross_validated(&examples);
        assert_eq!((f1, bounds), (100.0, (100.0, 100.0)));
    }

    #[test]
    fn pairs_with_a_name_in_common_are_one_family() {
        let mut families = Families::default();
        for (one, other) in [("a", "b"), ("c", "d"), ("b", "e")] {
            families.join(one, other);
        }
        assert_eq!(families.of("a"), families.of("e"));
        assert_ne!(families.of("a"), families.of("c"));
    }
}
