//! When two reports may be proposed as one claim of responsibility.

use throughline_model::Variable;

use crate::{
    Local,
    name::{normal, share_a_word},
};

/// Whether the two cannot be one claim: one document tells them apart, or they are about
/// different incidents.
pub(crate) fn conflict(a: &Local, b: &Local) -> bool {
    let about = |local: &Local| local.names(Variable::About).map(normal).collect::<Vec<_>>();
    let (one, other) = (about(a), about(b));
    let differ = !one.is_empty()
        && !other.is_empty()
        && !one.iter().any(|x| other.iter().any(|y| x == y || share_a_word(x, y)));
    a.is_beside(b) || differ
}

/// Why two locals of one block (a claimant and a month) may be one claim, or `None`: the days of
/// the statement must lie within a day of each other.
pub(crate) fn reason(a: &Local, b: &Local) -> Option<String> {
    let claimant = a.names(Variable::Claimant).next()?;
    a.dates(Variable::Issued).find_map(|said| {
        b.dates(Variable::Issued)
            .find(|other| {
                said.earliest().0 <= other.latest().0 + 1
                    && other.earliest().0 <= said.latest().0 + 1
            })
            .map(|other| format!("same claimant ({claimant}), issued {said} / {other}"))
    })
}
