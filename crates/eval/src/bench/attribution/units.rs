//! The task cut into units of words with labels, as published figures have it.
//!
//! A line of gold has `unit`, `tokens` and `labels`, each `O`, `B-role` or `I-role`. A prediction is
//! `{"unit": …, "labels": […]}`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::{Counts, Error, Percent, ROLES, compare, lines};

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// What it is called.
    pub name: String,
    /// Its words.
    pub words: Vec<String>,
    /// The label of each word.
    pub labels: Vec<String>,
}

/// The units of lines of JSON.
///
/// # Errors
/// If a line is no JSON, has no unit or one that an earlier line has, or other labels.
pub fn records(text: &str) -> Result<Vec<Unit>, Error> {
    let unit = |(line, name, json): (usize, String, Json)| {
        let strings = |field: &str| -> Vec<String> {
            let all = json[field].as_array().into_iter().flatten();
            all.filter_map(Json::as_str).map(str::to_owned).collect()
        };
        let (words, labels) = (strings("tokens"), strings("labels"));
        let known = |label: &String| {
            let role = label.strip_prefix("B-").or(label.strip_prefix("I-"));
            label == "O" || role.is_some_and(|role| ROLES.contains(&role))
        };
        if !labels.iter().all(known) || words.len() != labels.len() {
            let roles = ROLES.join(", ");
            let what =
                "\"labels\" must have O, B-ROLE or I-ROLE for each of \"tokens\", with ROLE in";
            return Err(Error::new(line, format!("{what} {roles}")));
        }
        Ok(Unit { name, words, labels })
    };
    lines::objects(text, "unit")?.into_iter().map(unit).collect()
}

/// A prediction as a line of JSON.
pub fn line(unit: &str, labels: &[String]) -> Json {
    json!({"unit": unit, "labels": labels})
}

/// Exact spans and words of each role, in the order of [`ROLES`]; a unit without labels of its
/// length has none.
pub fn score(
    gold: &[Unit],
    predicted: &BTreeMap<String, Vec<String>>,
) -> ([Percent; 3], [Percent; 3]) {
    let (mut exact, mut words) = ([Counts::default(); 3], [Counts::default(); 3]);
    for unit in gold {
        let none = vec!["O".to_owned(); unit.labels.len()];
        let own = predicted.get(&unit.name).filter(|own| own.len() == none.len()).unwrap_or(&none);
        for (role, name) in ROLES.iter().enumerate() {
            exact[role].add(compare(&spans(&unit.labels, name), &spans(own, name)));
            let has = |labels: &[String]| -> BTreeSet<usize> {
                let own = labels.iter().enumerate();
                own.filter(|(_, label)| label.get(2..) == Some(*name)).map(|(at, _)| at).collect()
            };
            words[role].add(compare(&has(&unit.labels), &has(own)));
        }
    }
    (exact.map(Counts::percent), words.map(Counts::percent))
}

/// The spans of a role: from a label that begins one, or continues none, to the next other label.
fn spans(labels: &[String], role: &str) -> BTreeSet<(usize, usize)> {
    let mut found = BTreeSet::new();
    let mut start = None;
    for at in 0..=labels.len() {
        let label = labels.get(at).map_or("O", String::as_str);
        let own = label.get(2..) == Some(role);
        if let Some(from) = start.filter(|_| !own || label.starts_with('B')) {
            found.insert((from, at));
            start = None;
        }
        if own && start.is_none() {
            start = Some(at);
        }
    }
    found
}
