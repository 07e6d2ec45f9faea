//! The outline of a document: what of its words tells which incident it reports, and which of them another
//! has too.

use crate::{Day, Passage, Span, Wording};

/// What of a document's words tells which incident it reports, and how its sentences are worded. It says
/// nothing of who did what: it is compared with the outlines of other documents, and every list but that of
/// sentences is short whatever the document.
///
/// Words are kept as hashes ([`Outline::hash`]), since there are very many outlines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The words that carry content, in the order of their hashes, each once.
    pub words: Vec<OutlineWord>,
    /// Neighbours with capitals ("Ada Marl"), in order, each once.
    pub full_names: Vec<(u32, u32)>,
    /// The names before an age ("Marl, 34"), in order, each once.
    pub aged: Vec<u32>,
    /// The ages said, in years, in order, each once.
    pub ages: Vec<u8>,
    /// The streets and squares named, in order, each once.
    pub streets: Vec<u32>,
    /// The days that are said near the beginning, in order, each once.
    pub days: Vec<Day>,
    /// The numbers from 2 to 999 that are said near the beginning in figures, in order, each once.
    pub numbers: Vec<u16>,
    /// The years that are said near the beginning, in order, each once.
    pub years: Vec<u16>,
    /// The sentences that are long enough to be known by their words, in text order.
    pub sentences: Vec<Sentence>,
}

/// A sentence of an outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// How it is worded.
    pub wording: Wording,
}

impl Sentence {
    /// Of sentences in text order the one in which a passage begins.
    pub fn of<'s>(sentences: &'s [Sentence], passage: &Passage) -> Option<&'s Sentence> {
        let Passage::Text(Span { start, .. }) = passage else { return None };
        let after = sentences.partition_point(|one| one.span.start <= *start);
        sentences[..after].last().filter(|one| *start < one.span.end)
    }
}

/// A word of an outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OutlineWord {
    /// Its hash.
    pub word: u32,
    /// How often it is said, up to 255.
    pub said: u8,
    /// How often it is said with a capital within a sentence, up to 255.
    pub named: u8,
    /// Whether the headline has it.
    pub headline: bool,
    /// Whether the headline or the first lines have it.
    pub opening: bool,
}

impl Outline {
    /// The hash of a word in lower case: FNV-1a, 32 bits.
    pub fn hash(word: &str) -> u32 {
        let mix = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        word.bytes().fold(0x811c_9dc5, mix)
    }

    /// A number that is equal for outlines of the same words.
    pub fn digest(&self) -> u64 {
        let mix =
            |hash: u64, number: u32| (hash ^ u64::from(number)).wrapping_mul(0x0100_0000_01b3);
        let words = self.words.iter().flat_map(|one| [one.word, one.said.into(), one.named.into()]);
        words.fold(0xcbf2_9ce4_8422_2325, mix)
    }

    /// Whether it has too few words to tell anything.
    pub fn is_bare(&self) -> bool {
        self.words.len() < 12
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_stands_in_the_sentence_in_which_it_begins() {
        let sentence = |start, end| Sentence {
            span: Span::new(start, end),
            wording: Wording::from_bits(start as u64),
        };
        let sentences = [sentence(10, 90), sentence(120, 200)];
        for (start, found) in
            [(0, None), (10, Some(10)), (89, Some(10)), (90, None), (130, Some(120)), (200, None)]
        {
            let passage = Passage::Text(Span::new(start, start + 5));
            let wording = Sentence::of(&sentences, &passage).map(|one| one.wording.bits());
            assert_eq!(wording, found, "{start}");
        }
        let cited = Passage::Cited { work: "a list".into(), place: "row 3".into() };
        assert_eq!(Sentence::of(&sentences, &cited), None);
    }

    #[test]
    fn hashes_are_those_of_the_standard() {
        assert_eq!(Outline::hash(""), 0x811c_9dc5);
        assert_eq!(Outline::hash("a"), 0xe40c_292c);
        assert_eq!(Outline::hash("foobar"), 0xbf9c_f968);
    }
}
