//! What a change to training buys: trains on a part of the bench and scores on the rest.
//!
//! `cargo run --release --package throughline-train --example trial -- clusters|parts|trees|names|cross|reading|relevance|roles|incidents|dev|said|reported|negation|certainty|speed|make BENCH MODELS [KEY=VALUE]...`

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod incidents;
mod named;
mod said;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use throughline_eval::bench::{
    Written, incidents as gold_incidents, names as gold_names, reader, rewritten, syntax,
};
use throughline_linear::train::Settings;
use throughline_linear::{Chain, Codes};
use throughline_read::trained::parts as tagger;
use throughline_read::trained::{Columns, Held, Page, Weights, relevance};
use throughline_train::{
    Bench, Error, Made, Models, Told, clusters, incidents as learned, names, parts,
    syntax as trained_syntax,
};

struct Options(BTreeMap<String, String>);

impl Options {
    fn get<T: std::str::FromStr>(&self, key: &str, default: T) -> T {
        match self.0.get(key) {
            Some(value) => value.parse().ok().unwrap_or_else(|| panic!("{key}={value}")),
            None => default,
        }
    }

    /// Several settings of one set of examples: "passes:3;l2:2;dropped:0.1,passes:5".
    fn grid(&self) -> Vec<(String, Options)> {
        let grid: String = self.get("grid", String::new());
        let one = |one: &str| {
            let mut options = Options(self.0.clone());
            let more = one.split(';').filter_map(|pair| pair.split_once(':'));
            options.0.extend(more.map(|(key, value)| (key.to_owned(), value.to_owned())));
            (one.to_owned(), options)
        };
        grid.split(',').map(one).collect()
    }

    fn settings(&self, own: Settings) -> Settings {
        Settings {
            passes: self.get("passes", own.passes),
            rate: self.get("rate", own.rate),
            l1: self.get("l1", own.l1),
            l2: self.get("l2", own.l2),
            dropped: self.get("dropped", own.dropped),
            learned: self.get("learned", own.learned),
            least: self.get("least", own.least),
            seed: self.get("seed", own.seed),
            ..own
        }
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [task, bench, models, rest @ ..] = arguments.as_slice() else {
        panic!("TASK BENCH MODELS")
    };
    let (bench, models) = (Path::new(bench), Path::new(models));
    let pairs = rest.iter().filter_map(|one| one.split_once('='));
    let options = Options(pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect());
    let start = Instant::now();
    match task.as_str() {
        "clusters" => induce(bench, models, &options),
        "related" => {
            println!("{:?}", throughline_train::train_related(bench, &Models::new(models)).unwrap())
        }
        "parts" => tag(bench, models, &options),
        "trees" => trees(bench, models, &options),
        "names" => name(bench, models, &options),
        "cross" => named::cross(bench, &options),
        "reading" => read(bench),
        "relevance" => kinds(bench, models, &options),
        "speed" => speed(bench, &options),
        "make" => {
            let (bench, models) = (Bench::new(bench), Models::new(models));
            type Task = fn(&Bench, &Models, fn(Told)) -> Result<Made, Error>;
            let tasks: [(&str, Task); 7] = [
                ("syntax", throughline_train::train_syntax),
                ("names", throughline_train::train_names),
                ("relevance", throughline_train::train_relevance),
                ("roles", throughline_train::train_roles),
                ("attribution", throughline_train::train_attribution),
                ("negation", throughline_train::train_negation),
                ("certainty", throughline_train::train_certainty),
            ];
            let wanted: String = options.get("tasks", "relevance,roles".to_owned());
            for (name, task) in tasks {
                if wanted.split(',').any(|one| one == name) {
                    println!("{:?}", task(&bench, &models, |_| {}).unwrap());
                }
            }
        }
        "said" => said::said(bench, models, &options),
        "reported" => said::reported(bench),
        "certainty" => said::certain(bench, models, &options),
        "negation" => said::negated(bench, models, &options),
        "save" => incidents::save(bench, models, &options),
        "mixes" => incidents::mixes(bench, models, &options),
        "roles" => incidents::make(bench, models, &options),
        "dev" => incidents::dev(bench, models),
        "incidents" => incidents::whole(bench, models, &options),
        _ => panic!("{task}"),
    }
    println!("{:.0} s", start.elapsed().as_secs_f32());
}

/// Related words, from the file that is named in the environment.
fn related() -> Codes {
    let path = std::env::var("RELATED").unwrap_or("models/related.bin".to_owned());
    Codes::from_bytes(&std::fs::read(path).unwrap()).unwrap()
}

/// Seconds that this thread has been computing, so that what else the machine does counts little.
fn on_processor() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    told.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e9
}

