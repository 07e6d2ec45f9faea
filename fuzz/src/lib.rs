//! What is done with random bytes, one function a parser, and what must hold whatever they are.
//!
//! Each is a target of the fuzzer (`cargo +nightly fuzz run capture_text`), and runs for a moment on
//! any toolchain in `cargo test --manifest-path fuzz/Cargo.toml`. None may panic.

mod derived;
mod pages;
mod tables;

pub use derived::derived;
pub use pages::pages;
pub use tables::{meanings, spelled, table};

use std::io::Write;

use throughline_capture::telegram::{Chat, Message, Slices, read_message, read_messages_page};
use throughline_capture::{
    Absent, Given, Illustrated, capture_bytes, decode, published_date, read_docx, read_epub, read_feed,
    read_html, read_letter, read_mhtml, read_odt, read_pdf, read_record, read_rtf, read_text,
};
use throughline_casebook::{Casebook, Error};
use throughline_flow::read_document;
use throughline_formats as formats;
use throughline_linear::{Chain, Codes, hash};
use throughline_model::{Document, Edtf, Passage, Sha256, Span};
use throughline_picture::{Unseen, look};

/// A text file: zones lie in the text, in order, on character boundaries.
pub fn capture_text(bytes: &[u8]) {
    if let Ok(document) = read_text(bytes, &Given::default()) {
        assert_zones(&document);
    }
}

/// A line of JSON lines.
pub fn capture_line(bytes: &[u8]) {
    if let Ok(record) = read_record(bytes, &Given::default()) {
        assert_zones(&record.document);
    }
}

/// A file of weights, or of codes: refused, or written again as a file that holds the same. Head and
/// sum are made right, since nothing that guesses gets past them.
pub fn weights(bytes: &[u8]) {
    let sealed = |mark: &[u8]| {
        let mut file = [mark, &[1], bytes].concat();
        let sum = hash(&file);
        file.extend(sum.to_le_bytes());
        file
    };
    if let Ok(chain) = Chain::from_bytes(&sealed(b"TLCH")) {
        let again = chain.to_bytes();
        assert_eq!(Chain::from_bytes(&again).map(|chain| chain.to_bytes()), Ok(again));
    }
    if let Ok(codes) = Codes::from_bytes(&sealed(b"TLCO")) {
        assert_eq!(Codes::from_bytes(&codes.to_bytes()), Ok(codes));
    }
}

/// A letter: what it is taken apart into lies in it, and it falls apart in the same way again.
pub fn capture_letter(bytes: &[u8]) {
    if let Ok(letter) = read_letter(bytes, &Given::default()) {
        assert_zones(&letter.document);
        assert_eq!(read_letter(bytes, &Given::default()).ok(), Some(letter));
    }
    captured("a.eml", bytes);
}

/// A mailbox.
pub fn capture_mailbox(bytes: &[u8]) {
    captured("a.mbox", bytes);
}

/// Records of a crawl.
pub fn capture_warc(bytes: &[u8]) {
    captured("a.warc", bytes);
}

/// A zip archive, and whatever it holds.
pub fn capture_zip_archive(bytes: &[u8]) {
    captured("a.zip", bytes);
    captured("a.wacz", bytes);
}

/// A file packed by gzip, and whatever it is.
pub fn capture_gzip(bytes: &[u8]) {
    captured("a.gz", bytes);
}

/// An export of a channel, and a message by itself: what is made of its own bytes is the same again.
pub fn capture_telegram(bytes: &[u8]) {
    captured("result.json", bytes);
    let none = &mut |_: &str| Err(Absent::NotThere);
    let chat = Chat::default();
    if let Ok(Message::Document(read)) = read_message(&chat, bytes, &Given::default(), none) {
        assert_zones(&read.document);
        let slice = Slices::new(read.bytes.as_slice()).next();
        let slice = slice.expect("a message").expect("a sound export");
        match read_message(&chat, &slice.bytes, &Given::default(), none) {
            Ok(Message::Document(again)) => assert_eq!(again.bytes, read.bytes),
            other => panic!("{other:?}"),
        }
    }
}

