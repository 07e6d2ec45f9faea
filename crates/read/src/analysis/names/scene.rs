//! The text as the rules for names see it: how much each capital tells, what the lists
//! say of each word, and which words the text itself has in small letters.
//!
//! A capital tells most inside a sentence in mixed case, little at its beginning, and
//! nothing in a headline whose words all have one or in copy that is in capitals
//! throughout. There, only the lists and the words beside a name can tell.

use std::collections::HashSet;
use std::ops::Range;

use throughline_model::ZoneRole;

use super::words::{self, Class};
use crate::analysis::{Sentence, Shape, Token};

/// How the words of a sentence are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Casing {
    /// As sentences are.
    Mixed,
    /// Every word of weight begins with a capital.
    Title,
    /// All in capitals.
    Upper,
}

/// How much the capital of a word tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Capital {
    /// No capital, a number or mark, or part of a date.
    None,
    /// The word has one, but would have it anyway: it begins a sentence, or all words have one.
    Idle,
    /// The word has one of its own.
    Own,
}

/// A document's tokens with what the rules ask of them.
pub(super) struct Scene<'a> {
    pub(super) tokens: &'a [Token],
    pub(super) sentences: &'a [Sentence],
    capitals: Vec<Capital>,
    casings: Vec<Casing>,
    classes: Vec<Class>,
    sentence_of: Vec<u32>,
    dated: Vec<bool>,
    /// Whether a line ended before the token that need not have.
    breaks: Vec<bool>,
    /// Words that the text has in small letters somewhere.
    small: HashSet<&'a str>,
    /// Words that have a capital of their own somewhere.
    own: HashSet<&'a str>,
}

impl<'a> Scene<'a> {
    /// Looks at every token once. Tokens that are `taken` belong to dates.
    pub(super) fn new(
        text: &str,
        tokens: &'a [Token],
        sentences: &'a [Sentence],
        taken: &[bool],
    ) -> Scene<'a> {
        let mut scene = Scene {
            tokens,
            sentences,
            capitals: vec![Capital::None; tokens.len()],
            casings: Vec::with_capacity(sentences.len()),
            classes: tokens.iter().map(|t| words::classes(&t.lower, &t.lemma)).collect(),
            sentence_of: vec![0; tokens.len()],
            breaks: breaks(text, tokens),
            dated: taken.to_vec(),
            small: HashSet::new(),
            own: HashSet::new(),
        };
        for (number, sentence) in sentences.iter().enumerate() {
            let casing = casing(&tokens[sentence.tokens.clone()], sentence.zone);
            scene.casings.push(casing);
            let mut begins = true;
            for at in sentence.tokens.clone() {
                let token = &tokens[at];
                begins |= scene.breaks[at];
                scene.sentence_of[at] = u32::try_from(number).unwrap_or(u32::MAX);
                match token.shape {
                    Shape::Mark => {
                        // What is said, quoted or listed begins like a sentence.
                        begins = begins || opens(&token.lower);
                        continue;
                    }
                    Shape::Number => {}
                    Shape::Lower => {
                        if casing == Casing::Mixed {
                            scene.small.insert(&token.lower);
                        }
                        if token.lower.contains('-') && has_capital(token) {
                            scene.capitals[at] = Capital::Own;
                        }
                    }
                    // The "'S" of a possessive is not a word.
                    _ if token.lower.starts_with('\'') => continue,
                    Shape::Capital | Shape::Upper if taken[at] => {}
                    Shape::Capital | Shape::Upper => {
                        let own = casing == Casing::Mixed && !begins;
                        scene.capitals[at] = if own { Capital::Own } else { Capital::Idle };
                        if own {
                            scene.own.insert(&token.lower);
                        }
                    }
                }
                begins = false;
            }
        }
        scene
    }

    /// How many tokens there are.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// A token in lower case; empty past the end.
    pub(super) fn lower(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.lower.as_str())
    }

    /// Whether a token is of any of some classes.
    pub(super) fn is(&self, at: usize, class: Class) -> bool {
        self.classes.get(at).is_some_and(|held| held & class != 0)
    }

    /// How much the capital of a token tells.
    pub(super) fn capital(&self, at: usize) -> Capital {
        self.capitals.get(at).copied().unwrap_or(Capital::None)
    }

    /// Whether a token has a capital of its own.
    pub(super) fn own(&self, at: usize) -> bool {
        self.capital(at) == Capital::Own
    }

    /// Whether the word of a token has a capital of its own somewhere in the text.
    pub(super) fn capital_elsewhere(&self, at: usize) -> bool {
        self.own.contains(self.lower(at))
    }

    /// Whether a token has a capital at all.
    pub(super) fn capitalised(&self, at: usize) -> bool {
        self.capital(at) != Capital::None
    }

    /// Whether a token is written in capitals throughout.
    pub(super) fn upper(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.shape == Shape::Upper)
    }

    /// Whether a token is a word in small letters.
    pub(super) fn small(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.shape == Shape::Lower)
            && !self.capitalised(at)
    }

    /// Whether a token is a mark.
    pub(super) fn mark(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|token| token.shape == Shape::Mark)
    }

    /// Whether a word is ordinary: by the lists, by its ending, or since the text has it in
    /// small letters.
    pub(super) fn ordinary(&self, at: usize) -> bool {
        let lower = self.lower(at);
        self.is(at, words::FUNCTION | words::ORDINARY | words::SPEECH)
            || self.small.contains(lower)
            || (!self.is(at, words::GIVEN)
                && (ends_ordinarily(lower)
                    || self.casing(at) == Casing::Upper && ends_as_verb(lower)))
    }

    /// How the sentence of a token is written.
    pub(super) fn casing(&self, at: usize) -> Casing {
        let sentence = self.sentence_of.get(at).map_or(0, |&number| number as usize);
        self.casings.get(sentence).copied().unwrap_or(Casing::Mixed)
    }

    /// Whether a line ended before a token that need not have: a heading, an item of a list.
    pub(super) fn breaks(&self, at: usize) -> bool {
        self.breaks.get(at).copied().unwrap_or(true)
    }

    /// Whether a token belongs to a date.
    pub(super) fn dated(&self, at: usize) -> bool {
        self.dated.get(at).copied().unwrap_or(false)
    }

    /// Whether any sentence is all in capitals.
    pub(super) fn has_upper(&self) -> bool {
        self.casings.contains(&Casing::Upper)
    }

    /// The sentence of a token.
    pub(super) fn sentence(&self, at: usize) -> Option<&'a Sentence> {
        self.sentences.get(*self.sentence_of.get(at)? as usize)
    }

    /// The tokens of the sentence that holds a token.
    pub(super) fn bounds(&self, at: usize) -> Range<usize> {
        self.sentence(at).map_or(at..at, |sentence| sentence.tokens.clone())
    }

    /// Whether a token begins its sentence.
    pub(super) fn first(&self, at: usize) -> bool {
        self.bounds(at).start == at
    }
}

