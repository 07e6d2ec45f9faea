//! The parts of a Word document beside its body: styles, relations, notes, running heads.

use std::collections::BTreeMap;

use super::package::Package;
use super::xml::{Sees, Tag, see};
use crate::Cause;
use crate::pdf::printed_number;

pub(super) const FORMAT: &str = "Word (.docx)";

/// What the body refers to.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) styles: BTreeMap<String, Style>,
    /// The language that the styles set for all text.
    pub(super) language: Option<String>,
    /// For each relation, the part it leads to; `None` if it leads out of the file.
    pub(super) relations: BTreeMap<String, Option<String>>,
    /// The text of notes, by whether it is an endnote and by its id.
    pub(super) notes: BTreeMap<(bool, String), String>,
}

/// What a style says of its paragraphs.
#[derive(Clone, Default)]
pub(super) struct Style {
    pub(super) title: bool,
    pub(super) heading: bool,
    /// A line of a table of contents.
    pub(super) contents: bool,
    pub(super) list: Option<(String, usize)>,
    /// Whether its letters are hidden, and whether they are struck out.
    pub(super) hides: Option<bool>,
    pub(super) strikes: Option<bool>,
    based_on: Option<String>,
}

impl Parts {
    pub(super) fn of(package: &mut Package) -> Result<Parts, Cause> {
        let mut parts = Parts::default();
        if let Some(part) = package.part("word/styles.xml")? {
            let mut reading = Styles::default();
            if see(&part, FORMAT, &mut reading).is_ok() {
                parts.styles = resolved(reading.styles);
                parts.language = reading.language;
            }
        }
        if let Some(part) = package.part("word/_rels/document.xml.rels")? {
            let mut relations = Relations(&mut parts.relations);
            see(&part, FORMAT, &mut relations)?;
        }
        for (name, endnotes) in [("word/footnotes.xml", false), ("word/endnotes.xml", true)] {
            if let Some(part) = package.part(name)? {
                let mut notes = Paragraphs::default();
                see(&part, FORMAT, &mut notes)?;
                parts
                    .notes
                    .extend(notes.found.into_iter().map(|(id, text)| ((endnotes, id), text)));
            }
        }
        Ok(parts)
    }
}

