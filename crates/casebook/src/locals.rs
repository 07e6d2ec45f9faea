//! Locals as rows: what one document says of one subject, from one moment of recording to another.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};
use throughline_flow::{BlockKey, Local};
use throughline_model::{AsOf, DocumentId, Edtf, Instant, Mention, MentionId, Reading};
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
    for local in locals {
        let head = mention_bits(local.mentions[0].id);
        let body = write_body(local);
        let block = local.block.as_str();
        if let Some((held_block, held)) = open.get(&head)
            && *held == body
            && held_block == block
        {
            open.remove(&head);
            continue;
        }
        if let Some((held_block, _)) = open.remove(&head) {
            close(connection, head, &held_block, recorded)?;
        }
        insert(connection, local, head, &body, recorded)?;
    }
    for (head, (block, _)) in open {
        close(connection, head, &block, recorded)?;
    }
    Ok(())
}

fn close(connection: &Connection, head: i64, block: &str, recorded: Instant) -> Result<()> {
    connection
        .prepare_cached("UPDATE local SET ends = ? WHERE head = ? AND ends IS NULL")?
        .execute(params![recorded.0, head])?;
    // A row that began at this very moment was never in force.
    connection
        .prepare_cached("DELETE FROM local WHERE head = ? AND begins = ?")?
        .execute(params![head, recorded.0])?;
    unsettle(connection, block)
}

fn insert(
    connection: &Connection,
    local: &Local,
    head: i64,
    body: &str,
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
                "INSERT OR IGNORE INTO mention (mention, block, head, begins) VALUES (?, ?, ?, ?)",
            )?
            .execute(params![mention_bits(*id), block, head, recorded.0])?;
    }
    for said in &local.assertions {
        let id = i64::try_from(said.id.bits()).unwrap_or(i64::MAX);
        connection
            .prepare_cached(
                "INSERT OR IGNORE INTO assertion (assertion, document, head, begins)
                 VALUES (?, ?, ?, ?)",
            )?
            .execute(params![id, bits(said.document), head, recorded.0])?;
    }
    unsettle(connection, block)
}

/// Notes that a block must be derived again.
pub(crate) fn unsettle(connection: &Connection, block: &str) -> Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO unsettled (block) VALUES (?)")?
        .execute([block])?;
    Ok(())
}
