//! Archives: what they hold is read, and what is made to harm does none.

#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write};

use throughline_capture::{Captured, Cause, Failure, Given, capture_bytes};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn read(name: &str, bytes: &[u8]) -> (Vec<Captured>, Vec<Failure>) {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    capture_bytes(name, bytes, &Given::default(), |item| match item {
        Ok(captured) => good.push(captured),
        Err(failure) => bad.push(failure),
    });
    (good, bad)
}

fn packed(stored: bool) -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(match stored {
        true => CompressionMethod::Stored,
        false => CompressionMethod::Deflated,
    })
}

fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (at, (name, bytes)) in entries.iter().enumerate() {
        zip.start_file(*name, packed(at % 2 == 1)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(bytes).unwrap();
    gz.finish().unwrap()
}

fn places(found: &[Captured]) -> Vec<&str> {
    found.iter().map(|captured| captured.place.as_str()).collect()
}

#[test]
fn what_stands_in_archives_is_read() {
    let lines = b"{\"text\": \"Three.\"}\n{\"text\": \"Four.\"}\n";
    let inner = zip_of(&[("deep/b.txt", b"Two."), ("c.jsonl", lines)]);
    for outer in [
        zip_of(&[("a.txt", b"One."), ("inner.zip", &inner), ("d.txt.gz", &gzip(b"Five."))]),
        zip_of(&[("inner.zip", &inner), ("a.txt", b"One."), ("d.txt.gz", &gzip(b"Five."))]),
    ] {
        let (mut good, bad) = read("all.zip", &outer);
        assert!(bad.is_empty(), "{bad:?}");
        good.sort_by(|one, other| one.place.cmp(&other.place));
        let places = places(&good);
        assert_eq!(
            places,
            [
                "all.zip/a.txt",
                "all.zip/d.txt.gz",
                "all.zip/inner.zip/c.jsonl:1",
                "all.zip/inner.zip/c.jsonl:2",
                "all.zip/inner.zip/deep/b.txt",
            ]
        );
        let texts: Vec<&str> = good.iter().map(|one| one.document.text.as_str()).collect();
        assert_eq!(texts, ["One.", "Five.", "Three.", "Four.", "Two."]);
        // The same bytes are the same document, wherever they stand, but for the file.
        let file = good[0].document.file.clone();
        assert_eq!(file.as_deref(), Some("all.zip/a.txt"));
        let alone = read("a.txt", b"One.").0[0].document.clone();
        assert_eq!(alone.file.as_deref(), Some("a.txt"));
        assert_eq!(good[0].document, throughline_model::Document { file, ..alone });
    }
}

#[test]
fn gzip_may_have_many_members_and_any_name() {
    let bytes = [gzip(b"{\"text\": \"One.\"}\n"), gzip(b"{\"text\": \"Two.\"}\n")].concat();
    assert_eq!(places(&read("a.jsonl.gz", &bytes).0), ["a.jsonl.gz:1", "a.jsonl.gz:2"]);
    let (good, _) = read("a.txt", &gzip(b"A mill burned."));
    assert_eq!(good[0].document.text, "A mill burned.");
    assert!(good[0].document.notes[0].contains("called a.txt, but its bytes are a file packed"));
}

#[test]
fn names_are_words_and_entries_of_one_name_are_all_read() {
    let long = format!("{}.txt", "x".repeat(40_000));
    let bytes = zip_of(&[
        ("../../../tmp/one.txt", b"One."),
        ("/etc/two.txt", b"Two."),
        ("C:\\three.txt", b"Three."),
        ("nul\0.txt", b"Four."),
        (&long, b"Five."),
        ("twin1.txt", b"Six."),
        ("twin2.txt", b"Seven."),
        ("folder/.hidden.txt", b"Eight."),
        ("__MACOSX/a.txt", b"Nine."),
    ]);
    // The writer allows no name twice; a reader must.
    let bytes: Vec<u8> = replace(&bytes, b"twin2.txt", b"twin1.txt");
    let (good, bad) = read("a.zip", &bytes);
    assert!(bad.is_empty(), "{bad:?}");
    let texts: Vec<&str> = good.iter().map(|one| one.document.text.as_str()).collect();
    assert_eq!(texts, ["One.", "Two.", "Three.", "Four.", "Five.", "Six.", "Seven."]);
    assert_eq!(good[0].place, "a.zip/../../../tmp/one.txt");
    assert_eq!(good[2].place, "a.zip/C:/three.txt");
    assert!(good[4].place.chars().count() < 400);
}

fn replace(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = bytes.to_vec();
    for at in 0..=bytes.len() - from.len() {
        if bytes[at..].starts_with(from) {
            bytes[at..at + from.len()].copy_from_slice(to);
        }
    }
    bytes
}

#[test]
fn one_bad_entry_fails_alone() {
    let zip = zip_of(&[("a.txt", b"One."), ("b.txt", b"The second."), ("c.txt", b"Three.")]);
    // The second entry is not packed, so its bytes can be found and damaged.
    let (good, bad) = read("a.zip", &replace(&zip, b"The second.", b"The sekond."));
    assert_eq!(places(&good), ["a.zip/a.txt", "a.zip/c.txt"]);
    assert!(matches!(bad[0].cause, Cause::Broken { .. }), "{}", bad[0]);
    assert_eq!(bad[0].place, "a.zip/b.txt");
}

#[test]
fn what_is_cut_off_is_named() {
    let zip = zip_of(&[("a.txt", b"One."), ("b.txt", b"Two.")]);
    for length in 4..zip.len() {
        let (_, bad) = read("a.zip", &zip[..length]);
        assert!(!bad.is_empty(), "cut at {length}");
    }
    let packed = gzip("A mill burned. ".repeat(100).as_bytes());
    for length in [20, packed.len() / 2, packed.len() - 1] {
        let (good, bad) = read("a.txt.gz", &packed[..length]);
        assert!(good.is_empty() && matches!(bad[0].cause, Cause::Broken { .. }), "{length}");
    }
    // The first lines of a packed file are read before its end is missed.
    let lines: String = (0..20_000).map(|at| format!("{{\"text\": \"No. {at}.\"}}\n")).collect();
    let packed = gzip(lines.as_bytes());
    let (good, bad) = read("a.jsonl.gz", &packed[..packed.len() / 2]);
    assert!(good.len() > 1_000 && bad.len() == 1, "{} {}", good.len(), bad.len());
}

#[test]
fn archives_in_archives_end() {
    let mut zip = zip_of(&[("a.txt", b"One.")]);
    for _ in 0..3 {
        zip = zip_of(&[("in.zip", &zip)]);
    }
    assert_eq!(places(&read("in.zip", &zip).0), ["in.zip/in.zip/in.zip/in.zip/a.txt"]);
    let (good, bad) = read("in.zip", &zip_of(&[("in.zip", &zip)]));
    assert!(good.is_empty() && matches!(bad[0].cause, Cause::TooDeep { limit: 4 }), "{bad:?}");
}

#[test]
fn a_flat_bomb_is_refused_by_entry() {
    // 128 MiB of spaces in a hundred kilobytes.
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("bomb.txt", packed(false)).unwrap();
    let spaces = vec![b' '; 1 << 20];
    for _ in 0..128 {
        zip.write_all(&spaces).unwrap();
    }
    zip.start_file("a.txt", packed(false)).unwrap();
    zip.write_all(b"One.").unwrap();
    let zip = zip.finish().unwrap().into_inner();
    let (good, bad) = read("a.zip", &zip);
    assert_eq!(places(&good), ["a.zip/a.txt"]);
    assert!(matches!(bad[0].cause, Cause::TooLarge { .. }), "{}", bad[0]);
}

#[test]
fn many_entries_that_unpack_too_far_are_broken_off() {
    // Each entry is just small enough to be kept.
    let blank = vec![0; 31 << 20];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..12 {
        zip.start_file(format!("{number}.key"), packed(false)).unwrap();
        zip.write_all(&blank).unwrap();
    }
    let zip = zip.finish().unwrap().into_inner();
    let (good, bad) = read("a.zip", &zip);
    // 256 MiB, and a hundred times its size.
    assert_eq!((good.len(), bad.len()), (9, 1));
    assert!(matches!(bad[0].cause, Cause::UnpacksTooFar { .. }), "{}", bad[0]);
}

#[test]
fn a_nested_bomb_is_broken_off() {
    let zeros = vec![0; 31 << 20];
    let inner = zip_of(&[("a.key", &zeros)]);
    let names: Vec<String> = (0..200).map(|number| format!("{number}.zip")).collect();
    let entries: Vec<(&str, &[u8])> =
        names.iter().map(|name| (name.as_str(), inner.as_slice())).collect();
    let outer = zip_of(&[("in.zip", &zip_of(&entries))]);
    let (good, bad) = read("a.zip", &outer);
    // Of six thousand megabytes, a few hundred came out.
    assert!(good.len() < 60, "{}", good.len());
    assert!(matches!(bad[0].cause, Cause::UnpacksTooFar { .. }), "{}", bad[0]);
    assert!(bad.len() <= 4, "{bad:?}");
}

#[test]
fn a_directory_of_billions_is_refused() {
    let zip = zip_of(&[("a.txt", b"One.")]);
    let end = zip.len() - 22;
    let mut many = zip.clone();
    many[end + 8..end + 12].copy_from_slice(&[0xFE; 4]);
    let (_, bad) = read("a.zip", &many);
    assert!(matches!(bad[0].cause, Cause::Broken { .. }), "{bad:?}");
    // The same in a directory of 64 bits.
    let mut many = zip[..end].to_vec();
    let (size, start) = (u64::from(word(&zip, end + 12)), u64::from(word(&zip, end + 16)));
    many.extend(b"PK\x06\x06");
    many.extend(44u64.to_le_bytes());
    many.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    many.extend([4_000_000_000u64, 4_000_000_000, size, start].map(u64::to_le_bytes).concat());
    many.extend(b"PK\x06\x07\0\0\0\0");
    many.extend((end as u64).to_le_bytes());
    many.extend([1, 0, 0, 0]);
    many.extend(b"PK\x05\x06\0\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0");
    let (_, bad) = read("a.zip", &many);
    assert!(matches!(bad[0].cause, Cause::Broken { .. }), "{bad:?}");
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
}

#[test]
fn an_encrypted_entry_is_named() {
    let zip = zip_of(&[("a.txt", b"One."), ("b.txt", b"Two.")]);
    // The flag of the second entry, in its own head and in the directory.
    let mut zip = zip;
    for (mark, flags) in [(&b"PK\x03\x04"[..], 6), (b"PK\x01\x02", 8)] {
        let at = (0..zip.len()).filter(|at| zip[*at..].starts_with(mark)).nth(1).unwrap();
        zip[at + flags] |= 1;
    }
    let (good, bad) = read("a.zip", &zip);
    assert_eq!(places(&good), ["a.zip/a.txt"]);
    assert!(matches!(bad[0].cause, Cause::Encrypted), "{bad:?}");
    assert_eq!(bad[0].place, "a.zip/b.txt");
}

#[test]
fn a_lying_extension_is_noticed() {
    let zip = zip_of(&[("a.txt", b"One.")]);
    let (good, _) = read("article.txt", &zip);
    assert_eq!(good[0].place, "article.txt/a.txt");
    assert!(good[0].document.notes[0].contains("called article.txt, but its bytes are a zip"));
    let (good, _) = read("a.zip", b"A mill burned.");
    assert_eq!(good[0].document.text, "");
    assert!(good[0].document.notes[0].contains("its bytes are not a zip archive"));
}

const EXPORT: &str = r#"{"name": "The Chain", "type": "public_channel", "id": 77, "messages": [
    {"id": 1, "type": "message", "date_unixtime": "1490347800", "photo": "photos/a.jpg", "text": "One."},
    {"id": 2, "type": "message", "date_unixtime": "1490347860", "photo": "photos/b.jpg", "text": "Two."}]}"#;

