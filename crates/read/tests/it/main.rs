//! What the reader makes of whole articles.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod document;
mod golden;
mod harbour_bridge;
mod properties;
mod twin;
mod twins;
mod view;
