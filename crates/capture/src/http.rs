//! The answer of a web server, as an archive keeps it.

use std::io::{self, BufRead, Read};
use std::rc::Rc;

use crate::Cause;
use crate::walk::{Budget, Metered};

/// The longest head of an answer, in bytes.
const LONGEST_HEAD: usize = 256 << 10;

/// The head of an answer.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) media_type: Option<String>,
    /// Where it says that something is to be found instead.
    pub(crate) location: Option<String>,
    pub(crate) coding: Coding,
}

/// How the body was packed for the way.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Coding {
    chunked: bool,
    /// In the order in which they were applied.
    packings: Vec<String>,
}

/// Reads the head of an answer, up to the blank line after it.
pub(crate) fn read_answer(input: &mut dyn BufRead) -> Result<Answer, Cause> {
    let mut head = Vec::new();
    loop {
        let before = head.len();
        let room = (LONGEST_HEAD + 1 - before) as u64;
        (&mut *input).take(room).read_until(b'\n', &mut head).map_err(Cause::of_io)?;
        let line = head[before..].trim_ascii();
        if line.is_empty() || head.len() > LONGEST_HEAD {
            break;
        }
    }
    let broken = || Cause::Broken { reason: "the answer of the server has no head".to_owned() };
    // Of later versions, crawlers write a line that no server sent.
    let versions = head.splitn(2, |byte| *byte == b' ').next().unwrap_or_default();
    if !versions.starts_with(b"HTTP/") {
        return Err(broken());
    }
    if versions != b"HTTP/1.0" {
        let rest = head.split_off(versions.len());
        head = [&b"HTTP/1.1"[..], &rest].concat();
    }
    if !head.ends_with(b"\n\n") && !head.ends_with(b"\n\r\n") {
        head.extend(b"\r\n\r\n");
    }
    let mut room = [httparse::EMPTY_HEADER; 256];
    let mut response = httparse::Response::new(&mut room);
    httparse::ParserConfig::default()
        .allow_spaces_after_header_name_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .allow_multiple_spaces_in_response_status_delimiters(true)
        .ignore_invalid_headers_in_responses(true)
        .parse_response(&mut response, &head)
        .map_err(|error| Cause::Broken { reason: format!("the head of an answer: {error}") })?;
    let mut answer = Answer { status: response.code.ok_or_else(broken)?, ..Answer::default() };
    for header in response.headers.iter() {
        let value = String::from_utf8_lossy(header.value).trim().to_owned();
        match header.name.to_ascii_lowercase().as_str() {
            "content-type" if !value.is_empty() => answer.media_type = Some(value),
            "location" if !value.is_empty() => answer.location = Some(value),
            "transfer-encoding" => answer.coding.chunked |= value.eq_ignore_ascii_case("chunked"),
            "content-encoding" => {
                let all = value.split(',').map(|one| one.trim().to_ascii_lowercase());
                answer.coding.packings.extend(all.filter(|one| !one.is_empty()));
            }
            _ => {}
        }
    }
    Ok(answer)
}

impl Answer {
    /// Whether it sends whoever asked on to another address.
    pub(crate) fn leads_on(&self) -> bool {
        matches!(self.status, 301 | 302 | 303 | 307 | 308)
    }
}

/// The body of an answer, unpacked.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Body {
    pub(crate) bytes: Vec<u8>,
    /// What is wrong with it.
    pub(crate) note: Option<String>,
}

impl Coding {
    /// The body that was sent so.
    ///
    /// Many archives keep the head as it came and the body unpacked, so a body that is not packed
    /// as its head says is taken as it is.
    pub(crate) fn body(
        &self,
        sent: Vec<u8>,
        limit: u64,
        budget: &Rc<Budget>,
    ) -> Result<Body, Cause> {
        let mut body = Body { bytes: sent, note: None };
        if self.chunked && begins_a_chunk(&body.bytes) {
            let mut whole = Vec::new();
            let end = chunked_transfer::Decoder::new(&body.bytes[..]).read_to_end(&mut whole);
            if end.is_err() {
                body.note = Some("the answer of the server breaks off".to_owned());
            }
            body.bytes = whole;
        }
        for packing in self.packings.iter().rev() {
            let Some(unpacked) = unpack(packing, &body.bytes, limit, budget)? else { continue };
            body.bytes = unpacked.bytes;
            body.note = body.note.or(unpacked.note);
        }
        Ok(body)
    }
}

/// Whether some bytes begin with the length of a chunk on a line of its own.
fn begins_a_chunk(bytes: &[u8]) -> bool {
    const LONGEST: usize = 80;
    let Some(end) = bytes.iter().take(LONGEST).position(|byte| *byte == b'\n') else {
        return false;
    };
    let line = bytes[..end].split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
    !line.is_empty() && line.iter().all(u8::is_ascii_hexdigit)
}

