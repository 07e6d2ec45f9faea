//! Verify, rebuild, back up.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use tempfile::NamedTempFile;
use throughline_model::Sha256;

use crate::casebook::Casebook;
use crate::derived::rebuilding;
use crate::documents::pictures::{self, Looks};
use crate::error::{Error, Result};
use crate::file::{make_quick, open_file};
use crate::ledger::tombstones::Tombstone;
use crate::ledger::{self, EntryKind, Head};
use crate::schema;

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where and what, in words.
    pub text: String,
}

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many entries were checked.
    pub entries: i64,
    /// How many documents have been removed, with their tombstones.
    pub removed: u64,
    /// What is wrong; empty if all is well.
    pub faults: Vec<Fault>,
    /// The head that was proved.
    pub head: Head,
}

impl Casebook {
    /// Proves the file's pages, the chain, the original bytes, the pictures, and that every derived
    /// table equals what the ledger gives when it is derived anew. Needs room beside the file for a copy of it.
    ///
    /// # Errors
    /// If the file cannot be read; faults are no errors.
    pub fn verify(&mut self, mut progress: impl FnMut(&str)) -> Result<Verified> {
        let mut faults = Vec::new();
        progress("the file");
        self.verify_file(&mut faults)?;
        self.settle(|_| {})?;
        progress("the chain");
        let removed = self.verify_chain(&mut faults)?;
        progress("the original bytes");
        self.verify_originals(&mut faults)?;
        progress("the pictures");
        pictures::verify(&self.connection, &mut faults)?;
        progress("the derived tables");
        self.verify_derived(&mut faults)?;
        let head = self.head()?;
        Ok(Verified { entries: head.entries, removed, faults, head })
    }

    /// Whether SQLite finds its pages and indexes in order.
    fn verify_file(&self, faults: &mut Vec<Fault>) -> Result<()> {
        let mut statement = self.connection.prepare("PRAGMA integrity_check(20)")?;
        let said = statement.query_map([], |row| row.get::<_, String>(0))?;
        for line in said {
            let line = line?;
            if line != "ok" {
                faults.push(Fault { text: format!("the file itself: {line}") });
            }
        }
        Ok(())
    }

    fn verify_chain(&self, faults: &mut Vec<Fault>) -> Result<u64> {
        let mut before = Sha256([0; 32]);
        let mut expected = 1;
        let (mut gone, mut removed) = (Vec::new(), Vec::new());
        let mut forgotten = BTreeSet::new();
        ledger::each_entry(&self.connection, |entry| {
            let mut fault = |text: String| faults.push(Fault { text });
            let entry = match entry {
                Ok(entry) => entry,
                Err(Error::Damaged(what)) => {
                    fault(what);
                    return Ok(());
                }
                Err(error) => return Err(error),
            };
            if entry.seq != expected {
                fault(format!("entry {expected} is missing"));
            }
            expected = entry.seq + 1;
            if ledger::link(before, &entry) != entry.chain {
                fault(format!("entry {} does not follow from the one before it", entry.seq));
            }
            before = entry.chain;
            match &entry.payload {
                Some(payload) if Sha256::of(payload.as_bytes()) != entry.payload_hash => {
                    fault(format!("the payload of entry {} was changed", entry.seq));
                }
                Some(payload) if entry.kind == EntryKind::Removal => {
                    forgotten.extend(entry.document);
                    removed.extend(Tombstone::read(payload).unwrap_or_default().entries);
                }
                Some(_) => {}
                None => gone.push(entry.seq),
            }
            Ok(())
        })?;
        for seq in gone {
            if !removed.contains(&seq) {
                faults.push(Fault {
                    text: format!(
                        "the payload of entry {seq} is missing, and no tombstone says why"
                    ),
                });
            }
        }
        Ok(forgotten.len() as u64)
    }

    fn verify_originals(&self, faults: &mut Vec<Fault>) -> Result<()> {
        for id in self.document_ids()? {
            let changed = match (self.document(id), self.original(id)) {
                (Ok(Some(document)), Ok(Some(bytes))) => Sha256::of(&bytes) != document.sha256,
                (_, Err(Error::Damaged(_))) => true,
                // What is wrong with the entry itself is told with the chain.
                (Ok(_) | Err(Error::Damaged(_)), Ok(_)) => false,
                (Err(error), _) | (_, Err(error)) => return Err(error),
            };
            if changed {
                faults.push(Fault { text: format!("the original bytes of {id} were changed") });
            }
        }
        Ok(())
    }

