//! PDF with a text layer: judgments, reports of inquiries, printed pages.
//!
//! A PDF says where each letter stands, and nothing of words, sentences or columns. Letters become
//! lines (`line`), lines an order (`columns`), what belongs to the page and not to the text is set
//! apart (`furniture`, `notes`), the rest becomes paragraphs (`paragraph`) and a text (`compose`).

mod about;
mod bounds;
mod columns;
mod compose;
mod content;
mod furniture;
mod glyph;
mod join;
mod leftward;
mod line;
mod marked;
mod notes;
mod numbers;
mod paragraph;
mod pictures;
mod reading;
mod rows;
mod sealed;
mod tables;
mod words;

pub(crate) use furniture::printed_number;

use std::sync::Arc;
use std::thread;

use hayro_syntax::object::Dict;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use throughline_model::{Document, Sha256};

use crate::{Cause, Given, Illustrated, MAX_TEXT_BYTES};

/// The largest PDF that is read, in bytes.
pub const MAX_PDF_BYTES: u64 = 128 << 20;

/// The most pages that are read.
const MOST_PAGES: usize = 20_000;

/// How deep the library may go, in bytes of stack: objects lie in one another up to 512 deep.
const STACK_BYTES: usize = 64 << 20;

/// A document from the bytes of a PDF, with the pictures on its pages.
///
/// A file without a text layer, such as a scan, becomes a document without text and a note that
/// says so. The date on which the file was made is no date of publication and stays a note.
///
/// The library that takes the file apart runs on a thread of its own: the file decides how deep it
/// goes, so it gets a stack for that, and a bug that such a file finds in it ends this one document.
///
/// # Errors
/// [`Cause::Locked`] if it opens only with a password; [`Cause::Swollen`] if it would unpack to more
/// than any real document; [`Cause::TooLarge`] if the file or its text is over the limit;
/// [`Cause::Unsound`] if it is no PDF, or not enough is left of it.
pub fn read_pdf(bytes: &[u8], given: &Given) -> Result<Illustrated, Cause> {
    read_shared_pdf(bytes.to_vec(), given).0
}

/// As [`read_pdf`], and gives the bytes back: a second copy of a large file is not made.
pub(crate) fn read_shared_pdf(
    bytes: Vec<u8>,
    given: &Given,
) -> (Result<Illustrated, Cause>, Vec<u8>) {
    let bytes = Arc::new(bytes);
    let read = read_within(&bytes, given);
    (read, Arc::try_unwrap(bytes).unwrap_or_else(|shared| shared.to_vec()))
}

fn read_within(bytes: &Arc<Vec<u8>>, given: &Given) -> Result<Illustrated, Cause> {
    let size = bytes.len() as u64;
    if size > MAX_PDF_BYTES {
        return Err(Cause::TooLarge { bytes: Some(size), limit: MAX_PDF_BYTES });
    }
    let data = Arc::clone(bytes);
    let reader = thread::Builder::new()
        .name("reading a PDF".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(move || read(data))
        .map_err(Cause::Io)?;
    // A panic in there is a bug that this file found.
    let found = reader.join().unwrap_or(Err(Cause::Unsound { format: "PDF" }))?;
    let document = Document {
        source: given.source.clone(),
        published: given.published.clone(),
        url: given.url.clone(),
        language: found.language.or_else(|| given.language.clone()),
        title: found.title,
        byline: found.byline,
        text: found.text,
        zones: found.zones,
        pages: found.pages,
        pictures: found.pictures,
        notes: found.notes,
        ..Document::bare(Sha256::of(bytes.as_slice()))
    };
    Ok(Illustrated { document, pictures: found.files })
}

fn read(data: Arc<Vec<u8>>) -> Result<reading::Found, Cause> {
    bounds::check_structure(&data)?;
    let pdf = Pdf::new(data).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Cause::Locked,
        _ => Cause::Unsound { format: "PDF" },
    })?;
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(Cause::Unsound { format: "PDF" });
    }
    let catalog = pdf.xref().get::<Dict>(pdf.xref().root_id()).unwrap_or_default();
    let mut found = reading::Found::of(&pdf, &catalog, &pages[..pages.len().min(MOST_PAGES)]);
    if pages.len() > MOST_PAGES {
        found.notes.push(format!("only the first {MOST_PAGES} of {} pages are read", pages.len()));
    }
    match found.text.len() as u64 > MAX_TEXT_BYTES {
        true => Err(Cause::TooLarge { bytes: None, limit: MAX_TEXT_BYTES }),
        false => Ok(found),
    }
}
