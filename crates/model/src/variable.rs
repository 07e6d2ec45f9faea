//! What can be asserted of a subject.

use crate::{MentionId, SubjectKind, Value, ValueShape};

/// One element of a group's or handler's hand in an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Element {
    /// Drawn by propaganda or ideology.
    Inspired,
    /// Answered a general call.
    AnsweredCall,
    /// Pledged allegiance.
    Pledged,
    /// Was in contact.
    InContact,
    /// Was told what to do, by whatever way: instructed, directed, coached.
    Instructed,
    /// Was guided on whom or what to attack.
    GuidedTarget,
    /// Was guided on how.
    GuidedMethod,
    /// Was guided on when.
    GuidedTiming,
    /// Was given money.
    GaveMoney,
    /// Was given arms or explosives.
    GaveArms,
    /// Was trained.
    Trained,
    /// Had the attack planned for him, in whole or part.
    Planned,
    /// Was sent.
    Dispatched,
}

impl Element {
    /// All elements, from the loosest to the closest.
    pub const ALL: [Element; 13] = [
        Element::Inspired,
        Element::AnsweredCall,
        Element::Pledged,
        Element::InContact,
        Element::Instructed,
        Element::GuidedTarget,
        Element::GuidedMethod,
        Element::GuidedTiming,
        Element::GaveMoney,
        Element::GaveArms,
        Element::Trained,
        Element::Planned,
        Element::Dispatched,
    ];

    /// The element's name in typologies and on pages: `gave-money`.
    pub fn name(self) -> &'static str {
        let name = Variable::Involvement(self).name();
        name.split_once('.').map_or(name, |(_, element)| element)
    }

    /// The element with this name.
    pub fn from_name(name: &str) -> Option<Element> {
        Element::ALL.into_iter().find(|element| element.name() == name)
    }
}

