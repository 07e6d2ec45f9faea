//! `throughline eval`: the program against public gold data.

mod connections;
mod identity;
mod places;
mod said;
mod tasks;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, ValueEnum};
use serde_json::{Value as Json, json};
use throughline_eval::bench::{Percent, Written, rewritten};

use crate::output::{Output, say};

#[derive(Debug, Args)]
pub(crate) struct Eval {
    /// What is measured.
    #[arg(value_name = "TASK")]
    task: Task,
    /// The gold data; of connections only if something is to be compared.
    #[arg(long, value_name = "FILE")]
    gold: Option<PathBuf>,
    /// Where to write what was read, in the format of the task.
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,
    /// The documents, where the gold does not hold them itself; docs.jsonl beside it by default.
    #[arg(long, value_name = "FILE")]
    texts: Option<PathBuf>,
    /// Of places: put the gold's toponyms on the map, instead of finding any.
    #[arg(long)]
    given: bool,
    /// Rewrite the text before it is read, to see what that costs.
    #[arg(long, value_name = "HOW")]
    written: Option<How>,
    /// Of connections: the world in which pairs are connected or not.
    #[arg(long, value_name = "FILE")]
    world: Option<PathBuf>,
    /// Of connections: the pairs that are asked about.
    #[arg(long, value_name = "FILE")]
    pairs: Option<PathBuf>,
    /// Of connections: how pairs are ranked.
    #[arg(long, value_name = "HOW")]
    method: Option<connections::Method>,
    /// Of connections: predictions to score, instead of making any.
    #[arg(long, value_name = "FILE")]
    scored: Option<PathBuf>,
}

/// A public task.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Task {
    /// People, organisations, places and other things named.
    Names,
    /// Parts of speech, and which word hangs on which.
    Syntax,
    /// Expressions of time and what they mean.
    Dates,
    /// How many were killed and hurt, and who.
    Casualties,
    /// Incidents, with their roles and slots.
    Incidents,
    /// Who says what.
    Attribution,
    /// How firmly events are presented as real.
    Certainty,
    /// What negates, and what is negated.
    Negation,
    /// Names of places, and where they lie.
    Places,
    /// Connections between plots, and since when they could be seen.
    Connections,
    /// Whether two names are one person's.
    SameName,
    /// Whose name it is, among the people of a list.
    SameNameAlias,
    /// Which reports are of one incident.
    SameIncident,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum How {
    /// All in capitals.
    Upper,
    /// Without capitals.
    Lower,
    /// Without marks.
    Bare,
    /// As a scanner misreads it.
    Scanned,
}

/// A line of the score.
#[derive(Default)]
struct Line {
    name: String,
    percent: Percent,
    spans: Option<f64>,
    auc: Option<f64>,
    bounds: Option<(f64, f64)>,
}

pub(crate) fn run(command: &Eval, output: Output) -> anyhow::Result<ExitCode> {
    let predictions = match command.task {
        Task::Connections => connections::run(command, output)?,
        Task::Places => places::run(command, output)?,
        Task::SameName | Task::SameNameAlias | Task::SameIncident => of_identity(command, output)?,
        _ => of_text(command, output)?,
    };
    if let Some(path) = &command.predictions {
        let mut file = std::fs::File::create(path).with_context(|| path.display().to_string())?;
        file.write_all(predictions.as_bytes()).with_context(|| path.display().to_string())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Measures what is read in texts, and returns it in the format of the task.
fn of_text(command: &Eval, output: Output) -> anyhow::Result<String> {
    let path = command.gold.as_deref().context("name the gold data (--gold)")?;
    let gold = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let written = command.written.map(|how| match how {
        How::Upper => Written::Upper,
        How::Lower => Written::Lower,
        How::Bare => Written::Bare,
        How::Scanned => Written::Scanned,
    });
    let read = |text: &str| match written {
        Some(written) => rewritten(text, written),
        None => text.to_owned(),
    };
    let (lines, predictions) = match command.task {
        Task::Names => tasks::names(path, &gold, &read)?,
        Task::Syntax => tasks::syntax(path, &gold, &read)?,
        Task::Dates => tasks::dates(path, &gold, &read)?,
        Task::Casualties => tasks::casualties(path, &gold, command.texts.as_deref(), &read)?,
        Task::Incidents => tasks::incidents(path, &gold, &read)?,
        Task::Attribution => said::attribution(path, &gold, &read)?,
        Task::Certainty => said::certainty(path, &gold, &read)?,
        Task::Negation => said::negation(path, &gold, &read)?,
        // Connections are no task of a text, and take more files.
        Task::Connections => return connections::run(command, output),
        Task::Places => return places::run(command, output),
        Task::SameName | Task::SameNameAlias | Task::SameIncident => {
            return of_identity(command, output);
        }
    };
    print(&lines, output)?;
    Ok(predictions)
}

/// Measures what is taken to be the same, and returns it in the format of the task.
fn of_identity(command: &Eval, output: Output) -> anyhow::Result<String> {
    if command.written.is_some() {
        anyhow::bail!("--written is for the tasks that read text, such as names and syntax");
    }
    let path = command.gold.as_deref().context("name the gold data (--gold)")?;
    let gold = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Ok(match command.task {
        Task::SameName => {
            let (lines, predictions) = identity::of_same_name(path, &gold)?;
            print(&lines, output)?;
            predictions
        }
        Task::SameNameAlias => {
            let (score, predictions) = identity::of_alias(path, &gold)?;
            identity::print_found(&score, output)?;
            predictions
        }
        _ => {
            let (scores, predictions) = identity::of_same_incident(path, &gold)?;
            identity::print_groups(&scores, output)?;
            predictions
        }
    })
}

fn print(lines: &[Line], output: Output) -> anyhow::Result<()> {
    if lines.iter().all(|line| line.percent == Percent::default()) {
        say("there is nothing in the gold to compare with")?;
    }
    // The mean of sources has no counts of its own.
    let counted =
        |line: &Line| line.percent != Percent { f1: line.percent.f1, ..Percent::default() };
    let rows = lines.iter().map(|line| {
        let counts = line.percent.counts;
        let figure = |share: f64| format!("{share:.2}");
        let own = |text: String| if counted(line) { text } else { String::new() };
        vec![
            line.name.clone(),
            own(figure(line.percent.precision)),
            own(figure(line.percent.recall)),
            figure(line.percent.f1),
            own(counts.predicted.to_string()),
            own(counts.gold.to_string()),
            line.spans.map(figure).unwrap_or_default(),
            line.auc.map(figure).unwrap_or_default(),
            line.bounds.map_or(String::new(), |(low, high)| format!("{low:.1} to {high:.1}")),
        ]
    });
    let json = lines.iter().map(|line| {
        let Percent { precision, recall, f1, counts } = line.percent;
        let own = |value: Json| if counted(line) { value } else { Json::Null };
        json!({
            "name": line.name,
            "precision": own(json!(precision)),
            "recall": own(json!(recall)),
            "f1": f1,
            "right": own(json!(counts.right)),
            "predicted": own(json!(counts.predicted)),
            "gold": own(json!(counts.gold)),
            "span_f1": line.spans,
            "auc": line.auc,
            "low": line.bounds.map(|bounds| bounds.0),
            "high": line.bounds.map(|bounds| bounds.1),
        })
    });
    let columns = ["", "P", "R", "F1", "predicted", "gold", "span F1", "AUC", "95 %"];
    output.records(&columns, rows, json)?;
    Ok(())
}
