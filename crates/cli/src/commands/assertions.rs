//! `throughline assertions`

use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use throughline_model::Variable;
use throughline_tell::words;

use crate::args::List;
use crate::commands::{list, open};
use crate::ids;
use crate::output::{Output, namer};
use crate::values;

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
    let casebook = open(path)?;
    let as_of = command.list.dates.as_of();
    let document =
        command.document.as_deref().map(|id| ids::document(&casebook, id)).transpose()?;
    let variable: Option<Variable> =
        command.variable.as_deref().map(values::variable).transpose()?;
    let rows = casebook.assertions(as_of, document, variable, command.list.limit)?;
    if !output.json {
        list::head(&casebook, as_of)?;
    }
    let json = rows
        .iter()
        .map(|row| super::show::evidence::json(&row.evidence, &namer(&row.names)))
        .collect();
    let cells = rows
        .iter()
        .map(|row| {
            let names = namer(&row.names);
            let said = &row.evidence.assertion;
            vec![
                said.id.to_string(),
                words::named(said.subject, &names),
                words::assertion(said, &names),
                words::speakers(&said.speakers, row.evidence.source.as_deref(), &names),
                row.evidence.sentence.clone(),
            ]
        })
        .collect();
    output.records(&["id", "of", "says", "through", "sentence"], cells, json)?;
    if !output.json {
        list::foot(rows.len(), command.list.limit, false)?;
    }
    Ok(ExitCode::SUCCESS)
}
