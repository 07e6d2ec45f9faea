//! Tables for people, JSON for programs.

use std::io::{self, BufWriter, Stdout, Write};
use std::sync::{LazyLock, Mutex, MutexGuard, OnceLock, PoisonError};

use console::Term;
use serde_json::Value as Json;
pub(crate) use throughline_tell::dates::header;
use throughline_tell::terminal;
pub(crate) use throughline_tell::words::namer;

use crate::table::folded;

/// How results are printed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    pub(crate) json: bool,
}

impl Output {
    /// Prints records: an array of `json`, or a table of `rows`; the other is not made.
    pub(crate) fn records(
        self,
        columns: &[&str],
        rows: impl IntoIterator<Item = Vec<String>>,
        json: impl IntoIterator<Item = Json>,
    ) -> io::Result<()> {
        if self.json {
            return print_json(&json.into_iter().collect());
        }
        let rows: Vec<Vec<String>> = rows.into_iter().collect();
        if rows.is_empty() {
            return say("none");
        }
        say(&table(columns, &rows))
    }
}

/// How many letters a line has, where the output is no terminal.
const WIDTH: usize = 100;

/// The fewest letters with which a table still reads as one.
const NARROWEST: usize = 60;

/// A table as wide as the page ([`crate::table`]).
pub(crate) fn table(columns: &[&str], rows: &[Vec<String>]) -> String {
    crate::table::table(columns, rows, terminal_width().map_or(WIDTH, |own| own.max(NARROWEST)))
}

/// A text in lines of a page's width: `first` before the first, `indent` before all others.
pub(crate) fn wrapped(text: &str, first: &str, indent: &str) -> String {
    let widest = first.chars().count().max(indent.chars().count());
    let width = page_width().saturating_sub(widest).max(20);
    let lines = match folded(text, width) {
        lines if lines.is_empty() => vec![String::new()],
        lines => lines,
    };
    let before = std::iter::once(first).chain(std::iter::repeat(indent));
    let lines: Vec<String> =
        before.zip(&lines).map(|(before, line)| format!("{before}{line}")).collect();
    lines.join("\n")
}

/// How many letters a line of text may have.
fn page_width() -> usize {
    const READABLE: usize = 120;
    terminal_width().map_or(WIDTH, |own| own.clamp(40, READABLE))
}

/// How many letters a line of the terminal has, if the output is one; asked of the system once.
fn terminal_width() -> Option<usize> {
    static OWN: OnceLock<Option<usize>> = OnceLock::new();
    let asked = || Term::stdout().size_checked().map(|(_, columns)| usize::from(columns));
    *OWN.get_or_init(asked)
}

/// `1 document`, `2 documents`.
pub(crate) fn counted(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// What was said and has not gone out: a write of the system for each line costs more than the line.
static PAGE: LazyLock<Mutex<BufWriter<Stdout>>> =
    LazyLock::new(|| Mutex::new(BufWriter::with_capacity(1 << 16, io::stdout())));

/// Standard output, of which [`send`] sends out what is written.
pub(crate) fn page() -> MutexGuard<'static, BufWriter<Stdout>> {
    PAGE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Prints a line, or several. A person before a terminal sees them at once, others when the command
/// ends or [`send`] is called.
pub(crate) fn say(text: &str) -> io::Result<()> {
    let mut page = page();
    writeln!(page, "{text}")?;
    if terminal_width().is_some() { page.flush() } else { Ok(()) }
}

/// Sends out what was printed.
pub(crate) fn send() -> io::Result<()> {
    page().flush()
}

pub(crate) fn print_json(json: &Json) -> io::Result<()> {
    let mut page = page();
    serde_json::to_writer_pretty(&mut *page, json)?;
    writeln!(page)?;
    page.flush()
}

/// Words of others in one line.
pub(crate) fn plain(text: &str) -> String {
    terminal::one_line(text)
}

/// Bytes of somebody's file as text: UTF-8, else Windows-1252, as spreadsheets save it.
pub(crate) fn decoded(bytes: &[u8]) -> String {
    throughline_capture::decode(bytes)
        .unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned())
}
