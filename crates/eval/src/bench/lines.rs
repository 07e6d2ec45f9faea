//! Lines of JSON, each with a name of its own.

use std::collections::BTreeSet;

use serde_json::Value as Json;

/// A line of gold or of predictions that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct Error {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong there.
    pub what: String,
}

impl Error {
    pub(crate) fn new(line: usize, what: impl Into<String>) -> Error {
        Error { line, what: what.into() }
    }
}

/// The objects of lines of JSON, whatever they are.
///
/// # Errors
/// If a line is no JSON.
pub fn values(text: &str) -> Result<Vec<Json>, Error> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(at, line)| parse(at, line)).collect()
}

fn parse(at: usize, line: &str) -> Result<Json, Error> {
    serde_json::from_str(line)
        .map_err(|error| Error::new(at + 1, format!("not valid JSON ({error})")))
}

/// The objects of a text with their line and document, whose name stands in the field `key`; none
/// may come twice.
pub(super) fn objects(text: &str, key: &str) -> Result<Vec<(usize, String, Json)>, Error> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let wrong = |what: String| Error::new(at + 1, what);
        let json = parse(at, line)?;
        let Some(name) = json[key].as_str().map(str::to_owned) else {
            return Err(wrong(format!("expected an object with a string \"{key}\"")));
        };
        if !seen.insert(name.clone()) {
            return Err(wrong(format!("{key} {name} occurs twice")));
        }
        found.push((at + 1, name, json));
    }
    Ok(found)
}

/// What stands in a list of stretches of text: each with its start and end, in bytes, and its name in
/// messages. No list is an empty one.
pub(super) fn spans<'j>(
    line: usize,
    json: &'j Json,
    field: &str,
) -> Result<Vec<(usize, usize, &'j Json, String)>, Error> {
    let all = match &json[field] {
        Json::Null => &[][..],
        Json::Array(all) => all,
        _ => return Err(Error::new(line, format!("\"{field}\" must be a list"))),
    };
    let span = |(at, json): (usize, &'j Json)| {
        let name = format!("{field}[{at}]");
        let number = |field: &str| json[field].as_u64().and_then(|n| usize::try_from(n).ok());
        match (number("start"), number("end")) {
            (Some(start), Some(end)) if start < end => Ok((start, end, json, name)),
            (Some(_), Some(_)) => Err(Error::new(line, format!("{name} ends before it starts"))),
            _ => Err(Error::new(
                line,
                format!("{name} needs whole numbers \"start\" and \"end\" (byte offsets)"),
            )),
        }
    };
    all.iter().enumerate().map(span).collect()
}

/// A field that must be a text.
pub(super) fn text(line: usize, json: &Json, field: &str) -> Result<String, Error> {
    json[field]
        .as_str()
        .map(str::to_owned)
        .ok_or_else(|| Error::new(line, format!("field \"{field}\" must be a string")))
}
