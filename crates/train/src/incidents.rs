//! What kind of incident a report tells of, and the roles in it.

use std::collections::HashSet;
use std::ops::Range;

use throughline_eval::bench::incidents::{Record, normal};
use throughline_linear::Chain;
use throughline_linear::train::{Example, Pass, Settings, train};
use throughline_read::trained::{Case, Columns, Held, Page, Weights, phrases, relevance, roles};

/// How often a report is seen as it stands, which is all in capitals, and without capitals.
const FORMS: [f32; 2] = [0.75, 0.25];

/// In how many parts reports are read for the kinds that the finder of roles learns with: each by
/// weights of the others, since of their own they would be too sure.
const FOLDS: usize = 5;

/// How kinds are trained. A report has a thousand features, so that steps must be short.
pub fn relevance_settings() -> Settings {
    Settings { passes: 20, rate: 0.02, l2: 4.0, dropped: 0.5, least: 3, ..Settings::default() }
}

/// How heads are trained.
pub fn role_settings() -> Settings {
    Settings {
        passes: 5,
        rate: 0.05,
        l1: 0.3,
        l2: 1.0,
        dropped: 0.3,
        learned: 0.01,
        least: 2,
        ..Settings::default()
    }
}

/// How phrases are trained.
pub fn phrase_settings() -> Settings {
    Settings {
        passes: 6,
        rate: 0.05,
        l1: 0.1,
        l2: 1.0,
        dropped: 0.2,
        learned: 0.01,
        least: 2,
        ..Settings::default()
    }
}

/// Trains the kinds of incidents on reports.
pub fn relevance_on(
    records: &[&Record],
    weights: &Weights<'_>,
    settings: &Settings,
    tell: impl FnMut(Pass),
) -> Chain {
    let examples = records.iter().map(|record| {
        let page = Page::of_text(&record.text);
        let form = |page: &Page<'_>| relevance::features(&Columns::new(page, weights));
        let forms = vec![(form(&page), FORMS[0]), (form(&page.in_case(Case::Lower)), FORMS[1])];
        Example { forms, labels: vec![kind(record)], weight: 1.0 }
    });
    train(examples.collect(), &relevance::KINDS.map(str::to_owned), settings, tell)
}

/// The kind of the first incident of a report.
pub fn kind(record: &Record) -> u16 {
    let first = record.incidents().first().and_then(|one| one.kind.as_deref());
    let first = first.map(|kind| kind.split(" / ").next().unwrap_or(kind));
    let known = first.and_then(|kind| relevance::KINDS.iter().position(|known| *known == kind));
    // What is no kind of ours is still an incident.
    let number = known.unwrap_or(usize::from(first.is_some()));
    u16::try_from(number).unwrap_or(0)
}

/// A part of the reports: what was learned from the others, and what its own teach.
#[derive(Debug)]
pub struct Part<'r> {
    /// Its reports.
    pub records: Vec<&'r Record>,
    /// The kinds that the others teach.
    pub kinds: Chain,
    heads: Vec<Example>,
    phrases: Vec<Example>,
}

/// Cuts reports into parts, whose kinds are read by weights that do not know them: of what was
/// learned by heart one would be too sure.
pub fn parts_of<'r>(records: &[&'r Record], weights: &Weights<'_>) -> Vec<Part<'r>> {
    let part = |fold: usize| {
        let of = |own: bool| -> Vec<&'r Record> {
            let those = records.iter().enumerate().filter(|(at, _)| (at % FOLDS == fold) == own);
            those.map(|(_, record)| *record).collect()
        };
        let kinds = relevance_on(&of(false), weights, &relevance_settings(), |_| {});
        let records = of(true);
        let weights = Weights { relevance: Held::from(&kinds), ..*weights };
        let (mut heads, mut phrases) = (Vec::new(), Vec::new());
        for record in &records {
            examples_of(record, &weights, &mut heads, &mut phrases);
        }
        Part { records, kinds, heads, phrases }
    };
    (0..FOLDS).map(part).collect()
}

/// Trains heads and phrases on all parts.
pub fn roles_on(
    parts: &[&Part<'_>],
    settings: &Settings,
    tell: impl FnMut(Pass),
) -> (Chain, Chain) {
    let heads = parts.iter().flat_map(|part| part.heads.iter().cloned()).collect();
    let phrases = parts.iter().flat_map(|part| part.phrases.iter().cloned()).collect();
    let heads = train(heads, &roles::LABELS.map(str::to_owned), settings, tell);
    let labels = phrases::LABELS.map(str::to_owned);
    (heads, train(phrases, &labels, &phrase_settings(), |_| {}))
}

/// In which order the roles of a head are asked for, of which it has one: an organisation is often
/// named for its members too.
const FIRST: [usize; 5] = [1, 0, 2, 3, 4];

/// Adds what the heads of a report teach, and the phrases of those that have a role.
fn examples_of(
    record: &Record,
    weights: &Weights<'_>,
    heads: &mut Vec<Example>,
    phrases: &mut Vec<Example>,
) {
    let page = Page::of_text(&record.text);
    let columns = Columns::new(&page, weights);
    let context = roles::Context::new(&columns, weights);
    let gold = wanted(record);
    for at in context.all_heads() {
        let candidates = phrases::candidates(&columns, &context, at);
        let written: Vec<String> =
            candidates.iter().map(|one| text(&record.text, &page, &one.words)).collect();
        let has = |role: &&usize| written.iter().any(|own| gold[**role].contains(own));
        let role = FIRST.iter().find(has).copied();
        let label = role.map_or(0, |role| role as u16 + 1);
        let seen = roles::features(&columns, &context, at);
        heads.push(Example { forms: vec![(seen, 1.0)], labels: vec![label], weight: 1.0 });
        let Some(role) = role else { continue };
        for (phrase, own) in candidates.iter().zip(&written) {
            let seen = phrases::features(&columns, &context, at, role, phrase);
            let labels = vec![u16::from(gold[role].contains(own))];
            phrases.push(Example { forms: vec![(seen, 1.0)], labels, weight: 1.0 });
        }
    }
}

/// The mentions of each role, as the measure compares them.
fn wanted(record: &Record) -> [HashSet<String>; 5] {
    let roles = record.ree.clone().unwrap_or_default();
    roles.map(|all| all.iter().flatten().map(|mention| normal(mention)).collect())
}

/// Some words of a report, as the measure compares them.
fn text(all: &str, page: &Page<'_>, words: &Range<usize>) -> String {
    let spans = page.spans();
    let span = spans[words.start].join(spans[words.end - 1]);
    normal(&span.of(all).split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_eval::bench::incidents::records;

    #[test]
    fn a_report_teaches_its_kind_the_heads_of_its_roles_and_their_phrases() {
        let line = r#"{"docid": "a", "text": "TWO GUARDS FLED. THE GUARDS SAID SO.", "templates": [], "gtt": [{"incident_type": "bombing / attack"}], "ree": {"Victim": [["guards", "two guards"]]}}"#;
        let record = records(line).unwrap().remove(0);
        assert_eq!(relevance::KINDS[usize::from(kind(&record))], "bombing");
        let (mut heads, mut phrases) = (Vec::new(), Vec::new());
        examples_of(&record, &Weights::own(), &mut heads, &mut phrases);
        let labels: Vec<u16> = heads.iter().map(|one| one.labels[0]).collect();
        assert_eq!(labels, [4, 4], "both heads are victims");
        // "TWO GUARDS", "GUARDS", "GUARDS".
        let right = phrases.iter().filter(|one| one.labels == [1]).count();
        assert_eq!((phrases.len(), right), (3, 3));
    }
}
