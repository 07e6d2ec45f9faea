//! Resolving: mentions in, records out.
//!
//! Input: the readings in force of documents, cut into [`Local`]s (what one
//! document says of one subject), and the [`Links`] that people have judged.
//! Output: [`Grouping`]s: which locals stand for one subject, and why.
//!
//! [`fold`] goes through locals in order of publication, so the groupings as of a
//! day are a prefix of it. A [`BlockKey`] is one key of a local, and the program
//! proposes joins only within a block: blocks, closed over judged links, can be
//! resolved alone. Judgments join across blocks.
//!
//! Pure: no clock, no files, no hash order, no scores of people.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod block;
mod claim;
mod fold;
mod grouping;
pub mod incident;
mod links;
mod lists;
mod local;
mod name;
pub mod names;
mod person;
mod referents;
mod score;
mod unit;
mod why;

pub use block::BlockKey;
pub use fold::{compares, fold, refold};
pub use grouping::{Folded, Grouping, Member, Placed};
pub use links::{Link, Links};
pub use local::{Local, locals, principal};
pub use name::normal;
pub use referents::{Referent, Referents};
pub use score::{Score, Weights};
pub use why::{Term, Why, why};
