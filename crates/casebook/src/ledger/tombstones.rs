//! What is still known of removed documents: who removed them and why, since when they were public, and which
//! mentions of other documents stand for theirs, so that what people found out about a subject outlives one
//! of the documents that speak of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::str::FromStr;

use rusqlite::Connection;
use serde_json::{Map, Value as Json, json};
use throughline_model::{
    Act, Day, DocumentId, Edtf, Fingerprint, Instant, Judgment, JudgmentId, MentionId, Reading,
};

use crate::casebook::Casebook;
use crate::derived;
use crate::error::{Error, Result};
use crate::ledger::remains::Remains;
use crate::ledger::successors::Successors;
use crate::ledger::{self, EntryKind};

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
    /// What stays of those among them on which others hang.
    pub remains: Vec<Remains>,
    /// When it was recorded; nothing of one that never was here.
    pub recorded: Option<Instant>,
    /// The entries whose payloads were removed.
    pub entries: Vec<i64>,
}

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
        if !self.successors.is_empty() {
            let other =
                |other: Option<MentionId>| other.map_or(Json::Null, |id| id.to_string().into());
            let pairs = self.successors.pairs();
            let named: Map<String, Json> =
                pairs.map(|(gone, stands)| (gone.to_string(), other(stands))).collect();
            payload["successors"] = named.into();
        }
        if !self.remains.is_empty() {
            payload["remains"] = self.remains.iter().map(Remains::write).collect();
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
        let successors = successors.map(|(gone, other)| {
            let other = if other.is_null() { None } else { Some(named(other)?) };
            Some((gone.parse().ok()?, other))
        });
        let judgments = parsed["judgments"].as_array().into_iter().flatten().map(named);
        let remains = parsed["remains"].as_array().into_iter().flatten();
        Some(Tombstone {
            by: text("by"),
            reason: text("reason"),
            public: match &parsed["public"] {
                Json::Null => None,
                date => Some(named(date)?),
            },
            recorded: parsed["recorded"].as_i64().map(Instant),
            successors: Successors::of(successors.collect::<Option<Vec<_>>>()?),
            judgments: judgments.collect::<Option<_>>()?,
            remains: remains.map(Remains::read).collect::<Option<_>>()?,
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
        let pairs = self.successors.pairs();
        let content = pairs.fold(content, |content, (gone, other)| match other {
            Some(other) => content.number(gone.bits()).number(other.bits()),
            None => content.field(b"lost").number(gone.bits()),
        });
        self.remains.iter().fold(content, |content, remains| remains.add_to(content))
    }
}

/// What a text names.
pub(crate) fn named<T: FromStr<Err: Display>>(text: &Json) -> Option<T> {
    text.as_str()?.parse().ok()
}

/// All tombstones of a ledger together. A document has several where other casebooks removed it too.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tombstones {
    successors: Successors,
    /// Of each document, since when it was public by itself and when it was recorded.
    dates: BTreeMap<DocumentId, (Option<Edtf>, Instant)>,
    judgments: BTreeSet<JudgmentId>,
    remains: BTreeMap<JudgmentId, (Judgment, Instant)>,
}

impl Tombstones {
    pub(crate) fn load(connection: &Connection) -> Result<Tombstones> {
        let mut all = Tombstones::default();
        for (document, entered, read) in buried(connection, None)? {
            all.add(document, entered, read);
        }
        Ok(all)
    }

    fn add(&mut self, document: DocumentId, entered: Instant, read: Tombstone) {
        // Of several dates the first: casebooks that exchange their tombstones say the same.
        let order = |date: &Option<Edtf>| {
            let date = date.as_ref();
            (date.map_or(Day::MAX, Edtf::latest), date.map(ToString::to_string))
        };
        let (public, recorded) = (read.public, read.recorded.unwrap_or(entered));
        let dates = self.dates.entry(document).or_insert_with(|| (public.clone(), recorded));
        dates.1 = dates.1.min(recorded);
        if order(&public) < order(&dates.0) {
            dates.0 = public;
        }
        self.successors.add(read.successors);
        self.judgments.extend(read.judgments);
        for one in read.remains {
            let when = one.recorded.unwrap_or(entered);
            let held = self.remains.entry(one.id).or_insert_with(|| (one.judgment(document), when));
            held.1 = held.1.min(when);
        }
    }

