//! How firmly events are presented as real.

use throughline_eval::bench::certainty::{Event, Record, score};
use throughline_eval::bench::reader;
use throughline_linear::Chain;
use throughline_linear::train::{Example, Pass, Settings, train};
use throughline_read::trained::{
    Case, Columns, Held, Page, Weights, certainty, negation, parts, syntax,
};

use crate::card::{self, Card};
use crate::{Bench, Error, Made, Models, Told};

/// How often a sentence is seen as it stands, in capitals, and without capitals.
const FORMS: [f32; 3] = [0.8, 0.1, 0.1];

/// Where scores are cut into steps: each step ends at one of these.
const CUTS: [f64; 6] = [-1.5, 0.0, 0.8, 1.5, 2.2, 2.7];

/// How much the events of a source count, where that is not 1.
const WEIGHT: (&str, f32) = ("meantime", 0.3);

/// How certainty is trained.
pub fn settings() -> Settings {
    Settings { passes: 10, l1: 0.1, l2: 2.0, dropped: 0.3, least: 2, ..Settings::default() }
}

/// Trains on sentences with events.
pub fn train_on(
    records: &[&Record],
    weights: &Weights<'_>,
    settings: &Settings,
    tell: impl FnMut(Pass),
) -> Chain {
    let examples = records.iter().flat_map(|record| examples_of(record, weights)).collect();
    train(examples, &labels(records), settings, tell)
}

fn step(score: f64) -> usize {
    CUTS.partition_point(|cut| *cut < score)
}

/// What the steps of scores are called: each by the mean of its scores.
pub fn labels(records: &[&Record]) -> Vec<String> {
    let mut sums = [(0.0, 0.0); CUTS.len() + 1];
    for event in records.iter().flat_map(|record| &record.events) {
        let (sum, count) = &mut sums[step(event.score)];
        *sum += event.score;
        *count += 1.0;
    }
    sums.iter()
        .map(|(sum, count): &(f64, f64)| {
            format!("{:.3}", if *count > 0.0 { sum / count } else { 0.0 })
        })
        .collect()
}

/// What the events of a sentence teach.
pub fn examples_of(record: &Record, weights: &Weights<'_>) -> Vec<Example> {
    let page = Page::of_words([record.words.iter().map(String::as_str)]);
    let forms: Vec<(Columns, Vec<u8>, Vec<negation::Negation>, f32)> =
        [page.clone(), page.in_case(Case::Upper), page.in_case(Case::Lower)]
            .iter()
            .zip(FORMS)
            .map(|(page, share)| {
                let columns = Columns::new(page, weights);
                let tags = parts::read(&columns, weights);
                let trees = syntax::read(&columns, &tags, weights);
                let negations = negation::read(page, &columns, &tags, &trees, weights);
                (columns, tags, negations, share)
            })
            .collect();
    let all = 0..record.words.len();
    record
        .events
        .iter()
        .filter(|event| all.contains(&event.word))
        .map(|event| {
            let seen = forms.iter().map(|(columns, tags, negations, share)| {
                (certainty::features(columns, tags, &all, event.word, negations), *share)
            });
            Example {
                forms: seen.collect(),
                labels: vec![step(event.score) as u16],
                or: 0..0,
                weight: if record.source == WEIGHT.0 { WEIGHT.1 } else { 1.0 },
            }
        })
        .collect()
}

/// Makes the weights of how firmly events are presented as real.
///
/// # Errors
/// If the bench or earlier weights cannot be read, or the weights cannot be written.
pub fn train_certainty(
    bench: &Bench,
    models: &Models,
    mut tell: impl FnMut(Told),
) -> Result<Made, Error> {
    let (clusters, parts) = (models.clusters()?, models.parts()?);
    let (cues, scopes) = (models.chain("negation-cues")?, models.chain("negation-scopes")?);
    let (steps, relations) = (models.chain("steps")?, models.chain("relations")?);
    let weights = Weights {
        clusters: &clusters,
        parts: Held::from(&parts),
        steps: Held::from(&steps),
        relations: Held::from(&relations),
        negation_cues: Held::from(&cues),
        negation_scopes: Held::from(&scopes),
        ..Weights::own()
    };
    let records = bench.certainty("certainty/factuality_train.jsonl")?;
    let records: Vec<&Record> = records.iter().collect();
    let settings = settings();
    let chain = train_on(&records, &weights, &settings, |pass| tell(Told::Pass(pass)));
    let weights = Weights { certainty: Held::from(&chain), ..weights };
    let dev = bench.certainty("certainty/factuality_dev.jsonl")?;
    let predicted = dev.iter().map(|record| {
        let events: Vec<usize> = record.events.iter().map(|event| event.word).collect();
        let read: Vec<Event> = reader::certainties(&record.words, &events, &weights);
        (record.sentence.clone(), read)
    });
    let score = score(&dev, &predicted.collect());
    let [(low, high), (least, most)] = score.bounds;
    let card = Card {
        title: "Certainty of events",
        task: "certainty",
        about: "A logistic regression over steps of how firmly a sentence presents an event as real, from -3 (certainly did not happen) to 3 (certainly did); the label of a step is the mean of its scores.",
        data: card::CERTAIN,
        features: format!(
            "The word and those around it, its helpers, the verbs and words that it hangs on and what links them, its clause, and what negates it; {} features have weights. {}",
            chain.features(),
            card::settings(&settings)
        ),
        figures: format!(
            "On the dev part F1 of what is no fact {:.1} (95 %: {low:.1} to {high:.1}), Pearson's r {:.3} (95 %: {least:.3} to {most:.3}), mean distance {:.3} (if all were certain {:.3}).",
            score.not_fact.f1, score.correlation, score.distance, score.distance_all_certain
        ),
    };
    models.save("certainty", &chain.to_bytes(), &card.to_string())
}
