//! Locals as rows: what one document says of one subject, from one moment of recording to another.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};
use throughline_flow::{BlockKey, Local};
use throughline_model::{
    AsOf, Assertion, AssertionId, DocumentId, Instant, Mention, MentionId, SubjectKind,
};

use throughline_resolve::Referents;

use crate::derived::body::{self, Body};
use crate::derived::outlines;
use crate::derived::rows;
use crate::derived::unsettled;
use crate::error::{Error, Result};
use crate::ledger::{bits, document_of};

/// A mention's id as a column.
pub(crate) fn mention_bits(mention: MentionId) -> i64 {
    // Sixty-three bits fit.
    i64::try_from(mention.bits()).unwrap_or(i64::MAX)
}

/// The first and the last id of a kind, as columns have them.
pub(crate) fn ids_of_kind(kind: SubjectKind) -> (i64, i64) {
    let (first, last) = MentionId::bits_of(kind).into_inner();
    // Sixty-three bits fit.
    let column = |bits: u64| i64::try_from(bits).unwrap_or(i64::MAX);
    (column(first), column(last))
}

/// A mention's id from a column.
pub(crate) fn mention_of(bits: i64) -> Result<MentionId> {
    MentionId::from_bits(bits.unsigned_abs())
        .ok_or_else(|| Error::Damaged(format!("{bits} is the number of no mention")))
}

fn write_body(local: &Local) -> Vec<u8> {
    body::write(&Body {
        published: local.published.clone(),
        source: local.source.clone(),
        mentions: local.mentions.clone(),
        assertions: local.assertions.clone(),
        sentences: local.sentences.clone(),
        referents: local.referents.clone(),
        context: local.context.clone(),
        principal: local.outline.is_some(),
    })
}

/// What the index over blocks holds of a local instead of its row, or beside it.
enum Indexed {
    /// Nothing: few incidents, claims and sets share a block.
    Nothing,
    /// The whole body, which the row then leaves out: very many documents may speak of one person.
    Body,
    /// Of a local that says nothing but a name, and is joined by it: all but its source and what
    /// stands beside it.
    Brief(Vec<u8>),
}

impl Indexed {
    fn of(local: &Local) -> Indexed {
        let by_name = match local.kind() {
            SubjectKind::Group
            | SubjectKind::Outlet
            | SubjectKind::Channel
            | SubjectKind::Place => true,
            SubjectKind::Person => false,
            SubjectKind::Incident | SubjectKind::Claim | SubjectKind::Set => {
                return Indexed::Nothing;
            }
        };
        if !by_name || !local.assertions.is_empty() {
            return Indexed::Body;
        }
        Indexed::Brief(body::write(&Body {
            published: local.published.clone(),
            source: None,
            mentions: local.mentions.clone(),
            assertions: Vec::new(),
            sentences: Vec::new(),
            referents: Referents::default(),
            context: Vec::new(),
            principal: false,
        }))
    }
}

/// How much of a local is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Detail {
    /// All of it, to be compared with others.
    Compared,
    /// What is weighed: not what stands beside the subject, and not the document's outline.
    Weighed,
}

/// A local from its row, without an outline; and whether it stands beside one.
fn read_body(
    bytes: &[u8],
    block: BlockKey,
    document: DocumentId,
    detail: Detail,
) -> Result<(Local, bool)> {
    let body = body::read(bytes, document, detail).filter(|body| !body.mentions.is_empty());
    let Body { published, source, mentions, assertions, sentences, referents, context, principal } =
        body.ok_or_else(|| Error::Damaged(format!("a derived row of {document}")))?;
    let local = Local {
        block,
        document,
        published,
        source,
        mentions,
        assertions,
        sentences,
        referents,
        context,
        outline: None,
    };
    Ok((local, principal))
}

/// A local's body, wherever it stands.
const WHOLE: &str = "coalesce(l.body, l.indexed)";

/// The locals of a block by the readings recorded in view, in no order. Where the index has them
/// they come from it: the rows of a block lie side by side there, those of the table each on a page
/// of its own. Those that say nothing but a name come without their source and what stands beside
/// them: nothing that is derived of such a subject rests on these.
pub(crate) fn of_block(
    connection: &Connection,
    block: &str,
    as_of: AsOf,
    detail: Detail,
) -> Result<Vec<Local>> {
    // Whatever has bytes is no less than none.
    let indexed = "l.block = ?1 AND l.indexed >= x''";
    let mut locals = select(connection, "l.indexed", indexed, block, as_of, detail)?;
    let others = "l.block = ?1 AND l.indexed IS NULL";
    locals.extend(select(connection, "l.body", others, block, as_of, detail)?);
    Ok(locals)
}

