//! Settling: deriving what entries have touched, block by block, into the rows of records.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use rusqlite::Connection;
use throughline_flow::{Anew, Earlier, Folded, Local, derive, derive_anew};
use throughline_model::{AsOf, Day, MentionId, Record, Value};
use throughline_weigh::Standing;

use crate::derived::beside;
use crate::derived::folds;
use crate::derived::locals;
use crate::derived::rows::{self, Bounds, Rows};
use crate::derived::touched;
use crate::derived::unsettled::{self, Extent};
use crate::derived::weighed::{self, Mentioned};
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
    let standing = judged.standing(connection, AsOf::default())?;
    let mut done: BTreeSet<String> = BTreeSet::new();
    let mut closed: Vec<BTreeSet<String>> = Vec::new();
    for block in unsettled::blocks(connection, many)? {
        if !done.contains(&block) {
            let blocks = closure(ties, [block]);
            done.extend(blocks.iter().cloned());
            closed.push(blocks);
        }
    }
    let planned = Planned { connection, judged, ties, tied: OnceCell::new() };
    beside::each(
        closed.into_iter().map(|blocks| planned.work(blocks)),
        Work::weight,
        |work| work.done(&standing),
        |settled| settled.keep(connection),
    )?;
    done.iter().try_for_each(|block| unsettled::settled(connection, block))?;
    unsettled::count(connection)
}

/// What settling goes by.
struct Planned<'c> {
    connection: &'c Connection,
    judged: &'c Judged,
    ties: &'c Ties,
    /// The blocks in which judgments say who is who, or when something was published. Asked for only
    /// where documents came or changed.
    tied: OnceCell<BTreeSet<String>>,
}

impl Planned<'_> {
    /// What must be done on blocks that judgments tie to each other, with all that it takes.
    fn work(&self, blocks: BTreeSet<String>) -> Result<Work> {
        let connection = self.connection;
        let mut extent = Extent::Values;
        let mut touched: Option<BTreeSet<MentionId>> = Some(BTreeSet::new());
        for block in &blocks {
            extent = unsettled::extent(connection, block)?.unwrap_or(Extent::Values).min(extent);
            let own = unsettled::touched(connection, block)?;
            touched = touched.zip(own).map(|(all, own)| &all | &own);
        }
        let kept = folds::are_kept(&blocks, self.ties);
        if let (true, Extent::Values, Some(touched)) = (kept, extent, &touched)
            && let Some(records) = self.records(touched)?
        {
            return Ok(Work::Values(records));
        }
        let before = match extent {
            Extent::From(day) if kept && self.may_go_on(&blocks, day)? => day,
            // Only what compares keeps what it gave.
            Extent::From(_) | Extent::Values => Day::MIN,
        };
        let touched = touched.filter(|_| kept);
        let folded = match touched.is_some() || before > Day::MIN {
            true => folds::of_blocks(connection, &blocks)?,
            false => Folded::default(),
        };
        let earlier = Earlier { folded, before, touched };
        let locals = load(connection, &blocks, AsOf::default(), folds::detail(&blocks))?;
        Ok(Work::Blocks { blocks, kept, earlier, locals })
    }

    /// Whether what was published before a day is joined as it was.
    fn may_go_on(&self, blocks: &BTreeSet<String>, day: Day) -> Result<bool> {
        if day == Day::MIN || blocks.len() > 1 {
            return Ok(false);
        }
        let tied = match self.tied.get() {
            Some(tied) => tied,
            None => {
                let tied = touched::tied(self.connection, self.judged)?;
                self.tied.get_or_init(|| tied)
            }
        };
        Ok(tied.is_disjoint(blocks))
    }

    /// The records of mentions, as they are kept; `None` if one that should be is not.
    fn records(&self, mentions: &BTreeSet<MentionId>) -> Result<Option<Vec<Known>>> {
        let mut met = BTreeSet::new();
        let mut known = Vec::new();
        for mention in mentions {
            // What no reading mentions any more has no record.
            let Some((record, folded)) = folds::of_mention(self.connection, *mention)? else {
                continue;
            };
            if met.insert(record) {
                let id = locals::mention_of(record)?;
                let Some(bounds) = rows::bounds(self.connection, id)? else { return Ok(None) };
                let locals = locals::of_folded(self.connection, record)?;
                known.push(Known { bounds, folded, locals });
            }
        }
        Ok(Some(known))
    }
}

/// A record as it is kept.
struct Known {
    bounds: Bounds,
    folded: Folded,
    locals: Vec<Local>,
}

/// What must be done, with all that it takes.
enum Work {
    /// Whole blocks are derived, as far as what was derived of them before does not hold.
    Blocks { blocks: BTreeSet<String>, kept: bool, earlier: Earlier, locals: Vec<Local> },
    /// Records are weighed again.
    Values(Vec<Known>),
}

