//! The letters of a page as a text has them: white space made one, what cannot be seen left out.
//!
//! A soft hyphen, a zero-width space or a control of direction inside a name would make it another
//! name to whoever searches, so none of them is kept; the original bytes keep them.

/// Puts words of a page after `line`: runs of white space are one space, and none begins a line.
pub(crate) fn push_words(line: &mut String, words: &str) {
    let mut letters = words.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\u{200C}' | '\u{200D}' => {
                // Joiners shape letters of other scripts and join emoji; beside Latin ones they
                // only hide.
                let beside = |letter: Option<char>| letter.is_some_and(|letter| !letter.is_ascii());
                if beside(line.chars().next_back()) && beside(letters.peek().copied()) {
                    line.push(letter);
                }
            }
            _ if is_unseen(letter) => {}
            _ if is_space(letter) => {
                if !line.is_empty() && !line.ends_with([' ', '\n']) {
                    line.push(' ');
                }
            }
            _ => line.push(letter),
        }
    }
}

/// `words` as one line, see [`push_words`].
pub(crate) fn one_line(words: &str) -> String {
    let mut line = String::with_capacity(words.len().min(1 << 10));
    push_words(&mut line, words);
    line.truncate(line.trim_end().len());
    line
}

fn is_space(letter: char) -> bool {
    letter.is_whitespace()
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
}
