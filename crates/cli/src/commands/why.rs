//! `throughline why`: why two mentions are one subject or two.

use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;
use clap::Args;
use serde_json::{Value as Json, json};
use throughline_casebook::RecordView;
use throughline_model::{Join, MentionId};
use throughline_resolve::Why as Compared;
use throughline_tell::typed;

use crate::args::Dates;
use crate::commands::open;
use crate::output::{Output, header, plain, print_json, say, table};

#[derive(Debug, Args)]
pub(crate) struct Why {
    /// A record or one of its mentions.
    #[arg(value_name = "ID")]
    one: String,
    /// Another of the same kind.
    #[arg(value_name = "ID")]
    other: String,
    #[command(flatten)]
    dates: Dates,
}

pub(crate) fn run(path: &Path, command: &Why, output: Output) -> anyhow::Result<ExitCode> {
    let casebook = open(path)?;
    let as_of = command.dates.as_of();
    let one = typed::mention(&casebook, &command.one)?;
    let other = typed::mention(&casebook, &command.other)?;
    let Some(why) = casebook.why(one, other, as_of)? else {
        bail!(
            "{one} and {other} cannot be compared: both must be of one kind, and in view on the \
             dates asked for"
        );
    };
    let record = casebook.record(one, as_of)?;
    let joined = record.as_ref().filter(|found| found.record.mentions.contains(&other));
    let way = joined.map(|found| way(found, one, other)).unwrap_or_default();
    let apart = casebook.standing(as_of)?.are_apart(one, other);
    if output.json {
        print_json(&json!([to_json(&why, one, other, joined.is_some(), apart, &way)]))?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(header) = header(as_of) {
        say(&header)?;
    }
    say(match (joined.is_some(), apart) {
        (true, _) => "one record, by these joins:",
        (false, true) => "two records, since somebody judged them not to be the same",
        (false, false) => "two records; nobody has judged them",
    })?;
    for join in &way {
        say(&format!("  {} = {}: {}", join.mention, join.to, plain(&join.reason)))?;
    }
    say("")?;
    let rows: Vec<Vec<String>> = why
        .compared
        .iter()
        .map(|(what, a, b)| vec![plain(what), plain(a), plain(b)])
        .chain([vec!["beside both".to_owned(), plain(&why.beside.join(", ")), String::new()]])
        .collect();
    say(&table(&["", "one", "other"], &rows))?;
    let Some(score) = why.score else {
        say("Nothing is weighed: such records are joined by rules, or by a judgment alone.")?;
        return Ok(ExitCode::SUCCESS);
    };
    let hundredths = |value: i32| {
        let sign = if value < 0 { "−" } else { "" };
        format!("{sign}{}.{:02}", value.abs() / 100, value.abs() % 100)
    };
    let mut rows: Vec<Vec<String>> = why
        .terms
        .iter()
        .map(|term| {
            vec![
                term.feature.to_owned(),
                format!("{} %", term.value),
                hundredths(term.weight),
                hundredths(term.adds),
            ]
        })
        .collect();
    rows.push(vec!["before any".to_owned(), String::new(), String::new(), hundredths(why.bias)]);
    rows.push(vec![
        "score".to_owned(),
        format!("{} %", score.percent()),
        String::new(),
        hundredths(score.0 / 100),
    ]);
    say(&table(&["feature", "value", "weight", "adds"], &rows))?;
    Ok(ExitCode::SUCCESS)
}

/// The joins that lead from one mention to another in their record: the joins are a tree.
fn way(found: &RecordView, one: MentionId, other: MentionId) -> Vec<&Join> {
    let mut open = vec![(one, Vec::new())];
    let mut seen = std::collections::BTreeSet::from([one]);
    while let Some((at, path)) = open.pop() {
        if at == other {
            return path;
        }
        for join in &found.record.joins {
            let next = match (join.mention == at, join.to == at) {
                (true, _) => join.to,
                (_, true) => join.mention,
                _ => continue,
            };
            if seen.insert(next) {
                let longer = path.iter().copied().chain([join]).collect();
                open.push((next, longer));
            }
        }
    }
    Vec::new()
}

fn to_json(
    why: &Compared,
    one: MentionId,
    other: MentionId,
    joined: bool,
    apart: bool,
    way: &[&Join],
) -> Json {
    let compared = why.compared.iter();
    let terms = why.terms.iter();
    json!({
        "one": one.to_string(),
        "other": other.to_string(),
        "joined": joined,
        "judged_apart": apart,
        "joins": way.iter().map(|join| throughline_formats::view::join(join)).collect::<Vec<_>>(),
        "compared": compared
            .map(|(what, one, other)| json!({"what": what, "one": one, "other": other}))
            .collect::<Vec<_>>(),
        "beside": why.beside,
        "terms": terms
            .map(|term| {
                json!({
                    "feature": term.feature,
                    "value": term.value,
                    "weight": f64::from(term.weight) / 100.0,
                    "adds": f64::from(term.adds) / 100.0,
                })
            })
            .collect::<Vec<_>>(),
        "bias": f64::from(why.bias) / 100.0,
        "score": why.score.map(|score| score.percent()),
    })
}
