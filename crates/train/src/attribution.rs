//! Who says what: the finder of cues, and that of their sources and contents.

use std::ops::Range;

use throughline_eval::bench::attribution::{ROLES, Record, score};
use throughline_eval::bench::reader;
use throughline_linear::train::{Example, Pass, Settings, train};
use throughline_linear::{Chain, Sequence, Spans};
use throughline_read::trained::attribution::{Readiness, cues, voices};
use throughline_read::trained::{Around, Case, Columns, Held, Page, Quoted, Weights, parts};

use crate::card::{self, Card};
use crate::{Bench, Error, Made, Models, Told};

/// How often an article is seen as it stands, in capitals, and without capitals.
const FORMS: [f32; 3] = [0.8, 0.1, 0.1];

/// How cues are trained.
pub fn cue_settings() -> Settings {
    Settings {
        passes: 8,
        l1: 0.5,
        l2: 2.0,
        dropped: 0.3,
        learned: 0.01,
        least: 2,
        ..Settings::default()
    }
}

/// How sources and contents are trained.
pub fn voice_settings() -> Settings {
    Settings {
        passes: 8,
        l1: 0.5,
        l2: 2.0,
        dropped: 0.3,
        learned: 0.01,
        least: 2,
        ..Settings::default()
    }
}

/// An article with its attributions by words.
struct Article<'r> {
    page: Page<'r>,
    /// Cue, source and content of each, in the order of their cues.
    said: Vec<[Vec<Range<usize>>; 3]>,
}

