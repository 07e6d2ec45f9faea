//! Zip archives.
//!
//! The directory is read entry by entry, so that memory does not depend on how many there are, and
//! entries of one name are all read. Names are words: nothing is opened or written by them.

mod families;

use std::io::{self, BufReader, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

use zip::CompressionMethod;
use zip::read::{Config, ZipFileEntry, ZipReadOptions};
use zip::result::ZipError;
use zip::unstable::read::ZipIterable;

use self::families::{Entries, beside, noted};
use crate::beside::{Beside, ByAddress};
use crate::families::{is_hidden, short};
use crate::walk::{Entry, Flow, Handle, Input, MOST_ENTRIES, Metered, Outer, Walk};
use crate::warc::Parts;
use crate::{Cause, PassedOver};

/// The largest archive that is opened where its bytes come one after the other, as those of an
/// archive within another one do: its directory is at its end, so that it must be held.
const MOST_HELD: u64 = 64 << 20;

/// Takes in the entries of an archive, in the order of its directory.
pub(crate) fn take_archive(walk: &mut Walk<'_>, entry: Entry<'_>) -> Flow {
    take_entries(walk, entry, false)
}

/// Takes in the WARC files of a WACZ archive. Its lists of pages and its index say nothing that
/// the records do not say themselves.
pub(crate) fn take_crawl(walk: &mut Walk<'_>, entry: Entry<'_>) -> Flow {
    take_entries(walk, entry, true)
}

fn take_entries(walk: &mut Walk<'_>, entry: Entry<'_>, crawl: bool) -> Flow {
    let (outer, input) = entry.open();
    let opened = match input {
        Input::File(file) => Ok(file),
        stream => stream
            .bytes(MOST_HELD)
            .and_then(|bytes| Handle::new(io::Cursor::new(bytes)).map_err(Cause::of_io)),
    };
    let file = match opened {
        Ok(file) => Rc::new(file),
        Err(cause) => return walk.fail(outer.place, cause),
    };
    let mut directory = match ZipIterable::try_new(file.again(), Config::default()) {
        Ok(directory) => directory,
        Err(error) => return walk.fail(outer.place, cause(error)),
    };
    let families = match crawl {
        true => Rc::default(),
        false => Rc::new(noted(&mut directory, &file)),
    };
    let parts = crawl.then(|| Parts::of(records(&mut directory, &file)).by_address());
    let entries = match directory.files() {
        Ok(entries) => entries,
        Err(error) => return walk.fail(outer.place, cause(error)),
    };
    for (number, entry) in entries.enumerate() {
        if number >= MOST_ENTRIES {
            return walk.fail(outer.place, Cause::TooManyEntries { limit: MOST_ENTRIES });
        }
        // The rest of a directory with an entry that cannot be read cannot be found.
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return walk.fail(outer.place, cause(error)),
        };
        if crawl && !is_of_crawl(&name_of(&entry)) {
            if !entry.is_dir() {
                walk.pass_over(PassedOver::Record)?;
            }
            continue;
        }
        take_entry(walk, &outer, &file, entry, &families, parts.as_ref())?;
        if walk.budget.is_spent() {
            return ControlFlow::Continue(());
        }
    }
    ControlFlow::Continue(())
}

