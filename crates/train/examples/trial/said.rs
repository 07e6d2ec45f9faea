//! Who says what, how firmly events are presented as real, and what is negated.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use throughline_eval::bench::{attribution, certainty, negation, reader};
use throughline_linear::Chain;
use throughline_read::trained::attribution::Readiness as Said;
use throughline_read::trained::negation as negation_of;
use throughline_read::trained::parts as tagger;
use throughline_read::trained::{Columns, Held, Page, Weights, syntax};
use throughline_train::{Bench, attribution as saying, certainty as surely, negation as negating};

use crate::Options;

/// Who says what: cues, then sources and contents, on a part of the articles or all.
pub(crate) fn said(bench: &Path, models: &Path, options: &Options) {
    let bench = Bench::new(bench);
    let train = bench.attributions("attribution/train.jsonl").unwrap();
    let part: usize = options.get("part", 1);
    // One article in five is held out, if a fold is asked for.
    let fold: usize = options.get("fold", FOLDS);
    let held = |at: &usize| at % FOLDS == fold;
    let mut gold = vec![("dev", bench.attributions("attribution/dev.jsonl").unwrap())];
    let of_fold = train.iter().enumerate().filter(|(at, _)| held(at));
    gold.push(("held", of_fold.map(|(_, record)| record.clone()).collect()));
    let train: Vec<_> =
        train.iter().enumerate().filter(|(at, _)| !held(at)).step_by(part).collect();
    let train: Vec<_> = train.into_iter().map(|(_, record)| record).collect();
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
    let related = crate::related();
    let own = Weights { related: &related, ..Weights::own() };
    let cues = make("cues.bin", options.get("cues", true), &|| {
        saying::cues_on(&train, &own, &options.settings(saying::cue_settings()), tell)
    });
    let voices = make("voices.bin", options.get("voices", true), &|| {
        saying::voices_on(&train, &own, &options.settings(saying::voice_settings()), tell)
    });
    let weights = Weights { cues: Held::from(&cues), voices: Held::from(&voices), ..own };
    if let Some(file) = options.0.get("dump") {
        let lines: String = gold[0]
            .1
            .iter()
            .map(|record| {
                let read = reader::attributions(&record.text, &weights, &Said::default());
                attribution::line(&record.document, &read).to_string() + "\n"
            })
            .collect();
        std::fs::write(file, lines).unwrap();
    }
    for (name, gold) in gold.iter().filter(|(_, gold)| !gold.is_empty()) {
        for cues in [0.5, 0.65, 0.8, 1.0] {
            for voices in [0.8, 1.0] {
                let readiness = Said { cues, voices };
                let predicted = gold.iter().map(|record| {
                    let read = reader::attributions(&record.text, &weights, &readiness);
                    (record.document.clone(), read)
                });
                let score = attribution::score(gold, &predicted.collect());
                let exact = score.exact.map(|one| one.f1);
                println!(
                    "{name} cues {cues} voices {voices}: exact {exact:.2?} {:.1?} {:.1?} words {:.1?} whole {:.2} overlap {:.2} right {:.2} of {}",
                    score.exact_bounds,
                    score.right_bounds,
                    score.words.map(|one| one.f1),
                    score.whole.f1,
                    score.overlap.f1,
                    score.right.percent(),
                    score.right.contents
                );
            }
        }
    }
}

