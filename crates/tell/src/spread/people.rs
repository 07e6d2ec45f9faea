//! What is said of a person, and what takes it back.

use std::collections::{BTreeMap, BTreeSet};

use throughline_casebook::{AssertionRow, Casebook, RecordView, Result};
use throughline_model::{AsOf, Assertion, DocumentId, MentionId, SubjectKind};

use crate::naming::corrects;

/// A person on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The record, as of the dates asked for.
    pub id: MentionId,
    /// Its name.
    pub name: String,
    /// Whether it is here for its name alone.
    pub namesake: bool,
    /// The record as of the dates asked for.
    pub shown: RecordView,
    /// The record today, where another day was asked for.
    pub present: Option<RecordView>,
    /// The documents that mention the person.
    pub documents: BTreeSet<DocumentId>,
    /// All that is said of the person that takes nothing back, in order of publication.
    pub said: Vec<AssertionRow>,
    /// What takes an accusation back, in order of publication.
    pub corrected: Vec<AssertionRow>,
}

/// The people that an assertion is on: its subject, and whom its value names.
pub(super) fn persons(said: &Assertion) -> impl Iterator<Item = MentionId> {
    let both = std::iter::once(said.subject).chain(said.value.mention());
    both.filter(|mention| mention.kind() == SubjectKind::Person)
}

/// Adds the person of a mention, unless that is there already or out of view.
pub(super) fn add(
    casebook: &Casebook,
    mention: MentionId,
    as_of: AsOf,
    namesake: bool,
    found: &mut BTreeMap<MentionId, Person>,
) -> Result<()> {
    if found.values().any(|one| one.shown.record.mentions.contains(&mention)) {
        return Ok(());
    }
    let Some(shown) = casebook.record(mention, as_of)? else { return Ok(()) };
    let own: BTreeSet<MentionId> = shown.record.mentions.iter().copied().collect();
    let present = match as_of.is_present() {
        true => None,
        false => casebook.record(shown.record.id, AsOf::default())?,
    };
    let documents = casebook.documents_mentioning(&own)?;
    let (mut said, mut corrected) = (Vec::new(), Vec::new());
    for document in &documents {
        for row in casebook.assertions(as_of, Some(*document), None, usize::MAX)? {
            if !persons(&row.evidence.assertion).any(|mention| own.contains(&mention)) {
                continue;
            }
            match corrects(&row.evidence.assertion) {
                true => corrected.push(row),
                false => said.push(row),
            }
        }
    }
    let day = |row: &AssertionRow| {
        let published = row.evidence.published.as_ref().map(throughline_model::Edtf::latest);
        (published.is_none(), published, row.evidence.assertion.document)
    };
    // Stable: what one document says stays in the order of its text.
    said.sort_by_key(day);
    corrected.sort_by_key(day);
    let (id, name) = (shown.record.id, shown.record.name.clone());
    found.insert(id, Person { id, name, namesake, shown, present, documents, said, corrected });
    Ok(())
}
