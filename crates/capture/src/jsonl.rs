//! JSON Lines: one document a line.

use std::ops::ControlFlow;

use serde::Deserialize;
use throughline_model::{Document, Medium, Sha256, Span, Zone, ZoneRole};

use crate::blocks::blocks;
use crate::date::{moment, published_date};
use crate::encoding::normalise_line_endings;
use crate::letters::{one_line, seen};
use crate::lines::{Line, next_line};
use crate::text::body_zones;
use crate::walk::{Captured, Entry, Flow, Walk};
use crate::{Cause, Given, MAX_LINE_BYTES, decode};

/// A document and what its line calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The document.
    pub document: Document,
    /// The line's own id, where it has one.
    pub id: Option<String>,
}

/// The fields that are read; all others are passed over, since the data are other people's.
#[derive(Deserialize)]
struct Fields {
    #[serde(default)]
    id: Option<serde_json::Value>,
    #[serde(default, alias = "docid")]
    doc_id: Option<serde_json::Value>,
    #[serde(default)]
    medium: Option<serde_json::Value>,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    headline: Option<String>,
    #[serde(default)]
    byline: Option<String>,
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    modified: Option<String>,
    #[serde(default)]
    section: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    text: Option<String>,
}

/// The document in one line. The line itself, without its ending, is the document's bytes.
///
/// # Errors
/// [`Cause::Empty`], [`Cause::NotJson`], [`Cause::BadField`], [`Cause::NoText`] or [`Cause::BadDate`].
pub fn read_record(line: &[u8], given: &Given) -> Result<Record, Cause> {
    let bare = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    if bare.trim_ascii().is_empty() {
        return Err(Cause::Empty);
    }
    if bare.trim_ascii_start().first() != Some(&b'{') {
        return Err(Cause::NotJson { reason: "the line does not begin with {".into() });
    }
    // JSON is UTF-8; exports that are not are read as other texts are.
    let own;
    let bare = match std::str::from_utf8(bare) {
        Ok(text) => text,
        Err(_) => {
            own = decode(bare)?;
            &own
        }
    };
    let fields: Fields = serde_json::from_str(bare).map_err(|error| match error.is_data() {
        true => Cause::BadField { reason: error.to_string() },
        false => Cause::NotJson { reason: error.to_string() },
    })?;
    let own = fields.text.ok_or(Cause::NoText)?;
    let own = normalise_line_endings(own.replace('\0', "\u{FFFD}"));
    let own = seen(&own);
    if own.trim().is_empty() {
        return Err(Cause::NoText);
    }
    let mut notes = Vec::new();
    let given_titles = [("title", fields.title), ("headline", fields.headline)];
    let title = first_of(
        given_titles.map(|(name, text)| (name, text.map(|text| one_line(&text)))),
        &mut notes,
    );
    let published = first_of([("published", fields.published), ("date", fields.date)], &mut notes);
    let published_at = published.as_deref().and_then(moment);
    let published = match published {
        Some(text) => Some(published_date(&text).ok_or(Cause::BadDate { text })?),
        None => None,
    };
    // Other people's data may mean something else by it, which is no reason to lose the line.
    let medium = fields.medium.and_then(|given| {
        let known = given.as_str().and_then(|name| Medium::from_name(name.trim()));
        if known.is_none() && !given.is_null() {
            let names = Medium::ALL.map(Medium::name).join(", ");
            let given: String = given.to_string().chars().take(80).collect();
            notes.push(format!("its line calls its medium {given}, which is none of {names}"));
        }
        known
    });
    let id = fields.id.or(fields.doc_id).map(|id| match id {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    });

    let mut text = String::with_capacity(own.len() + 80);
    let mut zones = Vec::new();
    if let Some(title) =
        title.as_deref().filter(|title| own.trim_start().lines().next() != Some(title))
    {
        text.push_str(title);
        zones.push(Zone { role: ZoneRole::Headline, span: Span::new(0, text.len()) });
        text.push_str("\n\n");
    }
    let from = text.len();
    text.push_str(&own);
    let mut found = blocks(&text[from..]);
    for block in &mut found {
        block.start += from;
    }
    let first_is_title = title.as_deref().is_some_and(|title| {
        zones.is_empty() && found.first().is_some_and(|block| block.text == title)
    });
    if first_is_title {
        let headline = found.remove(0);
        zones.push(Zone { role: ZoneRole::Headline, span: headline.span() });
    }
    let line_date = body_zones(&found, &mut zones);
    let sha256 = Sha256::of(line);
    let document = Document {
        medium,
        source: fields.source.map(|name| one_line(&name)).or_else(|| given.source.clone()),
        title,
        byline: fields.byline.map(|name| one_line(&name)).filter(|name| !name.is_empty()),
        published: published.or(line_date).or_else(|| given.published.clone()),
        published_at,
        modified: fields.modified.and_then(|text| text.parse().ok()),
        section: fields.section.map(|name| one_line(&name)).filter(|name| !name.is_empty()),
        item: id.clone(),
        url: fields.url.or_else(|| given.url.clone()),
        language: fields.language.or_else(|| given.language.clone()),
        text,
        zones,
        notes,
        ..Document::bare(sha256)
    };
    Ok(Record { document, id })
}

/// The first of two fields that mean the same, if it says something, else the second; a line that has
/// both, and says two things in them, is noted.
fn first_of(fields: [(&str, Option<String>); 2], notes: &mut Vec<String>) -> Option<String> {
    let [(name, one), (other_name, other)] =
        fields.map(|(name, text)| (name, text.filter(|text| !text.trim().is_empty())));
    if let (Some(one), Some(other)) = (&one, &other)
        && one.trim() != other.trim()
    {
        let other: String = other.chars().take(80).collect();
        notes.push(format!(
            "its line has a {name} and a {other_name}, and they differ: taken is the {name}, and not {other:?}"
        ));
    }
    one.or(other)
}

