//! What holds within a group of an RTF file, and in the groups in it until they say otherwise.

use super::rich_places::Place;

#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) place: Place,
    pub(super) font: i32,
    /// How many pieces stand after a letter of Unicode for programs that do not know it.
    pub(super) spare: usize,
    pub(super) hidden: bool,
    pub(super) deleted: bool,
    pub(super) struck: bool,
    /// The style of the paragraph, its level, and whether it is in a table.
    pub(super) style: Option<i32>,
    pub(super) level: Option<i32>,
    pub(super) in_table: bool,
    /// The number of the language, and of that of East Asian signs.
    pub(super) language: Option<i32>,
    pub(super) eastern: Option<i32>,
    /// Where the drawing stands that is open, and whether that is in a table.
    pub(super) around: Place,
    pub(super) in_cell: bool,
}

impl State {
    /// What holds where a file begins.
    pub(super) fn first() -> State {
        State {
            place: Place::Body,
            font: 0,
            spare: 1,
            hidden: false,
            deleted: false,
            struck: false,
            style: None,
            level: None,
            in_table: false,
            language: None,
            eastern: None,
            around: Place::Body,
            in_cell: false,
        }
    }

    /// Letters are as usual again (`\\plain`).
    pub(super) fn letters_as_usual(&mut self, font: i32) {
        (self.font, self.hidden, self.deleted, self.struck) = (font, false, false, false);
        (self.language, self.eastern) = (None, None);
    }

    /// The paragraph is as usual again (`\\pard`).
    pub(super) fn paragraph_as_usual(&mut self) {
        (self.style, self.level, self.in_table) = (None, None, false);
    }

    /// The place whose text is read: that around a drawing, for the text in it.
    pub(super) fn text_of(&self) -> Place {
        if self.place == Place::Box { self.around } else { self.place }
    }

    /// Whether paragraphs stand in a cell, so that a row holds them together.
    pub(super) fn is_in_a_row(&self) -> bool {
        self.in_table || self.in_cell
    }
}
