//! The file: ledger, documents, derived views, search.
//!
//! A casebook is one SQLite file. Its ledger is append-only and hash-chained: captures, readings,
//! judgments, codebooks, definitions, published counts, disclosures and removals. All other tables are
//! derived from it by [`apply`](derived), entry by entry, and can be made anew at any time.
//!
//! - [`Casebook`]: opening, and the one transaction through which everything enters;
//! - `ledger`: entries, the chain, head and content hash; and what enters: documents and readings, judgments,
//!   codebooks, codings;
//! - `derived`: what an entry changes in the derived tables, and settling the blocks it touched; what one
//!   document says of one subject, as rows, and what is kept of folding and weighing them;
//! - `documents`: what was captured, words, pictures, and how something spread, as of two dates;
//! - `records`: one record with its evidence, and lists of them, as of two dates; their histories and ties;
//! - `counting`: counts over all records, and what has become of published ones;
//! - `care`: verify, rebuild, forget, backup.
//!
//! Invariants: what a call reports as stored is on the disk; every derived table equals what the
//! ledger gives; a view as of two dates equals the derivation from the ledger filtered by them.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod care;
mod casebook;
mod counting;
mod derived;
mod documents;
mod error;
mod file;
mod ids;
mod ledger;
mod records;
mod schema;

pub use care::{Fault, Verified};
pub use casebook::Casebook;
pub use counting::comparing::{Quoted, Shift};
pub use counting::published::{
    Move, PROGRAM, Publication, PublishedCount, Publishing, SavedDefinition, State,
};
pub use counting::sensitivity::{Hanging, Sensitivity, Without};
pub use counting::{Counted, CountedUnit};
pub use derived::blocks::Blocks;
pub use derived::whole::SHOWN;
pub use documents::DocumentRow;
pub use documents::pictures::{PictureBytes, PictureRow, Pictured};
pub use documents::search::Hit;
pub use documents::spread::{Passed, Step};
pub use documents::telling::{Said, Saying};
pub use error::{Error, Result};
pub use ledger::codebook::{Adopted, Recode};
pub use ledger::coding::{Coding, Codings, Field};
pub use ledger::forgetting::Removed;
pub use ledger::judging::{Disposition, HeldApart, JudgmentRow};
pub use ledger::remains::Remains;
pub use ledger::store::{Along, Item, Stored};
pub use ledger::successors::Successors;
pub use ledger::tombstones::Tombstone;
pub use ledger::{Entry, EntryKind, Head};
pub use records::doubtful::{Doubtful, Side};
pub use records::evidence::{AssertionRow, EvidenceView};
pub use records::history::{Histories, History};
pub use records::paging::{Extent, Part, Tip};
pub use records::shown::{LeftOut, RecordView};
pub use records::supposing::{Fall, RecordChange};
pub use records::tied::Tied;
pub use records::{Listed, RecordRow};
pub use throughline_resolve::normal;