/// Takes in a file of lines, each a document.
pub(crate) fn take_lines(walk: &mut Walk<'_>, mut entry: Entry<'_>) -> Flow {
    let start = entry.start().unwrap_or_default();
    let (outer, input) = entry.open();
    if start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF") {
        return walk.fail(outer.place, Cause::Utf16Lines);
    }
    let given = outer.knows.given(walk.given);
    let mut input = input.reader();
    let mut any = false;
    for number in 1u64.. {
        let place = format!("{}:{number}", outer.place);
        let line = match next_line(&mut *input, MAX_LINE_BYTES) {
            Ok(Some(Line::Whole(line))) if line.trim_ascii().is_empty() => continue,
            Ok(Some(Line::Whole(line))) => line,
            Ok(Some(Line::TooLong { bytes })) => {
                any = true;
                let cause = Cause::TooLarge { bytes: Some(bytes), limit: MAX_LINE_BYTES };
                walk.fail(place, cause)?;
                continue;
            }
            Ok(None) if any => break,
            Ok(None) => return walk.fail(outer.place, Cause::Empty),
            // The rest of a file that cannot be read is lost; its first lines are not.
            Err(error) => return walk.fail(place, Cause::of_io(error)),
        };
        if !any && is_assertions(&line) {
            return walk.fail(outer.place, Cause::Assertions);
        }
        any = true;
        match read_record(&line, &given) {
            Ok(Record { document, id }) => {
                let captured = Captured::new(document, line, place);
                walk.tell(&outer.knows, Captured { record: id, ..captured })?;
            }
            Err(cause) => walk.fail(place, cause)?,
        }
    }
    ControlFlow::Continue(())
}

/// Whether a line is one of an export of assertions: an object in an object, under what it is.
fn is_assertions(line: &[u8]) -> bool {
    const KINDS: [&str; 7] =
        ["export", "document", "reading", "mention", "assertion", "judgment", "note"];
    let line = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(line);
    line.is_ok_and(|line| {
        !line.contains_key("text")
            && KINDS.iter().any(|kind| line.get(*kind).is_some_and(serde_json::Value::is_object))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Record, Cause> {
        read_record(line.as_bytes(), &Given::default())
    }

    #[test]
    fn a_line_is_a_document() {
        let line = r#"{"id": 7, "source": "Coast Wire", "title": "Two held", "published":
            "2019-03-02T08:00:00Z", "text": "Two men were held.\n\nThey deny it.", "x": [1]}"#;
        let record = read(line).unwrap();
        assert_eq!(record.id.as_deref(), Some("7"));
        let document = record.document;
        assert_eq!(document.published.unwrap().as_str(), "2019-03-02");
        assert_eq!(document.published_at.unwrap().as_str(), "2019-03-02T08:00:00Z");
        assert_eq!(document.item.as_deref(), Some("7"));
        let texts: Vec<&str> = document.zones.iter().map(|z| z.span.of(&document.text)).collect();
        assert_eq!(texts, ["Two held", "Two men were held.", "They deny it."]);
    }

    #[test]
    fn a_line_says_what_medium_it_is_of() {
        let medium = |given: &str| {
            let document =
                read(&format!(r#"{{"text": "x", "medium": {given}}}"#)).unwrap().document;
            (document.medium, document.notes.len())
        };
        assert_eq!(medium(r#""letter""#), (Some(Medium::Letter), 0));
        assert_eq!(medium("null"), (None, 0));
        assert_eq!(medium(r#""wireless""#), (None, 1));
        assert_eq!(medium("[7]"), (None, 1));
    }

    #[test]
    fn a_line_may_call_a_field_by_both_of_its_names() {
        let line = |fields: &str| read(&format!(r#"{{"text": "x", {fields}}}"#)).unwrap().document;
        let both = line(r#""headline": "Two held", "title": "Two men held", "date": "2019""#);
        assert_eq!(both.title.as_deref(), Some("Two men held"));
        assert!(
            both.notes[0].contains("taken is the title, and not \"Two held\""),
            "{:?}",
            both.notes
        );
        assert_eq!(both.published.unwrap().as_str(), "2019");
        let same =
            line(r#""title": "", "headline": "Two held", "published": "2019", "date": "2019""#);
        assert_eq!((same.title.as_deref(), same.notes.len()), (Some("Two held"), 0));
    }

    #[test]
    fn a_line_that_is_not_utf_8_is_windows_1252() {
        let record = read_record(b"{\"text\": \"The caf\xE9 was hit.\"}", &Given::default());
        assert_eq!(record.unwrap().document.text, "The café was hit.");
    }

    #[test]
    fn bad_lines_are_named() {
        assert!(matches!(read("  "), Err(Cause::Empty)));
        assert!(matches!(read(r#"{"text": "cut"#), Err(Cause::NotJson { .. })));
        assert!(matches!(read("[1]"), Err(Cause::NotJson { .. })));
        assert!(matches!(read(r#"{"title": "no text"}"#), Err(Cause::NoText)));
        for field in [r#""title": 3"#, r#""published": 2017"#, r#""text": "again""#] {
            let line = format!(r#"{{"text": "x", {field}}}"#);
            assert!(matches!(read(&line), Err(Cause::BadField { .. })), "{line}");
        }
        assert!(matches!(
            read(r#"{"text": "x", "published": "soon"}"#),
            Err(Cause::BadDate { .. })
        ));
    }
}
