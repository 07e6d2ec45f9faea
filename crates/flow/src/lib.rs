//! The order of the stages: the only crate that knows it.
