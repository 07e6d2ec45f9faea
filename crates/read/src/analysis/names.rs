//! Tokens → names of people, groups, outlets, channels and places.
//!
//! Each rule proposes [`Candidate`]s; where two overlap the stronger stands, of equally
//! strong ones the longer. What stands is looked for again in the rest of the text
//! ([`repeats`]), names of one are tied together ([`chains`]), and what stands beside a
//! person is read as a role ([`roles`]).
//!
//! The rules read the words: lists of groups, outlets and places ([`listed`],
//! [`gazetteer`]), and words that tell what a name is, in it ("… Liberation Front",
//! "Ministry of …") or beside it ("the jihadist group …", "members of the …", "… said").
//! A capital tells as much as its surroundings let it ([`scene`]): none is read
//! by itself at the beginning of a sentence, in a headline in title case or in copy
//! all in capitals as a name.
//!
//! Beside them stand the names of the trained stage ([`learned`]): stronger than capitals that
//! nothing speaks against, weaker than a word that tells what a name is.

mod bonds;
mod capitals;
mod chains;
pub(super) mod gazetteer;
mod groups;
mod learned;
pub(super) mod listed;
mod outlets;
mod people;
mod places;
mod repeats;
mod roles;
mod runs;
mod scene;
mod series;
pub(super) mod words;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use throughline_model::{Document, SubjectKind};

use self::scene::Scene;
use super::learned::Seen;
use super::{Name, Sentence, Token};

/// A name that a rule proposes.
#[derive(Debug, Clone)]
struct Candidate {
    tokens: Range<usize>,
    kind: SubjectKind,
    canonical: Option<&'static str>,
    strength: Strength,
}

/// How strongly the words speak for a candidate, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// A place that the words around must confirm; never stands by itself.
    Doubtful,
    /// What the trained stage takes for a name, without being sure.
    Guessed,
    /// Capitals and what stands beside them.
    Beside,
    /// Two capitals or more that nothing speaks against.
    Shape,
    /// A place of the lists.
    Place,
    /// A place of the lists where one is due: "in Reading".
    PlacedPlace,
    /// What the trained stage is sure of.
    Learned,
    /// A word beside it tells what it is: "the jihadist group X".
    Told,
    /// A place of several words.
    LongPlace,
    /// A title or a given name.
    Person,
    /// A site told by a word of its own: "Harbour Bridge".
    Site,
    /// One word of the lists of groups, outlets and channels.
    Listed,
    /// A body or outlet told by a word of its own: "Ministry of …".
    Body,
    /// Several words of the lists.
    LongListed,
}

/// The names of a text, in its order; none overlaps another. Tokens that are `taken`
/// belong to dates.
pub(super) fn read(
    document: &Document,
    tokens: &[Token],
    sentences: &[Sentence],
    taken: &[bool],
    seen: &Seen,
) -> Vec<Name> {
    let scene = Scene::new(&document.text, tokens, sentences, taken);
    let mut found = by_rules(&scene);
    learned::find(&scene, seen, &mut found);
    decide(&scene, found)
}

/// What the rules propose.
fn by_rules(scene: &Scene<'_>) -> Vec<Candidate> {
    let runs = runs::find(scene);
    let mut found = Vec::new();
    listed::find(scene, &mut found);
    groups::find(scene, &runs, &mut found);
    bonds::find(scene, &runs, &mut found);
    outlets::find(scene, &runs, &mut found);
    places::find(scene, &runs, &mut found);
    people::find(scene, &runs, &mut found);
    capitals::find(scene, &mut found);
    found
}

/// The names that stand of those proposed, tied together.
fn decide(scene: &Scene<'_>, mut found: Vec<Candidate>) -> Vec<Name> {
    told_otherwise(scene, &mut found);
    repeated(scene, &mut found);
    let mut standing = choose(scene.len(), found);
    agree(scene, &mut standing);
    series::find(scene, &mut standing);
    repeats::find(scene, &mut standing);
    let mut names: Vec<Name> = standing
        .into_iter()
        .map(|held| Name {
            tokens: held.tokens,
            kind: held.kind,
            canonical: held.canonical.map(str::to_owned),
            same_as: None,
            role: None,
            affiliation: None,
        })
        .collect();
    chains::tie(scene, &mut names);
    roles::read(scene, &mut names);
    names
}

/// Drops readings that only shape or neighbours show, where the text tells the words as
/// something else elsewhere: "at Ruel … the police of Ruel say", "Marl Circle … members of the
/// Marl Circle".
fn told_otherwise(scene: &Scene<'_>, found: &mut Vec<Candidate>) {
    let words =
        |held: &Candidate| -> Vec<&str> { held.tokens.clone().map(|at| scene.lower(at)).collect() };
    let group = |held: &&Candidate| {
        matches!(held.kind, SubjectKind::Group | SubjectKind::Outlet | SubjectKind::Channel)
            && held.strength >= Strength::Told
    };
    let place = |held: &&Candidate| {
        held.kind == SubjectKind::Place && held.tokens.len() == 1 && held.strength > Strength::Shape
    };
    let groups: HashSet<Vec<&str>> = found.iter().filter(group).map(words).collect();
    let places: HashSet<Vec<&str>> = found.iter().filter(place).map(words).collect();
    // "Amadou Bissau … Bissau said": a city's name is a surname here unless a place is due.
    let full = |held: &&Candidate| {
        held.kind == SubjectKind::Person
            && held.tokens.len() > 1
            && held.strength == Strength::Person
    };
    let surnames: HashSet<&str> =
        found.iter().filter(full).map(|held| scene.lower(held.tokens.end - 1)).collect();
    found.retain(|held| match held.kind {
        SubjectKind::Place if held.strength == Strength::Place && held.tokens.len() == 1 => {
            !surnames.contains(scene.lower(held.tokens.start))
        }
        SubjectKind::Person if held.strength == Strength::Beside => {
            let words = words(held);
            !groups.contains(&words) && !places.contains(&words)
        }
        SubjectKind::Person if held.strength == Strength::Shape => !groups.contains(&words(held)),
        SubjectKind::Place if matches!(held.strength, Strength::Beside | Strength::Site) => {
            !groups.contains(&words(held))
        }
        _ => true,
    });
}

