//! The small words of names: titles, articles, marks of descent, forms of companies, short forms.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use crate::lists::{entries, pairs};

/// What a small word does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Particle {
    /// Belongs to the word after it and says nothing by itself.
    Article,
    /// Says that the father's or the mother's name follows.
    Of,
    /// Makes one name with the word after it: "Abd al-Rahman".
    Servant,
    /// Makes one name with the word after it: "Abu Omar".
    Parent,
    /// May be there or not.
    Empty,
}

static PARTICLES: LazyLock<HashMap<&'static str, Particle>> = LazyLock::new(|| {
    let mut particles = HashMap::new();
    for (kind, words) in pairs(include_str!("../../resources/particles.txt")) {
        let kind = match kind {
            "article" => Particle::Article,
            "of" => Particle::Of,
            "servant" => Particle::Servant,
            "parent" => Particle::Parent,
            _ => Particle::Empty,
        };
        particles.extend(words.split_whitespace().map(|word| (word, kind)));
    }
    particles
});

static TITLES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    entries(include_str!("../../resources/titles.txt")).flat_map(str::split_whitespace).collect()
});

/// The spellings that begin with a word, the longest first: the words after it, and the mark.
type Spellings = Vec<(Vec<&'static str>, &'static str)>;

/// Marks by the first word of each spelling.
static MARKS: LazyLock<HashMap<&'static str, Spellings>> = LazyLock::new(|| {
    let mut marks: BTreeMap<&str, Spellings> = BTreeMap::new();
    for (mark, spellings) in pairs(include_str!("../../resources/marks.txt")) {
        for spelling in spellings.split(',') {
            let mut words = spelling.split_whitespace();
            let Some(first) = words.next() else { continue };
            marks.entry(first).or_default().push((words.collect(), mark));
        }
    }
    // Longest first: "limited liability company" is no "limited".
    marks.values_mut().for_each(|own| own.sort_by_key(|(rest, _)| usize::MAX - rest.len()));
    marks.into_iter().collect()
});

/// Which lines of the list of short forms have a word, a bit for each.
static SHORT_FORMS: LazyLock<HashMap<&'static str, u64>> = LazyLock::new(|| {
    let mut forms = HashMap::new();
    for (at, line) in entries(include_str!("../../resources/short-forms.txt")).take(64).enumerate()
    {
        for word in line.split_whitespace() {
            *forms.entry(word).or_insert(0) |= 1 << at;
        }
    }
    forms
});

pub(super) fn particle(word: &str) -> Option<Particle> {
    PARTICLES.get(word).copied()
}

pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains(word)
}

/// The mark that words begin with, and of how many words it is.
pub(super) fn mark(words: &[String]) -> Option<(&'static str, usize)> {
    let (first, after) = words.split_first()?;
    let spellings = MARKS.get(first.as_str())?;
    spellings
        .iter()
        .find(|(rest, _)| rest.len() <= after.len() && rest.iter().zip(after).all(|(a, b)| a == b))
        .map(|(rest, mark)| (*mark, rest.len() + 1))
}

/// The lines of the list of short forms that have a word.
pub(super) fn short_forms(word: &str) -> u64 {
    SHORT_FORMS.get(word).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_whole() {
        let lines = entries(include_str!("../../resources/short-forms.txt")).count();
        assert!(lines <= 64, "{lines} lines for 64 bits");
        assert_ne!(short_forms("bill") & short_forms("william"), 0);
        let words = ["limited", "liability", "company", "x"].map(str::to_owned);
        assert_eq!(mark(&words), Some(("llc", 3)));
        assert_eq!(mark(&words[3..]), None);
    }
}
