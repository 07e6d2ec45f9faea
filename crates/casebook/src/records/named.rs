//! Records by their names.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension, params};
use throughline_model::{AsOf, Day, DocumentId, Holding, Instant, MentionId, SubjectKind};
use throughline_resolve::normal;

use crate::casebook::Casebook;
use crate::derived;
use crate::derived::locals;
use crate::documents::search::terms;
use crate::error::Result;
use crate::ledger::{bits, document_of};
use crate::records::{Listed, listed_row, named_records, spoken_of};

/// Through how many documents records are looked for.
const DOCUMENTS: i64 = 400;

impl Casebook {
    /// Records of a kind whose name holds all the words, most mentioned first, at most `many`. They
    /// are looked for in 400 documents that hold these words: every record is named in some document, and
    /// the names of all records are not read one after the other.
    ///
    /// # Errors
    /// If the file cannot be read. Records must be settled.
    pub fn named(
        &self,
        kind: SubjectKind,
        words: &str,
        as_of: AsOf,
        many: usize,
    ) -> Result<Vec<Listed>> {
        self.snapshot(|| self.named_now(kind, words, as_of, many))
    }

    fn named_now(
        &self,
        kind: SubjectKind,
        words: &str,
        as_of: AsOf,
        many: usize,
    ) -> Result<Vec<Listed>> {
        let terms = terms(words);
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        let wanted: Vec<String> = terms.iter().map(|term| normal(term)).collect();
        let fits = |name: &str| {
            let name = normal(name);
            wanted.iter().all(|word| name.contains(word.as_str()))
        };
        let query: Vec<String> = terms.iter().map(|term| format!("\"{term}\"")).collect();
        let (standing, ties) = (self.standing(as_of)?, self.ties()?);
        let dated: Vec<i64> = standing.all_dated().map(bits).collect();
        let mut statement = self.connection.prepare_cached(
            "SELECT d.document FROM words w JOIN document d ON d.document = w.rowid
             WHERE words MATCH ?1 AND d.recorded <= ?2
               AND (d.day <= ?3 OR d.document IN (SELECT value FROM json_each(?4)))
             LIMIT ?5",
        )?;
        let found: Vec<i64> = statement
            .query_map(
                params![
                    query.join(" AND "),
                    as_of.recorded.map_or(i64::MAX, |Instant(by)| by),
                    as_of.published.unwrap_or(Day::MAX).0,
                    serde_json::json!(dated).to_string(),
                    DOCUMENTS,
                ],
                |row| row.get(0),
            )?
            .collect::<rusqlite::Result<_>>()?;
        // A record is called what one of its mentions is called.
        let mut blocks: BTreeSet<String> = BTreeSet::new();
        for document in found.into_iter().map(document_of) {
            let locals = locals::of_kind_in_document(&self.connection, document, kind, as_of)?;
            let called = locals
                .into_iter()
                .filter(|local| local.mentions.iter().any(|mention| fits(&mention.name)));
            blocks.extend(called.map(|local| local.block.as_str().to_owned()));
        }
        let mut rows: BTreeMap<MentionId, Listed> = BTreeMap::new();
        let mut done: BTreeSet<String> = BTreeSet::new();
        for block in blocks {
            if done.contains(&block) {
                continue;
            }
            let closed = derived::closure(&ties, [block]);
            let own = match as_of.is_present() && !self.is_blind() {
                true => self.rows_of_blocks(&closed)?,
                false => {
                    let locals = self.load(&closed, as_of)?;
                    let records = named_records(&locals, &standing, as_of);
                    records.into_iter().map(Listed::from).collect()
                }
            };
            let own = own.into_iter().filter(|row| row.id.kind() == kind && fits(&row.name));
            rows.extend(own.map(|row| (row.id, row)));
            done.extend(closed);
        }
        let mut rows: Vec<Listed> = rows.into_values().collect();
        rows.sort_by_key(|row| (std::cmp::Reverse(row.mentions), row.id));
        rows.truncate(many);
        self.all_named(rows, as_of)
    }

    /// What a mention is called in its document; `None` if no document mentions it now.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn called(&self, mention: MentionId) -> Result<Option<String>> {
        let Some(document) = self.document_of_mention(mention)? else { return Ok(None) };
        let present = AsOf::default();
        let own = locals::of_kind_in_document(&self.connection, document, mention.kind(), present)?;
        Ok(own
            .into_iter()
            .flat_map(|local| local.mentions)
            .find(|one| one.id == mention)
            .map(|one| one.name))
    }

    /// The same, if its document is in view as of two dates; of what only a removed document spoke of, that it
    /// is so.
    pub(crate) fn called_in_view(&self, mention: MentionId, as_of: AsOf) -> Result<Option<String>> {
        if self.judged()?.tombstones().successors().is_lost(mention) {
            return Ok(Some(format!("{} of a removed document", mention.kind().name())));
        }
        let document = self.document_of_mention(mention)?;
        let row = document.map(|document| self.document_row(document, as_of)).transpose()?;
        match row.flatten() {
            Some(_) => self.called(mention),
            None => Ok(None),
        }
    }

    /// Names the mentions of other documents that values and parties are, as these documents call them
    /// where they are in view: such a name is in no row, since it is not for the record's own documents
    /// to say.
    pub(crate) fn name_others(
        &self,
        holdings: &[Holding],
        names: &mut BTreeMap<MentionId, String>,
        as_of: AsOf,
    ) -> Result<()> {
        for id in spoken_of(holdings) {
            if !names.contains_key(&id)
                && let Some(name) = self.called_in_view(id, as_of)?
            {
                names.insert(id, name);
            }
        }
        Ok(())
    }

    /// The same in rows of a list.
    pub(crate) fn all_named(&self, mut rows: Vec<Listed>, as_of: AsOf) -> Result<Vec<Listed>> {
        for row in &mut rows {
            self.name_others(&row.holdings, &mut row.names, as_of)?;
        }
        Ok(rows)
    }

    fn document_of_mention(&self, mention: MentionId) -> Result<Option<DocumentId>> {
        let document: Option<i64> = self
            .connection
            .prepare_cached(
                "SELECT l.document FROM mention m JOIN local l ON l.local = m.local
                 WHERE m.mention = ? LIMIT 1",
            )?
            .query_row([locals::mention_bits(mention)], |row| row.get(0))
            .optional()?;
        Ok(document.map(document_of))
    }

    /// What lists show of the records of some blocks at present.
    fn rows_of_blocks(&self, blocks: &BTreeSet<String>) -> Result<Vec<Listed>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT record, name, published, mentions, held, names FROM record WHERE block = ?",
        )?;
        let mut found = Vec::new();
        for block in blocks {
            let mut rows = statement.query([block])?;
            while let Some(row) = rows.next()? {
                found.push(listed_row(row)?);
            }
        }
        Ok(found)
    }
}
