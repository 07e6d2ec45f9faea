//! `throughline incidents`, `people`, `groups`, `claims`, `sets`, `documents` and the like.

mod parts;

use std::path::Path;
use std::process::ExitCode;

use serde_json::{Value as Json, json};
use throughline_casebook::{Casebook, Listed};
use throughline_formats::view;
use throughline_model::{AsOf, SubjectKind, Variable};
use throughline_tell::words;

use crate::args::List;
use crate::commands::open;
use crate::output::{Output, counted, header, namer, say};

/// A column: its title and the variables whose values it shows.
type Column = (&'static str, &'static [Variable]);

pub(crate) fn incidents(path: &Path, list: &List, output: Output) -> anyhow::Result<ExitCode> {
    use Variable as V;
    const COLUMNS: &[Column] = &[
        ("date", &[V::Date]),
        ("place", &[V::Place]),
        ("type", &[V::Type]),
        ("killed", &[V::Killed]),
        ("by", &[V::Perpetrator]),
    ];
    records(path, SubjectKind::Incident, COLUMNS, list, output)
}

pub(crate) fn people(path: &Path, list: &List, output: Output) -> anyhow::Result<ExitCode> {
    use Variable as V;
    const COLUMNS: &[Column] = &[
        ("described as", &[V::Description]),
        ("role", &[V::Role]),
        ("status", &[V::Procedure, V::Fate, V::Cleared]),
    ];
    records(path, SubjectKind::Person, COLUMNS, list, output)
}

pub(crate) fn groups(path: &Path, list: &List, output: Output) -> anyhow::Result<ExitCode> {
    const COLUMNS: &[Column] = &[("says of its ways", &[Variable::Practice, Variable::CallsFor])];
    records(path, SubjectKind::Group, COLUMNS, list, output)
}

pub(crate) fn claims(path: &Path, list: &List, output: Output) -> anyhow::Result<ExitCode> {
    use Variable as V;
    const COLUMNS: &[Column] = &[
        ("issued", &[V::Issued]),
        ("claimant", &[V::Claimant]),
        ("act", &[V::ClaimAct]),
        ("about", &[V::About]),
        ("through", &[V::Through]),
    ];
    records(path, SubjectKind::Claim, COLUMNS, list, output)
}

pub(crate) fn sets(path: &Path, list: &List, output: Output) -> anyhow::Result<ExitCode> {
    use Variable as V;
    const COLUMNS: &[Column] = &[
        ("date", &[V::Date]),
        ("size", &[V::Size]),
        ("share", &[V::Share]),
        ("member", &[V::Member]),
    ];
    records(path, SubjectKind::Set, COLUMNS, list, output)
}

pub(crate) fn outlets(path: &Path, list: &List, output: Output) -> anyhow::Result<ExitCode> {
    const COLUMNS: &[Column] = &[("of", &[Variable::OutletOf])];
    records(path, SubjectKind::Outlet, COLUMNS, list, output)
}

pub(crate) fn channels(path: &Path, list: &List, output: Output) -> anyhow::Result<ExitCode> {
    const COLUMNS: &[Column] = &[("of", &[Variable::OutletOf]), ("shared", &[Variable::Shared])];
    records(path, SubjectKind::Channel, COLUMNS, list, output)
}

pub(crate) fn places(path: &Path, list: &List, output: Output) -> anyhow::Result<ExitCode> {
    records(path, SubjectKind::Place, &[], list, output)
}

