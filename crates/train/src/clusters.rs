//! Clusters of words, from the running text of the bench.

use std::collections::HashMap;

use serde_json::Value as Json;
use throughline_linear::{Code, Codes, cluster};
use throughline_read::trained::{Page, written};

use crate::{Bench, Error};

/// How many clusters there are.
pub const CLUSTERS: usize = 256;

/// How often a word must occur to be clustered.
pub const LEAST: usize = 4;

/// The running text of the bench's training parts, in sentences of words as clusters know them.
///
/// Left out are texts whose licence forbids commercial use, those given for testing alone (`places`
/// and the casualties of `same-incident`), and `dates` and the newswire part of `certainty`.
///
/// # Errors
/// If a file of the bench is missing or is not what it should be.
pub fn text(bench: &Bench) -> Result<Vec<Vec<String>>, Error> {
    let mut found = Vec::new();
    let mut add = |page: &Page<'_>| {
        for sentence in page.sentences() {
            found.push(sentence.clone().map(|at| written(page.word(at))).collect());
        }
    };
    let names = bench.names_to_learn()?;
    names.iter().for_each(|record| add(&Page::of_text(&record.text)));
    let gum_names: std::collections::BTreeSet<String> = names
        .iter()
        .filter_map(|record| record.document.rsplit('/').next().map(str::to_owned))
        .collect();
    for sentence in bench.sentences("syntax/train.conllu")? {
        // What is in both folders counts once.
        let document = sentence.id.rsplit_once('-').map_or("", |(document, _)| document);
        if !gum_names.contains(document) {
            let words: Vec<&str> = sentence.words.iter().map(|word| word.form.as_str()).collect();
            add(&Page::of_words([words]));
        }
    }
    for file in ["incidents/train.jsonl", "attribution/train.jsonl"] {
        for json in objects(bench, file)? {
            add(&Page::of_text(json["text"].as_str().unwrap_or_default()));
        }
    }
    for json in objects(bench, "same-incident/ecb/docs.train.jsonl")? {
        add(&of_lists(&json["sentences"]));
    }
    for json in objects(bench, "certainty/negation_train.jsonl")? {
        add(&of_lists(&Json::Array(vec![json["tokens"].clone()])));
    }
    Ok(found)
}

fn objects(bench: &Bench, file: &str) -> Result<Vec<Json>, Error> {
    let wrong = |line: usize, what: String| {
        bench.wrong(file, throughline_eval::bench::Error { line: line + 1, what })
    };
    let text = bench.text(file)?;
    let lines = text.lines().enumerate();
    lines
        .map(|(at, line)| serde_json::from_str(line).map_err(|error| wrong(at, error.to_string())))
        .collect()
}

/// Sentences that are lists of words.
fn of_lists(json: &Json) -> Page<'static> {
    let words = |sentence: &Json| -> Vec<String> {
        let words = sentence.as_array().into_iter().flatten();
        words.filter_map(Json::as_str).map(str::to_owned).collect()
    };
    let sentences: Vec<Vec<String>> = json.as_array().into_iter().flatten().map(words).collect();
    Page::of_words(sentences)
}

/// Clusters the words of a text; gives their codes, and how many words the text has.
pub fn train(
    text: &[Vec<String>],
    clusters: usize,
    least: usize,
    tell: impl FnMut(usize),
) -> Codes {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in text.iter().flatten() {
        *counts.entry(word).or_default() += 1;
    }
    let mut words: Vec<(&str, usize)> =
        counts.into_iter().filter(|(_, count)| *count >= least).collect();
    words.sort_unstable_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
    let numbers: HashMap<&str, u32> =
        words.iter().enumerate().map(|(at, (word, _))| (*word, at as u32)).collect();
    let number = |word: &String| numbers.get(word.as_str()).copied().unwrap_or(u32::MAX);
    let sentences: Vec<Vec<u32>> =
        text.iter().map(|sentence| sentence.iter().map(number).collect()).collect();
    let codes: Vec<Code> = cluster::brown(&sentences, words.len(), clusters, tell);
    Codes::new(words.iter().map(|(word, _)| *word).zip(codes))
}
