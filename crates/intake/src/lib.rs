//! Taking in: what capture finds is read, stored in a casebook and told of.
//!
//! `throughline read` and the pages take sources in through here, so that both do the same with
//! them and say the same of it.
//!
//! - [`take_in`], [`catch_up`]: documents, read while the last ones are written, batch by batch;
//! - [`Tally`]: what became of all of them, in words and as JSON;
//! - [`published`]: a date on which something can have been published.
//!
//! Invariants: a document is told of when it is on the disk, and not before; what fails is named
//! and nothing else fails with it; memory is bounded by a batch, whatever comes in.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod batch;
mod english;
mod published;
mod taking;
mod tally;

pub use published::published;
pub use taking::{Heard, Wanted, catch_up, take_in};
pub use tally::{Became, Count, Entered, MOST_LISTED, Tally, lines};
