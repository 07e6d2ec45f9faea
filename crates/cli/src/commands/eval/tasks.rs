//! The public tasks: gold in, score and predictions out.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use throughline_eval::bench::{
    Percent, casualties, dates, incidents, keyed, names, reader, syntax,
};
use throughline_read::trained::Weights;

use super::Line;

/// The lines of a score, and what was read, a line a document.
pub(super) type Scored = anyhow::Result<(Vec<Line>, String)>;

/// How a text is written before it is read.
pub(super) type Rewrite<'r> = &'r dyn Fn(&str) -> String;

/// People, organisations, places and other things.
pub(super) fn names(path: &Path, gold: &str, rewrite: Rewrite<'_>) -> Scored {
    let gold = names::records(gold).with_context(|| path.display().to_string())?;
    let weights = Weights::own();
    let mut predicted = BTreeMap::new();
    let mut lines = String::new();
    for record in &gold {
        let found = reader::names(&rewrite(&record.text), &weights);
        lines.push_str(&names::line(&record.document, &found).to_string());
        lines.push('\n');
        predicted.insert(record.document.clone(), found);
    }
    let score = names::score(&gold, &predicted);
    let line = |name: &str, line: &names::Line| Line {
        name: name.to_owned(),
        percent: line.typed,
        spans: line.spans.map(|spans| spans.f1),
        auc: None,
        bounds: None,
    };
    let mut table: Vec<Line> = score.sources.iter().map(|(name, one)| line(name, one)).collect();
    let types = names::TYPES.iter().zip(&score.types);
    table.extend(types.map(|(name, one)| line(&format!("type {name}"), one)));
    table.push(line("overall", &score.overall));
    table.push(Line {
        name: "mean of the sources".to_owned(),
        percent: alone(score.mean),
        spans: None,
        auc: None,
        bounds: Some(score.mean_bounds),
    });
    Ok((table, lines))
}

/// A figure that has no precision and recall of its own.
pub(super) fn alone(figure: f64) -> Percent {
    Percent { f1: figure, ..Percent::default() }
}

/// Parts of speech and trees.
pub(super) fn syntax(path: &Path, gold: &str, rewrite: Rewrite<'_>) -> Scored {
    let gold = syntax::sentences(gold).with_context(|| path.display().to_string())?;
    let weights = Weights::own();
    let tagged: String = gold
        .iter()
        .map(|sentence| {
            let words: Vec<String> =
                sentence.words.iter().map(|word| rewrite(&word.form)).collect();
            syntax::annotated(sentence, &reader::syntax(&words, &weights))
        })
        .collect();
    let predicted = syntax::sentences(&tagged).context("what was read is no CoNLL-U")?;
    let score = syntax::score(&gold, &predicted);
    let read = syntax::MEASURES.iter().zip(score.measures).zip(score.bounds);
    let lines = read.map(|((name, percent), bounds)| Line {
        name: (*name).to_owned(),
        percent,
        spans: None,
        auc: None,
        bounds: Some(bounds),
    });
    Ok((lines.collect(), tagged))
}

/// Expressions of time.
pub(super) fn dates(path: &Path, gold: &str, rewrite: Rewrite<'_>) -> Scored {
    let gold = dates::records(gold).with_context(|| path.display().to_string())?;
    let mut predicted = BTreeMap::new();
    let mut lines = String::new();
    for record in &gold {
        let document = reader::document(&rewrite(&record.text), &record.published);
        let found = reader::timexes(&document);
        lines.push_str(&dates::line(&record.document, &found).to_string());
        lines.push('\n');
        predicted.insert(record.document.clone(), found);
    }
    let score = dates::score(&gold, &predicted);
    let measures = dates::MEASURES.iter().zip(score.measures);
    let mut table: Vec<Line> = measures
        .map(|(name, percent)| Line {
            name: (*name).to_owned(),
            percent,
            bounds: (*name == "value").then_some(score.value_bounds),
            ..Line::default()
        })
        .collect();
    let name = "relaxed, not one to one".to_owned();
    table.push(Line { name, percent: score.touching, ..Line::default() });
    Ok((table, lines))
}

