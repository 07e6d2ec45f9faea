//! The derived tables, made empty, known to be of this version, and made anew.

use rusqlite::{Connection, OptionalExtension};

use crate::derived::words::Words;
use crate::derived::{self, beside, parsed, settling};
use crate::documents::pictures::{self, Looks};
use crate::error::Result;
use crate::ledger;
use crate::ledger::judged::Judged;
use crate::schema;

/// So many bytes of payloads, packed, are parsed at once.
const AT_ONCE: usize = 64 << 10;

/// So many of these weigh as much as what a document says of one subject.
const A_LOCAL: usize = 64;

/// So many KiB of the file are held meanwhile: most rows come in no order of their ids, and a page that is
/// not held is written again for each of its rows.
const HELD_KIB: i64 = 384_000;

/// Makes the derived tables, empty.
pub(crate) fn create_derived(connection: &Connection) -> Result<()> {
    connection.execute_batch(schema::DERIVED)?;
    connection.execute("INSERT INTO derivation (version) VALUES (?)", [schema::DERIVATION])?;
    Ok(())
}

/// Whether the derived tables are those that this version of the program makes.
pub(crate) fn is_derived_here(connection: &Connection) -> Result<bool> {
    let known = connection
        .query_row("SELECT 1 FROM sqlite_schema WHERE name = 'derivation'", [], |_| Ok(()))
        .optional()?;
    if known.is_none() {
        return Ok(false);
    }
    let version: Option<i64> =
        connection.query_row("SELECT version FROM derivation", [], |row| row.get(0)).optional()?;
    Ok(version == Some(schema::DERIVATION))
}

/// Drops the derived tables and derives them from the ledger.
pub(crate) fn rebuild(connection: &Connection, looks: Looks) -> Result<()> {
    let held: i64 = connection.pragma_query_value(None, "cache_size", |row| row.get(0))?;
    connection.pragma_update(None, "cache_size", -HELD_KIB)?;
    let done = make_anew(connection, looks);
    connection.pragma_update(None, "cache_size", held)?;
    done
}

fn make_anew(connection: &Connection, looks: Looks) -> Result<()> {
    let kept = pictures::set_aside(connection, looks)?;
    let tables = schema::COMPARED.iter().map(|(table, _)| *table).chain([
        "derivation",
        "unsettled",
        "touched",
        "words",
    ]);
    for table in tables {
        connection.execute_batch(&format!("DROP TABLE IF EXISTS {table}"))?;
    }
    create_derived(connection)?;
    pictures::look_at_all(connection, kept)?;
    let mut judged = Judged::none(connection)?;
    let gone = judged.tombstones().clone();
    let mut words = Words::default();
    let mut entries = ledger::all(connection)?;
    let mut rows = entries.query([])?;
    beside::each(
        std::iter::from_fn(|| ledger::packed(&mut rows, AT_ONCE).transpose()),
        |packed| packed.iter().map(|one| 1 + one.len() / A_LOCAL).sum(),
        |packed| parsed::parsed(packed, &gone),
        |parsed| {
            parsed?.into_iter().try_for_each(|(entry, parsed)| {
                derived::apply(connection, &entry, parsed, &mut judged, &mut words)
            })
        },
    )?;
    words.enter(connection)?;
    let ties = derived::ties(connection, &judged)?;
    while settling::settle(connection, &judged, &ties, 10_000)? > 0 {}
    Ok(())
}
