//! `throughline show doc-…`

use anyhow::Context;
use serde_json::{Value as Json, json};
use throughline_casebook::Casebook;
use throughline_model::{AsOf, DocumentId};
use throughline_tell::terminal;

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
        for field in ["source", "title", "byline", "url", "language", "zones", "text"] {
            // Every field is there, so that programs need not ask.
            let empty = match field {
                "zones" => json!([]),
                "text" => json!(""),
                _ => Json::Null,
            };
            object
                .as_object_mut()
                .context("a document is an object")?
                .entry(field)
                .or_insert(empty);
        }
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
    if let Some(url) = &document.url {
        say(&format!("address   {}", plain(url)))?;
    }
    if let Some((first, last)) =
        document.pages.first().zip(document.pages.iter().max_by_key(|page| page.start))
    {
        say(&format!("pages     {} to {}", plain(&first.name), plain(&last.name)))?;
    }
    say(&format!("recorded  {}", row.recorded))?;
    say(&format!("sha256    {}", document.sha256))?;
    let reader = row.reader.as_deref().unwrap_or("no machine");
    say(&format!(
        "read by   {}; {} (`throughline assertions --document {id}`)",
        plain(reader),
        counted(assertions, "assertion"),
    ))?;
    if !notes.is_empty() {
        say("\nto look at")?;
    }
    for note in &notes {
        let page = document.page_at(note.span.start);
        let page = page.map(|page| format!(", p. {}", plain(page))).unwrap_or_default();
        let told = format!("{}: {}{page}", note.kind.name(), plain(&note.text));
        say(&wrapped(&told, "  ", "  "))?;
        say(&wrapped(&format!("“{}”", plain(note.span.of(&document.text))), "    ", "    "))?;
    }
    if text {
        say(&format!("\n{}", terminal::lines(&document.text)))?;
    }
    Ok(())
}
