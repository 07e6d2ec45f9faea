//! `throughline duplicates`: pairs of records that may be one, for a person to judge.

use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use throughline_tell::doubtful;

use crate::args::{Dates, at_least_one};
use crate::commands::open;
use crate::output::{Output, header, plain, say};

#[derive(Debug, Args)]
pub(crate) struct Duplicates {
    #[command(flatten)]
    dates: Dates,
    /// How many to print.
    #[arg(long, default_value_t = 100, value_name = "N", value_parser = at_least_one)]
    limit: usize,
}

pub(crate) fn run(path: &Path, command: &Duplicates, output: Output) -> anyhow::Result<ExitCode> {
    let casebook = open(path)?;
    let as_of = command.dates.as_of();
    if let Some(header) = header(as_of).filter(|_| !output.json) {
        say(&format!("{header}\n"))?;
    }
    let pairs = casebook.doubtful(command.limit, as_of)?;
    let rows = pairs.iter().map(|pair| {
        vec![
            format!("{}\n{}", pair.one.id, pair.other.id),
            format!("{}\n{}", plain(&pair.one.name), plain(&pair.other.name)),
            format!("{}\n{}", pair.one.mentions, pair.other.mentions),
            format!("{} %", pair.percent),
            plain(&pair.beside.join(", ")),
        ]
    });
    let json = pairs.iter().map(doubtful::json);
    output.records(&["id", "name", "mentions", "alike", "beside both"], rows, json)?;
    if !output.json && !pairs.is_empty() {
        say(
            "`throughline why ID ID` compares two; `throughline judge same`, `not-same` or `unsure` settles them",
        )?;
    }
    Ok(ExitCode::SUCCESS)
}
