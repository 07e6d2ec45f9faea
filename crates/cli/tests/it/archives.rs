//! `read` of archives: the same documents as from a folder, and nothing outside the casebook.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::{Casebook, FIRST, SECOND, arg};

fn zip_of(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn below(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        found.insert(path.display().to_string());
        if path.is_dir() {
            found.extend(below(&path));
        }
    }
    found
}

#[test]
fn an_archive_is_read_as_its_folder_and_adds_nothing_to_it() {
    let casebook = Casebook::new();
    casebook.file("in/a.txt", FIRST);
    casebook.file("in/deep/b.txt", SECOND);
    let archive = casebook.file("all.zip", zip_of(&[("a.txt", FIRST), ("deep/b.txt", SECOND)]));
    // Stored first and read later, as any other document.
    casebook.ok(&["read", "--capture-only", arg(&archive)]);
    assert_eq!(
        casebook.ok(&["read", "--resume"]),
        "documents: 0 new, 2 read that were stored before\n"
    );
    let before = casebook.content();
    assert_eq!(casebook.ok(&["read", "in", arg(&archive)]), "documents: 0 new, 4 known\n");
    assert_eq!(casebook.content(), before);
    let each = casebook.ok(&["read", "--each", arg(&archive)]);
    assert!(each.contains("all.zip/deep/b.txt"), "{each}");
}

#[test]
fn nothing_is_written_by_the_names_in_an_archive() {
    let casebook = Casebook::new();
    let hostile = zip_of(&[
        ("../../escaped.txt", "A mill burned."),
        ("../escaped.txt", "A bridge fell."),
        ("/tmp/throughline-escaped.txt", "A tug sank."),
        ("all.casebook", "Not a casebook."),
    ]);
    let archive = casebook.file("in/hostile.zip", hostile);
    casebook.ok(&["read", arg(&archive)]);
    let around = archive.parent().unwrap().parent().unwrap();
    let before = below(around);
    assert_eq!(
        casebook.run(&["read", arg(&archive)]).out,
        "documents: 0 new, 4 known (1 without text)\n"
    );
    assert_eq!(below(around), before);
    assert!(!before.iter().any(|path| path.contains("escaped")), "{before:?}");
    assert!(!Path::new("/tmp/throughline-escaped.txt").exists());
}

#[test]
fn what_fails_in_an_archive_is_named_with_its_place() {
    let casebook = Casebook::new();
    let made = concat!(env!("CARGO_MANIFEST_DIR"), "/../capture/tests/made/locked.zip");
    let err = casebook.fails(1, &["read", made]);
    assert!(err.contains("locked.zip/articles/one.txt: encrypted; unpack it"), "{err}");
}
