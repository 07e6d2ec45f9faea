//! `throughline counts`: definitions saved, counts published, and what has become of them.

use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;
use clap::Args;
use serde_json::json;
use throughline_casebook::{Casebook, PublishedCount, State};
use throughline_formats::counts::{self, unit_text};
use throughline_tell::counted;

use crate::args::Dates;
use crate::commands::open;
use crate::output::{Output, header, plain, print_json, say, table};

#[derive(Debug, Args)]
pub(crate) struct Counts {
    /// Only this: the name of a definition, or the number of a published count.
    #[arg(value_name = "NAME or NUMBER")]
    only: Option<String>,
    #[command(flatten)]
    dates: Dates,
}

pub(crate) fn run(path: &Path, command: &Counts, output: Output) -> anyhow::Result<ExitCode> {
    let casebook = open(path)?;
    let as_of = command.dates.as_of();
    if let Some(header) = header(as_of).filter(|_| !output.json) {
        say(&format!("{header}\n"))?;
    }
    let wanted = |name: &str, number: Option<i64>| match &command.only {
        None => true,
        Some(only) => only == name || number.is_some_and(|number| *only == number.to_string()),
    };
    let mut definitions = casebook.definitions_as_of(as_of)?;
    definitions.retain(|one| wanted(&one.saved.name, None));
    let mut published = Vec::new();
    for count in casebook.published_as_of(as_of)? {
        if wanted(&count.published.definition.name, Some(count.number)) {
            // One that this program cannot read must not hide the others.
            let state = casebook.state_as_of(&count, as_of).map_err(|error| error.to_string());
            published.push((count, state));
        }
    }
    if let Some(only) = &command.only
        && definitions.is_empty()
        && published.is_empty()
    {
        bail!("no definition is called {only:?} and no published count has this number");
    }
    if output.json {
        let definitions = definitions.iter().map(|one| {
            json!({
                "name": one.saved.name,
                "recorded": one.recorded.to_string(),
                "toml": one.saved.toml,
            })
        });
        let published =
            published.iter().map(|(count, state)| counted::published_json(count, state));
        print_json(&json!([{
            "definitions": definitions.collect::<Vec<_>>(),
            "published": published.collect::<Vec<_>>(),
        }]))?;
        return Ok(ExitCode::SUCCESS);
    }
    let rows: Vec<Vec<String>> = definitions
        .iter()
        .map(|one| {
            let title = counts::read(&one.saved.toml).map_or_else(|e| e.to_string(), |d| d.title);
            vec![one.saved.name.clone(), title, one.recorded.to_string()]
        })
        .collect();
    if rows.is_empty() && published.is_empty() {
        say("none; `throughline count FILE --save` saves a definition")?;
        return Ok(ExitCode::SUCCESS);
    }
    if command.only.is_some() {
        for one in &definitions {
            say(throughline_tell::terminal::letters(&one.saved.toml).trim_end())?;
        }
    } else if !rows.is_empty() {
        say(&table(&["definition", "title", "saved"], &rows))?;
    }
    if !published.is_empty() {
        if !definitions.is_empty() {
            say("")?;
        }
        let rows: Vec<_> = published.iter().map(|(count, state)| row(count, state)).collect();
        let columns = ["published", "definition", "strict", "as of", "where", "by", "state"];
        say(&table(&columns, &rows))?;
    }
    if command.only.is_some() {
        for (count, state) in &published {
            if let Ok(state) = state {
                print_moves(&casebook, count, state)?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn row(count: &PublishedCount, state: &Result<State, String>) -> Vec<String> {
    let published = &count.published;
    let as_of = published.as_of;
    let draft = if published.draft { ", draft" } else { "" };
    vec![
        count.number.to_string(),
        published.definition.name.clone(),
        format!("{}{draft}", counted::published_figures(published)[0]),
        as_of.published.map_or_else(|| "the present".to_owned(), |day| day.to_string()),
        published.at.clone(),
        published.by.clone(),
        match state {
            Ok(state) => counted::state_words(published, state),
            Err(error) => error.clone(),
        },
    ]
}

fn print_moves(casebook: &Casebook, count: &PublishedCount, state: &State) -> anyhow::Result<()> {
    for (title, moves) in [
        ("counted otherwise by this program", &state.by_program),
        ("moved since it was published", &state.since),
    ] {
        if moves.is_empty() {
            continue;
        }
        say(&format!("\nnumber {}, {title}:", count.number))?;
        let mut rows = Vec::new();
        for moved in moves {
            let shown = casebook.record(moved.unit.record, count.published.as_of)?;
            let name = shown.map_or_else(|| "?".to_owned(), |view| view.record.name);
            let mut row =
                vec![unit_text(moved.unit), plain(&name), counted::reading(moved).to_owned()];
            row.push(format!("{} → {}", moved.from.name(), moved.to.name()));
            row.push(moved.now.map(|now| format!("now {}", unit_text(now))).unwrap_or_default());
            rows.push(row);
        }
        say(&table(&["id", "name", "reading", "place", ""], &rows))?;
    }
    Ok(())
}
