//! Tables for people, JSON for programs.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};
use serde_json::Value as Json;
use throughline_model::{AsOf, MentionId};
use throughline_tell::terminal;

/// How results are printed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    pub(crate) json: bool,
}

impl Output {
    /// Prints records: an array of `json`, or a table of `rows`.
    pub(crate) fn records(
        self,
        columns: &[&str],
        rows: Vec<Vec<String>>,
        json: Vec<Json>,
    ) -> io::Result<()> {
        if self.json {
            return print_json(&Json::Array(json));
        }
        if rows.is_empty() {
            return say("none");
        }
        say(&table(columns, rows))
    }
}

/// How many columns a page has, where nothing is known of it.
const WIDTH: usize = 100;

/// A table with one header; columns in which every row is empty are left out.
pub(crate) fn table(columns: &[&str], rows: Vec<Vec<String>>) -> String {
    let filled: Vec<bool> = (0..columns.len())
        .map(|at| rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.trim().is_empty())))
        .collect();
    let kept = |row: Vec<String>| -> Vec<String> {
        row.into_iter().zip(&filled).filter(|(_, filled)| **filled).map(|(cell, _)| cell).collect()
    };
    let columns = kept(columns.iter().map(|&title| title.to_owned()).collect());
    let rows = rows.into_iter().map(kept);
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    if !io::stdout().is_terminal() {
        table.set_width(u16::try_from(WIDTH).unwrap_or(u16::MAX));
    }
    table.set_header(columns.iter().map(|title| title.to_uppercase()).collect::<Vec<_>>());
    let cells: Vec<Vec<String>> =
        rows.map(|row| row.iter().map(|cell| terminal::lines(cell)).collect()).collect();
    for row in &cells {
        table.add_row(row);
    }
    // No word is broken: neither a title nor a date.
    for (at, least) in longest_words(&columns, &cells).into_iter().enumerate() {
        if let Some(column) = table.column_mut(at) {
            let least = u16::try_from(least + 2).unwrap_or(u16::MAX);
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
        }
    }
    // Ids must not be broken: they are copied.
    if let Some(ids) = table.column_mut(0) {
        ids.set_constraint(ColumnConstraint::ContentWidth);
    }
    table.trim_fmt()
}

/// A text in lines of a page's width: `first` before the first, `indent` before all others.
pub(crate) fn wrapped(text: &str, first: &str, indent: &str) -> String {
    let widest = first.chars().count().max(indent.chars().count());
    let width = page_width().saturating_sub(widest).max(20);
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    let before = std::iter::once(first).chain(std::iter::repeat(indent));
    let lines: Vec<String> =
        before.zip(&lines).map(|(before, line)| format!("{before}{line}")).collect();
    lines.join("\n")
}

/// The letters of the longest word of each column, as far as a page has room for it.
fn longest_words(columns: &[String], cells: &[Vec<String>]) -> Vec<usize> {
    const MOST: usize = 20;
    let longest = |text: &str| text.split_whitespace().map(|word| word.chars().count()).max();
    let of = |at: usize| {
        let cells = cells.iter().filter_map(|row| longest(row.get(at)?)).filter(|n| *n <= MOST);
        cells.chain([columns[at].chars().count()]).max().unwrap_or(MOST)
    };
    (0..columns.len()).map(of).collect()
}

/// How wide a line may be.
fn page_width() -> usize {
    let own = Table::new().width().map(usize::from).filter(|_| io::stdout().is_terminal());
    own.map_or(WIDTH, |own| own.clamp(40, 120))
}

/// `1 document`, `2 documents`.
pub(crate) fn counted(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// Prints a line, or several.
pub(crate) fn say(text: &str) -> io::Result<()> {
    writeln!(io::stdout(), "{text}")
}

pub(crate) fn print_json(json: &Json) -> io::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, json)?;
    writeln!(out)
}

/// Words of others in one line.
pub(crate) fn plain(text: &str) -> String {
    terminal::one_line(text)
}

/// What an as-of view says of itself.
pub(crate) fn header(as_of: AsOf) -> Option<String> {
    let mut words = Vec::new();
    if let Some(day) = as_of.published {
        words.push(format!("the public record of {day}, under today's judgments"));
    }
    if let Some(moment) = as_of.recorded {
        words.push(format!("what was recorded here by {moment}"));
    }
    (!words.is_empty()).then(|| format!("As of: {}", words.join("; ")))
}

/// A function that names mentions.
pub(crate) fn namer(names: &BTreeMap<MentionId, String>) -> impl Fn(MentionId) -> Option<String> {
    move |id| names.get(&id).cloned()
}

/// Bytes of somebody's file as text: UTF-8, else Windows-1252, as spreadsheets save it.
pub(crate) fn decoded(bytes: &[u8]) -> String {
    throughline_capture::decode(bytes)
        .unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned())
}
