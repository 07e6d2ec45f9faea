//! `throughline counts`: definitions saved, counts published, and what has become of them.

use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;
use clap::Args;
use serde_json::{Value as Json, json};
use throughline_casebook::{Casebook, Move, PublishedCount, State};
use throughline_formats::counts::{self, PublishedReading, unit_text};
use throughline_tell::counts as words;
use throughline_weigh::count::Reading;

use crate::commands::open;
use crate::output::{Output, plain, print_json, say, table};

#[derive(Debug, Args)]
pub(crate) struct Counts {
    /// Only this: the name of a definition, or the number of a published count.
    #[arg(value_name = "NAME or NUMBER")]
    only: Option<String>,
}

pub(crate) fn run(path: &Path, command: &Counts, output: Output) -> anyhow::Result<ExitCode> {
    let casebook = open(path)?;
    let wanted = |name: &str, number: Option<i64>| match &command.only {
        None => true,
        Some(only) => only == name || number.is_some_and(|number| *only == number.to_string()),
    };
    let mut definitions = casebook.definitions()?;
    definitions.retain(|one| wanted(&one.saved.name, None));
    let mut published = Vec::new();
    for count in casebook.published()? {
        if wanted(&count.published.definition.name, Some(count.number)) {
            // One that this program cannot read must not hide the others.
            let state = casebook.state_of(&count).map_err(|error| error.to_string());
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
        let published = published.iter().map(|(count, state)| record(count, state));
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
            say(throughline_tell::terminal::lines(&one.saved.toml).trim_end())?;
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

fn figure(reading: &PublishedReading) -> String {
    let range = |(least, most)| words::range(least, most);
    format!("{} of {}", range(reading.figure), range(reading.denominator))
}

fn row(count: &PublishedCount, state: &Result<State, String>) -> Vec<String> {
    let published = &count.published;
    let as_of = published.as_of;
    let draft = if published.draft { ", draft" } else { "" };
    vec![
        count.number.to_string(),
        published.definition.name.clone(),
        format!("{}{draft}", figure(&published.strict)),
        as_of.published.map_or_else(|| "the present".to_owned(), |day| day.to_string()),
        published.at.clone(),
        published.by.clone(),
        match state {
            Ok(state) => state_words(state),
            Err(error) => error.clone(),
        },
    ]
}

/// What has become of a published count.
fn state_words(state: &State) -> String {
    let mut parts = Vec::new();
    if let Some(program) = &state.other_program {
        parts.push(format!("made with {program}"));
    }
    if !state.by_program.is_empty() {
        parts.push(format!("counted otherwise by this program: {}", state.by_program.len()));
    }
    parts.push(match (state.content_changed, state.since.len()) {
        (false, 0) => "as published".to_owned(),
        (true, 0) => "content changed, nothing moved".to_owned(),
        (false, many) => format!("{many} moved"),
        (true, many) => format!("content changed, {many} moved"),
    });
    parts.join("\n")
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
            let mut row = vec![unit_text(moved.unit), plain(&name), reading(moved).to_owned()];
            row.push(format!("{} → {}", moved.from.name(), moved.to.name()));
            row.push(moved.now.map(|now| format!("now {}", unit_text(now))).unwrap_or_default());
            rows.push(row);
        }
        say(&table(&["id", "name", "reading", "place", ""], &rows))?;
    }
    Ok(())
}

fn reading(moved: &Move) -> &'static str {
    match moved.reading {
        Reading::Strict => "strict",
        Reading::Lenient => "lenient",
    }
}

fn record(count: &PublishedCount, state: &Result<State, String>) -> Json {
    let published = &count.published;
    let form: Json = serde_json::from_str(&counts::write_published(published)).unwrap_or_default();
    let moves = |moves: &[Move]| -> Vec<Json> {
        moves
            .iter()
            .map(|moved| {
                json!({
                    "id": unit_text(moved.unit),
                    "reading": reading(moved),
                    "from": moved.from.name(),
                    "to": moved.to.name(),
                    "now": moved.now.map(unit_text),
                })
            })
            .collect()
    };
    let state = match state {
        Ok(state) => json!({
            "stands": state.stands(),
            "other_program": state.other_program,
            "content_changed": state.content_changed,
            "by_program": moves(&state.by_program),
            "since": moves(&state.since),
        }),
        Err(error) => json!({"error": error}),
    };
    json!({
        "number": count.number,
        "recorded": count.recorded.to_string(),
        "count": form,
        "state": state,
    })
}
