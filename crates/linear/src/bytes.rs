//! Files of models: numbers in few bytes, checked as they are read.

use crate::hash;

/// A file of a model that cannot be loaded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It does not begin as such files do.
    #[error("this is no {0}: make it anew with throughline train")]
    Kind(&'static str),
    /// It was written by another release.
    #[error(
        "format {found} is not the one that this release reads, which is {known}: make the file anew with throughline train"
    )]
    Version {
        /// The number in the file.
        found: u8,
        /// The number of the format that this program reads.
        known: u8,
    },
    /// Bytes were changed, added or lost.
    #[error(
        "the file is damaged at byte {0}: copy it again, or make it anew with throughline train"
    )]
    Damaged(usize),
}

/// The first bytes of a kind of file, what it is called, and its format.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head {
    pub(crate) mark: [u8; 4],
    pub(crate) name: &'static str,
    pub(crate) version: u8,
}

/// Writes a file: head, numbers, and a hash over all before it.
#[derive(Debug)]
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    pub(crate) fn new(head: Head) -> Writer {
        let mut bytes = head.mark.to_vec();
        bytes.push(head.version);
        Writer(bytes)
    }

    /// A number, seven bits a byte, the lowest first.
    pub(crate) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    /// A number with a sign, so that small ones of either sign are short.
    pub(crate) fn signed(&mut self, number: i64) {
        self.number(((number << 1) ^ (number >> 63)) as u64);
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    pub(crate) fn end(mut self) -> Vec<u8> {
        let sum = hash(&self.0);
        self.0.extend_from_slice(&sum.to_le_bytes());
        self.0
    }
}

/// Reads such a file; nothing is believed before it is checked.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// Checks head and hash.
    pub(crate) fn new(bytes: &'a [u8], head: Head) -> Result<Reader<'a>, Error> {
        const SUM: usize = 8;
        let mark = head.mark.len();
        if bytes.len() < mark + 1 + SUM || bytes[..mark] != head.mark {
            return Err(Error::Kind(head.name));
        }
        if bytes[mark] != head.version {
            return Err(Error::Version { found: bytes[mark], known: head.version });
        }
        let (content, sum) = bytes.split_at(bytes.len() - SUM);
        if hash(content).to_le_bytes() != sum {
            return Err(Error::Damaged(content.len()));
        }
        Ok(Reader { bytes: content, at: mark + 1 })
    }

    /// How many bytes are left: no more things can follow than that.
    pub(crate) fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    pub(crate) fn damaged<T>(&self) -> Result<T, Error> {
        Err(Error::Damaged(self.at))
    }

    pub(crate) fn number(&mut self) -> Result<u64, Error> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let Some(&byte) = self.bytes.get(self.at) else { return self.damaged() };
            self.at += 1;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        self.damaged()
    }

    pub(crate) fn signed(&mut self) -> Result<i64, Error> {
        let number = self.number()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// A number of things of which each takes a byte or more.
    pub(crate) fn count(&mut self) -> Result<usize, Error> {
        let number = self.number()?;
        match usize::try_from(number) {
            Ok(count) if count <= self.left() => Ok(count),
            _ => self.damaged(),
        }
    }

    pub(crate) fn text(&mut self) -> Result<String, Error> {
        let length = self.count()?;
        let Ok(text) = std::str::from_utf8(&self.bytes[self.at..self.at + length]) else {
            return self.damaged();
        };
        self.at += length;
        Ok(text.to_owned())
    }

    /// Checks that nothing follows.
    pub(crate) fn end(self) -> Result<(), Error> {
        if self.left() == 0 { Ok(()) } else { self.damaged() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: Head = Head { mark: *b"TEST", name: "test file", version: 3 };

    #[test]
    fn what_is_written_is_read() {
        let numbers = [0, 1, -1, 63, -64, 64, i64::MAX, i64::MIN];
        let mut writer = Writer::new(HEAD);
        numbers.iter().for_each(|number| writer.signed(*number));
        writer.number(u64::MAX);
        writer.text("Straße");
        let bytes = writer.end();
        let mut reader = Reader::new(&bytes, HEAD).unwrap();
        numbers.iter().for_each(|number| assert_eq!(reader.signed(), Ok(*number)));
        assert_eq!(reader.number(), Ok(u64::MAX));
        assert_eq!(reader.text().as_deref(), Ok("Straße"));
        assert_eq!(reader.end(), Ok(()));
    }

    #[test]
    fn what_is_none_is_refused() {
        assert!(matches!(Reader::new(b"", HEAD), Err(Error::Kind(_))));
        let mut bytes = Writer::new(Head { version: 4, ..HEAD }).end();
        assert_eq!(Reader::new(&bytes, HEAD).unwrap_err(), Error::Version { found: 4, known: 3 });
        bytes[4] = 3;
        assert!(matches!(Reader::new(&bytes, HEAD), Err(Error::Damaged(_))));
        let mut writer = Writer::new(HEAD);
        writer.number(1 << 40);
        let bytes = writer.end();
        assert!(Reader::new(&bytes, HEAD).unwrap().count().is_err());
        assert!(Reader::new(&bytes, HEAD).unwrap().text().is_err());
    }
}
