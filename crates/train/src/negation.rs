//! What is negated: the finder of cues, and that of the words that they reach over.

use std::ops::Range;

use throughline_eval::bench::negation::{MEASURES, Negation, Record, score};
use throughline_eval::bench::reader;
use throughline_linear::train::{Example, Pass, Settings, train};
use throughline_linear::{Chain, Spans};
use throughline_read::trained::{
    Case, Columns, Held, Page, Quoted, Weights, negation, parts, syntax,
};

use crate::card::{self, Card};
use crate::{Bench, Error, Made, Models, Told};

/// How often a sentence is seen as it stands, in capitals, and without capitals.
const FORMS: [f32; 3] = [0.8, 0.1, 0.1];

/// How cues are trained.
pub fn cue_settings() -> Settings {
    Settings { passes: 8, l1: 0.1, l2: 1.0, least: 1, ..Settings::default() }
}

/// How scopes are trained.
pub fn scope_settings() -> Settings {
    Settings {
        passes: 20,
        rate: 0.03,
        l1: 0.1,
        l2: 2.0,
        dropped: 0.3,
        least: 1,
        ..Settings::default()
    }
}

/// A negation's words as runs, each with whether only a part of it negates.
fn runs(negation: &Negation, words: &[String]) -> Vec<(Range<usize>, bool)> {
    if let Some(one) = cue(negation, words) {
        return vec![one];
    }
    negation.cue.iter().map(|at| (*at..at + 1, false)).collect()
}

/// A negation's words as one run, if they are one, and whether only a part of it negates.
fn cue(negation: &Negation, words: &[String]) -> Option<(Range<usize>, bool)> {
    let (first, last) = (*negation.cue.first()?, *negation.cue.last()?);
    let part = negation.part.as_ref().zip(words.get(first));
    let affix = part.is_some_and(|(part, word)| part.len() < word.len());
    (last - first + 1 == negation.cue.len()).then_some((first..last + 1, affix))
}

fn forms(record: &Record) -> Vec<(Page<'_>, f32)> {
    let page = Page::of_words([record.words.iter().map(String::as_str)]);
    let (upper, lower) = (page.in_case(Case::Upper), page.in_case(Case::Lower));
    [page, upper, lower].into_iter().zip(FORMS).collect()
}

/// Trains the finder of cues.
pub fn cues_on(
    records: &[&Record],
    weights: &Weights<'_>,
    settings: &Settings,
    tell: impl FnMut(Pass),
) -> Chain {
    let spans = Spans::new(negation::KINDS);
    let example = |record: &&Record| {
        let own: Vec<(Range<usize>, usize)> = record
            .negations
            .iter()
            .flat_map(|one| runs(one, &record.words))
            .map(|(words, affix)| (words, usize::from(affix)))
            .collect();
        let seen = forms(record).into_iter().map(|(page, share)| {
            let columns = Columns::new(&page, weights);
            let tags = parts::read(&columns, weights);
            let mut all = negation::features(&page, &columns, &tags, weights);
            (all.pop().unwrap_or_default(), share)
        });
        let labels = spans.encode(record.words.len(), &own);
        Example {
            forms: seen.collect(),
            labels: labels.into_iter().map(|label| label as u16).collect(),
            or: 0..0,
            weight: 1.0,
        }
    };
    train(records.iter().map(example).collect(), &spans.labels(), settings, tell)
}

/// Trains the finder of scopes, on cues that are given.
pub fn scopes_on(
    records: &[&Record],
    weights: &Weights<'_>,
    settings: &Settings,
    tell: impl FnMut(Pass),
) -> Chain {
    let examples = records.iter().flat_map(|record| scope_examples(record, weights)).collect();
    train(examples, &negation::scope_labels(), settings, tell)
}

