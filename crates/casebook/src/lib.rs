//! The file: ledger, documents, derived views, search.
//!
//! A casebook is one SQLite file. Its ledger is append-only and hash-chained: captures, readings,
//! judgments, codebooks, definitions, published counts, disclosures and removals. All other tables are
//! derived from it by [`apply`](derived), entry by entry, and can be made anew at any time.
//!
//! - [`Casebook`]: opening, and the one transaction through which everything enters;
//! - `ledger`: entries, the chain, head and content hash;
//! - `body`, `locals`, `blocks`: what one document says of one subject, as rows, and blocks of them;
//! - `derived`, `settling`: what an entry changes in the derived tables; deriving the blocks it touched;
//! - `folds`, `touched`, `loading`: which locals a record has, kept; as of which days that holds, since
//!   no judgment touches it; and so what has to be read to answer a question;
//! - `documents`, `records`, `shown`, `evidence`: what is asked, as of two dates;
//! - `whole`: records of many mentions as they are shown, kept;
//! - `day`: lists of records as of a day, from those of the present;
//! - `counting`, `published`: counts over all records, and what has become of published ones;
//! - `comparing`, `sensitivity`: two counts beside each other, and what a count hangs on;
//! - `codebook`: which values may be coded, and what must be coded again;
//! - `coding`: what coders code beside each other, and what one of them sees;
//! - `history`: what was held of a record as of each day on which that changed;
//! - `supposing`: what would be derived if some assertions fell;
//! - `paging`, `named`: lists in parts, and records by their names, for pages;
//! - `search`, `opening`: documents by their words, and untitled ones by their first;
//! - `pictures`, `spread`: which documents have a picture or one like it, and who passed it on;
//! - `tied`: the network of all records, for connections;
//! - `telling`: what leaves the casebook, document by document;
//! - `care`: verify, rebuild, forget, backup.
//!
//! Invariants: what a call reports as stored is on the disk; every derived table equals what the
//! ledger gives; a view as of two dates equals the derivation from the ledger filtered by them.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod blocks;
mod body;
mod care;
mod casebook;
mod codebook;
mod coding;
mod comparing;
mod counting;
mod day;
mod derived;
mod documents;
mod doubtful;
mod error;
mod evidence;
mod folds;
mod history;
mod ids;
mod judging;
mod ledger;
mod loading;
mod locals;
mod named;
mod near;
mod opening;
mod outlines;
mod paging;
mod pictures;
mod published;
mod records;
mod schema;
mod search;
mod sensitivity;
mod settling;
mod shown;
mod spread;
mod store;
mod supposing;
mod telling;
mod tied;
mod touched;
mod whole;

pub use blocks::Blocks;
pub use care::{Fault, Verified};
pub use casebook::Casebook;
pub use codebook::{Adopted, Recode};
pub use coding::{Coding, Codings, Field};
pub use comparing::{Quoted, Shift};
pub use counting::{Counted, CountedUnit};
pub use documents::DocumentRow;
pub use doubtful::{Doubtful, Side};
pub use error::{Error, Result};
pub use evidence::{AssertionRow, EvidenceView};
pub use history::{Histories, History};
pub use judging::{Disposition, HeldApart, JudgmentRow};
pub use ledger::{Entry, EntryKind, Head};
pub use paging::{Extent, Part, Tip};
pub use pictures::{PictureBytes, PictureRow, Pictured};
pub use published::{Move, PROGRAM, Publication, PublishedCount, SavedDefinition, State};
pub use records::{Listed, RecordRow};
pub use search::Hit;
pub use sensitivity::{Hanging, Sensitivity, Without};
pub use shown::{LeftOut, RecordView};
pub use spread::{Passed, Step};
pub use store::{Item, Stored};
pub use supposing::{Fall, RecordChange};
pub use telling::{Said, Saying};
pub use throughline_resolve::normal;
pub use tied::Tied;
pub use whole::SHOWN;
