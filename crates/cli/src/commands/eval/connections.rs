//! `throughline eval connections`: connections between plots against worlds with gold data.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, anyhow, bail};
use clap::ValueEnum;
use serde_json::json;
use throughline_eval::bench::connections as bench;
use throughline_eval::bench::connections::{Dated, Pair, World};

use super::Eval;
use crate::output::Output;

/// How many of the first pairs precision is told of.
const FIRST: usize = 50;

/// How pairs are ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Method {
    /// By how surprising it is that both have in common what they have, as leads are.
    Surprise,
    /// By how near in time both lie: what is to be beaten.
    Nearness,
    /// By weights fitted to the pairs of other places, cross-validated.
    Fitted,
}

/// A measure of the score.
struct Line {
    name: String,
    value: Option<f64>,
    /// Whether the value is a number of pairs.
    counts: bool,
    control: Option<f64>,
    bounds: Option<(f64, f64)>,
}

impl Line {
    fn new(name: &str, value: f64) -> Line {
        let name = name.to_owned();
        Line { name, value: Some(value), counts: false, control: None, bounds: None }
    }

    fn count(name: &str, value: usize) -> Line {
        Line { counts: true, ..Line::new(name, value as f64) }
    }
}

/// What a file of gold holds, by the fields of its first line.
enum Gold {
    Labels(Vec<bench::Labelled>),
    Dates(Vec<Dated>),
    Reported(Vec<bench::Claimed>),
}

/// Measures, and returns what was found as lines of predictions.
pub(super) fn run(command: &Eval, output: Output) -> anyhow::Result<String> {
    let gold = command.gold.as_deref().map(gold).transpose()?;
    let world = command.world.as_deref().map(read_world).transpose()?;
    let pairs = match &command.pairs {
        Some(path) => bench::pairs(&read(path)?).with_context(|| path.display().to_string())?,
        None => Vec::new(),
    };
    let lines = match (&command.scored, &world, &gold) {
        (Some(path), _, Some(_)) => read(path)?,
        (Some(_), _, None) => bail!("there is nothing to compare with; name the gold (--gold)"),
        (None, Some(world), gold) => predict(world, &pairs, gold.as_ref(), command.method)?,
        (None, None, _) => {
            bail!(
                "name a world and the pairs asked about (--world, --pairs), or predictions (--scored)"
            )
        }
    };
    if let Some(gold) = &gold {
        let place = places(world.as_ref(), &pairs);
        let path = command.scored.as_deref();
        let score = score(gold, &lines, &place);
        let path = || path.map_or_else(|| "what was found".to_owned(), |p| p.display().to_string());
        print(&score.with_context(path)?, output)?;
    }
    Ok(lines)
}

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| path.display().to_string())
}

fn read_world(path: &Path) -> anyhow::Result<World> {
    bench::world(&read(path)?).map_err(|error| anyhow!("{}: {error}", path.display()))
}

fn gold(path: &Path) -> anyhow::Result<Gold> {
    let text = read(path)?;
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let has = |field: &str| first.contains(&format!("\"{field}\""));
    let place = || path.display().to_string();
    Ok(match (has("y"), has("a")) {
        (true, _) => Gold::Labels(bench::labelled(&text).with_context(place)?),
        (false, true) => Gold::Reported(bench::claimed(&text).with_context(place)?),
        (false, false) => Gold::Dates(bench::dated(&text).with_context(place)?),
    })
}

/// What is found for the pairs of a world, as lines.
fn predict(
    world: &World,
    pairs: &[Pair],
    gold: Option<&Gold>,
    method: Option<Method>,
) -> anyhow::Result<String> {
    if matches!(gold, Some(Gold::Reported(_))) {
        bail!("of reported connections a world has no pairs; name predictions (--scored)");
    }
    if pairs.is_empty() {
        bail!("no pair is asked about; name them (--pairs)");
    }
    let plots = world.entities.values().any(|entity| entity.kind == "plot");
    let dates = match gold {
        Some(Gold::Dates(_)) => true,
        Some(_) => false,
        None => plots && method.is_none(),
    };
    if dates {
        let lines = bench::dates(world, pairs).into_iter().map(|one| {
            json!({"id": one.id, "date": one.date.map(|day| day.to_string())}).to_string()
        });
        return Ok(lines.map(|line| line + "\n").collect());
    }
    let scores = match (method.unwrap_or(Method::Surprise), gold) {
        (Method::Surprise, _) => bench::surprise(world, pairs),
        (Method::Nearness, _) => bench::nearness(world, pairs),
        (Method::Fitted, Some(Gold::Labels(gold))) => bench::fitted(world, pairs, gold),
        (Method::Fitted, _) => bail!("weights are fitted to gold; name it (--gold)"),
    };
    // What has no score is put last, which JSON can say of no infinite number.
    let scored = pairs.iter().zip(scores).filter(|(_, score)| score.is_finite());
    Ok(scored
        .map(|(pair, score)| json!({"id": pair.id, "score": score}).to_string() + "\n")
        .collect())
}

