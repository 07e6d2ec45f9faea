//! Word lists: commented text files, one entry a line.
//!
//! A `#` begins a comment at the start of a line. Empty lines say nothing.

/// The entries of a list, in its order.
pub(crate) fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The entries `key = value` of a list, in its order.
pub(crate) fn pairs(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    entries(list)
        .filter_map(|entry| entry.split_once('='))
        .map(|(key, value)| (key.trim(), value.trim()))
}
