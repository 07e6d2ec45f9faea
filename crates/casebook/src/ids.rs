//! Ids by their beginnings, as people type them.

use std::collections::BTreeSet;

use rusqlite::params;
use throughline_model::{
    Act, Assertion, AssertionId, DocumentId, JudgmentId, MentionId, PictureId, Sha256,
};

use crate::casebook::Casebook;
use crate::derived::locals::mention_of;
use crate::error::{Error, Result};
use crate::ledger::document_of;

impl Casebook {
    /// The mention that an id, or the beginning of one, names; for one of a removed document, the mention
    /// that stands for it.
    ///
    /// # Errors
    /// [`Error::Unknown`] or [`Error::Ambiguous`].
    pub fn find_mention(&self, text: &str) -> Result<MentionId> {
        let sql = "SELECT DISTINCT mention FROM mention WHERE mention BETWEEN ? AND ?
                   ORDER BY mention LIMIT 5";
        let prefix = text.find('-').map_or("", |dash| &text[..=dash]);
        let range = range(text, prefix, |text| text.parse().ok().map(MentionId::bits));
        let found = self.between(sql, range, text)?;
        let mut found: BTreeSet<MentionId> =
            found.into_iter().map(mention_of).collect::<Result<_>>()?;
        let judged = self.judged()?;
        let successors = judged.tombstones().successors();
        let removed = successors.pairs().filter_map(|(gone, other)| other.and(Some(gone)));
        let removed = removed.filter(|gone| gone.to_string().starts_with(text));
        found.extend(removed.map(|gone| successors.stands_for(gone)));
        one(text, found.into_iter().collect())
    }

    /// The document that an id, or the beginning of one, names; removed ones included.
    ///
    /// # Errors
    /// [`Error::Unknown`] or [`Error::Ambiguous`].
    pub fn find_document(&self, text: &str) -> Result<DocumentId> {
        let sql = "SELECT document FROM (SELECT document FROM document UNION SELECT document FROM forgotten)
                   WHERE document BETWEEN ? AND ? ORDER BY document LIMIT 5";
        let range = range(text, "doc-", |text| text.parse().ok().map(DocumentId::bits));
        let found = self.between(sql, range, text)?;
        one(text, found.into_iter().map(document_of).collect())
    }

    /// The assertion that an id, or the beginning of one, names; corrections included.
    ///
    /// # Errors
    /// [`Error::Unknown`] or [`Error::Ambiguous`].
    pub fn find_assertion(&self, text: &str) -> Result<AssertionId> {
        let sql = "SELECT DISTINCT assertion FROM assertion WHERE assertion BETWEEN ? AND ?
                   ORDER BY assertion LIMIT 5";
        let range = range(text, "ast-", |text| text.parse().ok().map(AssertionId::bits));
        let found = self.between(sql, range, text)?;
        let mut found: Vec<AssertionId> =
            found.into_iter().map(|bits| AssertionId::from_bits(bits.unsigned_abs())).collect();
        let judged = self.judged()?;
        found.extend(
            judged
                .all()
                .filter_map(|(judgment, _)| match &judgment.act {
                    Act::Correct { by, .. } => Some(by.id),
                    _ => None,
                })
                .filter(|id| id.to_string().starts_with(text)),
        );
        found.sort();
        found.dedup();
        one(text, found)
    }

    /// The picture that an id, or the beginning of one, names.
    ///
    /// # Errors
    /// [`Error::Unknown`] or [`Error::Ambiguous`].
    pub fn find_picture(&self, text: &str) -> Result<Sha256> {
        let sql = "SELECT DISTINCT sha256 FROM pictured WHERE picture BETWEEN ? AND ?
                   ORDER BY picture LIMIT 5";
        let range = range(text, "pic-", |text| text.parse().ok().map(PictureId::bits));
        let (low, high) = range.ok_or_else(|| Error::Unknown(text.to_owned()))?;
        let column = |bits: u64| i64::try_from(bits).unwrap_or(i64::MAX);
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params![column(low), column(high)], |row| row.get(0))?;
        let found: Vec<[u8; 32]> = rows.collect::<rusqlite::Result<_>>()?;
        let ids: Vec<PictureId> =
            found.iter().map(|hash| PictureId::of_bytes(Sha256(*hash))).collect();
        one(text, ids)?;
        found.first().copied().map(Sha256).ok_or_else(|| Error::Unknown(text.to_owned()))
    }

    /// The judgment that an id, or the beginning of one, names.
    ///
    /// # Errors
    /// [`Error::Unknown`] or [`Error::Ambiguous`].
    pub fn find_judgment(&self, text: &str) -> Result<JudgmentId> {
        let judged = self.judged()?;
        let ids = judged.all().map(|(judgment, _)| judgment.id);
        one(
            text,
            ids.filter(|id| text.len() > 4 && id.to_string().starts_with(text)).take(5).collect(),
        )
    }

    /// An assertion as it was read, now or earlier, or as a judgment put it in another's place.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn assertion_or_correction(&self, id: AssertionId) -> Result<Option<Assertion>> {
        if let Some(said) = self.assertion(id)? {
            return Ok(Some(said));
        }
        Ok(self.judged()?.correction(id).cloned())
    }

    fn between(&self, sql: &str, range: Option<(u64, u64)>, text: &str) -> Result<Vec<i64>> {
        let (low, high) = range.ok_or_else(|| Error::Unknown(text.to_owned()))?;
        let column = |bits: u64| i64::try_from(bits).unwrap_or(i64::MAX);
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params![column(low), column(high)], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// The least and the greatest id that begin with a text.
fn range(text: &str, prefix: &str, read: impl Fn(&str) -> Option<u64>) -> Option<(u64, u64)> {
    let rest = text.strip_prefix(prefix).filter(|rest| !rest.is_empty() && rest.is_ascii())?;
    let missing = 12usize.checked_sub(rest.len())?;
    let low = read(&format!("{text}{}", "0".repeat(missing)))?;
    let high = read(&format!("{text}{}", "z".repeat(missing)))?;
    Some((low, high))
}

fn one<T: Copy + std::fmt::Display>(text: &str, found: Vec<T>) -> Result<T> {
    match found.as_slice() {
        [] => Err(Error::Unknown(text.to_owned())),
        [one] => Ok(*one),
        many => Err(Error::Ambiguous {
            text: text.to_owned(),
            candidates: many.iter().map(ToString::to_string).collect(),
        }),
    }
}
