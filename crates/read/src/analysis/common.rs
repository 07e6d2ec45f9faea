//! Words too common to tell anything by themselves.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::lists;

static FUNCTION: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| lists::set(include_str!("../../resources/function-words.txt")));

/// Whether a lower-case word is an article, pronoun, preposition, conjunction or auxiliary.
pub(super) fn is_function(lower: &str) -> bool {
    FUNCTION.contains(lower)
}
