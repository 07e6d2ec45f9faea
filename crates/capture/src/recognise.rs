//! What a file is, by its name and by its first bytes.
//!
//! Bytes that only one format begins with win over the name, and the document then has a note of
//! it. Where no such bytes are, the name decides; what has neither is kept or passed over.

use crate::feed::is_feed;
use crate::format::About;
use crate::mailbox::begins_a_letter;
use crate::mhtml::is_saved_page;
use crate::{Format, PassedOver};

/// How many of the first bytes are looked at: a page can begin with a long comment.
pub(crate) const START: usize = 4 << 10;

/// What is done with a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Recognised {
    /// It is read as this format, with a note on the document if its name says otherwise.
    As(Format, Option<String>),
    /// It is no document, and nothing is lost that a reader could use.
    PassedOver(PassedOver),
    /// No reader knows it: it is kept as bytes with this note.
    Unknown(String),
}

/// What a file called `name` is, which begins with `start` and for which `media_type` was declared.
pub(crate) fn recognise(name: &str, media_type: Option<&str>, start: &[u8]) -> Recognised {
    let extension = extension(name);
    if crate::telegram::is_export(name, start) {
        return Recognised::As(Format::Telegram, None);
    }
    if crate::telegram::is_messages_page(start) {
        return Recognised::As(Format::TelegramPage, None);
    }
    if crate::telegram::is_other_page(start) {
        return Recognised::PassedOver(PassedOver::Media);
    }
    let named = extension.and_then(Format::of_extension);
    let called = named.or_else(|| media_type.and_then(Format::of_media_type));
    if let Some(kind) =
        foreign_package(start).filter(|_| called.is_none_or(|it| it != Format::Word))
    {
        return Recognised::Unknown(format!("kept as bytes: no reader for {kind} files"));
    }
    if let Some(found) = by_mark(start) {
        let format = called.filter(|called| is_within(*called, found)).unwrap_or(found);
        let lies = called.is_some_and(|called| called != format)
            || extension.is_some_and(|extension| PassedOver::of_extension(extension).is_some());
        return Recognised::As(format, lies.then(|| lie(name, format.about())));
    }
    // Word puts what it encrypts into a file of another kind, of which its reader tells.
    if called == Some(Format::Word) && start.starts_with(b"\xD0\xCF\x11\xE0") {
        return Recognised::As(Format::Word, None);
    }
    let alien = infer::get(start).filter(|_| !is_text(start));
    let passed = alien
        .and_then(|kind| PassedOver::of_media_type(kind.mime_type()))
        .or_else(|| extension.filter(|_| called.is_none()).and_then(PassedOver::of_extension))
        .or_else(|| media_type.filter(|_| called.is_none()).and_then(PassedOver::of_media_type));
    if let Some(passed) = passed {
        return Recognised::PassedOver(passed);
    }
    // A page under another format's name is what a server gives instead of what was asked for; in one
    // with a stray NUL byte nothing is lost but that.
    let page = start.trim_ascii_start().starts_with(b"<") && is_page(start);
    match (called, alien) {
        (Some(Format::Html) | None, Some(kind)) if page && kind.mime_type() == "text/html" => {
            Recognised::As(Format::Html, None)
        }
        (Some(format), _) if page && !format.can_begin(start) => {
            Recognised::As(Format::Html, Some(lie(name, Format::Html.about())))
        }
        (Some(format), _) if !format.can_begin(start) => Recognised::Unknown(format!(
            "kept as bytes: called {}, but its bytes are not {}",
            short(name),
            format.about().name
        )),
        (Some(format), None) => Recognised::As(format, None),
        (_, Some(kind)) => {
            Recognised::Unknown(format!("kept as bytes: no reader for {} files", kind.mime_type()))
        }
        (None, None) => match extension {
            None if media_type.is_some_and(is_telling) => Recognised::Unknown(format!(
                "kept as bytes: no reader for {} files",
                short(media_type.unwrap_or_default())
            )),
            None if !is_text(start) => Recognised::Unknown(
                "kept as bytes: it is no text, and nothing tells what it is".to_owned(),
            ),
            None => Recognised::As(by_look(start), None),
            // Names of letters in a mail folder end in that of a computer, which is no extension.
            Some(_) if matches!(by_look(start), Format::Letter | Format::Mailbox) => {
                Recognised::As(by_look(start), None)
            }
            Some(extension) => Recognised::Unknown(format!(
                "kept as bytes: no reader for .{} files",
                short(extension)
            )),
        },
    }
}

