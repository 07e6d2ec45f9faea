//! A text in words and sentences, as the trained stages see it.

use std::borrow::Cow;
use std::ops::Range;

use throughline_model::{Document, Sha256, Span};

use crate::analysis::{Sentence, Token, sentences};

/// Words of a text, in sentences.
#[derive(Clone, Debug, Default)]
pub struct Page<'a> {
    /// Each word as it is written.
    pub(super) words: Vec<Cow<'a, str>>,
    /// Where each word stands in the text.
    spans: Vec<Span>,
    /// The words of each sentence.
    pub(super) sentences: Vec<Range<usize>>,
    /// The paragraph that each sentence stands in.
    pub(super) paragraphs: Vec<usize>,
}

/// How letters are changed, to train and to measure on text as agencies and people also write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// ALL IN CAPITALS.
    Upper,
    /// none at all.
    Lower,
    /// Every Word With One.
    Title,
}

impl<'a> Page<'a> {
    /// The words that were found in a document.
    pub(crate) fn new(text: &'a str, tokens: &[Token], sentences: &[Sentence]) -> Page<'a> {
        Page {
            words: tokens.iter().map(|token| Cow::Borrowed(token.span.of(text))).collect(),
            spans: tokens.iter().map(|token| token.span).collect(),
            sentences: sentences.iter().map(|sentence| sentence.tokens.clone()).collect(),
            paragraphs: paragraphs(text, sentences),
        }
    }

    /// The words and sentences of a plain text, cut as those of a document are.
    pub fn of_text(text: &'a str) -> Page<'a> {
        let sha256 = Sha256::of(text.as_bytes());
        let document = Document { text: text.to_owned(), ..Document::bare(sha256) };
        let (tokens, sentences) = sentences::read(&document);
        Page::new(text, &tokens, &sentences)
    }

    /// Sentences whose words are given, each word one byte after the one before it.
    pub fn of_words<W: Into<Cow<'a, str>>>(
        sentences: impl IntoIterator<Item = impl IntoIterator<Item = W>>,
    ) -> Page<'a> {
        let mut page = Page::default();
        let mut at = 0;
        for sentence in sentences {
            let start = page.words.len();
            for word in sentence {
                let word = word.into();
                let length = word.len();
                page.words.push(word);
                page.spans.push(Span::new(at, at + length));
                at += length + 1;
            }
            page.paragraphs.push(page.sentences.len());
            page.sentences.push(start..page.words.len());
        }
        page
    }

    /// A paragraph whose words are given, cut into sentences behind stops and the marks that close
    /// on them.
    pub fn of_paragraph(words: &[&'a str]) -> Page<'a> {
        let stops = |word: &str| matches!(word, "." | "!" | "?" | "...");
        let closes = |word: &str| matches!(word, "”" | "’" | "''" | "\"" | ")");
        let mut sentences: Vec<Vec<&'a str>> = vec![Vec::new()];
        let mut ended = false;
        for word in words {
            if ended && !closes(word) && !stops(word) {
                sentences.push(Vec::new());
                ended = false;
            }
            ended |= stops(word);
            sentences.last_mut().into_iter().for_each(|sentence| sentence.push(word));
        }
        let mut page = Page::of_words(sentences.into_iter().filter(|one| !one.is_empty()));
        page.paragraphs.fill(0);
        page
    }

    /// The same words with other letters; where they stand and what is a sentence stays.
    #[must_use]
    pub fn in_case(&self, case: Case) -> Page<'static> {
        let changed = |word: &Cow<'_, str>| match case {
            Case::Upper => word.to_uppercase(),
            Case::Lower => word.to_lowercase(),
            Case::Title => {
                let mut letters = word.chars();
                let first = letters.next().into_iter().flat_map(char::to_uppercase);
                first.chain(letters).collect()
            }
        };
        Page {
            words: self.words.iter().map(|word| Cow::Owned(changed(word))).collect(),
            spans: self.spans.clone(),
            sentences: self.sentences.clone(),
            paragraphs: self.paragraphs.clone(),
        }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// A word as it is written.
    ///
    /// # Panics
    /// If there is no such word.
    pub fn word(&self, at: usize) -> &str {
        &self.words[at]
    }

    /// Where each word stands, in bytes of the text.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// The words of each sentence, in order; together they are all words.
    pub fn sentences(&self) -> &[Range<usize>] {
        &self.sentences
    }
}

/// The paragraph of each sentence: a new one begins with a zone, and after an empty line.
fn paragraphs(text: &str, sentences: &[Sentence]) -> Vec<usize> {
    let mut number = 0;
    let mut before: Option<&Sentence> = None;
    let mut found = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        number += usize::from(before.is_some_and(|before| {
            let gap = before.span.end as usize..sentence.span.start as usize;
            let lines = text.get(gap).unwrap_or_default().matches('\n').count();
            before.paragraph != sentence.paragraph || lines > 1
        }));
        before = Some(sentence);
        found.push(number);
    }
    found
}
