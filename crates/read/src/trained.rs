//! The trained stages by themselves, for those who train and measure them.
//!
//! A [`Page`] is a text in words and sentences, [`Columns`] is what is looked up of its words, and
//! each stage has its labels, what it sees of each sentence, and what it reads with the weights of
//! the program or with others.

pub use crate::analysis::learned::{Case, Columns, Page, Weights, names, parts, written};
