//! Books (.epub): pages of the web in an order, packed with what is said of all of them.
//!
//! A book is one document. Its chapters are read as pages are, but for what only sites have around an
//! article; nothing outside the file is fetched, and no program in it is run.

mod package;
mod xhtml;

use std::collections::HashSet;

use throughline_model::{Document, Picture, Sha256, Span, Zone, ZoneRole};

use self::package::{Book, Item};
use crate::beside::Absent;
use crate::date::published_date;
use crate::html::{Chapter, decode_page, read_chapter};
use crate::office::{MAX_OFFICE_BYTES, Package, likely_language, tell_moments};
use crate::{Cause, Given, Illustrated, MAX_PAGE_BYTES, MAX_TEXT_BYTES};

const FORMAT: &str = "EPUB";

/// The largest book that is read, in bytes.
pub const MAX_EPUB_BYTES: u64 = MAX_OFFICE_BYTES;

/// The most chapters of a book.
const MOST_CHAPTERS: usize = 10_000;

/// What the pictures of a book may have together, in bytes.
const MOST_PICTURES: usize = 64 << 20;

/// A document from the bytes of a book, with the pictures in it: its chapters in the order of its
/// spine, those that it sets beside that order after the others, its table of contents as section
/// lines.
///
/// Its date is the one that it gives for its publication; when the file was made or changed is a note.
///
/// # Errors
/// [`Cause::Locked`] if its chapters are encrypted; [`Cause::TooLarge`], [`Cause::Swollen`];
/// [`Cause::Empty`] if there is nothing to read in it; [`Cause::Unsound`] if it is no book, or has
/// none of its chapters.
pub fn read_epub(bytes: &[u8], given: &Given) -> Result<Illustrated, Cause> {
    let mut package = Package::open(bytes, FORMAT)?;
    let book = Book::of(&mut package)?;
    let mut reading = Reading::new(Document::bare(Sha256::of(bytes)));
    reading.say(&book, given);
    let mut chapters: Vec<&Item> = book.spine().take(MOST_CHAPTERS).collect();
    if book.spine().count() > MOST_CHAPTERS {
        reading.document.notes.push(format!("only the first {MOST_CHAPTERS} chapters are read"));
    }
    let mut seen = HashSet::new();
    chapters.retain(|item| seen.insert(item.part.as_str()));
    let mut missing = 0usize;
    for item in chapters {
        match package.part(&item.part)? {
            Some(page) => reading.add(&page, item, &mut package)?,
            None => missing += 1,
        }
    }
    if let Some(cover) = book.cover().filter(|cover| !reading.shown.contains(&cover.part)) {
        let bytes = package.part(&cover.part)?;
        reading.cover(bytes, &cover.part);
    }
    match missing {
        0 => {}
        1 => reading.document.notes.push("a chapter of it is not in the file".to_owned()),
        many => reading.document.notes.push(format!("{many} of its chapters are not in the file")),
    }
    match reading.finished() {
        // Not even one of its chapters is there.
        Err(Cause::Empty) if missing > 0 => Err(Cause::Unsound { format: FORMAT }),
        finished => finished,
    }
}

/// A book while it is read.
struct Reading {
    document: Document,
    pictures: Vec<Vec<u8>>,
    /// The parts of the pictures that came along.
    shown: HashSet<String>,
    size: usize,
    /// Whether its title has its place in the text.
    titled: bool,
    struck: bool,
    left_out: usize,
}

impl Reading {
    fn new(document: Document) -> Reading {
        Reading {
            document,
            pictures: Vec::new(),
            shown: HashSet::new(),
            size: 0,
            titled: false,
            struck: false,
            left_out: 0,
        }
    }

    /// Says what the book says of itself.
    fn say(&mut self, book: &Book, given: &Given) {
        let document = &mut self.document;
        document.title = book.title.clone();
        document.byline = Some(book.authors.join(", ")).filter(|names| !names.is_empty());
        document.source = book.publisher.clone().or_else(|| given.source.clone());
        document.item = book.identifier.clone();
        document.url = given.url.clone();
        document.language =
            book.language.as_deref().and_then(likely_language).or_else(|| given.language.clone());
        let published = book.published.as_deref();
        document.published = published.and_then(of_book).or_else(|| given.published.clone());
        if let Some(unread) = published.filter(|date| of_book(date).is_none()) {
            let unread: String = unread.chars().take(80).collect();
            document.notes.push(format!("its date cannot be read: {unread}"));
        }
        let stamp = |date: &Option<String>| date.as_deref().and_then(crate::office::stamp);
        tell_moments(stamp(&book.made), stamp(&book.changed), document);
    }

