//! Connecting from outside: small worlds against plain references.

#![allow(clippy::unwrap_used)]

mod laws;
mod leads;
mod plain;
mod world;
