//! Reads an article twice: as it is, and with names, places, dates and figures replaced.
//!
//! `cargo run -p throughline-read --example twins -- FILE [PUBLISHED [TABLE]]`
//!
//! FILE is an article as the tests lay it out; PUBLISHED its day, if the text has none.
//! Without TABLE the reading is printed. TABLE has one replacement a line, `old` TAB `new`,
//! and may give the twin's own day as `published` TAB day; the two readings must then be the
//! same but for these replacements, and what differs is printed.

#![expect(dead_code, reason = "the modules are shared with the tests, which use more of them")]

#[path = "../tests/it/document.rs"]
mod document;
#[path = "../tests/it/twin.rs"]
mod twin;
#[path = "../tests/it/view.rs"]
mod view;

use std::process::ExitCode;

fn main() -> ExitCode {
    match run(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(lines) => {
            println!("{}", lines.join("\n"));
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[String]) -> Result<Vec<String>, String> {
    let [file, more @ ..] = args else {
        return Err("usage: twins FILE [PUBLISHED [TABLE]]".into());
    };
    let text = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    let published = match more.first() {
        Some(day) => Some(day.parse().map_err(|error| format!("{day}: {error}"))?),
        None => None,
    };
    let read = document::document(&text, published);
    let lines = view::lines(&throughline_read::read(&read));
    let Some(table) = more.get(1) else { return Ok(lines) };
    let rows = std::fs::read_to_string(table).map_err(|error| format!("{table}: {error}"))?;
    let rows = rows.lines().filter_map(|line| line.split_once('\t'));
    let (day, rows): (Vec<_>, Vec<_>) = rows.partition(|(old, _)| *old == "published");
    let day = day.first().and_then(|(_, day)| day.trim().parse().ok());
    let rows = rows.iter().map(|(old, new)| ((*old).to_owned(), (*new).to_owned()));
    let table = twin::Table::new(rows.collect());
    let other = document::document(&table.rename(&text), day);
    let found = view::lines(&throughline_read::read(&other));
    let differences = twin::differences(&table, &lines, &found);
    if differences.is_empty() {
        return Ok(vec![format!("{} lines, the same but for the names", lines.len())]);
    }
    Err(differences.join("\n"))
}
