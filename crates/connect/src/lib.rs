//! Connecting: dated ties in; paths between incidents, first knowable dates and leads out.
//!
//! - [`Kind`]: which values tie a subject to another, and how far such a tie leads;
//! - [`Word`], [`Identity`]: what one assertion says of two mentions, and that two mentions are one
//!   subject, each with the day since which it is public; a [`Network`] of them;
//! - [`Network::paths`], [`Network::nearest`]: how two incidents hang together, and what is near;
//! - [`Network::first_days`]: since when it could be seen; [`Replay`]: the days on which pairs of
//!   incidents became connected, false leads beside them; [`together`]: and a whole series;
//!   [`InTheWay`]: why it could not be seen earlier;
//! - [`Network::series`]: incidents that hang together, and how much of that stands if ties are missing;
//!   [`Network::chains`]: who stands behind whom;
//! - [`Leads`]: pairs of incidents by how surprising it is that they share what they share.
//!
//! Incidents are connected and ranked; people are what connections pass through, and nothing here
//! gives a person a number.
//!
//! Pure: no clock, no files, no hash order. Dates are the days of publication of the assertions
//! that a connection needs, so everything found as of a day is found without what came later.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod bits;
mod chain;
mod days;
mod facts;
mod in_the_way;
mod kind;
mod leads;
mod near;
mod network;
mod path;
mod reach;
mod replay;
mod rule;
mod series;
mod sets;
mod word;

pub use chain::Chain;
pub use days::First;
pub use facts::{Fact, Facts, What};
pub use in_the_way::{InTheWay, Obstacle};
pub use kind::{Class, Kind, Role, Tied, kind_of, puts_forward, tied};
pub use leads::{Lead, Leads, Shared};
pub use near::Near;
pub use network::{Bond, Circumstance, Network, Subject};
pub use path::{Need, Path, Step};
pub use replay::{Fallen, Replay, Seen, together};
pub use rule::Rule;
pub use series::{Missing, Series, Stands, Through};
pub use word::{Identity, Weakness, Word};
