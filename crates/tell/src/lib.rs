//! Telling: records in, words out; who may be named.
//!
//! - [`counts`] spells figures, their grounds and citations;
//! - [`words`] spells values, speakers and holdings;
//! - [`terminal`] makes words of documents safe to print;
//! - [`disclosure`] is the one place that decides who may be named when something leaves the
//!   casebook: [`naming`] by what is known of one person, [`redact`] what is taken out of texts.
//!
//! Pure: no clock, no files.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod counts;
pub mod disclosure;
mod lists;
pub mod naming;
pub mod redact;
pub mod terminal;
pub mod words;
