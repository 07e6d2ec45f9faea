//! The casebook against the plain derivation, against what can befall a file, and against files of
//! earlier releases.

#![allow(clippy::unwrap_used)]

mod as_of;
mod faults;
mod world;
