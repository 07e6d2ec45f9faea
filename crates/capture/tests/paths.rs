//! Folders, files and lines: one bad item fails alone, and says where.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use throughline_capture::{
    Captured, Cause, Failure, Given, PassedOver, capture, capture_with_input,
};

fn all(paths: &[&Path]) -> (Vec<Captured>, Vec<Failure>) {
    let paths: Vec<PathBuf> = paths.iter().map(|path| path.to_path_buf()).collect();
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for item in capture(paths, Given::default()) {
        match item {
            Ok(captured) => good.push(captured),
            Err(failure) => bad.push(failure),
        }
    }
    (good, bad)
}

#[test]
fn bad_items_are_named_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.txt"), "A bomb exploded.").unwrap();
    fs::write(at("b-empty.txt"), "").unwrap();
    fs::write(at("c-binary.txt"), b"\x7FELF\0\0").unwrap();
    fs::write(at("d.jsonl"), "{\"text\": \"One.\"}\n{\"text\": \"cut\n\n{\"text\": \"Two.\"}\n")
        .unwrap();
    fs::write(at("e.key"), "\0").unwrap();
    fs::write(at("f.txt"), b"The caf\xE9 was hit.").unwrap();
    fs::create_dir(at("g")).unwrap();
    fs::write(at("g/h.txt"), "Another bomb.").unwrap();
    fs::write(at("z-empty.jsonl"), "\n\n").unwrap();

    let missing = at("missing");
    let (good, bad) = all(&[folder.path(), &missing]);
    let texts: Vec<&str> = good.iter().map(|captured| captured.document.text.as_str()).collect();
    assert_eq!(
        texts,
        ["A bomb exploded.", "One.", "Two.", "", "The café was hit.", "Another bomb."]
    );
    let causes: Vec<&Cause> = bad.iter().map(|failure| &failure.cause).collect();
    assert!(
        matches!(
            causes.as_slice(),
            [Cause::Empty, Cause::Binary, Cause::NotJson { .. }, Cause::Empty, Cause::Missing,]
        ),
        "{causes:?}"
    );
    assert!(good[3].document.notes[0].contains("no reader for .key files"));
    assert!(bad[2].place.ends_with("d.jsonl:2"), "{}", bad[2]);
}

#[test]
fn a_document_keeps_the_file_that_it_came_in_below_what_was_named() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("reports");
    fs::create_dir_all(folder.join("march")).unwrap();
    fs::write(folder.join("march/reports.txt"), "One.").unwrap();
    fs::write(folder.join("lines.jsonl"), "{\"text\": \"Two.\"}\n").unwrap();
    let files = |named: &Path| -> Vec<Option<String>> {
        all(&[named]).0.into_iter().map(|captured| captured.document.file).collect()
    };
    let want = |names: [&str; 2]| names.map(|name| Some(name.to_owned())).to_vec();
    let below = want(["reports/lines.jsonl:1", "reports/march/reports.txt"]);
    assert_eq!(files(&folder), below);
    assert_eq!(files(&folder.join("")), below);
    assert_eq!(files(&folder.join("march/..")), want(["lines.jsonl:1", "march/reports.txt"]));
    assert_eq!(files(&folder.join("march/reports.txt")), [Some("reports.txt".to_owned())]);
    let input = || -> Box<dyn std::io::BufRead + Send> { Box::new(Cursor::new("Three.")) };
    let piped = capture_with_input([PathBuf::from("-")], Given::default(), input).next();
    assert_eq!(piped.unwrap().unwrap().document.file, None);
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_end() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "One.").unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("self")).unwrap();
    assert_eq!(all(&[folder.path()]).0.len(), 1);
}

#[test]
fn a_large_text_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.txt");
    // A sparse file: a gigabyte that takes no room.
    fs::File::create(&path).unwrap().set_len(1 << 30).unwrap();
    let (_, bad) = all(&[&path]);
    assert!(matches!(bad[0].cause, Cause::TooLarge { bytes: Some(_), .. }));
}

#[test]
fn standard_input_is_text_or_lines() {
    for (input, want) in [("A bomb.", 1), ("{\"text\": \"A.\"}\n{\"text\": \"B.\"}", 2)] {
        let items = capture_with_input([PathBuf::from("-")], Given::default(), move || {
            Box::new(Cursor::new(input))
        });
        assert_eq!(items.filter(Result::is_ok).count(), want);
    }
}

