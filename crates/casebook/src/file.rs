//! The file of a casebook: opened, made where there is none, known for what it is, and asked quickly.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior};

use crate::derived::rebuilding;
use crate::error::{Error, Result};
use crate::schema;

/// So many statements are kept ready: more than there are.
const STATEMENTS: usize = 256;

/// Keeps statements and what they sort in memory, each as it was first prepared.
///
/// Of tables with an index over some of their rows, SQLite would prepare statements again with every
/// other value that is asked for, which is most of what a short question costs; no plan here hangs on
/// a value.
pub(crate) fn make_quick(connection: &Connection) -> Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(())
}

/// Opens a file by its path, whatever it is called.
pub(crate) fn open_file(path: &Path, flags: OpenFlags) -> Result<Connection> {
    if path.metadata().is_ok_and(|about| !about.is_file()) {
        return Err(Error::NotAFile(path.to_owned()));
    }
    // SQLite takes some names for something else than a file: ":memory:", "file:a?mode=memory" and
    // the empty one. What was stored there would be gone at the end.
    let named = Path::new(".").join(path);
    Connection::open_with_flags(named, flags).map_err(|error| match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::CannotOpen) => Error::CannotOpen(path.to_owned()),
        _ => error.into(),
    })
}

pub(crate) fn create_tables(connection: &mut Connection, path: &Path) -> Result<()> {
    if !is_empty(connection, path)? {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have made it while this one waited.
    if is_empty(&transaction, path)? {
        transaction.execute_batch(schema::KEPT)?;
        transaction.execute_batch(schema::KEPT_SINCE_2)?;
        rebuilding::create_derived(&transaction)?;
        transaction.pragma_update(None, "application_id", schema::APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", schema::VERSION)?;
    }
    transaction.commit()?;
    Ok(())
}

/// Brings a casebook of an earlier format up to this one: a table more, and nothing else. What a
/// document of an earlier format does not say is unknown.
pub(crate) fn add_what_is_kept(connection: &Connection) -> Result<()> {
    let found = |connection: &Connection| -> Result<i32> {
        Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
    };
    if found(connection)? == schema::VERSION {
        return Ok(());
    }
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    if found(&transaction)? < schema::VERSION {
        transaction.execute_batch(schema::KEPT_SINCE_2)?;
        transaction.pragma_update(None, "user_version", schema::VERSION)?;
    }
    transaction.commit()?;
    Ok(())
}

/// Whether there is no table and no mark of any program: an empty file, or one whose first step
/// was cut short.
fn is_empty(connection: &Connection, path: &Path) -> Result<bool> {
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema) AND application_id = 0
               FROM pragma_application_id";
    connection
        .query_row(sql, [], |row| row.get(0))
        .map_err(|error| not_a_database(error.into(), path))
}

pub(crate) fn check_format(connection: &Connection, path: &Path) -> Result<()> {
    let id: Option<i32> = connection
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .optional()
        .map_err(|error| not_a_database(error.into(), path))?;
    if id != Some(schema::APPLICATION_ID) {
        if is_empty(connection, path)? {
            return Err(Error::Empty(path.to_owned()));
        }
        return Err(Error::NotACasebook(path.to_owned()));
    }
    let found: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match found.cmp(&schema::VERSION) {
        std::cmp::Ordering::Greater => {
            Err(Error::Newer { path: path.to_owned(), found, known: schema::VERSION })
        }
        _ => Ok(()),
    }
}

fn not_a_database(error: Error, path: &Path) -> Error {
    match &error {
        Error::Sqlite(cause)
            if cause.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) =>
        {
            Error::NotACasebook(path.to_owned())
        }
        _ => error,
    }
}
