//! From paths to documents.
//!
//! A container hands what it holds to the same walk that opened it, so that archives stand in
//! archives to some depth, and every format is read wherever it turns up. The walk pushes: a
//! container is a plain function that reads on while somebody listens. [`Items`] turns that around
//! for its caller, with the walk on a thread of its own that is never more than one document ahead.

mod budget;
mod entry;
mod folder;
mod handle;
mod items;
mod sent;

pub use items::{Items, capture, capture_bytes, capture_sent, capture_with_input};
pub use sent::Sent;

pub(crate) use budget::{Budget, MOST_ENTRIES, Metered, Spent};
pub(crate) use entry::{Entry, Input, Knows, Outer};
pub(crate) use handle::Handle;

use std::ops::ControlFlow;
use std::rc::Rc;

use throughline_model::{Document, Picture, Sha256};

use crate::pdf::read_shared_pdf;
use crate::recognise::{Recognised, recognise};
use crate::{
    Cause, Failure, Format, Given, Illustrated, MAX_EPUB_BYTES, MAX_KEPT_BYTES, MAX_MHTML_BYTES,
    MAX_OFFICE_BYTES, MAX_PDF_BYTES, MAX_RTF_BYTES, MAX_TEXT_BYTES, PassedOver, about, feed, gzip,
    html, jsonl, letter, mailbox, read_docx, read_epub, read_mhtml, read_odt, read_rtf, read_text,
    telegram, warc, zip_archive,
};

/// A document, its bytes and where they were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captured {
    /// The document.
    pub document: Document,
    /// The bytes that its SHA-256 is of.
    pub bytes: Vec<u8>,
    /// The path; with `/name` after it for what stands in an archive, `:number` for a line of a
    /// JSON Lines file. These are words: nothing is opened or written by them.
    pub place: String,
    /// What the line itself calls the document.
    pub record: Option<String>,
    /// The bytes of the pictures that the document names by their SHA-256, in any order.
    pub pictures: Vec<Vec<u8>>,
}

impl Captured {
    /// A document that brings no pictures along.
    pub(crate) fn new(document: Document, bytes: Vec<u8>, place: String) -> Captured {
        Captured { document, bytes, place, record: None, pictures: Vec::new() }
    }
}

/// What the walk tells of, one at a time.
pub(crate) enum Step {
    Document(Box<Captured>),
    Failure(Failure),
    PassedOver(PassedOver),
}

/// Whether somebody still listens.
pub(crate) type Flow = ControlFlow<()>;

/// How many archives may stand in one another: an attachment of a letter of a mailbox in a zip
/// archive that is packed in another one.
pub(crate) const DEEPEST: usize = 4;

/// The walk through one path and whatever lies in it.
pub(crate) struct Walk<'w> {
    /// What the caller knows of all of it.
    pub(crate) given: &'w Given,
    /// How much it may still unpack.
    pub(crate) budget: Rc<Budget>,
    /// How many bytes of a place stand before what the user named: of a file's name, the folders
    /// around that are his own affair. `None` for standard input, which has no name.
    pub(crate) outside: Option<usize>,
    out: &'w mut dyn FnMut(Step) -> Flow,
}

