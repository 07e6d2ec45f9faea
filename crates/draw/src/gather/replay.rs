//! The replay of connections as a timeline: on which days pairs of incidents could first be seen to hang
//! together, and which false leads could be seen too; and for one pair, who published what of it when.

use std::collections::{BTreeMap, BTreeSet};

use throughline_casebook::Result;
use throughline_connect::{Rule, Weakness};
use throughline_model::{Day, MentionId, SubjectKind};
use throughline_tell::connections::words::{nothing, since};
use throughline_tell::connections::{Connections, Named, PathTold, WordTold};

use super::{Catalog, Gathered};
use crate::timeline::SIDES;
use crate::{Event, EventKind, Lane, Standing, Timeline};

impl Catalog<'_> {
    /// Which connections between incidents could first be seen when: those of one incident, or all.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn replay(&self, of: Option<MentionId>) -> Result<Gathered<Timeline>> {
        let of = of.and_then(|id| self.record(id));
        let connections = Connections::load(self.casebook, self.as_of)?;
        let days = [Day::MIN, self.as_of.published.unwrap_or(Day::MAX)];
        let replay = connections.replay(&Rule::default(), days, None)?;
        let own = |path: &PathTold| {
            let ends = [path.records.first(), path.records.last()];
            of.is_none_or(|of| ends.into_iter().flatten().any(|end| end.id == of))
        };
        let mut left_out = 0;
        let mut incidents: BTreeSet<MentionId> = of.into_iter().collect();
        let mut events = |path: &PathTold, last: Vec<&WordTold>, false_lead: bool| {
            if !own(path) {
                return None;
            }
            if !self.may_show(path) {
                left_out += 1;
                return None;
            }
            incidents.extend(
                [path.records.first(), path.records.last()].into_iter().flatten().map(|end| end.id),
            );
            Some(self.connection(path, &last, false_lead))
        };
        let seen: Vec<Event> = replay
            .seen
            .iter()
            .filter_map(|one| events(&one.path, one.last.iter().collect(), false))
            .collect();
        let fallen: Vec<Event> = replay
            .fallen
            .iter()
            .filter_map(|one| {
                let event = events(&one.path, one.not_held.iter().collect(), true)?;
                let until = one.gone().filter(|day| Some(*day) > event.first);
                Some(Event { until, ..event })
            })
            .collect();
        let dated = self.in_order(incidents).into_iter().map(|id| self.dated(id));
        let lanes = vec![
            Lane::of(EventKind::Incident, dated.collect()),
            Lane::of(EventKind::Connection, seen),
            Lane::of(EventKind::FalseLead, fallen),
        ];
        let title = match of {
            Some(of) => format!("{}: since when its connections could be seen", self.name(of)),
            None => "Since when connections between incidents could be seen".to_owned(),
        };
        Ok(Gathered { shown: Timeline { lanes }, title, marks: left_out_marks(left_out) })
    }

    /// Who published what of a connection between two incidents when: of the path that could be seen
    /// first. Without a connection there is nothing but the two.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn known(&self, one: MentionId, other: MentionId) -> Result<Gathered<Timeline>> {
        let connections = Connections::load(self.casebook, self.as_of)?;
        let ends = connections.incident(one).zip(connections.incident(other));
        let connected = match ends {
            Some((a, b)) => Some(connections.between(a, b, &Rule::default(), 1)?),
            None => None,
        };
        let path =
            connected.as_ref().and_then(|found| found.first.as_ref().or(found.paths.first()));
        let names = [one, other]
            .map(|id| self.record(id).map_or_else(|| "?".to_owned(), |id| self.name(id)));
        let mut marks = Vec::new();
        let incidents = [one, other].into_iter().filter_map(|id| self.record(id));
        let mut lanes =
            vec![Lane::of(EventKind::Incident, incidents.map(|id| self.dated(id)).collect())];
        match path {
            Some(path) if self.may_show(path) => {
                lanes.extend(self.publishers(path));
                lanes
                    .push(Lane::of(EventKind::Connection, vec![self.connection(path, &[], false)]));
            }
            Some(_) => marks = left_out_marks(1),
            None => marks.extend(connected.as_ref().map(nothing)),
        }
        let title =
            format!("{} and {}: who published what of their connection when", names[0], names[1]);
        Ok(Gathered { shown: Timeline { lanes }, title, marks })
    }

    /// What is said along a path, by who published it, each in the order of time.
    fn publishers(&self, path: &PathTold) -> Vec<Lane> {
        let mut lanes: BTreeMap<String, Vec<Event>> = BTreeMap::new();
        for (at, step) in path.steps.iter().enumerate() {
            for word in step.words.iter().filter(|word| self.may_say(word)) {
                let ends = [&path.records[at], &path.records[at + 1]];
                let [from, to] = if word.forward { ends } else { [ends[1], ends[0]] };
                let publisher = match &word.evidence {
                    Some(one) => match one.source.as_deref() {
                        Some(source) => self.veil.author(one.assertion.document, source),
                        None => "publisher not known".to_owned(),
                    },
                    None => "findings without a document".to_owned(),
                };
                let event = Event {
                    name: format!("{}: {} of {}", word.relation, self.shown(to), self.shown(from)),
                    standing: Some(strength(word.weakness, word.finding.is_some())),
                    said_by: self.speakers(word),
                    ..on(word.day)
                };
                lanes.entry(publisher).or_default().push(event);
            }
        }
        lanes
            .into_iter()
            .map(|(name, events)| Lane { kind: EventKind::Publication, name: Some(name), events })
            .collect()
    }

    /// A connection on the day on which it could first be seen.
    fn connection(&self, path: &PathTold, last: &[&WordTold], false_lead: bool) -> Event {
        let ends = [path.records.first(), path.records.last()];
        let ends = ends.map(|end| end.map(|end| self.shown(end)).unwrap_or_default());
        let inner: Vec<String> = path
            .records
            .iter()
            .skip(1)
            .take(path.records.len().saturating_sub(2))
            .map(|one| self.shown(one))
            .collect();
        let mut said: Vec<String> = Vec::new();
        said.extend((!inner.is_empty()).then(|| format!("through {}", inner.join(", "))));
        said.extend(last.iter().map(|word| format!("{}: {}", word.relation, self.speakers(word))));
        let standing = match false_lead {
            true => Standing::Denied,
            false => path
                .steps
                .iter()
                .map(|step| {
                    strength(step.weakness, step.words.iter().any(|word| word.finding.is_some()))
                })
                .max()
                .unwrap_or(Standing::Accepted),
        };
        let ids = [path.records.first(), path.records.last()];
        let ids = ids.into_iter().flatten().map(|end| self.id(end.id));
        Event {
            id: ids.collect::<Vec<_>>().join(SIDES),
            name: ends.join(SIDES),
            standing: Some(standing),
            said_by: said.join("; "),
            ..on(path.day)
        }
    }

    /// What a record on a path may be called.
    fn shown(&self, one: &Named) -> String {
        match one.status.as_deref().filter(|_| one.id.kind() == SubjectKind::Person) {
            Some(status) if !self.veil.withholds() => format!("{} ({status})", self.name(one.id)),
            _ => self.name(one.id),
        }
    }

    fn speakers(&self, word: &WordTold) -> String {
        match &word.evidence {
            Some(one) => self.said_by(one, &self.namer(&[], &word.names)),
            None => "a finding".to_owned(),
        }
    }

    /// Whether every step of a path has something that says so and may be shown.
    fn may_show(&self, path: &PathTold) -> bool {
        path.steps.iter().all(|step| step.words.iter().any(|word| self.may_say(word)))
    }

    fn may_say(&self, word: &WordTold) -> bool {
        word.evidence.as_ref().is_none_or(|one| self.shows(one))
    }
}

/// An event on a day of publication, if that is known.
fn on(day: Day) -> Event {
    let known = (day != Day::MIN && day != Day::MAX).then_some(day);
    Event {
        name: String::new(),
        first: known,
        last: known,
        when: known.map_or_else(|| since(day), |day| day.to_string()),
        standing: None,
        said_by: String::new(),
        until: None,
        id: String::new(),
    }
}

/// What people made of a tie: how weak it is, and whether a finding holds it.
fn strength(weakness: Weakness, found: bool) -> Standing {
    match weakness {
        Weakness { contested: true, .. } => Standing::Contested,
        Weakness { .. } if found => Standing::Found,
        Weakness { unreviewed: true, .. } => Standing::Proposed,
        Weakness { .. } => Standing::Accepted,
    }
}

fn left_out_marks(many: usize) -> Vec<String> {
    match many {
        0 => Vec::new(),
        1 => vec!["1 connection is left out, since what says so was taken back, or accuses without judgment.".to_owned()],
        many => vec![format!(
            "{many} connections are left out, since what says so was taken back, or accuses without judgment."
        )],
    }
}
