//! The pages of messages that Telegram Desktop writes for browsers, laid out as it lays them out.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use throughline_capture::{Captured, Failure, Given, PassedOver, capture};
use throughline_model::{Relation, Sha256};

const PAGE: &str = include_str!("made/messages.html");

fn read(path: &Path) -> (Vec<Captured>, Vec<Failure>, Vec<(PassedOver, u64)>) {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    let mut items = capture([PathBuf::from(path)], Given::default());
    for item in items.by_ref() {
        match item {
            Ok(captured) => good.push(captured),
            Err(failure) => bad.push(failure),
        }
    }
    let passed = items.passed_over().iter().map(|(kind, many)| (*kind, *many)).collect();
    (good, bad, passed)
}

/// An export in a folder, as the program writes it.
fn export() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    write("messages.html", PAGE.as_bytes());
    let list =
        "<title>Exported Data</title><div class=\"page_wrap\"><p>Ada Marsh, +1 234.</p></div>";
    write("lists/contacts.html", list.as_bytes());
    write("css/style.css", b"a { color: red }");
    write("js/script.js", b"function GoToMessage() {}");
    write("images/back.png", b"\x89PNG\r\n\x1a\n");
    write("photos/photo_1@24-03-2017_10-30-00.jpg", b"a picture");
    write("photos/photo_1@24-03-2017_10-30-00_thumb.jpg", b"a small picture");
    write("files/list.txt", b"A list that belongs to a message.");
    folder
}

#[test]
fn a_page_is_read_message_by_message() {
    let folder = export();
    let (good, bad, passed) = read(folder.path());
    assert!(bad.is_empty(), "{bad:?}");
    // The line with the day is no message, and the media belong to theirs.
    assert_eq!(passed, [(PassedOver::Media, 7), (PassedOver::Service, 1)]);
    let items: Vec<&str> = good.iter().map(|one| one.document.item.as_deref().unwrap()).collect();
    assert_eq!(items, ["3", "4", "5", "6", "7"]);
    assert!(good[0].place.ends_with("messages.html:2"), "{}", good[0].place);
    for one in &good {
        assert_eq!(one.document.source.as_deref(), Some("The Chain"));
        assert_eq!(one.document.sha256, Sha256::of(&one.bytes));
    }
    let first = &good[0].document;
    assert_eq!(first.text, "This is the man.\nSee our page and lamp.example.");
    assert_eq!(first.published_at.as_ref().unwrap().as_str(), "2017-03-24T09:30:00Z");
    assert_eq!(first.byline.as_deref(), Some("O. L."));
    assert_eq!(first.notes, ["the words “our page” lead to https://lamp.example/list"]);
    assert_eq!(first.pictures[0].sha256, Some(Sha256::of(b"a picture")));
    assert_eq!(good[0].pictures, [b"a picture".to_vec()]);
    // The second is by the same sender, which the page leaves out; the channel itself is no byline.
    assert_eq!((good[1].document.text.as_str(), &good[1].document.byline), ("Pass it on.", &None));
    let answered = &good[1].document.references[0];
    assert_eq!((answered.relation, answered.item.as_deref()), (Relation::Answers, Some("3")));
    let passed_on = &good[2].document.references[0];
    assert_eq!(passed_on.relation, Relation::Forwards);
    assert_eq!(passed_on.source.as_deref(), Some("Ferry News"));
    assert_eq!(passed_on.at.as_ref().unwrap().as_str(), "2017-03-24T08:00:00Z");
    assert_eq!(good[2].document.text, "Two were held.");
    // Another sender, an older layout without a zone, a picture that did not come along.
    let other = &good[3].document;
    assert_eq!(other.byline.as_deref(), Some("Ada Marsh"));
    assert_eq!(other.published_at.as_ref().unwrap().as_str(), "2017-03-24T11:00:00");
    assert!(other.notes[0].contains("Not included, change data exporting settings"));
    assert_eq!(good[4].document.text, "Where shall we meet?\n- Lenn\n- Ostby");
}

#[test]
fn an_export_in_both_forms_is_read_once() {
    let folder = export();
    let json = r#"{"name": "The Chain", "type": "public_channel", "id": 77, "messages": [
        {"id": 3, "type": "message", "date_unixtime": "1490347800", "text": "One."}]}"#;
    fs::write(folder.path().join("result.json"), json).unwrap();
    let (good, bad, _) = read(folder.path());
    assert!(bad.is_empty() && good.len() == 1, "{} {bad:?}", good.len());
}

#[test]
fn a_later_export_adds_only_what_is_new() {
    let folder = export();
    let (first, ..) = read(folder.path());
    // Pictures are numbered anew, and a message before the second parts it from its sender.
    let later = PAGE.replace("photo_1@", "photo_9@");
    fs::write(folder.path().join("messages.html"), later).unwrap();
    let from = folder.path().join("photos/photo_1@24-03-2017_10-30-00.jpg");
    fs::rename(&from, folder.path().join("photos/photo_9@24-03-2017_10-30-00.jpg")).unwrap();
    let (second, ..) = read(folder.path());
    let ids = |all: &[Captured]| all.iter().map(|one| one.document.id).collect::<Vec<_>>();
    assert_eq!(ids(&first), ids(&second));
}

#[test]
fn hostile_pages_cost_what_they_hold() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("messages.html");
    let head = &PAGE[..PAGE.find("<div class=\"message").unwrap()];
    let hostile = "<div class='message default' id='message1'><div class=body>\
        <div class='media_wrap'><a class='photo_wrap' href='../../etc/passwd'></a></div>\
        <div class=text>a</div></div></div>\
        <div class='message default' id='message2'></div>\
        <div class='message default' id='message'></div>\
        <div class='message default' id='message99999999999999999999'><div class=body>\
        <div class=date title='soon'></div><div class=text>b";
    fs::write(&path, format!("{head}{hostile}")).unwrap();
    let (good, bad, _) = read(&path);
    assert!(bad.is_empty(), "{bad:?}");
    let texts: Vec<&str> = good.iter().map(|one| one.document.text.as_str()).collect();
    assert_eq!(texts, ["a", "", "b"]);
    assert!(good[0].document.notes[0].contains("no plain name"), "{:?}", good[0].document.notes);
    assert!(good[2].document.notes[0].contains("its date cannot be read"));
    fs::write(&path, head).unwrap();
    assert_eq!(read(&path).1.len(), 1);
}

#[test]
fn quoted_and_struck_words_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("messages.html");
    let head = &PAGE[..PAGE.find("<div class=\"message").unwrap()];
    let message = "<div class='message default' id='message1'><div class=body><div class=text>\
        The ministry has put out a statement on the fire at Ostby:<br>\
        <blockquote>We lit <b>no</b> fire.</blockquote>Nobody here believes \
        <a href='https://lamp.example/a'>a <s>single</s> word</a> of it.</div></div></div>";
    fs::write(&path, format!("{head}{message}")).unwrap();
    let (good, _, _) = read(&path);
    let document = &good[0].document;
    assert_eq!(
        document.text,
        "The ministry has put out a statement on the fire at Ostby:\n“We lit no fire.”\n\
         Nobody here believes a word of it."
    );
    assert!(document.notes.iter().any(|note| note.contains("struck out")), "{:?}", document.notes);
}
