//! Requests to the pages of a small casebook, answered in this process.

#![allow(clippy::unwrap_used)]

mod connections;
mod counting;
mod crawl;
mod door;
mod drawings;
mod grading;
mod judging;
mod leaks;
mod living;
mod pages;
#[path = "../../../casebook/tests/protected/mod.rs"]
#[expect(dead_code, reason = "the test of exports uses more of it")]
mod protected;
mod readers;
mod sources;
mod terms;
mod view;
mod visitor;
mod waiting;
mod world;