/// Bytes of a picture.
pub fn picture(bytes: &[u8]) {
    let seen = look(bytes);
    assert_eq!(seen.kind.is_none(), seen.likeness == Err(Unseen::Unknown));
    assert_eq!(look(bytes), seen);
}

/// All that a file holds: each document is sound, each failure has words, and what is there is there
/// again.
fn captured(name: &str, bytes: &[u8]) {
    let all = || {
        let mut all = Vec::new();
        capture_bytes(name, bytes, &Given::default(), |item| match item {
            Ok(captured) => {
                assert_zones(&captured.document);
                assert_eq!(captured.document.sha256, Sha256::of(&captured.bytes));
                all.push((captured.place, captured.document.id.to_string()));
            }
            Err(failure) => {
                assert!(failure.place.starts_with(name));
                all.push((failure.place.clone(), failure.to_string()));
            }
        });
        all
    };
    assert_eq!(all(), all());
}

/// A saved page: as a text file, and its pictures stand between letters. All that it names beside
/// it is there, and holds the same bytes.
pub fn capture_html(bytes: &[u8]) {
    if let Ok(read) = read_html(bytes, &Given::default(), &mut |_| Ok(bytes.to_vec())) {
        assert_illustrated(&read);
    }
}

/// A page in one file: bytes as its page, as its style sheet, and laid over a sound file.
pub fn capture_mhtml(bytes: &[u8]) {
    let sound = include_bytes!("../../crates/capture/tests/documents/chromium.mhtml");
    let head = b"Content-Type: multipart/related; boundary=a\n\n--a\nContent-Type: text/html\n\n";
    for file in [bytes.to_vec(), [head, bytes].concat(), laid_over(sound, bytes)] {
        if let Ok(read) = read_mhtml(&file, &Given::default()) {
            assert_illustrated(&read);
        }
    }
}

/// A book: bytes as its chapter, as what it says of itself, and laid over a sound file.
pub fn capture_epub(bytes: &[u8]) {
    let sound = include_bytes!("../../crates/capture/tests/documents/pandoc.epub");
    let of = |package: &[u8], chapter: &[u8]| {
        let container = b"<container><rootfile full-path='a.opf'/></container>";
        packed_parts(&[
            ("META-INF/container.xml", container),
            ("a.opf", package),
            ("a.xhtml", chapter),
        ])
    };
    let package = b"<package><item id='a' href='a.xhtml'/><itemref idref='a'/></package>";
    for file in [of(package, bytes), of(bytes, b"<p>A mill burned."), laid_over(sound, bytes)] {
        if let Ok(read) = read_epub(&file, &Given::default()) {
            assert_illustrated(&read);
        }
    }
}

/// Rich text: bytes as its body, and laid over a sound file.
pub fn capture_rtf(bytes: &[u8]) {
    let sound = include_bytes!("../../crates/capture/tests/documents/libreoffice.rtf");
    for file in [bytes.to_vec(), [b"{\\rtf1 ", bytes].concat(), laid_over(sound, bytes)] {
        if let Ok(read) = read_rtf(&file, &Given::default()) {
            assert_illustrated(&read);
        }
    }
}

/// A page of messages: the bytes of each are a message that gives the same words.
pub fn capture_telegram_page(bytes: &[u8]) {
    let sound = include_bytes!("../../crates/capture/tests/made/messages.html");
    let none = &mut |_: &str| Err(Absent::NotThere);
    for file in [bytes.to_vec(), laid_over(sound, bytes)] {
        let Ok(messages) = read_messages_page(&file, &Given::default(), none) else { continue };
        for message in messages.into_iter().flatten() {
            let Message::Document(read) = message else { continue };
            assert_zones(&read.document);
            assert_eq!(read.document.sha256, Sha256::of(&read.bytes));
            let slice = Slices::new(read.bytes.as_slice()).next();
            let slice = slice.expect("a message").expect("a sound export");
            match read_message(&slice.chat, &slice.bytes, &Given::default(), none) {
                Ok(Message::Document(again)) => assert_eq!(again.document.text, read.document.text),
                other => panic!("{other:?}"),
            }
        }
    }
}

