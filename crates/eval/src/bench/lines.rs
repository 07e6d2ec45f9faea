//! Lines of JSON, each with the name of its document.

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

/// The objects of a text with their line and document, whose name stands in the field `key`; none
/// may come twice.
pub(super) fn objects(text: &str, key: &str) -> Result<Vec<(usize, String, Json)>, Error> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let wrong = |what: String| Error::new(at + 1, what);
        let json: Json = serde_json::from_str(line)
            .map_err(|error| wrong(format!("not valid JSON ({error})")))?;
        let Some(document) = json[key].as_str().map(str::to_owned) else {
            return Err(wrong(format!("expected an object with a string \"{key}\"")));
        };
        if !seen.insert(document.clone()) {
            return Err(wrong(format!("{key} {document} occurs twice")));
        }
        found.push((at + 1, document, json));
    }
    Ok(found)
}
