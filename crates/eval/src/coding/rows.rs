//! The rows of the coder's tables.

use throughline_model::Variable;

use super::Key;

/// A table that cannot be read: which, on which line, and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{table}:{line}: {what}")]
pub struct CodingError {
    /// The table, as `coding.tsv`.
    pub table: &'static str,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong, and what was wanted.
    pub what: String,
}

/// One line of a table, in columns.
pub(crate) struct Line<'t, const N: usize> {
    pub(crate) table: &'static str,
    pub(crate) number: usize,
    pub(crate) cells: [&'t str; N],
}

impl<const N: usize> Line<'_, N> {
    pub(crate) fn error(&self, what: impl Into<String>) -> CodingError {
        CodingError { table: self.table, line: self.number, what: what.into() }
    }

    pub(crate) fn variable(&self, name: &str) -> Result<Variable, CodingError> {
        Variable::from_name(name).ok_or_else(|| self.error(format!("{name:?} is no variable")))
    }
}

/// The lines of a table after its header, which must name these columns.
pub(crate) fn lines<'t, const N: usize>(
    table: &'static str,
    text: &'t str,
    columns: [&str; N],
) -> Result<Vec<Line<'t, N>>, CodingError> {
    let fail = |line: usize, what: String| CodingError { table, line, what };
    let mut lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    let header = columns.join("\t");
    match lines.next() {
        Some((_, line)) if line == header => {}
        _ => return Err(fail(1, format!("the columns must be {}", columns.join(", ")))),
    }
    lines
        .filter(|(_, line)| !line.is_empty())
        .map(|(number, line)| {
            let cells: Vec<&str> = line.split('\t').collect();
            let count = cells.len();
            let cells = cells
                .try_into()
                .map_err(|_| fail(number, format!("{count} columns, where {N} are wanted")))?;
            Ok(Line { table, number, cells })
        })
        .collect()
}

/// A value that the coder read in a dispatch.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) line: usize,
    pub(crate) file: String,
    pub(crate) subject: Key,
    pub(crate) variable: Variable,
    pub(crate) value: String,
    pub(crate) sentence: String,
    pub(crate) note: String,
    pub(crate) party: Option<Key>,
}

impl Row {
    pub(crate) fn error(&self, what: impl Into<String>) -> CodingError {
        CodingError { table: "coding.tsv", line: self.line, what: what.into() }
    }
}

/// The rows of `coding.tsv`.
pub(crate) fn coding(text: &str) -> Result<Vec<Row>, CodingError> {
    let columns = ["file", "incident", "variable", "value", "sentence", "note", "party"];
    lines("coding.tsv", text, columns)?
        .into_iter()
        .map(|line| {
            let [file, subject, variable, value, sentence, note, party] = line.cells;
            Ok(Row {
                line: line.number,
                file: file.to_owned(),
                subject: Key::read(subject),
                variable: line.variable(variable)?,
                value: value.to_owned(),
                sentence: sentence.to_owned(),
                note: note.to_owned(),
                party: (!party.is_empty()).then(|| Key::read(party)),
            })
        })
        .collect()
}
