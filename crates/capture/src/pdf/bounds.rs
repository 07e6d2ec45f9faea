//! What a PDF may unpack to: measured before the library unpacks it.
//!
//! The library unpacks a stream whole, whatever its size, so a few kilobytes could fill the memory.
//! Streams that it unpacks by itself while it opens a file are measured in the raw bytes; all others
//! are measured one by one, just before they are asked for.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::Filter;
use hayro_syntax::object::Stream;
use memchr::memmem;

use super::sealed::{Sealed, opened};
use crate::Cause;

/// What one stream may unpack to, in bytes: a page's text has some thousand, a font some million.
const MAX_STREAM: u64 = 48 << 20;

/// What all streams that hold the file's own structure may unpack to together.
const MAX_STRUCTURE: u64 = 192 << 20;

/// What such streams may have packed where they are encrypted: they are opened to be measured.
const MAX_ENCRYPTED_STRUCTURE: u64 = 16 << 20;

/// The most that deflate packs into a byte.
const DEFLATE_RATIO: u64 = 1_032;

/// The most streams in a file.
const MOST_STREAMS: usize = 1_000_000;

/// The most dictionaries that stand in a file's bytes: each may be a page, which takes half a
/// kilobyte once it is read.
const MOST_DICTIONARIES: usize = 1_000_000;

/// How far before a stream its dictionary is looked for, in bytes.
const LONGEST_DICTIONARY: usize = 4 << 10;

/// Checks what the library would unpack or search while it opens a file.
///
/// # Errors
/// [`Cause::Swollen`] if that is more than any real document has.
pub(super) fn check_structure(bytes: &[u8]) -> Result<(), Cause> {
    if memmem::find_iter(bytes, b"<<").take(MOST_DICTIONARIES + 1).count() > MOST_DICTIONARIES {
        return Err(Cause::Swollen);
    }
    let encrypted = memmem::find(bytes, b"/Encrypt").is_some();
    let mut ends = memmem::find_iter(bytes, b"endstream").peekable();
    let (mut searched, mut unpacked, mut packed) = (0u64, 0u64, 0u64);
    let mut count = 0usize;
    let mut sealed = Vec::new();
    for at in memmem::find_iter(bytes, b"stream") {
        if bytes[..at].ends_with(b"end") {
            continue;
        }
        while ends.next_if(|end| *end < at).is_some() {}
        let end = ends.peek().copied().unwrap_or(bytes.len());
        count += 1;
        // A stream of the wrong length is searched for its end, so that many streams before one
        // distant end would be searched over and over.
        searched += (end - at) as u64;
        if count > MOST_STREAMS || searched > 4 * bytes.len() as u64 + MAX_STREAM {
            return Err(Cause::Swollen);
        }
        let before = &bytes[at.saturating_sub(LONGEST_DICTIONARY)..at];
        let (head, dictionary) = match memmem::rfind(before, b"obj") {
            Some(start) => before.split_at(start),
            None => (&before[..0], before),
        };
        if !is_structure(dictionary) {
            continue;
        }
        let data = &bytes[at + b"stream".len()..end];
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        packed += data.len() as u64;
        let once = memmem::find_iter(dictionary, b"Decode").count()
            - memmem::find_iter(dictionary, b"DecodeParms").count();
        if once > 1 || memmem::find(dictionary, b"LZW").is_some() {
            return Err(Cause::Swollen);
        }
        if encrypted && packed > MAX_ENCRYPTED_STRUCTURE {
            return Err(Cause::Swollen);
        }
        match numbers(head) {
            // The table of a file is never encrypted, its objects are.
            Some((number, generation)) if encrypted => {
                let data = &data[..length(dictionary).unwrap_or(data.len()).min(data.len())];
                sealed.push(Sealed { number, generation, data });
            }
            _ => {}
        }
        unpacked += inflated(data, MAX_STREAM).ok_or(Cause::Swollen)?;
        if unpacked > MAX_STRUCTURE {
            return Err(Cause::Swollen);
        }
    }
    for (opened, sealed) in opened(bytes, &sealed)?.iter().zip(&sealed) {
        unpacked += match opened.as_deref().map(|data| (data, whole(data, MAX_STREAM))) {
            Some((_, Some(size))) => size,
            Some((data, None)) if inflated(data, MAX_STREAM).is_none() => {
                return Err(Cause::Swollen);
            }
            // What does not open as it should may be anything, unless it is sound as it stands.
            _ => match whole(sealed.data, MAX_STREAM) {
                Some(_) => 0,
                None => sealed.data.len() as u64 * DEFLATE_RATIO,
            },
        };
        if unpacked > MAX_STRUCTURE {
            return Err(Cause::Swollen);
        }
    }
    Ok(())
}

