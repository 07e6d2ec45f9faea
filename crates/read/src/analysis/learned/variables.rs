//! Variables of incidents and of those in them, as the key of MUC-4 has them: each a question with
//! a few answers, put to one or several phrases of a text.
//!
//! What is seen of the phrases is made beside this ([`asked`](super::asked)). All are one file of
//! weights ([`Chain::joined`](throughline_linear::Chain::joined)); a question's number is part of
//! each of its features.

use std::ops::Range;

use throughline_linear::Sequence;

use super::models::Weights;

/// A question and its answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    /// What it is called.
    pub name: &'static str,
    /// The answers, by number; an empty one is that there is nothing to say.
    pub values: &'static [&'static str],
}

const fn variable(name: &'static str, values: &'static [&'static str]) -> Variable {
    Variable { name, values }
}

const YES: [&str; 2] = ["no", "yes"];

/// The variables, by number.
pub const ALL: [Variable; 18] = [
    variable("kind", &ALL_KINDS),
    variable("stage", &["ACCOMPLISHED", "ATTEMPTED", "THREATENED"]),
    variable("category", &["", "TERRORIST ACT", "STATE-SPONSORED VIOLENCE"]),
    variable(
        "confidence",
        &[
            "REPORTED AS FACT",
            "SUSPECTED OR ACCUSED",
            "SUSPECTED OR ACCUSED BY AUTHORITIES",
            "CLAIMED OR ADMITTED",
            "POSSIBLE",
        ],
    ),
    variable("weapon", &WEAPONS),
    variable("unnamed weapon", &WEAPONS),
    variable(
        "target",
        &[
            "OTHER",
            "COMMERCIAL",
            "TRANSPORT VEHICLE",
            "ENERGY",
            "GOVERNMENT OFFICE OR RESIDENCE",
            "ORGANIZATION OFFICE",
            "COMMUNICATIONS",
            "FINANCIAL",
            "CIVILIAN RESIDENCE",
            "DIPLOMAT OFFICE OR RESIDENCE",
            "TRANSPORTATION ROUTE",
            "POLITICAL FIGURE OFFICE OR RESIDENCE",
            "LAW ENFORCEMENT FACILITY",
        ],
    ),
    variable(
        "damage",
        &["", "SOME DAMAGE", "DESTROYED", "NO DAMAGE", "PROPERTY TAKEN FROM TARGET"],
    ),
    variable("how many targets", &NUMBERS),
    variable(
        "person",
        &[
            "CIVILIAN",
            "POLITICAL FIGURE",
            "GOVERNMENT OFFICIAL",
            "LAW ENFORCEMENT",
            "LEGAL OR JUDICIAL",
            "ACTIVE MILITARY",
            "SECURITY GUARD",
            "FORMER GOVERNMENT OFFICIAL",
            "DIPLOMAT",
            "FORMER ACTIVE MILITARY",
        ],
    ),
    variable(
        "harm",
        &["", "DEATH", "INJURY", "NO INJURY OR DEATH", "NO INJURY", "REGAINED FREEDOM", "NO DEATH"],
    ),
    variable("how many people", &NUMBERS),
    variable("is described so", &YES),
    variable("is of the day", &YES),
    variable("is at the place", &YES),
    variable("are of one incident", &YES),
    variable("kind of one", &ALL_KINDS),
    variable("is told", &YES),
];

const ALL_KINDS: [&str; 6] =
    ["attack", "bombing", "kidnapping", "arson", "robbery", "forced work stoppage"];

const NUMBERS: [&str; 3] = ["1", "PLURAL", "WRITTEN"];

const WEAPONS: [&str; 14] = [
    "",
    "BOMB",
    "GUN",
    "DYNAMITE",
    "EXPLOSIVE",
    "MACHINE GUN",
    "VEHICLE BOMB",
    "MORTAR",
    "RIFLE",
    "GRENADE",
    "AERIAL BOMB",
    "TORTURE",
    "CUTTING DEVICE",
    "ROCKET",
];

/// What kind of incident it is.
pub const KIND: usize = 0;
/// Whether it was done, tried or threatened.
pub const STAGE: usize = 1;
/// Who does such things: those whom the key calls terrorists, or a state.
pub const CATEGORY: usize = 2;
/// How firmly an organisation is blamed.
pub const CONFIDENCE: usize = 3;
/// What a weapon is.
pub const WEAPON: usize = 4;
/// What it was done with, where no phrase names that.
pub const UNNAMED_WEAPON: usize = 5;
/// What a target is.
pub const TARGET: usize = 6;
/// What became of it.
pub const DAMAGE: usize = 7;
/// How many a phrase stands for.
pub const TARGETS: usize = 8;
/// What somebody who suffered is.
pub const PERSON: usize = 9;
/// What became of him.
pub const HARM: usize = 10;
/// How many a phrase stands for.
pub const PEOPLE: usize = 11;
/// Whether a phrase describes a name.
pub const DESCRIBED: usize = 12;
/// Whether it was on that day.
pub const DAY: usize = 13;
/// Whether it was there.
pub const PLACE: usize = 14;
/// Whether two are of one incident.
pub const SAME: usize = 15;
/// Of what kind of incident one is.
pub const KIND_OF_ONE: usize = 16;
/// Whether a text tells of an incident.
pub const TOLD: usize = 17;

/// A phrase and the word that heads it.
pub type Said = (Range<usize>, usize);

/// How probable the answers to a question are.
pub fn shares(variable: usize, seen: &Sequence, weights: &Weights<'_>) -> Vec<f32> {
    let before: usize = ALL[..variable].iter().map(|one| one.values.len()).sum();
    weights.variables.among(seen, before..before + ALL[variable].values.len())
}

/// The likeliest answer.
pub fn best(shares: &[f32]) -> usize {
    (0..shares.len()).fold(0, |a, b| if shares[b] > shares[a] { b } else { a })
}
