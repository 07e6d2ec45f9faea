//! `throughline assertions`

use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use serde_json::Value as Json;
use throughline_model::Variable;
use throughline_tell::typed;
use throughline_tell::{evidence, words};

use crate::args::List;
use crate::commands::{list, open_seen};
use crate::output::{Output, namer, plain, print_json, say, wrapped};

#[derive(Debug, Args)]
pub(crate) struct Assertions {
    #[command(flatten)]
    list: List,
    /// Only those of this document.
    #[arg(long, value_name = "ID")]
    document: Option<String>,
    /// Only those of this variable.
    #[arg(long, value_name = "NAME")]
    variable: Option<String>,
}

pub(crate) fn run(path: &Path, command: &Assertions, output: Output) -> anyhow::Result<ExitCode> {
    let casebook = open_seen(path, &command.list.seen)?;
    let as_of = command.list.dates.as_of();
    let document =
        command.document.as_deref().map(|id| typed::document(&casebook, id)).transpose()?;
    let variable: Option<Variable> =
        command.variable.as_deref().map(typed::variable).transpose()?;
    let limit = command.list.limit;
    let rows = casebook.assertions(as_of, document, variable, list::one_more(limit))?;
    let (rows, more) = list::first(rows, limit);
    if output.json {
        let json =
            rows.iter().map(|row| evidence::json(&row.evidence, &namer(&row.names))).collect();
        print_json(&Json::Array(json))?;
        list::foot(more, limit, output)?;
        return Ok(ExitCode::SUCCESS);
    }
    list::head(&casebook, as_of)?;
    for row in &rows {
        const INDENT: &str = "    ";
        let names = namer(&row.names);
        let said = &row.evidence.assertion;
        let first = format!("{}  ", said.id);
        say(&wrapped(&plain(&words::assertion(said, &names)), &first, INDENT))?;
        let of = format!("of {}", words::named(said.subject, &names));
        say(&wrapped(&plain(&of), INDENT, INDENT))?;
        say(&wrapped(&evidence::words_of(&row.evidence), INDENT, INDENT))?;
        let from = evidence::source_of(&row.evidence, &row.names, false, as_of);
        say(&wrapped(&plain(&from), INDENT, INDENT))?;
    }
    if rows.is_empty() {
        say("none")?;
    }
    list::foot(more, limit, output)?;
    Ok(ExitCode::SUCCESS)
}