fn casing(tokens: &[Token], zone: ZoneRole) -> Casing {
    let (mut words, mut upper, mut heavy, mut capital) = (0, 0, 0, 0);
    for token in tokens {
        let letters = token.lower.chars().filter(|c| c.is_alphabetic()).count();
        if letters < 2 || matches!(token.shape, Shape::Mark | Shape::Number) {
            continue;
        }
        words += 1;
        upper += usize::from(token.shape == Shape::Upper);
        if letters > 3 {
            heavy += 1;
            capital += usize::from(token.shape != Shape::Lower);
        }
    }
    let display = zone != ZoneRole::Body;
    // A sentence of the body may hold hardly more than names; a title has no stop.
    let stopped =
        tokens.iter().rev().take(3).any(|token| matches!(token.lower.as_str(), "." | "?" | "!"));
    if upper * 10 >= words * 8 && (words >= 4 || upper == words && words >= 2) {
        Casing::Upper
    } else if capital * 10 >= heavy * 8 && heavy >= 3 && (display || words >= 5 && !stopped) {
        Casing::Title
    } else {
        Casing::Mixed
    }
}

fn opens(mark: &str) -> bool {
    matches!(
        mark,
        "“" | "\"" | "‘" | "``" | "«" | "(" | "[" | "-" | "–" | "—" | "--" | ":" | "•" | "*"
    )
}

/// A capital after a hyphen: "al-Qaeda", "neo-Nazi".
fn has_capital(token: &Token) -> bool {
    token.shape == Shape::Capital
}

/// Endings of ordinary words: adverbs, abstract nouns, participles, adjectives. A surname
/// that ends so ("Harding", "Dempsey") is found by what stands beside it.
fn ends_ordinarily(lower: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "tion", "sion", "ness", "ment", "ments", "tions", "sions", "ity", "ities", "ism", "isms",
        "ists", "ingly", "ously", "ably", "ively", "ally", "ances", "ences", "ance", "ence",
        "ious", "able", "ible", "ful", "less", "ship",
    ];
    lower.len() > 5 && lower.is_ascii() && ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

/// Endings of verbs, which in copy that is all in capitals end a name far more often than
/// they belong to one.
fn ends_as_verb(lower: &str) -> bool {
    lower.len() > 4 && ["ed", "ing", "ly"].iter().any(|ending| lower.ends_with(ending))
}

/// Before which tokens a line ended far from the margin. Agencies wrap lines, so most line
/// ends say nothing; one after a line much shorter than the longest stands for itself.
fn breaks(text: &str, tokens: &[Token]) -> Vec<bool> {
    let width = text.lines().map(str::len).max().unwrap_or(0);
    let mut breaks = vec![false; tokens.len()];
    let mut line = 0;
    for (at, pair) in tokens.windows(2).enumerate() {
        let (end, start) = (pair[0].span.end as usize, pair[1].span.start as usize);
        let Some(newline) = text.get(end..start).and_then(|between| between.rfind('\n')) else {
            continue;
        };
        breaks[at + 1] = (end - line) * 10 < width * 7;
        line = end + newline + 1;
    }
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{sentences, testing::document};

    fn check(text: &str, zone: ZoneRole, expected: Casing) {
        let document = document(text, None);
        let (tokens, _) = sentences::read(&document);
        assert_eq!(casing(&tokens, zone), expected, "{text}");
    }

    #[test]
    fn casings() {
        check("He met Anna Ruel.", ZoneRole::Body, Casing::Mixed);
        check("They met Anna Ruel in Berlin.", ZoneRole::Body, Casing::Mixed);
        check("Two Men Held Over Bridge Attack", ZoneRole::Headline, Casing::Title);
        check("Two men held over Ruel Bridge attack", ZoneRole::Headline, Casing::Mixed);
        check("THE MEN WERE SHOT.", ZoneRole::Body, Casing::Upper);
        check("FBI said so", ZoneRole::Body, Casing::Mixed);
    }

    #[test]
    fn lines_that_end_early() {
        let text =
            "A short heading\nand then a line that goes on for much longer than that one\nends.";
        let document = document(text, None);
        let (tokens, _) = sentences::read(&document);
        let breaks = breaks(text, &tokens);
        let found: Vec<&str> = tokens
            .iter()
            .zip(&breaks)
            .filter(|(_, breaks)| **breaks)
            .map(|(token, _)| token.span.of(text))
            .collect();
        assert_eq!(found, ["and"]);
    }
}
