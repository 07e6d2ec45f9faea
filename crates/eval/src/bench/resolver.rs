//! What the program makes of the names and reports of a task.

use throughline_model::{Document, Outline};
use throughline_resolve::incident::{Report, Weighed, group};
use throughline_resolve::names::{Comparison, Name, NameIndex, THRESHOLD};
use throughline_resolve::{Links, Local, fold, locals, principal};

use super::alias::Entry;

/// From this score on two names are taken for one's.
pub const NAMES_FROM: f64 = THRESHOLD as f64 / 100.0;

/// The score of two names, from 0 to 1, in ten-thousandths.
pub fn same_name(one: &str, other: &str) -> f64 {
    Comparison::of(&Name::of(one), &Name::of(other)).score().probability()
}

/// The people of a list, to be found by other names.
pub struct Index<'p> {
    people: &'p [Entry],
    names: NameIndex,
}

impl<'p> Index<'p> {
    /// How many people are ranked.
    const MOST: usize = 20;

    /// An index of people by their main names.
    pub fn of(people: &'p [Entry]) -> Index<'p> {
        Index { people, names: NameIndex::of(people.iter().map(|one| one.name.as_str())) }
    }

    /// The ids of the people whose names are most like one, the best first.
    pub fn find(&self, name: &str) -> Vec<&'p str> {
        let found = self.names.find(name, Index::MOST);
        found.into_iter().map(|(at, _)| self.people[at].id.as_str()).collect()
    }
}

/// A report of an incident, as the program reads it: its words, and what it says of the incident that
/// it is mainly about.
#[derive(Clone, Debug)]
pub struct Seen {
    outline: Outline,
    document: Document,
    incident: Option<Local>,
}

impl Seen {
    /// Reads a document.
    pub fn of(document: &Document) -> Seen {
        let outline = throughline_read::outline(document);
        let reading = throughline_read::read(document);
        let since = document.public_since();
        let mut locals = locals(document.id, since.as_ref(), None, Some(&outline), &[&reading]);
        let incident = principal(&locals).map(|at| locals.swap_remove(at));
        // What is compared has no need of the text.
        let document = Document { text: String::new(), zones: Vec::new(), ..document.clone() };
        Seen { outline, document, incident }
    }

    /// What is compared of it.
    pub fn report(&self) -> Report<'_> {
        let published = self.document.published.as_ref().map(throughline_model::Edtf::latest);
        let said = self.incident.as_ref().map(Report::of).unwrap_or_default();
        Report { words: Some(Weighed::of(&self.outline)), published, ..said }
    }
}

/// Puts reports into the order in which they are joined: of publication, undated ones last, then of
/// their ids.
pub fn in_order(reports: &mut [(String, Seen)]) {
    reports.sort_by(|(id, one), (other_id, other)| {
        let day =
            |seen: &Seen| seen.document.published.as_ref().map(throughline_model::Edtf::latest);
        let key = |id, seen| (day(seen).is_none(), day(seen), id);
        key(id, one).cmp(&key(other_id, other))
    });
}

/// Which reports, in their order, are of one incident: for each the number of its group.
pub fn incidents(reports: &[(String, Seen)]) -> Vec<usize> {
    let reports: Vec<Report> = reports.iter().map(|(_, seen)| seen.report()).collect();
    group(&reports)
}

/// Which reports, in their order, stand in one record of a casebook that holds them all: for each the
/// number of its record. A report in which no incident is read is alone.
pub fn recorded(reports: &[(String, Seen)]) -> Vec<usize> {
    let places: Vec<usize> =
        (0..reports.len()).filter(|at| reports[*at].1.incident.is_some()).collect();
    let incidents: Vec<&Local> =
        reports.iter().filter_map(|(_, seen)| seen.incident.as_ref()).collect();
    // Those that are alone have numbers of their own, beyond those of the records.
    let mut of: Vec<usize> = (0..reports.len()).map(|at| reports.len() + at).collect();
    for (number, record) in fold(&incidents, &Links::default()).iter().enumerate() {
        record.locals().iter().for_each(|local| of[places[*local]] = number);
    }
    of
}