    fn verify_derived(&self, faults: &mut Vec<Fault>) -> Result<()> {
        let copy = scratch(self.path())?;
        self.copy_to(copy.path())?;
        {
            let fresh = Connection::open(copy.path())?;
            fresh.pragma_update(None, "journal_mode", "OFF")?;
            fresh.pragma_update(None, "synchronous", "OFF")?;
            fresh.pragma_update(None, "cache_size", -96_000)?;
            make_quick(&fresh)?;
            match rebuilding::rebuild(&fresh, Looks::Anew) {
                Err(Error::Damaged(what)) => {
                    faults.push(Fault {
                        text: format!("nothing can be derived from this ledger: {what}"),
                    });
                    return Ok(());
                }
                other => other?,
            }
        }
        let path = copy.path().to_string_lossy().into_owned();
        self.connection.execute("ATTACH ? AS fresh", [path])?;
        let result = self.compare(faults);
        self.connection.execute("DETACH fresh", [])?;
        result
    }

    fn compare(&self, faults: &mut Vec<Fault>) -> Result<()> {
        for (table, rows) in schema::COMPARED {
            for (here, there, what) in [
                ("main", "fresh", "rows that the ledger does not give"),
                ("fresh", "main", "rows missing that the ledger gives"),
            ] {
                let (here, there) = (rows.replace("{}", here), rows.replace("{}", there));
                let sql = format!("SELECT count(*) FROM ({here} EXCEPT {there})");
                let differing: i64 = self.connection.query_row(&sql, [], |row| row.get(0))?;
                if differing > 0 {
                    faults.push(Fault {
                        text: format!(
                            "the derived table “{table}” has {differing} {what}; \
                             `throughline rebuild` makes it anew"
                        ),
                    });
                }
            }
        }
        if !self.equal_words()? {
            faults.push(Fault {
                text: "the search index is not what the documents give; \
                       `throughline rebuild` makes it anew"
                    .into(),
            });
        }
        Ok(())
    }

    /// Whether both search indexes hold the same words at the same places of the same documents.
    fn equal_words(&self) -> Result<bool> {
        for (name, schema) in [("words_here", "main"), ("words_there", "fresh")] {
            self.connection.execute_batch(&format!(
                "CREATE VIRTUAL TABLE temp.{name} USING fts5vocab('{schema}', 'words', 'instance')"
            ))?;
        }
        let equal = self.snapshot(|| {
            let sql = |name: &str| format!("SELECT term, doc, col, offset FROM temp.{name}");
            let mut here = self.connection.prepare(&sql("words_here"))?;
            let mut there = self.connection.prepare(&sql("words_there"))?;
            let (mut here, mut there) = (here.query([])?, there.query([])?);
            loop {
                let (Some(one), Some(other)) = (here.next()?, there.next()?) else {
                    return Ok(here.next()?.is_none() && there.next()?.is_none());
                };
                for column in 0..4 {
                    if one.get_ref(column)? != other.get_ref(column)? {
                        return Ok(false);
                    }
                }
            }
        });
        self.connection.execute_batch("DROP TABLE temp.words_here; DROP TABLE temp.words_there")?;
        equal
    }

    /// Makes all derived tables anew from the ledger, in one step.
    ///
    /// # Errors
    /// If the file cannot be read or written; then the tables stay as they were.
    pub fn rebuild(&mut self) -> Result<()> {
        self.write(|writer| rebuilding::rebuild(writer.transaction, Looks::Anew))
    }

    /// Copies the casebook, as of this moment, to a new file. Others may go on writing meanwhile.
    ///
    /// # Errors
    /// If the file exists already, or cannot be written.
    pub fn backup(&self, to: &Path) -> Result<()> {
        if to.exists() {
            return Err(Error::Refused(format!(
                "{}: there is a file already; name a new one for the backup",
                to.display()
            )));
        }
        let copied = self.copy_to(to);
        if copied.is_err() && to.exists() {
            // Half a copy must not pass for a backup.
            let _ = std::fs::remove_file(to);
        }
        copied
    }

    fn copy_to(&self, to: &Path) -> Result<()> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut target = open_file(to, flags)?;
        {
            let backup = rusqlite::backup::Backup::new(&self.connection, &mut target)?;
            backup.run_to_completion(4_096, std::time::Duration::ZERO, None)?;
        }
        target.pragma_update(None, "journal_mode", "DELETE")?;
        Ok(())
    }
}

/// An empty file that goes when it is no longer needed: beside the casebook, where there is room for
/// another, or, in a folder that may only be read, among the system's temporary files.
fn scratch(path: &Path) -> Result<NamedTempFile> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let prefix = format!(".{name}.verify-");
    let mut maker = tempfile::Builder::new();
    maker.prefix(&prefix);
    let beside = path.parent().filter(|_| path.exists()).map(|folder| match folder.as_os_str() {
        empty if empty.is_empty() => maker.tempfile_in("."),
        _ => maker.tempfile_in(folder),
    });
    match beside {
        Some(Ok(file)) => Ok(file),
        _ => maker.tempfile().map_err(|source| Error::Io { path: std::env::temp_dir(), source }),
    }
}
