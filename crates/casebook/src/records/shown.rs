//! One record as of two dates, with its evidence.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use throughline_flow::{Local, derive_one};
use throughline_model::{
    AsOf, Assertion, AssertionId, Document, DocumentId, MentionId, Record, SubjectKind,
};
use throughline_weigh::Standing;

use crate::casebook::Casebook;
use crate::derived::whole::{SHOWN, Whole};
use crate::error::Result;
use crate::records::evidence::{EvidenceView, compare_words, evidence, first_evidence};
use crate::records::names_of;

/// A record with all its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordView {
    /// The record as of the dates asked for.
    pub record: Record,
    /// The names of all mentions that it refers to.
    pub names: BTreeMap<MentionId, String>,
    /// What its mentions are called, at most [`SHOWN`] names; nothing of incidents, sets and claims, whose
    /// mentions are described.
    pub called: BTreeSet<String>,
    /// The assertions on it, as people left them.
    pub evidence: BTreeMap<AssertionId, EvidenceView>,
    /// How much there is beyond what was asked for.
    pub left_out: LeftOut,
}

/// How much of a large record a view leaves out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Mentions beyond those listed.
    pub mentions: usize,
    /// Joins beyond those listed.
    pub joins: usize,
    /// Assertions whose sentence and source are not given.
    pub evidence: usize,
}

/// How much there is of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Extents {
    pub(crate) mentions: usize,
    pub(crate) joins: usize,
    pub(crate) evidence: usize,
}

/// A record, the names that it refers to, and what its mentions are called.
type Subject = (Record, BTreeMap<MentionId, String>, BTreeSet<String>);

/// What the mentions of a record are called in the locals given, unless they are described.
pub(crate) fn called<'l>(
    record: &Record,
    locals: impl IntoIterator<Item = &'l Local>,
) -> BTreeSet<String> {
    use SubjectKind as Kind;
    if matches!(record.id.kind(), Kind::Incident | Kind::Set | Kind::Claim) {
        return BTreeSet::new();
    }
    let own: HashSet<MentionId> = record.mentions.iter().copied().collect();
    let mentions = locals.into_iter().flat_map(|local| &local.mentions);
    let names: BTreeSet<&String> =
        mentions.filter(|mention| own.contains(&mention.id)).map(|mention| &mention.name).collect();
    names.into_iter().take(SHOWN).cloned().collect()
}

impl Casebook {
    /// The record that a mention belongs to as of two dates, with all its evidence; `None` if the
    /// mention is out of view.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn record(&self, mention: MentionId, as_of: AsOf) -> Result<Option<RecordView>> {
        self.shown(mention, as_of, usize::MAX)
    }

    /// As [`Casebook::record`], with at most `most` mentions, joins and pieces of evidence, since a
    /// group may be mentioned in every document there is; values lose none of their supporters.
    /// Up to [`SHOWN`] of each take no longer in a large casebook than in a small one, at present.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn shown(
        &self,
        mention: MentionId,
        as_of: AsOf,
        most: usize,
    ) -> Result<Option<RecordView>> {
        self.snapshot(|| {
            let standing = self.standing(as_of)?;
            if most <= SHOWN
                && let Some(whole) = self.whole(mention, as_of)?
            {
                return self.shown_whole(whole, &standing, most).map(Some);
            }
            self.shown_anew(mention, as_of, &standing, most)
        })
    }

    /// A record as its row has it.
    fn shown_whole(&self, whole: Whole, standing: &Standing, most: usize) -> Result<RecordView> {
        let locals = self.locals_of_first(&whole, standing, most)?;
        let said = whole.first(most).filter_map(|(id, head)| {
            let local = locals.get(&head)?;
            Some((local.assertions.iter().find(|said| said.id == id)?, local))
        });
        let said: Vec<(&Assertion, &Local)> = said.collect();
        let extents = whole.extents();
        let subject = (whole.record, whole.names, whole.called);
        self.view(subject, said, extents, standing, most)
    }

    /// A record derived from all that is said of it.
    fn shown_anew(
        &self,
        mention: MentionId,
        as_of: AsOf,
        standing: &Standing,
        most: usize,
    ) -> Result<Option<RecordView>> {
        let loaded = self.load_around(mention, as_of)?;
        let all = loaded.all();
        let Some((record, locals)) = derive_one(&all, loaded.folded(), standing, as_of, mention)
        else {
            return Ok(None);
        };
        let names = self.names_of_one(&record, &all, standing, as_of)?;
        let own: HashSet<MentionId> = record.mentions.iter().copied().collect();
        let said: HashMap<AssertionId, (&Assertion, &Local)> = locals
            .iter()
            .flat_map(|local| local.assertions.iter().map(|said| (said.id, (said, &**local))))
            .filter(|(_, (said, _))| own.contains(&said.subject))
            .collect();
        let first = first_evidence(&record.holdings, &said.keys().copied().collect(), most);
        let first = first.iter().filter_map(|id| said.get(id).copied()).collect();
        let extents = Extents {
            mentions: record.mentions.len(),
            joins: record.joins.len(),
            evidence: said.len(),
        };
        let called = called(&record, locals.iter().map(|local| &**local));
        self.view((record, names, called), first, extents, standing, most).map(Some)
    }

    /// A record with some of its assertions, each with the local in which it stands.
    fn view(
        &self,
        (mut record, mut names, called): Subject,
        mut said: Vec<(&Assertion, &Local)>,
        extents: Extents,
        standing: &Standing,
        most: usize,
    ) -> Result<RecordView> {
        said.sort_by_key(|(said, _)| said.id);
        let mut evidence = BTreeMap::new();
        let mut texts: BTreeMap<DocumentId, Option<Document>> = BTreeMap::new();
        for (said, local) in said {
            let document = match texts.entry(local.document) {
                Entry::Occupied(held) => held.into_mut(),
                Entry::Vacant(place) => place.insert(self.document(local.document)?),
            };
            evidence.insert(said.id, self::evidence(said, local, document.as_ref(), standing));
            for (id, referent) in &local.referents {
                names.entry(*id).or_insert_with(|| referent.name.clone());
            }
        }
        compare_words(&mut evidence);
        let left_out = LeftOut {
            mentions: extents.mentions.saturating_sub(most),
            joins: extents.joins.saturating_sub(most),
            evidence: extents.evidence - evidence.len(),
        };
        record.mentions.truncate(most);
        record.joins.truncate(most);
        Ok(RecordView { record, names, called, evidence, left_out })
    }

    /// The names of the mentions that a record refers to, as they are called in the locals given; if
    /// these do not say, in those of its block: what a finding refers to may stand elsewhere. Last, as
    /// their own documents call them, where these are in view.
    pub(crate) fn names_of_one(
        &self,
        record: &Record,
        locals: &[&Local],
        standing: &Standing,
        as_of: AsOf,
    ) -> Result<BTreeMap<MentionId, String>> {
        let records = std::slice::from_ref(record);
        let mut names = names_of(records, locals, standing, as_of);
        if names.values().any(Option::is_none) {
            let loaded = self.load(&self.blocks_around(record.id)?, as_of)?;
            names = names_of(records, &loaded.all(), standing, as_of);
        }
        for (id, name) in names.iter_mut().filter(|(_, name)| name.is_none()) {
            *name = self.called_in_view(*id, as_of)?;
        }
        Ok(names.into_iter().filter_map(|(id, name)| Some((id, name?))).collect())
    }
}
