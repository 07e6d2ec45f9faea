//! Names that the trained stage reads, as candidates beside those of the rules.
//!
//! What it takes for an organisation is an outlet or a channel if the lists or a word in it say so,
//! else a group. Articles, titles and words for what somebody is, which some corpora count in, do
//! not belong to a name here.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use throughline_model::SubjectKind;

use super::scene::{Casing, Scene};
use super::words::{FUNCTION, MEDIUM, OUTLET, ROLE, TITLE};
use super::{Candidate, Strength, listed};
use crate::analysis::learned::{Seen, Weights, names};

/// From where on the stage counts as sure.
const SURE: f32 = 0.8;

/// Adds the names that the weights of the program find. Equal words are of the kind that all
/// their places together speak for most.
pub(super) fn find(scene: &Scene<'_>, seen: &Seen, found: &mut Vec<Candidate>) {
    let columns = &seen.columns;
    let probabilities = names::probabilities(columns, &seen.tags, &Weights::own());
    let mut read: Vec<(Range<usize>, SubjectKind, f32)> = Vec::new();
    for name in names::decode(columns, &probabilities) {
        let person = names::KINDS[name.kind] == "PER";
        let tokens = bare(scene, name.places, person);
        let dated = tokens.clone().any(|at| scene.dated(at));
        if tokens.is_empty() || dated || !tokens.clone().any(|at| scene.capitalised(at)) {
            continue;
        }
        let kind = match names::KINDS[name.kind] {
            "PER" => SubjectKind::Person,
            "LOC" => SubjectKind::Place,
            "ORG" => organisation(scene, &tokens),
            _ => continue,
        };
        read.push((tokens, kind, name.certainty));
    }
    let words =
        |tokens: &Range<usize>| -> Vec<&str> { tokens.clone().map(|at| scene.lower(at)).collect() };
    let mut votes: HashMap<Vec<&str>, BTreeMap<SubjectKind, f32>> = HashMap::new();
    for (tokens, kind, certainty) in &read {
        *votes.entry(words(tokens)).or_default().entry(*kind).or_default() += certainty;
    }
    for (tokens, kind, certainty) in &read {
        let most = votes[&words(tokens)].iter().max_by(|one, other| one.1.total_cmp(other.1));
        let kind = most.map_or(*kind, |(kind, _)| *kind);
        let sure = *certainty >= SURE && scene.casing(tokens.start) == Casing::Mixed;
        let strength = if sure { Strength::Learned } else { Strength::Guessed };
        found.push(Candidate { tokens: tokens.clone(), kind, canonical: None, strength });
    }
}

/// The name without what stands before it and is none.
fn bare(scene: &Scene<'_>, tokens: Range<usize>, person: bool) -> Range<usize> {
    let Range { mut start, mut end } = tokens;
    let before = |at: usize| {
        scene.mark(at)
            || scene.lower(at) == "the"
            || person && scene.is(at, TITLE)
            || scene.small(at) && scene.is(at, ROLE | FUNCTION)
    };
    while start < end && before(start) {
        start += 1;
    }
    while end > start && (scene.mark(end - 1) || matches!(scene.lower(end - 1), "'s" | "’s")) {
        end -= 1;
    }
    start..end
}

/// What an organisation is.
fn organisation(scene: &Scene<'_>, tokens: &Range<usize>) -> SubjectKind {
    let words = tokens.clone().map(|at| scene.lower(at));
    match listed::longest(words) {
        Some((count, kind @ (SubjectKind::Outlet | SubjectKind::Channel)))
            if count == tokens.len() =>
        {
            kind
        }
        _ if scene.is(tokens.end - 1, OUTLET | MEDIUM) => SubjectKind::Outlet,
        _ => SubjectKind::Group,
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::{analyse, testing::document};
    use throughline_model::SubjectKind::{self, Person, Place};

    fn check(kind: SubjectKind, text: &str, expected: &[&str]) {
        let document = document(text, Some("2017-03-24"));
        let analysis = analyse(&document);
        let of_kind = analysis.names.iter().filter(|name| name.kind == kind);
        let found: Vec<&str> = of_kind
            .map(|name| {
                let held = &analysis.tokens[name.tokens.clone()];
                held[0].span.join(held[held.len() - 1].span).of(text)
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn names_that_no_rule_knows() {
        check(Person, "His brother Verhulst lives with his wife.", &["Verhulst"]);
        check(Place, "They drove from Zarnov to the coast.", &["Zarnov"]);
    }

    #[test]
    fn articles_and_titles_do_not_belong_to_a_name() {
        check(Person, "It was told to Judge Anna Verhulst.", &["Anna Verhulst"]);
    }
}
