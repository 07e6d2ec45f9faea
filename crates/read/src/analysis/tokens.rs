//! Text → tokens.
//!
//! Words are those of Unicode's word boundaries, with what newspapers need on top:
//!
//! - a hyphenated word is one token ("co-ordinated", "al-Qaeda", "22-year-old"), but a
//!   name keeps apart from what is hung on it ("Isil-related", "anti-Eta": three tokens);
//! - `'s`, `n't`, `'ll` and their like are tokens of their own;
//! - the stop of an abbreviation belongs to it, and is left out of `lower` ("Nov." is
//!   `nov`) unless the word has stops inside ("U.S." is `u.s.`);
//! - 9/11, 6:30, 2017-03-22, @names, #tags and addresses are one token each.

use std::collections::HashMap;
use std::sync::LazyLock;

use throughline_model::Span;
use unicode_segmentation::UnicodeSegmentation;

use super::{Shape, Token, lemmas, lists};

/// Abbreviations, and whether they may end a sentence.
pub(super) static ABBREVIATIONS: LazyLock<HashMap<&'static str, bool>> = LazyLock::new(|| {
    lists::entries(include_str!("../../resources/abbreviations.txt"))
        .map(|entry| match entry.split_once(' ') {
            Some((word, _)) => (word, true),
            None => (entry, false),
        })
        .collect()
});

/// What is hung on a name by a hyphen without becoming part of it.
const SUFFIXES: &[&str] = &[
    "affiliated",
    "aligned",
    "allied",
    "backed",
    "based",
    "born",
    "claimed",
    "connected",
    "controlled",
    "directed",
    "funded",
    "held",
    "influenced",
    "inspired",
    "led",
    "like",
    "linked",
    "oriented",
    "owned",
    "related",
    "ruled",
    "run",
    "sponsored",
    "style",
    "supporting",
    "trained",
    "wide",
];

/// What is put before a name by a hyphen without becoming part of it.
const PREFIXES: &[&str] = &["anti", "ex", "mid", "non", "post", "pre", "pro", "then"];

/// Splits off from the end of a word: with straight apostrophes, in lower case.
const CLITICS: &[&str] = &["n't", "'s", "'ll", "'re", "'ve", "'d", "'m"];

/// Appends the tokens of `text[span]` to `tokens`.
pub(super) fn tokenise(text: &str, span: Span, tokens: &mut Vec<Token>) {
    let base = span.start as usize;
    let part = span.of(text);
    let pieces: Vec<(usize, &str)> = part
        .split_word_bound_indices()
        .filter(|(_, piece)| !piece.chars().all(|c| c.is_whitespace() || c.is_control()))
        .collect();
    let mut at = 0;
    while at < pieces.len() {
        let (start, end, next) = extent(part, &pieces, at);
        split(part, start, end, &mut |a, b, abbreviation| {
            tokens.push(token(part, base, a, b, abbreviation));
        });
        at = next;
    }
}

fn is_word(piece: &str) -> bool {
    piece.starts_with(char::is_alphanumeric)
}

fn is_digits(piece: &str) -> bool {
    !piece.is_empty() && piece.bytes().all(|b| b.is_ascii_digit())
}

