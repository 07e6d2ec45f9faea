//! The text of an office document while it is put together.

use throughline_model::{Document, Page, Picture, Span, Zone, ZoneRole};

use crate::letters::{is_seen, one_line, seen};

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Title,
    Heading,
    Text,
    /// Running heads and feet.
    Furniture,
}

/// Paragraphs in order, each on lines of its own, a blank line between.
#[derive(Default)]
pub(super) struct Flow {
    text: String,
    zones: Vec<Zone>,
    pages: Vec<Page>,
    pictures: Vec<Picture>,
    title: Option<String>,
    /// The paragraph that is open, and the pages and pictures within it.
    open: String,
    breaks: Vec<usize>,
    drawn: Vec<(usize, Picture)>,
    page: u32,
    /// Whether pages were counted at all.
    paged: bool,
    /// Notes of the open paragraph, which come after it.
    waiting: Vec<String>,
}

impl Flow {
    /// Adds to the open paragraph; white space is one blank, unless it breaks a line.
    pub(super) fn push(&mut self, text: &str) {
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            if !is_seen(letter, self.open.chars().next_back(), letters.peek().copied()) {
                continue;
            }
            let after_blank = self.open.ends_with([' ', '\n']) || self.open.is_empty();
            match letter {
                '\n' => {
                    let end = self.open.trim_end().len();
                    self.open.truncate(end);
                    if !self.open.is_empty() {
                        self.open.push('\n');
                    }
                }
                _ if letter.is_whitespace() && after_blank => {}
                _ if letter.is_whitespace() => self.open.push(' '),
                _ => self.open.push(letter),
            }
        }
        let end = self.open.len();
        self.breaks.iter_mut().for_each(|at| *at = (*at).min(end));
        self.drawn.iter_mut().for_each(|(at, _)| *at = (*at).min(end));
    }

    pub(super) fn is_blank(&self) -> bool {
        self.open.trim().is_empty()
    }

    /// Whether anything stands before the open paragraph.
    pub(super) fn has_text(&self) -> bool {
        !self.text.is_empty()
    }

    /// What is said in place of the last picture, or under it.
    pub(super) fn caption(&mut self, caption: &str) {
        if let Some((_, picture)) = self.drawn.last_mut().filter(|_| !caption.is_empty()) {
            picture.caption = Some(one_line(caption)).filter(|caption| !caption.is_empty());
        }
    }

    /// A page ends here.
    pub(super) fn break_page(&mut self) {
        self.paged = true;
        self.breaks.push(self.open.len());
    }

    /// A picture stands here.
    pub(super) fn picture(&mut self, picture: Picture) {
        self.drawn.push((self.open.len(), picture));
    }

    /// A note to the open paragraph, with its number.
    pub(super) fn note(&mut self, text: String) {
        self.waiting.push(seen(&text).into_owned());
    }

    /// Ends the open paragraph, and puts its notes after it.
    pub(super) fn end(&mut self, kind: Kind) {
        let open = std::mem::take(&mut self.open);
        let (breaks, drawn) = (std::mem::take(&mut self.breaks), std::mem::take(&mut self.drawn));
        let start = self.text.len();
        let gap = if start == 0 || open.trim().is_empty() { 0 } else { 2 };
        let place = |at: usize| start + gap + at.min(open.trim_end().len());
        for at in breaks {
            self.page += 1;
            self.pages.push(page(self.page + 1, place(at)));
        }
        for (at, picture) in drawn {
            let at = Span::new(place(at), place(at)).start;
            self.pictures.push(Picture { at: Some(at), ..picture });
        }
        self.put(open.trim_end(), kind);
        for note in std::mem::take(&mut self.waiting) {
            self.put(note.trim(), Kind::Text);
        }
    }

    fn put(&mut self, paragraph: &str, kind: Kind) {
        if paragraph.is_empty() {
            return;
        }
        // The first heading above all text is the headline, too.
        let first = self.zones.is_empty() && kind == Kind::Heading;
        let role = match kind {
            Kind::Title => ZoneRole::Headline,
            Kind::Heading if first => ZoneRole::Headline,
            Kind::Heading | Kind::Furniture => ZoneRole::Section,
            Kind::Text => ZoneRole::Body,
        };
        if role == ZoneRole::Headline && self.title.is_none() {
            self.title = Some(paragraph.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(paragraph);
        self.zones.push(Zone { role, span: Span::new(start, self.text.len()) });
    }

    /// Gives a document its text, zones, pages and pictures; the headline comes before a title that
    /// the document has already.
    pub(super) fn finish(mut self, document: &mut Document) {
        self.end(Kind::Text);
        if self.paged {
            self.pages.insert(0, page(1, 0));
            let end = Span::new(self.text.len(), self.text.len()).end;
            self.pages.iter_mut().for_each(|page| page.start = page.start.min(end));
        }
        document.title = self.title.or(document.title.take());
        document.text = self.text;
        document.zones = self.zones;
        document.pages = self.pages;
        document.pictures = self.pictures;
        let end = Span::new(document.text.len(), document.text.len()).end;
        for picture in &mut document.pictures {
            picture.at = picture.at.map(|at| at.min(end));
        }
    }
}

fn page(number: u32, start: usize) -> Page {
    Page { name: number.to_string(), start: Span::new(start, start).start }
}

#[cfg(test)]
mod tests {
    use throughline_model::Sha256;

    use super::*;

    #[test]
    fn pages_begin_within_paragraphs_and_notes_follow_them() {
        let mut flow = Flow::default();
        flow.push("The  report");
        flow.end(Kind::Title);
        flow.push("A man was");
        flow.break_page();
        flow.push(" seen.");
        flow.note("1 By Ada Marsh.".to_owned());
        flow.end(Kind::Text);
        let mut document = Document::bare(Sha256::of(b""));
        flow.finish(&mut document);
        assert_eq!(document.text, "The report\n\nA man was seen.\n\n1 By Ada Marsh.");
        assert_eq!(document.title.as_deref(), Some("The report"));
        let second = document.pages[1].start as usize;
        assert_eq!(&document.text[second..second + 6], " seen.");
    }
}
