//! How firmly a sentence presents an event as real, from -3 (certainly did not happen) to 3
//! (certainly did).
//!
//! A line of gold has `sentid`, `tokens` and `events`, each with `token` (its number, from 0) and
//! `score`. A prediction is `{"sentid": …, "events": [{"token": …, "score": …, "not_fact": …}]}`;
//! without `not_fact`, a score of 1 or less says so. An event without a prediction counts as
//! certain.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::{Counts, Error, Percent, interval, lines};

/// A gold score at or below this: not asserted as a fact.
const NOT_FACT: f64 = 0.0;

/// A predicted score at or below this says so, if nothing else does.
const SAID_NOT_FACT: f64 = 1.0;

/// Below this an event is not presented as nearly certain.
const UNSURE: f64 = 1.5;

/// The score of an event without a prediction.
const CERTAIN: f64 = 3.0;

/// An event with its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// Its word, by number.
    pub word: usize,
    /// How firmly it is presented as real.
    pub score: f64,
    /// Whether it is not presented as a fact, where a prediction says so.
    pub not_fact: Option<bool>,
}

/// A sentence with its events.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// What it is called.
    pub sentence: String,
    /// The corpus it comes from.
    pub source: String,
    /// Its words; none in predictions.
    pub words: Vec<String>,
    /// Its events.
    pub events: Vec<Event>,
}

/// The records of lines of JSON.
///
/// # Errors
/// If a line is no JSON, has no sentence or one that an earlier line has, or an event lacks a
/// word or score.
pub fn records(text: &str) -> Result<Vec<Record>, Error> {
    lines::objects(text, "sentid")?
        .into_iter()
        .map(|(line, sentence, json)| record(line, sentence, &json))
        .collect()
}

fn record(line: usize, sentence: String, json: &Json) -> Result<Record, Error> {
    let all = match &json["events"] {
        Json::Null => &[][..],
        Json::Array(all) => all,
        _ => return Err(Error::new(line, "\"events\" must be a list")),
    };
    let event = |(at, json): (usize, &Json)| {
        let word = json["token"].as_u64().and_then(|word| usize::try_from(word).ok());
        match (word, json["score"].as_f64()) {
            (Some(word), Some(score)) => {
                Ok(Event { word, score, not_fact: json["not_fact"].as_bool() })
            }
            _ => {
                let what = "needs a whole number \"token\" and a number \"score\"";
                Err(Error::new(line, format!("events[{at}] {what}")))
            }
        }
    };
    let events = all.iter().enumerate().map(event).collect::<Result<_, _>>()?;
    let words = json["tokens"].as_array().into_iter().flatten();
    let words = words.map(|word| word.as_str().unwrap_or_default().to_owned()).collect();
    let source = json["source"].as_str().unwrap_or_default().to_owned();
    Ok(Record { sentence, source, words, events })
}

/// A prediction as a line of JSON.
pub fn line(sentence: &str, events: &[Event]) -> Json {
    let event = |one: &Event| {
        let mut json = json!({"token": one.word, "score": one.score});
        if let Some(not_fact) = one.not_fact {
            json["not_fact"] = json!(not_fact);
        }
        json
    };
    json!({"sentid": sentence, "events": events.iter().map(event).collect::<Vec<_>>()})
}

/// The score of predictions.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// The mean distance of scores.
    pub distance: f64,
    /// The same if every event were certain.
    pub distance_all_certain: f64,
    /// Pearson's r of the scores.
    pub correlation: f64,
    /// Events that are not presented as facts.
    pub not_fact: Percent,
    /// Events that are not presented as nearly certain.
    pub unsure: Percent,
    /// Between what bounds the F1 of not-facts and r lie for nineteen of twenty samples of the
    /// sentences.
    pub bounds: [(f64, f64); 2],
}

/// An event: gold score, predicted score, and whether it is said to be no fact.
type Pair = (f64, f64, bool);

/// Scores predictions, given for each sentence of the gold.
pub fn score(gold: &[Record], predicted: &BTreeMap<String, Vec<Event>>) -> Score {
    let none = Vec::new();
    let sentences: Vec<Vec<Pair>> = gold
        .iter()
        .map(|record| pairs(record, predicted.get(&record.sentence).unwrap_or(&none)))
        .filter(|pairs| !pairs.is_empty())
        .collect();
    let all: Vec<Pair> = sentences.concat();
    let mean = |of: &dyn Fn(&Pair) -> f64| {
        if all.is_empty() { 0.0 } else { all.iter().map(of).sum::<f64>() / all.len() as f64 }
    };
    let drawn = |figure: &dyn Fn(&[Pair]) -> f64| {
        interval::bounds(sentences.len(), |drawn| {
            let pairs: Vec<Pair> =
                drawn.iter().flat_map(|at| sentences[*at].iter().copied()).collect();
            figure(&pairs)
        })
    };
    Score {
        distance: mean(&|(gold, own, _)| (gold - own).abs()),
        distance_all_certain: mean(&|(gold, ..)| (gold - CERTAIN).abs()),
        correlation: correlation(&all),
        not_fact: not_fact(&all),
        unsure: counts(&all, |(gold, own, _)| (gold < UNSURE, own < UNSURE)),
        bounds: [drawn(&|pairs| not_fact(pairs).f1), drawn(&correlation)],
    }
}

