//! Exports of Telegram Desktop: `result.json` of one chat or of a whole account, and the pages of
//! messages that it writes for browsers.
//!
//! A message is a document. Its bytes are an export of that one message, in the form of the whole,
//! without what says something of the export rather than of the message: so a later and longer
//! export of the same chat adds only what is new. docs/formats.md lists what is kept.
//!
//! - [`Slices`]: the messages of a file, one at a time, whatever its size;
//! - [`read_message`]: one of them as a document;
//! - `text`: its words;
//! - `own`: the bytes of such a document;
//! - `page`: the messages of a page for browsers, as fields of such a message;
//! - `messages`: all of it, from a path to documents.

mod message;
mod messages;
mod own;
mod page;
mod slices;
mod text;

pub use message::{Message, Read, Service, read_message};
pub(crate) use messages::{holds_media, is_export, take_messages};
pub use page::read_messages_page;
pub(crate) use page::{is_messages_page, is_other_page, take_page};
pub use slices::{Chat, MAX_MESSAGE_BYTES, Slice, Slices};
