//! How many were killed and hurt, and the names of victims and suspects, against the record of the
//! incident that a report is about.
//!
//! A line of gold has `id`, `incident`, `killed`, `injured`, `names` and `in_text` (the names whose
//! last word stands in the report). A prediction is `{"id": …, "killed": …, "injured": …,
//! "names": […]}`; numbers may be null, which is never right.
//!
//! Two names are the same if first and last words agree and the words of one are all among those of
//! the other, without accents, case, and Jr or III. F1 of names is that of precision and of recall
//! over the names in the text. By incident, the number that most of its documents give stands for
//! all, the greater of two; names are joined.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{Error, interval, lines};

/// What a document says, or should say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Casualties {
    /// How many died.
    pub killed: Option<i64>,
    /// How many were hurt.
    pub injured: Option<i64>,
    /// Victims and suspects.
    pub names: Vec<String>,
}

/// A document of the gold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What it is called.
    pub document: String,
    /// The incident that it is about.
    pub incident: String,
    /// What the incident's record says.
    pub casualties: Casualties,
    /// The names whose last word stands in the document.
    pub in_text: Vec<String>,
}

/// A report, which the gold does not hold itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Its headline.
    pub title: String,
    /// What stands below it.
    pub text: String,
    /// When it was published.
    pub published: String,
}

/// The reports of lines of JSON, each with `id`, `title`, `published` and `text`.
///
/// # Errors
/// If a line is no JSON, or has no document or one that an earlier line has.
pub fn reports(text: &str) -> Result<BTreeMap<String, Report>, Error> {
    let report = |json: &Json| {
        let text = |field: &str| json[field].as_str().unwrap_or_default().to_owned();
        Report { title: text("title"), text: text("text"), published: text("published") }
    };
    let objects = lines::objects(text, "id")?.into_iter();
    Ok(objects.map(|(_, document, json)| (document, report(&json))).collect())
}

/// The records of lines of JSON.
///
/// # Errors
/// If a line is no JSON, has no document or one that an earlier line has, or lacks a field.
pub fn records(text: &str) -> Result<Vec<Record>, Error> {
    lines::objects(text, "id")?
        .into_iter()
        .map(|(line, document, json)| {
            let Some(incident) = json["incident"].as_str().map(str::to_owned) else {
                return Err(Error::new(line, "expected a string \"incident\""));
            };
            let casualties = casualties(line, &json)?;
            let in_text = strings(line, &json, "in_text")?;
            Ok(Record { document, incident, casualties, in_text })
        })
        .collect()
}

/// The predictions of lines of JSON, by document.
///
/// # Errors
/// As [`records`].
pub fn predictions(text: &str) -> Result<BTreeMap<String, Casualties>, Error> {
    lines::objects(text, "id")?
        .into_iter()
        .map(|(line, document, json)| Ok((document, casualties(line, &json)?)))
        .collect()
}

fn casualties(line: usize, json: &Json) -> Result<Casualties, Error> {
    let number = |field: &str| match &json[field] {
        Json::Null => Ok(None),
        value => value
            .as_i64()
            .map(Some)
            .ok_or_else(|| Error::new(line, format!("\"{field}\" must be a whole number or null"))),
    };
    Ok(Casualties {
        killed: number("killed")?,
        injured: number("injured")?,
        names: strings(line, json, "names")?,
    })
}

fn strings(line: usize, json: &Json, field: &str) -> Result<Vec<String>, Error> {
    let wrong = || Error::new(line, format!("\"{field}\" must be a list of strings"));
    let list = match &json[field] {
        Json::Null => return Ok(Vec::new()),
        value => value.as_array().ok_or_else(wrong)?,
    };
    list.iter().map(|name| name.as_str().map(str::to_owned).ok_or_else(wrong)).collect()
}

/// A prediction as a line of JSON.
pub fn line(document: &str, said: &Casualties) -> Json {
    json!({"id": document, "killed": said.killed, "injured": said.injured, "names": said.names})
}

