//! Everything in a casebook that bears on who may be named, gathered for what leaves it.

use std::collections::{BTreeMap, BTreeSet};

use throughline_casebook::{Casebook, Error, Result, Saying};
use throughline_model::{Act, AsOf, DocumentId, Edtf, MentionId, SubjectKind};

use crate::disclosure::{Cleaner, Disclosure, Gathering, Heard};

/// Who may be named, and where everybody is mentioned.
#[derive(Debug, Default)]
pub struct Disclosed {
    /// Who may be named.
    pub disclosure: Disclosure,
    /// The record of each mention, by the id that it shows.
    pub record_of: BTreeMap<MentionId, MentionId>,
    /// The people that each document mentions.
    people_in: BTreeMap<DocumentId, BTreeSet<MentionId>>,
    documents_of: BTreeMap<MentionId, DocumentId>,
    /// What each mention is called by its document.
    pub names: BTreeMap<MentionId, String>,
}

impl Disclosed {
    /// Goes through the whole casebook as it is known today: naming is decided by the newest status,
    /// whatever dates are asked for.
    ///
    /// # Errors
    /// If the casebook cannot be read. Its records must be settled.
    pub fn gather(casebook: &Casebook) -> Result<Disclosed> {
        let mut gathering = Gathering::default();
        let mut record_of = BTreeMap::new();
        for kind in SubjectKind::ALL {
            casebook.each_record(kind, AsOf::default(), |row| {
                let record = row.record;
                if kind == SubjectKind::Person {
                    gathering.person(&record.mentions);
                }
                record_of.extend(record.mentions.iter().map(|mention| (*mention, record.id)));
            })?;
        }
        let mut people_in: BTreeMap<DocumentId, BTreeSet<MentionId>> = BTreeMap::new();
        let (mut names, mut documents_of) = (BTreeMap::new(), BTreeMap::new());
        let mut published: BTreeMap<DocumentId, Edtf> = BTreeMap::new();
        casebook.each_saying::<Error>(|saying| {
            let id = saying.document.id;
            gathering.document(&saying.document);
            for mention in &saying.mentions {
                gathering.mention(mention);
                names.insert(mention.id, mention.name.clone());
                documents_of.insert(mention.id, id);
                if mention.kind() == SubjectKind::Person {
                    people_in.entry(id).or_default().insert(mention.id);
                }
            }
            published.extend(saying.since.clone().map(|date| (id, date)));
            let name_of = |mention| names.get(&mention).cloned();
            for said in &saying.said {
                let heard = Heard {
                    published: saying.since.as_ref().map(Edtf::latest),
                    source: saying.document.source.as_deref(),
                    judged: said.accepted.is_some(),
                    withdrawn: said.withdrawn.is_some(),
                };
                gathering.said(&said.assertion, heard, &name_of);
            }
            Ok(())
        })?;
        for (judgment, _, in_force) in casebook.judgments()? {
            if let Act::Find(target) = &judgment.act
                && in_force
            {
                let day =
                    judgment.cites.iter().filter_map(|id| published.get(id)).map(Edtf::latest);
                gathering.found(target, day.max());
            }
        }
        let disclosure = gathering.close();
        Ok(Disclosed { disclosure, record_of, people_in, documents_of, names })
    }

    /// What cleans the texts of one document.
    pub fn cleaner(&self, document: DocumentId) -> Cleaner<'_> {
        let people = self.people_in.get(&document).into_iter().flatten().copied();
        self.disclosure.cleaner([document], people)
    }

    /// What cleans values that come from the documents of several mentions.
    pub fn cleaner_of(&self, mentions: &[MentionId]) -> Cleaner<'_> {
        let documents: BTreeSet<DocumentId> =
            mentions.iter().filter_map(|mention| self.documents_of.get(mention)).copied().collect();
        let people = documents.iter().filter_map(|document| self.people_in.get(document));
        let people: Vec<MentionId> = people.flatten().copied().collect();
        self.disclosure.cleaner(documents, people)
    }

    /// Whether a withheld export carries an assertion: not what its source took back, and not what
    /// accuses somebody who speaks in public while nobody has judged it.
    pub fn carries(&self, saying: &Saying, at: usize) -> bool {
        let left_out = |at: usize| {
            let said = &saying.said[at];
            self.disclosure.leaves_out(&said.assertion, said.accepted.is_some())
        };
        let own = &saying.said[at];
        let span = own.assertion.passage.span();
        // The sentence of what is left out must not come along with something else.
        let shares = |other: usize| {
            let passage = &saying.said[other].assertion.passage;
            match (span, passage.span()) {
                (Some(one), Some(other)) => one.overlaps(other),
                (None, None) => own.assertion.passage == *passage,
                _ => false,
            }
        };
        own.withdrawn.is_none()
            && !(0..saying.said.len()).any(|other| left_out(other) && shares(other))
    }

    /// The words of a judgment without any withheld name.
    pub fn everywhere(&self, words: &str) -> String {
        self.disclosure.everywhere(words)
    }

    /// Whether what was counted could name somebody who is protected, by what it is called or by where it
    /// was asked for.
    pub fn spelt_in(&self, given: &str) -> bool {
        self.disclosure.spelt_in(given)
    }
}
