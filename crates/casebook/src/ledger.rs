//! The ledger: entries in order of arrival, each chained to the one before it.

pub(crate) mod codebook;
pub(crate) mod coding;
pub(crate) mod forgetting;
pub(crate) mod judged;
pub(crate) mod judging;
pub(crate) mod remains;
pub(crate) mod store;
pub(crate) mod successors;
pub(crate) mod tombstones;

use std::cell::RefCell;
use std::time::{SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use throughline_model::{DocumentId, Fingerprint, Instant, Sha256};
use zstd::bulk::{Compressor, Decompressor};

use crate::casebook::Casebook;
use crate::error::{Error, Result};

/// What kind of entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// A document entered.
    Capture,
    /// A machine read a document; the latest such reading is in force.
    Reading,
    /// A person read a document, or brought a reading along; it stands beside all others.
    Hand,
    /// A person judged.
    Judgment,
    /// An imported judgment that contradicts others, held apart.
    Held,
    /// A codebook was adopted.
    Codebook,
    /// A definition of a count was saved.
    Definition,
    /// A count was published.
    Published,
    /// Names left the casebook for a stated purpose.
    Disclosure,
    /// A document was removed; this is its tombstone.
    Removal,
}

impl EntryKind {
    const ALL: [EntryKind; 10] = [
        EntryKind::Capture,
        EntryKind::Reading,
        EntryKind::Hand,
        EntryKind::Judgment,
        EntryKind::Held,
        EntryKind::Codebook,
        EntryKind::Definition,
        EntryKind::Published,
        EntryKind::Disclosure,
        EntryKind::Removal,
    ];

    /// The kind's name in the file and on pages.
    pub fn name(self) -> &'static str {
        match self {
            EntryKind::Capture => "capture",
            EntryKind::Reading => "reading",
            EntryKind::Hand => "hand",
            EntryKind::Judgment => "judgment",
            EntryKind::Held => "held",
            EntryKind::Codebook => "codebook",
            EntryKind::Definition => "definition",
            EntryKind::Published => "published",
            EntryKind::Disclosure => "disclosure",
            EntryKind::Removal => "removal",
        }
    }

    fn from_name(name: &str) -> Option<EntryKind> {
        EntryKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// One entry of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the order of arrival, from 1.
    pub seq: i64,
    /// What kind of entry.
    pub kind: EntryKind,
    /// When it was recorded here.
    pub recorded: Instant,
    /// The document it is about, if it is about one.
    pub document: Option<DocumentId>,
    /// The payload as JSON; `None` where it was removed.
    pub payload: Option<String>,
    pub(crate) content: Sha256,
    pub(crate) payload_hash: Sha256,
    pub(crate) chain: Sha256,
}

/// What proves a casebook's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many entries there are.
    pub entries: i64,
    /// The last link of the chain: proves the order of arrival against a head kept elsewhere.
    pub chain: Sha256,
    /// The hash over the sorted entries in force, without the times of capture and recording: equal
    /// for any split or order of the same documents and judgments.
    pub content: Sha256,
}

/// The link of an entry.
pub(crate) fn link(before: Sha256, entry: &Entry) -> Sha256 {
    Fingerprint::new("entry")
        .field(&before.0)
        .number(entry.seq.unsigned_abs())
        .field(entry.kind.name().as_bytes())
        .number(entry.recorded.0.unsigned_abs())
        .number(entry.document.map_or(u64::MAX, DocumentId::bits))
        .field(&entry.content.0)
        .field(&entry.payload_hash.0)
        .finish()
}

/// Appends entries within one transaction. All entries of a transaction are recorded at one
/// moment, later than that of every entry before it.
pub(crate) struct Writer<'t> {
    pub(crate) transaction: &'t Transaction<'t>,
    pub(crate) recorded: Instant,
    seq: i64,
    chain: Sha256,
}

