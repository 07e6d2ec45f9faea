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

use std::collections::{BTreeSet, HashSet};

use rusqlite::params;
use throughline_model::{AsOf, Day, MentionId, SubjectKind};

use crate::casebook::Casebook;
use crate::derived::locals::{ids_of_kind, mention_of};
use crate::derived::{self, touched, unsettled, weighed};
use crate::error::Result;
use crate::records::{RecordRow, rows_of, some_rows_of};

/// Which records are asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wanted<'w> {
    /// All of a kind.
    All,
    /// Those of which anything is held.
    Held,
    /// Those that go by one of some names, given as names are compared.
    Called(&'w BTreeSet<String>),
    /// Those that one of some mentions belongs to.
    Of(&'w HashSet<MentionId>),
    /// Those that are not as they are kept.
    Changed,
}

impl<'w> Wanted<'w> {
    /// Among which rows they are, with a condition. The third parameter is the day, the fourth a name.
    fn among(self) -> &'static str {
        match self {
            Wanted::All | Wanted::Of(_) => "weighed w WHERE ?4 = ''",
            Wanted::Held => "weighed w WHERE ?4 = '' AND w.holds",
            Wanted::Changed => "weighed w WHERE ?4 = '' AND w.last > ?3",
            Wanted::Called(_) => "called c JOIN weighed w ON w.record = c.record WHERE c.name = ?4",
        }
    }

    /// The names by which they are looked up; an empty one where they are not.
    fn names(self) -> Vec<&'w str> {
        match self {
            Wanted::Called(names) => names.iter().map(String::as_str).collect(),
            _ => vec![""],
        }
    }
}

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
        self.each_wanted(kind, as_of, Wanted::All, visit)
    }

    /// The same, of those at least that are wanted, and of no more than can be helped.
    pub(crate) fn each_wanted(
        &self,
        kind: SubjectKind,
        as_of: AsOf,
        wanted: Wanted,
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
        // Those of which not every document was published by the day.
        let mut some: BTreeSet<MentionId> = BTreeSet::new();
        let mut met: BTreeSet<i64> = BTreeSet::new();
        let of = match wanted {
            Wanted::Of(mentions) => Some(mentions),
            _ => None,
        };
        let sql = format!(
            "SELECT {}, w.block, w.last FROM {}
             AND w.record BETWEEN ?1 AND ?2 AND w.since <= ?3",
            weighed::COLUMNS,
            wanted.among()
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let (first, last) = ids_of_kind(kind);
        for name in wanted.names() {
            let mut rows = statement.query(params![first, last, until.0, name])?;
            while let Some(row) = rows.next()? {
                let block = row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?;
                let record = row.get(0)?;
                // One record may go by several of the names.
                if anew.contains(block) || !name.is_empty() && !met.insert(record) {
                    continue;
                }
                let Some(row_of) = weighed::Kept::of(row, of)? else { continue };
                match row.get::<_, i32>(5)? > until.0 {
                    true => {
                        some.insert(mention_of(record)?);
                    }
                    false => give(row_of.row()?)?,
                }
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

    /// The mentions of a kind that values and parties of records of another are, at present.
    pub(crate) fn spoken_of_by(
        &self,
        by: SubjectKind,
        kind: SubjectKind,
    ) -> Result<HashSet<MentionId>> {
        let ((first, last), (first_by, last_by)) = (ids_of_kind(kind), ids_of_kind(by));
        let mut statement = self.connection.prepare_cached(
            "SELECT mention FROM speaking
             WHERE mention BETWEEN ? AND ? AND record BETWEEN ? AND ?",
        )?;
        let mut rows = statement.query([first, last, first_by, last_by])?;
        let mut found = HashSet::new();
        while let Some(row) = rows.next()? {
            found.insert(mention_of(row.get(0)?)?);
        }
        Ok(found)
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
