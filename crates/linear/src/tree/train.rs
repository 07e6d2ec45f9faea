//! Weights of a parser from trees.
//!
//! An averaged perceptron (Collins 2002) learns from the states that it comes to itself: of each
//! state it is known which steps still lose no arc of the right tree (dynamic oracle; Goldberg,
//! Nivre 2013), so that it also learns to go on after its own mistakes.

use std::collections::HashMap;

use super::state::State;
use super::{LEFT, RIGHT, SHIFT, STEPS, Sight, Tree, best};
use crate::table::Table;
use crate::{Chain, Feature, Random};

/// A sentence with its right tree.
#[derive(Clone, Debug)]
pub struct Example<S> {
    /// The sentence in one or more forms of which each pass takes one, each with how often it is
    /// taken, of the sum of these.
    pub forms: Vec<(S, f32)>,
    /// The right tree.
    pub tree: Tree,
}

/// How training goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// How often all examples are gone through.
    pub passes: usize,
    /// From which pass on, counted from 0, and how often the machine goes on from its own steps.
    pub own_from: usize,
    /// The share of its own steps that it goes on from.
    pub own: f32,
    /// How often a feature must have been moved to be kept.
    pub least: u32,
    /// How many units of a weight one mistake is.
    pub units: f32,
    /// Where chance begins.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { passes: 10, own_from: 1, own: 0.9, least: 3, units: 8.0, seed: 1 }
    }
}

/// What a pass came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pass {
    /// Its number, from 1.
    pub number: usize,
    /// The share of steps, and of relations, that were wrong.
    pub wrong: (f64, f64),
}

/// Trains steps and relations, of which the first is the root's; `tell` hears of each pass.
///
/// # Panics
/// If a tree has not as many words as its forms.
pub fn train<S: Sight>(
    examples: &[Example<S>],
    relations: &[String],
    settings: &Settings,
    mut tell: impl FnMut(Pass),
) -> (Chain, Chain) {
    let mut weights = (Averaged::new(STEPS.len()), Averaged::new(relations.len()));
    let mut random = Random::new(settings.seed);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for number in 0..settings.passes {
        random.shuffle(&mut order);
        let mut counts = Counts::default();
        let own = if number < settings.own_from { 0.0 } else { settings.own };
        for &at in &order {
            sentence(&examples[at], &mut weights, own, &mut random, &mut counts);
        }
        tell(Pass { number: number + 1, wrong: counts.shares() });
    }
    let labels = STEPS.map(str::to_owned);
    (weights.0.into_chain(&labels, settings), weights.1.into_chain(relations, settings))
}

#[derive(Debug, Default)]
struct Counts {
    steps: u32,
    wrong_steps: u32,
    relations: u32,
    wrong_relations: u32,
}

impl Counts {
    fn shares(&self) -> (f64, f64) {
        let share = |wrong: u32, all: u32| f64::from(wrong) / f64::from(all.max(1));
        (share(self.wrong_steps, self.steps), share(self.wrong_relations, self.relations))
    }
}

fn sentence<S: Sight>(
    example: &Example<S>,
    (steps, relations): &mut (Averaged, Averaged),
    own: f32,
    random: &mut Random,
    counts: &mut Counts,
) {
    let gold = &example.tree;
    let sight = form(example, random);
    assert_eq!(sight.words(), gold.heads.len(), "a tree is over the words of its sentence");
    let mut state = State::new(sight.words());
    let (mut seen, mut of_arc) = (Vec::with_capacity(64), Vec::with_capacity(64));
    while !state.done() {
        seen.clear();
        sight.step(&state, &mut seen);
        let scores = steps.scores(&seen);
        let taken = best(&scores, |step| state.allows(step));
        let costs = costs(&state, gold);
        let least = (0..STEPS.len()).filter(|&step| state.allows(step)).map(|step| costs[step]);
        let least = least.min().unwrap_or(0);
        let right = best(&scores, |step| state.allows(step) && costs[step] == least);
        counts.steps += 1;
        if costs[taken] > least {
            counts.wrong_steps += 1;
            steps.update(&seen, right, taken);
        }
        let step = if taken != right && random.share() >= own { right } else { taken };
        if let Some((head, dependent)) = state.arc(step) {
            let mut relation = 0;
            if head < sight.words() {
                of_arc.clear();
                sight.arc(&state, head, dependent, &mut of_arc);
                relation = best(&relations.scores(&of_arc), |relation| relation > 0);
                let right = usize::from(gold.relations[dependent]);
                if gold.heads[dependent] as usize == head {
                    counts.relations += 1;
                    if relation != right {
                        counts.wrong_relations += 1;
                        relations.update(&of_arc, right, relation);
                    }
                }
            }
            state.hang(head, dependent, relation as u8);
        }
        state.go(step);
    }
}