/// What the whole reader takes for reported speech: of the contents of the gold, how many it has,
/// and of these how many with the right source, where that is no pronoun.
pub(crate) fn reported(bench: &Path) {
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

/// In how many parts the training part is cut; each is read by what the others teach.
const FOLDS: usize = 5;

/// The part that a sentence belongs to: neighbours stand in one text.
fn fold(at: usize) -> usize {
    at / 100 % FOLDS
}

fn loaded(models: &Path, file: &str) -> Chain {
    Chain::from_bytes(&std::fs::read(models.join(file)).unwrap()).unwrap()
}

/// How firmly events are presented as real: each part by the others, then the dev part by all.
pub(crate) fn certain(bench: &Path, models: &Path, options: &Options) {
    let bench = Bench::new(bench);
    let mut train = bench.certainty("certainty/factuality_train.jsonl").unwrap();
    let dev = bench.certainty("certainty/factuality_dev.jsonl").unwrap();
    if options.get("uw", false) {
        train.retain(|record| record.source == "uw");
    }
    let (cues, scopes) =
        (loaded(models, "negation-cues.bin"), loaded(models, "negation-scopes.bin"));
    let own = Weights {
        negation_cues: Held::from(&cues),
        negation_scopes: Held::from(&scopes),
        ..Weights::own()
    };
    let examples: Vec<_> = train.iter().map(|record| surely::examples_of(record, &own)).collect();
    let labels = surely::labels(&train.iter().collect::<Vec<_>>());
    for (name, options) in options.grid() {
        let settings = options.settings(surely::settings());
        let made = |wanted: &dyn Fn(usize) -> bool| {
            let those = examples.iter().enumerate().filter(|(at, _)| wanted(*at));
            let those = those.flat_map(|(_, own)| own.iter().cloned()).collect();
            throughline_linear::train::train(those, &labels, &settings, |_| {})
        };
        if options.get("cross", true) {
            let (mut gold, mut all) = (Vec::new(), Vec::new());
            for part in 0..FOLDS {
                let chain = made(&|at| fold(at) != part);
                let held = train.iter().enumerate().filter(|(at, _)| fold(*at) == part);
                let held: Vec<_> = held.map(|(_, record)| record.clone()).collect();
                all.extend(certainties(&held, &Weights { certainty: Held::from(&chain), ..own }));
                gold.extend(held);
            }
            let uw = |record: &certainty::Record| record.source == "uw";
            let (gold, all): (Vec<_>, Vec<_>) =
                gold.into_iter().zip(all).filter(|(record, _)| uw(record)).unzip();
            println!("{name}, each part by the others");
            show(&gold, &all);
        }
        let chain = made(&|_| true);
        let bytes = chain.to_bytes();
        println!("{name}, dev: {} features, {} bytes", chain.features(), bytes.len());
        std::fs::write(models.join("certainty.bin"), bytes).unwrap();
        show(&dev, &certainties(&dev, &Weights { certainty: Held::from(&chain), ..own }));
    }
}

type Certainties = Vec<(usize, throughline_read::trained::certainty::Certainty)>;

/// What is read of the events of some sentences.
fn certainties(records: &[certainty::Record], weights: &Weights<'_>) -> Vec<Certainties> {
    let read = |record: &certainty::Record| {
        let page = Page::of_words([record.words.iter().map(String::as_str)]);
        let columns = Columns::new(&page, weights);
        let tags = tagger::read(&columns, weights);
        let all = 0..record.words.len();
        let trees = syntax::read(&columns, &tags, weights);
        let negations = negation_of::read(&page, &columns, &tags, &trees, weights);
        let one = |word: usize| {
            throughline_read::trained::certainty::read(
                &columns, &tags, &all, word, &negations, weights,
            )
        };
        record.events.iter().map(|event| (event.word, one(event.word))).collect()
    };
    records.iter().map(read).collect()
}

/// The scores at several thresholds of being no fact.
fn show(gold: &[certainty::Record], read: &[Certainties]) {
    for least in [0.2f32, 0.25, 0.3, 0.35, 0.4, 0.45] {
        let predicted = gold.iter().zip(read).map(|(record, read)| {
            let events = read.iter().map(|(word, one)| certainty::Event {
                word: *word,
                score: f64::from(one.score),
                not_fact: Some(one.no_fact >= least),
            });
            (record.sentence.clone(), events.collect())
        });
        let score = certainty::score(gold, &predicted.collect());
        println!(
            "  least {least}: mae {:.3} r {:.4} not fact {:.2} ({:.1} {:.1}) unsure {:.2} {:.1?}",
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

/// What is negated: each part by the others, then the dev part by all.
pub(crate) fn negated(bench: &Path, models: &Path, options: &Options) {
    let bench = Bench::new(bench);
    let train = bench.negations("certainty/negation_train.jsonl").unwrap();
    let dev = bench.negations("certainty/negation_dev.jsonl").unwrap();
    let own = Weights::own();
    let of = |part: usize| -> Vec<&negation::Record> {
        let those = train.iter().enumerate().filter(|(at, _)| fold(*at) != part);
        those.map(|(_, record)| record).collect()
    };
    let cross = options.get("cross", true);
    // The last set is the whole.
    let parts: Vec<usize> = (0..=FOLDS).filter(|part| cross || *part == FOLDS).collect();
    let of_cues = throughline_linear::train::Settings {
        rate: options.get("cue-rate", negating::cue_settings().rate),
        passes: options.get("cue-passes", negating::cue_settings().passes),
        dropped: options.get("cue-dropped", negating::cue_settings().dropped),
        ..negating::cue_settings()
    };
    let cues: Vec<Chain> =
        parts.iter().map(|part| negating::cues_on(&of(*part), &own, &of_cues, |_| {})).collect();
    let examples: Vec<_> =
        train.iter().map(|record| negating::scope_examples(record, &own)).collect();
    for (name, options) in options.grid() {
        let settings = options.settings(negating::scope_settings());
        let mut all = BTreeMap::new();
        for (part, cues) in parts.iter().zip(&cues) {
            let those = examples.iter().enumerate().filter(|(at, _)| fold(*at) != *part);
            let those: Vec<_> = those.flat_map(|(_, own)| own.iter().cloned()).collect();
            let labels = negation_of::scope_labels();
            let scopes = throughline_linear::train::train(those, &labels, &settings, |_| {});
            let weights = Weights {
                negation_cues: Held::from(cues),
                negation_scopes: Held::from(&scopes),
                ..own
            };
            let read = |record: &negation::Record| {
                (record.sentence.clone(), reader::negations(&record.words, &weights))
            };
            if *part < FOLDS {
                let held = train.iter().enumerate().filter(|(at, _)| fold(*at) == *part);
                all.extend(held.map(|(_, record)| read(record)));
                continue;
            }
            if cross {
                println!("{name}, each part by the others: {}", negation_scores(&train, &all));
                dump(options.0.get("dump-cross"), &all);
            }
            all = dev.iter().map(read).collect();
            println!("{name}, dev: {}", negation_scores(&dev, &all));
            dump(options.0.get("dump"), &all);
            std::fs::write(models.join("negation-cues.bin"), cues.to_bytes()).unwrap();
            std::fs::write(models.join("negation-scopes.bin"), scopes.to_bytes()).unwrap();
        }
    }
}

fn dump(file: Option<&String>, all: &BTreeMap<String, Vec<negation::Negation>>) {
    let Some(file) = file else { return };
    let lines = all.iter().map(|(name, all)| negation::line(name, all).to_string() + "\n");
    std::fs::write(file, lines.collect::<String>()).unwrap();
}

fn negation_scores(
    gold: &[negation::Record],
    all: &BTreeMap<String, Vec<negation::Negation>>,
) -> String {
    let score = negation::score(gold, all);
    let each = negation::MEASURES.iter().zip(score.measures).map(|(name, one)| {
        format!("{name} {:.2} ({:.1} {:.1})", one.f1, one.precision, one.recall)
    });
    each.collect::<Vec<_>>().join(", ")
}
