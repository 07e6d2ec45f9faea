//! What the trained stages see of a document, looked up once for all of them.

use super::attribution::{self, Attribution};
use super::columns::Columns;
use super::models::Weights;
use super::page::Page;
use super::parts;
use super::quoted::Quoted;
use crate::analysis::{Sentence, Token};

/// The words of a document as the trained stages see them.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) columns: Columns,
    /// The number of the part of speech of each word.
    pub(crate) tags: Vec<u8>,
    quoted: Quoted,
}

impl Seen {
    /// Looks up the words of a document.
    pub(crate) fn new(text: &str, tokens: &[Token], sentences: &[Sentence]) -> Seen {
        let weights = Weights::own();
        let columns = Columns::new(&Page::new(text, tokens, sentences), &weights);
        let tags = parts::read(&columns, &weights);
        let quoted = Quoted::of(&columns);
        Seen { columns, tags, quoted }
    }

    /// Whether a word is a verb, other than a helper.
    pub(crate) fn verb(&self, at: usize) -> bool {
        self.is(at, &["VERB"])
    }

    /// Whether a word is of one of some parts of speech.
    pub(crate) fn is(&self, at: usize, tags: &[&str]) -> bool {
        self.tags.get(at).is_some_and(|tag| tags.contains(&parts::TAGS[usize::from(*tag)]))
    }

    /// Who says what by words of a sentence, in order.
    pub(crate) fn said(&self, sentence: usize) -> Vec<Attribution> {
        let Some(words) = self.columns.sentences.get(sentence) else { return Vec::new() };
        let weights = Weights::own();
        attribution::in_sentence(&self.columns, &self.tags, &self.quoted, words, &weights)
    }
}