impl Work {
    /// How many locals it takes.
    fn weight(&self) -> usize {
        match self {
            Work::Blocks { locals, .. } => locals.len(),
            Work::Values(records) => records.iter().map(|known| known.locals.len()).sum(),
        }
    }

    fn done(self, standing: &Standing) -> Settled {
        match self {
            Work::Blocks { blocks, kept, earlier, locals } => {
                settle_blocks(blocks, kept, &earlier, &locals, standing)
            }
            Work::Values(records) => Settled::Values(
                records.into_iter().flat_map(|known| weighed_again(&known, standing)).collect(),
            ),
        }
    }
}

/// What was derived, before it is kept.
enum Settled {
    Blocks {
        /// Of each block the last day of publication, and the first on which anything in it may have
        /// happened; none of blocks that have nothing left.
        blocks: BTreeMap<String, Option<(Day, Day)>>,
        /// The records that are what they were.
        unchanged: HashSet<MentionId>,
        rows: Vec<Rows>,
        /// What the fold gave of the others, where it is kept.
        folded: Option<Folded>,
    },
    Values(Vec<Rows>),
}

impl Settled {
    fn keep(self, connection: &Connection) -> Result<()> {
        let rows = match self {
            Settled::Blocks { blocks, unchanged, rows, folded } => {
                for (block, days) in &blocks {
                    drop_changed(connection, block, &unchanged)?;
                    if let Some((until, earliest)) = *days
                        && !unchanged.is_empty()
                    {
                        rows::bound(connection, block, until, earliest)?;
                    }
                }
                if let Some(folded) = folded {
                    folds::keep(connection, &folded)?;
                }
                rows
            }
            Settled::Values(rows) => {
                for row in &rows {
                    rows::drop_values(connection, row.id())?;
                }
                rows
            }
        };
        rows.iter().try_for_each(|row| row.keep(connection))
    }
}

/// Drops the records of a block but for those that are what they were.
fn drop_changed(
    connection: &Connection,
    block: &str,
    unchanged: &HashSet<MentionId>,
) -> Result<()> {
    let all = rows::of_block(connection, block)?;
    let mut changed = all.into_iter().filter(|record| !unchanged.contains(record));
    changed.try_for_each(|record| rows::drop_record(connection, record))
}

fn settle_blocks(
    blocks: BTreeSet<String>,
    kept: bool,
    earlier: &Earlier,
    locals: &[Local],
    standing: &Standing,
) -> Settled {
    let mut block_of: BTreeMap<MentionId, &str> = BTreeMap::new();
    let mut days: BTreeMap<String, Option<(Day, Day)>> =
        blocks.into_iter().map(|block| (block, None)).collect();
    for local in locals {
        block_of.extend(local.mentions.iter().map(|one| (one.id, local.block.as_str())));
        if let Some(days) = days.get_mut(local.block.as_str()) {
            let (until, earliest) = days.unwrap_or((Day::MIN, Day::MAX));
            *days = Some((local.day().max(until), first_said(local).min(earliest)));
        }
    }
    let locals: Vec<&Local> = locals.iter().collect();
    let Anew { records, folded, unchanged } = derive_anew(&locals, earlier, standing);
    let by_mention = ByMention::of(&locals);
    let rows = records.into_iter().map(|record| {
        let own = by_mention.of_record(&record);
        let block = block_of.get(&record.id).copied().unwrap_or_default();
        let (until, earliest) = days.get(block).copied().flatten().unwrap_or((Day::MAX, Day::MIN));
        let last = own.iter().map(|local| local.day()).max().unwrap_or(Day::MAX);
        let bounds = Bounds { block: block.to_owned(), last, until, earliest };
        rows_of(record, &own, bounds, standing)
    });
    let rows = rows.collect();
    Settled::Blocks { blocks: days, unchanged, rows, folded: kept.then_some(folded) }
}

/// The rows of a record of which it is known who is one in it.
fn weighed_again(known: &Known, standing: &Standing) -> Vec<Rows> {
    let Known { bounds, folded, locals } = known;
    let own: Vec<&Local> = locals.iter().collect();
    let records = derive(&own, Some(folded), standing, AsOf::default());
    let rows = |record| rows_of(record, &own, bounds.clone(), standing);
    records.into_iter().map(rows).collect()
}

/// The rows of a record; `own` are its locals.
fn rows_of(record: Record, own: &[&Local], bounds: Bounds, standing: &Standing) -> Rows {
    let (record, names) = records::with_own_names(record, own, standing, AsOf::default());
    let mentioned: Mentioned = records::mentioned(own);
    let weighed = weighed::write(&record, &names, &mentioned);
    let whole = whole::kept(&record, &ByMention::of(own), standing);
    Rows::of(record, &names, bounds, weighed, whole)
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
