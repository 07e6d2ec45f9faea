//! What a count is given to decide on: units, and the records that a definition names.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{Holding, MentionId, Record};

use super::Who;

/// The records that a definition names, as of the dates of the count.
pub struct Known<'k> {
    /// How names and texts are compared: without case, accents, punctuation.
    pub normal: &'k (dyn Fn(&str) -> String + Sync),
    /// The mentions that stand for each record named.
    pub named: BTreeMap<Who, Named>,
    /// The sets named; several records may go by one name.
    pub sets: BTreeMap<Who, Vec<SetRecord>>,
}

/// The mentions that stand for a record that a definition names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Called so themselves, or given by id.
    pub called: BTreeSet<MentionId>,
    /// Of the same record by judgments.
    pub judged: BTreeSet<MentionId>,
    /// Of the same record by proposals that nobody has judged.
    pub proposed: BTreeSet<MentionId>,
}

impl Named {
    /// Whether nothing goes by the name.
    pub fn is_empty(&self) -> bool {
        self.called.is_empty() && self.judged.is_empty() && self.proposed.is_empty()
    }

    /// Whether a mention stands for the record, and whether only by a proposal.
    pub(super) fn holds(&self, mention: MentionId) -> Option<Identity> {
        if self.called.contains(&mention) || self.judged.contains(&mention) {
            return Some(Identity::Reviewed);
        }
        self.proposed.contains(&mention).then_some(Identity::Proposed)
    }
}

/// Whether it is reviewed that two mentions stand for one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Identity {
    /// The same mention, the same name where that is asked for, or judged so.
    Reviewed,
    /// Joined by a proposal.
    Proposed,
}

/// A set, as far as its members go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetRecord {
    /// The mentions that stand for it.
    pub mentions: BTreeSet<MentionId>,
    /// The values held of its members and its size.
    pub holdings: Vec<Holding>,
    /// Whether its mentions were joined by a proposal.
    pub identity: Identity,
}

/// A record that units are made of.
#[derive(Clone, Copy)]
pub struct Subject<'s> {
    /// The record.
    pub record: &'s Record,
    /// The names of the mentions that its values are.
    pub names: &'s BTreeMap<MentionId, String>,
    /// Whether mentions of several documents were joined into it by a proposal.
    pub identity: Identity,
}

/// One unit, as far as it can be decided on.
#[derive(Clone, Copy)]
pub struct Case<'c> {
    /// The incident, person or claim.
    pub main: Subject<'c>,
    /// For a perpetrator in an incident, the part of the person.
    pub part: Option<Part<'c>>,
    /// The claims that are said to be about the incident.
    pub claims: &'c [Subject<'c>],
}

/// A person's part in an incident.
#[derive(Clone, Copy)]
pub struct Part<'c> {
    /// The mention by which the unit is known.
    pub person: MentionId,
    /// What is held of the incident's perpetrators that stand for the person.
    pub holdings: &'c [&'c Holding],
    /// The person's own record.
    pub subject: Option<Subject<'c>>,
    /// The mentions of the other perpetrators of the incident.
    pub others: &'c BTreeSet<MentionId>,
    /// Whether the person is named, not only described.
    pub named: bool,
}

/// Names a unit for ever: a record, and for a perpetrator in an incident the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId {
    /// The incident, person or claim.
    pub record: MentionId,
    /// The person, for a perpetrator in an incident.
    pub person: Option<MentionId>,
}

impl Case<'_> {
    /// The unit's name for ever.
    pub fn id(&self) -> UnitId {
        UnitId { record: self.main.record.id, person: self.part.map(|part| part.person) }
    }
}
