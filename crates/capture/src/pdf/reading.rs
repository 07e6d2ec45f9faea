//! All pages of a PDF to one text.

use hayro_syntax::Pdf;
use hayro_syntax::object::Dict;
use hayro_syntax::page::Page as Sheet;
use throughline_model::{Page, Picture, Sha256, Span, Zone, ZoneRole};

use super::about::{About, about};
use super::columns::parts;
use super::compose::compose;
use super::content::Letterer;
use super::furniture::{PageLines, printed_number, set_apart};
use super::glyph::{Glyph, UNTOLD};
use super::join::{Words, without_soft_hyphens};
use super::line::{Line, lines};
use super::notes::{mark, take_notes, without_marks};
use super::numbers;
use super::paragraph::{Paragraph, Setting, add_part, ends_a_sentence, is_numbered};
use super::pictures::Pictures;
use crate::MAX_TEXT_BYTES;

/// What a PDF holds, but for its bytes.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) title: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) language: Option<String>,
    pub(super) text: String,
    pub(super) zones: Vec<Zone>,
    pub(super) pages: Vec<Page>,
    pub(super) pictures: Vec<Picture>,
    /// What each page is called, and where each that has text begins.
    names: Vec<String>,
    begins: Vec<(usize, u32)>,
    /// The bytes of the pictures, each once.
    pub(super) files: Vec<Vec<u8>>,
    pub(super) notes: Vec<String>,
}

/// Pages of which something is to be told, by their place from 0.
#[derive(Default)]
struct Told {
    pictured: Vec<usize>,
    cut: Vec<usize>,
    untold: Vec<usize>,
}

impl Found {
    pub(super) fn of<'a>(pdf: &'a Pdf, catalog: &Dict<'a>, sheets: &'a [Sheet<'a>]) -> Found {
        let about = about(pdf, catalog);
        let mut letterer = Letterer::new(about.hidden.clone());
        let mut told = Told::default();
        let mut length = 0usize;
        let mut pages: Vec<PageLines> = Vec::new();
        let mut pictures = Pictures::default();
        for (at, sheet) in sheets.iter().enumerate() {
            let found = letterer.letters(sheet);
            if found.cut {
                told.cut.push(at);
            }
            if found.glyphs.is_empty() && found.pictures {
                told.pictured.push(at);
            }
            pictures.take(pdf, at, &found.drawn, found.glyphs.len());
            let page = page_lines(found.glyphs);
            let texts = || page.parts.iter().flatten().map(|line| line.text.as_str());
            let (untold, all) =
                texts().flat_map(str::chars).fold((0, 0), |(untold, all), letter| {
                    (untold + usize::from(letter == UNTOLD), all + 1)
                });
            if untold * 10 > all {
                told.untold.push(at);
            }
            length += texts().map(|text| text.len() + 1).sum::<usize>();
            pages.push(page);
            // The caller refuses a text over the limit; more of it need not be read.
            if length as u64 > 2 * MAX_TEXT_BYTES {
                break;
            }
        }
        set_apart(&mut pages);
        let names = names(catalog, &pages);
        Found::composed(pages, names, about, &told).illustrated(pictures)
    }

    fn composed(mut pages: Vec<PageLines>, names: Vec<String>, about: About, told: &Told) -> Found {
        let setting = Setting::of(pages.iter().flat_map(|page| page.parts.iter()));
        let mut words = Words::default();
        for line in pages.iter().flat_map(|page| page.parts.iter().flatten()) {
            words.add(&line.text);
        }
        let parts = body(&mut pages, setting);
        let title = titled(&parts, setting, about.title.as_deref());
        let mut parts: Vec<(ZoneRole, Paragraph)> = parts
            .into_iter()
            .enumerate()
            .map(|(at, part)| {
                let headline = title.as_ref().is_some_and(|title| title.parts.contains(&at));
                let role = match part {
                    _ if headline => ZoneRole::Headline,
                    _ if is_heading(&part, setting) => ZoneRole::Section,
                    _ => ZoneRole::Body,
                };
                (role, part)
            })
            .collect();
        let furniture = furniture(&pages);
        let mut notes = about.notes;
        if !furniture.is_empty() {
            notes.push(
                "lines that come again at the edges of pages stand once, at the end of the text"
                    .to_owned(),
            );
        }
        parts.extend(furniture.into_iter().map(|part| (ZoneRole::Section, part)));
        let composed = compose(&parts, &names, &words);
        told.push_to(&names, composed.text.is_empty(), &mut notes);
        Found {
            title: title.map(|title| title.words).or(about.title),
            byline: about.author,
            language: about.language,
            text: composed.text,
            zones: composed.zones,
            pages: composed.pages,
            names,
            begins: composed.begins,
            notes,
            ..Found::default()
        }
    }

