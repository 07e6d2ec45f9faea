//! Exports of Telegram Desktop: `result.json` of one chat or of a whole account.
//!
//! A message is a document. Its bytes are an export of that one message, in the form of the whole,
//! without what says something of the export rather than of the message: so a later and longer
//! export of the same chat adds only what is new. docs/formats.md lists what is kept.
//!
//! - [`Slices`]: the messages of a file, one at a time, whatever its size;
//! - [`read_message`]: one of them as a document;
//! - `text`: its words;
//! - `beside`: the pictures that lie beside the file;
//! - `messages`: all of it, from a path to documents.

mod beside;
mod message;
mod messages;
mod slices;
mod text;

pub use beside::MAX_PICTURE_BYTES;
pub use message::{Absent, Message, Read, Service, read_message};
pub(crate) use messages::{holds_media, is_export, take_messages};
pub use slices::{Chat, MAX_MESSAGE_BYTES, Slice, Slices};
