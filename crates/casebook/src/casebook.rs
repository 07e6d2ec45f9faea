//! Opening a casebook, and the one transaction through which everything enters.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use throughline_model::{AsOf, AssertionId, Judgment};
use throughline_weigh::Standing;

use crate::derived::blocks::Blocks;
use crate::derived::rebuilding;
use crate::derived::touched;
use crate::derived::{self, Ties};
use crate::documents::pictures::Looks;
use crate::error::{Error, Result};
use crate::file::{add_what_is_kept, check_format, create_tables, make_quick, open_file};
use crate::ledger::codebook::Adopted;
use crate::ledger::judged::Judged;
use crate::ledger::{Entry, Head, Writer};

/// How long a second process waits for the first to finish a step.
const PATIENCE: Duration = Duration::from_secs(60);

/// What was worked out as of the dates last asked for, and up to which entry.
type AsOfDates<T> = RefCell<Option<(i64, AsOf, Arc<T>)>>;

/// An open casebook.
///
/// While it is open the file has a write-ahead log beside it; once the last process closes it, it is
/// one file again.
#[derive(Debug)]
pub struct Casebook {
    pub(crate) connection: Connection,
    path: PathBuf,
    judged: RefCell<Option<(i64, Arc<Judged>)>>,
    ties: RefCell<Option<(i64, Arc<Ties>)>>,
    regrouped: RefCell<Option<(i64, Arc<BTreeSet<String>>)>>,
    compared: RefCell<touched::Compared>,
    pub(crate) head: RefCell<Option<(i64, Arc<Head>)>>,
    /// Of the dates last asked for, since one question asks for it many times.
    standing: AsOfDates<Standing>,
    /// The blocks that judgments leave otherwise as of the dates last asked for.
    differing: AsOfDates<BTreeSet<String>>,
    pub(crate) blocks: Arc<Blocks>,
    /// Assertions that are supposed to have been retracted ([`Casebook::supposing`]).
    pub(crate) supposed: RefCell<BTreeSet<AssertionId>>,
    /// The coder to whom what others judged is hidden ([`Casebook::blind`]).
    coder: Option<String>,
    /// The codebooks adopted, and up to which entry.
    pub(crate) adopted: RefCell<Option<(i64, Arc<Vec<Adopted>>)>>,
}

