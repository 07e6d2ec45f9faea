//! Names: each fifth of the training documents read by what the other four teach, then the dev
//! part by all. Parts of speech are those of taggers that do not know the document.

use std::collections::BTreeMap;
use std::path::Path;

use throughline_eval::bench::names::{Entity, Record, TYPES, line, score};
use throughline_eval::bench::reader;
use throughline_linear::train::{Example, train};
use throughline_read::trained::{Held, Weights};
use throughline_train::Bench;
use throughline_train::names::{self, Taggers, Training, labels};

use super::Options;

const FOLDS: usize = 5;

/// The sources of the dev part.
const SCORED: [&str; 4] = ["gum-news", "gum-other", "re3d", "wikigold"];

pub(crate) fn cross(bench: &Path, options: &Options) {
    let bench = Bench::new(bench);
    let training = training(options);
    let taggers = Taggers::new(&bench.sentences("syntax/train.conllu").unwrap(), Weights::own());
    let mut records = bench.names_to_learn().unwrap();
    let mut at = 0..;
    records.retain(|one| training.keeps(at.next().unwrap_or(0), one));
    let examples = |one: &Record| names::examples(one, &taggers.of(one), &training);
    let examples: Vec<Vec<Example>> = records.iter().map(examples).collect();
    let dev = bench.names("names/dev.jsonl").unwrap();
    for (name, options) in options.grid() {
        let settings = options.settings(training.settings);
        let learned = |fold: usize| {
            let others = examples.iter().enumerate().filter(|(at, _)| at % FOLDS != fold);
            train(others.flat_map(|(_, one)| one.clone()).collect(), &labels(), &settings, |_| {})
        };
        let mut read = BTreeMap::new();
        let mut held = Vec::new();
        for fold in 0..FOLDS {
            let chain = learned(fold);
            for record in records.iter().skip(fold).step_by(FOLDS) {
                if !SCORED.contains(&record.source.as_str()) {
                    continue;
                }
                let weights = Weights { names: Held::from(&chain), ..taggers.of(record) };
                read.insert(record.document.clone(), entities(record, &weights));
                held.push(record.clone());
            }
        }
        show(&format!("{name}, each fifth by the others"), &held, &read, options.0.get("dump"));
        let chain = learned(FOLDS);
        let weights = Weights { names: Held::from(&chain), ..Weights::own() };
        let read = dev.iter().map(|one| (one.document.clone(), entities(one, &weights)));
        show(&format!("{name}, dev"), &dev, &read.collect(), None);
    }
}

fn entities(record: &Record, weights: &Weights<'_>) -> Vec<Entity> {
    reader::names(&record.text, weights)
}

fn show(what: &str, gold: &[Record], read: &BTreeMap<String, Vec<Entity>>, dump: Option<&String>) {
    let score = score(gold, read);
    let sources = score.sources.iter().map(|(source, line)| {
        let one = line.typed;
        format!("{source} {:.1} ({:.1}/{:.1})", one.f1, one.precision, one.recall)
    });
    let types = TYPES.iter().zip(&score.types);
    let types = types.map(|(kind, line)| format!("{kind} {:.1}", line.typed.f1));
    println!(
        "{what}: mean {:.2} {:.1?} | {} | {}",
        score.mean,
        score.mean_bounds,
        sources.collect::<Vec<_>>().join(", "),
        types.collect::<Vec<_>>().join(", ")
    );
    if let Some(file) = dump {
        let lines = read.iter().map(|(name, all)| line(name, all).to_string() + "\n");
        std::fs::write(file, lines.collect::<String>()).unwrap();
    }
}

/// How names are trained, by the options.
pub(crate) fn training(options: &Options) -> Training {
    let mut training = Training::default();
    training.settings = options.settings(training.settings);
    for (key, value) in &options.0 {
        if let Some(source) = key.strip_prefix("w.") {
            training.weights.insert(source.to_owned(), value.parse().unwrap());
        }
        if let Some(source) = key.strip_prefix("every.") {
            training.thinned.insert(source.to_owned(), value.parse().unwrap());
        }
    }
    training.forms = [
        options.get("own", training.forms[0]),
        options.get("upper", training.forms[1]),
        options.get("lower", training.forms[2]),
    ];
    training
}
