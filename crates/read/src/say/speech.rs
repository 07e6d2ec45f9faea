//! Clauses and their speakers.

use std::ops::Range;

use throughline_model::{Document, Stance};

use crate::analysis::Analysis;

/// A part of a sentence that the same speakers stand behind.
#[derive(Debug, Clone)]
pub(crate) struct Clause {
    pub(crate) sentence: usize,
    pub(crate) tokens: Range<usize>,
    pub(crate) speakers: Vec<Said>,
}

/// One speaker of a clause.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) voice: Who,
    pub(crate) stance: Stance,
    pub(crate) cue: Option<Range<usize>>,
}

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Who {
    Document,
    Name(usize),
    Described(Range<usize>),
    Unnamed,
}

/// The clauses of a document, in order.
pub(crate) fn clauses(_document: &Document, analysis: &Analysis) -> Vec<Clause> {
    let clause = |(sentence, held): (usize, &crate::analysis::Sentence)| Clause {
        sentence,
        tokens: held.tokens.clone(),
        speakers: vec![Said { voice: Who::Document, stance: Stance::Asserted, cue: None }],
    };
    analysis.sentences.iter().enumerate().map(clause).collect()
}
