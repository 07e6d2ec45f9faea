//! Training on small made-up languages whose rule is known.

use super::*;
use crate::{Sequence, hash};

/// Words of a language in which `b` and `d` are labelled 1 after an `a` and 0 elsewhere, so that
/// only the label before tells.
fn examples(count: usize, seed: u64) -> Vec<Example> {
    let mut random = Random::new(seed);
    (0..count)
        .map(|_| {
            let words: Vec<usize> = (0..6).map(|_| random.below(4)).collect();
            let mut labels: Vec<u16> = Vec::new();
            for word in &words {
                let before = labels.last().copied();
                labels.push(match word {
                    0 => 2,
                    1 | 3 if before == Some(2) => 1,
                    _ => 0,
                });
            }
            let mut sequence = Sequence::default();
            for word in words {
                sequence.add(1, hash(&[word as u8]));
                sequence.end_place();
            }
            Example { forms: vec![(sequence, 1.0)], labels, or: 0..0, weight: 1.0 }
        })
        .collect()
}

fn labels() -> Vec<String> {
    ["O", "X", "A"].map(str::to_owned).to_vec()
}

fn right(chain: &Chain, examples: &[Example]) -> usize {
    let fits = |one: &&Example| {
        let best = chain.best(&one.forms[0].0);
        best.iter().zip(&one.labels).all(|(mine, gold)| *mine == usize::from(*gold))
    };
    examples.iter().filter(fits).count()
}

#[test]
fn both_objectives_learn_what_only_the_label_before_tells() {
    for objective in [Objective::Likelihood, Objective::Perceptron] {
        let settings = Settings { objective, passes: 20, l2: 0.1, ..Settings::default() };
        let mut losses = Vec::new();
        let chain = train(examples(300, 1), &labels(), &settings, |pass| losses.push(pass.loss));
        assert_eq!(right(&chain, &examples(100, 2)), 100, "{objective:?}");
        assert!(losses[19] < losses[0] / 4.0, "{objective:?}: {losses:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_weights() {
    let settings = Settings { dropped: 0.2, l1: 0.1, ..Settings::default() };
    let trained = |seed| train(examples(50, 3), &labels(), &Settings { seed, ..settings }, |_| {});
    assert_eq!(trained(1), trained(1));
    assert_ne!(trained(1), trained(2));
}

#[test]
fn probabilities_of_one_place_are_those_of_logistic_regression() {
    // Of one feature three in four examples have label 1: without penalty, so does the model.
    let examples: Vec<Example> = (0..400u16)
        .map(|n| {
            let mut sequence = Sequence::default();
            sequence.add(1, 5);
            sequence.end_place();
            let label = u16::from(n % 4 != 0);
            Example { forms: vec![(sequence, 1.0)], labels: vec![label], or: 0..0, weight: 1.0 }
        })
        .collect();
    let asked = examples[0].forms[0].0.clone();
    let settings = Settings { passes: 60, l2: 0.0, ..Settings::default() };
    let chain = train(examples, &labels()[..2], &settings, |_| {});
    let share = chain.probabilities(&asked).at(0)[1];
    assert!((share - 0.75).abs() < 0.02, "{share}");
}

#[test]
fn drawing_to_zero_leaves_fewer_features_and_rare_ones_get_no_weights() {
    let noisy = || {
        let mut random = Random::new(9);
        let mut examples = examples(200, 4);
        for example in &mut examples {
            let mut sequence = Sequence::default();
            for features in example.forms[0].0.clone().places() {
                features.iter().for_each(|feature| sequence.add(2, u64::from(feature.0)));
                sequence.add(3, random.bits() % 500);
                sequence.end_place();
            }
            example.forms[0].0 = sequence;
        }
        examples
    };
    let features = |settings: &Settings| train(noisy(), &labels(), settings, |_| {}).features();
    let all = features(&Settings { l2: 0.1, ..Settings::default() });
    let few = features(&Settings { l1: 3.0, l2: 0.1, ..Settings::default() });
    let frequent = features(&Settings { l2: 0.1, least: 100, ..Settings::default() });
    assert!(all > 400 && few < all / 4, "{all} {few}");
    assert_eq!(frequent, 4);
}

#[test]
fn forms_share_their_labels() {
    // In one form the words are told apart, in the other all look alike.
    let blind = |examples: Vec<Example>, share: f32| -> Vec<Example> {
        let blinded = |mut one: Example| {
            let mut sequence = Sequence::default();
            one.labels.iter().for_each(|_| {
                sequence.add(9, 9);
                sequence.end_place();
            });
            one.forms.push((sequence, share));
            one
        };
        examples.into_iter().map(blinded).collect()
    };
    let chain =
        |share| train(blind(examples(100, 1), share), &labels(), &Settings::default(), |_| {});
    assert_eq!(chain(0.0).features(), 4, "a form that is never taken teaches nothing");
    assert_eq!(chain(1.0).features(), 5);
    assert_eq!(right(&chain(1.0), &examples(50, 2)), 50);
}

#[test]
fn what_nobody_looked_for_is_no_evidence_against_it() {
    // Of four examples in five nobody looked for X.
    let blind = |or: std::ops::Range<u16>| -> Vec<Example> {
        let all = examples(300, 1).into_iter().enumerate();
        all.map(|(at, one)| match at % 5 {
            0 => one,
            _ => {
                let unseen = |label: &u16| if *label == 1 { 0 } else { *label };
                Example { labels: one.labels.iter().map(unseen).collect(), or: or.clone(), ..one }
            }
        })
        .collect()
    };
    for objective in [Objective::Likelihood, Objective::Perceptron] {
        let settings = Settings { objective, passes: 20, l2: 0.1, ..Settings::default() };
        let made = |or| right(&train(blind(or), &labels(), &settings, |_| {}), &examples(100, 2));
        assert_eq!(made(1..2), 100, "{objective:?}");
        assert!(made(0..0) < 50, "{objective:?}");
    }
}