impl<'t> Writer<'t> {
    pub(crate) fn new(transaction: &'t Transaction<'t>) -> Result<Writer<'t>> {
        let last = transaction
            .prepare_cached("SELECT seq, recorded, chain FROM ledger ORDER BY seq DESC LIMIT 1")?
            .query_row([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?, row.get(2)?)))
            .optional()?;
        let (seq, before, chain) = last.unwrap_or((0, 0, [0; 32]));
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX));
        Ok(Writer {
            transaction,
            recorded: Instant(now.max(before + 1)),
            seq,
            chain: Sha256(chain),
        })
    }

    /// Appends an entry. `content` is its key in the content hash.
    pub(crate) fn append(
        &mut self,
        kind: EntryKind,
        document: Option<DocumentId>,
        content: Fingerprint,
        payload: String,
    ) -> Result<Entry> {
        let mut entry = Entry {
            seq: self.seq + 1,
            kind,
            recorded: self.recorded,
            document,
            content: content.finish(),
            payload_hash: Sha256::of(payload.as_bytes()),
            chain: self.chain,
            payload: Some(payload),
        };
        entry.chain = link(self.chain, &entry);
        self.transaction
            .prepare_cached(
                "INSERT INTO ledger (seq, kind, recorded, document, content, payload, chain)
                 VALUES (?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                entry.seq,
                kind.name(),
                entry.recorded.0,
                document.map(bits),
                entry.content.0,
                entry.payload_hash.0,
                entry.chain.0
            ])?;
        let body = entry.payload.as_deref().unwrap_or_default();
        self.transaction
            .prepare_cached("INSERT INTO payload (seq, body) VALUES (?, ?)")?
            .execute(params![entry.seq, pack(body.as_bytes())?])?;
        self.seq = entry.seq;
        self.chain = entry.chain;
        Ok(entry)
    }
}

impl Casebook {
    /// The head and the content hash, which goes through all entries once for each state of the ledger.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn head(&self) -> Result<Head> {
        Ok(*self.once(&self.head, || head(&self.connection))?)
    }

    /// Notes in the ledger something that people did with the casebook: a definition saved, a
    /// count published, names disclosed. `payload` is a JSON object.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn note(&mut self, kind: EntryKind, payload: &serde_json::Value) -> Result<Entry> {
        let payload = payload.to_string();
        self.write(|writer| {
            let content = Fingerprint::new(kind.name()).field(payload.as_bytes());
            writer.append(kind, None, content, payload)
        })
    }
}

/// A document's id as a column.
pub(crate) fn bits(document: DocumentId) -> i64 {
    // Sixty bits fit.
    i64::try_from(document.bits()).unwrap_or(i64::MAX)
}

/// A document's id from a column.
pub(crate) fn document_of(bits: i64) -> DocumentId {
    DocumentId::from_bits(bits.unsigned_abs())
}

/// Compresses.
pub(crate) fn pack(bytes: &[u8]) -> Result<Vec<u8>> {
    // What an encoder needs to begin is much of what a short text costs.
    thread_local! {
        static ENCODER: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    }
    let damaged = |error: std::io::Error| Error::Damaged(error.to_string());
    ENCODER.with_borrow_mut(|encoder| {
        let encoder = match encoder {
            Some(encoder) => encoder,
            None => encoder.insert(Compressor::new(1).map_err(damaged)?),
        };
        encoder.compress(bytes).map_err(damaged)
    })
}

/// What claims to be longer is unpacked piece by piece, so that a damaged length reserves no memory.
const AT_ONCE: usize = 1 << 20;

/// Decompresses what [`pack`] gave.
pub(crate) fn unpack(bytes: &[u8]) -> Result<Vec<u8>> {
    // What a decoder needs to begin is most of what a short text costs.
    thread_local! {
        static DECODER: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
    }
    let damaged = |error: std::io::Error| Error::Damaged(error.to_string());
    // What `pack` gives says how long it is.
    let size = zstd::zstd_safe::get_frame_content_size(bytes).ok().flatten();
    let Some(size) =
        size.and_then(|size| usize::try_from(size).ok()).filter(|size| *size <= AT_ONCE)
    else {
        return zstd::stream::decode_all(bytes).map_err(damaged);
    };
    DECODER.with_borrow_mut(|decoder| {
        let decoder = match decoder {
            Some(decoder) => decoder,
            None => decoder.insert(Decompressor::new().map_err(damaged)?),
        };
        decoder.decompress(bytes, size).map_err(damaged)
    })
}

/// Decompresses text.
pub(crate) fn unpack_text(bytes: &[u8]) -> Result<String> {
    String::from_utf8(unpack(bytes)?).map_err(|error| Error::Damaged(error.to_string()))
}

const COLUMNS: &str =
    "SELECT l.seq, l.kind, l.recorded, l.document, l.content, l.payload, l.chain, p.body
     FROM ledger l LEFT JOIN payload p ON p.seq = l.seq";

fn entry_of(row: &rusqlite::Row) -> rusqlite::Result<(Entry, String, Option<Vec<u8>>)> {
    let entry = Entry {
        seq: row.get(0)?,
        kind: EntryKind::Capture,
        recorded: Instant(row.get(2)?),
        document: row.get::<_, Option<i64>>(3)?.map(document_of),
        payload: None,
        content: Sha256(row.get(4)?),
        payload_hash: Sha256(row.get(5)?),
        chain: Sha256(row.get(6)?),
    };
    Ok((entry, row.get(1)?, row.get(7)?))
}

