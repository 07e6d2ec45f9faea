//! Pictures and drawings of an RTF file while they go by.

use throughline_model::{Picture, Sha256};

use super::flow::Flow;

/// What the pictures of one file may have together, in bytes.
const MOST_BYTES: usize = 48 << 20;

/// How much of a property is kept, in bytes.
const LONGEST: usize = 2_000;

/// The pictures that were taken, and what is open.
#[derive(Default)]
pub(super) struct Drawings {
    /// The bytes of each picture, once.
    pub(super) pictures: Vec<Vec<u8>>,
    bytes: usize,
    open: Option<Drawn>,
    /// A property of a drawing or a picture: its name and its value.
    property: (String, String),
    /// What is said in place of the picture of the drawing that is open, and whether that picture
    /// has gone by.
    caption: Option<String>,
    shown: bool,
}

/// A picture while its digits go by.
#[derive(Default)]
struct Drawn {
    extension: Option<&'static str>,
    bytes: Vec<u8>,
    digit: Option<u8>,
    caption: Option<String>,
}

impl Drawings {
    /// A drawing begins.
    pub(super) fn begin(&mut self) {
        (self.caption, self.shown) = (None, false);
    }

    pub(super) fn begin_picture(&mut self) {
        self.open = Some(Drawn::default());
    }

    /// Of which format the open picture is.
    pub(super) fn is_of(&mut self, extension: &'static str) {
        if let Some(picture) = &mut self.open {
            picture.extension = Some(extension);
        }
    }

    /// Digits of the open picture.
    pub(super) fn digits(&mut self, digits: &[u8]) {
        let room = MOST_BYTES.saturating_sub(self.bytes);
        let Some(picture) = self.open.as_mut().filter(|picture| picture.extension.is_some()) else {
            return;
        };
        for digit in digits.iter().filter_map(|digit| char::from(*digit).to_digit(16)) {
            let digit = digit as u8;
            match picture.digit.take() {
                Some(high) if picture.bytes.len() < room => picture.bytes.push(high << 4 | digit),
                Some(_) => picture.extension = None,
                None => picture.digit = Some(digit),
            }
        }
    }

    /// The open picture is complete.
    pub(super) fn end_picture(&mut self, flow: &mut Flow) {
        let Some(picture) = self.open.take() else { return };
        let Drawn { extension: Some(extension), bytes, caption, .. } = picture else { return };
        if bytes.is_empty() {
            return;
        }
        self.bytes += bytes.len();
        let name = format!("picture {}.{extension}", self.pictures.len() + 1);
        let sha256 = Some(Sha256::of(&bytes));
        let caption = caption.or_else(|| self.caption.take());
        flow.picture(Picture { sha256, name, caption, at: None });
        self.shown = true;
        if !self.pictures.contains(&bytes) {
            self.pictures.push(bytes);
        }
    }

    pub(super) fn begin_property(&mut self) {
        self.property = Default::default();
    }

    /// A piece of a property's name.
    pub(super) fn name(&mut self, text: &str) {
        push(&mut self.property.0, text);
    }

    /// A piece of its value.
    pub(super) fn value(&mut self, text: &str) {
        push(&mut self.property.1, text);
    }

    /// A property is complete: what is said in place of a picture stands within the picture, or
    /// beside it in its drawing, before it or after.
    pub(super) fn end_property(&mut self, flow: &mut Flow) {
        let (name, value) = std::mem::take(&mut self.property);
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.trim() != "wzDescription" || value.is_empty() {
            return;
        }
        match &mut self.open {
            Some(picture) => picture.caption = Some(value),
            None if self.shown => flow.caption(&value),
            None => self.caption = Some(value),
        }
    }
}

fn push(into: &mut String, text: &str) {
    if into.len() < LONGEST {
        into.push_str(text);
    }
}
