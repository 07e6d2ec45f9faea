//! The word lists of disclosure.

use std::collections::BTreeSet;
use std::sync::LazyLock;

static TITLES: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| words(include_str!("../resources/titles.txt")));
static PERSON_NOUNS: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| words(include_str!("../resources/person-nouns.txt")));
static PUBLIC_OFFICES: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| words(include_str!("../resources/public-offices.txt")));
static OFFICIAL_BODIES: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| words(include_str!("../resources/official-bodies.txt")));
static THINGS: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| words(include_str!("../resources/things.txt")));

fn words(list: &'static str) -> BTreeSet<&'static str> {
    list.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
}

/// Whether a word in lower case stands before a name and is no part of it.
pub(crate) fn is_title(word: &str) -> bool {
    TITLES.contains(word)
}

/// Whether a word in lower case describes a person without naming one.
pub(crate) fn is_person_noun(word: &str) -> bool {
    PERSON_NOUNS.contains(word)
}

/// Whether a word in lower case shows somebody who speaks in public.
pub(crate) fn is_public_office(word: &str) -> bool {
    PUBLIC_OFFICES.contains(word)
}

/// Whether a word in lower case shows an official body.
pub(crate) fn is_official_body(word: &str) -> bool {
    OFFICIAL_BODIES.contains(word)
}

/// Whether a word in lower case makes a name that of a building, a body or a place.
pub(crate) fn is_thing(word: &str) -> bool {
    THINGS.contains(word)
}

/// Whether a title in lower case goes before given names, which are many people's.
pub(crate) fn is_regal(title: &str) -> bool {
    const REGAL: &[&str] = &[
        "king", "queen", "prince", "princess", "emperor", "empress", "tsar", "tsarina", "czar",
        "kaiser", "archduke", "duke", "duchess", "pope", "saint", "sultan", "brother", "sister",
        "father", "mother", "sir", "lady", "dame", "don", "doña",
    ];
    REGAL.contains(&title)
}
