//! The letters of a text as people see them: what cannot be seen is left out, in every format alike.
//!
//! A soft hyphen, a zero-width space or a control of direction inside a name would make it another
//! name to whoever searches, so none of them is kept; the original bytes keep them. Readers of formats
//! clean letters before they lay out a text, so that places in it hold.

use std::borrow::Cow;

/// Puts words of a page after `line`: runs of white space are one space, and none begins a line.
pub(crate) fn push_words(line: &mut String, words: &str) {
    let mut letters = words.chars().peekable();
    while let Some(letter) = letters.next() {
        if !is_seen(letter, line.chars().next_back(), letters.peek().copied()) {
            continue;
        }
        match letter.is_whitespace() {
            true if line.is_empty() || line.ends_with([' ', '\n']) => {}
            true => line.push(' '),
            false => line.push(letter),
        }
    }
}

/// A text with its lines and their blanks as they are, but for blanks of other widths, which are
/// spaces, and other ends of lines, which are `\n`.
pub(crate) fn seen(text: &str) -> Cow<'_, str> {
    let plain = |byte: &u8| byte.is_ascii() && (!byte.is_ascii_control() || b"\n\t".contains(byte));
    if text.as_bytes().iter().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\n' | '\t' => out.push(letter),
            '\u{85}' | '\u{2028}' => out.push('\n'),
            '\u{2029}' => out.push_str("\n\n"),
            _ if letter.is_whitespace() => out.push(' '),
            _ if is_seen(letter, out.chars().next_back(), letters.peek().copied()) => {
                out.push(letter);
            }
            _ => {}
        }
    }
    Cow::Owned(out)
}

/// `words` as one line, see [`push_words`].
pub(crate) fn one_line(words: &str) -> String {
    let mut line = String::with_capacity(words.len().min(1 << 10));
    push_words(&mut line, words);
    line.truncate(line.trim_end().len());
    line
}

/// Whether a letter is seen between these.
pub(crate) fn is_seen(letter: char, before: Option<char>, after: Option<char>) -> bool {
    // Joiners shape letters of other scripts and join emoji; beside Latin ones they only hide.
    let beside = |letter: Option<char>| letter.is_some_and(|letter| !letter.is_ascii());
    match letter {
        '\u{200C}' | '\u{200D}' => beside(before) && beside(after),
        _ => !is_unseen(letter),
    }
}

/// Marks that change how letters are laid out, and controls.
fn is_unseen(letter: char) -> bool {
    matches!(letter,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}'
        | '\u{FE0E}' | '\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
        || letter.is_control() && !letter.is_whitespace()
        || matches!(letter, '\u{E000}'..='\u{F8FF}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_left_out() {
        for (words, want) in [
            ("  a\u{A0}b \n\t c ", "a b c"),
            ("Vo\u{AD}ss\u{200B}ler\u{FEFF}", "Vossler"),
            ("\u{202E}drah\u{202C} \u{2066}x\u{2069}", "drah x"),
            ("10\u{202F}000", "10 000"),
            ("a\u{200D}b می\u{200C}خواهم", "ab می\u{200C}خواهم"),
            ("a\u{7}b\u{E01F}", "ab"),
            ("“Yes” – it’s", "“Yes” – it’s"),
        ] {
            assert_eq!(one_line(words), want);
        }
    }

    #[test]
    fn lines_and_blanks_stay() {
        for (text, want) in [
            ("one\n\n  two\tthree \n-- \n", "one\n\n  two\tthree \n-- \n"),
            ("Vo\u{AD}ss\u{200B}ler\n\u{202E}10\u{202F}000", "Vossler\n10 000"),
            ("one\u{2028}two\u{2029}three\u{85}four\u{C}five", "one\ntwo\n\nthree\nfour five"),
            ("a\u{7}b می\u{200C}خواهم a\u{200D}b", "ab می\u{200C}خواهم ab"),
        ] {
            assert_eq!(seen(text), want);
            assert_eq!(seen(want), want, "what is clean stays");
        }
    }
}
