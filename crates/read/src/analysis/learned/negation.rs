//! What is negated: words and parts of words that negate ("not", "nobody", "un-"), and the words
//! that they reach over.

use std::ops::Range;

use throughline_linear::{Found, Sequence, Spans, hash, join};

use super::around::Around;
use super::columns::{Column, Columns};
use super::models::Weights;
use super::page::Page;
use super::quoted::Quoted;
use super::scene::Scene;
use super::syntax::Trees;

/// The kinds of cues, by number: whole words, and parts of one.
pub const KINDS: [&str; 2] = ["cue", "affix"];

/// The only kind of runs of words that are reached.
const REACHED: [&str; 1] = ["reached"];

/// What the probability of being no cue is multiplied by.
const OUTSIDE: f32 = 0.6;

/// From which probability on a word is within a scope.
const WITHIN: f32 = 0.45;

/// Prefixes and suffixes that can negate a word.
const PREFIXES: [&str; 6] = ["un", "in", "im", "ir", "il", "dis"];
const SUFFIXES: [&str; 3] = ["less", "lessly", "lessness"];

/// A negation; its words are those of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Negation {
    /// The words that negate, in order.
    pub cue: Vec<usize>,
    /// Whether only a part of the word does.
    pub affix: bool,
    /// The words that it reaches over, in order.
    pub scope: Vec<usize>,
    /// How probable the cue is.
    pub certainty: f32,
}

impl Negation {
    /// Takes in another one, with which it negates as one.
    fn join(&mut self, other: Negation) {
        self.cue.extend(other.cue);
        self.scope.extend(other.scope);
        self.scope.sort_unstable();
        self.scope.dedup();
        let cue = &self.cue;
        self.scope.retain(|at| !cue.contains(at));
    }
}

/// The "neither" or "no" that a "nor" belongs to, which stands after no comma.
fn paired(columns: &Columns, sentence: &Range<usize>, cue: &Range<usize>) -> Option<usize> {
    let word = |at: usize, text: &str| columns.all[at].word == hash(text.as_bytes());
    let apart = cue.start == sentence.start || word(cue.start - 1, ",");
    (word(cue.start, "nor") && !apart)
        .then(|| {
            (sentence.start..cue.start).rev().find(|&at| word(at, "neither") || word(at, "no"))
        })
        .flatten()
}

/// The negations of a page, in the order of their cues.
pub fn read(
    page: &Page<'_>,
    columns: &Columns,
    tags: &[u8],
    trees: &Trees,
    weights: &Weights<'_>,
) -> Vec<Negation> {
    let cues = cues(page, columns, tags, weights);
    let ranges: Vec<Range<usize>> = cues.iter().map(|cue| cue.places.clone()).collect();
    let affixes: Vec<bool> = cues.iter().map(|cue| cue.kind == 1).collect();
    let quoted = Quoted::of(columns);
    let around = around(columns, tags, trees, &quoted, &ranges, &affixes);
    let mut found: Vec<Negation> = Vec::new();
    for (number, Found { places, kind, certainty }) in cues.into_iter().enumerate() {
        let scope = scope(&around, number, kind == 1, weights);
        let sentence = window(&around, number);
        let own = Negation { cue: places.clone().collect(), affix: kind == 1, scope, certainty };
        let paired = paired(columns, &sentence, &places);
        let before = found.iter_mut().rev().find(|one| paired.is_some_and(|at| one.cue == [at]));
        match (paired, before) {
            (Some(_), Some(before)) => before.join(own),
            (Some(at), None) => {
                let first = Negation { cue: vec![at], scope: Vec::new(), ..own.clone() };
                found.push(first);
                found.last_mut().into_iter().for_each(|first| first.join(own.clone()));
            }
            _ => found.push(own),
        }
    }
    found
}

