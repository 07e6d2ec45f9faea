//! Trees of words: which word each one hangs on, and how.
//!
//! A machine goes through a sentence once, with the words that wait for a head on a stack
//! (arc-hybrid; Kuhlmann, Gómez-Rodríguez, Satta 2011): it shifts the next word onto the stack,
//! hangs the top of the stack on the next word, or on the word below it. A sentence of n words
//! takes 2n steps. Weights choose the step, others the relation of each arc as it is made, so that
//! later steps see it.
//!
//! What is seen of a state is made by whoever knows the words ([`Sight`]). The word behind the last
//! one stands for the root.

mod state;
pub mod train;

pub use state::{Kids, State};

use crate::{Chain, Feature};

/// What is seen of the states of a sentence.
pub trait Sight {
    /// How many words the sentence has.
    fn words(&self) -> usize;

    /// What is seen before a step.
    fn step(&self, state: &State, out: &mut Vec<Feature>);

    /// What is seen of an arc that is being made.
    fn arc(&self, state: &State, head: usize, dependent: usize, out: &mut Vec<Feature>);
}

/// The steps, by the numbers of their labels.
pub const STEPS: [&str; 3] = ["shift", "left", "right"];
pub(crate) const SHIFT: usize = 0;
/// The top of the stack hangs on the next word.
pub(crate) const LEFT: usize = 1;
/// The top of the stack hangs on the word below it.
pub(crate) const RIGHT: usize = 2;

/// A tree over the words of a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// The word that each word hangs on; the number of words for the one that hangs on nothing.
    pub heads: Vec<u32>,
    /// The relation of each word to its head, by number.
    pub relations: Vec<u8>,
}

/// The weights of steps and those of relations.
#[derive(Clone, Copy, Debug)]
pub struct Parser<'p> {
    /// A label for each of [`STEPS`].
    pub steps: &'p Chain,
    /// A label for each relation; the first is that of the root.
    pub relations: &'p Chain,
}

impl Parser<'_> {
    /// The tree of a sentence.
    pub fn parse(&self, sight: &impl Sight) -> Tree {
        let mut state = State::new(sight.words());
        let mut seen = Vec::with_capacity(64);
        let mut scores = [0; STEPS.len()];
        let mut relations = vec![0; self.relations.labels().len()];
        while !state.done() {
            seen.clear();
            scores.fill(0);
            sight.step(&state, &mut seen);
            self.steps.add_scores(&seen, &mut scores);
            let step = best(&scores, |step| state.allows(step));
            if let Some((head, dependent)) = state.arc(step) {
                let relation = match head == sight.words() {
                    true => 0,
                    false => {
                        seen.clear();
                        relations.fill(0);
                        sight.arc(&state, head, dependent, &mut seen);
                        self.relations.add_scores(&seen, &mut relations);
                        best(&relations, |relation| relation > 0)
                    }
                };
                state.hang(head, dependent, relation as u8);
            }
            state.go(step);
        }
        state.into_tree()
    }
}

/// The allowed label with the greatest score, the first of several; the first label if none is.
fn best<S: Copy + PartialOrd>(scores: &[S], allowed: impl Fn(usize) -> bool) -> usize {
    let all = (0..scores.len()).filter(|&label| allowed(label));
    all.reduce(|best, label| if scores[label] > scores[best] { label } else { best }).unwrap_or(0)
}

#[cfg(test)]
mod tests;
