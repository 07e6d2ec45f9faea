//! What is told about a document, in lines that a list and a page can show.
//!
//! Formats bound a text and not what stands beside it: the subject of a letter can have ten megabytes.
//! What is cut here stays in the document's bytes, and a note says so.

use throughline_model::Document;

/// The longest headline, author, source, section and name of a document, in bytes. Of real ones the
/// longest, titles of judgments with all parties, have some hundreds.
const LONGEST_LINE: usize = 2_000;

/// The longest address, in bytes: what browsers take.
const LONGEST_ADDRESS: usize = 8 << 10;

/// The longest caption of a picture, in bytes.
const LONGEST_CAPTION: usize = 16 << 10;

/// Cuts what is too long to be shown, and notes it.
pub(crate) fn shorten(document: &mut Document) {
    let mut notes = Vec::new();
    let lines = [
        ("headline", &mut document.title),
        ("author line", &mut document.byline),
        ("source", &mut document.source),
        ("section", &mut document.section),
        ("number", &mut document.item),
        ("language", &mut document.language),
    ];
    for (what, line) in lines {
        if let Some(long) = cut(line, LONGEST_LINE) {
            notes.push(format!(
                "its {what} has {long} bytes: the first {LONGEST_LINE} stand beside it, all in its bytes"
            ));
        }
    }
    // The beginning of an address leads elsewhere.
    if let Some(url) = document.url.take_if(|url| url.len() > LONGEST_ADDRESS) {
        notes.push(format!("its address has {} bytes, and is in its bytes alone", url.len()));
    }
    for reference in &mut document.references {
        cut(&mut reference.source, LONGEST_LINE);
        cut(&mut reference.item, LONGEST_LINE);
    }
    for picture in &mut document.pictures {
        cut(&mut picture.caption, LONGEST_CAPTION);
    }
    document.notes.extend(notes);
}

/// Cuts a line that is longer than so many bytes; gives how long it was.
fn cut(line: &mut Option<String>, most: usize) -> Option<usize> {
    let line = line.as_mut().filter(|line| line.len() > most)?;
    let long = line.len();
    let end = (0..=most).rev().find(|at| line.is_char_boundary(*at)).unwrap_or(0);
    line.truncate(end);
    line.shrink_to_fit();
    Some(long)
}

#[cfg(test)]
mod tests {
    use throughline_model::{Reference, Relation, Sha256};

    use super::*;

    #[test]
    fn what_is_too_long_is_cut_with_a_note() {
        let long = |of: &str| Some(of.repeat(3_000_000));
        let bare = Document::bare(Sha256::of(b"a"));
        let reference =
            Reference { relation: Relation::Answers, source: long("q"), item: long("7"), at: None };
        let mut document = Document {
            title: long("é"),
            byline: Some("Ada Marsh".into()),
            url: Some(format!("https://lamp.example/{}", "a".repeat(9_000))),
            references: vec![reference],
            ..bare.clone()
        };
        shorten(&mut document);
        assert_eq!(document.title.as_deref(), Some("é".repeat(1_000).as_str()));
        assert_eq!(document.byline.as_deref(), Some("Ada Marsh"));
        assert_eq!(document.url, None, "half an address leads elsewhere");
        assert_eq!(document.references[0].source.as_ref().map(String::len), Some(LONGEST_LINE));
        assert_eq!(document.notes.len(), 2, "{:?}", document.notes);
        assert!(document.notes[0].contains("headline has 6000000 bytes"), "{:?}", document.notes);

        let usual = Document { title: Some("t".repeat(LONGEST_LINE)), ..bare };
        let mut same = usual.clone();
        shorten(&mut same);
        assert_eq!(same, usual);
    }
}
