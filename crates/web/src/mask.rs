//! Ids in the readers' edition.
//!
//! An id is a hash of texts: whoever guessed a withheld name could tell from the id of a document or
//! a mention whether the guess is right. So pages for readers show each id as another of the same
//! form, by a permutation of all ids whose key is drawn anew when the server starts. Addresses hold
//! for as long as it is served, and lead nowhere in any other run.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

use throughline_model::{DocumentId, Fingerprint, Sha256, SubjectKind};

/// A permutation of all ids.
#[derive(Debug)]
pub(crate) struct Mask {
    key: Sha256,
}

/// How often the halves are mixed: four times make a permutation that looks like chance, and more
/// cost nothing.
const ROUNDS: u64 = 8;

const HALF: u64 = (1 << 30) - 1;

/// How many letters an id has after its prefix and dash.
const LETTERS: usize = 12;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    On,
    Off,
}

impl Mask {
    /// A permutation that nobody knows: its key comes from the system's own chance, by way of the
    /// keys of the standard library's tables.
    pub(crate) fn new() -> Mask {
        let chance = (0..4).map(|_| RandomState::new().build_hasher().finish());
        Mask { key: chance.fold(Fingerprint::new("mask"), Fingerprint::number).finish() }
    }

    /// A text with every id masked.
    pub(crate) fn on(&self, text: &str) -> String {
        self.each(text, Way::On)
    }

    /// A text with every id as it is in the casebook.
    pub(crate) fn off(&self, text: &str) -> String {
        self.each(text, Way::Off)
    }

    fn each(&self, text: &str, way: Way) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('-') {
            let (before, after) = (&rest[..at], &rest[at + 1..]);
            out.push_str(before);
            out.push('-');
            rest = after;
            if let Some((prefix, bits)) = id(before, after) {
                let [.., letters] = split(DocumentId::from_bits(self.permuted(prefix, bits, way)));
                out.push_str(&letters);
                rest = &after[LETTERS..];
            }
        }
        out.push_str(rest);
        out
    }

    /// Sixty bits as two halves, each mixed into the other in turn.
    fn permuted(&self, prefix: &str, bits: u64, way: Way) -> u64 {
        let (mut left, mut right) = (bits >> 30, bits & HALF);
        for step in 0..ROUNDS {
            let round = if way == Way::On { step } else { ROUNDS - 1 - step };
            (left, right) = match way {
                Way::On => (right, left ^ self.mixed(prefix, round, right)),
                Way::Off => (right ^ self.mixed(prefix, round, left), left),
            };
        }
        left << 30 | right
    }

    fn mixed(&self, prefix: &str, round: u64, half: u64) -> u64 {
        let key = Fingerprint::new("round").field(&self.key.0).field(prefix.as_bytes());
        let Sha256(bytes) = key.number(round).number(half).finish();
        let mut head = [0; 8];
        head.copy_from_slice(&bytes[..8]);
        u64::from_le_bytes(head) & HALF
    }
}

/// The id whose dash stands between two stretches of a text: its prefix, and its bits.
fn id<'t>(before: &'t str, after: &str) -> Option<(&'t str, u64)> {
    let at = before.len().checked_sub(3)?;
    let prefix = before.get(at..)?;
    let known = ["doc", "ast", "jdg", "pic"].contains(&prefix)
        || SubjectKind::ALL.iter().any(|kind| kind.prefix() == prefix);
    let alone = !before[..at].ends_with(char::is_alphanumeric)
        && !after.get(LETTERS..)?.starts_with(char::is_alphanumeric);
    let letters = after.get(..LETTERS)?;
    let bits = format!("doc-{letters}").parse::<DocumentId>().ok()?.bits();
    (known && alone).then_some((prefix, bits))
}

fn split(id: DocumentId) -> [String; 2] {
    let text = id.to_string();
    let (prefix, letters) = text.split_at(text.len() - LETTERS);
    [prefix.to_owned(), letters.to_owned()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_masked_and_found_again_and_nothing_else_is_touched() {
        let mask = Mask::new();
        let id = DocumentId::from_bits(7).to_string();
        let person = id.replace("doc", "per");
        let text = format!("<a href=\"/people/{person}#x\">{id}</a> {id}9 x{id} do-c pre-war {id}");
        let masked = mask.on(&text);
        assert_eq!(mask.off(&masked), text);
        assert_eq!(masked.len(), text.len());
        assert!(!masked.contains(&format!(">{id}<")) && !masked.contains(&person), "{masked}");
        // What only looks like one stays: an id has an end.
        assert!(masked.contains(&format!("{id}9 x{id} do-c pre-war ")), "{masked}");
        assert!(!masked.ends_with(&id), "{masked}");
        // Equal letters of two kinds of id are masked apart.
        let letters = |id: &str| mask.on(id)[4..].to_owned();
        assert_ne!(letters(&id), letters(&person));
        assert_ne!(Mask::new().on(&id), mask.on(&id), "each run has a key of its own");
    }
}
