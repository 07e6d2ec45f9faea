//! Trees that the machine learns, and that each sentence gets one.

use super::train::{Example, Settings, train};
use super::*;
use crate::Random;

/// Words that are numbers: what is seen is what the words near the step are.
struct Numbers(Vec<u64>);

impl Sight for Numbers {
    fn words(&self) -> usize {
        self.0.len()
    }

    fn step(&self, state: &State, out: &mut Vec<Feature>) {
        let word = |at: Option<usize>| at.map_or(99, |at| self.0.get(at).copied().unwrap_or(98));
        let (below, top, next) =
            (word(state.waiting(1)), word(state.waiting(0)), word(state.coming(0)));
        out.push(Feature::new(1, top * 100 + next));
        out.push(Feature::new(2, below * 10_000 + top * 100 + next));
        let kids = state.waiting(0).map_or(9, |top| state.right(top).count.min(3));
        out.push(Feature::new(3, top * 1000 + next * 10 + u64::from(kids)));
    }

    fn arc(&self, _: &State, head: usize, dependent: usize, out: &mut Vec<Feature>) {
        out.push(Feature::new(4, self.0[head] * 100 + self.0[dependent]));
    }
}

/// Sentences "1 2 3 1 2": an article before its noun, nouns around their verb.
fn sentence(random: &mut Random) -> (Numbers, Tree) {
    let (mut words, mut heads, mut relations) = (Vec::new(), Vec::new(), Vec::new());
    let phrase = |words: &mut Vec<u64>, heads: &mut Vec<u32>, relations: &mut Vec<u8>, long| {
        let first = words.len() as u32;
        let noun = first + u32::from(long);
        if long {
            words.push(1);
            heads.push(noun);
            relations.push(2);
        }
        words.push(2);
        heads.push(u32::MAX);
        relations.push(0);
        noun as usize
    };
    let subject = phrase(&mut words, &mut heads, &mut relations, random.below(2) == 0);
    let verb = words.len() as u32;
    words.push(3);
    heads.push(0);
    relations.push(0);
    let object = phrase(&mut words, &mut heads, &mut relations, random.below(2) == 0);
    (heads[subject], relations[subject]) = (verb, 1);
    (heads[object], relations[object]) = (verb, 1);
    heads[verb as usize] = words.len() as u32;
    (Numbers(words), Tree { heads, relations })
}

#[test]
fn trees_that_were_learned_are_found_again() {
    let mut random = Random::new(3);
    let made = (0..200).map(|_| sentence(&mut random));
    let examples: Vec<Example<Numbers>> =
        made.map(|(words, tree)| Example { forms: vec![(words, 1.0)], tree }).collect();
    let relations = ["root", "arg", "det"].map(str::to_owned);
    let settings = Settings { passes: 4, least: 1, ..Settings::default() };
    let (steps, relations) = train(&examples, &relations, &settings, |_| {});
    let parser = Parser { steps: &steps, relations: &relations };
    for _ in 0..50 {
        let (words, tree) = sentence(&mut random);
        assert_eq!(parser.parse(&words), tree, "{:?}", words.0);
    }
}

#[test]
fn whatever_the_weights_every_sentence_gets_a_tree_with_one_root() {
    let table = crate::table::Table::with_capacity(3, 0);
    let steps = Chain::without_edges(&STEPS.map(str::to_owned), table);
    let table = crate::table::Table::with_capacity(2, 0);
    let relations = Chain::without_edges(&["root", "dep"].map(str::to_owned), table);
    let parser = Parser { steps: &steps, relations: &relations };
    for words in 0..20 {
        let tree = parser.parse(&Numbers((0..words).collect()));
        let count = words as usize;
        assert_eq!(tree.heads.len(), count);
        let roots = tree.heads.iter().filter(|head| **head as usize == count).count();
        assert_eq!(roots, usize::from(count > 0));
        for mut at in 0..count {
            // Every word comes to the root.
            for _ in 0..=count {
                at = if at < count { tree.heads[at] as usize } else { at };
            }
            assert_eq!(at, count);
        }
    }
}
