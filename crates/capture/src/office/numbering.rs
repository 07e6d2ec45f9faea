//! Numbers of paragraphs and marks of lists, which a file does not spell out.

use std::collections::BTreeMap;

use super::xml::{Sees, Tag, see};
use crate::counting::written;

/// The deepest level that is counted.
const LEVELS: usize = 10;

/// How the paragraphs of each list are numbered.
#[derive(Default)]
pub(super) struct Numbering {
    /// The pattern of each list.
    lists: BTreeMap<String, String>,
    patterns: BTreeMap<String, Vec<Level>>,
}

/// One level of a pattern.
#[derive(Clone, Debug)]
pub(super) struct Level {
    pub(super) start: u32,
    /// How its number is written: "decimal", "lowerLetter", …; "bullet" for a mark.
    pub(super) style: String,
    /// What is written, `%1` for the number of the first level and so on.
    pub(super) text: String,
}

impl Level {
    pub(super) fn plain() -> Level {
        Level { start: 1, style: "bullet".to_owned(), text: String::new() }
    }
}

impl Numbering {
    /// The numbering part of a Word document; without one, no paragraph is numbered.
    pub(super) fn of_word(part: Option<Vec<u8>>) -> Numbering {
        let mut reading = Reading::default();
        if let Some(part) = part
            && see(&part, "Word (.docx)", &mut reading).is_err()
        {
            return Numbering::default();
        }
        reading.numbering
    }

    /// Adds a pattern that is a list of its own.
    pub(super) fn add(&mut self, name: &str, levels: Vec<Level>) {
        self.lists.insert(name.to_owned(), name.to_owned());
        self.patterns.insert(name.to_owned(), levels);
    }
}

/// How far each list was counted.
#[derive(Default)]
pub(super) struct Counters {
    reached: BTreeMap<String, Vec<u32>>,
}

impl Counters {
    /// Counts a list from its start again.
    pub(super) fn restart(&mut self, list: &str) {
        self.reached.remove(list);
    }

    /// What stands before the next paragraph of a list at some level, from 0.
    pub(super) fn next(
        &mut self,
        numbering: &Numbering,
        list: &str,
        level: usize,
    ) -> Option<String> {
        let pattern = numbering.lists.get(list)?;
        let levels = numbering.patterns.get(pattern)?;
        let level = level.min(LEVELS - 1);
        let own = levels.get(level)?;
        let reached = self.reached.entry(pattern.clone()).or_default();
        reached.truncate(level + 1);
        while reached.len() < level {
            reached.push(levels.get(reached.len()).map_or(1, |level| level.start));
        }
        match reached.get_mut(level) {
            Some(number) => *number = number.saturating_add(1),
            None => reached.push(own.start),
        }
        if own.style == "bullet" {
            return Some("•".to_owned());
        }
        let mut text = own.text.clone();
        for (at, number) in reached.iter().enumerate() {
            let style = levels.get(at).map_or("decimal", |level| level.style.as_str());
            text = text.replace(&format!("%{}", at + 1), &written(*number, style));
        }
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

/// The numbering part while it goes by.
#[derive(Default)]
struct Reading {
    numbering: Numbering,
    pattern: Option<String>,
    list: Option<String>,
}

impl Sees for Reading {
    fn open(&mut self, name: &str, tag: &Tag) {
        let level = |reading: &mut Reading, set: fn(&mut Level, String)| {
            let levels =
                reading.pattern.as_ref().and_then(|p| reading.numbering.patterns.get_mut(p));
            if let (Some(level), Some(value)) =
                (levels.and_then(|levels| levels.last_mut()), tag.get("w:val"))
            {
                set(level, value);
            }
        };
        match name {
            "w:abstractNum" => {
                self.pattern = tag.get("w:abstractNumId");
                if let Some(pattern) = &self.pattern {
                    self.numbering.patterns.insert(pattern.clone(), Vec::new());
                }
            }
            "w:lvl" => {
                let levels = self.pattern.as_ref().and_then(|p| self.numbering.patterns.get_mut(p));
                if let Some(levels) = levels.filter(|levels| levels.len() < LEVELS) {
                    levels.push(Level { style: "decimal".to_owned(), ..Level::plain() });
                }
            }
            "w:start" => level(self, |level, value| level.start = value.parse().unwrap_or(1)),
            "w:numFmt" => level(self, |level, value| level.style = value),
            "w:lvlText" => level(self, |level, value| level.text = value),
            "w:num" => self.list = tag.get("w:numId"),
            "w:abstractNumId" => {
                if let (Some(list), Some(pattern)) = (self.list.clone(), tag.get("w:val")) {
                    self.numbering.lists.insert(list, pattern);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, _: &str) {}

    fn close(&mut self, name: &str) {
        match name {
            "w:abstractNum" => self.pattern = None,
            "w:num" => self.list = None,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_counted_within_each_other() {
        let level = |style: &str, text: &str| Level {
            start: 1,
            style: style.to_owned(),
            text: text.to_owned(),
        };
        let mut numbering = Numbering::default();
        let levels = vec![level("decimal", "%1."), level("lowerLetter", "%1(%2)"), Level::plain()];
        numbering.add("1", levels);
        let mut counters = Counters::default();
        let mut at = |level| counters.next(&numbering, "1", level).unwrap();
        assert_eq!(
            [at(0), at(1), at(1), at(2), at(0), at(1)],
            ["1.", "1(a)", "1(b)", "•", "2.", "2(a)"]
        );
        assert_eq!(Counters::default().next(&numbering, "9", 0), None);
    }
}
