//! One record as of two dates, without its evidence.

use throughline_flow::derive_one;
use throughline_model::{AsOf, MentionId, Record};

use crate::casebook::Casebook;
use crate::derived::unsettled;
use crate::derived::{self, folds, locals};
use crate::error::Result;
use crate::records::{Listed, RecordRow, listed_row, mentioned};

impl Casebook {
    /// The record that a mention belongs to as of two dates, without the texts of its evidence;
    /// `None` if the mention is out of view.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn bare(&self, mention: MentionId, as_of: AsOf) -> Result<Option<RecordRow>> {
        self.snapshot(|| {
            let standing = self.standing(as_of)?;
            let loaded = self.load_around(mention, as_of)?;
            let all = loaded.all();
            let derived = derive_one(&all, loaded.folded(), &standing, as_of, mention);
            let Some((record, _)) = derived else { return Ok(None) };
            let names = self.names_of_one(&record, &all, &standing, as_of)?;
            let mentioned = mentioned(&all);
            let own = record.mentions.iter().filter_map(|id| Some((*id, *mentioned.get(id)?)));
            let mentions = own.map(|(id, (at, name))| (id, (at, name.to_owned()))).collect();
            Ok(Some(RecordRow { record, names, mentions }))
        })
    }

    /// The record that a mention belongs to as of two dates, as it is weighed: its values with all
    /// assertions behind them. At present it takes no longer for a subject of very many documents.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn weighed(&self, mention: MentionId, as_of: AsOf) -> Result<Option<Record>> {
        self.snapshot(|| {
            if let Some(whole) = self.whole(mention, as_of)? {
                return Ok(Some(whole.record));
            }
            let loaded = self.load_around(mention, as_of)?;
            let standing = self.standing(as_of)?;
            let derived = derive_one(&loaded.all(), loaded.folded(), &standing, as_of, mention);
            Ok(derived.map(|(record, _)| record))
        })
    }

    /// The record that a mention belongs to as of two dates, as lists show it; `None` if the mention is
    /// out of view.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn listed_one(&self, mention: MentionId, as_of: AsOf) -> Result<Option<Listed>> {
        self.snapshot(|| match self.kept_row(mention, as_of)? {
            Some(listed) => Ok(self.all_named(vec![listed], as_of)?.pop()),
            None => Ok(self.bare(mention, as_of)?.map(Listed::from)),
        })
    }

    /// The row of a mention's record, where it is kept and the mention can stand in no other.
    fn kept_row(&self, mention: MentionId, as_of: AsOf) -> Result<Option<Listed>> {
        if !self.is_kept(as_of) {
            return Ok(None);
        }
        let blocks = locals::blocks_now(&self.connection, mention)?;
        let [block] = &blocks[..] else { return Ok(None) };
        // Records that judgments tie to others may stand in another block.
        let tied = derived::closure(&*self.ties()?, [block.clone()]).len() > 1;
        if tied || unsettled::is_there(&self.connection, block)? {
            return Ok(None);
        }
        let mut records = folds::records_of(&self.connection, mention)?;
        if records.is_empty() {
            records = self
                .connection
                .prepare_cached("SELECT record FROM record WHERE block = ? LIMIT 2")?
                .query_map([block], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
        }
        let [record] = records[..] else { return Ok(None) };
        let mut statement = self.connection.prepare_cached(
            "SELECT record, name, published, mentions, held, names FROM record WHERE record = ?",
        )?;
        let mut rows = statement.query([record])?;
        rows.next()?.map(listed_row).transpose()
    }
}
