//! Feeds: RSS 0.9x, 1.0 and 2.0, and Atom, a document an entry.
//!
//! A document's bytes are those of its entry alone, from `<item` to `</item>` as they stand in the
//! feed (in UTF-8, where the feed is in another encoding). A feed that is fetched again tomorrow has
//! most entries again, byte by byte, and a new date at its head: so only what is new is added. What
//! the entries take from the feed around them (its name, its language) is not part of their bytes.
//!
//! Entities that a feed declares itself are not expanded, and what they would stand for is not
//! fetched.

mod entry;
mod slices;

use std::ops::ControlFlow;

use throughline_model::Document;

use self::slices::Slices;
use crate::walk::{Captured, Entry, Flow, Walk};
use crate::{Cause, Given};

/// The most bytes of a feed that is read.
pub(crate) const MAX_FEED_BYTES: u64 = 32 << 20;

/// An entry of a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedEntry {
    /// The document.
    pub document: Document,
    /// The bytes that its SHA-256 is of: the entry as it stands in the feed.
    pub bytes: Vec<u8>,
    /// Its number in the feed, from 1.
    pub number: u64,
}

/// The entries of a feed, in their order there, and why some could not be read.
///
/// # Errors
/// [`Cause::Binary`], [`Cause::TooLarge`], [`Cause::Empty`] if there is no entry, or
/// [`Cause::NotAFeed`] if it is no feed. An entry without any words is a [`Cause::Empty`] in its
/// place, and what cannot be read as XML after some entries a [`Cause::NotAFeed`] after them.
pub fn read_feed(bytes: &[u8], given: &Given) -> Result<Vec<Result<FeedEntry, Cause>>, Cause> {
    if bytes.len() as u64 > MAX_FEED_BYTES {
        return Err(Cause::TooLarge { bytes: Some(bytes.len() as u64), limit: MAX_FEED_BYTES });
    }
    let text = slices::decode_xml(bytes)?;
    let Slices { entries, about, broken } = Slices::of(&text)?;
    if entries.is_empty() {
        return Err(match broken {
            Some(reason) => Cause::NotAFeed { reason },
            None => Cause::Empty,
        });
    }
    let mut read: Vec<Result<FeedEntry, Cause>> = Vec::with_capacity(entries.len());
    for (at, slice) in entries.iter().enumerate() {
        let number = at as u64 + 1;
        let document = entry::read(slice, &about, given);
        let bytes = slice.as_bytes().to_vec();
        read.push(document.map(|document| FeedEntry { document, bytes, number }));
    }
    read.extend(broken.map(|reason| Err(Cause::NotAFeed { reason })));
    Ok(read)
}

/// Takes in a feed, each entry a document.
pub(crate) fn take_entries(walk: &mut Walk<'_>, entry: Entry<'_>) -> Flow {
    let (outer, input) = entry.open();
    let given = outer.knows.given(walk.given);
    let entries = match input.bytes(MAX_FEED_BYTES).and_then(|bytes| read_feed(&bytes, &given)) {
        Ok(entries) => entries,
        Err(cause) => return walk.fail(outer.place, cause),
    };
    for (at, read) in entries.into_iter().enumerate() {
        let place = format!("{}:{}", outer.place, at + 1);
        match read {
            Ok(FeedEntry { document, bytes, .. }) => {
                walk.tell(&outer.knows, Captured::new(document, bytes, place))?;
            }
            Err(cause) => walk.fail(place, cause)?,
        }
    }
    ControlFlow::Continue(())
}

/// Whether a file that begins so is a feed.
pub(crate) fn is_feed(start: &[u8]) -> bool {
    let bare = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    let marked = start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF");
    // Most files are told here; only what begins with a tag is looked into.
    (marked || bare.starts_with(b"<"))
        && slices::decode_xml(start).is_ok_and(|text| slices::opens_a_feed(&text))
}
