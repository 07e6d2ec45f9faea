//! Words on a picture: made harmless, shortened, measured, broken into lines.
//!
//! A picture is read with whatever typeface its reader has, so widths are those of a wide one
//! (DejaVu Sans): a label may come out shorter than its room, and is not cut.

use throughline_tell::terminal;
use unicode_width::UnicodeWidthChar;

/// The most letters of a name that a picture or its table shows.
const LONGEST: usize = 400;

/// Marks without a width that may follow one letter: scripts need a few, and nobody needs twenty.
const MARKS: usize = 4;

/// A text in one line that XML allows, without control and direction characters, and not endless.
pub(crate) fn clean(text: &str) -> String {
    let mut marks = 0;
    let kept = text.chars().filter(|letter| {
        let marking = !letter.is_control() && letter.width() == Some(0);
        marks = if marking { marks + 1 } else { 0 };
        marks <= MARKS
    });
    // Far more than is shown, and bounded before anything looks at it twice.
    let kept: String = kept.take(4 * LONGEST).collect();
    let line: String = terminal::one_line(&kept)
        .chars()
        // XML has no place for these two, however they are written.
        .map(|letter| if matches!(letter, '\u{FFFE}' | '\u{FFFF}') { '\u{FFFD}' } else { letter })
        .collect();
    shortened(&line, LONGEST)
}

/// At most `most` letters, with an ellipsis for what is left out.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut kept: String = text.chars().take(most.saturating_sub(1)).collect();
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// `1 record`, `2 records`.
pub(crate) fn counted(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// How wide a text is at most, in the unit of `size`, the size of its letters.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// The width of a letter, as a part of its size.
fn advance(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '\'' | '|' => 0.32,
        'I' | ' ' | '.' | ',' | ':' | ';' | '!' | '/' => 0.36,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '‘' | '’' => 0.43,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' | '…' | 'Œ' | 'Æ' => 1.0,
        'C' | 'D' | 'G' | 'H' | 'N' | 'O' | 'Q' | 'U' => 0.79,
        'A'..='Z' => 0.7,
        'a'..='z' | '0'..='9' => 0.645,
        letter => match letter.width() {
            Some(0) | None => 0.0,
            Some(1) => 0.8,
            Some(_) => 1.05,
        },
    }
}

/// A text in at most `lines` lines of at most `room` each; what has no room ends in an ellipsis.
pub(crate) fn broken(text: &str, size: f64, room: f64, lines: usize) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let last = found.last().map_or("", String::as_str);
        let longer = format!("{last} {word}");
        let full = found.len() == lines;
        match found.last_mut() {
            Some(line) if width(&longer, size) <= room => *line = longer,
            Some(line) if full => {
                *line = cut(&format!("{longer}…"), size, room);
                break;
            }
            _ => found.push(cut(word, size, room)),
        }
    }
    found
}

/// As much of a line as has room, with an ellipsis.
pub(crate) fn cut(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut used = width("…", size);
    let mut kept = String::new();
    for letter in text.chars() {
        used += width(letter.encode_utf8(&mut [0; 4]), size);
        if used > room {
            break;
        }
        kept.push(letter);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_words_come_out_as_one_short_line() {
        let line = clean("a\nb\u{202E}c\0d\u{FFFF}e");
        assert_eq!(line, "a b\u{FFFD}c\u{FFFD}d\u{FFFD}e");
        assert_eq!(clean(&"x".repeat(10_000)).chars().count(), LONGEST);
        assert!(clean(&format!("a{}", "\u{301}".repeat(9_000))).chars().count() <= 1 + MARKS);
    }

    #[test]
    fn lines_have_room_and_say_what_is_missing() {
        let text = "The bomb in the Rue des Bons-Enfants that was meant for the Avenue";
        let lines = broken(text, 11.0, 120.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| width(line, 11.0) <= 120.0), "{lines:?}");
        assert!(lines[1].ends_with('…'));
        assert_eq!(broken("Lenn", 11.0, 120.0, 2), ["Lenn"]);
        let long = broken(&"w".repeat(300), 11.0, 120.0, 3);
        assert_eq!(long.len(), 1, "{long:?}");
        assert!(width(&long[0], 11.0) <= 120.0);
    }
}
