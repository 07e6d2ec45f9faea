//! How near the reader comes to a coder.
//!
//! Input: for each document two readings, the coder's and the reader's. Output: for each variable
//! how many values the coder has, how many the reader has, and how many both have; from these
//! precision, recall and F1, with the interval in which F1 lies for nineteen of twenty samples of
//! as many documents ([`interval`]).
//!
//! The matching rule: incidents, claims and sets of one document are paired one to one so that
//! they have most values in common ([`align`]); people, groups, outlets and places are paired by
//! name. A value is one both have if the subjects are paired, the variable is the same, the other
//! side is the same where there is one, it is put forward (or denied, or called unknown) in both,
//! and the two are equal in normal form ([`facts`]). A value that stands several times in one
//! document counts once. Speakers do not enter; how often the stance agrees is counted beside.

pub(crate) mod align;
pub(crate) mod facts;
pub(crate) mod interval;

use std::collections::BTreeMap;

use throughline_model::{Reading, SubjectKind, Variable};

use align::pair;
use facts::{Fact, Facts};
pub use interval::Interval;

/// How many values the coder has, the reader has, and both have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Values of the coder.
    pub coded: u32,
    /// Values of the reader.
    pub read: u32,
    /// Values of both.
    pub both: u32,
}

impl Tally {
    /// The share of the reader's values that the coder has too; `None` if the reader has none.
    pub fn precision(self) -> Option<f64> {
        (self.read > 0).then(|| f64::from(self.both) / f64::from(self.read))
    }

    /// The share of the coder's values that the reader has too; `None` if the coder has none.
    pub fn recall(self) -> Option<f64> {
        (self.coded > 0).then(|| f64::from(self.both) / f64::from(self.coded))
    }

    /// The harmonic mean of precision and recall; `None` if neither has a value.
    pub fn f1(self) -> Option<f64> {
        let all = self.coded + self.read;
        (all > 0).then(|| 2.0 * f64::from(self.both) / f64::from(all))
    }

    pub(crate) fn add(&mut self, other: Tally) {
        self.coded += other.coded;
        self.read += other.read;
        self.both += other.both;
    }
}

/// What is scored: whether a subject was found at all, or a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// Subjects of a kind: incidents, claims, sets.
    Subjects(SubjectKind),
    /// Values of a variable.
    Values(Variable),
}

impl Item {
    /// The item's name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Item::Subjects(kind) => kind.name(),
            Item::Values(variable) => variable.name(),
        }
    }
}

/// A line of the score.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The sums over all documents.
    pub tally: Tally,
    /// Where F1 lies; `None` where it has no value.
    pub f1: Option<Interval>,
}

/// The score of a reader.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// For each kind of subject and each variable that either of the two has.
    pub lines: BTreeMap<Item, Line>,
    /// All variables together.
    pub all: Line,
    /// Of the values that both have, how many have the same stance in both.
    pub same_stance: u32,
}

/// Scores a reader over documents, each given as the coder's reading and the reader's.
pub fn score(documents: &[(&Reading, &Reading)]) -> Score {
    let mut same_stance = 0;
    let tallies: Vec<BTreeMap<Item, Tally>> = documents
        .iter()
        .map(|(coded, read)| {
            let (tallies, stances) = compare(&Facts::of(coded), &Facts::of(read));
            same_stance += stances;
            tallies
        })
        .collect();
    let items: std::collections::BTreeSet<Item> =
        tallies.iter().flat_map(|tallies| tallies.keys().copied()).collect();
    let line = |of: &dyn Fn(&BTreeMap<Item, Tally>) -> Tally| {
        let each: Vec<Tally> = tallies.iter().map(of).collect();
        let mut tally = Tally::default();
        each.iter().for_each(|one| tally.add(*one));
        Line { tally, f1: interval::of(&each) }
    };
    let lines = items
        .into_iter()
        .map(|item| (item, line(&|one| one.get(&item).copied().unwrap_or_default())))
        .collect();
    let values = |one: &BTreeMap<Item, Tally>| {
        let mut all = Tally::default();
        let values = one.iter().filter(|(item, _)| matches!(item, Item::Values(_)));
        values.for_each(|(_, tally)| all.add(*tally));
        all
    };
    Score { lines, all: line(&values), same_stance }
}

/// The tallies of one document, and how many common values have one stance.
fn compare(coded: &Facts, read: &Facts) -> (BTreeMap<Item, Tally>, u32) {
    let pairs = pair(coded, read);
    let mut tallies: BTreeMap<Item, Tally> = BTreeMap::new();
    for kind in [SubjectKind::Incident, SubjectKind::Claim, SubjectKind::Set] {
        let of = |facts: &Facts| facts.subjects.iter().filter(|one| one.kind == kind).count();
        let both = pairs.keys().filter(|at| coded.subjects[**at].kind == kind).count();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let tally = Tally { coded: count(of(coded)), read: count(of(read)), both: count(both) };
        if tally != Tally::default() {
            tallies.insert(Item::Subjects(kind), tally);
        }
    }
    for fact in &coded.facts {
        tallies.entry(Item::Values(fact.variable)).or_default().coded += 1;
    }
    for fact in &read.facts {
        tallies.entry(Item::Values(fact.variable)).or_default().read += 1;
    }
    let mut taken = vec![false; read.facts.len()];
    let mut same_stance = 0;
    for fact in &coded.facts {
        let Some(subject) = pairs.get(&fact.subject) else { continue };
        let equal = |other: &Fact| {
            other.subject == *subject && facts::equal(fact, other, coded, read, &pairs)
        };
        let free = |at: &usize| !taken[*at] && equal(&read.facts[*at]);
        // Among equal values the one with the same stance, so that none is called another's.
        let found = (0..read.facts.len())
            .filter(free)
            .max_by_key(|at| (read.facts[*at].stance == fact.stance, std::cmp::Reverse(*at)));
        if let Some(at) = found {
            taken[at] = true;
            tallies.entry(Item::Values(fact.variable)).or_default().both += 1;
            same_stance += u32::from(read.facts[at].stance == fact.stance);
        }
    }
    (tallies, same_stance)
}
