//! Documents as of two dates: what was captured, and which readings of it stand.

mod dating;
pub(crate) mod opening;
mod order;
pub(crate) mod pictures;
pub(crate) mod search;
pub(crate) mod spread;
pub(crate) mod telling;

use rusqlite::{OptionalExtension, params};
use std::collections::BTreeSet;

use throughline_flow::Filed;
use throughline_model::{AsOf, Document, DocumentId, Edtf, Instant, MentionId, Note, Reading};
use throughline_weigh::Standing;

use crate::casebook::Casebook;
use crate::error::{Error, Result};
use crate::ledger::store;
use crate::ledger::{self, EntryKind, bits, document_of};

/// What a row of a document is read from ([`document_row`]), of the table `document` as `d`.
pub(crate) const ROW: &str =
    "d.document, d.recorded, d.source, d.title, d.published, d.since, d.reader, d.opening, d.file";

/// A document in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRow {
    /// Its id.
    pub id: DocumentId,
    /// When it was recorded here.
    pub recorded: Instant,
    /// Who published it.
    pub source: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Of one without a headline how it begins: its first words in quotation marks; in brackets
    /// what capture noted, where it has no words.
    pub opening: Option<String>,
    /// The file that it came in ([`Document::file`]).
    pub file: Option<String>,
    /// When it was published, by itself or by a judgment.
    pub published: Option<Edtf>,
    /// Since when its words are in view: since it was published or last changed
    /// ([`Document::public_since`]), or since the day that a judgment gives it.
    pub since: Option<Edtf>,
    /// The reader of its reading in force, if a machine read it.
    pub reader: Option<String>,
}

impl DocumentRow {
    /// When it was last changed, where it counts from then on rather than from its publication.
    pub fn changed(&self) -> Option<&Edtf> {
        self.since.as_ref().filter(|since| Some(*since) != self.published.as_ref())
    }
}

