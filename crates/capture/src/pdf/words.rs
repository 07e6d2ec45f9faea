//! Strings of a PDF as text.

use encoding_rs::UTF_16BE;

/// The letters of bytes 0x80 to 0xA0 where a PDF's strings are not in Unicode.
const UPPER: [char; 33] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™',
    'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{FFFD}', '€',
];

/// What a string of the file says, in one line.
pub(super) fn words_of(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xFE, 0xFF, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| letter_of(*byte)).collect(),
    };
    let plain: String =
        text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn letter_of(byte: u8) -> char {
    match byte {
        0x80..=0xA0 => UPPER[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_unicode_or_a_set_of_their_own() {
        assert_eq!(words_of(b"\xFE\xFF\0A\x20\x14\0b"), "A—b");
        assert_eq!(words_of(b"\xEF\xBB\xBFL\xC3\xA9on"), "Léon");
        assert_eq!(words_of(b"L\xE9on \x8D\0x\x8E"), "Léon “ x”");
    }
}
