//! Entities in the roles of a text's incidents: spans of one role that stand for one somebody or
//! something, and how probable it is that they have it.
//!
//! Spans are found readily, grouped by their words ([`group`]), and weighed as a whole: an entity's
//! probability is that of a logistic regression over all its mentions, since what is doubtful in
//! one sentence is often sure in another.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use throughline_linear::{Found, Sequence, hash, join};

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
    /// How probable it is that the entity has the role, from 0 to 1.
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
    /// How probable an actor of each role must be.
    pub least: [f32; 5],
    /// How probable "no incident" may be at most.
    pub none: f32,
}

impl Default for Readiness {
    fn default() -> Readiness {
        // Of entities each as probable as said, those from half of F1 on make F1 greatest.
        Readiness { least: [0.3; 5], none: 0.5 }
    }
}

/// How readily spans are found, as in [`roles::decode`]: what becomes of them is decided later.
const OUTSIDE: f32 = 0.1;

/// An entity is looked for among this many, the latest: grouping stays linear in the length.
const LATEST: usize = 60;

/// Reads what a page tells of incidents.
pub fn read(page: &Page<'_>, weights: &Weights<'_>, readiness: &Readiness) -> Told {
    let (kinds, candidates) = candidates(page, weights);
    let mut actors = Vec::new();
    for (mut actor, features) in candidates {
        actor.certainty = weights.actors.probabilities(&features).at(0)[YES];
        if actor.certainty >= readiness.least[actor.role] {
            actors.push(actor);
        }
    }
    actors.sort_by(|a, b| a.role.cmp(&b.role).then(b.certainty.total_cmp(&a.certainty)));
    Told { told: kinds[0] <= readiness.none, kinds, actors }
}

/// The labels of what weighs actors: whether one has its role.
pub const LABELS: [&str; 2] = ["no", "yes"];
const YES: usize = 1;

/// How probable each kind of incident is, and whoever may have a role, with what is seen of them.
pub fn candidates(page: &Page<'_>, weights: &Weights<'_>) -> (Vec<f32>, Vec<(Actor, Sequence)>) {
    let columns = Columns::new(page, weights);
    let kinds = relevance::read(&columns, weights).at(0).to_vec();
    let context = Context::new(&columns, weights);
    let probabilities = roles::probabilities(&columns, &context, weights);
    let found = roles::decode(&columns, &probabilities, OUTSIDE);
    let actors = group(page, &found);
    let text = Text::new(page, &columns, &context, &actors);
    let seen = actors.iter().enumerate().map(|(at, actor)| text.describe(at, actor)).collect();
    let seen: Vec<Sequence> = seen;
    (kinds, actors.into_iter().zip(seen).collect())
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

/// What a whole text shows of its actors.
struct Text<'a> {
    page: &'a Page<'a>,
    columns: &'a Columns,
    context: &'a Context,
    actors: &'a [Actor],
    /// How often each word stands in the text.
    counts: HashMap<u64, u64>,
    /// The surest mention of each string of words, and of what role.
    strings: HashMap<String, Vec<(usize, f32)>>,
}

/// A share in so many steps.
fn step(share: f32, steps: f32) -> u64 {
    (share.clamp(0.0, 0.999) * steps) as u64
}

/// A count, coarser the greater it is.
fn coarse(count: usize) -> u64 {
    match count {
        0..=4 => count as u64,
        5..=8 => 5,
        9..=16 => 6,
        _ => 7,
    }
}

impl<'a> Text<'a> {
    fn new(
        page: &'a Page<'a>,
        columns: &'a Columns,
        context: &'a Context,
        actors: &'a [Actor],
    ) -> Text<'a> {
        let mut counts: HashMap<u64, u64> = HashMap::new();
        for column in &columns.all {
            *counts.entry(column.word).or_default() += 1;
        }
        let mut text =
            Text { page, columns, context, actors, counts, strings: HashMap::new() };
        for actor in actors {
            let string = text.string(&actor.mentions[0]);
            text.strings.entry(string).or_default().push((actor.role, actor.each[0]));
        }
        text
    }

    fn string(&self, words: &Range<usize>) -> String {
        let lower = words.clone().map(|at| self.page.word(at).to_lowercase());
        lower.collect::<Vec<_>>().join(" ")
    }

    /// The number of the sentence of a word.
    fn sentence(&self, at: usize) -> usize {
        self.columns.sentences.partition_point(|sentence| sentence.end <= at)
    }

    fn describe(&self, number: usize, actor: &Actor) -> Sequence {
        let role = actor.role as u64;
        let mut out = Sequence::with_capacity(1, 40);
        let mut add = |template: u64, filling: u64| out.add(400 + template, join(role, filling));
        let best = actor.mentions[0].clone();
        let most = actor.each[0];
        let mean = actor.each.iter().sum::<f32>() / actor.each.len() as f32;
        let mentions = coarse(actor.mentions.len());
        let first = actor.mentions.iter().map(|one| one.start).min().unwrap_or(0);
        let sentence = coarse(self.sentence(first));
        let head = best.end - 1;
        let (word, code) = (self.columns.all[head].word, self.columns.all[head].code);
        let code = |bits| code.map_or(0, |code| code.prefix(bits));
        let told = self.context.told();
        add(0, 0);
        add(1, step(most, 12.0));
        add(2, step(mean, 8.0));
        add(3, step(actor.certainty, 12.0));
        add(4, mentions);
        add(5, sentence);
        add(6, told);
        add(7, join(told, step(most, 5.0)));
        add(8, join(mentions, step(most, 5.0)));
        add(9, join(sentence, step(most, 5.0)));
        add(10, word);
        add(11, code(28));
        add(12, code(10));
        add(13, hash(self.string(&best).as_bytes()));
        add(14, self.context.named(head));
        add(15, coarse(best.len()));
        add(16, self.context.kind());
        add(17, join(self.context.kind(), told));
        let count = self.counts.get(&word).copied().unwrap_or(0);
        add(18, coarse(usize::try_from(count).unwrap_or(99)));
        let shown = actor.mentions.len() as f32 / count.max(1) as f32;
        add(19, step(shown, 4.0));
        // What the same words are taken for in another role.
        let others = self.strings.get(&self.string(&best)).into_iter().flatten();
        let other = others.filter(|(role, _)| *role != actor.role).max_by(|a, b| a.1.total_cmp(&b.1));
        add(20, other.map_or(99, |(role, share)| join(*role as u64, step(*share, 4.0))));
        // How many of its role are surer.
        let near = self.actors[..number].iter().rev().take(LATEST);
        let near = near.chain(self.actors[number + 1..].iter().take(LATEST));
        let surer = near.filter(|one| one.role == actor.role && one.certainty > actor.certainty);
        let rank = coarse(surer.count());
        add(21, rank);
        add(22, join(rank, step(most, 5.0)));
        let before = best.start.checked_sub(1).map_or(0, |at| self.columns.all[at].word);
        add(23, before);
        add(24, self.columns.all[best.start].word);
        out.end_place();
        out
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
        let page = Page::of_text("Two gunmen fled. Gunmen of the Quiet Harvest Front, QHF. The gunmen left.");
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
