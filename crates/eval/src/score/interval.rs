//! The interval in which F1 lies, by drawing documents anew.

use super::Tally;

/// F1 with the bounds between which it lies for nineteen of twenty samples of the documents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// F1 over all documents.
    pub value: f64,
    /// Two and a half of a hundred samples lie below.
    pub low: f64,
    /// Two and a half of a hundred samples lie above.
    pub high: f64,
}

/// How often documents are drawn.
const DRAWS: usize = 2000;

/// The percentile bootstrap over documents, from a fixed seed; `None` if F1 has no value.
pub(crate) fn of(documents: &[Tally]) -> Option<Interval> {
    let sum = |drawn: &mut dyn Iterator<Item = Tally>| {
        let mut all = Tally::default();
        drawn.for_each(|one| all.add(one));
        all.f1()
    };
    let value = sum(&mut documents.iter().copied())?;
    let mut draw = Draw(1878);
    let mut found: Vec<f64> = (0..DRAWS)
        .filter_map(|_| {
            sum(&mut (0..documents.len()).map(|_| documents[draw.below(documents.len())]))
        })
        .collect();
    found.sort_by(f64::total_cmp);
    let at = |share: usize| found.get(found.len() * share / 1000).copied().unwrap_or(value);
    Some(Interval { value, low: at(25), high: at(975) })
}

/// SplitMix64 (Steele, Lea, Flood 2014): enough for drawing, and the same everywhere.
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number below `end`; the bias of the remainder is below one in 10¹⁷ here.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bounds_enclose_the_value_and_narrow_with_documents() {
        let some = |many: u32| -> Vec<Tally> {
            (0..many).map(|at| Tally { coded: 4, read: 4, both: at % 5 }).collect()
        };
        let few = of(&some(10)).unwrap();
        let more = of(&some(1000)).unwrap();
        assert!(few.low < few.value && few.value < few.high, "{few:?}");
        assert!(more.high - more.low < few.high - few.low, "{more:?}");
    }

    #[test]
    fn equal_documents_leave_no_doubt_and_none_leave_no_value() {
        let same = of(&[Tally { coded: 2, read: 2, both: 1 }; 8]).unwrap();
        assert_eq!((same.low, same.value, same.high), (0.5, 0.5, 0.5));
        assert_eq!(of(&[Tally::default(); 3]), None);
    }
}
