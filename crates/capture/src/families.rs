//! Which of the files that came together belong to others: the pictures of a saved page, the media
//! of an export.
//!
//! They are told by their names alone, whether they are entries of an archive or files that a
//! browser sent: names are words, and nothing is opened or written by them.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::PassedOver;
use crate::passed_over::is_beside_a_page;
use crate::recognise::extension;
use crate::telegram::{holds_media, is_messages_page};

/// The most pictures whose places are held in memory, some hundred bytes each.
const MOST_PICTURES: usize = 100_000;

/// The most files of which the beginning is read to tell whether they are of an export.
const MOST_LOOKED_AT: usize = 10_000;

/// What belongs to what. Names are held as hashes, so that a long directory stays small; pictures
/// with what finds their bytes.
pub(crate) struct Families<P> {
    pages: HashSet<u64>,
    /// The folders of exports, as `folder/`, empty for the outermost one.
    exports: HashSet<u64>,
    /// Those with pages for browsers alone, which are then read.
    for_browsers: HashSet<u64>,
    pictures: HashMap<String, P>,
    looked_at: usize,
}

/// What has to be known of a file beside its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asks {
    /// Nothing.
    Nothing,
    /// How it begins: [`Families::begins`].
    Beginning,
    /// Where its bytes are: [`Families::holds`].
    Place,
}

impl<P> Default for Families<P> {
    fn default() -> Families<P> {
        Families {
            pages: HashSet::new(),
            exports: HashSet::new(),
            for_browsers: HashSet::new(),
            pictures: HashMap::new(),
            looked_at: 0,
        }
    }
}

impl<P> Families<P> {
    /// Notes that there is a file of this name, its parts apart by `/`.
    pub(crate) fn note(&mut self, name: &str) -> Asks {
        let (folder, last) = cut(name);
        match extension(last).unwrap_or_default().to_ascii_lowercase().as_str() {
            "html" | "htm" | "xhtml" | "shtml" | "php" => {
                self.pages.insert(hash(name));
                if last == "messages.html" && self.looked_at < MOST_LOOKED_AT {
                    self.looked_at += 1;
                    return Asks::Beginning;
                }
            }
            "json" if last == "result.json" => {
                self.exports.insert(hash(folder));
            }
            _ if self.pictures.len() < MOST_PICTURES && may_belong(name) => return Asks::Place,
            _ => {}
        }
        Asks::Nothing
    }

    /// Notes how a file begins.
    pub(crate) fn begins(&mut self, name: &str, start: &[u8]) {
        if is_messages_page(start) {
            self.for_browsers.insert(hash(cut(name).0));
        }
    }

    /// Notes where the bytes of a file are; of several of one name, the first.
    pub(crate) fn holds(&mut self, name: String, place: P) {
        self.pictures.entry(name).or_insert(place);
    }

    /// Ends the noting: pictures that nothing can name are let go.
    pub(crate) fn closed(mut self) -> Families<P> {
        if self.pages.is_empty() && self.exports.is_empty() {
            self.pictures = HashMap::new();
        }
        self
    }

    /// Where the bytes of a picture are.
    pub(crate) fn picture(&self, name: &str) -> Option<&P> {
        self.pictures.get(name)
    }

    /// Why a file is no document of its own, if it belongs to another.
    pub(crate) fn part(&self, name: &str) -> Option<PassedOver> {
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
}

/// The folder of a name, as `folder/`, and its last part.
pub(crate) fn cut(name: &str) -> (&str, &str) {
    name.split_at(name.rfind('/').map_or(0, |slash| slash + 1))
}

/// Files that programs hide, and the shadows that one of them adds to every archive it makes.
pub(crate) fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| {
        part == "__MACOSX" || part.starts_with('.') && !part.trim_start_matches('.').is_empty()
    })
}

/// The longest part of a name that is shown, in letters.
const LONGEST_NAME: usize = 300;

/// As much of a name as is shown.
pub(crate) fn short(name: &str) -> String {
    match name.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

/// Whether a file is a picture or a style sheet in a folder that can belong to a page or an export.
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

fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}
