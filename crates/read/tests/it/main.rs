//! What the reader makes of whole articles.

mod document;
mod golden;
mod properties;
mod twin;
mod twins;
mod view;
