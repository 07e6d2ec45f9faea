//! What one coder is asked and has answered; what others judged is hidden.

use std::path::Path;

use anyhow::{Context, bail};
use clap::Args;
use serde_json::json;
use throughline_model::SubjectKind;
use throughline_tell::coding::asked::{Asked, Task, asks, tasks};
use throughline_tell::coding::compared::answer;
use throughline_tell::evidence::{source_of, words_of};
use throughline_tell::typed;
use throughline_tell::words;

use super::{By, Questions};
use crate::args::{Dates, Seen, at_least_one};
use crate::commands::open_seen;
use crate::output::{Output, counted, header, namer, plain, print_json, say, wrapped};

#[derive(Debug, Args)]
pub(super) struct Sheet {
    #[command(flatten)]
    by: By,
    #[command(flatten)]
    questions: Questions,
    /// What is coded.
    #[arg(long, value_name = "KIND", default_value = "incident", value_parser = parse_kind)]
    kind: SubjectKind,
    #[command(flatten)]
    dates: Dates,
    /// How many records to print.
    #[arg(long, default_value_t = 100, value_name = "N", value_parser = at_least_one)]
    limit: usize,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// The record.
    id: String,
    #[command(flatten)]
    by: By,
    #[command(flatten)]
    questions: Questions,
    #[command(flatten)]
    dates: Dates,
}

fn parse_kind(text: &str) -> Result<SubjectKind, String> {
    SubjectKind::from_name(text).ok_or_else(|| {
        let names: Vec<&str> = SubjectKind::ALL.iter().map(|kind| kind.name()).collect();
        format!("wanted is one of {}", names.join(", "))
    })
}

pub(super) fn sheet(path: &Path, command: &Sheet, output: Output) -> anyhow::Result<()> {
    let casebook = open_seen(path, &Seen { blind: Some(command.by.name()?) })?;
    let codebook = casebook.codebook()?.codebook;
    let variables = command.questions.variables()?;
    let as_of = command.dates.as_of();
    if asks(&codebook, command.kind, &variables).next().is_none() {
        let (kind, of) = (command.kind.name(), &codebook.name);
        bail!(
            "the codebook {of} asks nothing of this of a {kind}; name another --kind or --variable"
        );
    }
    let tasks = tasks(&casebook, command.kind, &codebook, &variables, as_of, command.limit)?;
    if !output.json
        && let Some(header) = header(as_of)
    {
        say(&header)?;
    }
    let rows = tasks.iter().map(|task| {
        let left: Vec<&str> = task.left.iter().map(|one| one.name()).collect();
        let all = task.done.len() + task.left.len();
        vec![
            task.record.id.to_string(),
            plain(&task.record.name),
            format!("{} of {all}", task.done.len()),
            left.join(", "),
        ]
    });
    output.records(&["id", "name", "coded", "left"], rows, tasks.iter().map(Task::json))?;
    if !output.json {
        let done = tasks.iter().filter(|task| task.left.is_empty()).count();
        let codebook = format!("{}, version {}", codebook.name, codebook.version);
        say(&format!("\n{done} of {} done; codebook {codebook}", counted(tasks.len(), "record")))?;
    }
    Ok(())
}

pub(super) fn show(path: &Path, command: &Show, output: Output) -> anyhow::Result<()> {
    let by = command.by.name()?;
    let casebook = open_seen(path, &Seen { blind: Some(by.clone()) })?;
    let id = typed::mention(&casebook, &command.id)?;
    let as_of = command.dates.as_of();
    let codebook = casebook.codebook()?.codebook;
    let variables = command.questions.variables()?;
    let asked = Asked::gather(&casebook, id, &codebook, &variables, as_of)?
        .with_context(|| format!("{id} was not published or recorded by the dates asked for"))?;
    if asked.questions.is_empty() {
        let kind = id.kind().name();
        bail!("the codebook {} asks nothing of this of a {kind}", codebook.name);
    }
    if output.json {
        print_json(&json!([asked.json()]))?;
        return Ok(());
    }
    let record = &asked.shown.record;
    say(&format!("{}  {}", record.id, record.id.kind().name()))?;
    say(&wrapped(&plain(&record.name), "", ""))?;
    say(&format!("as {} codes it; what others judged is hidden", plain(&by)))?;
    if let Some(header) = header(as_of) {
        say(&header)?;
    }
    let (names, own) = (namer(&asked.shown.names), namer(&asked.own.names));
    for coded in &asked.questions {
        say("")?;
        let name = coded.variable.name();
        say(&wrapped(&plain(&format!("{name}: {}", coded.question)), "", "  "))?;
        for one in asked.said(coded.variable) {
            let what = words::assertion(&one.assertion, &names);
            say(&wrapped(&plain(&what), "  said      ", "            "))?;
            say(&wrapped(&words_of(one), "            ", "            "))?;
            let outdated = record.superseded.contains(&one.assertion.id);
            let from = plain(&source_of(one, &asked.shown.names, outdated, as_of));
            let from = format!("{from} [{}]", one.assertion.id);
            say(&wrapped(&from, "            ", "            "))?;
        }
        let mut answered = false;
        for field in asked.answers(coded.variable) {
            for coding in &field.codings {
                let party = field.party.map(|party| words::named(party, &own));
                let party = party.map(|party| format!(" ({party})")).unwrap_or_default();
                let line = format!("{}{party} [{}]", answer(coding, &own), coding.judgment);
                say(&wrapped(&plain(&line), "  yours     ", "            "))?;
                answered = true;
            }
        }
        if !answered {
            say("  not coded yet")?;
        }
    }
    Ok(())
}