#[test]
fn what_is_saved_beside_a_page_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.txt"), "One.").unwrap();
    fs::write(at("a.css"), "p { margin: 0 }").unwrap();
    fs::write(at("b.php"), "Two.").unwrap();
    fs::create_dir_all(at("b_files/frames")).unwrap();
    fs::write(at("b_files/c.txt"), "Buy now.").unwrap();
    fs::write(at("b_files/frames/d.txt"), "Buy more.").unwrap();
    fs::create_dir(at("e_files")).unwrap();
    fs::write(at("e_files/f.txt"), "Three.").unwrap();
    fs::create_dir(at(".git")).unwrap();
    fs::write(at(".git/HEAD"), "Four.").unwrap();
    fs::write(at(".DS_Store"), "Five.").unwrap();
    let mut items = capture([folder.path().to_path_buf()], Given::default());
    let places: Vec<String> = items.by_ref().map(|item| item.unwrap().place).collect();
    let names: Vec<&str> = places.iter().map(|place| place.rsplit('/').next().unwrap()).collect();
    assert_eq!(names, ["a.txt", "b.php", "f.txt"]);
    let passed: Vec<_> = items.passed_over().iter().map(|(kind, many)| (*kind, *many)).collect();
    assert_eq!(
        passed,
        [(PassedOver::Style, 1), (PassedOver::Companion, 2), (PassedOver::Hidden, 2)]
    );
}

#[cfg(unix)]
#[test]
fn links_out_of_a_folder_are_named_and_left_out() {
    use std::os::unix::fs::symlink;

    let outer = tempfile::tempdir().unwrap();
    let at = |name: &str| outer.path().join(name);
    fs::create_dir_all(at("in/deep")).unwrap();
    fs::create_dir(at("other")).unwrap();
    fs::write(at("other/secret.txt"), "Another's.").unwrap();
    fs::write(at("in/deep/a.txt"), "One.").unwrap();
    symlink(at("other/secret.txt"), at("in/file.txt")).unwrap();
    symlink(at("other"), at("in/folder")).unwrap();
    symlink("../../other", at("in/deep/up")).unwrap();
    symlink("deep/a.txt", at("in/own.txt")).unwrap();
    symlink(at("in"), at("link")).unwrap();
    for path in [at("in"), at("link")] {
        let (good, bad) = all(&[&path]);
        let texts: Vec<&str> = good.iter().map(|one| one.document.text.as_str()).collect();
        assert_eq!(texts, ["One.", "One."], "{bad:?}");
        assert_eq!(bad.len(), 3);
        assert!(bad.iter().all(|one| matches!(one.cause, Cause::LeadsOut)), "{bad:?}");
    }
    // What somebody names is read.
    assert_eq!(all(&[&at("in/file.txt")]).0[0].document.text, "Another's.");
    assert_eq!(all(&[&at("in/folder")]).0.len(), 1);
}

#[test]
fn a_database_that_is_open_is_no_document() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for name in ["my.db", "my.db-wal", "my.db-shm", "old.casebook", "old.casebook-journal"] {
        fs::write(at(name), b"SQLite format 3\0").unwrap();
    }
    fs::write(at("notes-wal"), "A note.").unwrap();
    let (good, bad) = all(&[folder.path()]);
    assert!(bad.is_empty() && good.len() == 1, "{bad:?}");
    assert_eq!(good[0].document.text, "A note.");
}

#[test]
fn the_pictures_that_a_browser_saved_come_along() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("mill_files")).unwrap();
    fs::write(at("mill_files/mill.jpg"), [7; 900]).unwrap();
    fs::write(at("mill_files/dot.gif"), [8; 40]).unwrap();
    fs::write(at("mill_files/look.css"), ".offer { display: none }").unwrap();
    fs::write(at("private.jpg"), [9; 900]).unwrap();
    let written = format!("data:image/png;base64,{}", "QUJD".repeat(200));
    let page = format!(
        "<html><head><link rel=stylesheet href='mill_files/look.css'></head><body><article>\
         <h1>A mill burned</h1><p>A mill burned at Lenn on Monday, and nobody was hurt.</p>\
         <img src='./mill_files/mill.jpg'><img src='./mill_files/dot.gif'><img src='private.jpg'>\
         <p class=offer>Nine men were held, says an offer that nobody sees.</p>\
         <img src='{written}' alt='The mill'>\
         <p>The police hold one man over the fire at the mill.</p></article></body></html>"
    );
    fs::write(at("mill.html"), page).unwrap();
    let (good, bad) = all(&[folder.path()]);
    assert!(bad.is_empty() && good.len() == 1, "{bad:?}");
    assert_eq!(good[0].pictures, [vec![7; 900], b"ABC".repeat(200)]);
    assert_eq!(good[0].document.pictures.len(), 2);
    assert!(!good[0].document.text.contains("offer"), "{}", good[0].document.text);
}