/// The extension of a name, without its dot; a dot at its beginning opens none, nor does what is
/// too long or too odd to be one, as in `No. 12 of the series`.
pub(crate) fn extension(name: &str) -> Option<&str> {
    const LONGEST: usize = 12;
    let (stem, extension) = name.rsplit_once('.')?;
    let is_one = !stem.is_empty()
        && !extension.is_empty()
        && extension.len() <= LONGEST
        && extension.chars().all(|letter| letter.is_ascii_alphanumeric());
    is_one.then_some(extension)
}

/// The format that the first bytes alone show.
fn by_mark(start: &[u8]) -> Option<Format> {
    match start {
        [0x1F, 0x8B, 0x08, ..] => Some(Format::Gzip),
        [b'W', b'A', b'R', b'C', b'/', b'0'..=b'9', ..] => Some(Format::Warc),
        _ if is_feed(start) => Some(Format::Feed),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(packed_as(start)),
        _ if start.trim_ascii_start().starts_with(b"%PDF-") => Some(Format::Pdf),
        _ if start.trim_ascii_start().starts_with(b"{\\rtf") => Some(Format::RichText),
        _ => None,
    }
}

/// What a zip archive is for, where its first entries say so: office programs put the kind of the
/// document there, or the list of its parts.
fn packed_as(start: &[u8]) -> Format {
    const OPEN_TEXT: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.text";
    const BOOK: &[u8] = b"mimetypeapplication/epub+zip";
    let has = |words: &[u8]| memchr::memmem::find(start, words).is_some();
    match start.get(30..) {
        Some(entry) if entry.starts_with(OPEN_TEXT) => Format::OpenText,
        Some(entry) if entry.starts_with(BOOK) => Format::Epub,
        // The part that lists the kinds of all parts, or that of the relations, comes first or last.
        Some(_) if has(b"word/") && (has(b"[Content_Types].xml") || has(b"_rels/.rels")) => {
            Format::Word
        }
        _ => Format::Zip,
    }
}

/// The media type of a file that is a zip archive to its own program alone, such as a table or
/// slides: its parts are no documents.
fn foreign_package(start: &[u8]) -> Option<String> {
    const OFFICE: &str = "application/vnd.openxmlformats-officedocument";
    if !start.starts_with(b"PK\x03\x04") {
        return None;
    }
    let number = |at: usize| {
        let bytes = start.get(at..at + 2)?;
        Some(usize::from(u16::from_le_bytes([bytes[0], bytes[1]])))
    };
    let (name, more) = (number(26)?, number(28)?);
    let after = start.get(30 + name + more..)?;
    let has = |words: &[u8]| memchr::memmem::find(start, words).is_some();
    match start.get(30..30 + name)? {
        b"mimetype" => {
            let kept = |byte: &&u8| byte.is_ascii_alphanumeric() || b"/.+-".contains(byte);
            let kind: Vec<u8> = after.iter().take(100).take_while(kept).copied().collect();
            // The first entry's words end where the next one begins, in letters.
            let kind = String::from_utf8(kind).ok()?;
            let kind = kind.strip_suffix("PK").unwrap_or(&kind).to_owned();
            let rest = kind.strip_prefix("application/vnd.oasis.opendocument.");
            rest.is_some_and(|rest| !rest.starts_with("text")).then_some(kind)
        }
        first if is_office_part(first) && !has(b"word/") => {
            Some(match (has(b"xl/"), has(b"ppt/")) {
                (true, _) => format!("{OFFICE}.spreadsheetml"),
                (_, true) => format!("{OFFICE}.presentationml"),
                _ => OFFICE.to_owned(),
            })
        }
        _ => None,
    }
}