impl Casebook {
    /// Opens a casebook that exists. One whose derived tables another version of the program made
    /// has them made anew.
    ///
    /// # Errors
    /// If there is no file or an empty one, if it is no casebook or one of a later version, or if it
    /// cannot be read. What may not be written to is opened for questions: entering anything is
    /// [`Error::ReadOnly`].
    pub fn open(path: &Path) -> Result<Casebook> {
        if !path.exists() {
            return Err(Error::Missing(path.to_owned()));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened =
            open_file(path, flags).and_then(|connection| Casebook::prepare(connection, path));
        match opened {
            Err(Error::ReadOnly | Error::CannotOpen(_)) => Casebook::open_unwritable(path),
            // Where nothing can be written at all, or nothing more, the log beside the file cannot be made.
            Err(error) if error.is_for_want_of_a_log() => {
                Casebook::open_unwritable(path).map_err(|other| match error {
                    Error::Full => Error::Full,
                    _ => other,
                })
            }
            opened => opened,
        }
    }

    /// Opens a casebook that lies where nothing may be written, such as a folder that is shared for
    /// reading: not even the log beside the file can be made, so the file is taken as it is.
    ///
    /// # Errors
    /// As [`Casebook::open`]; [`Error::ReadOnly`] if something was entered that has not come from the
    /// log into the file, or if what is derived must be made anew.
    pub fn open_unwritable(path: &Path) -> Result<Casebook> {
        let log = PathBuf::from(format!("{}-wal", path.display()));
        if log.metadata().is_ok_and(|log| log.len() > 0) {
            return Err(Error::ReadOnly);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_URI;
        let full = path.canonicalize().map_err(|_| Error::CannotOpen(path.to_owned()))?;
        if !full.is_file() {
            return Err(Error::NotAFile(path.to_owned()));
        }
        // In the name of the file, what means something in an address stands for itself.
        let named: String = full
            .to_string_lossy()
            .chars()
            .map(|letter| match letter {
                '%' => "%25".to_owned(),
                '?' => "%3f".to_owned(),
                '#' => "%23".to_owned(),
                letter => letter.to_string(),
            })
            .collect();
        let connection = Connection::open_with_flags(format!("file:{named}?immutable=1"), flags)?;
        check_format(&connection, path)?;
        connection.pragma_update(None, "cache_size", -96_000)?;
        make_quick(&connection)?;
        if !rebuilding::is_derived_here(&connection)? {
            return Err(Error::ReadOnly);
        }
        Ok(Casebook::of(connection, path))
    }

    /// Opens a casebook that exists for questions only: nothing that is asked through it can change
    /// the file, and it takes little memory beside others.
    ///
    /// # Errors
    /// As [`Casebook::open`]; [`Error::Outdated`] if its derived tables were made by another version
    /// of the program.
    pub fn open_to_ask(path: &Path) -> Result<Casebook> {
        if !path.exists() {
            return Err(Error::Missing(path.to_owned()));
        }
        match Casebook::asked(path) {
            Err(Error::ReadOnly | Error::CannotOpen(_)) => Casebook::open_unwritable(path),
            Err(error) if error.is_for_want_of_a_log() => {
                Casebook::open_unwritable(path).map_err(|_| error)
            }
            asked => asked,
        }
    }

    fn asked(path: &Path) -> Result<Casebook> {
        // Even who only asks takes part in the log beside the file.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = open_file(path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        check_format(&connection, path)?;
        connection.pragma_update(None, "query_only", "ON")?;
        connection.pragma_update(None, "cache_size", -24_000)?;
        make_quick(&connection)?;
        if !rebuilding::is_derived_here(&connection)? {
            return Err(Error::Outdated(path.to_owned()));
        }
        Ok(Casebook::of(connection, path))
    }

    /// Whether there is a casebook whose derived tables another version of the program made: opening
    /// it makes them anew, which takes a while in a large one.
    pub fn is_outdated(path: &Path) -> bool {
        matches!(Casebook::open_to_ask(path), Err(Error::Outdated(_)))
    }

    /// Opens a casebook, or makes an empty one where there is no file, or an empty file.
    ///
    /// # Errors
    /// As [`Casebook::open`], and if the file cannot be made.
    pub fn open_or_create(path: &Path) -> Result<Casebook> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = open_file(path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        create_tables(&mut connection, path)?;
        Casebook::prepare(connection, path)
    }

    /// An empty casebook in memory, for trying things.
    ///
    /// # Errors
    /// If SQLite cannot be used.
    pub fn in_memory() -> Result<Casebook> {
        let path = PathBuf::from(":memory:");
        let mut connection = Connection::open_in_memory()?;
        create_tables(&mut connection, &path)?;
        Casebook::prepare(connection, &path)
    }

    fn prepare(connection: Connection, path: &Path) -> Result<Casebook> {
        connection.busy_timeout(PATIENCE)?;
        check_format(&connection, path)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        // A step of some hundred documents touches thousands of pages, and what is in the cache or
        // the log is written once for many steps.
        connection.pragma_update(None, "cache_size", -96_000)?;
        connection.pragma_update(None, "wal_autocheckpoint", 16_384)?;
        make_quick(&connection)?;
        // Removed payloads must not stay in free pages.
        connection.pragma_update(None, "secure_delete", "ON")?;
        add_what_is_kept(&connection)?;
        if !rebuilding::is_derived_here(&connection)? {
            // Made by another version of the program: the ledger is the same, its rows are not.
            let transaction =
                Transaction::new_unchecked(&connection, TransactionBehavior::Immediate)?;
            if !rebuilding::is_derived_here(&transaction)? {
                rebuilding::rebuild(&transaction, Looks::Kept)?;
            }
            transaction.commit()?;
        }
        Ok(Casebook::of(connection, path))
    }

    fn of(connection: Connection, path: &Path) -> Casebook {
        Casebook {
            connection,
            path: path.to_owned(),
            judged: RefCell::new(None),
            ties: RefCell::new(None),
            regrouped: RefCell::new(None),
            compared: RefCell::default(),
            head: RefCell::new(None),
            standing: RefCell::new(None),
            differing: RefCell::new(None),
            blocks: Arc::default(),
            supposed: RefCell::default(),
            coder: None,
            adopted: RefCell::default(),
        }
    }

    /// Keeps large blocks together with other casebooks of the same file.
    pub fn share_blocks(&mut self, blocks: &Arc<Blocks>) {
        self.blocks = Arc::clone(blocks);
    }

    /// Hides from here on what others than one coder judged, but for what makes the records that all
    /// of them code: who is who, days of publication and what sources took back. Nothing can be
    /// entered meanwhile.
    pub fn blind(&mut self, coder: &str) {
        self.coder = Some(coder.to_owned());
        self.forget_judged();
    }

    /// Whether what others judged is hidden.
    pub fn is_blind(&self) -> bool {
        self.coder.is_some()
    }

    /// Where the casebook is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How long each step waits for another process to finish its own, before [`Error::Busy`]; a minute
    /// unless this says otherwise.
    ///
    /// # Errors
    /// If the file cannot be used.
    pub fn wait_at_most(&self, patience: Duration) -> Result<()> {
        Ok(self.connection.busy_timeout(patience)?)
    }

    /// Bounds the file to so many pages of 4 KiB while this process has it open: a step that needs
    /// more fails with [`Error::Full`], as on a full disk. A bound below what there is changes
    /// nothing.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn bound(&mut self, pages: u32) -> Result<()> {
        let sql = format!("PRAGMA max_page_count = {pages}");
        Ok(self.connection.query_row(&sql, [], |_| Ok(()))?)
    }

    /// Runs one step: all of it is durable when this returns, or nothing of it happened.
    pub(crate) fn write<T>(&self, step: impl FnOnce(&mut Writer) -> Result<T>) -> Result<T> {
        if self.is_blind() {
            return Err(Error::Refused("what is seen blind is not written to".into()));
        }
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let mut writer = Writer::new(&transaction)?;
        let result = step(&mut writer)?;
        transaction.commit()?;
        Ok(result)
    }

    /// Asks several things of one state of the file, whatever another process writes meanwhile.
    ///
    /// # Errors
    /// What `ask` returns, and if the file cannot be read.
    pub fn snapshot<T, E: From<Error>>(
        &self,
        ask: impl FnOnce() -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        if !self.connection.is_autocommit() {
            // Within a snapshot or a step already.
            return ask();
        }
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Deferred)
                .map_err(Error::from)?;
        let answer = ask()?;
        transaction.finish().map_err(Error::from)?;
        Ok(answer)
    }