#[test]
fn an_export_in_an_archive_has_its_pictures_and_is_read_once() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("photos")).unwrap();
    std::fs::write(folder.path().join("result.json"), EXPORT).unwrap();
    std::fs::write(folder.path().join("photos/a.jpg"), b"a picture").unwrap();
    let items = throughline_capture::capture([folder.path().to_path_buf()], Given::default());
    let plain: Vec<Captured> = items.map(Result::unwrap).collect();
    let zip = zip_of(&[
        ("chain/messages.html", b"<html><p>One.</p><p>Two.</p></html>"),
        ("chain/photos/a.jpg", b"a picture"),
        ("chain/files/list.txt", b"A list."),
        ("chain/result.json", EXPORT.as_bytes()),
        ("notes.txt", b"A note of mine."),
    ]);
    let inner = zip_of(&[("in.zip", &zip)]);
    for (name, bytes) in [("a.zip", zip), ("a.zip", inner)] {
        let (good, bad) = read(name, &bytes);
        assert!(bad.is_empty(), "{bad:?}");
        let ids: Vec<_> = good[..2].iter().map(|one| one.document.id).collect();
        assert_eq!(ids, [plain[0].document.id, plain[1].document.id]);
        assert_eq!(good[0].pictures, [b"a picture".to_vec()]);
        assert_eq!(
            good[1].document.notes,
            ["its picture photos/b.jpg did not come along: there is no such file beside it"]
        );
        assert_eq!(good.len(), 3);
    }
    // Without its folder, that is what is said.
    let (good, _) = read("result.json.gz", &gzip(EXPORT.as_bytes()));
    assert!(good[0].document.notes[0].contains("without the folder that it was in"));
}

