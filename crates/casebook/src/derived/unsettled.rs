//! What must be derived again: of each block from which day of publication on, and of which of its
//! mentions something else may be held.
//!
//! What comes or goes may change who is one with whom from its day on, and touches only the records
//! that it joins. What somebody judges may change what is held of a mention, and of no other.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};
use throughline_model::{Day, MentionId};

use crate::derived::locals::{mention_bits, mention_of};
use crate::error::Result;

/// In place of a day: nobody is one with anybody else than before.
const NEVER: i64 = i64::MAX;

/// In place of a mention: something else may be held of any mention of the block.
const ANY: i64 = -1;

/// How much of a block must be derived again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Extent {
    /// What was published from this day on must be joined again.
    From(Day),
    /// What is held of some mentions must be weighed again.
    Values,
}

impl Extent {
    fn of(column: i64) -> Extent {
        match i32::try_from(column) {
            Ok(day) => Extent::From(Day(day)),
            Err(_) => Extent::Values,
        }
    }
}

/// Notes that what was published from a day on must be joined again in a block.
pub(crate) fn join_from(connection: &Connection, block: &str, from: Day) -> Result<()> {
    note(connection, block, from.0.into())
}

/// Notes that something else may be held of a mention in a block, whoever is one with it.
pub(crate) fn weigh(connection: &Connection, block: &str, mention: MentionId) -> Result<()> {
    touch(connection, block, mention_bits(mention))?;
    note(connection, block, NEVER)
}

/// Notes that a block must be derived again, all of it.
pub(crate) fn all_of(connection: &Connection, block: &str) -> Result<()> {
    touch(connection, block, ANY)?;
    join_from(connection, block, Day::MIN)
}

fn note(connection: &Connection, block: &str, day: i64) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO unsettled (block, day) VALUES (?, ?)
             ON CONFLICT (block) DO UPDATE SET day = min(day, excluded.day)",
        )?
        .execute(params![block, day])?;
    Ok(())
}

fn touch(connection: &Connection, block: &str, mention: i64) -> Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO touched (block, mention) VALUES (?, ?)")?
        .execute(params![block, mention])?;
    Ok(())
}

/// How many blocks must be derived again.
pub(crate) fn count(connection: &Connection) -> Result<u64> {
    let left: i64 = connection.query_row("SELECT count(*) FROM unsettled", [], |row| row.get(0))?;
    Ok(left.unsigned_abs())
}

/// The blocks that must be derived again, at most `many`.
pub(crate) fn blocks(connection: &Connection, many: usize) -> Result<Vec<String>> {
    let mut statement =
        connection.prepare_cached("SELECT block FROM unsettled ORDER BY block LIMIT ?")?;
    let many = i64::try_from(many).unwrap_or(i64::MAX);
    let blocks = statement.query_map([many], |row| row.get(0))?;
    Ok(blocks.collect::<rusqlite::Result<_>>()?)
}

/// Whether a block must be derived again.
pub(crate) fn is_there(connection: &Connection, block: &str) -> Result<bool> {
    Ok(connection.prepare_cached("SELECT 1 FROM unsettled WHERE block = ?")?.exists([block])?)
}

/// How much of a block must be derived again, if anything.
pub(crate) fn extent(connection: &Connection, block: &str) -> Result<Option<Extent>> {
    let day: Option<i64> = connection
        .prepare_cached("SELECT day FROM unsettled WHERE block = ?")?
        .query_row([block], |row| row.get(0))
        .optional()?;
    Ok(day.map(Extent::of))
}

/// The mentions of a block of which something else may be held; `None` if of any.
pub(crate) fn touched(connection: &Connection, block: &str) -> Result<Option<BTreeSet<MentionId>>> {
    let mut statement = connection.prepare_cached("SELECT mention FROM touched WHERE block = ?")?;
    let mut rows = statement.query([block])?;
    let mut found = BTreeSet::new();
    while let Some(row) = rows.next()? {
        match row.get(0)? {
            ANY => return Ok(None),
            mention => found.insert(mention_of(mention)?),
        };
    }
    Ok(Some(found))
}

/// Notes that a block has been derived.
pub(crate) fn settled(connection: &Connection, block: &str) -> Result<()> {
    for table in ["unsettled", "touched"] {
        let sql = format!("DELETE FROM {table} WHERE block = ?");
        connection.prepare_cached(&sql)?.execute([block])?;
    }
    Ok(())
}
