//! Readings as facts that can be compared: subjects by their names, values in normal form.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{MentionId, Reading, Share, Stance, SubjectKind, Value, Variable};
use throughline_resolve::normal;

/// A subject of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Subject {
    pub(crate) kind: SubjectKind,
    /// The words of each of its names, in normal form.
    pub(crate) names: Vec<Vec<String>>,
}

/// How a value is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Given {
    PutForward,
    Denied,
    Unknown,
}

/// A value of a subject, as one of the two has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fact {
    /// An index into the subjects.
    pub(crate) subject: usize,
    pub(crate) variable: Variable,
    pub(crate) party: Option<usize>,
    pub(crate) value: Normal,
    pub(crate) given: Given,
    pub(crate) stance: Stance,
}

/// A value in normal form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Normal {
    /// A subject, as an index.
    Subject(usize),
    /// The words of a text, without the small ones.
    Words(Vec<String>),
    /// Whatever is equal only to itself.
    Exact(String),
}

/// What one of the two reads in a document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    pub(crate) subjects: Vec<Subject>,
    pub(crate) facts: Vec<Fact>,
}

impl Facts {
    pub(crate) fn of(reading: &Reading) -> Facts {
        let mut facts = Facts::default();
        let mut index: BTreeMap<MentionId, usize> = BTreeMap::new();
        for mention in &reading.mentions {
            let head = head(reading, mention.id);
            let at = *index.entry(head).or_insert_with(|| {
                facts.subjects.push(Subject { kind: mention.kind(), names: Vec::new() });
                facts.subjects.len() - 1
            });
            index.insert(mention.id, at);
            let words = words(&mention.name);
            let names = &mut facts.subjects[at].names;
            if !words.is_empty() && !names.contains(&words) {
                names.push(words);
            }
        }
        let mut seen: BTreeSet<(usize, Variable, Option<usize>, Normal, Given)> = BTreeSet::new();
        for said in &reading.assertions {
            let Some(&subject) = index.get(&said.subject) else { continue };
            let party = said.party.and_then(|party| index.get(&party).copied());
            let value = match &said.value {
                Value::Mention(id) => match index.get(id) {
                    Some(&at) => Normal::Subject(at),
                    None => continue,
                },
                Value::Text(text) => Normal::Words(words(text)),
                Value::Term(term) => Normal::Exact(term.clone()),
                Value::Date(date) => Normal::Exact(date.to_string()),
                // "About twenty" and "twenty" are one figure.
                Value::Figure(figure) => {
                    Normal::Exact(format!("{}..{:?}", figure.least, figure.most))
                }
                Value::Answer(answer) => Normal::Exact(answer.name().to_owned()),
                Value::Share(Share { part, whole, .. }) => {
                    Normal::Exact(format!("{part} of {whole:?}"))
                }
            };
            let stance = said.speakers.iter().map(|speaker| speaker.stance).max();
            let stance = stance.unwrap_or(Stance::Asserted);
            let given = match stance {
                Stance::Asserted | Stance::Hedged | Stance::Questioned => Given::PutForward,
                Stance::Denied => Given::Denied,
                Stance::Unknown => Given::Unknown,
            };
            let variable = said.variable;
            if seen.insert((subject, variable, party, value.clone(), given)) {
                facts.facts.push(Fact { subject, variable, party, value, given, stance });
            }
        }
        facts
    }
}

/// The first mention of a chain.
fn head(reading: &Reading, mention: MentionId) -> MentionId {
    let antecedent = |id: MentionId| {
        reading.mentions.iter().find(|mention| mention.id == id).and_then(|m| m.antecedent)
    };
    let mut at = mention;
    // A chain is never longer than the mentions are many; a ring ends there.
    for _ in 0..reading.mentions.len() {
        match antecedent(at) {
            Some(earlier) => at = earlier,
            None => break,
        }
    }
    at
}

/// The words of a name or text in normal form, without articles, titles and small words.
fn words(text: &str) -> Vec<String> {
    const SMALL: [&str; 15] = [
        "a", "an", "the", "of", "in", "at", "on", "to", "by", "and", "his", "her", "its", "m", "mr",
    ];
    let normal = normal(text);
    let all: Vec<String> = normal.split(' ').map(str::to_owned).collect();
    let kept: Vec<String> = all.iter().filter(|w| !SMALL.contains(&w.as_str())).cloned().collect();
    let kept = if kept.is_empty() { all } else { kept };
    kept.into_iter().filter(|word| !word.is_empty()).collect()
}

/// Whether all words of one are among those of the other: "Bresci" and "Gaetano Bresci".
pub(crate) fn contained(one: &[String], other: &[String]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    !short.is_empty() && short.iter().all(|word| long.contains(word))
}

/// Whether two subjects have names of which one contains the other.
pub(crate) fn names_fit(one: &Subject, other: &Subject) -> bool {
    one.kind == other.kind
        && one.names.iter().any(|name| other.names.iter().any(|others| contained(name, others)))
}

/// Whether two facts on paired subjects say the same.
pub(crate) fn equal(
    fact: &Fact,
    other: &Fact,
    coded: &Facts,
    read: &Facts,
    pairs: &BTreeMap<usize, usize>,
) -> bool {
    let same = |a: usize, b: usize| {
        let told = matches!(
            coded.subjects[a].kind,
            SubjectKind::Incident | SubjectKind::Claim | SubjectKind::Set
        );
        match told {
            true => pairs.get(&a) == Some(&b),
            false => names_fit(&coded.subjects[a], &read.subjects[b]),
        }
    };
    let values = match (&fact.value, &other.value) {
        // That a value is not known says the same in any words.
        _ if fact.given == Given::Unknown => true,
        (Normal::Subject(a), Normal::Subject(b)) => same(*a, *b),
        (Normal::Words(a), Normal::Words(b)) => contained(a, b),
        (a, b) => a == b,
    };
    let parties = match (fact.party, other.party) {
        (Some(a), Some(b)) => same(a, b),
        (None, None) => true,
        _ => false,
    };
    fact.variable == other.variable && fact.given == other.given && parties && values
}
