//! What a value rests on, as a cell beside it says.

use throughline_model::{Basis, Holding};

use super::map::Judged;

/// What is said of a value that nobody gives without reserve.
pub const HEDGED: &str = "hedged";

/// What is said of a value that no voice of its own stands behind.
pub const COPIED: &str = "only copies say it";

/// What is said of a value against which another still stands.
pub const CONTESTED: &str = "contested";

/// What is said of a finding of which all evidence was rejected, retracted, taken back or removed, or
/// is not in view.
pub const EVIDENCE_GONE: &str = "none of its evidence stands";

/// What a reader must know beside what a value rests on.
pub fn marks(holding: &Holding) -> impl Iterator<Item = &'static str> {
    [
        (holding.hedged, HEDGED),
        (holding.copied, COPIED),
        (holding.contested, CONTESTED),
        (holding.evidence_gone, EVIDENCE_GONE),
    ]
    .into_iter()
    .filter_map(|(so, mark)| so.then_some(mark))
}

/// `finding`, `accepted` or `proposal`, then the [`marks`].
pub fn write_basis(holding: &Holding) -> String {
    let first = match holding.basis {
        Basis::Finding(_) => "finding",
        Basis::Accepted(_) => "accepted",
        Basis::Proposal(_) => "proposal",
    };
    std::iter::once(first).chain(marks(holding)).collect::<Vec<_>>().join(", ")
}

/// How a row stands behind a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct How {
    pub(super) judged: Judged,
    pub(super) hedged: bool,
    pub(super) copied: bool,
    pub(super) gone: bool,
}

impl How {
    pub(super) fn plainly(judged: Judged) -> How {
        How { judged, ..How::default() }
    }

    /// What [`write_basis`] wrote. What contests a value stands in a column of its own.
    pub(super) fn read(basis: &str) -> Result<How, String> {
        let mut words = basis.split(',').map(str::trim);
        let judged = match words.next().unwrap_or_default() {
            "finding" => Judged::Found,
            "accepted" => Judged::Accepted,
            "proposal" => Judged::Proposed,
            other => {
                return Err(format!("{other:?} is no basis; it is finding, accepted or proposal"));
            }
        };
        let mut how = How::plainly(judged);
        for word in words {
            how.hedged |= word == HEDGED;
            how.copied |= word == COPIED;
            how.gone |= word == EVIDENCE_GONE;
        }
        Ok(how)
    }
}
