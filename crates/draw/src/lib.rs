//! Drawing: records as pictures in SVG, each with the same facts as a table.
//!
//! - [`network`]: who and what is tied to what;
//! - [`map`](fn@map): where things happened;
//! - [`timeline`]: when things happened, were claimed, published and corrected;
//! - [`course`] and [`tolls`]: the figures reported of one incident, and those held of many;
//! - [`exchange()`]: a network as a file for other programs;
//! - [`gather`] makes what these take from the records of a casebook.
//!
//! Everything but [`gather`] is pure: equal input gives equal bytes. A picture needs no script, is
//! whole as a file and within a page, and holds no words of documents but as text. It gives people
//! no rank: nothing on it is larger, redder or nearer to the middle because more is said of it.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod caption;
mod exchange;
pub mod gather;
mod geometry;
mod label;
mod map;
mod network;
mod paint;
mod sheet;
mod standing;
mod symbol;
mod table;
mod timeline;
mod told;
mod toll;

pub use caption::{Caption, State, as_of};
pub use exchange::{Exchange, exchange};
pub use map::{Lies, Located, Map, View, map};
pub use network::{Network, Node, Tie, facts, network};
pub use paint::style;
pub use standing::Standing;
pub use table::Table;
pub use timeline::{Event, EventKind, Lane, Timeline, timeline};
pub use told::json;
pub use toll::{Course, Held, Report, Step, Strand, Toll, Tolls, course, tolls};

/// A picture and its facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// The picture: an SVG document without script, links or anything from elsewhere.
    pub svg: String,
    /// Every fact on it, and those that have no room there.
    pub table: Table,
    /// Of a map, the stretch of the globe that it shows.
    pub view: Option<View>,
}

impl Drawing {
    /// The picture without its own style sheet, for a page that has [`style`] in its own and allows
    /// no other.
    pub fn inline(&self) -> String {
        // Words of documents are escaped, so the first sheet is the picture's own.
        self.svg.replacen(&format!("<style>{}</style>", style()), "", 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_within_a_page_brings_no_style_and_keeps_its_colours() {
        let caption = Caption { title: "<style>a</style>".to_owned(), ..Caption::default() };
        let drawing = network(&Network::default(), &caption);
        assert!(drawing.svg.contains("<style>"));
        let inline = drawing.inline();
        assert!(!inline.contains("<style") && !inline.contains("style="), "{inline}");
        assert!(inline.contains("&lt;style&gt;") && inline.contains("class=\"tl\""), "{inline}");
    }
}
