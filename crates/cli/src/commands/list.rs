//! `throughline incidents`, `people`, `groups`, `claims`, `sets`, `documents` and the like.

use std::path::Path;
use std::process::ExitCode;

use throughline_casebook::{Casebook, Listed};
use throughline_model::{AsOf, SubjectKind};
use throughline_tell::{document, listing, parts};

use crate::args::List;
use crate::commands::open_seen;
use crate::output::{Output, counted, header, plain, say};

pub(crate) fn incidents(path: &Path, list: &List, output: Output) -> anyhow::Result<ExitCode> {
    records(path, SubjectKind::Incident, list, output)
}

pub(crate) fn people(path: &Path, list: &List, output: Output) -> anyhow::Result<ExitCode> {
    records(path, SubjectKind::Person, list, output)
}

pub(crate) fn groups(path: &Path, list: &List, output: Output) -> anyhow::Result<ExitCode> {
    records(path, SubjectKind::Group, list, output)
}

pub(crate) fn claims(path: &Path, list: &List, output: Output) -> anyhow::Result<ExitCode> {
    records(path, SubjectKind::Claim, list, output)
}

pub(crate) fn sets(path: &Path, list: &List, output: Output) -> anyhow::Result<ExitCode> {
    records(path, SubjectKind::Set, list, output)
}

pub(crate) fn outlets(path: &Path, list: &List, output: Output) -> anyhow::Result<ExitCode> {
    records(path, SubjectKind::Outlet, list, output)
}

pub(crate) fn channels(path: &Path, list: &List, output: Output) -> anyhow::Result<ExitCode> {
    records(path, SubjectKind::Channel, list, output)
}

pub(crate) fn places(path: &Path, list: &List, output: Output) -> anyhow::Result<ExitCode> {
    records(path, SubjectKind::Place, list, output)
}

fn records(
    path: &Path,
    kind: SubjectKind,
    list: &List,
    output: Output,
) -> anyhow::Result<ExitCode> {
    let columns = listing::columns(kind);
    let casebook = open_seen(path, &list.seen)?;
    let as_of = list.dates.as_of();
    let (rows, more) = first(casebook.listed(kind, as_of, one_more(list.limit))?, list.limit);
    if !output.json {
        head(&casebook, as_of)?;
    }
    let json = rows.iter().map(listing::json);
    let titles: Vec<&str> = ["id", "name"]
        .into_iter()
        .chain(columns.iter().map(|(title, _)| *title))
        .chain(["published"])
        .collect();
    let placed = parts::arranged(&rows, |mention| {
        Ok(casebook.shown(mention, as_of, 1)?.map(|shown| shown.record.id))
    })?;
    let cells = placed.iter().map(|one| cells(one.row, one.name(), columns));
    output.records(&titles, cells, json)?;
    if !output.json {
        let beneath = placed.iter().filter(|one| one.is_part()).count();
        if beneath > 0 {
            say(&format!("\n└ part of the incident above: {beneath} of these {}", rows.len()))?;
        }
        if rows.is_empty() && kind == SubjectKind::Channel {
            say("channels whose messages were read are sources: `throughline documents` has them")?;
        }
        let unreviewed = |row: &Listed| row.holdings.iter().any(|held| !held.basis.is_reviewed());
        if rows.iter().any(unreviewed) {
            say("\n? not reviewed; `throughline show ID` gives the evidence")?;
        }
    }
    foot(more, list.limit, output)?;
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

/// What a list asks for to know whether there is more than it shows.
pub(crate) fn one_more(limit: usize) -> usize {
    limit.saturating_add(1)
}

/// The first of some rows, and whether there are more.
pub(crate) fn first<T>(mut rows: Vec<T>, limit: usize) -> (Vec<T>, bool) {
    let more = rows.len() > limit;
    rows.truncate(limit);
    (rows, more)
}

/// Says that a list does not show all there is; beside JSON, on standard error.
pub(crate) fn foot(more: bool, limit: usize, output: Output) -> anyhow::Result<()> {
    match (more, output.json) {
        (false, _) => {}
        (true, false) => say(&format!("the first {limit}; --limit shows more"))?,
        (true, true) => eprintln!("the first {limit}; --limit gives more"),
    }
    Ok(())
}

fn cells(row: &Listed, name: String, columns: &[listing::Column]) -> Vec<String> {
    let mut cells = vec![row.id.to_string(), name];
    cells.extend(columns.iter().map(|(_, variables)| listing::values(row, variables)));
    cells.push(row.first_published.as_ref().map_or_else(|| "?".into(), ToString::to_string));
    cells
}

pub(crate) fn documents(path: &Path, list: &List, output: Output) -> anyhow::Result<ExitCode> {
    let casebook = open_seen(path, &list.seen)?;
    let as_of = list.dates.as_of();
    let (rows, more) = first(casebook.documents(as_of, one_more(list.limit))?.0, list.limit);
    if !output.json {
        head(&casebook, as_of)?;
    }
    let text = |text: &Option<String>| text.as_deref().map(plain).unwrap_or_default();
    let json = rows.iter().map(document::row_json);
    let cells = rows.iter().map(|row| {
        let called = document::called(row).to_owned();
        let dated = document::dated(row);
        vec![row.id.to_string(), dated, text(&row.source), called, text(&row.file)]
    });
    output.records(&["id", "published", "source", "title", "file"], cells, json)?;
    foot(more, list.limit, output)?;
    Ok(ExitCode::SUCCESS)
}
