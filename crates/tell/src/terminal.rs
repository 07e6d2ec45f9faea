//! Words of others on a terminal.

/// `text` in one line, with control and direction characters made harmless: words of a document
/// cannot move the cursor, change colours or turn a line around.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => {
                if !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            letter if is_hostile(letter) => line.push('\u{FFFD}'),
            letter => line.push(letter),
        }
    }
    line.trim().to_owned()
}

/// As [`one_line`], with line breaks kept.
pub fn lines(text: &str) -> String {
    text.split('\n').map(one_line).collect::<Vec<_>>().join("\n")
}

/// As [`lines`], with every space kept, letter for letter: for a page, which lays lines out itself.
pub fn letters(text: &str) -> String {
    let plain = |letter: char| match letter {
        '\n' | '\t' => letter,
        '\r' | '\u{2028}' | '\u{2029}' => '\n',
        letter if is_hostile(letter) => '\u{FFFD}',
        letter => letter,
    };
    text.replace("\r\n", "\n").chars().map(plain).collect()
}

/// Control characters, and those that change the direction of what follows.
fn is_hostile(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_cannot_reach_the_terminal() {
        assert_eq!(one_line("a\u{1b}[31mb\nc\u{202e}d"), "a\u{FFFD}[31mb c\u{FFFD}d");
        assert_eq!(lines("a\n\u{7}b"), "a\n\u{FFFD}b");
        assert_eq!(letters(" a  b\r\nc\u{202e}\u{0}"), " a  b\nc\u{FFFD}\u{FFFD}");
    }
}
