//! Words that are written small as often as not: "brown", "king".

use std::collections::HashSet;
use std::sync::LazyLock;

/// The words that stand in many documents of news, from the table by which reports are compared:
/// `models/words.md` says of which.
static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../../../models/words.tsv").lines().skip(1);
    lines.filter_map(|line| line.split('\t').next()).collect()
});

/// Whether a word in its plain form is one that any text may have, and so tells of nobody where it is
/// written small. A name that is rare in news is none: "vossler".
pub(super) fn is_ordinary(plain: &str) -> bool {
    WORDS.contains(plain)
}
