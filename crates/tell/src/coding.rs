//! Coding together: what a coder is asked, what coders answer beside each other, how far they agree.
//!
//! - [`asked`]: a record as one coder sees it, question by question, and what he has left to code;
//! - [`compared`]: each question with every coder's answer and what was found of it;
//! - [`measured`]: agreement, variable by variable.

pub mod asked;
pub mod compared;
pub mod measured;
