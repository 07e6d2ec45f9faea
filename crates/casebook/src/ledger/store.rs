//! Documents and readings in.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, params};
use throughline_model::{Document, DocumentId, Fingerprint, Reading};

use crate::casebook::Casebook;
use crate::derived::{self, words::Words};
use crate::documents::pictures::{self, PictureBytes};
use crate::error::Result;
use crate::ledger::judged::Judged;
use crate::ledger::{self, Entry, EntryKind, Writer, bits, pack};

/// A document to store, with its bytes, its pictures and, if it was read already, the reading.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its original bytes; empty for a cited work whose text is not held.
    pub bytes: &'a [u8],
    /// Its pictures, as far as their bytes came along.
    pub pictures: &'a [PictureBytes],
    /// The reader's name and what it read.
    pub reading: Option<(&'a str, &'a Reading)>,
}

/// What became of a document that was to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stored {
    /// It is new, and on the disk.
    New,
    /// It was there; a reading that was still missing has been added.
    Read,
    /// It was there without text, which it has now: its reader came later than it did, or other
    /// files beside it.
    Text,
    /// It was there, and nothing was added.
    Known,
    /// It was there, with another date of publication than the one now given. The date held stays;
    /// `judge dated` changes it.
    OtherDate {
        /// The date held.
        held: Option<String>,
    },
    /// It was forgotten here, and is not taken again.
    Forgotten,
}

impl Casebook {
    /// Stores documents, with their readings where given, in one step: when this returns, all of
    /// them are on the disk.
    ///
    /// # Errors
    /// If the file cannot be written; then none of them is stored.
    pub fn store(&mut self, items: &[Item]) -> Result<Vec<Stored>> {
        self.write(|writer| {
            let judged = self.judged()?;
            let mut words = Words::default();
            let stored: Result<Vec<Stored>> =
                items.iter().map(|item| store_one(writer, *item, &judged, &mut words)).collect();
            words.enter(writer.transaction)?;
            stored
        })
    }

    /// Files readings of documents that are stored, in one step. A reading that is the last one of its
    /// document already is passed over.
    ///
    /// # Errors
    /// If the file cannot be written; then none of them is filed.
    pub fn file(&mut self, readings: &[(DocumentId, &str, &Reading)]) -> Result<Vec<bool>> {
        self.write(|writer| {
            let judged = self.judged()?;
            readings
                .iter()
                .map(|(document, reader, reading)| {
                    file_one(writer, *document, reader, reading, &judged)
                })
                .collect()
        })
    }
}

impl Casebook {
    /// Files readings that come from another casebook, in the order in which they were filed there. Those of a
    /// document that were filed here in this order, with others between them or not, are passed over: so
    /// what is brought a second time changes nothing, and what was read here since stays in force. `along` is
    /// empty at first and goes with all that comes from one casebook, in however many calls.
    ///
    /// # Errors
    /// If the file cannot be written; then none of them is filed.
    pub fn bring(
        &mut self,
        along: &mut Along,
        readings: &[(DocumentId, &str, &Reading)],
    ) -> Result<Vec<bool>> {
        let Along(along) = along;
        self.write(|writer| {
            let judged = self.judged()?;
            readings
                .iter()
                .map(|(document, reader, reading)| {
                    if !throughline_flow::by_hand(reader)
                        && let Some(after) = *along.entry(*document).or_insert(Some(0))
                    {
                        let next = filed_after(writer, *document, reader, reading, after)?;
                        along.insert(*document, next);
                        if next.is_some() {
                            return Ok(false);
                        }
                    }
                    file_one(writer, *document, reader, reading, &judged)
                })
                .collect()
        })
    }
}

/// Up to which entry the readings of each document that are brought in went along with those that are here;
/// none once they went their own way.
#[derive(Debug, Default)]
pub struct Along(BTreeMap<DocumentId, Option<i64>>);

/// The next entry after one by which a document has the same reading.
fn filed_after(
    writer: &Writer,
    document: DocumentId,
    reader: &str,
    reading: &Reading,
    after: i64,
) -> Result<Option<i64>> {
    let payload = throughline_formats::write_filed(reader, reading);
    let key = filed_as(document, &payload).finish();
    let found: Option<i64> = writer
        .transaction
        .prepare_cached(
            "SELECT min(l.seq) FROM ledger l JOIN payload p ON p.seq = l.seq
             WHERE l.document = ? AND l.kind = 'reading' AND l.content = ? AND l.seq > ?",
        )?
        .query_row(params![bits(document), key.0, after], |row| row.get(0))?;
    Ok(found)
}

/// The fingerprint of a reading in the ledger.
fn filed_as(document: DocumentId, payload: &str) -> Fingerprint {
    Fingerprint::new("reading").number(document.bits()).field(payload.as_bytes())
}

