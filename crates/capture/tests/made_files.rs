//! What is captured from files that other programs made, in `tests/made`, as golden pages in
//! `tests/golden`. `UPDATE_GOLDEN=1 cargo test -p throughline-capture` writes these anew.

#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use throughline_capture::{Captured, Given, capture};
use throughline_model::{Document, Sha256};

fn page(path: &Path, name: &str) -> String {
    let mut page = format!("# {name}\n");
    let mut items = capture([path.to_path_buf()], Given::default());
    for item in items.by_ref() {
        match item {
            Ok(captured) => page.push_str(&section(&captured, path, name)),
            Err(failure) => {
                let told = failure.to_string().replace(&path.display().to_string(), name);
                write!(page, "\n## not taken in\n\n{told}\n").unwrap();
            }
        }
    }
    for (kind, many) in items.passed_over() {
        write!(page, "\nPassed over: {}.\n", kind.counted(*many)).unwrap();
    }
    page
}

fn section(captured: &Captured, path: &Path, name: &str) -> String {
    let Captured { document, bytes, place, record, pictures } = captured;
    assert_eq!(document.sha256, Sha256::of(bytes));
    let kept: Vec<Sha256> = pictures.iter().map(|bytes| Sha256::of(bytes)).collect();
    for picture in &document.pictures {
        assert!(picture.sha256.is_none_or(|hash| kept.contains(&hash)));
    }
    let place = place.replace(&path.display().to_string(), name);
    let mut out = format!("\n## {place}\n\n{} bytes\n\n", bytes.len());
    let mut line = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            writeln!(out, "- {key}: {value}").unwrap();
        }
    };
    line("record", record.clone());
    line("source", document.source.clone());
    line("title", document.title.clone());
    line("byline", document.byline.clone());
    line("published", document.published.as_ref().map(ToString::to_string));
    line("published at", document.published_at.as_ref().map(ToString::to_string));
    line("modified", document.modified.as_ref().map(ToString::to_string));
    line("fetched", document.fetched.as_ref().map(ToString::to_string));
    line("url", document.url.clone());
    line("language", document.language.clone());
    line("section", document.section.clone());
    line("item", document.item.clone());
    for picture in &document.pictures {
        line("picture", Some(format!("{} {:?}", picture.name, picture.sha256.is_some())));
    }
    for reference in &document.references {
        let words = format!(
            "{:?} {:?} of {:?}, {:?}",
            reference.relation,
            reference.item,
            reference.source,
            reference.at.as_ref().map(ToString::to_string)
        );
        line("reference", Some(words));
    }
    for note in &document.notes {
        // Which extensions are known grows with every format.
        line("note", Some(note.split("; known are").next().unwrap().to_owned()));
    }
    out.push_str(&zones(document));
    out
}

fn zones(document: &Document) -> String {
    let mut out = String::new();
    for zone in &document.zones {
        let text = zone.span.of(&document.text).replace('\n', "\n  ");
        write!(out, "\n[{:?}] {text}\n", zone.role).unwrap();
    }
    out
}

#[test]
fn made_files_are_captured_as_on_their_pages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/made");
    let pages = folder.with_file_name("golden");
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut files: Vec<PathBuf> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut wrong = Vec::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|end| end != "py")) {
        let name = file.file_name().unwrap().to_str().unwrap();
        let found = page(file, name);
        let at = pages.join(format!("{name}.md"));
        if update {
            fs::write(&at, &found).unwrap();
        } else if fs::read_to_string(&at).unwrap_or_default() != found {
            wrong.push(format!("{name}:\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
