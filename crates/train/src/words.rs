//! In how many documents of news a word stands.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use crate::{Bench, Error};

/// A word that stands in fewer documents, or in one collection alone, is left out: it is rare, or a
/// name of one collection's news, and the table should not say whose news it was made of.
pub const LEAST: u32 = 8;

/// The files that are counted, and the fields of their texts.
const FILES: [(&str, &[&str]); 4] = [
    ("same-incident/gva/docs.jsonl", &["title", "text"]),
    ("same-incident/ecb/docs.train.jsonl", &["sentences"]),
    ("incidents/train.jsonl", &["text"]),
    ("attribution/train.jsonl", &["text"]),
];

/// How many documents there are, and how many have each word that enough of them have.
///
/// # Errors
/// If the bench cannot be read.
pub fn count(bench: &Bench) -> Result<(u32, BTreeMap<String, u32>), Error> {
    let mut all = 0;
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let mut collections: BTreeMap<String, u32> = BTreeMap::new();
    for (file, fields) in FILES {
        let mut own = BTreeSet::new();
        for json in bench.lines(file)? {
            let mut words = BTreeSet::new();
            fields.iter().for_each(|field| collect(&json[*field], &mut words));
            if words.is_empty() {
                continue;
            }
            all += 1;
            for word in words {
                *counts.entry(word.clone()).or_insert(0) += 1;
                own.insert(word);
            }
        }
        own.into_iter().for_each(|word| *collections.entry(word).or_insert(0) += 1);
    }
    counts.retain(|word, count| *count >= LEAST && collections[word] > 1);
    Ok((all, counts))
}

/// The table that ships.
pub fn table(all: u32, counts: &BTreeMap<String, u32>) -> String {
    let mut table = format!("documents\t{all}\n");
    for (word, count) in counts {
        table.push_str(&format!("{word}\t{count}\n"));
    }
    table
}

/// The words of a text, or of a list of lists of words.
fn collect(json: &Json, words: &mut BTreeSet<String>) {
    match json {
        Json::String(text) => {
            let parts = text.split(|letter: char| {
                !letter.is_alphanumeric() && !matches!(letter, '-' | '\'' | '’')
            });
            let trimmed = parts.map(|word| word.trim_matches(['-', '\'', '’']));
            for word in trimmed.filter(|word| word.len() > 1) {
                let word = word.to_lowercase().replace('’', "'");
                words.insert(word.strip_suffix("'s").unwrap_or(&word).to_owned());
            }
        }
        Json::Array(parts) => parts.iter().for_each(|part| collect(part, words)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_texts_and_in_lists_of_words() {
        let mut words = BTreeSet::new();
        collect(&serde_json::json!("Marl’s 34-year-old son — a don't"), &mut words);
        collect(&serde_json::json!([["Ostby", "."], ["fell"]]), &mut words);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        assert_eq!(words, ["34-year-old", "don't", "fell", "marl", "ostby", "son"]);
        assert_eq!(table(3, &[("a".to_owned(), 2)].into()), "documents\t3\na\t2\n");
    }
}
