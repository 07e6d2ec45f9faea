//! What stands in the margin of a document: what it says, as people left it, what they took away,
//! and who judged.

use std::collections::{BTreeMap, BTreeSet};

use throughline_casebook::{AssertionRow, Casebook, JudgmentRow, Listed, Result};
use throughline_model::{
    Act, AsOf, Assertion, AssertionId, Basis, DocumentId, JudgmentId, MentionId,
};

/// What stands beside a document's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Margin {
    /// What it says, as people left it, in text order.
    pub said: Vec<AssertionRow>,
    /// What was read in it and stands no more: rejected, retracted, corrected, or a repetition that went
    /// with the words that it repeats.
    pub gone: Vec<Assertion>,
    /// The judgments recorded in view, by the assertion that they judge or put in another's place.
    pub judged: BTreeMap<AssertionId, Vec<JudgmentRow>>,
    /// What is said of a question that somebody has answered by a finding.
    pub found: BTreeSet<AssertionId>,
}

/// How far people have come with what a document says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has decided on it.
    Open,
    /// The question that it answers is answered by a finding.
    Found,
    /// Somebody decided on it, by this judgment, which is in force.
    Decided(JudgmentId),
}

impl Margin {
    /// How far people have come with an assertion of the document.
    pub fn state(&self, id: AssertionId) -> State {
        let own = self.judged.get(&id).into_iter().flatten();
        // A reader that has since been improved may say again what somebody decided on before.
        let deciding = |(judgment, _, in_force): &&JudgmentRow| {
            let decides = matches!(
                judgment.act,
                Act::Accept(_) | Act::Reject(_) | Act::Retract(_) | Act::Correct { .. }
            );
            *in_force && decides
        };
        match own.rev().find(deciding) {
            Some((judgment, ..)) => State::Decided(judgment.id),
            None if self.found.contains(&id) => State::Found,
            None => State::Open,
        }
    }

    /// What nobody has decided on, in text order.
    pub fn open(&self) -> impl Iterator<Item = AssertionId> {
        let all = self.said.iter().map(|row| row.evidence.assertion.id);
        all.filter(|id| self.state(*id) == State::Open)
    }

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
        let gone: BTreeSet<AssertionId> =
            met.iter().copied().filter(|id| standing.changes(*id)).collect();
        let stays: BTreeSet<AssertionId> =
            said.iter().map(|row| row.evidence.assertion.id).collect();
        read.retain(|one| {
            let fell = || one.repeats.is_some_and(|of| gone.contains(&of));
            gone.contains(&one.id) || !stays.contains(&one.id) && fell()
        });
        let found = found(casebook, &said, as_of)?;
        Ok(Margin { said, gone: read, judged, found })
    }
}

/// The assertions whose question a finding answers. A finding of the same question in relation to
/// somebody else answers another one.
fn found(casebook: &Casebook, said: &[AssertionRow], as_of: AsOf) -> Result<BTreeSet<AssertionId>> {
    let mut records: BTreeMap<MentionId, Option<Listed>> = BTreeMap::new();
    let mut record = |mention: MentionId| -> Result<Option<Listed>> {
        if let Some(known) = records.get(&mention) {
            return Ok(known.clone());
        }
        let row = casebook.listed_one(mention, as_of)?;
        records.insert(mention, row.clone());
        Ok(row)
    };
    let mut found = BTreeSet::new();
    for row in said {
        let one = &row.evidence.assertion;
        let Some(subject) = record(one.subject)? else { continue };
        let own = subject.holdings.iter().filter(|held| {
            held.variable == one.variable && matches!(held.basis, Basis::Finding(_))
        });
        for held in own {
            let same = match (held.party, one.party) {
                (Some(held), Some(said)) => {
                    held == said
                        || match (record(said)?, record(held)?) {
                            (Some(said), Some(held)) => said.id == held.id,
                            _ => false,
                        }
                }
                (held, said) => held == said,
            };
            if same {
                found.insert(one.id);
            }
        }
    }
    Ok(found)
}
