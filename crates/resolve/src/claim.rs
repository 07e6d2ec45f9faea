//! When two reports may be proposed as one claim of responsibility.

use std::collections::BTreeSet;

use throughline_model::{DocumentId, Edtf, Variable};

use crate::{
    BlockKey, Local,
    name::{normal, share_a_word},
};

/// What the locals of a growing record say, each thing once, so that a record of many reports is
/// compared as fast as one of few.
#[derive(Default)]
pub(crate) struct Seen<'a> {
    documents: BTreeSet<DocumentId>,
    about: BTreeSet<Vec<String>>,
    /// Which days of issue were said in which block, and by which local first.
    issued: Vec<(&'a BlockKey, Vec<&'a Edtf>, &'a str, usize)>,
}

impl<'a> Seen<'a> {
    /// Takes in a local; `at` is its place in the record.
    pub(crate) fn note(&mut self, local: &'a Local, at: usize) {
        self.documents.insert(local.document);
        self.about.insert(about(local));
        let days: Vec<&Edtf> = local.dates(Variable::Issued).collect();
        if let Some(claimant) = local.names(Variable::Claimant).next()
            && !days.is_empty()
            && !self.issued.iter().any(|(block, said, ..)| *block == &local.block && *said == days)
        {
            self.issued.push((&local.block, days, claimant, at));
        }
    }

    /// The place of the first local of the same block that may be the same claim, and why: the days
    /// of the statement lie within a day of each other. `None` also if some local cannot be the
    /// same: one document tells them apart, or they are about different incidents.
    pub(crate) fn agree(&self, local: &Local) -> Option<(usize, String)> {
        let about = about(local);
        if self.documents.contains(&local.document)
            || self.about.iter().any(|other| differ(other, &about))
        {
            return None;
        }
        let own: Vec<&Edtf> = local.dates(Variable::Issued).collect();
        self.issued.iter().filter(|(block, ..)| *block == &local.block).find_map(
            |(_, days, claimant, at)| {
                let (said, other) = closest(days, &own)?;
                Some((*at, format!("same claimant ({claimant}), issued {said} / {other}")))
            },
        )
    }
}

fn about(local: &Local) -> Vec<String> {
    local.names(Variable::About).map(normal).collect()
}

fn differ(one: &[String], other: &[String]) -> bool {
    !one.is_empty()
        && !other.is_empty()
        && !one.iter().any(|x| other.iter().any(|y| x == y || share_a_word(x, y)))
}

/// Two dates, one of each, that lie within a day of each other.
pub(crate) fn closest<'d>(one: &[&'d Edtf], other: &[&'d Edtf]) -> Option<(&'d Edtf, &'d Edtf)> {
    let near = |a: &Edtf, b: &Edtf| {
        a.earliest() <= b.latest().plus(1) && b.earliest() <= a.latest().plus(1)
    };
    one.iter().find_map(|a| other.iter().find(|b| near(a, b)).map(|b| (*a, *b)))
}
