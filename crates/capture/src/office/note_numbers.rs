//! The numbers of notes: those at the foot of a page and those at the end are counted apart.

use super::xml::{Sees, Tag, see};
use crate::counting::written;

/// How notes are numbered, and how far each kind was counted.
pub(super) struct NoteNumbers {
    footnotes: Kind,
    endnotes: Kind,
}

struct Kind {
    /// How a number is written: "decimal", "lowerRoman".
    style: String,
    reached: u32,
}

impl NoteNumbers {
    /// As programs number notes of which the file says nothing, but for endnotes, of which each has
    /// a way of its own.
    pub(super) fn with_endnotes(style: &str) -> NoteNumbers {
        let kind = |style: &str| Kind { style: style.to_owned(), reached: 0 };
        NoteNumbers { footnotes: kind("decimal"), endnotes: kind(style) }
    }

    /// As the settings of a Word document say.
    pub(super) fn of_word(settings: Option<Vec<u8>>) -> NoteNumbers {
        let mut reading = Reading { numbers: NoteNumbers::with_endnotes("lowerRoman"), of: None };
        if let Some(part) = settings
            && see(&part, "Word (.docx)", &mut reading).is_err()
        {
            return NoteNumbers::with_endnotes("lowerRoman");
        }
        reading.numbers
    }

    /// How numbers of endnotes are written from now on.
    pub(super) fn write_endnotes(&mut self, style: &str) {
        style.clone_into(&mut self.endnotes.style);
    }

    /// The number of the next note, as it stands in print.
    pub(super) fn next(&mut self, endnote: bool) -> String {
        let kind = if endnote { &mut self.endnotes } else { &mut self.footnotes };
        kind.reached += 1;
        written(kind.reached, &kind.style)
    }
}

/// The settings while they go by.
struct Reading {
    numbers: NoteNumbers,
    /// Whether what is told is of endnotes.
    of: Option<bool>,
}

impl Sees for Reading {
    fn open(&mut self, name: &str, tag: &Tag) {
        match (name, self.of) {
            ("w:footnotePr", _) => self.of = Some(false),
            ("w:endnotePr", _) => self.of = Some(true),
            ("w:numFmt", Some(endnote)) => {
                let numbers = &mut self.numbers;
                let kind = if endnote { &mut numbers.endnotes } else { &mut numbers.footnotes };
                kind.style = tag.get("w:val").unwrap_or_default();
            }
            _ => {}
        }
    }

    fn text(&mut self, _: &str) {}

    fn close(&mut self, name: &str) {
        if matches!(name, "w:footnotePr" | "w:endnotePr") {
            self.of = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_counted_for_itself() {
        let settings = |style: &str| {
            let endnotes = format!("<w:endnotePr><w:numFmt w:val='{style}'/></w:endnotePr>");
            Some(format!("<w:settings><w:footnotePr/>{endnotes}</w:settings>").into_bytes())
        };
        for (settings, want) in [
            (settings("upperLetter"), ["1", "A", "2", "B"]),
            (None, ["1", "i", "2", "ii"]),
            (Some(b"<w:settings>".to_vec()), ["1", "i", "2", "ii"]),
        ] {
            let mut numbers = NoteNumbers::of_word(settings);
            assert_eq!([false, true, false, true].map(|endnote| numbers.next(endnote)), want);
        }
    }
}
