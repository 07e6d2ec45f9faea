//! The texts of a row's values, translated, before anybody knows what they mean.

use super::basis::How;
use super::date::{date, numbers};
use super::fault::Fault;
use super::map::{Entry, From, Others};
use super::split;
use super::template::Cells;

impl Entry {
    /// The column to blame.
    pub(super) fn column(&self) -> Option<String> {
        match &self.from {
            From::Text(text) | From::Numbers(text, _) => text.first(),
            From::Date { year, .. } => Some(year.clone()),
        }
    }

    /// Whether a text says nothing.
    pub(super) fn is_blank(&self, text: &str) -> bool {
        text.is_empty() || self.blank.iter().any(|blank| blank == text)
    }
}

/// How the coder stands behind each value, where a column says so; else behind all of them.
pub(super) fn bases(entry: &Entry, cells: &Cells) -> Result<Vec<How>, Fault> {
    let Some(column) = &entry.basis else { return Ok(vec![How::plainly(entry.judged)]) };
    split(cells.get(column))
        .iter()
        .map(|basis| How::read(basis).map_err(|what| Fault::of(column, what)))
        .collect()
}

/// What is put forward in place of the values, where a column says so.
pub(super) fn rivals(entry: &Entry, cells: &Cells) -> Vec<String> {
    entry.rivals.as_ref().map(|column| split(cells.get(column))).unwrap_or_default()
}

/// The texts of an entry's values, translated; `None` for one that says nothing and has its place
/// among the others.
pub(super) fn texts(entry: &Entry, cells: &Cells) -> Result<Vec<Option<String>>, Fault> {
    let raw = match &entry.from {
        From::Text(template) => template.fill(cells),
        From::Date { year, month, day } => {
            let none = String::new();
            let cell = |name: &Option<String>| {
                name.as_deref().map_or(none.as_str(), |name| cells.get(name))
            };
            let parts = [cells.get(year), cell(month), cell(day)];
            let parts = parts.map(|part| if entry.is_blank(part) { "" } else { part });
            date(parts).map_err(|what| Fault::of(year, what))?.unwrap_or_default()
        }
        From::Numbers(template, order) => {
            let text = template.fill(cells);
            if entry.is_blank(&text) {
                return Ok(vec![]);
            }
            numbers(&text, order).map_err(|what| Fault { column: entry.column(), what })?
        }
    };
    let raw = if entry.several { split(&raw) } else { vec![raw] };
    raw.into_iter().map(|text| translated(entry, text)).collect()
}

fn translated(entry: &Entry, text: String) -> Result<Option<String>, Fault> {
    if entry.is_blank(&text) {
        return Ok(None);
    }
    match (entry.values.get(&text), entry.others) {
        (Some(value), _) if value.is_empty() => Ok(None),
        (Some(value), _) => Ok(Some(value.clone())),
        (None, Others::Keep) => Ok(Some(text)),
        (None, Others::LeaveOut) => Ok(None),
        (None, Others::Refuse) => {
            let what = format!("{text:?} is not among the values of the map");
            Err(Fault { column: entry.column(), what })
        }
    }
}
