//! Which entries of an archive belong to others.

use std::io::Read;
use std::rc::Rc;

use zip::read::{OwnedZipFileEntry, ZipFileEntry, ZipReadOptions};
use zip::unstable::read::ZipIterable;

use super::name_of;
use crate::beside::{Absent, Beside, MAX_PICTURE_BYTES, bounded};
use crate::families::{Asks, Families, cut};
use crate::recognise::START;
use crate::walk::{Budget, Handle, MOST_ENTRIES, Metered};

/// What belongs to what in an archive.
pub(super) type Entries = Families<OwnedZipFileEntry>;

/// Goes through a directory once. What is wrong with an entry is told when it is its turn.
pub(super) fn noted(directory: &mut ZipIterable<Handle<'_>>, file: &Handle<'_>) -> Entries {
    let mut found = Families::default();
    let Ok(entries) = directory.files() else { return found };
    for entry in entries.take(MOST_ENTRIES).map_while(Result::ok) {
        let name = name_of(&entry);
        match found.note(&name) {
            Asks::Nothing => {}
            Asks::Beginning => {
                if let Some(start) = begins(file, entry) {
                    found.begins(&name, &start);
                }
            }
            Asks::Place => found.holds(name, entry.into()),
        }
    }
    found.closed()
}

/// What lies beside an entry of this name.
pub(super) fn beside<'a>(
    families: &Rc<Entries>,
    file: &Rc<Handle<'a>>,
    budget: &Rc<Budget>,
    name: &str,
) -> Beside<'a> {
    let (families, file, budget) = (Rc::clone(families), Rc::clone(file), Rc::clone(budget));
    Beside::Named {
        folder: cut(name).0.to_owned(),
        bytes: Rc::new(move |name| {
            let entry = families.picture(name).ok_or(Absent::NotThere)?;
            if entry.size() > MAX_PICTURE_BYTES {
                return Err(Absent::TooLarge);
            }
            let mut again = file.again();
            let unpacked = entry
                .as_ref()
                .with_reader(&mut again, ZipReadOptions::new())
                .map_err(|_| Absent::Packed)?;
            bounded(Metered::new(unpacked, &budget))
                .map_err(|absent| absent.unwrap_or(Absent::Packed))
        }),
    }
}

/// The first bytes of an entry.
fn begins(file: &Handle<'_>, entry: ZipFileEntry<'_>) -> Option<Vec<u8>> {
    let mut again = file.again();
    let mut start = Vec::new();
    let unpacked = entry.with_reader(&mut again, ZipReadOptions::new()).ok()?;
    unpacked.take(START as u64).read_to_end(&mut start).ok()?;
    Some(start)
}