/// Shares of documents or of incidents, from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Block {
    /// Those whose number of killed is right.
    pub killed: f64,
    /// Those whose number of injured is right.
    pub injured: f64,
    /// Those of which both are right.
    pub both: f64,
    /// Those of which any number is given.
    pub given: f64,
    /// Of the names predicted, how many are of the record.
    pub name_precision: f64,
    /// Of the names of the record, how many are predicted.
    pub name_recall: f64,
    /// Of the names of the record that stand in the text, how many are predicted.
    pub name_recall_in_text: f64,
    /// The harmonic mean of precision and recall in the text.
    pub name_f1: f64,
}

/// The score of predictions.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// By document.
    pub documents: Block,
    /// By incident.
    pub incidents: Block,
    /// Between what bounds the share of documents with both numbers right lies for nineteen of
    /// twenty samples of the documents.
    pub both_bounds: (f64, f64),
    /// The same for the F1 of names.
    pub name_bounds: (f64, f64),
}

/// Counts of one document or incident.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    killed: bool,
    injured: bool,
    given: bool,
    right: usize,
    right_in_text: usize,
    predicted: usize,
    gold: usize,
    gold_in_text: usize,
}

/// Scores predictions, given for each document of the gold; one without any says nothing.
pub fn score(gold: &[Record], predicted: &BTreeMap<String, Casualties>) -> Score {
    let nothing = Casualties::default();
    let said = |record: &Record| predicted.get(&record.document).unwrap_or(&nothing);
    let documents: Vec<Tally> = gold.iter().map(|record| tally(record, said(record))).collect();
    let mut incidents: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    for record in gold {
        incidents.entry(&record.incident).or_default().push(record);
    }
    let joined: Vec<Tally> = incidents
        .values()
        .map(|records| {
            let said: Vec<&Casualties> = records.iter().map(|record| said(record)).collect();
            let (record, said) = join(records, &said);
            tally(&record, &said)
        })
        .collect();
    let drawn = |figure: fn(&Block) -> f64| {
        interval::bounds(documents.len(), |drawn| {
            figure(&block(drawn.iter().map(|at| &documents[*at])))
        })
    };
    Score {
        documents: block(documents.iter()),
        incidents: block(joined.iter()),
        both_bounds: drawn(|block| block.both),
        name_bounds: drawn(|block| block.name_f1),
    }
}

/// What all documents of an incident say together, and should say.
fn join(records: &[&Record], said: &[&Casualties]) -> (Record, Casualties) {
    let first = records[0];
    let names = distinct(&first.casualties.names);
    let seen: Vec<&String> = records.iter().flat_map(|record| &record.in_text).collect();
    let in_text = names.iter().filter(|name| seen.iter().any(|one| alike(name, one)));
    let record = Record {
        in_text: in_text.cloned().collect(),
        casualties: Casualties { names: names.clone(), ..first.casualties.clone() },
        ..first.clone()
    };
    let names: Vec<String> = said.iter().flat_map(|one| one.names.clone()).collect();
    let said = Casualties {
        killed: most(said.iter().filter_map(|one| one.killed)),
        injured: most(said.iter().filter_map(|one| one.injured)),
        names: distinct(&names),
    };
    (record, said)
}

/// The number that comes most often, the greatest of several.
fn most(numbers: impl Iterator<Item = i64>) -> Option<i64> {
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    numbers.for_each(|number| *counts.entry(number).or_default() += 1);
    counts.into_iter().max_by_key(|(number, count)| (*count, *number)).map(|(number, _)| number)
}

fn distinct(names: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for name in names {
        if !kept.iter().any(|one| alike(name, one)) {
            kept.push(name.clone());
        }
    }
    kept
}

fn alike(one: &str, other: &str) -> bool {
    one == other || same(one, other)
}

/// Whether two names are the same.
fn same(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    if one.len() < 2 || other.len() < 2 {
        return !one.is_empty() && one == other;
    }
    let set = |words: &[String]| words.iter().cloned().collect::<BTreeSet<_>>();
    let (mine, theirs) = (set(&one), set(&other));
    one[0] == other[0]
        && one[one.len() - 1] == other[other.len() - 1]
        && (mine.is_subset(&theirs) || theirs.is_subset(&mine))
}

/// The words of a name without accents and case, and without what tells a son from his father.
fn words(name: &str) -> Vec<String> {
    let bare: String = name.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    bare.to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty() && !["jr", "sr", "ii", "iii", "iv"].contains(word))
        .map(str::to_owned)
        .collect()
}

