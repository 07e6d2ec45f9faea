//! Locals as rows: what one document says of one subject, from one moment of recording to another.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};
use throughline_flow::{BlockKey, Local};
use throughline_model::{
    AsOf, Assertion, AssertionId, DocumentId, Edtf, Instant, Mention, MentionId, Reading,
};
use throughline_resolve::Referent;

use crate::error::{Error, Result};
use crate::ledger::{bits, document_of};

/// A mention's id as a column.
pub(crate) fn mention_bits(mention: MentionId) -> i64 {
    // Sixty-three bits fit.
    i64::try_from(mention.bits()).unwrap_or(i64::MAX)
}

/// A mention's id from a column.
pub(crate) fn mention_of(bits: i64) -> Result<MentionId> {
    MentionId::from_bits(bits.unsigned_abs())
        .ok_or_else(|| Error::Damaged(format!("{bits} is the number of no mention")))
}

/// The body of a row: the mentions and assertions, then the referents and the context.
fn write_body(local: &Local) -> String {
    let reading = Reading {
        mentions: local.mentions.clone(),
        assertions: local.assertions.clone(),
        notes: Vec::new(),
    };
    let referents: Vec<(String, String, &str)> = local
        .referents
        .iter()
        .map(|(id, referent)| (id.to_string(), referent.head.to_string(), referent.name.as_str()))
        .collect();
    let beside = serde_json::json!([referents, local.context]);
    format!("{}\n{beside}", throughline_formats::write_reading(&reading))
}

type Beside = (Vec<(String, String, String)>, Vec<String>);

fn read_body(
    body: &str,
    block: String,
    document: DocumentId,
    published: Option<Edtf>,
    source: Option<String>,
) -> Result<Local> {
    let damaged = |what: String| Error::Damaged(format!("a derived row of {document}: {what}"));
    let (reading, beside) =
        body.split_once('\n').ok_or_else(|| damaged("half of it is missing".into()))?;
    let reading =
        throughline_formats::read_reading(reading).map_err(|error| damaged(error.to_string()))?;
    let (referents, context): Beside =
        serde_json::from_str(beside).map_err(|error| damaged(error.to_string()))?;
    let referents = referents
        .into_iter()
        .map(|(id, head, name)| Ok((id.parse()?, Referent { head: head.parse()?, name })))
        .collect::<std::result::Result<BTreeMap<_, _>, throughline_model::IdError>>()
        .map_err(|error| damaged(error.to_string()))?;
    if reading.mentions.is_empty() {
        return Err(damaged("it has no mention".into()));
    }
    Ok(Local {
        block: BlockKey::from_text(block),
        document,
        published,
        source,
        mentions: reading.mentions,
        assertions: reading.assertions,
        referents,
        context: context.into_iter().collect(),
    })
}

/// The locals of a block by the readings recorded in view.
pub(crate) fn of_block(connection: &Connection, block: &str, as_of: AsOf) -> Result<Vec<Local>> {
    select(connection, "l.block = ?1", block, as_of)
}

/// The locals of a document by the readings recorded in view.
pub(crate) fn of_document(
    connection: &Connection,
    document: DocumentId,
    as_of: AsOf,
) -> Result<Vec<Local>> {
    select(connection, "l.document = ?1", bits(document), as_of)
}

