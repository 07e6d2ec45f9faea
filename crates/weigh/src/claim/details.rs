//! Whether a detail that a claim gives was public before it.

use std::collections::BTreeSet;

use throughline_model::{AssertionId, Edtf};

use super::Told;

/// A detail that a claim gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// In the words of who reports it.
    pub words: String,
    /// The assertions that report it.
    pub evidence: Vec<AssertionId>,
    /// Whether it was public before.
    pub public: Public,
}

/// Whether something was public before a claim, as far as the casebook holds what was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Public {
    /// It was: since when, and which assertion's sentence has it.
    Before(Edtf, AssertionId),
    /// It was published on the day of the claim, in unknown order.
    SameDay(Edtf, AssertionId),
    /// Nothing held that was published before has it.
    No,
    /// It cannot be told: the claim has no day, or the detail no words to look for.
    Unknown,
}

/// Words that tell no detail from another.
const SMALL: [&str; 22] = [
    "a", "an", "and", "as", "at", "by", "for", "from", "had", "has", "he", "his", "in", "is", "it",
    "of", "on", "that", "the", "to", "was", "with",
];

/// Whether `detail` was public before the day on which a claim was made.
///
/// It was, if one sentence that was published before has all its words but the smallest.
pub(super) fn public(
    detail: &str,
    issued: Option<&Edtf>,
    told: &[Told],
    normal: &dyn Fn(&str) -> String,
) -> Public {
    let plain = normal(detail);
    let words: BTreeSet<&str> =
        plain.split(' ').filter(|word| !word.is_empty() && !SMALL.contains(word)).collect();
    let Some(issued) = issued.filter(|_| !words.is_empty()) else { return Public::Unknown };
    let has = |one: &&Told| {
        let sentence = normal(one.sentence);
        let there: BTreeSet<&str> = sentence.split(' ').collect();
        words.is_subset(&there)
    };
    let mut dated: Vec<(&Edtf, AssertionId)> = told
        .iter()
        .filter(has)
        .filter_map(|one| Some((one.published?, one.assertion.id)))
        .collect();
    dated.sort_by_key(|(published, id)| (published.latest(), *id));
    let earliest = |wanted: &dyn Fn(&Edtf) -> bool| {
        let found = dated.iter().find(|(published, _)| wanted(published));
        found.map(|(published, id)| ((*published).clone(), *id))
    };
    if let Some((on, by)) = earliest(&|published| published.latest() < issued.earliest()) {
        return Public::Before(on, by);
    }
    match earliest(&|published| published.overlaps(issued)) {
        Some((on, by)) => Public::SameDay(on, by),
        None => Public::No,
    }
}
