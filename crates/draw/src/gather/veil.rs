//! What a picture may show.

use throughline_model::{Assertion, DocumentId, MentionId};
use throughline_tell::disclosed::Disclosed;

/// What may be shown of what a casebook holds.
pub trait Veil: Send + Sync {
    /// The name to show for a mention of a record; `None` where it is withheld. `mentions` are those
    /// of the record.
    fn name(&self, mention: MentionId, mentions: &[MentionId], name: &str) -> Option<String>;
    /// Words from the documents of these mentions, as they may be shown.
    fn text(&self, mentions: &[MentionId], text: &str) -> String;
    /// Words from one document, as they may be shown.
    fn words_of(&self, document: DocumentId, text: &str) -> String;
    /// Whether an assertion may be shown at all, given whether a person accepted it.
    fn keeps(&self, said: &Assertion, accepted: bool) -> bool;
    /// Whether names are withheld, so that ids and hashes of texts must not be given either.
    fn withholds(&self) -> bool;
}

/// Shows everything, as to the coder at work.
#[derive(Clone, Copy, Debug, Default)]
pub struct Open;

impl Veil for Open {
    fn name(&self, _: MentionId, _: &[MentionId], name: &str) -> Option<String> {
        Some(name.to_owned())
    }

    fn text(&self, _: &[MentionId], text: &str) -> String {
        text.to_owned()
    }

    fn words_of(&self, _: DocumentId, text: &str) -> String {
        text.to_owned()
    }

    fn keeps(&self, _: &Assertion, _: bool) -> bool {
        true
    }

    fn withholds(&self) -> bool {
        false
    }
}

/// Shows what may leave the casebook.
impl Veil for Disclosed {
    fn name(&self, mention: MentionId, mentions: &[MentionId], name: &str) -> Option<String> {
        self.cleaner_of(mentions).name(mention, name)
    }

    fn text(&self, mentions: &[MentionId], text: &str) -> String {
        self.cleaner_of(mentions).text(text)
    }

    fn words_of(&self, document: DocumentId, text: &str) -> String {
        self.cleaner(document).text(text)
    }

    fn keeps(&self, said: &Assertion, accepted: bool) -> bool {
        !self.disclosure.leaves_out(said, accepted)
    }

    fn withholds(&self) -> bool {
        true
    }
}
