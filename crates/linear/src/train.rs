//! Weights from examples.
//!
//! The conditional likelihood of the right labels is made great by stochastic gradient steps, one
//! a sequence, in an order of chance that a seed gives. Each weight has its own rate, which falls
//! with what it was moved by (AdaGrad; Duchi, Hazan, Singer 2011), and is drawn to zero by the
//! size of weights (L1, which leaves few) and by their square (L2). Drawing happens when a weight
//! is next touched, for all the steps since, so that a step costs what its sequence is long. The
//! weights that are kept are the mean over the passes of the second half.
//!
//! With [`Objective::Perceptron`] the gradient is the difference between the right labels and the
//! best ones (Collins 2002), for comparison: it trains in a third of the time, and what it gives
//! are no probabilities.

mod vocabulary;
mod weights;

use std::ops::Range;

use crate::lattice::{Lattice, Sums, best};
use crate::{Chain, Random, Sequence};
use vocabulary::Vocabulary;
use weights::{Drawn, Row, Weights};

/// A sequence with its right labels.
#[derive(Clone, Debug)]
pub struct Example {
    /// The sequence, in one or more forms of which each pass takes one: as it stands, in capitals.
    /// Each with how often it is taken, of the sum of these.
    pub forms: Vec<(Sequence, f32)>,
    /// The right label of each place, by number.
    pub labels: Vec<u16>,
    /// Labels that a place of label 0 may have instead, since nobody looked for them there; none is
    /// usual.
    pub or: Range<u16>,
    /// How much the example counts; 1 is usual.
    pub weight: f32,
}

/// What is made small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objective {
    /// The negative logarithm of the probability of the right labels.
    Likelihood,
    /// How much the best labels are better than the right ones.
    Perceptron,
}

/// How training goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// What is made small.
    pub objective: Objective,
    /// How often all examples are gone through.
    pub passes: usize,
    /// How far the first steps go.
    pub rate: f32,
    /// How strongly the size of a weight counts against it, beside the loss over all examples.
    pub l1: f32,
    /// How strongly half its square does.
    pub l2: f32,
    /// The share of features that a step does without, so that none is relied on alone.
    pub dropped: f32,
    /// What gradient moves no weight any more: most places are soon certain, and passing over them
    /// makes later passes several times faster.
    pub learned: f32,
    /// How often a feature must occur to get weights.
    pub least: u32,
    /// Where chance begins.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            objective: Objective::Likelihood,
            passes: 10,
            rate: 0.2,
            l1: 0.0,
            l2: 1.0,
            dropped: 0.0,
            learned: 0.002,
            least: 1,
            seed: 1,
        }
    }
}

/// What a pass came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pass {
    /// Its number, from 1.
    pub number: usize,
    /// The mean loss of a place, before the steps on it.
    pub loss: f64,
}

/// Trains a chain of these labels; `tell` hears of each pass.
///
/// # Panics
/// If an example's forms and labels are not of one length, or a label is none of `labels`.
pub fn train(
    examples: Vec<Example>,
    labels: &[String],
    settings: &Settings,
    mut tell: impl FnMut(Pass),
) -> Chain {
    let count = labels.len();
    let vocabulary = Vocabulary::of(&examples, settings.least);
    let examples: Vec<Packed> =
        examples.into_iter().map(|one| Packed::new(one, &vocabulary, count)).collect();
    let mut weights = Weights::new(vocabulary.len(), count, settings, examples.len());
    let mut random = Random::new(settings.seed);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let kept_from = settings.passes / 2;
    for number in 0..settings.passes {
        random.shuffle(&mut order);
        let (mut loss, mut places) = (0.0, 0);
        for &at in &order {
            let example = &examples[at];
            if example.labels.is_empty() {
                continue;
            }
            loss += step(example, &mut weights, settings, &mut random);
            places += example.labels.len();
        }
        weights.settle();
        if number >= kept_from {
            weights.keep();
        }
        tell(Pass {
            number: number + 1,
            loss: loss / f64::from(u32::try_from(places.max(1)).unwrap_or(u32::MAX)),
        });
    }
    weights.into_chain(labels, &vocabulary)
}

/// An example whose features are rows of weights.
struct Packed {
    forms: Vec<(Rows, f32)>,
    labels: Vec<u16>,
    or: Range<u16>,
    weight: f32,
}

/// The rows of the features of each place.
struct Rows {
    ends: Vec<u32>,
    rows: Vec<u32>,
}

impl Rows {
    fn at(&self, place: usize) -> &[u32] {
        let start = if place == 0 { 0 } else { self.ends[place - 1] as usize };
        &self.rows[start..self.ends[place] as usize]
    }
}

