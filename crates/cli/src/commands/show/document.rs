//! `throughline show doc-…`

use anyhow::Context;
use serde_json::{Value as Json, json};
use throughline_casebook::Casebook;
use throughline_model::{AsOf, Document, DocumentId, Picture, PictureId};
use throughline_tell::terminal;

use crate::commands::pictures::looks;
use crate::commands::spread::{passed_json, verb};
use crate::output::{Output, counted, plain, print_json, say, wrapped};

pub(super) fn show(
    casebook: &Casebook,
    id: DocumentId,
    as_of: AsOf,
    text: bool,
    output: Output,
) -> anyhow::Result<()> {
    if let Some(tombstone) = casebook.tombstone(id)? {
        let tomb: Json = serde_json::from_str(&tombstone)?;
        let field = |name: &str| tomb[name].as_str().unwrap_or("?").to_owned();
        if output.json {
            let removed = json!({"by": field("by"), "reason": field("reason")});
            print_json(&json!([{"id": id.to_string(), "removed": removed}]))?;
        } else {
            say(&format!("{id} was removed by {}", plain(&field("by"))))?;
            say(&wrapped(&plain(&field("reason")), "reason    ", "          "))?;
        }
        return Ok(());
    }
    let document = casebook.document(id)?.with_context(|| format!("there is no document {id}"))?;
    let row = casebook
        .document_row(id, as_of)?
        .with_context(|| format!("{id} was not published or recorded by the dates asked for"))?;
    let notes = casebook.notes(id, as_of)?;
    let published = row.published.as_ref().map(ToString::to_string);
    if output.json {
        let mut object: Json =
            serde_json::from_str(&throughline_formats::write_document(&document))?;
        let own = object.as_object_mut().context("a document is an object")?;
        for (field, empty) in [
            ("source", Json::Null),
            ("title", Json::Null),
            ("byline", Json::Null),
            ("published_at", Json::Null),
            ("modified", Json::Null),
            ("url", Json::Null),
            ("language", Json::Null),
            ("section", Json::Null),
            ("item", Json::Null),
            ("zones", json!([])),
            ("pages", json!([])),
            ("pictures", json!([])),
            ("text", json!("")),
        ] {
            // Every field is there, so that programs need not ask.
            own.entry(field).or_insert(empty);
        }
        object["pictures"] = document.pictures.iter().map(picture_json).collect();
        object["references"] = casebook.passed(&document, as_of)?.iter().map(passed_json).collect();
        object["capture_notes"] = json!(document.notes);
        object["published"] = json!(published);
        object["recorded"] = json!(row.recorded.to_string());
        object["reader"] = json!(row.reader);
        object["notes"] = notes
            .iter()
            .map(|note| {
                json!({
                    "kind": note.kind.name(), "text": note.text,
                    "words": note.span.of(&document.text),
                    "assertion": note.assertion.map(|id| id.to_string()),
                })
            })
            .collect();
        print_json(&json!([object]))?;
        return Ok(());
    }
    let assertions = casebook.assertions(as_of, Some(id), None, usize::MAX)?.len();
    let or_unknown = |text: Option<&str>| plain(text.unwrap_or("unknown"));
    say(&format!("{id}  {}", plain(document.title.as_deref().unwrap_or("untitled"))))?;
    say(&format!("source    {}", or_unknown(document.source.as_deref())))?;
    say(&format!("byline    {}", or_unknown(document.byline.as_deref())))?;
    say(&format!("published {}", or_unknown(published.as_deref())))?;
    for (what, at) in [("at       ", &document.published_at), ("changed  ", &document.modified)] {
        if let Some(at) = at {
            say(&format!("{what} {at}"))?;
        }
    }
    if let Some(item) = &document.item {
        say(&format!("number    {}", plain(item)))?;
    }
    if let Some(url) = &document.url {
        say(&format!("address   {}", plain(url)))?;
    }
    say(&format!("recorded  {}", row.recorded))?;
    say(&format!("sha256    {}", document.sha256))?;
    let reader = row.reader.as_deref().unwrap_or("no machine");
    say(&format!(
        "read by   {}; {} (`throughline assertions --document {id}`)",
        plain(reader),
        counted(assertions, "assertion"),
    ))?;
    beside(casebook, &document, as_of)?;
    if !notes.is_empty() {
        say("\nto look at")?;
    }
    for note in &notes {
        say(&wrapped(&format!("{}: {}", note.kind.name(), plain(&note.text)), "  ", "  "))?;
        say(&wrapped(&format!("“{}”", plain(note.span.of(&document.text))), "    ", "    "))?;
    }
    if text {
        say(&format!("\n{}", terminal::lines(&document.text)))?;
    }
    Ok(())
}

/// Its pictures, the documents that it tells of, and what capture noted.
fn beside(casebook: &Casebook, document: &Document, as_of: AsOf) -> anyhow::Result<()> {
    for picture in &document.pictures {
        let what = match picture.sha256 {
            Some(sha256) => {
                let look = looks(casebook.look(sha256)?.as_ref());
                format!("{}, {look}, called {}", PictureId::of_bytes(sha256), picture.name)
            }
            None => format!("did not come along, called {}", picture.name),
        };
        say(&wrapped(&plain(&what), "picture   ", "          "))?;
    }
    for passed in casebook.passed(document, as_of)? {
        let reference = &passed.reference;
        let source = reference.source.as_deref().unwrap_or("somebody not named");
        let item = reference.item.as_deref().map(|item| format!(" {item}")).unwrap_or_default();
        let held = passed.held.map_or_else(|| "not held".to_owned(), |id| id.to_string());
        let what = format!("{} {source}{item} [{held}]", verb(reference.relation));
        say(&wrapped(&plain(&what), "refers    ", "          "))?;
    }
    for note in &document.notes {
        say(&wrapped(&plain(note), "note      ", "          "))?;
    }
    Ok(())
}

fn picture_json(picture: &Picture) -> Json {
    json!({
        "picture": picture.sha256.map(|hash| PictureId::of_bytes(hash).to_string()),
        "sha256": picture.sha256.map(|hash| hash.to_string()),
        "name": picture.name,
        "caption": picture.caption,
        "at": picture.at,
    })
}
