//! When two reports may be proposed as one incident.
//!
//! Reports whose words are known are compared by [`Feature`]s with weights that ship, and each joins
//! the record that it fits best on the mean; others by place, date, and whether anything conflicts.

mod gather;
mod group;
mod pair;
mod rarity;
mod telling;
mod weighed;

pub(crate) use gather::{Fit, Home, Part, gather};
pub(crate) use group::{COMPARED, candidates_of, compared, mean};
pub use group::{candidates, group, group_by};
pub use pair::{FEATURES, Feature, Report, compare, score, weights};
pub(crate) use telling::Telling;
pub use weighed::Weighed;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use throughline_model::{DocumentId, Edtf, Figure, Value, Variable};

use crate::{
    BlockKey, Local,
    block::place,
    claim::closest,
    name::{normal, share_a_word},
    unit::Unit,
};

/// What the locals of a growing record say, each thing once, so that a record of many reports is
/// compared as fast as one of few.
#[derive(Default)]
pub(crate) struct Seen<'a> {
    documents: BTreeSet<DocumentId>,
    works: BTreeSet<&'a str>,
    types: BTreeSet<Vec<&'a Value>>,
    targets: BTreeSet<Vec<String>>,
    killed: BTreeSet<Vec<Figure>>,
    wounded: BTreeSet<Vec<Figure>>,
    /// Which days were said of which place, in which block, and by which local first.
    days: Vec<(&'a BlockKey, Vec<&'a Edtf>, String, usize)>,
    /// The reports whose words are known, each with the place of its local. Of copies only the first:
    /// one report under three mastheads is one.
    reports: Vec<(&'a Report<'a>, usize)>,
}

impl<'a> Seen<'a> {
    /// Takes in a local; `at` is its place in the record.
    pub(crate) fn note(&mut self, unit: &'a Unit<'a>, at: usize) {
        let local = unit.local;
        self.documents.insert(local.document);
        self.works.extend(local.cited_work());
        self.types.insert(local.values(Variable::Type).collect());
        self.targets.insert(targets(local));
        self.killed.insert(tolls(local, Variable::Killed));
        self.wounded.insert(tolls(local, Variable::Wounded));
        let report = unit.report.as_deref();
        let new = |report: &&Report| !self.reports.iter().any(|(known, _)| known.is_copy(report));
        self.reports.extend(report.filter(new).map(|report| (report, at)));
        let days: Vec<&Edtf> = local.dates(Variable::Date).collect();
        let Some(place) = place(local) else { return };
        let said = |(block, said, own, _): &(&BlockKey, Vec<&Edtf>, String, usize)| {
            *block == &local.block && *said == days && *own == place
        };
        if !days.is_empty() && !self.days.iter().any(said) {
            self.days.push((&local.block, days, place, at));
        }
    }

    /// Whether a local may be the same incident by place and dates: the place of the local of the
    /// record that it agrees with, and why. `None` where words are known on both sides, since these
    /// say more.
    pub(crate) fn agree(&self, unit: &Unit) -> Option<(usize, String)> {
        let weighed = unit.report.is_some() && !self.reports.is_empty();
        if weighed || self.is_told_apart(unit.local) { None } else { self.match_up(unit.local) }
    }

    /// How well a report fits those of the record; `None` if something tells them apart.
    pub(crate) fn fit(&self, unit: &Unit) -> Option<Fit> {
        let report = unit.report.as_deref().filter(|_| !self.is_told_apart(unit.local))?;
        let mean = mean(self.reports.len(), |at| score(report, self.reports[at].0))?;
        Some(Fit::of(mean, self.reports.len().min(COMPARED)))
    }

    /// The local of the record whose report is most like another, by its place, and in what.
    pub(crate) fn nearest(&self, unit: &Unit) -> Option<(usize, String)> {
        let report = unit.report.as_deref()?;
        let (score, Reverse(to), nearest) = compared(self.reports.len())
            .map(|at| self.reports[at])
            .map(|(other, at)| (score(report, other), Reverse(at), other))
            .max_by_key(|(score, at, _)| (*score, *at))?;
        Some((to, format!("reports alike at {} %: {}", score.percent(), why(report, nearest))))
    }

    /// One document, or one work that is cited, tells its own subjects apart.
    fn is_told_apart(&self, local: &Local) -> bool {
        self.documents.contains(&local.document)
            || local.cited_work().is_some_and(|work| self.works.contains(work))
    }

