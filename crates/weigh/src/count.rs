//! Counts.

mod definition;

pub use definition::{Admission, Condition, Definition, Level, Party, Test, Unit, Who};
