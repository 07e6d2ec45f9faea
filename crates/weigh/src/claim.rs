//! Claims of responsibility: what can be told of one, feature by feature, and what came of all that
//! one claimant made.
//!
//! A claim gets no score and no verdict. [`features`] tells what each feature is and what it rests
//! on; a [`Scheme`], read from a file, says in which direction published work takes each value to
//! point; [`outcome`] says what is held today of the claimant's hand in the incident.
//!
//! Pure: everything that bears on a claim is given in [`Around`].

mod details;
mod features;
mod outcome;
mod scheme;

pub use details::{Detail, Public};
pub use features::{Around, Feature, FeatureKind, Found, Other, Perpetrator, Told, features};
pub use outcome::{Outcome, OutcomeKind, outcome};
pub use scheme::{FeatureNote, Pointer, Points, Scheme};
