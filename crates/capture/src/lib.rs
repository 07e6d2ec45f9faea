//! Capture: bytes in, documents out.
//!
//! Input: files, folders or standard input, in plain text or JSON Lines.
//! Output: one [`Captured`] for each document, or a [`Failure`] that names the
//! place, what happened there and what to do. One bad file or line fails alone.
//!
//! What a document is and where its headline, paragraphs and pull-quotes stand
//! follows from its bytes and the caller's [`Given`], and from nothing else: no
//! clock, no network. A date of publication that neither of them holds stays
//! unknown.
//!
//! Invariant: zones are in text order, do not overlap and lie on character
//! boundaries; equal bytes give an equal id.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod blocks;
mod date;
mod encoding;
mod failure;
mod format;
mod given;
mod jsonl;
mod lines;
mod pull_quote;
mod text;
mod walk;

pub use date::published_date;
pub use encoding::decode;
pub use failure::{Cause, Failure};
pub use format::{Format, MAX_LINE_BYTES, MAX_TEXT_BYTES};
pub use given::Given;
pub use jsonl::{Record, read_record};
pub use text::read_text;
pub use walk::{Captured, Items, capture, capture_with_input};