/// Whether an entry is one with which files of Microsoft's office programs begin.
fn is_office_part(name: &[u8]) -> bool {
    matches!(name, b"[Content_Types].xml" | b"_rels/.rels") || name.starts_with(b"docProps/")
}

/// Whether files of `called` are files of `found` with a purpose, as a word processor's are zip
/// archives.
fn is_within(called: Format, found: Format) -> bool {
    called == found
        || matches!(
            (called, found),
            (Format::Wacz | Format::Word | Format::OpenText | Format::Epub, Format::Zip)
        )
}

/// Whether a media type says what something is: some say that nobody knew.
fn is_telling(media_type: &str) -> bool {
    let bare = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    !matches!(bare.as_str(), "" | "application/octet-stream" | "unknown" | "unknown/unknown")
}

/// Whether a text can begin so. The letters that open a bitmap open words, too, but what is no text
/// has its first NUL byte soon.
fn is_text(start: &[u8]) -> bool {
    start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF") || !start.contains(&0)
}

/// The format of what has neither a mark nor an extension, such as the mailbox of a mail program:
/// an object opens JSON Lines, a tag of a page a page, a line with a sender and a time a mailbox, a head a letter.
fn by_look(start: &[u8]) -> Format {
    let bare = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    let first = bare.split(|byte| *byte == b'\n').next().unwrap_or_default();
    match bare.trim_ascii_start().first() {
        Some(b'{') => Format::JsonLines,
        _ if begins_a_letter(first) => Format::Mailbox,
        _ if is_saved_page(bare) => Format::Mhtml,
        _ if has_head(bare) => Format::Letter,
        Some(b'<') if is_page(bare) => Format::Html,
        _ => Format::Text,
    }
}

/// Whether a text begins as a web page does; the elements of a page may leave out all before them.
fn is_page(start: &[u8]) -> bool {
    let start = String::from_utf8_lossy(start).to_ascii_lowercase();
    let opens = ["<!doctype html", "<html", "<head", "<body", "<meta ", "<title>"];
    opens.iter().any(|open| start.contains(open))
}

/// Whether a text begins with fields, among them such as only letters have together.
fn has_head(text: &[u8]) -> bool {
    const TELLING: [&str; 6] =
        ["from", "date", "subject", "message-id", "received", "mime-version"];
    const ENOUGH: usize = 3;
    let mut telling = 0;
    for line in text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end) {
        if line.is_empty() || telling >= ENOUGH {
            break;
        }
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            if line.first().is_some_and(u8::is_ascii_whitespace) {
                continue;
            }
            return false;
        };
        let name = String::from_utf8_lossy(&line[..colon]).to_ascii_lowercase();
        telling += usize::from(TELLING.contains(&name.as_str()));
    }
    telling >= ENOUGH
}

fn lie(name: &str, about: About) -> String {
    format!("called {}, but its bytes are {}, and it was taken for that", short(name), about.name)
}

