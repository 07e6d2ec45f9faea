//! Text → sentences, tokens, names, dates, quantities, quotations.
//!
//! Everything is in text order and refers to tokens by their index in
//! [`Analysis::tokens`]. Nothing is read from [`ZoneRole::Section`] zones.

mod calendar;
mod common;
mod datelines;
pub(crate) mod learned;
mod lemmas;
mod lists;
mod names;
pub(crate) use names::gazetteer::may_lie_in;
pub(crate) mod numbers;
mod quotes;
mod sentences;
#[cfg(test)]
pub(crate) mod testing;
mod times;
pub(crate) use times::timex;
mod tokens;

use std::ops::Range;

use throughline_model::{Document, Edtf, Figure, Span, SubjectKind, ZoneRole};

/// What the first layer finds in a document.
#[derive(Debug, Default)]
pub(crate) struct Analysis {
    pub(crate) tokens: Vec<Token>,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) names: Vec<Name>,
    pub(crate) times: Vec<Time>,
    pub(crate) quantities: Vec<Quantity>,
    pub(crate) quotes: Vec<Quote>,
    /// The tokens of the first dateline, which are of no sentence.
    pub(crate) dateline: Option<Range<usize>>,
    pub(crate) seen: learned::Seen,
}

/// A word, number or mark.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) span: Span,
    /// Lower case, with straight apostrophes and plain hyphens.
    pub(crate) lower: String,
    /// Dictionary form where the word lists or regular endings give one, else `lower`.
    pub(crate) lemma: String,
    pub(crate) shape: Shape,
}

/// How a token is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Lower,
    Capital,
    Upper,
    Number,
    Mark,
}

/// A sentence, or a headline or pull-quote without final stop.
#[derive(Debug, Clone)]
pub(crate) struct Sentence {
    pub(crate) span: Span,
    pub(crate) zone: ZoneRole,
    /// Counts zones, so that sentences of one paragraph can be told.
    pub(crate) paragraph: usize,
    pub(crate) tokens: Range<usize>,
    /// Whether it is a piece of what goes on after it, longer than any sentence.
    pub(crate) goes_on: bool,
}

/// A name of somebody or something, or a lexicon term that works as one ("the group's media agency" does not).
#[derive(Debug, Clone)]
pub(crate) struct Name {
    pub(crate) tokens: Range<usize>,
    /// Person, group, outlet, channel (platforms too) or place.
    pub(crate) kind: SubjectKind,
    /// The lexicon's canonical name, if the lexicon knows it: "Islamic State" for "Isil", "IS", "Daesh".
    pub(crate) canonical: Option<String>,
    /// The first of the names of this document that stands for the same one (index into `names`):
    /// surname after full name, acronym after long form, alias of one canonical name.
    pub(crate) same_as: Option<usize>,
    /// For a person: the role words beside the name ("Middle East analyst").
    pub(crate) role: Option<Range<usize>>,
    /// For a person: the organisation or outlet in the apposition (index into `names`).
    pub(crate) affiliation: Option<usize>,
}

/// An expression of time.
#[derive(Debug, Clone)]
pub(crate) struct Time {
    pub(crate) tokens: Range<usize>,
    /// Resolved against the published date; `None` if that is needed and unknown, or for durations.
    pub(crate) value: Option<Edtf>,
    /// Whether it needs the published date: "Wednesday", "last summer", "yesterday".
    pub(crate) relative: bool,
}

/// A number with its modifiers: "more than 130", "Thirty-one of the 38" has two.
#[derive(Debug, Clone)]
pub(crate) struct Quantity {
    pub(crate) tokens: Range<usize>,
    pub(crate) figure: Figure,
}

/// Words between quotation marks, without the marks.
#[derive(Debug, Clone)]
pub(crate) struct Quote {
    pub(crate) tokens: Range<usize>,
    /// A word or two set apart ("so-called", ‘lone wolf’) rather than speech.
    pub(crate) scare: bool,
}

/// The tokens and sentences of a document, where nothing else is asked for.
pub(crate) fn sentences(document: &Document) -> (Vec<Token>, Vec<Sentence>) {
    sentences::read(document)
}

/// Whether a word in lower case is the name of a month, whole or cut short.
pub(crate) fn is_month(lower: &str) -> bool {
    times::is_month(lower)
}

/// The expressions of time in a document's sentences.
pub(crate) fn times(document: &Document, tokens: &[Token], sentences: &[Sentence]) -> Vec<Time> {
    times::read(document.published.as_ref(), tokens, sentences)
}

/// Whether a word in lower case is too common to tell anything by itself.
pub(crate) fn is_function(lower: &str) -> bool {
    common::is_function(lower)
}

/// Analyses a document. Pure.
pub(crate) fn analyse(document: &Document) -> Analysis {
    let (tokens, mut sentences) = sentences::read(document);
    let mut times = times::read(document.published.as_ref(), &tokens, &sentences);
    let datelines = datelines::find(&tokens, &sentences, &times);
    if document.published.is_none()
        && let Some(day) = datelines::day(&datelines, &times)
    {
        times = times::read(Some(&day), &tokens, &sentences);
    }
    let mut taken = vec![false; tokens.len()];
    for token in times.iter().flat_map(|time| time.tokens.clone()) {
        taken[token] = true;
    }
    let quantities = numbers::read(&tokens, &sentences, &taken);
    let quotes = quotes::read(&tokens, &sentences);
    let seen = learned::Seen::new(&document.text, &tokens, &sentences);
    let names = names::read(document, &tokens, &sentences, &taken, &seen);
    datelines::cut(&tokens, &mut sentences, &datelines);
    let dateline = datelines.into_iter().next().map(|(_, tokens)| tokens);
    Analysis { tokens, sentences, names, times, quantities, quotes, dateline, seen }
}
