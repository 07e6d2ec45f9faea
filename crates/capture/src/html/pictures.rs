//! The pictures of an article whose bytes came along with the page.

use std::collections::HashMap;

use throughline_model::Sha256;

use super::flow::Shown;
use super::sieve::{Parsed, seen_from};
use super::tree::{NodeId, Tree};
use super::written::Written;
use crate::beside::Absent;

/// What the pictures of one page may have together, in bytes.
const MOST_BYTES: usize = 64 << 20;

/// How many addresses are looked for, and how many bytes are looked at, those that are too many
/// included: each may be of the largest picture that there is.
const MOST_ASKED: usize = 2_000;
const MOST_SEEN: usize = 4 * MOST_BYTES;

/// Smaller ones dress a page, unless something tells that they belong to the article.
const SMALLEST_LOOSE: usize = 512;

/// Gives the pictures of an article the hashes of their bytes, and the bytes, each once; leaves out
/// those that nothing tells to belong to it and that did not come along.
pub(super) fn come_along(
    shown: &mut Vec<Shown>,
    parsed: &mut Parsed,
    file: &mut dyn FnMut(&str) -> Result<Vec<u8>, Absent>,
) -> Vec<Vec<u8>> {
    let Parsed { written, base, .. } = parsed;
    let mut held = Held::default();
    let mut asked: HashMap<String, Option<Sha256>> = HashMap::new();
    let mut left = MOST_SEEN;
    for picture in shown.iter_mut() {
        let smallest = if picture.loose { SMALLEST_LOOSE } else { 1 };
        if let Some(number) = Written::number(&picture.address) {
            picture.sha256 = written.take_out(number).and_then(|bytes| held.keep(bytes, smallest));
        }
        let addresses = std::iter::once(&picture.address).chain(&picture.others);
        for address in addresses.filter(|address| !address.is_empty()) {
            if picture.sha256.is_some() || Written::number(address).is_some() {
                break;
            }
            if let Some(known) = asked.get(address) {
                picture.sha256 = *known;
                continue;
            }
            if asked.len() >= MOST_ASKED || left == 0 {
                break;
            }
            let found = seen_from(base, address).find_map(|address| file(&address).ok());
            left = left.saturating_sub(found.as_ref().map_or(0, Vec::len));
            picture.sha256 = found.and_then(|bytes| held.keep(bytes, smallest));
            asked.insert(address.clone(), picture.sha256);
        }
    }
    shown.retain(|picture| !picture.loose || picture.sha256.is_some());
    held.bytes
}

/// The bytes of pictures, each once.
#[derive(Default)]
struct Held {
    hashes: Vec<Sha256>,
    bytes: Vec<Vec<u8>>,
    size: usize,
}

impl Held {
    /// Keeps the bytes of a picture, if these are enough and not too many.
    fn keep(&mut self, bytes: Vec<u8>, smallest: usize) -> Option<Sha256> {
        if bytes.len() < smallest {
            return None;
        }
        let sha256 = Sha256::of(&bytes);
        if !self.hashes.contains(&sha256) {
            if self.size + bytes.len() > MOST_BYTES {
                return None;
            }
            self.size += bytes.len();
            self.hashes.push(sha256);
            self.bytes.push(bytes);
        }
        Some(sha256)
    }
}

/// The addresses of a picture beside the one at which it is named: those of its other sizes, and the
/// one that stands by until a program loads it.
pub(super) fn others(tree: &Tree, image: NodeId) -> Vec<&str> {
    const MOST: usize = 16;
    const LISTS: [&str; 2] = ["srcset", "data-srcset"];
    let around = tree.parent(image).filter(|above| tree.name(*above) == "picture");
    let around = around.into_iter().flat_map(|above| tree.elements(above));
    let sources = around.filter(|id| tree.name(*id) == "source");
    let lists = std::iter::once(image).chain(sources).flat_map(|id| {
        LISTS.into_iter().filter_map(move |name| tree.attribute(id, name)).flat_map(listed)
    });
    tree.attribute(image, "data-src").map(str::trim).into_iter().chain(lists).take(MOST).collect()
}

/// The addresses in a list of pictures of several sizes: `a.jpg 1x, b.jpg 2x`.
fn listed(list: &str) -> impl Iterator<Item = &str> {
    let mut rest = list;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|letter: char| letter == ',' || letter.is_whitespace());
        let (address, after) = rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()));
        // An address may have commas in it; one at its end ends it, and what follows is the next one.
        rest = match address.ends_with(',') {
            true => after,
            false => after.split_once(',').map_or("", |(_, next)| next),
        };
        Some(address.trim_end_matches(',')).filter(|address| !address.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::flow::flow;
    use crate::html::sieve::parse;

    /// What is looked for of a page's pictures, and how many come along where only `there` is.
    fn asked(page: &str, there: &str) -> (Vec<String>, usize) {
        let mut parsed = parse(page);
        let mut flow = flow(&parsed.tree, Tree::ROOT, &|_| false);
        let mut asked = Vec::new();
        let found = come_along(&mut flow.pictures, &mut parsed, &mut |address| {
            asked.push(address.to_owned());
            match address == there {
                true => Ok(vec![7; 600]),
                false => Err(Absent::NotThere),
            }
        });
        (asked, found.len())
    }

    #[test]
    fn other_sizes_stand_in_for_a_picture() {
        let page = "<p>A mill.</p><picture><source srcset='c,1.webp 1x,d.webp 2x'>\
            <img src=a.jpg srcset='b.jpg, e.jpg 300w' data-src=f.jpg alt=Mill></picture>";
        let (all, many) = asked(page, "d.webp");
        assert_eq!(all, ["a.jpg", "f.jpg", "b.jpg", "e.jpg", "c,1.webp", "d.webp"]);
        assert_eq!(many, 1);
        assert_eq!(asked("<p>A mill.</p><img srcset='b.jpg 2x' alt=Mill>", "").0, ["b.jpg"]);
    }

    #[test]
    fn addresses_are_seen_from_the_base_of_the_page() {
        let page = "<base href=https://b.example/x/><p>A mill.</p><img src=a.jpg alt=Mill>";
        assert_eq!(asked(page, "").0, ["https://b.example/x/a.jpg", "a.jpg"]);
        let relative = page.replace("https://b.example/x/", "/x/");
        assert_eq!(asked(&relative, "a.jpg"), (vec!["a.jpg".to_owned()], 1));
    }

    #[test]
    fn one_picture_is_looked_for_once() {
        let page = format!("<p>A mill.</p>{}", "<img src=a.jpg alt=Mill>".repeat(500));
        assert_eq!(asked(&page, "a.jpg"), (vec!["a.jpg".to_owned()], 1));
        let many: String = (0..3_000).map(|at| format!("<img src={at}.jpg alt=Mill>")).collect();
        assert_eq!(asked(&many, "").0.len(), MOST_ASKED);
    }
}
