//! Weights by feature and label, packed for looking up.

use crate::Feature;

/// How many units a score of one has: weights are kept as whole numbers of this fraction.
///
/// A sum of fifty weights is then off by a fiftieth at most, and by a three-hundredth mostly, far
/// less than the weights themselves would change with other examples; and most weights fit into
/// one byte of a file.
pub(crate) const UNITS: f32 = 64.0;

/// A row of weights for each of many features.
///
/// An open table: a feature lies in the first free slot from the one that its upper bits name, and
/// no more than half of the slots are taken. Most features that are asked for have no weights;
/// one bit for their lower bits tells that of nearly all, from a part of the memory that stays
/// near.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    labels: usize,
    /// Feature, and its row plus one; zero where the slot is free.
    slots: Vec<(u32, u32)>,
    /// How far a feature is shifted to give its slot.
    shift: u32,
    /// For the lower bits of a feature, whether any feature with these has a row.
    present: Vec<u64>,
    /// One weight for each label of each row.
    weights: Vec<i16>,
    keys: Vec<Feature>,
}

impl Table {
    /// A table for as many rows as `rows`, with `labels` weights each.
    pub(crate) fn with_capacity(labels: usize, rows: usize) -> Table {
        let bits = usize::BITS - (rows * 2).max(1).leading_zeros();
        let bits = bits.clamp(4, 31);
        Table {
            labels,
            slots: vec![(0, 0); 1 << bits],
            shift: 32 - bits,
            // Eight bits a slot, so that one bit in sixteen or fewer is set.
            present: vec![0; (1usize << bits) / 8],
            weights: Vec::with_capacity(rows * labels),
            keys: Vec::with_capacity(rows),
        }
    }

    /// Adds a row for a feature that has none yet, if there is room; gives whether it was added.
    pub(crate) fn insert(&mut self, feature: Feature, weights: &[i16]) -> bool {
        if weights.len() != self.labels || (self.keys.len() + 1) * 2 > self.slots.len() {
            return false;
        }
        let mask = self.slots.len() - 1;
        let mut slot = (feature.0 >> self.shift) as usize;
        while self.slots[slot].1 != 0 {
            if self.slots[slot].0 == feature.0 {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        let (at, bit) = self.place(feature);
        self.present[at] |= bit;
        self.keys.push(feature);
        self.slots[slot] = (feature.0, u32::try_from(self.keys.len()).unwrap_or(0));
        self.weights.extend_from_slice(weights);
        true
    }

    /// Where the bit of a feature stands.
    fn place(&self, feature: Feature) -> (usize, u64) {
        let lower = feature.0 as usize & (self.present.len() * 64 - 1);
        (lower / 64, 1 << (lower % 64))
    }

    /// The row of a feature, if it has weights.
    pub(crate) fn row(&self, feature: Feature) -> Option<u32> {
        let (at, bit) = self.place(feature);
        if self.present[at] & bit == 0 {
            return None;
        }
        let mask = self.slots.len() - 1;
        let mut slot = (feature.0 >> self.shift) as usize;
        loop {
            match self.slots[slot] {
                (_, 0) => return None,
                (held, row) if held == feature.0 => return Some(row - 1),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    /// The weights of a row.
    pub(crate) fn weights(&self, row: u32) -> &[i16] {
        let start = row as usize * self.labels;
        &self.weights[start..start + self.labels]
    }

    /// The weights of a feature.
    #[cfg(test)]
    pub(crate) fn get(&self, feature: Feature) -> Option<&[i16]> {
        self.row(feature).map(|row| self.weights(row))
    }

    /// All features with their weights, in the order in which they came in.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (Feature, &[i16])> {
        self.keys.iter().copied().zip(self.weights.chunks(self.labels.max(1)))
    }

    /// How many features have weights.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_in_comes_out_and_nothing_else() {
        let mut table = Table::with_capacity(2, 1000);
        let feature = |n: u32| Feature(n.wrapping_mul(2_654_435_769));
        for n in 0..1000 {
            let n16 = i16::try_from(n).unwrap();
            assert!(table.insert(feature(n), &[n16, -n16]));
        }
        assert!(!table.insert(feature(5), &[0, 0]), "a feature has one row");
        for n in 0..1000 {
            let n16 = i16::try_from(n).unwrap();
            assert_eq!(table.get(feature(n)), Some(&[n16, -n16][..]));
        }
        assert!((1000..2000).all(|n| table.get(feature(n)).is_none()));
        assert_eq!((table.len(), table.rows().count()), (1000, 1000));
    }

    #[test]
    fn a_full_table_takes_no_more() {
        let mut table = Table::with_capacity(1, 1);
        let taken = (0..100).filter(|n| table.insert(Feature(n << 20), &[1])).count();
        assert!((1..100).contains(&taken));
        assert_eq!(table.get(Feature(u32::MAX)), None);
    }
}
