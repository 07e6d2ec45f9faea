//! Books: what is odd in them is read, and what is made to harm does none.

#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write};

use throughline_capture::{Cause, Given, Illustrated, MAX_EPUB_BYTES, read_epub};
use throughline_model::ZoneRole;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const CONTAINER: &str = "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>\
    <rootfile full-path='OEBPS/content.opf'/></rootfiles></container>";

fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A book that says this of itself, with chapters and whatever else is in it.
fn book(about: &str, parts: &[(&str, &[u8])]) -> Vec<u8> {
    let package = format!("<package unique-identifier='u'>{about}</package>");
    let first: [(&str, &[u8]); 3] = [
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER.as_bytes()),
        ("OEBPS/content.opf", package.as_bytes()),
    ];
    zip_of(&[&first[..], parts].concat())
}

fn read(bytes: &[u8]) -> Result<Illustrated, Cause> {
    read_epub(bytes, &Given::default())
}

/// Chapters by their names, in the order of the spine.
fn spine(chapters: &[&str], more: &str) -> String {
    let items: String = chapters
        .iter()
        .map(|name| {
            let media_type = "application/xhtml+xml";
            format!("<item id='{name}' href='{name}.xhtml' media-type='{media_type}'/>")
        })
        .collect();
    let order: String = chapters.iter().map(|name| format!("<itemref idref='{name}'/>")).collect();
    format!(
        "<metadata xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>The fire</dc:title>{more}\
         </metadata><manifest>{items}</manifest><spine>{order}</spine>"
    )
}

const ONE: (&str, &[u8]) =
    ("OEBPS/a.xhtml", b"<html><head><title/></head><body><p>A mill burned.</p></body></html>");

#[test]
fn chapters_stand_in_the_order_of_the_spine() {
    let about = spine(&["b", "a", "n", "a"], "").replace("idref='n'", "idref='n' linear='no'");
    let parts: [(&str, &[u8]); 3] = [
        ONE,
        ("OEBPS/b.xhtml", b"<html><body><a id='x'/><p>It was night.</p></body></html>"),
        ("OEBPS/n.xhtml", b"<p>A note that stands beside the order.</p>"),
    ];
    let document =
        read(&book(&about.replace("idref='b'", "idref='b' linear='yes'"), &parts)).unwrap();
    assert_eq!(
        document.document.text,
        "The fire\n\nIt was night.\n\nA mill burned.\n\nA note that stands beside the order."
    );
    // A chapter that is named and not there is told of.
    let read = read(&book(&spine(&["a", "gone"], ""), &[ONE])).unwrap();
    assert_eq!(read.document.text, "The fire\n\nA mill burned.");
    assert_eq!(read.document.notes, ["a chapter of it is not in the file"]);
    assert!(matches!(self::read(&book(&spine(&["gone"], ""), &[])), Err(Cause::Unsound { .. })));
}

#[test]
fn dates_are_what_the_book_says_they_are() {
    let of = |more: &str| read(&book(&spine(&["a"], more), &[ONE])).unwrap().document;
    let day = |more: &str| of(more).published.map(|date| date.as_str().to_owned());
    assert_eq!(day("<dc:date>2017-09-04</dc:date>").as_deref(), Some("2017-09-04"));
    assert_eq!(day("<dc:date>2017</dc:date>").as_deref(), Some("2017"));
    assert_eq!(
        day("<dc:date opf:event='publication'>2017-09-04T00:00:00+00:00</dc:date>").as_deref(),
        Some("2017-09-04")
    );
    for more in [
        "<dc:date opf:event='creation'>2019-01-02</dc:date>",
        "<dc:date opf:event='modification'>2019-01-02</dc:date>",
        "<meta property='dcterms:modified'>2019-01-02T00:00:00Z</meta>",
    ] {
        let document = of(more);
        assert_eq!((&document.published, &document.modified), (&None, &None), "{more}");
        assert!(document.notes[0].contains("2019-01-02"), "{:?}", document.notes);
    }
    // What a program writes where nobody gave a date.
    let document = of("<dc:date>0101-01-01T00:00:00+00:00</dc:date>");
    assert_eq!(document.published, None);
    assert!(document.notes[0].contains("cannot be read"), "{:?}", document.notes);
}

#[test]
fn pages_around_the_text_are_section_lines() {
    let title = b"<body xmlns:epub='x' epub:type='titlepage'><h1>The fire</h1><p>All rights are \
        ours.</p></body>";
    let parts: [(&str, &[u8]); 2] = [ONE, ("OEBPS/t.xhtml", title)];
    let document = read(&book(&spine(&["t", "a"], ""), &parts)).unwrap().document;
    let roles: Vec<ZoneRole> = document.zones.iter().map(|zone| zone.role).collect();
    assert_eq!(roles, [ZoneRole::Headline, ZoneRole::Section, ZoneRole::Body]);
}

#[test]
fn pictures_come_from_the_book_alone() {
    let picture = [&b"\x89PNG\r\n\x1a\n"[..], &[7; 700]].concat();
    let page = "<p>A mill burned.</p><img src='../a%20b.png' alt='Mill'/>\
        <img src='https://lamp.example/c.png' alt='Far'/><img src='/../../../etc/passwd' alt='No'/>";
    let parts: [(&str, &[u8]); 2] = [("OEBPS/a.xhtml", page.as_bytes()), ("a b.png", &picture)];
    let read = read(&book(&spine(&["a"], ""), &parts)).unwrap();
    let held: Vec<bool> =
        read.document.pictures.iter().map(|picture| picture.sha256.is_some()).collect();
    assert_eq!((held, read.pictures), (vec![true, false, false], vec![picture]));
}

#[test]
fn what_is_made_to_harm_is_refused_by_name() {
    let ways = "<encryption><EncryptionMethod Algorithm='http://www.w3.org/2001/04/xmlenc#aes256-cbc'/></encryption>";
    let locked = book(&spine(&["a"], ""), &[ONE, ("META-INF/encryption.xml", ways.as_bytes())]);
    assert!(matches!(read(&locked), Err(Cause::Locked)));
    let fonts = ways
        .replace("http://www.w3.org/2001/04/xmlenc#aes256-cbc", "http://ns.adobe.com/pdf/enc#RC");
    let sound = book(&spine(&["a"], ""), &[ONE, ("META-INF/encryption.xml", fonts.as_bytes())]);
    assert!(read(&sound).is_ok());
    // A chapter that unpacks to far more than it is.
    let blank = vec![b' '; 65 << 20];
    let swollen = book(&spine(&["a"], ""), &[("OEBPS/a.xhtml", &blank)]);
    assert!(matches!(read(&swollen), Err(Cause::Swollen)));
    // Entities, a container that names nothing, no book at all.
    let entity = "<!DOCTYPE package [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><package/>";
    let parts: [(&str, &[u8]); 2] = [
        ("META-INF/container.xml", CONTAINER.as_bytes()),
        ("OEBPS/content.opf", entity.as_bytes()),
    ];
    for bytes in [
        zip_of(&parts),
        zip_of(&parts[..1]),
        zip_of(&[("META-INF/container.xml", b"<container/>")]),
        zip_of(&[ONE]),
        b"PK\x03\x04".to_vec(),
        Vec::new(),
    ] {
        assert!(matches!(read(&bytes), Err(Cause::Unsound { .. })));
    }
    assert!(matches!(read(&book(&spine(&[], ""), &[])), Err(Cause::Empty)));
    let large = vec![0; MAX_EPUB_BYTES as usize + 1];
    assert!(matches!(read(&large), Err(Cause::TooLarge { .. })));
}
