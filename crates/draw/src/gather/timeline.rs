//! A timeline from records: around one of them, or over all.

use std::collections::BTreeSet;

use throughline_casebook::{EvidenceView, RecordView, Result};
use throughline_model::{Act, DocumentId, Edtf, Holding, MentionId, SubjectKind, Value, Variable};
use throughline_tell::naming::{Bearing, bearing, corrects};
use throughline_tell::words;

use super::{Catalog, Gathered, date_of, date_words, standing};
use crate::{Event, EventKind, Lane, Timeline};

impl Catalog<'_> {
    /// Incidents, claims, publications and corrections: those of a record, or all there are.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn timeline(&self, of: Option<MentionId>) -> Result<Gathered<Timeline>> {
        let of = of.and_then(|id| self.record(id));
        let deeds = self.deeds(of);
        let dated = |kind: SubjectKind| {
            deeds.iter().filter(move |id| id.kind() == kind).map(|id| self.dated(*id)).collect()
        };
        let timeline = Timeline {
            lanes: vec![
                Lane::of(EventKind::Incident, dated(SubjectKind::Incident)),
                Lane::of(EventKind::Claim, dated(SubjectKind::Claim)),
                Lane::of(EventKind::Publication, self.publications(of, &deeds)?),
                Lane::of(EventKind::Correction, self.corrections(of, &deeds)?),
            ],
        };
        let title = match of {
            Some(of) => format!("{}: what happened, was said and was corrected", self.name(of)),
            None => "What happened, was said and was corrected".to_owned(),
        };
        Ok(Gathered { shown: timeline, title, marks: Vec::new() })
    }

    /// An incident or claim, at its date.
    pub(super) fn dated(&self, id: MentionId) -> Event {
        let date = self.rows.get(&id).and_then(date_of);
        Event {
            name: self.name(id),
            first: date.map(|(date, _)| date.earliest()),
            last: date.map(|(date, _)| date.latest()),
            when: date.map(|(date, held)| date_words(date, held)).unwrap_or_default(),
            standing: date.map(|(_, held)| standing(held)),
            said_by: String::new(),
            until: None,
            id: self.id(id),
        }
    }

    /// The documents that mention a record, or all; of fewer incidents, those that mention one of them.
    fn publications(&self, of: Option<MentionId>, deeds: &[MentionId]) -> Result<Vec<Event>> {
        let (documents, _) = self.casebook.documents(self.as_of, usize::MAX)?;
        let own: Option<Vec<MentionId>> = match of {
            Some(of) => Some(vec![of]),
            None => self.narrowed.is_some().then(|| deeds.to_vec()),
        };
        let within: Option<BTreeSet<DocumentId>> = own.map(|own| {
            let rows = own.iter().filter_map(|id| self.rows.get(id));
            rows.flat_map(|row| row.mentions.values().map(|(document, _)| *document)).collect()
        });
        let wanted = documents
            .into_iter()
            .filter(|row| within.as_ref().is_none_or(|all| all.contains(&row.id)));
        let mut events: Vec<Event> = wanted
            .map(|row| {
                let source = row.source.as_deref().map(|name| self.veil.author(row.id, name));
                let title = row.title.as_deref().map(|text| self.veil.words_of(row.id, text));
                let (source, title) = (source.unwrap_or_default(), title.unwrap_or_default());
                let name = match (source.is_empty(), title.is_empty()) {
                    (false, false) => format!("{source}: {title}"),
                    (true, true) => "a document without a title".to_owned(),
                    _ => format!("{source}{title}"),
                };
                let id = if self.veil.withholds() { String::new() } else { row.id.to_string() };
                Event { id, ..published(name, row.published.as_ref()) }
            })
            .collect();
        if self.veil.withholds() {
            // Documents of one day come in the order of their hashes.
            events.sort_by_key(|event| (event.first, event.name.clone()));
        }
        Ok(events)
    }

    /// Words taken back, words that the same voice replaced, and people cleared or let go.
    fn corrections(&self, of: Option<MentionId>, deeds: &[MentionId]) -> Result<Vec<Event>> {
        let mut on: BTreeSet<MentionId> = match of {
            None if self.narrowed.is_some() => deeds.iter().copied().collect(),
            None => self.rows.keys().copied().collect(),
            Some(of) => deeds.iter().copied().chain([of]).collect(),
        };
        let people: Vec<MentionId> = on.iter().flat_map(|id| self.neighbours(*id)).collect();
        on.extend(people.into_iter().filter(|id| id.kind() == SubjectKind::Person));
        let withdrawn = self.withdrawn(&on)?;
        let mut events = Vec::new();
        for id in self.in_order(on) {
            let Some(row) = self.rows.get(&id) else { continue };
            let cleared = |held: &Holding| clears(held.variable, held.value.as_ref());
            let cleared = row.record.holdings.iter().any(cleared);
            if !cleared && row.record.superseded.is_empty() && !withdrawn.contains(&id) {
                continue;
            }
            let Some(view) = self.casebook.record(id, self.as_of)? else { continue };
            self.corrections_of(&view, &mut events);
        }
        events.sort_by(|a, b| (a.first, &a.name, &a.said_by).cmp(&(b.first, &b.name, &b.said_by)));
        // What several say on one day is one correction.
        events.dedup_by(|event, first| {
            let same = (event.first, &event.name) == (first.first, &first.name);
            if same && event.said_by != first.said_by {
                first.said_by.push_str(&format!("; {}", event.said_by));
            }
            same
        });
        Ok(events)
    }

    /// The records of which something was withdrawn.
    fn withdrawn(&self, among: &BTreeSet<MentionId>) -> Result<BTreeSet<MentionId>> {
        let mut found = BTreeSet::new();
        for (judgment, ..) in self.casebook.judgments()? {
            let Act::Withdraw { assertion, .. } = judgment.act else { continue };
            let Some(said) = self.casebook.assertion(assertion)? else { continue };
            found.extend(self.record(said.subject).filter(|id| among.contains(id)));
        }
        Ok(found)
    }

    fn corrections_of(&self, view: &RecordView, events: &mut Vec<Event>) {
        let own = self.name(view.record.id);
        let names = self.namer(&view.record.mentions, &view.names);
        let kept = |one: &&EvidenceView| self.veil.keeps(&one.assertion, one.accepted);
        let say = |one: &EvidenceView, what: &str, published: Option<&Edtf>| {
            let name = format!("{own}: {}", self.veil.words_of(one.assertion.document, what));
            let said_by = self.said_by(one, &names);
            Event { said_by, id: self.id(view.record.id), ..self::published(name, published) }
        };
        let value = |one: &EvidenceView| words::value(&one.assertion.value, &names);
        for one in view.evidence.values().filter(kept) {
            let said = &one.assertion;
            if let Some(withdrawal) = one.withdrawn.as_ref().filter(|withdrawal| withdrawal.counts)
            {
                // Outside the casebook what was taken back is not said again.
                let what = match self.veil.withholds() {
                    true => format!("{} taken back", said.variable.name()),
                    false => format!("taken back, {}", words::assertion(said, &names)),
                };
                events.push(say(one, &what, Some(&withdrawal.on)));
            } else if clears(said.variable, Some(&said.value)) && corrects(said) {
                events.push(say(one, &value(one), one.published.as_ref()));
            } else if view.record.superseded.contains(&said.id)
                && !goes_on(said.variable)
                && let Some(later) = later(one, view, &value)
            {
                let variable = words::variable(said.variable, said.party, &names);
                let what = format!("{variable} {}, then {}", value(one), value(later));
                events.push(say(later, &what, later.published.as_ref()));
            }
        }
    }
}

