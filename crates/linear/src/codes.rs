//! A short code for each of many words, such as the way to its cluster in a tree of clusters.

use crate::bytes::{Error, Head, Reader, Writer};
use crate::hash;

const HEAD: Head = Head { mark: *b"TLCO", name: "file of codes", version: 1 };

/// Up to twenty-eight bits, the first ones saying most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code {
    bits: u32,
    length: u8,
}

impl Code {
    /// The most bits of a code.
    pub const LONGEST: usize = 28;

    /// A code of these bits, cut to the longest.
    pub fn new(bits: &[bool]) -> Code {
        let kept = &bits[..bits.len().min(Code::LONGEST)];
        let number = kept.iter().fold(0, |number, bit| number << 1 | u32::from(*bit));
        Code { bits: number, length: kept.len() as u8 }
    }

    /// Its first bits as a number that no other prefix has; the whole of a shorter code.
    pub fn prefix(self, length: u8) -> u64 {
        let length = length.min(self.length);
        // One bit in front, so that 01 and 001 differ.
        u64::from(self.bits >> (self.length - length)) | 1 << length
    }
}

/// Codes by the hash of their word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codes {
    /// Sorted by hash.
    codes: Vec<(u32, Code)>,
    /// For the upper bits of a hash, where in `codes` those with these bits begin.
    index: Vec<u32>,
}

/// How many of the upper bits of a hash are indexed.
const INDEXED: u32 = 12;

impl Codes {
    /// Codes of words; of a word that comes twice the first.
    pub fn new<'a>(words: impl IntoIterator<Item = (&'a str, Code)>) -> Codes {
        let codes = words.into_iter().map(|(word, code)| (short(hash(word.as_bytes())), code));
        Codes::of(codes.collect())
    }

    fn of(mut codes: Vec<(u32, Code)>) -> Codes {
        codes.sort_by_key(|(hash, _)| *hash);
        codes.dedup_by_key(|(hash, _)| *hash);
        let index = (0..=1u64 << INDEXED)
            .map(|upper| {
                let least = upper << (32 - INDEXED);
                codes.partition_point(|(hash, _)| u64::from(*hash) < least) as u32
            })
            .collect();
        Codes { codes, index }
    }

    /// The code of a word, by its [`hash`].
    pub fn get(&self, word: u64) -> Option<Code> {
        let word = short(word);
        let upper = (word >> (32 - INDEXED)) as usize;
        let (start, end) = (*self.index.get(upper)?, *self.index.get(upper + 1)?);
        let near = &self.codes[start as usize..end as usize];
        let at = near.binary_search_by_key(&word, |(hash, _)| *hash).ok()?;
        Some(near[at].1)
    }

    /// How many words have a code.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether no word has a code.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The codes as a file: their number, and for each, in order of hash, the distance from the
    /// one before it and its bits behind a one.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut file = Writer::new(HEAD);
        file.number(self.codes.len() as u64);
        let mut before = 0;
        for (hash, code) in &self.codes {
            file.number(u64::from(hash - before));
            before = *hash;
            file.number(code.prefix(code.length));
        }
        file.end()
    }

    /// The codes in a file.
    ///
    /// # Errors
    /// If the file is none of codes, is of another format, or is damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Codes, Error> {
        let mut file = Reader::new(bytes, HEAD)?;
        let count = file.count()?;
        let mut codes = Vec::with_capacity(count.min(file.left() / 2));
        let mut hash = 0u64;
        for _ in 0..count {
            hash += file.number()?.min(1 << 32);
            let code = file.number()?;
            let (Ok(hash), 1..=0x1fff_ffff) = (u32::try_from(hash), code) else {
                return file.damaged();
            };
            let length = code.ilog2();
            codes.push((hash, Code { bits: (code ^ 1 << length) as u32, length: length as u8 }));
        }
        file.end()?;
        Ok(Codes::of(codes))
    }
}

fn short(hash: u64) -> u32 {
    (hash >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(bits: &str) -> Code {
        Code::new(&bits.chars().map(|bit| bit == '1').collect::<Vec<_>>())
    }

    #[test]
    fn prefixes_of_codes() {
        let one = code("00101");
        assert_eq!(one.prefix(3), code("001").prefix(9));
        assert_ne!(one.prefix(2), one.prefix(3));
        assert_ne!(code("01").prefix(4), code("001").prefix(4));
        assert_eq!(code("").prefix(4), 1);
        assert_eq!(code(&"1".repeat(40)), code(&"1".repeat(28)));
    }

    #[test]
    fn codes_come_back_from_their_file() {
        let words: Vec<String> = (0..5000).map(|n| format!("word{n}")).collect();
        let coded =
            words.iter().enumerate().map(|(n, word)| (word.as_str(), code(&format!("{n:b}"))));
        let codes = Codes::new(coded);
        let bytes = codes.to_bytes();
        assert_eq!(Codes::from_bytes(&bytes).unwrap(), codes);
        assert_eq!(codes.get(hash(b"word6")), Some(code("110")));
        assert_eq!(codes.get(hash(b"word4999")), Some(code(&format!("{:b}", 4999))));
        assert_eq!(codes.get(hash(b"other")), None);
        assert!(Codes::from_bytes(&bytes[..bytes.len() - 9]).is_err());
        assert_eq!(Codes::default().get(1), None);
    }
}
