//! The finder of names.

use std::collections::BTreeMap;
use std::ops::Range;

use throughline_eval::bench::names::{Entity, NO_MISC, Record, TYPES};
use throughline_eval::bench::syntax::Sentence;
use throughline_linear::train::{Example, Pass, Settings, train};
use throughline_linear::{Chain, Sequence, Spans, hash};
use throughline_read::trained::{Case, Columns, Held, Page, Weights, names, parts};

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
                passes: 6,
                l1: 0.3,
                l2: 0.3,
                dropped: 0.1,
                learned: 0.01,
                least: 2,
                ..Settings::default()
            },
        }
    }
}

/// Taggers of two halves of the documents that parts of speech are learned from, some of which
/// have names as well: each knows the other half only. Tags of a tagger that knows a document
/// would be too good, and names would be learned from what no other document has.
#[derive(Debug)]
pub struct Taggers<'w> {
    halves: [Chain; 2],
    weights: Weights<'w>,
}

impl<'w> Taggers<'w> {
    /// Trains them; `weights` hold a tagger for the documents of other corpora.
    pub fn new(sentences: &[Sentence], weights: Weights<'w>) -> Taggers<'w> {
        let of = |which: usize| {
            // Sentences are numbered behind the name of their document.
            let document =
                |one: &Sentence| one.id.rsplit_once('-').map_or(0, |(name, _)| half(name));
            let others = sentences.iter().filter(|one| document(one) != which);
            let others: Vec<Sentence> = others.cloned().collect();
            crate::parts::train_on(&others, &weights, &crate::syntax::tagger_settings(), |_| {})
        };
        Taggers { halves: [of(0), of(1)], weights }
    }

    /// The weights by which a document is read.
    pub fn of(&self, record: &Record) -> Weights<'_> {
        match record.document.split_once('/') {
            Some(("gum" | "uner-ewt", name)) => {
                Weights { parts: Held::from(&self.halves[half(name)]), ..self.weights }
            }
            _ => self.weights,
        }
    }
}

/// Which half a document belongs to.
fn half(document: &str) -> usize {
    (hash(document.as_bytes()) >> 7 & 1) as usize
}

/// Trains on documents with names.
pub fn train_on(
    records: &[Record],
    taggers: &Taggers<'_>,
    training: &Training,
    tell: impl FnMut(Pass),
) -> Chain {
    let records = records.iter().enumerate().filter(|(at, record)| training.keeps(*at, record));
    let examples = records.flat_map(|(_, record)| examples(record, &taggers.of(record), training));
    train(examples.collect(), &labels(), &training.settings, tell)
}

/// The labels of words.
pub fn labels() -> Vec<String> {
    Spans::new(names::KINDS).labels()
}

/// Labels that words outside of names may have instead: other things, where guidelines have none.
fn unsought(source: &str) -> Range<u16> {
    let sought = |label: &String| !label.ends_with(TYPES[MISC]);
    let labels = labels();
    let first = labels.iter().rposition(sought).map_or(0, |last| last + 1);
    if NO_MISC.contains(&source) { first as u16..labels.len() as u16 } else { 0..0 }
}

const MISC: usize = 3;

impl Training {
    /// Whether a document is learned from, by its place among all.
    pub fn keeps(&self, at: usize, record: &Record) -> bool {
        self.thinned.get(&record.source).is_none_or(|every| at.is_multiple_of(*every))
    }
}

/// A document's sentences, their words read by these weights.
pub fn examples(record: &Record, weights: &Weights<'_>, training: &Training) -> Vec<Example> {
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
                or: unsought(&record.source),
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
    fn where_no_other_things_were_looked_for_a_word_may_be_one() {
        let named =
            |range: Range<u16>| labels()[usize::from(range.start)..usize::from(range.end)].to_vec();
        assert_eq!(named(unsought("btc")), ["B-MISC", "I-MISC", "E-MISC", "S-MISC"]);
        assert!(named(unsought("re3d")).is_empty());
    }

    #[test]
    fn a_document_is_tagged_by_those_who_do_not_know_it() {
        let own = Weights::own();
        let taggers = Taggers::new(&[], own);
        let read = |document: &str| {
            let record = Record {
                document: document.to_owned(),
                source: String::new(),
                genre: None,
                text: "Ada left Ostby.".to_owned(),
                entities: Vec::new(),
            };
            let weights = taggers.of(&record);
            parts::read(&Columns::new(&Page::of_text(&record.text), &weights), &weights)
        };
        assert_ne!(read("gum/a"), read("re3d/a"), "untaught taggers know no tag but the first");
    }

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
