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
    let weights = Weights { cues: Held::from(&cues), voices: Held::from(&voices), ..own };
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
pub(crate) fn certain(bench: &Path, models: &Path, options: &Options) {
    let bench = Bench::new(bench);
    let train = bench.certainty("certainty/factuality_train.jsonl").unwrap();
    let dev = bench.certainty("certainty/factuality_dev.jsonl").unwrap();
    let (mut train, dev) = held(train, dev, options);
    if options.get("uw", false) {
        train.retain(|record| record.source == "uw");
    }
    let chain = |file: &str| Chain::from_bytes(&std::fs::read(models.join(file)).unwrap()).unwrap();
    let (cues, scopes) = (chain("negation-cues.bin"), chain("negation-scopes.bin"));
    let own = Weights {
        negation_cues: Held::from(&cues),
        negation_scopes: Held::from(&scopes),
        ..Weights::own()
    };
    let chain = surely::train_on(
        &train.iter().collect::<Vec<_>>(),
        &own,
        &options.settings(surely::settings()),
        |pass| println!("pass {} loss {:.4}", pass.number, pass.loss),
    );
    let bytes = chain.to_bytes();
    println!("{} features, {} bytes, {:?}", chain.features(), bytes.len(), chain.labels());
    std::fs::write(models.join("certainty.bin"), bytes).unwrap();
    let weights = Weights { certainty: Held::from(&chain), ..own };
    let read: Vec<Vec<(usize, throughline_read::trained::certainty::Certainty)>> = dev
        .iter()
        .map(|record| {
            let page = Page::of_words([record.words.iter().map(String::as_str)]);
            let columns = Columns::new(&page, &weights);
            let tags = tagger::read(&columns, &weights);
            let all = 0..record.words.len();
            let trees = syntax::read(&columns, &tags, &weights);
            let negations = negation_of::read(&page, &columns, &tags, &trees, &weights);
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
pub(crate) fn negated(bench: &Path, models: &Path, options: &Options) {
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
    let weights =
        Weights { negation_cues: Held::from(&cues), negation_scopes: Held::from(&scopes), ..own };
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