impl Casebook {
    /// A document as it was captured; `None` if it is not here or was forgotten.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn document(&self, id: DocumentId) -> Result<Option<Document>> {
        let seq: Option<i64> = self
            .connection
            .prepare_cached("SELECT seq FROM document WHERE document = ?")?
            .query_row([bits(id)], |row| row.get(0))
            .optional()?;
        let Some(seq) = seq else { return Ok(None) };
        let payload = ledger::entry(&self.connection, seq)?.payload.unwrap_or_default();
        throughline_formats::read_document(&payload)
            .map(Some)
            .map_err(|error| Error::Damaged(format!("{id}: {error}")))
    }

    /// The original bytes of a document, if they are held.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn original(&self, id: DocumentId) -> Result<Option<Vec<u8>>> {
        let packed: Option<Vec<u8>> = self
            .connection
            .prepare_cached("SELECT bytes FROM original WHERE document = ?")?
            .query_row([bits(id)], |row| row.get(0))
            .optional()?;
        packed.map(|packed| ledger::unpack(&packed)).transpose()
    }

    /// One document's row, as of two dates; `None` if it is out of view.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn document_row(&self, id: DocumentId, as_of: AsOf) -> Result<Option<DocumentRow>> {
        let standing = self.standing(as_of)?;
        let row = self
            .row_of(id, &standing)?
            .filter(|row| as_of.recalls(row.recorded) && as_of.sees(row.since.as_ref()));
        row.map(|row| self.recall(row, as_of)).transpose()
    }

    /// A document's row, in view or not.
    pub(crate) fn row_of(
        &self,
        id: DocumentId,
        standing: &Standing,
    ) -> Result<Option<DocumentRow>> {
        let sql = format!("SELECT {ROW} FROM document d WHERE d.document = ?");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([bits(id)])?;
        rows.next()?.map(|row| document_row(row, standing)).transpose()
    }

    /// Documents that no machine, or another than `reader`, has read; at most `limit`.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn unread(&self, reader: &str, limit: usize) -> Result<Vec<DocumentId>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT document FROM document WHERE reader IS NOT ? ORDER BY document LIMIT ?",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = statement.query_map(params![reader, limit], |row| row.get(0))?;
        Ok(rows.map(|row| row.map(document_of)).collect::<rusqlite::Result<_>>()?)
    }

    /// The documents whose reading in force is by `reader`.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn read_by(&self, reader: &str) -> Result<Vec<DocumentId>> {
        let mut statement =
            self.connection.prepare_cached("SELECT document FROM document WHERE reader = ?")?;
        let rows = statement.query_map([reader], |row| row.get(0))?;
        Ok(rows.map(|row| row.map(document_of)).collect::<rusqlite::Result<_>>()?)
    }

    /// The readings of a document in force now, and the notes of its readers.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn readings(&self, id: DocumentId) -> Result<Vec<Reading>> {
        let filed = store::filed(&self.connection, id, i64::MAX)?;
        let judged = self.judged()?;
        let filed: Vec<_> = filed.iter().collect();
        Ok(throughline_flow::in_force(&filed, &|id| judged.is_judged(id)))
    }

    /// All readings of a document, each with its reader, in the order in which they were filed.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn filed(&self, id: DocumentId) -> Result<Vec<(String, Reading)>> {
        let filed = store::filed(&self.connection, id, i64::MAX)?;
        Ok(filed.into_iter().map(|filed| (filed.reader, filed.reading)).collect())
    }

    /// The notes of the readings of a document in force by what was recorded in view.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn notes(&self, id: DocumentId, as_of: AsOf) -> Result<Vec<Note>> {
        let kinds = [EntryKind::Reading, EntryKind::Hand];
        let recalled = ledger::entries(&self.connection, &kinds, Some(id))?
            .into_iter()
            .filter(|entry| as_of.recalls(entry.recorded))
            .filter_map(|entry| entry.payload);
        let noted: Vec<(String, Vec<Note>)> = recalled
            .map(|payload| throughline_formats::read_notes(&payload))
            .collect::<std::result::Result<_, _>>()
            .map_err(|error| Error::Damaged(format!("{id}: {error}")))?;
        let readers: Vec<&str> = noted.iter().map(|(reader, _)| reader.as_str()).collect();
        // What is left of earlier readings, since it was judged, has no notes.
        let stand = throughline_flow::stand_whole(&readers);
        let noted = noted.into_iter().zip(stand).filter(|(_, whole)| *whole);
        Ok(noted.flat_map(|((_, notes), _)| notes).collect())
    }

    /// The readings of a document that were recorded in view.
    fn recalled(&self, id: DocumentId, as_of: AsOf) -> Result<Vec<Filed>> {
        let mut filed = store::filed(&self.connection, id, i64::MAX)?;
        filed.retain(|one| as_of.recalls(one.recorded));
        Ok(filed)
    }

    /// A document's row with the reader that it had as of a moment of recording.
    pub(crate) fn recall(&self, row: DocumentRow, as_of: AsOf) -> Result<DocumentRow> {
        if as_of.recorded.is_none() {
            return Ok(row);
        }
        let filed = self.recalled(row.id, as_of)?;
        let mut readers = filed.into_iter().rev().map(|one| one.reader);
        Ok(DocumentRow { reader: readers.find(|one| !throughline_flow::by_hand(one)), ..row })
    }

    /// The documents in which some mentions stand, by the readings of now and before.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn documents_mentioning(
        &self,
        mentions: &BTreeSet<MentionId>,
    ) -> Result<BTreeSet<DocumentId>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT l.document FROM mention m JOIN local l ON l.local = m.local
             WHERE m.mention = ?",
        )?;
        let mut found = BTreeSet::new();
        for mention in mentions {
            let id = crate::derived::locals::mention_bits(*mention);
            for row in statement.query_map([id], |row| row.get(0))? {
                found.insert(document_of(row?));
            }
        }
        Ok(found)
    }

    /// Every document's id, by id.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn document_ids(&self) -> Result<Vec<DocumentId>> {
        let mut statement =
            self.connection.prepare_cached("SELECT document FROM document ORDER BY document")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.map(|row| row.map(document_of)).collect::<rusqlite::Result<_>>()?)
    }
}

pub(crate) fn document_row(row: &rusqlite::Row, standing: &Standing) -> Result<DocumentRow> {
    let id = document_of(row.get(0)?);
    let date = |at: usize| -> Result<Option<Edtf>> {
        let written: Option<String> = row.get(at)?;
        let date = written.map(|date| date.parse()).transpose();
        date.map_err(|error: throughline_model::EdtfError| Error::Damaged(format!("{id}: {error}")))
    };
    let judged = standing.dated(id);
    Ok(DocumentRow {
        id,
        recorded: Instant(row.get(1)?),
        source: row.get(2)?,
        title: row.get(3)?,
        published: judged.cloned().or(date(4)?),
        since: judged.cloned().or(date(5)?),
        reader: row.get(6)?,
        opening: row.get(7)?,
        file: row.get(8)?,
    })
}
