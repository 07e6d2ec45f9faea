//! What stands in the margin of a document: what it says, as people left it, what they took away,
//! and who judged.

use std::collections::{BTreeMap, BTreeSet};

use throughline_casebook::{AssertionRow, Casebook, JudgmentRow, Result};
use throughline_model::{AsOf, Assertion, AssertionId, DocumentId};

/// What stands beside a document's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Margin {
    /// What it says, as people left it, in text order.
    pub said: Vec<AssertionRow>,
    /// What was read in it and stands no more: rejected, retracted, or corrected.
    pub gone: Vec<Assertion>,
    /// The judgments recorded in view, by the assertion that they judge or put in another's place.
    pub judged: BTreeMap<AssertionId, Vec<JudgmentRow>>,
}

impl Margin {
    /// Gathers it, as of two dates.
    ///
    /// # Errors
    /// If the casebook cannot be read.
    pub fn gather(casebook: &Casebook, id: DocumentId, as_of: AsOf) -> Result<Margin> {
        let said = casebook.assertions(as_of, Some(id), None, usize::MAX)?;
        let standing = casebook.standing(as_of)?;
        let mut met: BTreeSet<AssertionId> = BTreeSet::new();
        let mut read: Vec<Assertion> = Vec::new();
        for (_, reading) in casebook.filed(id)? {
            read.extend(reading.assertions.into_iter().filter(|one| met.insert(one.id)));
        }
        let mut judged: BTreeMap<AssertionId, Vec<JudgmentRow>> = BTreeMap::new();
        let ids = met.iter().copied().chain(said.iter().map(|row| row.evidence.assertion.id));
        for (judgment, recorded, in_force) in casebook.judgments_on(ids)? {
            if !as_of.recalls(recorded) {
                continue;
            }
            for assertion in judgment.assertions() {
                judged.entry(assertion).or_default().push((judgment.clone(), recorded, in_force));
            }
        }
        read.retain(|one| standing.changes(one.id));
        Ok(Margin { said, gone: read, judged })
    }
}
