//! A person's word on a proposal: never overwritten, only superseded.

use crate::{
    Assertion, AssertionId, Credibility, DocumentId, Edtf, Fingerprint, Instant, JudgmentId,
    MentionId, Reliability, Value, Variable,
};

/// A person's word, with name, time and reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgment {
    /// Its name, from all that follows but `made`.
    pub id: JudgmentId,
    /// Who judged.
    pub by: String,
    /// When it was made; not part of the id.
    pub made: Instant,
    /// Why.
    pub reason: String,
    /// The documents it rests on: it counts as of a day when all were published by then.
    pub cites: Vec<DocumentId>,
    /// The judgments it takes the place of.
    pub supersedes: Vec<JudgmentId>,
    /// What is judged.
    pub act: Act,
}

/// What a judgment does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// The document does say this.
    Accept(AssertionId),
    /// The document does not say this (as of every date where the judgment counts).
    Reject(AssertionId),
    /// The document says this instead.
    Correct {
        /// The reading corrected.
        assertion: AssertionId,
        /// What the document says.
        by: Box<Assertion>,
    },
    /// Misread: it leaves every date.
    Retract(AssertionId),
    /// Its source took it back on a day: before it stands, marked; from then on it supports nothing.
    Withdraw {
        /// The words taken back.
        assertion: AssertionId,
        /// The day on which they were.
        on: Edtf,
    },
    /// The value that we hold: it settles every reading of that value.
    Find(Box<Target>),
    /// What one coder codes, for himself: it settles nothing, and what others code beside it
    /// contradicts nothing.
    Code(Box<Target>),
    /// Two mentions stand for one subject.
    Same(MentionId, MentionId),
    /// Two mentions stand for two subjects.
    NotSame(MentionId, MentionId),
    /// It was looked at and could not be decided.
    Unsure(MentionId, MentionId),
    /// Somebody looked at what two incidents have in common, and it connects them by nothing: a lead that
    /// need not be looked at again. It changes nothing that is held of them.
    Unrelated(MentionId, MentionId),
    /// A document was published then, where it does not say so itself.
    Dated {
        /// The document.
        document: DocumentId,
        /// When it was published.
        published: Edtf,
    },
    /// How reliable a source is, by the name with which documents give it; the reason is the basis.
    Grade {
        /// Who publishes.
        source: String,
        /// How reliable.
        reliability: Reliability,
    },
    /// How credible one piece of information is, whoever gives it; the reason is the basis.
    Credit {
        /// The assertion.
        assertion: AssertionId,
        /// How credible.
        credibility: Credibility,
    },
    /// The superseded judgments count no more, and nothing takes their place.
    Undo,
}

/// What a finding fixes or a coder codes, and on what it rests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Of what.
    pub subject: MentionId,
    /// What of it.
    pub variable: Variable,
    /// In relation to whom or what.
    pub party: Option<MentionId>,
    /// The value held; `None`: it cannot be known from what there is.
    pub value: Option<Value>,
    /// The assertions it rests on.
    pub rests_on: Vec<AssertionId>,
}

impl Act {
    /// The names of all acts.
    pub const NAMES: [&'static str; 15] = [
        "accept",
        "reject",
        "correct",
        "retract",
        "withdraw",
        "find",
        "code",
        "same",
        "not-same",
        "unsure",
        "unrelated",
        "dated",
        "grade",
        "credit",
        "undo",
    ];

    /// The act's name in formats and on the command line.
    pub fn name(&self) -> &'static str {
        match self {
            Act::Accept(_) => "accept",
            Act::Reject(_) => "reject",
            Act::Correct { .. } => "correct",
            Act::Retract(_) => "retract",
            Act::Withdraw { .. } => "withdraw",
            Act::Find(_) => "find",
            Act::Code(_) => "code",
            Act::Same(..) => "same",
            Act::NotSame(..) => "not-same",
            Act::Unsure(..) => "unsure",
            Act::Unrelated(..) => "unrelated",
            Act::Dated { .. } => "dated",
            Act::Grade { .. } => "grade",
            Act::Credit { .. } => "credit",
            Act::Undo => "undo",
        }
    }
}

impl Judgment {
    /// The assertions that the judgment is about: the one it judges, the one it puts in its place.
    pub fn assertions(&self) -> impl Iterator<Item = AssertionId> {
        let (judged, put) = match &self.act {
            Act::Accept(id) | Act::Reject(id) | Act::Retract(id) => (Some(*id), None),
            Act::Withdraw { assertion, .. } | Act::Credit { assertion, .. } => {
                (Some(*assertion), None)
            }
            Act::Correct { assertion, by } => (Some(*assertion), Some(by.id)),
            _ => (None, None),
        };
        judged.into_iter().chain(put)
    }

