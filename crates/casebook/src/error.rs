//! What can go wrong with a casebook's file, and what to do about it.

use std::path::PathBuf;

use throughline_model::JudgmentId;

/// The result of asking or telling a casebook.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong. What was reported as stored before is stored.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no file.
    #[error("{}: there is no casebook here; `throughline read` makes one, or name another with --casebook", .0.display())]
    Missing(PathBuf),
    /// The file is something else.
    #[error("{}: this file is no casebook; it was left as it is. Name another with --casebook", .0.display())]
    NotACasebook(PathBuf),
    /// The file has no tables: the program ended while it made them, or something emptied the file.
    #[error("{}: nothing is stored in this file; `throughline read` begins a casebook in it. If there was one, something else emptied the file: restore a backup", .0.display())]
    Empty(PathBuf),
    /// The file was made by a later version.
    #[error("{}: this casebook was made by a later version of throughline (format {found}, known here is {known}); update the program", .path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: i32,
        /// The format of this program.
        known: i32,
    },
    /// Another version of the program derived its tables while this one had it open.
    #[error("{}: another version of throughline has worked on this casebook; start this one again", .0.display())]
    Outdated(PathBuf),
    /// A folder, a pipe or a device.
    #[error("{}: this is a folder or a device, and a casebook is a file; name one with --casebook", .0.display())]
    NotAFile(PathBuf),
    /// The file cannot be opened or made.
    #[error("{}: the file cannot be opened or made; see that its folder exists and that both may be read and written", .0.display())]
    CannotOpen(PathBuf),
    /// The file may be read only.
    #[error(
        "this casebook may not be written to; see that its file and folder may be, or work on a copy"
    )]
    ReadOnly,
    /// Another process holds the file for too long.
    #[error("another process is writing to this casebook; try again when it has ended")]
    Busy,
    /// No space is left.
    #[error(
        "the disk is full; nothing of this step was stored, and all that was reported before is safe. Free some space and run the command again: it goes on where it stood"
    )]
    Full,
    /// The file does not hold what its ledger says.
    #[error(
        "the casebook is damaged: {0}. `throughline rebuild` makes anew all that is derived; if that fails as well, the ledger itself is damaged: restore a backup"
    )]
    Damaged(String),
    /// Nothing has this id.
    #[error("{0} is in no record, assertion, judgment or document of this casebook")]
    Unknown(String),
    /// More than one thing begins like this.
    #[error("{text} could be {}; write more of it", .candidates.join(", "))]
    Ambiguous {
        /// The text given.
        text: String,
        /// Some of the ids that begin so.
        candidates: Vec<String>,
    },
    /// A judgment contradicts others.
    #[error("this contradicts {}; supersede or undo what no longer holds, and judge again", list(.0))]
    Contradiction(Vec<JudgmentId>),
    /// A judgment makes no sense for what it is about.
    #[error("{0}")]
    Refused(String),
    /// SQLite failed in some other way.
    #[error("the casebook's file could not be used: {0}")]
    Sqlite(rusqlite::Error),
    /// The operating system failed.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

impl Error {
    /// Whether a file that exists could not be used because nothing could be made or grown beside it.
    pub(crate) fn is_for_want_of_a_log(&self) -> bool {
        use rusqlite::ErrorCode as Code;
        match self {
            Error::Full => true,
            Error::Sqlite(error) => {
                matches!(error.sqlite_error_code(), Some(Code::CannotOpen | Code::SystemIoFailure))
            }
            _ => false,
        }
    }
}

fn list(ids: &[JudgmentId]) -> String {
    ids.iter().map(JudgmentId::to_string).collect::<Vec<_>>().join(", ")
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        use rusqlite::ErrorCode as Code;
        // There is no room for the memory that processes share beside the file.
        const NO_ROOM_TO_SHARE: std::ffi::c_int = rusqlite::ffi::SQLITE_IOERR_SHMSIZE;
        match error.sqlite_error_code() {
            _ if error.sqlite_error().is_some_and(|one| one.extended_code == NO_ROOM_TO_SHARE) => {
                Error::Full
            }
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Error::Busy,
            Some(Code::DiskFull) => Error::Full,
            Some(Code::ReadOnly) => Error::ReadOnly,
            // Rows contradict each other: the file was changed by something else.
            Some(Code::DatabaseCorrupt | Code::ConstraintViolation) => {
                Error::Damaged(error.to_string())
            }
            _ => Error::Sqlite(error),
        }
    }
}
