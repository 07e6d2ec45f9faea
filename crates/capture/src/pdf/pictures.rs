//! The pictures that are drawn on pages, as files that other programs can open.
//!
//! A picture that was packed as JPEG or JPEG 2000 is such a file already, byte by byte the one that
//! was put in; one that is kept as rows of dots becomes a PNG with the same dots. What is drawn once
//! on every page is one picture. Fonts, lines and shapes are none, nor is what is smaller than
//! pictures of reports are.

use std::collections::BTreeSet;

use hayro_syntax::object::{Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_syntax::{Filter, Pdf};

use super::bounds::unpacked;
use super::rows::{Rows, spelled_out};
use crate::MAX_PICTURE_BYTES;

/// The most pictures of one document, and what they may have together, in bytes.
const MOST_PICTURES: usize = 500;
const MOST_BYTES: usize = 64 << 20;

/// What is unpacked for them, in bytes, those that are then left out included; one of which nothing
/// comes counts as much as may have been unpacked for that.
const MOST_SEEN: usize = 512 << 20;
const MOST_UNPACKED: usize = 48 << 20;

/// Smaller ones are rules, bullets and emblems, in dots.
const SMALLEST: u32 = 100;

/// The share of a page from which on a picture is taken for the page itself, and how many letters
/// the page then has as text: a scan with the words that a program read in it.
const WHOLE: f64 = 0.85;
const LETTERED: usize = 200;

/// A picture where a page draws it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drawn {
    pub(super) id: ObjectIdentifier,
    /// How much of the page it covers.
    pub(super) share: f64,
}

/// The pictures of a document, in the order in which they are drawn.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    /// The page on which each is drawn first, by its place from 0, and its bytes.
    pub(super) taken: Vec<(usize, Vec<u8>)>,
    seen: BTreeSet<ObjectIdentifier>,
    bytes: usize,
    seen_bytes: usize,
    too_many: u32,
    unread: u32,
    scans: u32,
}

impl Pictures {
    /// Takes what a page draws, whose text has so many letters.
    pub(super) fn take(&mut self, pdf: &Pdf, page: usize, drawn: &[Drawn], letters: usize) {
        for one in drawn {
            if !self.seen.insert(one.id) {
                continue;
            }
            if one.share >= WHOLE && letters >= LETTERED {
                self.scans += 1;
                continue;
            }
            let Some(stream) = pdf.xref().get::<Stream>(one.id) else { continue };
            let about = stream.dict();
            let side = |name: &[u8]| about.get::<u32>(name).unwrap_or(0);
            let mask = about.get::<bool>(b"ImageMask").unwrap_or(false);
            if mask || side(b"Width").min(side(b"Height")) < SMALLEST {
                continue;
            }
            if self.taken.len() >= MOST_PICTURES || self.seen_bytes > MOST_SEEN {
                self.too_many += 1;
                continue;
            }
            match self.file(&stream) {
                Some(bytes) if self.bytes + bytes.len() > MOST_BYTES => self.too_many += 1,
                Some(bytes) => {
                    self.bytes += bytes.len();
                    self.taken.push((page, bytes));
                }
                None => self.unread += 1,
            }
        }
    }

    /// The picture as a file; `None` if it is none that can be had here.
    fn file(&mut self, stream: &Stream) -> Option<Vec<u8>> {
        let filters = stream.filters();
        let (last, before) = match filters.as_slice() {
            [Filter::Crypt, rest @ .., last] | [rest @ .., last] => (Some(*last), rest),
            [] => (None, &[][..]),
        };
        match last {
            Some(Filter::DctDecode | Filter::JpxDecode) => {
                let raw = stream.raw_data();
                self.seen_bytes += raw.len();
                if raw.len() as u64 > MAX_PICTURE_BYTES {
                    return None;
                }
                let bytes = before.iter().try_fold(raw.into_owned(), |bytes, filter| {
                    let bytes = spelled_out(*filter, &bytes, MAX_PICTURE_BYTES);
                    self.seen_bytes += bytes.as_ref().map_or(MOST_UNPACKED, Vec::len);
                    bytes
                })?;
                let is_one = infer::is_image(&bytes) || last == Some(Filter::JpxDecode);
                (is_one && bytes.len() as u64 <= MAX_PICTURE_BYTES).then_some(bytes)
            }
            Some(Filter::CcittFaxDecode | Filter::Jbig2Decode) => None,
            _ => {
                let rows = Rows::of(stream.dict())?;
                let dots = unpacked(stream);
                self.seen_bytes += dots.as_ref().map_or(MOST_UNPACKED, |dots| dots.len());
                rows.png(&dots?)
            }
        }
    }

    /// Says what was left out.
    pub(super) fn push_to(&self, notes: &mut Vec<String>) {
        for (many, what) in [
            (self.unread, "packed in a way that is not read here"),
            (self.too_many, "left out, since all of them are too many or too large together"),
            (self.scans, "left out, since a page is all of it and has its words as text"),
        ] {
            match many {
                0 => {}
                1 => notes.push(format!("a picture is {what}")),
                _ => notes.push(format!("{many} pictures are {what}")),
            }
        }
    }
}

/// How the dots of a picture are coloured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Colours {
    Grey,
    Rgb,
    /// By numbers of these colours, three bytes each.
    Listed(Vec<u8>),
}

impl Colours {
    /// What a picture says of its colours; `None` for those of printers' inks and others that a PNG
    /// has not.
    pub(super) fn of(about: &Dict) -> Option<Colours> {
        colours(&about.get::<Object>(b"ColorSpace").or_else(|| about.get::<Object>(b"CS"))?, true)
    }
}

fn colours(space: &Object, may_list: bool) -> Option<Colours> {
    let of_name = |name: &Name| match name.as_ref() {
        b"DeviceGray" | b"G" | b"CalGray" => Some(Colours::Grey),
        b"DeviceRGB" | b"RGB" | b"CalRGB" => Some(Colours::Rgb),
        _ => None,
    };
    let parts = match space {
        Object::Name(name) => return of_name(name),
        Object::Array(parts) => parts,
        _ => return None,
    };
    let mut parts = parts.iter::<Object>();
    let Object::Name(kind) = parts.next()? else { return None };
    match kind.as_ref() {
        b"ICCBased" => match parts.next()? {
            Object::Stream(profile) => match profile.dict().get::<u32>(b"N")? {
                1 => Some(Colours::Grey),
                3 => Some(Colours::Rgb),
                _ => None,
            },
            _ => None,
        },
        b"Indexed" | b"I" if may_list => {
            let base = colours(&parts.next()?, false)?;
            // How many there are is said by the list itself.
            parts.next()?;
            let list = match parts.next()? {
                Object::String(list) => list.as_bytes().to_vec(),
                Object::Stream(list) => unpacked(&list)?.into_owned(),
                _ => return None,
            };
            const MOST: usize = 256;
            Some(Colours::Listed(match base {
                Colours::Grey => list.iter().take(MOST).flat_map(|grey| [*grey; 3]).collect(),
                _ => list.chunks_exact(3).take(MOST).flatten().copied().collect(),
            }))
        }
        _ => of_name(&kind),
    }
}
