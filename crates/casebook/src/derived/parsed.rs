//! What can be made of entries of the ledger without the casebook, so beside it: most of what a rebuild
//! costs that is not SQLite's.

use std::collections::HashMap;

use throughline_flow::Local;
use throughline_model::{Document, DocumentId, Judgment, Outline, Reading};

use crate::error::{Error, Result};
use crate::ledger::tombstones::Tombstones;
use crate::ledger::{Entry, EntryKind, Packed};

/// What an entry says.
pub(crate) enum Parsed {
    /// A document.
    Capture(Box<Document>),
    /// A reading.
    Reading {
        /// Who read.
        reader: String,
        /// What was read.
        reading: Reading,
        /// What follows if it is the first of its document.
        ahead: Option<Box<Ahead>>,
    },
    /// A judgment, on what stands now for the mentions that it was made on.
    Judgment(Box<Judgment>),
    /// The removal of a document.
    Removal,
    /// Nothing from which anything is derived.
    Nothing,
}

/// What follows from the first reading of a document.
pub(crate) struct Ahead {
    pub(crate) outline: Option<Outline>,
    pub(crate) locals: Vec<Local>,
}

/// Entries that came one after the other, with what they say. Documents whose reading is among them are
/// outlined, and what it says of each subject is gathered.
pub(crate) fn parsed(packed: Vec<Packed>, gone: &Tombstones) -> Result<Vec<(Entry, Parsed)>> {
    let mut captured: HashMap<DocumentId, Document> = HashMap::new();
    let mut all = Vec::with_capacity(packed.len());
    for one in packed {
        let mut entry = one.complete()?;
        // A removed payload leaves nothing to derive; its tombstone does.
        let parsed = match entry.payload.take() {
            Some(payload) => said(&entry, &payload, gone, &mut captured)?,
            None => Parsed::Nothing,
        };
        all.push((entry, parsed));
    }
    Ok(all)
}

fn said(
    entry: &Entry,
    payload: &str,
    gone: &Tombstones,
    captured: &mut HashMap<DocumentId, Document>,
) -> Result<Parsed> {
    let damaged = |error: throughline_formats::FormatError| {
        Error::Damaged(format!("entry {}: {error}", entry.seq))
    };
    Ok(match entry.kind {
        EntryKind::Capture => {
            let document = throughline_formats::read_document(payload).map_err(damaged)?;
            captured.insert(document.id, document.clone());
            Parsed::Capture(Box::new(document))
        }
        EntryKind::Reading | EntryKind::Hand => {
            let (reader, reading) = throughline_formats::read_filed(payload).map_err(damaged)?;
            let document = entry.document.and_then(|id| captured.remove(&id));
            let ahead = document.map(|document| Box::new(Ahead::of(&document, &reading, gone)));
            Parsed::Reading { reader, reading, ahead }
        }
        EntryKind::Judgment => {
            let judgment = throughline_formats::read_judgment(payload).map_err(damaged)?;
            Parsed::Judgment(Box::new(gone.judgment(judgment)))
        }
        EntryKind::Removal => Parsed::Removal,
        EntryKind::Held
        | EntryKind::Codebook
        | EntryKind::Definition
        | EntryKind::Published
        | EntryKind::Disclosure => Parsed::Nothing,
    })
}

impl Ahead {
    fn of(document: &Document, reading: &Reading, gone: &Tombstones) -> Ahead {
        let outline = throughline_flow::outline(document);
        let locals = throughline_flow::locals(
            document.id,
            document.public_since().as_ref(),
            document.source.as_deref(),
            outline.as_ref(),
            &[gone.reading(reading.clone())],
        );
        Ahead { outline, locals }
    }
}