/// An entry as it is kept, before its payload is unpacked.
#[derive(Debug)]
pub(crate) struct Packed(Entry, String, Option<Vec<u8>>);

impl Packed {
    /// How many bytes its payload takes.
    pub(crate) fn len(&self) -> usize {
        self.2.as_ref().map_or(0, Vec::len)
    }

    /// The entry.
    ///
    /// # Errors
    /// If it is damaged.
    pub(crate) fn complete(self) -> Result<Entry> {
        complete((self.0, self.1, self.2))
    }
}

/// The statement that [`packed`] takes entries from: all, in order of arrival.
pub(crate) fn all(connection: &Connection) -> Result<rusqlite::Statement<'_>> {
    Ok(connection.prepare(&format!("{COLUMNS} ORDER BY l.seq"))?)
}

/// The next entries, of so many bytes or a little more; none at the end.
pub(crate) fn packed(rows: &mut rusqlite::Rows, bytes: usize) -> Result<Option<Vec<Packed>>> {
    let mut found: Vec<Packed> = Vec::new();
    let mut taken = 0;
    while taken <= bytes {
        let Some(row) = rows.next()? else { break };
        let (entry, kind, body) = entry_of(row)?;
        let one = Packed(entry, kind, body);
        taken += one.len() + 1;
        found.push(one);
    }
    Ok((!found.is_empty()).then_some(found))
}

fn complete((entry, kind, body): (Entry, String, Option<Vec<u8>>)) -> Result<Entry> {
    let damaged = |what: String| Error::Damaged(format!("entry {} {what}", entry.seq));
    let kind = EntryKind::from_name(&kind).ok_or_else(|| damaged(format!("is a {kind:?}")))?;
    let payload = body
        .map(|body| unpack_text(&body))
        .transpose()
        .map_err(|_| damaged("has a payload that cannot be unpacked".into()))?;
    Ok(Entry { kind, payload, ..entry })
}

/// Goes through all entries in order of arrival; `visit` also meets those that cannot be read.
pub(crate) fn each_entry(
    connection: &Connection,
    mut visit: impl FnMut(Result<Entry>) -> Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare(&format!("{COLUMNS} ORDER BY l.seq"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        visit(complete(entry_of(row)?))?;
    }
    Ok(())
}

/// The entries of some kinds, about one document if one is given, in order of arrival.
pub(crate) fn entries(
    connection: &Connection,
    kinds: &[EntryKind],
    document: Option<DocumentId>,
) -> Result<Vec<Entry>> {
    let names: Vec<String> = kinds.iter().map(|kind| format!("'{}'", kind.name())).collect();
    let about = if document.is_some() { "AND l.document = ?" } else { "AND ? IS NULL" };
    let sql = format!("{COLUMNS} WHERE l.kind IN ({}) {about} ORDER BY l.seq", names.join(", "));
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([document.map(bits)], entry_of)?;
    rows.map(|row| complete(row?)).collect()
}

/// One entry.
pub(crate) fn entry(connection: &Connection, seq: i64) -> Result<Entry> {
    let sql = format!("{COLUMNS} WHERE l.seq = ?");
    let mut statement = connection.prepare_cached(&sql)?;
    complete(statement.query_row([seq], entry_of)?)
}

/// The head of the ledger.
pub(crate) fn head(connection: &Connection) -> Result<Head> {
    let last = connection
        .query_row("SELECT seq, chain FROM ledger ORDER BY seq DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let (entries, chain) = last.unwrap_or((0, [0; 32]));
    // A removed payload is out of force, its tombstone is in; of a document's captures and machine
    // readings only the last is in force, and of tombstones that say the same one. Disclosures say who was told, codebooks how values are coded,
    // definitions what was asked and published counts what was answered: none of them changes what is so, and a count that is published must
    // not be outdated by its own publication.
    let mut statement = connection.prepare(
        "SELECT l.content FROM ledger l JOIN payload p ON p.seq = l.seq
         WHERE l.kind NOT IN ('capture', 'reading', 'removal', 'disclosure', 'codebook',
             'definition', 'published')
            OR l.kind = 'removal' AND l.seq = (
                SELECT min(o.seq) FROM ledger o
                WHERE o.document = l.document AND o.kind = l.kind AND o.content = l.content)
            OR l.kind IN ('capture', 'reading') AND l.seq = (
                SELECT max(o.seq) FROM ledger o WHERE o.document = l.document AND o.kind = l.kind)
         ORDER BY l.content",
    )?;
    let mut rows = statement.query([])?;
    let mut content = Fingerprint::new("content");
    while let Some(row) = rows.next()? {
        content = content.field(&row.get::<_, [u8; 32]>(0)?);
    }
    Ok(Head { entries, chain: Sha256(chain), content: content.finish() })
}