/// How far the token that begins with piece `at` goes: its bytes, and the piece after it.
fn extent(part: &str, pieces: &[(usize, &str)], at: usize) -> (usize, usize, usize) {
    let (start, piece) = pieces[at];
    let mut end = start + piece.len();
    let mut next = at + 1;
    // The piece at `n`, if it follows without a space on what ends at `end`.
    let glued = |n: usize, end: usize| {
        pieces.get(n).filter(|(start, _)| *start == end).map(|(_, piece)| *piece)
    };
    if matches!(piece, "@" | "#") && glued(next, end).is_some_and(is_word) {
        end = pieces[next].0 + pieces[next].1.len();
        return (start, end, next + 1);
    }
    if !is_word(piece) {
        // Doubled marks: "--", "...", "``", "''".
        if matches!(piece, "-" | "." | "`" | "'" | "*" | "=" | "_") {
            while glued(next, end) == Some(piece) {
                end += piece.len();
                next += 1;
            }
        }
        return (start, end, next);
    }
    if matches!(piece, "http" | "https" | "www") && matches!(glued(next, end), Some(":" | ".")) {
        while let Some(piece) = glued(next, end) {
            end += piece.len();
            next += 1;
        }
        return (start, end, next);
    }
    loop {
        let so_far = &part[start..end];
        match (glued(next, end), pieces.get(next + 1)) {
            (Some(mark @ ("-" | "\u{2010}" | "\u{2011}")), Some(&(after, word)))
                if after == end + mark.len() && is_word(word) =>
            {
                // "30-40" is two numbers, "2017-03-22" is one day.
                let ranged = is_digits(so_far) && is_digits(word);
                let day = ranged && so_far.len() == 4 && is_day(part, end);
                if ranged && !day {
                    break;
                }
                end = if day { end + 6 } else { after + word.len() };
                next = pieces.partition_point(|(start, _)| *start < end);
            }
            // "Al-‘Awhali": a letter of Arabic, and no quotation.
            (Some("-"), Some(&(letter, "‘" | "’")))
                if letter == end + 1
                    && so_far.chars().count() <= 4
                    && glued(next + 2, letter + "‘".len())
                        .is_some_and(|word| word.starts_with(char::is_uppercase)) =>
            {
                let (after, word) = pieces[next + 2];
                end = after + word.len();
                next += 3;
            }
            (Some(mark @ ("/" | ":")), Some(&(after, word)))
                if after == end + mark.len()
                    && so_far.ends_with(|c: char| c.is_ascii_digit())
                    && word.starts_with(|c: char| c.is_ascii_digit()) =>
            {
                end = after + word.len();
                next += 2;
            }
            (Some("&"), Some(&(after, word)))
                if after == end + 1
                    && so_far.chars().all(char::is_uppercase)
                    && word.chars().all(char::is_uppercase) =>
            {
                end = after + word.len();
                next += 2;
            }
            (Some("."), following) if takes_stop(part, start, end, following) => {
                end += 1;
                next += 1;
                if glued(next, end) != Some("-") {
                    break;
                }
            }
            _ => break,
        }
    }
    (start, end, next)
}

/// Whether `part[at..]` goes on like the end of an ISO day: "-03-22".
fn is_day(part: &str, at: usize) -> bool {
    let rest = part.as_bytes().get(at..at + 6).unwrap_or_default();
    let pattern = rest.iter().enumerate().all(|(n, b)| match n {
        0 | 3 => *b == b'-',
        _ => b.is_ascii_digit(),
    });
    let ended = !part.as_bytes().get(at + 6).is_some_and(|b| b.is_ascii_alphanumeric());
    rest.len() == 6 && pattern && ended
}

/// Whether the stop after `part[start..end]` belongs to that word.
fn takes_stop(part: &str, start: usize, end: usize, following: Option<&(usize, &str)>) -> bool {
    let word = &part[start..end];
    let letters = || word.chars().filter(|c| *c != '.');
    if word.contains('.') {
        // "U.S.", "p.m.", but not "example.org." or "2.5."
        return word.split('.').all(|letter| {
            letter.chars().count() == 1 && letter.starts_with(|c: char| c.is_alphabetic())
        });
    }
    let Some(&(_, after)) = following else { return false };
    if letters().count() == 1 {
        return word.starts_with(char::is_uppercase) && after.starts_with(char::is_uppercase);
    }
    if word.len() > 10 {
        return false;
    }
    let lower = word.to_lowercase();
    match ABBREVIATIONS.get(lower.as_str()) {
        Some(true) => true,
        // "in the sun." is the end of a sentence, "Sun. 4 March" is not.
        Some(false) => word.starts_with(char::is_uppercase) && is_word(after),
        None => lower == "no" && is_digits(after),
    }
}

/// Cuts a word into a name and what hangs on it, and clitics off.
fn split(part: &str, start: usize, end: usize, push: &mut dyn FnMut(usize, usize, bool)) {
    let word = &part[start..end];
    let upper = |piece: &str| piece.contains(char::is_uppercase);
    if let Some((at, hyphen)) = word.char_indices().rfind(|(_, c)| is_hyphen(*c)) {
        let (head, tail) = (&word[..at], &word[at + hyphen.len_utf8()..]);
        if at > 0 && upper(head) && SUFFIXES.contains(&tail) {
            split(part, start, start + at, push);
            push(start + at, start + at + hyphen.len_utf8(), false);
            push(start + at + hyphen.len_utf8(), end, false);
            return;
        }
    }
    if let Some((at, hyphen)) = word.char_indices().find(|(_, c)| is_hyphen(*c)) {
        let (head, tail) = (&word[..at], &word[at + hyphen.len_utf8()..]);
        let prefix = PREFIXES.iter().any(|prefix| prefix.eq_ignore_ascii_case(head));
        if prefix && tail.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) {
            push(start, start + at, false);
            push(start + at, start + at + hyphen.len_utf8(), false);
            split(part, start + at + hyphen.len_utf8(), end, push);
            return;
        }
    }
    if let Some(cut) = clitic(word) {
        push(start, start + cut, false);
        push(start + cut, end, false);
        return;
    }
    let stop = word.len() > 1 && word.ends_with('.') && !word[..word.len() - 1].contains('.');
    push(start, end, stop);
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Where a clitic begins at the end of a word.
fn clitic(word: &str) -> Option<usize> {
    if !word.contains(['\'', '\u{2019}']) {
        return None;
    }
    let plain = plain(word);
    let found = CLITICS.iter().find(|clitic| plain.ends_with(**clitic))?;
    let letters = found.chars().count();
    let cut = word.char_indices().rev().nth(letters - 1)?.0;
    (cut > 0).then_some(cut)
}

