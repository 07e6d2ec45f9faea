//! Exports of channels, whole: layouts old and new, pictures, and what is hostile.
//!
//! `UPDATE_GOLDEN=1` rewrites tests/golden/telegram.md; read the difference word by word.

#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use throughline_capture::telegram::{Chat, Message, Slices, read_message};
use throughline_capture::{Absent, Captured, Failure, Given, capture};
use throughline_model::{Document, Medium, Relation, Sha256};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/telegram.md");

/// An export in a folder, with some files beside it.
fn export(json: &str, files: &[(&str, &[u8])]) -> (tempfile::TempDir, Vec<Captured>, Vec<Failure>) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("result.json"), json).unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let (good, bad) = read(folder.path());
    (folder, good, bad)
}

fn read(path: &Path) -> (Vec<Captured>, Vec<Failure>) {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for item in capture([PathBuf::from(path)], Given::default()) {
        match item {
            Ok(captured) => good.push(captured),
            Err(failure) => bad.push(failure),
        }
    }
    (good, bad)
}

/// What a document is, for people to read.
fn told(captured: &Captured) -> String {
    let document = &captured.document;
    let mut out = String::new();
    let mut line = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            writeln!(out, "{name}: {value}").unwrap();
        }
    };
    line("item", document.item.clone());
    line("source", document.source.clone());
    line("byline", document.byline.clone());
    line("published", document.published.as_ref().map(ToString::to_string));
    line("at", document.published_at.as_ref().map(ToString::to_string));
    line("modified", document.modified.as_ref().map(ToString::to_string));
    line("url", document.url.clone());
    for zone in &document.zones {
        let role = format!("{:?}", zone.role).to_lowercase();
        line(&role, Some(format!("{:?}", zone.span.of(&document.text))));
    }
    for picture in &document.pictures {
        let hash = picture.sha256.map_or("missing".to_owned(), |hash| hash.to_string()[..8].into());
        line("picture", Some(format!("{} ({hash})", picture.name)));
    }
    for other in &document.references {
        let source = other.source.as_deref().unwrap_or("?");
        let item = other.item.as_deref().unwrap_or("?");
        let at = other.at.as_ref().map(|at| format!(", {at}")).unwrap_or_default();
        line(&format!("{:?}", other.relation).to_lowercase(), Some(format!("{source} {item}{at}")));
    }
    for note in &document.notes {
        line("note", Some(note.clone()));
    }
    line("bytes", Some(String::from_utf8(captured.bytes.clone()).unwrap()));
    out
}

/// Each case of the page: a heading, a sentence, the export, and what was made of it.
#[test]
fn the_golden_page_holds() {
    let page = fs::read_to_string(PAGE).unwrap();
    let mut made = String::new();
    let mut parts = page.split("```");
    made.push_str(parts.next().unwrap());
    while let (Some(json), Some(between)) = (parts.next(), parts.next()) {
        let export_text = json.strip_prefix("json\n").unwrap();
        let (_folder, good, bad) = export(export_text, &[("photos/a.jpg", b"a picture")]);
        let told: Vec<String> = good.iter().map(told).collect();
        let failures: String = bad.iter().map(|one| format!("failed: {}\n", one.cause)).collect();
        let _old = parts.next().unwrap();
        let made_here = format!("{}{failures}", told.join("\n"));
        write!(made, "```json\n{export_text}```{between}```text\n{made_here}```").unwrap();
        made.push_str(parts.next().unwrap());
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(PAGE, &made).unwrap();
        return;
    }
    assert_eq!(made, page, "UPDATE_GOLDEN=1 rewrites the page");
}

const TWO: &str = r#"{"name": "The Chain", "type": "public_channel", "id": 77, "messages": [
    {"id": 1, "type": "message", "date": "2017-03-24T10:30:00", "date_unixtime": "1490347800",
     "from": "The Chain", "from_id": "channel77", "photo": "photos/a.jpg", "text": "One."},
    {"id": 2, "type": "message", "date": "2017-03-24T10:31:00", "date_unixtime": "1490347860",
     "from": "The Chain", "from_id": "channel77", "text": "Two."}]}"#;

