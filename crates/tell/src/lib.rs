//! Telling: records in, words out; who may be named.
//!
//! [`counts`] spells figures, their grounds and citations; [`words`] spells values, speakers and holdings; [`terminal`] makes words of documents safe to
//! print.
//!
//! Pure: no clock, no files.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod counts;
pub mod terminal;
pub mod words;
