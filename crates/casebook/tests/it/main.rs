//! The casebook against the plain derivation, its counts, what can befall a file, and against files of
//! earlier releases.

#![allow(clippy::unwrap_used)]

mod as_of;
mod asking;
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
mod supposing;
mod text_later;
mod tied;
mod traps;
mod world;
