//! The next document in which something waits to be decided.

use throughline_casebook::{Casebook, Result};
use throughline_model::{AsOf, AssertionId, DocumentId};

use crate::margin::Margin;

/// How many documents are asked for at once.
const STEP: usize = 64;

/// What comes after a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// A document with something to decide, and the first of it.
    Open(DocumentId, AssertionId),
    /// Nothing waits in any other document.
    Nothing,
    /// None of those that were looked at; this was the last of them.
    Further(DocumentId),
}

/// Looks for the next document after one, around the end, among at most so many; `own` is the document from
/// which somebody set out, and ends the round.
///
/// # Errors
/// If the casebook cannot be read.
pub fn next(casebook: &Casebook, after: DocumentId, own: DocumentId, most: usize) -> Result<Next> {
    let mut after = Some(after);
    let mut left = most;
    // Where the last is reached, it begins with the first, once.
    let mut around = false;
    loop {
        let some = casebook.documents_after(after, STEP.min(left))?;
        for id in &some {
            if *id == own {
                return Ok(Next::Nothing);
            }
            let margin = Margin::gather(casebook, *id, AsOf::default())?;
            if let Some(first) = margin.open().next() {
                return Ok(Next::Open(*id, first));
            }
        }
        left -= some.len().min(left);
        match some.last() {
            Some(last) if left == 0 => return Ok(Next::Further(*last)),
            Some(last) => after = Some(*last),
            None if around => return Ok(Next::Nothing),
            None => (after, around) = (None, true),
        }
    }
}
