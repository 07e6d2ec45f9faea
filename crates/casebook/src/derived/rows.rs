//! Records of the present as rows: what lists show of each, and what else is kept by it.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};
use throughline_model::{Day, Edtf, MentionId, Record};

use crate::derived::locals::mention_bits;
use crate::error::Result;
use crate::records::day::happened;
use crate::records::spoken_of;

/// The tables that have rows of a record by its id, the record's own last.
const OF_RECORDS: [&str; 5] = ["folded", "whole", "weighed", "speaking", "record"];

/// The block of a record, and the days that lists go by.
pub(crate) struct Bounds<'b> {
    pub(crate) block: &'b str,
    /// The last day on which a document of the record was published.
    pub(crate) last: Day,
    /// The last day on which a document of the block was.
    pub(crate) until: Day,
    /// The first day on which anything in the block may have happened.
    pub(crate) earliest: Day,
}

/// Keeps a record, with the names that its values refer to.
pub(crate) fn keep(
    connection: &Connection,
    record: &Record,
    names: &BTreeMap<MentionId, String>,
    bounds: &Bounds,
) -> Result<()> {
    let names: BTreeMap<String, &String> =
        names.iter().map(|(id, name)| (id.to_string(), name)).collect();
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
            throughline_formats::write_holdings(&record.holdings),
            serde_json::json!(names).to_string(),
            record.first_published.as_ref().map_or(Day::MAX, Edtf::latest).0,
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

/// Drops all that is kept of the records of a block.
pub(crate) fn drop_block(connection: &Connection, block: &str) -> Result<()> {
    for table in OF_RECORDS {
        let sql = format!(
            "DELETE FROM {table} WHERE record IN (SELECT record FROM record WHERE block = ?)"
        );
        connection.prepare_cached(&sql)?.execute([block])?;
    }
    Ok(())
}

/// Drops all that is kept of the record of this id.
pub(crate) fn drop_record(connection: &Connection, record: MentionId) -> Result<()> {
    for table in OF_RECORDS {
        let sql = format!("DELETE FROM {table} WHERE record = ?");
        connection.prepare_cached(&sql)?.execute([mention_bits(record)])?;
    }
    Ok(())
}
