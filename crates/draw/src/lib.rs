//! Drawing: records as pictures in SVG, each with the same facts as a table.
//!
//! - [`network`]: who and what is tied to what;
//! - [`timeline`]: when things happened, were claimed, published and corrected;
//! - [`course`] and [`tolls`]: the figures reported of one incident, and those held of many;
//! - [`gather`] makes what these take from the records of a casebook.
//!
//! Everything but [`gather`] is pure: equal input gives equal bytes. A picture needs no script, is
//! whole as a file and within a page, and holds no words of documents but as text. It gives people
//! no rank: nothing on it is larger, redder or nearer to the middle because more is said of it.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod caption;
pub mod gather;
mod geometry;
mod label;
mod network;
mod paint;
mod sheet;
mod standing;
mod symbol;
mod table;
mod timeline;
mod toll;

pub use caption::{Caption, State, as_of};
pub use network::{Network, Node, Tie, network};
pub use paint::style;
pub use standing::Standing;
pub use table::Table;
pub use timeline::{Event, EventKind, Lane, Timeline, timeline};
pub use toll::{Course, Held, Report, Step, Strand, Toll, Tolls, course, tolls};

/// A picture and its facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// The picture: an SVG document without script, links or anything from elsewhere.
    pub svg: String,
    /// Every fact on it, and those that have no room there.
    pub table: Table,
}
