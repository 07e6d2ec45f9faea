//! Names of places, found and put on the map, against the gold.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::{Context, bail};
use rayon::prelude::*;
use serde_json::json;
use throughline_eval::bench::placer;
use throughline_eval::bench::places::{self, Score, Text};
use throughline_places::{ATTRIBUTION, Gazetteer, Model};
use throughline_read::trained::Weights;

use super::Eval;
use crate::output::{Output, say};

pub(super) fn run(command: &Eval, output: Output) -> anyhow::Result<String> {
    if command.written.is_some() {
        bail!("--written is for the tasks that read text, such as names and syntax");
    }
    let path = command.gold.as_deref().context("name the gold data (--gold)")?;
    let gold = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let gold = places::toponyms(&gold).with_context(|| path.display().to_string())?;
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let beside = path.with_file_name(name.replacen("gold", "docs", 1));
    let at = command.texts.as_deref().unwrap_or(&beside);
    let texts = std::fs::read_to_string(at)
        .with_context(|| format!("{}: the documents (--texts)", at.display()))?;
    let texts = places::texts(&texts).with_context(|| at.display().to_string())?;
    let spans: BTreeMap<String, Vec<Range<usize>>> = match command.given {
        true => {
            let given = places::spans(&gold).into_iter();
            given.map(|(document, spans)| (document.to_owned(), spans)).collect()
        }
        false => {
            let weights = Weights::own();
            let found = texts.par_iter();
            found.map(|one| (one.document.clone(), placer::found(&one.text, &weights))).collect()
        }
    };
    Gazetteer::own();
    let texts: Vec<&Text> = texts.iter().collect();
    let sources = placer::by_source(&texts);
    let predicted: BTreeMap<_, _> = sources
        .par_iter()
        .flat_map_iter(|texts| placer::placed(texts, &spans, &Model::own()))
        .collect();
    print(&places::score(&gold, &predicted), output)?;
    let lines =
        predicted.iter().map(|(span, toponym)| format!("{}\n", places::line(span, toponym)));
    Ok(lines.collect())
}

/// Prints the figures under the names that the task has for them.
fn print(score: &Score, output: Output) -> anyhow::Result<()> {
    let (found, all) = (score.detected, score.end_to_end);
    let none = None;
    let hundredth = |(low, high): (f64, f64)| Some((low / 100.0, high / 100.0));
    let figures = [
        ("detect_p", Some(found.precision / 100.0), none),
        ("detect_r", Some(found.recall / 100.0), none),
        ("detect_f1", Some(found.f1 / 100.0), none),
        ("acc161_all", Some(score.right), Some(score.right_bounds)),
        ("acc161_where_placed", Some(score.right_where_placed), none),
        ("end_to_end_p", Some(all.precision / 100.0), none),
        ("end_to_end_r", Some(all.recall / 100.0), none),
        ("end_to_end_f1", Some(all.f1 / 100.0), hundredth(score.end_to_end_bounds)),
        ("median_km", score.median_km, none),
        ("same_geonameid", score.same_geoname, none),
    ];
    let counts = [
        ("toponyms", score.toponyms),
        ("with_coordinates", score.with_coordinates),
        ("predicted", score.predicted),
        ("ignored_gold_spans", score.ignored),
        ("placed", score.placed),
    ];
    let bounds = |bounds: Option<(f64, f64)>| {
        bounds.map_or(String::new(), |(low, high)| format!("{low:.3} to {high:.3}"))
    };
    let counted = counts
        .iter()
        .map(|(name, count)| vec![(*name).to_owned(), count.to_string(), String::new()]);
    let measured = figures.iter().map(|(name, figure, between)| {
        let figure = figure.map_or(String::new(), |figure| format!("{figure:.4}"));
        vec![(*name).to_owned(), figure, bounds(*between)]
    });
    let json_counts = counts.iter().map(|(name, count)| json!({"name": name, "value": count}));
    let json_figures = figures.iter().map(|(name, figure, between)| {
        json!({
            "name": name,
            "value": figure,
            "low": between.map(|bounds| bounds.0),
            "high": between.map(|bounds| bounds.1),
        })
    });
    let rows = counted.chain(measured);
    output.records(&["", "value", "95 %"], rows, json_counts.chain(json_figures))?;
    if !output.json {
        say(ATTRIBUTION)?;
    }
    Ok(())
}