fn records(
    path: &Path,
    kind: SubjectKind,
    columns: &[Column],
    list: &List,
    output: Output,
) -> anyhow::Result<ExitCode> {
    let casebook = open(path)?;
    let as_of = list.dates.as_of();
    let rows = casebook.listed(kind, as_of, list.limit)?;
    if !output.json {
        head(&casebook, as_of)?;
    }
    let json = rows.iter().map(json_of).collect();
    let titles: Vec<&str> = ["id", "name"]
        .into_iter()
        .chain(columns.iter().map(|(title, _)| *title))
        .chain(["published"])
        .collect();
    let placed = parts::arranged(&rows, |mention| {
        Ok(casebook.shown(mention, as_of, 1)?.map(|shown| shown.record.id))
    })?;
    let cells = placed.iter().map(|one| cells(one.row, one.name(), columns)).collect();
    output.records(&titles, cells, json)?;
    if !output.json {
        let beneath = placed.iter().filter(|one| one.is_part()).count();
        if beneath > 0 {
            say(&format!("\n└ part of the incident above: {beneath} of these {}", rows.len()))?;
        }
        let unreviewed = |row: &Listed| row.holdings.iter().any(|held| !held.basis.is_reviewed());
        foot(rows.len(), list.limit, rows.iter().any(unreviewed))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What a view as of two dates says of itself, and how many documents are in none.
pub(crate) fn head(casebook: &Casebook, as_of: AsOf) -> anyhow::Result<()> {
    if let Some(header) = header(as_of) {
        say(&header)?;
        let undated = casebook.documents(as_of, 0)?.1;
        if undated > 0 {
            let left = counted(usize::try_from(undated).unwrap_or(usize::MAX), "undated document");
            say(&format!("{left} left out: without a date, in no view as of a day"))?;
        }
        say("")?;
    }
    Ok(())
}

/// What a list does not show.
pub(crate) fn foot(shown: usize, limit: usize, unreviewed: bool) -> anyhow::Result<()> {
    if unreviewed {
        say("\n? not reviewed; `throughline show ID` gives the evidence")?;
    }
    if shown == limit {
        say(&format!("the first {limit}; --limit shows more"))?;
    }
    Ok(())
}

/// A row with its values; the record itself (`show`) has the assertions behind them.
fn json_of(row: &Listed) -> Json {
    let names = namer(&row.names);
    let values = row.holdings.iter().map(|held| {
        let mut value = view::holding(held, &names);
        if let Some(object) = value.as_object_mut() {
            object.remove("support");
            object.remove("against");
        }
        value
    });
    json!({
        "id": row.id.to_string(),
        "kind": row.id.kind().name(),
        "name": row.name,
        "first_published": row.first_published.as_ref().map(ToString::to_string),
        "mentions": row.mentions,
        "values": values.collect::<Vec<_>>(),
    })
}

fn cells(row: &Listed, name: String, columns: &[Column]) -> Vec<String> {
    let mut cells = vec![row.id.to_string(), name];
    cells.extend(columns.iter().map(|(_, variables)| values(row, variables)));
    cells.push(row.first_published.as_ref().map_or_else(|| "?".into(), ToString::to_string));
    cells
}

/// The values of some variables; proposals that nobody has reviewed end in "?".
fn values(row: &Listed, variables: &[Variable]) -> String {
    const MOST: usize = 3;
    let names = namer(&row.names);
    let mut found: Vec<String> = row
        .holdings
        .iter()
        .filter(|holding| variables.contains(&holding.variable))
        .map(|holding| {
            let value = words::held(holding, &names);
            let doubt = if holding.basis.is_reviewed() { "" } else { "?" };
            let contested = if holding.contested { " (contested)" } else { "" };
            format!("{value}{doubt}{contested}")
        })
        .collect();
    found.dedup();
    if found.len() > MOST {
        let more = found.len() - MOST;
        found.truncate(MOST);
        found.push(format!("and {more} more"));
    }
    found.join("\n")
}

pub(crate) fn documents(path: &Path, list: &List, output: Output) -> anyhow::Result<ExitCode> {
    let casebook = open(path)?;
    let as_of = list.dates.as_of();
    let (rows, _) = casebook.documents(as_of, list.limit)?;
    if !output.json {
        head(&casebook, as_of)?;
    }
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let json = rows
        .iter()
        .map(|row| {
            json!({
                "id": row.id.to_string(),
                "published": row.published.as_ref().map(ToString::to_string),
                "source": row.source,
                "title": row.title,
                "recorded": row.recorded.to_string(),
                "reader": row.reader,
            })
        })
        .collect();
    let cells = rows
        .iter()
        .map(|row| {
            let published = row.published.as_ref().map_or_else(|| "?".into(), ToString::to_string);
            vec![row.id.to_string(), published, text(&row.source), text(&row.title)]
        })
        .collect();
    output.records(&["id", "published", "source", "title"], cells, json)?;
    if !output.json {
        foot(rows.len(), list.limit, false)?;
    }
    Ok(ExitCode::SUCCESS)
}
