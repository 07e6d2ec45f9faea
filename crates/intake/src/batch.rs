//! As many documents as become durable together.

use throughline_capture::{Captured, Failure};
use throughline_casebook::PictureBytes;
use throughline_model::{Document, Edtf, Reading};

/// How many documents become durable together: so many are read in less than a second.
pub(crate) const BATCH: usize = 128;

/// How many documents become durable together at most where none is read. Each step makes a segment of the full-text index, and
/// segments are merged again and again.
pub(crate) const UNREAD: usize = 1024;

/// A document that was captured, looked at and read.
pub(crate) struct Taken {
    pub(crate) captured: Captured,
    pub(crate) pictures: Vec<PictureBytes>,
    pub(crate) reading: Option<Reading>,
}

/// The next documents, as many as `most`, and what failed before or among them; neither if there is nothing
/// more.
pub(crate) fn next_batch(
    items: &mut impl Iterator<Item = Result<Captured, Failure>>,
    most: usize,
) -> (Vec<Captured>, Vec<Failure>) {
    let (mut batch, mut failures) = (Vec::with_capacity(most), Vec::new());
    // A few large documents make a batch of their own, so that memory stays bounded.
    const BYTES: usize = 2 << 20;
    let mut bytes = 0;
    for item in items {
        match item {
            Ok(captured) => {
                bytes += captured.bytes.len();
                bytes += captured.pictures.iter().map(Vec::len).sum::<usize>();
                batch.push(captured);
            }
            Err(failure) => failures.push(failure),
        }
        if batch.len() >= most || failures.len() >= most || bytes > BYTES {
            break;
        }
    }
    (batch, failures)
}

/// Reads a document, with the date that somebody gave it, if somebody did.
pub(crate) fn read_dated(document: &Document, given: Option<&Edtf>) -> Reading {
    match given {
        Some(date) => throughline_flow::read_document(&Document {
            published: Some(date.clone()),
            ..document.clone()
        }),
        None => throughline_flow::read_document(document),
    }
}
