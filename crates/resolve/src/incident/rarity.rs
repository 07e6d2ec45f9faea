//! How much it says that two reports share a word.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use throughline_model::Outline;

/// By the hash of a word.
type Weights = HashMap<u32, i64, BuildHasherDefault<Spread>>;

/// Of how many documents of news the table tells, and how much each of its words weighs:
/// `models/words.md` says which documents.
static TABLE: LazyLock<(u32, Weights)> = LazyLock::new(|| {
    let mut lines = include_str!("../../../../models/words.tsv").lines();
    let all = lines.next().and_then(|line| line.split_once('\t'));
    let all = all.and_then(|(_, count)| count.parse().ok()).unwrap_or(1);
    let weights = lines.filter_map(|line| {
        let (word, count) = line.split_once('\t')?;
        Some((Outline::hash(word), weight_of(all, count.parse().ok()?)))
    });
    (all, weights.collect())
});

/// Spreads what are hashes already: every word of every report is looked up. Whoever wrote a report can
/// choose where its words fall, and makes no difference to a table that ships.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u32((*byte).into()));
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = (self.0 ^ u64::from(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The weight of a word, in hundredths: zero for one that every document has, and as much more as it
/// is in fewer of them, by the logarithm. A word that the table has not is in hardly any.
pub(super) fn weight(word: u32) -> i64 {
    let (all, weights) = &*TABLE;
    weights.get(&word).copied().unwrap_or_else(|| weight_of(*all, 1))
}

/// The weight of a word that is in so many of all documents.
fn weight_of(all: u32, count: u32) -> i64 {
    (log2(all + 1) - log2(count + 1)).max(0)
}

/// The greatest weight of all.
pub(super) fn most() -> i64 {
    log2(TABLE.0 + 1) - log2(2)
}

/// Seventy times the binary logarithm, nearly, so that it is a hundred times the natural one: by the
/// place of the first bit and, between powers of two, in a straight line, so that every machine
/// gives the same.
fn log2(number: u32) -> i64 {
    let number = number.max(1);
    let whole = number.ilog2();
    let rest = i64::from(number) - (1 << whole);
    70 * i64::from(whole) + 70 * rest / (1 << whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_weigh_more() {
        let of = |word: &str| weight(Outline::hash(word));
        assert!(of("said") < of("police") && of("police") < of("harbour"));
        assert_eq!(of("brandvoldsen"), most());
        assert!(of("said") >= 0);
    }

    #[test]
    fn the_logarithm_is_near_enough() {
        for number in [1u32, 2, 3, 7, 100, 4_000, 1_000_000] {
            let exact = f64::from(number).log2() * 70.0;
            assert!((log2(number) as f64 - exact).abs() < 7.0, "{number}");
        }
    }
}
