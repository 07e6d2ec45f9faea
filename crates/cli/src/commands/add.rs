//! `throughline add`

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use serde_json::json;
use throughline_casebook::Casebook;
use throughline_model::{Edtf, Stance};
use throughline_tell::hand::{self, Entered, Entry, Place, Subject};

use crate::args::words;
use crate::commands::judge::now;
use crate::commands::open;
use crate::commands::read::parse_published;
use crate::output::{Output, plain, print_json, say};

#[derive(Debug, Args)]
pub(crate) struct Add {
    /// The document that says it.
    #[arg(long, value_name = "ID", required_unless_present = "work")]
    document: Option<String>,
    /// The words of the document that say it, exactly as they stand there.
    #[arg(long, value_name = "WORDS", requires = "document")]
    words: Option<String>,
    /// A work whose text is not held: author, title, year.
    #[arg(long, value_name = "TEXT", requires = "place")]
    work: Option<String>,
    /// The place in the work: page, paragraph, folio.
    #[arg(long, value_name = "TEXT")]
    place: Option<String>,
    /// When the work was published; not a day that has not come yet.
    #[arg(long, value_name = "DATE", requires = "work", value_parser = parse_published)]
    published: Option<Edtf>,
    /// The record that it is said of.
    #[arg(long, value_name = "ID", required_unless_present = "new")]
    subject: Option<String>,
    /// A new record that it is said of, as KIND:NAME, such as `person:Émile Henry`.
    #[arg(long, value_name = "KIND:NAME", conflicts_with = "subject")]
    new: Option<String>,
    /// What is said of it.
    #[arg(long, value_name = "NAME")]
    variable: String,
    /// In relation to whom: another record by its id, or as KIND:NAME.
    #[arg(long, value_name = "ID")]
    party: Option<String>,
    /// What it is said to be; another record by its id, or as KIND:NAME.
    #[arg(long, value_name = "VALUE")]
    value: String,
    /// Who says it in the document: a record's id, or a description.
    #[arg(long, value_name = "WHO")]
    speaker: Option<String>,
    /// How far the speaker stands behind it: asserted, hedged, questioned, unknown, denied.
    #[arg(long, value_name = "STANCE", default_value = "asserted", value_parser = stance)]
    stance: Stance,
    /// How it was obtained, where that is said.
    #[arg(long, value_name = "TEXT")]
    obtained: Option<String>,
    /// Who enters it.
    #[arg(long, value_name = "NAME", env = "THROUGHLINE_BY", value_parser = words)]
    by: String,
    /// Why.
    #[arg(long, value_name = "TEXT", default_value = "entered by hand", value_parser = words)]
    reason: String,
}

fn stance(name: &str) -> Result<Stance, String> {
    Stance::from_name(name)
        .ok_or_else(|| "it is asserted, hedged, questioned, unknown or denied".to_owned())
}

pub(crate) fn run(path: &Path, command: &Add, output: Output) -> anyhow::Result<ExitCode> {
    let mut casebook = match command.work {
        Some(_) => Casebook::open_or_create(path)?,
        None => open(path)?,
    };
    let entry = Entry {
        place: command.place()?,
        subject: command.subject()?,
        variable: command.variable.clone(),
        party: command.party.clone(),
        value: command.value.clone(),
        speaker: command.speaker.clone(),
        stance: command.stance,
        obtained: command.obtained.clone(),
        by: command.by.clone(),
        made: now(),
        reason: command.reason.clone(),
    };
    let Entered { assertion, judgment, new, remarks } = hand::enter(&mut casebook, &entry)?;
    casebook.settle(|_| {})?;
    if output.json {
        print_json(&json!([{
            "assertion": assertion.id.to_string(),
            "subject": assertion.subject.to_string(),
            "document": assertion.document.to_string(),
            "judgment": judgment.id.to_string(),
            "entered": new,
            "remarks": remarks,
        }]))?;
    } else {
        let word = if new { "is entered" } else { "was entered before" };
        say(&format!("{} on {} {word}", assertion.id, assertion.subject))?;
    }
    for remark in remarks.iter().filter(|_| !output.json) {
        eprintln!("note: {}", plain(remark));
    }
    if command.new.is_some() {
        for other in hand::namesakes(&casebook, &assertion)? {
            eprintln!(
                "note: {} goes by the same name; if both are one: throughline judge same {} {}",
                other.id, assertion.subject, other.id
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}

impl Add {
    fn subject(&self) -> anyhow::Result<Subject> {
        match (&self.subject, &self.new) {
            (Some(id), _) => Ok(Subject::Known(id.clone())),
            (None, Some(text)) => Ok(Subject::New(text.clone())),
            (None, None) => bail!("name the record with --subject or --new"),
        }
    }

    fn place(&self) -> anyhow::Result<Place> {
        if let Some(work) = self.work.clone() {
            let place = self.place.clone().context("a cited work needs --place")?;
            return Ok(Place::Work { work, place, published: self.published.clone() });
        }
        let document = self.document.clone().context("name the document with --document")?;
        match (self.words.clone(), self.place.clone()) {
            (Some(words), _) => Ok(Place::Words { document, words }),
            (None, Some(place)) => Ok(Place::Cited { document, place }),
            (None, None) => bail!("give the words of the document that say it with --words"),
        }
    }
}
