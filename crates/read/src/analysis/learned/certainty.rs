//! How firmly a sentence presents an event as real: from -3 (certainly did not happen) to 3
//! (certainly did).
//!
//! The scores are cut into steps; the weights give each step a probability, and the score of an
//! event is the mean of the steps' scores by these. What the program calls no fact is decided by
//! the probability of the steps at zero and below.

use std::ops::Range;

use throughline_linear::{Probabilities, Sequence, join};

use super::columns::Columns;
use super::models::Weights;
use super::negation::Negation;
use super::scene::{EDGE, Scene};

/// From which probability on an event is no fact.
pub const NO_FACT: f32 = 0.3;

/// How firmly an event is presented as real.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Certainty {
    /// From -3 to 3.
    pub score: f32,
    /// How probable it is that it is presented as no fact: planned, wished, doubted, denied.
    pub no_fact: f32,
}

/// The certainty of the event that a word of a sentence tells; `sentence` are the words of the
/// sentence.
pub fn read(
    columns: &Columns,
    tags: &[u8],
    sentence: &Range<usize>,
    at: usize,
    negations: &[Negation],
    weights: &Weights<'_>,
) -> Certainty {
    let seen = features(columns, tags, sentence, at, negations);
    let steps = weights.certainty.probabilities(&seen);
    of(weights.certainty.labels(), &steps)
}

/// The certainty that the probabilities of the steps give; a step's label is its score.
pub fn of(labels: &[String], steps: &Probabilities) -> Certainty {
    let mut certainty = Certainty { score: 0.0, no_fact: 0.0 };
    for (label, share) in labels.iter().zip(steps.at(0)) {
        let step: f32 = label.parse().unwrap_or(0.0);
        certainty.score += step * share;
        if step <= 0.0 {
            certainty.no_fact += share;
        }
    }
    certainty
}

const ADV: u8 = 2;
const AUX: u8 = 3;
const NOUN: u8 = 7;
const PART: u8 = 9;
const PRON: u8 = 10;
const PROPN: u8 = 11;
const PUNCT: u8 = 12;
const SCONJ: u8 = 13;
const VERB: u8 = 15;

/// How many verbs that an event may hang on are looked at, and how many words before it.
const HANGS: usize = 3;
const REACH: usize = 30;

