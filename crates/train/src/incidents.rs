//! What kind of incident a report tells of, and the roles in it.

use std::ops::Range;

use throughline_eval::bench::incidents::{ROLES, Record, Roles};
use throughline_linear::train::{Example, Pass, Settings, train};
use throughline_linear::{Chain, Sequence, Spans};
use throughline_read::trained::{Case, Columns, Page, Weights, names, parts, relevance, roles};

/// How often a report is seen as it stands, which is all in capitals, and without capitals.
const FORMS: [f32; 2] = [0.75, 0.25];

/// In how many parts reports are read for the kinds that the finder of roles learns with: each by
/// weights of the others, since of their own they would be too sure.
const FOLDS: usize = 5;

/// How kinds are trained.
pub fn relevance_settings() -> Settings {
    Settings { passes: 6, l2: 1.0, least: 3, ..Settings::default() }
}

/// How roles are trained.
pub fn role_settings() -> Settings {
    Settings {
        passes: 6,
        l1: 0.3,
        l2: 1.0,
        dropped: 0.3,
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
    /// The sentences of its own, with roles.
    examples: Vec<Example>,
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
        let weights = Weights { relevance: &kinds, ..*weights };
        let examples = records.iter().flat_map(|record| examples_of(record, &weights)).collect();
        Part { records, kinds, examples }
    };
    (0..FOLDS).map(part).collect()
}

/// Trains the roles on all parts.
pub fn roles_on(parts: &[&Part<'_>], settings: &Settings, tell: impl FnMut(Pass)) -> Chain {
    let examples = parts.iter().flat_map(|part| part.examples.iter().cloned());
    train(examples.collect(), &Spans::new(roles::KINDS).labels(), settings, tell)
}

fn examples_of(record: &Record, weights: &Weights<'_>) -> Vec<Example> {
    let page = Page::of_text(&record.text);
    let features = |page: &Page<'_>| -> Vec<Sequence> {
        let columns = Columns::new(page, weights);
        let tags = parts::read(&columns, weights);
        let found = names::read(&columns, &tags, weights);
        let kinds = relevance::read(&columns, weights);
        roles::features(&columns, &roles::Context::with(&columns, tags, &found, &kinds))
    };
    let mut own = features(&page).into_iter();
    let mut lower = features(&page.in_case(Case::Lower)).into_iter();
    let spans = Spans::new(roles::KINDS);
    let mentions = record.ree.as_ref().map(|roles| mentions(&page, roles)).unwrap_or_default();
    let sentence = |sentence: &Range<usize>| {
        let inside = mentions
            .iter()
            .filter(|(words, _)| sentence.start <= words.start && words.end <= sentence.end);
        let inside: Vec<(Range<usize>, usize)> = inside
            .map(|(words, role)| (words.start - sentence.start..words.end - sentence.start, *role))
            .collect();
        let labels = spans.encode(sentence.len(), &inside);
        Example {
            forms: vec![
                (own.next().unwrap_or_default(), FORMS[0]),
                (lower.next().unwrap_or_default(), FORMS[1]),
            ],
            labels: labels.into_iter().map(|label| label as u16).collect(),
            weight: 1.0,
        }
    };
    page.sentences().iter().map(sentence).collect()
}

/// Where the mentions of entities stand, the longest first, each with its role.
fn mentions(page: &Page<'_>, roles: &Roles) -> Vec<(Range<usize>, usize)> {
    let words: Vec<String> = (0..page.len()).map(|at| page.word(at).to_lowercase()).collect();
    let mut found = Vec::new();
    for (role, entities) in (0..ROLES.len()).zip(roles) {
        for mention in entities.iter().flatten() {
            let wanted = Page::of_text(mention);
            let wanted: Vec<String> =
                (0..wanted.len()).map(|at| wanted.word(at).to_lowercase()).collect();
            if wanted.is_empty() {
                continue;
            }
            for at in 0..words.len().saturating_sub(wanted.len() - 1) {
                if words[at..at + wanted.len()] == wanted {
                    found.push((at..at + wanted.len(), role));
                }
            }
        }
    }
    found.sort_by_key(|(words, role)| (std::cmp::Reverse(words.len()), words.start, *role));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_eval::bench::incidents::records;

    #[test]
    fn mentions_are_found_wherever_they_stand_the_longest_first() {
        let line = r#"{"docid": "a", "text": "TWO GUARDS FLED. THE GUARDS SAID SO.", "templates": [], "gtt": [{"incident_type": "bombing / attack"}], "ree": {"Victim": [["guards", "two guards"]]}}"#;
        let record = records(line).unwrap().remove(0);
        let page = Page::of_text(&record.text);
        let found = mentions(&page, record.ree.as_ref().unwrap());
        assert_eq!(found, [(0..2, 3), (1..2, 3), (5..6, 3)]);
        assert_eq!(relevance::KINDS[usize::from(kind(&record))], "bombing");
    }
}
