//! Scores of pairs of attacks by a weighing that was fitted to pairs of other places.
//!
//! A logistic regression over what both attacks have, what only one of them has, how many days lie
//! between them, and their types. Cross-validated: places are dealt into folds, and the pairs of a
//! fold are scored by weights that saw no pair of its places, and so no attack of it. How strongly
//! weights are drawn to zero is chosen within the other folds too, for each fold anew, so that
//! nothing was chosen by what it is measured on.

use std::collections::{BTreeMap, BTreeSet};

use throughline_linear::train::{Example, Settings, train};
use throughline_linear::{Random, Sequence, hash};

use super::measures::auc;
use super::rows::{Labelled, Pair};
use super::scores::between;
use super::world::{Entity, World};

/// Into how many folds places are dealt.
pub const FOLDS: usize = 10;

/// How many fits, each from another order of the examples, a score is the mean of.
const FITS: u64 = 5;

/// How strongly weights may be drawn to zero.
const STRENGTHS: [f32; 4] = [0.1, 0.3, 1.0, 3.0];

/// Into how many parts the other folds are dealt to choose among these.
const PARTS: usize = 3;

/// What is known of a pair, each under a template of its own.
fn sequence(one: &Entity, other: &Entity) -> Sequence {
    const BIAS: u64 = 0;
    const BOTH: u64 = 1;
    const ONLY_ONE: u64 = 2;
    const DAYS: u64 = 3;
    const TYPES: u64 = 4;
    let mut sequence = Sequence::with_capacity(1, 32);
    sequence.add(BIAS, 0);
    let (a, b): (BTreeSet<u64>, BTreeSet<u64>) =
        (one.features.iter().copied().collect(), other.features.iter().copied().collect());
    a.intersection(&b).for_each(|number| sequence.add(BOTH, *number));
    a.symmetric_difference(&b).for_each(|number| sequence.add(ONLY_ONE, *number));
    // By powers of two: whether it is a week or a year matters more than which week.
    let days = between(one, other).map_or(u64::MAX, |days| u64::from((days + 1).ilog2()));
    sequence.add(DAYS, days);
    let mut types = [one, other].map(|one| one.what.as_deref().unwrap_or_default());
    types.sort_unstable();
    sequence.add(TYPES, hash(types.join(" ").as_bytes()));
    sequence.end_place();
    sequence
}

/// The score of each pair, by weights fitted to the pairs of other folds. A pair of which the gold
/// says nothing is scored and taught by none.
pub fn fitted(world: &World, pairs: &[Pair], gold: &[Labelled]) -> Vec<f64> {
    let known: BTreeMap<&str, bool> = gold.iter().map(|one| (one.id.as_str(), one.y)).collect();
    let none = Entity::default();
    let entity = |id: &str| world.entities.get(id).unwrap_or(&none);
    let place = |pair: &Pair| entity(&pair.a).place.clone().unwrap_or_default();
    let mut places: Vec<String> =
        pairs.iter().map(place).collect::<BTreeSet<_>>().into_iter().collect();
    Random::new(1).shuffle(&mut places);
    let fold_of: BTreeMap<&str, usize> =
        places.iter().enumerate().map(|(at, place)| (place.as_str(), at % FOLDS)).collect();
    let folds: Vec<usize> = pairs.iter().map(|pair| fold_of[place(pair).as_str()]).collect();
    let sequences: Vec<Sequence> =
        pairs.iter().map(|pair| sequence(entity(&pair.a), entity(&pair.b))).collect();
    let labels = pairs.iter().map(|pair| known.get(pair.id.as_str()).copied()).collect();
    let fit = Fit { sequences, labels };
    let mut scores = vec![0.0; pairs.len()];
    for fold in 0..FOLDS {
        let (own, others): (Vec<usize>, Vec<usize>) =
            (0..pairs.len()).partition(|at| folds[*at] == fold);
        let strength = fit.strength(&others, &folds);
        for seed in 0..FITS {
            fit.score(&others, &own, strength, seed, &mut scores);
        }
    }
    scores.iter_mut().for_each(|score| *score /= FITS as f64);
    scores
}

/// Pairs as sequences of one place, and whether each is connected, where that is known.
struct Fit {
    sequences: Vec<Sequence>,
    labels: Vec<Option<bool>>,
}

impl Fit {
    /// The strength that does best on pairs held out, part by part.
    fn strength(&self, pairs: &[usize], folds: &[usize]) -> f32 {
        let measured = STRENGTHS.map(|strength| {
            let mut scores = vec![0.0; self.labels.len()];
            for part in 0..PARTS {
                let (own, others): (Vec<usize>, Vec<usize>) =
                    pairs.iter().copied().partition(|at| folds[*at] % PARTS == part);
                self.score(&others, &own, strength, 0, &mut scores);
            }
            let known = pairs.iter().filter_map(|at| Some((scores[*at], self.labels[*at]?)));
            (auc(&known.collect::<Vec<_>>()), strength)
        });
        let best = measured.iter().max_by(|one, other| one.0.total_cmp(&other.0));
        best.map_or(1.0, |best| best.1)
    }

    /// Adds to the scores of pairs what weights fitted to other pairs make of them.
    fn score(&self, from: &[usize], to: &[usize], strength: f32, seed: u64, scores: &mut [f64]) {
        let example = |at: &usize| {
            let label = u16::from(self.labels[*at]?);
            let forms = vec![(self.sequences[*at].clone(), 1.0)];
            Some(Example { forms, labels: vec![label], or: 0..0, weight: 1.0 })
        };
        let examples: Vec<Example> = from.iter().filter_map(example).collect();
        let labels = ["apart", "same"].map(str::to_owned);
        let settings = Settings {
            passes: 30,
            rate: 0.1,
            l2: strength,
            learned: 0.0,
            seed,
            ..Settings::default()
        };
        let chain = train(examples, &labels, &settings, |_| {});
        for at in to {
            scores[*at] += f64::from(chain.probabilities(&self.sequences[*at]).at(0)[1]);
        }
    }
}
