//! `throughline eval`: the program against public gold data.

mod connections;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, ValueEnum};
use serde_json::{Value as Json, json};
use throughline_eval::bench::{Percent, Written, names, reader, rewritten, syntax};
use throughline_read::trained::Weights;

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
    /// Parts of speech.
    Syntax,
    /// Connections between plots, and since when they could be seen.
    Connections,
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
struct Line {
    name: String,
    percent: Percent,
    spans: Option<f64>,
    bounds: Option<(f64, f64)>,
}

pub(crate) fn run(command: &Eval, output: Output) -> anyhow::Result<ExitCode> {
    let predictions = match command.task {
        Task::Connections => connections::run(command, output)?,
        Task::Names | Task::Syntax => of_text(command, output)?,
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
    let (lines, predictions) = match command.task {
        Task::Names => of_names(path, &gold, written)?,
        _ => of_syntax(path, &gold, written)?,
    };
    print(&lines, output)?;
    Ok(predictions)
}

fn of_names(
    path: &Path,
    gold: &str,
    written: Option<Written>,
) -> anyhow::Result<(Vec<Line>, String)> {
    let gold = names::records(gold).with_context(|| path.display().to_string())?;
    let weights = Weights::own();
    let mut predicted = BTreeMap::new();
    let mut lines = String::new();
    for record in &gold {
        let found = match written {
            Some(written) => reader::names(&rewritten(&record.text, written), &weights),
            None => reader::names(&record.text, &weights),
        };
        lines.push_str(&names::line(&record.document, &found).to_string());
        lines.push('\n');
        predicted.insert(record.document.clone(), found);
    }
    let score = names::score(&gold, &predicted);
    let line = |name: &str, line: &names::Line| Line {
        name: name.to_owned(),
        percent: line.typed,
        spans: line.spans.map(|spans| spans.f1),
        bounds: None,
    };
    let mut table: Vec<Line> = score.sources.iter().map(|(name, one)| line(name, one)).collect();
    let types = names::TYPES.iter().zip(&score.types);
    table.extend(types.map(|(name, one)| line(&format!("type {name}"), one)));
    table.push(line("overall", &score.overall));
    table.push(Line {
        name: "mean of the sources".to_owned(),
        percent: Percent { f1: score.mean, ..Percent::default() },
        spans: None,
        bounds: Some(score.mean_bounds),
    });
    Ok((table, lines))
}

fn of_syntax(
    path: &Path,
    gold: &str,
    written: Option<Written>,
) -> anyhow::Result<(Vec<Line>, String)> {
    let gold = syntax::sentences(gold).with_context(|| path.display().to_string())?;
    let weights = Weights::own();
    let tagged: String = gold
        .iter()
        .map(|sentence| {
            let words: Vec<String> = sentence
                .words
                .iter()
                .map(|word| match written {
                    Some(written) => rewritten(&word.form, written),
                    None => word.form.clone(),
                })
                .collect();
            syntax::tagged(sentence, &reader::tags(&words, &weights))
        })
        .collect();
    let predicted = syntax::sentences(&tagged).context("what was read is no CoNLL-U")?;
    let score = syntax::score(&gold, &predicted);
    // Heads are not read, so that those of the gold are still there: nothing to boast of.
    let read = syntax::MEASURES.iter().zip(score.measures).take(2);
    let lines = read.map(|(name, percent)| Line {
        name: (*name).to_owned(),
        percent,
        spans: None,
        bounds: (*name == "upos").then_some(score.tags_bounds),
    });
    Ok((lines.collect(), tagged))
}

fn print(lines: &[Line], output: Output) -> anyhow::Result<()> {
    if lines.iter().all(|line| line.percent.counts.gold == 0) {
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
            "low": line.bounds.map(|bounds| bounds.0),
            "high": line.bounds.map(|bounds| bounds.1),
        })
    });
    let columns = ["", "P", "R", "F1", "predicted", "gold", "span F1", "95 %"];
    output.records(&columns, rows, json)?;
    Ok(())
}
