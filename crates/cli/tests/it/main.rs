//! The binary from outside: what it prints, what it stores, how it ends.

#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

mod archives;
mod disclosure;
mod documented;
mod drawing;
mod exchange;
mod judging;
mod reading;
#[cfg(unix)]
mod readme;
mod served;
mod showing;
mod support;
mod tables;
mod terminal;
