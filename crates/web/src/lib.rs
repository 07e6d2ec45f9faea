//! Pages over a whole casebook, rendered here, served on loopback, and judging through them.
//!
//! A request goes this way: [`guard`] lets in who may ask, [`ask`] says what is asked as of which
//! dates, [`routes`] says which page it is, [`desk`] answers it from an opened casebook or from what
//! it answered before, and the page gives one value as HTML and as JSON. A form that is sent goes
//! from [`guard`] to [`judging`], which enters what it says and leads back to the page, or to
//! [`sources`], which lays down what is sent and lets it be read beside the pages.
//!
//! - [`serve`]: binding to loopback, and the life of the server;
//! - [`guard`], [`access`]: foreign hosts, keys, methods, and the headers of every answer;
//! - [`routes`]: all addresses in one list;
//! - [`ask`], [`address`]: from an address to a question, and from a thing to its address;
//! - [`desk`], [`pool`], [`cache`], [`settle`], [`counter`], [`drawer`]: who works for the pages;
//! - [`judging`], [`pen`]: what is sent, and the one casebook through which it is written;
//! - [`sources`]: files and texts that are sent to be read, and the one thread that reads them;
//! - [`edition`], [`mask`]: the one place through which words of others become text of a page, for
//!   the desk or for readers;
//! - [`layout`] and `pages`: what a reader sees; [`assets`]: the script that makes judging quick;
//! - [`trouble`]: what went wrong, and what to do.
//!
//! Invariants: nothing but loopback is ever bound; nothing changes but by a form of these pages,
//! sent by who has the key; no words of a document become markup; whatever the script does can be
//! done without it.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod access;
mod address;
mod ask;
mod assets;
mod book;
mod cache;
mod counter;
mod counting;
mod desk;
mod drawer;
mod edition;
mod guard;
mod judging;
mod layout;
mod listing;
mod mask;
mod pages;
mod pen;
mod pool;
mod routes;
mod serve;
mod settle;
mod sources;
mod trouble;

pub use edition::Audience;
pub use routes::addresses;
pub use serve::{Application, Error, FIRST_PORT, Manner, Served, application, serve};
