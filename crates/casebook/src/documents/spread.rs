//! How something spread: documents in order of time, with the documents that they pass on.

use std::collections::BTreeSet;

use rusqlite::params;
use throughline_formats::relation_name;
use throughline_model::{
    AsOf, Day, Document, DocumentId, Edtf, Fingerprint, Reference, Relation, Sha256, Stamp,
};

use crate::casebook::Casebook;
use crate::documents::DocumentRow;
use crate::error::Result;
use crate::ledger::document_of;

/// One document on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The document's row.
    pub row: DocumentRow,
    /// The document.
    pub document: Document,
    /// What it passes on, answers or replaces, as far as it says.
    pub passed: Vec<Passed>,
}

/// Another document that a document tells of, and whether it is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    /// What the document says of the other.
    pub reference: Reference,
    /// The other, if it is held and in view.
    pub held: Option<DocumentId>,
}

impl Step {
    /// When it was said, for the order: a later state of a message from its change on.
    pub fn moment(&self) -> Option<&Stamp> {
        self.document.modified.as_ref().or(self.document.published_at.as_ref())
    }

    /// Dated documents by day, within a day those whose time is known by that time, undated last.
    fn key(&self) -> (bool, i64, bool, i64, DocumentId) {
        let day = self.row.since.as_ref().map(Edtf::latest);
        // A judgment may have given another day than the document's own moment lies on.
        let moment = self.moment().filter(|moment| Some(moment.day()) == day && moment.has_time());
        let seconds = moment.map(Stamp::seconds);
        (
            day.is_none(),
            day.map_or(i64::MAX, |day| i64::from(day.0)),
            seconds.is_none(),
            seconds.unwrap_or(0),
            self.row.id,
        )
    }
}