    /// What one coder may see: of what stays of judgments, his own and what took the place of what all see.
    pub(crate) fn seen_by(
        mut self,
        coder: &str,
        shared: &dyn Fn(JudgmentId) -> bool,
    ) -> Tombstones {
        self.remains.retain(|_, (one, _)| {
            let dates = matches!(one.act, Act::Dated { .. });
            dates || one.by == coder || one.supersedes.iter().any(|id| shared(*id))
        });
        self
    }

    pub(crate) fn successors(&self) -> &Successors {
        &self.successors
    }

    /// Since when a removed document was public by itself, if that was known, and when it was recorded.
    pub(crate) fn dates(&self, document: DocumentId) -> Option<&(Option<Edtf>, Instant)> {
        self.dates.get(&document)
    }

    /// Each removed document, since when it was public by itself, if that was known, and when it was
    /// recorded.
    pub(crate) fn all(&self) -> impl Iterator<Item = (DocumentId, Option<&Edtf>, Instant)> {
        self.dates
            .iter()
            .map(|(document, (since, recorded))| (*document, since.as_ref(), *recorded))
    }

    /// Whether a judgment went with a document.
    pub(crate) fn took(&self, judgment: JudgmentId) -> bool {
        self.judgments.contains(&judgment)
    }

    /// What stays of judgments that went, as judgments that say no more than that, each with when it was
    /// recorded.
    pub(crate) fn remains(&self) -> impl Iterator<Item = &(Judgment, Instant)> {
        self.remains.values()
    }

    /// A judgment, on what stands now for the mentions that it was made on.
    pub(crate) fn judgment(&self, judgment: Judgment) -> Judgment {
        match self.successors.is_empty() {
            true => judgment,
            false => judgment.on(&|mention| self.successors.stands_for(mention)),
        }
    }

    /// A reading, referring to what stands now for mentions of other documents.
    pub(crate) fn reading(&self, mut reading: Reading) -> Reading {
        if !self.successors.is_empty() {
            let stands_for = |mention| self.successors.stands_for(mention);
            let said = std::mem::take(&mut reading.assertions);
            reading.assertions = said.into_iter().map(|one| one.referring(&stands_for)).collect();
        }
        reading
    }
}

/// The tombstones of a ledger, or those of one document, in the order in which they came, each with when it
/// did.
pub(crate) fn buried(
    connection: &Connection,
    document: Option<DocumentId>,
) -> Result<Vec<(DocumentId, Instant, Tombstone)>> {
    let entries = ledger::entries(connection, &[EntryKind::Removal], document)?.into_iter();
    let read = entries.filter_map(|entry| {
        let (document, payload) = (entry.document?, entry.payload?);
        let damaged = || Error::Damaged(format!("entry {}: a tombstone", entry.seq));
        let read = Tombstone::read(&payload).ok_or_else(damaged);
        Some(read.map(|read| (document, entry.recorded, read)))
    });
    read.collect()
}

impl Casebook {
    /// What stays of a document that was removed.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn tombstone(&self, id: DocumentId) -> Result<Option<Tombstone>> {
        Ok(self.tombstones(id)?.into_iter().next())
    }

    /// All that stays of a document that was removed, here first and then in casebooks from which that was
    /// taken over.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn tombstones(&self, id: DocumentId) -> Result<Vec<Tombstone>> {
        let all = buried(&self.connection, Some(id))?;
        Ok(all.into_iter().map(|(_, _, tombstone)| tombstone).collect())
    }

    /// What stands for a mention: itself, or if its document was removed, a mention of another document that
    /// stood for the same subject, if one did.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn stands_for(&self, mention: MentionId) -> Result<MentionId> {
        Ok(self.judged()?.tombstones().successors().stands_for(mention))
    }

    /// Whether some document mentions it, or one that was removed did.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn is_mentioned(&self, mention: MentionId) -> Result<bool> {
        let known = |mention| -> Result<bool> {
            Ok(!derived::blocks_of(&self.connection, mention)?.is_empty())
        };
        let judged = self.judged()?;
        let successors = judged.tombstones().successors();
        Ok(successors.is_lost(mention) || known(mention)? || known(successors.stands_for(mention))?)
    }
}
