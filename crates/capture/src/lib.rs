//! Capture: bytes in, documents out.
//!
//! Input: files, folders, archives, standard input or files that were [`Sent`], in any [`Format`].
//! Output: one [`Captured`] for each document, or a [`Failure`] that names the
//! place, what happened there and what to do. One bad file, entry or line fails
//! alone. What no reader understands is kept as bytes with a note; what is no
//! document of its own, such as a style sheet, is [`PassedOver`] and counted.
//!
//! What a document is and where its headline, paragraphs and pull-quotes stand
//! follows from its bytes and the caller's [`Given`], and from nothing else: no
//! clock, no network. A date of publication that neither of them holds stays
//! unknown.
//!
//! Invariant: zones are in text order, do not overlap and lie on character
//! boundaries; equal bytes give an equal id.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod about;
mod address;
mod beside;
mod blocks;
mod counting;
mod date;
mod encoding;
mod epub;
mod failure;
mod families;
mod feed;
mod format;
mod given;
mod gzip;
mod html;
mod http;
mod jsonl;
mod letter;
mod letters;
mod lines;
mod mailbox;
mod mhtml;
mod office;
mod passed_over;
mod pdf;
mod pull_quote;
mod recognise;
pub mod telegram;
mod text;
mod walk;
mod warc;
mod zip_archive;

pub use beside::{Absent, MAX_PICTURE_BYTES};
pub use date::published_date;
pub use encoding::decode;
pub use epub::{MAX_EPUB_BYTES, read_epub};
pub use failure::{Cause, Failure};
pub use feed::{FeedEntry, read_feed};
pub use format::{Format, MAX_KEPT_BYTES, MAX_LINE_BYTES, MAX_TEXT_BYTES};
pub use given::Given;
pub use html::{MAX_PAGE_BYTES, read_html};
pub use jsonl::{Record, read_record};
pub use letter::{Attachment, Letter, MAX_LETTER_BYTES, read_letter};
pub use mhtml::{MAX_MHTML_BYTES, read_mhtml};
pub use office::{Illustrated, MAX_OFFICE_BYTES, MAX_RTF_BYTES, read_docx, read_odt, read_rtf};
pub use passed_over::PassedOver;
pub use pdf::{MAX_PDF_BYTES, read_pdf};
pub use text::read_text;
pub use walk::{Captured, Items, Sent, capture, capture_bytes, capture_sent, capture_with_input};
