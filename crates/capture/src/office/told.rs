//! What was left out of an office document, or taken in, that a reader should know of.

/// How often each was met.
#[derive(Default)]
pub(super) struct Told {
    pub(super) deleted: u32,
    pub(super) inserted: u32,
    pub(super) comments: u32,
    pub(super) hidden: u32,
    pub(super) struck: u32,
    pub(super) elsewhere: u32,
    pub(super) too_large: u32,
}

impl Told {
    pub(super) fn push_to(&self, notes: &mut Vec<String>) {
        let counted = [
            (self.deleted, "tracked changes: # of deleted text left out", "passage"),
            (self.inserted, "tracked changes: # of inserted text taken in", "passage"),
            (self.comments, "# left out", "comment"),
            (self.hidden, "# of hidden text left out", "passage"),
            (self.struck, "# of struck-out text left out", "passage"),
            (self.elsewhere, "# not fetched, since the file only names where it is", "picture"),
            (self.too_large, "# left out, since all of them are too large together", "picture"),
        ];
        for (count, words, thing) in counted.into_iter().filter(|(count, ..)| *count > 0) {
            let many = if count == 1 { "" } else { "s" };
            notes.push(words.replace('#', &format!("{count} {thing}{many}")));
        }
    }
}
