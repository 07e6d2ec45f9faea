//! What an RTF file says of itself: title, author, when it was made and changed.

use throughline_model::{Document, Stamp};

use super::rich_places::Place;
use super::{about, likely_author, likely_title};

#[derive(Default)]
pub(super) struct About {
    title: String,
    author: String,
    made: [i32; 5],
    changed: [i32; 5],
}

impl About {
    pub(super) fn title(&mut self, text: &str) {
        push(&mut self.title, text);
    }

    pub(super) fn author(&mut self, text: &str) {
        push(&mut self.author, text);
    }

    /// Whether an author was named; of two, the first wrote the text.
    pub(super) fn has_author(&self) -> bool {
        !self.author.is_empty()
    }

    /// A part of when the file was made or changed (`\\yr2019`).
    pub(super) fn moment(&mut self, place: Place, word: &str, number: Option<i32>) {
        let at = ["yr", "mo", "dy", "hr", "min"].iter().position(|part| *part == word);
        let moment = match place {
            Place::Made => &mut self.made,
            Place::Changed => &mut self.changed,
            _ => return,
        };
        if let (Some(at), Some(number)) = (at, number) {
            moment[at] = number;
        }
    }

    pub(super) fn tell(&self, document: &mut Document) {
        document.title = likely_title(&self.title);
        document.byline = likely_author(&self.author);
        about::tell_moments(stamp(self.made), stamp(self.changed), document);
    }
}

fn push(into: &mut String, text: &str) {
    const LONGEST: usize = 2_000;
    if into.len() < LONGEST {
        into.push_str(text);
    }
}

/// A moment by its parts, without a zone, which rich text does not tell.
fn stamp([year, month, day, hour, minute]: [i32; 5]) -> Option<Stamp> {
    about::stamp(&format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00"))
}