/// Drops what only weights show where a name that more shows is repeated: "Ardal" in "Sons of
/// Ardal", after "members of the Sons of Ardal".
fn repeated(scene: &Scene<'_>, found: &mut Vec<Candidate>) {
    let weighed = |held: &Candidate| matches!(held.strength, Strength::Guessed | Strength::Learned);
    let shown = found.iter().filter(|held| held.strength > Strength::Learned).cloned().collect();
    let mut standing = choose(scene.len(), shown);
    repeats::find(scene, &mut standing);
    let mut covered = vec![false; scene.len()];
    for held in &standing {
        covered[held.tokens.clone()].fill(true);
    }
    found.retain(|held| !weighed(held) || !covered[held.tokens.clone()].contains(&true));
}

/// Gives what only its capitals or weights show the kind that the same words have where more shows it:
/// "Ash Covenant" in the headline, and "loyal to the Ash Covenant" below.
fn agree(scene: &Scene<'_>, standing: &mut [Candidate]) {
    let words =
        |held: &Candidate| -> Vec<&str> { held.tokens.clone().map(|at| scene.lower(at)).collect() };
    let mut shown: HashMap<Vec<&str>, usize> = HashMap::new();
    for (number, held) in standing.iter().enumerate() {
        if held.strength > Strength::Learned {
            shown.entry(words(held)).or_insert(number);
        }
    }
    for number in 0..standing.len() {
        let held = &standing[number];
        let Some(&firmer) = shown.get(&words(held)).filter(|_| held.strength <= Strength::Learned)
        else {
            continue;
        };
        let (kind, canonical) = (standing[firmer].kind, standing[firmer].canonical);
        standing[number].kind = kind;
        standing[number].canonical = canonical;
    }
}

/// The candidates that stand: of those that overlap the strongest, then the longest, then
/// the first.
fn choose(count: usize, mut found: Vec<Candidate>) -> Vec<Candidate> {
    found.retain(|held| held.strength != Strength::Doubtful && !held.tokens.is_empty());
    found.sort_by_key(|held| {
        (std::cmp::Reverse((held.strength, held.tokens.len())), held.tokens.start)
    });
    let mut covered = vec![false; count];
    found.retain(|held| {
        let free = !covered[held.tokens.clone()].contains(&true);
        if free {
            covered[held.tokens.clone()].fill(true);
        }
        free
    });
    found.sort_by_key(|held| held.tokens.start);
    found
}

#[cfg(test)]
pub(super) mod testing {
    use super::{Scene, by_rules, decide};
    use crate::analysis::{sentences, testing::document, times};
    use throughline_model::SubjectKind;

    /// The names of a kind in a text, as its words, by the rules alone.
    pub(in crate::analysis) fn names(text: &str, kind: SubjectKind) -> Vec<String> {
        let document = document(text, Some("2017-03-24"));
        let (tokens, sentences) = sentences::read(&document);
        let mut taken = vec![false; tokens.len()];
        for time in times::read(document.published.as_ref(), &tokens, &sentences) {
            taken[time.tokens].fill(true);
        }
        let scene = Scene::new(&document.text, &tokens, &sentences, &taken);
        let names = decide(&scene, by_rules(&scene));
        let words = |range: &std::ops::Range<usize>| {
            let held = &tokens[range.clone()];
            held[0].span.join(held[held.len() - 1].span).of(&document.text).to_owned()
        };
        let of_kind = names.iter().filter(|name| name.kind == kind);
        of_kind.map(|name| words(&name.tokens)).collect()
    }

    /// Asserts that the names of a kind in a text are these.
    pub(in crate::analysis) fn check(kind: SubjectKind, text: &str, expected: &[&str]) {
        assert_eq!(names(text, kind), expected, "{text}");
    }
}

#[cfg(test)]
mod tests {
    use super::testing::check;
    use throughline_model::SubjectKind::{Channel, Group, Outlet, Person, Place};

    #[test]
    fn the_stronger_of_two_readings_stands() {
        let text = "Kyle Paris, an analyst at The Oslo Record Institute, told the Farrow news \
                    agency that Isil wrote on Telegram.";
        check(Person, text, &["Kyle Paris"]);
        check(Group, text, &["Oslo Record Institute", "Isil"]);
        check(Outlet, text, &["Farrow"]);
        check(Channel, text, &["Telegram"]);
        check(Place, text, &[]);
    }
}
