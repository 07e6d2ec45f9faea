//! Whatever the bytes, capture gives a sound document or a named cause.

#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write};

use proptest::prelude::*;
use throughline_capture::{
    Absent, Captured, Given, Illustrated, capture_bytes, read_epub, read_feed, read_html, read_pdf,
    read_record, read_text,
};
use throughline_model::{Document, DocumentId, Sha256};

fn check(document: &Document, bytes: &[u8]) {
    assert_eq!(document.sha256, Sha256::of(bytes));
    assert_eq!(document.id, DocumentId::of_bytes(document.sha256));
    let mut end = 0;
    for zone in &document.zones {
        assert!(zone.span.start >= end && zone.span.start < zone.span.end);
        assert!(document.text.get(zone.span.range()).is_some());
        end = zone.span.end;
    }
    // What cannot be seen hides in no name, whatever the format.
    let hides = |letter: char| {
        matches!(letter, '\u{AD}' | '\u{200B}' | '\u{202A}'..='\u{202E}' | '\u{FEFF}')
            || letter.is_control() && !letter.is_whitespace()
    };
    assert!(!document.text.contains(hides), "{:?}", document.text);
}

/// A book of one chapter.
fn book(package: &str, chapter: &str) -> Vec<u8> {
    let container = "<container><rootfile full-path='a.opf'/></container>";
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in
        [("META-INF/container.xml", container), ("a.opf", package), ("a.xhtml", chapter)]
    {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn check_illustrated(read: &Illustrated, bytes: &[u8]) {
    check(&read.document, bytes);
    for picture in &read.document.pictures {
        assert!(read.document.text.is_char_boundary(picture.at.map_or(0, |at| at as usize)));
        let held = |bytes: &Vec<u8>| Some(Sha256::of(bytes)) == picture.sha256;
        assert!(picture.sha256.is_none() || read.pictures.iter().any(held));
    }
}

/// A sound file with some bytes laid over it.
fn laid_over(sound: &[u8], at: usize, bytes: &[u8]) -> Vec<u8> {
    let mut file = sound.to_vec();
    let at = at % file.len();
    let end = file.len().min(at + bytes.len());
    file[at..end].copy_from_slice(&bytes[..end - at]);
    file
}

/// Pieces that articles are made of, so that layouts come about.
fn article() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("The Daily Lamp".to_owned()),
        Just("- By Ada Marsh".to_owned()),
        Just("12 May 1906".to_owned()),
        Just("PORTO, 3 JAN 90 (LUSA) -- ".to_owned()),
        Just("“He said so.”".to_owned()),
        Just("4 The number of men".to_owned()),
        Just("\u{2028}".to_owned()),
        "[a-zéß–“” .,]{0,90}",
    ];
    let end = prop_oneof![Just("\n\n"), Just("\n"), Just("\r\n"), Just(" ")];
    prop::collection::vec((piece, end), 0..12).prop_map(|parts| {
        parts.into_iter().flat_map(|(piece, end)| [piece, end.to_owned()]).collect()
    })
}

/// Tags opened and closed in any order, with words between.
fn tags(names: &'static [&'static str]) -> impl Strategy<Value = String> {
    let tag = (prop::sample::select(names), 0..4u8, "[a-zé &;.<“]{0,14}");
    prop::collection::vec(tag, 0..60).prop_map(|tags| {
        let written = tags.into_iter().map(|(name, kind, words)| match kind {
            0 => format!("</{name}>{words}"),
            1 => format!("<{name} class=\"byline tags\" href=x>{words} 12 May 1906"),
            2 => format!("<{name}><![CDATA[{words}]]>"),
            _ => format!("<{name}>{words} He said so, and nobody asked him why."),
        });
        written.collect()
    })
}

proptest! {
    #[test]
    fn pages_are_sound(page in tags(&[
        "p", "div", "article", "h1", "h2", "li", "ul", "ol", "table", "tr", "td", "b", "time", "span",
        "blockquote", "figure", "figcaption", "img", "br", "footer", "aside", "q", "pre", "a", "select",
    ])) {
        if let Ok(Illustrated { document, .. }) = read_html(page.as_bytes(), &Given::default(), &mut |_| Err(Absent::NotThere)) {
            check(&document, page.as_bytes());
        }
    }

    #[test]
    fn any_bytes_are_a_page_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(Illustrated { document, .. }) = read_html(&bytes, &Given::default(), &mut |_| Err(Absent::NotThere)) {
            check(&document, &bytes);
        }
    }

    #[test]
    fn books_are_sound(
        chapter in tags(&["p", "h1", "img", "a", "sup", "s", "br", "section", "aside", "title", "table"]),
        about in tags(&["dc:title", "dc:date", "dc:creator", "item", "itemref", "meta", "spine"]),
    ) {
        let package = "<package><dc:title>One</dc:title><item id='a' href='a.xhtml'/><itemref idref='a'/></package>";
        for bytes in [book(package, &chapter), book(&about, "<p>A mill burned.</p>")] {
            if let Ok(read) = read_epub(&bytes, &Given::default()) {
                check_illustrated(&read, &bytes);
            }
        }
    }

    #[test]
    fn damaged_books_and_pictures_are_sound_or_refused(
        at in any::<usize>(),
        bytes in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        let file = laid_over(include_bytes!("documents/pandoc.epub"), at, &bytes);
        if let Ok(read) = read_epub(&file, &Given::default()) {
            check_illustrated(&read, &file);
        }
        let file = laid_over(include_bytes!("documents/reportlab-pictures.pdf"), at, &bytes);
        if let Ok(read) = read_pdf(&file, &Given::default()) {
            check_illustrated(&read, &file);
        }
    }

    #[test]
    fn damaged_crawls_end(at in any::<usize>(), bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        for sound in [&include_bytes!("made/wget-page.warc.gz")[..], include_bytes!("made/wget-plain.warc")] {
            let file = laid_over(sound, at, &bytes);
            capture_bytes("a.warc", &file, &Given::default(), |item| {
                if let Ok(captured) = item {
                    let Captured { document, bytes, pictures, .. } = captured;
                    check_illustrated(&Illustrated { document, pictures }, &bytes);
                }
            });
        }
    }

    #[test]
    fn feeds_are_sound(inner in tags(&[
        "item", "title", "link", "guid", "description", "pubDate", "category", "author", "name",
    ])) {
        let feed = format!("<rss><channel><item><title>One</title></item>{inner}</channel></rss>");
        for entry in read_feed(feed.as_bytes(), &Given::default()).into_iter().flatten().flatten() {
            check(&entry.document, &entry.bytes);
            prop_assert!(feed.as_bytes().windows(entry.bytes.len()).any(|at| at == entry.bytes));
        }
    }

    #[test]
    fn texts_are_sound(bytes in prop_oneof![
        prop::collection::vec(any::<u8>(), 0..400),
        article().prop_map(String::into_bytes),
    ]) {
        if let Ok(document) = read_text(&bytes, &Given::default()) {
            check(&document, &bytes);
        }
    }

    #[test]
    fn lines_are_sound(text in article(), title in prop::option::of(article())) {
        let line = serde_json::json!({"text": text, "title": title}).to_string();
        if let Ok(record) = read_record(line.as_bytes(), &Given::default()) {
            check(&record.document, line.as_bytes());
        }
    }

    #[test]
    fn any_line_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_record(&bytes, &Given::default());
    }
}
