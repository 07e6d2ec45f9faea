//! Places: the names of places in a report, each to an entry of a gazetteer.
//!
//! Input: [`Report`]s of one source, each a text with the spans of its toponyms. Output: for each
//! toponym the [`Placed`] entry with its chance and its reasons, or none. What an entry is stands
//! in the [`Gazetteer`], which ships: point, [`Precision`] and radius, country and area.
//!
//! A name is looked up whole, then without words for a part or a kind ([`Candidate`]); each entry
//! has values by itself ([`alone`]), then others that hang on what the other names of the report and
//! of its source most likely mean ([`together`]). Weights of logistic regression make chances of
//! them, twice over, and at last how sure it is that the likeliest is the place meant ([`sure`]).
//!
//! Invariants: the same name is the same place throughout a report; the order of reports changes
//! nothing; whatever text comes, nothing fails. Whole numbers decide, so that every machine decides
//! alike. [`find`] adds names to those that a reader of names gives; it knows no streets.
//! [`outlines`] has the shapes of countries, for what is drawn on maps.
//!
//! Pure: no clock, no files, no hash order. [`ATTRIBUTION`] stands wherever its places are shown.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod analysis;
mod beside;
mod candidates;
mod context;
mod entry;
mod feature;
mod find;
mod fold;
pub mod gazetteer;
mod home;
pub mod outlines;
mod place;
mod source;
mod sure;
pub mod weights;

pub use analysis::{Analysis, Name, Report};
pub use candidates::{Candidate, Cut};
pub use context::{Chances, TOGETHER, TOGETHER_NAMES, together};
pub use entry::{Entry, Kind, Point, Precision};
pub use feature::{ALONE, ALONE_NAMES, alone};
pub use find::{Read, find};
pub use gazetteer::{ATTRIBUTION, Bears, EntryId, Gazetteer};
pub use home::Home;
pub use place::{Model, Placed, ROUNDS, Reason, Reports, best, place};
pub use sure::{SURE, SURE_NAMES, sure};
