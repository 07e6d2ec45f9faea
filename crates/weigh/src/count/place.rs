//! Where a unit stands, why, and what of it is not reviewed.

use std::collections::BTreeSet;

use throughline_model::{Basis, Holding};

use super::asks::Toll;
use super::evidence::{Ground, Reading, Rules, Verdict};
use super::known::{Case, Identity, Known};
use super::{Condition, Definition, Level, Truth, UnitId};

/// Where a unit stands in a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// In the denominator, and in.
    In,
    /// In the denominator, and out.
    Out,
    /// In the denominator; whether it is in is not known.
    Unknown,
    /// In the denominator; whether it is in is contested.
    Contested,
    /// Whether it is in the denominator is not known, or contested.
    Apart,
    /// Not in the denominator.
    Outside,
}

impl Place {
    /// The places that add up to the denominator.
    pub const COUNTED: [Place; 4] = [Place::In, Place::Out, Place::Unknown, Place::Contested];
    /// The places of which lists are kept.
    pub const LISTED: [Place; 5] =
        [Place::In, Place::Out, Place::Unknown, Place::Contested, Place::Apart];

    /// The place's name in formats and on pages.
    pub fn name(self) -> &'static str {
        match self {
            Place::In => "in",
            Place::Out => "out",
            Place::Unknown => "unknown",
            Place::Contested => "contested",
            Place::Apart => "apart",
            Place::Outside => "outside",
        }
    }

    /// The place with this name.
    pub fn from_name(name: &str) -> Option<Place> {
        Place::LISTED.into_iter().chain([Place::Outside]).find(|place| place.name() == name)
    }
}

/// Why a figure is not final.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// It rests on what nobody has judged, or leaves open what nobody has judged.
    Proposal,
    /// A value is contested.
    Contested,
    /// A finding decides of which all evidence was rejected, retracted or taken back.
    Evidence,
    /// Units stand apart, and nobody has found that their place cannot be known.
    Denominator,
    /// Mentions of several documents were joined by a proposal.
    Identity,
    /// A sum lacks a toll, and nobody has found that it cannot be known.
    Toll,
    /// No record is called what the definition names.
    Name,
    /// The codebook has no such value as the definition asks for.
    Term,
}

impl Mark {
    /// All marks.
    pub const ALL: [Mark; 8] = [
        Mark::Proposal,
        Mark::Contested,
        Mark::Evidence,
        Mark::Denominator,
        Mark::Identity,
        Mark::Toll,
        Mark::Name,
        Mark::Term,
    ];

    /// The mark's name in formats and on pages.
    pub fn name(self) -> &'static str {
        match self {
            Mark::Proposal => "proposal",
            Mark::Contested => "contested",
            Mark::Evidence => "evidence",
            Mark::Denominator => "denominator",
            Mark::Identity => "identity",
            Mark::Toll => "toll",
            Mark::Name => "name",
            Mark::Term => "term",
        }
    }
}

/// Where a unit stands in one reading of a count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Where.
    pub place: Place,
    /// The values, or the lack of them, that put it there.
    pub grounds: Vec<Ground>,
    /// The values by which a unit of the denominator belongs there; nothing of others, whose place they
    /// decide.
    pub admitted: Vec<Ground>,
    /// Why it is not final.
    pub marks: BTreeSet<Mark>,
    /// What it adds, in a sum.
    pub(super) toll: Option<Toll>,
}

impl Placed {
    /// A unit that stands in a place without more being known of it.
    pub fn at(place: Place) -> Placed {
        Placed {
            place,
            grounds: Vec::new(),
            admitted: Vec::new(),
            marks: BTreeSet::new(),
            toll: None,
        }
    }

    /// As [`Placed::at`], with what it adds in a sum: at least, and at most where that is known.
    pub fn adding(place: Place, toll: Option<(u64, Option<u64>)>) -> Placed {
        Placed { toll: toll.map(|(least, most)| Toll { least, most }), ..Placed::at(place) }
    }

    /// What it adds in a sum, where that is known: at least, and at most.
    pub fn toll(&self) -> Option<(u64, Option<u64>)> {
        self.toll.map(|toll| (toll.least, toll.most))
    }
}

/// Where a unit stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placing {
    /// The unit.
    pub id: UnitId,
    /// Resting on findings only.
    pub strict: Placed,
    /// Resting on proposals too.
    pub lenient: Placed,
    /// Whether nobody has found that it is outside, and what is said puts it there.
    pub left_out: bool,
}

impl Placing {
    /// All grounds of either reading.
    pub fn grounds(&self) -> impl Iterator<Item = &Ground> {
        let both = [&self.strict, &self.lenient].into_iter();
        both.flat_map(|placed| placed.grounds.iter().chain(&placed.admitted))
    }
}

