//! A coder's tables, the invented ones here and those of the sample, as readings and judgments.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod coding;
mod connections;
mod sample;
mod score;
