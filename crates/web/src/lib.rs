//! Pages over a whole casebook, rendered here, served on loopback, without any script.
//!
//! A request goes this way: [`guard`] lets in who may ask, [`ask`] says what is asked as of which
//! dates, [`routes`] says which page it is, [`desk`] answers it from an opened casebook or from what
//! it answered before, and the page gives one value as HTML and as JSON.
//!
//! - [`serve`]: binding to loopback, and the life of the server;
//! - [`guard`]: foreign hosts, methods, and the headers of every answer;
//! - [`routes`]: all addresses in one list;
//! - [`ask`], [`address`]: from an address to a question, and from a thing to its address;
//! - [`desk`], [`pool`], [`cache`], [`settle`], [`counter`], [`drawer`]: who works for the pages;
//! - [`edition`], [`mask`]: the one place through which words of others become text of a page, for
//!   the desk or for readers;
//! - [`layout`] and `pages`: what a reader sees;
//! - [`trouble`]: what went wrong, and what to do.
//!
//! Invariants: nothing but loopback is ever bound; no address changes anything; no words of a
//! document become markup.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod address;
mod ask;
mod book;
mod cache;
mod counter;
mod desk;
mod drawer;
mod edition;
mod guard;
mod layout;
mod mask;
mod pages;
mod pool;
mod routes;
mod serve;
mod settle;
mod trouble;

pub use edition::Audience;
pub use routes::addresses;
pub use serve::{Error, FIRST_PORT, Served, application, serve};