#[test]
fn a_later_and_longer_export_adds_only_what_is_new() {
    let picture: &[(&str, &[u8])] = &[("photos/a.jpg", b"a picture")];
    let (_one, first, bad) = export(TWO, picture);
    assert_eq!((first.len(), bad.len()), (2, 0));
    assert_eq!(first[0].pictures, [b"a picture".to_vec()]);
    // Another clock, another name of the channel and of the file, reactions, a second form of the
    // words, and a message more.
    let later = TWO
        .replace("10:3", "12:3")
        .replace("The Chain", "The Long Chain")
        .replace("photos/a.jpg", "photos/photo_9.jpg")
        .replace("\"text\": \"Two.\"}", "\"text\": \"Two.\", \"text_entities\": [], \"reactions\": [{\"count\": 4}]},\n {\"id\": 3, \"type\": \"message\", \"date\": \"2017-03-25T00:00:00\", \"text\": \"Three.\"}");
    let (_two, second, bad) = export(&later, &[("photos/photo_9.jpg", b"a picture")]);
    assert_eq!(bad.len(), 0, "{bad:?}");
    let ids = |all: &[Captured]| all.iter().map(|one| one.document.id).collect::<Vec<_>>();
    assert_eq!(ids(&first), ids(&second)[..2]);
    assert_eq!(second.len(), 3);
    // An edited message is a document of its own, which says what it takes the place of.
    let edited = TWO.replace(
        "\"text\": \"Two.\"",
        "\"edited\": \"2017-03-24T11:00:00\", \"edited_unixtime\": \"1490349600\", \"text\": \"2.\"",
    );
    let (_three, third, _) = export(&edited, picture);
    assert_ne!(ids(&third)[1], ids(&first)[1]);
    let document = &third[1].document;
    assert_eq!(document.modified.as_ref().unwrap().as_str(), "2017-03-24T10:00:00Z");
    let replaced = &document.references[0];
    assert_eq!(replaced.relation, Relation::Replaces);
    assert_eq!(
        (replaced.item.as_deref(), replaced.source.as_deref()),
        (Some("2"), Some("The Chain"))
    );
}

#[test]
fn what_the_document_is_made_of_hashes_to_its_id_and_reads_the_same_again() {
    let (_folder, all, _) = export(TWO, &[]);
    for one in all {
        assert_eq!(one.document.sha256, Sha256::of(&one.bytes));
        let slices: Vec<_> = Slices::new(one.bytes.as_slice()).map(Result::unwrap).collect();
        assert_eq!(slices.len(), 1);
        assert_eq!(slices[0].chat.id.as_deref(), Some("77"));
    }
}

#[test]
fn media_beside_an_export_come_along_with_their_messages_or_not_at_all() {
    let files: &[(&str, &[u8])] = &[
        ("photos/a.jpg", b"a picture"),
        ("photos/other.jpg", b"another"),
        ("video_files/v.mp4", b"\0\0"),
        ("messages.html", b"<html>"),
        ("messages2.html", b"<html>"),
        ("notes.txt", b"A note of mine."),
    ];
    let (_folder, good, bad) = export(TWO, files);
    assert_eq!(bad.len(), 0, "{bad:?}");
    // Two messages and the note.
    assert_eq!(good.len(), 3);
}

