//! Which values of records tie them to other records.

use std::collections::BTreeMap;

use throughline_casebook::RecordRow;
use throughline_connect::{Tied, tied};
use throughline_model::{Holding, MentionId, Value, Variable};

/// A value of one record that is, or is in relation to, another.
#[derive(Clone, Debug)]
pub(super) struct RawTie {
    pub(super) from: MentionId,
    pub(super) to: MentionId,
    pub(super) relation: String,
    /// Whether the value is that it is not so.
    pub(super) denies: bool,
    /// The place of the holding among those of `from`.
    pub(super) holding: usize,
}

/// All ties, and those of each record.
#[derive(Debug, Default)]
pub(super) struct Ties {
    pub(super) all: Vec<RawTie>,
    of: BTreeMap<MentionId, Vec<usize>>,
}

impl Ties {
    /// The ties between the records of a casebook.
    pub(super) fn of(
        rows: &BTreeMap<MentionId, RecordRow>,
        record_of: &BTreeMap<MentionId, MentionId>,
    ) -> Ties {
        let mut ties = Ties::default();
        for (id, row) in rows {
            for (at, holding) in row.record.holdings.iter().enumerate() {
                let Some((other, relation, denies)) = tie(holding) else { continue };
                let Some(&other) = record_of.get(&other) else { continue };
                if other == *id {
                    continue;
                }
                for end in [*id, other] {
                    ties.of.entry(end).or_default().push(ties.all.len());
                }
                ties.all.push(RawTie { from: *id, to: other, relation, denies, holding: at });
            }
        }
        ties
    }

    /// The ties of one record, in either direction.
    pub(super) fn around(&self, record: MentionId) -> impl Iterator<Item = &RawTie> {
        self.of.get(&record).into_iter().flatten().map(|&at| &self.all[at])
    }
}

impl RawTie {
    /// The other end.
    pub(super) fn beyond(&self, record: MentionId) -> MentionId {
        if self.from == record { self.to } else { self.from }
    }
}

/// What a holding ties its record to, in which words, and whether it says that there is no tie.
fn tie(holding: &Holding) -> Option<(MentionId, String, bool)> {
    let Tied { other, kind, denies } = tied(holding)?;
    let words = match (holding.variable, &holding.value) {
        (variable, Some(Value::Term(_))) if denies => format!("{}: none", variable.name()),
        (Variable::Link, Some(Value::Term(term))) => format!("{term} link"),
        (_, Some(Value::Term(term))) => term.clone(),
        _ => kind.name(),
    };
    Some((other, words, denies))
}