/// Lower case, straight apostrophes, plain hyphens.
pub(super) fn plain(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '\u{2019}' | '\u{2018}' | '\u{2bc}' => '\'',
            c if is_hyphen(c) => '-',
            c => c,
        })
        .collect()
}

fn token(part: &str, base: usize, start: usize, end: usize, abbreviation: bool) -> Token {
    let word = &part[start..end];
    let shape = shape(word);
    let lower = if shape == Shape::Mark {
        word.to_owned()
    } else {
        plain(word.strip_suffix('.').filter(|_| abbreviation).unwrap_or(word))
    };
    let lemma = match shape {
        Shape::Mark | Shape::Number => lower.clone(),
        _ => lemmas::lemma(&lower),
    };
    Token { span: Span::new(base + start, base + end), lower, lemma, shape }
}

fn shape(word: &str) -> Shape {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    if word.starts_with(char::is_numeric) {
        return Shape::Number;
    }
    if !word.contains(char::is_alphanumeric) {
        return Shape::Mark;
    }
    let first = letters.next();
    let rest = || word.chars().filter(|c| c.is_alphabetic()).skip(1);
    if first.is_some_and(char::is_uppercase) {
        let capitals = rest().count() > 0 && rest().all(|c| !c.is_lowercase());
        return if capitals { Shape::Upper } else { Shape::Capital };
    }
    if rest().any(char::is_uppercase) { Shape::Capital } else { Shape::Lower }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: &[&str]) {
        let mut tokens = Vec::new();
        tokenise(text, Span::new(0, text.len()), &mut tokens);
        let found: Vec<&str> = tokens.iter().map(|token| token.span.of(text)).collect();
        assert_eq!(found, words, "{text}");
    }

    #[test]
    fn words_as_newspapers_write_them() {
        check("Isil-related, anti-Eta", &["Isil", "-", "related", ",", "anti", "-", "Eta"]);
        check("al-Qaeda-linked men", &["al-Qaeda", "-", "linked", "men"]);
        check("Omar Al-‘Awhali said ‘no’", &["Omar", "Al-‘Awhali", "said", "‘", "no", "’"]);
        check("the group’s 22-year-old", &["the", "group", "’s", "22-year-old"]);
        check("ISIL’S ‘lone wolf ’", &["ISIL", "’S", "‘", "lone", "wolf", "’"]);
        check("It didn't.", &["It", "did", "n't", "."]);
        check("On Nov. 13, U.S.-led", &["On", "Nov.", "13", ",", "U.S.", "-", "led"]);
        check("30-40 at 6:30 on 9/11", &["30", "-", "40", "at", "6:30", "on", "9/11"]);
        check("on 2017-03-22.", &["on", "2017-03-22", "."]);
        check("``No,'' he said...", &["``", "No", ",", "''", "he", "said", "..."]);
        check("M&S @bbc http://a.b/c?d e", &["M&S", "@bbc", "http://a.b/c?d", "e"]);
        check("He sat in the sun.", &["He", "sat", "in", "the", "sun", "."]);
        check("J. Smith, 1,300", &["J.", "Smith", ",", "1,300"]);
    }

    #[test]
    fn shapes() {
        let shapes = [
            ("al-Qaeda", Shape::Capital),
            ("Isil", Shape::Capital),
            ("ISIL", Shape::Upper),
            ("U.S.", Shape::Upper),
            ("A", Shape::Capital),
            ("1,300", Shape::Number),
            ("13th", Shape::Number),
            ("—", Shape::Mark),
            ("home-grown", Shape::Lower),
        ];
        for (word, expected) in shapes {
            assert_eq!(shape(word), expected, "{word}");
        }
    }
}
