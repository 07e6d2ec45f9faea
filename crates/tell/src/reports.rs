//! The documents that tell of an incident, by origin: which of them are copies of one report, and where
//! copies differ.
//!
//! Two documents are copies where the shorter has at least [`SHARED`] percent of its runs of [`RUN`]
//! words from the other, and at least [`LEAST`] of them: a paper that prints an agency's report, whole or
//! in part, with words of its own put in or left out. One that quotes a sentence of another is none.
//! Runs of words tell copies of news apart from reports of one event in other words (Broder and others
//! 1997, "Syntactic clustering of the Web"; resemblance by shingles).
//!
//! Which of them is the origin nobody can tell from words: copies stand beneath the one that was
//! published first, and what is undated beneath what has a date. It settles nothing.
//! What a copy says in the same words adds no voice to what is held (`throughline_model::voices`), which goes by
//! sentences and not by documents: a paper may print another's report, and a sentence of its own.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};
use throughline_casebook::{Casebook, RecordView, Result};
use throughline_model::{Document, DocumentId, Edtf, Outline, ZoneRole};

use crate::terminal::one_line;

/// How many words make a run.
const RUN: usize = 5;

/// How many runs of the shorter must stand in the other too, in percent.
const SHARED: usize = 60;

/// So few runs in common tell nothing: a sentence that both quote.
const LEAST: usize = 12;

/// So many documents of a record at most are compared, the first by publication.
const DOCUMENTS: usize = 60;

/// So many places at which a copy differs are told, each at most so many letters long.
const DIFFERENCES: usize = 6;
const LETTERS: usize = 160;

/// So many letters of a document are compared.
const LONGEST: usize = 40_000;

/// The documents of a record, by origin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reports {
    /// Each origin with its copies, by the day on which the first of them was published.
    pub origins: Vec<Origin>,
    /// How many documents were not compared.
    pub left_out: usize,
}

/// A report, and the documents that copy it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The one that was published first.
    pub first: Told,
    /// The others, in order of publication.
    pub copies: Vec<Copied>,
}

/// A document that tells of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its id.
    pub document: DocumentId,
    /// Who publishes it.
    pub source: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<Edtf>,
    /// How much of the record's evidence shown is from it.
    pub says: usize,
}

/// A copy, and where it differs from the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The copy.
    pub told: Told,
    /// How much of its words stand in the first too, in percent.
    pub shared: u8,
    /// Words of its own, in text order.
    pub adds: Vec<String>,
    /// Words of the first that it has not.
    pub leaves_out: Vec<String>,
    /// How many more places differ.
    pub more: usize,
}

impl Reports {
    /// The documents in view that tell of a record.
    ///
    /// # Errors
    /// If the casebook cannot be read.
    pub fn gather(casebook: &Casebook, shown: &RecordView) -> Result<Reports> {
        let mut says: BTreeMap<DocumentId, (usize, Option<Edtf>)> = BTreeMap::new();
        let mentions: BTreeSet<_> = shown.record.mentions.iter().copied().collect();
        for id in casebook.documents_mentioning(&mentions)? {
            says.entry(id).or_default();
        }
        for one in shown.evidence.values() {
            let own = says.entry(one.assertion.document).or_default();
            // The day that somebody gave it goes before its own.
            *own = (own.0 + 1, one.published.clone());
        }
        let mut texts: Vec<(Told, String)> = Vec::new();
        let mut dated: Vec<_> = says.into_iter().collect();
        dated.sort_by_key(|(id, (_, published))| (order(published.as_ref()), *id));
        let left_out = dated.len().saturating_sub(DOCUMENTS);
        for (id, (says, published)) in dated.into_iter().take(DOCUMENTS) {
            let Some(document) = casebook.document(id)? else { continue };
            let told = Told {
                document: id,
                source: document.source.clone(),
                title: document.title.clone(),
                published: published.or_else(|| document.published.clone()),
                says,
            };
            texts.push((told, body(&document)));
        }
        Ok(Reports { origins: origins(texts), left_out })
    }

    /// How many documents there are.
    pub fn documents(&self) -> usize {
        self.origins.iter().map(|origin| 1 + origin.copies.len()).sum()
    }

    /// The fields that docs/json.md gives.
    pub fn json(&self) -> Json {
        let origin = |origin: &Origin| {
            let mut object = origin.first.json();
            object["copies"] = origin.copies.iter().map(Copied::json).collect();
            object
        };
        json!({
            "origins": self.origins.iter().map(origin).collect::<Vec<_>>(),
            "left_out": self.left_out,
        })
    }
}

impl Told {
    fn json(&self) -> Json {
        json!({
            "document": self.document.to_string(),
            "source": self.source,
            "title": self.title,
            "published": self.published.as_ref().map(ToString::to_string),
            "says": self.says,
        })
    }
}

