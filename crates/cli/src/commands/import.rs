//! `throughline import`

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};
use serde_json::json;
use throughline_casebook::{Casebook, Disposition, Item, Stored};
use throughline_formats::lines::{self, Line};
use throughline_model::{Document, DocumentId, Judgment, Reading};

use crate::output::{Output, plain, print_json, say};

#[derive(Debug, Args)]
pub(crate) struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Documents, mentions, assertions and judgments, one JSON object a line (docs/formats.md).
    Assertions {
        /// The file, or `-` for standard input.
        file: PathBuf,
        /// Who brings them in; kept with every assertion whose line names no reader.
        #[arg(long, value_name = "NAME", env = "THROUGHLINE_BY")]
        by: String,
    },
}

pub(crate) fn run(path: &Path, command: &Import, output: Output) -> anyhow::Result<ExitCode> {
    match &command.what {
        What::Assertions { file, by } => assertions(path, file, by, output),
    }
}

/// What a file holds, sorted by where it goes.
#[derive(Default)]
struct Content {
    documents: Vec<Document>,
    readings: BTreeMap<(DocumentId, String), Reading>,
    judgments: Vec<Judgment>,
    failures: Vec<String>,
}

impl Content {
    fn read(input: impl BufRead, place: &str, by: &str) -> anyhow::Result<Content> {
        let mut content = Content::default();
        for (number, line) in input.split(b'\n').enumerate() {
            let line = line.with_context(|| place.to_owned())?;
            let line = String::from_utf8_lossy(&line);
            if line.trim().is_empty() {
                continue;
            }
            match lines::read(line.trim()) {
                Ok(line) => content.take(line, by),
                Err(error) => {
                    content.failures.push(format!("{place}:{}: {error}", number + 1));
                }
            }
        }
        Ok(content)
    }

    fn take(&mut self, line: Line, by: &str) {
        let reader = |given: Option<String>| given.unwrap_or_else(|| format!("import:{by}"));
        match line {
            Line::Document(document) => self.documents.push(document),
            Line::Mention(mention, given) => {
                let key = (mention.document, reader(given));
                self.readings.entry(key).or_default().mentions.push(mention);
            }
            Line::Assertion(said, given) => {
                let key = (said.document, reader(given));
                self.readings.entry(key).or_default().assertions.push(said);
            }
            Line::Judgment(judgment) => self.judgments.push(judgment),
        }
    }
}

fn assertions(path: &Path, file: &Path, by: &str, output: Output) -> anyhow::Result<ExitCode> {
    let place = file.display().to_string();
    let mut content = match file.as_os_str() == "-" {
        true => Content::read(std::io::stdin().lock(), "-", by)?,
        false => {
            let opened = File::open(file).with_context(|| place.clone())?;
            Content::read(BufReader::new(opened), &place, by)?
        }
    };
    let mut casebook = Casebook::open_or_create(path)?;
    let items: Vec<Item> = content
        .documents
        .iter()
        .map(|document| Item { document, bytes: &[], reading: None })
        .collect();
    let new = casebook.store(&items)?.into_iter().filter(|s| *s == Stored::New).count();
    let mut readings: Vec<(DocumentId, String, Reading)> = Vec::new();
    for ((document, reader), reading) in std::mem::take(&mut content.readings) {
        match casebook.document(document)? {
            Some(_) => readings.push((document, reader, reading)),
            None => content.failures.push(format!(
                "{place}: {document} is not in the casebook, and no line gives it; its {} \
                 assertions are left out",
                reading.assertions.len()
            )),
        }
    }
    let filed: Vec<(DocumentId, &str, &Reading)> = readings
        .iter()
        .map(|(document, reader, reading)| (*document, reader.as_str(), reading))
        .collect();
    let filed = casebook.file(&filed)?.into_iter().filter(|new| *new).count();
    let mut entered = 0;
    for (judgment, done) in
        content.judgments.iter().zip(casebook.import_judgments(&content.judgments)?)
    {
        match done {
            Ok(Disposition::Entered) => entered += 1,
            Ok(Disposition::Known) => {}
            Ok(Disposition::HeldApart(others)) => {
                let others: Vec<String> = others.iter().map(ToString::to_string).collect();
                content.failures.push(format!(
                    "{place}: {} contradicts {} and is held apart",
                    judgment.id,
                    others.join(", ")
                ));
            }
            Err(error) => content.failures.push(format!("{place}: {}: {error}", judgment.id)),
        }
    }
    casebook.settle(|_| {})?;
    for failure in &content.failures {
        eprintln!("{}", plain(failure));
    }
    if output.json {
        print_json(&json!([{
            "documents": new, "readings": filed, "judgments": entered,
            "failed": content.failures,
        }]))?;
    } else {
        say(&format!("{new} new documents, {filed} new readings, {entered} new judgments"))?;
    }
    Ok(if content.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
