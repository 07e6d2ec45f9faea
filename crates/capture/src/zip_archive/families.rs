//! Which entries of an archive belong to others: the pictures of a saved page, the media of an
//! export.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::rc::Rc;

use zip::read::{OwnedZipFileEntry, ZipFileEntry, ZipReadOptions};
use zip::unstable::read::ZipIterable;

use super::name_of;
use crate::PassedOver;
use crate::beside::{Absent, Beside, MAX_PICTURE_BYTES, bounded};
use crate::passed_over::is_beside_a_page;
use crate::recognise::{START, extension};
use crate::telegram::{holds_media, is_messages_page};
use crate::walk::{Budget, Handle, MOST_ENTRIES, Metered};

/// The most pictures whose places in one archive are held in memory, some hundred bytes each.
const MOST_PICTURES: usize = 100_000;

/// The most entries of which the beginning is read to tell whether they are of an export.
const MOST_LOOKED_AT: usize = 10_000;

/// What belongs to what in an archive. Names are held as hashes, so that a long directory stays
/// small.
#[derive(Default)]
pub(super) struct Families {
    pages: HashSet<u64>,
    /// The folders of exports, as `folder/`, empty for the archive's own.
    exports: HashSet<u64>,
    /// Those with pages for browsers alone, which are then read.
    for_browsers: HashSet<u64>,
    pictures: HashMap<String, OwnedZipFileEntry>,
}

impl Families {
    /// Goes through a directory once. What is wrong with an entry is told when it is its turn.
    pub(super) fn of(directory: &mut ZipIterable<Handle<'_>>, file: &Handle<'_>) -> Families {
        let mut found = Families::default();
        let Ok(entries) = directory.files() else { return found };
        let mut looked_at = 0;
        for entry in entries.take(MOST_ENTRIES).map_while(Result::ok) {
            let name = name_of(&entry);
            let (folder, last) = name.split_at(name.rfind('/').map_or(0, |slash| slash + 1));
            match extension(last).unwrap_or_default().to_ascii_lowercase().as_str() {
                "html" | "htm" | "xhtml" | "shtml" | "php" => {
                    found.pages.insert(hash(&name));
                    if last == "messages.html" && looked_at < MOST_LOOKED_AT {
                        looked_at += 1;
                        if begins(file, entry).is_some_and(|start| is_messages_page(&start)) {
                            found.for_browsers.insert(hash(folder));
                        }
                    }
                }
                "json" if last == "result.json" => {
                    found.exports.insert(hash(folder));
                }
                _ if found.pictures.len() < MOST_PICTURES && may_belong(&name) => {
                    found.pictures.entry(name).or_insert_with(|| entry.into());
                }
                _ => {}
            }
        }
        if found.pages.is_empty() && found.exports.is_empty() {
            found.pictures = HashMap::new();
        }
        found
    }

    /// Why an entry is no document of its own, if it belongs to another.
    pub(super) fn part(&self, name: &str) -> Option<PassedOver> {
        let page = |page: &str| self.pages.contains(&hash(page));
        if name.match_indices('/').any(|(end, _)| is_beside_a_page(&name[..end], page)) {
            return Some(PassedOver::Companion);
        }
        let starts = std::iter::once(0).chain(name.match_indices('/').map(|(at, _)| at + 1));
        let mut media = starts.map(|at| {
            let (folder, rest) = name.split_at(at);
            let (first, is_folder) = match rest.split_once('/') {
                Some((first, _)) => (first, true),
                None => (rest, false),
            };
            let folder = hash(folder);
            self.exports.contains(&folder) && holds_media(first, is_folder)
                || self.for_browsers.contains(&folder) && is_folder && holds_media(first, true)
        });
        media.any(|media| media).then_some(PassedOver::Media)
    }

    /// What lies beside an entry of this name.
    pub(super) fn beside<'a>(
        families: &Rc<Families>,
        file: &Rc<Handle<'a>>,
        budget: &Rc<Budget>,
        name: &str,
    ) -> Beside<'a> {
        let folder = name[..name.rfind('/').map_or(0, |slash| slash + 1)].to_owned();
        let (families, file, budget) = (Rc::clone(families), Rc::clone(file), Rc::clone(budget));
        Beside::Archive {
            folder,
            entry: Rc::new(move |name| {
                let entry = families.pictures.get(name).ok_or(Absent::NotThere)?;
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
}

/// Whether an entry is a picture or a style sheet in a folder that can belong to a page or an export.
fn may_belong(name: &str) -> bool {
    let kind = extension(name).and_then(PassedOver::of_extension);
    let is_part = matches!(kind, Some(PassedOver::Picture | PassedOver::Style));
    is_part
        && name
            .split('/')
            .rev()
            .skip(1)
            .any(|folder| holds_media(folder, true) || is_beside_a_page(folder, |_| true))
}

/// The first bytes of an entry.
fn begins(file: &Handle<'_>, entry: ZipFileEntry<'_>) -> Option<Vec<u8>> {
    let mut again = file.again();
    let mut start = Vec::new();
    let unpacked = entry.with_reader(&mut again, ZipReadOptions::new()).ok()?;
    unpacked.take(START as u64).read_to_end(&mut start).ok()?;
    Some(start)
}

fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}
