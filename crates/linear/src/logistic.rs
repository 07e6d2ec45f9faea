//! Logistic regression over few features, all of them given: for scores that people must be able to
//! follow term by term.

/// So many steps are taken at most; Newton's method needs far fewer.
const STEPS: usize = 100;

/// Weights of a bias and of each feature, the bias first, so that their sum over a row is the
/// log-odds of its label; drawn to zero by half of `l2` times their squares, but for the bias.
///
/// All rows have the same length. Without rows all weights are zero.
pub fn fit(rows: &[Vec<f64>], labels: &[bool], l2: f64) -> Vec<f64> {
    let size = rows.first().map_or(0, Vec::len) + 1;
    let mut weights = vec![0.0; size];
    for _ in 0..STEPS {
        let mut gradient: Vec<f64> = weights.iter().map(|weight| l2 * weight).collect();
        gradient[0] = 0.0;
        let mut curvature = vec![vec![0.0; size]; size];
        for (at, row) in curvature.iter_mut().enumerate() {
            // A little on the bias too, so that the step is always defined.
            row[at] = if at == 0 { 1e-9 } else { l2.max(1e-9) };
        }
        for (row, label) in rows.iter().zip(labels) {
            let value = |at: usize| if at == 0 { 1.0 } else { row[at - 1] };
            let odds: f64 = weights.iter().enumerate().map(|(at, weight)| weight * value(at)).sum();
            let share = 1.0 / (1.0 + (-odds).exp());
            let off = share - if *label { 1.0 } else { 0.0 };
            let steep = share * (1.0 - share);
            for at in 0..size {
                if value(at) == 0.0 {
                    continue;
                }
                gradient[at] += off * value(at);
                let half = curvature[at].iter_mut().enumerate().take(at + 1);
                half.for_each(|(other, cell)| *cell += steep * value(at) * value(other));
            }
        }
        let step = solve(curvature, gradient);
        let longest = step.iter().fold(0.0_f64, |most, one| most.max(one.abs()));
        weights.iter_mut().zip(step).for_each(|(weight, step)| *weight -= step);
        if longest < 1e-9 {
            break;
        }
    }
    weights
}

/// Solves a symmetric, positive system of which the lower half is given, by Cholesky's method.
fn solve(mut half: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for at in 0..size {
        for other in 0..=at {
            let before: f64 = (0..other).map(|k| half[at][k] * half[other][k]).sum();
            half[at][other] = match at == other {
                true => (half[at][at] - before).max(1e-12).sqrt(),
                false => (half[at][other] - before) / half[other][other],
            };
        }
    }
    for at in 0..size {
        let before: f64 = (0..at).map(|k| half[at][k] * right[k]).sum();
        right[at] = (right[at] - before) / half[at][at];
    }
    for at in (0..size).rev() {
        let after: f64 = (at + 1..size).map(|k| half[k][at] * right[k]).sum();
        right[at] = (right[at] - after) / half[at][at];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Random;

    #[test]
    fn weights_that_made_the_labels_are_found_again() {
        let mut random = Random::new(7);
        let mut chance = || random.below(1_000_000) as f64 / 1e6;
        let rows: Vec<Vec<f64>> = (0..20_000).map(|_| vec![chance(), chance()]).collect();
        let odds = |row: &[f64]| -1.0 + 3.0 * row[0] - 2.0 * row[1];
        let labels: Vec<bool> =
            rows.iter().map(|row| chance() < 1.0 / (1.0 + (-odds(row)).exp())).collect();
        let found = fit(&rows, &labels, 0.0);
        for (got, want) in found.iter().zip([-1.0, 3.0, -2.0]) {
            assert!((got - want).abs() < 0.2, "{found:?}");
        }
        let drawn = fit(&rows, &labels, 1000.0);
        assert!(drawn[1].abs() < found[1].abs(), "weights are drawn to zero");
    }

    #[test]
    fn what_is_told_apart_without_fault_has_weights_still() {
        let weights = fit(&[vec![0.0], vec![1.0]], &[false, true], 0.1);
        assert!(weights.iter().all(|weight| weight.is_finite()) && weights[1] > 0.0);
        assert_eq!(fit(&[], &[], 1.0), [0.0]);
    }
}
