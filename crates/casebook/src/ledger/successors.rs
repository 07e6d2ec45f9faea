//! What stands for a mention after its document was removed: what people found out about a subject
//! outlives one of the documents that speak of it.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde_json::{Map, Value as Json};
use throughline_model::{DocumentId, Judgment, MentionId};

use crate::casebook::Casebook;
use crate::error::{Error, Result};
use crate::ledger::{self, EntryKind};

/// For mentions of removed documents, mentions of other documents that stood for the same subjects when
/// these were removed. Tombstones name them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Successors(BTreeMap<MentionId, MentionId>);

impl Successors {
    /// Those of a list of pairs.
    pub fn of(pairs: impl IntoIterator<Item = (MentionId, MentionId)>) -> Successors {
        Successors(pairs.into_iter().collect())
    }

    /// Each mention with the one that stands for it, by mention.
    pub fn pairs(&self) -> impl Iterator<Item = (MentionId, MentionId)> {
        self.0.iter().map(|(gone, other)| (*gone, *other))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those that all tombstones name.
    pub(crate) fn load(connection: &Connection) -> Result<Successors> {
        let mut all = Successors::default();
        for entry in ledger::entries(connection, &[EntryKind::Removal], None)? {
            let Some(payload) = &entry.payload else { continue };
            let read = Successors::read(payload)
                .ok_or_else(|| Error::Damaged(format!("entry {}: successors", entry.seq)))?;
            all.0.extend(read.0);
        }
        Ok(all)
    }

    /// Those that a tombstone names.
    pub(crate) fn read(tombstone: &str) -> Option<Successors> {
        let parsed: Json = serde_json::from_str(tombstone).ok()?;
        let named = match &parsed["successors"] {
            Json::Null => return Some(Successors::default()),
            other => other.as_object()?,
        };
        let pairs = named
            .iter()
            .map(|(gone, other)| Some((gone.parse().ok()?, other.as_str()?.parse().ok()?)));
        pairs.collect::<Option<_>>().map(Successors)
    }

    /// As a tombstone names them.
    pub(crate) fn written(&self) -> Map<String, Json> {
        self.pairs().map(|(gone, other)| (gone.to_string(), other.to_string().into())).collect()
    }

    /// What stands for a mention now: itself, unless its document was removed.
    pub(crate) fn stands_for(&self, mention: MentionId) -> MentionId {
        let mut at = mention;
        // Two casebooks may each have removed what the other one kept.
        for _ in 0..self.0.len() {
            match self.0.get(&at) {
                Some(next) => at = *next,
                None => break,
            }
        }
        at
    }

    /// A judgment, on what stands now for the mentions that it was made on.
    pub(crate) fn judgment(&self, judgment: Judgment) -> Judgment {
        match self.is_empty() {
            true => judgment,
            false => judgment.on(&|mention| self.stands_for(mention)),
        }
    }
}

impl Casebook {
    /// What stands for a mention: itself, or if its document was removed, a mention of another document that
    /// stood for the same subject, if one did.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn stands_for(&self, mention: MentionId) -> Result<MentionId> {
        Ok(self.judged()?.successors().stands_for(mention))
    }

    /// What stands for the mentions of a document that was removed here; nothing of any other.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn successors(&self, document: DocumentId) -> Result<Successors> {
        let tombstone = self.tombstone(document)?;
        Ok(tombstone.and_then(|tombstone| Successors::read(&tombstone)).unwrap_or_default())
    }
}
