//! What the reader makes of whole articles.

mod document;
mod properties;
