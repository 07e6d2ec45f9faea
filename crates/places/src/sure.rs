//! How sure it is that the likeliest entry of a name is the place that is meant: that may be another entry, or
//! one that the gazetteer has not.

/// How many features the likeliest entry has.
pub const SURE: usize = 3;

/// Their names, in the order of their values.
pub const SURE_NAMES: [&str; SURE] = ["score", "before-the-next", "several"];

/// So many hundredths of log-odds tell as much as any more.
const MOST: i32 = 1_000;

/// The values of the features of the likeliest of a name's entries: what speaks for it by all features, how
/// far it is before the next, both in hundredths of log-odds, and whether there is a next.
///
/// `scores` are those of all entries of the name, in ten-thousandths of log-odds.
pub fn sure(scores: &[i32], best: usize) -> [i32; SURE] {
    let score = scores.get(best).copied().unwrap_or(0);
    let others = scores.iter().enumerate().filter(|(at, _)| *at != best);
    let next = others.map(|(_, score)| *score).max();
    let hundredths = |log_odds: i32| (log_odds / 100).clamp(-MOST, MOST);
    let before = next.map_or(0, |next| hundredths(score.saturating_sub(next)));
    [hundredths(score), before, if next.is_some() { 100 } else { 0 }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_one_counts_and_not_the_rest() {
        assert_eq!(sure(&[15_000, -5_000, 11_000], 0), [150, 40, 100]);
        assert_eq!(sure(&[15_000], 0), [150, 0, 0]);
        assert_eq!(sure(&[900_000, 0], 0), [MOST, MOST, 100]);
        assert_eq!(sure(&[], 0), [0, 0, 0]);
    }
}