/// Whether a block has other locals now than it had at a moment of recording.
pub(crate) fn changed_since(connection: &Connection, block: &str, by: Instant) -> Result<bool> {
    let Instant(by) = by;
    Ok(connection
        .prepare_cached("SELECT 1 FROM local WHERE block = ?1 AND (begins > ?2 OR ends > ?2)")?
        .exists(params![block, by])?)
}

/// The locals of a record whose fold is kept, without outlines.
pub(crate) fn of_folded(connection: &Connection, record: i64) -> Result<Vec<Local>> {
    let own = "l.local IN (SELECT local FROM folded WHERE record = ?1)";
    select(connection, WHOLE, own, record, AsOf::default(), Detail::Weighed)
}

/// The local of a mention, by the readings recorded in view.
pub(crate) fn of_mention(
    connection: &Connection,
    mention: MentionId,
    as_of: AsOf,
) -> Result<Option<Local>> {
    let own = "l.local IN (SELECT local FROM mention WHERE mention = ?1)";
    let found = select(connection, WHOLE, own, mention_bits(mention), as_of, Detail::Weighed)?;
    Ok(found.into_iter().next())
}

/// The locals of a document by the readings recorded in view.
pub(crate) fn of_document(
    connection: &Connection,
    document: DocumentId,
    as_of: AsOf,
) -> Result<Vec<Local>> {
    let own = "l.document = ?1";
    select(connection, WHOLE, own, bits(document), as_of, Detail::Weighed)
}

/// Those of them that are of one kind.
pub(crate) fn of_kind_in_document(
    connection: &Connection,
    document: DocumentId,
    kind: SubjectKind,
    as_of: AsOf,
) -> Result<Vec<Local>> {
    let prefix = kind.prefix();
    let own = format!("l.document = ?1 AND l.block >= '{prefix}' AND l.block < '{prefix}~'");
    select(connection, WHOLE, &own, bits(document), as_of, Detail::Weighed)
}

/// The same of several documents. `few` of them are gone to one by one; for more, all that is of the
/// kind is looked through, since a group may be named in every document and few of them hold claims.
pub(crate) fn of_kind_in_documents(
    connection: &Connection,
    documents: &BTreeSet<i64>,
    few: bool,
    kind: SubjectKind,
    as_of: AsOf,
) -> Result<Vec<Local>> {
    let prefix = kind.prefix();
    // The sign keeps the index over documents from being used.
    let sign = if few { "" } else { "+" };
    let own = format!(
        "{sign}l.document IN (SELECT value FROM json_each(?1))
         AND l.block >= '{prefix}' AND l.block < '{prefix}~'"
    );
    let documents = serde_json::to_string(documents).unwrap_or_default();
    select(connection, WHOLE, &own, documents, as_of, Detail::Weighed)
}

