//! What a document says of itself, as office programs keep it apart from the text.

use throughline_model::{Document, Stamp};

use super::xml::{Sees, Tag, see};
use super::{likely_author, likely_language, likely_title};

/// The properties of a document.
#[derive(Default)]
pub(super) struct Properties {
    found: Vec<(String, String)>,
    open: Option<String>,
}

impl Sees for Properties {
    fn open(&mut self, name: &str, _: &Tag) {
        self.open = Some(name.to_owned());
        self.found.push((name.to_owned(), String::new()));
    }

    fn text(&mut self, text: &str) {
        const LONGEST: usize = 2_000;
        if let (Some(_), Some((_, value))) = (&self.open, self.found.last_mut())
            && value.len() < LONGEST
        {
            value.push_str(text);
        }
    }

    fn close(&mut self, _: &str) {
        self.open = None;
    }
}

impl Properties {
    /// Reads a part of properties; a damaged one says nothing.
    pub(super) fn of(part: Option<Vec<u8>>, format: &'static str) -> Properties {
        let mut properties = Properties::default();
        if let Some(part) = part
            && see(&part, format, &mut properties).is_err()
        {
            return Properties::default();
        }
        properties
    }

    fn get(&self, names: &[&str]) -> Option<&str> {
        let find = |name: &&str| self.found.iter().find(|(found, _)| found == name);
        names.iter().find_map(find).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// Gives a document what can be believed of it: a title and an author that no program made up,
    /// nothing more. When a file was made or saved is no date of a publication; both stay notes.
    pub(super) fn tell(&self, document: &mut Document) {
        document.title = self.get(&["dc:title"]).and_then(likely_title);
        document.byline = self.get(&["meta:initial-creator", "dc:creator"]).and_then(likely_author);
        if let Some(language) = self.get(&["dc:language"]).and_then(likely_language) {
            document.language = Some(language);
        }
        let stamp = |names: &[&str]| self.get(names).and_then(stamp);
        let made = stamp(&["dcterms:created", "meta:creation-date"]);
        tell_moments(made, stamp(&["dcterms:modified", "dc:date"]), document);
    }
}

/// Notes when a file was made and last changed: neither is a date of a publication.
pub(crate) fn tell_moments(made: Option<Stamp>, changed: Option<Stamp>, document: &mut Document) {
    if let Some(made) = &made {
        document.notes.push(format!(
            "the file says that it was made on {}, which is no date of publication",
            made.date()
        ));
    }
    // A file that was never changed after it was made tells no change.
    let after = |at: &Stamp| made.as_ref().is_none_or(|made| made.seconds() < at.seconds());
    if let Some(changed) = changed.filter(after) {
        document.notes.push(format!(
            "the file says that it was last changed on {}, which says nothing of its publication",
            changed.date()
        ));
    }
}

/// A moment as office programs write it; fractions of a second say nothing here.
pub(crate) fn stamp(text: &str) -> Option<Stamp> {
    let (moment, fraction) = text.split_once('.').unwrap_or((text, ""));
    let zone = fraction.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let stamp: Stamp = format!("{moment}{zone}").parse().ok()?;
    let year = stamp.as_str().get(..4)?.parse::<u16>().ok()?;
    // Programs write the beginning of their own time where they know none.
    (1981..3000).contains(&year).then_some(stamp)
}
