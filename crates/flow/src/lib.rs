//! The order of the stages: the only crate that knows it.
//!
//! [`read_document`] goes from a document to a reading, [`locals`] from the readings in force of a
//! document to what it says of each subject, [`derive`] from the locals of whole blocks and the
//! judgments in force to records. [`from_scratch`] does all of it at once, slowly and plainly; a
//! casebook, whatever it caches, must give the same.
//!
//! Pure: no clock, no files, no hash order.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod derive;
mod filed;
mod subjects;

pub use derive::{
    Anew, Earlier, InView, derive, derive_anew, derive_one, derive_some, in_view, links,
};
pub use filed::{Filed, Gone, by_hand, called, from_scratch, in_force, locals, stand_whole};
pub use throughline_read::VERSION as READER;
pub use throughline_resolve::{BlockKey, Folded, Local, Placed};

use throughline_model::{Document, Outline, Reading};

/// Reads what a document says.
pub fn read_document(document: &Document) -> Reading {
    throughline_read::read(document)
}

/// What of a document's words tells which incident it reports and whose words they are; `None` if it has
/// too few for either.
pub fn outline(document: &Document) -> Option<Outline> {
    let outline = throughline_read::outline(document);
    let tells = !outline.is_bare() || !outline.sentences.is_empty();
    tells.then_some(outline)
}
