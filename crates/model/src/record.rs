//! What is derived: records, why their mentions were joined, and the values held of them.

use std::collections::BTreeSet;

use crate::{AssertionId, Edtf, JudgmentId, MentionId, Value, Variable};

/// Mentions that stand for one subject, as of the dates asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The id shown: that of the earliest mention in (published, document hash, position) order.
    /// The record answers to the id of each of its mentions.
    pub id: MentionId,
    /// The name shown: the fullest one given.
    pub name: String,
    /// All its mentions, earliest first.
    pub mentions: Vec<MentionId>,
    /// Why they are one; a tree over `mentions`.
    pub joins: Vec<Join>,
    /// When the first document that mentions it was published.
    pub first_published: Option<Edtf>,
    /// The values held, in the order of [`Variable`].
    pub holdings: Vec<Holding>,
    /// Assertions of which the same voice has said otherwise since: said, and standing for nothing.
    pub superseded: BTreeSet<AssertionId>,
}

/// One decision that two mentions stand for one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// The mention joined.
    pub mention: MentionId,
    /// The mention it was joined to.
    pub to: MentionId,
    /// Since when the public record held enough to join them.
    pub since: Option<Edtf>,
    /// The reason in words, with the values compared.
    pub reason: String,
    /// The judgment that decided it; without one it is a proposal.
    pub judgment: Option<JudgmentId>,
}

/// The value held of one variable of a record, with what speaks for it and against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// What of it.
    pub variable: Variable,
    /// In relation to which record.
    pub party: Option<MentionId>,
    /// The value; `None` where a finding holds that it cannot be known.
    pub value: Option<Value>,
    /// What chose it.
    pub basis: Basis,
    /// Assertions that say so.
    pub support: Vec<AssertionId>,
    /// Assertions that say otherwise.
    pub against: Vec<AssertionId>,
    /// How many first speakers stand behind the support.
    pub voices: u32,
    /// Whether no speaker says it without reserve.
    pub hedged: bool,
    /// Whether only headlines, pull-quotes and repetitions say it: no voice of its own stands behind
    /// it.
    pub copied: bool,
    /// Whether the values said are irreconcilable and no finding settles them.
    pub contested: bool,
    /// Whether a finding holds it, and every assertion that this names as what it rests on was since
    /// rejected, retracted, taken back or removed with its document, or is not in view. The
    /// finding stands all the same: a person made it.
    pub evidence_gone: bool,
    /// If contested, what is put forward instead; `None` for "this is not so" and for "it cannot
    /// be known".
    pub rivals: Vec<Option<Value>>,
}

impl Holding {
    /// Whether what speaks for it is too weak to count where only firm words do: hedged, or said by
    /// copies alone.
    pub fn is_weak(&self) -> bool {
        self.hedged || self.copied
    }

    /// Makes the value contested by what is put forward instead, if anything is.
    pub fn dispute(&mut self, rivals: Vec<Option<Value>>) {
        self.contested = !rivals.is_empty();
        self.rivals = rivals;
    }
}

/// What chose a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// A person's finding.
    Finding(JudgmentId),
    /// A person accepted or corrected a reading that says so.
    Accepted(JudgmentId),
    /// Only the program's proposals, weighed by the rule of this name.
    Proposal(&'static str),
}

impl Basis {
    /// Whether a person stands behind it.
    pub fn is_reviewed(&self) -> bool {
        !matches!(self, Basis::Proposal(_))
    }
}
