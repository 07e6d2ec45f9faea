//! What others read: JSON lines, tables, definitions of counts.
//!
//! - [`lines`]: documents, mentions, assertions, judgments, one JSON object a line; the casebook's
//!   ledger holds the same objects;
//! - [`counts`]: definitions of counts, as people write them;
//! - [`codebooks`]: what each variable asks, and which values it has;
//! - [`exchange`]: columns of other people's datasets, written and read;
//! - [`claims`]: what published work says of claims of responsibility;
//! - [`likelihood`]: published scales of words of likelihood;
//! - [`typologies`]: published typologies of involvement, as the files in `codebooks` have them;
//! - [`withheld`]: the same without the names that are withheld, for readers outside;
//! - [`table`]: coded datasets in CSV, with a map that says what their columns mean;
//! - [`spelling`]: values as people type them;
//! - [`view`]: records and evidence, as `--json` prints them.
//!
//! Reading is strict: an unknown field, a wrong id or a value of the wrong shape is refused, with
//! the place and what was wanted. Writing is canonical: equal values give equal bytes.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod claims;
pub mod codebooks;
pub mod counts;
#[cfg(test)]
mod documented;
pub mod exchange;
mod keys;
pub mod likelihood;
pub mod lines;
pub mod spelling;
pub mod table;
pub mod typologies;
pub mod view;
mod wire;
pub mod withheld;

pub use wire::{
    FormatError, read_assertion, read_document, read_filed, read_holdings, read_judgment,
    read_mention, read_notes, read_reading, relation_name, write_assertion, write_document,
    write_filed, write_holdings, write_judgment, write_mention, write_reading,
};
