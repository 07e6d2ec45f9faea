//! As many documents as become durable together.

use throughline_capture::{Captured, Failure};
use throughline_casebook::PictureBytes;
use throughline_model::{Document, Edtf, Reading};

/// How many documents become durable together.
pub(crate) const BATCH: usize = 128;

/// A document that was captured, looked at and read.
pub(crate) struct Taken {
    pub(crate) captured: Captured,
    pub(crate) pictures: Vec<PictureBytes>,
    pub(crate) reading: Option<Reading>,
}

/// The next documents, and what failed before or among them; neither if there is nothing more.
pub(crate) fn next_batch(
    items: &mut impl Iterator<Item = Result<Captured, Failure>>,
) -> (Vec<Captured>, Vec<Failure>) {
    let (mut batch, mut failures) = (Vec::with_capacity(BATCH), Vec::new());
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
        if batch.len() >= BATCH || failures.len() >= BATCH || bytes > BYTES {
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
