//! Tokens → sentences.
//!
//! A sentence ends at a stop whose next word begins one, with the closing marks that
//! follow it, and at the end of a zone or an empty line. A single line end says
//! nothing: agencies wrap their lines. What goes on for longer than any sentence is cut
//! into pieces, so that no step that looks about in a sentence costs more than its length.

use throughline_model::{Document, Span, Zone, ZoneRole};

use super::{Sentence, Shape, Token, common, tokens};

/// The most words and marks of a sentence: those of courts have some hundreds, lists and tables
/// without stops have any number.
const LONGEST: usize = 1_000;

/// The tokens and sentences of the zones that carry text of the article.
pub(super) fn read(document: &Document) -> (Vec<Token>, Vec<Sentence>) {
    let text = document.text.as_str();
    let mut sentences = Vec::new();
    let whole = [Zone { role: ZoneRole::Body, span: Span::new(0, text.len()) }];
    let zones = if document.zones.is_empty() { &whole[..] } else { &document.zones };
    let long: usize = zones.iter().map(|zone| zone.span.of(text).len()).sum();
    let mut tokens = Vec::with_capacity(long / 5);
    for (paragraph, zone) in zones.iter().enumerate() {
        let spoken = matches!(zone.role, ZoneRole::Headline | ZoneRole::Body | ZoneRole::PullQuote);
        let first = tokens.len();
        // A span that does not fit the text has no words.
        if spoken {
            tokens::tokenise(text, zone.span, &mut tokens);
        }
        cut(text, &tokens, first, zone.role, paragraph, &mut sentences);
    }
    (tokens, sentences)
}

fn cut(
    text: &str,
    tokens: &[Token],
    first: usize,
    zone: ZoneRole,
    paragraph: usize,
    sentences: &mut Vec<Sentence>,
) {
    let mut start = first;
    let mut at = first;
    while at < tokens.len() {
        let mut end = at + 1;
        let mut ends = false;
        if is_stop(&tokens[at]) {
            while end < tokens.len() && is_closer(tokens, end) {
                end += 1;
            }
            ends = tokens.get(end).is_none_or(begins);
        } else if may_end(&tokens[at]) {
            ends = tokens.get(end).is_some_and(|next| {
                next.shape == Shape::Capital && common::is_function(&next.lower)
            });
        }
        if ends || end == tokens.len() || empty_line(text, &tokens[end - 1], &tokens[end]) {
            let span = tokens[start].span.join(tokens[end - 1].span);
            sentences.push(Sentence { span, zone, paragraph, tokens: start..end, goes_on: false });
            start = end;
        } else if end - start >= LONGEST {
            let piece = start..pause(&tokens[start..end]).map_or(end, |after| start + after);
            let span = tokens[start].span.join(tokens[piece.end - 1].span);
            start = piece.end;
            sentences.push(Sentence { span, zone, paragraph, tokens: piece, goes_on: true });
        }
        at = end;
    }
}

/// Behind the last mark in the second half of so many tokens at which a reader would pause.
fn pause(tokens: &[Token]) -> Option<usize> {
    let pauses = |at: &usize| matches!(tokens[*at].lower.as_str(), ";" | "," | ":" | "–" | "—");
    (tokens.len() / 2..tokens.len()).rev().find(pauses).map(|at| at + 1)
}

/// A mark that ends a sentence where a new one begins after it.
fn is_stop(token: &Token) -> bool {
    token.shape == Shape::Mark && matches!(token.lower.as_str(), "." | "!" | "?" | "..." | "…")
}

/// An abbreviation that may stand at the end of a sentence: "U.S.", "p.m.", "Ltd."
fn may_end(token: &Token) -> bool {
    let length = token.span.range().len();
    if token.lower.ends_with('.') && token.lower.len() > 2 && token.shape != Shape::Mark {
        return true;
    }
    let stopped = length == token.lower.len() + 1;
    stopped && tokens::ABBREVIATIONS.get(token.lower.as_str()) == Some(&true)
}

/// A closing mark on what stands before it.
fn is_closer(tokens: &[Token], at: usize) -> bool {
    let glued = tokens[at - 1].span.end == tokens[at].span.start;
    match tokens[at].lower.as_str() {
        "”" | "’" | "»" | ")" | "]" | "''" => true,
        "\"" | "'" => glued,
        _ => false,
    }
}

fn begins(next: &Token) -> bool {
    match next.shape {
        Shape::Capital | Shape::Upper | Shape::Number => true,
        Shape::Lower => false,
        Shape::Mark => !matches!(next.lower.as_str(), "," | ";" | ":" | "." | ")" | "?" | "!"),
    }
}

/// Whether an empty line stands between two tokens.
fn empty_line(text: &str, before: &Token, after: &Token) -> bool {
    let between = text.get(before.span.end as usize..after.span.start as usize).unwrap_or_default();
    between.len() > 1 && between.matches('\n').count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::document;

    fn check(text: &str, expected: &[&str]) {
        let document = document(text, None);
        let (_, sentences) = read(&document);
        let found: Vec<&str> = sentences.iter().map(|s| s.span.of(&document.text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn sentences_end_where_new_ones_begin() {
        check(
            "“It was dark.” The guard, J. Ruiz, ran. Why? Nobody knows.",
            &["“It was dark.”", "The guard, J. Ruiz, ran.", "Why?", "Nobody knows."],
        );
        check(
            "At 6 p.m. Gen. Ruiz left the U.S. The rest stayed.",
            &["At 6 p.m. Gen. Ruiz left the U.S.", "The rest stayed."],
        );
        check("“Who did it?” asked a man.", &["“Who did it?” asked a man."]);
        check(
            "Bridge attacker ‘alone’\n\nPolice said so",
            &["Bridge attacker ‘alone’", "Police said so"],
        );
        check("One line\nand the next.", &["One line\nand the next."]);
    }

    #[test]
    fn what_never_ends_is_cut_at_a_pause_or_between_words() {
        let lengths = |text: &str| -> Vec<(usize, bool)> {
            let (_, sentences) = read(&document(text, None));
            sentences.iter().map(|one| (one.tokens.len(), one.goes_on)).collect()
        };
        let words = "fire ".repeat(LONGEST - 1);
        assert_eq!(lengths(&format!("{words}.")), [(LONGEST, false)]);
        let long = "fire ".repeat(2 * LONGEST + 7);
        assert_eq!(lengths(&long), [(LONGEST, true), (LONGEST, true), (7, false)]);
        let list = "a mill in Ostby, ".repeat(LONGEST / 2);
        let pieces = lengths(&list);
        assert_eq!(pieces.iter().map(|(long, _)| long).sum::<usize>(), 5 * (LONGEST / 2));
        assert!(pieces.iter().all(|(long, _)| long % 5 == 0 && *long <= LONGEST), "{pieces:?}");
        // Whatever is repeated, no sentence is longer.
        for piece in ["\"", "(", "31 ", "Anna Marl ", "A.B.", "“no” ", "2016-11-13, ", "...", "a-"]
        {
            let long = lengths(&piece.repeat(3 * LONGEST));
            assert!(long.iter().all(|(long, _)| *long <= LONGEST), "{piece}: {long:?}");
        }
    }
}
