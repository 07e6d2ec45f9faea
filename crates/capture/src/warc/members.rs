//! A file of records that can be read from any of its records on, packed by gzip or not.
//!
//! Crawlers pack each record by itself, so that a record of a large archive can be found again
//! without unpacking what stands before it.

use std::io::{self, BufRead, Read, Seek, SeekFrom};
use std::rc::Rc;

use flate2::bufread::GzDecoder;

use crate::walk::{Budget, Handle, Metered};

/// How much is unpacked at once, in bytes.
const AHEAD: usize = 32 << 10;

/// Where something stands in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The byte of the file, or that where its member begins.
    pub(super) from: u64,
    /// How many bytes of what its member unpacks to stand before it; none in a file that is not
    /// packed.
    pub(super) within: u64,
}

/// A file of records, as one stream.
pub(super) enum Members<'a> {
    Plain(Handle<'a>),
    Packed(Packed<'a>),
}

impl<'a> Members<'a> {
    /// The file from a place on. What is unpacked counts against the budget.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(super) fn at(
        file: &Handle<'a>,
        place: Place,
        budget: &Rc<Budget>,
    ) -> io::Result<Members<'a>> {
        let mut start = [0; 2];
        let packed = file.again().read_exact(&mut start).is_ok() && start == [0x1F, 0x8B];
        let mut file = file.again();
        file.seek(SeekFrom::Start(place.from))?;
        if !packed {
            return Ok(Members::Plain(file));
        }
        let budget = Rc::clone(budget);
        let mut packed = Packed {
            member: None,
            file: Some(file),
            from: place.from,
            read: 0,
            out: Vec::new(),
            at: 0,
            budget,
        };
        io::copy(&mut (&mut packed).take(place.within), &mut io::sink())?;
        Ok(Members::Packed(packed))
    }

    /// Where the next byte stands: at the beginning of a member rather than at the end of the one
    /// before it.
    ///
    /// # Errors
    /// If the file cannot be read on.
    pub(super) fn place(&mut self) -> io::Result<Place> {
        match self {
            Members::Plain(file) => Ok(Place { from: file.stream_position()?, within: 0 }),
            Members::Packed(packed) => {
                packed.fill_buf()?;
                let ahead = (packed.out.len() - packed.at) as u64;
                Ok(Place { from: packed.from, within: packed.read - ahead })
            }
        }
    }

    /// Passes over some bytes, as far as they are there.
    ///
    /// # Errors
    /// If the file cannot be read on.
    pub(super) fn pass_over(&mut self, bytes: u64) -> io::Result<()> {
        match self {
            Members::Plain(file) => {
                let bytes = i64::try_from(bytes).map_err(|_| io::ErrorKind::UnexpectedEof)?;
                file.seek(SeekFrom::Current(bytes)).map(drop)
            }
            Members::Packed(packed) => io::copy(&mut packed.take(bytes), &mut io::sink()).map(drop),
        }
    }
}

impl Read for Members<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Members::Plain(file) => file.read(into),
            Members::Packed(packed) => packed.read(into),
        }
    }
}

impl BufRead for Members<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self {
            Members::Plain(file) => file.fill_buf(),
            Members::Packed(packed) => packed.fill_buf(),
        }
    }

    fn consume(&mut self, amount: usize) {
        match self {
            Members::Plain(file) => file.consume(amount),
            Members::Packed(packed) => packed.consume(amount),
        }
    }
}

/// Members that gzip packed, one after the other.
pub(super) struct Packed<'a> {
    /// The member that is read; between two, `file` is where the next one begins.
    member: Option<Box<GzDecoder<Handle<'a>>>>,
    file: Option<Handle<'a>>,
    /// Where the member begins, and how many bytes were unpacked of it.
    from: u64,
    read: u64,
    out: Vec<u8>,
    at: usize,
    budget: Rc<Budget>,
}

impl Read for Packed<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let part = self.fill_buf()?;
        let read = part.len().min(into.len());
        into[..read].copy_from_slice(&part[..read]);
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Packed<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at >= self.out.len() {
            let member = match (&mut self.member, self.file.take()) {
                (Some(member), _) => member,
                (None, Some(mut file)) => {
                    if file.fill_buf()?.is_empty() {
                        self.file = Some(file);
                        return Ok(&[]);
                    }
                    (self.from, self.read) = (file.stream_position()?, 0);
                    self.member.insert(Box::new(GzDecoder::new(file)))
                }
                (None, None) => return Ok(&[]),
            };
            (self.at, self.out) = (0, vec![0; AHEAD]);
            let read = Metered::new(&mut *member, &self.budget).read(&mut self.out);
            self.out.truncate(*read.as_ref().unwrap_or(&0));
            self.read += read? as u64;
            if self.out.is_empty() {
                self.file = self.member.take().map(|member| member.into_inner());
            }
        }
        Ok(&self.out[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount;
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    #[test]
    fn every_byte_is_found_again_by_its_place() {
        let words: Vec<String> = (0..40).map(|at| format!("word {at}\n").repeat(at)).collect();
        let gzip = |text: &[u8]| {
            let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            out.write_all(text).unwrap();
            out.finish().unwrap()
        };
        let whole = words.concat();
        // One of the members is empty.
        let packed: Vec<u8> = words.iter().flat_map(|text| gzip(text.as_bytes())).collect();
        for file in [whole.clone().into_bytes(), packed] {
            let file = Handle::new(Cursor::new(file)).unwrap();
            let budget = Rc::new(Budget::default());
            let open = |place| Members::at(&file, place, &budget).unwrap();
            let mut members = open(Place { from: 0, within: 0 });
            let mut passed = 0;
            while passed < whole.len() {
                let mut again = String::new();
                open(members.place().unwrap()).read_to_string(&mut again).unwrap();
                assert_eq!(again, whole[passed..]);
                members.pass_over(97).unwrap();
                passed += 97;
            }
        }
    }

    #[test]
    fn a_member_that_is_cut_off_ends_the_stream() {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(&vec![7; 100_000]).unwrap();
        let packed = out.finish().unwrap();
        let file = Handle::new(Cursor::new(packed[..packed.len() / 2].to_vec())).unwrap();
        let start = Place { from: 0, within: 0 };
        let mut members = Members::at(&file, start, &Rc::default()).unwrap();
        assert!(members.read_to_end(&mut Vec::new()).is_err());
    }
}
