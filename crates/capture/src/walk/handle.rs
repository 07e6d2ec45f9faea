//! A place in a file that several readers share.

use std::cell::RefCell;
use std::io::{self, BufRead, Read, Seek, SeekFrom};
use std::rc::Rc;

/// What can be read from any place.
pub(crate) trait Source: Read + Seek {}

impl<T: Read + Seek> Source for T {}

/// How much is read at once, in bytes.
const AHEAD: usize = 32 << 10;

/// A reader over a part of a shared source, with a place and a buffer of its own: a directory is
/// read on while what it names is read elsewhere. Seeking within the buffer costs nothing.
pub(crate) struct Handle<'a> {
    source: Rc<RefCell<dyn Source + 'a>>,
    /// The part of the source that it sees.
    from: u64,
    length: u64,
    at: u64,
    buffer: Vec<u8>,
    /// The place of the buffer's first byte, counted as `at` is.
    buffered: u64,
}

impl<'a> Handle<'a> {
    /// A handle on all of a source.
    pub(crate) fn new(mut source: impl Source + 'a) -> io::Result<Handle<'a>> {
        let length = source.seek(SeekFrom::End(0))?;
        let source = Rc::new(RefCell::new(source));
        Ok(Handle { source, from: 0, length, at: 0, buffer: Vec::new(), buffered: 0 })
    }

    /// A handle at the beginning of `length` bytes from `from` on, as far as these are there.
    pub(crate) fn part(&self, from: u64, length: u64) -> Handle<'a> {
        let from = from.min(self.length);
        Handle {
            source: Rc::clone(&self.source),
            from: self.from + from,
            length: length.min(self.length - from),
            at: 0,
            buffer: Vec::new(),
            buffered: 0,
        }
    }

    /// Another handle on the same bytes, at their beginning.
    pub(crate) fn again(&self) -> Handle<'a> {
        self.part(0, self.length)
    }

    /// How many bytes there are.
    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    fn in_buffer(&self) -> &[u8] {
        let skip = self.at.checked_sub(self.buffered).map(|skip| skip as usize);
        skip.and_then(|skip| self.buffer.get(skip..)).unwrap_or_default()
    }
}

impl Read for Handle<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let part = self.fill_buf()?;
        let read = part.len().min(into.len());
        into[..read].copy_from_slice(&part[..read]);
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Handle<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.in_buffer().is_empty() && self.at < self.length {
            let most = (self.length - self.at).min(AHEAD as u64);
            let mut source = self.source.borrow_mut();
            source.seek(SeekFrom::Start(self.from + self.at))?;
            self.buffer.clear();
            self.buffered = self.at;
            (&mut *source).take(most).read_to_end(&mut self.buffer)?;
        }
        Ok(self.in_buffer())
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount as u64;
    }
}

impl Seek for Handle<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = to.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_apart() {
        let bytes: Vec<u8> = (0..200_000u32).map(|at| (at % 251) as u8).collect();
        let whole = Handle::new(io::Cursor::new(bytes.clone())).unwrap();
        let mut one = whole.part(10, 100_000);
        let mut two = whole.part(199_990, 100);
        let (mut first, mut second) = (vec![0; 40_000], Vec::new());
        one.read_exact(&mut first).unwrap();
        two.read_to_end(&mut second).unwrap();
        assert_eq!((&first[..], &second[..]), (&bytes[10..40_010], &bytes[199_990..]));
        one.seek(SeekFrom::Current(-3)).unwrap();
        one.read_exact(&mut first[..3]).unwrap();
        assert_eq!(first[..3], bytes[40_007..40_010]);
        one.seek(SeekFrom::Start(500_000)).unwrap();
        assert_eq!(one.read(&mut first).unwrap(), 0);
        assert!(one.seek(SeekFrom::End(-500_000)).is_err());
    }
}
