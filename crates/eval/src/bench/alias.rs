//! Whose name is it? A list of people with their main names, and queries by other names.
//!
//! A line of the list is `{"id", "name"}`, a query `{"id", "query"}`, a line of gold
//! `{"id", "person"}` with `kind` (alias, original script) and `quality`, a prediction
//! `{"id", "ranked": [people, best first]}`.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value as Json, json};

use super::{Error, interval, lines};

/// An id and a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The id of the person or of the query.
    pub id: String,
    /// The name.
    pub name: String,
}

/// Whose name a query is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gold {
    /// The id of the query.
    pub id: String,
    /// The id of the person.
    pub person: String,
    /// What kind of name it is, and how good, as the list says: `alias/good`.
    pub kind: Option<String>,
}

/// The people of a list.
///
/// # Errors
/// If a line is no JSON, has no name, or has the id of an earlier one.
pub fn people(text: &str) -> Result<Vec<Entry>, Error> {
    entries(text, "name")
}

/// The queries of a task.
///
/// # Errors
/// If a line is no JSON, has no query, or has the id of an earlier one.
pub fn queries(text: &str) -> Result<Vec<Entry>, Error> {
    entries(text, "query")
}

fn entries(text: &str, field: &str) -> Result<Vec<Entry>, Error> {
    lines::objects(text, "id")?
        .into_iter()
        .map(|(line, id, json)| Ok(Entry { name: lines::text(line, &json, field)?, id }))
        .collect()
}

/// The gold of lines of JSON.
///
/// # Errors
/// If a line is no JSON, names no person, or has the id of an earlier one.
pub fn gold(text: &str) -> Result<Vec<Gold>, Error> {
    let gold = |(line, id, json): (usize, String, Json)| {
        let kind = json["kind"].as_str().filter(|kind| !kind.is_empty());
        let quality = json["quality"].as_str().unwrap_or_default();
        let kind = kind.map(|kind| format!("{kind}/{quality}"));
        Ok(Gold { person: lines::text(line, &json, "person")?, kind, id })
    };
    lines::objects(text, "id")?.into_iter().map(gold).collect()
}

/// A prediction as a line of JSON.
pub fn line(query: &str, ranked: &[&str]) -> Json {
    json!({"id": query, "ranked": ranked})
}

/// How well people are found, in percent.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Found {
    /// How many queries there are.
    pub queries: usize,
    /// How many have the person first.
    pub first: f64,
    /// How many have the person among the first ten.
    pub in_ten: f64,
    /// The mean of one by the person's rank.
    pub reciprocal_rank: f64,
}

/// The score of predictions.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// All queries.
    pub all: Found,
    /// Between what bounds the mean reciprocal rank lies for nineteen of twenty samples of the
    /// queries.
    pub bounds: (f64, f64),
    /// By kind and quality.
    pub kinds: BTreeMap<String, Found>,
}

/// Scores rankings, given for each query; one without any finds nobody.
pub fn score(gold: &[Gold], ranked: &HashMap<String, Vec<String>>) -> Score {
    let ranks: Vec<Option<usize>> = gold
        .iter()
        .map(|one| {
            let ranked = ranked.get(&one.id)?;
            Some(ranked.iter().position(|person| *person == one.person)? + 1)
        })
        .collect();
    let mut kinds: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, one) in gold.iter().enumerate() {
        if let Some(kind) = &one.kind {
            kinds.entry(kind.clone()).or_default().push(at);
        }
    }
    let all: Vec<usize> = (0..gold.len()).collect();
    Score {
        all: found(&ranks, &all),
        bounds: interval::bounds(gold.len(), |drawn| found(&ranks, drawn).reciprocal_rank),
        kinds: kinds.into_iter().map(|(kind, own)| (kind, found(&ranks, &own))).collect(),
    }
}

fn found(ranks: &[Option<usize>], places: &[usize]) -> Found {
    let own = || places.iter().filter_map(|at| ranks[*at]);
    let share = |sum: f64| match places.len() {
        0 => 0.0,
        many => 100.0 * sum / many as f64,
    };
    Found {
        queries: places.len(),
        first: share(own().filter(|rank| *rank == 1).count() as f64),
        in_ten: share(own().filter(|rank| *rank <= 10).count() as f64),
        reciprocal_rank: share(own().map(|rank| 1.0 / rank as f64).sum()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_counted_by_kind() {
        let gold = gold(
            r#"{"id": "q1", "person": "p1", "kind": "alias", "quality": "good"}
               {"id": "q2", "person": "p2", "kind": "alias", "quality": "low"}
               {"id": "q3", "person": "p3"}"#,
        );
        let ranked = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        let predicted = [("q1", ranked(&["p1"])), ("q2", ranked(&["p1", "p2"]))];
        let predicted = predicted.map(|(id, ranked)| (id.to_owned(), ranked)).into();
        let score = score(&gold.unwrap(), &predicted);
        assert_eq!(score.all.queries, 3);
        assert_eq!(score.all.reciprocal_rank, 50.0);
        assert_eq!(score.kinds["alias/good"].first, 100.0);
        assert_eq!(score.kinds["alias/low"].reciprocal_rank, 50.0);
        assert_eq!(score.kinds.len(), 2);
    }
}