#[test]
fn hostile_exports_cost_one_message_each() {
    let deep = "[".repeat(5_000) + &"]".repeat(5_000);
    let long = "x".repeat(10 << 20);
    let json = format!(
        r#"{{"name": "\u202eniahC \u001b[31m", "type": "public_channel", "id": 7, "messages": [
            {{"id": 1, "text": {deep}}},
            {{"id": 2, "text": "{long}"}},
            {{"id": 3, "photo": "../../etc/passwd", "text": "a"}},
            {{"id": 4, "photo": "/etc/passwd", "text": "b"}},
            {{"id": 5, "text": "same"}},
            {{"id": 5, "text": "other"}},
            {{"id": 5, "text": "same"}},
            {{"text": "no number"}},
            {{"id": 6, "text": "a\x1Bb \xzz"}},
            {{"id": 7, "text": 12, "date": "soon", "date_unixtime": "1e400", "poll": [1]}},
            {{"id": 8, "text": "cut"#
    );
    let (_folder, good, bad) = export(&json, &[]);
    let items: Vec<&str> = good.iter().map(|one| one.document.item.as_deref().unwrap()).collect();
    assert_eq!(items, ["3", "4", "5", "5", "5", "7"]);
    assert_eq!(good[2].document.id, good[4].document.id);
    assert_ne!(good[2].document.id, good[3].document.id);
    for one in &good[..2] {
        assert!(one.pictures.is_empty() && one.document.pictures[0].sha256.is_none());
        assert!(one.document.notes[0].contains("no plain name"), "{:?}", one.document.notes);
    }
    let said: Vec<String> = bad.iter().map(ToString::to_string).collect();
    let want = [
        "result.json:1: not a message",
        "result.json:2: too large",
        ":8: not",
        ":9: not",
        "cut short",
    ];
    assert_eq!(said.len(), want.len(), "{said:#?}");
    for (said, want) in said.iter().zip(want) {
        assert!(said.contains(want), "{said} lacks {want}");
    }
}

#[test]
fn what_cannot_be_read_of_a_message_is_noted_and_stays_in_its_bytes() {
    let json = r#"{"name": "The Chain", "type": "public_channel", "id": 77, "messages": [
        {"id": 1, "date": "soon", "text": [12, "One.", {"type": "bold"}]},
        {"id": 2, "date": "2017-03-24T10:31:00", "edited": "later", "text": {"a": 1}},
        {"id": 3, "date": "1970-01-01T03:00:00", "edited": null, "text": ""}]}"#;
    let (_folder, good, bad) = export(json, &[]);
    assert!(bad.is_empty(), "{bad:?}");
    let notes: Vec<&[String]> = good.iter().map(|one| one.document.notes.as_slice()).collect();
    assert!(notes[0][0].starts_with("2 pieces of its text cannot be read"), "{notes:?}");
    assert_eq!(notes[0][1], "its date cannot be read: \"soon\"");
    assert!(notes[1][0].starts_with("a piece of its text cannot be read"), "{notes:?}");
    assert_eq!(notes[1][1], "the date of its last change cannot be read: \"later\"");
    assert!(notes[2].is_empty());
    assert_eq!(good[0].document.text, "One.");
    let own = String::from_utf8(good[0].bytes.clone()).unwrap();
    assert!(own.contains("\"date\": \"soon\"") && own.contains("[12, "), "{own}");
}

#[test]
fn a_channel_that_is_named_after_its_messages_is_the_same() {
    let plain = export(TWO, &[]).1;
    let (head, messages) = TWO.split_once("\"messages\": ").unwrap();
    let name = head.trim_start_matches('{').trim_end().trim_end_matches(',');
    let later = format!("{{\"messages\": {}, {name}}}", messages.trim_end_matches('}'));
    let later = export(&later, &[]).1;
    assert_eq!(plain.len(), 2);
    for (one, other) in plain.iter().zip(&later) {
        // They lie in folders of their own.
        let file = one.document.file.clone();
        assert!(file.as_deref().is_some_and(|file| file.contains("/result.json:")), "{file:?}");
        assert_eq!(one.document, Document { file, ..other.document.clone() });
    }
}