/// How long a stream is, if its own dictionary says so: there is always something after it.
fn length(dictionary: &[u8]) -> Option<usize> {
    let at = memmem::find(dictionary, b"/Length")? + b"/Length".len();
    let rest = dictionary[at..].trim_ascii_start();
    let end = rest.iter().position(|byte| !byte.is_ascii_digit())?;
    let elsewhere = rest[end..].trim_ascii_start().first().is_some_and(u8::is_ascii_digit);
    std::str::from_utf8(&rest[..end]).ok()?.parse().ok().filter(|_| !elsewhere)
}

/// The number and the generation of an object, which stand right before the word for it.
fn numbers(head: &[u8]) -> Option<(u32, i32)> {
    const LONGEST: usize = 32;
    let head = &head[head.len().saturating_sub(LONGEST)..];
    let mut words = head.rsplit(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let mut word = || std::str::from_utf8(words.next()?).ok();
    let generation = word()?.parse().ok()?;
    Some((word()?.parse().ok()?, generation))
}

/// The size that sound data inflate to, from their first byte to their own end; `None` if they are
/// not sound, or would be over the limit.
fn whole(data: &[u8], limit: u64) -> Option<u64> {
    let mut from = ZlibDecoder::new(data).take(limit + 1);
    let size = std::io::copy(&mut from, &mut std::io::sink()).ok()?;
    (size <= limit).then_some(size)
}

/// Whether a stream's dictionary says, or hides, that it holds objects or the table of them.
fn is_structure(dictionary: &[u8]) -> bool {
    let has = |word: &[u8]| memmem::find(dictionary, word).is_some();
    // A letter can be written as # and two digits, so that the words would not be found.
    let hidden = dictionary.contains(&b'#');
    let table = memmem::find_iter(dictionary, b"/W")
        .any(|at| dictionary.get(at + 2).is_none_or(|letter| !letter.is_ascii_alphanumeric()));
    hidden || table || has(b"/First") || has(b"/ObjStm") || has(b"/XRef")
}

/// The size that bytes inflate to, or `None` if it is over the limit. What is no deflated data has
/// no size.
fn inflated(data: &[u8], limit: u64) -> Option<u64> {
    let zlib = read_through(ZlibDecoder::new(data), limit)?;
    // The library takes data without the frame of zlib too.
    match zlib {
        0 => read_through(DeflateDecoder::new(data), limit),
        size => Some(size),
    }
}

fn read_through(mut from: impl Read, limit: u64) -> Option<u64> {
    let mut buffer = [0u8; 16 << 10];
    let mut size = 0u64;
    loop {
        match from.read(&mut buffer) {
            Ok(0) | Err(_) => return Some(size),
            Ok(read) => size += read as u64,
        }
        if size > limit {
            return None;
        }
    }
}

/// What a stream holds, unless that would be over the limit or cannot be unpacked.
pub(super) fn unpacked<'a>(stream: &Stream<'a>) -> Option<Cow<'a, [u8]>> {
    is_bounded(stream).then(|| stream.decoded_data().ok()).flatten()
}

/// Whether a stream stays within the limit when it is unpacked.
pub(super) fn is_bounded(stream: &Stream) -> bool {
    let filters = stream.filters();
    let packers = filters.iter().filter(|filter| packs(**filter)).count();
    if packers == 0 {
        return true;
    }
    let data = stream.raw_data();
    let size = data.len() as u64;
    match filters.as_slice() {
        [Filter::FlateDecode] => inflated(&data, MAX_STREAM).is_some(),
        [Filter::LzwDecode] => lzw_size(&data).is_some_and(|size| size <= MAX_STREAM),
        // Of what is spelled in letters and then packed only the most can be told.
        _ if packers == 1 => size.saturating_mul(DEFLATE_RATIO) <= 2 * MAX_STREAM,
        _ => false,
    }
}

fn packs(filter: Filter) -> bool {
    matches!(filter, Filter::FlateDecode | Filter::LzwDecode | Filter::RunLengthDecode)
}