impl Casebook {
    /// Documents in order of time with what they pass on; those out of view are left out, and how
    /// many of these are undated is told. A later state of a document is in view from the day of its
    /// change on.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn steps(
        &self,
        documents: &BTreeSet<DocumentId>,
        as_of: AsOf,
    ) -> Result<(Vec<Step>, usize)> {
        self.snapshot(|| {
            let mut steps = Vec::new();
            let mut undated = 0;
            for id in documents {
                let Some(document) = self.document(*id)? else { continue };
                let Some(row) = self.document_row(*id, as_of)? else {
                    let present = AsOf { published: None, ..as_of };
                    let known = self.document_row(*id, present)?;
                    undated += usize::from(known.is_some_and(|row| row.published.is_none()));
                    continue;
                };
                let passed = self.passed(&document, as_of)?;
                steps.push(Step { row, document, passed });
            }
            steps.sort_by_key(Step::key);
            Ok((steps, undated))
        })
    }

    /// What a document passes on, answers or replaces, with the documents held.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn passed(&self, document: &Document, as_of: AsOf) -> Result<Vec<Passed>> {
        let mut passed = Vec::new();
        for reference in &document.references {
            let held = self.referred(document, reference, as_of)?;
            passed.push(Passed { reference: reference.clone(), held });
        }
        Ok(passed)
    }

    /// The document that a reference of another means. Where it gives the other's number, that
    /// decides; channels are passed on without it, and then it is the last earlier document of that
    /// source with the same words or a picture of the same bytes, else the one of the moment that is
    /// given: words that were changed after they were passed on are the same no longer.
    fn referred(
        &self,
        from: &Document,
        reference: &Reference,
        as_of: AsOf,
    ) -> Result<Option<DocumentId>> {
        let Some(source) = &reference.source else { return Ok(None) };
        let mut ids: Vec<DocumentId> = match &reference.item {
            Some(item) => self
                .connection
                .prepare_cached("SELECT document FROM document WHERE source = ? AND item = ?")?
                .query_map(params![source, item], |row| row.get(0).map(document_of))?
                .collect::<rusqlite::Result<_>>()?,
            None => self
                .connection
                .prepare_cached("SELECT document FROM document WHERE source = ? AND told = ?")?
                .query_map(params![source, told(from)], |row| row.get(0).map(document_of))?
                .collect::<rusqlite::Result<_>>()?,
        };
        // An answer to another chat gives that chat by its number alone.
        if let (Some(number), Some(item)) = (source.strip_prefix("channel"), &reference.item)
            && number.bytes().all(|byte| byte.is_ascii_digit())
        {
            let mut statement =
                self.connection.prepare_cached("SELECT document FROM document WHERE url = ?")?;
            let url = format!("https://t.me/c/{number}/{item}");
            for row in statement.query_map([url], |row| row.get(0).map(document_of))? {
                ids.push(row?);
            }
        }
        if reference.item.is_none() {
            let mut statement = self.connection.prepare_cached(
                "SELECT p.document FROM pictured p JOIN document d ON d.document = p.document
                 WHERE p.sha256 = ? AND d.source = ?",
            )?;
            for picture in from.pictures.iter().filter_map(|picture| picture.sha256) {
                let rows = statement
                    .query_map(params![picture.0, source], |row| row.get(0).map(document_of))?;
                for row in rows {
                    ids.push(row?);
                }
            }
        }
        let moment = |document: &Document| {
            document.modified.as_ref().or(document.published_at.as_ref()).map(Stamp::seconds)
        };
        let mut best: Option<(Option<i64>, DocumentId)> = None;
        for id in ids {
            if id == from.id || self.document_row(id, as_of)?.is_none() {
                continue;
            }
            let Some(other) = self.document(id)? else { continue };
            let later = match (moment(&other), moment(from)) {
                (Some(other), Some(own)) => other > own,
                _ => false,
            };
            if !later {
                best = best.max(Some((moment(&other), id)));
            }
        }
        if let (None, None, Some(at)) = (best, &reference.item, &reference.at) {
            return self.published_at(source, at, as_of);
        }
        Ok(best.map(|(_, id)| id))
    }

    /// The numbered document of a source that was published at a moment, to the second, in its first
    /// state that is held. A moment without a zone is by the clock of whoever wrote it down, and is
    /// none of one with a zone.
    fn published_at(&self, source: &str, at: &Stamp, as_of: AsOf) -> Result<Option<DocumentId>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT document FROM document
             WHERE source = ? AND item IS NOT NULL AND published IN (?, ?, ?)",
        )?;
        // In another zone the moment may lie on the day before or after.
        let Day(day) = at.day();
        let [before, own, after] =
            [day - 1, day, day + 1].map(|day| Edtf::day(Day(day)).to_string());
        let rows = statement
            .query_map(params![source, before, own, after], |row| row.get(0).map(document_of))?;
        let same = |other: &Stamp| {
            let timed = at.has_time() && other.has_time();
            timed && other.has_zone() == at.has_zone() && other.seconds() == at.seconds()
        };
        let mut first: Option<(Option<i64>, DocumentId)> = None;
        for id in rows.collect::<rusqlite::Result<Vec<_>>>()? {
            let Some(document) = self.document(id)? else { continue };
            let is_it = document.published_at.as_ref().is_some_and(same)
                && self.document_row(id, as_of)?.is_some();
            let key = (document.modified.as_ref().map(Stamp::seconds), id);
            if is_it && first.is_none_or(|first| key < first) {
                first = Some(key);
            }
        }
        Ok(first.map(|(_, id)| id))
    }

    /// The documents that pass on, answer or replace a document, as far as they give its number.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn referring(&self, document: &Document, relation: Relation) -> Result<Vec<DocumentId>> {
        let (Some(source), Some(item)) = (&document.source, &document.item) else {
            return Ok(Vec::new());
        };
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT document FROM referred WHERE source = ? AND item = ? AND relation = ?",
        )?;
        let rows = statement
            .query_map(params![source, item, relation_name(relation)], |row| row.get(0))?;
        Ok(rows.map(|row| row.map(document_of)).collect::<rusqlite::Result<_>>()?)
    }

    /// The documents of some sources that pass a source on without giving a number.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn passing_on(&self, source: &str) -> Result<Vec<DocumentId>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT document FROM referred
             WHERE source = ? AND item IS NULL AND relation = 'forwards'",
        )?;
        let rows = statement.query_map([source], |row| row.get(0).map(document_of))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// A hash of a document's words, however they are spaced; `None` without words.
pub(crate) fn told(document: &Document) -> Option<i64> {
    let mut words = document.text.split_whitespace().peekable();
    words.peek()?;
    let key = words.fold(Fingerprint::new("told"), |key, word| key.field(word.as_bytes()));
    let Sha256(hash) = key.finish();
    let mut head = [0; 8];
    head.copy_from_slice(&hash[..8]);
    Some(i64::from_le_bytes(head))
}