/// How many words a second each stage reads, and the whole reader; the best of several rounds.
fn speed(bench: &Path, options: &Options) {
    let bench = Bench::new(bench);
    let reports = bench.incidents("incidents/dev.jsonl").unwrap().into_iter();
    let articles = bench.names("names/dev.jsonl").unwrap().into_iter();
    let texts: Vec<String> =
        reports.map(|one| one.text).chain(articles.map(|one| one.text)).collect();
    let words: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
    let start = on_processor();
    let weights = Weights::own();
    println!("weights are loaded in {:.0} ms", 1000.0 * (on_processor() - start));
    type Stage<'s> = (&'s str, Box<dyn Fn(&str) -> usize + 's>);
    let columns = |text: &str| {
        let page = Page::of_text(text);
        let columns = Columns::new(&page, &weights);
        (page.len(), columns)
    };
    let stages: [Stage<'_>; 6] = [
        ("words", Box::new(|text| Page::of_text(text).len())),
        ("+ columns", Box::new(|text| columns(text).0)),
        ("+ parts", Box::new(|text| tagger::read(&columns(text).1, &weights).len())),
        ("+ names", Box::new(|text| reader::names(text, &weights).len())),
        ("analysis", Box::new(|text| reader::names_of_reading(text).len())),
        (
            "whole reader",
            Box::new(|text| {
                throughline_read::read(&reader::document(text, "1990-01-01")).assertions.len()
            }),
        ),
    ];
    for (name, stage) in &stages {
        let round = || {
            let start = on_processor();
            let sum: usize = texts.iter().map(|text| stage(text)).sum();
            (on_processor() - start, sum)
        };
        let rounds = (0..options.get("rounds", 3)).map(|_| round());
        let (best, sum) = rounds.fold((f64::MAX, 0), |a, b| if b.0 < a.0 { b } else { a });
        println!("{name}: {:.0} words/s ({sum})", words as f64 / best);
    }
}

/// One report in five is held out, if a fold is asked for.
fn reports(
    bench: &Path,
    options: &Options,
) -> (Vec<gold_incidents::Record>, Vec<gold_incidents::Record>) {
    let bench = Bench::new(bench);
    let all = bench.incidents_to_learn().unwrap();
    let fold: usize = options.get("fold", 9);
    let (mut train, mut held) = (Vec::new(), Vec::new());
    for (at, record) in all.into_iter().enumerate() {
        if at / 5 % 5 == fold { held.push(record) } else { train.push(record) }
    }
    let part: usize = options.get("part", 1);
    train = train.into_iter().step_by(part).collect();
    if held.is_empty() {
        held = bench.incidents("incidents/dev.jsonl").unwrap();
    }
    (train, held)
}

fn kinds(bench: &Path, models: &Path, options: &Options) {
    let codes = codes(models, options);
    let related = related();
    let weights = Weights { clusters: &codes, related: &related, ..Weights::own() };
    let (train, held) = reports(bench, options);
    let train: Vec<&gold_incidents::Record> = train.iter().collect();
    let settings = options.settings(learned::relevance_settings());
    let chain = learned::relevance_on(&train, &weights, &settings, |pass| {
        println!("pass {} loss {:.4}", pass.number, pass.loss);
    });
    println!("{} features", chain.features());
    let weights = Weights { relevance: Held::from(&chain), ..weights };
    let (mut right, mut told) = (0, 0);
    for record in &held {
        let page = Page::of_text(&record.text);
        let kinds = relevance::read(&Columns::new(&page, &weights), &weights);
        let (mine, gold) = (kinds.best(0), usize::from(learned::kind(record)));
        right += usize::from(mine == gold);
        told += usize::from((mine == 0) == (gold == 0));
    }
    println!("of {} kind right {right}, told or not right {told}", held.len());
    if options.get("save", true) {
        std::fs::write(models.join("relevance.bin"), chain.to_bytes()).unwrap();
    }
}

