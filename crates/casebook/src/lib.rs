//! The file: ledger, documents, derived views, search.
//!
//! A casebook is one SQLite file. Its ledger is append-only and hash-chained: captures, readings,
//! judgments, definitions, published counts, disclosures and removals. All other tables are
//! derived from it by [`apply`](derived), entry by entry, and can be made anew at any time.
//!
//! - [`Casebook`]: opening, and the one transaction through which everything enters;
//! - `ledger`: entries, the chain, head and content hash;
//! - `body`, `locals`: what one document says of one subject, as rows;
//! - `derived`: what an entry changes in the derived tables; settling the blocks it touched;
//! - `views`: what is asked: documents, records and evidence as of two dates;
//! - `counting`, `published`: counts over all records, and what has become of published ones;
//! - `paging`, `named`: parts of lists, and records by their names, for pages;
//! - `search`, `opening`: documents by their words, and untitled ones by their first;
//! - `pictures`, `spread`: which documents have a picture or one like it, and who passed it on;
//! - `telling`: what leaves the casebook, document by document;
//! - `care`: verify, rebuild, forget, backup.
//!
//! Invariants: what a call reports as stored is on the disk; every derived table equals what the
//! ledger gives; a view as of two dates equals the derivation from the ledger filtered by them.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod body;
mod care;
mod casebook;
mod counting;
mod day;
mod derived;
mod error;
mod ids;
mod judging;
mod ledger;
mod locals;
mod named;
mod opening;
mod paging;
mod pictures;
mod published;
mod schema;
mod search;
mod spread;
mod store;
mod telling;
mod views;

pub use care::{Fault, Verified};
pub use casebook::Casebook;
pub use counting::{Counted, CountedUnit};
pub use error::{Error, Result};
pub use judging::{Disposition, HeldApart, JudgmentRow};
pub use ledger::{Entry, EntryKind, Head};
pub use paging::{Extent, Part, Tip};
pub use pictures::{PictureBytes, PictureRow, Pictured};
pub use published::{Move, PROGRAM, Publication, PublishedCount, SavedDefinition, State};
pub use search::Hit;
pub use spread::{Passed, Step};
pub use store::{Item, Stored};
pub use telling::{Said, Saying};
pub use views::{AssertionRow, DocumentRow, EvidenceView, LeftOut, Listed, RecordRow, RecordView};
