//! `throughline show doc-…`

use anyhow::bail;
use serde_json::json;
use throughline_casebook::Casebook;
use throughline_model::{AsOf, Document, DocumentId, Page, PictureId, ZoneRole};
use throughline_tell::document::{self, DocumentAnswer, DocumentTold};
use throughline_tell::pictures::looks;
use throughline_tell::terminal;

use crate::output::{Output, counted, plain, print_json, say, wrapped};

pub(super) fn show(
    casebook: &Casebook,
    id: DocumentId,
    as_of: AsOf,
    text: bool,
    output: Output,
) -> anyhow::Result<()> {
    let told = match DocumentAnswer::gather(casebook, id, as_of)? {
        DocumentAnswer::Told(told) => *told,
        DocumentAnswer::Removed { by, reason } => {
            if output.json {
                print_json(&json!([document::removed_json(id, &by, &reason)]))?;
            } else {
                say(&format!("{id} was removed by {}", plain(&by)))?;
                say(&wrapped(&plain(&reason), "reason    ", "          "))?;
            }
            return Ok(());
        }
        DocumentAnswer::OutOfView => {
            bail!("{id} was not published or recorded by the dates asked for")
        }
        DocumentAnswer::Unknown => bail!("there is no document {id}"),
    };
    if output.json {
        print_json(&json!([told.json()]))?;
        return Ok(());
    }
    let DocumentTold { document, row, notes, .. } = &told;
    let later = row
        .changed()
        .map_or("", |_| ", in view from then on: its words may have been others before");
    let published = row.published.as_ref().map(ToString::to_string);
    let assertions = casebook.assertions(as_of, Some(id), None, usize::MAX)?.len();
    let or_unknown = |text: Option<&str>| plain(text.unwrap_or("unknown"));
    say(&format!("{id}  {}", plain(document::called(row))))?;
    if let Some(medium) = document.medium {
        say(&format!("medium    {}", medium.name()))?;
    }
    say(&format!("source    {}", or_unknown(document.source.as_deref())))?;
    say(&format!("byline    {}", or_unknown(document.byline.as_deref())))?;
    say(&format!("published {}", or_unknown(published.as_deref())))?;
    dated(&told)?;
    if let Some(at) = &document.published_at {
        say(&format!("at        {at}"))?;
    }
    if let Some(at) = &document.modified {
        say(&format!("changed   {at}{later}"))?;
    }
    if let Some(item) = &document.item {
        say(&format!("number    {}", plain(item)))?;
    }
    if let Some(file) = &document.file {
        say(&format!("file      {}", plain(file)))?;
    }
    if let Some(url) = &document.url {
        say(&format!("address   {}", plain(url)))?;
    }
    if let Some((first, last)) = document.pages.first().zip(last_page(document)) {
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
    beside(casebook, &told)?;
    if !notes.is_empty() {
        say("\nto look at")?;
    }
    for note in notes {
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

/// The last page of the text itself: lines that come again on every page stand behind it, with the
/// page on which they come first.
fn last_page(document: &Document) -> Option<&Page> {
    let own = document.zones.iter().filter(|zone| zone.role != ZoneRole::Section);
    let end = own.map(|zone| zone.span.end).max().unwrap_or(u32::MAX);
    document.pages.iter().filter(|page| page.start < end).max_by_key(|page| page.start)
}

/// Who dated it, when and why, and what it says itself.
fn dated(told: &DocumentTold) -> anyhow::Result<()> {
    for one in &told.dated {
        let (judgment, ..) = one;
        let Some(words) = document::dated_words(one) else { continue };
        let line = format!("{words}: {} [{}]", judgment.reason, judgment.id);
        say(&wrapped(&plain(&line), "dated     ", "          "))?;
    }
    if !told.dated.is_empty() {
        let own = told.document.published.as_ref().map(ToString::to_string);
        say(&format!("own date  {}", own.as_deref().unwrap_or("none")))?;
    }
    Ok(())
}

/// Its pictures, the documents that it tells of, and what capture noted.
fn beside(casebook: &Casebook, told: &DocumentTold) -> anyhow::Result<()> {
    for picture in &told.document.pictures {
        let what = match picture.sha256 {
            Some(sha256) => {
                let look = looks(casebook.look(sha256)?.as_ref());
                format!("{}, {look}, called {}", PictureId::of_bytes(sha256), picture.name)
            }
            None => format!("did not come along, called {}", picture.name),
        };
        say(&wrapped(&plain(&what), "picture   ", "          "))?;
    }
    for passed in &told.passed {
        let reference = &passed.reference;
        let source = reference.source.as_deref().unwrap_or("somebody not named");
        let item = reference.item.as_deref().map(|item| format!(" {item}")).unwrap_or_default();
        let which = document::which(passed);
        let what = format!("{} {source}{item} [{which}]", document::verb(reference.relation));
        say(&wrapped(&plain(&what), "refers    ", "          "))?;
    }
    for note in &told.document.notes {
        say(&wrapped(&plain(note), "note      ", "          "))?;
    }
    Ok(())
}
