//! Names of places that a reader of names leaves out: who comes from one, states in the names of
//! bodies ("Ohio Department of Health"), and what is a place elsewhere in the text.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::candidates::{self, key};
use crate::entry::Kind;
use crate::gazetteer::{Bears, Gazetteer};

/// So many words at most are one name.
const WORDS: usize = 5;

/// A first-level area is found by itself from so many inhabitants on; smaller ones have names that
/// are mostly something else ("North", "Centre").
const LARGE_AREA: u32 = 400_000;

/// Names in a text, as a reader of names has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// Names of places.
    pub places: Vec<Range<usize>>,
    /// Names of people, in which no place is looked for.
    pub people: Vec<Range<usize>>,
}

/// The names of places in a text: those read, without words in small letters around them, and those
/// that the gazetteer knows beside them. In the order of the text, none within another.
pub fn find(gazetteer: &Gazetteer, text: &str, read: &Read) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> =
        read.places.iter().flat_map(|span| parts(gazetteer, text, span)).collect();
    let known: BTreeSet<String> =
        found.iter().map(|span| key(&text[span.clone()])).filter(|key| key.len() > 2).collect();
    let words = words(text);
    let mut taken: Vec<Range<usize>> = found.iter().chain(&read.people).cloned().collect();
    taken.sort_by_key(|span| (span.start, span.end));
    let mut at = 0;
    while at < words.len() {
        let run = (1..=WORDS.min(words.len() - at)).rev().find_map(|many| {
            let span = words[at].start..words[at + many - 1].end;
            let free = !overlaps(&taken, &span);
            (free && is_run(text, &words[at..at + many]))
                .then(|| name(gazetteer, text, span, &known))
                .flatten()
                .map(|span| (many, span))
        });
        match run {
            Some((many, span)) => {
                found.push(span);
                at += many;
            }
            None => at += 1,
        }
    }
    found.sort_by_key(|span| (span.start, span.end));
    found.dedup_by(|later, earlier| later.start < earlier.end);
    found
}

/// Whether one of spans in order overlaps another.
fn overlaps(taken: &[Range<usize>], span: &Range<usize>) -> bool {
    // Spans that are read do not overlap much, so that few before the last need be looked at.
    let after = taken.partition_point(|one| one.start < span.end);
    taken[..after].iter().rev().take(4).any(|one| one.end > span.start)
}

/// The names in a span that was read: "Ostby, Marl" is two, "eastern Ostria" is "Ostria".
fn parts(gazetteer: &Gazetteer, text: &str, span: &Range<usize>) -> Vec<Range<usize>> {
    let Some(whole) = text.get(span.clone()) else { return Vec::new() };
    let mut parts = Vec::new();
    let mut start = span.start;
    for part in whole.split(", ") {
        let mut within = start..start + part.len();
        start = within.end + 2;
        // Words in small letters name a part or a kind: "province".
        let small = |word: &str| word.starts_with(char::is_lowercase);
        while let Some((first, _)) = text[within.clone()].split_once(' ').filter(|(w, _)| small(w))
        {
            within.start += first.len() + 1;
        }
        while let Some((_, last)) = text[within.clone()].rsplit_once(' ').filter(|(_, w)| small(w))
        {
            within.end -= last.len() + 1;
        }
        if !within.is_empty() {
            parts.push(with_stop(gazetteer, text, within));
        }
    }
    parts
}

/// A name with the full stop that makes it short for another: "Pa.".
fn with_stop(gazetteer: &Gazetteer, text: &str, span: Range<usize>) -> Range<usize> {
    let short = |name: &str| {
        let bearing = candidates::bearing(gazetteer, name);
        bearing.iter().any(|(_, bears)| *bears == Bears::Short)
    };
    let stopped = text[span.end..].starts_with('.') && !text[span.clone()].ends_with('.');
    let letters = text[span.clone()].chars().filter(|c| c.is_alphabetic()).count();
    let lower = text[span.clone()].contains(char::is_lowercase) || text[span.clone()].contains('.');
    let end = usize::from(stopped && letters < 6 && lower && short(&text[span.clone()]));
    span.start..span.end + end
}

