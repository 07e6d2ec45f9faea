//! Weighing from outside: values, standing, counts and their laws.

#![allow(clippy::unwrap_used)]

mod holdings;
mod laws;
mod places;
mod standing;