fn select(
    connection: &Connection,
    body: &str,
    condition: &str,
    key: impl rusqlite::ToSql,
    as_of: AsOf,
    detail: Detail,
) -> Result<Vec<Local>> {
    let sql = format!(
        "SELECT {body}, l.block, l.document FROM local l
         WHERE {condition} AND l.begins <= ?2 AND (l.ends IS NULL OR l.ends > ?2)"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let by = as_of.recorded.map_or(i64::MAX, |Instant(by)| by);
    let mut rows = statement.query(params![key, by])?;
    let mut locals: Vec<Local> = Vec::new();
    while let Some(row) = rows.next()? {
        let body = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
        let block = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        let block = match locals.last() {
            Some(before) if before.block.as_str() == block => before.block.clone(),
            _ => BlockKey::from_text(block),
        };
        let (mut local, principal) = read_body(body, block, document_of(row.get(2)?), detail)?;
        if principal && detail == Detail::Compared {
            local.outline = outlines::of(connection, local.document)?;
        }
        locals.push(local);
    }
    Ok(locals)
}

/// Makes `locals` those of a document from `recorded` on, and notes every block that this changes.
///
/// Rows that stay as they are keep their beginning.
pub(crate) fn replace(
    connection: &Connection,
    document: DocumentId,
    locals: &[Local],
    recorded: Instant,
) -> Result<()> {
    let mut open: BTreeMap<i64, Held> = BTreeMap::new();
    {
        let mut statement = connection.prepare_cached(
            "SELECT head, local, begins, block, coalesce(body, indexed) FROM local
             WHERE document = ? AND ends IS NULL",
        )?;
        let mut rows = statement.query([bits(document)])?;
        while let Some(row) = rows.next()? {
            let held = Held {
                local: row.get(1)?,
                begins: row.get(2)?,
                block: row.get(3)?,
                body: row.get(4)?,
            };
            open.insert(row.get(0)?, held);
        }
    }
    let own: BTreeSet<MentionId> =
        locals.iter().flat_map(|local| &local.mentions).map(|mention| mention.id).collect();
    let mut entering = Vec::new();
    for local in locals {
        let head = mention_bits(local.mentions[0].id);
        let body = write_body(local);
        let held = open.get(&head);
        if held.is_some_and(|held| held.body == body && held.block == local.block.as_str()) {
            open.remove(&head);
        } else {
            entering.push((local, head, body));
        }
    }
    // All that leaves goes first: a mention stands in one block at a time.
    for held in open.into_values() {
        close(connection, document, &held, recorded)?;
    }
    for (local, head, body) in entering {
        insert(connection, local, head, &body, &own, recorded)?;
    }
    Ok(())
}

/// A row of `local`.
struct Held {
    local: i64,
    begins: i64,
    block: String,
    body: Vec<u8>,
}

fn close(
    connection: &Connection,
    document: DocumentId,
    held: &Held,
    recorded: Instant,
) -> Result<()> {
    if held.begins < recorded.0 {
        connection
            .prepare_cached("UPDATE local SET ends = ? WHERE local = ?")?
            .execute([recorded.0, held.local])?;
        let local = drop_records(connection, document, held)?;
        unsettled::join_from(connection, &held.block, local.day())?;
    } else {
        // It began at this very moment, so it was never in force.
        let local = delete(connection, document, held)?;
        unsettled::join_from(connection, &held.block, local.day())?;
    }
    Ok(())
}

/// Whatever becomes of its mentions, a record of theirs is no longer what this block gives.
fn drop_records(connection: &Connection, document: DocumentId, held: &Held) -> Result<Local> {
    let block = BlockKey::from_text(held.block.as_str());
    let (local, _) = read_body(&held.body, block, document, Detail::Weighed)?;
    for mention in &local.mentions {
        rows::drop_record(connection, mention.id)?;
        // The record of another mention may have it, and go on having it with other words.
        unsettled::weigh(connection, &held.block, mention.id)?;
    }
    Ok(local)
}

fn delete(connection: &Connection, document: DocumentId, held: &Held) -> Result<Local> {
    let local = drop_records(connection, document, held)?;
    let referred = local.assertions.iter().flat_map(Assertion::referred);
    for (table, mentions) in [
        ("mention", local.mentions.iter().map(|mention| mention.id).collect::<Vec<_>>()),
        ("reference", referred.collect()),
    ] {
        let sql = format!("DELETE FROM {table} WHERE mention = ? AND local = ?");
        for mention in mentions {
            connection.prepare_cached(&sql)?.execute([mention_bits(mention), held.local])?;
        }
    }
    connection.prepare_cached("DELETE FROM local WHERE local = ?")?.execute([held.local])?;
    Ok(local)
}

/// Removes all that was ever read in a document.
pub(crate) fn remove(connection: &Connection, document: DocumentId) -> Result<()> {
    let held: Vec<Held> = connection
        .prepare(
            "SELECT local, begins, block, coalesce(body, indexed) FROM local WHERE document = ?",
        )?
        .query_map([bits(document)], |row| {
            Ok(Held {
                local: row.get(0)?,
                begins: row.get(1)?,
                block: row.get(2)?,
                body: row.get(3)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    for held in &held {
        delete(connection, document, held)?;
    }
    connection.execute("DELETE FROM assertion WHERE document = ?", [bits(document)])?;
    Ok(())
}

/// A column's number for an assertion.
fn assertion_bits(assertion: AssertionId) -> i64 {
    // Sixty bits fit.
    i64::try_from(assertion.bits()).unwrap_or(i64::MAX)
}

fn insert(
    connection: &Connection,
    local: &Local,
    head: i64,
    body: &[u8],
    own: &BTreeSet<MentionId>,
    recorded: Instant,
) -> Result<()> {
    let block = local.block.as_str();
    let indexed = Indexed::of(local);
    let (indexed, body) = match &indexed {
        Indexed::Nothing => (None, Some(body)),
        Indexed::Body => (Some(body), None),
        Indexed::Brief(brief) => (Some(brief.as_slice()), Some(body)),
    };
    connection
        .prepare_cached(
            "INSERT INTO local (document, head, begins, ends, block, indexed, body)
             VALUES (?, ?, ?, NULL, ?, ?, ?)",
        )?
        .execute(params![bits(local.document), head, recorded.0, block, indexed, body])?;
    let row = connection.last_insert_rowid();
    for Mention { id, .. } in &local.mentions {
        connection
            .prepare_cached("INSERT INTO mention (mention, local) VALUES (?, ?)")?
            .execute([mention_bits(*id), row])?;
    }
    for said in &local.assertions {
        connection
            .prepare_cached("INSERT OR IGNORE INTO assertion (assertion, document) VALUES (?, ?)")?
            .execute([assertion_bits(said.id), bits(said.document)])?;
    }
    // Mentions of the same document are found through it; only what lies elsewhere needs a row.
    let elsewhere: BTreeSet<MentionId> = local
        .assertions
        .iter()
        .flat_map(Assertion::referred)
        .filter(|mention| !own.contains(mention))
        .collect();
    for mention in elsewhere {
        connection
            .prepare_cached("INSERT INTO reference (mention, local) VALUES (?, ?)")?
            .execute([mention_bits(mention), row])?;
    }
    unsettled::join_from(connection, block, local.day())
}

/// All mentions that were ever read in a document. They stand in its rows: those of `mention` are found
/// by the mention, and to go through them for each document would cost the square of a casebook.
pub(crate) fn mentions_of(
    connection: &Connection,
    document: DocumentId,
) -> Result<BTreeSet<MentionId>> {
    let ever = ever_of_document(connection, document)?;
    Ok(ever.iter().flat_map(|local| &local.mentions).map(|mention| mention.id).collect())
}

/// The locals that a document has or ever had.
pub(crate) fn ever_of_document(
    connection: &Connection,
    document: DocumentId,
) -> Result<Vec<Local>> {
    let mut statement = connection
        .prepare_cached("SELECT coalesce(body, indexed), block FROM local WHERE document = ?")?;
    let mut rows = statement.query([bits(document)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let body = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
        let block = BlockKey::from_text(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?);
        found.push(read_body(body, block, document, Detail::Weighed)?.0);
    }
    Ok(found)
}

/// The block in which a mention stands now, if it does.
pub(crate) fn blocks_now(connection: &Connection, mention: MentionId) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached(
        "SELECT l.block FROM mention m JOIN local l ON l.local = m.local
         WHERE m.mention = ? AND l.ends IS NULL",
    )?;
    let rows = statement.query_map([mention_bits(mention)], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What is read now and refers to a mention, or to one that stands for the same subject in its document.
pub(crate) fn referring(connection: &Connection, mention: MentionId) -> Result<Vec<Local>> {
    let id = mention_bits(mention);
    let elsewhere = "l.local IN (SELECT local FROM reference WHERE mention = ?1)";
    let present = AsOf::default();
    let mut found = select(connection, WHOLE, elsewhere, id, present, Detail::Weighed)?;
    let documents: BTreeSet<i64> = connection
        .prepare_cached(
            "SELECT DISTINCT l.document FROM mention m JOIN local l ON l.local = m.local
             WHERE m.mention = ?",
        )?
        .query_map([id], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for document in documents {
        let beside = of_document(connection, document_of(document), present)?;
        found.extend(beside.into_iter().filter(|local| {
            let mut referents = local.referents.iter();
            referents.any(|(id, referent)| *id == mention || referent.head == mention)
        }));
    }
    Ok(found)
}

/// The blocks of those assertions of other documents, read now, that refer to a mention.
pub(crate) fn blocks_of_references(
    connection: &Connection,
    mention: MentionId,
) -> Result<BTreeSet<String>> {
    let mut statement = connection.prepare_cached(
        "SELECT l.block FROM reference r JOIN local l ON l.local = r.local
         WHERE r.mention = ? AND l.ends IS NULL",
    )?;
    let rows = statement.query_map([mention_bits(mention)], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The mentions to which some document refers that does not mention them itself.
pub(crate) fn referred_to(connection: &Connection) -> Result<BTreeSet<MentionId>> {
    let mut statement = connection.prepare_cached("SELECT DISTINCT mention FROM reference")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    rows.map(|mention| mention_of(mention?)).collect()
}

/// The documents that ever referred to a mention without mentioning it themselves.
pub(crate) fn documents_referring(
    connection: &Connection,
    mention: MentionId,
) -> Result<BTreeSet<DocumentId>> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT l.document FROM reference r JOIN local l ON l.local = r.local
         WHERE r.mention = ?",
    )?;
    let rows = statement.query_map([mention_bits(mention)], |row| row.get(0))?;
    Ok(rows.map(|document| document.map(document_of)).collect::<rusqlite::Result<_>>()?)
}
