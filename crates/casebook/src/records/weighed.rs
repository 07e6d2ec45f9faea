//! All records of a kind as counts go over them, taken as far as may be from what is kept of the
//! present.
//!
//! A block that judgments leave as of a day as they leave it now gives as of the day the beginning of
//! what it gives now (`records/day.rs`). So of its records
//!
//! - one of which every document was published by the day is what it is now;
//! - one of which some were is derived;
//! - the others are not there.
//!
//! The other blocks are derived whole, as are all as of a moment of recording.

use std::collections::BTreeSet;

use rusqlite::params;
use throughline_model::{AsOf, Day, MentionId, SubjectKind};

use crate::casebook::Casebook;
use crate::derived::locals::mention_of;
use crate::derived::{self, touched, unsettled, weighed};
use crate::error::Result;
use crate::records::{RecordRow, rows_of, some_rows_of};

impl Casebook {
    /// As [`Casebook::each_record`], without why the mentions of a record are together and which words
    /// are superseded: what is kept is read rather than derived.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn each_weighed(
        &self,
        kind: SubjectKind,
        as_of: AsOf,
        visit: impl FnMut(RecordRow),
    ) -> Result<()> {
        self.each_called(kind, as_of, |_| true, visit)
    }

    /// The same, of those at least that have a name which is `wanted`, and of no more than can be helped.
    pub(crate) fn each_called(
        &self,
        kind: SubjectKind,
        as_of: AsOf,
        wanted: impl Fn(&str) -> bool,
        mut visit: impl FnMut(RecordRow),
    ) -> Result<()> {
        let until = match as_of {
            AsOf { published: None, recorded: None } => Day::MAX,
            // Undated documents have the last day there is.
            AsOf { published: Some(day), recorded: None } if day < Day::MAX => day,
            _ => return self.each_record(kind, as_of, visit),
        };
        if self.is_blind() || !self.supposed.borrow().is_empty() {
            return self.each_record(kind, as_of, visit);
        }
        let standing = self.standing(as_of)?;
        let mut give = |mut row: RecordRow| -> Result<()> {
            self.name_others(&row.record.holdings, &mut row.names, as_of)?;
            visit(row);
            Ok(())
        };
        let anew = self.blocks_anew(kind, as_of)?;
        let mut done: BTreeSet<String> = BTreeSet::new();
        let ties = self.ties()?;
        for block in &anew {
            if done.contains(block) {
                continue;
            }
            let closed = derived::closure(&ties, [block.clone()]);
            rows_of(&self.load_once(&closed, as_of)?, &standing, as_of)
                .into_iter()
                .try_for_each(&mut give)?;
            done.extend(closed);
        }
        let mut some: Vec<MentionId> = Vec::new();
        let sql = format!(
            "SELECT {}, r.block, r.last FROM record r JOIN weighed w ON w.record = r.record
             WHERE r.kind = ? AND r.since <= ? ORDER BY r.happened, r.record",
            weighed::COLUMNS
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params![kind as i64, until.0])?;
        while let Some(row) = rows.next()? {
            let block = row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?;
            if anew.contains(block) {
                continue;
            }
            if row.get::<_, i32>(5)? > until.0 {
                some.push(mention_of(row.get(0)?)?);
            } else if let Some(row) = weighed::row(row, &wanted)? {
                give(row)?;
            }
        }
        for id in some {
            let loaded = self.load_around(id, as_of)?;
            some_rows_of(&loaded, &standing, as_of, &BTreeSet::from([id]))
                .into_iter()
                .try_for_each(&mut give)?;
        }
        Ok(())
    }

    /// The blocks of a kind, with all that judgments tie to them, of which what is kept does not hold as of
    /// two dates.
    fn blocks_anew(&self, kind: SubjectKind, as_of: AsOf) -> Result<BTreeSet<String>> {
        let mut anew: BTreeSet<String> =
            unsettled::blocks(&self.connection, usize::MAX)?.into_iter().collect();
        if !as_of.is_present() {
            anew.extend(touched::differing(&self.connection, &*self.judged()?, as_of)?);
        }
        let mut anew = derived::closure(&*self.ties()?, anew);
        anew.retain(|block| block.starts_with(kind.prefix()));
        Ok(anew)
    }
}
