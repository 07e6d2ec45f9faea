//! `throughline show doc-…`

use anyhow::bail;
use serde_json::json;
use throughline_casebook::Casebook;
use throughline_model::{AsOf, DocumentId};
use throughline_tell::document::{self, DocumentAnswer, DocumentTold};
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
    let DocumentTold { document, row, notes } = told;
    let published = row.published.as_ref().map(ToString::to_string);
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
