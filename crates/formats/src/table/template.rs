//! Texts with columns in braces, and the cells that fill them.

use std::collections::BTreeMap;

use crate::FormatError;

/// A text with columns in braces: `{city}, {country}`. `{{` is a brace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Words(String),
    Column(String),
}

impl Template {
    pub(super) fn column(name: &str) -> Template {
        Template(vec![Part::Column(name.to_owned())])
    }

    pub(super) fn read(text: &str) -> Result<Template, FormatError> {
        let mut parts = Vec::new();
        let mut words = String::new();
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '{' | '}' if letters.peek() == Some(&letter) => {
                    letters.next();
                    words.push(letter);
                }
                '{' => {
                    let name: String =
                        letters.by_ref().take_while(|letter| *letter != '}').collect();
                    parts.push(Part::Words(std::mem::take(&mut words)));
                    parts.push(Part::Column(name));
                }
                '}' => {
                    return Err(FormatError::new(format!(
                        "{text:?}: a brace closes that none opens; write }}}} for a brace"
                    )));
                }
                letter => words.push(letter),
            }
        }
        parts.push(Part::Words(words));
        Ok(Template(parts))
    }

    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Column(name) => Some(name.as_str()),
            Part::Words(_) => None,
        })
    }

    /// The first column, to blame it.
    pub(super) fn first(&self) -> Option<String> {
        self.columns().next().map(str::to_owned)
    }

    /// The text for a row; empty if every column that it names is.
    pub(super) fn fill(&self, cells: &Cells) -> String {
        let mut any = self.columns().next().is_none();
        let mut text = String::new();
        for part in &self.0 {
            match part {
                Part::Words(words) => text.push_str(words),
                Part::Column(name) => {
                    let cell = cells.get(name);
                    any |= !cell.is_empty();
                    text.push_str(cell);
                }
            }
        }
        if any { text.trim().to_owned() } else { String::new() }
    }
}

/// The cells of a row by their columns.
pub(super) struct Cells<'a> {
    pub(super) by_name: BTreeMap<&'a str, &'a str>,
}

impl Cells<'_> {
    pub(super) fn get(&self, name: &str) -> &str {
        self.by_name.get(name).copied().unwrap_or_default()
    }
}
