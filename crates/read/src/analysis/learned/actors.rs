//! Entities in the roles of a text's incidents: phrases that stand for one somebody or something,
//! and how sure it is that they have a role.
//!
//! Heads are taken readily and grouped by the words of their phrases ([`group`]): what is doubtful
//! in one sentence is often sure in another, and of an entity it is enough that one mention has the
//! role.

use std::collections::HashSet;
use std::ops::Range;

use throughline_linear::Probabilities;

use super::columns::Columns;
use super::models::Weights;
use super::page::Page;
use super::phrases;
use super::roles::{Context, PROPN};

/// A phrase in a role.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// An index into [`roles::KINDS`].
    pub role: usize,
    /// Its words.
    pub words: Range<usize>,
    /// The word that heads it.
    pub head: usize,
    /// How probable it is that its head has the role.
    pub certainty: f32,
    /// How probable it is that these are all words of it and no more.
    pub bounds: f32,
}

/// Somebody or something in a role.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// An index into [`roles::KINDS`].
    pub role: usize,
    /// Its mentions, the surest first.
    pub mentions: Vec<Mention>,
    /// How sure it is that the surest of the mentions has the role, from 0 to 1.
    pub certainty: f32,
}

/// An entity is looked for among this many, the latest: grouping stays linear in the length.
const LATEST: usize = 60;

/// How probable a role of a head must be for its phrase to be looked for.
const READILY: f32 = 0.03;

/// The phrases of heads that may have a role, in the order of the text.
pub fn mentions(
    columns: &Columns,
    context: &Context,
    probabilities: &Probabilities,
    weights: &Weights<'_>,
) -> Vec<Mention> {
    let mut found = Vec::new();
    for head in context.all_heads() {
        let row = &probabilities.at(head)[1..];
        if row.iter().all(|share| *share < READILY) {
            continue;
        }
        let candidates = phrases::candidates(columns, context, head);
        for (role, &certainty) in row.iter().enumerate().filter(|(_, share)| **share >= READILY) {
            let best = phrases::best(columns, context, head, role, &candidates, weights);
            let Some((words, bounds)) = best else { continue };
            found.push(Mention { role, words, head, certainty, bounds });
        }
    }
    found
}

/// Groups phrases of one role by their words, in the order in which they come up.
pub fn group(page: &Page<'_>, context: &Context, found: Vec<Mention>) -> Vec<Actor> {
    let mut actors: Vec<(Actor, Vec<Name>)> = Vec::new();
    for one in found {
        let proper = context.tags[one.head] == PROPN;
        let name = Name::of(page, one.words.clone(), proper);
        if name.words.is_empty() {
            continue;
        }
        // "Quiet Harvest Front [QHF]".
        let bracket =
            one.words.start.checked_sub(1).filter(|at| matches!(page.word(*at), "[" | "("));
        let same = actors.iter_mut().rev().take(LATEST).find(|(actor, names)| {
            let beside = || actor.mentions.iter().any(|other| Some(other.words.end) == bracket);
            actor.role == one.role && (names.iter().any(|other| other.same(&name)) || beside())
        });
        match same {
            Some((actor, names)) => {
                // Mentions are read by the same weights: that several are likely says little more.
                actor.certainty = actor.certainty.max(one.certainty);
                actor.mentions.push(one);
                if names.len() < FORMS && !names.iter().any(|other| other.words == name.words) {
                    names.push(name);
                }
            }
            None => {
                let (role, certainty) = (one.role, one.certainty);
                actors.push((Actor { role, mentions: vec![one], certainty }, vec![name]));
            }
        }
    }
    let sure = |one: &Mention| one.certainty * one.bounds.sqrt();
    let surest_first = |mut actor: Actor| {
        actor.mentions.sort_by(|a, b| sure(b).total_cmp(&sure(a)));
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
    /// Whether it is a name rather than a description.
    proper: bool,
}

impl Name {
    fn of(page: &Page<'_>, places: Range<usize>, proper: bool) -> Name {
        let words: Vec<String> = places
            .map(|at| page.word(at).to_lowercase())
            .filter(|word| word.contains(char::is_alphanumeric))
            .filter(|word| !matches!(word.as_str(), "a" | "an" | "the" | "of" | "and" | "'s"))
            .collect();
        Name { set: words.iter().cloned().collect(), words, proper }
    }

    /// Equal, one within the other with the same last word or both names of several, or one the
    /// initials of the other.
    fn same(&self, other: &Name) -> bool {
        let (long, short) =
            if self.words.len() >= other.words.len() { (self, other) } else { (other, self) };
        let names = long.proper && short.proper && short.words.len() > 1;
        let within =
            short.set.is_subset(&long.set) && (names || long.words.last() == short.words.last());
        let initials =
            || -> String { long.words.iter().filter_map(|w| w.chars().next()).collect() };
        within || short.words.len() == 1 && long.words.len() > 2 && initials() == short.words[0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_of_one_are_grouped_by_their_words() {
        let page = Page::of_text(
            "Two gunmen fled. Gunmen of the Quiet Harvest Front, QHF. The gunmen left.",
        );
        let weights = Weights::own();
        let context = Context::new(&Columns::new(&page, &weights), &weights);
        let mention = |words: Range<usize>, role, certainty| Mention {
            role,
            head: words.end - 1,
            words,
            certainty,
            bounds: 1.0,
        };
        // "Two gunmen", "Gunmen", "Quiet Harvest Front", "QHF", and "gunmen" in another role.
        let found = vec![
            mention(0..2, 0, 0.5),
            mention(4..5, 0, 0.8),
            mention(7..10, 1, 0.9),
            mention(11..12, 1, 0.2),
            mention(14..15, 3, 0.3),
        ];
        let actors = group(&page, &context, found);
        let mentions: Vec<usize> = actors.iter().map(|actor| actor.mentions.len()).collect();
        assert_eq!(mentions, [2, 2, 1]);
        assert_eq!(actors[0].mentions[0].words, 4..5);
        assert!((actors[0].certainty - 0.8).abs() < 1e-6);
    }

    #[test]
    fn a_short_form_in_brackets_is_that_of_the_name_before_it() {
        let page = Page::of_text("THE FRONT OF THE RIVER [RDM] FLED.");
        let weights = Weights::own();
        let context = Context::new(&Columns::new(&page, &weights), &weights);
        let mention = |words: Range<usize>, head| Mention {
            role: 1,
            words,
            head,
            certainty: 0.5,
            bounds: 1.0,
        };
        assert_eq!(page.word(6), "RDM");
        let actors = group(&page, &context, vec![mention(1..5, 1), mention(6..7, 6)]);
        assert_eq!(actors.len(), 1);
    }
}
