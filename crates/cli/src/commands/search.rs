//! `throughline search`

use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use throughline_tell::{document::dated, found};

use crate::args::{Dates, at_least_one};
use crate::commands::{list, open};
use crate::output::Output;

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// Words that a document must hold; those between quotation marks must stand together.
    #[arg(value_name = "WORDS", required = true)]
    words: Vec<String>,
    #[command(flatten)]
    dates: Dates,
    /// How many documents to print.
    #[arg(long, default_value_t = 20, value_name = "N", value_parser = at_least_one)]
    limit: usize,
}

pub(crate) fn run(path: &Path, command: &Search, output: Output) -> anyhow::Result<ExitCode> {
    let casebook = open(path)?;
    let as_of = command.dates.as_of();
    let hits = casebook.search(&command.words.join(" "), as_of, list::one_more(command.limit))?;
    let (hits, more) = list::first(hits, command.limit);
    if !output.json {
        list::head(&casebook, as_of)?;
    }
    let json = hits.iter().map(found::json);
    let rows = hits.iter().map(|hit| {
        let document = &hit.document;
        vec![
            document.id.to_string(),
            dated(document),
            document.source.clone().unwrap_or_default(),
            hit.snippet.clone(),
        ]
    });
    output.records(&["id", "published", "source", "words"], rows, json)?;
    list::foot(more, command.limit, output)?;
    Ok(ExitCode::SUCCESS)
}
