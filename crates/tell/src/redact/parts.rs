//! The names of one person, taken apart: which words point to him, and which only serve others.

use std::collections::BTreeSet;

use throughline_places::Gazetteer;

use super::words::{is_capital, is_caseless, words};
use crate::lists::{is_person_noun, is_title};

/// The names of one person, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameParts {
    /// Words that by themselves point to the person.
    pub(super) strong: BTreeSet<String>,
    /// Those of them that are known to be written as names, and so name somebody in small letters too: not
    /// what somebody calls himself in small letters and in one word ("moonlight").
    pub(super) proper: BTreeSet<String>,
    /// Particles and initials, which count only beside a strong word.
    pub(super) weak: BTreeSet<String>,
    /// Whole names of two words or more.
    pub(super) phrases: BTreeSet<Vec<String>>,
    /// Whole names of one word.
    pub(super) single: BTreeSet<String>,
}

impl NameParts {
    /// Adds a name as a document writes it; a description adds nothing.
    pub fn add(&mut self, name: &str) {
        let words = words(name);
        let Some(last) = words.len().checked_sub(1) else { return };
        let described = is_description(name);
        let cased = words.iter().any(|word| is_capital(word.text));
        let mut whole = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let plain = word.plain.as_str();
            // What stands behind is no name of whom it describes: "the leaders of the Black Harrow".
            if described && at > 0 && is_preposition(plain) {
                break;
            }
            let title = at < last && is_title(plain) || described && is_title(plain);
            if plain.is_empty() || title || at == 0 && is_determiner(plain) || is_person_noun(plain)
            {
                continue;
            }
            // In a name that has capitals, a word without one is a particle; in a description, it
            // is a word of the description. An article is a particle however it is written, as in
            // "Karl The Hammer".
            let small = cased && !is_capital(word.text) && !is_caseless(word.text)
                || matches!(plain, "the" | "a" | "an");
            if described && (small || !cased || is_people(word.text)) {
                continue;
            }
            whole.push(plain.to_owned());
            // Taken for a name of their own, these would take every "The" and "He" out of every text.
            let function = is_determiner(plain) || is_pronoun(plain);
            match small || function || plain.chars().count() == 1 {
                true => self.weak.insert(plain.to_owned()),
                false => self.strong.insert(plain.to_owned()),
            };
        }
        if cased || whole.len() > 1 {
            let strong = whole.iter().filter(|word| self.strong.contains(*word));
            self.proper.extend(strong.cloned());
        }
        if let [one] = whole.as_slice()
            && self.strong.contains(one)
        {
            self.single.insert(one.clone());
        }
        if whole.len() > 1 && whole.iter().any(|word| self.strong.contains(word)) {
            self.phrases.insert(whole);
        }
    }

    /// Whether these names are among those of another person, by every word that points to somebody.
    pub(crate) fn are_of(&self, other: &NameParts) -> bool {
        !self.strong.is_empty() && self.strong.is_subset(&other.strong)
    }

    /// Whether no name was added.
    pub fn is_empty(&self) -> bool {
        self.strong.is_empty()
    }
}

/// Whether a word stands before a description: an article, a pronoun, a number.
fn is_determiner(plain: &str) -> bool {
    const BEFORE: &[&str] = &[
        "the", "a", "an", "his", "her", "their", "its", "our", "this", "that", "these", "those",
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several",
        "some", "many", "few", "both", "all", "another", "other", "no", "dozens", "hundreds",
    ];
    BEFORE.contains(&plain)
}

/// Whether a word asks for somebody or begins what is said of him: "who left the bomb".
fn is_asking(plain: &str) -> bool {
    matches!(plain, "who" | "whom" | "whose" | "whoever" | "which" | "whichever")
}

/// Whether a word stands for somebody named before.
fn is_pronoun(plain: &str) -> bool {
    const PRONOUNS: &[&str] = &[
        "he", "she", "they", "him", "her", "them", "his", "hers", "their", "it", "i", "me", "we",
        "us", "you",
    ];
    PRONOUNS.contains(&plain)
}

/// Whether a mention describes somebody rather than naming him: "the attacker", "Six men", "who left
/// the bomb", "He".
pub fn is_description(name: &str) -> bool {
    let words = words(name);
    let Some(first) = words.first() else { return true };
    let alone = words.len() == 1 && is_pronoun(&first.plain);
    alone
        || is_determiner(&first.plain)
        || is_asking(&first.plain)
        || words.iter().all(|word| is_person_noun(&word.plain))
}

/// Whether a word leads on to something else than it describes.
fn is_preposition(plain: &str) -> bool {
    matches!(
        plain,
        "of" | "in" | "from" | "at" | "near" | "with" | "for" | "to" | "by" | "on" | "behind"
    )
}

/// Whether a word says where somebody comes from, and is no name in a description: "an Italian", "the
/// Frenchwoman".
fn is_people(word: &str) -> bool {
    let gazetteer = Gazetteer::own();
    let plain = word.to_lowercase();
    let stem = ["woman", "women", "man", "men"].iter().find_map(|end| plain.strip_suffix(end));
    gazetteer.is_people(&plain) || stem.is_some_and(|stem| gazetteer.is_people(stem))
}