/// Whether a value clears somebody or lets him go: "misidentified", "released", "acquitted".
fn clears(variable: Variable, value: Option<&Value>) -> bool {
    bearing(variable, value).contains(&Bearing::Cleared)
}

/// Whether a later word tells how things went on rather than that the earlier one was wrong.
fn goes_on(variable: Variable) -> bool {
    matches!(variable, Variable::Procedure | Variable::Fate | Variable::Stage)
}

/// The first later word on the same question by the same voice.
fn later<'v>(
    one: &EvidenceView,
    view: &'v RecordView,
    value: &dyn Fn(&EvidenceView) -> String,
) -> Option<&'v EvidenceView> {
    let said = &one.assertion;
    let same = |other: &&EvidenceView| {
        let (earlier, later) = (one.published.as_ref(), other.published.as_ref());
        other.assertion.variable == said.variable
            && other.assertion.value != said.value
            && other.assertion.speakers.last().map(|s| &s.voice)
                == said.speakers.last().map(|s| &s.voice)
            && (said.speakers.len() > 1 || other.source == one.source)
            && matches!((earlier, later), (Some(a), Some(b)) if a.latest() < b.latest())
    };
    let found = view.evidence.values().filter(same);
    found.min_by_key(|other| (other.published.as_ref().map(Edtf::latest), value(other)))
}

/// An event on a day of publication.
fn published(name: String, date: Option<&Edtf>) -> Event {
    Event {
        name,
        first: date.map(Edtf::earliest),
        last: date.map(Edtf::latest),
        when: date.map(words::date).unwrap_or_default(),
        standing: None,
        said_by: String::new(),
        until: None,
        id: String::new(),
    }
}