fn assert_illustrated(read: &Illustrated) {
    let document = &read.document;
    assert_zones(document);
    for picture in &document.pictures {
        let at = picture.at.map_or(0, |at| at as usize);
        assert!(document.text.is_char_boundary(at));
        let held = |bytes: &Vec<u8>| Some(Sha256::of(bytes)) == picture.sha256;
        assert!(picture.sha256.is_none() || read.pictures.iter().any(held));
    }
}

/// A PDF, or bytes laid over a sound one at the place that their beginning names.
pub fn capture_pdf(bytes: &[u8]) {
    let sound = include_bytes!("../../crates/capture/tests/documents/reportlab.pdf");
    for file in [bytes.to_vec(), laid_over(sound, bytes)] {
        if let Ok(read) = read_pdf(&file, &Given::default()) {
            assert_illustrated(&read);
        }
    }
}

/// A feed: the bytes of each entry stand in it.
pub fn capture_feed(bytes: &[u8]) {
    let Ok(entries) = read_feed(bytes, &Given::default()) else { return };
    for entry in entries.into_iter().flatten() {
        assert_zones(&entry.document);
        if std::str::from_utf8(bytes).is_ok() && !bytes.contains(&b'\r') {
            assert!(bytes.windows(entry.bytes.len()).any(|window| window == entry.bytes));
        }
    }
}

/// The body of a Word document, and a whole file.
pub fn capture_docx(bytes: &[u8]) {
    let sound = include_bytes!("../../crates/capture/tests/documents/libreoffice.docx");
    let body = packed("word/document.xml", bytes);
    for file in [bytes.to_vec(), laid_over(sound, bytes), body] {
        if let Ok(read) = read_docx(&file, &Given::default()) {
            assert_zones(&read.document);
        }
    }
}

/// The content of an OpenDocument text, and a whole file.
pub fn capture_odt(bytes: &[u8]) {
    let sound = include_bytes!("../../crates/capture/tests/documents/libreoffice.odt");
    let body = packed("content.xml", bytes);
    for file in [bytes.to_vec(), laid_over(sound, bytes), body] {
        if let Ok(read) = read_odt(&file, &Given::default()) {
            assert_zones(&read.document);
        }
    }
}

/// A zip archive of one part.
fn packed(name: &str, bytes: &[u8]) -> Vec<u8> {
    packed_parts(&[(name, bytes)])
}

/// A zip archive of some parts.
fn packed_parts(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        out.start_file(*name, zip::write::SimpleFileOptions::default()).expect("memory to write to");
        out.write_all(bytes).expect("memory to write to");
    }
    out.finish().expect("memory to write to").into_inner()
}

/// Bytes laid over a sound file at the place that the first three of them name.
fn laid_over(sound: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut file = sound.to_vec();
    if let Some((at, laid)) = bytes.split_first_chunk::<3>() {
        let at = u32::from_le_bytes([at[0], at[1], at[2], 0]) as usize % file.len();
        let end = file.len().min(at + laid.len());
        file[at..end].copy_from_slice(&laid[..end - at]);
    }
    file
}

fn assert_zones(document: &Document) {
    // What cannot be seen hides in no name, whatever the format.
    let hides = |letter: char| {
        matches!(letter, '\u{AD}' | '\u{200B}' | '\u{202A}'..='\u{202E}' | '\u{FEFF}')
            || letter.is_control() && !letter.is_whitespace()
    };
    assert!(!document.text.contains(hides), "{:?}", document.text);
    let mut end = 0;
    for zone in &document.zones {
        assert!(zone.span.start >= end && zone.span.start <= zone.span.end);
        assert!(document.text.get(zone.span.range()).is_some(), "{:?}", zone.span);
        end = zone.span.end;
    }
}

