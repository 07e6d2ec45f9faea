//! Text as agencies, people and scanners also write it, byte for byte in its place.

use throughline_linear::Random;

/// How a text is written anew, to see what that costs a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// All in capitals.
    Upper,
    /// Without capitals.
    Lower,
    /// Without marks; the spaces stay.
    Bare,
    /// As a scanner misreads it: one letter in fifty is another that looks like it.
    Scanned,
}

/// Letters that are taken for each other.
const ALIKE: [(u8, u8); 14] = [
    (b'l', b'1'),
    (b'o', b'0'),
    (b'e', b'c'),
    (b'a', b'o'),
    (b'n', b'u'),
    (b'h', b'b'),
    (b'i', b'l'),
    (b't', b'f'),
    (b's', b'5'),
    (b'r', b'n'),
    (b'S', b'5'),
    (b'I', b'l'),
    (b'B', b'8'),
    (b'O', b'0'),
];

/// A text as it is written so. Every letter keeps its bytes' place, so that spans of the text are
/// spans of the result; letters whose other form is longer or shorter stay as they are.
pub fn rewritten(text: &str, written: Written) -> String {
    let mut random = Random::new(text.len() as u64);
    let same_length = |letter: char, other: char| match other.len_utf8() == letter.len_utf8() {
        true => other,
        false => letter,
    };
    let one = |mut letters: Box<dyn Iterator<Item = char>>| match (letters.next(), letters.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    };
    text.chars()
        .map(|letter| match written {
            Written::Upper => {
                same_length(letter, one(Box::new(letter.to_uppercase())).unwrap_or(letter))
            }
            Written::Lower => {
                same_length(letter, one(Box::new(letter.to_lowercase())).unwrap_or(letter))
            }
            Written::Bare if letter.is_ascii_punctuation() => ' ',
            Written::Bare => letter,
            Written::Scanned if random.below(50) > 0 => letter,
            Written::Scanned => {
                let alike = ALIKE.iter().find(|(from, _)| char::from(*from) == letter);
                alike.map_or(letter, |(_, to)| char::from(*to))
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_keep_their_place() {
        let text =
            "Groß, the İstanbul-based man’s \u{fb01}rst «house» at Ostby said so. ".repeat(20);
        for written in [Written::Upper, Written::Lower, Written::Bare, Written::Scanned] {
            let other = rewritten(&text, written);
            let starts = |text: &str| text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
            assert_eq!(starts(&text), starts(&other), "{written:?}");
            assert_ne!(text, other);
            assert_eq!(other, rewritten(&text, written));
        }
        assert!(rewritten(&text, Written::Upper).starts_with("GROß, THE İSTANBUL-BASED"));
        assert!(rewritten(&text, Written::Bare).starts_with("Groß  the"));
    }
}
