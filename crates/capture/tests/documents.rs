//! Documents of the programs that people use, against what they say: text, zones, pages, notes.
//!
//! `UPDATE_GOLDEN=1 cargo test -p throughline-capture --test documents` writes the expected pages
//! anew; read the difference word by word. `tests/documents/README.md` tells how they were made.

#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use throughline_capture::{Captured, Cause, Failure, Given, capture_bytes};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents")
}

fn read(name: &str, bytes: Vec<u8>) -> Result<Captured, Failure> {
    let mut items = Vec::new();
    capture_bytes(name, &bytes, &Given::default(), |item| items.push(item));
    assert_eq!(items.len(), 1, "{name} is one document");
    items.remove(0)
}

/// A document as a page that a person can check.
fn page(captured: &Captured) -> String {
    let document = &captured.document;
    let mut out = String::new();
    let or = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    writeln!(out, "title: {}", or(&document.title)).unwrap();
    writeln!(out, "byline: {}", or(&document.byline)).unwrap();
    writeln!(out, "language: {}", or(&document.language)).unwrap();
    writeln!(out, "published: {:?}", document.published.as_ref().map(ToString::to_string)).unwrap();
    let modified = document.modified.as_ref().map(ToString::to_string);
    writeln!(out, "modified: {}", or(&modified)).unwrap();
    let fetched = document.fetched.as_ref().map(ToString::to_string);
    for (name, value) in [("url", document.url.clone()), ("fetched", fetched)] {
        value.into_iter().for_each(|value| writeln!(out, "{name}: {value}").unwrap());
    }
    for note in &document.notes {
        writeln!(out, "note: {note}").unwrap();
    }
    for picture in &document.pictures {
        let held = captured
            .pictures
            .iter()
            .any(|bytes| Some(throughline_model::Sha256::of(bytes)) == picture.sha256);
        writeln!(out, "picture: {} {} held: {held}", picture.name, or(&picture.caption)).unwrap();
    }
    let mut pages = document.pages.iter().peekable();
    for zone in &document.zones {
        write!(out, "\n{:?}: ", zone.role).unwrap();
        let mut at = zone.span.start as usize;
        while let Some(page) = pages.next_if(|page| page.start < zone.span.end) {
            let start = (page.start as usize).max(at);
            write!(out, "{}⟨p. {}⟩", &document.text[at..start], page.name).unwrap();
            at = start;
        }
        writeln!(out, "{}", &document.text[at..zone.span.end as usize]).unwrap();
    }
    out
}

#[test]
fn documents_say_what_is_in_them() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut wrong = Vec::new();
    let mut seen = 0;
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder()).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    for path in files {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let office = ["pdf", "docx", "odt", "rtf", "mhtml", "epub"]
            .iter()
            .any(|end| name.ends_with(&format!(".{end}")));
        if !office {
            continue;
        }
        seen += 1;
        let found = match read(&name, fs::read(&path).unwrap()) {
            Ok(captured) => page(&captured),
            Err(failure) => format!("{failure}\n"),
        };
        let expected = path.with_file_name(format!("{name}.expected"));
        if update {
            fs::write(&expected, &found).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != found {
            wrong.push(format!("{name}:\n{found}"));
        }
    }
    assert!(seen >= 25, "only {seen} documents");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// All words of the source stand in what each program made of it, in their order: none is glued to
/// another, split or lost.
#[test]
fn every_word_of_the_source_is_read() {
    let source = fs::read_to_string(folder().join("source.txt")).unwrap();
    // Programs number paragraphs in their own way.
    let plain = |word: &&str| {
        !word.trim_matches(['[', ']', '.', ',']).bytes().all(|byte| byte.is_ascii_digit())
    };
    let source: Vec<&str> = source.split_whitespace().filter(plain).collect();
    for name in [
        "chromium-plain.pdf",
        "chromium-columns.pdf",
        "libreoffice.pdf",
        "latex.pdf",
        "latex-bitmaps.pdf",
        "reportlab.pdf",
        "object-streams.pdf",
        "broken-xref.pdf",
        "encrypted-open.pdf",
        "encrypted-objects.pdf",
        "libreoffice.docx",
        "libreoffice.odt",
        "libreoffice.rtf",
        "libreoffice.epub",
    ] {
        let document = read(name, fs::read(folder().join(name)).unwrap()).unwrap().document;
        let mut words = document.text.split_whitespace();
        for (at, word) in source.iter().enumerate() {
            assert!(
                words.any(|other| other == *word),
                "{name}: word {at}, {word:?}, after {:?}",
                &source[at.saturating_sub(4)..at]
            );
        }
    }
}

#[test]
fn an_encrypted_file_is_named_as_such() {
    let bytes = fs::read(folder().join("encrypted-locked.pdf")).unwrap();
    assert!(matches!(read("a.pdf", bytes).unwrap_err().cause, Cause::Locked));
}

#[test]
fn formats_are_known_by_their_bytes() {
    for (file, name) in [
        ("reportlab.pdf", "a.txt"),
        ("libreoffice.docx", "letter"),
        ("libreoffice.odt", "a.zip"),
        ("python-docx.docx", "b.docm"),
        ("libreoffice.rtf", "a.doc"),
        ("pandoc.epub", "a.zip"),
        ("chromium.mhtml", "page"),
    ] {
        let bytes = fs::read(folder().join(file)).unwrap();
        let document = read(name, bytes).unwrap().document;
        assert!(!document.zones.is_empty(), "{file} as {name}");
    }
}
