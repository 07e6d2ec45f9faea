//! Training: weights of the reader's stages from folders of gold data.
//!
//! Input: the bench, a folder with a folder for each public task. Output: files of weights, each
//! with its card, which says from what data, with what features and by which command it was made,
//! and how well it reads.
//!
//! The reader does not know this crate: it holds the weights, and makes the features that both see
//! (`throughline_read::trained`). The order is [`clusters`], [`parts`], [`names`], since each sees
//! what the ones before it give.
//!
//! The same bench and program give the same weights again.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod bench;
pub mod card;
pub mod clusters;
mod models;
pub mod names;
pub mod parts;

pub use bench::{Bench, Error};
pub use models::Models;
