//! Reading: one document in, the assertions it makes out.
//!
//! Input: a [`Document`]. Output: a [`Reading`]: mentions and assertions in text
//! order, each with the passage it came from, the speakers it comes through and
//! their stances. Cannot fail: what is not understood is left out, and what a
//! person should look at becomes a note.
//!
//! Two layers, and the first knows nothing of the second:
//!
//! - [`analysis`]: text → sentences, tokens, names, dates, quantities, quotations;
//! - `say`: these → who says what: speakers, stances, incidents, claims, involvement.
//!
//! Pure: equal inputs give equal output, without clock, network or hash order.
//! Every span lies inside the text, on character boundaries.
//!
//! Contains data from GeoNames, CC BY 4.0: `resources/places.tsv`, see `places.md` beside it.

mod analysis;
mod outline;
mod parts;
mod say;
pub mod trained;

pub use outline::outline;

/// How many a report of one incident tells killed and hurt in all, and who.
pub mod toll {
    use throughline_model::Document;

    pub use crate::say::toll::{Casualties, Toll};

    /// What a document tells of casualties.
    pub fn read(document: &Document) -> Casualties {
        crate::say::casualties(document, &crate::analysis::analyse(document))
    }
}

/// Expressions of time as TIMEX3 writes them, for those who measure how they are read.
pub mod timex {
    pub use crate::analysis::timex::{Kind, Timex, read};
}

use throughline_model::{Document, Reading};

/// The reader's name and version, kept with every proposal it makes.
pub const VERSION: &str = "reader-5";

/// Reads what `document` says; one that is very long part by part.
pub fn read(document: &Document) -> Reading {
    parts::read(document, |document| {
        let analysis = analysis::analyse(document);
        say::assertions(document, &analysis)
    })
}
