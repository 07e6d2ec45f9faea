//! The keys of a map, and what is said of those that are none: its line, and what there is.

use toml::de::{DeTable, DeValue};

use crate::FormatError;
use crate::keys::{DefinitionError, Keys, Place, tables};

/// The keys of a map, of what it cites and of a value, as docs/formats.md gives them.
const KEYS: [&str; 11] = [
    "by",
    "id",
    "name",
    "delimiter",
    "guarded",
    "kinds",
    "judged",
    "blank",
    "cites",
    "claim",
    "value",
];
const CLAIM: [&str; 3] = ["label", "column", "is"];
const CITES: [&str; 4] = ["work", "place", "source", "published"];
const VALUE: [&str; 20] = [
    "variable",
    "column",
    "text",
    "year",
    "month",
    "day",
    "order",
    "values",
    "others",
    "blank",
    "several",
    "kind",
    "label",
    "of",
    "party",
    "party-named",
    "judged",
    "basis",
    "rivals",
    "rows",
];

/// Refuses keys that a map does not have, and tells in which line each `[[value]]` begins.
pub(super) fn checked_keys(toml: &str) -> Result<Vec<usize>, FormatError> {
    let place = Place { toml };
    let told = |error: DefinitionError| FormatError::new(error.to_string());
    let table = DeTable::parse(toml).map_err(|error| {
        told(place.error(error.span().unwrap_or(0..0), error.message().to_owned()))
    })?;
    let keys = Keys::of(place, "a map", table.span(), table.get_ref(), &KEYS).map_err(told)?;
    if let Some(cites) = keys.get("cites") {
        let DeValue::Table(own) = cites.get_ref() else {
            return Err(told(place.unwanted(cites, "a table, [cites]")));
        };
        Keys::of(place, "[cites]", cites.span(), own, &CITES).map_err(told)?;
    }
    let each = |key: &str, what: &'static str, known: &[&str]| {
        let Some(all) = keys.get(key) else { return Ok(Vec::new()) };
        let read = |own: &Keys| Ok(own.error("").line);
        tables(place, all, (what, known), read).map_err(told)
    };
    each("claim", "[[claim]]", &CLAIM)?;
    each("value", "[[value]]", &VALUE)
}

/// What the parser says of a value of the wrong kind or a key that is missing, with its line.
pub(super) fn unread(toml: &str, error: &toml::de::Error) -> FormatError {
    let span = error.span().unwrap_or(0..0);
    let place = Place { toml };
    let written = toml.get(span.clone()).unwrap_or_default().lines().next().unwrap_or_default();
    let found =
        if written.is_empty() { String::new() } else { format!(" (in {})", written.trim()) };
    let words = format!("{}{found}", error.message().replace('`', "\""));
    FormatError::new(place.error(span, words).to_string())
}