impl<'w> Walk<'w> {
    pub(crate) fn new(given: &'w Given, out: &'w mut dyn FnMut(Step) -> Flow) -> Walk<'w> {
        Walk { given, budget: Rc::default(), outside: Some(0), out }
    }

    /// Tells of a document; what its container knows of it is laid over it first.
    pub(crate) fn tell(&mut self, knows: &Knows, mut captured: Captured) -> Flow {
        knows.lay_over(&mut captured.document);
        let document = &mut captured.document;
        document.medium = document.medium.or(self.given.medium);
        document.file = self.file(&captured.place);
        about::shorten(document);
        (self.out)(Step::Document(Box::new(captured)))
    }

    /// A place without what stands before what the user named.
    fn file(&self, place: &str) -> Option<String> {
        let within = place.get(self.outside?..)?.trim_start_matches(std::path::is_separator);
        (!within.is_empty()).then(|| within.to_owned())
    }

    /// Tells what could not be read, and goes on.
    pub(crate) fn fail(&mut self, place: impl Into<String>, cause: Cause) -> Flow {
        (self.out)(Step::Failure(cause.at(place)))
    }

    pub(crate) fn pass_over(&mut self, kind: PassedOver) -> Flow {
        (self.out)(Step::PassedOver(kind))
    }

    /// Takes in a file or an entry of an archive, and all that it holds.
    pub(crate) fn take(&mut self, mut entry: Entry<'_>) -> Flow {
        let start = match entry.start() {
            Ok(start) => start,
            Err(error) => return self.fail(entry.place, Cause::of_io(error)),
        };
        let recognised = match entry.format {
            Some(format) => Recognised::As(format, None),
            None => recognise(&entry.name, entry.media_type.as_deref(), &start),
        };
        match recognised {
            // Whatever it is called, there is nothing in it to tell it by.
            Recognised::As(..) | Recognised::Unknown(_) if start.is_empty() => {
                self.fail(entry.place, Cause::Empty)
            }
            Recognised::As(format, note) => {
                entry.knows.notes.extend(note);
                self.read(format, entry)
            }
            Recognised::PassedOver(kind) if !entry.named => self.pass_over(kind),
            Recognised::PassedOver(kind) => {
                self.keep(entry, format!("kept as bytes: {kind} have no text to read"))
            }
            Recognised::Unknown(_) if !entry.kept => self.pass_over(PassedOver::Other),
            Recognised::Unknown(note) => self.keep(entry, note),
        }
    }

    /// The one place that knows which function reads which format.
    fn read(&mut self, format: Format, entry: Entry<'_>) -> Flow {
        match format {
            Format::Text => self.whole(entry, MAX_TEXT_BYTES, read_text),
            Format::JsonLines => jsonl::take_lines(self, entry),
            Format::Html => html::take_page(self, entry),
            Format::Feed => feed::take_entries(self, entry),
            Format::Pdf => self.pdf(entry),
            Format::Word => self.illustrated(entry, MAX_OFFICE_BYTES, read_docx),
            Format::OpenText => self.illustrated(entry, MAX_OFFICE_BYTES, read_odt),
            Format::Epub => self.illustrated(entry, MAX_EPUB_BYTES, read_epub),
            Format::RichText => self.illustrated(entry, MAX_RTF_BYTES, read_rtf),
            Format::Mhtml => self.illustrated(entry, MAX_MHTML_BYTES, read_mhtml),
            Format::Telegram => telegram::take_messages(self, entry),
            Format::TelegramPage => telegram::take_page(self, entry),
            Format::Letter => self.inside(entry, letter::take_letter),
            Format::Mailbox => self.inside(entry, mailbox::take_letters),
            Format::Warc => self.inside(entry, warc::take_records),
            Format::Wacz => self.inside(entry, zip_archive::take_crawl),
            Format::Zip => self.inside(entry, zip_archive::take_archive),
            Format::Gzip => self.inside(entry, gzip::take_packed),
        }
    }

    /// Opens a container, unless it is too deep in others.
    fn inside(&mut self, mut entry: Entry<'_>, take: fn(&mut Walk<'_>, Entry<'_>) -> Flow) -> Flow {
        if entry.depth >= DEEPEST {
            return self.fail(entry.place, Cause::TooDeep { limit: DEEPEST });
        }
        entry.depth += 1;
        take(self, entry)
    }

    /// Reads an entry that is one document.
    fn whole(
        &mut self,
        entry: Entry<'_>,
        limit: u64,
        read: impl FnOnce(&[u8], &Given) -> Result<Document, Cause>,
    ) -> Flow {
        let Entry { place, input, knows, .. } = entry;
        let given = knows.given(self.given);
        let found = input.bytes(limit).and_then(|bytes| Ok((read(&bytes, &given)?, bytes)));
        match found {
            Ok((document, bytes)) => self.tell(&knows, Captured::new(document, bytes, place)),
            Err(cause) => self.fail(place, cause),
        }
    }

    /// Reads a PDF, whose bytes its reader holds as long as it reads.
    fn pdf(&mut self, entry: Entry<'_>) -> Flow {
        let Entry { place, input, knows, .. } = entry;
        let given = knows.given(self.given);
        let bytes = match input.bytes(MAX_PDF_BYTES) {
            Ok(bytes) => bytes,
            Err(cause) => return self.fail(place, cause),
        };
        match read_shared_pdf(bytes, &given) {
            (Ok(Illustrated { document, pictures }), bytes) => {
                let captured = Captured::new(document, bytes, place);
                self.tell(&knows, Captured { pictures, ..captured })
            }
            (Err(cause), bytes) => self.keep_unread(place, &knows, bytes, cause),
        }
    }

    /// Reads an entry that is one document with pictures in it.
    fn illustrated(
        &mut self,
        entry: Entry<'_>,
        limit: u64,
        read: fn(&[u8], &Given) -> Result<Illustrated, Cause>,
    ) -> Flow {
        let Entry { place, input, knows, .. } = entry;
        let given = knows.given(self.given);
        let bytes = match input.bytes(limit) {
            Ok(bytes) => bytes,
            Err(cause) => return self.fail(place, cause),
        };
        match read(&bytes, &given) {
            Ok(Illustrated { document, pictures }) => {
                let captured = Captured::new(document, bytes, place);
                self.tell(&knows, Captured { pictures, ..captured })
            }
            Err(cause) => self.keep_unread(place, &knows, bytes, cause),
        }
    }

    /// What becomes of a file of which its reader made nothing: one that is not sound may hold
    /// something for a better reader or another program, and is kept; what is refused for another
    /// reason is only named.
    fn keep_unread(&mut self, place: String, knows: &Knows, bytes: Vec<u8>, cause: Cause) -> Flow {
        let unsound = matches!(cause, Cause::Unsound { .. });
        if !unsound || bytes.len() as u64 > MAX_KEPT_BYTES {
            return self.fail(place, cause);
        }
        let document = kept(&bytes, &knows.given(self.given), format!("kept as bytes: {cause}"));
        self.tell(knows, Captured::new(document, bytes, place))
    }

    /// Keeps the bytes of what no reader understands. A picture by itself is a picture of that
    /// document, so that it is looked at like any other.
    fn keep(&mut self, entry: Entry<'_>, note: String) -> Flow {
        let Entry { place, name, input, knows, .. } = entry;
        let bytes = match input.bytes(MAX_KEPT_BYTES) {
            Ok(bytes) if bytes.is_empty() => return self.fail(place, Cause::Empty),
            Ok(bytes) => bytes,
            Err(cause) => return self.fail(place, cause),
        };
        let mut document = kept(&bytes, &knows.given(self.given), note);
        let mut pictures = Vec::new();
        if infer::is_image(&bytes) {
            let sha256 = Some(document.sha256);
            document.pictures.push(Picture { sha256, name, caption: None, at: None });
            pictures.push(bytes.clone());
        }
        self.tell(&knows, Captured { pictures, ..Captured::new(document, bytes, place) })
    }
}

/// A document of which only the bytes are held, without text, with a note on why.
fn kept(bytes: &[u8], given: &Given, note: String) -> Document {
    Document {
        source: given.source.clone(),
        published: given.published.clone(),
        url: given.url.clone(),
        language: given.language.clone(),
        notes: vec![note],
        ..Document::bare(Sha256::of(bytes))
    }
}
