//! What decides what is the same, on public tasks.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use rayon::prelude::*;
use serde_json::json;
use throughline_eval::bench::{alias, clusters, reports, resolver, same_name};

use super::Line;
use crate::output::Output;

/// A file that lies beside the gold: of `a.gold.jsonl` it is `a.PART.jsonl`, or `a.jsonl` of no part.
fn beside(gold: &Path, part: &str) -> anyhow::Result<(PathBuf, String)> {
    let name = gold.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let Some((before, after)) = name.split_once("gold") else {
        bail!(
            "{}: the name of the gold data must have \"gold\" in it, so that the data of the task \
             beside it is found: pairs.jsonl beside pairs.gold.jsonl",
            gold.display()
        );
    };
    let before = if part.is_empty() { before.trim_end_matches('.') } else { before };
    let path = gold.with_file_name(format!("{before}{part}{after}"));
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("{}, which belongs to the gold data", path.display()))?;
    Ok((path, text))
}

pub(super) fn of_same_name(path: &Path, gold: &str) -> anyhow::Result<(Vec<Line>, String)> {
    let gold = same_name::gold(gold).with_context(|| path.display().to_string())?;
    let (at, pairs) = beside(path, "").or_else(|error| beside(path, "pairs").map_err(|_| error))?;
    let pairs = same_name::pairs(&pairs).with_context(|| at.display().to_string())?;
    let mut predicted = HashMap::new();
    let mut lines = String::new();
    for pair in &pairs {
        let score = resolver::same_name(&pair.one, &pair.other);
        lines.push_str(&same_name::line(&pair.id, score).to_string());
        lines.push('\n');
        predicted.insert(pair.id.clone(), score);
    }
    let score = same_name::score(&gold, &predicted, resolver::NAMES_FROM);
    let line = |name: &str, percent, bounds| Line {
        name: name.to_owned(),
        percent,
        spans: None,
        auc: None,
        bounds,
    };
    let mut table: Vec<Line> =
        score.parts.iter().map(|(name, percent)| line(name, *percent, None)).collect();
    table.push(Line { auc: score.auc, ..line("overall", score.all, Some(score.bounds)) });
    Ok((table, lines))
}

pub(super) fn of_alias(path: &Path, gold: &str) -> anyhow::Result<(alias::Score, String)> {
    let gold = alias::gold(gold).with_context(|| path.display().to_string())?;
    let (at, people) = beside(path, "index")?;
    let people = alias::people(&people).with_context(|| at.display().to_string())?;
    let (at, queries) = beside(path, "queries")?;
    let queries = alias::queries(&queries).with_context(|| at.display().to_string())?;
    let index = resolver::Index::of(&people);
    let mut ranked = HashMap::new();
    let mut lines = String::new();
    for query in &queries {
        let found = index.find(&query.name);
        lines.push_str(&alias::line(&query.id, &found).to_string());
        lines.push('\n');
        ranked.insert(query.id.clone(), found.into_iter().map(str::to_owned).collect());
    }
    Ok((alias::score(&gold, &ranked), lines))
}

/// Prints how well people are found, by kind of name and all together.
pub(super) fn print_found(score: &alias::Score, output: Output) -> anyhow::Result<()> {
    let kinds = score.kinds.iter().map(|(kind, found)| (kind.as_str(), found, None));
    let all: Vec<_> = kinds.chain([("overall", &score.all, Some(score.bounds))]).collect();
    let rows = all.iter().map(|(name, found, bounds)| {
        vec![
            (*name).to_owned(),
            found.queries.to_string(),
            format!("{:.2}", found.first),
            format!("{:.2}", found.in_ten),
            format!("{:.2}", found.reciprocal_rank),
            bounds.map_or(String::new(), |(low, high)| format!("{low:.1} to {high:.1}")),
        ]
    });
    let json = all.iter().map(|(name, found, bounds)| {
        json!({
            "name": name,
            "queries": found.queries,
            "first": found.first,
            "in_ten": found.in_ten,
            "mrr": found.reciprocal_rank,
            "low": bounds.map(|bounds| bounds.0),
            "high": bounds.map(|bounds| bounds.1),
        })
    });
    output.records(&["", "queries", "first", "in ten", "MRR", "95 %"], rows, json)?;
    Ok(())
}

pub(super) fn of_same_incident(
    path: &Path,
    gold: &str,
) -> anyhow::Result<([clusters::Score; 2], String)> {
    let gold = clusters::gold(gold).with_context(|| path.display().to_string())?;
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    // docs.jsonl beside gold.jsonl, docs.dev.jsonl beside gold_docs.dev.jsonl.
    let documents = path.with_file_name(match name.strip_prefix("gold_") {
        Some(rest) => rest.to_owned(),
        None => name.replacen("gold", "docs", 1),
    });
    let text = std::fs::read_to_string(&documents)
        .with_context(|| format!("{}, which belongs to the gold data", documents.display()))?;
    let texts = reports::documents(&text).with_context(|| documents.display().to_string())?;
    let mut seen: Vec<(String, resolver::Seen)> =
        texts.par_iter().map(|(id, document)| (id.clone(), resolver::Seen::of(document))).collect();
    resolver::in_order(&mut seen);
    let groups = resolver::incidents(&seen);
    let records = resolver::recorded(&seen);
    let recorded = seen.iter().map(|(id, _)| id.clone()).zip(records.iter().map(usize::to_string));
    let recorded = clusters::score(&gold, &recorded.collect());
    let mut predicted = HashMap::new();
    let mut lines = String::new();
    for ((id, _), group) in seen.into_iter().zip(groups) {
        lines.push_str(&clusters::line(&id, &group.to_string()).to_string());
        lines.push('\n');
        predicted.insert(id, group.to_string());
    }
    Ok(([clusters::score(&gold, &predicted), recorded], lines))
}

/// Prints how alike two partitions are: of the reports by themselves, and of the records that a
/// casebook makes of them.
pub(super) fn print_groups(scores: &[clusters::Score; 2], output: Output) -> anyhow::Result<()> {
    let share = |share: f64| format!("{:.2}", 100.0 * share);
    let (mut rows, mut json) = (Vec::new(), Vec::new());
    for (score, of) in scores.iter().zip(["reports", "records"]) {
        let bounds = Some(score.bounds);
        for (measure, prf, bounds) in
            [("B-cubed", score.b_cubed, bounds), ("pairs", score.pairs, None)]
        {
            let shown = bounds.map_or(String::new(), |(low, high)| {
                format!("{:.1} to {:.1}", 100.0 * low, 100.0 * high)
            });
            let name = format!("{of}: {measure}");
            let shares = [prf.precision, prf.recall, prf.f1].map(share);
            rows.push([name.clone()].into_iter().chain(shares).chain([shown]).collect());
            json.push(json!({
                "name": name,
                "precision": 100.0 * prf.precision,
                "recall": 100.0 * prf.recall,
                "f1": 100.0 * prf.f1,
                "low": bounds.map(|bounds| 100.0 * bounds.0),
                "high": bounds.map(|bounds| 100.0 * bounds.1),
            }));
        }
        let name = format!("{of}: adjusted Rand index");
        let none = String::new;
        rows.push(vec![name.clone(), none(), none(), share(score.adjusted_rand), none()]);
        json.push(json!({
            "name": name,
            "f1": 100.0 * score.adjusted_rand,
            "items": score.items,
            "groups": score.predicted,
            "gold_groups": score.gold,
        }));
    }
    output.records(&["", "P", "R", "F1", "95 %"], rows, json)?;
    Ok(())
}
