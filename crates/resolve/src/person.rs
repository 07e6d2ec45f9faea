//! When two mentions of people may be proposed as one person.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use crate::{BlockKey, Local, normal};

/// Particles that belong to the family name they stand before.
const PARTICLES: &[&str] = &[
    "al", "el", "von", "van", "de", "der", "den", "da", "di", "du", "la", "le", "bin", "ibn", "abu",
];

/// The normal words of a name, family name last, without a generation mark.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = normal(name).split(' ').map(str::to_owned).collect();
    if words.len() > 2 && matches!(words.last().map(String::as_str), Some("jr" | "junior" | "sr")) {
        words.pop();
    }
    words
}

/// Family name and first letter of the given name, for a name that has both.
pub(crate) fn key(name: &str) -> Option<String> {
    if !name.chars().next().is_some_and(char::is_uppercase) {
        // A description, such as "the attacker", is no name.
        return None;
    }
    let words = words(name);
    let (family, given) = words.split_last()?;
    let first = given.iter().find(|word| !PARTICLES.contains(&word.as_str()))?;
    let initial = first.chars().next()?;
    Some(format!("{family} {initial}"))
}

/// Whether one person could bear both names: each given name fits one of the other, or is missing.
fn names_fit(a: &[String], b: &[String]) -> bool {
    let (Some((family, given)), Some((other_family, other_given))) =
        (a.split_last(), b.split_last())
    else {
        return false;
    };
    let fits = |one: &str, other: &str| {
        one == other
            || one.len() == 1 && other.starts_with(one)
            || other.len() == 1 && one.starts_with(other)
    };
    let (short, long) = match given.len() <= other_given.len() {
        true => (given, other_given),
        false => (other_given, given),
    };
    let mut rest = long.iter();
    family == other_family && short.iter().all(|word| rest.any(|other| fits(word, other)))
}

/// What the locals of a growing record say, each thing once, so that a record of many reports is
/// compared as fast as one of few.
#[derive(Default)]
pub(crate) struct Seen<'a> {
    /// The words of each name, as it is written.
    names: BTreeMap<&'a str, Vec<String>>,
    /// What stands beside a local in which block, and beside which first, by its place and name.
    /// Looked up and never gone through.
    beside: HashMap<(&'a BlockKey, &'a str), (usize, &'a str)>,
}

impl<'a> Seen<'a> {
    /// Takes in a local; `at` is its place in the record.
    pub(crate) fn note(&mut self, local: &'a Local, at: usize) {
        self.names.entry(local.name()).or_insert_with_key(|name| words(name));
        for word in &local.context {
            self.beside.entry((&local.block, word)).or_insert((at, local.name()));
        }
    }

    /// The place of the first local of the same block that may be the same person, and what besides
    /// the names speaks for it: equal names alone never join. `None` also if some name does not fit.
    pub(crate) fn agree(&self, local: &Local) -> Option<(usize, String)> {
        let beside = |word: &'_ String| {
            let (at, name) = self.beside.get(&(&local.block, word.as_str()))?;
            Some((*at, word.clone(), *name))
        };
        let (at, shared, beside) = local.context.iter().filter_map(beside).min()?;
        let name = local.name();
        let own = self.names.get(name).map_or_else(|| Cow::Owned(words(name)), Cow::Borrowed);
        let fit = self.names.values().all(|other| names_fit(&own, other));
        fit.then(|| (at, format!("names fit ({beside} / {name}), both beside “{shared}”")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_needs_a_given_and_a_family_name() {
        assert_eq!(key("Émile Henry").as_deref(), Some("henry e"));
        assert_eq!(key("E. Henry"), key("Emile Henry"));
        assert_eq!(key("Henry"), None);
        assert_eq!(key("the attacker"), None);
        assert_eq!(key("von Trapp"), None);
    }

    #[test]
    fn names_fit_by_initials_and_missing_middle_names() {
        for (a, b, fit) in [
            ("Kyle Orton", "K. Orton", true),
            ("Kyle James Orton", "Kyle Orton", true),
            ("Kyle Orton", "Karl Orton", false),
            ("Kyle Orton", "Kyle Norton", false),
            ("Mary Ann Smith", "Ann Mary Smith", false),
        ] {
            assert_eq!(names_fit(&words(a), &words(b)), fit, "{a} / {b}");
            assert_eq!(names_fit(&words(b), &words(a)), fit, "{b} / {a}");
        }
    }
}
