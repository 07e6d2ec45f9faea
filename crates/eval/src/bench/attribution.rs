//! Who says what: sources, cues and contents of an article, and which belong together.
//!
//! A line of gold has `docid`, `text` and `attributions`, each with `source`, `cue` and `content`:
//! lists of pieces, `[start, end]` in bytes of the text, of which there may be none. A prediction
//! is `{"docid": …, "attributions": [{"source": [[s, e]], "cue": […], "content": […]}]}`.
//!
//! Pieces are first widened to whole words. Counted are the distinct pieces of each role in a
//! document, the words that have a role, and whole attributions; those of the gold are paired one
//! to one with those predicted, so that they share most ([`pairs`]). The headline is how often the
//! source is right where the content is.
//!
//! The same task cut into units, as published figures have it, is in [`units`].

mod pairs;
mod record;
pub mod units;

use std::collections::{BTreeMap, BTreeSet};

use super::{Counts, Error, Percent, interval, lines};
use pairs::{View, Words, dice};
pub use record::line;

/// The roles.
pub const ROLES: [&str; 3] = ["source", "cue", "content"];

/// From which Dice coefficient on contents, and sources, are the same.
const SAME: f64 = 0.5;

/// Pieces of text, each with its first byte and the byte after its last.
pub type Pieces = Vec<(usize, usize)>;

/// An attribution: the pieces of each role, in the order of [`ROLES`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// The pieces of each role.
    pub roles: [Pieces; 3],
}

/// A document with its attributions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// What it is called.
    pub document: String,
    /// Its text; empty in predictions.
    pub text: String,
    /// Its attributions.
    pub attributions: Vec<Attribution>,
}

/// The records of lines of JSON.
///
/// # Errors
/// If a line is no JSON, has no document or one that an earlier line has, or a piece has no start
/// before its end.
pub fn records(text: &str) -> Result<Vec<Record>, Error> {
    lines::objects(text, "docid")?
        .into_iter()
        .map(|(line, document, json)| record::read(line, document, &json))
        .collect()
}

/// How often the source is right where the content is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Right {
    /// Pairs whose contents are the same.
    pub contents: u32,
    /// Those whose sources are the same too, or missing in both.
    pub sources: u32,
}

impl Right {
    /// In percent; of nothing it is zero.
    pub fn percent(self) -> f64 {
        match self.contents {
            0 => 0.0,
            contents => 100.0 * f64::from(self.sources) / f64::from(contents),
        }
    }
}

/// The score of predictions.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// Distinct pieces of each role.
    pub exact: [Percent; 3],
    /// Between what bounds their F1 lies for nineteen of twenty samples of the documents.
    pub exact_bounds: [(f64, f64); 3],
    /// Words that have the role.
    pub words: [Percent; 3],
    /// Attributions of which all pieces of all roles are right.
    pub whole: Percent,
    /// Attributions by what paired ones share.
    pub overlap: Percent,
    /// Sources of contents that were found.
    pub right: Right,
    /// Between what bounds their share lies.
    pub right_bounds: (f64, f64),
}

/// Counts of one document.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    exact: [Counts; 3],
    words: [Counts; 3],
    whole: Counts,
    shared: f64,
    right: Right,
}

/// Scores predictions, given for each document of the gold; one without any has no attributions.
pub fn score(gold: &[Record], predicted: &BTreeMap<String, Vec<Attribution>>) -> Score {
    let none = Vec::new();
    let tallies: Vec<Tally> = gold
        .iter()
        .map(|record| tally(record, predicted.get(&record.document).unwrap_or(&none)))
        .collect();
    let mut all = Tally::default();
    tallies.iter().for_each(|one| add(&mut all, one));
    let bounds = |figure: &dyn Fn(&Tally) -> f64| {
        interval::bounds(tallies.len(), |drawn| {
            let mut all = Tally::default();
            drawn.iter().for_each(|at| add(&mut all, &tallies[*at]));
            figure(&all)
        })
    };
    let share = |of: u32| if of == 0 { 0.0 } else { 100.0 * all.shared / f64::from(of) };
    let (precision, recall) = (share(all.whole.predicted), share(all.whole.gold));
    let sum = precision + recall;
    let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
    Score {
        exact: all.exact.map(Counts::percent),
        exact_bounds: [0, 1, 2].map(|role| bounds(&|all| all.exact[role].percent().f1)),
        words: all.words.map(Counts::percent),
        whole: all.whole.percent(),
        overlap: Percent {
            precision,
            recall,
            f1,
            counts: Counts { right: all.shared as u32, ..all.whole },
        },
        right: all.right,
        right_bounds: bounds(&|all| all.right.percent()),
    }
}

fn add(into: &mut Tally, one: &Tally) {
    for role in 0..ROLES.len() {
        into.exact[role].add(one.exact[role]);
        into.words[role].add(one.words[role]);
    }
    into.whole.add(one.whole);
    into.shared += one.shared;
    into.right.contents += one.right.contents;
    into.right.sources += one.right.sources;
}

fn tally(record: &Record, predicted: &[Attribution]) -> Tally {
    let words = Words::of(&record.text);
    let view = |all: &[Attribution]| -> Vec<View> {
        all.iter().map(|one| View::new(one, &words)).collect()
    };
    let (gold, predicted) = (view(&record.attributions), view(predicted));
    let mut tally = Tally { whole: whole(&gold, &predicted), ..Tally::default() };
    for role in 0..ROLES.len() {
        let pieces = |all: &[View]| -> BTreeSet<pairs::Piece> {
            all.iter().flat_map(|one| one.pieces[role].iter().copied()).collect()
        };
        let words = |all: &[View]| -> BTreeSet<usize> {
            all.iter().flat_map(|one| one.words[role].iter().copied()).collect()
        };
        tally.exact[role] = compare(&pieces(&gold), &pieces(&predicted));
        tally.words[role] = compare(&words(&gold), &words(&predicted));
    }
    let [source, _, content] = [0, 1, 2];
    for (p, g, shared) in pairs::pairs(&predicted, &gold) {
        tally.shared += shared;
        let (mine, theirs) = (&predicted[p].words, &gold[g].words);
        if dice(&mine[content], &theirs[content]) >= SAME {
            let (mine, theirs) = (&mine[source], &theirs[source]);
            let same = mine.is_empty() && theirs.is_empty() || dice(mine, theirs) >= SAME;
            tally.right.contents += 1;
            tally.right.sources += u32::from(same);
        }
    }
    tally
}

/// How many attributions are predicted as they are in the gold, each once.
fn whole(gold: &[View], predicted: &[View]) -> Counts {
    let mut left: BTreeMap<&[BTreeSet<pairs::Piece>; 3], u32> = BTreeMap::new();
    gold.iter().for_each(|one| *left.entry(&one.pieces).or_default() += 1);
    let mut right = 0;
    for one in predicted {
        if let Some(many) = left.get_mut(&one.pieces).filter(|many| **many > 0) {
            *many -= 1;
            right += 1;
        }
    }
    Counts { right, predicted: count(predicted.len()), gold: count(gold.len()) }
}

fn compare<T: Ord>(gold: &BTreeSet<T>, predicted: &BTreeSet<T>) -> Counts {
    Counts {
        right: count(gold.intersection(predicted).count()),
        predicted: count(predicted.len()),
        gold: count(gold.len()),
    }
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
