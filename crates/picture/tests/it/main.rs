//! Pictures under bounds, and found again after they were changed.

#![allow(clippy::unwrap_used)]

mod bounds;
mod likeness;
#[path = "../made/mod.rs"]
mod made;
