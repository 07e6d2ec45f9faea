//! What is counted: the unit, the denominator, and what puts a unit in.

use std::collections::BTreeSet;
use std::sync::Arc;

use throughline_model::{Edtf, Element, MentionId, SubjectKind, Variable};

use crate::typology::Typology;

/// A question put as a count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// What one unit is.
    pub unit: Unit,
    /// Of incidents: whole attacks, single sites, or both.
    pub level: Level,
    /// The toll that is summed over the incidents, instead of counting them.
    pub sum: Option<Variable>,
    /// What evidence counts where nobody has found.
    pub admission: Admission,
    /// What puts a unit into the denominator.
    pub of: Condition,
    /// What puts a unit of the denominator in.
    pub within: Condition,
}

impl Definition {
    /// The variables whose values may put a unit elsewhere, or change the sum.
    pub fn variables(&self) -> BTreeSet<Variable> {
        let mut found: BTreeSet<Variable> = self.sum.into_iter().collect();
        self.of.collect(&mut found);
        self.within.collect(&mut found);
        found
    }

    /// The variables that are looked at where units are placed: those, and what tells which units there
    /// are, when they happened and what belongs to them. What is held of others changes nothing but that
    /// somebody has judged it.
    pub fn looked_at(&self) -> BTreeSet<Variable> {
        use Variable as V;
        let mut found = self.variables();
        found.extend([
            V::Date,
            V::Issued,
            V::About,
            V::Perpetrator,
            V::IdentifiedAs,
            V::PartOf,
            V::Member,
            V::Size,
        ]);
        found
    }
}

/// What one unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// An incident.
    Incident,
    /// One perpetrator's part in one incident.
    Perpetrator,
    /// A person.
    Person,
    /// A claim.
    Claim,
}

impl Unit {
    /// All units.
    pub const ALL: [Unit; 4] = [Unit::Incident, Unit::Perpetrator, Unit::Person, Unit::Claim];

    /// The unit's name in definitions.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Incident => "incident",
            Unit::Perpetrator => "perpetrator",
            Unit::Person => "person",
            Unit::Claim => "claim",
        }
    }

    /// The records over which a count goes.
    pub fn kind(self) -> SubjectKind {
        match self {
            Unit::Incident | Unit::Perpetrator => SubjectKind::Incident,
            Unit::Person => SubjectKind::Person,
            Unit::Claim => SubjectKind::Claim,
        }
    }

    /// The kinds of subject whose variables a condition may ask for.
    pub fn kinds(self) -> &'static [SubjectKind] {
        match self {
            Unit::Incident => &[SubjectKind::Incident],
            Unit::Perpetrator => &[SubjectKind::Incident, SubjectKind::Person],
            Unit::Person => &[SubjectKind::Person],
            Unit::Claim => &[SubjectKind::Claim],
        }
    }

    /// Whether a condition on a unit may ask for a variable.
    pub fn has(self, variable: Variable) -> bool {
        variable.subjects().iter().any(|kind| self.kinds().contains(kind))
    }
}

/// Which incidents are units: an attack on three sites is one whole and three parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// Incidents that are part of no other incident.
    #[default]
    Whole,
    /// Incidents that are part of another.
    Part,
    /// All.
    Any,
}

impl Level {
    /// All levels.
    pub const ALL: [Level; 3] = [Level::Whole, Level::Part, Level::Any];

    /// The level's name in definitions.
    pub fn name(self) -> &'static str {
        match self {
            Level::Whole => "whole",
            Level::Part => "part",
            Level::Any => "any",
        }
    }
}

/// What evidence counts where nobody has found. A finding settles, whatever it rests on, unless
/// `findings_too` is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admission {
    /// Whether values count that every speaker gives with reserve.
    pub hedged: bool,
    /// How many first speakers must stand behind a value.
    pub voices: u32,
    /// Whether both apply to findings as well.
    pub findings_too: bool,
}

impl Default for Admission {
    fn default() -> Admission {
        Admission { hedged: false, voices: 1, findings_too: false }
    }
}

/// A condition on a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Every one holds; of none: it holds.
    All(Vec<Condition>),
    /// At least one holds; of none: it does not.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// A value held of the unit passes a test.
    Value {
        /// Of which variable.
        variable: Variable,
        /// In relation to whom.
        party: Party,
        /// What is asked of the value.
        test: Test,
    },
    /// The incident is a member of a set.
    Set(Who),
    /// Somebody is known to have spoken of the incident, in a claim of which a condition holds.
    Claim {
        /// What is asked of the claim.
        of: Box<Condition>,
        /// How many days after the incident it may have been made at the latest.
        days: Option<u32>,
    },
    /// The incident stands under one of some classes of a typology.
    Typology {
        /// The typology.
        typology: Arc<Typology>,
        /// The classes, by name.
        classes: Vec<String>,
        /// In relation to whom.
        party: Party,
    },
}

