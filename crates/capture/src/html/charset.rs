//! Which letters a page's bytes stand for.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

use crate::encoding::normalise_line_endings;
use crate::{Cause, decode};

/// How far into a page its own word on its encoding is looked for; browsers look for 1,024 bytes,
/// programs that save pages put comments and style sheets before it.
const HEAD: usize = 16 << 10;

/// The text of a page: by its mark, as UTF-8 where it is that, by what the page says of itself,
/// and else as other texts are read.
///
/// What is sound UTF-8 beyond ASCII is UTF-8 whatever the page says: a server's word goes before
/// the page's and is not saved with it, and other encodings hardly ever look like UTF-8.
///
/// A few stray NUL bytes are left out, as browsers do.
///
/// # Errors
/// [`Cause::Binary`] if there are many NUL characters.
pub(crate) fn decode_page(bytes: &[u8]) -> Result<String, Cause> {
    const FEW: usize = 100;
    let wide = matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
    let strays = if wide { 0 } else { memchr::memchr_iter(0, bytes).count() };
    if strays > 0 && strays * FEW <= bytes.len() {
        let sound: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
        return decode_page(&sound);
    }
    let marked = matches!(bytes, [0xEF, 0xBB, 0xBF, ..] | [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
    if marked || std::str::from_utf8(bytes).is_ok() && !bytes.is_ascii() {
        return decode(bytes);
    }
    match named_encoding(&bytes[..bytes.len().min(HEAD)]) {
        Some(encoding) if encoding != UTF_8 => {
            let text = encoding.decode_without_bom_handling(bytes).0.into_owned();
            match text.contains('\0') {
                true => Err(Cause::Binary),
                false => Ok(normalise_line_endings(text)),
            }
        }
        _ => decode(bytes),
    }
}

/// The encoding that a page names: in a `meta` element, or in the first line of XHTML.
fn named_encoding(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.to_ascii_lowercase();
    let xml = head.trim_ascii_start().strip_prefix(b"<?xml").and_then(|rest| {
        let line = &rest[..rest.iter().position(|byte| *byte == b'>')?];
        label(after(line, b"encoding")?)
    });
    xml.or_else(|| {
        let mut rest = &head[..];
        while let Some(from) = after(rest, b"<meta") {
            let tag = &from[..from.iter().position(|byte| *byte == b'>').unwrap_or(from.len())];
            if let Some(encoding) = after(tag, b"charset").and_then(label) {
                return Some(encoding);
            }
            rest = from;
        }
        None
    })
}

fn after<'b>(bytes: &'b [u8], wanted: &[u8]) -> Option<&'b [u8]> {
    let at = bytes.windows(wanted.len()).position(|window| window == wanted)?;
    Some(&bytes[at + wanted.len()..])
}

/// The encoding named after `charset` or `encoding`.
fn label(rest: &[u8]) -> Option<&'static Encoding> {
    let rest = rest.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest
        .iter()
        .position(|byte| byte.is_ascii_whitespace() || b"\"';/>".contains(byte))
        .unwrap_or(rest.len());
    let encoding = Encoding::for_label(&rest[..end])?;
    // A page that can be searched for its `meta` is not in UTF-16, as browsers know too.
    Some(match encoding {
        found if found == UTF_16LE || found == UTF_16BE => UTF_8,
        found if found == X_USER_DEFINED => WINDOWS_1252,
        found => found,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], want: &str) {
        let text = decode_page(bytes).unwrap();
        assert!(text.ends_with(want), "{text}");
    }

    #[test]
    fn the_page_says_what_it_is() {
        check(b"<meta charset=windows-1251>\xCF\xEE\xE6\xE0\xF0", "Пожар");
        check(
            b"<META HTTP-EQUIV='Content-Type' content=\"text/html; charset=iso-8859-2\">\xB6led",
            "śled",
        );
        check(b"<?xml version='1.0' encoding=\"Shift_JIS\"?>\x89\xCE\x8E\x96", "火事");
        check(b"<meta name=x content='a charset of men'><meta charset=koi8-r>\xF0", "П");
    }

    #[test]
    fn utf_8_is_seen_whatever_the_page_says() {
        check("<meta charset=iso-8859-1>café’s".as_bytes(), "café’s");
        check(b"\xFF\xFE<\0p\0>\0\xE9\0", "<p>é");
    }

    #[test]
    fn a_page_that_is_wrong_about_utf_8_is_read_as_other_texts() {
        check(b"<meta charset=utf-8>caf\xE9", "café");
        check(b"<meta charset=utf-16>caf\xE9", "café");
        check(b"caf\xE9\x92s", "café’s");
    }

    #[test]
    fn nul_bytes_are_binary() {
        assert!(matches!(decode_page(b"<p>\0"), Err(Cause::Binary)));
        let long = "<p>A mill\0 burned. ".to_owned() + &"It burned all night. ".repeat(5);
        assert!(decode_page(long.as_bytes()).unwrap().starts_with("<p>A mill burned."));
        assert!(matches!(decode_page(b"<meta charset=latin1>\xE9\0"), Err(Cause::Binary)));
    }
}
