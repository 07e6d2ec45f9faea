//! Linear models of sequences, and nothing about what they are used for.
//!
//! A sequence is a row of places (the tokens of a sentence), each with its [`Feature`]s. A
//! [`Chain`] gives every label at every place a score, the sum of the weights of the place's
//! features, and every pair of neighbouring labels another: a linear-chain conditional random
//! field (Lafferty, McCallum, Pereira 2001). With one place a sequence it is logistic regression.
//!
//! What a chain says leaves this crate as [`Probabilities`], one for each place and label.
//! They are where a second reader of the same text comes in: [`Probabilities::mix`] averages
//! two, and [`Spans`] decodes either into spans that do not overlap.
//!
//! - [`Feature`], [`Sequence`]: what is known of a text, hashed;
//! - [`Chain`]: weights, scores, the best labels, probabilities;
//! - [`Spans`]: labels that begin, continue and end spans;
//! - [`Codes`]: a short code for each of many words, such as its cluster;
//! - [`tree`]: which word of a sentence hangs on which;
//! - [`train`]: weights from examples, [`cluster`]: codes from text or from vectors;
//! - [`logistic`]: weights of a few features given, for scores that people follow term by term.
//!
//! Files of weights are checked byte by byte when they are loaded: whatever they hold, loading
//! gives a model or an [`Error`], in memory bounded by the file's length.
//!
//! Deterministic: scores are sums of whole numbers, and [`exp`] is made of products and sums, so
//! that every machine reads alike. Training is seeded, runs in one thread, and gives the same
//! weights again on the same machine.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod bytes;
mod chain;
pub mod cluster;
mod codes;
mod feature;
mod file;
mod lattice;
pub mod logistic;
mod probabilities;
mod random;
mod spans;
mod table;
pub mod train;
pub mod tree;

pub use bytes::Error;
pub use chain::Chain;
pub use codes::{Code, Codes};
pub use feature::{Feature, Sequence, hash, join};
pub use lattice::exp;
pub use probabilities::Probabilities;
pub use random::Random;
pub use spans::{Found, Spans};