/// What the negations of a sentence teach of their scopes.
pub fn scope_examples(record: &Record, weights: &Weights<'_>) -> Vec<Example> {
    let mut own: Vec<(Range<usize>, bool, &Negation)> = record
        .negations
        .iter()
        .filter_map(|one| cue(one, &record.words).map(|(words, affix)| (words, affix, one)))
        .collect();
    own.sort_by_key(|(words, ..)| words.start);
    if own.is_empty() {
        return Vec::new();
    }
    let ranges: Vec<Range<usize>> = own.iter().map(|(words, ..)| words.clone()).collect();
    let affixes: Vec<bool> = own.iter().map(|(_, affix, _)| *affix).collect();
    let mut seen: Vec<Vec<_>> = vec![Vec::new(); own.len()];
    for (page, share) in forms(record) {
        let columns = Columns::new(&page, weights);
        let tags = parts::read(&columns, weights);
        let quoted = Quoted::of(&columns);
        let trees = syntax::read(&columns, &tags, weights);
        let around = negation::around(&columns, &tags, &trees, &quoted, &ranges, &affixes);
        for (number, forms) in seen.iter_mut().enumerate() {
            forms.push((negation::scope_features(&around, number), share));
        }
    }
    let example = |((cue, _, negation), forms): (&(Range<usize>, _, &Negation), _)| {
        let reached = |at: usize| negation.scope.contains(&at);
        let labels = negation::scope_encoded(record.words.len(), cue, reached);
        Example { forms, labels, or: 0..0, weight: 1.0 }
    };
    own.iter().zip(seen).map(example).collect()
}

/// Makes the finders of what negates and of what is negated.
///
/// # Errors
/// If the bench or earlier weights cannot be read, or the weights cannot be written.
pub fn train_negation(
    bench: &Bench,
    models: &Models,
    mut tell: impl FnMut(Told),
) -> Result<Made, Error> {
    let (clusters, parts) = (models.clusters()?, models.parts()?);
    let (steps, relations) = (models.chain("steps")?, models.chain("relations")?);
    let weights = Weights {
        clusters: &clusters,
        parts: Held::from(&parts),
        steps: Held::from(&steps),
        relations: Held::from(&relations),
        ..Weights::own()
    };
    let records = bench.negations("certainty/negation_train.jsonl")?;
    let records: Vec<&Record> = records.iter().collect();
    let (of_cues, of_scopes) = (cue_settings(), scope_settings());
    let cues = cues_on(&records, &weights, &of_cues, |pass| tell(Told::Pass(pass)));
    let scopes = scopes_on(&records, &weights, &of_scopes, |pass| tell(Told::Pass(pass)));
    let weights = Weights {
        negation_cues: Held::from(&cues),
        negation_scopes: Held::from(&scopes),
        ..weights
    };
    let dev = bench.negations("certainty/negation_dev.jsonl")?;
    let predicted = dev
        .iter()
        .map(|record| (record.sentence.clone(), reader::negations(&record.words, &weights)));
    let score = score(&dev, &predicted.collect());
    let measures = MEASURES.iter().zip(score.measures).zip(score.bounds);
    let measures: Vec<String> = measures
        .map(|((name, one), (low, high))| {
            format!("{name} {:.1} (95 %: {low:.1} to {high:.1})", one.f1)
        })
        .collect();
    let card = |title, about, features| Card {
        title,
        task: "negation",
        about,
        data: card::NEGATED,
        features,
        figures: format!("F1 on the dev part, with both: {}.", measures.join(", ")),
    };
    let of_cues = card(
        "Cues of negation",
        "A conditional random field over the beginning, middle and end of words that negate, and words of which a part does.",
        format!(
            "The words around, their letters and parts of speech, and what is left of a word without a prefix or suffix that can negate; {} features have weights. {}",
            cues.features(),
            card::settings(&of_cues)
        ),
    );
    let of_scopes = card(
        "Scopes of negation",
        "A conditional random field over the beginning, middle and end of runs of words that a cue that was found reaches over; the cue lies within its run.",
        format!(
            "What sources and contents are read by, in view of what negates, and the way from a word to it through the tree of the sentence; {} features have weights. {}",
            scopes.features(),
            card::settings(&of_scopes)
        ),
    );
    models.save("negation-cues", &cues.to_bytes(), &of_cues.to_string())?;
    models.save("negation-scopes", &scopes.to_bytes(), &of_scopes.to_string())
}
