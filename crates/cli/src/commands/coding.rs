//! `throughline coding`: what one codes beside others, how far coders agree, what is found of it.

mod adjudicate;
mod together;
mod work;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};
use throughline_model::Variable;
use throughline_tell::typed;

use crate::output::Output;

#[derive(Debug, Args)]
pub(crate) struct CodingCommand {
    #[command(subcommand)]
    part: Part,
}

#[derive(Debug, Subcommand)]
enum Part {
    /// List what you have coded and have left, seen blind.
    Sheet(work::Sheet),
    /// Show a record question by question, with what documents say and your own answers, seen blind.
    Show(work::Show),
    /// Set the answers of all coders beside each other.
    Compare(together::Compare),
    /// Measure how far coders agree, variable by variable.
    Agreement(together::Agreement),
    /// Find the answer to one question on which coders differ; both codings stay.
    Adjudicate(adjudicate::Adjudicate),
    /// Find every answer on which all coders agree and of which nothing is found yet.
    Adopt(adjudicate::Adopt),
}

pub(crate) fn run(
    path: &Path,
    command: &CodingCommand,
    output: Output,
) -> anyhow::Result<ExitCode> {
    match &command.part {
        Part::Sheet(command) => work::sheet(path, command, output)?,
        Part::Show(command) => work::show(path, command, output)?,
        Part::Compare(command) => together::compare(path, command, output)?,
        Part::Agreement(command) => together::agreement(path, command, output)?,
        Part::Adjudicate(command) => adjudicate::adjudicate(path, command, output)?,
        Part::Adopt(command) => adjudicate::adopt(path, command, output)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Which questions.
#[derive(Debug, Args)]
struct Questions {
    /// Only this variable; as often as needed.
    #[arg(long = "variable", value_name = "NAME")]
    variables: Vec<String>,
}

impl Questions {
    fn variables(&self) -> anyhow::Result<Vec<Variable>> {
        let named = self.variables.iter().map(|name| typed::variable(name));
        Ok(named.collect::<typed::Result<_>>()?)
    }
}

/// Who codes.
#[derive(Debug, Args)]
struct By {
    /// Who you are.
    #[arg(long, env = "THROUGHLINE_BY", value_name = "NAME")]
    by: Option<String>,
}

impl By {
    fn name(&self) -> anyhow::Result<String> {
        super::judge::stated(&self.by).context("this needs your name: --by NAME")
    }
}
