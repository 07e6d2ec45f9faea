//! What the values held of a unit say of one condition.

use throughline_model::{Basis, Holding, MentionId, Value, Variable};

use super::known::{Identity, Known, Subject};
use super::test::{is_known, passes};
use super::{Admission, Test, Truth, Who};
use crate::is_single;

/// How much a count rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reading {
    /// On findings only.
    Strict,
    /// On findings, accepted readings and proposals.
    Lenient,
}

/// What was asked of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The value of a variable.
    Variable(Variable),
    /// Whether it is a member of the set.
    Set(Who),
    /// Whether it is part of another incident.
    Level,
    /// Whether the person is a perpetrator of the incident, and none of the others.
    Perpetrator,
    /// The toll that is summed.
    Toll,
    /// Whether a claim is about the incident.
    Claim,
    /// Under which class of the typology of this name the incident stands.
    Typology(String),
}

/// Why a value decides, or does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It passes or fails.
    Decides,
    /// It is contested, and every value put forward passes, or none does.
    EitherWay,
    /// Nothing is held.
    Nothing,
    /// It is said, and nobody has found it.
    NotFound,
    /// Every speaker says it with reserve.
    Hedged,
    /// Only headlines, pull-quotes and repetitions say it.
    Copied,
    /// Too few first speakers stand behind it.
    TooFewVoices,
    /// It is said or found not to be known.
    Unknowable,
    /// It lies partly inside what is asked.
    Partly,
    /// In relation to whom is not said.
    NoParty,
    /// Speakers contradict each other.
    Disputed,
    /// The person is only described, and may be another perpetrator.
    Described,
    /// Not all members of the set are known.
    MembersUnknown,
    /// It follows from what is held of another element of involvement.
    Implied,
}

impl Why {
    /// The reason's name in formats.
    pub fn name(self) -> &'static str {
        match self {
            Why::Decides => "decides",
            Why::EitherWay => "either-way",
            Why::Nothing => "nothing-held",
            Why::NotFound => "not-found",
            Why::Hedged => "hedged",
            Why::Copied => "copied",
            Why::TooFewVoices => "too-few-voices",
            Why::Unknowable => "not-known",
            Why::Partly => "partly",
            Why::NoParty => "no-party",
            Why::Disputed => "disputed",
            Why::Described => "described",
            Why::MembersUnknown => "members-unknown",
            Why::Implied => "implied",
        }
    }
}

/// One value, or the lack of one, on which the place of a unit rests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// What was asked.
    pub asked: Asked,
    /// What is held; `None` if nothing is.
    pub held: Option<Holding>,
    /// What it says of the condition.
    pub truth: Truth,
    /// Why.
    pub why: Why,
    /// Whether it hangs on an identity that is only proposed.
    pub identity: Identity,
    /// The claim about the incident that it is held of, where one was asked for.
    pub claim: Option<MentionId>,
}

impl Ground {
    /// A ground without a value.
    pub(super) fn none(asked: Asked, truth: Truth, why: Why) -> Ground {
        Ground { asked, held: None, truth, why, identity: Identity::Reviewed, claim: None }
    }
}

/// What is said of a condition, and the grounds that decide it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) truth: Truth,
    pub(crate) grounds: Vec<Ground>,
}

impl Verdict {
    pub(super) fn of(ground: Ground) -> Verdict {
        Verdict { truth: ground.truth, grounds: vec![ground] }
    }

    /// All or any of several; of the grounds, those that say what the whole says.
    pub(crate) fn combine(
        parts: Vec<Verdict>,
        truth: fn(&mut dyn Iterator<Item = Truth>) -> Truth,
    ) -> Verdict {
        let truth = truth(&mut parts.iter().map(|part| part.truth));
        let deciding = parts.into_iter().filter(|part| part.truth == truth);
        Verdict { truth, grounds: deciding.flat_map(|part| part.grounds).collect() }
    }

    pub(crate) fn turned(mut self) -> Verdict {
        self.truth = !self.truth;
        for ground in &mut self.grounds {
            ground.truth = !ground.truth;
        }
        self
    }
}

/// By what rules values are admitted.
#[derive(Clone, Copy)]
pub(crate) struct Rules<'r> {
    pub(crate) reading: Reading,
    pub(crate) admission: Admission,
    pub(crate) known: &'r Known<'r>,
}

