//! What folds of the blocks of incidents and people gave, as rows: each local is laid beside many
//! others, and what it was joined to is asked for far more often than it changes. All else goes by
//! its name, or has small blocks.
//!
//! Only blocks that several locals can share are kept: one that stands alone joins nothing.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Row, params};
use throughline_flow::{Folded, Placed};
use throughline_model::{Join, JudgmentId, MentionId, SubjectKind};

use crate::body::{Reader, Writer};
use crate::derived::Ties;
use crate::error::{Error, Result};
use crate::locals::{mention_bits, mention_of};

/// The kinds of which folds are kept.
const KEPT: [SubjectKind; 2] = [SubjectKind::Incident, SubjectKind::Person];

/// Whether what the fold of some blocks gives is kept, each with those that judgments tie to it.
pub(crate) fn are_kept(blocks: &BTreeSet<String>, ties: &Ties) -> bool {
    let tied = |block: &String| ties.get(block).into_iter().flatten().any(|other| other != block);
    blocks.iter().all(|block| {
        // The key of a local that stands alone is its mention's id, which has no space.
        let shared = block.contains(' ');
        KEPT.iter().any(|kind| block.starts_with(kind.prefix())) && (shared || tied(block))
    })
}

/// What was kept of some blocks, all of them settled.
pub(crate) fn of_blocks(connection: &Connection, blocks: &BTreeSet<String>) -> Result<Folded> {
    let mut statement = connection.prepare_cached(
        "SELECT f.record, l.head, f.body FROM record r
         JOIN folded f ON f.record = r.record JOIN local l ON l.local = f.local
         WHERE r.block = ? ORDER BY f.record, f.place",
    )?;
    let mut folded = Folded::default();
    let mut last: Option<i64> = None;
    for block in blocks {
        let mut rows = statement.query([block])?;
        while let Some(row) = rows.next()? {
            let record: i64 = row.get(0)?;
            let placed = placed(row)?;
            match folded.0.last_mut().filter(|_| last == Some(record)) {
                Some(members) => members.push(placed),
                None => folded.0.push(vec![placed]),
            }
            last = Some(record);
        }
    }
    Ok(folded)
}

/// The record in which a mention is kept, and what is kept of it.
pub(crate) fn of_mention(
    connection: &Connection,
    mention: MentionId,
) -> Result<Option<(i64, Folded)>> {
    let records: Vec<i64> = connection
        .prepare_cached(
            "SELECT DISTINCT f.record FROM mention m
             JOIN local l ON l.local = m.local AND l.ends IS NULL
             JOIN folded f ON f.local = l.local WHERE m.mention = ?",
        )?
        .query_map([mention_bits(mention)], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut statement = connection.prepare_cached(
        "SELECT f.record, l.head, f.body FROM folded f JOIN local l ON l.local = f.local
         WHERE f.record = ? ORDER BY f.place",
    )?;
    // Parts of a local that judgments split stand in several records.
    for record in records {
        let mut members = Vec::new();
        let mut rows = statement.query([record])?;
        while let Some(row) = rows.next()? {
            members.push(placed(row)?);
        }
        if members.iter().any(|placed| placed.mentions.contains(&mention)) {
            return Ok(Some((record, Folded(vec![members]))));
        }
    }
    Ok(None)
}

/// Keeps what a fold gave.
pub(crate) fn keep(connection: &Connection, folded: &Folded) -> Result<()> {
    let mut local = connection.prepare_cached(
        "SELECT l.local FROM mention m JOIN local l ON l.local = m.local
         WHERE m.mention = ?1 AND l.head = ?1 AND l.ends IS NULL",
    )?;
    let mut insert = connection
        .prepare_cached("INSERT INTO folded (record, place, local, body) VALUES (?, ?, ?, ?)")?;
    for members in &folded.0 {
        let Some(first) = members.first() else { continue };
        let record = mention_bits(first.mentions[0]);
        for (place, placed) in (0i64..).zip(members) {
            let head = mention_bits(placed.head);
            let local: Option<i64> = local.query_row([head], |row| row.get(0)).optional()?;
            insert.execute(params![record, place, local, write(placed)])?;
        }
    }
    Ok(())
}

/// Drops what was kept of the records of a block. Before the records.
pub(crate) fn drop_block(connection: &Connection, block: &str) -> Result<()> {
    connection
        .prepare_cached(
            "DELETE FROM folded WHERE record IN (SELECT record FROM record WHERE block = ?)",
        )?
        .execute([block])?;
    Ok(())
}

/// Drops what was kept of the record of this id.
pub(crate) fn drop_record(connection: &Connection, record: MentionId) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM folded WHERE record = ?")?
        .execute([mention_bits(record)])?;
    Ok(())
}

/// A member from columns: record, head, body.
fn placed(row: &Row) -> Result<Placed> {
    let head = mention_of(row.get(1)?)?;
    let body = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
    read(head, body).ok_or_else(|| Error::Damaged(format!("where {head} was put")))
}

fn write(placed: &Placed) -> Vec<u8> {
    let mut out = Writer::new();
    out.list(&placed.mentions, |out, id| out.id(id.bits()));
    out.optional(placed.join.as_ref(), |out, join| {
        out.id(join.mention.bits());
        out.id(join.to.bits());
        out.optional(join.since.as_ref(), |out, date| out.text(date.as_str()));
        out.text(&join.reason);
        out.optional(join.judgment, |out, id| out.id(id.bits()));
    });
    out.bytes()
}

fn read(head: MentionId, bytes: &[u8]) -> Option<Placed> {
    let mut input = Reader::of(bytes);
    let mentions = input.list(Reader::mention).filter(|mentions| !mentions.is_empty())?;
    let join = input.optional(|input| {
        Some(Join {
            mention: input.mention()?,
            to: input.mention()?,
            since: input.optional(Reader::date)?,
            reason: input.text()?,
            judgment: input.optional(|input| input.id().map(JudgmentId::from_bits))?,
        })
    })?;
    input.is_empty().then_some(Placed { head, mentions, join })
}
