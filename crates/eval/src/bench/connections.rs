//! Connections between plots: whether a real one ranks above a coincidence, and since when it could
//! be seen.
//!
//! A world is one object with `entities` (`id`, `kind`, and of attacks `date`, `type`, `place`,
//! `features`) and `relations` (`a`, `b`, `type`, `date`). A line of pairs has `id`, `a` and `b`.
//! Of gold there are three kinds: `id`, `y` and `coverage` for pairs that are ranked; `id` and `date`
//! for first dates; `a`, `b` and `date` for connections as they were reported.
//!
//! Incidents are ranked here, never people.

mod bounds;
mod dates;
mod fitted;
mod measures;
mod rows;
mod scores;
mod world;

pub use bounds::{accuracy_bounds, auc_bounds};
pub use dates::dates;
pub use fitted::{FOLDS, fitted};
pub use measures::{Figures, Ranked, Reported, When, ranked, reported, when};
pub use rows::{Claimed, Dated, Labelled, Pair, claimed, dated, labelled, pairs, scored};
pub use scores::{nearness, surprise};
pub use world::{Entity, Relation, World, world};