/// Bytes in an encoding that nobody named.
pub fn encoding(bytes: &[u8]) {
    if let (Ok(text), Ok(plain)) = (decode(bytes), str::from_utf8(bytes)) {
        // What is UTF-8 stays as it is, but for a mark at its beginning.
        assert!(text == plain || plain.strip_prefix('\u{feff}') == Some(text.as_str()));
    }
}

/// Dates, as people and programs write them: bounds are in order, and the text reads back.
pub fn dates(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for date in [published_date(&text), text.parse().ok()].into_iter().flatten() {
        assert!(date.earliest() <= date.latest(), "{date}");
        assert_eq!(date.as_str().parse::<Edtf>().as_ref(), Ok(&date));
    }
}

/// A line of an import: what is read and written reads the same.
pub fn lines(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(line) = formats::lines::read(&text) {
        assert_eq!(formats::lines::read(&formats::lines::write(&line)), Ok(line));
    }
}

/// The objects of the ledger.
pub fn wire(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    macro_rules! round_trips {
        ($($read:ident $write:ident;)*) => {$(
            if let Ok(value) = formats::$read(&text) {
                assert_eq!(formats::$read(&formats::$write(&value)), Ok(value));
            }
        )*};
    }
    round_trips! {
        read_document write_document;
        read_mention write_mention;
        read_assertion write_assertion;
        read_reading write_reading;
        read_judgment write_judgment;
    }
    let rule = |name: &str| (name == "most voices").then_some("most voices");
    if let Ok(held) = formats::read_holdings(&text, &rule) {
        let again = formats::read_holdings(&formats::write_holdings(&held), &rule);
        assert_eq!(again, Ok(held));
    }
    if let Ok(saved) = formats::counts::read_saved(&text) {
        let again = formats::counts::read_saved(&formats::counts::write_saved(&saved));
        assert_eq!(again, Ok(saved));
    }
    if let Ok(published) = formats::counts::read_published(&text) {
        let again = formats::counts::write_published(&published);
        assert_eq!(formats::counts::read_published(&again), Ok(published));
    }
    if let Ok((reader, reading)) = formats::read_filed(&text) {
        let again = formats::read_filed(&formats::write_filed(&reader, &reading));
        assert_eq!(again, Ok((reader, reading)));
    }
}

/// The definition of a count.
pub fn definition(bytes: &[u8]) {
    let _ = formats::counts::read(&String::from_utf8_lossy(bytes));
}

/// A file that may be a casebook: it is refused, or opens and verifies or tells its faults. Bytes
/// are laid over a sound casebook at the place that their beginning names.
pub fn casebook(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder for a try");
    let path = folder.path().join("a.casebook");
    let sound = include_bytes!("../../crates/casebook/tests/formats/v1.casebook");
    let file = laid_over(sound, bytes);
    let mut out = std::fs::File::create(&path).expect("a file for a try");
    out.write_all(&file).expect("a file for a try");
    drop(out);
    match Casebook::open(&path).and_then(|mut casebook| casebook.verify(|_| {})) {
        Ok(_) => {}
        Err(Error::Io { path, source }) => panic!("{}: {source}", path.display()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Any text before the reader: all it finds lies in the text, and it finds the same again.
pub fn reader(bytes: &[u8]) {
    let Ok(document) = read_text(bytes, &Given::default()) else { return };
    let reading = read_document(&document);
    let spans = reading
        .mentions
        .iter()
        .map(|mention| &mention.passage)
        .chain(reading.assertions.iter().map(|said| &said.passage))
        .filter_map(Passage::span)
        .chain(reading.notes.iter().map(|note| note.span));
    for span in spans {
        assert!(fits(&document, span), "{span:?}");
    }
    assert_eq!(read_document(&document), reading);
}

fn fits(document: &Document, span: Span) -> bool {
    document.text.get(span.range()).is_some()
}
