//! Something that is to be read: a file, or what an archive holds.

use std::io::{self, BufRead, Cursor, Read, Seek};

use throughline_model::{Document, Reference, Stamp};

use super::Handle;
use crate::beside::Beside;
use crate::recognise::START;
use crate::{Cause, Format, Given};

/// A file or an entry of an archive that is to be read.
pub(crate) struct Entry<'a> {
    /// Where it stands, for people.
    pub(crate) place: String,
    /// Its name, by whose extension its format is told: words, never a path to follow.
    pub(crate) name: String,
    /// The format that the caller gave.
    pub(crate) format: Option<Format>,
    /// The media type that its container declares.
    pub(crate) media_type: Option<String>,
    /// Whether the user named it, rather than a folder or an archive that holds it.
    pub(crate) named: bool,
    /// Whether its bytes are kept if no reader knows them; else they are passed over.
    pub(crate) kept: bool,
    /// In how many archives it stands.
    pub(crate) depth: usize,
    /// What its container knows of it.
    pub(crate) knows: Knows,
    /// What lies beside it, and may belong to it.
    pub(crate) beside: Option<Beside<'a>>,
    pub(crate) input: Input<'a>,
}

impl<'a> Entry<'a> {
    /// A file that somebody named.
    pub(crate) fn file(place: &str, format: Option<Format>, file: Handle<'a>) -> Entry<'a> {
        let name = place.rsplit('/').next().unwrap_or_default().to_owned();
        Entry {
            place: place.to_owned(),
            name,
            format,
            media_type: None,
            named: true,
            kept: true,
            depth: 0,
            knows: Knows::default(),
            beside: None,
            input: Input::File(file),
        }
    }

    /// An entry of an archive.
    pub(crate) fn within(
        outer: &Outer,
        place: String,
        name: impl Into<String>,
        input: Input<'a>,
    ) -> Entry<'a> {
        Entry {
            place,
            name: name.into(),
            format: None,
            media_type: None,
            named: false,
            kept: true,
            depth: outer.depth,
            knows: outer.knows.clone(),
            beside: None,
            input,
        }
    }

    /// The archive apart from its bytes.
    pub(crate) fn open(self) -> (Outer, Input<'a>) {
        let Entry { place, name, named, depth, knows, input, .. } = self;
        (Outer { place, name, named, depth, knows }, input)
    }

    /// The first bytes, which stay to be read.
    pub(crate) fn start(&mut self) -> io::Result<Vec<u8>> {
        let mut start = Vec::with_capacity(START);
        match &mut self.input {
            Input::File(file) => {
                file.take(START as u64).read_to_end(&mut start)?;
                file.rewind()?;
            }
            Input::Held(bytes) => start.extend_from_slice(&bytes[..bytes.len().min(START)]),
            Input::Stream { read, rest } => {
                read.take(START as u64).read_to_end(&mut start)?;
                rest.take(START as u64 - start.len() as u64).read_to_end(&mut start)?;
                *read = Cursor::new(start.clone());
            }
        }
        Ok(start)
    }
}

/// An archive that was opened: all of it but its bytes.
#[derive(Clone)]
pub(crate) struct Outer {
    pub(crate) place: String,
    pub(crate) name: String,
    pub(crate) named: bool,
    pub(crate) depth: usize,
    pub(crate) knows: Knows,
}

/// The bytes of an entry.
pub(crate) enum Input<'a> {
    /// Bytes that can be read from any place.
    File(Handle<'a>),
    /// Bytes that are in memory already.
    Held(Vec<u8>),
    /// Bytes that come one after the other, some of which were looked at already.
    Stream { read: Cursor<Vec<u8>>, rest: &'a mut dyn BufRead },
}

impl<'a> Input<'a> {
    pub(crate) fn stream(rest: &'a mut dyn BufRead) -> Input<'a> {
        Input::Stream { read: Cursor::default(), rest }
    }

    /// The bytes as a stream.
    pub(crate) fn reader(self) -> Box<dyn BufRead + 'a> {
        match self {
            Input::File(file) => Box::new(file),
            Input::Held(bytes) => Box::new(Cursor::new(bytes)),
            Input::Stream { read, rest } => Box::new(read.chain(rest)),
        }
    }

    /// All bytes.
    ///
    /// # Errors
    /// [`Cause::TooLarge`] if there are more than `limit`.
    pub(crate) fn bytes(self, limit: u64) -> Result<Vec<u8>, Cause> {
        let known = match &self {
            Input::File(file) => Some(file.length()),
            Input::Held(bytes) => Some(bytes.len() as u64),
            Input::Stream { .. } => None,
        };
        if known.is_some_and(|bytes| bytes > limit) {
            return Err(Cause::TooLarge { bytes: known, limit });
        }
        if let Input::Held(bytes) = self {
            return Ok(bytes);
        }
        let mut bytes = Vec::new();
        self.reader().take(limit + 1).read_to_end(&mut bytes).map_err(Cause::of_io)?;
        match bytes.len() as u64 > limit {
            true => Err(Cause::TooLarge { bytes: None, limit }),
            false => Ok(bytes),
        }
    }
}

/// What a container knows of a document in it, and of what stands in that.
#[derive(Clone, Debug, Default)]
pub(crate) struct Knows {
    /// Where it was found.
    pub(crate) url: Option<String>,
    /// When it was fetched from there.
    pub(crate) fetched: Option<Stamp>,
    /// The documents that it came along with.
    pub(crate) references: Vec<Reference>,
    /// Notes on how it was found.
    pub(crate) notes: Vec<String>,
}

impl Knows {
    /// What is given for the document, its own words coming first.
    pub(crate) fn given(&self, given: &Given) -> Given {
        let url = self.url.clone().or_else(|| given.url.clone());
        Given { url, format: None, ..given.clone() }
    }

    pub(super) fn lay_over(&self, document: &mut Document) {
        document.fetched = self.fetched.clone().or_else(|| document.fetched.take());
        document.references.extend(self.references.iter().cloned());
        document.notes.splice(0..0, self.notes.iter().cloned());
    }
}
