//! `throughline impact`: what would change if an assertion or a document fell.

use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;
use clap::Args;
use serde_json::json;
use throughline_casebook::Fall;
use throughline_tell::impact::{self, Impact};
use throughline_tell::typed::{self, Id};
use throughline_tell::words;

use crate::args::Dates;
use crate::commands::count::shifts;
use crate::commands::open;
use crate::output::{Output, counted, header, namer, plain, print_json, say, wrapped};

#[derive(Debug, Args)]
pub(crate) struct ImpactCommand {
    /// An assertion, or a document with all that it says.
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    dates: Dates,
}

pub(crate) fn run(
    path: &Path,
    command: &ImpactCommand,
    output: Output,
) -> anyhow::Result<ExitCode> {
    let casebook = open(path)?;
    let as_of = command.dates.as_of();
    let fall: Fall = match typed::parse(&casebook, &command.id)? {
        Id::Assertion(id) => match casebook.fall_of_assertion(id)? {
            Some(fall) => fall,
            None => bail!("{id} is in no reading now"),
        },
        Id::Document(id) => casebook.fall_of_document(id)?,
        _ => bail!("{}: wanted is an assertion (ast-…) or a document (doc-…)", command.id),
    };
    let impact = Impact::gather(&casebook, fall, as_of)?;
    if output.json {
        print_json(&json!([impact.json()]))?;
        return Ok(ExitCode::SUCCESS);
    }
    let many = counted(impact.fall.assertions.len(), "assertion");
    say(&format!("if {many} fell; nothing is changed by asking"))?;
    if let Some(header) = header(as_of) {
        say(&header)?;
    }
    records(&impact)?;
    counts(&impact)?;
    Ok(ExitCode::SUCCESS)
}

fn records(impact: &Impact) -> anyhow::Result<()> {
    if impact.records.is_empty() {
        say("\nno record would change")?;
    }
    for change in &impact.records {
        let Some(id) = impact::id(change) else { continue };
        let fate = match (&change.before, &change.after) {
            (_, None) => ", gone",
            (None, _) => ", new",
            _ => "",
        };
        say("")?;
        say(&wrapped(&format!("{id}  {}{fate}", plain(impact::name(change))), "", "  "))?;
        let names = impact::names(change);
        let names = namer(&names);
        let values = change.values();
        if values.is_empty() && change.after.is_some() {
            say("  the same values, with fewer voices, sentences or mentions")?;
        }
        for (before, after) in values {
            let Some(held) = before.or(after) else { continue };
            let variable = words::variable(held.variable, held.party, &names);
            let line = format!(
                "{variable}: {} → {}",
                impact::value(before, &names),
                impact::value(after, &names)
            );
            say(&wrapped(&plain(&line), "  ", "    "))?;
        }
        for line in impact::involvement(change) {
            say(&wrapped(&plain(&line), "  ", "    "))?;
        }
    }
    Ok(())
}

fn counts(impact: &Impact) -> anyhow::Result<()> {
    let (saved, published) = impact.counted;
    if impact.counts.is_empty() {
        say(&format!("\nno figure of {} would change", counted(saved, "saved definition")))?;
    }
    for one in &impact.counts {
        say("")?;
        say(&wrapped(&format!("count {}", plain(&one.name)), "", "  "))?;
        for (reading, at) in [("strict", 0), ("lenient", 1)] {
            let finals = |is_final: bool| if at == 0 && !is_final { ", not final" } else { "" };
            let line = format!(
                "{reading}: {}{} → {}{}",
                one.before[at],
                finals(one.is_final.0),
                one.after[at],
                finals(one.is_final.1)
            );
            say(&wrapped(&line, "  ", "    "))?;
        }
        if !one.shifts.is_empty() {
            say(&shifts(&one.shifts, ["before", "after"]))?;
        }
    }
    if impact.published.is_empty() {
        say(&format!("no member of {} would move", counted(published, "published count")))?;
    }
    for one in &impact.published {
        say("")?;
        let line = format!("published number {}, {}, in {}", one.number, one.name, one.at);
        say(&wrapped(&plain(&line), "", "  "))?;
        say(&shifts(&one.shifts, ["before", "after"]))?;
    }
    Ok(())
}
