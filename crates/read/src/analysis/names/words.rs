//! What a single word can tell about a name: one table over the word lists.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::analysis::{common, lists};

/// A class of words, as a bit.
pub(in crate::analysis) type Class = u32;

pub(super) const BODY: Class = 1;
pub(super) const ARMED: Class = 1 << 1;
pub(super) const OUTLET: Class = 1 << 2;
pub(super) const OUTLET_CUE: Class = 1 << 3;
pub(super) const CHANNEL_CUE: Class = 1 << 4;
pub(super) const SITE: Class = 1 << 5;
pub(super) const SITE_FIRST: Class = 1 << 6;
pub(super) const FOREIGN: Class = 1 << 7;
pub(super) const PARTICLE: Class = 1 << 8;
pub(super) const TITLE: Class = 1 << 9;
pub(super) const ROYAL: Class = 1 << 10;
pub(super) const SPEECH: Class = 1 << 11;
pub(super) const EVENT: Class = 1 << 12;
pub(super) const DEMONYM: Class = 1 << 13;
pub(super) const GIVEN: Class = 1 << 14;
pub(super) const ROLE: Class = 1 << 15;
pub(in crate::analysis) const FUNCTION: Class = 1 << 16;
/// An ordinary English word, which with a capital is a name only where more shows it.
pub(super) const ORDINARY: Class = 1 << 17;
pub(super) const BAND: Class = 1 << 18;
pub(super) const MEDIUM: Class = 1 << 19;
pub(super) const WHERE: Class = 1 << 20;
pub(super) const PART: Class = 1 << 21;
pub(super) const DEED: Class = 1 << 22;
pub(super) const OFFICE: Class = 1 << 23;
pub(super) const APPOSED: Class = 1 << 24;
pub(super) const ABBREVIATION: Class = 1 << 25;

const SECTIONS: &[(&str, Class)] = &[
    ("body", BODY),
    ("armed", ARMED),
    ("outlet", OUTLET),
    ("outlet-cue", OUTLET_CUE),
    ("medium", MEDIUM),
    ("channel-cue", CHANNEL_CUE),
    ("site", SITE),
    ("site-first", SITE_FIRST),
    ("foreign-small", FOREIGN),
    ("particle", PARTICLE),
    ("title", TITLE),
    ("royal", ROYAL),
    ("speech", SPEECH),
    ("event", EVENT),
    ("band", BAND),
    ("where", WHERE),
    ("part", PART),
    ("deed", DEED),
    ("office", OFFICE),
    ("apposed", APPOSED),
    ("abbreviation", ABBREVIATION),
];

static TABLE: LazyLock<HashMap<String, Class>> = LazyLock::new(|| {
    let mut table: HashMap<String, Class> = HashMap::with_capacity(8192);
    let mut add = |word: &str, class: Class| {
        *table.entry(word.to_owned()).or_default() |= class;
    };
    let mut section = 0;
    for line in lists::entries(include_str!("../../../resources/names/kinds.txt")) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = SECTIONS.iter().find(|(known, _)| *known == name).map_or(0, |(_, c)| *c);
            continue;
        }
        for word in line.split_whitespace() {
            add(word, section);
        }
    }
    let words = |list: &'static str| lists::entries(list).flat_map(str::split_whitespace);
    for word in words(include_str!("../../../resources/names/demonyms.txt")) {
        add(word, DEMONYM);
        add(&format!("{word}s"), DEMONYM);
    }
    for word in words(include_str!("../../../resources/names/given-names.txt")) {
        add(word, GIVEN);
    }
    for word in words(include_str!("../../../resources/names/roles.txt")) {
        add(word, ROLE);
    }
    for word in words(include_str!("../../../resources/names/ordinary.txt")) {
        add(word, ORDINARY);
    }
    // Verbs with irregular forms are ordinary words.
    for (form, verb) in lists::map_entries(include_str!("../../../resources/lemmas.txt")) {
        add(form, ORDINARY);
        add(verb, ORDINARY);
    }
    table
});

/// The classes of a word in lower case, or of its dictionary form where that is asked for.
pub(in crate::analysis) fn classes(lower: &str, lemma: &str) -> Class {
    let mut classes = TABLE.get(lower).copied().unwrap_or(0);
    if common::is_function(lower) {
        classes |= FUNCTION;
    }
    if lemma != lower
        && let Some(of_lemma) = TABLE.get(lemma)
    {
        classes |= of_lemma & (SPEECH | ROLE | ORDINARY | BAND | DEED | APPOSED);
    }
    classes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_of_the_lists_is_known() {
        for line in lists::entries(include_str!("../../../resources/names/kinds.txt")) {
            if let Some(name) = line.strip_prefix('[') {
                let name = name.trim_end_matches(']');
                assert!(SECTIONS.iter().any(|(known, _)| *known == name), "{name}");
            }
        }
    }

    #[test]
    fn a_word_can_be_of_several_classes() {
        let is = |word: &str, class: Class| classes(word, word) & class != 0;
        assert!(is("church", BODY) && is("church", SITE));
        assert!(is("germans", DEMONYM));
        assert!(is("the", FUNCTION));
        assert!(classes("analysts", "analyst") & ROLE != 0);
        assert!(!is("analysts", BODY));
    }
}
