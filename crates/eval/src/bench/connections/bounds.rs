//! Between what bounds figures lie.

use std::collections::BTreeMap;

use super::measures::{auc, when};
use super::rows::{Dated, Labelled};
use crate::bench::interval;

/// The bounds of the AUC, by drawing groups of pairs anew: pairs that share attacks are no two
/// observations, so those of one place are drawn together. `group` names that of each pair.
pub fn auc_bounds(
    gold: &[Labelled],
    scores: &BTreeMap<String, f64>,
    group: &dyn Fn(&str) -> String,
) -> (f64, f64) {
    let mut groups: BTreeMap<String, Vec<(f64, bool)>> = BTreeMap::new();
    for one in gold {
        let score = scores.get(&one.id).copied().unwrap_or(f64::NEG_INFINITY);
        groups.entry(group(&one.id)).or_default().push((score, one.y));
    }
    let groups: Vec<Vec<(f64, bool)>> = groups.into_values().collect();
    interval::bounds(groups.len(), |drawn| {
        let all: Vec<(f64, bool)> =
            drawn.iter().flat_map(|at| groups[*at].iter().copied()).collect();
        auc(&all)
    })
}

/// The bounds of the share of right dates, by drawing pairs anew.
pub fn accuracy_bounds(gold: &[Dated], predicted: &[Dated]) -> (f64, f64) {
    let right: Vec<f64> =
        gold.iter().map(|one| when(std::slice::from_ref(one), predicted).accuracy).collect();
    interval::bounds(right.len(), |drawn| {
        drawn.iter().map(|at| right[*at]).sum::<f64>() / drawn.len() as f64
    })
}
