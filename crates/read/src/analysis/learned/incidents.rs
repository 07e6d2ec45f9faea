//! Entities in the roles of a text's incidents: spans of one role that stand for one somebody or
//! something, and how sure it is that they have it.
//!
//! Spans are found readily and grouped by their words ([`group`]): what is doubtful in one sentence
//! is often sure in another, and of an entity it is enough that one mention has the role.

use std::collections::HashSet;
use std::ops::Range;

use throughline_linear::{Found, Probabilities};

use super::columns::Columns;
use super::models::Weights;
use super::page::Page;
use super::roles::Context;
use super::{relevance, roles};

/// Somebody or something in a role.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// An index into [`roles::KINDS`].
    pub role: usize,
    /// The words of its mentions, the surest first.
    pub mentions: Vec<Range<usize>>,
    /// How probable each mention is by itself.
    pub each: Vec<f32>,
    /// How sure it is that one of the mentions has the role, from 0 to 1.
    pub certainty: f32,
}

/// What a text tells of incidents.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Whether an incident is told at all.
    pub told: bool,
    /// How probable each of [`relevance::KINDS`] is.
    pub kinds: Vec<f32>,
    /// Who and what has a role, by role, the surest first.
    pub actors: Vec<Actor>,
}

/// What counts as found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Readiness {
    /// How readily spans are found, as in [`roles::decode`].
    pub outside: f32,
    /// How sure an actor of each role must be.
    pub least: [f32; 5],
    /// How probable "no incident" may be at most.
    pub none: f32,
}

impl Default for Readiness {
    fn default() -> Readiness {
        Readiness { outside: 0.3, least: [0.2; 5], none: 0.5 }
    }
}

/// An entity is looked for among this many, the latest: grouping stays linear in the length.
const LATEST: usize = 60;

/// Reads what a page tells of incidents.
pub fn read(page: &Page<'_>, weights: &Weights<'_>, readiness: &Readiness) -> Told {
    let columns = Columns::new(page, weights);
    let kinds = relevance::read(&columns, weights);
    let context = Context::new(&columns, weights);
    let probabilities = roles::probabilities(&columns, &context, weights);
    decide(page, &columns, &kinds, &probabilities, readiness)
}

/// What the probabilities of kinds and of roles come to: where a second reader of the same words
/// is averaged in before.
pub fn decide(
    page: &Page<'_>,
    columns: &Columns,
    kinds: &Probabilities,
    probabilities: &[Probabilities],
    readiness: &Readiness,
) -> Told {
    let found = roles::decode(columns, probabilities, readiness.outside);
    let mut actors = group(page, &found);
    actors.retain(|actor| actor.certainty >= readiness.least[actor.role]);
    actors.sort_by(|a, b| a.role.cmp(&b.role).then(b.certainty.total_cmp(&a.certainty)));
    let kinds = kinds.at(0).to_vec();
    Told { told: kinds[0] <= readiness.none, kinds, actors }
}

/// Groups spans of one role by their words, in the order in which they come up.
pub fn group(page: &Page<'_>, found: &[Found]) -> Vec<Actor> {
    let mut actors: Vec<(Actor, Vec<Name>)> = Vec::new();
    for one in found {
        let name = Name::of(page, one.places.clone());
        if name.words.is_empty() {
            continue;
        }
        let same = actors.iter_mut().rev().take(LATEST).find(|(actor, names)| {
            actor.role == one.kind && names.iter().any(|other| other.same(&name))
        });
        match same {
            Some((actor, names)) => {
                actor.certainty = 1.0 - (1.0 - actor.certainty) * (1.0 - one.certainty);
                actor.mentions.push(one.places.clone());
                actor.each.push(one.certainty);
                if names.len() < FORMS && !names.iter().any(|other| other.words == name.words) {
                    names.push(name);
                }
            }
            None => actors.push((
                Actor {
                    role: one.kind,
                    mentions: vec![one.places.clone()],
                    each: vec![one.certainty],
                    certainty: one.certainty,
                },
                vec![name],
            )),
        }
    }
    let surest_first = |mut actor: Actor| {
        let mut order: Vec<usize> = (0..actor.each.len()).collect();
        order.sort_by(|&a, &b| actor.each[b].total_cmp(&actor.each[a]));
        actor.mentions = order.iter().map(|&at| actor.mentions[at].clone()).collect();
        actor.each = order.iter().map(|&at| actor.each[at]).collect();
        actor
    };
    actors.into_iter().map(|(actor, _)| surest_first(actor)).collect()
}

/// In so many forms one entity is compared with others.
const FORMS: usize = 12;

/// The words of a mention, as far as they tell whether two are of one.
struct Name {
    words: Vec<String>,
    set: HashSet<String>,
}

impl Name {
    fn of(page: &Page<'_>, places: Range<usize>) -> Name {
        let words: Vec<String> = places
            .map(|at| page.word(at).to_lowercase())
            .filter(|word| word.contains(char::is_alphanumeric))
            .filter(|word| !matches!(word.as_str(), "a" | "an" | "the" | "of" | "and" | "'s"))
            .collect();
        Name { set: words.iter().cloned().collect(), words }
    }

    /// Equal, one within the other with the same last word, or one the initials of the other.
    fn same(&self, other: &Name) -> bool {
        let (long, short) =
            if self.words.len() >= other.words.len() { (self, other) } else { (other, self) };
        let within = short.set.is_subset(&long.set) && long.words.last() == short.words.last();
        let initials =
            || -> String { long.words.iter().filter_map(|w| w.chars().next()).collect() };
        within || short.words.len() == 1 && long.words.len() > 2 && initials() == short.words[0]
    }
}

/// The kind of incident that a text most probably tells of, if it tells of one.
pub fn likeliest(kinds: &[f32]) -> usize {
    (1..relevance::KINDS.len()).fold(1, |a, b| if kinds[b] > kinds[a] { b } else { a })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(places: Range<usize>, kind: usize, certainty: f32) -> Found {
        Found { places, kind, certainty }
    }

    #[test]
    fn mentions_of_one_are_grouped_by_their_words() {
        let page = Page::of_text(
            "Two gunmen fled. Gunmen of the Quiet Harvest Front, QHF. The gunmen left.",
        );
        // "Two gunmen", "Gunmen", "Quiet Harvest Front", "QHF", and "gunmen" in another role.
        let actors = group(
            &page,
            &[
                found(0..2, 0, 0.5),
                found(4..5, 0, 0.8),
                found(7..10, 1, 0.9),
                found(11..12, 1, 0.2),
                found(14..15, 3, 0.3),
            ],
        );
        let mentions: Vec<usize> = actors.iter().map(|actor| actor.mentions.len()).collect();
        assert_eq!(mentions, [2, 2, 1]);
        assert_eq!(actors[0].mentions[0], 4..5);
        assert!((actors[0].certainty - 0.9).abs() < 1e-6);
    }
}
