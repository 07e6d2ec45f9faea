//! Tables for people, JSON for programs.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};

use comfy_table::{ContentArrangement, Table, presets};
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

/// A table with one header.
pub(crate) fn table(columns: &[&str], rows: Vec<Vec<String>>) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic);
    if !io::stdout().is_terminal() {
        table.set_width(120);
    }
    table.set_header(columns.to_vec());
    for row in rows {
        table.add_row(row.iter().map(|cell| terminal::lines(cell)).collect::<Vec<_>>());
    }
    table.to_string()
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