/// The cues of a page, in order.
fn cues(page: &Page<'_>, columns: &Columns, tags: &[u8], weights: &Weights<'_>) -> Vec<Found> {
    let spans = Spans::new(KINDS);
    let mut found = Vec::new();
    for (sentence, own) in columns.sentences.iter().zip(features(page, columns, tags, weights)) {
        let probabilities = weights.negation_cues.probabilities(&own);
        let decoded = spans.decode(&probabilities, OUTSIDE).into_iter().map(|one| Found {
            places: one.places.start + sentence.start..one.places.end + sentence.start,
            ..one
        });
        found.extend(decoded.filter_map(|one| idiomatic(columns, sentence, one)));
    }
    found
}

/// A cue with what it negates together with: "by no means" does so as one. "None the less" negates
/// nothing.
fn idiomatic(columns: &Columns, sentence: &Range<usize>, cue: Found) -> Option<Found> {
    let Range { start, end } = cue.places;
    let reads = |first: usize, words: &[&str]| {
        let all = columns.all[..sentence.end].get(first..first + words.len());
        let fits = |(column, word): (&Column, &&str)| column.word == hash(word.as_bytes());
        first >= sentence.start && all.is_some_and(|all| all.iter().zip(words).all(fits))
    };
    if end - start != 1 {
        return Some(cue);
    }
    if reads(start, &["none", "the", "less"]) {
        return None;
    }
    let means = start.checked_sub(1).filter(|before| reads(*before, &["by", "no", "means"]));
    Some(Found { places: means.map_or(start..end, |before| before..before + 3), ..cue })
}

/// What the finder of cues sees of the words of each sentence.
pub fn features(
    page: &Page<'_>,
    columns: &Columns,
    tags: &[u8],
    weights: &Weights<'_>,
) -> Vec<Sequence> {
    let sentences = columns.sentences.iter();
    sentences
        .map(|sentence| {
            let mut out = Sequence::with_capacity(sentence.len(), sentence.len() * 70);
            for at in sentence.clone() {
                let scene = Scene::new(columns, tags, sentence, at);
                scene.words(&mut out);
                scene.letters(&mut out);
                scene.speech(&mut out);
                let lower = page.word(at).to_lowercase();
                let prefix =
                    PREFIXES.iter().filter_map(|part| Some((part, lower.strip_prefix(part)?)));
                let suffix =
                    SUFFIXES.iter().filter_map(|part| Some((part, lower.strip_suffix(part)?)));
                for (part, rest) in prefix.chain(suffix) {
                    // Whether the rest is a word by itself.
                    let known = weights.clusters.get(hash(rest.as_bytes()));
                    let known = known.map_or(0, |code| code.prefix(4) + 2);
                    let part = hash(part.as_bytes());
                    out.add(700, join(part, u64::from(known > 0)));
                    out.add(701, join(part, known));
                    out.add(702, join(part, join(u64::from(known > 0), scene.tag(0))));
                    out.add(703, join(part, (rest.len() as u64).min(6)));
                }
                out.end_place();
            }
            out
        })
        .collect()
}

/// The words around cues, of which those that are parts of words are all alike.
pub fn around<'a>(
    columns: &'a Columns,
    tags: &'a [u8],
    trees: &'a Trees,
    quoted: &'a Quoted,
    cues: &'a [Range<usize>],
    affixes: &[bool],
) -> Around<'a> {
    let called = affixes.iter().map(|affix| affix.then(|| hash(b"affix"))).collect();
    Around::new(columns, tags, quoted, cues).called(called).with(trees)
}

/// The sentence of a cue.
pub fn window(around: &Around<'_>, cue: usize) -> Range<usize> {
    let sentences = &around.columns.sentences;
    let own = sentences.partition_point(|one| one.end <= around.cues[cue].start);
    sentences[own].clone()
}

/// What is seen of the words of the sentence of a cue.
pub fn scope_features(around: &Around<'_>, cue: usize) -> Sequence {
    around.features(cue, &window(around, cue))
}

/// The labels of words by which scopes are read: outside, or the beginning, middle, end or whole of
/// a run of words that are reached.
pub fn scope_labels() -> Vec<String> {
    Spans::new(REACHED).labels()
}