/// The bytes that were packed so, or `None` if they were not.
fn unpack(
    packing: &str,
    bytes: &[u8],
    limit: u64,
    budget: &Rc<Budget>,
) -> Result<Option<Body>, Cause> {
    let mut decoder: Box<dyn Read + '_> = match packing {
        "gzip" | "x-gzip" if bytes.starts_with(&[0x1F, 0x8B]) => {
            Box::new(flate2::bufread::MultiGzDecoder::new(bytes))
        }
        // Servers disagree on whether the word means zlib or what zlib wraps.
        "deflate" if bytes.first().is_some_and(|byte| byte & 0x0F == 8) => {
            Box::new(flate2::bufread::ZlibDecoder::new(bytes))
        }
        "deflate" => Box::new(flate2::bufread::DeflateDecoder::new(bytes)),
        "br" => Box::new(brotli_decompressor::Decompressor::new(bytes, 4 << 10)),
        "zstd" if bytes.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) => {
            Box::new(zstd::Decoder::with_buffer(bytes).map_err(Cause::of_io)?)
        }
        "gzip" | "x-gzip" | "zstd" | "identity" => return Ok(None),
        other => return Err(Cause::UnknownPacking { method: other.to_owned() }),
    };
    let mut unpacked = Vec::new();
    let end = Metered::new(&mut decoder, budget).take(limit + 1).read_to_end(&mut unpacked);
    if unpacked.len() as u64 > limit {
        return Err(Cause::TooLarge { bytes: None, limit });
    }
    match end {
        Ok(_) => Ok(Some(Body { bytes: unpacked, note: None })),
        Err(error) if error.kind() == io::ErrorKind::Other && budget.is_spent() => {
            Err(Cause::of_io(error))
        }
        Err(_) if unpacked.is_empty() => Ok(None),
        Err(_) => {
            let note = Some("the answer of the server breaks off".to_owned());
            Ok(Some(Body { bytes: unpacked, note }))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const TEXT: &[u8] = b"<p>A mill burned at Ostby.</p>";

    #[track_caller]
    fn check(head: &str, sent: Vec<u8>) -> Option<String> {
        let head = format!("HTTP/1.1 200 OK\r\n{head}\r\n");
        let answer = read_answer(&mut head.as_bytes()).unwrap();
        let body = answer.coding.body(sent, 1 << 20, &Rc::default()).unwrap();
        assert_eq!(String::from_utf8_lossy(&body.bytes), String::from_utf8_lossy(TEXT));
        body.note
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = GzEncoder::new(Vec::new(), Compression::fast());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    fn chunked(bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        for chunk in bytes.chunks(7) {
            write!(out, "{:x};a=b\r\n", chunk.len()).unwrap();
            out.extend(chunk);
            out.extend(b"\r\n");
        }
        out.extend(b"0\r\n\r\n");
        out
    }

    #[test]
    fn bodies_are_unpacked_as_they_were_packed() {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(TEXT).unwrap();
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::fast());
        deflate.write_all(TEXT).unwrap();
        let zstd = zstd::encode_all(TEXT, 1).unwrap();
        // What the brotli program makes of the text without finding a repetition.
        let brotli = [&[0x8B, 0x0E, 0x80][..], TEXT, &[0x03]].concat();
        for (head, sent) in [
            ("", TEXT.to_vec()),
            ("Content-Encoding: gzip\r\n", gzip(TEXT)),
            ("content-encoding: x-gzip, identity\r\n", gzip(TEXT)),
            ("Content-Encoding: gzip, gzip\r\n", gzip(&gzip(TEXT))),
            ("Content-Encoding: deflate\r\n", zlib.finish().unwrap()),
            ("Content-Encoding: deflate\r\n", deflate.finish().unwrap()),
            ("Content-Encoding: zstd\r\n", zstd),
            ("Content-Encoding: br\r\n", brotli),
            ("Transfer-Encoding: chunked\r\n", chunked(TEXT)),
            ("Transfer-Encoding: Chunked\r\nContent-Encoding: gzip\r\n", chunked(&gzip(TEXT))),
            // As archives keep them that unpack the body and leave the head.
            ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", TEXT.to_vec()),
            ("Content-Encoding: br\r\n", TEXT.to_vec()),
        ] {
            assert_eq!(check(head, sent), None, "{head}");
        }
    }

    #[test]
    fn what_breaks_off_is_kept_with_a_note() {
        let sent = chunked(TEXT);
        let note = check("Transfer-Encoding: chunked\r\n", sent[..sent.len() - 5].to_vec());
        assert!(note.is_some());
    }

    #[test]
    fn a_packed_bomb_is_refused() {
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n";
        let answer = read_answer(&mut head.as_bytes()).unwrap();
        let found = answer.coding.body(gzip(&vec![0; 2 << 20]), 1 << 20, &Rc::default());
        assert!(matches!(found, Err(Cause::TooLarge { .. })));
    }

    #[test]
    fn heads_are_read_as_crawlers_write_them() {
        for head in [
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n",
            "HTTP/2 200\r\ncontent-type: text/html; charset=utf-8\r\n\r\n",
            "HTTP/1.0 200 OK\nContent-Type : text/html; charset=utf-8\nno field at all\n\n",
            "HTTP/1.1 200\r\nContent-Type: text/html; charset=utf-8",
        ] {
            let answer = read_answer(&mut head.as_bytes()).unwrap();
            assert_eq!(answer.status, 200, "{head}");
            assert_eq!(answer.media_type.as_deref(), Some("text/html; charset=utf-8"), "{head}");
        }
        for head in ["", "\r\n", "<html>", "HTTP/1.1 soon\r\n\r\n"] {
            assert!(read_answer(&mut head.as_bytes()).is_err(), "{head}");
        }
        let long = format!("HTTP/1.1 200 OK\r\nX: {}", "x".repeat(10 << 20));
        assert!(read_answer(&mut long.as_bytes()).is_ok());
    }
}