    /// Which blocks judgments tie to which, worked out once for each state of the ledger.
    pub(crate) fn ties(&self) -> Result<Arc<Ties>> {
        let judged = self.judged()?;
        if judged.ties().is_empty() {
            return Ok(Arc::default());
        }
        self.once(&self.ties, || derived::ties(&self.connection, &judged))
    }

    /// The blocks of which some judgment may change what stands for one subject, worked out once for
    /// each state of the ledger.
    pub(crate) fn regrouped(&self) -> Result<Arc<BTreeSet<String>>> {
        let judged = self.judged()?;
        if judged.all().next().is_none() {
            return Ok(Arc::default());
        }
        let mut compared = self.compared.borrow_mut();
        self.once(&self.regrouped, || touched::regrouped(&self.connection, &judged, &mut compared))
    }

    /// The blocks that judgments may leave otherwise as of two dates than now, worked out once for each
    /// state of the ledger and dates.
    pub(crate) fn differing(&self, as_of: AsOf) -> Result<Arc<BTreeSet<String>>> {
        let last = self.last_entry()?;
        if let Some((seq, dates, blocks)) = self.differing.borrow().as_ref()
            && (*seq, *dates) == (last, as_of)
        {
            return Ok(Arc::clone(blocks));
        }
        let judged = self.judged()?;
        let blocks = Arc::new(touched::differing(&self.connection, &judged, as_of)?);
        *self.differing.borrow_mut() = Some((last, as_of, Arc::clone(&blocks)));
        Ok(blocks)
    }

