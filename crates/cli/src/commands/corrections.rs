//! `throughline corrections`: what was corrected since a day, and which published counts that touched.

use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;
use throughline_model::{Edtf, Instant};
use throughline_tell::corrections::Corrections;
use throughline_tell::counted as told;
use throughline_tell::judgment;

use crate::args::{Dates, parse_instant};
use crate::commands::count::shifts;
use crate::commands::open;
use crate::output::{Output, counted, header, plain, print_json, say, table, wrapped};

#[derive(Debug, Args)]
pub(crate) struct CorrectionsCommand {
    /// Since this day or moment, by when it was recorded here.
    #[arg(long, value_name = "DATE", value_parser = parse_since)]
    since: Instant,
    #[command(flatten)]
    dates: Dates,
}

/// The first moment of a day, a month or a year; or a moment.
fn parse_since(text: &str) -> Result<Instant, String> {
    // A moment is a date too, of which only the day would count.
    match text.parse::<Edtf>() {
        Ok(date) if !text.contains('T') => Ok(Instant(i64::from(date.earliest().0) * 86_400_000)),
        _ => parse_instant(text).map_err(|_| {
            format!(
                "{text:?} is neither a day, month or year (2026-11-30) nor a moment with its zone \
                 (2026-11-30T19:49Z)"
            )
        }),
    }
}

pub(crate) fn run(
    path: &Path,
    command: &CorrectionsCommand,
    output: Output,
) -> anyhow::Result<ExitCode> {
    let casebook = open(path)?;
    let found = Corrections::gather(&casebook, command.since, command.dates.as_of())?;
    if output.json {
        print_json(&json!([found.json()]))?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(header) = header(command.dates.as_of()) {
        say(&format!("{header}\n"))?;
    }
    let many = counted(found.judgments.len(), "correction");
    say(&format!("{many} since {}", command.since))?;
    if !found.judgments.is_empty() {
        let rows: Vec<Vec<String>> = found
            .judgments
            .iter()
            .map(|(one, recorded, in_force)| {
                vec![
                    one.id.to_string(),
                    recorded.to_string(),
                    one.act.name().to_owned(),
                    judgment::spelled(one),
                    one.by.clone(),
                    format!(
                        "{}{}",
                        one.reason,
                        if *in_force { "" } else { " (no longer in force)" }
                    ),
                ]
            })
            .collect();
        say(&table(&["judgment", "recorded", "act", "about", "by", "reason"], &rows))?;
    }
    say("")?;
    match found.touched.is_empty() {
        true => say(&format!("no published count was touched, of {}", found.published))?,
        false => say(&format!(
            "published counts touched: {} of {}",
            found.touched.len(),
            found.published
        ))?,
    }
    for one in &found.touched {
        let published = &one.count.published;
        say("")?;
        let line = format!(
            "number {}, {}: {} as published in {}",
            one.count.number,
            published.definition.name,
            told::published_figures(published)[0],
            published.at
        );
        say(&wrapped(&plain(&line), "", "  "))?;
        say(&format!("  now {}", one.now))?;
        if one.is_final == (true, false) {
            say("  its strict figure is no longer final")?;
        }
        let by: Vec<String> = one.by.iter().map(ToString::to_string).collect();
        match by.is_empty() {
            true => {
                say("  by none of these corrections: documents, readings or findings came since")?
            }
            false => say(&wrapped(&format!("by {}", by.join(", ")), "  ", "    "))?,
        }
        if !one.shifts.is_empty() {
            say(&shifts(&one.shifts, ["before", "after"]))?;
        }
    }
    for (number, why) in &found.failed {
        say(&wrapped(&plain(&format!("number {number} cannot be counted: {why}")), "", "  "))?;
    }
    Ok(ExitCode::SUCCESS)
}
