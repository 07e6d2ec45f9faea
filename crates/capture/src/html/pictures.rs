//! The pictures of an article whose bytes came along with the page.

use throughline_model::Sha256;

use super::flow::Shown;
use super::written::Written;
use crate::beside::Absent;

/// What the pictures of one page may have together, in bytes.
const MOST_BYTES: usize = 64 << 20;

/// Smaller ones dress a page, unless something tells that they belong to the article.
const SMALLEST_LOOSE: usize = 512;

/// Gives the pictures of an article the hashes of their bytes, and the bytes, each once; leaves out
/// those that nothing tells to belong to it and that did not come along.
pub(super) fn come_along(
    shown: &mut Vec<Shown>,
    written: &mut Written,
    file: &mut dyn FnMut(&str) -> Result<Vec<u8>, Absent>,
) -> Vec<Vec<u8>> {
    let mut found: Vec<(Sha256, Vec<u8>)> = Vec::new();
    let mut left = MOST_BYTES;
    for picture in shown.iter_mut() {
        let bytes = match Written::number(&picture.address) {
            Some(number) => written.take_out(number),
            None if picture.address.is_empty() => None,
            None => file(&picture.address).ok(),
        };
        let smallest = if picture.loose { SMALLEST_LOOSE } else { 1 };
        let Some(bytes) = bytes.filter(|bytes| (smallest..=left).contains(&bytes.len())) else {
            continue;
        };
        left -= bytes.len();
        let sha256 = Sha256::of(&bytes);
        picture.sha256 = Some(sha256);
        if !found.iter().any(|(held, _)| *held == sha256) {
            found.push((sha256, bytes));
        }
    }
    shown.retain(|picture| !picture.loose || picture.sha256.is_some());
    found.into_iter().map(|(_, bytes)| bytes).collect()
}
