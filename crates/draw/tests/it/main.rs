//! Pictures as their readers get them.

#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

mod golden;
mod properties;
mod samples;
mod svg;
