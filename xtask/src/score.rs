//! `cargo xtask score`: the reader against the coder of the sample, as docs/accuracy.md states it.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::Context;
use throughline_eval::score::{Interval, Item, Line, Score, score};
use throughline_flow::{READER, read_document};
use throughline_model::{Document, DocumentId, Reading};

use crate::sample::{Sample, root};

const PAGE: &str = "docs/accuracy.md";
/// The lines of the page between which the score stands.
const MARKS: [&str; 2] = ["<!-- score -->", "<!-- end of score -->"];

/// Prints the score, or writes it into the page.
pub(crate) fn run(write: bool) -> anyhow::Result<()> {
    let table = table(&measure()?);
    if !write {
        print!("{table}");
        return Ok(());
    }
    let path = root().join(PAGE);
    let page = std::fs::read_to_string(&path).with_context(|| PAGE.to_owned())?;
    let [begin, end] = MARKS;
    let (before, rest) =
        page.split_once(begin).with_context(|| format!("{PAGE} has no {begin}"))?;
    let (_, after) = rest.split_once(end).with_context(|| format!("{PAGE} has no {end}"))?;
    std::fs::write(&path, format!("{before}{begin}\n{table}{end}{after}"))?;
    Ok(())
}

fn measure() -> anyhow::Result<Score> {
    let sample = Sample::load()?;
    let coded = sample.coded()?;
    let documents: BTreeMap<DocumentId, &Document> =
        sample.dispatches.values().map(|document| (document.id, document)).collect();
    let readings: Vec<(&Reading, Reading)> = coded
        .readings
        .iter()
        .map(|(document, reading)| (reading, read_document(documents[document])))
        .collect();
    let pairs: Vec<_> = readings.iter().map(|(coded, read)| (*coded, read)).collect();
    Ok(score(&pairs))
}

fn table(score: &Score) -> String {
    let mut text = format!(
        "Reader `{READER}`, {} values of the coder and {} of the reader.\n\n",
        score.all.tally.coded, score.all.tally.read
    );
    text.push_str("| | coder | reader | both | precision | recall | F1 | 95 % |\n");
    text.push_str("|---|--:|--:|--:|--:|--:|--:|---|\n");
    let is_subject = |item: &Item| matches!(item, Item::Subjects(_));
    for (item, one) in score.lines.iter().filter(|(item, _)| is_subject(item)) {
        line(&mut text, &format!("*{}s found*", item.name()), one);
    }
    line(&mut text, "**all values**", &score.all);
    let mut values: Vec<(&Item, &Line)> =
        score.lines.iter().filter(|(item, _)| !is_subject(item)).collect();
    // What the coder has most of comes first.
    values.sort_by_key(|(item, line)| (std::cmp::Reverse(line.tally.coded), **item));
    for (item, one) in values {
        line(&mut text, item.name(), one);
    }
    let stances = match score.all.tally.both {
        0 => String::new(),
        both => format!(
            "\nOf the {both} values that both have, {} have the same stance.\n",
            score.same_stance
        ),
    };
    text + &stances
}

fn line(text: &mut String, name: &str, line: &Line) {
    let number = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |n| format!("{n:.2}"));
    let bounds = |Interval { low, high, .. }: Interval| format!("{low:.2} to {high:.2}");
    let tally = line.tally;
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "| {name} | {} | {} | {} | {} | {} | {} | {} |",
        tally.coded,
        tally.read,
        tally.both,
        number(tally.precision()),
        number(tally.recall()),
        number(tally.f1()),
        line.f1.map_or_else(|| "–".to_owned(), bounds),
    );
}
