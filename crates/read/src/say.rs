//! Sentences, names, dates and quantities → who says what.

use throughline_model::{Document, Reading};

use crate::analysis::Analysis;

/// The mentions and assertions of an analysed document. Pure.
pub(crate) fn assertions(document: &Document, analysis: &Analysis) -> Reading {
    let _ = (document, analysis);
    Reading::default()
}
