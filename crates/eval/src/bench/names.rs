//! Names of people, organisations, places and other things: exact spans and kinds.
//!
//! A line of gold has `docid`, `source`, `text` and `entities`, each with `start` and `end` (bytes
//! of the text), `type` and perhaps `nominal`: a description rather than a name, which counts
//! neither way. A prediction is `{"docid": …, "entities": [{"start": …, "end": …, "type": …}]}`.
//!
//! A name is right if start, end and type are. Counted are sets, so that a name given twice counts
//! once. The headline is the mean of the sources' F1, since guidelines differ by source.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::{Counts, Error, Percent, interval, lines};

/// The types of names.
pub const TYPES: [&str; 4] = ["PER", "ORG", "LOC", "MISC"];

/// Sources whose guidelines have no other things: there such predictions count neither way.
pub const NO_MISC: [&str; 2] = ["btc", "uner-ewt"];

/// A name, or a description where `nominal`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entity {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// An index into [`TYPES`].
    pub kind: usize,
    /// Whether it is a description.
    pub nominal: bool,
}

/// A document with its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What it is called.
    pub document: String,
    /// The corpus it comes from.
    pub source: String,
    /// What it is (a news report, a travel guide), or where it was published.
    pub genre: Option<String>,
    /// Its text; empty in predictions.
    pub text: String,
    /// Its names.
    pub entities: Vec<Entity>,
}

/// The records of lines of JSON.
///
/// # Errors
/// If a line is no JSON, has no document or one that an earlier line has, or an entity has no
/// start before its end or no type.
pub fn records(text: &str) -> Result<Vec<Record>, Error> {
    lines::objects(text, "docid")?
        .into_iter()
        .map(|(line, document, json)| record(line, document, &json))
        .collect()
}

fn record(line: usize, document: String, json: &Json) -> Result<Record, Error> {
    let text = |field: &str| json[field].as_str().unwrap_or_default().to_owned();
    let entity = |(start, end, json, name): (usize, usize, &Json, String)| {
        let Some(kind) = TYPES.iter().position(|kind| json["type"].as_str() == Some(kind)) else {
            let wanted = TYPES.join(", ");
            return Err(Error::new(line, format!("{name}: \"type\" must be one of {wanted}")));
        };
        Ok(Entity { start, end, kind, nominal: json["nominal"].as_bool().unwrap_or(false) })
    };
    let entities = lines::spans(line, json, "entities")?.into_iter().map(entity);
    let entities = entities.collect::<Result<_, _>>()?;
    let source = if json["source"].is_string() { text("source") } else { "?".to_owned() };
    let genre = json["genre"].as_str().map(str::to_owned);
    Ok(Record { document, source, genre, text: text("text"), entities })
}

/// A prediction as a line of JSON.
pub fn line(document: &str, entities: &[Entity]) -> Json {
    let entity =
        |one: &Entity| json!({"start": one.start, "end": one.end, "type": TYPES[one.kind]});
    json!({"docid": document, "entities": entities.iter().map(entity).collect::<Vec<_>>()})
}

/// What is counted for a source, a type, or all.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Line {
    /// Spans with their types.
    pub typed: Percent,
    /// Spans whatever their type; `None` in the line of a type.
    pub spans: Option<Percent>,
}

/// The score of predictions.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// By source.
    pub sources: BTreeMap<String, Line>,
    /// By type, in the order of [`TYPES`].
    pub types: Vec<Line>,
    /// All together.
    pub overall: Line,
    /// The mean of the sources' F1.
    pub mean: f64,
    /// Between what bounds the mean lies for nineteen of twenty samples of the documents.
    pub mean_bounds: (f64, f64),
}

/// Counts of one document.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    typed: Counts,
    spans: Counts,
    types: [Counts; TYPES.len()],
}

/// Scores predictions, given for each document of the gold; one without any has no names.
pub fn score(gold: &[Record], predicted: &BTreeMap<String, Vec<Entity>>) -> Score {
    let none = Vec::new();
    let tallies: Vec<(&str, Tally)> = gold
        .iter()
        .map(|record| {
            let own = predicted.get(&record.document).unwrap_or(&none);
            (record.source.as_str(), tally(record, own))
        })
        .collect();
    let sources = by_source(tallies.iter());
    let mut overall = Tally::default();
    tallies.iter().for_each(|(_, one)| add(&mut overall, one));
    let line = |one: &Tally| Line { typed: one.typed.percent(), spans: Some(one.spans.percent()) };
    let types =
        overall.types.iter().map(|one| Line { typed: one.percent(), spans: None }).collect();
    let mean_bounds = interval::bounds(tallies.len(), |drawn| {
        mean(&by_source(drawn.iter().map(|at| &tallies[*at])))
    });
    Score {
        mean: mean(&sources),
        sources: sources.iter().map(|(source, one)| ((*source).to_owned(), line(one))).collect(),
        types,
        overall: line(&overall),
        mean_bounds,
    }
}

