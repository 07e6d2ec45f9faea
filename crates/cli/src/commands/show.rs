//! `throughline show`

mod claim;
mod document;
pub(super) mod evidence;
mod record;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use serde_json::json;
use throughline_casebook::Casebook;
use throughline_formats::view;
use throughline_model::{AsOf, Assertion, AssertionId, JudgmentId, Passage};
use throughline_tell::typed::{self, Id};
use throughline_tell::{evidence as told, judgment, record as records, words};

use crate::args::{Dates, Seen};
use crate::commands::open_seen;
use crate::output::{Output, header, namer, plain, print_json, say, wrapped};

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// A record, document, assertion or judgment; the beginning of an id is enough.
    id: String,
    #[command(flatten)]
    dates: Dates,
    #[command(flatten)]
    seen: Seen,
    /// For a record: print everything, and not the first hundred mentions and sentences only.
    #[arg(long)]
    all: bool,
    /// For a record, but a person: print how its values changed, day by day.
    #[arg(long)]
    history: bool,
    /// For a record: print which of the documents that tell of it are copies of one report.
    #[arg(long)]
    reports: bool,
    /// For a document: print its text.
    #[arg(long)]
    text: bool,
}

impl Show {
    /// How many mentions and pieces of evidence are printed.
    fn most(&self) -> usize {
        const FIRST: usize = 100;
        if self.all { usize::MAX } else { FIRST }
    }
}