fn take_entry<'a>(
    walk: &mut Walk<'_>,
    outer: &Outer,
    file: &Rc<Handle<'a>>,
    entry: ZipFileEntry<'_>,
    families: &Rc<Entries>,
    parts: Option<&ByAddress<'a>>,
) -> Flow {
    let name = name_of(&entry);
    if entry.is_dir() || name.ends_with('/') {
        return ControlFlow::Continue(());
    }
    if is_hidden(&name) {
        return walk.pass_over(PassedOver::Hidden);
    }
    let last = name.rsplit('/').next().unwrap_or_default();
    if let Some(part) = families.part(&name) {
        return walk.pass_over(part);
    }
    let stored = entry.compression() == CompressionMethod::Stored;
    let mut beside = match parts {
        // One that is packed once more is none of those in which they are found.
        Some(parts) if stored => Beside::Crawl(parts.clone()),
        _ => beside(families, file, &walk.budget, &name),
    };
    let place = format!("{}/{}", outer.place, short(&name));
    if entry.encrypted() {
        return walk.fail(place, Cause::Encrypted);
    }
    if let Some(method) = packed_otherwise(entry.compression()) {
        return walk.fail(place, Cause::UnknownPacking { method });
    }
    let length = entry.compressed_size();
    let mut again = file.again();
    let mut unpacked = match entry.with_reader(&mut again, ZipReadOptions::new()) {
        Ok(unpacked) => unpacked,
        Err(error) => return walk.fail(place, cause(error)),
    };
    // An archive that is not packed once more can be read from any place, as it must be; all else
    // is read through, so that its checksum is compared.
    if let (true, Some(from)) = (stored, unpacked.data_start()) {
        let mut part = file.part(from, length);
        let mut start = [0; 2];
        if part.read_exact(&mut start).is_ok() && start == *b"PK" {
            let entry = Entry::within(outer, place, last, Input::File(part.again()));
            return walk.take(Entry { beside: Some(beside), ..entry });
        }
        // What the pages of a crawl show is found in its file as that lies.
        if parts.is_none() && (start == *b"WA" || start == [0x1F, 0x8B]) {
            beside = Beside::Crawl(Parts::of(vec![part.again()]).by_address());
        }
    }
    let mut unpacked = BufReader::new(Metered::new(&mut unpacked, &walk.budget));
    let entry = Entry::within(outer, place, last, Input::stream(&mut unpacked));
    walk.take(Entry { beside: Some(beside), ..entry })
}

/// The WARC files of a WACZ archive that can be read from any place, as that format wants them: not
/// packed once more. What is wrong with an entry is told when it is its turn.
fn records<'a>(directory: &mut ZipIterable<Handle<'a>>, file: &Rc<Handle<'a>>) -> Vec<Handle<'a>> {
    let Ok(entries) = directory.files() else { return Vec::new() };
    let part = |entry: ZipFileEntry<'_>| {
        let stored = entry.compression() == CompressionMethod::Stored && !entry.encrypted();
        let length = entry.compressed_size();
        let mut again = file.again();
        let found = stored.then(|| entry.with_reader(&mut again, ZipReadOptions::new()).ok());
        Some(file.part(found??.data_start()?, length))
    };
    let of_crawl = |entry: &ZipFileEntry<'_>| is_of_crawl(&name_of(entry));
    entries.take(MOST_ENTRIES).map_while(Result::ok).filter(of_crawl).filter_map(part).collect()
}

/// Whether an entry of a WACZ archive is a WARC file.
fn is_of_crawl(name: &str) -> bool {
    name.starts_with("archive/") && (name.ends_with(".warc") || name.ends_with(".warc.gz"))
}

/// The name of an entry, its parts apart by `/`.
fn name_of(entry: &ZipFileEntry<'_>) -> String {
    let name = match entry.name() {
        Ok(name) => name.into_owned(),
        Err(_) => String::from_utf8_lossy(entry.name_raw()).into_owned(),
    };
    name.replace('\\', "/")
}

/// What a way of packing is called that is not read here.
fn packed_otherwise(method: CompressionMethod) -> Option<String> {
    const OTHERS: [(CompressionMethod, &str); 5] = [
        (CompressionMethod::BZIP2, "bzip2"),
        (CompressionMethod::LZMA, "LZMA"),
        (CompressionMethod::ZSTD, "Zstandard"),
        (CompressionMethod::XZ, "XZ"),
        (CompressionMethod::PPMD, "PPMd"),
    ];
    match method {
        CompressionMethod::Stored | CompressionMethod::Deflated | CompressionMethod::Deflate64 => {
            None
        }
        _ => {
            let known = OTHERS.iter().find(|(other, _)| *other == method);
            Some(known.map_or("a rare one", |(_, name)| name).to_owned())
        }
    }
}

/// The cause behind an error of the archive's reader, in our words.
fn cause(error: ZipError) -> Cause {
    match error {
        ZipError::Io(error) => Cause::of_io(error),
        ZipError::CompressionMethodNotSupported(method) => {
            Cause::UnknownPacking { method: format!("method {method}") }
        }
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            Cause::Encrypted
        }
        ZipError::UnsupportedArchive(_) => {
            Cause::UnknownPacking { method: "a kind of its own, or over several files".to_owned() }
        }
        _ => Cause::Broken { reason: "its list of entries is not there, or not whole".to_owned() },
    }
}
