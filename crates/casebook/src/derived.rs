//! What an entry changes in the derived tables, and settling the blocks it touched.
//!
//! Used as entries arrive and, entry by entry, when everything is made anew: so both give the same.

pub(crate) mod beside;
pub(crate) mod blocks;
pub(crate) mod body;
pub(crate) mod folds;
pub(crate) mod loading;
pub(crate) mod locals;
pub(crate) mod outlines;
pub(crate) mod parsed;
pub(crate) mod rebuilding;
pub(crate) mod rows;
pub(crate) mod settling;
pub(crate) mod touched;
pub(crate) mod unsettled;
pub(crate) mod unsettling;
pub(crate) mod weighed;
pub(crate) mod whole;
pub(crate) mod words;

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};
use throughline_flow::{Filed, Local};
use throughline_model::{
    AsOf, AssertionId, Day, Document, DocumentId, Edtf, Instant, Judgment, MentionId, Outline,
    Reading,
};

use crate::derived::locals::{Detail, mention_bits};
use crate::derived::parsed::{Ahead, Parsed};
use crate::derived::unsettling::{
    unsettle_all_references, unsettle_document, unsettle_judged, unsettle_links,
    unsettle_referring, unsettle_words,
};
use crate::derived::words::Words;
use crate::documents::pictures;
use crate::error::{Error, Result};
use crate::ledger::judged::Judged;
use crate::ledger::store;
use crate::ledger::{self, Entry, EntryKind, bits, document_of};

/// Brings the derived tables up to an entry of the ledger, of which it is known what can be made of it
/// alone. `judged` holds all judgments before it, and takes in the entry if it is one; `words` the words
/// of documents, to be entered at the end.
pub(crate) fn apply(
    connection: &Connection,
    entry: &Entry,
    parsed: Parsed,
    judged: &mut Judged,
    words: &mut Words,
) -> Result<()> {
    match parsed {
        Parsed::Capture(document) => capture(connection, entry, &document, judged, words),
        Parsed::Reading { reader, reading, ahead } => {
            match (store::is_first_reading(connection, entry)?, ahead, entry.document) {
                (false, ..) => self::reading(connection, entry, &reader, judged),
                (true, Some(ahead), Some(document)) => {
                    let Ahead { outline, locals } = *ahead;
                    note_outline(connection, document, outline.as_ref())?;
                    enter_first(connection, entry, document, &reader, &locals, judged)
                }
                (true, ..) => first_reading(connection, entry, &reader, &reading, judged),
            }
        }
        Parsed::Judgment(judgment) => {
            judged.add((*judgment).clone(), entry.recorded);
            self::judged(connection, entry, &judgment, judged)
        }
        Parsed::Removal => match entry.document {
            Some(document) => {
                words.remove(connection, document)?;
                removal(connection, entry, document, judged)
            }
            None => Ok(()),
        },
        Parsed::Nothing => Ok(()),
    }
}

/// What the locals of a document have of the document itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct About {
    /// Since when it is public, by itself.
    pub(crate) since: Option<Edtf>,
    pub(crate) source: Option<String>,
    pub(crate) outline: Option<Outline>,
}

