//! Blocks: where the program looks for other mentions of the same subject.

use std::fmt;
use std::sync::Arc;

use throughline_model::{Edtf, MentionId, SubjectKind, Variable};

use crate::{Local, name::normal, person};

/// The one key of a local, so that blocks never overlap.
///
/// - groups, outlets, channels and places: the normal name;
/// - people with a full name: the consonants of the family name and the sound that the given name
///   begins with, so that spellings meet; a family name alone says too little, so such a person
///   stands alone;
/// - incidents: the month in which they were, or, of the one that a document mainly reports without
///   saying when, the month of the day before its publication; claims: claimant and month of the
///   statement;
/// - sets, and whatever lacks these: alone, until a person judges.
///
/// A key is cheap to copy: all locals of a block share its text.
///
/// The key rests on what the documents say, not on judgments, so a judgment never moves a local.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockKey(Arc<str>);

impl BlockKey {
    /// The block that holds only the local of this mention.
    pub fn alone(mention: MentionId) -> BlockKey {
        BlockKey(mention.to_string().into())
    }

    /// The block of a local.
    pub(crate) fn of(local: &Local) -> BlockKey {
        let kind = local.kind();
        let key = match kind {
            SubjectKind::Group
            | SubjectKind::Outlet
            | SubjectKind::Channel
            | SubjectKind::Place => Some(normal(local.name())).filter(|name| !name.is_empty()),
            SubjectKind::Person => person::key(local.name()),
            SubjectKind::Incident => month(local.dates(Variable::Date)).or_else(|| reported(local)),
            SubjectKind::Claim => {
                let claimant = local.names(Variable::Claimant).next().map(normal);
                claimant
                    .zip(month(local.dates(Variable::Issued)))
                    .map(|(by, on)| format!("{by} {on}"))
            }
            SubjectKind::Set => None,
        };
        match key {
            Some(key) => BlockKey(format!("{} {key}", kind.prefix()).into()),
            None => BlockKey::alone(local.mentions[0].id),
        }
    }

    /// The key as text; equal for equal blocks.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The block with this key.
    pub fn from_text(text: impl Into<Arc<str>>) -> BlockKey {
        BlockKey(text.into())
    }
}

impl fmt::Display for BlockKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The normal name of the first place said.
pub(crate) fn place(local: &Local) -> Option<String> {
    local.names(Variable::Place).map(normal).find(|name| !name.is_empty())
}

/// The month in which the incident that a document mainly reports was, if it does not say when: news
/// is of the day before.
fn reported(local: &Local) -> Option<String> {
    local.outline.as_ref()?;
    let published = local.published.as_ref()?;
    let day = published.latest();
    let civil = day.plus(-1).civil().filter(|_| published.earliest() == day)?;
    Some(format!("{:04}-{:02}", civil.year(), civil.month()))
}

/// The month of the first date that lies within one.
fn month<'a>(mut dates: impl Iterator<Item = &'a Edtf>) -> Option<String> {
    dates.find_map(|date| {
        let (first, last) = (date.earliest().civil()?, date.latest().civil()?);
        // New Year's Eve runs into January: the first day decides, if the stretch is short.
        let short = date.latest() <= date.earliest().plus(3);
        let one = (first.year(), first.month()) == (last.year(), last.month());
        (one || short).then(|| format!("{:04}-{:02}", first.year(), first.month()))
    })
}
