//! What the reader makes of the text of a task.

use throughline_model::{Document, Edtf, Sha256, Span, SubjectKind, Zone, ZoneRole};
use throughline_read::timex;
use throughline_read::toll;
use throughline_read::trained::attribution::{self, Readiness as Ready};
use throughline_read::trained::{
    self, Columns, Page, Weights, certainty, names, negation, parts, syntax,
};

use super::attribution::Attribution;
use super::casualties::{Casualties, Report};
use super::certainty::Event;
use super::dates::Timex;
use super::names::Entity;
use super::negation::Negation;
use super::syntax::Read;

/// A document of a text and, where it is known, the day of publication.
pub fn document(text: &str, published: &str) -> Document {
    let day: Option<Edtf> = published.get(..10).and_then(|day| day.parse().ok());
    Document {
        text: text.to_owned(),
        published: day,
        ..Document::bare(Sha256::of(text.as_bytes()))
    }
}

/// The expressions of time in a document.
pub fn timexes(document: &Document) -> Vec<Timex> {
    timex::read(document)
        .into_iter()
        .map(|one| Timex {
            start: one.span.start as usize,
            end: one.span.end as usize,
            kind: Some(one.kind.name().to_owned()),
            value: Some(one.value),
        })
        .collect()
}

/// The names in a text.
pub fn names(text: &str, weights: &Weights<'_>) -> Vec<Entity> {
    let page = Page::of_text(text);
    let columns = Columns::new(&page, weights);
    let tags = parts::read(&columns, weights);
    let spans = page.spans();
    names::read(&columns, &tags, weights)
        .into_iter()
        .map(|one| Entity {
            start: spans[one.places.start].start as usize,
            end: spans[one.places.end - 1].end as usize,
            kind: one.kind,
            nominal: false,
        })
        .collect()
}

/// The names that the whole reader goes on with, rules and trained stage together.
pub fn names_of_reading(text: &str) -> Vec<Entity> {
    let document = document(text, "");
    trained::named(&document)
        .into_iter()
        .filter_map(|(span, kind)| {
            let kind = match kind {
                SubjectKind::Person => 0,
                SubjectKind::Group | SubjectKind::Outlet | SubjectKind::Channel => 1,
                SubjectKind::Place => 2,
                _ => return None,
            };
            let (start, end) = (span.start as usize, span.end as usize);
            Some(Entity { start, end, kind, nominal: false })
        })
        .collect()
}

/// The attributions in a text.
pub fn attributions(text: &str, weights: &Weights<'_>, readiness: &Ready) -> Vec<Attribution> {
    let page = Page::of_text(text);
    let spans = page.spans();
    let piece = |words: &std::ops::Range<usize>| {
        (spans[words.start].start as usize, spans[words.end - 1].end as usize)
    };
    attributed(&page, weights, readiness)
        .iter()
        .map(|one| Attribution {
            roles: [
                one.source.iter().map(piece).collect(),
                vec![piece(&one.cue)],
                one.content.iter().map(piece).collect(),
            ],
        })
        .collect()
}

fn attributed(
    page: &Page<'_>,
    weights: &Weights<'_>,
    readiness: &Ready,
) -> Vec<attribution::Attribution> {
    let columns = Columns::new(page, weights);
    let tags = parts::read(&columns, weights);
    attribution::read(&columns, &tags, weights, readiness)
}

/// The labels of the words of a unit: of those that two attributions hold, the surer one's.
pub fn attributed_units<S: AsRef<str>>(words: &[S], weights: &Weights<'_>) -> Vec<String> {
    let page = Page::of_paragraph(&words.iter().map(AsRef::as_ref).collect::<Vec<_>>());
    let mut all = attributed(&page, weights, &Ready::default());
    all.sort_by(|one, other| one.certainty.total_cmp(&other.certainty));
    let mut labels = vec!["O".to_owned(); words.len()];
    for one in &all {
        let content = one.content.iter().map(|piece| ("content", piece));
        let source = one.source.iter().map(|piece| ("source", piece));
        for (role, piece) in content.chain(source).chain([("cue", &one.cue)]) {
            for at in piece.clone() {
                let part = if at == piece.start { "B" } else { "I" };
                labels[at] = format!("{part}-{role}");
            }
        }
    }
    labels
}

/// How firmly a sentence of words presents events as real; `events` are their words, by number.
pub fn certainties<S: AsRef<str>>(
    words: &[S],
    events: &[usize],
    weights: &Weights<'_>,
) -> Vec<Event> {
    let page = Page::of_words([words.iter().map(AsRef::as_ref)]);
    let columns = Columns::new(&page, weights);
    let tags = parts::read(&columns, weights);
    let trees = syntax::read(&columns, &tags, weights);
    let negations = negation::read(&page, &columns, &tags, &trees, weights);
    let all = 0..words.len();
    events
        .iter()
        .filter(|word| all.contains(word))
        .map(|word| {
            let read = certainty::read(&columns, &tags, &all, *word, &negations, weights);
            Event {
                word: *word,
                score: f64::from(read.score),
                not_fact: Some(read.no_fact >= certainty::NO_FACT),
            }
        })
        .collect()
}

/// The negations of a sentence of words.
pub fn negations<S: AsRef<str>>(words: &[S], weights: &Weights<'_>) -> Vec<Negation> {
    let page = Page::of_words([words.iter().map(AsRef::as_ref)]);
    let columns = Columns::new(&page, weights);
    let tags = parts::read(&columns, weights);
    let trees = syntax::read(&columns, &tags, weights);
    negation::read(&page, &columns, &tags, &trees, weights)
        .into_iter()
        .map(|one| Negation {
            cue: one.cue.into_iter().collect(),
            scope: one.scope.into_iter().collect(),
            part: None,
        })
        .collect()
}

/// What is read of each word of a sentence: its part of speech, what it hangs on, and how.
pub fn syntax<S: AsRef<str>>(words: &[S], weights: &Weights<'_>) -> Vec<Read<'static>> {
    let page = Page::of_words([words.iter().map(AsRef::as_ref)]);
    let columns = Columns::new(&page, weights);
    let tags = parts::read(&columns, weights);
    let trees = syntax::read(&columns, &tags, weights);
    let word = |at: usize| {
        let head = Some(trees.heads[at] as usize).filter(|head| *head != at);
        let relation = syntax::RELATIONS[usize::from(trees.relations[at])];
        (parts::TAGS[usize::from(tags[at])], head, relation)
    };
    (0..tags.len()).map(word).collect()
}

/// What a report tells of casualties, and who are its victims and suspects.
pub fn casualties(report: &Report) -> Casualties {
    let text = format!("{}\n\n{}", report.title, report.text);
    let mut document = document(&text, &report.published);
    let title = report.title.len();
    document.zones = vec![
        Zone { role: ZoneRole::Headline, span: Span::new(0, title) },
        Zone { role: ZoneRole::Body, span: Span::new(title, text.len()) },
    ];
    let told = toll::read(&document);
    Casualties {
        killed: told.toll.killed.map(i64::from),
        injured: told.toll.hurt.map(i64::from),
        names: told.names,
    }
}
