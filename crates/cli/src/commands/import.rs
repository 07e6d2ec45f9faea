//! `throughline import`

mod lines;
mod table;

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};
use serde_json::json;

use crate::args::words;
use crate::output::{Output, counted, plain, print_json, say};

#[derive(Debug, Args)]
pub(crate) struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Documents, mentions, assertions and judgments, one JSON object a line.
    Assertions {
        /// The file, or `-` for standard input.
        file: PathBuf,
        /// Who brings them in; kept with every assertion whose line names no reader.
        #[arg(long, value_name = "NAME", env = "THROUGHLINE_BY", value_parser = words)]
        by: String,
    },
    /// A coded dataset in CSV, a row an incident, with a map that says what its columns mean.
    Table {
        /// The file, or `-` for standard input.
        file: PathBuf,
        /// The map, in TOML.
        #[arg(long, value_name = "MAP")]
        map: PathBuf,
    },
}

/// What became of everything that was to be brought in.
#[derive(Debug, Default)]
struct Brought {
    documents: usize,
    readings: usize,
    judgments: usize,
    known: usize,
    failures: Failures,
}

/// What could not be brought in: the first of them in full, and how many there were.
#[derive(Debug, Default)]
struct Failures {
    shown: Vec<String>,
    count: usize,
}

impl Failures {
    fn add(&mut self, failure: String) {
        // Memory stays bounded, whatever a file holds.
        const MOST: usize = 1_000;
        self.count += 1;
        if self.shown.len() < MOST {
            self.shown.push(failure);
        }
    }
}

pub(crate) fn run(path: &Path, command: &Import, output: Output) -> anyhow::Result<ExitCode> {
    let (what, brought) = match &command.what {
        What::Assertions { file, by } => ("readings", lines::import(path, file, by)?),
        What::Table { file, map } => ("rows", table::import(path, file, map)?),
    };
    report(&brought, what, output)?;
    Ok(if brought.failures.count == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn report(brought: &Brought, what: &str, output: Output) -> anyhow::Result<()> {
    let Brought { documents, readings, judgments, known, failures } = brought;
    for failure in &failures.shown {
        eprintln!("{}", plain(failure));
    }
    let more = failures.count - failures.shown.len();
    if more > 0 {
        eprintln!("and {more} more");
    }
    if output.json {
        print_json(&json!([{
            "documents": documents, "readings": readings, "judgments": judgments,
            "known": known, "failed": failures.shown, "failures": failures.count,
        }]))?;
        return Ok(());
    }
    let count = |n: usize, one: &str| {
        if n == 1 { format!("1 new {one}") } else { format!("{n} new {one}s") }
    };
    let mut words = vec![
        count(*documents, "document"),
        count(*readings, what.trim_end_matches('s')),
        count(*judgments, "judgment"),
    ];
    let one = what.trim_end_matches('s');
    words.extend((*known > 0).then(|| format!("{} known before", counted(*known, one))));
    words.extend((failures.count > 0).then(|| format!("{} failed", failures.count)));
    say(&words.join(", "))?;
    Ok(())
}

/// A file, or standard input, and what messages call it.
fn input(file: &Path) -> anyhow::Result<(Box<dyn BufRead>, String)> {
    if file.as_os_str() == "-" {
        return Ok((Box::new(std::io::stdin().lock()), "-".to_owned()));
    }
    let place = file.display().to_string();
    let opened =
        File::open(file).with_context(|| format!("{place} cannot be read; check the path"))?;
    Ok((Box::new(BufReader::new(opened)), place))
}