/// What the locals of a document have of the document itself; nothing if it is not here.
pub(crate) fn about(connection: &Connection, document: DocumentId) -> Result<About> {
    type Row = (Option<String>, Option<String>, Option<Vec<u8>>);
    let row: Option<Row> = connection
        .prepare_cached("SELECT since, source, outline FROM document WHERE document = ?")?
        .query_row([bits(document)], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let (since, source, outline) = row.unwrap_or_default();
    let since = since
        .map(|date| date.parse())
        .transpose()
        .map_err(|error| Error::Damaged(format!("{document}: {error}")))?;
    let outline = outline.map(|bytes| outlines::decoded(document, &bytes)).transpose()?;
    Ok(About { since, source, outline })
}

/// Since when a document is public by itself, if that is known.
pub(crate) fn since(connection: &Connection, document: DocumentId) -> Result<Option<Edtf>> {
    let since: Option<Option<String>> = connection
        .prepare_cached("SELECT since FROM document WHERE document = ?")?
        .query_row([bits(document)], |row| row.get(0))
        .optional()?;
    let since = since.flatten().map(|date| date.parse()).transpose();
    since.map_err(|error| Error::Damaged(format!("{document}: {error}")))
}

/// When a document was recorded here, if it is here.
pub(crate) fn recorded(connection: &Connection, document: DocumentId) -> Result<Option<Instant>> {
    let found = connection
        .prepare_cached("SELECT recorded FROM document WHERE document = ?")?
        .query_row([bits(document)], |row| row.get(0))
        .optional()?;
    Ok(found.map(Instant))
}

/// Enters a document, or one anew that was kept without text: it stays recorded when it came.
pub(crate) fn capture(
    connection: &Connection,
    entry: &Entry,
    document: &Document,
    judged: &Judged,
    words: &mut Words,
) -> Result<()> {
    let came = recorded(connection, document.id)?;
    if came.is_some() {
        for sql in [
            "DELETE FROM document WHERE document = ?",
            "DELETE FROM pictured WHERE document = ?",
            "DELETE FROM referred WHERE document = ?",
        ] {
            connection.execute(sql, [bits(document.id)])?;
        }
        words.remove(connection, document.id)?;
    }
    let since = document.public_since();
    connection
        .prepare_cached(
            "INSERT INTO document
                 (document, seq, recorded, source, title, published, since, day, url, item, file,
                  told, opening, outline, reader)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
        )?
        .execute(params![
            bits(document.id),
            entry.seq,
            came.unwrap_or(entry.recorded).0,
            document.source,
            document.title,
            document.published.as_ref().map(Edtf::as_str),
            since.as_ref().map(Edtf::as_str),
            since.as_ref().map_or(Day::MAX, Edtf::latest).0,
            document.url,
            document.item,
            document.file,
            crate::documents::spread::told(document),
            crate::documents::opening::opening(document),
        ])?;
    pictures::capture(connection, document)?;
    words.take(connection, document)?;
    if came.is_some() {
        let outline = throughline_flow::outline(document);
        note_outline(connection, document.id, outline.as_ref())?;
        refresh(connection, document.id, entry, judged)?;
        unsettle_document(connection, document.id)?;
    }
    // Judgments that came before what they cite now know since when they count.
    judged.citing(document.id).try_for_each(|other| unsettle_links(connection, other, judged))
}

/// Enters the first reading of a document.
pub(crate) fn first_reading(
    connection: &Connection,
    entry: &Entry,
    reader: &str,
    reading: &Reading,
    judged: &Judged,
) -> Result<()> {
    let Some(document) = entry.document else { return Ok(()) };
    outline_once(connection, document)?;
    let About { since, source, outline } = about(connection, document)?;
    let own = throughline_flow::locals(
        document,
        since.as_ref(),
        source.as_deref(),
        outline.as_ref(),
        &[judged.tombstones().reading(reading.clone())],
    );
    enter_first(connection, entry, document, reader, &own, judged)
}

/// Enters what the first reading of a document says of each subject.
fn enter_first(
    connection: &Connection,
    entry: &Entry,
    document: DocumentId,
    reader: &str,
    own: &[Local],
    judged: &Judged,
) -> Result<()> {
    note_reader(connection, document, reader)?;
    locals::replace(connection, document, own, entry.recorded)?;
    let mentioned = own.iter().flat_map(|local| &local.mentions).map(|mention| mention.id);
    unsettle_all_references(connection, mentioned, judged)
}

/// Enters a reading of a document that may have others.
pub(crate) fn reading(
    connection: &Connection,
    entry: &Entry,
    reader: &str,
    judged: &Judged,
) -> Result<()> {
    let Some(document) = entry.document else { return Ok(()) };
    note_reader(connection, document, reader)?;
    outline_once(connection, document)?;
    refresh(connection, document, entry, judged)
}

/// Makes a document's outline when it is first read: a document that is captured and not read needs
/// none, and it is most of what capture would cost.
fn outline_once(connection: &Connection, document: DocumentId) -> Result<()> {
    let seq: Option<i64> = connection
        .prepare_cached("SELECT seq FROM document WHERE document = ? AND outline IS NULL")?
        .query_row([bits(document)], |row| row.get(0))
        .optional()?;
    let Some(seq) = seq else { return Ok(()) };
    let payload = ledger::entry(connection, seq)?.payload.unwrap_or_default();
    let captured = throughline_formats::read_document(&payload)
        .map_err(|error| Error::Damaged(format!("{document}: {error}")))?;
    note_outline(connection, document, throughline_flow::outline(&captured).as_ref())
}

fn note_outline(
    connection: &Connection,
    document: DocumentId,
    outline: Option<&Outline>,
) -> Result<()> {
    connection
        .prepare_cached("UPDATE document SET outline = ? WHERE document = ?")?
        .execute(params![outline.map(outlines::write), bits(document)])?;
    Ok(())
}

fn note_reader(connection: &Connection, document: DocumentId, reader: &str) -> Result<()> {
    if !throughline_flow::by_hand(reader) {
        connection
            .prepare_cached("UPDATE document SET reader = ? WHERE document = ?")?
            .execute(params![reader, bits(document)])?;
    }
    Ok(())
}

/// Derives the locals of a document again, from its readings up to an entry and all judgments up to
/// it.
fn refresh(
    connection: &Connection,
    document: DocumentId,
    entry: &Entry,
    judged: &Judged,
) -> Result<()> {
    refresh_as(connection, document, &about(connection, document)?, entry, judged)
}

/// The same of a document of which this is so.
fn refresh_as(
    connection: &Connection,
    document: DocumentId,
    about: &About,
    entry: &Entry,
    judged: &Judged,
) -> Result<()> {
    let filed = store::filed(connection, document, entry.seq)?;
    let filed: Vec<&Filed> = filed.iter().collect();
    let readings = throughline_flow::in_force(&filed, &|id| judged.is_judged(id));
    let readings: Vec<Reading> =
        readings.into_iter().map(|reading| judged.tombstones().reading(reading)).collect();
    let own = throughline_flow::locals(
        document,
        about.since.as_ref(),
        about.source.as_deref(),
        about.outline.as_ref(),
        &readings,
    );
    unsettle_referring(connection, document, judged)?;
    locals::replace(connection, document, &own, entry.recorded)?;
    unsettle_referring(connection, document, judged)
}

/// Derives the locals of a document again from all that the ledger still has: judgments that kept
/// words of its earlier readings were removed, and are as if they had never been.
pub(crate) fn replay(connection: &Connection, document: DocumentId) -> Result<()> {
    unsettle_document(connection, document)?;
    locals::remove(connection, document)?;
    let own = [EntryKind::Capture, EntryKind::Reading, EntryKind::Hand];
    let mut entries = ledger::entries(connection, &own, Some(document))?;
    entries.extend(ledger::entries(connection, &[EntryKind::Judgment], None)?);
    entries.sort_by_key(|entry| entry.seq);
    let mut about = About::default();
    let mut judged = Judged::none(connection)?;
    for entry in &entries {
        let Some(payload) = &entry.payload else { continue };
        let damaged = |error: throughline_formats::FormatError| {
            Error::Damaged(format!("entry {}: {error}", entry.seq))
        };
        let refreshes = match entry.kind {
            EntryKind::Capture => {
                let captured = throughline_formats::read_document(payload).map_err(damaged)?;
                about = About {
                    since: captured.public_since(),
                    outline: throughline_flow::outline(&captured),
                    source: captured.source,
                };
                true
            }
            EntryKind::Judgment => {
                let judgment = judged.read(payload, entry.seq)?;
                judged.add(judgment.clone(), entry.recorded);
                unsettle_judged(connection, &judgment, &judged)?.contains(&document)
            }
            _ => true,
        };
        if refreshes {
            refresh_as(connection, document, &about, entry, &judged)?;
        }
    }
    unsettle_document(connection, document)
}

/// Enters a judgment. `all` holds every judgment up to this one.
pub(crate) fn judged(
    connection: &Connection,
    entry: &Entry,
    judgment: &Judgment,
    all: &Judged,
) -> Result<()> {
    let documents = unsettle_judged(connection, judgment, all)?;
    let superseded = judgment.supersedes.iter().filter_map(|id| all.get(*id)).map(|(old, _)| old);
    let judgments: Vec<&Judgment> = std::iter::once(judgment).chain(superseded).collect();
    for document in documents {
        refresh(connection, document, entry, all)?;
        unsettle_words(connection, document, &judgments, all)?;
    }
    Ok(())
}

/// Removes what was derived from a document, but for its words; its tombstone stays.
pub(crate) fn removal(
    connection: &Connection,
    entry: &Entry,
    document: DocumentId,
    judged: &Judged,
) -> Result<()> {
    let id = bits(document);
    unsettle_document(connection, document)?;
    unsettle_referring(connection, document, judged)?;
    locals::remove(connection, document)?;
    pictures::removal(connection, document)?;
    connection.execute("DELETE FROM document WHERE document = ?", [id])?;
    connection.execute(
        "INSERT OR IGNORE INTO forgotten (document, seq) VALUES (?, ?)",
        [id, entry.seq],
    )?;
    Ok(())
}

/// The document in which an assertion was read, now or earlier.
pub(crate) fn document_of_assertion(
    connection: &Connection,
    assertion: AssertionId,
) -> Result<Option<DocumentId>> {
    let id = i64::try_from(assertion.bits()).unwrap_or(i64::MAX);
    let found = connection
        .prepare_cached("SELECT document FROM assertion WHERE assertion = ? LIMIT 1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    Ok(found.map(document_of))
}

/// The document whose words an assertion is about, be it read there or a correction, which stands
/// in no reading.
pub(crate) fn document_judged(
    connection: &Connection,
    assertion: AssertionId,
    judged: &Judged,
) -> Result<Option<DocumentId>> {
    let read = document_of_assertion(connection, assertion)?;
    Ok(read.or_else(|| judged.correction(assertion).map(|by| by.document)))
}

/// The blocks in which a mention stands, now or earlier.
pub(crate) fn blocks_of(connection: &Connection, mention: MentionId) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT l.block FROM mention m JOIN local l ON l.local = m.local
         WHERE m.mention = ?",
    )?;
    let rows = statement.query_map([mention_bits(mention)], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Which blocks judgments tie to which, in force or not.
pub(crate) type Ties = BTreeMap<String, BTreeSet<String>>;

/// The ties between blocks, from those between mentions.
pub(crate) fn ties(connection: &Connection, judged: &Judged) -> Result<Ties> {
    let mut blocks: BTreeMap<MentionId, Vec<String>> = BTreeMap::new();
    for mention in judged.ties().keys() {
        blocks.insert(*mention, blocks_of(connection, *mention)?);
    }
    let mut ties = Ties::new();
    for (mention, others) in judged.ties() {
        for block in &blocks[mention] {
            let tied = others.iter().flat_map(|(other, _)| &blocks[other]);
            ties.entry(block.clone()).or_default().extend(tied.cloned());
        }
    }
    Ok(ties)
}

/// The blocks that judgments tie to these, themselves included.
pub(crate) fn closure(ties: &Ties, seeds: impl IntoIterator<Item = String>) -> BTreeSet<String> {
    let mut open: Vec<String> = seeds.into_iter().collect();
    let mut closed: BTreeSet<String> = open.iter().cloned().collect();
    while let Some(block) = open.pop() {
        for tied in ties.get(&block).into_iter().flatten() {
            if closed.insert(tied.clone()) {
                open.push(tied.clone());
            }
        }
    }
    closed
}

/// The locals of whole blocks, by the readings recorded in view.
pub(crate) fn load(
    connection: &Connection,
    blocks: &BTreeSet<String>,
    as_of: AsOf,
    detail: Detail,
) -> Result<Vec<Local>> {
    let mut all = Vec::new();
    for block in blocks {
        all.extend(locals::of_block(connection, block, as_of, detail)?);
    }
    Ok(all)
}