impl Definition {
    /// Where a unit stands.
    ///
    /// A unit that nobody has found inside or outside the denominator stands apart, unless what is
    /// said puts it outside: else every report of anything would stand apart from every count.
    pub fn place(&self, case: &Case, known: &Known) -> Placing {
        let mut strict = self.read(case, known, Reading::Strict);
        let lenient = self.read(case, known, Reading::Lenient);
        let left_out = strict.place == Place::Apart && lenient.place == Place::Outside;
        if left_out {
            strict = Placed::at(Place::Outside);
        }
        Placing { id: case.id(), strict, lenient, left_out }
    }

    fn read(&self, case: &Case, known: &Known, reading: Reading) -> Placed {
        let rules = Rules { reading, admission: self.admission, known };
        let mut parts = vec![rules.is_perpetrator(case)];
        match self.level {
            Level::Any => {}
            _ if case.main.record.id.kind() != throughline_model::SubjectKind::Incident => {}
            Level::Whole => parts.push(rules.is_part(case).turned()),
            Level::Part => parts.push(rules.is_part(case)),
        }
        parts.push(self.of.decide(rules, case));
        let of = Verdict::combine(parts, |parts| Truth::all(parts));
        let bears = |grounds: &[Ground]| marks(grounds, reading);
        let place = match of.truth {
            Truth::Yes => None,
            Truth::No => Some(Place::Outside),
            Truth::Unknown | Truth::Contested => Some(Place::Apart),
        };
        let mut marks = bears(&of.grounds);
        if let Some(place) = place {
            if place == Place::Apart && !of.grounds.iter().all(|one| is_settled(one, reading)) {
                marks.insert(Mark::Denominator);
            }
            return Placed { place, grounds: of.grounds, admitted: Vec::new(), marks, toll: None };
        }
        let within = self.within.decide(rules, case);
        let place = match within.truth {
            Truth::Yes => Place::In,
            Truth::No => Place::Out,
            Truth::Unknown => Place::Unknown,
            Truth::Contested => Place::Contested,
        };
        let mut grounds = within.grounds;
        marks.extend(bears(&grounds));
        if case.identity() == Identity::Proposed {
            marks.insert(Mark::Identity);
        }
        if !case.is_judged() {
            marks.insert(Mark::Proposal);
        }
        let mut toll = None;
        if let Some(variable) = self.sum {
            let (sum, of_toll) = rules.toll(case, variable);
            marks.extend(bears(&of_toll));
            if sum.is_none() && !of_toll.iter().all(|one| is_settled(one, reading)) {
                marks.insert(Mark::Toll);
            }
            toll = sum;
            grounds.extend(of_toll);
        }
        Placed { place, grounds, admitted: of.grounds, marks, toll }
    }
}

impl Condition {
    pub(super) fn decide(&self, rules: Rules, case: &Case) -> Verdict {
        let each =
            |parts: &[Condition]| parts.iter().map(|part| part.decide(rules, case)).collect();
        match self {
            Condition::All(parts) => Verdict::combine(each(parts), |parts| Truth::all(parts)),
            Condition::Any(parts) => Verdict::combine(each(parts), |parts| Truth::any(parts)),
            Condition::Not(part) => part.decide(rules, case).turned(),
            Condition::Value { variable, party, test } => rules.value(case, *variable, party, test),
            Condition::Set(set) => rules.member(case, set),
            Condition::Claim { of, days } => rules.claimed(case, of, *days),
            Condition::Typology { typology, classes, party } => {
                rules.typed(case, typology, classes, party)
            }
        }
    }
}

/// What of some grounds is not reviewed.
fn marks(grounds: &[Ground], reading: Reading) -> BTreeSet<Mark> {
    let mut marks = BTreeSet::new();
    for ground in grounds {
        if let Some(held) = &ground.held
            && !is_reviewed(held, reading)
        {
            marks.insert(Mark::Proposal);
        }
        if ground.held.as_ref().is_some_and(|held| held.evidence_gone) {
            marks.insert(Mark::Evidence);
        }
        if ground.truth == Truth::Contested {
            marks.insert(Mark::Contested);
        }
        if ground.identity == Identity::Proposed {
            marks.insert(Mark::Identity);
        }
    }
    marks
}

/// Whether it was found, or as far as the reading goes accepted, that something cannot be told.
fn is_settled(ground: &Ground, reading: Reading) -> bool {
    ground.truth != Truth::Contested
        && ground.held.as_ref().is_some_and(|held| is_reviewed(held, reading))
}

/// Whether a person stands behind a value as far as a reading of the count asks for it.
fn is_reviewed(holding: &Holding, reading: Reading) -> bool {
    match reading {
        Reading::Strict => matches!(holding.basis, Basis::Finding(_)),
        Reading::Lenient => holding.basis.is_reviewed(),
    }
}

impl Case<'_> {
    /// Whether a join by proposal between documents bears on the unit.
    fn identity(&self) -> Identity {
        let person = self.part.and_then(|part| part.subject);
        person.map_or(self.main.identity, |person| self.main.identity.max(person.identity))
    }

    /// Whether anybody has judged anything of the unit.
    fn is_judged(&self) -> bool {
        self.main.record.holdings.iter().any(|holding| holding.basis.is_reviewed())
    }
}
