//! The state, country or county that a text names beside a place: "Paris, Texas", "Lebanon (Pa.)",
//! "Ostby in southern Ostria", "Ohio's Dublin".

use std::ops::Range;

use crate::entry::Kind;
use crate::fold::{folded, owner};
use crate::gazetteer::{EntryId, Gazetteer};

/// So many bytes around a name are looked at.
const REACH: usize = 60;

/// So many words at most are one name.
const WORDS: usize = 4;

/// The areas that are named right after or before a name, by any of their names.
pub(crate) fn beside(gazetteer: &Gazetteer, text: &str, span: &Range<usize>) -> Vec<EntryId> {
    let mut found = after(gazetteer, text, span.end);
    found.extend(before(gazetteer, text, span.start));
    found.sort_unstable();
    found.dedup();
    found
}

fn after(gazetteer: &Gazetteer, text: &str, end: usize) -> Vec<EntryId> {
    let rest = text.get(end..).unwrap_or_default();
    let mut reach = rest.len().min(REACH);
    while !rest.is_char_boundary(reach) {
        reach -= 1;
    }
    let rest = &rest[..reach];
    let rest = ["'s", "’s"].iter().find_map(|own| rest.strip_prefix(own)).unwrap_or(rest);
    let mark = rest.trim_start();
    let marked = mark.strip_prefix([',', '(']);
    let mut rest = marked.unwrap_or(mark).trim_start();
    let mut linked = marked.is_some();
    for word in ["in ", "near ", "of "] {
        if let Some(after) = rest.strip_prefix(word) {
            (rest, linked) = (after.trim_start(), true);
            break;
        }
    }
    rest = rest.strip_prefix("the ").unwrap_or(rest);
    if !linked {
        return Vec::new();
    }
    for way in ["southern ", "northern ", "eastern ", "western ", "central "] {
        rest = rest.strip_prefix(way).unwrap_or(rest);
    }
    let ends = ends(rest);
    for many in (1..=ends.len()).rev() {
        let name = &rest[..ends[many - 1]];
        let found = areas(gazetteer, name, many);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Where the first words of a text end, as far as they may be one name.
fn ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut at = 0;
    for word in text.split(' ').take(WORDS) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.');
        if !bare.starts_with(char::is_alphabetic) {
            break;
        }
        ends.push(at + bare.len());
        if bare.len() < word.len() {
            break;
        }
        at += word.len() + 1;
    }
    ends
}

fn before(gazetteer: &Gazetteer, text: &str, start: usize) -> Vec<EntryId> {
    let head = text.get(..start).unwrap_or_default();
    let own = head.trim_end();
    // Of two names without a space between them, neither is the other's.
    if own.len() == head.len() || owner(own).len() == own.len() {
        return Vec::new();
    }
    let own = owner(own);
    let mut words = own.rsplit(' ');
    let (last, earlier) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let both = &own[own.len().saturating_sub(last.len() + 1 + earlier.len())..];
    let found = if earlier.is_empty() { Vec::new() } else { areas(gazetteer, both.trim(), 2) };
    if found.is_empty() { areas(gazetteer, last, 1) } else { found }
}

/// Countries and areas of a name that stands in a text, and counties of one of several words.
fn areas(gazetteer: &Gazetteer, name: &str, words: usize) -> Vec<EntryId> {
    if !name.starts_with(char::is_uppercase) {
        return Vec::new();
    }
    let key = folded(owner(name));
    // "In", "Or" and "Me" are words rather than states unless in capitals or with a full stop.
    let capitals = !name.contains(char::is_lowercase);
    if key.len() < 3 && !capitals && !name.ends_with('.') {
        return Vec::new();
    }
    let wide = |id: &EntryId| match gazetteer.entry(*id).kind {
        Kind::Country | Kind::Area => true,
        Kind::County => words > 1,
        _ => false,
    };
    gazetteer.bearing(&key).into_iter().map(|(id, _)| id).filter(wide).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_beside_a_name_is_seen_and_a_word_is_none() {
        let gazetteer = Gazetteer::own();
        let texas = gazetteer.coded("US.TX").unwrap();
        let indiana = gazetteer.coded("US.IN").unwrap();
        for (text, name, wanted, there) in [
            ("They met in Paris, Texas, on Monday.", "Paris", texas, true),
            ("They met in Paris (Tex.) again.", "Paris", texas, true),
            ("They met in Texas' Paris again.", "Paris", texas, true),
            ("From Paris in northern Texas he came.", "Paris", texas, true),
            ("They met in Paris. Texas was far.", "Paris", texas, false),
            ("They met in Paris, In a bar.", "Paris", indiana, false),
            ("They met in Paris, IN, again.", "Paris", indiana, true),
        ] {
            let start = text.find(name).unwrap();
            let found = beside(gazetteer, text, &(start..start + name.len()));
            assert_eq!(found.contains(&wanted), there, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,80}", start in 0_usize..90, length in 0_usize..9) {
            beside(Gazetteer::own(), &text, &(start..start + length));
        }
    }
}
