//! Saved pages and feeds as they are read, word by word.
//!
//! `UPDATE_GOLDEN=1 cargo test -p throughline-capture --test saved_pages` rewrites what is expected; read
//! the difference.

#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use std::path::{Path, PathBuf};

use throughline_capture::{Absent, Cause, Given, read_feed};
use throughline_model::{Document, Sha256};

/// A page alone, without what was saved beside it.
fn read_html(bytes: &[u8], given: &Given) -> Result<Document, Cause> {
    throughline_capture::read_html(bytes, given, &mut |_| Err(Absent::NoFolder))
        .map(|read| read.document)
}

fn shown(document: &Document) -> String {
    let mut out = String::new();
    let stamp = |stamp: &Option<throughline_model::Stamp>| {
        stamp.as_ref().map(|stamp| stamp.as_str().to_owned())
    };
    for (name, value) in [
        ("title", document.title.clone()),
        ("byline", document.byline.clone()),
        ("source", document.source.clone()),
        ("published", document.published.as_ref().map(|date| date.as_str().to_owned())),
        ("published at", stamp(&document.published_at)),
        ("modified", stamp(&document.modified)),
        ("section", document.section.clone()),
        ("language", document.language.clone()),
        ("url", document.url.clone()),
        ("item", document.item.clone()),
    ] {
        if let Some(value) = value {
            writeln!(out, "{name}: {value}").unwrap();
        }
    }
    for note in &document.notes {
        writeln!(out, "note: {note}").unwrap();
    }
    for picture in &document.pictures {
        let after = picture.at.map(|at| &document.text[..at as usize]).unwrap_or_default();
        let after = after.lines().last().unwrap_or_default();
        let after: String = after.chars().take(40).collect();
        writeln!(out, "picture: {} / {:?} / after {after:?}", picture.name, picture.caption)
            .unwrap();
    }
    out.push('\n');
    let mut at = 0;
    for zone in &document.zones {
        let span = zone.span.range();
        assert!(span.start >= at && span.start < span.end, "{zone:?}");
        let between = &document.text[at..span.start];
        // Between zones stand ends of lines and the marks of items, and nothing else.
        assert!(between.trim().len() <= 4, "words in no zone: {between:?}");
        let role = format!("{:?}", zone.role).to_lowercase();
        writeln!(out, "{between}[{role}] {}", &document.text[span.clone()]).unwrap();
        at = span.end;
    }
    assert_eq!(document.text[at..].trim(), "");
    out
}

fn check(path: &Path, found: &str) {
    let golden = path.with_extension("golden.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&golden, found).unwrap();
        return;
    }
    let want = std::fs::read_to_string(&golden).unwrap_or_default();
    assert!(want == found, "{} is not as expected:\n{found}", path.display());
}

fn files(folder: &str, extensions: &[&str]) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| extensions.iter().any(|one| path.extension().is_some_and(|it| it == *one)))
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths
}

#[test]
fn pages_are_read_as_expected() {
    let paths = files("pages", &["html"]);
    assert!(paths.len() >= 20);
    for path in paths {
        let bytes = std::fs::read(&path).unwrap();
        let document = read_html(&bytes, &Given::default()).unwrap();
        assert_eq!(document.sha256, Sha256::of(&bytes));
        check(&path, &shown(&document));
    }
}

#[test]
fn feeds_are_read_as_expected() {
    for path in files("feeds", &["xml", "rdf"]) {
        let bytes = std::fs::read(&path).unwrap();
        let mut out = String::new();
        for entry in read_feed(&bytes, &Given::default()).unwrap() {
            match entry {
                Ok(entry) => {
                    assert_eq!(entry.document.sha256, Sha256::of(&entry.bytes));
                    writeln!(out, "== {}\n{}", entry.number, shown(&entry.document)).unwrap();
                }
                Err(cause) => writeln!(out, "== {cause}\n").unwrap(),
            }
        }
        check(&path, &out);
    }
}

#[test]
fn a_feed_fetched_again_has_the_same_entries() {
    let path = files("feeds", &["xml"]).pop().unwrap();
    let feed = std::fs::read_to_string(path).unwrap();
    let ids = |feed: &str| -> Vec<_> {
        let entries = read_feed(feed.as_bytes(), &Given::default()).unwrap();
        entries.into_iter().flatten().map(|entry| entry.document.id).collect()
    };
    let later = feed.replace("Wed, 11 Apr 2018 18:00:00", "Thu, 12 Apr 2018 18:00:00").replacen(
        "<item>",
        "<item><title>New</title><description>It is new.</description></item><item>",
        1,
    );
    assert_ne!(later, feed);
    assert_eq!(ids(&later)[1..], ids(&feed)[..]);
}

