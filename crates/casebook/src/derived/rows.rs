//! Records of the present as rows: what lists show of each, and what else is kept by it.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};
use throughline_model::{Day, Edtf, MentionId, Record};

use crate::derived::locals::{mention_bits, mention_of};
use crate::error::Result;
use crate::records::day::happened;
use crate::records::spoken_of;

/// The tables that have rows of a record by its id, the record's own last.
const OF_RECORDS: [&str; 6] = [FOLDED, "whole", "weighed", "called", "speaking", "record"];

/// The table of what records consist of.
const FOLDED: &str = "folded";

/// The block of a record, and the days that lists go by.
#[derive(Clone, Debug)]
pub(crate) struct Bounds {
    pub(crate) block: String,
    /// The last day on which a document of the record was published.
    pub(crate) last: Day,
    /// The last day on which a document of the block was.
    pub(crate) until: Day,
    /// The first day on which anything in the block may have happened.
    pub(crate) earliest: Day,
}

/// All rows of a record, before they are kept.
pub(crate) struct Rows {
    record: Record,
    /// The names that its values refer to, as an object.
    names: String,
    held: String,
    bounds: Bounds,
    /// What counts ask of it, and the names that it goes by as they are compared.
    weighed: Vec<u8>,
    called: BTreeSet<String>,
    /// What is shown of it beyond lists, where it is kept.
    whole: Option<Vec<u8>>,
}

impl Rows {
    /// The rows of a record with the names that its values refer to.
    pub(crate) fn of(
        record: Record,
        names: &BTreeMap<MentionId, String>,
        bounds: Bounds,
        (weighed, called): (Vec<u8>, BTreeSet<String>),
        whole: Option<Vec<u8>>,
    ) -> Rows {
        let held = throughline_formats::write_holdings(&record.holdings);
        let names: BTreeMap<String, &String> =
            names.iter().map(|(id, name)| (id.to_string(), name)).collect();
        let names = serde_json::json!(names).to_string();
        Rows { record, names, held, bounds, weighed, called, whole }
    }

    /// The id of the record.
    pub(crate) fn id(&self) -> MentionId {
        self.record.id
    }

    /// Keeps them.
    pub(crate) fn keep(&self, connection: &Connection) -> Result<()> {
        keep(connection, self)?;
        let id = mention_bits(self.record.id);
        let Rows { record, bounds, .. } = self;
        connection
            .prepare_cached(
                "INSERT INTO weighed (record, block, since, last, holds, name, published, body)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                id,
                bounds.block,
                since(record).0,
                bounds.last.0,
                !record.holdings.is_empty(),
                record.name,
                record.first_published.as_ref().map(Edtf::as_str),
                self.weighed,
            ])?;
        for name in &self.called {
            connection
                .prepare_cached("INSERT INTO called (name, record) VALUES (?, ?)")?
                .execute(params![name, id])?;
        }
        if let Some(whole) = &self.whole {
            connection
                .prepare_cached("INSERT INTO whole (record, body) VALUES (?, ?)")?
                .execute(params![id, whole])?;
        }
        Ok(())
    }
}

/// The day from which on a record is in view.
fn since(record: &Record) -> Day {
    record.first_published.as_ref().map_or(Day::MAX, Edtf::latest)
}

fn keep(connection: &Connection, rows: &Rows) -> Result<()> {
    let Rows { record, names, held, bounds, .. } = rows;
    let id = mention_bits(record.id);
    connection
        .prepare_cached(
            "INSERT INTO record
                 (record, kind, block, name, published, happened, mentions, held, names,
                  since, last, until, earliest)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            id,
            record.id.kind() as i64,
            bounds.block,
            record.name,
            record.first_published.as_ref().map(Edtf::as_str),
            happened(record).map_or(Day::MAX, Edtf::order).0,
            i64::try_from(record.mentions.len()).unwrap_or(i64::MAX),
            held,
            names,
            since(record).0,
            bounds.last.0,
            bounds.until.0,
            bounds.earliest.0,
        ])?;
    let spoken_of: BTreeSet<MentionId> = spoken_of(&record.holdings).collect();
    for mention in spoken_of {
        connection
            .prepare_cached("INSERT INTO speaking (mention, record) VALUES (?, ?)")?
            .execute([mention_bits(mention), id])?;
    }
    Ok(())
}

/// Drops all that is kept of the record of this id.
pub(crate) fn drop_record(connection: &Connection, record: MentionId) -> Result<()> {
    OF_RECORDS.iter().try_for_each(|table| drop_in(connection, table, record))
}

/// Drops all that is kept of a record but whom it consists of.
pub(crate) fn drop_values(connection: &Connection, record: MentionId) -> Result<()> {
    let of_values = OF_RECORDS.iter().filter(|table| **table != FOLDED);
    of_values.copied().try_for_each(|table| drop_in(connection, table, record))
}

fn drop_in(connection: &Connection, table: &str, record: MentionId) -> Result<()> {
    let sql = format!("DELETE FROM {table} WHERE record = ?");
    connection.prepare_cached(&sql)?.execute([mention_bits(record)])?;
    Ok(())
}

/// The records of a block.
pub(crate) fn of_block(connection: &Connection, block: &str) -> Result<Vec<MentionId>> {
    let mut statement = connection.prepare_cached("SELECT record FROM record WHERE block = ?")?;
    let rows = statement.query_map([block], |row| row.get(0))?;
    rows.map(|record| mention_of(record?)).collect()
}

/// The block of a record and its days, if it is kept.
pub(crate) fn bounds(connection: &Connection, record: MentionId) -> Result<Option<Bounds>> {
    let found = connection
        .prepare_cached("SELECT block, last, until, earliest FROM record WHERE record = ?")?
        .query_row([mention_bits(record)], |row| {
            Ok(Bounds {
                block: row.get(0)?,
                last: Day(row.get(1)?),
                until: Day(row.get(2)?),
                earliest: Day(row.get(3)?),
            })
        })
        .optional()?;
    Ok(found)
}

/// Brings what the records of a block know of its days up to what they are.
pub(crate) fn bound(connection: &Connection, block: &str, until: Day, earliest: Day) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE record SET until = ?2, earliest = ?3
             WHERE block = ?1 AND (until <> ?2 OR earliest <> ?3)",
        )?
        .execute(params![block, until.0, earliest.0])?;
    Ok(())
}
