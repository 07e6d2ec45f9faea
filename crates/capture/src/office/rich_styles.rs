//! The styles of an RTF file, by the numbers that its paragraphs give.

use std::collections::HashMap;

use super::flow::Kind;

#[derive(Default)]
pub(super) struct Styles {
    names: HashMap<i32, String>,
    /// The number and the name of the style that is open.
    open: (i32, String),
}

impl Styles {
    /// A style begins.
    pub(super) fn begin(&mut self, number: i32) {
        self.open.0 = number;
    }

    /// A piece of the name of the style that is open, which ends with a semicolon.
    pub(super) fn name(&mut self, text: &str) {
        const LONGEST: usize = 2_000;
        const MOST: usize = 10_000;
        if self.open.1.len() < LONGEST {
            self.open.1.push_str(text);
        }
        if self.open.1.contains(';') {
            let (number, name) = std::mem::take(&mut self.open);
            if self.names.len() < MOST {
                self.names.insert(number, name.trim_matches([';', ' ']).to_lowercase());
            }
        }
    }

    /// What a paragraph of a style and a level is.
    pub(super) fn kind(&self, style: Option<i32>, level: Option<i32>) -> Kind {
        let style = style.and_then(|style| self.names.get(&style));
        match style.map(String::as_str) {
            Some("title") => Kind::Title,
            Some(style) if style.starts_with("heading") => Kind::Heading,
            _ if level.is_some_and(|level| (0..9).contains(&level)) => Kind::Heading,
            _ => Kind::Text,
        }
    }
}
