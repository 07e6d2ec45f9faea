//! How much it says that two names share a part.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::sound::sound;

/// What a part weighs that the table has not.
pub(super) const RARE: i32 = 100;

/// The least that any part weighs.
const LEAST: i32 = 25;

/// How often each sound stands in names: spellings of one name count together.
static COUNTS: LazyLock<HashMap<Vec<u8>, u32>> = LazyLock::new(|| {
    let mut counts = HashMap::new();
    let table = include_str!("../../resources/name-parts.tsv").lines().skip(1);
    for (part, count) in table.filter_map(|line| line.split_once('\t')) {
        let count: u32 = count.parse().unwrap_or(0);
        *counts.entry(sound(part.as_bytes())).or_insert(0) += count;
    }
    counts
});

/// The weight of a part, from 25 for the most common to 100 for one that is in no table: it falls by
/// the same step whenever the part is twice as common.
pub(super) fn weight(sound: &[u8]) -> i32 {
    match COUNTS.get(sound) {
        Some(&count) if count >= 5 => (106 - 6 * count.ilog2() as i32).clamp(LEAST, RARE),
        _ => RARE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_parts_weigh_less() {
        let of = |part: &str| weight(&sound(part.as_bytes()));
        assert_eq!(of("brandvold"), RARE);
        assert!(of("mohamed") < of("bashir") && of("bashir") < RARE);
        assert_eq!(of("mohammed"), of("muhammed"), "spellings count together");
        assert!(of("smith") >= LEAST);
    }
}
