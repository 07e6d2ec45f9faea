//! The lines of pairs, of gold and of predictions.

use std::collections::BTreeSet;

use serde_json::Value as Json;
use throughline_model::{Day, Edtf};

use crate::bench::Error;

/// Two incidents that are asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// What the pair is called.
    pub id: String,
    /// One incident.
    pub a: String,
    /// The other.
    pub b: String,
}

/// Whether a pair is connected, and how much is documented of both together.
#[derive(Clone, Debug, PartialEq)]
pub struct Labelled {
    /// What the pair is called.
    pub id: String,
    /// Whether it is.
    pub y: bool,
    /// The product of the two ends' numbers of documented neighbours.
    pub coverage: f64,
}

/// Since when a pair is connected; `None` if it is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// What the pair is called.
    pub id: String,
    /// The first day.
    pub date: Option<Day>,
}

/// A connection as it was reported, or is claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// One incident.
    pub a: String,
    /// The other.
    pub b: String,
    /// Since when, where that is said.
    pub date: Option<Day>,
}

/// The objects of a text, each with its line and its `id`; none may come twice.
fn objects(text: &str) -> Result<Vec<(usize, String, Json)>, Error> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let wrong = |what: String| Error::new(at + 1, what);
        let json: Json = serde_json::from_str(line)
            .map_err(|error| wrong(format!("not valid JSON ({error})")))?;
        let Some(id) = json["id"].as_str().map(str::to_owned) else {
            return Err(wrong("expected an object with a string \"id\"".to_owned()));
        };
        if !seen.insert(id.clone()) {
            return Err(wrong(format!("id {id} occurs twice")));
        }
        found.push((at + 1, id, json));
    }
    Ok(found)
}

fn text(line: usize, json: &Json, field: &str) -> Result<String, Error> {
    let missing = || Error::new(line, format!("field \"{field}\" is missing or no text"));
    json[field].as_str().map(str::to_owned).ok_or_else(missing)
}

/// A day or null; the field must be there if `needed`.
fn date(line: usize, json: &Json, needed: bool) -> Result<Option<Day>, Error> {
    match json.get("date") {
        None if needed => Err(Error::new(line, "field \"date\" is missing")),
        None | Some(Json::Null) => Ok(None),
        Some(date) => {
            let day = date.as_str().and_then(day);
            let wrong = || Error::new(line, format!("{date} is no date (YYYY-MM-DD or null)"));
            Ok(Some(day.ok_or_else(wrong)?))
        }
    }
}

/// The day of a text in the form YYYY-MM-DD.
pub(super) fn day(text: &str) -> Option<Day> {
    let date: Edtf = text.parse().ok()?;
    (date.earliest() == date.latest()).then(|| date.latest())
}

/// The pairs that are asked about.
///
/// # Errors
/// If a line is no JSON or lacks a field, or an id comes twice.
pub fn pairs(lines: &str) -> Result<Vec<Pair>, Error> {
    let rows = objects(lines)?.into_iter();
    rows.map(|(line, id, json)| {
        Ok(Pair { id, a: text(line, &json, "a")?, b: text(line, &json, "b")? })
    })
    .collect()
}

/// The gold of pairs that are ranked.
///
/// # Errors
/// As [`pairs`].
pub fn labelled(lines: &str) -> Result<Vec<Labelled>, Error> {
    let row = |(line, id, json): (usize, String, Json)| {
        let y = match &json["y"] {
            Json::Bool(y) => Some(*y),
            other => other.as_f64().map(|y| y != 0.0),
        };
        let y = y.ok_or_else(|| Error::new(line, "field \"y\" is missing or no number"))?;
        let coverage = json["coverage"].as_f64();
        let missing = || Error::new(line, "field \"coverage\" is missing or no number");
        Ok(Labelled { id, y, coverage: coverage.ok_or_else(missing)? })
    };
    objects(lines)?.into_iter().map(row).collect()
}

/// Scores by pair.
///
/// # Errors
/// As [`pairs`].
pub fn scored(lines: &str) -> Result<Vec<(String, f64)>, Error> {
    let row = |(line, id, json): (usize, String, Json)| {
        let missing = || Error::new(line, "field \"score\" is missing or no number");
        Ok((id, json["score"].as_f64().ok_or_else(missing)?))
    };
    objects(lines)?.into_iter().map(row).collect()
}

/// The gold of first dates, or predictions of them.
///
/// # Errors
/// As [`pairs`], and if a date is none.
pub fn dated(lines: &str) -> Result<Vec<Dated>, Error> {
    let rows = objects(lines)?.into_iter();
    rows.map(|(line, id, json)| Ok(Dated { id, date: date(line, &json, true)? })).collect()
}

/// Connections as they were reported, or are claimed: a claim may lack its date.
///
/// # Errors
/// As [`dated`].
pub fn claimed(lines: &str) -> Result<Vec<Claimed>, Error> {
    let row = |(line, _, json): (usize, String, Json)| {
        let (a, b) = (text(line, &json, "a")?, text(line, &json, "b")?);
        Ok(Claimed { a, b, date: date(line, &json, false)? })
    };
    objects(lines)?.into_iter().map(row).collect()
}