impl Rules<'_> {
    /// Why a value does not count, if it does not.
    pub(super) fn refuses(self, holding: &Holding) -> Option<Why> {
        let found = matches!(holding.basis, Basis::Finding(_));
        if self.reading == Reading::Strict && !found {
            return Some(Why::NotFound);
        }
        if found && !self.admission.findings_too {
            return None;
        }
        if holding.is_weak() && !self.admission.hedged {
            return Some(if holding.hedged { Why::Hedged } else { Why::Copied });
        }
        (holding.voices < self.admission.voices).then_some(Why::TooFewVoices)
    }

    /// What one value says, and whether it counts.
    pub(super) fn piece<'h>(
        self,
        holding: &'h Holding,
        test: &Test,
        subject: Subject,
    ) -> Piece<'h> {
        let (truth, identity) = passes(test, holding.value.as_ref(), self.known, subject.names);
        let why = match (truth, &holding.value) {
            (Truth::Unknown, Some(value)) if is_known(value) => Why::Partly,
            (Truth::Unknown, _) => Why::Unknowable,
            _ => Why::Decides,
        };
        let (truth, why, weak) = match holding.contested {
            true => self.disputed(truth, holding, test, subject),
            false => (truth, why, false),
        };
        let refused = self.refuses(holding);
        Piece { held: holding, truth, why, identity, refused, weak }
    }

    /// What a contested value says: the same as every rival, or nothing that is settled. The last
    /// tells whether the dispute is whether a value is held that would not pass anyway.
    fn disputed(
        self,
        truth: Truth,
        holding: &Holding,
        test: &Test,
        subject: Subject,
    ) -> (Truth, Why, bool) {
        let unasked = !is_single(holding.variable) && truth == Truth::No;
        let agree = |rival: &Option<Value>| {
            rival.is_some() && passes(test, rival.as_ref(), self.known, subject.names).0 == truth
        };
        match truth.is_decided() && holding.rivals.iter().all(agree) {
            true => (truth, Why::EitherWay, false),
            false => (Truth::Contested, Why::Disputed, unasked),
        }
    }

    /// Whether one of the values passes: a value that counts and passes decides; one that passes
    /// and does not count, or that may pass, leaves it open; else those that count and fail decide.
    ///
    /// So what findings decide, more evidence cannot decide otherwise.
    pub(super) fn any_passes(self, pieces: &[Piece], asked: &Asked, of_none: Truth) -> Verdict {
        let Some(decisive) = pieces.iter().map(Piece::bearing).min() else {
            return Verdict::of(Ground::none(asked.clone(), of_none, Why::Nothing));
        };
        let (_, truth) = decisive;
        let grounds = pieces
            .iter()
            .filter(|piece| piece.bearing() == decisive)
            .map(|piece| piece.said(asked, truth))
            .collect();
        Verdict { truth, grounds }
    }
}

/// One value, what it says, and whether it counts.
pub(super) struct Piece<'h> {
    pub(super) held: &'h Holding,
    /// What it says of the condition, and why.
    pub(super) truth: Truth,
    pub(super) why: Why,
    /// Whether it hangs on an identity that is only proposed.
    pub(super) identity: Identity,
    pub(super) refused: Option<Why>,
    /// It would not pass, and whether it is held is contested.
    pub(super) weak: bool,
}

impl Piece<'_> {
    /// How the value bears on whether any value passes: the least rank decides.
    fn bearing(&self) -> (u8, Truth) {
        let counts = self.refused.is_none();
        match (self.truth, counts) {
            (Truth::Contested, _) if self.weak => (4, Truth::Contested),
            (Truth::Yes, true) => (0, Truth::Yes),
            (Truth::Contested, _) => (1, Truth::Contested),
            (Truth::Unknown, _) | (Truth::Yes, false) => (2, Truth::Unknown),
            (Truth::No, true) => (3, Truth::No),
            (Truth::No, false) => (5, Truth::Unknown),
        }
    }

    /// The ground, as it bears on the whole. Made of those that decide alone: what is held of a unit may
    /// rest on very many assertions.
    fn said(&self, asked: &Asked, truth: Truth) -> Ground {
        let refused = self.refused.filter(|_| self.truth.is_decided());
        Ground {
            asked: asked.clone(),
            held: Some(self.held.clone()),
            truth,
            why: refused.unwrap_or(self.why),
            identity: self.identity,
            claim: None,
        }
    }
}
