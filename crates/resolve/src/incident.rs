//! When two reports may be proposed as one incident.

use std::collections::BTreeSet;

use throughline_model::{DocumentId, Edtf, Figure, Value, Variable};

use crate::{
    BlockKey, Local,
    block::place,
    claim::closest,
    name::{normal, share_a_word},
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
    /// Which days were said of which block's place, and by which local first.
    days: Vec<(&'a BlockKey, Vec<&'a Edtf>, String, usize)>,
}

impl<'a> Seen<'a> {
    /// Takes in a local; `at` is its place in the record.
    pub(crate) fn note(&mut self, local: &'a Local, at: usize) {
        self.documents.insert(local.document);
        self.works.extend(local.cited_work());
        self.types.insert(local.values(Variable::Type).collect());
        self.targets.insert(targets(local));
        self.killed.insert(tolls(local, Variable::Killed));
        self.wounded.insert(tolls(local, Variable::Wounded));
        let days: Vec<&Edtf> = local.dates(Variable::Date).collect();
        if !days.is_empty()
            && !self.days.iter().any(|(block, said, ..)| *block == &local.block && *said == days)
            && let Some(place) = place(local)
        {
            self.days.push((&local.block, days, place, at));
        }
    }

    /// The place of the first local of the same block (a place and a month) that may be the same
    /// incident, and why: the dates lie within a day of each other. `None` also if some local
    /// cannot be the same: one document tells them apart, or type, target or tolls conflict.
    pub(crate) fn agree(&self, local: &Local) -> Option<(usize, String)> {
        let own: Vec<&Edtf> = local.dates(Variable::Date).collect();
        let found = self.days.iter().filter(|(block, ..)| *block == &local.block).find_map(
            |(_, days, place, at)| {
                let (one, other) = closest(days, &own)?;
                let words =
                    format!("same place ({place}), dates {one} / {other}, nothing that conflicts");
                Some((*at, words))
            },
        )?;
        (!self.conflicts(local)).then_some(found)
    }

    fn conflicts(&self, local: &Local) -> bool {
        let types: Vec<&Value> = local.values(Variable::Type).collect();
        let targets = targets(local);
        let (killed, wounded) = (tolls(local, Variable::Killed), tolls(local, Variable::Wounded));
        self.documents.contains(&local.document)
            || local.cited_work().is_some_and(|work| self.works.contains(work))
            || self.types.iter().any(|other| terms_conflict(other, &types))
            || self.targets.iter().any(|other| texts_conflict(other, &targets))
            || self.killed.iter().any(|other| tolls_conflict(other, &killed))
            || self.wounded.iter().any(|other| tolls_conflict(other, &wounded))
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