/// The names of the whole reader, which has no other things.
fn read(bench: &Path) {
    let mut dev = Bench::new(bench).names("names/dev.jsonl").unwrap();
    let start = Instant::now();
    let words: usize = dev.iter().map(|record| record.text.split_whitespace().count()).sum();
    let predicted = dev
        .iter()
        .map(|record| (record.document.clone(), reader::names_of_reading(&record.text)))
        .collect();
    let seconds = start.elapsed().as_secs_f64();
    for record in &mut dev {
        record.entities.retain(|entity| gold_names::TYPES[entity.kind] != "MISC");
    }
    let score = gold_names::score(&dev, &predicted);
    for (source, line) in &score.sources {
        println!("{source} {:.2}", line.typed.f1);
    }
    for (kind, line) in gold_names::TYPES.iter().zip(&score.types) {
        println!(
            "{kind} {:.2} {:.2} {:.2}",
            line.typed.precision, line.typed.recall, line.typed.f1
        );
    }
    let spans = score.overall.spans.map_or(0.0, |spans| spans.f1);
    println!("mean {:.2} overall {:.2} span {spans:.2}", score.mean, score.overall.typed.f1);
    println!("{:.0} words/s", words as f64 / seconds);
}

fn codes(models: &Path, options: &Options) -> Codes {
    let file: String = options.get("codes", "clusters.bin".to_owned());
    Codes::from_bytes(&std::fs::read(models.join(file)).unwrap()).unwrap()
}

fn induce(bench: &Path, models: &Path, options: &Options) {
    let text = clusters::text(&Bench::new(bench)).unwrap();
    let words: usize = text.iter().map(Vec::len).sum();
    println!("{} sentences, {words} words", text.len());
    let start = Instant::now();
    let codes =
        clusters::train(&text, options.get("clusters", 320), options.get("least", 4), |n| {
            if n % 2000 == 0 {
                println!("{n} words after {:.0} s", start.elapsed().as_secs_f32());
            }
        });
    println!("{} words have codes", codes.len());
    let file: String = options.get("codes", "clusters.bin".to_owned());
    std::fs::write(models.join(file), codes.to_bytes()).unwrap();
}

fn tag(bench: &Path, models: &Path, options: &Options) {
    let codes = codes(models, options);
    let related = related();
    let weights = Weights { clusters: &codes, related: &related, ..Weights::own() };
    let bench = Bench::new(bench);
    let mut train = bench.sentences("syntax/train.conllu").unwrap();
    let part: usize = options.get("part", 1);
    train = train.into_iter().step_by(part).collect();
    let dev = bench.sentences("syntax/dev.conllu").unwrap();
    let chain = parts::train_on(&train, &weights, &options.settings(parts::settings()), |pass| {
        println!("pass {} loss {:.4}", pass.number, pass.loss);
    });
    let bytes = chain.to_bytes();
    println!("{} features, {} bytes", chain.features(), bytes.len());
    let weights = Weights { parts: Held::from(&chain), ..weights };
    let start = Instant::now();
    let predicted: Vec<_> = dev
        .iter()
        .map(|sentence| {
            let words: Vec<&str> = sentence.words.iter().map(|word| word.form.as_str()).collect();
            syntax::annotated(sentence, &reader::syntax(&words, &weights))
        })
        .collect();
    let seconds = start.elapsed().as_secs_f64();
    let score = syntax::score(&dev, &syntax::sentences(&predicted.concat()).unwrap());
    let count = f64::from(score.measures[1].counts.gold);
    println!(
        "upos {:.2} {:?}, {:.0} words/s",
        score.measures[1].f1,
        score.bounds[1],
        count / seconds
    );
    if options.get("save", true) {
        std::fs::write(models.join("parts-of-speech.bin"), bytes).unwrap();
    }
}