#[test]
fn a_saved_page_in_an_archive_has_its_pictures() {
    let page =
        b"<html><body><article><h1>A mill burned</h1><p>A mill burned at Lenn on Monday, and \
        nobody was hurt, the police said.</p><img src='./a%20page_files/mill.jpg' alt='The mill'>\
        <img src='../secret.jpg' alt='Another'></article></body></html>";
    let zip = zip_of(&[
        ("a page.html", page),
        ("a page_files/mill.jpg", b"a picture"),
        ("a page_files/look.css", b"p { margin: 0 }"),
        ("secret.jpg", b"not the page's"),
    ]);
    let (good, bad) = read("a.zip", &zip);
    assert!(bad.is_empty() && good.len() == 1, "{bad:?}");
    assert_eq!(good[0].pictures, [b"a picture".to_vec()]);
    let held: Vec<bool> =
        good[0].document.pictures.iter().map(|one| one.sha256.is_some()).collect();
    assert_eq!(held, [true, false]);
}

#[test]
fn errors_are_told_in_our_words() {
    let zip = zip_of(&[("a.txt", b"One."), ("b.txt", b"Two.")]);
    let cut = read("a.zip", &zip[..zip.len() - 30]).1.remove(0).to_string();
    assert!(cut.contains("its list of entries is not there, or not whole"), "{cut}");
    let packed = gzip(b"A mill burned.");
    let short = read("a.txt.gz", &packed[..packed.len() - 6]).1.remove(0).to_string();
    assert!(short.contains("it ends before it should"), "{short}");
}

