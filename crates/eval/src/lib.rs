//! What a coder read and found in documents, and how near the reader comes to it.
//!
//! [`coding`] turns a coder's tables into readings and judgments, as a casebook takes them in;
//! [`score`] counts how many of the coder's values the reader has.
//!
//! [`mod@bench`] holds the measures of public tasks with gold data.
//!
//! Pure: tables and documents come in as text and values; nobody here opens a file.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod bench;
pub mod coding;
pub mod score;
