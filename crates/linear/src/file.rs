//! The file of a [`Chain`].
//!
//! | part | as |
//! |---|---|
//! | `TLCH`, format | five bytes |
//! | labels | their number; length and letters of each |
//! | first, last, between | weights in units, signed |
//! | features | their number; for each, in order of hash, the distance from the one before it, how many weights it has, and for each weight how many labels are passed over and its units |
//! | hash | eight bytes over all before |
//!
//! Numbers take seven bits a byte, the lowest first; of signed ones the sign is the lowest bit.

use crate::bytes::{Error, Head, Reader, Writer};
use crate::table::Table;
use crate::{Chain, Feature};

const HEAD: Head = Head { mark: *b"TLCH", name: "file of weights", version: 1 };

/// More labels than any text has use for.
const MOST_LABELS: usize = 256;

/// Greater than any weight that training gives, and small enough that no sum overflows.
const MOST_UNITS: i64 = i16::MAX as i64;

impl Chain {
    /// The model as a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut file = Writer::new(HEAD);
        file.number(self.labels.len() as u64);
        self.labels.iter().for_each(|label| file.text(label));
        let edges = self.first.iter().chain(&self.last).chain(&self.between);
        edges.for_each(|weight| file.signed(i64::from(*weight)));
        let mut rows: Vec<(Feature, &[i16])> = self.table.rows().collect();
        rows.sort_unstable_by_key(|(feature, _)| *feature);
        file.number(rows.len() as u64);
        let mut before = 0;
        for (feature, weights) in rows {
            file.number(u64::from(feature.0 - before));
            before = feature.0;
            file.number(weights.iter().filter(|weight| **weight != 0).count() as u64);
            let mut passed = 0;
            for weight in weights {
                match weight {
                    0 => passed += 1,
                    _ => {
                        file.number(passed);
                        file.signed(i64::from(*weight));
                        passed = 0;
                    }
                }
            }
        }
        file.end()
    }

    /// The model in a file.
    ///
    /// # Errors
    /// If the file is none of weights, is of another format, or is damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Chain, Error> {
        let mut file = Reader::new(bytes, HEAD)?;
        let count = file.count()?;
        if count == 0 || count > MOST_LABELS {
            return file.damaged();
        }
        let labels = (0..count).map(|_| file.text()).collect::<Result<Vec<_>, _>>()?;
        let mut edges =
            |many: usize| (0..many).map(|_| units(&mut file)).collect::<Result<Vec<_>, _>>();
        let (first, last, between) = (edges(count)?, edges(count)?, edges(count * count)?);
        // A feature takes four bytes or more and two for each label of the table, so that the table
        // is at most some hundred times the file.
        let rows = file.count()?;
        if rows > file.left() / 4 {
            return file.damaged();
        }
        let mut table = Table::with_capacity(count, rows);
        let mut row = vec![0; count];
        let mut feature = 0u64;
        for _ in 0..rows {
            feature += file.number()?.min(1 << 32);
            let Ok(hash) = u32::try_from(feature) else { return file.damaged() };
            row.fill(0);
            let mut at = 0usize;
            let weights = file.count()?;
            if weights == 0 {
                return file.damaged();
            }
            for _ in 0..weights {
                at = at.saturating_add(usize::try_from(file.number()?).unwrap_or(usize::MAX));
                let weight = units(&mut file)?;
                match (row.get_mut(at), i16::try_from(weight)) {
                    (Some(place), Ok(weight)) => *place = weight,
                    _ => return file.damaged(),
                }
                at += 1;
            }
            if !table.insert(Feature(hash), &row) {
                return file.damaged();
            }
        }
        file.end()?;
        Ok(Chain { labels, table, between, first, last })
    }
}

fn units(file: &mut Reader<'_>) -> Result<i32, Error> {
    match file.signed()? {
        units if units.abs() <= MOST_UNITS => Ok(units as i32),
        _ => file.damaged(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Chain {
        let mut table = Table::with_capacity(3, 3);
        assert!(table.insert(Feature(u32::MAX), &[0, -5, 0]));
        assert!(table.insert(Feature(0), &[i16::MAX, 0, -32767]));
        assert!(table.insert(Feature(77), &[0, 0, 1]));
        Chain {
            labels: ["O", "B-Ä", ""].map(str::to_owned).to_vec(),
            table,
            between: (-4..5).collect(),
            first: vec![1, 2, 3],
            last: vec![-1000, 0, 32767],
        }
    }

    #[test]
    fn a_model_comes_back_from_its_file() {
        let chain = small();
        let again = Chain::from_bytes(&chain.to_bytes()).unwrap();
        assert_eq!(again.labels, chain.labels);
        assert_eq!(
            (again.between, again.first, again.last),
            (chain.between, chain.first, chain.last)
        );
        for (feature, weights) in chain.table.rows() {
            assert_eq!(again.table.get(feature), Some(weights));
        }
        assert_eq!(again.table.len(), 3);
    }

    #[test]
    fn the_last_label_of_many_keeps_its_weight() {
        let mut table = Table::with_capacity(40, 1);
        let mut row = [0; 40];
        row[39] = 1;
        assert!(table.insert(Feature(1), &row));
        let labels = (0..40).map(|n| format!("l{n}")).collect();
        let (between, first, last) = (vec![0; 1600], vec![0; 40], vec![0; 40]);
        let chain = Chain { labels, table, between, first, last };
        assert_eq!(Chain::from_bytes(&chain.to_bytes()), Ok(chain));
    }

    #[test]
    fn any_changed_or_missing_byte_is_noticed() {
        let bytes = small().to_bytes();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x10;
            assert!(Chain::from_bytes(&changed).is_err(), "byte {at}");
            assert!(Chain::from_bytes(&bytes[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn counts_that_the_file_cannot_hold_are_refused() {
        let mut writer = Writer::new(HEAD);
        writer.number(1000);
        assert!(Chain::from_bytes(&writer.end()).is_err());
        let mut writer = Writer::new(HEAD);
        writer.number(1);
        writer.text("O");
        (0..3).for_each(|_| writer.signed(0));
        writer.number(3);
        (0..4).for_each(|_| writer.number(0));
        assert!(Chain::from_bytes(&writer.end()).is_err(), "three rows in four bytes");
    }
}
