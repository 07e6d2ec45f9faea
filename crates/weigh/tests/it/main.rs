//! Counts from outside: their laws, and where units stand.

#![allow(clippy::unwrap_used)]

mod laws;
mod places;
