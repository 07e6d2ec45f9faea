//! Which values tie a subject to another, and how far such a tie leads.

use throughline_model::{
    Answer, Assertion, Holding, MentionId, Stance, Value, ValueShape, Variable,
};

/// The type of a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The value of a variable, or its party where the value is a yes.
    Of(Variable),
    /// A part in an incident.
    Role(Role),
}

/// A part in an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Who did it.
    Perpetrator,
    /// Who helped.
    Accomplice,
    /// Who is suspected.
    Suspect,
    /// Who was killed or hurt.
    Victim,
    /// Who saw it.
    Witness,
    /// Any other part.
    Other,
}

/// How far a tie leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// One side had to do with the other: a path counts it.
    Link,
    /// Both sides are one subject, or one a part of the other: a path goes along it and does not
    /// count it.
    Same,
    /// A circumstance that others may share by chance, such as a place: it leads nowhere, and weighs
    /// among what two incidents have in common.
    Circumstance,
}

impl Role {
    fn from_term(term: &str) -> Role {
        match term {
            "perpetrator" => Role::Perpetrator,
            "accomplice" => Role::Accomplice,
            "suspect" => Role::Suspect,
            "victim" => Role::Victim,
            "witness" | "bystander" => Role::Witness,
            _ => Role::Other,
        }
    }

    /// Its name along a line.
    pub fn name(self) -> &'static str {
        match self {
            Role::Perpetrator => "perpetrator",
            Role::Accomplice => "accomplice",
            Role::Suspect => "suspect",
            Role::Victim => "victim",
            Role::Witness => "witness",
            Role::Other => "had a part",
        }
    }
}

impl Kind {
    /// How far a tie of this type leads; `None` if it ties nobody.
    pub fn class(self) -> Option<Class> {
        use Variable as V;
        Some(match self {
            Kind::Role(Role::Victim | Role::Witness) => Class::Circumstance,
            Kind::Role(_) => Class::Link,
            Kind::Of(V::IdentifiedAs | V::PartOf | V::About) => Class::Same,
            Kind::Of(V::Place | V::Victim | V::Member) => Class::Circumstance,
            Kind::Of(
                V::Perpetrator | V::AscribedTo | V::Claimant | V::Through | V::OutletOf | V::Link,
            ) => Class::Link,
            Kind::Of(
                V::Affiliation | V::TravelledTo | V::MemberOf | V::PledgedTo | V::ContactWith,
            ) => Class::Link,
            Kind::Of(V::KinOf | V::Involvement(_)) => Class::Link,
            Kind::Of(_) => return None,
        })
    }

    /// Its words along a line.
    pub fn name(self) -> String {
        match self {
            Kind::Role(role) => role.name().to_owned(),
            Kind::Of(variable) => {
                let name = variable.name();
                name.strip_prefix("involvement.").unwrap_or(name).replace('-', " ")
            }
        }
    }

    /// Whether it reads alike in both directions.
    pub fn is_mutual(self) -> bool {
        matches!(self, Kind::Of(Variable::ContactWith | Variable::KinOf))
    }
}

/// What a value ties its subject to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tied {
    /// The other side.
    pub other: MentionId,
    /// The type.
    pub kind: Kind,
    /// Whether the value is that it is not so.
    pub denies: bool,
}

/// What a holding ties its record to; `None` if nothing. What is said not to be known ties nothing.
pub fn tied(holding: &Holding) -> Option<Tied> {
    of_value(holding.variable, holding.value.as_ref()?, holding.party)
}

/// What an assertion ties its subject to, as [`tied`], whoever says it and how surely.
pub fn kind_of(said: &Assertion) -> Option<Tied> {
    of_value(said.variable, &said.comes_to(), said.party)
}

fn of_value(variable: Variable, value: &Value, party: Option<MentionId>) -> Option<Tied> {
    let kind = Kind::Of(variable);
    match value {
        Value::Mention(other) => Some(Tied { other: *other, kind, denies: false }),
        Value::Answer(Answer::Unknown) => None,
        Value::Answer(answer) => Some(Tied { other: party?, kind, denies: *answer == Answer::No }),
        Value::Term(term) if matches!(variable, Variable::Role | Variable::Link) => {
            let kind = match variable {
                Variable::Role => Kind::Role(Role::from_term(term)),
                _ => kind,
            };
            Some(Tied { other: party?, kind, denies: term == "none" })
        }
        _ => None,
    }
}

/// Whether an assertion puts its value forward, with or without reserve, rather than denying it or
/// asking.
pub fn puts_forward(said: &Assertion) -> bool {
    match said.value.shape() {
        // A yes or no says what a denial comes to.
        ValueShape::Answer => true,
        _ => matches!(said.weakest(), Stance::Asserted | Stance::Hedged),
    }
}
