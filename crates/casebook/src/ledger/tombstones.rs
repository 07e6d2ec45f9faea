//! What is still known of removed documents: who removed them and why, since when they were public, and which
//! mentions of other documents stand for theirs, so that what people found out about a subject outlives one
//! of the documents that speak of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::str::FromStr;

use rusqlite::{Connection, OptionalExtension};
use serde_json::{Map, Value as Json, json};
use throughline_model::{DocumentId, Edtf, Fingerprint, Instant, Judgment, JudgmentId, MentionId};

use crate::casebook::Casebook;
use crate::error::{Error, Result};
use crate::ledger::{self, EntryKind, bits};

/// What stays of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tombstone {
    /// Who removed it.
    pub by: String,
    /// Why: the order of a court, the request.
    pub reason: String,
    /// Since when it was public, if that was known: what cites it counts from then on.
    pub public: Option<Edtf>,
    /// For its mentions, mentions of other documents that stood for the same subjects when it was removed.
    pub successors: Successors,
    /// The judgments that went with it.
    pub judgments: BTreeSet<JudgmentId>,
    /// When it was recorded; nothing of one that never was here.
    pub recorded: Option<Instant>,
    /// The entries whose payloads were removed.
    pub entries: Vec<i64>,
}

/// Mentions that went, each with the one that stands for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Successors(BTreeMap<MentionId, MentionId>);

impl Tombstone {
    /// The payload of a removal. What is not known is left out, as tombstones of earlier formats do.
    pub(crate) fn write(&self, document: DocumentId) -> String {
        let mut payload = json!({
            "document": document.to_string(),
            "by": self.by,
            "reason": self.reason,
            "entries": self.entries,
        });
        if let Some(public) = &self.public {
            payload["public"] = public.as_str().into();
        }
        if let Some(Instant(recorded)) = self.recorded {
            payload["recorded"] = recorded.into();
        }
        if !self.successors.0.is_empty() {
            let pairs = self.successors.pairs();
            let named: Map<String, Json> =
                pairs.map(|(gone, other)| (gone.to_string(), other.to_string().into())).collect();
            payload["successors"] = named.into();
        }
        if !self.judgments.is_empty() {
            let names: Vec<String> = self.judgments.iter().map(ToString::to_string).collect();
            payload["judgments"] = names.into();
        }
        payload.to_string()
    }

    /// The payload of a removal, read.
    pub(crate) fn read(payload: &str) -> Option<Tombstone> {
        let parsed: Json = serde_json::from_str(payload).ok()?;
        let text = |name: &str| parsed[name].as_str().unwrap_or_default().to_owned();
        let successors = parsed["successors"].as_object().into_iter().flatten();
        let successors = successors.map(|(gone, other)| Some((gone.parse().ok()?, named(other)?)));
        let judgments = parsed["judgments"].as_array().into_iter().flatten().map(named);
        Some(Tombstone {
            by: text("by"),
            reason: text("reason"),
            public: match &parsed["public"] {
                Json::Null => None,
                date => Some(named(date)?),
            },
            recorded: parsed["recorded"].as_i64().map(Instant),
            successors: Successors(successors.collect::<Option<_>>()?),
            judgments: judgments.collect::<Option<_>>()?,
            entries: parsed["entries"].as_array()?.iter().filter_map(Json::as_i64).collect(),
        })
    }

    /// What it counts for in the content hash: whatever is derived of it.
    pub(crate) fn content(&self, document: DocumentId) -> Fingerprint {
        let content = Fingerprint::new("removal").number(document.bits());
        let content = match &self.public {
            Some(public) => content.field(public.as_str().as_bytes()),
            None => content,
        };
        self.successors.pairs().fold(content, |content, (gone, other)| {
            content.number(gone.bits()).number(other.bits())
        })
    }
}

/// What a text names.
fn named<T: FromStr<Err: Display>>(text: &Json) -> Option<T> {
    text.as_str()?.parse().ok()
}

impl Successors {
    /// Those of a list of pairs.
    pub fn of(pairs: impl IntoIterator<Item = (MentionId, MentionId)>) -> Successors {
        Successors(pairs.into_iter().collect())
    }

    /// Each mention with the one that stands for it, by mention.
    pub fn pairs(&self) -> impl Iterator<Item = (MentionId, MentionId)> {
        self.0.iter().map(|(gone, other)| (*gone, *other))
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
}

/// All tombstones of a ledger together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tombstones {
    successors: Successors,
    /// Of each document, since when it was public and when it was recorded.
    dates: BTreeMap<DocumentId, (Option<Edtf>, Instant)>,
    judgments: BTreeSet<JudgmentId>,
}

impl Tombstones {
    pub(crate) fn load(connection: &Connection) -> Result<Tombstones> {
        let mut all = Tombstones::default();
        for entry in ledger::entries(connection, &[EntryKind::Removal], None)? {
            let (Some(document), Some(payload)) = (entry.document, &entry.payload) else {
                continue;
            };
            let read = Tombstone::read(payload)
                .ok_or_else(|| Error::Damaged(format!("entry {}: a tombstone", entry.seq)))?;
            let recorded = read.recorded.unwrap_or(entry.recorded);
            all.dates.insert(document, (read.public, recorded));
            all.successors.0.extend(read.successors.0);
            all.judgments.extend(read.judgments);
        }
        Ok(all)
    }

    pub(crate) fn successors(&self) -> &Successors {
        &self.successors
    }

    /// Since when a removed document was public, if that was known, and when it was recorded.
    pub(crate) fn dates(&self, document: DocumentId) -> Option<&(Option<Edtf>, Instant)> {
        self.dates.get(&document)
    }

    /// Each removed document, since when it was public, if that was known, and when it was recorded.
    pub(crate) fn all(&self) -> impl Iterator<Item = (DocumentId, Option<&Edtf>, Instant)> {
        self.dates
            .iter()
            .map(|(document, (since, recorded))| (*document, since.as_ref(), *recorded))
    }

    /// Whether a judgment went with a document.
    pub(crate) fn took(&self, judgment: JudgmentId) -> bool {
        self.judgments.contains(&judgment)
    }

    /// A judgment, on what stands now for the mentions that it was made on.
    pub(crate) fn judgment(&self, judgment: Judgment) -> Judgment {
        match self.successors.0.is_empty() {
            true => judgment,
            false => judgment.on(&|mention| self.successors.stands_for(mention)),
        }
    }
}

impl Casebook {
    /// What stays of a document that was removed.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn tombstone(&self, id: DocumentId) -> Result<Option<Tombstone>> {
        let seq: Option<i64> = self
            .connection
            .prepare_cached("SELECT seq FROM forgotten WHERE document = ?")?
            .query_row([bits(id)], |row| row.get(0))
            .optional()?;
        let Some(seq) = seq else { return Ok(None) };
        let payload = ledger::entry(&self.connection, seq)?.payload.unwrap_or_default();
        let damaged = || Error::Damaged(format!("entry {seq}: a tombstone"));
        Tombstone::read(&payload).ok_or_else(damaged).map(Some)
    }

    /// What stands for a mention: itself, or if its document was removed, a mention of another document that
    /// stood for the same subject, if one did.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn stands_for(&self, mention: MentionId) -> Result<MentionId> {
        Ok(self.judged()?.tombstones().successors().stands_for(mention))
    }
}