#[test]
fn a_moment_is_the_same_in_whatever_field_it_stands() {
    let message = |dates: &str| {
        let json = format!(
            r#"{{"name": "The Chain", "type": "public_channel", "id": 77, "messages": [
                {{"id": 1, "type": "message", {dates}, "text": "One."}}]}}"#
        );
        let (_folder, mut good, bad) = export(&json, &[]);
        assert!(bad.is_empty(), "{bad:?}");
        good.remove(0)
    };
    let usual = message(r#""date": "2017-03-24T12:30:00", "date_unixtime": "1490347800""#);
    assert_eq!(usual.document.published_at.as_ref().unwrap().as_str(), "2017-03-24T09:30:00Z");
    let with_unread = message(r#""date": "soon", "date_unixtime": "1490347800""#);
    for other in [
        message(r#""date_unixtime": "1490347800""#),
        message(r#""date_unixtime": 1490347800"#),
        message(r#""date": 1490347800"#),
        with_unread,
    ] {
        assert_eq!(other.document.published_at, usual.document.published_at);
        assert!(other.document.notes.is_empty(), "{:?}", other.document.notes);
        assert_eq!(String::from_utf8(other.bytes), String::from_utf8(usual.bytes.clone()));
    }
}

#[test]
fn quoted_and_struck_words_are_not_the_channels_own() {
    let json = r#"{"name": "The Chain", "type": "public_channel", "id": 77, "messages": [
        {"id": 1, "type": "message", "date_unixtime": "1490347800", "text": [
            "The ministry has put out a statement on the fire at Ostby:\n",
            {"type": "blockquote", "text": "We lit no fire.", "collapsed": false},
            "\nNobody here believes a word of it; ",
            {"type": "strikethrough", "text": "31"}, " 29 people died."]},
        {"id": 2, "type": "message", "date_unixtime": "1490347900", "text": "",
            "todo_list": {"title": "For Monday", "others_can_append": true,
                "items": [{"id": 1, "text": "Call Lenn"}]}}]}"#;
    let (_folder, good, _) = export(json, &[]);
    assert_eq!(
        good[0].document.text,
        "The ministry has put out a statement on the fire at Ostby:\n“We lit no fire.”\n\n\
         Nobody here believes a word of it; 29 people died."
    );
    assert_eq!(good[0].document.notes, ["words that are struck out are left out"]);
    assert!(String::from_utf8_lossy(&good[0].bytes).contains("31"), "the bytes keep all");
    assert_eq!(good[1].document.text, "For Monday\n- Call Lenn");
    assert!(!String::from_utf8_lossy(&good[1].bytes).contains("others_can"));
}

proptest! {
    #[test]
    fn any_bytes_are_a_message_or_not(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let none = &mut |_: &str| Err(Absent::NotThere);
        let _ = read_message(&Chat::default(), &bytes, &Given::default(), none);
        Slices::new(bytes.as_slice()).for_each(drop);
    }

    #[test]
    fn any_words_are_a_sound_document(words in ".{0,200}", name in ".{0,20}", id in any::<i64>()) {
        let chat = Chat { name: Some(name), kind: Some("public_channel".into()), id: Some("1".into()) };
        let json = serde_json::json!({"id": id, "text": [words, {"type": "bold", "text": "x"}]});
        let none = &mut |_: &str| Err(Absent::NotThere);
        let bytes = json.to_string();
        let read = read_message(&chat, bytes.as_bytes(), &Given::default(), none).unwrap();
        let Message::Document(read) = read else { panic!("a document") };
        prop_assert_eq!(read.document.sha256, Sha256::of(&read.bytes));
        let mut end = 0;
        for zone in &read.document.zones {
            prop_assert!(zone.span.start >= end);
            prop_assert!(read.document.text.get(zone.span.range()).is_some());
            end = zone.span.end;
        }
        // The document's own bytes are a message that gives the same words.
        let slice = Slices::new(read.bytes.as_slice()).next().unwrap().unwrap();
        let Message::Document(again) =
            read_message(&chat, &slice.bytes, &Given::default(), none).unwrap()
        else { panic!("a document") };
        prop_assert_eq!(&again.document.text, &read.document.text);
        prop_assert_eq!(again.bytes, read.bytes);
    }
}

#[test]
fn what_its_members_alone_can_read_is_a_private_chat() {
    for (kind, want) in [
        (r#""type": "public_channel", "#, Medium::Channel),
        (r#""type": "private_channel", "#, Medium::Channel),
        (r#""type": "public_supergroup", "#, Medium::Channel),
        (r#""type": "private_supergroup", "#, Medium::Chat),
        (r#""type": "private_group", "#, Medium::Chat),
        (r#""type": "personal_chat", "#, Medium::Chat),
        ("", Medium::Chat),
    ] {
        let json = format!(
            r#"{{"name": "Quay", {kind}"id": 7, "messages": [
                {{"id": 1, "type": "message", "date": "2019-06-02T12:00:00", "text": "x"}}]}}"#
        );
        let (_folder, good, _) = export(&json, &[]);
        assert_eq!(good[0].document.medium, Some(want), "{kind}");
    }
}
