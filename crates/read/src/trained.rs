//! The trained stages by themselves, for those who train and measure them.
//!
//! A [`Page`] is a text in words and sentences, [`Columns`] is what is looked up of its words, and
//! each stage has its labels, what it sees of each sentence, and what it reads with the weights of
//! the program or with others.

use throughline_model::{Document, Span, SubjectKind};

pub use crate::analysis::learned::{
    Around, Case, Columns, Company, Held, Page, Quoted, Weights, actors, asked, attribution,
    certainty, heads, incidents, names, negation, parts, phrases, relevance, roles, syntax,
    variables, written,
};
pub use crate::analysis::numbers::cardinal;

/// The names that reading goes on with, rules and trained stage together, in order.
pub fn named(document: &Document) -> Vec<(Span, SubjectKind)> {
    let analysis = crate::analysis::analyse(document);
    let span = |name: &crate::analysis::Name| {
        let held = &analysis.tokens[name.tokens.clone()];
        held[0].span.join(held[held.len() - 1].span)
    };
    analysis.names.iter().map(|name| (span(name), name.kind)).collect()
}

/// What is reported as said in a document, by rules and trained stages together, each piece with
/// the words that name who says it where any do.
pub fn reported(document: &Document) -> Vec<(Span, Option<Span>)> {
    let analysis = crate::analysis::analyse(document);
    let span = |words: std::ops::Range<usize>| {
        let held = &analysis.tokens[words];
        held[0].span.join(held[held.len() - 1].span)
    };
    let said = crate::say::reported(&analysis).into_iter();
    said.map(|(piece, who)| (span(piece), who.map(span))).collect()
}
