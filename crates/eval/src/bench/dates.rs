//! Expressions of time: where they stand, and what they mean on the day of publication.
//!
//! A line of gold has `docid`, `dct` (the day of publication, perhaps with a time), `text` and
//! `timexes`, each with `start` and `end` (bytes of the text), `type` and `value` as TIMEX3 writes
//! them. A prediction is `{"docid": …, "timexes": [{"start": …, "end": …, "type": …, "value": …}]}`.
//!
//! After TempEval-3: expressions that overlap are paired one to one, those of equal spans first,
//! then those that share most, then the leftmost. The headline is the F1 of pairs with the same
//! value, compared letter by letter.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::{Counts, Error, Percent, interval, lines};

/// An expression of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timex {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// DATE, TIME, DURATION or SET.
    pub kind: Option<String>,
    /// What it means, as TIMEX3 writes it.
    pub value: Option<String>,
}

/// A document with its expressions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What it is called.
    pub document: String,
    /// The day of publication, as it is given.
    pub published: String,
    /// Its text; empty in predictions.
    pub text: String,
    /// Its expressions.
    pub timexes: Vec<Timex>,
}

/// The records of lines of JSON.
///
/// # Errors
/// If a line is no JSON, has no document or one that an earlier line has, or an expression has no
/// start before its end.
pub fn records(text: &str) -> Result<Vec<Record>, Error> {
    lines::objects(text, "docid")?
        .into_iter()
        .map(|(line, document, json)| record(line, document, &json))
        .collect()
}

fn record(line: usize, document: String, json: &Json) -> Result<Record, Error> {
    let timex = |(start, end, json, _): (usize, usize, &Json, String)| {
        let text = |field: &str| json[field].as_str().map(str::to_owned);
        Timex { start, end, kind: text("type"), value: text("value") }
    };
    let timexes = lines::spans(line, json, "timexes")?.into_iter().map(timex).collect();
    let text = |field: &str| json[field].as_str().unwrap_or_default().to_owned();
    Ok(Record { document, published: text("dct"), text: text("text"), timexes })
}

/// A prediction as a line of JSON.
pub fn line(document: &str, timexes: &[Timex]) -> Json {
    let timex = |one: &Timex| {
        let mut json = json!({"start": one.start, "end": one.end});
        for (field, value) in [("type", &one.kind), ("value", &one.value)] {
            if let Some(value) = value {
                json[field] = json!(value);
            }
        }
        json
    };
    json!({"docid": document, "timexes": timexes.iter().map(timex).collect::<Vec<_>>()})
}

/// What is measured, in the order of [`Score::measures`].
pub const MEASURES: [&str; 4] = ["relaxed", "strict", "type", "value"];

/// The score of predictions.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// Pairs that overlap; that have the same span; the same type; the same value.
    pub measures: [Percent; 4],
    /// Of the predicted, how many touch any of the gold, and the other way round.
    pub touching: Percent,
    /// Between what bounds the F1 of values lies for nineteen of twenty samples of the documents.
    pub value_bounds: (f64, f64),
}

/// Counts of one document: how many pairs fit by each measure, of how many.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    right: [u32; 4],
    predicted: u32,
    gold: u32,
    predicted_touching: u32,
    gold_touched: u32,
}

/// Scores predictions, given for each document of the gold; one without any has no expressions.
pub fn score(gold: &[Record], predicted: &BTreeMap<String, Vec<Timex>>) -> Score {
    let none = Vec::new();
    let tallies: Vec<Tally> = gold
        .iter()
        .map(|record| tally(&record.timexes, predicted.get(&record.document).unwrap_or(&none)))
        .collect();
    let mut all = Tally::default();
    tallies.iter().for_each(|one| add(&mut all, one));
    let value_bounds = interval::bounds(tallies.len(), |drawn| {
        let mut all = Tally::default();
        drawn.iter().for_each(|at| add(&mut all, &tallies[*at]));
        percent(&all, 3).f1
    });
    let touching = Percent {
        precision: percent_of(all.predicted_touching, all.predicted),
        recall: percent_of(all.gold_touched, all.gold),
        f1: 0.0,
        counts: Counts { right: all.predicted_touching, predicted: all.predicted, gold: all.gold },
    };
    let sum = touching.precision + touching.recall;
    let f1 = if sum > 0.0 { 2.0 * touching.precision * touching.recall / sum } else { 0.0 };
    Score {
        measures: [0, 1, 2, 3].map(|measure| percent(&all, measure)),
        touching: Percent { f1, ..touching },
        value_bounds,
    }
}

