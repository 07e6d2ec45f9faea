//! What a report teaches of roles in incidents: of each head, of each word by all heads that it is,
//! and of the phrases of heads that have a role.
//!
//! The key has no places, so that a phrase that is written as the key has it, anywhere in the
//! report, is taken for one of the key.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use throughline_eval::bench::incidents::{Record, normal};
use throughline_linear::Sequence;
use throughline_linear::train::Example;
use throughline_read::trained::{Columns, Page, Weights, phrases, roles};

/// What reports teach.
#[derive(Clone, Debug, Default)]
pub(crate) struct Taught {
    /// Of each head by itself.
    pub(crate) heads: Vec<Example>,
    /// Of each word of heads, by all of them together.
    pub(crate) together: Vec<Example>,
    /// Of each phrase of a head that has a role.
    pub(crate) phrases: Vec<Example>,
}

/// In which order the roles of a head are asked for, of which it has one: an organisation is often
/// named for its members too.
const FIRST: [usize; 6] = [1, 0, 2, 3, 4, 5];

impl Taught {
    /// Adds what a report teaches, read by these weights.
    pub(crate) fn read(&mut self, record: &Record, weights: &Weights<'_>) {
        let page = Page::of_text(&record.text);
        let columns = Columns::new(&page, weights);
        let context = roles::Context::new(&columns, weights);
        let heads = roles::Heads::new(&columns, &context);
        let gold = wanted(record);
        let mut role_of: BTreeMap<usize, usize> = BTreeMap::new();
        for (at, seen) in heads.all() {
            let candidates = phrases::candidates(&columns, &context, at);
            let written: Vec<String> =
                candidates.iter().map(|one| text(&record.text, &page, &one.words)).collect();
            let has = |role: &&usize| written.iter().any(|own| gold[**role].contains(own));
            let role = FIRST.iter().find(has).copied();
            self.heads.push(example(seen.clone(), role.map_or(0, |role| role + 1)));
            let Some(role) = role else { continue };
            role_of.insert(at, role);
            for (phrase, own) in candidates.iter().zip(&written) {
                let right = gold[role].contains(own);
                let seen = phrases::features(&columns, &context, at, role, phrase);
                self.phrases.push(example(seen, usize::from(right)));
            }
        }
        for (of_word, seen) in heads.by_word().into_values() {
            let has = |role: &&usize| of_word.iter().any(|at| role_of.get(at) == Some(*role));
            let label = FIRST.iter().find(has).map_or(0, |role| role + 1);
            self.together.push(example(seen, label));
        }
    }
}

fn example(seen: Sequence, label: usize) -> Example {
    let labels = vec![u16::try_from(label).unwrap_or(0)];
    Example { forms: vec![(seen, 1.0)], labels, or: 0..0, weight: 1.0 }
}

/// The mentions of each role, as the measure compares them.
fn wanted(record: &Record) -> [HashSet<String>; 6] {
    let mut all: [HashSet<String>; 6] = Default::default();
    for (role, entities) in record.ree.iter().flatten().enumerate() {
        all[role].extend(entities.iter().flatten().map(|mention| normal(mention)));
    }
    let described = record.templates.iter().filter_map(|one| one.slots.get("hum_description"));
    let mentions = described.flatten().flat_map(|filler| &filler.alternatives);
    all[5].extend(mentions.map(|mention| normal(mention)));
    all
}

/// Some words of a report, as the measure compares them.
pub(crate) fn text(all: &str, page: &Page<'_>, words: &Range<usize>) -> String {
    let spans = page.spans();
    let span = spans[words.start].join(spans[words.end - 1]);
    normal(&span.of(all).split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_eval::bench::incidents::records;

    fn taught() -> Taught {
        let line = r#"{"docid": "a", "text": "TWO GUARDS FLED. THE GUARDS SAID SO.", "templates": [], "gtt": [{"incident_type": "attack"}], "ree": {"Victim": [["guards", "two guards"]]}}"#;
        let record = records(line).unwrap().remove(0);
        let mut taught = Taught::default();
        taught.read(&record, &Weights::own());
        taught
    }

    #[test]
    fn a_report_teaches_the_heads_of_its_roles_and_their_phrases() {
        let taught = taught();
        let labels: Vec<u16> = taught.heads.iter().map(|one| one.labels[0]).collect();
        assert_eq!(labels, [4, 4], "both heads are victims");
        // "TWO GUARDS", "GUARDS", "GUARDS".
        let right = taught.phrases.iter().filter(|one| one.labels == [1]).count();
        assert_eq!((taught.phrases.len(), right), (3, 3));
    }

    #[test]
    fn a_word_teaches_once() {
        let taught = taught();
        let labels: Vec<&[u16]> = taught.together.iter().map(|one| &one.labels[..]).collect();
        assert_eq!(labels, [[4]], "both heads are one word");
    }
}
