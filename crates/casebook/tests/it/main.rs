//! The casebook against the plain derivation, its counts, what can befall a file, and against files of
//! earlier releases.

#![allow(clippy::unwrap_used)]

mod as_of;
mod asking;
mod carried;
mod codebooks;
mod coding;
mod counts;
mod faults;
mod findings;
mod formats;
mod identities;
mod listing;
mod pictures;
mod removal;
mod removal_absent;
mod removal_references;
mod removal_remains;
mod supposing;
mod text_later;
mod tied;
mod traps;
mod world;
