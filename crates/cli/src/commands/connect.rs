//! `throughline connect`, `knowable`, `series`, `leads`: how incidents hang together, since when that could
//! be seen, what makes a series of them, and which pairs are surprising.

mod printed;

use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;
use clap::Args;
use serde_json::json;
use throughline_casebook::Casebook;
use throughline_connect::{Missing, Rule};
use throughline_model::{Edtf, SubjectKind};
use throughline_tell::connections::Connections;
use throughline_tell::typed;

use crate::args::{Dates, at_least_one, parse_date};
use crate::commands::open;
use crate::output::{Output, print_json};

#[derive(Debug, Args)]
pub(crate) struct Connect {
    /// The incident.
    #[arg(value_name = "INCIDENT")]
    from: String,
    /// The incident that it may be connected with; without it, the nearest ones are listed.
    #[arg(value_name = "INCIDENT")]
    to: Option<String>,
    #[command(flatten)]
    how: How,
    /// Also what stood in the way of seeing it earlier: names not known to be one, words taken back.
    #[arg(long, requires = "to")]
    in_the_way: bool,
    /// How many paths or incidents to print.
    #[arg(long, default_value_t = 10, value_name = "N", value_parser = at_least_one)]
    limit: usize,
    #[command(flatten)]
    dates: Dates,
}

#[derive(Debug, Args)]
pub(crate) struct Knowable {
    /// Only connections among these; and since when all of them could be seen as one series.
    #[arg(value_name = "INCIDENT")]
    among: Vec<String>,
    /// The first day: the first of a month or year.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    from: Edtf,
    /// The last day: the last of a month or year.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    to: Edtf,
    #[command(flatten)]
    how: How,
    #[command(flatten)]
    dates: Dates,
}

#[derive(Debug, Args)]
pub(crate) struct Leads {
    /// What more ties than this share counts for nothing.
    #[arg(long, default_value_t = Rule::default().hub, value_name = "N", value_parser = at_least_one)]
    hub: usize,
    /// Those that somebody judged to be none, by whom and why.
    #[arg(long)]
    unrelated: bool,
    /// How many to print.
    #[arg(long, default_value_t = 20, value_name = "N", value_parser = at_least_one)]
    limit: usize,
    #[command(flatten)]
    dates: Dates,
}

#[derive(Debug, Args)]
pub(crate) struct Series {
    /// The most ties between two incidents of a series: 2 for what one man or group ties, 4 for what
    /// two who are tied do.
    #[arg(long, default_value_t = 2, value_name = "N", value_parser = even)]
    within: usize,
    /// What has more ties than this is passed through by no path.
    #[arg(long, default_value_t = Rule::default().hub, value_name = "N", value_parser = at_least_one)]
    hub: usize,
    /// How many percent of the ties to leave out, to see how much of each series stands.
    #[arg(long, default_value_t = 10, value_name = "PERCENT", value_parser = percent)]
    missing: u8,
    /// How many to print.
    #[arg(long, default_value_t = 20, value_name = "N", value_parser = at_least_one)]
    limit: usize,
    #[command(flatten)]
    dates: Dates,
}

/// How far a connection may reach, and through what.
#[derive(Clone, Copy, Debug, Args)]
struct How {
    /// The most ties of a path.
    #[arg(long, default_value_t = Rule::default().ties, value_name = "N", value_parser = few)]
    within: usize,
    /// What has more ties than this is passed through by no path.
    #[arg(long, default_value_t = Rule::default().hub, value_name = "N", value_parser = at_least_one)]
    hub: usize,
}

impl How {
    fn rule(self) -> Rule {
        Rule { ties: self.within, hub: self.hub, ..Rule::default() }
    }
}

/// A number of ties: beyond a few, everything hangs together with everything.
fn few(text: &str) -> Result<usize, String> {
    const MOST: usize = 8;
    match text.parse() {
        Ok(number) if (1..=MOST).contains(&number) => Ok(number),
        _ => Err(format!("a number from 1 to {MOST}")),
    }
}

/// A share of the ties.
fn percent(text: &str) -> Result<u8, String> {
    match text.parse() {
        Ok(number) if number <= 100 => Ok(number),
        _ => Err("a number of percent from 0 to 100".to_owned()),
    }
}