/// What is seen of an event: itself, its helpers, what it hangs on, and what stands around it.
pub fn features(
    columns: &Columns,
    tags: &[u8],
    sentence: &Range<usize>,
    at: usize,
    negations: &[Negation],
) -> Sequence {
    let mut out = Sequence::with_capacity(1, 120);
    let scene = Scene::new(columns, tags, sentence, at);
    scene.words(&mut out);
    scene.clusters(&mut out);
    scene.speech(&mut out);
    let own = &columns.all[at];
    (1..4).for_each(|n| out.add(600 + n as u64, own.ends[n]));
    let word = |at: Option<usize>| at.map_or(EDGE, |at| columns.all[at].word);
    let code = |at: Option<usize>, bits: u8| {
        at.and_then(|at| columns.all[at].code).map_or(EDGE, |code| code.prefix(bits))
    };
    let sort = scene.tag(0);
    // Its helpers: "did not", "may have been", "to".
    let floor = sentence.start.max(at.saturating_sub(REACH));
    let mut first = at;
    let mut helpers = 0;
    while first > floor && matches!(tags[first - 1], ADV | AUX | PART) && at - first < 6 {
        first -= 1;
        helpers = join(helpers, columns.all[first].word);
        out.add(604, join(columns.all[first].word, sort));
        out.add(605, join(columns.all[first].word, own.word));
    }
    out.add(606, join(helpers, sort));
    out.add(607, join(helpers, own.ends[1]));
    // What stands right before these: "harder", "efforts", "without".
    let before = |distance: usize| first.checked_sub(distance).filter(|&at| at >= floor);
    let governing = before(1).map_or(99, |at| u64::from(tags[at]));
    out.add(660, join(word(before(1)), helpers));
    out.add(661, join(code(before(1), 12), helpers));
    out.add(662, join(join(governing, helpers), sort));
    out.add(663, join(word(before(2)), word(before(1))));
    out.add(664, join(join(word(before(1)), own.ends[1]), sort));
    out.add(665, join(code(before(2), 12), join(word(before(1)), helpers)));
    // Whether something negates it.
    for negation in negations {
        let Some(&cue) = negation.cue.first().filter(|cue| sentence.contains(cue)) else {
            continue;
        };
        let name = if negation.affix { 0 } else { columns.all[cue].word };
        let reached = negation.scope.binary_search(&at).is_ok();
        let (from, to) = (cue.min(at), cue.max(at));
        let verbs = (from + 1..to).filter(|&at| tags[at] == VERB).count().min(2) as u64;
        let side = join(u64::from(cue < at), u64::from(reached));
        out.add(670, join(side, name));
        out.add(671, join(side, verbs));
        out.add(672, join(join(side, verbs), sort));
        out.add(673, join(join(side, verbs), name));
        out.add(674, join(side, ((to - from) as u64).next_power_of_two().min(16)));
    }
    // What it hangs on, with what links them.
    let mut hung = 0;
    let mut link = 0;
    let mut path = join(helpers, sort);
    let mut commas = 0u64;
    for before in (floor..first).rev() {
        let column = &columns.all[before];
        match tags[before] {
            VERB | AUX => {
                if tags[before] == AUX && tags.get(before + 1) == Some(&VERB) {
                    continue;
                }
                out.add(610 + hung, join(column.word, link));
                out.add(614 + hung, join(code(Some(before), 12), link));
                out.add(618 + hung, join(column.word, join(helpers, link)));
                out.add(622 + hung, join(column.word, commas));
                path = join(path, join(code(Some(before), 8), link));
                out.add(626 + hung, path);
                out.add(630, column.word);
                hung += 1;
                link = 0;
                if hung as usize == HANGS {
                    break;
                }
            }
            SCONJ | PART => {
                link = join(link, column.word);
                out.add(631, column.word);
                out.add(632, join(column.word, hung));
            }
            PUNCT => {
                commas += 1;
                link = join(link, column.word);
            }
            _ => {}
        }
    }
    // Of a noun: the words before it, what governs it.
    let back = |kinds: &[u8]| (floor..at).rev().find(|&at| kinds.contains(&tags[at]));
    let on =
        |kinds: &[u8]| (at + 1..sentence.end.min(at + 8)).find(|&at| kinds.contains(&tags[at]));
    let (verb, subject) = (back(&[VERB]), back(&[NOUN, PRON, PROPN]));
    let (next, object) = (on(&[VERB, AUX]), on(&[NOUN, PRON, PROPN]));
    out.add(640, join(word(verb), sort));
    out.add(641, join(code(verb, 12), join(own.word, sort)));
    out.add(642, join(word(subject), sort));
    out.add(643, join(code(subject, 12), sort));
    out.add(644, join(word(next), sort));
    out.add(645, join(code(next, 12), sort));
    out.add(646, join(word(object), sort));
    let plain = |tag: u8| !matches!(tag, VERB | AUX | PUNCT | SCONJ);
    let start = (floor..at).rev().take_while(|&at| plain(tags[at])).last().unwrap_or(at);
    for before in start..at {
        out.add(647, join(columns.all[before].word, sort));
    }
    out.add(648, join(word(start.checked_sub(1).filter(|at| *at >= floor)), sort));
    out.add(649, join(word(Some(start)), sort));
    // Words of the clause and of the sentence.
    let clause = (floor..at).rev().take_while(|&at| tags[at] != PUNCT).last().unwrap_or(at);
    let linking = |near: &usize| matches!(tags[*near], AUX | PART | SCONJ | ADV | VERB);
    for near in (clause..at).filter(linking) {
        out.add(650, columns.all[near].word);
        out.add(651, join(columns.all[near].word, sort));
    }
    for near in sentence.clone() {
        if matches!(tags[near], AUX | SCONJ) {
            out.add(652 + u64::from(near > at), columns.all[near].word);
        }
    }
    out.add(654, word(sentence.end.checked_sub(1)));
    out.add(655, join(word(sentence.end.checked_sub(1)), sort));
    out.add(656, word(Some(sentence.start)));
    let verbs = sentence.clone().filter(|&near| near < at && tags[near] == VERB).count().min(4);
    out.add(657, join(verbs as u64, sort));
    out.end_place();
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::learned::page::Page;
    use crate::analysis::learned::{negation, parts, syntax};

    /// The certainty of a word of a sentence.
    fn certainty(text: &str, word: &str) -> Certainty {
        let weights = Weights::own();
        let page = Page::of_text(text);
        let columns = Columns::new(&page, &weights);
        let tags = parts::read(&columns, &weights);
        let trees = syntax::read(&columns, &tags, &weights);
        let negations = negation::read(&page, &columns, &tags, &trees, &weights);
        let at = (0..page.len()).find(|at| page.word(*at) == word).unwrap();
        read(&columns, &tags, &page.sentences()[0], at, &negations, &weights)
    }

    #[test]
    fn what_is_planned_or_denied_is_less_certain_than_what_was_done() {
        let done = certainty("They bombed the bridge on Friday.", "bombed");
        for (text, word) in [
            ("They planned to bomb the bridge on Friday.", "bomb"),
            ("They did not bomb the bridge on Friday.", "bomb"),
            ("They may have bombed the bridge on Friday.", "bombed"),
        ] {
            let told = certainty(text, word);
            assert!(told.score < done.score - 0.5, "{text} {told:?} {done:?}");
            assert!(told.no_fact > done.no_fact, "{text} {told:?} {done:?}");
        }
        assert!(done.no_fact < NO_FACT && done.score > 2.0, "{done:?}");
    }

    #[test]
    fn a_score_is_the_mean_of_the_steps() {
        let labels = ["-2", "0", "3"].map(str::to_owned);
        let steps = Probabilities::new(3, vec![0.25, 0.25, 0.5]);
        assert_eq!(of(&labels, &steps), Certainty { score: 1.0, no_fact: 0.5 });
    }
}
