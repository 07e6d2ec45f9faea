//! Names that the lists hold: groups, bodies, outlets, channels and places.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::LazyLock;

use throughline_model::{Span, SubjectKind};

use super::scene::{Casing, Scene};
use super::words;
use super::{Candidate, Strength};
use crate::analysis::{Shape, Token, lists, tokens};

/// A name of a list.
#[derive(Debug)]
struct Phrase {
    words: Vec<Token>,
    canonical: &'static str,
    kind: SubjectKind,
    /// Whether the words around it must show that it is meant.
    doubtful: bool,
}

static PHRASES: LazyLock<HashMap<String, Vec<Phrase>>> = LazyLock::new(load);

fn load() -> HashMap<String, Vec<Phrase>> {
    let mut phrases: HashMap<String, Vec<Phrase>> = HashMap::with_capacity(2048);
    let sources = [
        (SubjectKind::Group, include_str!("../../../resources/names/groups.txt")),
        (SubjectKind::Group, include_str!("../../../resources/names/bodies.txt")),
        (SubjectKind::Outlet, include_str!("../../../resources/names/outlets.txt")),
        (SubjectKind::Channel, include_str!("../../../resources/names/channels.txt")),
        (SubjectKind::Place, include_str!("../../../resources/names/places.txt")),
    ];
    for (kind, list) in sources {
        for (canonical, others) in lists::map_entries(list) {
            let doubtful = canonical.starts_with("? ");
            let canonical = canonical.trim_start_matches("? ");
            let names = std::iter::once(canonical).chain(others.split(';').map(str::trim));
            for name in names.filter(|name| !name.is_empty()) {
                for written in spellings(name) {
                    let mut words = Vec::new();
                    tokens::tokenise(&written, Span::new(0, written.len()), &mut words);
                    let Some(first) = words.first() else { continue };
                    let held = phrases.entry(first.lower.clone()).or_default();
                    held.push(Phrase { words, canonical, kind, doubtful });
                }
            }
        }
    }
    phrases
}

/// A name as it may be written: with and without accents, "al-X" as "al X" and "el-X" too.
fn spellings(name: &str) -> Vec<String> {
    let mut spellings = vec![name.to_owned()];
    let rest = name.strip_prefix("al-").or_else(|| name.strip_prefix("Al-"));
    if let Some(rest) = rest {
        spellings.push(format!("al {rest}"));
        spellings.push(format!("el-{rest}"));
    }
    if !name.is_ascii() {
        let plain: Vec<String> = spellings.iter().map(|held| deunicode::deunicode(held)).collect();
        spellings.extend(plain);
    }
    spellings
}

/// The longest name of the lists that these words, in lower case, begin with, whatever their
/// letters: how many words, and what it is a name of.
pub(in crate::analysis) fn longest<'a>(
    words: impl Iterator<Item = &'a str> + Clone,
) -> Option<(usize, SubjectKind)> {
    let phrases = PHRASES.get(words.clone().next()?)?;
    let fits = |phrase: &&Phrase| {
        let mut words = words.clone();
        phrase.words.iter().all(|token| words.next() == Some(token.lower.as_str()))
    };
    let phrase = phrases.iter().filter(fits).min_by_key(|phrase| Reverse(phrase.words.len()))?;
    Some((phrase.words.len(), phrase.kind))
}

/// Adds what the lists find.
pub(super) fn find(scene: &Scene<'_>, found: &mut Vec<Candidate>) {
    for at in 0..scene.len() {
        if !scene.capitalised(at) && !scene.lower(at).starts_with("al") {
            continue;
        }
        let Some(phrases) = PHRASES.get(scene.lower(at)) else { continue };
        // The longest; of two lists with one name the earlier counts.
        let fitting = phrases.iter().filter(|phrase| fits(scene, at, phrase));
        let Some(phrase) = fitting.min_by_key(|phrase| Reverse(phrase.words.len())) else {
            continue;
        };
        let count = phrase.words.len();
        let strength = match (phrase.kind, count) {
            (SubjectKind::Place, _) if phrase.doubtful => Strength::Doubtful,
            (SubjectKind::Place, 1) => Strength::Place,
            (SubjectKind::Place, _) => Strength::LongPlace,
            (_, 1) => Strength::Listed,
            _ => Strength::LongListed,
        };
        found.push(Candidate {
            tokens: at..at + count,
            kind: phrase.kind,
            canonical: Some(phrase.canonical),
            strength,
        });
    }
}

