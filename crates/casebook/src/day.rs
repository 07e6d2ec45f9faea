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
//! All else is derived; of kinds that are listed by id alone, in the order of the list and no more
//! than the list shows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rusqlite::params;
use throughline_model::{Act, AsOf, Day, DocumentId, Edtf, MentionId, SubjectKind};
use throughline_weigh::Standing;

use crate::casebook::Casebook;
use crate::derived::{self, Ties};
use crate::error::Result;
use crate::ledger::bits;
use crate::locals::{mention_bits, mention_of};
use crate::records::{Listed, listed_row, named_records};

/// By the day on which it happened, then by id.
type Place = (Day, MentionId);

/// A list while it grows.
struct List<'c> {
    casebook: &'c Casebook,
    as_of: AsOf,
    standing: Standing,
    ties: Arc<Ties>,
    found: BTreeMap<Place, Listed>,
    /// Blocks whose records have been derived.
    done: BTreeSet<String>,
}

impl List<'_> {
    /// Whether all that the list shows is found already, before a place.
    fn is_full_before(&self, place: Place, limit: usize) -> bool {
        let Some(before) = limit.checked_sub(1) else { return true };
        self.found.len() >= limit && self.found.keys().nth(before).is_some_and(|at| *at < place)
    }

    /// Derives a block and all that judgments tie to it, once.
    fn derive(&mut self, block: &str) -> Result<()> {
        if self.done.contains(block) {
            return Ok(());
        }
        let closed = derived::closure(&self.ties, [block.to_owned()]);
        let locals = self.casebook.load(&closed, self.as_of)?;
        for (record, names) in named_records(&locals.all(), &self.standing, self.as_of) {
            let happened = derived::happened(&record).map_or(Day::MAX, Edtf::earliest);
            self.found.insert((happened, record.id), Listed::from((record, names)));
        }
        self.done.extend(closed);
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
        let as_of = AsOf { published: Some(day), recorded: None };
        let mut list = List {
            casebook: self,
            as_of,
            standing: self.standing(as_of)?,
            ties: self.ties()?,
            found: BTreeMap::new(),
            done: BTreeSet::new(),
        };
        let touched = derived::closure(&list.ties, self.touched_blocks()?);
        for block in touched.into_iter().filter(|block| block.starts_with(kind.prefix())) {
            list.derive(&block)?;
        }
        // The day on which something happened may have been another then, and with it the place.
        if derived::day_variable(kind).is_some() {
            for block in self.changing_blocks(kind, day)? {
                list.derive(&block)?;
            }
        }
        let mut statement = self.connection.prepare_cached(
            "SELECT record, name, published, mentions, held, names, block, happened, until
             FROM record WHERE kind = ? AND since <= ? ORDER BY happened, record",
        )?;
        let mut rows = statement.query(params![kind as i64, day.0])?;
        while let Some(row) = rows.next()? {
            let place: Place = (Day(row.get(7)?), mention_of(row.get(0)?)?);
            if list.is_full_before(place, limit) {
                break;
            }
            let block: String = row.get(6)?;
            if list.done.contains(&block) {
                continue;
            }
            if row.get::<_, i32>(8)? <= day.0 {
                list.found.insert(place, listed_row(row)?);
            } else {
                list.derive(&block)?;
            }
        }
        Ok(list.found.into_values().take(limit).collect())
    }

    /// The blocks of which part is in view.
    fn changing_blocks(&self, kind: SubjectKind, day: Day) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT block FROM record
             WHERE kind = ? AND since <= ? AND until > ?",
        )?;
        let rows = statement.query_map(params![kind as i64, day.0, day.0], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// All blocks of which some judgment, in force or not, may change what they give, and those whose
    /// rows are not up to date. Rather too many: every block of a document of which something was
    /// judged.
    fn touched_blocks(&self) -> Result<BTreeSet<String>> {
        let mut blocks: BTreeSet<String> = BTreeSet::new();
        let mut take = |sql: &str, key: Option<i64>| -> Result<()> {
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut rows = statement.query(rusqlite::params_from_iter(key))?;
            while let Some(row) = rows.next()? {
                blocks.insert(row.get(0)?);
            }
            Ok(())
        };
        take("SELECT block FROM unsettled", None)?;
        let judged = self.judged()?;
        let mut documents: BTreeSet<DocumentId> = BTreeSet::new();
        let mut mentions: BTreeSet<MentionId> = BTreeSet::new();
        for (judgment, _) in judged.all() {
            for assertion in judgment.assertions() {
                documents.extend(derived::document_judged(&self.connection, assertion, &judged)?);
            }
            if let Act::Dated { document, .. } = judgment.act {
                documents.insert(document);
            }
            mentions.extend(judgment.mentions());
        }
        for document in documents {
            take("SELECT block FROM local WHERE document = ?", Some(bits(document)))?;
        }
        for mention in mentions {
            let id = Some(mention_bits(mention));
            take(
                "SELECT o.block FROM mention m JOIN local l ON l.local = m.local
                 JOIN local o ON o.document = l.document WHERE m.mention = ?",
                id,
            )?;
            take(
                "SELECT l.block FROM reference r JOIN local l ON l.local = r.local
                 WHERE r.mention = ?",
                id,
            )?;
        }
        Ok(blocks)
    }
}