/// The place of each pair's incidents, so that pairs of one place are drawn together; a pair without
/// one is drawn alone.
fn places(world: Option<&World>, pairs: &[Pair]) -> BTreeMap<String, String> {
    let place = |pair: &Pair| world?.entities.get(&pair.a)?.place.clone();
    pairs.iter().filter_map(|pair| Some((pair.id.clone(), place(pair)?))).collect()
}

fn score(gold: &Gold, lines: &str, places: &BTreeMap<String, String>) -> anyhow::Result<Vec<Line>> {
    Ok(match gold {
        Gold::Labels(gold) => {
            let scores: BTreeMap<String, f64> = bench::scored(lines)?.into_iter().collect();
            let found = bench::ranked(gold, &scores, FIRST);
            let group = |id: &str| places.get(id).cloned().unwrap_or_else(|| id.to_owned());
            let bounds = Some(bench::auc_bounds(gold, &scores, &group));
            let (own, control) = (found.own, found.control);
            let line = |name: &str, value, control| Line {
                control: Some(control),
                ..Line::new(name, value)
            };
            vec![
                Line { bounds, ..line("AUC", own.auc, control.auc) },
                line("AUC among pairs of like coverage", own.auc_matched, control.auc_matched),
                line(
                    &format!("precision of the first {FIRST}"),
                    own.precision_at,
                    control.precision_at,
                ),
                line("average precision", own.ap, control.ap),
                Line::count("pairs", found.pairs),
                Line::count("connected", found.positives),
                Line::count("without score, put last", found.missing),
            ]
        }
        Gold::Dates(gold) => {
            let dates = bench::dated(lines)?;
            let found = bench::when(gold, &dates);
            let bounds = Some(bench::accuracy_bounds(gold, &dates));
            vec![
                Line { bounds, ..Line::new("right date, or rightly none", found.accuracy) },
                Line::new("right date of those connected", found.exact),
                Line::count("too early", found.early),
                Line::count("too late", found.late),
                Line::count("missed", found.missed),
                Line::count("not connected, and dated", found.wrong),
                Line { value: found.days_off, ..Line::new("days off, in the mean", 0.0) },
                Line::count("pairs", found.pairs),
                Line::count("connected", found.connected),
                Line::count("without prediction", found.missing),
            ]
        }
        Gold::Reported(gold) => {
            let found = bench::reported(gold, &bench::claimed(lines)?);
            let share = |name: &str, value| Line { value, ..Line::new(name, 0.0) };
            vec![
                Line::new("reported connections found", found.recall),
                share("dated no earlier than reported", found.not_before),
                share("dated within a week of it", found.within_a_week),
                Line::count("reported", found.gold),
                Line::count("found", found.claimed),
                Line::count("found and not reported", found.beyond),
                Line::count("with both dates", found.dated),
            ]
        }
    })
}

fn print(lines: &[Line], output: Output) -> anyhow::Result<()> {
    let figure = |value: Option<f64>, counts: bool| match value {
        Some(value) if counts => format!("{value:.0}"),
        Some(value) => format!("{value:.4}"),
        None => String::new(),
    };
    let rows = lines.iter().map(|line| {
        let bounds = line.bounds.map(|(low, high)| format!("{low:.3} to {high:.3}"));
        let value = figure(line.value, line.counts);
        let control = figure(line.control, line.counts);
        vec![line.name.clone(), value, control, bounds.unwrap_or_default()]
    });
    let json = lines.iter().map(|line| {
        json!({
            "name": line.name,
            "value": line.value,
            "control": line.control,
            "low": line.bounds.map(|bounds| bounds.0),
            "high": line.bounds.map(|bounds| bounds.1),
        })
    });
    output.records(&["", "value", "control", "95 %"], rows, json)?;
    Ok(())
}