/// The size that LZW data unpack to: each code stands for one byte more than the code before it.
fn lzw_size(data: &[u8]) -> Option<u64> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let mut lengths: Vec<u64> = Vec::with_capacity(4_096);
    let (mut size, mut held, mut bits) = (0u64, 0u32, 0u32);
    let mut previous: Option<u64> = None;
    for byte in data {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        let width = match lengths.len() + 259 {
            0..=511 => 9,
            512..=1023 => 10,
            1024..=2047 => 11,
            _ => 12,
        };
        if bits < width {
            continue;
        }
        bits -= width;
        let code = (held >> bits) as usize & ((1 << width) - 1);
        held &= (1 << bits) - 1;
        let length = match code {
            CLEAR => {
                lengths.clear();
                previous = None;
                continue;
            }
            END => break,
            0..=255 => 1,
            // A code that is not there yet stands for the one before it and a byte.
            _ => lengths.get(code - 258).copied().or(previous.map(|length| length + 1))?,
        };
        if let Some(previous) = previous.filter(|_| lengths.len() < 3_838) {
            lengths.push(previous + 1);
        }
        previous = Some(length);
        size += length;
        if size > MAX_STREAM {
            return None;
        }
    }
    Some(size)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn deflated(size: usize) -> Vec<u8> {
        let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        out.write_all(&vec![0; size]).unwrap();
        out.finish().unwrap()
    }

    fn with_stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
        let mut file = format!("%PDF-1.5\n1 0 obj <<{dictionary}>> stream\n").into_bytes();
        file.extend_from_slice(data);
        file.extend_from_slice(b"\nendstream endobj\n");
        file
    }

    #[test]
    fn what_the_file_is_made_of_is_measured() {
        let bomb = deflated(64 << 20);
        assert!(bomb.len() < 100_000);
        let objects = "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode";
        for dictionary in [objects, "/N 1 /#46irst 4 /Filter /FlateDecode", "/W [1 2 1]"] {
            assert!(
                matches!(check_structure(&with_stream(dictionary, &bomb)), Err(Cause::Swollen)),
                "{dictionary}"
            );
        }
        assert!(check_structure(&with_stream(objects, &deflated(1 << 20))).is_ok());
        // A large picture is none of it.
        assert!(check_structure(&with_stream("/Subtype /Image /Width 9", &bomb)).is_ok());
    }

    #[test]
    fn what_is_packed_twice_is_refused() {
        let twice = "/Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode /FlateDecode]";
        assert!(matches!(check_structure(&with_stream(twice, &deflated(9))), Err(Cause::Swollen)));
    }

    #[test]
    fn many_streams_without_an_end_are_refused() {
        let file = b"1 0 obj <</Length 9>> stream\n".repeat(200_000);
        assert!(matches!(check_structure(&file), Err(Cause::Swollen)));
    }

    #[test]
    fn lzw_is_measured_without_unpacking() {
        // Clear, three letters, the pair of the first two, end: in codes of nine bits.
        let codes = [256u32, 65, 66, 67, 258, 257];
        let mut bits = String::new();
        codes.iter().for_each(|code| bits.push_str(&format!("{code:09b}")));
        while !bits.len().is_multiple_of(8) {
            bits.push('0');
        }
        let data: Vec<u8> = (0..bits.len() / 8)
            .map(|at| u8::from_str_radix(&bits[8 * at..8 * at + 8], 2).unwrap())
            .collect();
        assert_eq!(lzw_size(&data), Some(5));
    }

    #[test]
    fn encrypted_objects_are_measured_as_they_were_packed() {
        let file = include_bytes!("../../tests/documents/encrypted-objects.pdf");
        let kind = memmem::find(file, b"/ObjStm").unwrap();
        let begins = memmem::rfind(&file[..kind], b"obj").unwrap();
        let word = kind + memmem::find(&file[kind..], b"stream").unwrap();
        let (number, generation) = numbers(&file[..begins]).unwrap();
        let length = length(&file[begins..word]).unwrap();
        let from = word + b"stream\n".len();
        let sealed = [Sealed { number, generation, data: &file[from..from + length] }];
        assert_eq!(whole(sealed[0].data, MAX_STREAM), None);
        let opened = opened(file, &sealed).unwrap().remove(0).unwrap();
        assert!(whole(&opened, MAX_STREAM).is_some_and(|size| size > 100));
        assert_eq!(whole(&opened, 100), None);
    }
}