#[test]
fn a_lying_name_of_a_document_keeps_the_bytes() {
    for (name, bytes) in [
        ("a.pdf", &b"A mill burned."[..]),
        ("a.docx", b"A mill burned."),
        ("a.rtf", b"A mill burned."),
        ("a.docx", &zip_of(&[("a.xml", b"<a/>")])),
        ("a.pdf", b"%PDF-1.4\nnothing of a PDF"),
    ] {
        let (good, bad) = read(name, bytes);
        assert!(bad.is_empty(), "{name}: {bad:?}");
        assert_eq!((good[0].bytes.as_slice(), good[0].document.text.as_str()), (bytes, ""));
        assert!(good[0].document.notes[0].starts_with("kept as bytes: "), "{name}");
    }
    for name in ["a.pdf", "a.docx", "a.txt", "a.key", "a"] {
        let (good, bad) = read(name, b"");
        assert!(good.is_empty() && matches!(bad[0].cause, Cause::Empty), "{name}: {bad:?}");
    }
}

#[test]
fn an_export_of_assertions_is_named_as_such_once() {
    let lines = b"{\"document\": {\"id\": \"doc-1\"}}\n{\"assertion\": {}}\n";
    let (good, bad) = read("a.jsonl", lines);
    assert!(good.is_empty() && bad.len() == 1, "{bad:?}");
    assert!(bad[0].to_string().contains("`throughline import assertions` reads"), "{}", bad[0]);
}
