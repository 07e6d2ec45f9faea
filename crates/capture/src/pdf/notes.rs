//! Notes at the foot of a page, which would interrupt the sentence that runs on to the next.

use super::furniture::PageLines;
use super::line::{Line, RAISED};

/// How much smaller than the text notes are set.
const SMALL: f32 = 0.93;

/// Takes the notes at the foot of a page out of its parts: the lines of each note.
///
/// `text_size` is the height of the document's text. Notes begin with a mark, are set smaller than
/// the text, and nothing stands below them. `carried` says that the page before ended within a note.
pub(super) fn take_notes(page: &mut PageLines, text_size: f32, carried: bool) -> Vec<Vec<Line>> {
    let mut notes = Vec::new();
    for part in &mut page.parts {
        let small = part.iter().rev().take_while(|line| line.size < SMALL * text_size).count();
        let tail = part.len() - small;
        let first = part[tail..].iter().position(|line| mark(&line.text).is_some());
        let start = match first {
            // A note that runs on from the page before has no mark here.
            Some(_) if carried => tail,
            Some(first) => tail + first,
            None if carried => tail,
            None => continue,
        };
        // A page of nothing but small print is no page of notes.
        if start == 0 && !carried {
            continue;
        }
        for line in part.drain(start..) {
            match notes.last_mut().filter(|_| mark(&line.text).is_none()) {
                Some(note) => Vec::push(note, line),
                None => notes.push(vec![line]),
            }
        }
    }
    page.parts.retain(|part| !part.is_empty());
    notes
}

/// The mark with which a note begins: "12", raised or not, or an asterisk or dagger.
pub(super) fn mark(text: &str) -> Option<String> {
    let plain = text.trim_start_matches(RAISED[0]);
    if let Some(symbol) = plain.chars().next().filter(|first| "*†‡§".contains(*first)) {
        return Some(symbol.to_string());
    }
    let digits: String = plain.chars().take_while(char::is_ascii_digit).collect();
    let rest = &plain[digits.len()..];
    let raised = text.starts_with(RAISED[0]);
    let follows = match rest.chars().next() {
        Some(letter) => letter == ' ' || letter == RAISED[1] || raised || letter.is_alphabetic(),
        None => false,
    };
    ((1..=3).contains(&digits.len()) && follows).then_some(digits)
}

/// A line without the marks around raised numbers; of those, a mark of one of the notes is left
/// out, so that the sentence reads on.
pub(super) fn without_marks(text: &str, notes: &[String], own: bool) -> String {
    if !text.contains(RAISED[0]) {
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        return match mark(text).filter(|_| own && digits > 0 && !text[digits..].starts_with(' ')) {
            Some(mark) => format!("{mark} {}", &text[digits..]),
            None => text.to_owned(),
        };
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(RAISED[0]) {
        out.push_str(before);
        let (number, after) = after.split_once(RAISED[1]).unwrap_or((after, ""));
        let begins = out.is_empty() && own;
        // After a figure it is a power, and after nothing it begins the note itself.
        let follows = out.chars().next_back().is_some_and(|last| !last.is_ascii_digit());
        if begins || !follows || !notes.iter().any(|note| note == number) {
            out.push_str(number);
            if begins && !after.starts_with(' ') {
                out.push(' ');
            }
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_notes() {
        for (text, want) in [
            ("\u{2}12\u{3} See the report.", Some("12")),
            ("\u{2}12\u{3}See the report.", Some("12")),
            ("3 Ibid.", Some("3")),
            ("* Ibid.", Some("*")),
            ("1,200 people", None),
            ("2016.", None),
            ("12", None),
            ("See", None),
        ] {
            assert_eq!(mark(text).as_deref(), want, "{text:?}");
        }
    }

    #[test]
    fn the_mark_of_a_note_is_left_out_of_the_sentence() {
        let notes = ["2".to_owned()];
        assert_eq!(without_marks("He fled.\u{2}2\u{3} She", &notes, false), "He fled. She");
        assert_eq!(without_marks("10\u{2}2\u{3} metres", &notes, false), "102 metres");
        assert_eq!(without_marks("He fled.\u{2}3\u{3}", &notes, false), "He fled.3");
        assert_eq!(without_marks("\u{2}2\u{3}Ibid.", &notes, true), "2 Ibid.");
        assert_eq!(without_marks("2Ibid.", &notes, true), "2 Ibid.");
    }
}
