//! What the file says about parts of a page: no part of the text, hidden, or to be read otherwise.

use hayro_syntax::object::{Dict, Name, String as Words};

use super::glyph::Letters;
use super::words::words_of;

/// How deep marks may lie in one another; those below are counted only.
const DEEPEST: usize = 64;

/// The marks around the place that is being drawn.
#[derive(Default)]
pub(super) struct Marks {
    open: Vec<Mark>,
    beyond: usize,
}

struct Mark {
    artifact: bool,
    hidden: bool,
    /// What all letters within stand for together, until the first of them was put.
    actual: Option<Actual>,
}

enum Actual {
    Waiting(Box<str>),
    Said,
}

impl Marks {
    pub(super) fn begin(&mut self, tag: &Name, about: Option<&Dict>, hidden: bool) {
        if self.open.len() >= DEEPEST {
            self.beyond += 1;
            return;
        }
        let actual = about
            .and_then(|about| about.get::<Words>(b"ActualText"))
            .map(|words| Actual::Waiting(actual_text(words.as_bytes())));
        self.open.push(Mark { artifact: tag.as_ref() == b"Artifact", hidden, actual });
    }

    pub(super) fn end(&mut self) {
        match self.beyond.checked_sub(1) {
            Some(left) => self.beyond = left,
            None => drop(self.open.pop()),
        }
    }

    /// What holds for a drawing that is drawn here.
    pub(super) fn inherited(&self) -> Marks {
        let open = match (self.is_artifact(), self.is_hidden()) {
            (false, false) => Vec::new(),
            (artifact, hidden) => vec![Mark { artifact, hidden, actual: None }],
        };
        Marks { open, beyond: 0 }
    }

    pub(super) fn is_artifact(&self) -> bool {
        self.open.iter().any(|mark| mark.artifact)
    }

    pub(super) fn is_hidden(&self) -> bool {
        self.open.iter().any(|mark| mark.hidden)
    }

    /// What a letter drawn here stands for, or `None` if another has said it already.
    pub(super) fn stand_for(&mut self, letters: Letters) -> Option<Letters> {
        match self.open.iter_mut().find_map(|mark| mark.actual.as_mut()) {
            None => Some(letters),
            Some(Actual::Said) => None,
            Some(waiting) => match std::mem::replace(waiting, Actual::Said) {
                Actual::Waiting(text) => Some(Letters::Several(text)),
                Actual::Said => None,
            },
        }
    }
}

/// The text that is said instead; a soft hyphen alone is kept, since it tells that a word goes on.
fn actual_text(bytes: &[u8]) -> Box<str> {
    words_of(bytes).into()
}