    /// Adds the pictures, each before the text of the page that draws it: where on the page it is
    /// says little of where it belongs in the text.
    fn illustrated(mut self, pictures: Pictures) -> Found {
        pictures.push_to(&mut self.notes);
        let end = Span::new(self.text.len(), self.text.len()).end;
        for (number, (page, bytes)) in pictures.taken.into_iter().enumerate() {
            let sha256 = Sha256::of(&bytes);
            let after = self.begins.iter().filter(|(begun, _)| *begun >= page);
            self.pictures.push(Picture {
                sha256: Some(sha256),
                name: format!("picture {} on page {}", number + 1, name(page, &self.names)),
                caption: None,
                at: Some(after.map(|(_, at)| *at).min().unwrap_or(end)),
            });
            if !self.files.contains(&bytes) {
                self.files.push(bytes);
            }
        }
        self.pictures.sort_by_key(|picture| picture.at);
        self
    }
}

impl Told {
    fn push_to(&self, names: &[String], empty: bool, notes: &mut Vec<String>) {
        let say = |pages: &[usize], what: &str, notes: &mut Vec<String>| match pages {
            [] => {}
            [one] => notes.push(format!("page {} {what}", name(*one, names))),
            _ => notes.push(format!("pages {} {what}", ranges(pages, names))),
        };
        if empty && !self.pictured.is_empty() {
            notes.push("no text layer: the pages are pictures; kept as bytes".to_owned());
        } else if empty {
            notes.push("no text in it; kept as bytes".to_owned());
        } else {
            say(&self.pictured, "without a text layer: a picture only", notes);
        }
        say(&self.untold, "not wholly legible: a font does not say which letters it draws", notes);
        say(&self.cut, "not wholly read: more is drawn there than a page holds", notes);
    }
}

fn name(page: usize, names: &[String]) -> &str {
    names.get(page).map_or("?", String::as_str)
}

/// Pages as people write them: "3, 5 to 7".
fn ranges(pages: &[usize], names: &[String]) -> String {
    let mut out: Vec<String> = Vec::new();
    for run in pages.chunk_by(|one, next| next - one == 1) {
        let (first, last) = (name(run[0], names), name(run[run.len() - 1], names));
        match run.len() {
            1 => out.push(first.to_owned()),
            2 => out.extend([first.to_owned(), last.to_owned()]),
            _ => out.push(format!("{first} to {last}")),
        }
    }
    out.join(", ")
}

/// The lines of a page in the order in which they are read; what is turned comes after the rest.
fn page_lines(glyphs: Vec<Glyph>) -> PageLines {
    let mut turned: [Vec<Glyph>; 4] = Default::default();
    for glyph in glyphs {
        turned[usize::from(glyph.turn % 4)].push(glyph);
    }
    turned.sort_by_key(|glyphs| std::cmp::Reverse(glyphs.len()));
    PageLines {
        parts: turned.into_iter().flat_map(|glyphs| parts(lines(glyphs))).collect(),
        furniture: Vec::new(),
    }
}

/// What the pages are called: labels of the file, numbers printed on them, else their order.
fn names(catalog: &Dict, pages: &[PageLines]) -> Vec<String> {
    let printed = || {
        let numbers: Vec<Vec<String>> = pages
            .iter()
            .map(|page| {
                let last_word = |line: &Line| line.text.split(' ').next_back().map(str::to_owned);
                let first_word = |line: &Line| line.text.split(' ').next().map(str::to_owned);
                page.furniture
                    .iter()
                    .flat_map(|line| {
                        let own = printed_number(&line.text).into_iter();
                        own.chain(last_word(line)).chain(first_word(line))
                    })
                    .filter_map(|text| printed_number(&text))
                    .collect()
            })
            .collect();
        numbers::from_print(&numbers)
    };
    numbers::labels(catalog, pages.len())
        .or_else(printed)
        .unwrap_or_else(|| (1..=pages.len()).map(|number| number.to_string()).collect())
}