fn add(into: &mut Tally, one: &Tally) {
    into.right.iter_mut().zip(one.right).for_each(|(sum, right)| *sum += right);
    into.predicted += one.predicted;
    into.gold += one.gold;
    into.predicted_touching += one.predicted_touching;
    into.gold_touched += one.gold_touched;
}

fn percent(all: &Tally, measure: usize) -> Percent {
    Counts { right: all.right[measure], predicted: all.predicted, gold: all.gold }.percent()
}

fn percent_of(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * f64::from(part) / f64::from(whole) }
}

fn shared(a: &Timex, b: &Timex) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// Whether spans differ; how little they share; where each starts; numbers of predicted and gold.
type Pair = (bool, usize, usize, usize, usize, usize);

fn tally(gold: &[Timex], predicted: &[Timex]) -> Tally {
    let mut pairs = Vec::new();
    for (p, mine) in predicted.iter().enumerate() {
        for (g, theirs) in gold.iter().enumerate() {
            let shared = shared(mine, theirs);
            if shared > 0 {
                let other = (mine.start, mine.end) != (theirs.start, theirs.end);
                pairs.push((other, usize::MAX - shared, theirs.start, mine.start, p, g));
            }
        }
    }
    pairs.sort_unstable();
    let touching =
        |pick: fn(&Pair) -> usize| count(pairs.iter().map(pick).collect::<BTreeSet<_>>().len());
    let mut tally = Tally {
        predicted: count(predicted.len()),
        gold: count(gold.len()),
        predicted_touching: touching(|pair| pair.4),
        gold_touched: touching(|pair| pair.5),
        ..Tally::default()
    };
    let (mut taken_mine, mut taken_theirs) = (BTreeSet::new(), BTreeSet::new());
    for (other, .., p, g) in pairs {
        if taken_mine.contains(&p) || taken_theirs.contains(&g) {
            continue;
        }
        taken_mine.insert(p);
        taken_theirs.insert(g);
        let (mine, theirs) = (&predicted[p], &gold[g]);
        let fits = [true, !other, mine.kind == theirs.kind, mine.value == theirs.value];
        tally.right.iter_mut().zip(fits).for_each(|(sum, fits)| *sum += u32::from(fits));
    }
    tally
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = r#"
        {"docid": "a", "dct": "2017-03-24", "text": "on Friday night and in the past two weeks", "timexes": [{"start": 3, "end": 15, "type": "TIME", "value": "2017-03-24TNI"}, {"start": 23, "end": 41, "type": "DURATION", "value": "P2W"}]}
        {"docid": "b", "dct": "2017-03-24", "text": "now", "timexes": [{"start": 0, "end": 3, "type": "DATE", "value": "PRESENT_REF"}]}
    "#;

    fn scored(predictions: &str) -> Score {
        let predicted = records(predictions).unwrap();
        let predicted = predicted.into_iter().map(|one| (one.document, one.timexes)).collect();
        score(&records(GOLD).unwrap(), &predicted)
    }

    #[test]
    fn gold_against_itself_has_full_marks_and_nothing_none() {
        let own = scored(GOLD);
        assert!(own.measures.iter().all(|one| (one.f1 - 100.0).abs() < 1e-12));
        assert!((own.touching.f1 - 100.0).abs() < 1e-12);
        assert!(scored("").measures.iter().all(|one| one.f1 == 0.0));
    }

    #[test]
    fn pairs_are_one_to_one_and_equal_spans_come_first() {
        let score = scored(
            r#"{"docid": "a", "timexes": [{"start": 3, "end": 9, "type": "DATE", "value": "2017-03-24"}, {"start": 3, "end": 15, "type": "TIME", "value": "2017-03-24TNI"}, {"start": 27, "end": 41, "type": "DURATION", "value": "P2W"}]}"#,
        );
        let counts = |at: usize| score.measures[at].counts;
        assert_eq!(counts(0), Counts { right: 2, predicted: 3, gold: 3 });
        assert_eq!((counts(1).right, counts(2).right, counts(3).right), (1, 2, 2));
        assert!((score.touching.precision - 100.0).abs() < 1e-9);
        assert!((score.touching.recall - 200.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn a_missing_value_is_equal_to_none_and_to_nothing_else() {
        let bare = r#"{"docid": "b", "timexes": [{"start": 0, "end": 3}]}"#;
        let score = scored(bare);
        assert_eq!((score.measures[0].counts.right, score.measures[3].counts.right), (1, 0));
        assert!(records(r#"{"docid": "b", "timexes": [{"start": 3, "end": 3}]}"#).is_err());
    }
}
