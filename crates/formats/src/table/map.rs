//! What the columns of a table mean.

mod keys;

use std::collections::BTreeMap;

use serde::Deserialize;
use throughline_model::{SubjectKind, ValueShape, Variable};

use keys::{checked_keys, unread};

use super::template::Template;
use crate::FormatError;
use crate::spelling::{nearest, read_variable};

/// A map, ready for rows.
#[derive(Clone, Debug)]
pub struct Map {
    pub(super) by: String,
    pub(super) guarded: bool,
    pub(super) kinds: bool,
    pub(super) id: String,
    pub(super) name: Template,
    pub(super) work: Template,
    pub(super) place: Template,
    pub(super) source: Option<Template>,
    pub(super) published: Option<Template>,
    pub(super) claims: Vec<Claimed>,
    pub(super) entries: Vec<Entry>,
    delimiter: u8,
}

/// A claim of responsibility for the row's incident, of which a cell says that there is one.
#[derive(Clone, Debug)]
pub(super) struct Claimed {
    pub(super) label: String,
    pub(super) column: String,
    /// The cells that say so.
    pub(super) is: Vec<String>,
}

/// What one column, or several together, say.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) variable: Variable,
    pub(super) from: From,
    pub(super) values: BTreeMap<String, String>,
    pub(super) others: Others,
    pub(super) blank: Vec<String>,
    pub(super) several: bool,
    pub(super) kind: SubjectKind,
    pub(super) label: Option<String>,
    pub(super) of: Option<String>,
    pub(super) party: Party,
    pub(super) judged: Judged,
    pub(super) basis: Option<String>,
    pub(super) rivals: Option<String>,
    /// Whether a cell can be the id of another row.
    pub(super) rows: bool,
}

/// Where a value comes from.
#[derive(Clone, Debug)]
pub(super) enum From {
    Text(Template),
    /// Year, month and day in columns of their own; 0 or nothing where one is not known.
    Date {
        year: String,
        month: Option<String>,
        day: Option<String>,
    },
    /// Three numbers in one cell, in this order of `d`, `m` and `y`.
    Numbers(Template, [char; 3]),
}

/// The other side of a value that has one.
#[derive(Clone, Debug)]
pub(super) enum Party {
    None,
    Incident,
    Label(String),
    /// Each value is written as `NAME: value`, or alone where it is in relation to nobody.
    Named(SubjectKind),
}

/// What becomes of cells that `values` does not list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Others {
    #[default]
    Refuse,
    Keep,
    LeaveOut,
}

