//! What is negated: the words that negate, and the words that they reach over.
//!
//! A line of gold has `sentid`, `tokens` and `negations`, each with `cue` and `scope`: lists of
//! `[token, text]`, where the text is a part of the word if an affix negates. A prediction is
//! `{"sentid": …, "negations": [{"cue": [1], "scope": [2, 3]}]}`, with numbers or such pairs.
//!
//! Scopes are compared by words, of negations whose cues are the same words; of a cue that is
//! missed or made up all words of the scope count against it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::{Counts, Error, Percent, interval, lines};

/// A negation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Negation {
    /// The words that negate, by number.
    pub cue: BTreeSet<usize>,
    /// The words that they reach over.
    pub scope: BTreeSet<usize>,
    /// Of a cue of one word, the part of it that negates, where the gold says it.
    pub part: Option<String>,
}

/// A sentence with its negations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What it is called.
    pub sentence: String,
    /// Its words; none in predictions.
    pub words: Vec<String>,
    /// Its negations.
    pub negations: Vec<Negation>,
}

/// The records of lines of JSON.
///
/// # Errors
/// If a line is no JSON, has no sentence or one that an earlier line has, or a list holds
/// anything but words.
pub fn records(text: &str) -> Result<Vec<Record>, Error> {
    lines::objects(text, "sentid")?
        .into_iter()
        .map(|(line, sentence, json)| record(line, sentence, &json))
        .collect()
}

fn record(line: usize, sentence: String, json: &Json) -> Result<Record, Error> {
    let all = match &json["negations"] {
        Json::Null => &[][..],
        Json::Array(all) => all,
        _ => return Err(Error::new(line, "\"negations\" must be a list")),
    };
    let negation = |(at, json): (usize, &Json)| {
        let words = |field: &str| {
            words(&json[field]).ok_or_else(|| {
                let what = "must list numbers of words or [number, text]";
                Error::new(line, format!("negations[{at}]: \"{field}\" {what}"))
            })
        };
        let (cue, scope) = (words("cue")?, words("scope")?);
        let part = json["cue"][0][1].as_str().filter(|_| cue.len() == 1).map(str::to_owned);
        Ok(Negation { cue, scope, part })
    };
    let negations = all.iter().enumerate().map(negation).collect::<Result<_, Error>>()?;
    let words = json["tokens"].as_array().into_iter().flatten();
    let words = words.map(|word| word.as_str().unwrap_or_default().to_owned()).collect();
    Ok(Record { sentence, words, negations })
}

fn words(json: &Json) -> Option<BTreeSet<usize>> {
    if json.is_null() {
        return Some(BTreeSet::new());
    }
    let word = |json: &Json| {
        let number = json.as_u64().or_else(|| json.get(0)?.as_u64())?;
        usize::try_from(number).ok()
    };
    json.as_array()?.iter().map(word).collect()
}

/// A prediction as a line of JSON.
pub fn line(sentence: &str, negations: &[Negation]) -> Json {
    let negation = |one: &Negation| json!({"cue": one.cue, "scope": one.scope});
    json!({"sentid": sentence, "negations": negations.iter().map(negation).collect::<Vec<_>>()})
}

/// What is measured, in the order of [`Score::measures`].
pub const MEASURES: [&str; 4] = ["cue_token", "cue", "scope_token", "scope_exact"];

/// The score of predictions.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// Words of cues; whole cues; words of scopes; whole negations.
    pub measures: [Percent; 4],
    /// Between what bounds the F1 of each lies for nineteen of twenty samples of the sentences.
    pub bounds: [(f64, f64); 4],
}

