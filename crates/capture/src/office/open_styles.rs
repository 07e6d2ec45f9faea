//! The styles of an OpenDocument text: which paragraph is its title, which list is numbered how.

use std::collections::BTreeMap;

use super::numbering::{Level, Numbering};
use super::xml::{Sees, Tag};
use crate::pdf::printed_number;

pub(super) const FORMAT: &str = "OpenDocument (.odt)";

/// Styles of a text, from the part that has the common ones and from the text itself.
#[derive(Default)]
pub(super) struct OpenStyles {
    styles: BTreeMap<String, Style>,
    pub(super) numbering: Numbering,
    /// The language of text by default.
    pub(super) language: Option<String>,
    /// The lines of running heads and feet, each once.
    pub(super) heads_and_feet: Vec<String>,
    open: Option<String>,
    defaults: bool,
    list: Option<(String, Vec<Level>)>,
    head: Option<String>,
}

#[derive(Clone, Default)]
struct Style {
    parent: Option<String>,
    breaks: bool,
    /// Whether it says that its text is hidden.
    hides: Option<bool>,
    /// Whether a line goes through its text.
    strikes: Option<bool>,
}

impl OpenStyles {
    /// A style and those that it is based on, the nearest first.
    fn with_bases<'s>(
        &'s self,
        name: &'s str,
    ) -> impl Iterator<Item = (&'s str, Option<&'s Style>)> {
        const LONGEST: usize = 12;
        let found = |name: &'s str| (name, self.styles.get(name));
        std::iter::successors(Some(found(name)), move |(_, style)| {
            style.and_then(|style| style.parent.as_deref()).map(found)
        })
        .take(LONGEST)
    }

    /// Whether paragraphs of a style are the title, by themselves or by what they are based on.
    pub(super) fn is_title(&self, style: &str) -> bool {
        self.with_bases(style).any(|(name, _)| name == "Title")
    }

    /// Whether text of a style is hidden, by itself or by what it is based on.
    pub(super) fn is_hidden(&self, style: &str) -> bool {
        self.with_bases(style).find_map(|(_, style)| style?.hides).unwrap_or(false)
    }

    /// Whether text of a style is struck out, if the style or what it is based on says so.
    pub(super) fn strikes(&self, style: &str) -> Option<bool> {
        self.with_bases(style).find_map(|(_, style)| style?.strikes)
    }

    /// Whether a paragraph of a style begins a page.
    pub(super) fn breaks_page(&self, style: &str) -> bool {
        self.styles.get(style).is_some_and(|style| style.breaks)
    }
}

impl Sees for OpenStyles {
    fn open(&mut self, name: &str, tag: &Tag) {
        match name {
            "style:style" => {
                self.open = tag.get("style:name");
                if let Some(name) = self.open.clone() {
                    let parent = tag.get("style:parent-style-name");
                    // A style that sets another layout for its pages begins one.
                    let breaks = tag.get("style:master-page-name").is_some_and(|n| !n.is_empty());
                    self.styles.insert(name, Style { parent, breaks, ..Style::default() });
                }
            }
            "style:default-style" => {
                self.defaults = tag.get("style:family").is_some_and(|family| family == "paragraph");
            }
            "style:text-properties" if self.open.is_some() => {
                let style = self.open.as_ref().and_then(|open| self.styles.get_mut(open));
                let Some(style) = style else { return };
                style.hides = tag.get("text:display").map(|shown| shown == "none").or(style.hides);
                let line = ["style", "type"].map(|of| format!("style:text-line-through-{of}"));
                let line = line.iter().find_map(|name| tag.get(name));
                style.strikes = line.map(|line| line != "none").or(style.strikes);
            }
            "style:text-properties" if self.defaults => {
                let country = tag.get("fo:country").filter(|country| country != "none");
                self.language = tag.get("fo:language").map(|language| match country {
                    Some(country) => format!("{language}-{country}"),
                    None => language,
                });
            }
            "style:paragraph-properties" => {
                let style = self.open.as_ref().and_then(|open| self.styles.get_mut(open));
                if let Some(style) = style {
                    style.breaks |= tag.get("fo:break-before").is_some_and(|at| at == "page");
                }
            }
            "text:s" | "text:tab" => self.text(" "),
            "text:list-style" => {
                self.list = Some((tag.get("style:name").unwrap_or_default(), Vec::new()));
            }
            "text:list-level-style-bullet" | "text:list-level-style-image" => {
                if let Some((_, levels)) = &mut self.list {
                    levels.push(Level::plain());
                }
            }
            "text:list-level-style-number" => {
                if let Some((_, levels)) = &mut self.list {
                    levels.push(number(tag, levels.len() + 1));
                }
            }
            _ if name.starts_with("style:header") || name.starts_with("style:footer") => {
                let text = !name.ends_with("style");
                self.head = text.then(String::new);
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        const LONGEST: usize = 1_000;
        if let Some(head) = self.head.as_mut().filter(|head| head.len() < LONGEST) {
            head.push_str(text);
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "style:style" => self.open = None,
            "style:default-style" => self.defaults = false,
            "text:list-style" => {
                if let Some((name, levels)) = self.list.take() {
                    self.numbering.add(&name, levels);
                }
            }
            "text:p" => {
                let line = self.head.as_mut().map(std::mem::take).unwrap_or_default();
                let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
                let says = line.chars().any(char::is_alphabetic) && printed_number(&line).is_none();
                if says && !self.heads_and_feet.contains(&line) {
                    self.heads_and_feet.push(line);
                }
            }
            _ if name.starts_with("style:header") || name.starts_with("style:footer") => {
                self.head = None;
            }
            _ => {}
        }
    }
}

/// How a level is numbered: with the numbers of some levels above it before its own.
fn number(tag: &Tag, level: usize) -> Level {
    let shown = tag.get("text:display-levels").and_then(|shown| shown.parse().ok()).unwrap_or(1);
    let from = level.saturating_sub(shown) + 1;
    let numbers: Vec<String> = (from.min(level)..=level).map(|at| format!("%{at}")).collect();
    let part = |name: &str| tag.get(name).unwrap_or_default();
    let style = part("style:num-format");
    let style = if style.is_empty() { "none".to_owned() } else { style };
    Level {
        start: tag.get("text:start-value").and_then(|start| start.parse().ok()).unwrap_or(1),
        style: if style == "1" { "decimal".to_owned() } else { style },
        text: format!(
            "{}{}{}",
            part("style:num-prefix"),
            numbers.join("."),
            part("style:num-suffix")
        ),
    }
}