/// How the coder stands behind a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Judged {
    Proposed,
    #[default]
    Accepted,
    Found,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct MapForm {
    by: String,
    id: String,
    name: Option<String>,
    delimiter: Option<char>,
    #[serde(default)]
    guarded: bool,
    #[serde(default)]
    kinds: bool,
    #[serde(default)]
    judged: Judged,
    #[serde(default)]
    blank: Vec<String>,
    cites: CitesForm,
    #[serde(default)]
    claim: Vec<ClaimForm>,
    value: Vec<EntryForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ClaimForm {
    label: String,
    column: String,
    is: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CitesForm {
    work: String,
    place: Option<String>,
    source: Option<String>,
    published: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct EntryForm {
    variable: String,
    column: Option<String>,
    text: Option<String>,
    year: Option<String>,
    month: Option<String>,
    day: Option<String>,
    order: Option<String>,
    #[serde(default)]
    values: BTreeMap<String, String>,
    others: Option<Others>,
    #[serde(default)]
    blank: Vec<String>,
    #[serde(default)]
    several: bool,
    kind: Option<String>,
    label: Option<String>,
    of: Option<String>,
    party: Option<String>,
    party_named: Option<String>,
    judged: Option<Judged>,
    basis: Option<String>,
    rivals: Option<String>,
    #[serde(default)]
    rows: bool,
}

/// The map of the tables that `export table` writes.
pub fn map_of_export() -> &'static str {
    include_str!("../../resources/export-map.toml")
}

impl Map {
    /// Reads a map, as docs/formats.md describes it.
    ///
    /// # Errors
    /// [`FormatError`], with the line, the key, and what it may be.
    pub fn read(toml: &str) -> Result<Map, FormatError> {
        let lines = checked_keys(toml)?;
        let form: MapForm = toml::from_str(toml).map_err(|error| unread(toml, &error))?;
        if form.by.trim().is_empty() {
            return Err(FormatError::new("by: the coder's name is missing"));
        }
        let delimiter = form.delimiter.unwrap_or(',');
        let delimiter = u8::try_from(delimiter)
            .ok()
            .filter(u8::is_ascii)
            .ok_or_else(|| FormatError::new("delimiter: it is one ASCII character"))?;
        let place = form.cites.place.unwrap_or_else(|| format!("row {{{}}}", form.id));
        let entries = form
            .value
            .into_iter()
            .enumerate()
            .map(|(at, entry)| {
                let variable = entry.variable.clone();
                Entry::read(entry, form.judged, &form.blank).map_err(|error| {
                    let line = lines.get(at).copied().unwrap_or_default();
                    FormatError::new(format!(
                        "line {line}, [[value]] number {} ({variable}): {error}",
                        at + 1
                    ))
                })
            })
            .collect::<Result<Vec<_>, _>>()?;
        let map = Map {
            by: form.by,
            guarded: form.guarded,
            kinds: form.kinds,
            name: Template::read(&form.name.unwrap_or_else(|| format!("{{{}}}", form.id)))?,
            work: Template::read(&form.cites.work)?,
            place: Template::read(&place)?,
            source: form.cites.source.as_deref().map(Template::read).transpose()?,
            published: form.cites.published.as_deref().map(Template::read).transpose()?,
            id: form.id,
            claims: form
                .claim
                .into_iter()
                .map(|ClaimForm { label, column, is }| Claimed { label, column, is })
                .collect(),
            entries,
            delimiter,
        };
        map.check_labels()?;
        Ok(map)
    }

    /// What separates the cells of a row.
    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// The coder's name.
    pub fn by(&self) -> &str {
        &self.by
    }

    /// Whether a cell can name another row: then all rows must be known before the first is taken.
    pub fn names_rows(&self) -> bool {
        self.entries.iter().any(|entry| entry.rows)
    }

    /// Refuses a table that lacks a column which the map names.
    ///
    /// # Errors
    /// [`FormatError`], with the missing column and the nearest that there is.
    pub fn check_columns(&self, columns: &[String]) -> Result<(), FormatError> {
        let names: Vec<&str> = columns.iter().map(String::as_str).collect();
        for wanted in self.columns() {
            if !names.contains(&wanted) {
                let near = nearest(wanted, &names);
                let meant = near.map_or_else(
                    || format!("there are {}", names.join(", ")),
                    |near| format!("did you mean {near:?}?"),
                );
                return Err(FormatError::new(format!(
                    "the table has no column {wanted:?}; {meant}"
                )));
            }
        }
        for (at, name) in names.iter().enumerate() {
            if names[..at].contains(name) && self.columns().any(|column| column == *name) {
                return Err(FormatError::new(format!("the table has two columns {name:?}")));
            }
        }
        Ok(())
    }

    /// Every column that the map names.
    fn columns(&self) -> impl Iterator<Item = &str> {
        let texts = [Some(&self.name), Some(&self.work), Some(&self.place)]
            .into_iter()
            .chain([self.source.as_ref(), self.published.as_ref()])
            .flatten()
            .flat_map(Template::columns);
        let entries = self.entries.iter().flat_map(|entry| {
            let from: Vec<&str> = match &entry.from {
                From::Text(text) | From::Numbers(text, _) => text.columns().collect(),
                From::Date { year, month, day } => [Some(year), month.as_ref(), day.as_ref()]
                    .into_iter()
                    .flatten()
                    .map(String::as_str)
                    .collect(),
            };
            from.into_iter().chain(entry.basis.as_deref()).chain(entry.rivals.as_deref())
        });
        let claims = self.claims.iter().map(|claim| claim.column.as_str());
        std::iter::once(self.id.as_str()).chain(texts).chain(claims).chain(entries)
    }

    fn check_labels(&self) -> Result<(), FormatError> {
        let mut known: Vec<&str> = vec!["incident"];
        let mut kinds: BTreeMap<&str, SubjectKind> = BTreeMap::new();
        for claim in &self.claims {
            known.push(&claim.label);
            kinds.insert(&claim.label, SubjectKind::Claim);
        }
        for entry in &self.entries {
            let label = match &entry.party {
                Party::Label(label) => Some(label),
                _ => None,
            };
            for label in [entry.of.as_ref(), label].into_iter().flatten() {
                if !known.contains(&label.as_str()) {
                    return Err(FormatError::new(format!(
                        "{}: no [[value]] before it has the label {label:?}",
                        entry.variable.name()
                    )));
                }
            }
            // What holds of every row is said once.
            let of = entry.of.as_deref();
            let kind = of.and_then(|label| kinds.get(label).copied());
            let kind = kind.unwrap_or(SubjectKind::Incident);
            if !entry.variable.subjects().contains(&kind) {
                return Err(FormatError::new(format!(
                    "{} is not said of {}s{}",
                    entry.variable.name(),
                    kind.name(),
                    of.map_or_else(
                        || "; name with of = whom it is said of".to_owned(),
                        |of| { format!(", and {of:?} is one") }
                    )
                )));
            }
            if let Some(label) = &entry.label {
                kinds.insert(label, entry.kind);
            }
            known.extend(entry.label.as_deref());
        }
        Ok(())
    }
}

impl Entry {
    fn read(form: EntryForm, judged: Judged, blank: &[String]) -> Result<Entry, FormatError> {
        let variable = read_variable(&form.variable)?;
        let mention = variable.shape() == ValueShape::Mention;
        let from = source_of(&form, variable)?;
        let kind = match &form.kind {
            Some(name) => kind_named(name)?,
            None => default_kind(variable),
        };
        if form.label.is_some() && !mention {
            return Err(FormatError::new("only a value that is another record can have a label"));
        }
        if form.rows && (!mention || kind != SubjectKind::Incident) {
            return Err(FormatError::new("only a value that is an incident can be another row"));
        }
        if form.several && form.label.is_some() {
            return Err(FormatError::new("one label cannot stand for several values"));
        }
        if form.several && !matches!(from, From::Text(_)) {
            return Err(FormatError::new("only one column can hold several values"));
        }
        if !form.values.is_empty() && !matches!(from, From::Text(_)) {
            return Err(FormatError::new("values are translated for one column alone"));
        }
        let party = match (&form.party, &form.party_named) {
            (None, None) => Party::None,
            (Some(label), None) if label == "incident" => Party::Incident,
            (Some(label), None) => Party::Label(label.clone()),
            (None, Some(kind)) => Party::Named(kind_named(kind)?),
            (Some(_), Some(_)) => {
                return Err(FormatError::new("give party or party-named, not both"));
            }
        };
        let others = match (form.others, form.values.is_empty()) {
            (Some(others), _) => others,
            (None, true) => Others::Keep,
            (None, false) => Others::Refuse,
        };
        Ok(Entry {
            variable,
            from,
            values: form.values,
            others,
            blank: form.blank.iter().chain(blank).cloned().collect(),
            several: form.several,
            kind,
            label: form.label,
            of: form.of.filter(|label| label != "incident"),
            party,
            judged: form.judged.unwrap_or(judged),
            basis: form.basis,
            rivals: form.rivals,
            rows: form.rows,
        })
    }
}

fn source_of(form: &EntryForm, variable: Variable) -> Result<From, FormatError> {
    let one = match (&form.column, &form.text, &form.year) {
        (Some(column), None, None) => Template::column(column),
        (None, Some(text), None) => Template::read(text)?,
        (None, None, Some(year)) => {
            if variable.shape() != ValueShape::Date {
                return Err(FormatError::new("only a date has a year"));
            }
            let (month, day) = (form.month.clone(), form.day.clone());
            return Ok(From::Date { year: year.clone(), month, day });
        }
        _ => {
            return Err(FormatError::new("give one of column, text, or year (with month and day)"));
        }
    };
    if form.month.is_some() || form.day.is_some() {
        return Err(FormatError::new("month and day need year"));
    }
    match form.order.as_deref() {
        None => Ok(From::Text(one)),
        Some("day-month-year") => Ok(From::Numbers(one, ['d', 'm', 'y'])),
        Some("month-day-year") => Ok(From::Numbers(one, ['m', 'd', 'y'])),
        Some("year-month-day") => Ok(From::Numbers(one, ['y', 'm', 'd'])),
        Some(other) => Err(FormatError::new(format!(
            "order {other:?}: it is day-month-year, month-day-year or year-month-day"
        ))),
    }
}

fn kind_named(name: &str) -> Result<SubjectKind, FormatError> {
    SubjectKind::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = SubjectKind::ALL.iter().map(|kind| kind.name()).collect();
        FormatError::new(format!("{name:?} is no kind; there are {}", names.join(", ")))
    })
}

/// The kind of record that a variable points to where nothing else is said.
pub fn default_kind(variable: Variable) -> SubjectKind {
    use Variable as V;
    match variable {
        V::Place => SubjectKind::Place,
        V::AscribedTo | V::Claimant | V::Affiliation | V::OutletOf => SubjectKind::Group,
        V::PartOf | V::About | V::Member => SubjectKind::Incident,
        V::Through => SubjectKind::Outlet,
        _ => SubjectKind::Person,
    }
}
