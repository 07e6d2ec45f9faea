//! When two mentions of people may be proposed as one person.

use std::collections::{BTreeMap, HashMap};

use crate::names::{Comparison, Feature, Name};
use crate::{BlockKey, Local};

/// Particles that belong to the family name they stand before.
const PARTICLES: &[&str] =
    &["von", "van", "de", "der", "den", "da", "di", "du", "la", "le", "bin", "ibn", "abu"];

/// The consonants of the family name and the sound that the given name begins with, for a name that
/// has both: alike for all spellings of a name in Latin and Arabic script.
pub(crate) fn key(name: &str) -> Option<String> {
    let first = name.chars().next()?;
    if first.is_lowercase() || !first.is_alphabetic() && first != '\'' && first != '‘' {
        // A description, such as "the attacker", is no name.
        return None;
    }
    let name = Name::of(name);
    let given = name.parts().position(|part| !PARTICLES.contains(&part))?;
    let last = name.parts().count().checked_sub(1).filter(|last| *last > given)?;
    Some(format!("{} {}", name.skeleton(last), name.initial(given)))
}

/// Whether one person could bear both names: each part of the shorter one is in the longer one, in
/// the same order, spelled otherwise or as an initial at most.
fn names_fit(a: &Name, b: &Name) -> bool {
    let compared = Comparison::of(a, b);
    compared.fits()
        && compared.value(Feature::Order) == 0
        && compared.value(Feature::LastLeftOver) == 0
}

/// What the locals of a growing record say, each thing once, so that a record of many reports is
/// compared as fast as one of few.
#[derive(Default)]
pub(crate) struct Seen<'a> {
    /// The parts of each name, as it is written.
    names: BTreeMap<&'a str, Name>,
    /// What stands beside a local in which block, and beside which first, by its place and name.
    /// Looked up and never gone through.
    beside: HashMap<(&'a BlockKey, &'a str), (usize, &'a str)>,
}

impl<'a> Seen<'a> {
    /// Takes in a local; `at` is its place in the record.
    pub(crate) fn note(&mut self, local: &'a Local, at: usize) {
        self.names.entry(local.name()).or_insert_with_key(|name| Name::of(name));
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
        // A name that is there already fits all that are.
        let own = Name::of(name);
        let known = self.names.contains_key(name);
        let fit = known || self.names.values().all(|other| names_fit(&own, other));
        fit.then(|| (at, format!("names fit ({beside} / {name}), both beside “{shared}”")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_needs_a_given_and_a_family_name() {
        assert_eq!(key("Émile Henry").as_deref(), Some("hnr a"));
        assert_eq!(key("E. Henry"), key("Emile Henry"));
        assert_eq!(key("Henry"), None);
        assert_eq!(key("the attacker"), None);
        assert_eq!(key("von Trapp"), None);
        assert_eq!(key("Karl Brandt Jr."), key("Karl Brandt"));
    }

    #[test]
    fn spellings_of_one_name_have_one_key() {
        for (one, other) in [
            ("Abdelhamid Ruelaoud", "Abdel-Hamid Ruelaud"),
            ("Khalid Masood", "Khaled Masoud"),
            ("Yusuf Khalifa", "Yousef al-Khalifah"),
            ("Yusuf Khalifa", "يوسف خليفة"),
        ] {
            assert!(key(one).is_some() && key(one) == key(other), "{one} / {other}");
        }
    }

    #[test]
    fn names_fit_by_spelling_initials_and_missing_middle_names() {
        for (a, b, fit) in [
            ("Kyle Orton", "K. Orton", true),
            ("Kyle James Orton", "Kyle Orton", true),
            ("Khalid Masood", "Khaled Masoud", true),
            ("Kyle Orton", "Karl Orton", false),
            ("Kyle Orton", "Kyle Norton", false),
            ("Mary Ann Smith", "Ann Mary Smith", false),
            ("Kyle Orton Sr.", "Kyle Orton Jr.", false),
            ("Kyle Orton", "Kyle Orton Smith", false),
        ] {
            let (one, other) = (Name::of(a), Name::of(b));
            assert_eq!(names_fit(&one, &other), fit, "{a} / {b}");
            assert_eq!(names_fit(&other, &one), fit, "{b} / {a}");
        }
    }
}
