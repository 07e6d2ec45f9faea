//! The gazetteer's file: places in columns, and names in order with the places that bear them.
//!
//! Packed with zstd, it holds, one after the other, each list after its length:
//!
//! - codes of areas, `US.PA` a line, and the names of places, a line each;
//! - of the places, a column each: kind, area, latitude, longitude, population, radius, number in
//!   GeoNames; but for the kind, each as the difference from the one before;
//! - where each block of sixteen names begins, and the blocks: of each name how many letters it has
//!   in common with the one before, the rest of it, and its places, each with how it bears the name.
//!
//! Numbers are of four bytes, the least first; within a block, of as many bytes of seven bits as they
//! need.

/// So many names stand in a block; the first of each is whole.
pub(super) const BLOCK: usize = 16;

/// The file's first bytes: what it is and its version.
pub(super) const MAGIC: &[u8] = b"TLPLACE1";

/// Writes numbers and lists of bytes.
#[derive(Default)]
pub(super) struct Writer(pub(super) Vec<u8>);

impl Writer {
    /// A list of bytes, after its length.
    pub(super) fn list(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u32);
        self.0.extend_from_slice(bytes);
    }

    /// A number of four bytes.
    pub(super) fn number(&mut self, number: u32) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    /// A number of as many bytes as it needs.
    pub(super) fn short(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.0.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }
}

/// Reads what [`Writer`] wrote; of what is cut off or too large, nothing.
pub(super) struct Reader<'b>(pub(super) &'b [u8]);

impl<'b> Reader<'b> {
    /// So many bytes.
    pub(super) fn take(&mut self, many: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(many)?;
        self.0 = rest;
        Some(taken)
    }

    /// A list of bytes.
    pub(super) fn list(&mut self) -> Option<&'b [u8]> {
        let many = self.number()? as usize;
        self.take(many)
    }

    /// A column of numbers.
    pub(super) fn column(&mut self) -> Option<Vec<u32>> {
        let (numbers, rest) = self.list()?.as_chunks::<4>();
        rest.is_empty().then(|| numbers.iter().map(|four| u32::from_le_bytes(*four)).collect())
    }

    /// A column of numbers, written as differences.
    pub(super) fn sums(&mut self) -> Option<Vec<u32>> {
        let mut column = self.column()?;
        let mut sum = 0_u32;
        for number in &mut column {
            sum = sum.wrapping_add(*number);
            *number = sum;
        }
        Some(column)
    }

    /// A number of four bytes.
    pub(super) fn number(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    /// A number of as many bytes as it needs.
    pub(super) fn short(&mut self) -> Option<u32> {
        let mut number = 0_u32;
        for at in 0..5 {
            let byte = u32::from(self.take(1)?[0]);
            number |= (byte & 0x7f) << (7 * at);
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn numbers_come_back(numbers in proptest::collection::vec(0_u32.., 0..50)) {
            let mut writer = Writer::default();
            numbers.iter().for_each(|number| writer.short(*number));
            let mut reader = Reader(&writer.0);
            for number in &numbers {
                proptest::prop_assert_eq!(reader.short(), Some(*number));
            }
            proptest::prop_assert_eq!(reader.short(), None);
        }
    }
}