/// A number of ties of which half is whole.
fn even(text: &str) -> Result<usize, String> {
    match few(text) {
        Ok(number) if number % 2 == 0 => Ok(number),
        _ => Err("2, 4, 6 or 8".to_owned()),
    }
}

pub(crate) fn connect(path: &Path, command: &Connect, output: Output) -> anyhow::Result<ExitCode> {
    let casebook = open(path)?;
    let connections = Connections::load(&casebook, command.dates.as_of())?;
    let from = incident(&casebook, &connections, &command.from)?;
    let rule = command.how.rule();
    match &command.to {
        Some(to) => {
            let to = incident(&casebook, &connections, to)?;
            if from == to {
                bail!("both are one incident; name another, or none for the nearest");
            }
            let mut connected = connections.between(from, to, &rule, command.limit)?;
            if command.in_the_way {
                connected.in_the_way = connections.in_the_way(from, to, &rule)?;
            }
            match output.json {
                true => print_json(&json!([connected.json()]))?,
                false => printed::connected(&connected, command.in_the_way, connections.as_of)?,
            }
        }
        None => {
            let nearest = connections.nearest(from, &rule, command.limit)?;
            match output.json {
                true => print_json(&json!([nearest.json()]))?,
                false => printed::nearest(&nearest, connections.as_of)?,
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn knowable(
    path: &Path,
    command: &Knowable,
    output: Output,
) -> anyhow::Result<ExitCode> {
    let days = [command.from.earliest(), command.to.latest()];
    if days[0] > days[1] {
        bail!("{} is later than {}; give the earlier day with --from", command.from, command.to);
    }
    let casebook = open(path)?;
    let connections = Connections::load(&casebook, command.dates.as_of())?;
    let series = command.among.iter().map(|text| incident(&casebook, &connections, text));
    let mut series = series.collect::<anyhow::Result<Vec<usize>>>()?;
    series.sort_unstable();
    series.dedup();
    if series.len() == 1 {
        bail!("one incident is no series; name two or more, or none for all");
    }
    let among = (!series.is_empty()).then_some(series.as_slice());
    let replay = connections.replay(&command.how.rule(), days, among)?;
    match output.json {
        true => print_json(&json!([replay.json()]))?,
        false => printed::replay(&replay, connections.as_of)?,
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn leads(path: &Path, command: &Leads, output: Output) -> anyhow::Result<ExitCode> {
    let casebook = open(path)?;
    let connections = Connections::load(&casebook, command.dates.as_of())?;
    let mut leads = connections.leads(command.hub, command.limit)?;
    let unrelated = leads.unrelated.len();
    if command.unrelated {
        leads.unrelated.truncate(command.limit);
    }
    match output.json {
        true => print_json(&leads.json(command.unrelated).into())?,
        false if command.unrelated => printed::unrelated(&leads, unrelated, connections.as_of)?,
        false => printed::leads(&leads, connections.as_of)?,
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn series(path: &Path, command: &Series, output: Output) -> anyhow::Result<ExitCode> {
    let casebook = open(path)?;
    let connections = Connections::load(&casebook, command.dates.as_of())?;
    let rule = Rule { ties: command.within, hub: command.hub, ..Rule::default() };
    let missing = Missing { share: f64::from(command.missing) / 100.0, ..Missing::default() };
    let mut found = connections.series(&rule, &missing)?;
    let all = found.series.len();
    found.series.truncate(command.limit);
    match output.json {
        true => print_json(&found.json().into())?,
        false => printed::series(&found, all, connections.as_of)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The incident that an id names, as of the dates asked for.
fn incident(casebook: &Casebook, connections: &Connections, text: &str) -> anyhow::Result<usize> {
    let mention = typed::mention(casebook, text)?;
    if mention.kind() != SubjectKind::Incident {
        bail!(
            "{mention} is a {}; connections are asked for between incidents, inc-…, which \
             `throughline incidents` lists",
            mention.kind().name()
        );
    }
    match connections.incident(mention) {
        Some(record) => Ok(record),
        None => bail!(
            "{mention} was not published or recorded by the dates asked for; `show` says when it was"
        ),
    }
}