    /// The assertions that a finding or coding names as what it rests on; of other acts none.
    pub fn rests_on(&self) -> &[AssertionId] {
        match &self.act {
            Act::Find(target) | Act::Code(target) => &target.rests_on,
            _ => &[],
        }
    }

    /// The mentions that the judgment is about.
    pub fn mentions(&self) -> impl Iterator<Item = MentionId> {
        let (one, other) = match &self.act {
            Act::Find(target) | Act::Code(target) => (Some(target.subject), None),
            Act::Same(a, b) | Act::NotSame(a, b) | Act::Unsure(a, b) | Act::Unrelated(a, b) => {
                (Some(*a), Some(*b))
            }
            _ => (None, None),
        };
        one.into_iter().chain(other)
    }

    /// The mentions that its value and its party are, or that what it puts in the place of a reading refers
    /// to.
    pub fn referred(&self) -> impl Iterator<Item = MentionId> {
        let (target, put) = match &self.act {
            Act::Find(target) | Act::Code(target) => (Some(target), None),
            Act::Correct { by, .. } => (None, Some(by)),
            _ => (None, None),
        };
        let target = target.into_iter().flat_map(|target| target.referred());
        target.chain(put.into_iter().flat_map(|by| by.referred()))
    }

    /// The same judgment, under its own name, on other mentions: of each that it is about or refers to, the
    /// one that `stands_for` it.
    #[must_use]
    pub fn on(mut self, stands_for: &dyn Fn(MentionId) -> MentionId) -> Judgment {
        match &mut self.act {
            Act::Find(target) | Act::Code(target) => {
                target.subject = stands_for(target.subject);
                target.party = target.party.map(stands_for);
                if let Some(Value::Mention(id)) = &mut target.value {
                    *id = stands_for(*id);
                }
            }
            Act::Same(a, b) | Act::NotSame(a, b) | Act::Unsure(a, b) | Act::Unrelated(a, b) => {
                (*a, *b) = (stands_for(*a), stands_for(*b));
            }
            Act::Correct { by, .. } => **by = by.as_ref().clone().referring(stands_for),
            Act::Accept(_)
            | Act::Reject(_)
            | Act::Retract(_)
            | Act::Withdraw { .. }
            | Act::Dated { .. }
            | Act::Grade { .. }
            | Act::Credit { .. }
            | Act::Undo => {}
        }
        self
    }

    /// Gives the judgment the id that its content demands.
    #[must_use]
    pub fn sealed(mut self) -> Judgment {
        let key = Fingerprint::new("judgment").field(self.by.as_bytes());
        let key = key.field(self.reason.as_bytes()).field(self.act.name().as_bytes());
        let key = self
            .cites
            .iter()
            .fold(key.number(self.cites.len() as u64), |key, id| key.number(id.bits()));
        let key = self
            .supersedes
            .iter()
            .fold(key.number(self.supersedes.len() as u64), |key, id| key.number(id.bits()));
        let key = match &self.act {
            Act::Accept(id) | Act::Reject(id) | Act::Retract(id) => key.number(id.bits()),
            Act::Correct { assertion, by } => key.number(assertion.bits()).number(by.id.bits()),
            Act::Withdraw { assertion, on } => {
                key.number(assertion.bits()).field(on.as_str().as_bytes())
            }
            Act::Find(target) | Act::Code(target) => target.add_to(key),
            Act::Same(a, b) | Act::NotSame(a, b) | Act::Unsure(a, b) | Act::Unrelated(a, b) => {
                key.number((*a).min(*b).bits()).number((*a).max(*b).bits())
            }
            Act::Dated { document, published } => {
                key.number(document.bits()).field(published.as_str().as_bytes())
            }
            Act::Grade { source, reliability } => {
                key.field(source.as_bytes()).field(reliability.to_string().as_bytes())
            }
            Act::Credit { assertion, credibility } => {
                key.number(assertion.bits()).field(credibility.to_string().as_bytes())
            }
            Act::Undo => key,
        };
        self.id = JudgmentId::of(key);
        self
    }
}

impl Target {
    /// The mentions that its value and its party are.
    pub fn referred(&self) -> impl Iterator<Item = MentionId> {
        self.value.as_ref().and_then(Value::mention).into_iter().chain(self.party)
    }

    fn add_to(&self, key: Fingerprint) -> Fingerprint {
        let key = key.number(self.subject.bits()).field(self.variable.name().as_bytes());
        let key = key.number(self.party.map_or(u64::MAX, MentionId::bits));
        let key = match &self.value {
            None => key.number(0),
            Some(value) => value.add_to(key.number(1)),
        };
        self.rests_on
            .iter()
            .fold(key.number(self.rests_on.len() as u64), |key, id| key.number(id.bits()))
    }
}
