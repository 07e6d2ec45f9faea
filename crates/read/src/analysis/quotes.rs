//! Quotation marks → quotations.
//!
//! Double marks pair within a paragraph; a quotation that goes on in the next
//! paragraph ends with its own. Single marks are told from apostrophes: one inside a
//! word never reaches this file, and one after a plural's s closes only if no other
//! mark in the sentence does.

use super::{Quote, Sentence, Shape, Token};

/// Verbs after or before words in quotation marks that make these speech.
const SPEECH: &[&str] = &[
    "add", "announce", "answer", "argue", "ask", "claim", "conclude", "cry", "declare", "explain",
    "insist", "note", "read", "recall", "remark", "reply", "report", "say", "shout", "state",
    "tell", "tweet", "warn", "write", "yell",
];

/// The quotations of a text, in order of their opening marks.
pub(super) fn read(tokens: &[Token], sentences: &[Sentence]) -> Vec<Quote> {
    let mut quotes = Vec::new();
    let mut from = 0;
    while from < sentences.len() {
        let paragraph = sentences[from].paragraph;
        let length = sentences[from..].iter().take_while(|s| s.paragraph == paragraph).count();
        let held = &sentences[from..from + length];
        let (start, end) = (held[0].tokens.start, held[length - 1].tokens.end);
        double(tokens, start, end, &mut quotes);
        for sentence in held {
            single(tokens, sentence, &mut quotes);
        }
        from += length;
    }
    quotes.sort_by_key(|quote: &Quote| (quote.tokens.start, usize::MAX - quote.tokens.end));
    quotes
}

fn double(tokens: &[Token], start: usize, end: usize, quotes: &mut Vec<Quote>) {
    let mut open: Option<usize> = None;
    for at in start..end {
        match (tokens[at].lower.as_str(), open) {
            ("“" | "„" | "``" | "«", _) => open = Some(at),
            ("”" | "''" | "»", Some(from)) => {
                push(tokens, from + 1, at, quotes);
                open = None;
            }
            ("\"", Some(from)) => {
                push(tokens, from + 1, at, quotes);
                open = None;
            }
            ("\"", None) => open = Some(at),
            _ => {}
        }
    }
    // The quotation goes on in the next paragraph.
    if let Some(from) = open
        && tokens[from].lower != "\""
    {
        push(tokens, from + 1, end, quotes);
    }
}

fn single(tokens: &[Token], sentence: &Sentence, quotes: &mut Vec<Quote>) {
    let mut at = sentence.tokens.start;
    let end = sentence.tokens.end;
    while at < end {
        if !opens(tokens, at, end) {
            at += 1;
            continue;
        }
        let mut close = None;
        let mut possessive = None;
        for candidate in at + 1..end {
            if candidate > at + 1 && opens(tokens, candidate, end) {
                break;
            }
            if closes(tokens, candidate) {
                if is_plural_possessive(tokens, candidate, end) {
                    possessive = possessive.or(Some(candidate));
                } else {
                    close = Some(candidate);
                    break;
                }
            }
        }
        match close.or(possessive) {
            Some(close) => {
                push(tokens, at + 1, close, quotes);
                at = close + 1;
            }
            None => at += 1,
        }
    }
}

fn opens(tokens: &[Token], at: usize, end: usize) -> bool {
    let follows_glued = at + 1 < end && tokens[at].span.end == tokens[at + 1].span.start;
    let glued = at > 0 && tokens[at - 1].span.end == tokens[at].span.start;
    match tokens[at].lower.as_str() {
        "‘" | "‚" | "`" => true,
        "'" => {
            follows_glued
                && tokens[at + 1].shape != Shape::Mark
                && (!glued || tokens[at - 1].shape == Shape::Mark)
        }
        _ => false,
    }
}

fn closes(tokens: &[Token], at: usize) -> bool {
    match tokens[at].lower.as_str() {
        "’" => true,
        "'" => at > 0 && tokens[at - 1].span.end == tokens[at].span.start,
        _ => false,
    }
}

/// "the bombers’ flat" rather than the end of a quotation.
fn is_plural_possessive(tokens: &[Token], at: usize, end: usize) -> bool {
    let glued = at > 0 && tokens[at - 1].span.end == tokens[at].span.start;
    let noun_follows = at + 1 < end
        && matches!(tokens[at + 1].shape, Shape::Lower | Shape::Capital | Shape::Upper);
    glued && noun_follows && tokens[at - 1].lower.ends_with('s')
}

fn push(tokens: &[Token], start: usize, end: usize, quotes: &mut Vec<Quote>) {
    if start < end {
        quotes.push(Quote { tokens: start..end, scare: is_scare(tokens, start, end) });
    }
}

/// One to three words without a stop, not introduced as speech.
fn is_scare(tokens: &[Token], start: usize, end: usize) -> bool {
    let held = &tokens[start..end];
    let stop = |token: &Token| matches!(token.lower.as_str(), "," | "." | "!" | "?" | ";" | "...");
    let words = held.iter().filter(|token| token.shape != Shape::Mark).count();
    if !(1..=3).contains(&words) || held.iter().any(stop) {
        return false;
    }
    let says = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at)).is_some_and(|t| SPEECH.contains(&t.lemma.as_str()))
    };
    // The token before the opening mark, and the one before that: "said: “Yes”".
    let before = start.checked_sub(2);
    let colon = before.is_some_and(|at| matches!(tokens[at].lower.as_str(), ":" | ","));
    let introduced = says(before) || colon && says(start.checked_sub(3));
    !introduced && !says(Some(end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{sentences, testing::document};

    fn check(text: &str, expected: &[(&str, bool)]) {
        let document = document(text, None);
        let (tokens, sentences) = sentences::read(&document);
        let found: Vec<(&str, bool)> = read(&tokens, &sentences)
            .iter()
            .map(|quote| {
                let held = &tokens[quote.tokens.clone()];
                let span = held[0].span.join(held[held.len() - 1].span);
                (span.of(&document.text), quote.scare)
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn quotations() {
        check("“We did it,” he said.", &[("We did it,", false)]);
        check("The ‘lone wolf ’ was not one.", &[("lone wolf", true)]);
        check("He called it a 'holy war'.", &[("holy war", true)]);
        check("The bombers’ flat was empty.", &[]);
        check("‘The bombers’ flat is ours,’ they wrote.", &[("The bombers’ flat is ours,", false)]);
        check(
            "“They are not ‘alone’,” said Ruiz.",
            &[("They are not ‘alone’,", false), ("alone", true)],
        );
        check("He said: \"No\".", &[("No", false)]);
        check("“It was dark. We ran.” They left.", &[("It was dark. We ran.", false)]);
        check("``Stop,'' she cried.", &[("Stop,", false)]);
        check("A “servant of the old dawn” he was.", &[("servant of the old dawn", false)]);
    }
}
