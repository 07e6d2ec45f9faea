//! What folds of the blocks of incidents and people gave, as rows: each local is laid beside many
//! others, and what it was joined to is asked for far more often than it changes. All else goes by
//! its name, or has small blocks.
//!
//! Only blocks that several locals can share are kept: one that stands alone joins nothing.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Row, params};
use throughline_flow::{Folded, Placed};
use throughline_model::{MentionId, SubjectKind};

use crate::derived::Ties;
use crate::derived::body::{Reader, Writer};
use crate::derived::locals::{Detail, mention_bits};
use crate::error::{Error, Result};

/// The kinds of which folds are kept.
const KEPT: [SubjectKind; 2] = [SubjectKind::Incident, SubjectKind::Person];

/// Whether what the fold of some blocks gives is kept, each with those that judgments tie to it.
pub(crate) fn are_kept(blocks: &BTreeSet<String>, ties: &Ties) -> bool {
    let tied = |block: &String| ties.get(block).into_iter().flatten().any(|other| other != block);
    blocks.iter().all(|block| {
        // The key of a local that stands alone is its mention's id, which has no space.
        let shared = block.contains(' ');
        compares(block) && (shared || tied(block))
    })
}

/// How much of their locals it takes to fold some blocks.
pub(crate) fn detail(blocks: &BTreeSet<String>) -> Detail {
    match blocks.iter().any(|block| compares(block)) {
        true => Detail::Compared,
        false => Detail::Weighed,
    }
}

/// Whether folding a block compares its locals, rather than going by their names.
fn compares(block: &str) -> bool {
    KEPT.iter().any(|kind| block.starts_with(kind.prefix()))
}

/// What was kept of some blocks, all of them settled.
pub(crate) fn of_blocks(connection: &Connection, blocks: &BTreeSet<String>) -> Result<Folded> {
    let mut statement = connection.prepare_cached(
        "SELECT f.record, f.body FROM record r JOIN folded f ON f.record = r.record
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

/// The records that a mention's local was joined to; none where folds are not kept.
pub(crate) fn records_of(connection: &Connection, mention: MentionId) -> Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT f.record FROM mention m
         JOIN local l ON l.local = m.local AND l.ends IS NULL
         JOIN folded f ON f.local = l.local WHERE m.mention = ?",
    )?;
    let records = statement.query_map([mention_bits(mention)], |row| row.get(0))?;
    Ok(records.collect::<rusqlite::Result<_>>()?)
}

/// The record in which a mention is kept, and what is kept of it.
pub(crate) fn of_mention(
    connection: &Connection,
    mention: MentionId,
) -> Result<Option<(i64, Folded)>> {
    let mut statement = connection
        .prepare_cached("SELECT record, body FROM folded WHERE record = ? ORDER BY place")?;
    // Parts of a local that judgments split stand in several records.
    for record in records_of(connection, mention)? {
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

/// A member from columns: record, body.
fn placed(row: &Row) -> Result<Placed> {
    let body = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
    let damaged = || Error::Damaged("a derived row of a fold".to_owned());
    read(body).ok_or_else(damaged)
}

fn write(placed: &Placed) -> Vec<u8> {
    let mut out = Writer::new();
    out.list(&placed.mentions, |out, id| out.id(id.bits()));
    // Only where judgments split a local is the first of its mentions elsewhere.
    let head = (placed.mentions.first() != Some(&placed.head)).then_some(placed.head);
    out.optional(head, |out, id| out.id(id.bits()));
    out.optional(placed.join.as_ref(), Writer::join);
    out.bytes()
}

fn read(bytes: &[u8]) -> Option<Placed> {
    let mut input = Reader::of(bytes);
    let mentions = input.list(Reader::mention)?;
    let first = *mentions.first()?;
    let head = input.optional(Reader::mention)?.unwrap_or(first);
    let join = input.optional(Reader::join)?;
    input.is_empty().then_some(Placed { head, mentions, join })
}
