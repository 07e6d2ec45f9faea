//! Weighing: assertions, judgments and dates in, values and counts out.
//!
//! [`Standing`] says which judgments are in force as of two dates; [`weigh`] chooses the values
//! held of one record from its assertions under that standing; [`count`] puts records in, out,
//! unknown or contested; [`typology`] and [`involvement`] say under which published class an
//! incident stands, and why; [`claim`] tells the features of claims of responsibility and what came
//! of them; [`agreement`] says how far coders agree, [`likelihood`]
//! what published scales mean by words of sources.
//!
//! Three things stay apart: how sure a speaker was (stance), how sure the reader is that the text
//! says so (certainty), and what a person holds to be so (finding). Incidents and claims are
//! weighed; people are not, and nothing here gives a person a number.
//!
//! Pure: no clock, no files, no hash order.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod agreement;
pub mod claim;
mod conflict;
pub mod count;
mod fit;
mod holding;
pub mod involvement;
pub mod likelihood;
mod said;
mod standing;
mod steps;
pub mod typology;

pub use conflict::conflicts;
pub use holding::{Weighed, chosen_by, is_single, rule, weigh};
pub use said::Evidence;
pub use standing::{Pair, Standing, Withdrawal};