impl<'r> Article<'r> {
    fn new(record: &'r Record) -> Article<'r> {
        let page = Page::of_text(&record.text);
        let words = |piece: &(usize, usize)| -> Option<Range<usize>> {
            let spans = page.spans();
            let start = spans.partition_point(|span| span.end as usize <= piece.0);
            let end = spans.partition_point(|span| (span.start as usize) < piece.1);
            (start < end).then_some(start..end)
        };
        let mut said: Vec<[Vec<Range<usize>>; 3]> = record
            .attributions
            .iter()
            .map(|one| {
                let [source, cue, content] =
                    [0, 1, 2].map(|role| one.roles[role].iter().filter_map(words).collect());
                [cue, source, content]
            })
            .filter(|[cue, ..]: &[Vec<Range<usize>>; 3]| !cue.is_empty())
            .collect();
        said.sort_by_key(|[cue, ..]| (cue[0].start, cue[0].end));
        said.dedup_by(|one, before| one[0][0].start < before[0][0].end);
        Article { page, said }
    }

    /// The article as it stands and with other letters.
    fn forms(&self) -> Vec<(Page<'_>, f32)> {
        let cased = [Case::Upper, Case::Lower].into_iter().zip(&FORMS[1..]);
        let cased = cased.map(|(case, share)| (self.page.in_case(case), *share));
        std::iter::once((self.page.clone(), FORMS[0])).chain(cased).collect()
    }
}

/// Trains the finder of cues.
pub fn cues_on(
    records: &[&Record],
    weights: &Weights<'_>,
    settings: &Settings,
    tell: impl FnMut(Pass),
) -> Chain {
    let spans = Spans::new(cues::KINDS);
    let mut examples = Vec::new();
    for record in records {
        let article = Article::new(record);
        let mut forms: Vec<(std::vec::IntoIter<Sequence>, f32)> = Vec::new();
        for (page, share) in article.forms() {
            let columns = Columns::new(&page, weights);
            let tags = parts::read(&columns, weights);
            let quoted = Quoted::of(&columns);
            let features = |sentence| cues::features(&columns, &tags, &quoted, sentence);
            let all: Vec<Sequence> = page.sentences().iter().map(features).collect();
            forms.push((all.into_iter(), share));
        }
        for sentence in article.page.sentences() {
            let own: Vec<(Range<usize>, usize)> = article
                .said
                .iter()
                .map(|[cue, ..]| cue[0].clone())
                .filter(|cue| sentence.start <= cue.start && cue.end <= sentence.end)
                .map(|cue| (cue.start - sentence.start..cue.end - sentence.start, 0))
                .collect();
            examples.push(Example {
                forms: forms
                    .iter_mut()
                    .map(|(sequences, share)| (sequences.next().unwrap_or_default(), *share))
                    .collect(),
                labels: labels(&spans, sentence.len(), &own),
                or: 0..0,
                weight: 1.0,
            });
        }
    }
    train(examples, &spans.labels(), settings, tell)
}

/// Trains the finder of sources and contents, on cues that are given.
pub fn voices_on(
    records: &[&Record],
    weights: &Weights<'_>,
    settings: &Settings,
    tell: impl FnMut(Pass),
) -> Chain {
    let spans = Spans::new(voices::KINDS);
    let mut examples = Vec::new();
    for record in records {
        let article = Article::new(record);
        let cues: Vec<Range<usize>> = article.said.iter().map(|[cue, ..]| cue[0].clone()).collect();
        let mut forms: Vec<(Vec<Sequence>, f32)> = Vec::new();
        let mut windows = Vec::new();
        for (page, share) in article.forms() {
            let columns = Columns::new(&page, weights);
            let tags = parts::read(&columns, weights);
            let quoted = Quoted::of(&columns);
            let around = Around::new(&columns, &tags, &quoted, &cues);
            windows = (0..cues.len()).map(|cue| voices::window(&around, cue)).collect();
            forms
                .push(((0..cues.len()).map(|cue| voices::features(&around, cue)).collect(), share));
        }
        for (cue, window) in windows.into_iter().enumerate() {
            let [_, source, content] = &article.said[cue];
            let of = |pieces: &[Range<usize>], kind: usize| -> Vec<(Range<usize>, usize)> {
                let inside = pieces
                    .iter()
                    .filter(|piece| window.start < piece.end && piece.start < window.end);
                inside
                    .map(|piece| {
                        let start = piece.start.max(window.start) - window.start;
                        (start..piece.end.min(window.end) - window.start, kind)
                    })
                    .collect()
            };
            let own = [of(source, 0), of(content, 1)].concat();
            examples.push(Example {
                forms: forms
                    .iter_mut()
                    .map(|(sequences, share)| (std::mem::take(&mut sequences[cue]), *share))
                    .collect(),
                labels: labels(&spans, window.len(), &own),
                or: 0..0,
                weight: 1.0,
            });
        }
    }
    train(examples, &spans.labels(), settings, tell)
}

fn labels(spans: &Spans, count: usize, own: &[(Range<usize>, usize)]) -> Vec<u16> {
    spans.encode(count, own).into_iter().map(|label| label as u16).collect()
}

/// Makes the finder of cues, and that of their sources and contents.
///
/// # Errors
/// If the bench or earlier weights cannot be read, or the weights cannot be written.
pub fn train_attribution(
    bench: &Bench,
    models: &Models,
    mut tell: impl FnMut(Told),
) -> Result<Made, Error> {
    let (clusters, related, parts) = (models.clusters()?, models.related()?, models.parts()?);
    let weights = Weights {
        clusters: &clusters,
        related: &related,
        parts: Held::from(&parts),
        ..Weights::own()
    };
    let records = bench.attributions("attribution/train.jsonl")?;
    let records: Vec<&Record> = records.iter().collect();
    let (of_cues, of_voices) = (cue_settings(), voice_settings());
    let cues = cues_on(&records, &weights, &of_cues, |pass| tell(Told::Pass(pass)));
    let voices = voices_on(&records, &weights, &of_voices, |pass| tell(Told::Pass(pass)));
    let figures = figures(
        bench,
        &Weights { cues: Held::from(&cues), voices: Held::from(&voices), ..weights },
    )?;
    let card = |title, about, features| Card {
        title,
        task: "attribution",
        about,
        data: card::SAID,
        features,
        figures: figures.clone(),
    };
    let of_cues = card(
        "Cues of attribution",
        "A conditional random field over the beginning, middle and end of words that tell that somebody says, thinks, asks or shows something.",
        format!(
            "The words around, their endings, clusters and parts of speech, quotation marks, and the nearest nouns, verbs and \"that\"; {} features have weights. {}",
            cues.features(),
            card::settings(&of_cues)
        ),
    );
    let of_voices = card(
        "Sources and contents of attribution",
        "A conditional random field over the words in view of a cue that was found: who says it, and what.",
        format!(
            "Each word by itself and with its neighbours, its side of the cue and how far off it is, the cue and its neighbours, and what lies between: verbs, commas, quotation marks, other cues; and what word, neighbours and cue are related to; {} features have weights. {}",
            voices.features(),
            card::settings(&of_voices)
        ),
    );
    models.save("cues", &cues.to_bytes(), &of_cues.to_string())?;
    models.save("voices", &voices.to_bytes(), &of_voices.to_string())
}

/// How well attributions are read on the dev part.
fn figures(bench: &Bench, weights: &Weights<'_>) -> Result<String, Error> {
    let dev = bench.attributions("attribution/dev.jsonl")?;
    let predicted = dev.iter().map(|record| {
        let read = reader::attributions(&record.text, weights, &Readiness::default());
        (record.document.clone(), read)
    });
    let score = score(&dev, &predicted.collect());
    let roles = ROLES.iter().zip(score.exact).zip(score.exact_bounds);
    let roles: Vec<String> = roles
        .map(|((role, one), (low, high))| {
            format!("{role} {:.1} (95 %: {low:.1} to {high:.1})", one.f1)
        })
        .collect();
    let (low, high) = score.right_bounds;
    Ok(format!(
        "F1 of exact pieces on the dev part, with both files: {}. Of the contents that are found {:.1} % (95 %: {low:.1} to {high:.1}) have the right source.",
        roles.join(", "),
        score.right.percent()
    ))
}