    /// The judgments in force as of two dates.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn standing(&self, as_of: AsOf) -> Result<Arc<Standing>> {
        let supposed = self.supposed.borrow();
        if !supposed.is_empty() {
            let mut standing = self.judged()?.standing(&self.connection, as_of)?;
            standing.retract(supposed.iter().copied());
            return Ok(Arc::new(standing));
        }
        let last = self.last_entry()?;
        if let Some((seq, dates, standing)) = self.standing.borrow().as_ref()
            && (*seq, *dates) == (last, as_of)
        {
            return Ok(Arc::clone(standing));
        }
        let standing = Arc::new(self.judged()?.standing(&self.connection, as_of)?);
        *self.standing.borrow_mut() = Some((last, as_of, Arc::clone(&standing)));
        Ok(standing)
    }

    /// What was worked out of this state of the ledger, or is now.
    pub(crate) fn once<T>(
        &self,
        cache: &RefCell<Option<(i64, Arc<T>)>>,
        work: impl FnOnce() -> Result<T>,
    ) -> Result<Arc<T>> {
        let last = self.last_entry()?;
        let mut cached = cache.borrow_mut();
        if let Some((seq, known)) = cached.as_ref()
            && *seq == last
        {
            return Ok(Arc::clone(known));
        }
        let worked_out = Arc::new(work()?);
        *cached = Some((last, Arc::clone(&worked_out)));
        Ok(worked_out)
    }

    /// The number of the ledger's last entry.
    fn last_entry(&self) -> Result<i64> {
        Ok(self
            .connection
            .prepare_cached("SELECT coalesce(max(seq), 0) FROM ledger")?
            .query_row([], |row| row.get(0))?)
    }

    /// All judgments of the ledger, read once for each state of the ledger.
    pub(crate) fn judged(&self) -> Result<Arc<Judged>> {
        let last: i64 = self
            .connection
            // One at a time, each is the last entry of an index.
            .prepare_cached(
                "SELECT max(coalesce((SELECT max(seq) FROM ledger WHERE kind = 'judgment'), 0),
                     coalesce((SELECT max(seq) FROM ledger WHERE kind = 'removal'), 0))",
            )?
            .query_row([], |row| row.get(0))?;
        let mut cached = self.judged.borrow_mut();
        if let Some((seq, judged)) = cached.as_ref()
            && *seq == last
        {
            return Ok(Arc::clone(judged));
        }
        let all = Judged::load(&self.connection)?;
        let judged = Arc::new(match &self.coder {
            Some(coder) => all.seen_by(coder),
            None => all,
        });
        *cached = Some((last, Arc::clone(&judged)));
        Ok(judged)
    }

    /// Adds a judgment just entered to those read before, so that many can enter in a row.
    pub(crate) fn note_judged(&self, entry: &Entry, judgment: &Judgment) -> Result<()> {
        if let Some((seq, judged)) = self.judged.borrow_mut().as_mut() {
            Arc::make_mut(judged).add(judgment.clone(), entry.recorded);
            *seq = entry.seq;
        }
        Ok(())
    }

    /// Drops the judgments read before, since a step failed after it noted some.
    pub(crate) fn forget_judged(&self) {
        *self.judged.borrow_mut() = None;
        *self.ties.borrow_mut() = None;
        *self.regrouped.borrow_mut() = None;
        *self.compared.borrow_mut() = touched::Compared::default();
        *self.head.borrow_mut() = None;
        *self.standing.borrow_mut() = None;
        *self.differing.borrow_mut() = None;
    }
}