/// The lines of running heads and feet, each once.
pub(super) fn heads_and_feet(package: &mut Package) -> Result<Vec<String>, Cause> {
    let mut names: Vec<String> = package
        .names()
        .into_iter()
        .filter(|name| name.starts_with("word/header") || name.starts_with("word/footer"))
        .collect();
    names.sort();
    let mut lines: Vec<String> = Vec::new();
    for name in names {
        let mut paragraphs = Paragraphs::default();
        if let Some(part) = package.part(&name)? {
            see(&part, FORMAT, &mut paragraphs)?;
        }
        for (_, line) in paragraphs.found {
            let says = line.chars().any(char::is_alphabetic) && printed_number(&line).is_none();
            if says && !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    Ok(lines)
}

/// Styles with what those that they are based on say.
fn resolved(styles: BTreeMap<String, Style>) -> BTreeMap<String, Style> {
    const LONGEST: usize = 12;
    let whole = |style: &Style| {
        let mut whole = style.clone();
        let mut base = style.based_on.as_ref().and_then(|base| styles.get(base));
        for _ in 0..LONGEST {
            let Some(found) = base else { break };
            whole.title |= found.title;
            whole.heading |= found.heading;
            whole.contents |= found.contents;
            whole.list = whole.list.or(found.list.clone());
            whole.hides = whole.hides.or(found.hides);
            whole.strikes = whole.strikes.or(found.strikes);
            base = found.based_on.as_ref().and_then(|base| styles.get(base));
        }
        whole
    };
    styles.iter().map(|(id, style)| (id.clone(), whole(style))).collect()
}

#[derive(Default)]
struct Styles {
    styles: BTreeMap<String, Style>,
    language: Option<String>,
    open: Option<String>,
    /// Whether the walk is in what holds for all text, or in the style of paragraphs that name none,
    /// which comes after it.
    defaults: bool,
    plain: bool,
}

impl Sees for Styles {
    fn open(&mut self, name: &str, tag: &Tag) {
        let value = || tag.get("w:val");
        match name {
            "w:docDefaults" => self.defaults = true,
            "w:lang" if self.defaults || self.plain => {
                self.language = value().or_else(|| self.language.take());
            }
            "w:style" => {
                let on = tag.get("w:default").is_some_and(|on| on == "1" || on == "true");
                self.plain = on && tag.get("w:type").is_some_and(|kind| kind == "paragraph");
                self.open = tag.get("w:styleId");
                if let Some(id) = &self.open {
                    self.styles.insert(id.clone(), Style::default());
                }
            }
            _ => {}
        }
        let Some(style) = self.open.as_ref().and_then(|id| self.styles.get_mut(id)) else { return };
        match name {
            // Names of built-in styles are English whatever the program's language.
            "w:name" => {
                let name = value().unwrap_or_default().to_lowercase();
                style.title = name == "title";
                style.heading = name.starts_with("heading");
                style.contents = name.starts_with("toc ");
            }
            "w:basedOn" => style.based_on = value(),
            "w:outlineLvl" => style.heading |= value().is_some_and(|level| level != "9"),
            "w:ilvl" => {
                let level = value().and_then(|level| level.parse().ok()).unwrap_or(0);
                style.list.get_or_insert_default().1 = level;
            }
            "w:numId" => style.list.get_or_insert_default().0 = value().unwrap_or_default(),
            "w:vanish" => style.hides = Some(is_on(tag)),
            // By one line or by two.
            "w:strike" | "w:dstrike" => {
                style.strikes = Some(is_on(tag) || style.strikes == Some(true));
            }
            _ => {}
        }
    }

    fn text(&mut self, _: &str) {}

    fn close(&mut self, name: &str) {
        match name {
            "w:docDefaults" => self.defaults = false,
            "w:style" => (self.open, self.plain) = (None, false),
            _ => {}
        }
    }
}

struct Relations<'r>(&'r mut BTreeMap<String, Option<String>>);

impl Sees for Relations<'_> {
    fn open(&mut self, name: &str, tag: &Tag) {
        let (Some(id), Some(target)) = (tag.get("Id"), tag.get("Target")) else { return };
        if name != "Relationship" {
            return;
        }
        let outside = tag.get("TargetMode").is_some_and(|mode| mode == "External");
        let within = match target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None => format!("word/{target}"),
        };
        self.0.insert(id, (!outside).then_some(within));
    }

    fn text(&mut self, _: &str) {}

    fn close(&mut self, _: &str) {}
}

/// Paragraphs of notes and of running heads, with the id of the note they stand in; those of one
/// note are one text.
#[derive(Default)]
struct Paragraphs {
    found: Vec<(String, String)>,
    note: Option<String>,
    open: String,
    in_text: bool,
    skipped: usize,
    /// Whether the letters of the open run are hidden or struck out.
    gone: bool,
}

impl Sees for Paragraphs {
    fn open(&mut self, name: &str, tag: &Tag) {
        match name {
            "w:footnote" | "w:endnote" => self.note = tag.get("w:id"),
            "w:del" | "w:moveFrom" | "mc:Fallback" => self.skipped += 1,
            "w:r" => self.gone = false,
            "w:vanish" | "w:strike" | "w:dstrike" => self.gone |= is_on(tag),
            "w:t" => self.in_text = self.skipped == 0 && !self.gone,
            "w:tab" | "w:br" => self.open.push(' '),
            "w:noBreakHyphen" => self.open.push('-'),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text {
            self.open.push_str(text);
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "w:t" => self.in_text = false,
            "w:del" | "w:moveFrom" | "mc:Fallback" => {
                self.skipped = self.skipped.saturating_sub(1);
            }
            "w:p" => {
                let text = self.open.split_whitespace().collect::<Vec<_>>().join(" ");
                self.open.clear();
                if text.is_empty() {
                    return;
                }
                let id = self.note.clone().unwrap_or_default();
                match self.found.last_mut().filter(|(last, _)| self.note.is_some() && *last == id) {
                    Some((_, before)) => *before = format!("{before} {text}"),
                    None => self.found.push((id, text)),
                }
            }
            "w:footnote" | "w:endnote" => self.note = None,
            _ => {}
        }
    }
}

/// Whether a property is on, which it is unless it says that it is not.
pub(super) fn is_on(tag: &Tag) -> bool {
    tag.get("w:val").is_none_or(|value| !matches!(value.as_str(), "false" | "0" | "off"))
}