/// The paragraphs of all pages in order, notes after the paragraph that they interrupt.
fn body(pages: &mut [PageLines], setting: Setting) -> Vec<Paragraph> {
    let mut done: Vec<Paragraph> = Vec::new();
    // The paragraph that may run on comes last; notes wait until it has ended.
    let mut open: Vec<Paragraph> = Vec::new();
    let mut waiting: Vec<Paragraph> = Vec::new();
    let mut carried = false;
    for (at, page) in pages.iter_mut().enumerate() {
        let notes = take_notes(page, setting.size, carried);
        let marks: Vec<String> =
            notes.iter().filter_map(|note| mark(&note.first()?.text)).collect();
        for part in &mut page.parts {
            for line in part.iter_mut() {
                line.text = without_soft_hyphens(&without_marks(&line.text, &marks, false));
            }
            add_part(part, at, setting, &mut open);
            // All but the last paragraph have ended.
            if open.len() > 1 {
                let last = open.pop();
                let mut ended = open.drain(..);
                done.extend(ended.next());
                done.append(&mut waiting);
                done.extend(ended);
                open.extend(last);
            }
        }
        for (place, note) in notes.into_iter().enumerate() {
            let mut lines = note
                .iter()
                .map(|line| (at, without_soft_hyphens(&without_marks(&line.text, &marks, true))));
            let runs_on = place == 0
                && carried
                && note.first().is_some_and(|line| mark(&line.text).is_none());
            match waiting.last_mut().filter(|_| runs_on) {
                Some(before) => before.lines.extend(lines),
                None => waiting.push(Paragraph {
                    size: note.first().map_or(0.0, |line| line.size),
                    bold: false,
                    lines: lines.by_ref().collect(),
                }),
            }
            carried = note.last().is_some_and(|line| !ends_a_sentence(&line.text));
        }
        if page.parts.is_empty() {
            carried = false;
        }
    }
    done.append(&mut open);
    done.append(&mut waiting);
    done
}

/// The headline, and which parts say it.
struct Title {
    words: String,
    parts: Vec<usize>,
}

/// The headline: the title that the file gives where it stands on the first page, or what is set
/// largest there.
fn titled(parts: &[Paragraph], setting: Setting, given: Option<&str>) -> Option<Title> {
    const LONGEST: usize = 300;
    let first_page = parts.first()?.lines.first()?.0;
    let mut on_first = (0..parts.len())
        .take_while(|at| parts[*at].lines.first().is_some_and(|(page, _)| *page == first_page));
    let letters = |text: &str| -> String {
        text.chars()
            .filter(|letter| letter.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    if let Some(given) = given {
        let said = letters(given);
        if let Some(at) = on_first.clone().find(|at| letters(&parts[*at].words()) == said) {
            return Some(Title { words: given.to_owned(), parts: vec![at] });
        }
    }
    let largest = on_first.clone().map(|at| parts[at].size).fold(0.0, f32::max);
    if largest < 1.15 * setting.size {
        return None;
    }
    let alike = |at: &usize| parts[*at].size > 0.97 * largest;
    let first = on_first.find(alike)?;
    let run: Vec<usize> = (first..parts.len()).take_while(alike).collect();
    // What is set as large again further on are headings, and this is the first of them.
    if (first + run.len()..parts.len()).any(|at| alike(&at)) {
        return None;
    }
    let texts: Vec<String> = run.iter().map(|at| parts[*at].words()).collect();
    let words = texts.join(" ");
    (words.len() <= LONGEST && words.chars().any(char::is_alphabetic))
        .then_some(Title { words, parts: run })
}

/// Whether a part is a heading within the text: short, without a full stop, bold or larger.
fn is_heading(part: &Paragraph, setting: Setting) -> bool {
    const LONGEST: usize = 120;
    let words = part.words();
    let apart = part.bold || part.size > 1.08 * setting.size;
    apart
        && words.len() <= LONGEST
        && part.lines.len() <= 2
        && (!ends_a_sentence(&words) || is_numbered(&words))
}

/// What was set apart at the edges of pages: each line once, as it stands where it comes first.
fn furniture(pages: &[PageLines]) -> Vec<Paragraph> {
    let mut seen = std::collections::BTreeSet::new();
    let mut parts = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        for line in &page.furniture {
            let text = without_marks(&line.text, &[], true);
            let shape: String = text.chars().filter(|letter| letter.is_alphabetic()).collect();
            let number = printed_number(&text).is_some();
            if !number && !shape.is_empty() && seen.insert(shape) {
                parts.push(Paragraph { lines: vec![(at, text)], size: line.size, bold: line.bold });
            }
        }
    }
    parts
}