/// Killed, injured and names.
pub(super) fn casualties(
    path: &Path,
    gold: &str,
    texts: Option<&Path>,
    rewrite: Rewrite<'_>,
) -> Scored {
    let gold = casualties::records(gold).with_context(|| path.display().to_string())?;
    let beside = path.with_file_name("docs.jsonl");
    let texts = texts.unwrap_or(&beside);
    let documents = std::fs::read_to_string(texts).with_context(|| texts.display().to_string())?;
    let documents = casualties::reports(&documents).with_context(|| texts.display().to_string())?;
    let mut predicted = BTreeMap::new();
    let mut lines = String::new();
    for record in &gold {
        let report = documents.get(&record.document).with_context(|| {
            format!("{}: document {} is not there", texts.display(), record.document)
        })?;
        let report = casualties::Report {
            title: rewrite(&report.title),
            text: rewrite(&report.text),
            published: report.published.clone(),
        };
        let said = reader::casualties(&report);
        lines.push_str(&casualties::line(&record.document, &said).to_string());
        lines.push('\n');
        predicted.insert(record.document.clone(), said);
    }
    let score = casualties::score(&gold, &predicted);
    let mut table = Vec::new();
    for (what, block, both, names) in [
        ("documents", score.documents, Some(score.both_bounds), Some(score.name_bounds)),
        ("incidents", score.incidents, None, None),
    ] {
        // Shares are in percent here as all other figures are.
        let hundred = |(low, high): (f64, f64)| (100.0 * low, 100.0 * high);
        let mut line = |name: &str, share: f64, bounds: Option<(f64, f64)>| {
            table.push(Line {
                name: format!("{what}: {name}"),
                percent: alone(100.0 * share),
                bounds: bounds.map(hundred),
                ..Line::default()
            });
        };
        line("killed exact", block.killed, None);
        line("injured exact", block.injured, None);
        line("both exact", block.both, both);
        line("number given", block.given, None);
        line("names, precision", block.name_precision, None);
        line("names, recall of all", block.name_recall, None);
        line("names, recall in the text", block.name_recall_in_text, None);
        line("names, F1", block.name_f1, names);
    }
    Ok((table, lines))
}

/// Incidents.
pub(super) fn incidents(path: &Path, gold: &str, rewrite: Rewrite<'_>) -> Scored {
    let gold = incidents::records(gold).with_context(|| path.display().to_string())?;
    let weights = Weights::own();
    let mut predicted = BTreeMap::new();
    let mut lines = String::new();
    for record in &gold {
        let read = keyed::incidents(&record.document, &rewrite(&record.text), &weights);
        lines.push_str(&incidents::line(&read).to_string());
        lines.push('\n');
        predicted.insert(record.document.clone(), read);
    }
    let score = incidents::score(&gold, &predicted);
    let [gtt, ree, full] = score.bounds;
    let mut table = Vec::new();
    let mut line = |name: String, percent: Percent, bounds: Option<(f64, f64)>| {
        table.push(Line { name, percent, bounds, ..Line::default() });
    };
    line("gtt incident_type".to_owned(), score.gtt[0], None);
    for (role, percent) in incidents::ROLES.iter().zip(&score.gtt[1..]) {
        line(format!("gtt {role}"), *percent, None);
    }
    line("gtt".to_owned(), score.gtt_all, Some(gtt));
    for (role, percent) in incidents::ROLES.iter().zip(score.ree) {
        line(format!("ree {role}"), percent, None);
    }
    line("ree".to_owned(), score.ree_all, Some(ree));
    for (slot, percent) in incidents::SLOTS.iter().zip(&score.full) {
        line(format!("full {slot}"), *percent, None);
    }
    line("full".to_owned(), score.full_all, Some(full));
    line("templates".to_owned(), score.templates, None);
    line("document has an incident".to_owned(), score.relevance, None);
    line("confidence of organisations found".to_owned(), alone(score.confidence), None);
    Ok((table, lines))
}
