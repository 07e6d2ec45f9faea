//! Parts of lists, one after the other, and how much there is: what pages ask.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, params};
use throughline_model::{AsOf, Day, DocumentId, Edtf, Instant, Sha256, SubjectKind};
use throughline_weigh::Standing;

use crate::casebook::Casebook;
use crate::derived;
use crate::derived::unsettled;
use crate::documents::{DocumentRow, ROW, document_row};
use crate::error::Result;
use crate::records::{Listed, listed_row};

/// Where the ledger ends: names one state of the casebook, at no cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tip {
    /// How many entries there are.
    pub entries: i64,
    /// The last link of the chain.
    pub chain: Sha256,
}

/// How many documents a view holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Those in view.
    pub documents: u64,
    /// Those left out because they are undated.
    pub undated: u64,
}

/// Which part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// How many stand before it.
    pub from: usize,
    /// How many it has at most.
    pub many: usize,
}

impl Part {
    fn bounds(self) -> (i64, i64) {
        let column = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        (column(self.from), column(self.many))
    }
}

impl Casebook {
    /// Where the ledger ends.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn tip(&self) -> Result<Tip> {
        let last = self
            .connection
            .prepare_cached("SELECT seq, chain FROM ledger ORDER BY seq DESC LIMIT 1")?
            .query_row([], |row| Ok(Tip { entries: row.get(0)?, chain: Sha256(row.get(1)?) }))
            .optional()?;
        Ok(last.unwrap_or(Tip { entries: 0, chain: Sha256([0; 32]) }))
    }

    /// How many blocks of records wait to be derived anew ([`Casebook::settle`]).
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn unsettled(&self) -> Result<u64> {
        unsettled::count(&self.connection)
    }

    /// How many records of each kind there are at present.
    ///
    /// # Errors
    /// If the file cannot be read. Records must be settled.
    pub fn totals(&self) -> Result<Vec<(SubjectKind, u64)>> {
        let mut statement =
            self.connection.prepare_cached("SELECT count(*) FROM record WHERE kind = ?")?;
        SubjectKind::ALL
            .into_iter()
            .map(|kind| {
                let many: i64 = statement.query_row([kind as i64], |row| row.get(0))?;
                Ok((kind, many.unsigned_abs()))
            })
            .collect()
    }

    /// How many documents are in view, and how many left out because they are undated.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn extent(&self, as_of: AsOf) -> Result<Extent> {
        self.snapshot(|| {
            let standing = self.standing(as_of)?;
            let (by, until) = (as_of.recorded.map(|Instant(by)| by), as_of.published);
            // Without a bound on recording, the index over days has all that is asked.
            let count = |condition: &str, day: Day| -> Result<u64> {
                let bound = if by.is_some() { "AND recorded <= ?2" } else { "AND ?2 IS NULL" };
                let sql = format!("SELECT count(*) FROM document WHERE {condition} {bound}");
                let mut statement = self.connection.prepare_cached(&sql)?;
                let many: i64 = statement.query_row(params![day.0, by], |row| row.get(0))?;
                Ok(many.unsigned_abs())
            };
            let Some(until) = until else {
                return Ok(Extent { documents: count("day <= ?1", Day::MAX)?, undated: 0 });
            };
            // Undated ones have the last day there is, as have those whose date is open.
            let dated =
                if until < Day::MAX { "day <= ?1" } else { "since IS NOT NULL AND day <= ?1" };
            let mut extent = Extent {
                documents: count(dated, until)?,
                undated: self.undated(&standing, as_of)?,
            };
            // Those that judgments date are few, and stand elsewhere than their own row says.
            for (id, own) in self.dated_by_judgment(&standing, as_of)? {
                match (as_of.sees(own.as_ref()), as_of.sees(standing.dated(id))) {
                    (true, false) => extent.documents = extent.documents.saturating_sub(1),
                    (false, true) => extent.documents += 1,
                    _ => {}
                }
            }
            Ok(extent)
        })
    }

    /// The documents in view, by the day since which they are public, undated ones last, at most
    /// `limit`, and how many are left out because they are undated.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn documents(&self, as_of: AsOf, limit: usize) -> Result<(Vec<DocumentRow>, u64)> {
        self.snapshot(|| {
            let undated = self.undated(&*self.standing(as_of)?, as_of)?;
            Ok((self.documents_part_now(as_of, Part { from: 0, many: limit })?, undated))
        })
    }

    /// How many documents are left out of a view as of a day because they are undated.
    fn undated(&self, standing: &Standing, as_of: AsOf) -> Result<u64> {
        if as_of.published.is_none() {
            return Ok(0);
        }
        let by = as_of.recorded.map_or(i64::MAX, |Instant(by)| by);
        let own: i64 = self
            .connection
            // The index over days finds them: they have the last day there is.
            .prepare_cached(
                "SELECT count(*) FROM document WHERE day = ? AND since IS NULL AND recorded <= ?",
            )?
            .query_row(params![Day::MAX.0, by], |row| row.get(0))?;
        let judged = self.dated_by_judgment(standing, as_of)?;
        let judged = judged.iter().filter(|(_, own)| own.is_none()).count() as u64;
        Ok(own.unsigned_abs().saturating_sub(judged))
    }

    /// The documents recorded in view that judgments date, with their own date.
    fn dated_by_judgment(
        &self,
        standing: &Standing,
        as_of: AsOf,
    ) -> Result<Vec<(DocumentId, Option<Edtf>)>> {
        let mut found = Vec::new();
        for id in standing.all_dated() {
            if derived::recorded(&self.connection, id)?.is_some_and(|then| as_of.recalls(then)) {
                found.push((id, derived::about(&self.connection, id)?.since));
            }
        }
        Ok(found)
    }

    /// A part of the documents in view, in the order of [`Casebook::documents`].
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn documents_part(&self, as_of: AsOf, part: Part) -> Result<Vec<DocumentRow>> {
        self.snapshot(|| self.documents_part_now(as_of, part))
    }

    fn documents_part_now(&self, as_of: AsOf, part: Part) -> Result<Vec<DocumentRow>> {
        let standing = self.standing(as_of)?;
        // Those that judgments date are few, and stand elsewhere than their own row says.
        let mut judged: Vec<DocumentRow> = Vec::new();
        for id in standing.all_dated() {
            judged.extend(self.document_row(id, as_of)?);
        }
        let place = |row: &DocumentRow| (row.since.as_ref().map_or(Day::MAX, Edtf::latest), row.id);
        judged.sort_by_key(place);
        let dated: Vec<i64> = standing.all_dated().map(crate::ledger::bits).collect();
        // Each of those judged moves the others by one place at most.
        let start = part.from.saturating_sub(judged.len());
        let wanted = Part { from: start, many: (part.from - start).saturating_add(part.many) };
        let (from, many) = wanted.bounds();
        let by = as_of.recorded.map(|Instant(by)| by);
        let bound = if by.is_some() { "AND recorded <= ?2" } else { "AND ?2 IS NULL" };
        // Undated ones have the last day there is, as have those whose date is open.
        let dates = match as_of.published {
            Some(Day::MAX) => "AND since IS NOT NULL",
            _ => "",
        };
        // The index over days passes over what stands before, without going to each document.
        let sql = format!(
            "SELECT {ROW}
             FROM (SELECT document AS own FROM document
                   WHERE day <= ?1 {bound} {dates}
                     AND document NOT IN (SELECT value FROM json_each(?3))
                   ORDER BY day, document LIMIT ?4 OFFSET ?5)
             JOIN document d ON d.document = own ORDER BY d.day, d.document"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params![
            as_of.published.unwrap_or(Day::MAX).0,
            by,
            serde_json::json!(dated).to_string(),
            many,
            from,
        ])?;
        let mut found: Vec<DocumentRow> = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(document_row(row, &standing)?);
        }
        let before = match found.first().map(place) {
            Some(first) if start > 0 => judged.iter().filter(|row| place(row) < first).count(),
            // Past the end, or from the beginning on.
            None if start > 0 => judged.len(),
            _ => 0,
        };
        found.extend(judged.into_iter().skip(before));
        found.sort_by_key(place);
        let skipped = part.from.saturating_sub(start + before);
        found.into_iter().skip(skipped).take(part.many).map(|row| self.recall(row, as_of)).collect()
    }

    /// The documents in view that were published last, newest first; those without a day, and those
    /// that a judgment dates, left out.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn latest(&self, as_of: AsOf, many: usize) -> Result<Vec<DocumentRow>> {
        self.snapshot(|| {
            let standing = self.standing(as_of)?;
            let dated: BTreeSet<DocumentId> = standing.all_dated().collect();
            let sql = format!(
                "SELECT {ROW} FROM document d
                 WHERE recorded <= ?1 AND day <= ?2 ORDER BY day DESC, document DESC"
            );
            let mut statement = self.connection.prepare_cached(&sql)?;
            let until = as_of.published.unwrap_or(Day::MAX).0.min(Day::MAX.0 - 1);
            let mut rows = statement.query(params![recorded_by(as_of), until])?;
            let mut found = Vec::new();
            while found.len() < many
                && let Some(row) = rows.next()?
            {
                let row = document_row(row, &standing)?;
                if !dated.contains(&row.id) {
                    found.push(self.recall(row, as_of)?);
                }
            }
            Ok(found)
        })
    }

    /// A part of [`Casebook::listed`].
    ///
    /// # Errors
    /// If the file cannot be read. For the present, records must be settled.
    pub fn listed_part(&self, kind: SubjectKind, as_of: AsOf, part: Part) -> Result<Vec<Listed>> {
        if !as_of.is_present() || self.is_blind() {
            let many = part.from.saturating_add(part.many);
            return Ok(self.listed(kind, as_of, many)?.into_iter().skip(part.from).collect());
        }
        let mut statement = self.connection.prepare_cached(
            "SELECT record, name, published, mentions, held, names FROM record
             WHERE kind = ? ORDER BY happened, record LIMIT ? OFFSET ?",
        )?;
        let (from, many) = part.bounds();
        let mut rows = statement.query(params![kind as i64, many, from])?;
        let mut listed = Vec::new();
        while let Some(row) = rows.next()? {
            listed.push(listed_row(row)?);
        }
        self.all_named(listed, as_of)
    }
}

fn recorded_by(as_of: AsOf) -> i64 {
    as_of.recorded.map_or(i64::MAX, |Instant(by)| by)
}
