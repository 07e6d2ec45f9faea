//! Lists as of a day of publication, taken as far as may be from the rows of the present.
//!
//! A block that no judgment touches is folded in order of publication, each local joined to a record
//! before it or starting one. So what it gives as of a day is the beginning of what it gives now:
//! the same records, without what was published later. Hence, in such a block,
//!
//! - a record whose first mention was published after the day is absent, and every other is there
//!   under the id that it has now;
//! - if all of the block was published by the day, its rows are those of the present.
//!
//! All else is derived: of kinds that are listed by id alone, only what the list shows; of the
//! others, the blocks in which anything may have happened before the end of the list.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rusqlite::params;
use throughline_model::{AsOf, Day, Edtf, MentionId, Record, SubjectKind, Value, Variable};
use throughline_weigh::Standing;

use crate::casebook::Casebook;
use crate::derived::locals::mention_of;
use crate::derived::touched;
use crate::derived::unsettled;
use crate::derived::{self, Ties};
use crate::error::Result;
use crate::records::{Listed, listed_row, named_records, some_named_records};

/// By the day on which it happened, then by id.
type Place = (Day, MentionId);

/// A list while it grows.
struct List<'c> {
    casebook: &'c Casebook,
    as_of: AsOf,
    standing: Arc<Standing>,
    ties: Arc<Ties>,
    limit: usize,
    /// Those that the list shows, without those that are still to be derived.
    found: BTreeMap<Place, Option<Listed>>,
    /// Blocks whose records have been derived.
    done: BTreeSet<String>,
}

impl List<'_> {
    /// The place of the last record that the list shows, once it has as many as it may.
    fn last_shown(&self) -> Option<Place> {
        self.found.keys().nth(self.limit.checked_sub(1)?).copied()
    }

    /// Derives a block and all that judgments tie to it, once.
    fn derive(&mut self, block: &str) -> Result<()> {
        if self.done.contains(block) {
            return Ok(());
        }
        let closed = derived::closure(&self.ties, [block.to_owned()]);
        let locals = self.casebook.load(&closed, self.as_of)?;
        for (record, names) in named_records(&locals, &self.standing, self.as_of) {
            let happened = happened(&record).map_or(Day::MAX, Edtf::order);
            self.found.insert((happened, record.id), Some(Listed::from((record, names))));
        }
        self.done.extend(closed);
        Ok(())
    }

    /// Derives a record that no judgment touches and whose place is its id.
    fn derive_one(&mut self, id: MentionId) -> Result<()> {
        let loaded = self.casebook.load_around(id, self.as_of)?;
        let wanted = BTreeSet::from([id]);
        for (record, names) in some_named_records(&loaded, &self.standing, self.as_of, &wanted) {
            self.found.insert((Day::MAX, record.id), Some(Listed::from((record, names))));
        }
        Ok(())
    }
}

impl Casebook {
    /// The first records of a kind as of a day of publication.
    pub(crate) fn listed_on(
        &self,
        kind: SubjectKind,
        day: Day,
        limit: usize,
    ) -> Result<Vec<Listed>> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        let as_of = AsOf { published: Some(day), recorded: None };
        let mut list = List {
            casebook: self,
            as_of,
            standing: self.standing(as_of)?,
            ties: self.ties()?,
            limit,
            found: BTreeMap::new(),
            done: BTreeSet::new(),
        };
        let mut touched = touched::blocks(&self.connection, &*self.judged()?)?;
        touched.extend(unsettled::blocks(&self.connection, usize::MAX)?);
        let touched = derived::closure(&list.ties, touched);
        for block in touched.into_iter().filter(|block| block.starts_with(kind.prefix())) {
            list.derive(&block)?;
        }
        let dated = day_variable(kind).is_some();
        // The day on which something happened may have been another then, and with it the place.
        let changing = if dated { self.changing_blocks(kind, day)? } else { Vec::new() };
        let mut changing = changing.into_iter().peekable();
        // Where the place is the id, each row is one record, and those shown are enough.
        let mut wanted: BTreeSet<MentionId> = BTreeSet::new();
        let mut statement = self.connection.prepare_cached(
            "SELECT record, name, published, mentions, held, names, block, happened, until
             FROM record WHERE kind = ? AND since <= ? ORDER BY happened, record",
        )?;
        let mut rows = statement.query(params![kind as i64, day.0])?;
        while let Some(row) = rows.next()? {
            let place: Place = (Day(row.get(7)?), mention_of(row.get(0)?)?);
            while let Some((block, _)) = changing.next_if(|(_, first)| *first <= place.0) {
                list.derive(&block)?;
            }
            if list.last_shown().is_some_and(|last| last < place) {
                break;
            }
            let block: String = row.get(6)?;
            if list.done.contains(&block) {
                continue;
            }
            if row.get::<_, i32>(8)? <= day.0 {
                list.found.insert(place, Some(listed_row(row)?));
            } else if !dated {
                list.found.insert(place, None);
                wanted.insert(place.1);
            }
        }
        for (block, first) in changing {
            if list.last_shown().is_some_and(|(last, _)| last < first) {
                break;
            }
            list.derive(&block)?;
        }
        let last = list.last_shown();
        for id in wanted {
            if last.is_none_or(|last| (Day::MAX, id) <= last) {
                list.derive_one(id)?;
            }
        }
        let rows = list.found.into_values().flatten().take(limit).collect();
        self.all_named(rows, as_of)
    }

    /// The blocks of which part is in view, and the first day on which anything in them may have
    /// happened, in the order of these days.
    fn changing_blocks(&self, kind: SubjectKind, day: Day) -> Result<Vec<(String, Day)>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT block, min(earliest) FROM record
             WHERE kind = ? AND since <= ? AND until > ? GROUP BY block ORDER BY 2, block",
        )?;
        let rows = statement.query_map(params![kind as i64, day.0, day.0], |row| {
            Ok((row.get(0)?, Day(row.get(1)?)))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// What says on which day a subject of a kind happened; only kinds that happen have it.
pub(crate) fn day_variable(kind: SubjectKind) -> Option<Variable> {
    match kind {
        SubjectKind::Incident | SubjectKind::Set => Some(Variable::Date),
        SubjectKind::Claim => Some(Variable::Issued),
        _ => None,
    }
}

/// The day by which lists are sorted.
pub(crate) fn happened(record: &Record) -> Option<&Edtf> {
    let variable = day_variable(record.id.kind())?;
    record.holdings.iter().filter(|holding| holding.variable == variable).find_map(|holding| {
        match &holding.value {
            Some(Value::Date(date)) => Some(date),
            _ => None,
        }
    })
}