impl Packed {
    fn new(example: Example, vocabulary: &Vocabulary, labels: usize) -> Packed {
        assert!(
            example.labels.iter().all(|label| usize::from(*label) < labels)
                && usize::from(example.or.end) <= labels,
            "a label is none of those that are trained"
        );
        let mut sum = 0.0;
        let forms = example.forms.iter().map(|(sequence, share)| {
            assert_eq!(sequence.len(), example.labels.len(), "every place has one label");
            let mut packed = Rows { ends: Vec::with_capacity(sequence.len()), rows: Vec::new() };
            for features in sequence.places() {
                packed.rows.extend(features.iter().filter_map(|one| vocabulary.row(*one)));
                packed.ends.push(packed.rows.len() as u32);
            }
            sum += share;
            (packed, sum)
        });
        let forms = forms.collect();
        Packed { forms, labels: example.labels, or: example.or, weight: example.weight }
    }

    /// Whether a place may have a label.
    fn allows(&self, place: usize, label: usize) -> bool {
        let told = usize::from(self.labels[place]);
        told == label || told == 0 && self.or.contains(&(label as u16))
    }

    /// A form by chance.
    fn form(&self, random: &mut Random) -> &Rows {
        let sum = self.forms[self.forms.len() - 1].1;
        let drawn = if self.forms.len() > 1 { random.share() * sum } else { 0.0 };
        let fits = self.forms.iter().find(|(_, upto)| drawn < *upto);
        &fits.unwrap_or(&self.forms[0]).0
    }
}

/// One step on one example; gives its loss before.
fn step(example: &Packed, weights: &mut Weights, settings: &Settings, random: &mut Random) -> f64 {
    let labels = weights.labels();
    let form = example.form(random);
    let count = example.labels.len();
    let drawn = Drawn::new(form.rows.len(), settings.dropped, random);
    let mut places = vec![0.0; count * labels];
    for (place, scores) in places.chunks_mut(labels).enumerate() {
        for (row, scale) in drawn.of(form.at(place), place, &form.ends) {
            weights.add(row, scale, scores);
        }
    }
    let edges = weights.edges();
    let (mut gradient, mut ways, loss) = match settings.objective {
        Objective::Likelihood => {
            let lattice = Lattice {
                labels,
                places: &places,
                between: edges.between,
                first: edges.first,
                last: edges.last,
            };
            let mut sums = lattice.sums(true);
            let right = take_right(example, &lattice, &mut sums);
            (sums.places, sums.between, sums.log_total - right)
        }
        Objective::Perceptron => {
            let row = best(labels, &places, edges.between, edges.first, edges.last);
            let wrong = (0..count).filter(|&place| !example.allows(place, row[place])).count();
            if wrong == 0 {
                return 0.0;
            }
            let mut moved = Sums {
                places: vec![0.0; count * labels],
                between: vec![0.0; labels * labels],
                log_total: 0.0,
            };
            let right: Vec<usize> = (0..count)
                .map(|place| match example.allows(place, row[place]) {
                    true => row[place],
                    false => usize::from(example.labels[place]),
                })
                .collect();
            moved.count(labels, &row, 1.0);
            moved.count(labels, &right, -1.0);
            (moved.places, moved.between, wrong as f64)
        }
    };
    gradient.iter_mut().chain(&mut ways).for_each(|one| *one *= example.weight);
    weights.begin_step();
    for (place, own) in gradient.chunks(labels).enumerate() {
        if own.iter().all(|one| one.abs() < settings.learned) {
            continue;
        }
        for (row, scale) in drawn.of(form.at(place), place, &form.ends) {
            weights.step(Row::Feature(row), scale, own);
        }
    }
    weights.step(Row::Between, 1.0, &ways);
    weights.step(Row::First, 1.0, &gradient[..labels]);
    weights.step(Row::Last, 1.0, &gradient[(count - 1) * labels..]);
    loss * f64::from(example.weight)
}

/// Takes the right rows of labels off the sums over all; gives the logarithm of what they weigh.
fn take_right(example: &Packed, lattice: &Lattice<'_>, sums: &mut Sums) -> f64 {
    let labels = lattice.labels;
    if example.or.is_empty() {
        let right: Vec<usize> = example.labels.iter().map(|label| usize::from(*label)).collect();
        sums.count(labels, &right, -1.0);
        return lattice.score(&right);
    }
    // Every row that is allowed may be the right one, each as much as it is likely.
    let mut places = lattice.places.to_vec();
    for (place, row) in places.chunks_mut(labels).enumerate() {
        let scores = row.iter_mut().enumerate();
        scores
            .filter(|(label, _)| !example.allows(place, *label))
            .for_each(|(_, score)| *score = NEVER);
    }
    let right = Lattice { places: &places, ..*lattice }.sums(true);
    sums.places.iter_mut().zip(&right.places).for_each(|(all, one)| *all -= one);
    sums.between.iter_mut().zip(&right.between).for_each(|(all, one)| *all -= one);
    right.log_total
}

/// The score of a label that a place cannot have.
const NEVER: f32 = -1e4;

#[cfg(test)]
mod tests;