macro_rules! variables {
    ($($(#[$doc:meta])* $name:ident $text:literal $subjects:ident $shape:ident;)*) => {
        /// What is asserted of a subject; each has one name, one shape and the kinds it is for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Variable {
            $($(#[$doc])* $name,)*
            /// One element of involvement; `party` is the group or handler. Shape: answer.
            Involvement(Element),
        }

        impl Variable {
            /// All variables without parameter, in the order of the manual.
            const PLAIN: &[Variable] = &[$(Variable::$name,)*];

            /// The variable's name in formats, definitions and on pages.
            pub fn name(self) -> &'static str {
                match self {
                    $(Variable::$name => $text,)*
                    Variable::Involvement(element) => match element {
                        Element::Inspired => "involvement.inspired",
                        Element::AnsweredCall => "involvement.answered-call",
                        Element::Pledged => "involvement.pledged",
                        Element::InContact => "involvement.in-contact",
                        Element::Instructed => "involvement.instructed",
                        Element::GuidedTarget => "involvement.guided-target",
                        Element::GuidedMethod => "involvement.guided-method",
                        Element::GuidedTiming => "involvement.guided-timing",
                        Element::GaveMoney => "involvement.gave-money",
                        Element::GaveArms => "involvement.gave-arms",
                        Element::Trained => "involvement.trained",
                        Element::Planned => "involvement.planned",
                        Element::Dispatched => "involvement.dispatched",
                    },
                }
            }

            /// The shape of its values.
            pub fn shape(self) -> ValueShape {
                match self {
                    $(Variable::$name => ValueShape::$shape,)*
                    Variable::Involvement(_) => ValueShape::Answer,
                }
            }

            /// The kinds of subject it is asserted of.
            pub fn subjects(self) -> &'static [SubjectKind] {
                match self {
                    $(Variable::$name => $subjects,)*
                    Variable::Involvement(_) => DEEDS,
                }
            }
        }
    };
}

use SubjectKind::{Claim, Group, Incident, Outlet, Person, Set};

const ANY: &[SubjectKind] = &SubjectKind::ALL;
const DEEDS: &[SubjectKind] = &[Incident, Set];
const SET: &[SubjectKind] = &[Set];
const CLAIM: &[SubjectKind] = &[Claim];
const PERSON: &[SubjectKind] = &[Person];
const ACTOR: &[SubjectKind] = &[Person, Group];
const OUTLET: &[SubjectKind] = &[Outlet, SubjectKind::Channel];
const PUBLISHER: &[SubjectKind] = &[Group, Outlet, SubjectKind::Channel, Person];

variables! {
    /// What the subject is called.
    Name "name" ANY Text;
    /// What the subject is described as: "Middle East analyst", "an encrypted messaging application".
    Description "description" ANY Text;
    /// What was done: bombing, shooting, stabbing, vehicle, arson, kidnapping, assault, siege, …
    Type "type" DEEDS Term;
    /// How far it came: planned, abandoned, foiled, failed, premature, executed, hoax.
    Stage "stage" DEEDS Term;
    /// When it happened.
    Date "date" DEEDS Date;
    /// Where it happened.
    Place "place" DEEDS Mention;
    /// What or whom it was aimed at.
    Target "target" DEEDS Text;
    /// What kind of target that is: head-of-state, minister, royal-family, police, justice, military,
    /// business, public, monument, …
    TargetType "target-type" DEEDS Term;
    /// With what.
    Weapon "weapon" DEEDS Text;
    /// How many were killed.
    Killed "killed" DEEDS Figure;
    /// How many were wounded.
    Wounded "wounded" DEEDS Figure;
    /// How many were arrested.
    Arrested "arrested" DEEDS Figure;
    /// Who did it, named or described.
    Perpetrator "perpetrator" DEEDS Mention;
    /// Who was killed or hurt, where named.
    Victim "victim" DEEDS Mention;
    /// The group to which it is ascribed.
    AscribedTo "ascribed-to" DEEDS Mention;
    /// The incident or set that it is a part or site of.
    PartOf "part-of" DEEDS Mention;
    /// Whether it was done alone, with helpers, or by a cell: alone, helpers, cell.
    Company "company" DEEDS Term;
    /// How closely it is linked to the group named as `party`, where only that is said: tenuous, direct, none.
    Link "link" DEEDS Term;
    /// How many belong to the set.
    Size "size" SET Figure;
    /// An incident of the set.
    Member "member" SET Mention;
    /// So many of the set have a property.
    Share "share" SET Share;
    /// Who speaks on responsibility.
    Claimant "claimant" CLAIM Mention;
    /// Through which outlet or channel.
    Through "through" CLAIM Mention;
    /// The incident spoken of.
    About "about" CLAIM Mention;
    /// What is done: claims, denies, praises, warns, blames, withdraws, none.
    ClaimAct "act" CLAIM Term;
    /// When the statement was made.
    Issued "issued" CLAIM Date;
    /// Its words.
    Wording "wording" CLAIM Text;
    /// The details it gives: none, some, or the detail itself in words.
    Details "details" CLAIM Text;
    /// How its wording is judged by the speaker: "carefully worded".
    Manner "manner" CLAIM Text;
    /// By what means it was made: letter, call-before, call-after, e-mail, note, video, online,
    /// personal, other.
    Mode "mode" CLAIM Term;
    /// The group that an outlet or channel belongs to.
    OutletOf "outlet-of" OUTLET Mention;
    /// Something passed on or published: a picture, a name, a film.
    Shared "shared" PUBLISHER Text;
    /// What a group asks of its followers.
    CallsFor "calls-for" ACTOR Text;
    /// A habit stated of a group or person: "almost never claims attacks …".
    Practice "practice" ACTOR Text;
    /// The body that a person belongs to or works for.
    Affiliation "affiliation" PERSON Mention;
    /// How old.
    Age "age" PERSON Figure;
    /// The named person that a description stands for: "the attacker" identified as a name.
    IdentifiedAs "identified-as" PERSON Mention;
    /// Part in the incident named as `party`: perpetrator, accomplice, suspect, victim, witness, none.
    Role "role" PERSON Term;
    /// Where proceedings stand: sought, arrested, released, charged, dropped, acquitted, convicted, …
    Procedure "procedure" PERSON Term;
    /// What became of the person: dead, executed, wounded, escaped, died-in-custody, suicide.
    Fate "fate" PERSON Term;
    /// That an accusation was wrong: cleared, misidentified.
    Cleared "cleared" PERSON Term;
    /// Whether the person went to the place named as `party`.
    TravelledTo "travelled-to" PERSON Answer;
    /// Whether the person belongs to the group named as `party`.
    MemberOf "member-of" PERSON Answer;
    /// Whether the person pledged allegiance to the group named as `party`.
    PledgedTo "pledged-to" PERSON Answer;
    /// Whether the person was in contact with the subject named as `party`.
    ContactWith "contact-with" PERSON Answer;
    /// Whether the person is kin of the subject named as `party`.
    KinOf "kin-of" PERSON Answer;
    /// What was admitted, to whom it was ascribed: "confessed to the murder".
    Confession "confession" PERSON Text;
    /// A statement kept in its words, where no other variable fits.
    Statement "statement" ANY Text;
}

impl Variable {
    /// All variables.
    pub fn all() -> impl Iterator<Item = Variable> {
        let plain = Variable::PLAIN.iter().copied();
        plain.chain(Element::ALL.into_iter().map(Variable::Involvement))
    }

    /// The kinds of which a value that is a mention may be.
    pub fn values(self) -> &'static [SubjectKind] {
        use SubjectKind::{Channel, Outlet, Place};
        match self {
            Variable::Place => &[Place],
            Variable::Perpetrator | Variable::Victim => ACTOR,
            Variable::IdentifiedAs => PERSON,
            Variable::PartOf | Variable::Member | Variable::About => DEEDS,
            Variable::Claimant | Variable::AscribedTo | Variable::Through | Variable::OutletOf => {
                PUBLISHER
            }
            Variable::Affiliation => &[Group, Outlet, Channel, Place],
            _ => &[],
        }
    }

    /// The kinds of which the other of a relation may be.
    pub fn parties(self) -> &'static [SubjectKind] {
        match self {
            Variable::Role => DEEDS,
            Variable::TravelledTo => &[SubjectKind::Place],
            Variable::KinOf => PERSON,
            Variable::MemberOf
            | Variable::PledgedTo
            | Variable::Link
            | Variable::Involvement(_) => PUBLISHER,
            Variable::Killed | Variable::Wounded | Variable::Arrested => &[],
            _ => ANY,
        }
    }

    /// Why a value and a party cannot be said of a subject, by what kinds of things they are; `None` if
    /// they can.
    pub fn refuses(
        self,
        subject: MentionId,
        value: Option<&Value>,
        party: Option<MentionId>,
    ) -> Option<String> {
        let name = self.name();
        let kinds = |kinds: &[SubjectKind]| {
            let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
            names.join(" or ")
        };
        if !self.subjects().contains(&subject.kind()) {
            return Some(format!("{name} is not said of {}s", subject.kind().name()));
        }
        let value = value.and_then(Value::mention);
        if value == Some(subject) || party == Some(subject) {
            return Some(format!("{name} is not said of {subject} and itself"));
        }
        if let Some(other) = value.filter(|other| !self.values().contains(&other.kind())) {
            let wanted = kinds(self.values());
            return Some(format!(
                "{name} takes a {wanted}; {other} is of the kind {}",
                other.kind().name()
            ));
        }
        let party = party.filter(|other| !self.parties().contains(&other.kind()))?;
        let wanted = kinds(self.parties());
        if wanted.is_empty() {
            return Some(format!("{name} is in relation to nobody"));
        }
        Some(format!(
            "{name} is in relation to a {wanted}; {party} is of the kind {}",
            party.kind().name()
        ))
    }

    /// The variable with this name.
    pub fn from_name(name: &str) -> Option<Variable> {
        Variable::all().find(|variable| variable.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_names_one_variable() {
        for variable in Variable::all() {
            assert_eq!(Variable::from_name(variable.name()), Some(variable));
        }
        for element in Element::ALL {
            assert_eq!(Element::from_name(element.name()), Some(element));
        }
    }
}
