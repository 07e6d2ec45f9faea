//! Counts: a definition and the records of a casebook in, units in their places out.
//!
//! [`Definition::place`] puts one unit in, out, unknown, contested, apart or outside, once resting
//! on findings only and once on proposals too; [`Tally`] adds the places up. What each word means
//! to a user stands in docs/counts.md.
//!
//! Invariants: in, out, unknown and contested add up to the denominator; what is in or out strictly
//! is so leniently; the order of units changes nothing.

mod asks;
mod claims;
mod definition;
mod evidence;
mod known;
mod place;
mod tally;
mod test;
mod truth;
mod typed;

pub use definition::{Admission, Condition, Definition, Level, Party, Test, Unit, Who};
pub use evidence::{Asked, Ground, Reading, Why};
pub use known::{Case, Identity, Known, Named, Part, SetRecord, Subject, UnitId};
pub use place::{Mark, Place, Placed, Placing};
pub use tally::{Amount, Tallies, Tally};
pub use truth::Truth;

pub(crate) use evidence::Rules;
pub(crate) use typed::Stated;
