//! How well the wording of sentences tells copies: beside the share of runs of three words that two sentences
//! have in common, which it estimates.
//!
//! `cargo run --release -p throughline-read --example copies -- DOCS.jsonl GOLD.jsonl`
//!
//! DOCS has documents (`id`, `text`), GOLD which incident each reports (`id`, `incident`). Prints, of
//! sentences of two reports of one incident and of sentences of two incidents, how many pairs have which share
//! in common and how many of these are taken for copies. Of one incident every pair is looked at, of two as many
//! as there are documents of the next few incidents.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use throughline_model::{Document, Sha256, Span, Wording, Zone, ZoneRole};

/// The upper bounds of the rows, in percent of runs in common.
const ROWS: [usize; 7] = [10, 25, 40, 60, 75, 90, 100];

/// With the documents of so many following incidents each incident is compared.
const BESIDE: usize = 20;

/// A sentence: how it is worded, and its runs of three words.
struct Sentence {
    wording: Wording,
    runs: BTreeSet<[String; 3]>,
}

/// Pairs, and those taken for copies, by row.
#[derive(Default)]
struct Table([(u64, u64); ROWS.len()]);

impl Table {
    fn add(&mut self, one: &Sentence, other: &Sentence) {
        let common = one.runs.intersection(&other.runs).count();
        let all = one.runs.len() + other.runs.len() - common;
        let percent = common * 100 / all.max(1);
        let row = ROWS.iter().position(|most| percent < *most).unwrap_or(ROWS.len() - 1);
        self.0[row].0 += 1;
        self.0[row].1 += u64::from(one.wording.is_copied_by(other.wording));
    }

    fn print(&self, what: &str) {
        println!("{what}");
        for (most, (pairs, copies)) in ROWS.iter().zip(self.0) {
            println!(
                "  under {most:>3} % in common: {pairs:>9} pairs, {copies:>6} taken for copies"
            );
        }
    }
}

fn lines(path: &str) -> Vec<Json> {
    let text = std::fs::read_to_string(path).expect("the file can be read");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

fn sentences(text: &str) -> Vec<Sentence> {
    let zones = vec![Zone { role: ZoneRole::Body, span: Span::new(0, text.len()) }];
    let document =
        Document { text: text.to_owned(), zones, ..Document::bare(Sha256::of(text.as_bytes())) };
    let outline = throughline_read::outline(&document);
    let sentence = |one: &throughline_model::Sentence| {
        let (start, end) = (one.span.start as usize, one.span.end as usize);
        let words: Vec<String> = text[start..end]
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let runs = words.windows(3).map(|run| [0, 1, 2].map(|at| run[at].clone())).collect();
        Sentence { wording: one.wording, runs }
    };
    outline.sentences.iter().map(sentence).collect()
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let docs = lines(&arguments.next().expect("name a file of documents"));
    let gold = lines(&arguments.next().expect("name a file of incidents"));
    let incident: BTreeMap<String, String> =
        gold.iter().map(|line| (line["id"].to_string(), line["incident"].to_string())).collect();
    let mut incidents: BTreeMap<&str, Vec<Vec<Sentence>>> = BTreeMap::new();
    for line in &docs {
        let Some(incident) = incident.get(&line["id"].to_string()) else { continue };
        let text = line["text"].as_str().unwrap_or_default();
        incidents.entry(incident).or_default().push(sentences(text));
    }
    let incidents: Vec<Vec<Vec<Sentence>>> = incidents.into_values().collect();
    let (mut of_one, mut of_two) = (Table::default(), Table::default());
    let compare = |table: &mut Table, one: &[Sentence], other: &[Sentence]| {
        for one in one {
            other.iter().for_each(|other| table.add(one, other));
        }
    };
    for (at, own) in incidents.iter().enumerate() {
        for (first, one) in own.iter().enumerate() {
            own[first + 1..].iter().for_each(|other| compare(&mut of_one, one, other));
            for other in incidents[at + 1..].iter().take(BESIDE).flatten() {
                compare(&mut of_two, one, other);
            }
        }
    }
    of_one.print("two reports of one incident");
    of_two.print("reports of two incidents");
}