impl Copied {
    fn json(&self) -> Json {
        let mut object = self.told.json();
        object["shared"] = json!(self.shared);
        object["adds"] = json!(self.adds);
        object["leaves_out"] = json!(self.leaves_out);
        object["more"] = json!(self.more);
        object
    }
}

/// Dated before undated, by the day from which it counts.
fn order(published: Option<&Edtf>) -> (bool, Option<throughline_model::Day>) {
    (published.is_none(), published.map(Edtf::order))
}

/// The paragraphs of a document: a headline or a section line is the paper's own.
fn body(document: &Document) -> String {
    let zones = document.zones.iter().filter(|zone| zone.role == ZoneRole::Body);
    let paragraphs: Vec<&str> = zones.map(|zone| zone.span.of(&document.text)).collect();
    let mut text =
        if paragraphs.is_empty() { document.text.clone() } else { paragraphs.join("\n") };
    let end = (0..=LONGEST.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    text.truncate(end.unwrap_or_default());
    text
}

/// A text in words, and which runs it has.
struct Runs<'t> {
    text: &'t str,
    /// Each word's place, and a number that is equal for equal words.
    words: Vec<(std::ops::Range<usize>, u32)>,
    /// The runs, by their first words.
    runs: Vec<[u32; RUN]>,
}

impl<'t> Runs<'t> {
    fn of(text: &'t str) -> Runs<'t> {
        let mut words: Vec<(std::ops::Range<usize>, u32)> = Vec::new();
        let mut start = None;
        for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
            match (start, letter.is_alphanumeric()) {
                (None, true) => start = Some(at),
                (Some(from), false) => {
                    let word = text[from..at].to_lowercase();
                    words.push((from..at, Outline::hash(&word)));
                    start = None;
                }
                _ => {}
            }
        }
        let hashes: Vec<u32> = words.iter().map(|(_, hash)| *hash).collect();
        let run = |run: &[u32]| <[u32; RUN]>::try_from(run).ok();
        let runs = hashes.windows(RUN).filter_map(run).collect();
        Runs { text, words, runs }
    }

    fn set(&self) -> BTreeSet<[u32; RUN]> {
        self.runs.iter().copied().collect()
    }

    /// Which words stand in a run that the other has.
    fn covered(&self, other: &BTreeSet<[u32; RUN]>) -> Vec<bool> {
        let mut covered = vec![false; self.words.len()];
        for (at, run) in self.runs.iter().enumerate() {
            if other.contains(run) {
                covered[at..at + RUN].fill(true);
            }
        }
        covered
    }

    /// The stretches of words that the other has not, in text order.
    fn apart(&self, covered: &[bool]) -> Vec<String> {
        let mut stretches: Vec<std::ops::Range<usize>> = Vec::new();
        let mut within = false;
        for ((place, _), covered) in self.words.iter().zip(covered) {
            match stretches.last_mut() {
                Some(last) if within && !covered => last.end = place.end,
                _ if !covered => stretches.push(place.clone()),
                _ => {}
            }
            within = !covered;
        }
        let told = |stretch: std::ops::Range<usize>| {
            let line = one_line(&self.text[stretch]);
            let mut kept: String = line.chars().take(LETTERS).collect();
            if kept.len() < line.len() {
                kept.push('…');
            }
            kept
        };
        stretches.into_iter().map(told).collect()
    }
}

