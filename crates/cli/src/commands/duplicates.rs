//! `throughline duplicates`: pairs of records that may be one, for a person to judge.

use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;
use throughline_casebook::Side;

use crate::args::at_least_one;
use crate::commands::open;
use crate::output::{Output, plain, say};

#[derive(Debug, Args)]
pub(crate) struct Duplicates {
    /// How many to print.
    #[arg(long, default_value_t = 100, value_name = "N", value_parser = at_least_one)]
    limit: usize,
}

pub(crate) fn run(path: &Path, command: &Duplicates, output: Output) -> anyhow::Result<ExitCode> {
    let casebook = open(path)?;
    let pairs = casebook.doubtful(command.limit)?;
    let rows = pairs.iter().map(|pair| {
        vec![
            format!("{}\n{}", pair.one.id, pair.other.id),
            format!("{}\n{}", plain(&pair.one.name), plain(&pair.other.name)),
            format!("{}\n{}", pair.one.mentions, pair.other.mentions),
            format!("{} %", pair.percent),
            plain(&pair.beside.join(", ")),
        ]
    });
    let side = |side: &Side| json!({"id": side.id.to_string(), "name": side.name, "mentions": side.mentions});
    let json = pairs.iter().map(|pair| {
        json!({
            "one": side(&pair.one),
            "other": side(&pair.other),
            "score": pair.percent,
            "beside": pair.beside,
        })
    });
    output.records(&["id", "name", "mentions", "alike", "beside both"], rows, json)?;
    if !output.json && !pairs.is_empty() {
        say(
            "`throughline why ID ID` compares two; `throughline judge same`, `not-same` or `unsure` settles them",
        )?;
    }
    Ok(ExitCode::SUCCESS)
}
