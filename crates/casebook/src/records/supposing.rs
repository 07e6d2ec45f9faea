//! What would be derived if some assertions fell: as if a coder had retracted them, and nothing is
//! written.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{AsOf, AssertionId, DocumentId, Holding, MentionId};

use crate::casebook::Casebook;
use crate::derived;
use crate::error::Result;
use crate::records::{RecordRow, rows_of};

/// What falls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fall {
    /// The assertions.
    pub assertions: BTreeSet<AssertionId>,
    /// The mentions that they are said of, and those of which findings rest on them.
    pub subjects: BTreeSet<MentionId>,
}

/// What becomes of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordChange {
    /// The record as it is; `None` if it would be new.
    pub before: Option<RecordRow>,
    /// The record as it would be; `None` if it would be gone.
    pub after: Option<RecordRow>,
}

impl RecordChange {
    /// The values held otherwise: as they are, and as they would be. Which assertions say so and how
    /// many is part of neither.
    pub fn values(&self) -> Vec<(Option<&Holding>, Option<&Holding>)> {
        let (was, is) = (held(self.before.as_ref()), held(self.after.as_ref()));
        let lost = was.iter().filter(|one| !is.iter().any(|other| same(one, other)));
        let mut won: Vec<&Holding> =
            is.iter().filter(|one| !was.iter().any(|other| same(one, other))).collect();
        let mut pairs = Vec::new();
        for one in lost {
            let about =
                |other: &&Holding| (one.variable, one.party) == (other.variable, other.party);
            let partner = won.iter().position(about).map(|at| won.remove(at));
            pairs.push((Some(one), partner));
        }
        pairs.extend(won.into_iter().map(|one| (None, Some(one))));
        pairs
    }
}

fn held(row: Option<&RecordRow>) -> &[Holding] {
    row.map_or(&[], |row| &row.record.holdings)
}

/// Whether two values are held alike, whoever says so.
fn same(one: &Holding, other: &Holding) -> bool {
    let marks = |held: &Holding| (held.contested, held.hedged, held.copied, held.evidence_gone);
    (one.variable, one.party, &one.value, &one.basis, marks(one))
        == (other.variable, other.party, &other.value, &other.basis, marks(other))
}

impl Casebook {
    /// Asks as if some assertions had been retracted. Lists of the present come from kept rows, and do
    /// not know of it; records, counts and the states of published counts do.
    ///
    /// # Errors
    /// What `ask` returns.
    pub fn supposing<T>(
        &self,
        fallen: &BTreeSet<AssertionId>,
        ask: impl FnOnce(&Casebook) -> Result<T>,
    ) -> Result<T> {
        let before = self.supposed.replace(fallen.clone());
        let answer = ask(self);
        *self.supposed.borrow_mut() = before;
        answer
    }

    /// What falls with an assertion; `None` if there is none of this id, as read or put in the place
    /// of another.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn fall_of_assertion(&self, id: AssertionId) -> Result<Option<Fall>> {
        let Some(said) = self.assertion_or_correction(id)? else { return Ok(None) };
        Ok(Some(self.fall(BTreeSet::from([id]), BTreeSet::from([said.subject]))?))
    }

    /// What falls with a document: all that anybody or anything reads in it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn fall_of_document(&self, id: DocumentId) -> Result<Fall> {
        let said = self.readings(id)?.into_iter().flat_map(|reading| reading.assertions);
        let (mut assertions, mut subjects) = (BTreeSet::new(), BTreeSet::new());
        for one in said {
            assertions.insert(one.id);
            subjects.insert(one.subject);
        }
        self.fall(assertions, subjects)
    }

    /// The fall of assertions on some subjects: those of findings that rest on them are marked.
    fn fall(
        &self,
        assertions: BTreeSet<AssertionId>,
        mut subjects: BTreeSet<MentionId>,
    ) -> Result<Fall> {
        let judged = self.judged()?;
        subjects.extend(assertions.iter().flat_map(|id| judged.resting_on(*id)));
        Ok(Fall { assertions, subjects })
    }

    /// The records that share a block with any of some mentions, by id: all that can change when
    /// something said of these changes.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn around(
        &self,
        mentions: &BTreeSet<MentionId>,
        as_of: AsOf,
    ) -> Result<BTreeMap<MentionId, RecordRow>> {
        self.snapshot(|| {
            let (standing, ties) = (self.standing(as_of)?, self.ties()?);
            let mut seeds = BTreeSet::new();
            for mention in mentions {
                seeds.extend(derived::blocks_of(&self.connection, *mention)?);
            }
            let loaded = self.load(&derived::closure(&ties, seeds), as_of)?;
            let mut rows = rows_of(&loaded, &standing, as_of);
            for row in &mut rows {
                self.name_others(&row.record.holdings, &mut row.names, as_of)?;
            }
            Ok(rows.into_iter().map(|row| (row.record.id, row)).collect())
        })
    }

    /// The records that would change if something fell, by id.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn changes(&self, fall: &Fall, as_of: AsOf) -> Result<Vec<RecordChange>> {
        let mut before = self.around(&fall.subjects, as_of)?;
        let after =
            self.supposing(&fall.assertions, |casebook| casebook.around(&fall.subjects, as_of))?;
        let mut changes = Vec::new();
        for (id, row) in after {
            let was = before.remove(&id);
            if was.as_ref() != Some(&row) {
                changes.push(RecordChange { before: was, after: Some(row) });
            }
        }
        changes.extend(
            before.into_values().map(|row| RecordChange { before: Some(row), after: None }),
        );
        let id = |change: &RecordChange| {
            change.before.as_ref().or(change.after.as_ref()).map(|row| row.record.id)
        };
        changes.sort_by_key(id);
        Ok(changes)
    }
}
