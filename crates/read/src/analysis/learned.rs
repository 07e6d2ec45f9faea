//! Stages that were trained: what a stage sees of a text, and what its weights make of it.
//!
//! A [`Page`] is the text in words and sentences. [`Columns`] is what is looked up of each word
//! once, for all stages; each stage joins columns into features ([`parts`], [`names`]), and
//! its weights, which lie in the program, give every label of every word a probability. The
//! features of a stage are made here alone, so that training and reading see the same.

pub mod actors;
mod around;
pub mod asked;
pub mod attribution;
pub mod certainty;
mod columns;
mod company;
mod gather;
pub mod heads;
pub mod incidents;
mod lists;
mod models;
pub mod names;
pub mod negation;
mod page;
pub mod parts;
pub mod phrases;
mod quoted;
pub mod relevance;
pub mod roles;
mod scene;
mod seen;
pub mod syntax;
pub mod variables;
mod ways;

pub use around::Around;
pub use columns::{Columns, written};
pub use company::Company;
pub use models::{Held, Weights};
pub use page::{Case, Page};
pub use quoted::Quoted;
pub(crate) use seen::Seen;
