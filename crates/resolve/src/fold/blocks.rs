//! Which records hold locals of which block.

use std::collections::{BTreeSet, HashMap};

use throughline_model::SubjectKind;

use crate::{BlockKey, block::place, incident::Telling, unit::Unit};

/// Which records hold locals of which block. Those of people are found by what stands beside them,
/// since one name may be borne by very many; those of incidents by their place, and where their words
/// are known, by the rare ones. Looked up and never gone through.
#[derive(Default)]
pub(super) struct Blocks<'a> {
    records: HashMap<&'a BlockKey, BTreeSet<usize>>,
    beside: HashMap<(&'a BlockKey, &'a str), BTreeSet<usize>>,
    places: HashMap<(&'a BlockKey, String), BTreeSet<usize>>,
    reports: HashMap<&'a BlockKey, Telling>,
}

impl<'a> Blocks<'a> {
    pub(super) fn note(&mut self, unit: &'a Unit<'a>, record: usize) {
        let local = unit.local;
        match local.kind() {
            SubjectKind::Person => {
                for word in &local.context {
                    self.beside.entry((&local.block, word)).or_default().insert(record);
                }
            }
            SubjectKind::Incident => {
                if let Some(place) = place(local) {
                    self.places.entry((&local.block, place)).or_default().insert(record);
                }
                if let Some(words) = unit.words() {
                    self.reports.entry(&local.block).or_default().note(words, record);
                }
            }
            _ => {
                self.records.entry(&local.block).or_default().insert(record);
            }
        }
    }

    /// The records of a block by the rare words of their reports.
    pub(super) fn telling(&self, block: &BlockKey) -> Option<&Telling> {
        self.reports.get(block)
    }

    /// The records with which a local may agree, in their order; reports are compared by their words
    /// beside that.
    pub(super) fn candidates(&self, unit: &Unit<'a>) -> BTreeSet<usize> {
        let local = unit.local;
        match local.kind() {
            SubjectKind::Incident => {
                let at_place = place(local).and_then(|at| self.places.get(&(&local.block, at)));
                at_place.cloned().unwrap_or_default()
            }
            SubjectKind::Person => local
                .context
                .iter()
                .filter_map(|word| self.beside.get(&(&local.block, word.as_str())))
                .flatten()
                .copied()
                .collect(),
            _ => self.records.get(&local.block).cloned().unwrap_or_default(),
        }
    }
}
