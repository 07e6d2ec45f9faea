//! The public tasks of who says what, how firmly, and what is denied.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use throughline_eval::bench::attribution::{ROLES, units};
use throughline_eval::bench::{attribution, certainty, negation, reader};
use throughline_read::trained::Weights;
use throughline_read::trained::attribution::Readiness;

use super::Line;
use super::tasks::{Rewrite, Scored, alone};

/// Sources, cues and contents: of articles, or of units where the gold has these.
pub(super) fn attribution(path: &Path, gold: &str, rewrite: Rewrite<'_>) -> Scored {
    let first = gold.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let first: serde_json::Value = serde_json::from_str(first).unwrap_or_default();
    if first["unit"].is_string() {
        return of_units(path, gold, rewrite);
    }
    let gold = attribution::records(gold).with_context(|| path.display().to_string())?;
    let (weights, readiness) = (Weights::own(), Readiness::default());
    let mut predicted = BTreeMap::new();
    let mut lines = String::new();
    for record in &gold {
        let found = reader::attributions(&rewrite(&record.text), &weights, &readiness);
        lines.push_str(&attribution::line(&record.document, &found).to_string());
        lines.push('\n');
        predicted.insert(record.document.clone(), found);
    }
    let score = attribution::score(&gold, &predicted);
    let mut table = Vec::new();
    for (role, name) in ROLES.iter().enumerate() {
        table.push(Line {
            name: format!("{name}_exact"),
            percent: score.exact[role],
            bounds: Some(score.exact_bounds[role]),
            ..Line::default()
        });
        let name = format!("{name}_token");
        table.push(Line { name, percent: score.words[role], ..Line::default() });
    }
    for (name, percent) in
        [("attribution_exact", score.whole), ("attribution_overlap", score.overlap)]
    {
        table.push(Line { name: name.to_owned(), percent, ..Line::default() });
    }
    table.push(Line {
        name: "source right where the content was found".to_owned(),
        percent: alone(score.right.percent()),
        bounds: Some(score.right_bounds),
        ..Line::default()
    });
    Ok((table, lines))
}

fn of_units(path: &Path, gold: &str, rewrite: Rewrite<'_>) -> Scored {
    let gold = units::records(gold).with_context(|| path.display().to_string())?;
    let weights = Weights::own();
    let mut predicted = BTreeMap::new();
    let mut lines = String::new();
    for unit in &gold {
        let words: Vec<String> = unit.words.iter().map(|word| rewrite(word)).collect();
        let labels = reader::attributed_units(&words, &weights);
        lines.push_str(&units::line(&unit.name, &labels).to_string());
        lines.push('\n');
        predicted.insert(unit.name.clone(), labels);
    }
    let (exact, words) = units::score(&gold, &predicted);
    let mut table = Vec::new();
    for (role, name) in ROLES.iter().enumerate() {
        for (kind, percent) in [("exact", exact[role]), ("token", words[role])] {
            table.push(Line { name: format!("{name}_{kind}"), percent, ..Line::default() });
        }
    }
    Ok((table, lines))
}

/// How firmly events are presented as real.
pub(super) fn certainty(path: &Path, gold: &str, rewrite: Rewrite<'_>) -> Scored {
    let gold = certainty::records(gold).with_context(|| path.display().to_string())?;
    let weights = Weights::own();
    let mut predicted = BTreeMap::new();
    let mut lines = String::new();
    for record in &gold {
        let words: Vec<String> = record.words.iter().map(|word| rewrite(word)).collect();
        let events: Vec<usize> = record.events.iter().map(|event| event.word).collect();
        let found = reader::certainties(&words, &events, &weights);
        lines.push_str(&certainty::line(&record.sentence, &found).to_string());
        lines.push('\n');
        predicted.insert(record.sentence.clone(), found);
    }
    let score = certainty::score(&gold, &predicted);
    let [not_fact, (low, high)] = score.bounds;
    let figure = |name: &str, figure: f64| Line {
        name: name.to_owned(),
        percent: alone(100.0 * figure),
        ..Line::default()
    };
    Ok((
        vec![
            Line {
                name: "not_fact".to_owned(),
                percent: score.not_fact,
                bounds: Some(not_fact),
                ..Line::default()
            },
            Line { name: "unsure".to_owned(), percent: score.unsure, ..Line::default() },
            Line {
                bounds: Some((100.0 * low, 100.0 * high)),
                ..figure("Pearson's r, in hundredths", score.correlation)
            },
            figure("mean distance, in hundredths", score.distance),
            figure("the same if all were certain", score.distance_all_certain),
        ],
        lines,
    ))
}

/// Words that negate, and those that are negated.
pub(super) fn negation(path: &Path, gold: &str, rewrite: Rewrite<'_>) -> Scored {
    let gold = negation::records(gold).with_context(|| path.display().to_string())?;
    let weights = Weights::own();
    let mut predicted = BTreeMap::new();
    let mut lines = String::new();
    for record in &gold {
        let words: Vec<String> = record.words.iter().map(|word| rewrite(word)).collect();
        let found = reader::negations(&words, &weights);
        lines.push_str(&negation::line(&record.sentence, &found).to_string());
        lines.push('\n');
        predicted.insert(record.sentence.clone(), found);
    }
    let score = negation::score(&gold, &predicted);
    let measures = negation::MEASURES.iter().zip(score.measures).zip(score.bounds);
    let table = measures.map(|((name, percent), bounds)| Line {
        name: (*name).to_owned(),
        percent,
        bounds: Some(bounds),
        ..Line::default()
    });
    Ok((table.collect(), lines))
}