fn not_fact(pairs: &[Pair]) -> Percent {
    counts(pairs, |(gold, _, said)| (gold <= NOT_FACT, said))
}

fn pairs(record: &Record, predicted: &[Event]) -> Vec<Pair> {
    let own: BTreeMap<usize, &Event> = predicted.iter().map(|one| (one.word, one)).collect();
    let pair = |event: &Event| {
        let own = own.get(&event.word);
        let score = own.map_or(CERTAIN, |own| own.score.clamp(-3.0, 3.0));
        let said = own.and_then(|own| own.not_fact).unwrap_or(score <= SAID_NOT_FACT);
        (event.score, score, said)
    };
    record.events.iter().map(pair).collect()
}

fn counts(pairs: &[Pair], both: impl Fn(Pair) -> (bool, bool)) -> Percent {
    let mut counts = Counts::default();
    for (gold, own) in pairs.iter().map(|pair| both(*pair)) {
        counts.right += u32::from(gold && own);
        counts.predicted += u32::from(own);
        counts.gold += u32::from(gold);
    }
    counts.percent()
}

/// Pearson's r; zero where one side is all the same.
fn correlation(pairs: &[Pair]) -> f64 {
    let count = pairs.len().max(1) as f64;
    let sum = |of: &dyn Fn(&Pair) -> f64| pairs.iter().map(of).sum::<f64>();
    let (gold, own) = (sum(&|pair| pair.0) / count, sum(&|pair| pair.1) / count);
    let spread =
        sum(&|pair| (pair.0 - gold).powi(2)).sqrt() * sum(&|pair| (pair.1 - own).powi(2)).sqrt();
    let together = sum(&|pair| (pair.0 - gold) * (pair.1 - own));
    if spread > 0.0 { together / spread } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = r#"
        {"sentid": "a", "source": "uw", "tokens": ["They", "left", "to", "sing"], "events": [{"token": 1, "score": 3.0}, {"token": 3, "score": -0.4}]}
        {"sentid": "b", "source": "uw", "tokens": ["Nobody", "came"], "events": [{"token": 1, "score": -3.0}]}
    "#;

    fn scored(predictions: &str) -> Score {
        let predicted = records(predictions).unwrap();
        let predicted = predicted.into_iter().map(|one| (one.sentence, one.events)).collect();
        score(&records(GOLD).unwrap(), &predicted)
    }

    #[test]
    fn gold_against_itself_has_full_marks_and_nothing_counts_as_certain() {
        let own = scored(GOLD);
        assert!(own.distance.abs() < 1e-12 && (own.correlation - 1.0).abs() < 1e-12);
        assert!((own.not_fact.f1 - 100.0).abs() < 1e-12);
        let none = scored("");
        assert_eq!((none.correlation, none.not_fact.f1), (0.0, 0.0));
        assert!((none.distance - none.distance_all_certain).abs() < 1e-12);
        assert!((none.distance - 9.4 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn what_is_said_to_be_no_fact_stands_before_its_score() {
        let score = scored(
            r#"{"sentid": "a", "events": [{"token": 3, "score": 2.0, "not_fact": true}, {"token": 1, "score": 9}]}
               {"sentid": "b", "events": [{"token": 1, "score": 1.0}]}"#,
        );
        assert_eq!(score.not_fact.counts, Counts { right: 2, predicted: 2, gold: 2 });
        assert_eq!(score.unsure.counts, Counts { right: 1, predicted: 1, gold: 2 });
        assert!((score.distance - (2.4 + 4.0) / 3.0).abs() < 1e-12);
    }

    #[test]
    fn predictions_come_back_from_their_lines() {
        let events = vec![Event { word: 1, score: -0.25, not_fact: Some(true) }];
        assert_eq!(records(&line("a", &events).to_string()).unwrap()[0].events, events);
        let wrong = records(r#"{"sentid": "a", "events": [{"token": -1, "score": 1}]}"#);
        assert!(wrong.unwrap_err().to_string().contains("events[0] needs"));
    }
}