fn fits(scene: &Scene<'_>, at: usize, phrase: &Phrase) -> bool {
    let Some(held) = scene.tokens.get(at..at + phrase.words.len()) else { return false };
    let same = |(mine, theirs): (&Token, &Token)| {
        mine.lower == theirs.lower || mine.lower == "’" && theirs.lower == "'"
    };
    if !held.iter().zip(&phrase.words).all(same)
        || !scene.bounds(at).contains(&(at + held.len() - 1))
    {
        return false;
    }
    let mixed = scene.casing(at) == Casing::Mixed;
    let written = |(n, (mine, theirs)): (usize, (&Token, &Token))| match theirs.shape {
        Shape::Upper if mixed && theirs.lower.len() <= 3 => mine.shape == Shape::Upper,
        // "group", "app" and the like may have a capital or not.
        Shape::Capital | Shape::Upper => {
            mine.shape != Shape::Lower || n > 0 && theirs.lower == "al"
        }
        _ => true,
    };
    if !held.iter().zip(&phrase.words).enumerate().all(written) {
        return false;
    }
    if !mixed && phrase.words[0].lower == "the" {
        return false;
    }
    let [only] = &phrase.words[..] else { return true };
    // "Jonas Reuter" is a man and no agency.
    if phrase.kind != SubjectKind::Place && behind_given_name(scene, at) {
        return false;
    }
    // One word that is an ordinary one as well is a name only by a capital of its own; in copy
    // that is all capitals "IS" and "US" are words.
    if mixed && only.shape == Shape::Upper {
        // "the Manchester Arena": a hall, and not the party that is written in capitals.
        return scene.upper(at) || !scene.is(at, words::SITE);
    }
    let short = only.lower.len() <= 2 && !mixed;
    !short && (scene.own(at) || !(scene.ordinary(at) || scene.is(at, words::GIVEN)))
}

/// Whether a given name stands right before a word: "Paul Times", but not "the Victoria Times".
fn behind_given_name(scene: &Scene<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let article = before.checked_sub(1).is_some_and(|at| scene.lower(at) == "the");
    scene.is(before, words::GIVEN)
        && scene.capitalised(before)
        && scene.bounds(at).contains(&before)
        && !article
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use throughline_model::SubjectKind::{Group, Outlet, Place};

    #[test]
    fn whole_words_as_the_lists_write_them() {
        check(Group, "Isil, ISIS and IS", &["Isil", "ISIS", "IS"]);
        check(Group, "Is it so? It is. He hates Eta; the eta is a letter.", &["Eta"]);
        check(Group, "al-Qaeda, Al Qaeda and el-Qaeda", &["al-Qaeda", "Al Qaeda", "el-Qaeda"]);
        check(Group, "Sinn Fein and Sinn Féin", &["Sinn Fein", "Sinn Féin"]);
        check(Group, "The Marl Arena was full, and ARENA said so.", &["ARENA"]);
        check(Group, "the Kurdistan Workers’ Party", &["Kurdistan Workers’ Party"]);
        check(Outlet, "The Times said so. The times are bad.", &["The Times"]);
        check(Outlet, "Paul Times fled, the Times says, and so did Peter Reuter.", &["Times"]);
        check(Place, "He was in Georgia. Georgia left.", &["Georgia", "Georgia"]);
        check(Place, "Georgia left early.", &[]);
    }

    #[test]
    fn copy_in_capitals_has_words_that_look_like_names() {
        check(Group, "THIS IS WHAT THE FMLN SAID IN ITS PAPER.", &["FMLN"]);
        check(Place, "THEY TOLD US THAT THE U.S. WAS THERE.", &["U.S."]);
    }
}