/// A form by chance.
fn form<'e, S>(example: &'e Example<S>, random: &mut Random) -> &'e S {
    let sum: f32 = example.forms.iter().map(|(_, share)| share).sum();
    let mut drawn = random.share() * sum;
    for (sight, share) in &example.forms {
        if drawn < *share {
            return sight;
        }
        drawn -= share;
    }
    &example.forms[0].0
}

/// How many arcs of the right tree each step loses.
fn costs(state: &State, gold: &Tree) -> [u32; 3] {
    let (stack, next) = (state.stack(), state.next());
    let head = |word: usize| gold.heads.get(word).map_or(usize::MAX, |head| *head as usize);
    let mut costs = [0; 3];
    let below = stack.len().saturating_sub(1);
    // What is shifted finds no head below the top of the stack any more, and no dependent on it.
    let on_stack = |word: usize, upto: usize| stack[..upto].iter().any(|at| *at as usize == word);
    costs[SHIFT] = u32::from(on_stack(head(next), below))
        + stack.iter().filter(|word| head(**word as usize) == next).count() as u32;
    if let Some(top) = state.waiting(0) {
        let own = head(top);
        let to_come = (next..gold.heads.len()).filter(|word| head(*word) == top).count() as u32;
        let after = own > next && own <= gold.heads.len();
        let under = state.waiting(1) == Some(own);
        // What hangs on the next word loses the other heads and all dependents to come.
        costs[LEFT] = to_come + u32::from(after || under);
        costs[RIGHT] = to_come + u32::from(own >= next && own <= gold.heads.len());
    }
    costs
}

/// Weights that are averaged over all steps of training.
#[derive(Debug)]
struct Averaged {
    labels: usize,
    rows: HashMap<Feature, u32>,
    weights: Vec<f32>,
    /// Each change times when it was made.
    late: Vec<f64>,
    moved: Vec<u32>,
    now: f64,
}

impl Averaged {
    fn new(labels: usize) -> Averaged {
        Averaged {
            labels,
            rows: HashMap::new(),
            weights: Vec::new(),
            late: Vec::new(),
            moved: Vec::new(),
            now: 1.0,
        }
    }

    fn scores(&mut self, seen: &[Feature]) -> Vec<f32> {
        self.now += 1.0;
        let mut scores = vec![0.0; self.labels];
        for row in seen.iter().filter_map(|feature| self.rows.get(feature)) {
            let start = *row as usize * self.labels;
            let row = &self.weights[start..start + self.labels];
            scores.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight);
        }
        scores
    }

    fn update(&mut self, seen: &[Feature], right: usize, wrong: usize) {
        for feature in seen {
            let next = self.moved.len() as u32;
            let row = *self.rows.entry(*feature).or_insert(next) as usize;
            if row == self.moved.len() {
                self.moved.push(0);
                self.weights.resize(self.weights.len() + self.labels, 0.0);
                self.late.resize(self.weights.len(), 0.0);
            }
            self.moved[row] += 1;
            for (label, by) in [(right, 1.0), (wrong, -1.0)] {
                self.weights[row * self.labels + label] += by;
                self.late[row * self.labels + label] += f64::from(by) * self.now;
            }
        }
    }

    fn into_chain(self, labels: &[String], settings: &Settings) -> Chain {
        let mut rows: Vec<(Feature, u32)> = self.rows.into_iter().collect();
        rows.sort_unstable();
        let units = |at: usize| {
            let mean = f64::from(self.weights[at]) - self.late[at] / self.now;
            let scaled = (mean * f64::from(settings.units)).round();
            scaled.clamp(-f64::from(i16::MAX), f64::from(i16::MAX)) as i16
        };
        let kept: Vec<(Feature, Vec<i16>)> = rows
            .into_iter()
            .filter(|(_, row)| self.moved[*row as usize] >= settings.least)
            .map(|(feature, row)| {
                let start = row as usize * self.labels;
                (feature, (start..start + self.labels).map(units).collect::<Vec<i16>>())
            })
            .filter(|(_, row)| row.iter().any(|weight| *weight != 0))
            .collect();
        let mut table = Table::with_capacity(self.labels, kept.len());
        for (feature, row) in &kept {
            let added = table.insert(*feature, row);
            assert!(added, "a table has room for the rows that it was made for");
        }
        Chain::without_edges(labels, table)
    }
}
