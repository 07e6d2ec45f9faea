//! Files that were sent under names: read as the folder that they came from, whatever they are called.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use throughline_capture::{
    Captured, Cause, Failure, Given, Items, PassedOver, Sent, capture, capture_sent,
};

fn gathered(mut items: Items) -> (Vec<Captured>, Vec<Failure>, BTreeMap<PassedOver, u64>) {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for item in items.by_ref() {
        match item {
            Ok(captured) => good.push(captured),
            Err(failure) => bad.push(failure),
        }
    }
    (good, bad, items.passed_over().clone())
}

/// All files below a folder, with their names as a browser gives them.
fn below(folder: &Path, name: &str) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{name}/{}", path.file_name().unwrap().to_str().unwrap());
        match path.is_dir() {
            true => found.extend(below(&path, &name)),
            false => found.push((name, path)),
        }
    }
    found
}

/// Sends files: each lies under a number.
fn sent(at: &Path, files: &[(String, PathBuf)]) -> Vec<Sent> {
    fs::create_dir_all(at).unwrap();
    let lay = |(number, (name, from)): (usize, &(String, PathBuf))| {
        let path = at.join(number.to_string());
        fs::copy(from, &path).unwrap();
        Sent { name: name.clone(), path }
    };
    files.iter().enumerate().map(lay).collect()
}

/// What the smallest of pictures begins with, and bytes of its own.
fn picture(own: u8) -> Vec<u8> {
    [&b"\x89PNG\r\n\x1a\n"[..], &[own; 40]].concat()
}

#[test]
fn what_is_sent_is_read_as_the_folder_that_it_was_chosen_from() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("gathered");
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    write("b.txt", b"A bomb went off in Lenn.");
    write("a/late.txt", b"A bridge burned.");
    write("a-early.txt", b"A mill burned.");
    write("a/empty.txt", b"");
    write("alone.png", &picture(1));
    write("notes.unknown", b"\0\x01");
    write("mine.casebook", b"SQLite format 3\0");
    write("other.db", b"SQLite format 3\0");
    write("other.db-wal", b"");
    write("other.db-shm", b"");
    write(".hidden", b"no document");
    write(
        "saved/page.html",
        b"<title>A fire</title><article><h1>A fire</h1><p>A mill burned at Ostby on Monday, the \
          police said, and two people died in it.</p><img src='page_files/fire.png'></article>",
    );
    write("saved/page_files/fire.png", &picture(2));
    write("saved/page_files/style.css", b"p { color: red }");
    for entry in below(Path::new("../../browser/channels"), "export") {
        write(&entry.0, &fs::read(&entry.1).unwrap());
    }

    let (good, bad, passed) = gathered(capture([folder.clone()], Given::default()));
    let files = below(&folder, "gathered");
    let own = sent(&outer.path().join("numbers"), &files);
    let (sent_good, sent_bad, sent_passed) = gathered(capture_sent(own, Given::default()));
    assert!(good.len() > 8 && good.iter().any(|one| one.place.contains("export/")), "{good:?}");
    assert!(good.iter().any(|one| !one.pictures.is_empty()), "pictures come along");
    // A document says in which file it came, and both say the same; only the way to it differs.
    let bare = |all: Vec<Captured>| -> Vec<Captured> {
        all.into_iter().map(|one| Captured { place: String::new(), ..one }).collect()
    };
    assert_eq!(
        sent_good.iter().map(|one| one.place.clone()).collect::<Vec<_>>(),
        good.iter().map(|one| one.document.file.clone().unwrap()).collect::<Vec<_>>()
    );
    assert_eq!(bare(sent_good), bare(good));
    let causes = |all: &[Failure]| all.iter().map(|one| one.cause.to_string()).collect::<Vec<_>>();
    assert_eq!(causes(&sent_bad), causes(&bad));
    assert_eq!(sent_bad[0].place, "gathered/a/empty.txt");
    assert_eq!(sent_passed, passed);
}

#[test]
fn a_name_is_words_and_nothing_is_opened_by_it() {
    // A name of the system's own begins with a dot, as those of hidden files do.
    let outer = tempfile::Builder::new().prefix("outer").tempdir().unwrap();
    let own = outer.path().join("own");
    fs::write(&own, "A bomb went off in Lenn.").unwrap();
    fs::write(outer.path().join("secret.png"), picture(9)).unwrap();
    let absolute = outer.path().join("secret.txt").display().to_string();
    fs::write(&absolute, "secret").unwrap();
    let page = outer.path().join("page");
    fs::write(
        &page,
        "<article><h1>A fire</h1><p>A mill burned at Ostby on Monday, the police said.</p>\
         <img src='../secret.png'><img src='page_files/../../secret.png'></article>",
    )
    .unwrap();
    let long = format!("{}.txt", "x".repeat(5_000));
    let names =
        ["../../etc/passwd", &absolute, "a/../../b.txt", "<b>.txt", "a\u{202e}\n\0.txt", &long, ""];
    let mut files: Vec<Sent> =
        names.iter().map(|name| Sent { name: (*name).to_owned(), path: own.clone() }).collect();
    files.push(Sent { name: "page.html".to_owned(), path: page });
    files.push(Sent { name: "gone.txt".to_owned(), path: outer.path().join("gone") });
    let (good, bad, _) = gathered(capture_sent(files, Given::default()));
    assert_eq!(good.len(), names.len() + 1, "{bad:?}");
    for one in &good {
        assert!(!one.document.text.contains("secret") && one.pictures.is_empty(), "{one:?}");
        assert!(one.place.len() < 1_000);
    }
    assert!(matches!(bad.as_slice(), [Failure { cause: Cause::Missing, .. }]), "{bad:?}");
}
