//! Settling: deriving what entries have touched, block by block, into the rows of records.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use throughline_flow::{Folded, Local, derive_on};
use throughline_model::{AsOf, Day, MentionId, Value};
use throughline_weigh::Standing;

use crate::derived::folds;
use crate::derived::rows::{self, Bounds};
use crate::derived::touched;
use crate::derived::weighed;
use crate::derived::whole::{self, ByMention};
use crate::derived::{Ties, closure, load};
use crate::error::Result;
use crate::ledger::judged::Judged;
use crate::records;
use crate::records::day::day_variable;

/// Derives blocks that are unsettled, at most `many`, and all that judgments tie to them.
/// Returns how many are left.
pub(crate) fn settle(
    connection: &Connection,
    judged: &Judged,
    ties: &Ties,
    many: usize,
) -> Result<u64> {
    let open: Vec<(String, Day)> = connection
        .prepare_cached("SELECT block, day FROM unsettled ORDER BY block LIMIT ?")?
        .query_map([i64::try_from(many).unwrap_or(i64::MAX)], |row| {
            Ok((row.get(0)?, Day(row.get(1)?)))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let standing = judged.standing(connection, AsOf::default())?;
    // Asked for only where documents came or changed, since judgments unsettle whole blocks.
    let mut regrouped: Option<BTreeSet<String>> = None;
    let mut done: BTreeSet<String> = BTreeSet::new();
    for (block, day) in open {
        if done.contains(&block) {
            continue;
        }
        let blocks = closure(ties, [block]);
        let mut from = Day::MIN;
        let kept = folds::are_kept(&blocks, ties);
        if kept && day > Day::MIN && blocks.len() == 1 {
            let regrouped = match &mut regrouped {
                Some(known) => known,
                unknown => unknown.insert(touched::regrouped(connection, judged)?),
            };
            if regrouped.is_disjoint(&blocks) {
                from = day;
            }
        }
        settle_blocks(connection, &blocks, kept.then_some(from), &standing)?;
        done.extend(blocks);
    }
    for block in &done {
        connection.prepare_cached("DELETE FROM unsettled WHERE block = ?")?.execute([block])?;
    }
    unsettled(connection)
}

/// How many blocks must be derived again.
pub(crate) fn unsettled(connection: &Connection) -> Result<u64> {
    let left: i64 = connection.query_row("SELECT count(*) FROM unsettled", [], |row| row.get(0))?;
    Ok(left.unsigned_abs())
}

/// The blocks that must be derived again.
pub(crate) fn all_unsettled(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached("SELECT block FROM unsettled")?;
    let blocks = statement.query_map([], |row| row.get(0))?;
    Ok(blocks.collect::<rusqlite::Result<_>>()?)
}

/// Whether a block must be derived again.
pub(crate) fn is_unsettled(connection: &Connection, block: &str) -> Result<bool> {
    Ok(connection.prepare_cached("SELECT 1 FROM unsettled WHERE block = ?")?.exists([block])?)
}

/// Derives whole blocks. Where what their fold gives is kept, it is made from a day of publication on:
/// what was published before is joined as it was.
fn settle_blocks(
    connection: &Connection,
    blocks: &BTreeSet<String>,
    kept_from: Option<Day>,
    standing: &Standing,
) -> Result<()> {
    let from = kept_from.unwrap_or(Day::MIN);
    let earlier = match from > Day::MIN {
        true => folds::of_blocks(connection, blocks)?,
        false => Folded::default(),
    };
    for block in blocks {
        rows::drop_block(connection, block)?;
    }
    let own = load(connection, blocks, AsOf::default(), folds::detail(blocks))?;
    let block_of: BTreeMap<MentionId, &str> = own
        .iter()
        .flat_map(|local| local.mentions.iter().map(|m| (m.id, local.block.as_str())))
        .collect();
    // Of each block the last day of publication, and the first on which anything in it may have
    // happened.
    let mut bounds: BTreeMap<&str, (Day, Day)> = BTreeMap::new();
    for local in &own {
        let (until, earliest) = bounds.entry(local.block.as_str()).or_insert((Day::MIN, Day::MAX));
        *until = local.day().max(*until);
        *earliest = first_said(local).min(*earliest);
    }
    let locals: Vec<&Local> = own.iter().collect();
    let (records, folded) = derive_on(&locals, &earlier, from, standing);
    if kept_from.is_some() {
        folds::keep(connection, &folded)?;
    }
    let by_mention = ByMention::of(&locals);
    let mentioned = records::mentioned(&locals);
    for (record, names) in records::with_names(records, &locals, standing, AsOf::default()) {
        let block = block_of.get(&record.id).copied().unwrap_or_default();
        let (until, earliest) = bounds.get(block).copied().unwrap_or((Day::MAX, Day::MIN));
        let last = by_mention.of_record(&record).iter().map(|local| local.day()).max();
        let last = last.unwrap_or(Day::MAX);
        rows::keep(connection, &record, &names, &Bounds { block, last, until, earliest })?;
        weighed::keep(connection, &record, &names, &mentioned)?;
        whole::keep(connection, &record, &by_mention, standing)?;
    }
    Ok(())
}

/// The first day that a local says of when its subject happened; the last there is, if it says none.
fn first_said(local: &Local) -> Day {
    let Some(variable) = day_variable(local.kind()) else { return Day::MAX };
    let dates = local.assertions.iter().filter(|said| said.variable == variable);
    let days = dates.filter_map(|said| match &said.value {
        Value::Date(date) => Some(date.order()),
        _ => None,
    });
    days.min().unwrap_or(Day::MAX)
}