/// The label of each word of a sentence with a cue. The words of the cue lie within the run that they
/// stand in or beside, though not in the scope, so that "did not see" is one run and no two.
pub fn scope_encoded(
    words: usize,
    cue: &Range<usize>,
    reached: impl Fn(usize) -> bool,
) -> Vec<u16> {
    let inside = |at: &usize| cue.contains(at) || reached(*at);
    let mut runs: Vec<(Range<usize>, usize)> = Vec::new();
    for at in (0..words).filter(inside) {
        match runs.last_mut() {
            Some((run, _)) if run.end == at => run.end += 1,
            _ => runs.push((at..at + 1, 0)),
        }
    }
    let labels = Spans::new(REACHED).encode(words, &runs).into_iter();
    labels.map(|label| u16::try_from(label).unwrap_or(0)).collect()
}

fn scope(around: &Around<'_>, cue: usize, affix: bool, weights: &Weights<'_>) -> Vec<usize> {
    let window = window(around, cue);
    let own = &around.cues[cue];
    let probabilities = weights.negation_scopes.probabilities(&scope_features(around, cue));
    window
        .clone()
        .filter(|at| match own.contains(at) {
            // Of a word that negates in part, the rest is negated.
            true => affix,
            false => 1.0 - probabilities.at(at - window.start)[0] >= WITHIN,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::learned::{parts, syntax};

    /// The negations of a text: cue, and what it reaches over.
    fn found(text: &str) -> Vec<(String, String)> {
        let weights = Weights::own();
        let page = Page::of_text(text);
        let columns = Columns::new(&page, &weights);
        let tags = parts::read(&columns, &weights);
        let trees = syntax::read(&columns, &tags, &weights);
        let words = |those: &[usize]| -> String {
            those.iter().map(|at| page.word(*at)).collect::<Vec<_>>().join(" ")
        };
        let all = read(&page, &columns, &tags, &trees, &weights).into_iter();
        all.map(|one| (words(&one.cue), words(&one.scope))).collect()
    }

    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = found(text);
        let found: Vec<(&str, &str)> =
            found.iter().map(|(cue, scope)| (cue.as_str(), scope.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_and_parts_of_words_negate() {
        check("He did not see the bridge.", &[("not", "He did see the bridge")]);
        check("They saw the bridge.", &[]);
        let affix = found("It was an unhappy day.");
        assert_eq!((affix.len(), affix[0].0.as_str()), (1, "unhappy"));
        assert!(affix[0].1.contains("unhappy"), "the rest of the word is negated");
    }

    #[test]
    fn neither_and_nor_negate_as_one() {
        let found = found("He saw neither the bridge nor the river.");
        assert_eq!((found.len(), found[0].0.as_str()), (1, "neither nor"));
        assert!(!found[0].1.contains("nor"), "a cue is no part of its scope");
        assert_eq!(self::found("He did not see it, nor did she.").len(), 2);
    }

    #[test]
    fn by_no_means_negates_as_one_and_none_the_less_does_not() {
        let found = found("The bridge was by no means safe.");
        assert_eq!((found.len(), found[0].0.as_str()), (1, "by no means"));
        assert!(found[0].1.contains("safe") && !found[0].1.contains("means"), "{found:?}");
        assert_eq!(self::found("The bridge was none the less closed."), []);
        assert_eq!(self::found("None of them saw the bridge.").len(), 1);
    }

    #[test]
    fn a_run_goes_on_through_the_cue_within_it() {
        let labels = |cue: Range<usize>, scope: &[usize]| -> Vec<String> {
            let all = scope_labels();
            let encoded = scope_encoded(6, &cue, |at| scope.contains(&at));
            encoded.iter().map(|label| all[usize::from(*label)][..1].to_owned()).collect()
        };
        assert_eq!(labels(2..3, &[0, 1, 3]).concat(), "BIIEOO");
        assert_eq!(labels(0..1, &[1, 2, 4]).concat(), "BIEOSO");
        assert_eq!(labels(3..4, &[]).concat(), "OOOSOO");
    }

    #[test]
    fn a_text_without_words_has_none() {
        assert_eq!(found(""), []);
    }
}
