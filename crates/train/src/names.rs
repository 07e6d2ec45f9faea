//! The finder of names.

use std::collections::BTreeMap;
use std::ops::Range;

use throughline_eval::bench::names::{Entity, Record};
use throughline_linear::train::{Example, Pass, Settings, train};
use throughline_linear::{Chain, Sequence, Spans};
use throughline_read::trained::{Case, Columns, Page, Weights, names, parts};

/// How names are trained.
#[derive(Clone, Debug)]
pub struct Training {
    /// How often a document is seen as it stands, in capitals, and without capitals.
    pub forms: [f32; 3],
    /// Of which sources only every n-th document is learned from.
    pub thinned: BTreeMap<String, usize>,
    /// How much the documents of a source count, where that is not 1.
    pub weights: BTreeMap<String, f32>,
    /// How the weights are found.
    pub settings: Settings,
}

impl Default for Training {
    fn default() -> Training {
        // Tweets are many, short, and written like nothing else; what is nearest to reports, and
        // what there is least of, counts more.
        let thinned = [("btc", 4), ("wnut17", 3)];
        let weights = [("btc", 0.8), ("wnut17", 0.8), ("gum-news", 2.0), ("re3d", 2.0)];
        Training {
            thinned: thinned.map(|(source, every)| (source.to_owned(), every)).into(),
            forms: [0.7, 0.2, 0.1],
            weights: weights.map(|(source, weight)| (source.to_owned(), weight)).into(),
            settings: Settings {
                passes: 4,
                l1: 0.3,
                l2: 0.3,
                learned: 0.01,
                least: 2,
                ..Settings::default()
            },
        }
    }
}

/// Trains on documents with names.
pub fn train_on(
    records: &[Record],
    weights: &Weights<'_>,
    training: &Training,
    tell: impl FnMut(Pass),
) -> Chain {
    let kept = |(at, record): &(usize, &Record)| {
        training.thinned.get(&record.source).is_none_or(|every| at % every == 0)
    };
    let records = records.iter().enumerate().filter(kept);
    let examples = records.flat_map(|(_, record)| examples(record, weights, training));
    train(examples.collect(), &Spans::new(names::KINDS).labels(), &training.settings, tell)
}

/// A document's sentences.
fn examples(record: &Record, weights: &Weights<'_>, training: &Training) -> Vec<Example> {
    let page = Page::of_text(&record.text);
    let features = |page: &Page<'_>| -> Vec<Sequence> {
        let columns = Columns::new(page, weights);
        names::features(&columns, &parts::read(&columns, weights))
    };
    let mut forms = vec![(features(&page).into_iter(), training.forms[0])];
    for (case, share) in [Case::Upper, Case::Lower].into_iter().zip(&training.forms[1..]) {
        if *share > 0.0 {
            forms.push((features(&page.in_case(case)).into_iter(), *share));
        }
    }
    let spans = Spans::new(names::KINDS);
    let weight = training.weights.get(&record.source).copied().unwrap_or(1.0);
    let named: Vec<(Range<usize>, usize)> = record
        .entities
        .iter()
        .filter(|entity| !entity.nominal)
        .filter_map(|entity| Some((words(&page, entity)?, entity.kind)))
        .collect();
    page.sentences()
        .iter()
        .map(|sentence| {
            let inside = named
                .iter()
                .filter(|(words, _)| sentence.start <= words.start && words.end <= sentence.end);
            let own: Vec<(Range<usize>, usize)> = inside
                .map(|(words, kind)| {
                    (words.start - sentence.start..words.end - sentence.start, *kind)
                })
                .collect();
            let labels = spans.encode(sentence.len(), &own);
            Example {
                forms: forms
                    .iter_mut()
                    .map(|(sequences, share)| (sequences.next().unwrap_or_default(), *share))
                    .collect(),
                labels: labels.into_iter().map(|label| label as u16).collect(),
                weight,
            }
        })
        .collect()
}

/// The words of a name, if it begins and ends with words as the reader cuts them.
fn words(page: &Page<'_>, entity: &Entity) -> Option<Range<usize>> {
    let spans = page.spans();
    let start = spans.binary_search_by_key(&entity.start, |span| span.start as usize).ok()?;
    let end = spans.binary_search_by_key(&entity.end, |span| span.end as usize).ok()? + 1;
    (start < end).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_begin_or_end_within_a_word_are_left_out() {
        let page = Page::of_text("Ada Marl left pro-Ruel Ostby.");
        let named = |start: usize, end: usize| {
            words(&page, &Entity { start, end, kind: 0, nominal: false })
        };
        assert_eq!(named(0, 8), Some(0..2));
        assert_eq!(named(1, 8), None);
        assert_eq!(named(18, 22), Some(5..6));
        assert_eq!(named(8, 3), None);
    }
}
