//! Requests to the pages of a small casebook, answered in this process.

#![allow(clippy::unwrap_used)]

mod connections;
mod crawl;
mod door;
mod drawings;
mod living;
mod pages;
mod readers;
mod view;
mod world;