fn by_source<'t>(tallies: impl Iterator<Item = &'t (&'t str, Tally)>) -> BTreeMap<&'t str, Tally> {
    let mut sources: BTreeMap<&str, Tally> = BTreeMap::new();
    tallies.for_each(|(source, one)| add(sources.entry(source).or_default(), one));
    sources
}

fn mean(sources: &BTreeMap<&str, Tally>) -> f64 {
    let sum: f64 = sources.values().map(|one| one.typed.percent().f1).sum();
    if sources.is_empty() { 0.0 } else { sum / sources.len() as f64 }
}

fn add(into: &mut Tally, one: &Tally) {
    into.typed.add(one.typed);
    into.spans.add(one.spans);
    into.types.iter_mut().zip(one.types).for_each(|(sum, counts)| sum.add(counts));
}

fn tally(record: &Record, predicted: &[Entity]) -> Tally {
    type Typed = (usize, usize, usize);
    let typed = |one: &Entity| -> Typed { (one.start, one.end, one.kind) };
    let aside: BTreeSet<(usize, usize)> =
        record.entities.iter().filter(|one| one.nominal).map(|one| (one.start, one.end)).collect();
    let gold: BTreeSet<Typed> =
        record.entities.iter().filter(|one| !one.nominal).map(typed).collect();
    let no_misc = NO_MISC.contains(&record.source.as_str());
    let counts_neither_way = |(start, end, kind): &Typed| {
        aside.contains(&(*start, *end)) || no_misc && TYPES[*kind] == "MISC"
    };
    let predicted: BTreeSet<Typed> =
        predicted.iter().map(typed).filter(|one| !counts_neither_way(one)).collect();
    let spans = |typed: &BTreeSet<Typed>| -> BTreeSet<(usize, usize)> {
        typed.iter().map(|(start, end, _)| (*start, *end)).collect()
    };
    let of = |kind: usize, all: &BTreeSet<Typed>| -> BTreeSet<Typed> {
        all.iter().filter(|one| one.2 == kind).copied().collect()
    };
    let mut types = [Counts::default(); TYPES.len()];
    for (kind, counts) in types.iter_mut().enumerate() {
        *counts = compare(&of(kind, &gold), &of(kind, &predicted));
    }
    Tally {
        typed: compare(&gold, &predicted),
        spans: compare(&spans(&gold), &spans(&predicted)),
        types,
    }
}

fn compare<T: Ord>(gold: &BTreeSet<T>, predicted: &BTreeSet<T>) -> Counts {
    let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
    Counts {
        right: count(gold.intersection(predicted).count()),
        predicted: count(predicted.len()),
        gold: count(gold.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = r#"
        {"docid": "n/1", "source": "news", "text": "Ada Marl met the army in Ostby.", "entities": [{"start": 0, "end": 8, "type": "PER"}, {"start": 13, "end": 21, "type": "ORG", "nominal": true}, {"start": 25, "end": 30, "type": "LOC"}]}
        {"docid": "b/1", "source": "btc", "text": "RT Ruel!", "entities": [{"start": 3, "end": 7, "type": "PER"}]}
    "#;

    fn scored(predictions: &str) -> Score {
        let predicted = records(predictions).unwrap();
        let predicted = predicted.into_iter().map(|one| (one.document, one.entities)).collect();
        score(&records(GOLD).unwrap(), &predicted)
    }

    #[test]
    fn gold_against_itself_has_full_marks_and_nothing_none() {
        assert!((scored(GOLD).mean - 100.0).abs() < 1e-12);
        let none = scored("");
        assert_eq!((none.mean, none.overall.typed.counts.gold), (0.0, 3));
    }

    #[test]
    fn what_counts_neither_way() {
        let score = scored(
            r#"{"docid": "n/1", "entities": [{"start": 0, "end": 8, "type": "LOC"}, {"start": 13, "end": 21, "type": "ORG"}, {"start": 25, "end": 30, "type": "LOC"}]}
               {"docid": "b/1", "entities": [{"start": 0, "end": 2, "type": "MISC"}, {"start": 0, "end": 2, "type": "ORG"}]}"#,
        );
        let counts = |source: &str| score.sources[source].typed.counts;
        assert_eq!(counts("news"), Counts { right: 1, predicted: 2, gold: 2 });
        assert_eq!(counts("btc"), Counts { right: 0, predicted: 1, gold: 1 });
        let news = score.sources["news"];
        assert_eq!((news.typed.f1, news.spans.unwrap().f1), (50.0, 100.0));
        assert_eq!((score.mean, score.types[2].typed.counts.predicted), (25.0, 2));
    }

    #[test]
    fn predictions_come_back_from_their_lines() {
        let record = &records(GOLD).unwrap()[1];
        let line = line(&record.document, &record.entities).to_string();
        assert_eq!(records(&line).unwrap()[0].entities, record.entities);
    }

    #[test]
    fn lines_that_cannot_be_used_are_named() {
        for (text, wanted) in [
            ("\n{", "line 2: not valid JSON"),
            ("{\"docid\": 1}", "line 1: expected an object"),
            ("{\"docid\": \"a\"}\n{\"docid\": \"a\"}", "line 2: docid a occurs twice"),
            ("{\"docid\": \"a\", \"entities\": [{\"start\": 1}]}", "entities[0] needs"),
            ("{\"docid\": \"a\", \"entities\": [{\"start\": 1, \"end\": 1}]}", "ends before"),
            ("{\"docid\": \"a\", \"entities\": [{\"start\": 1, \"end\": 2}]}", "must be one of"),
        ] {
            let error = records(text).unwrap_err().to_string();
            assert!(error.contains(wanted), "{error}");
        }
    }
}