/// Trees, on tags of two halves each read by what the other teaches, or of the shipped tagger.
fn trees(bench: &Path, models: &Path, options: &Options) {
    let bench = Bench::new(bench);
    let mut train = bench.sentences("syntax/train.conllu").unwrap();
    let part: usize = options.get("part", 1);
    train = train.into_iter().step_by(part).collect();
    let dev = bench.sentences("syntax/dev.conllu").unwrap();
    let start = Instant::now();
    let own = Weights::own();
    let taggers = trained_syntax::taggers(&train, &own);
    println!("{:.0} s, taggers", start.elapsed().as_secs_f32());
    let tagger =
        |at: usize| Weights { parts: Held::from(&taggers[trained_syntax::half(at)]), ..own };
    let base = trained_syntax::settings();
    let settings = throughline_linear::tree::train::Settings {
        passes: options.get("passes", base.passes),
        own: options.get("own", base.own),
        least: options.get("least", base.least),
        units: options.get("units", base.units),
        ..base
    };
    let (steps, relations) = trained_syntax::train_on(&train, tagger, &settings, |pass| {
        println!("{pass:?} {:.0} s", start.elapsed().as_secs_f32());
    });
    let bytes = [steps.to_bytes(), relations.to_bytes()];
    println!(
        "{} and {} features, {} and {} bytes",
        steps.features(),
        relations.features(),
        bytes[0].len(),
        bytes[1].len()
    );
    if options.get("save", true) {
        std::fs::write(models.join("steps.bin"), &bytes[0]).unwrap();
        std::fs::write(models.join("relations.bin"), &bytes[1]).unwrap();
    }
    let weights = Weights { steps: Held::from(&steps), relations: Held::from(&relations), ..own };
    let timed = on_processor();
    let mut words_read = 0;
    let predicted: String = dev
        .iter()
        .map(|sentence| {
            let words: Vec<&str> = sentence.words.iter().map(|word| word.form.as_str()).collect();
            words_read += words.len();
            syntax::annotated(sentence, &reader::syntax(&words, &weights))
        })
        .collect();
    println!("{:.0} words/s", f64::from(words_read as u32) / (on_processor() - timed));
    let score = syntax::score(&dev, &syntax::sentences(&predicted).unwrap());
    for ((name, one), bounds) in syntax::MEASURES.iter().zip(score.measures).zip(score.bounds) {
        println!("{name} {:.2} {bounds:.2?}", one.f1);
    }
}

fn name(bench: &Path, models: &Path, options: &Options) {
    let codes = codes(models, options);
    let tagger =
        Chain::from_bytes(&std::fs::read(models.join("parts-of-speech.bin")).unwrap()).unwrap();
    let related = related();
    let weights = Weights {
        clusters: &codes,
        related: &related,
        parts: Held::from(&tagger),
        ..Weights::own()
    };
    let bench = Bench::new(bench);
    let all = match options.get("bbc", false) {
        true => bench.names("names/train.jsonl").unwrap(),
        false => bench.names_to_learn().unwrap(),
    };
    let dev = bench.names("names/dev.jsonl").unwrap();
    let mut train = all;
    let training = named::training(options);
    let taggers = names::Taggers::new(&bench.sentences("syntax/train.conllu").unwrap(), weights);
    train.retain(|record| training.weights.get(&record.source) != Some(&0.0));
    let start = Instant::now();
    let chain = names::train_on(&train, &taggers, &training, |pass| {
        println!(
            "pass {} loss {:.4} {:.0} s",
            pass.number,
            pass.loss,
            start.elapsed().as_secs_f32()
        );
    });
    let bytes = chain.to_bytes();
    println!("{} features, {} bytes", chain.features(), bytes.len());
    let weights = Weights { names: Held::from(&chain), ..weights };
    let show = |what: &str, gold: &[gold_names::Record], written: Option<Written>| {
        let start = Instant::now();
        let predicted: BTreeMap<String, Vec<gold_names::Entity>> = gold
            .iter()
            .map(|record| {
                let text = written.map_or(record.text.clone(), |way| rewritten(&record.text, way));
                (record.document.clone(), reader::names(&text, &weights))
            })
            .collect();
        let seconds = start.elapsed().as_secs_f64();
        let words: usize = gold.iter().map(|record| record.text.split_whitespace().count()).sum();
        let score = gold_names::score(gold, &predicted);
        let sources: Vec<String> = score
            .sources
            .iter()
            .map(|(source, line)| {
                format!(
                    "{source} {:.1} ({:.1}/{:.1})",
                    line.typed.f1, line.typed.precision, line.typed.recall
                )
            })
            .collect();
        println!(
            "{what}: mean {:.2} [{:.1} {:.1}] overall {:.2} span {:.2} | {} | {:.0} words/s",
            score.mean,
            score.mean_bounds.0,
            score.mean_bounds.1,
            score.overall.typed.f1,
            score.overall.spans.map_or(0.0, |spans| spans.f1),
            sources.join(", "),
            words as f64 / seconds
        );
    };
    show("dev", &dev, None);
    for (what, way) in [
        ("upper", Written::Upper),
        ("lower", Written::Lower),
        ("bare", Written::Bare),
        ("scanned", Written::Scanned),
    ] {
        show(what, &dev, Some(way));
    }
    if options.get("save", false) {
        std::fs::write(models.join("names.bin"), bytes).unwrap();
    }
}
