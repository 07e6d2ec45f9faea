//! Documents one after the other, for whoever works through them.

use rusqlite::params;
use throughline_model::DocumentId;

use crate::casebook::Casebook;
use crate::error::Result;
use crate::ledger::{bits, document_of};

impl Casebook {
    /// The documents after one, or from the first on, by the day since which their own words are
    /// public, undated ones last; at most so many. A date that somebody gave moves none of them.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn documents_after(
        &self,
        after: Option<DocumentId>,
        most: usize,
    ) -> Result<Vec<DocumentId>> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let sql = "SELECT document FROM document
                   WHERE (day, document) >
                         (ifnull((SELECT day FROM document WHERE document = ?1), ?3),
                          ifnull(?1, ?3))
                   ORDER BY day, document LIMIT ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![after.map(bits), most, i64::MIN])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(document_of(row.get(0)?));
        }
        Ok(found)
    }
}
