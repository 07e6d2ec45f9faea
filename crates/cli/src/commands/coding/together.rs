//! The answers of all coders beside each other, and how far they agree.

use std::path::Path;

use anyhow::ensure;
use clap::{Args, ValueEnum};
use throughline_casebook::{Codings, Field};
use throughline_tell::coding::compared::{self, Stand, answer};
use throughline_tell::coding::measured::{Measured, measured, percent, spelled};
use throughline_tell::words;

use super::Questions;
use crate::args::{Dates, at_least_one};
use crate::commands::open;
use crate::output::{Output, counted, header, namer, plain, say};

/// The seed from which samples are drawn where none is given.
const SEED: u64 = 1;

#[derive(Debug, Args)]
pub(super) struct Compare {
    #[command(flatten)]
    questions: Questions,
    /// Only questions that stand so.
    #[arg(long, value_enum)]
    only: Option<Only>,
    #[command(flatten)]
    dates: Dates,
    /// How many questions to print.
    #[arg(long, default_value_t = 100, value_name = "N", value_parser = at_least_one)]
    limit: usize,
}

/// How a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Only {
    /// Coders differ.
    Differs,
    /// All who coded it agree.
    Agreed,
    /// One coder alone coded it.
    OneCoder,
    /// At least two coders coded it, and nothing is found.
    Open,
}

#[derive(Debug, Args)]
pub(super) struct Agreement {
    #[command(flatten)]
    questions: Questions,
    /// Only this coder; as often as needed.
    #[arg(long = "coder", value_name = "NAME")]
    coders: Vec<String>,
    /// The number from which samples for the intervals are drawn.
    #[arg(long, default_value_t = SEED, value_name = "N")]
    seed: u64,
    #[command(flatten)]
    dates: Dates,
}

impl Only {
    fn takes(self, field: &Field) -> bool {
        let stand = Stand::of(field);
        match self {
            Only::Differs => stand == Stand::Differs,
            Only::Agreed => matches!(stand, Stand::Agreed | Stand::FoundOtherwise),
            Only::OneCoder => stand == Stand::OneCoder,
            Only::Open => stand != Stand::OneCoder && field.found.is_empty(),
        }
    }
}

pub(super) fn compare(path: &Path, command: &Compare, output: Output) -> anyhow::Result<()> {
    let casebook = open(path)?;
    let variables = command.questions.variables()?;
    let as_of = command.dates.as_of();
    let codings = casebook.codings(as_of)?;
    let wanted = |field: &&Field| {
        (variables.is_empty() || variables.contains(&field.variable))
            && command.only.is_none_or(|only| only.takes(field))
    };
    let all: Vec<&Field> = codings.fields.iter().filter(wanted).collect();
    let fields = &all[..all.len().min(command.limit)];
    if !output.json
        && let Some(header) = header(as_of)
    {
        say(&header)?;
    }
    let json = fields.iter().map(|field| compared::json(&codings, field));
    let rows = fields.iter().map(|field| row(&codings, field));
    output.records(&["record", "question", "coded", "stands", "found"], rows, json)?;
    if !output.json && all.len() > fields.len() {
        say(&format!("the first {} of {}; --limit shows more", fields.len(), all.len()))?;
    }
    Ok(())
}

fn row(codings: &Codings, field: &Field) -> Vec<String> {
    let names = namer(&codings.names);
    let answers = |some: &[throughline_casebook::Coding]| {
        let lines = some.iter().map(|one| plain(&format!("{}: {}", one.by, answer(one, &names))));
        lines.collect::<Vec<_>>().join("\n")
    };
    vec![
        format!("{}\n{}", field.record, plain(&words::named(field.record, &names))),
        plain(&words::variable(field.variable, field.party, &names)),
        answers(&field.codings),
        Stand::of(field).name().to_owned(),
        answers(&field.found),
    ]
}

pub(super) fn agreement(path: &Path, command: &Agreement, output: Output) -> anyhow::Result<()> {
    let casebook = open(path)?;
    let variables = command.questions.variables()?;
    let as_of = command.dates.as_of();
    let mut codings = casebook.codings(as_of)?;
    for coder in &command.coders {
        let known: Vec<&str> = codings.coders.iter().map(String::as_str).collect();
        ensure!(
            codings.coders.contains(coder),
            "{coder:?} has coded nothing; those who have are {}",
            if known.is_empty() { "none".to_owned() } else { known.join(", ") }
        );
    }
    codings.fields.retain(|field| variables.is_empty() || variables.contains(&field.variable));
    let codebook = casebook.codebook()?.codebook;
    let all = measured(&codings, &codebook, &command.coders, command.seed);
    if !output.json
        && let Some(header) = header(as_of)
    {
        say(&header)?;
    }
    let rows = all.iter().map(cells);
    let titles = ["variable", "coders", "shared", "alike", "Cohen", "Fleiss", "alpha"];
    output.records(&titles, rows, all.iter().map(Measured::json))?;
    if output.json {
        return Ok(());
    }
    if all.is_empty() {
        say("no question was coded by two coders; `throughline judge code` codes one")?;
        return Ok(());
    }
    say(
        "\nshared: questions that at least two coded; Cohen's and Fleiss' kappa and Krippendorff's \
         alpha, with the bounds for nineteen of twenty samples of as many questions",
    )?;
    for one in all.iter().filter(|one| one.off_scale > 0) {
        let many = counted(one.off_scale, "answer");
        let (name, scale) = (one.variable.name(), one.scale.name());
        say(&format!("{name}: {many} without a place on the {scale} scale, left out of alpha"))?;
    }
    Ok(())
}

fn cells(one: &Measured) -> Vec<String> {
    vec![
        one.variable.name().to_owned(),
        plain(&one.coders.join(", ")),
        one.shared.to_string(),
        percent(one.alike),
        spelled(&one.cohen),
        spelled(&one.fleiss),
        format!("{}\n{}", spelled(&one.alpha), one.scale.name()),
    ]
}