    /// Adds a chapter to the text.
    fn add(&mut self, page: &[u8], item: &Item, package: &mut Package) -> Result<(), Cause> {
        if page.len() as u64 > MAX_PAGE_BYTES {
            let bytes = Some(page.len() as u64);
            return Err(Cause::TooLarge { bytes, limit: MAX_PAGE_BYTES });
        }
        let Ok(text) = decode_page(page) else {
            self.left_out += 1;
            return Ok(());
        };
        let title = self.document.title.clone().filter(|_| !self.titled && !item.is_contents);
        let mut file = |name: &str| {
            let part = package::seen_from(&item.part, name).ok_or(Absent::Outside)?;
            let bytes = package.part(&part).map_err(|_| Absent::TooLarge)?;
            self.shown.insert(part);
            bytes.ok_or(Absent::NotThere)
        };
        let Chapter { composed, pictures, is_apart } =
            read_chapter(&xhtml::with_ends(&text), title.as_deref(), &mut file);
        self.titled |= title.is_some() && !composed.text.is_empty();
        self.struck |= composed.struck;
        if composed.text.is_empty() && composed.pictures.is_empty() {
            return Ok(());
        }
        let document = &mut self.document;
        if !document.text.is_empty() && !composed.text.is_empty() {
            document.text.push_str("\n\n");
        }
        let start = document.text.len();
        document.text.push_str(&composed.text);
        if document.text.len() as u64 > MAX_TEXT_BYTES {
            return Err(Cause::TooLarge { bytes: None, limit: MAX_TEXT_BYTES });
        }
        document.zones.extend(composed.zones.into_iter().map(|zone| {
            let range = zone.span.range();
            let span = Span::new(start + range.start, start + range.end);
            let apart = item.is_contents || is_apart && zone.role == ZoneRole::Body;
            let role = if apart { ZoneRole::Section } else { zone.role };
            Zone { role, span }
        }));
        let shift = |at: Option<u32>| {
            let at = start + at.unwrap_or(0) as usize;
            Some(Span::new(at, at).start)
        };
        let shown = composed.pictures.into_iter();
        document.pictures.extend(shown.map(|picture| Picture { at: shift(picture.at), ..picture }));
        for bytes in pictures {
            self.keep(bytes);
        }
        Ok(())
    }

    /// Keeps the bytes of a picture once, as long as there is room.
    fn keep(&mut self, bytes: Vec<u8>) {
        if self.size + bytes.len() <= MOST_PICTURES && !self.pictures.contains(&bytes) {
            self.size += bytes.len();
            self.pictures.push(bytes);
        }
    }

    /// Adds the picture on the cover, where no chapter shows it.
    fn cover(&mut self, bytes: Option<Vec<u8>>, part: &str) {
        let Some(bytes) = bytes.filter(|bytes| infer::is_image(bytes)) else { return };
        let name = part.rsplit('/').next().unwrap_or_default().to_owned();
        let sha256 = Some(Sha256::of(&bytes));
        let caption = Some("the cover".to_owned());
        self.document.pictures.insert(0, Picture { sha256, name, caption, at: Some(0) });
        self.keep(bytes);
    }

    fn finished(mut self) -> Result<Illustrated, Cause> {
        let held: HashSet<Sha256> = self.pictures.iter().map(|bytes| Sha256::of(bytes)).collect();
        for picture in &mut self.document.pictures {
            picture.sha256 = picture.sha256.filter(|hash| held.contains(hash));
        }
        let notes = &mut self.document.notes;
        if self.struck {
            notes.push(crate::html::STRUCK.to_owned());
        }
        match self.left_out {
            0 => {}
            1 => notes.push("a chapter is no text and was left out".to_owned()),
            many => notes.push(format!("{many} chapters are no text and were left out")),
        }
        match self.document.text.is_empty() && self.document.pictures.is_empty() {
            true => Err(Cause::Empty),
            false => Ok(Illustrated { document: self.document, pictures: self.pictures }),
        }
    }
}

/// The day, month or year of a book's publication. Programs write a time of day where people gave
/// none, and the year 101 where nobody gave a date.
fn of_book(date: &str) -> Option<throughline_model::Edtf> {
    published_date(date.split('T').next().unwrap_or_default())
}
