//! Mailboxes: letters one after the other, each after a line that begins with `From `.
//!
//! Programs disagree on how a line of a letter that begins so is told apart. Taken for the
//! beginning of a letter is one that ends in a time and a year, as no line of prose does, after a
//! blank line or at the beginning of the file. `>From ` loses its mark, as it does in most mail
//! programs.

use std::io::{self, BufRead, Read};

use crate::Cause;
use crate::letter::{MAX_LETTER_BYTES, tell_letter};
use crate::walk::{Entry, Flow, Outer, Walk};

/// The longest line that is looked at as a whole, in bytes; a longer one begins no letter.
const LONGEST_LINE: u64 = 8 << 10;

/// Takes in the letters of a mailbox, by number.
pub(crate) fn take_letters(walk: &mut Walk<'_>, entry: Entry<'_>) -> Flow {
    let (outer, input) = entry.open();
    let mut letters = Letters::new(input.reader());
    let mut number = 0;
    loop {
        let letter = letters.next();
        number += 1;
        let place = format!("{}:{number}", outer.place);
        match letter {
            Ok(None) if number == 1 => return walk.fail(outer.place, Cause::Empty),
            Ok(None) => return Flow::Continue(()),
            Ok(Some(Found::Letter(bytes))) => {
                let letter = Outer { place, ..outer.clone() };
                tell_letter(walk, &letter, bytes)?;
            }
            Ok(Some(Found::TooLarge(bytes))) => {
                let cause = Cause::TooLarge { bytes: Some(bytes), limit: MAX_LETTER_BYTES };
                walk.fail(place, cause)?;
            }
            // The rest of a file that cannot be read is lost; its first letters are not.
            Err(error) => return walk.fail(place, Cause::of_io(error)),
        }
    }
}

enum Found {
    /// The bytes of a letter, without the line before it and with its own lines unmarked.
    Letter(Vec<u8>),
    /// A letter over the limit, with its size; it was passed over, not kept.
    TooLarge(u64),
}

/// The letters of a stream.
struct Letters<R> {
    input: R,
    piece: Vec<u8>,
    /// Whether the line that begins a letter was read already.
    begun: bool,
}

impl<R: BufRead> Letters<R> {
    fn new(input: R) -> Letters<R> {
        Letters { input, piece: Vec::new(), begun: false }
    }

    /// The next letter; memory is bounded by the largest that is read.
    fn next(&mut self) -> io::Result<Option<Found>> {
        let mut letter = Vec::new();
        let mut length = 0u64;
        // The line before the first letter may be missing, and stands after nothing.
        let (mut any, mut after_blank, mut at_start) = (self.begun, !self.begun, true);
        self.begun = false;
        loop {
            self.piece.clear();
            (&mut self.input).take(LONGEST_LINE).read_until(b'\n', &mut self.piece)?;
            if self.piece.is_empty() {
                break;
            }
            let ended = self.piece.last() == Some(&b'\n');
            if at_start && after_blank && begins_a_letter(&self.piece) {
                if any {
                    self.begun = true;
                    break;
                }
                any = true;
                after_blank = false;
                continue;
            }
            let blank = self.piece.trim_ascii().is_empty();
            if any || !blank {
                any = true;
                let marked = at_start && is_marked(&self.piece);
                let line = &self.piece[usize::from(marked)..];
                length += line.len() as u64;
                match length <= MAX_LETTER_BYTES {
                    true => letter.extend_from_slice(line),
                    false => letter = Vec::new(),
                }
            }
            after_blank = at_start && ended && blank;
            at_start = ended;
        }
        if !any {
            return Ok(None);
        }
        if length > MAX_LETTER_BYTES {
            return Ok(Some(Found::TooLarge(length)));
        }
        // The blank line before the next letter is none of this one's.
        for end in [&b"\r\n\r\n"[..], b"\n\n"] {
            if letter.ends_with(end) {
                letter.truncate(letter.len() - end.len() / 2);
                break;
            }
        }
        Ok(Some(Found::Letter(letter)))
    }
}

/// Whether a line stands before a letter: `From somebody Fri Mar 24 10:30:00 2017`.
pub(crate) fn begins_a_letter(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let words = || rest.split(|byte| byte.is_ascii_whitespace()).filter(|word| !word.is_empty());
    let is_digits = |word: &[u8]| !word.is_empty() && word.iter().all(u8::is_ascii_digit);
    let is_time = |word: &[u8]| {
        let mut parts = word.split(|byte| *byte == b':');
        let two = |part: Option<&[u8]>| part.is_some_and(|part| part.len() == 2 && is_digits(part));
        two(parts.next()) && two(parts.next())
    };
    let is_year = |word: &[u8]| word.len() == 4 && is_digits(word);
    words().skip(1).any(is_time) && words().skip(1).any(is_year)
}

/// Whether a line begins with `From ` behind one or more marks.
fn is_marked(line: &[u8]) -> bool {
    let marks = line.iter().take_while(|byte| **byte == b'>').count();
    marks > 0 && line[marks..].starts_with(b"From ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(bytes: &[u8], buffer: usize) -> Vec<String> {
        let mut letters = Letters::new(io::BufReader::with_capacity(buffer, bytes));
        let next = || match letters.next().unwrap()? {
            Found::Letter(bytes) => Some(String::from_utf8(bytes).unwrap()),
            Found::TooLarge(bytes) => Some(format!("too large: {bytes}")),
        };
        std::iter::from_fn(next).collect()
    }

    #[test]
    fn letters_are_told_apart_whatever_the_buffer() {
        let long = "x".repeat(20_000);
        let mailbox = format!(
            "From ada@lamp.example Fri Mar 24 10:30:00 2017\nSubject: One\n\nFirst.\n\
             From here on it was quiet.\n\n>From the mill came smoke.\n>>From there, too.\n\n\
             From 12@xxx Mon Mar 02 08:00:00 +0000 2020\nSubject: Two\n\n{long}\n\n\
             From the harbour nobody came.\n\nFrom -  Sat Mar 25 10:30 2017\n\nThree.\n"
        );
        let want = [
            "Subject: One\n\nFirst.\nFrom here on it was quiet.\n\nFrom the mill came smoke.\n\
             >From there, too.\n"
                .to_owned(),
            format!("Subject: Two\n\n{long}\n\nFrom the harbour nobody came.\n"),
            "\nThree.\n".to_owned(),
        ];
        for buffer in [1, 7, 100, 1 << 16] {
            assert_eq!(letters(mailbox.as_bytes(), buffer), want, "buffer of {buffer}");
        }
    }

    #[test]
    fn a_letter_over_the_limit_is_passed_over() {
        let mut mailbox = b"From a Fri Mar 24 10:30:00 2017\n\n".to_vec();
        mailbox.resize(MAX_LETTER_BYTES as usize + 100, b'x');
        mailbox.extend(b"\n\nFrom b Fri Mar 24 10:30:00 2017\nSubject: Two\n");
        let found = letters(&mailbox, 1 << 16);
        assert!(found[0].starts_with("too large: ") && found[1] == "Subject: Two\n", "{found:?}");
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn prose_begins_no_letter() {
        for line in ["From our correspondent", "From 10:30 on, in 2017", "from a 10:30:00 2017"] {
            assert!(!begins_a_letter(line.as_bytes()), "{line}");
        }
        assert!(begins_a_letter(b"From MAILER-DAEMON Fri Jul  8 12:08:34 2011\r\n"));
    }
}
