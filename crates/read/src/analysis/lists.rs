//! Word lists: commented text files, one entry a line.
//!
//! A `#` begins a comment, at the start of a line or after a space. Empty lines
//! say nothing. Entries are in lower case with straight apostrophes, as tokens are.

use std::collections::{HashMap, HashSet};

/// The entries of a list, in its order.
pub(super) fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines()
        .map(|line| if line.starts_with('#') { "" } else { line.split(" #").next().unwrap_or("") })
        .map(str::trim)
        .filter(|line| !line.is_empty())
}

/// A list of words as a set.
pub(super) fn set(list: &'static str) -> HashSet<&'static str> {
    entries(list).flat_map(str::split_whitespace).collect()
}

/// A list of `key = value` as a map.
pub(super) fn map(list: &'static str) -> HashMap<&'static str, &'static str> {
    map_entries(list).collect()
}

/// The `key = value` entries of a list, in its order; one without `=` has an empty value.
pub(super) fn map_entries(
    list: &'static str,
) -> impl Iterator<Item = (&'static str, &'static str)> {
    entries(list).map(|entry| match entry.split_once('=') {
        Some((key, value)) => (key.trim(), value.trim()),
        None => (entry, ""),
    })
}
