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
use throughline_model::{AsOf, Day, MentionId, SubjectKind, Variable};

use crate::casebook::Casebook;
use crate::derived::locals::{ids_of_kind, mention_of};
use crate::derived::weighed::{COLUMNS, Kept, Packed};
use crate::derived::{self, beside, unsettled};
use crate::error::Result;
use crate::records::{RecordRow, rows_of, some_rows_of, spoken_of};

/// So many bytes of records as they are kept are read at once.
const AT_ONCE: usize = 48 << 10;

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
        self.each_worked(
            kind,
            as_of,
            (wanted, None),
            |row| row,
            |row| {
                visit(row);
                Ok(())
            },
        )
    }

    /// Keeps what `work`, partly beside, makes of each of them, in the order in which they come; of all
    /// that is held of them, or of as much as counts look at that look at some variables.
    pub(crate) fn each_worked<R: Send>(
        &self,
        kind: SubjectKind,
        as_of: AsOf,
        (wanted, looked_at): (Wanted, Option<&BTreeSet<Variable>>),
        work: impl Fn(RecordRow) -> R + Sync,
        mut keep: impl FnMut(R) -> Result<()>,
    ) -> Result<()> {
        let mut give = |mut row: RecordRow| -> Result<()> {
            self.name_others(&row.record.holdings, &mut row.names, as_of)?;
            keep(work(row))
        };
        let until = match as_of {
            AsOf { published: None, recorded: None } => Day::MAX,
            // Undated documents have the last day there is.
            AsOf { published: Some(day), recorded: None } if day < Day::MAX => day,
            _ => return self.each_record_so(kind, as_of, &mut give),
        };
        if self.is_blind() || !self.supposed.borrow().is_empty() {
            return self.each_record_so(kind, as_of, &mut give);
        }
        let standing = self.standing(as_of)?;
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
        let some = self.each_kept(
            kind,
            until,
            wanted,
            &anew,
            |packed, of| {
                // What is called in another document only has no name yet.
                let named = |row: RecordRow| match is_named(&row) {
                    true => Worked::Done(work(row)),
                    false => Worked::Unnamed(Box::new(row)),
                };
                packed.read(of, looked_at).map(|row| row.map(named)).collect::<Vec<_>>()
            },
            |all| {
                all.into_iter().try_for_each(|one| match one? {
                    Worked::Done(done) => keep(done),
                    Worked::Unnamed(mut row) => {
                        self.name_others(&row.record.holdings, &mut row.names, as_of)?;
                        keep(work(*row))
                    }
                })
            },
        )?;
        for id in some {
            let loaded = self.load_around(id, as_of)?;
            for mut row in some_rows_of(&loaded, &standing, as_of, &BTreeSet::from([id])) {
                self.name_others(&row.record.holdings, &mut row.names, as_of)?;
                keep(work(row))?;
            }
        }
        Ok(())
    }

    /// Keeps what `work`, partly beside, makes of the records of a kind that are wanted, as they are kept,
    /// but for those of blocks that are derived `anew`. Returns those of which only some documents were
    /// published by the day.
    fn each_kept<R: Send>(
        &self,
        kind: SubjectKind,
        until: Day,
        wanted: Wanted,
        anew: &BTreeSet<String>,
        work: impl Fn(Packed, Option<&HashSet<MentionId>>) -> R + Sync,
        mut keep: impl FnMut(R) -> Result<()>,
    ) -> Result<BTreeSet<MentionId>> {
        let of = match wanted {
            Wanted::Of(mentions) => Some(mentions),
            _ => None,
        };
        let sql = format!(
            "SELECT {COLUMNS}, w.block, w.last FROM {}
             AND w.record BETWEEN ?1 AND ?2 AND w.since <= ?3",
            wanted.among()
        );
        let (first, last) = ids_of_kind(kind);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut some: BTreeSet<MentionId> = BTreeSet::new();
        let mut met: BTreeSet<i64> = BTreeSet::new();
        for name in wanted.names() {
            let mut rows = statement.query(params![first, last, until.0, name])?;
            let packed = std::iter::from_fn(|| {
                let mut packed = Packed::default();
                let mut take = || -> Result<()> {
                    while packed.bytes() < AT_ONCE
                        && let Some(row) = rows.next()?
                    {
                        let block = row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?;
                        // One record may go by several of the names.
                        if anew.contains(block) || !name.is_empty() && !met.insert(row.get(0)?) {
                            continue;
                        }
                        if row.get::<_, i32>(5)? <= until.0 {
                            packed.push(row)?;
                            continue;
                        }
                        let id = mention_of(row.get(0)?)?;
                        let body = row.get_ref(3)?.as_blob().map_err(rusqlite::Error::from)?;
                        some.extend(Kept::of(id, body, of)?.map(|_| id));
                    }
                    Ok(())
                };
                match take() {
                    Ok(()) => (packed.bytes() > 0).then_some(Ok(packed)),
                    Err(error) => Some(Err(error)),
                }
            });
            beside::halved(packed, |packed| work(packed, of), &mut keep)?;
        }
        Ok(some)
    }

    /// As [`Casebook::each_record`], as far as `visit` goes on.
    fn each_record_so(
        &self,
        kind: SubjectKind,
        as_of: AsOf,
        mut visit: impl FnMut(RecordRow) -> Result<()>,
    ) -> Result<()> {
        let mut done = Ok(());
        self.each_record(kind, as_of, |row| {
            if done.is_ok() {
                done = visit(row);
            }
        })?;
        done
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
            anew.extend(self.differing(as_of)?.iter().cloned());
        }
        let mut anew = derived::closure(&*self.ties()?, anew);
        anew.retain(|block| block.starts_with(kind.prefix()));
        Ok(anew)
    }
}

/// What was made of a record, or the record, if some of its names are not its own documents' to say.
enum Worked<R> {
    Done(R),
    Unnamed(Box<RecordRow>),
}

fn is_named(row: &RecordRow) -> bool {
    spoken_of(&row.record.holdings).all(|id| row.names.contains_key(&id))
}
