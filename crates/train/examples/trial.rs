//! What a change to training buys: trains on a part of the bench and scores on the rest.
//!
//! `cargo run --release --package throughline-train --example trial -- clusters|parts|names|reading|relevance|roles|speed|make BENCH MODELS [KEY=VALUE]...`

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use throughline_eval::bench::{
    Written, attribution, certainty, incidents, names as gold_names, negation, reader, rewritten,
    syntax,
};
use throughline_linear::train::Settings;
use throughline_linear::{Chain, Codes};
use throughline_read::trained::attribution::Readiness as Said;
use throughline_read::trained::incidents::Readiness;
use throughline_read::trained::negation as negation_of;
use throughline_read::trained::parts as tagger;
use throughline_read::trained::{Columns, Page, Weights, relevance};
use throughline_train::{
    Bench, Error, Made, Models, Told, clusters, incidents as learned, names, parts,
};
use throughline_train::{attribution as saying, certainty as surely, negation as negating};

struct Options(BTreeMap<String, String>);

impl Options {
    fn get<T: std::str::FromStr>(&self, key: &str, default: T) -> T {
        match self.0.get(key) {
            Some(value) => value.parse().ok().unwrap_or_else(|| panic!("{key}={value}")),
            None => default,
        }
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
        "parts" => tag(bench, models, &options),
        "names" => name(bench, models, &options),
        "reading" => read(bench),
        "relevance" => kinds(bench, models, &options),
        "speed" => speed(bench, &options),
        "make" => {
            let (bench, models) = (Bench::new(bench), Models::new(models));
            type Task = fn(&Bench, &Models, fn(Told)) -> Result<Made, Error>;
            let tasks: [(&str, Task); 5] = [
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
        "said" => said(bench, models, &options),
        "reported" => reported(bench),
        "certainty" => certain(bench, models, &options),
        "negation" => negated(bench, models, &options),
        "roles" => roles(bench, models, &options),
        _ => panic!("{task}"),
    }
    println!("{:.0} s", start.elapsed().as_secs_f32());
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
fn reports(bench: &Path, options: &Options) -> (Vec<incidents::Record>, Vec<incidents::Record>) {
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
    let weights = Weights { clusters: &codes, ..Weights::own() };
    let (train, held) = reports(bench, options);
    let train: Vec<&incidents::Record> = train.iter().collect();
    let settings = options.settings(learned::relevance_settings());
    let chain = learned::relevance_on(&train, &weights, &settings, |pass| {
        println!("pass {} loss {:.4}", pass.number, pass.loss);
    });
    println!("{} features", chain.features());
    let weights = Weights { relevance: &chain, ..weights };
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

/// One part of the reports is read by what the others teach, then the dev part by all.
fn roles(bench: &Path, models: &Path, options: &Options) {
    let kinds = Chain::from_bytes(&std::fs::read(models.join("relevance.bin")).unwrap()).unwrap();
    let weights = Weights { relevance: &kinds, ..Weights::own() };
    let (train, held) = reports(bench, options);
    let train: Vec<&incidents::Record> = train.iter().collect();
    let start = Instant::now();
    let parts = learned::parts_of(&train, &weights);
    println!("{:.0} s", start.elapsed().as_secs_f32());
    let all: Vec<_> = parts.iter().collect();
    // Several settings of one set of examples: "passes:3;l2:2;dropped:0.1,passes:5".
    let grid: String = options.get("grid", String::new());
    for one in grid.split(',') {
        let mut options = Options(options.0.clone());
        let more = one.split(';').filter_map(|pair| pair.split_once(':'));
        options.0.extend(more.map(|(key, value)| (key.to_owned(), value.to_owned())));
        let settings = options.settings(learned::role_settings());
        if options.get("cross", true) {
            let chain = learned::roles_on(&all[1..], &settings, |_| {});
            println!("{one}: {:.0} s, a part by the others", start.elapsed().as_secs_f32());
            let weights = Weights { roles: &chain, relevance: &all[0].kinds, ..weights };
            judge(&weights, &all[0].records);
        }
        let chain = learned::roles_on(&all, &settings, |_| {});
        println!("{one}: {:.0} s, dev", start.elapsed().as_secs_f32());
        judge(&Weights { roles: &chain, ..weights }, &held.iter().collect::<Vec<_>>());
        if options.get("save", true) {
            std::fs::write(models.join("roles.bin"), chain.to_bytes()).unwrap();
        }
    }
}

/// How well roles are read at several degrees of readiness.
fn judge(weights: &Weights<'_>, held: &[&incidents::Record]) {
    let held: Vec<incidents::Record> = held.iter().map(|record| (*record).clone()).collect();
    let score = |readiness: &Readiness| {
        let read = |record: &incidents::Record| {
            let read = reader::incidents_with(&record.document, &record.text, weights, readiness);
            (record.document.clone(), read)
        };
        incidents::score(&held, &held.iter().map(read).collect())
    };
    for outside in [0.3, 0.6] {
        for least in [0.2f32, 0.3, 0.4, 0.5, 0.6] {
            let score = score(&Readiness { outside, least: [least; 5], ..Readiness::default() });
            let each = score.ree.map(|percent| percent.f1);
            println!(
                "outside {outside} least {least}: {each:.1?} ree {:.2} gtt {:.2} full {:.2}",
                score.ree_all.f1, score.gtt_all.f1, score.full_all.f1
            );
        }
    }
}

/// Who says what: cues, then sources and contents, on a part of the articles or all.
fn said(bench: &Path, models: &Path, options: &Options) {
    let bench = Bench::new(bench);
    let train = bench.attributions("attribution/train.jsonl").unwrap();
    let part: usize = options.get("part", 1);
    let train: Vec<_> = train.iter().step_by(part).collect();
    let dev = bench.attributions("attribution/dev.jsonl").unwrap();
    let start = Instant::now();
    let tell = |pass: throughline_linear::train::Pass| {
        let seconds = start.elapsed().as_secs_f32();
        println!("pass {} loss {:.4} {seconds:.0} s", pass.number, pass.loss);
    };
    let make = |file: &str, wanted: bool, train: &dyn Fn() -> Chain| {
        if !wanted {
            return Chain::from_bytes(&std::fs::read(models.join(file)).unwrap()).unwrap();
        }
        let chain = train();
        let bytes = chain.to_bytes();
        println!("{file}: {} features, {} bytes", chain.features(), bytes.len());
        std::fs::write(models.join(file), bytes).unwrap();
        chain
    };
    let own = Weights::own();
    let cues = make("cues.bin", options.get("cues", true), &|| {
        saying::cues_on(&train, &own, &options.settings(saying::cue_settings()), tell)
    });
    let voices = make("voices.bin", options.get("voices", true), &|| {
        saying::voices_on(&train, &own, &options.settings(saying::voice_settings()), tell)
    });
    let weights = Weights { cues: &cues, voices: &voices, ..own };
    if let Some(file) = options.0.get("dump") {
        let lines: String = dev
            .iter()
            .map(|record| {
                let read = reader::attributions(&record.text, &weights, &Said::default());
                attribution::line(&record.document, &read).to_string() + "\n"
            })
            .collect();
        std::fs::write(file, lines).unwrap();
    }
    for cues in [0.4, 0.6, 0.8, 1.0] {
        for voices in [0.7, 1.0] {
            let readiness = Said { cues, voices };
            let predicted = dev.iter().map(|record| {
                let read = reader::attributions(&record.text, &weights, &readiness);
                (record.document.clone(), read)
            });
            let score = attribution::score(&dev, &predicted.collect());
            let exact = score.exact.map(|one| one.f1);
            println!(
                "cues {cues} voices {voices}: exact {exact:.2?} words {:.1?} whole {:.2} overlap {:.2} right {:.2} of {}",
                score.words.map(|one| one.f1),
                score.whole.f1,
                score.overlap.f1,
                score.right.percent(),
                score.right.contents
            );
        }
    }
}

/// What the whole reader takes for reported speech: of the contents of the gold, how many it has,
/// and of these how many with the right source, where that is no pronoun.
fn reported(bench: &Path) {
    let dev = Bench::new(bench).attributions("attribution/dev.jsonl").unwrap();
    let shared = |one: (usize, usize), other: (usize, usize)| {
        let both = one.1.min(other.1).saturating_sub(one.0.max(other.0));
        2.0 * both as f64 / ((one.1 - one.0) + (other.1 - other.0)) as f64
    };
    let (mut gold, mut found, mut said, mut named, mut right) = (0, 0, 0, 0, 0);
    for record in &dev {
        let read = throughline_read::trained::reported(&reader::document(&record.text, ""));
        said += read.len();
        let bytes = |span: throughline_model::Span| (span.start as usize, span.end as usize);
        for one in &record.attributions {
            for piece in &one.roles[2] {
                gold += 1;
                let best = read.iter().map(|(span, who)| (shared(bytes(*span), *piece), who));
                let Some((share, who)) = best.max_by(|a, b| a.0.total_cmp(&b.0)) else { continue };
                if share < 0.5 {
                    continue;
                }
                found += 1;
                let Some(source) = one.roles[0].first() else { continue };
                let word = record.text.get(source.0..source.1).unwrap_or_default().to_lowercase();
                if ["he", "she", "they", "it", "who", "i", "we"].contains(&word.as_str()) {
                    continue;
                }
                named += 1;
                // The same words, or a name that stands for the same one elsewhere.
                let own = who.map(|span| span.of(&record.text).to_lowercase());
                let last = own.as_deref().and_then(|own| own.split_whitespace().next_back());
                right += usize::from(last.is_some_and(|last| word.contains(last)));
            }
        }
    }
    println!(
        "{gold} contents, {said} pieces read, {found} found, of {named} by name {right} right"
    );
}

/// Takes every n-th record out of some, if a fold is asked for; else they are measured on others.
fn held<R: Clone>(train: Vec<R>, dev: Vec<R>, options: &Options) -> (Vec<R>, Vec<R>) {
    let fold: usize = options.get("fold", 99);
    if fold == 99 {
        return (train, dev);
    }
    // Neighbours stand in one text.
    let own = |at: usize| at / 100 % 5 == fold;
    let pick = |wanted: bool| {
        let those = train.iter().enumerate().filter(|(at, _)| own(*at) == wanted);
        those.map(|(_, one)| one.clone()).collect()
    };
    (pick(false), pick(true))
}

/// How firmly events are presented as real.
fn certain(bench: &Path, models: &Path, options: &Options) {
    let bench = Bench::new(bench);
    let train = bench.certainty("certainty/factuality_train.jsonl").unwrap();
    let dev = bench.certainty("certainty/factuality_dev.jsonl").unwrap();
    let (mut train, dev) = held(train, dev, options);
    if options.get("uw", false) {
        train.retain(|record| record.source == "uw");
    }
    let chain = |file: &str| Chain::from_bytes(&std::fs::read(models.join(file)).unwrap()).unwrap();
    let (cues, scopes) = (chain("negation-cues.bin"), chain("negation-scopes.bin"));
    let own = Weights { negation_cues: &cues, negation_scopes: &scopes, ..Weights::own() };
    let chain = surely::train_on(
        &train.iter().collect::<Vec<_>>(),
        &own,
        &options.settings(surely::settings()),
        |pass| println!("pass {} loss {:.4}", pass.number, pass.loss),
    );
    let bytes = chain.to_bytes();
    println!("{} features, {} bytes, {:?}", chain.features(), bytes.len(), chain.labels());
    std::fs::write(models.join("certainty.bin"), bytes).unwrap();
    let weights = Weights { certainty: &chain, ..own };
    let read: Vec<Vec<(usize, throughline_read::trained::certainty::Certainty)>> = dev
        .iter()
        .map(|record| {
            let page = Page::of_words([record.words.iter().map(String::as_str)]);
            let columns = Columns::new(&page, &weights);
            let tags = tagger::read(&columns, &weights);
            let all = 0..record.words.len();
            let negations = negation_of::read(&page, &columns, &tags, &weights);
            let one = |word: usize| {
                throughline_read::trained::certainty::read(
                    &columns, &tags, &all, word, &negations, &weights,
                )
            };
            record.events.iter().map(|event| (event.word, one(event.word))).collect()
        })
        .collect();
    if let Some(file) = options.0.get("dump") {
        let lines = dev.iter().zip(&read).map(|(record, read)| {
            let events: Vec<_> = read
                .iter()
                .map(|(word, one)| certainty::Event {
                    word: *word,
                    score: f64::from(one.score),
                    not_fact: Some(one.no_fact >= 0.25),
                })
                .collect();
            certainty::line(&record.sentence, &events).to_string() + "\n"
        });
        std::fs::write(file, lines.collect::<String>()).unwrap();
    }
    for least in [0.2f32, 0.25, 0.3, 0.35, 0.4, 0.5] {
        let predicted = dev.iter().zip(&read).map(|(record, read)| {
            let events = read.iter().map(|(word, one)| certainty::Event {
                word: *word,
                score: f64::from(one.score),
                not_fact: Some(one.no_fact >= least),
            });
            (record.sentence.clone(), events.collect())
        });
        let score = certainty::score(&dev, &predicted.collect());
        println!(
            "least {least}: mae {:.3} r {:.3} not fact {:.2} ({:.1} {:.1}) unsure {:.2} {:.1?}",
            score.distance,
            score.correlation,
            score.not_fact.f1,
            score.not_fact.precision,
            score.not_fact.recall,
            score.unsure.f1,
            score.bounds
        );
    }
}

/// What is negated.
fn negated(bench: &Path, models: &Path, options: &Options) {
    let bench = Bench::new(bench);
    let train = bench.negations("certainty/negation_train.jsonl").unwrap();
    let dev = bench.negations("certainty/negation_dev.jsonl").unwrap();
    let (train, dev) = held(train, dev, options);
    let train: Vec<_> = train.iter().collect();
    let own = Weights::own();
    let cues = negating::cues_on(&train, &own, &negating::cue_settings(), |pass| {
        println!("pass {} loss {:.4}", pass.number, pass.loss);
    });
    let settings = options.settings(negating::scope_settings());
    let scopes = negating::scopes_on(&train, &own, &settings, |pass| {
        println!("pass {} loss {:.4}", pass.number, pass.loss);
    });
    for (file, chain) in [("negation-cues.bin", &cues), ("negation-scopes.bin", &scopes)] {
        let bytes = chain.to_bytes();
        println!("{file}: {} features, {} bytes", chain.features(), bytes.len());
        std::fs::write(models.join(file), bytes).unwrap();
    }
    let weights = Weights { negation_cues: &cues, negation_scopes: &scopes, ..own };
    let predicted = dev
        .iter()
        .map(|record| (record.sentence.clone(), reader::negations(&record.words, &weights)));
    let predicted: BTreeMap<_, _> = predicted.collect();
    if let Some(file) = options.0.get("dump") {
        let lines =
            predicted.iter().map(|(name, all)| negation::line(name, all).to_string() + "\n");
        std::fs::write(file, lines.collect::<String>()).unwrap();
    }
    let score = negation::score(&dev, &predicted);
    for (name, one) in negation::MEASURES.iter().zip(score.measures) {
        println!("{name} {:.2} ({:.1} {:.1})", one.f1, one.precision, one.recall);
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
    let weights = Weights { clusters: &codes, ..Weights::own() };
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
    let weights = Weights { parts: &chain, ..weights };
    let start = Instant::now();
    let predicted: Vec<_> = dev
        .iter()
        .map(|sentence| {
            let words: Vec<&str> = sentence.words.iter().map(|word| word.form.as_str()).collect();
            syntax::tagged(sentence, &reader::tags(&words, &weights))
        })
        .collect();
    let seconds = start.elapsed().as_secs_f64();
    let score = syntax::score(&dev, &syntax::sentences(&predicted.concat()).unwrap());
    let count = f64::from(score.measures[1].counts.gold);
    println!(
        "upos {:.2} {:?}, {:.0} words/s",
        score.measures[1].f1,
        score.tags_bounds,
        count / seconds
    );
    if options.get("save", true) {
        std::fs::write(models.join("parts-of-speech.bin"), bytes).unwrap();
    }
}

fn name(bench: &Path, models: &Path, options: &Options) {
    let codes = codes(models, options);
    let tagger =
        Chain::from_bytes(&std::fs::read(models.join("parts-of-speech.bin")).unwrap()).unwrap();
    let weights = Weights { clusters: &codes, parts: &tagger, ..Weights::own() };
    let bench = Bench::new(bench);
    let all = match options.get("bbc", false) {
        true => bench.names("names/train.jsonl").unwrap(),
        false => bench.names_to_learn().unwrap(),
    };
    let dev = bench.names("names/dev.jsonl").unwrap();
    // One fold in five of the training documents whose sources have a dev part is held out.
    let fold: usize = options.get("fold", 9);
    let (mut held, mut train) = (Vec::new(), Vec::new());
    for (at, record) in all.into_iter().enumerate() {
        let scored =
            ["gum-news", "gum-other", "re3d", "wikigold"].contains(&record.source.as_str());
        if scored && at % 5 == fold { held.push(record) } else { train.push(record) }
    }
    let mut training = names::Training::default();
    training.settings = options.settings(training.settings);
    for (source, weight) in &options.0 {
        if let Some(source) = source.strip_prefix("w.") {
            training.weights.insert(source.to_owned(), weight.parse().unwrap());
        }
    }
    for (source, every) in &options.0 {
        if let Some(source) = source.strip_prefix("every.") {
            training.thinned.insert(source.to_owned(), every.parse().unwrap());
        }
    }
    training.forms = [
        options.get("own", training.forms[0]),
        options.get("upper", training.forms[1]),
        options.get("lower", training.forms[2]),
    ];
    train.retain(|record| training.weights.get(&record.source) != Some(&0.0));
    let start = Instant::now();
    let chain = names::train_on(&train, &weights, &training, |pass| {
        println!(
            "pass {} loss {:.4} {:.0} s",
            pass.number,
            pass.loss,
            start.elapsed().as_secs_f32()
        );
    });
    let bytes = chain.to_bytes();
    println!("{} features, {} bytes", chain.features(), bytes.len());
    let weights = Weights { names: &chain, ..weights };
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
    if !held.is_empty() {
        show("held", &held, None);
    }
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