    /// The first local of the record with the same place and dates within a day of each other, if
    /// type, target and tolls do not conflict with any.
    fn match_up(&self, local: &Local) -> Option<(usize, String)> {
        let own: Vec<&Edtf> = local.dates(Variable::Date).collect();
        let at_place = place(local)?;
        let same = |(block, _, place, _): &&(&BlockKey, Vec<&Edtf>, String, usize)| {
            *block == &local.block && *place == at_place
        };
        let (to, reason) = self.days.iter().filter(same).find_map(|(_, days, place, at)| {
            let (one, other) = closest(days, &own)?;
            let words =
                format!("same place ({place}), dates {one} / {other}, nothing that conflicts");
            Some((*at, words))
        })?;
        (!self.conflicts(local)).then_some((to, reason))
    }

    fn conflicts(&self, local: &Local) -> bool {
        let types: Vec<&Value> = local.values(Variable::Type).collect();
        let targets = targets(local);
        let (killed, wounded) = (tolls(local, Variable::Killed), tolls(local, Variable::Wounded));
        self.types.iter().any(|other| terms_conflict(other, &types))
            || self.targets.iter().any(|other| texts_conflict(other, &targets))
            || self.killed.iter().any(|other| tolls_conflict(other, &killed))
            || self.wounded.iter().any(|other| tolls_conflict(other, &wounded))
    }
}

/// Whether one document, or one work that is cited, tells two locals apart.
pub(crate) fn apart(one: &Local, other: &Local) -> bool {
    one.document == other.document
        || one.cited_work().is_some_and(|work| other.cited_work() == Some(work))
}

/// How well the reports of two locals fit; `None` if the words of one are not known.
pub(crate) fn fit(one: &Unit, other: &Unit) -> Option<Fit> {
    Some(Fit::of(score(one.report.as_deref()?, other.report.as_deref()?), 1))
}

/// What speaks most for two reports being of one incident, and what against it, in words.
fn why(one: &Report, other: &Report) -> String {
    let parts = weights(one, other).parts(&compare(one, other));
    let mut told: Vec<(i32, Feature)> =
        parts.into_iter().zip(Feature::ALL).filter(|(part, _)| part.abs() >= 20).collect();
    told.sort_by_key(|(part, feature)| (-part.abs(), *feature));
    let told: Vec<String> = told
        .iter()
        .take(5)
        .map(|(part, feature)| {
            let sign = if *part < 0 { "−" } else { "+" };
            format!("{} {sign}{}.{:02}", feature.words(), part.abs() / 100, part.abs() % 100)
        })
        .collect();
    told.join(", ")
}

impl<'a> Report<'a> {
    /// Whether another says the same in the same words, whenever it was published.
    pub(crate) fn is_copy(&self, other: &Report) -> bool {
        self.words == other.words
            && self.places == other.places
            && self.dates == other.dates
            && self.killed == other.killed
    }

    /// What a local says of its incident.
    pub fn of(local: &'a Local) -> Report<'a> {
        let mut places: Vec<String> = local.names(Variable::Place).map(normal).collect();
        places.retain(|place| !place.is_empty());
        let dates = local.dates(Variable::Date).map(|date| (date.earliest(), date.latest()));
        Report {
            words: local.outline.as_ref().map(Weighed::of),
            published: local.published.as_ref().map(Edtf::latest),
            places,
            dates: dates.collect(),
            killed: tolls(local, Variable::Killed),
        }
    }
}

/// Both say a term, and no term is said by both.
fn terms_conflict(one: &[&Value], other: &[&Value]) -> bool {
    !one.is_empty()
        && !other.is_empty()
        && !one.iter().any(|term| other.iter().any(|said| alike(term, said)))
}

/// An attack or an assault is any of the closer types.
fn alike(a: &Value, b: &Value) -> bool {
    a == b || a.leaves_type_open() || b.leaves_type_open()
}

fn targets(local: &Local) -> Vec<String> {
    let words = local.values(Variable::Target).filter_map(|value| match value {
        Value::Text(words) => Some(normal(words)),
        _ => None,
    });
    words.collect()
}

/// Both say a target, and no word of one is in the other.
fn texts_conflict(one: &[String], other: &[String]) -> bool {
    !one.is_empty()
        && !other.is_empty()
        && !one.iter().any(|x| other.iter().any(|y| share_a_word(x, y)))
}

fn tolls(local: &Local, variable: Variable) -> Vec<Figure> {
    let figures = local.values(variable).filter_map(|value| match value {
        Value::Figure(figure) => Some(*figure),
        _ => None,
    });
    figures.collect()
}

/// Both say a toll, and the two are further apart than first reports and final tolls are.
fn tolls_conflict(one: &[Figure], other: &[Figure]) -> bool {
    let far = |x: &Figure, y: &Figure| {
        let (low, high) = if x.least <= y.least { (x, y) } else { (y, x) };
        low.most.is_some_and(|most| high.least > most.saturating_mul(4).saturating_add(8))
    };
    !one.is_empty() && !other.is_empty() && one.iter().all(|x| other.iter().all(|y| far(x, y)))
}