fn select(
    connection: &Connection,
    condition: &str,
    key: impl rusqlite::ToSql,
    as_of: AsOf,
) -> Result<Vec<Local>> {
    let sql = format!(
        "SELECT l.body, l.block, l.document, d.published, d.source
         FROM local l JOIN document d ON d.document = l.document
         WHERE {condition} AND l.begins <= ?2 AND (l.ends IS NULL OR l.ends > ?2)"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let by = as_of.recorded.map_or(i64::MAX, |Instant(by)| by);
    let mut rows = statement.query(params![key, by])?;
    let mut locals = Vec::new();
    while let Some(row) = rows.next()? {
        let body: String = row.get(0)?;
        let document = document_of(row.get(2)?);
        let published: Option<String> = row.get(3)?;
        let published = published.map(|date| date.parse()).transpose();
        let published = published.map_err(|error: throughline_model::EdtfError| {
            Error::Damaged(format!("{document}: {error}"))
        })?;
        locals.push(read_body(&body, row.get(1)?, document, published, row.get(4)?)?);
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
    let mut open: BTreeMap<i64, (String, String)> = BTreeMap::new();
    {
        let mut statement = connection.prepare_cached(
            "SELECT head, block, body FROM local WHERE document = ? AND ends IS NULL",
        )?;
        let mut rows = statement.query([bits(document)])?;
        while let Some(row) = rows.next()? {
            open.insert(row.get(0)?, (row.get(1)?, row.get(2)?));
        }
    }
    let own: BTreeSet<MentionId> =
        locals.iter().flat_map(|local| &local.mentions).map(|mention| mention.id).collect();
    let mut entering = Vec::new();
    for local in locals {
        let head = mention_bits(local.mentions[0].id);
        let body = write_body(local);
        let held = open.get(&head);
        if held.is_some_and(|(block, held)| *held == body && block == local.block.as_str()) {
            open.remove(&head);
        } else {
            entering.push((local, head, body));
        }
    }
    // All that leaves goes first: a mention stands in one block at a time.
    for (head, (block, body)) in open {
        close(connection, document, head, &block, &body, recorded)?;
    }
    for (local, head, body) in entering {
        insert(connection, local, head, &body, &own, recorded)?;
    }
    Ok(())
}

fn close(
    connection: &Connection,
    document: DocumentId,
    head: i64,
    block: &str,
    body: &str,
    recorded: Instant,
) -> Result<()> {
    let local = read_body(body, block.to_owned(), document, None, None)?;
    // Whatever becomes of these mentions, a record of theirs is no longer what this block gives.
    for mention in &local.mentions {
        connection
            .prepare_cached("DELETE FROM record WHERE record = ?")?
            .execute([mention_bits(mention.id)])?;
    }
    let ended = connection
        .prepare_cached(
            "UPDATE local SET ends = ?1 WHERE head = ?2 AND ends IS NULL AND begins < ?1",
        )?
        .execute(params![recorded.0, head])?;
    if ended == 0 {
        // It began at this very moment, so it was never in force.
        for sql in [
            "DELETE FROM local WHERE head = ?1 AND begins = ?2",
            "DELETE FROM reference WHERE head = ?1 AND begins = ?2",
        ] {
            connection.prepare_cached(sql)?.execute(params![head, recorded.0])?;
        }
        for mention in &local.mentions {
            connection
                .prepare_cached(
                    "DELETE FROM mention WHERE mention = ? AND head = ? AND begins = ?",
                )?
                .execute(params![mention_bits(mention.id), head, recorded.0])?;
        }
        for said in &local.assertions {
            connection
                .prepare_cached(
                    "DELETE FROM assertion WHERE assertion = ? AND head = ? AND begins = ?",
                )?
                .execute(params![assertion_bits(said.id), head, recorded.0])?;
        }
    }
    unsettle(connection, block)
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
    body: &str,
    own: &BTreeSet<MentionId>,
    recorded: Instant,
) -> Result<()> {
    let block = local.block.as_str();
    connection
        .prepare_cached(
            "INSERT INTO local (head, begins, ends, document, block, body)
             VALUES (?, ?, NULL, ?, ?, ?)",
        )?
        .execute(params![head, recorded.0, bits(local.document), block, body])?;
    for Mention { id, .. } in &local.mentions {
        connection
            .prepare_cached(
                "INSERT INTO mention (mention, block, head, begins) VALUES (?, ?, ?, ?)",
            )?
            .execute(params![mention_bits(*id), block, head, recorded.0])?;
    }
    for said in &local.assertions {
        connection
            .prepare_cached(
                "INSERT INTO assertion (assertion, document, head, begins) VALUES (?, ?, ?, ?)",
            )?
            .execute(params![assertion_bits(said.id), bits(said.document), head, recorded.0])?;
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
            .prepare_cached(
                "INSERT INTO reference (mention, block, head, begins) VALUES (?, ?, ?, ?)",
            )?
            .execute(params![mention_bits(mention), block, head, recorded.0])?;
    }
    unsettle(connection, block)
}

/// The blocks whose assertions, read now, refer to a mention or to one that stands for the same
/// subject in its document.
pub(crate) fn blocks_referring(
    connection: &Connection,
    mention: MentionId,
) -> Result<BTreeSet<String>> {
    let id = mention_bits(mention);
    let mut blocks: BTreeSet<String> = connection
        .prepare_cached("SELECT block FROM reference WHERE mention = ?")?
        .query_map([id], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let documents: BTreeSet<i64> = connection
        .prepare_cached(
            "SELECT l.document FROM mention m JOIN local l ON l.head = m.head AND l.begins = m.begins
             WHERE m.mention = ?",
        )?
        .query_map([id], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for document in documents {
        for local in of_document(connection, document_of(document), AsOf::default())? {
            let refers = local
                .referents
                .iter()
                .any(|(id, referent)| *id == mention || referent.head == mention);
            if refers {
                blocks.insert(local.block.as_str().to_owned());
            }
        }
    }
    Ok(blocks)
}

/// Notes that a block must be derived again.
pub(crate) fn unsettle(connection: &Connection, block: &str) -> Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO unsettled (block) VALUES (?)")?
        .execute([block])?;
    Ok(())
}
