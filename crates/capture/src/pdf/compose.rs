//! Paragraphs to a text with its zones and pages.

use throughline_model::{Page, Span, Zone, ZoneRole};

use super::join::{Words, add_line};
use super::paragraph::Paragraph;
use crate::letters::seen;

/// What the parts of a document become.
#[derive(Default)]
pub(super) struct Composed {
    pub(super) text: String,
    pub(super) zones: Vec<Zone>,
    pub(super) pages: Vec<Page>,
    /// Where each page begins first, by its place from 0.
    pub(super) begins: Vec<(usize, u32)>,
}

/// The text of a document: parts in order, each on lines of its own, a blank line between.
///
/// A page begins where its first line does, in the middle of a sentence or a word if need be. A note
/// stands after the paragraph that it interrupted; since that may have run on to the next page, a
/// page can begin more than once.
pub(super) fn compose(
    parts: &[(ZoneRole, Paragraph)],
    names: &[String],
    words: &Words,
) -> Composed {
    let mut out = Composed::default();
    let mut current = None;
    for (role, paragraph) in parts {
        if !out.text.is_empty() {
            out.text.push_str("\n\n");
        }
        let start = out.text.len();
        for (page, line) in &paragraph.lines {
            // A hyphen that waits for the next line is none to see.
            let mut seen = seen(line).into_owned();
            seen.extend(line.ends_with('\u{AD}').then_some('\u{AD}'));
            let at = add_line(&mut out.text, &seen, start, words);
            if current != Some(*page) {
                current = Some(*page);
                let name = names.get(*page).cloned().unwrap_or_default();
                let at = Span::new(at, at).start;
                if !out.begins.iter().any(|(begun, _)| begun == page) {
                    out.begins.push((*page, at));
                }
                out.pages.push(Page { name, start: at });
            }
        }
        // A hyphen that waited for a next line is no part of the text.
        while out.text.len() > start && out.text.ends_with(['\u{AD}', ' ']) {
            out.text.pop();
        }
        let end = out.text.len();
        if end > start {
            out.zones.push(Zone { role: *role, span: Span::new(start, end) });
        } else {
            out.text.truncate(start.saturating_sub(2));
        }
    }
    let end = Span::new(out.text.len(), out.text.len()).end;
    out.pages.iter_mut().for_each(|page| page.start = page.start.min(end));
    out.begins.iter_mut().for_each(|(_, at)| *at = (*at).min(end));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_begin_within_sentences_and_words() {
        let paragraph = |lines: &[(usize, &str)]| Paragraph {
            lines: lines.iter().map(|(page, text)| (*page, (*text).to_owned())).collect(),
            ..Paragraph::default()
        };
        let parts = [
            (
                ZoneRole::Body,
                paragraph(&[(0, "A man was seen at the sta-"), (1, "tion that day.")]),
            ),
            (ZoneRole::Body, paragraph(&[(0, "1 Evidence of Ada Marsh.")])),
            (ZoneRole::Body, paragraph(&[(1, "He fled.")])),
        ];
        let names = ["iv".to_owned(), "v".to_owned()];
        let found = compose(&parts, &names, &Words::default());
        assert_eq!(
            found.text,
            "A man was seen at the station that day.\n\n1 Evidence of Ada Marsh.\n\nHe fled."
        );
        let pages: Vec<(&str, &str)> = found
            .pages
            .iter()
            .map(|page| (page.name.as_str(), &found.text[page.start as usize..][..4]))
            .collect();
        assert_eq!(pages, [("iv", "A ma"), ("v", "tion"), ("iv", "1 Ev"), ("v", "He f")]);
    }
}
