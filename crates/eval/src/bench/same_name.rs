//! Are two names one person's? Pairs with a score, and a threshold that was committed to.
//!
//! A line of gold is `{"id", "match"}` with `schema` (person, company, …) and `group`, a line of
//! the task `{"id", "name1", "name2"}`, a prediction `{"id", "score"}`. A pair counts as one name's
//! from the threshold on; one without a prediction does not.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value as Json, json};

use super::{Counts, Error, Percent, interval, lines};

/// Two names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// What the pair is called.
    pub id: String,
    /// One name.
    pub one: String,
    /// The other.
    pub other: String,
}

/// Whether two names are one's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gold {
    /// What the pair is called.
    pub id: String,
    /// Whether they are.
    pub same: bool,
    /// What bears them: a person, a company, a vessel.
    pub schema: Option<String>,
    /// Where the pair was taken from.
    pub group: Option<String>,
}

/// The pairs of lines of JSON.
///
/// # Errors
/// If a line is no JSON, lacks a name, or has the id of an earlier one.
pub fn pairs(text: &str) -> Result<Vec<Pair>, Error> {
    let pair = |(line, id, json): (usize, String, Json)| {
        let name = |field: &str| lines::text(line, &json, field);
        Ok(Pair { one: name("name1")?, other: name("name2")?, id })
    };
    lines::objects(text, "id")?.into_iter().map(pair).collect()
}

/// The gold of lines of JSON.
///
/// # Errors
/// If a line is no JSON, does not say whether the pair matches, or has the id of an earlier one.
pub fn gold(text: &str) -> Result<Vec<Gold>, Error> {
    let gold = |(line, id, json): (usize, String, Json)| {
        let same = json["match"].as_bool();
        let same = same.ok_or_else(|| Error::new(line, "\"match\" must be true or false"))?;
        // An empty text is no name of a group.
        let text =
            |field: &str| json[field].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        Ok(Gold { same, schema: text("schema"), group: text("group"), id })
    };
    lines::objects(text, "id")?.into_iter().map(gold).collect()
}

/// A prediction as a line of JSON, its score from 0 to 1.
pub fn line(pair: &str, score: f64) -> Json {
    json!({"id": pair, "score": score})
}

/// The score of predictions.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// All pairs.
    pub all: Percent,
    /// Between what bounds the F1 lies for nineteen of twenty samples of the pairs.
    pub bounds: (f64, f64),
    /// How often a pair of one has a greater score than a pair of two, in percent; `None` if there
    /// are no pairs of one kind.
    pub auc: Option<f64>,
    /// By schema and by group, those of twenty pairs or more.
    pub parts: BTreeMap<String, Percent>,
}

/// Scores predictions at a threshold.
pub fn score(gold: &[Gold], predicted: &HashMap<String, f64>, threshold: f64) -> Score {
    let scores: Vec<Option<f64>> = gold.iter().map(|one| predicted.get(&one.id).copied()).collect();
    let count = |at: usize| {
        let said = scores[at].is_some_and(|score| score >= threshold);
        let (said, same) = (u32::from(said), u32::from(gold[at].same));
        Counts { right: said & same, predicted: said, gold: same }
    };
    let sum = |places: &mut dyn Iterator<Item = usize>| {
        let mut sum = Counts::default();
        places.for_each(|at| sum.add(count(at)));
        percent(sum)
    };
    let mut parts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, one) in gold.iter().enumerate() {
        for (kind, name) in [("schema", &one.schema), ("group", &one.group)] {
            if let Some(name) = name {
                parts.entry(format!("{kind} {name}")).or_default().push(at);
            }
        }
    }
    parts.retain(|_, places| places.len() >= 20);
    Score {
        all: sum(&mut (0..gold.len())),
        bounds: interval::bounds(gold.len(), |drawn| sum(&mut drawn.iter().copied()).f1),
        auc: auc(gold, &scores),
        parts: parts
            .into_iter()
            .map(|(name, places)| (name, sum(&mut places.into_iter())))
            .collect(),
    }
}

/// As [`Counts::percent`], but that finding nothing where there is nothing is perfect.
fn percent(counts: Counts) -> Percent {
    let mut percent = counts.percent();
    if counts.gold == 0 {
        percent.recall = 100.0;
        if counts.predicted == 0 {
            percent.precision = 100.0;
        }
        let sum = percent.precision + percent.recall;
        percent.f1 = if sum > 0.0 { 2.0 * percent.precision * percent.recall / sum } else { 0.0 };
    }
    percent
}

/// The area under the curve: how often a pair of one outscores a pair of two; equal scores are half.
fn auc(gold: &[Gold], scores: &[Option<f64>]) -> Option<f64> {
    let of = |same: bool| {
        let own = gold.iter().zip(scores).filter(move |(one, _)| one.same == same);
        // A pair without a score is below all.
        let mut own: Vec<f64> = own.map(|(_, score)| score.unwrap_or(f64::NEG_INFINITY)).collect();
        own.sort_by(f64::total_cmp);
        own
    };
    let (same, apart) = (of(true), of(false));
    if same.is_empty() || apart.is_empty() {
        return None;
    }
    let wins: usize = same
        .iter()
        .map(|score| {
            apart.partition_point(|other| other < score)
                + apart.partition_point(|other| other <= score)
        })
        .sum();
    Some(100.0 * wins as f64 / 2.0 / (same.len() * apart.len()) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = r#"
        {"id": "a", "match": true, "schema": "Person"}
        {"id": "b", "match": false, "schema": "Person"}
        {"id": "c", "match": true, "schema": "Company", "group": ""}
        {"id": "d", "match": false}
    "#;

    fn scored(scores: &[(&str, f64)]) -> Score {
        let predicted = scores.iter().map(|(id, score)| ((*id).to_owned(), *score)).collect();
        score(&gold(GOLD).unwrap(), &predicted, 0.5)
    }

    #[test]
    fn pairs_count_from_the_threshold_on() {
        let score = scored(&[("a", 0.5), ("b", 0.9), ("c", 0.4)]);
        assert_eq!(score.all.counts, Counts { right: 1, predicted: 2, gold: 2 });
        // a against b and d, c against b and d: one of four is lost twice.
        assert_eq!(score.auc, Some(50.0));
        assert!(score.parts.is_empty(), "no part has twenty pairs");
        let perfect = scored(&[("a", 1.0), ("b", 0.0), ("c", 1.0), ("d", 0.0)]);
        assert_eq!((perfect.all.f1, perfect.auc), (100.0, Some(100.0)));
        assert_eq!(scored(&[("a", 1.0), ("b", 1.0), ("c", 1.0), ("d", 1.0)]).auc, Some(50.0));
    }

    #[test]
    fn lines_that_cannot_be_used_are_named() {
        let error = gold("{\"id\": \"a\"}").unwrap_err().to_string();
        assert!(error.contains("line 1: \"match\" must be"), "{error}");
        let error = pairs("{\"id\": \"a\", \"name1\": \"x\"}").unwrap_err().to_string();
        assert!(error.contains("\"name2\" must be"), "{error}");
        assert!(gold(&[GOLD, GOLD].concat()).is_err());
    }
}