/// Documents in order of publication, gathered to the first of which each is a copy.
fn origins(mut texts: Vec<(Told, String)>) -> Vec<Origin> {
    texts.sort_by_key(|(told, _)| (order(told.published.as_ref()), told.document));
    let runs: Vec<Runs> = texts.iter().map(|(_, text)| Runs::of(text)).collect();
    let sets: Vec<BTreeSet<[u32; RUN]>> = runs.iter().map(Runs::set).collect();
    let common = |a: usize, b: usize| -> Option<usize> {
        let (small, large) = if sets[a].len() <= sets[b].len() {
            (&sets[a], &sets[b])
        } else {
            (&sets[b], &sets[a])
        };
        let both = small.iter().filter(|run| large.contains(*run)).count();
        (both >= LEAST && both * 100 >= small.len() * SHARED).then_some(both)
    };
    // The origin of each, by its number; of several the one with which most is shared.
    let mut home: Vec<usize> = Vec::new();
    for at in 0..texts.len() {
        let of = (0..at)
            .filter_map(|before| Some((common(at, before)?, std::cmp::Reverse(before))))
            .max()
            .map(|(_, std::cmp::Reverse(before))| home[before]);
        home.push(of.unwrap_or(at));
    }
    let mut found: Vec<Origin> = Vec::new();
    let mut number: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, (told, _)) in texts.iter().enumerate() {
        if home[at] == at {
            number.insert(at, found.len());
            found.push(Origin { first: told.clone(), copies: Vec::new() });
            continue;
        }
        let first = home[at];
        let (own, of) = (runs[at].covered(&sets[first]), runs[first].covered(&sets[at]));
        let (mut adds, mut leaves_out) = (runs[at].apart(&own), runs[first].apart(&of));
        let more =
            adds.len().saturating_sub(DIFFERENCES) + leaves_out.len().saturating_sub(DIFFERENCES);
        adds.truncate(DIFFERENCES);
        leaves_out.truncate(DIFFERENCES);
        let shared = own.iter().filter(|covered| **covered).count() * 100 / own.len().max(1);
        let shared = u8::try_from(shared).unwrap_or(100);
        let copy = Copied { told: told.clone(), shared, adds, leaves_out, more };
        if let Some(origin) = number.get(&first).and_then(|at| found.get_mut(*at)) {
            origin.copies.push(copy);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const REPORT: &str = "A bomb went off at the market hall of Lenn on Monday morning and killed three \
        people, police said. Two men were seen running away towards the river shortly before the blast. \
        Nobody has said that he did it, and the hall stays closed until further notice.";

    fn told(number: u8, day: Option<&str>) -> Told {
        Told {
            document: DocumentId::of_bytes(throughline_model::Sha256::of(&[number])),
            source: Some(format!("Paper {number}")),
            title: None,
            published: day.map(|day| day.parse().unwrap()),
            says: 1,
        }
    }

    fn of(texts: &[(&str, Option<&str>)]) -> Vec<Origin> {
        let told = |(number, (text, day)): (u8, &(&str, Option<&str>))| {
            (told(number, *day), (*text).to_owned())
        };
        origins((0..).zip(texts).map(told).collect())
    }

    #[test]
    fn a_copy_stands_beneath_what_was_published_first_with_what_it_changed() {
        let changed = REPORT.replace("killed three", "killed four").replace(", police said", "");
        let other = "Three people died in Lenn when an explosion tore through a crowded hall; officers are \
            looking for two suspects who fled on foot, and no group has come forward so far this week.";
        let found = of(&[
            (&changed, Some("2016-05-11")),
            (other, Some("2016-05-10")),
            (REPORT, Some("2016-05-10")),
            (REPORT, None),
        ]);
        assert_eq!(found.len(), 2, "{found:?}");
        let origin = found.iter().find(|origin| !origin.copies.is_empty()).unwrap();
        assert_eq!(origin.first.source.as_deref(), Some("Paper 2"));
        let [copy, undated] = &origin.copies[..] else { panic!("{origin:?}") };
        assert_eq!(copy.told.source.as_deref(), Some("Paper 0"));
        // A word between two changes stands in no run that both have.
        assert_eq!(copy.adds, ["four people"]);
        assert_eq!(copy.leaves_out, ["three people, police said"]);
        assert_eq!((undated.shared, undated.adds.len(), undated.leaves_out.len()), (100, 0, 0));
    }

    #[test]
    fn a_part_of_a_report_is_a_copy_and_a_quoted_sentence_is_none() {
        let part = REPORT.split(". ").take(2).collect::<Vec<_>>().join(". ");
        let quotes = "The mayor of Ostby spoke of the night on the radio. \u{201c}Two men were seen running away towards the river\u{201d}, \
             the paper of Lenn had written, and he asked whoever knew them to come forward; he spoke of the \
             cost of the new bridge and of the fair, which will be held as every year in spite of it.";
        let found = of(&[
            (REPORT, Some("2016-05-10")),
            (&part, Some("2016-05-11")),
            (quotes, Some("2016-05-12")),
        ]);
        assert_eq!(found.iter().map(|origin| origin.copies.len()).collect::<Vec<_>>(), [1, 0]);
        assert!(found[0].copies[0].adds.is_empty(), "{found:?}");
    }

    proptest! {
        /// Whatever the texts: each document stands once, and nothing hangs on their order.
        #[test]
        fn each_document_stands_once_and_order_changes_nothing(
            texts in prop::collection::vec(("[a-c ]{0,90}|.{0,60}", 0..4u8), 0..7),
            turn in 0..7usize,
        ) {
            let days = ["2016-05-10", "2016-05", "2016-05-12"];
            let mut made: Vec<(Told, String)> = (0..).zip(&texts).map(|(number, (text, day))| {
                (told(number, days.get(usize::from(*day)).copied()), text.clone())
            }).collect();
            let found = origins(made.clone());
            let many: usize = found.iter().map(|origin| 1 + origin.copies.len()).sum();
            prop_assert_eq!(many, texts.len());
            if !made.is_empty() {
                let by = turn % made.len();
                made.rotate_left(by);
            }
            prop_assert_eq!(found, origins(made));
        }
    }
}