/// Scores predictions, given for each sentence of the gold; one without any has no negations.
pub fn score(gold: &[Record], predicted: &BTreeMap<String, Vec<Negation>>) -> Score {
    let none = Vec::new();
    let tallies: Vec<[Counts; 4]> = gold
        .iter()
        .map(|record| {
            let own = predicted.get(&record.sentence).unwrap_or(&none);
            tally(&record.negations, own)
        })
        .collect();
    let sum = |all: &mut dyn Iterator<Item = usize>| {
        let mut sum = [Counts::default(); 4];
        all.for_each(|at| sum.iter_mut().zip(tallies[at]).for_each(|(sum, one)| sum.add(one)));
        sum
    };
    let bounds = [0, 1, 2, 3].map(|measure| {
        interval::bounds(tallies.len(), |drawn| {
            sum(&mut drawn.iter().copied())[measure].percent().f1
        })
    });
    Score { measures: sum(&mut (0..tallies.len())).map(Counts::percent), bounds }
}

fn tally(gold: &[Negation], predicted: &[Negation]) -> [Counts; 4] {
    let words = |all: &[Negation]| -> BTreeSet<usize> {
        all.iter().flat_map(|one| one.cue.iter().copied()).collect()
    };
    let (theirs, mine) = (words(gold), words(predicted));
    let cue_words = Counts {
        right: count(theirs.intersection(&mine).count()),
        predicted: count(mine.len()),
        gold: count(theirs.len()),
    };
    let whole = Counts { right: 0, predicted: count(predicted.len()), gold: count(gold.len()) };
    let (mut cues, mut exact, mut scopes) = (whole, whole, Counts::default());
    let mut left: Vec<&Negation> = predicted.iter().collect();
    for negation in gold {
        let shared = |one: &Negation| one.scope.intersection(&negation.scope).count();
        scopes.gold += count(negation.scope.len());
        // The first of those that share most.
        let best = (0..left.len()).filter(|&at| left[at].cue == negation.cue).fold(
            None,
            |best: Option<usize>, at| match best {
                Some(best) if shared(left[best]) >= shared(left[at]) => Some(best),
                _ => Some(at),
            },
        );
        let Some(own) = best.map(|at| left.remove(at)) else { continue };
        cues.right += 1;
        scopes.right += count(shared(own));
        exact.right += u32::from(own.scope == negation.scope);
    }
    scopes.predicted = predicted.iter().map(|one| count(one.scope.len())).sum();
    [cue_words, cues, scopes, exact]
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = r#"
        {"sentid": "a", "tokens": ["No", "man", "is", "unhappy"], "negations": [{"cue": [[0, "No"]], "scope": [[1, "man"], [2, "is"], [3, "unhappy"]]}, {"cue": [[3, "un"]], "scope": [[3, "happy"]]}]}
        {"sentid": "b", "tokens": ["Yes"], "negations": []}
    "#;

    fn scored(predictions: &str) -> Score {
        let predicted = records(predictions).unwrap();
        let predicted = predicted.into_iter().map(|one| (one.sentence, one.negations)).collect();
        score(&records(GOLD).unwrap(), &predicted)
    }

    #[test]
    fn gold_against_itself_has_full_marks_and_nothing_none() {
        assert!(scored(GOLD).measures.iter().all(|one| (one.f1 - 100.0).abs() < 1e-12));
        assert!(scored("").measures.iter().all(|one| one.f1 == 0.0));
        assert_eq!(records(GOLD).unwrap()[0].negations[1].part.as_deref(), Some("un"));
    }

    #[test]
    fn scopes_count_with_their_cues() {
        let score = scored(
            r#"{"sentid": "a", "negations": [{"cue": [0], "scope": [1, 2]}, {"cue": [2], "scope": [3]}]}"#,
        );
        let counts = |at: usize| score.measures[at].counts;
        assert_eq!(counts(0), Counts { right: 1, predicted: 2, gold: 2 });
        assert_eq!(counts(2), Counts { right: 2, predicted: 3, gold: 4 });
        assert_eq!((counts(1).right, counts(3).right), (1, 0));
    }

    #[test]
    fn predictions_come_back_from_their_lines() {
        let negation = Negation { cue: [1].into(), scope: [0, 2].into(), ..Negation::default() };
        let line = line("a", std::slice::from_ref(&negation)).to_string();
        assert_eq!(records(&line).unwrap()[0].negations, [negation]);
        assert!(records(r#"{"sentid": "a", "negations": [{"cue": ["x"]}]}"#).is_err());
    }
}
