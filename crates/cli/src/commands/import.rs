//! `throughline import`

mod lines;
mod table;

use std::collections::HashMap;
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

/// So many failures are shown: memory stays bounded, whatever a file holds.
const MOST_SHOWN: usize = 1_000;

/// What could not be brought in: the first of them in full, and how many there were.
#[derive(Debug, Default)]
struct Failures {
    shown: Vec<String>,
    count: usize,
    /// How many of them those shown speak of.
    told: usize,
    /// What is the same of several rows: where it is shown, at which line first and last, and how often.
    repeated: HashMap<String, Repeated>,
}

/// A failure of several rows.
#[derive(Debug)]
struct Repeated {
    at: usize,
    first: u64,
    rows: usize,
}

impl Failures {
    fn add(&mut self, failure: String) {
        self.count += 1;
        if self.shown.len() < MOST_SHOWN {
            self.told += 1;
            self.shown.push(failure);
        }
    }

    /// A failure of one row, which may be that of many: it is shown once, with how many there are.
    fn add_of_row(&mut self, place: &str, line: u64, failure: String) {
        if let Some(known) = self.repeated.get_mut(&failure) {
            known.rows += 1;
            self.count += 1;
            self.told += 1;
            let more = crate::output::counted(known.rows - 1, "more row");
            self.shown[known.at] = format!(
                "{place}:{}: {failure}; so in {more}, the last in line {line}",
                known.first
            );
            return;
        }
        let at = self.shown.len();
        self.add(format!("{place}:{line}: {failure}"));
        if at < MOST_SHOWN {
            self.repeated.insert(failure, Repeated { at, first: line, rows: 1 });
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
    let more = failures.count - failures.told;
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
