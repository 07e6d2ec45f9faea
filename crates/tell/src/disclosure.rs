//! What may leave the casebook: the one place that decides who is named.
//!
//! A [`Gathering`] hears everything that is known today: records of people, mentions, assertions
//! as people left them, findings in force. From it comes a [`Disclosure`], which names people and
//! cleans texts for every export, whatever dates it is as of.
//!
//! Letters and private chats never name who wrote them: neither where a document says who published
//! it, nor in the words of any letter or private chat. That somebody speaks there is no public word.
//!
//! Not decided here: whether a text that names nobody still lets somebody be recognised.

mod gathering;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{Assertion, DocumentId, MentionId, SubjectKind, Value, Variable};

pub use gathering::{Gathering, Heard};

use crate::naming::{Bearing, Ground, Naming, bearing};
use crate::redact::{NameParts, Redactor, WITHHELD, is_description, without_mail};

/// Who is named, and how texts are cleaned of those who are not.
#[derive(Debug, Default)]
pub struct Disclosure {
    person_of: BTreeMap<MentionId, usize>,
    namings: Vec<Naming>,
    parts: Vec<NameParts>,
    whole: Redactor,
    all: Redactor,
    private: BTreeSet<DocumentId>,
    /// Who is named in each document by words of values alone.
    in_words: BTreeMap<DocumentId, Vec<NameParts>>,
    /// Takes out whoever wrote in a private medium.
    authors: Redactor,
}

impl Disclosure {
    /// Whether a person may be named; everything that is no person may.
    ///
    /// A person that nothing was gathered on is not.
    pub fn may_name(&self, mention: MentionId) -> bool {
        mention.kind() != SubjectKind::Person || self.naming(mention).is_some_and(Naming::is_named)
    }

    /// What was decided on a person, and on what ground.
    pub fn naming(&self, person: MentionId) -> Option<Naming> {
        self.person_of.get(&person).map(|&at| self.namings[at])
    }

    /// Whether an assertion is left out as a whole: nobody has judged it, and it accuses somebody
    /// who is named because he speaks in public.
    pub fn leaves_out(&self, said: &Assertion, judged: bool) -> bool {
        let public = |id: MentionId| self.naming(id) == Some(Naming::Named(Ground::Public));
        let accuses = bearing(said.variable, Some(&said.value))
            .iter()
            .any(|bearing| matches!(bearing, Bearing::Accused | Bearing::Convicted));
        let blamed = match said.value {
            Value::Mention(id) => {
                use Variable as V;
                matches!(said.variable, V::Perpetrator | V::IdentifiedAs) && public(id)
            }
            _ => false,
        };
        !judged && (accuses && public(said.subject) || blamed)
    }

    /// What cleans the texts of some documents that mention these people.
    pub fn cleaner(
        &self,
        documents: impl IntoIterator<Item = DocumentId>,
        people: impl IntoIterator<Item = MentionId>,
    ) -> Cleaner<'_> {
        let mut private = false;
        let mut own = Redactor::default();
        for document in documents {
            private |= self.private.contains(&document);
            for parts in self.in_words.get(&document).into_iter().flatten() {
                own.withhold(parts);
            }
        }
        let people: BTreeSet<usize> =
            people.into_iter().filter_map(|id| self.person_of.get(&id).copied()).collect();
        for at in people.into_iter().filter(|&at| !self.namings[at].is_named()) {
            own.withhold(&self.parts[at]);
        }
        Cleaner { disclosure: self, own, private }
    }

    /// What cleans words that belong to no document, such as the reasons of judgments: every word
    /// of every withheld name is taken out.
    pub fn everywhere(&self, words: &str) -> String {
        self.all.text(words)
    }

    /// Whether a name that somebody gave a thing, such as a definition's, could spell a withheld name.
    pub fn spelt_in(&self, given: &str) -> bool {
        self.all.spelt_in(given)
    }
}

/// Cleans the texts of one document, or of several together.
#[derive(Debug)]
pub struct Cleaner<'d> {
    disclosure: &'d Disclosure,
    own: Redactor,
    private: bool,
}

impl Cleaner<'_> {
    /// A text without withheld names: whole names and family names of anybody, and every word of the
    /// names of those whom the document mentions.
    pub fn text(&self, text: &str) -> String {
        if !self.private {
            return self.names(text);
        }
        // Addresses first, while they still are addresses.
        self.disclosure.authors.text(&self.names(&without_mail(text)))
    }

    fn names(&self, text: &str) -> String {
        // Whole names first, while all their words still stand together.
        self.own.text(&self.disclosure.whole.text(text))
    }

    /// The name of who published or wrote a document.
    pub fn author(&self, name: &str) -> String {
        if self.private { WITHHELD.to_owned() } else { self.text(name) }
    }

    /// An address, unless it could spell a withheld name or leads to a private chat.
    pub fn address(&self, url: &str) -> Option<String> {
        if self.private {
            return None;
        }
        self.own.address(url).filter(|url| !self.disclosure.whole.spells_whole(url))
    }

    /// The name to show for a mention of the document; `None` where it is withheld. Words that
    /// describe somebody without naming him stay.
    pub fn name(&self, mention: MentionId, name: &str) -> Option<String> {
        if mention.kind() != SubjectKind::Person || is_description(name) {
            return Some(self.text(name));
        }
        let named = self.disclosure.may_name(mention).then(|| name.to_owned());
        // A minister is named, and yet not as the one who wrote a letter.
        named.filter(|name| !self.private || self.disclosure.authors.text(name) == *name)
    }
}
