//! Bytes to Unicode.
//!
//! Newspaper archives export UTF-8, UTF-16 with a mark, or Windows-1252. Other
//! encodings are not guessed: a wrong guess garbles a text without a sign, and
//! two programs that guess differently would disagree on what was published.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::Cause;

/// The text that `bytes` hold, without a byte order mark, its line endings as `\n`.
///
/// UTF-16 needs its mark. Bytes that are not UTF-8 are read as Windows-1252,
/// unless at least half of their accented letters and quotation marks are good UTF-8: a
/// damaged byte then becomes U+FFFD, rather than every quotation mark three
/// wrong letters.
///
/// # Errors
/// [`Cause::Binary`] if there are NUL characters.
pub fn decode(bytes: &[u8]) -> Result<String, Cause> {
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xFF, 0xFE, rest @ ..] => UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFE, 0xFF, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        _ => without_mark(bytes)?,
    };
    match text.contains('\0') {
        true => Err(Cause::Binary),
        false => Ok(normalise_line_endings(text)),
    }
}

fn without_mark(bytes: &[u8]) -> Result<String, Cause> {
    if bytes.contains(&0) {
        return Err(Cause::Binary);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    match good > 0 && good >= bad {
        true => Ok(String::from_utf8_lossy(bytes).into_owned()),
        false => Ok(WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()),
    }
}

/// `text` with `\r\n` and `\r` as `\n`, in its own memory: a large page would else stand there
/// three times.
pub(crate) fn normalise_line_endings(text: String) -> String {
    if !text.contains('\r') {
        return text;
    }
    let mut bytes = text.into_bytes();
    let mut to = 0;
    for from in 0..bytes.len() {
        match bytes[from] {
            b'\r' if bytes.get(from + 1) == Some(&b'\n') => continue,
            b'\r' => bytes[to] = b'\n',
            byte => bytes[to] = byte,
        }
        to += 1;
    }
    bytes.truncate(to);
    // Only whole letters of ASCII were taken out or changed.
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], want: &str) {
        assert_eq!(decode(bytes).unwrap(), want);
    }

    #[test]
    fn marks_are_removed_and_line_endings_made_one() {
        check(b"\xEF\xBB\xBFone\r\ntwo\rthree\n", "one\ntwo\nthree\n");
        check("é\r\r\né\r".as_bytes(), "é\n\né\n");
        check("plain – text".as_bytes(), "plain – text");
    }

    #[test]
    fn utf_16_is_read_by_its_mark() {
        check(b"\xFF\xFEH\0i\0\x13\x20", "Hi–");
        check(b"\xFE\xFF\0H\0i\x20\x13", "Hi–");
    }

    #[test]
    fn what_is_not_utf_8_is_windows_1252() {
        check(b"The caf\xE9\x92s owner", "The café’s owner");
    }

    #[test]
    fn a_damaged_byte_does_not_garble_a_utf_8_text() {
        check(b"\xE2\x80\x9CYes\xE2\x80\x9D, she sa\xFFid", "“Yes”, she sa\u{FFFD}id");
        check(b"\xE2\x80\x9CYes\xE2\x80", "“Yes\u{FFFD}");
    }

    #[test]
    fn nul_bytes_are_binary() {
        assert!(matches!(decode(b"\x7FELF\0\0"), Err(Cause::Binary)));
        assert!(matches!(decode(b"\xFF\xFE\0\0H\0\0\0"), Err(Cause::Binary)));
        assert!(matches!(decode(b"H\0i\0"), Err(Cause::Binary)));
    }
}