pub(crate) fn run(path: &Path, command: &Show, output: Output) -> anyhow::Result<ExitCode> {
    let casebook = open_seen(path, &command.seen)?;
    let as_of = command.dates.as_of();
    match typed::parse(&casebook, &command.id)? {
        Id::Document(id) => document::show(&casebook, id, as_of, command.text, output)?,
        Id::Picture(id) => picture(&casebook, id, as_of, output)?,
        Id::Assertion(id) => assertion(&casebook, id, as_of, output)?,
        Id::Judgment(id) => show_judgment(&casebook, id, output)?,
        Id::Mention(id) => {
            let beside = record::Beside { history: command.history, reports: command.reports };
            record::show(&casebook, id, as_of, command.most(), beside, output)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A picture is shown by what is known of it; `spread` follows it.
fn picture(
    casebook: &Casebook,
    sha256: throughline_model::Sha256,
    as_of: AsOf,
    output: Output,
) -> anyhow::Result<()> {
    let row = casebook.picture_row(sha256, as_of)?.with_context(|| {
        let id = throughline_model::PictureId::of_bytes(sha256);
        format!("{id} is in no document published or recorded by the dates asked for")
    })?;
    super::pictures::show(casebook, row, output)
}

/// An assertion is shown with its record, so that it never stands without status and speakers.
fn assertion(
    casebook: &Casebook,
    id: AssertionId,
    as_of: AsOf,
    output: Output,
) -> anyhow::Result<()> {
    let said = casebook
        .assertion_or_correction(id)?
        .with_context(|| format!("{id} is no longer read from any document"))?;
    let shown = casebook
        .record(said.subject, as_of)?
        .with_context(|| format!("{id} was not published or recorded by the dates asked for"))?;
    let names = namer(&shown.names);
    let Some(one) = shown.evidence.get(&id) else {
        return left(casebook, &said, output);
    };
    if output.json {
        print_json(&json!([told::json(one, &names)]))?;
        return Ok(());
    }
    let record = &shown.record;
    if let Some(header) = header(as_of) {
        say(&header)?;
    }
    say(&wrapped(&plain(&words::assertion(&one.assertion, &names)), "", ""))?;
    say(&format!("of {} ({})\n", plain(&record.name), record.id))?;
    evidence::say_one("said", one, &shown, as_of)?;
    for holding in record.holdings.iter().filter(|held| held.variable == one.assertion.variable) {
        let side = match (holding.support.contains(&id), holding.against.contains(&id)) {
            (true, _) => "it supports the value held",
            (_, true) => "it speaks against the value held",
            _ => continue,
        };
        say(&format!("{side}, {}", plain(&words::held(holding, &names))))?;
    }
    if record.id.kind() == throughline_model::SubjectKind::Person {
        let present = casebook.record(record.id, AsOf::default())?;
        let status = present.as_ref().map_or_else(|| "nothing is held".into(), records::status);
        say(&format!("present status: {status}"))?;
    }
    Ok(())
}

/// An assertion that a judgment took away: what it said, in which words, and who took it away why.
fn left(casebook: &Casebook, said: &Assertion, output: Output) -> anyhow::Result<()> {
    let id = said.id;
    let judged = casebook
        .judgments()?
        .into_iter()
        .find(|(judgment, _, in_force)| *in_force && judgment.assertions().next() == Some(id));
    let act = judged.as_ref().map_or("superseded", |(judgment, ..)| judgment.act.name());
    let mut names = BTreeMap::new();
    for mention in said.referred().chain([said.subject]) {
        names.extend(casebook.called(mention)?.map(|name| (mention, name)));
    }
    let names = namer(&names);
    let document = casebook.document(said.document)?;
    let words = match (&said.passage, &document) {
        (Passage::Text(span), Some(document)) => {
            document.text.get(span.range()).unwrap_or_default().to_owned()
        }
        (Passage::Cited { work, place }, _) => format!("{work}, {place}"),
        (Passage::Text(_), None) => String::new(),
    };
    let source = document.as_ref().and_then(|document| document.source.clone());
    let published = document.as_ref().and_then(|document| document.published.clone());
    if output.json {
        let judgment = judged.as_ref().map(|(judgment, ..)| judgment.id.to_string());
        print_json(&json!([{
            "id": id.to_string(),
            "left_by": act,
            "judgment": judgment,
            "variable": said.variable.name(),
            "value": view::value(&said.value, &names),
            "document": said.document.to_string(),
            "source": source,
            "published": published.as_ref().map(ToString::to_string),
            "words": words,
        }]))?;
        return Ok(());
    }
    say(&wrapped(&plain(&words::assertion(said, &names)), "", ""))?;
    let of = names(said.subject).unwrap_or_default();
    say(&format!("of {} ({})\n", plain(&of), said.subject))?;
    say(&wrapped(&format!("“{}”", plain(&words)), "  said      ", "            "))?;
    let from = words::speakers(&said.speakers, source.as_deref(), &names);
    let day = published.map_or_else(|| "undated".to_owned(), |day| day.to_string());
    let from = plain(&format!("{from}, {day} [{}]", said.document));
    say(&wrapped(&from, "            ", "            "))?;
    say("")?;
    match judged {
        Some((judgment, ..)) => {
            say(&format!(
                "{id} counts no more: {act} by {} ({})",
                plain(&judgment.by),
                judgment.id
            ))?;
            say(&wrapped(&format!("“{}”", plain(&judgment.reason)), "  ", "  "))?;
        }
        None => say(&format!("{id} counts no more: a newer reading does not give it"))?,
    }
    Ok(())
}

fn show_judgment(casebook: &Casebook, id: JudgmentId, output: Output) -> anyhow::Result<()> {
    let (judgment, recorded, stands) = casebook
        .judgments()?
        .into_iter()
        .find(|(judgment, ..)| judgment.id == id)
        .with_context(|| format!("there is no judgment {id}"))?;
    if output.json {
        print_json(&json!([judgment::json(&judgment, recorded, stands)]))?;
        return Ok(());
    }
    let word = if stands { "in force" } else { "no longer in force" };
    say(&format!("{id}  {} ({word})", judgment.act.name()))?;
    say(&format!("by       {}", plain(&judgment.by)))?;
    say(&wrapped(&plain(&judgment.reason), "reason   ", "         "))?;
    say(&format!("recorded {recorded}"))?;
    say(&wrapped(&plain(&judgment::spelled(&judgment)), "about    ", "         "))?;
    for (what, ids) in [
        ("cites    ", judgment.cites.iter().map(ToString::to_string).collect::<Vec<_>>()),
        ("replaces ", judgment.supersedes.iter().map(ToString::to_string).collect()),
    ] {
        if !ids.is_empty() {
            say(&format!("{what}{}", ids.join(", ")))?;
        }
    }
    Ok(())
}