/// How many names of the gold are predicted, each prediction once.
fn hits(gold: &[String], predicted: &[String]) -> usize {
    let mut left: Vec<&String> = predicted.iter().collect();
    let mut found = 0;
    for name in gold {
        if let Some(at) = left.iter().position(|one| same(name, one)) {
            left.remove(at);
            found += 1;
        }
    }
    found
}

fn tally(record: &Record, said: &Casualties) -> Tally {
    let gold = &record.casualties;
    Tally {
        killed: said.killed == gold.killed,
        injured: said.injured == gold.injured,
        given: said.killed.is_some() || said.injured.is_some(),
        right: hits(&gold.names, &said.names),
        right_in_text: hits(&record.in_text, &said.names),
        predicted: said.names.len(),
        gold: gold.names.len(),
        gold_in_text: record.in_text.len(),
    }
}

fn block<'t>(tallies: impl Iterator<Item = &'t Tally> + Clone) -> Block {
    let share = |part: usize, whole: usize, empty: f64| match whole {
        0 => empty,
        whole => part as f64 / whole as f64,
    };
    let number = tallies.clone().count();
    let those = |fits: fn(&Tally) -> bool| {
        share(tallies.clone().filter(|one| fits(one)).count(), number, 0.0)
    };
    let sum = |of: fn(&Tally) -> usize| tallies.clone().map(of).sum::<usize>();
    let (gold, predicted) = (sum(|one| one.gold), sum(|one| one.predicted));
    let empty = if gold == 0 { 1.0 } else { 0.0 };
    let precision = share(sum(|one| one.right), predicted, empty);
    let in_text = share(sum(|one| one.right_in_text), sum(|one| one.gold_in_text), 1.0);
    let both = precision + in_text;
    Block {
        killed: those(|one| one.killed),
        injured: those(|one| one.injured),
        both: those(|one| one.killed && one.injured),
        given: those(|one| one.given),
        name_precision: precision,
        name_recall: share(sum(|one| one.right), gold, 1.0),
        name_recall_in_text: in_text,
        name_f1: if both > 0.0 { 2.0 * precision * in_text / both } else { 0.0 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = r#"
        {"id": "1", "incident": "x", "killed": 2, "injured": 0, "names": ["Ada Marl", "Ruel Ostby Jr"], "in_text": ["Ada Marl"]}
        {"id": "2", "incident": "x", "killed": 2, "injured": 0, "names": ["Ada Marl", "Ruel Ostby Jr"], "in_text": []}
        {"id": "3", "incident": "y", "killed": 0, "injured": 1, "names": [], "in_text": []}
    "#;

    fn scored(predictions_: &str) -> Score {
        score(&records(GOLD).unwrap(), &predictions(predictions_).unwrap())
    }

    #[test]
    fn gold_against_itself_has_full_marks_and_nothing_none() {
        let own = scored(GOLD);
        assert_eq!((own.documents.both, own.incidents.both), (1.0, 1.0));
        assert_eq!((own.documents.name_precision, own.documents.name_recall), (1.0, 1.0));
        let none = scored("");
        assert_eq!((none.documents.killed, none.documents.name_f1), (0.0, 0.0));
    }

    #[test]
    fn names_are_compared_without_accents_and_middle_names() {
        assert!(same("Ada Marl", "Áda B. MARL Jr."));
        assert!(!same("Ada C. Marl", "Ada B. Marl"));
        assert!(!same("Ada Marl", "Marl") && same("Marl", "marl"));
    }

    #[test]
    fn of_an_incident_most_documents_decide_and_the_greater_number_of_a_tie() {
        let score = scored(
            r#"{"id": "1", "killed": 1, "injured": 0, "names": ["Ada Marl", "Ada Marl"]}
               {"id": "2", "killed": 2, "injured": 0, "names": ["Ruel Ostby"]}
               {"id": "3", "killed": null, "injured": 1}"#,
        );
        assert!((score.documents.both - 1.0 / 3.0).abs() < 1e-12);
        assert!((score.incidents.both - 0.5).abs() < 1e-12);
        assert!((score.documents.name_precision - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(score.incidents.name_precision, 1.0);
        assert_eq!(score.documents.given, 1.0);
    }
}