/// As much of a name as tells which it is.
fn short(name: &str) -> &str {
    const MOST: usize = 80;
    name.char_indices().nth(MOST).map_or(name, |(end, _)| &name[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZIP: &[u8] = b"PK\x03\x04\x14\0";
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

    #[test]
    fn names_decide_where_bytes_do_not() {
        for (name, start, want) in [
            ("a.txt", &b"A mill burned."[..], Format::Text),
            ("README", b"A mill burned.", Format::Text),
            ("No. 12 of the series", b"A mill burned.", Format::Text),
            ("a.JSONL", b"A mill burned.", Format::JsonLines),
            ("-", b" {\"text\"", Format::JsonLines),
            ("index", b"<!-- x --><!DOCTYPE html><p>A mill burned.", Format::Html),
            ("story.php", b"<p>A mill burned.", Format::Html),
            ("a.html", b"<html><head><title>A mill\0 burned", Format::Html),
            ("feed.xml", b"<?xml version='1.0'?><!-- x --><rss><channel>", Format::Feed),
            ("-", b"\xEF\xBB\xBF<feed xmlns='a'>", Format::Feed),
            ("Inbox", b"From ada@lamp.example Fri Mar 24 10:30:00 2017\n", Format::Mailbox),
            ("1463.M1P3.host", b"From: a@b\nDate: x\nSubject: y\n\nText.", Format::Letter),
            ("Sent.2016", b"From ada@lamp.example Fri Mar 24 10:30:00 2017\n", Format::Mailbox),
            ("Notes", b"From our own correspondent\n\nA mill burned in 2017.", Format::Text),
            ("-", b"Date: x\r\nX: y\r\n z: 1\r\nFrom: a\r\nSubject: b\r\n\r\n", Format::Letter),
            ("-", b"Date: 12 May\nFrom: the mill\n\nSubject: none", Format::Text),
            // The letters that open a bitmap open a name, too.
            ("a.txt", b"BMW burned in the street.", Format::Text),
        ] {
            assert_eq!(recognise(name, None, start), Recognised::As(want, None), "{name}");
        }
    }

    #[test]
    fn bytes_win_over_a_lying_name_and_it_is_noted() {
        for (name, noted) in [("a.zip", false), ("a", false), ("a.txt", true), ("a.jpg", true)] {
            let Recognised::As(Format::Zip, note) = recognise(name, None, ZIP) else {
                panic!("{name}")
            };
            assert_eq!(note.is_some(), noted, "{name}: {note:?}");
        }
        let page = b"\n<!DOCTYPE html><title>Not found</title>";
        for name in ["a.pdf", "a.zip", "a.docx"] {
            let Recognised::As(Format::Html, Some(note)) = recognise(name, None, page) else {
                panic!("{name}")
            };
            assert!(note.starts_with(&format!("called {name}, but its bytes are ")), "{note}");
        }
        let found = recognise("a.zip", None, b"A mill burned.");
        assert_eq!(
            found,
            Recognised::Unknown(
                "kept as bytes: called a.zip, but its bytes are not a zip archive".into()
            )
        );
    }

    #[test]
    fn what_dresses_a_page_is_passed_over() {
        for (name, start, want) in [
            ("style.css", &b"body { margin: 0 }"[..], PassedOver::Style),
            ("a.JPG", b"\xFF\xD8\xFF\xE0", PassedOver::Picture),
            ("a.txt", PNG, PassedOver::Picture),
            ("picture", PNG, PassedOver::Picture),
        ] {
            assert_eq!(recognise(name, None, start), Recognised::PassedOver(want), "{name}");
        }
    }

    #[test]
    fn what_nobody_reads_is_named() {
        let Recognised::Unknown(note) = recognise("slides.pptm", None, b"\0\0") else { panic!() };
        assert_eq!(note, "kept as bytes: no reader for .pptm files");
        for kind in [None, Some("application/octet-stream")] {
            let Recognised::Unknown(note) = recognise("data", kind, b"\x07a\0b") else { panic!() };
            assert_eq!(note, "kept as bytes: it is no text, and nothing tells what it is");
        }
        let packed = |name: &str, bytes: &str| {
            let mut start = b"PK\x03\x04".to_vec();
            start.resize(26, 0);
            start.extend([name.len() as u8, 0, 0, 0]);
            start.extend(name.bytes().chain(bytes.bytes()));
            start
        };
        let table = "application/vnd.oasis.opendocument.spreadsheet";
        let slides = "…PK\x03\x04…ppt/presentation.xml";
        for (name, start, want) in [
            ("a.ods", packed("mimetype", &format!("{table}PK\x03\x04")), Some(table)),
            ("a", packed("[Content_Types].xml", slides), Some(".presentationml files")),
            ("a.xlsx", packed("docProps/app.xml", "…xl/theme"), Some(".spreadsheetml files")),
            ("a.epub", packed("mimetype", "application/epub+zipPK\x03\x04"), None),
            ("a.docx", packed("_rels/.rels", "…"), None),
            ("a.zip", packed("ppt/one.txt", "A mill burned."), None),
        ] {
            let found = recognise(name, None, &start);
            match (want, found) {
                (Some(want), Recognised::Unknown(note)) => assert!(note.contains(want), "{note}"),
                (None, Recognised::As(..)) => {}
                (_, found) => panic!("{name}: {found:?}"),
            }
        }
    }
}
