//! What leaves a casebook: documents with what they say, as people left it, one after the other.

use std::collections::BTreeSet;

use throughline_flow::Filed;
use throughline_model::{AsOf, Assertion, Day, Document, DocumentId, Edtf, JudgmentId, Mention};
use throughline_weigh::Withdrawal;

use crate::casebook::Casebook;
use crate::error::Error;
use crate::ledger::bits;
use crate::ledger::store;

/// One document and what it says, by its readings in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saying {
    /// The document.
    pub document: Document,
    /// When it was published, by itself or by a judgment.
    pub published: Option<Edtf>,
    /// Since when its words are in view.
    pub since: Option<Edtf>,
    /// Whether anybody or anything has read it.
    pub read: bool,
    /// Its mentions, as they were filed.
    pub mentions: Vec<Mention>,
    /// Its assertions, as they were filed and as people left them.
    pub said: Vec<Said>,
}

/// An assertion as people left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The assertion, or its correction.
    pub assertion: Assertion,
    /// The judgment by which a person stands behind it.
    pub accepted: Option<JudgmentId>,
    /// That its source took it back.
    pub withdrawn: Option<Withdrawal>,
}

impl Casebook {
    /// Visits every document of the present by day of publication, undated ones last, then in order
    /// of arrival. The order says nothing of what stands in a document.
    ///
    /// # Errors
    /// If the file cannot be read, and what `visit` returns.
    pub fn each_saying<E: From<Error>>(
        &self,
        mut visit: impl FnMut(Saying) -> Result<(), E>,
    ) -> Result<(), E> {
        let standing = self.standing(AsOf::default())?;
        let judged = self.judged()?;
        for id in self.documents_in_order(&|id| standing.dated(id).cloned())? {
            let Some(document) = self.document(id)? else { continue };
            let filed = store::filed(&self.connection, id, i64::MAX)?;
            let own: Vec<&Filed> = filed.iter().collect();
            let (mut mentions, mut said) = (Vec::new(), Vec::new());
            let (mut seen, mut heard) = (BTreeSet::new(), BTreeSet::new());
            for reading in throughline_flow::in_force(&own, &|id| judged.is_judged(id)) {
                mentions.extend(reading.mentions.into_iter().filter(|m| seen.insert(m.id)));
                for one in reading.assertions {
                    let Some(assertion) = standing.read(&one).filter(|a| heard.insert(a.id)) else {
                        continue;
                    };
                    said.push(Said {
                        accepted: standing.accepted(assertion.id),
                        withdrawn: standing.withdrawn(assertion.id).cloned(),
                        assertion,
                    });
                }
            }
            let judged = standing.dated(id).cloned();
            let since = judged.clone().or_else(|| document.public_since());
            let published = judged.or_else(|| document.published.clone());
            visit(Saying { document, published, since, read: !filed.is_empty(), mentions, said })?;
        }
        Ok(())
    }

    /// Every document's id by day of publication, undated ones last, then in order of arrival.
    fn documents_in_order(
        &self,
        dated: &dyn Fn(DocumentId) -> Option<Edtf>,
    ) -> Result<Vec<DocumentId>, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT document, day FROM document ORDER BY seq")?;
        let rows = statement.query_map([], |row| {
            Ok((crate::ledger::document_of(row.get(0)?), row.get::<_, Option<i32>>(1)?))
        })?;
        let mut found = Vec::new();
        for row in rows {
            let (id, day) = row.map_err(Error::from)?;
            let day = dated(id).map(|date| date.latest()).or(day.map(Day));
            found.push((day.is_none(), day, id));
        }
        // Stable: documents of one day stay in order of arrival.
        found.sort_by_key(|(undated, day, _)| (*undated, *day));
        Ok(found.into_iter().map(|(_, _, id)| id).collect())
    }

    /// The ids of all documents that were removed here, by id.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn removed(&self) -> Result<Vec<DocumentId>, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT document FROM forgotten ORDER BY document")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.map(|row| row.map(crate::ledger::document_of)).collect::<rusqlite::Result<_>>()?)
    }

    /// Whether a document is held here.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn holds(&self, document: DocumentId) -> Result<bool, Error> {
        Ok(self
            .connection
            .prepare_cached("SELECT 1 FROM document WHERE document = ?")?
            .exists([bits(document)])?)
    }
}
