//! The binary from outside: what it prints, what it stores, how it ends.

#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

mod archives;
mod claiming;
mod coding;
mod columns;
mod connecting;
mod disclosure;
mod documented;
mod drawing;
mod exchange;
mod judging;
mod leaks;
#[path = "../../../picture/tests/made/mod.rs"]
#[expect(dead_code, reason = "the measurement uses more of it")]
mod made;
mod packing;
#[path = "../../../casebook/tests/protected/mod.rs"]
#[expect(dead_code, reason = "the test of pages uses more of it")]
mod protected;
mod reading;
#[cfg(unix)]
mod readme;
mod remarks;
mod searching;
mod sense;
mod served;
mod showing;
mod spreading;
mod support;
mod tables;
mod terminal;
mod training;