#[test]
fn what_is_no_page_and_no_feed_is_named() {
    let given = Given::default();
    assert!(matches!(read_html(b" \n ", &given), Err(Cause::Empty)));
    assert!(matches!(read_html(b"<p>a\0", &given), Err(Cause::Binary)));
    assert!(matches!(read_feed(b"<html></html>", &given), Err(Cause::NotAFeed { .. })));
    assert!(matches!(read_feed(b"<rss><channel/></rss>", &given), Err(Cause::Empty)));
    assert!(matches!(read_feed(b"no feed", &given), Err(Cause::Empty)));
}

/// An article with something else before or within it.
fn page(before: &str, within: &str) -> String {
    format!(
        "<html><body>{before}<article><h1>A mill burned</h1><p>A mill burned at Lenn on Monday, and \
         nobody was hurt.</p>{within}<p>The police hold one man over it.</p></article></body></html>"
    )
}

#[test]
fn hostile_pages_are_read_in_bounds() {
    let long = "word ".repeat(40_000);
    let deep = format!("{}{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    let unclosed = "<b><i><font color=red>".repeat(2_000);
    let lists = "<ul><li>".repeat(2_000);
    let tables = "<table><tr><td>".repeat(500);
    let attribute = format!("<img alt='{long}' class='{long}' onerror='no()'>");
    let names: String = (0..300).map(|at| format!("<p class='c{at} related'>")).collect();
    let json = format!("<script type='application/ld+json'>{}</script>", "[".repeat(20_000));
    for within in [&deep, &attribute, &names, &json] {
        let document = read_html(page("", within).as_bytes(), &Given::default()).unwrap();
        assert!(document.text.starts_with("A mill burned\n\nA mill burned at Lenn"));
        assert!(document.text.ends_with("The police hold one man over it."), "{}", within.len());
        assert!(!document.text.contains("no()"));
    }
    for before in [&deep, &unclosed, &lists, &tables, &long] {
        let document = read_html(page(before, "").as_bytes(), &Given::default()).unwrap();
        assert!(document.text.contains("A mill burned at Lenn on Monday"), "{}", before.len());
    }
}

#[test]
fn nothing_of_programs_is_read_or_run() {
    let programs = "<script>var a = '<p>Not a sentence of the article.</p>';</script>\
        <style>p::after { content: 'Not a sentence.' }</style>\
        <svg onload='no()'><script>no()</script><text>Not a sentence.</text></svg>\
        <noscript><p>Not a sentence.</p></noscript><template><p>Not a sentence.</p></template>\
        <iframe srcdoc='<p>Not a sentence.</p>'><p>Not a sentence.</p></iframe>\
        <object data='x'><p>Not a sentence.</p></object><p hidden>Not a sentence.</p>\
        <p style='display : none'>Not a sentence.</p><!-- <p>Not a sentence.</p> -->\
        <a href='javascript:no()'></a>";
    let document = read_html(page(programs, programs).as_bytes(), &Given::default()).unwrap();
    assert_eq!(
        document.text,
        "A mill burned\n\nA mill burned at Lenn on Monday, and nobody was hurt.\n\n\
         The police hold one man over it."
    );
}

#[test]
fn text_that_the_pages_own_style_hides_is_not_read() {
    let hidden = "<style>.offer, #tip { display: none } .shown { display: block }</style>\
        <p class=offer>Five men were held.</p><p id=tip>Six men were held.</p>\
        <p class='offer shown'>Seven men were held.</p>";
    let document = read_html(page("", hidden).as_bytes(), &Given::default()).unwrap();
    assert!(document.text.contains("Seven men"), "{}", document.text);
    assert!(!document.text.contains("Five men") && !document.text.contains("Six men"));
    // A short page with much hidden text is a short page.
    let long = "Nine men were held over it. ".repeat(40);
    let short = format!("<style>.x {{ display: none }}</style><p>A mill burned.<p class=x>{long}");
    let document = read_html(short.as_bytes(), &Given::default()).unwrap();
    assert!(!document.text.contains("Nine men"), "{}", document.text);
    // A page that shows nothing at all without its programs is read with a note.
    let all = format!("<style>.x {{ display: none }}</style><div class=x><p>{long}</p></div>");
    let document = read_html(all.as_bytes(), &Given::default()).unwrap();
    assert!(document.text.contains("Nine men"));
    assert!(document.notes[0].contains("until a program shows it"), "{:?}", document.notes);
}
