//! Which mentions stand for one record, and whether a person or a proposal says so.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{DocumentId, MentionId, Value, Variable};
use throughline_resolve::normal;
use throughline_weigh::count::{Identity, Named, Who};

use crate::ledger::successors::Successors;
use crate::records::RecordRow;

/// Things tied to one another, over any number of links.
struct Ties<T> {
    root: BTreeMap<T, T>,
}

impl<T> Default for Ties<T> {
    fn default() -> Ties<T> {
        Ties { root: BTreeMap::new() }
    }
}

impl<T: Copy + Ord> Ties<T> {
    fn tie(&mut self, a: T, b: T) {
        self.root.entry(a).or_insert(a);
        self.root.entry(b).or_insert(b);
        let (a, b) = (self.of(a), self.of(b));
        self.root.insert(a.max(b), a.min(b));
    }

    fn has(&self, one: T) -> bool {
        self.root.contains_key(&one)
    }

    /// The first of all that are tied to this one.
    fn of(&self, one: T) -> T {
        let mut at = one;
        while let Some(&next) = self.root.get(&at).filter(|next| **next != at) {
            at = next;
        }
        at
    }

    /// Into how many parts the ties leave everything.
    fn parts(&self) -> usize {
        self.root.iter().filter(|(one, root)| one == root).count()
    }
}

/// Which mentions judgments call the same.
pub(super) struct Identities {
    judged: Ties<MentionId>,
    successors: Successors,
}

impl Identities {
    pub(super) fn of(pairs: &[throughline_weigh::Pair], successors: Successors) -> Identities {
        let mut judged = Ties::default();
        pairs.iter().for_each(|pair| judged.tie(pair.a, pair.b));
        Identities { judged, successors }
    }

    /// Whether judgments tie together all documents that mention a record. That mentions of one
    /// document are one subject is part of how it is read.
    pub(super) fn of_record(&self, row: &RecordRow) -> Identity {
        let mut documents = row.mentions.values().map(|(document, _)| *document);
        let one = documents.next();
        if documents.all(|document| Some(document) == one) {
            return Identity::Reviewed;
        }
        if !row.mentions.keys().any(|mention| self.judged.has(*mention)) {
            return Identity::Proposed;
        }
        let mut tied: Ties<DocumentId> = Ties::default();
        let mut first: BTreeMap<MentionId, DocumentId> = BTreeMap::new();
        for (mention, (document, _)) in &row.mentions {
            let with = *first.entry(self.judged.of(*mention)).or_insert(*document);
            tied.tie(with, *document);
        }
        match tied.parts() {
            0 | 1 => Identity::Reviewed,
            _ => Identity::Proposed,
        }
    }

    /// Adds the mentions of a record to those that stand for what a definition names, if it is one
    /// of them.
    pub(super) fn name(&self, who: &Who, row: &RecordRow, named: &mut Named) {
        let wanted = match who {
            Who::Named(name) => Some(normal(name)),
            Who::Record(_) => None,
        };
        let is_called = |id: &MentionId, name: &str| match (who, &wanted) {
            (Who::Record(given), _) => self.successors.stands_for(*given) == *id,
            (Who::Named(_), Some(wanted)) => normal(name) == *wanted,
            (Who::Named(_), None) => false,
        };
        let documents: BTreeSet<DocumentId> = row
            .mentions
            .iter()
            .filter(|(id, (_, name))| is_called(id, name))
            .map(|(_, (document, _))| *document)
            .collect();
        let alias = row.record.holdings.iter().find(|holding| {
            match (holding.variable, &holding.value, &wanted) {
                (Variable::Name, Some(Value::Text(name)), Some(wanted)) => normal(name) == *wanted,
                _ => false,
            }
        });
        if documents.is_empty() && alias.is_none() {
            return;
        }
        let reviewed = self.of_record(row) == Identity::Reviewed
            && (!documents.is_empty() || alias.is_some_and(|alias| alias.basis.is_reviewed()));
        for (id, (document, _)) in &row.mentions {
            let others = if reviewed { &mut named.judged } else { &mut named.proposed };
            match documents.contains(document) {
                true => named.called.insert(*id),
                false => others.insert(*id),
            };
        }
    }
}