impl Condition {
    /// Adds the variables that the condition asks for.
    fn collect(&self, found: &mut BTreeSet<Variable>) {
        match self {
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().for_each(|part| part.collect(found));
            }
            Condition::Not(part) => part.collect(found),
            Condition::Value { variable, .. } => {
                found.insert(*variable);
            }
            Condition::Set(_) => {
                found.insert(Variable::Member);
            }
            Condition::Claim { of, .. } => {
                found.insert(Variable::About);
                of.collect(found);
            }
            // What one element says of others is the typology's own affair: any may decide.
            Condition::Typology { .. } => {
                found.extend(Element::ALL.into_iter().map(Variable::Involvement));
            }
        }
    }
}

/// In relation to whom a value is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Party {
    /// Whomever, or nobody.
    Anyone,
    /// One of these.
    Named(Vec<Who>),
    /// The incident of the unit, for a perpetrator in an incident.
    ThisIncident,
}

/// A record that a definition names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// By its name, or any other name it goes by.
    Named(String),
    /// By the id of one of its mentions.
    Record(MentionId),
}

/// What is asked of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// Whether a known value is held at all. A question about the casebook, not about the world.
    Given(bool),
    /// Whether the answer is yes, to whomever the party allows; or no, to all of them.
    Answer(bool),
    /// A term is one of these.
    Terms(Vec<String>),
    /// A text is one of these, word for word.
    Texts(Vec<String>),
    /// A text or a name holds one of these phrases in whole words.
    Contains(Vec<String>),
    /// A subject is one of these.
    Subjects(Vec<Who>),
    /// A date lies within this one.
    Within(Edtf),
    /// A date lies before this one begins.
    Before(Edtf),
    /// A date lies after this one ends.
    After(Edtf),
    /// A date lies no more than so many days after this one, and not before it.
    Follows(Edtf, u32),
    /// A figure lies between these, both included.
    Between(u32, u32),
}

impl Condition {
    /// Every record that the condition names.
    pub fn names(&self) -> Vec<&Who> {
        match self {
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().flat_map(Condition::names).collect()
            }
            Condition::Not(part) | Condition::Claim { of: part, .. } => part.names(),
            Condition::Set(_) => Vec::new(),
            Condition::Typology { party, .. } => party.named().iter().collect(),
            Condition::Value { party, test, .. } => {
                let parties = party.named();
                let values = match test {
                    Test::Subjects(named) => named.as_slice(),
                    _ => &[],
                };
                parties.iter().chain(values).collect()
            }
        }
    }

    /// Whether the condition asks for claims about an incident.
    pub fn asks_for_claims(&self) -> bool {
        match self {
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().any(Condition::asks_for_claims)
            }
            Condition::Not(part) => part.asks_for_claims(),
            Condition::Claim { .. } => true,
            Condition::Set(_) | Condition::Value { .. } | Condition::Typology { .. } => false,
        }
    }

    /// Every typology that the condition asks for.
    pub fn typologies(&self) -> Vec<&Typology> {
        match self {
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().flat_map(Condition::typologies).collect()
            }
            Condition::Not(part) | Condition::Claim { of: part, .. } => part.typologies(),
            Condition::Typology { typology, .. } => vec![typology],
            Condition::Set(_) | Condition::Value { .. } => Vec::new(),
        }
    }

    /// Every term that the condition asks for, with its variable.
    pub fn terms(&self) -> Vec<(Variable, &str)> {
        match self {
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().flat_map(Condition::terms).collect()
            }
            Condition::Not(part) | Condition::Claim { of: part, .. } => part.terms(),
            Condition::Value { variable, test: Test::Terms(terms), .. } => {
                terms.iter().map(|term| (*variable, term.as_str())).collect()
            }
            Condition::Set(_) | Condition::Value { .. } | Condition::Typology { .. } => Vec::new(),
        }
    }

    /// Every set that the condition names.
    pub fn sets(&self) -> Vec<&Who> {
        match self {
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().flat_map(Condition::sets).collect()
            }
            Condition::Not(part) | Condition::Claim { of: part, .. } => part.sets(),
            Condition::Set(set) => vec![set],
            Condition::Value { .. } | Condition::Typology { .. } => Vec::new(),
        }
    }
}

impl Party {
    /// The records that it names.
    fn named(&self) -> &[Who] {
        match self {
            Party::Named(named) => named,
            Party::Anyone | Party::ThisIncident => &[],
        }
    }
}