/// The words of a text: letters with the marks within them.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        let inner = matches!(letter, '.' | '\'' | '’' | '-') && start.is_some();
        match (letter.is_alphabetic() || inner, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let word = text[from..at].trim_end_matches(['.', '\'', '’', '-']);
                words.push(from..from + word.len());
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// Whether words may be one name: a space apart, the first and the last in capitals.
fn is_run(text: &str, words: &[Range<usize>]) -> bool {
    let capital = |word: &Range<usize>| text[word.clone()].starts_with(char::is_uppercase);
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let near = |pair: &[Range<usize>]| {
        let between = &text[pair[0].end..pair[1].start];
        between == " " || between == ". "
    };
    capital(first) && capital(last) && words.windows(2).all(near)
}

/// The span of words that the gazetteer knows as a name by themselves.
fn name(
    gazetteer: &Gazetteer,
    text: &str,
    span: Range<usize>,
    known: &BTreeSet<String>,
) -> Option<Range<usize>> {
    let written = text.get(span.clone())?;
    let bare = crate::fold::owner(written);
    let span = span.start..span.start + bare.len();
    let key = key(written);
    if known.contains(&key) {
        return Some(with_stop(gazetteer, text, span));
    }
    let span = with_stop(gazetteer, text, span);
    let written = &text[span.clone()];
    let telling = candidates::bearing(gazetteer, written).into_iter().any(|(id, bears)| {
        let entry = gazetteer.entry(id);
        match (entry.kind, bears) {
            // In capitals or with a full stop; else it is a word ("Ill", "Wash").
            (_, Bears::Short) => written.ends_with('.') || !written.contains(char::is_lowercase),
            (_, Bears::Other) => false,
            (Kind::Country | Kind::Disputed, _) => true,
            (Kind::Region, _) => key.len() > 3,
            (Kind::Area, _) => entry.population >= LARGE_AREA && key.len() > 3,
            (Kind::County, Bears::Main) => key.ends_with(" county") || key.ends_with(" parish"),
            _ => false,
        }
    });
    telling.then_some(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(text: &'t str, places: &[&str], people: &[&str]) -> Vec<&'t str> {
        let spans = |names: &[&str]| {
            let span = |name: &&str| text.find(name).map(|at| at..at + name.len());
            names.iter().filter_map(span).collect()
        };
        let read = Read { places: spans(places), people: spans(people) };
        find(Gazetteer::own(), text, &read).into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn what_a_reader_leaves_out_is_found() {
        let text = "The Ohio Department of Health spoke to Turkish papers in Lima, Ohio.";
        assert_eq!(found(text, &["Lima"], &[]), ["Ohio", "Turkish", "Lima", "Ohio"]);
        let text = "In Ruel the Ruel Police Department met U.S. agents from Erie, Pa., too.";
        assert_eq!(found(text, &["Ruel"], &[]), ["Ruel", "Ruel", "U.S.", "Pa."]);
        let text = "Walker County's sheriff was ill. Ill he stayed.";
        assert_eq!(found(text, &[], &[]), ["Walker County"]);
    }

    #[test]
    fn no_place_is_found_in_the_name_of_a_person_or_with_words_in_small_letters() {
        let text = "Jordan Marl went to eastern Turkey and Anhui province.";
        let places = ["eastern Turkey", "Anhui province"];
        assert_eq!(found(text, &places, &["Jordan Marl"]), ["Turkey", "Anhui"]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_spans_in_order_that_do_not_overlap(
            text in "([A-Z]?[a-z]{0,4}[ .,'é]|U\\.S\\. |Ohio |Pa\\., ){0,20}",
            read in proptest::collection::vec((0_usize..60, 1_usize..9), 0..4),
        ) {
            let places = read.iter().map(|(start, length)| *start..start + length);
            let places = places.filter(|span| text.get(span.clone()).is_some()).collect();
            let found = find(Gazetteer::own(), &text, &Read { places, people: Vec::new() });
            proptest::prop_assert!(found.iter().all(|span| text.get(span.clone()).is_some()));
            proptest::prop_assert!(found.windows(2).all(|two| two[0].end <= two[1].start));
        }
    }
}