fn store_one(
    writer: &mut Writer,
    item: Item,
    judged: &Judged,
    words: &mut Words,
) -> Result<Stored> {
    let Item { document, bytes, pictures, reading } = item;
    let connection = writer.transaction;
    let forgotten = connection
        .prepare_cached("SELECT 1 FROM forgotten WHERE document = ?")?
        .exists([bits(document.id)])?;
    if forgotten {
        return Ok(Stored::Forgotten);
    }
    // What is told of a document is a hash of its words, so that one without any has none.
    let held: Option<(Option<String>, Option<i64>)> = connection
        .prepare_cached("SELECT published, told FROM document WHERE document = ?")?
        .query_row([bits(document.id)], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let told = crate::documents::spread::told(document);
    let gains_text = told.is_some() && held.as_ref().is_some_and(|(_, held)| held.is_none());
    // The words held stay, and a reading of others is none of them.
    let reading = reading.filter(|_| match &held {
        Some((_, held)) => gains_text || *held == told,
        None => true,
    });
    if held.is_none() || gains_text {
        let payload = throughline_formats::write_document(document);
        // The same documents are the same content, in whatever files they came.
        let bare = Document { file: None, ..document.clone() };
        let bare = throughline_formats::write_document(&bare);
        let content = Fingerprint::new("capture").field(bare.as_bytes());
        let entry = writer.append(EntryKind::Capture, Some(document.id), content, payload)?;
        if held.is_none() && !bytes.is_empty() {
            connection
                .prepare_cached("INSERT INTO original (document, bytes) VALUES (?, ?)")?
                .execute(params![bits(document.id), pack(bytes)?])?;
        }
        derived::capture(connection, &entry, document, judged, words)?;
    }
    pictures::keep(connection, document, pictures)?;
    let read = match reading {
        Some((reader, reading)) => file_one(writer, document.id, reader, reading, judged)?,
        None => false,
    };
    let given = document.published.as_ref().map(ToString::to_string);
    Ok(match held {
        None => Stored::New,
        Some(_) if gains_text => Stored::Text,
        Some((held, _)) if given.is_some() && held != given => Stored::OtherDate { held },
        Some(_) if read => Stored::Read,
        Some(_) => Stored::Known,
    })
}

/// Files a reading unless the document has the same one already.
pub(crate) fn file_one(
    writer: &mut Writer,
    document: DocumentId,
    reader: &str,
    reading: &Reading,
    judged: &Judged,
) -> Result<bool> {
    let kind = match throughline_flow::by_hand(reader) {
        true => EntryKind::Hand,
        false => EntryKind::Reading,
    };
    let connection = writer.transaction;
    let payload = throughline_formats::write_filed(reader, reading);
    let content = filed_as(document, &payload);
    let key = content.clone().finish();
    let same = "SELECT 1 FROM ledger l JOIN payload p ON p.seq = l.seq
                WHERE l.document = ?1 AND l.kind = ?2 AND l.content = ?3
                  AND (?2 = 'hand' OR l.seq = (SELECT max(o.seq) FROM ledger o
                                               WHERE o.document = ?1 AND o.kind = 'reading'))";
    let known =
        connection.prepare_cached(same)?.exists(params![bits(document), kind.name(), key.0])?;
    if known {
        return Ok(false);
    }
    let entry = writer.append(kind, Some(document), content, payload)?;
    match is_first_reading(connection, &entry)? {
        true => derived::first_reading(connection, &entry, reader, reading, judged)?,
        false => derived::reading(connection, &entry, reader, judged)?,
    }
    // Findings that were here before what they rest on have their evidence now.
    for said in &reading.assertions {
        for subject in judged.resting_on(said.id) {
            derived::unsettling::unsettle_subject(connection, subject)?;
        }
    }
    Ok(true)
}

/// Whether nobody had read the document of a reading before.
pub(crate) fn is_first_reading(connection: &rusqlite::Connection, entry: &Entry) -> Result<bool> {
    let earlier = "SELECT 1 FROM ledger
                   WHERE document = ? AND seq < ? AND kind IN ('reading', 'hand')";
    let document = entry.document.map(bits);
    Ok(!connection.prepare_cached(earlier)?.exists(params![document, entry.seq])?)
}

/// Whether machines have read a document more than once, so that a reading may be left out.
pub(crate) fn is_read_again(
    connection: &rusqlite::Connection,
    document: DocumentId,
) -> Result<bool> {
    let readings: i64 = connection
        .prepare_cached("SELECT count(*) FROM ledger WHERE document = ? AND kind = 'reading'")?
        .query_row([bits(document)], |row| row.get(0))?;
    Ok(readings > 1)
}

/// All readings of a document up to an entry, as they were filed.
pub(crate) fn filed(
    connection: &rusqlite::Connection,
    document: DocumentId,
    until: i64,
) -> Result<Vec<throughline_flow::Filed>> {
    let about = derived::about(connection, document)?;
    ledger::entries(connection, &[EntryKind::Reading, EntryKind::Hand], Some(document))?
        .into_iter()
        .filter(|entry| entry.seq <= until)
        .filter_map(|entry| entry.payload.map(|payload| (entry.recorded, payload)))
        .map(|(recorded, payload)| {
            let (reader, reading) = throughline_formats::read_filed(&payload)
                .map_err(|error| crate::Error::Damaged(format!("{document}: {error}")))?;
            let derived::About { since: published, source, outline } = about.clone();
            Ok(throughline_flow::Filed {
                document,
                published,
                source,
                outline,
                recorded,
                reader,
                reading,
            })
        })
        .collect()
}
