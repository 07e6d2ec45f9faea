//! Rows and columns paired one to one.

use std::ops::{AddAssign, Neg, Sub, SubAssign};

/// What a pair can weigh.
pub(super) trait Weight:
    Copy + Default + PartialOrd + AddAssign + SubAssign + Sub<Output = Self> + Neg<Output = Self>
{
    /// More than any sum of weights.
    const FAR: Self;
}

impl Weight for i64 {
    const FAR: i64 = i64::MAX / 4;
}

impl Weight for f64 {
    const FAR: f64 = f64::INFINITY;
}

/// The pairs of rows and columns whose weights have the greatest sum (Kuhn's method with
/// potentials), of all rows or of all columns, whichever are fewer; some may weigh nothing.
pub(super) fn heaviest<W: Weight>(weights: &[Vec<W>]) -> Vec<(usize, usize)> {
    let (rows, columns) = (weights.len(), weights.first().map_or(0, Vec::len));
    if rows == 0 || columns == 0 {
        return Vec::new();
    }
    if rows > columns {
        let turned: Vec<Vec<W>> =
            (0..columns).map(|j| weights.iter().map(|row| row[j]).collect()).collect();
        return heaviest(&turned).into_iter().map(|(j, i)| (i, j)).collect();
    }
    let (mut u, mut v) = (vec![W::default(); rows + 1], vec![W::default(); columns + 1]);
    // The row of each column; column 0 is where a new row starts.
    let mut of = vec![0; columns + 1];
    for i in 1..=rows {
        of[0] = i;
        let mut at = 0;
        let (mut low, mut way) = (vec![W::FAR; columns + 1], vec![0; columns + 1]);
        let mut done = vec![false; columns + 1];
        while of[at] != 0 {
            done[at] = true;
            let (row, mut least, mut next) = (of[at], W::FAR, 0);
            for j in 1..=columns {
                if done[j] {
                    continue;
                }
                let cost = -weights[row - 1][j - 1] - u[row] - v[j];
                if cost < low[j] {
                    (low[j], way[j]) = (cost, at);
                }
                if low[j] < least {
                    (least, next) = (low[j], j);
                }
            }
            for j in 0..=columns {
                if done[j] {
                    u[of[j]] += least;
                    v[j] -= least;
                } else {
                    low[j] -= least;
                }
            }
            at = next;
        }
        while at != 0 {
            of[at] = of[way[at]];
            at = way[at];
        }
    }
    (1..=columns).filter(|&j| of[j] != 0).map(|j| (of[j] - 1, j - 1)).collect()
}

/// How many rows can be paired with a column of theirs, each column once.
pub(super) fn most(rows: &[Vec<usize>], columns: usize) -> usize {
    fn grow(
        row: usize,
        rows: &[Vec<usize>],
        owner: &mut [Option<usize>],
        seen: &mut [bool],
    ) -> bool {
        for &column in &rows[row] {
            if std::mem::replace(&mut seen[column], true) {
                continue;
            }
            let free = match owner[column] {
                None => true,
                Some(other) => grow(other, rows, owner, seen),
            };
            if free {
                owner[column] = Some(row);
                return true;
            }
        }
        false
    }
    let mut owner = vec![None; columns];
    (0..rows.len()).filter(|&row| grow(row, rows, &mut owner, &mut vec![false; columns])).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_counts_not_the_single_pair() {
        assert_eq!(heaviest(&[vec![5, 4], vec![4, 0]]), [(1, 0), (0, 1)]);
        assert_eq!(heaviest(&[vec![1], vec![3], vec![2]]), [(1, 0)]);
        assert_eq!(heaviest::<i64>(&[]), []);
        assert_eq!(heaviest(&[vec![0.5, 0.4], vec![0.4, 0.0]]), [(1, 0), (0, 1)]);
    }

    #[test]
    fn as_many_pairs_as_there_can_be() {
        assert_eq!(most(&[vec![0], vec![0, 1], vec![1]], 2), 2);
        assert_eq!(most(&[vec![0, 1], vec![0]], 2), 2);
        assert_eq!(most(&[vec![]], 1), 0);
    }
}
