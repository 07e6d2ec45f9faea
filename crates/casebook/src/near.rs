//! Records that may speak of others: claims by whom they are made and what they are about.

use std::collections::BTreeSet;

use rusqlite::params;
use throughline_model::{AsOf, MentionId, SubjectKind};

use crate::casebook::Casebook;
use crate::error::Result;
use crate::locals::{mention_bits, mention_of};
use crate::records::{RecordRow, rows_of};

/// Up to so many documents are looked through one by one; for more, all that is of the kind.
const FEW: usize = 64;

impl Casebook {
    /// The records of a kind that stand in a document with any of some mentions, or of which an
    /// assertion or a finding refers to one from elsewhere; by id. Whether and how they speak of it is
    /// for the caller to see.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn near(
        &self,
        kind: SubjectKind,
        mentions: &BTreeSet<MentionId>,
        as_of: AsOf,
    ) -> Result<Vec<RecordRow>> {
        self.snapshot(|| {
            let standing = self.standing(as_of)?;
            let heads = self.heads_near(kind, mentions)?;
            let mut met: BTreeSet<MentionId> = BTreeSet::new();
            let mut found = Vec::new();
            for head in &heads {
                if met.contains(head) {
                    continue;
                }
                // The records of a block come together: there may be many heads in one.
                let loaded = self.load_around(*head, as_of)?;
                met.extend(loaded.all().iter().flat_map(|local| &local.mentions).map(|one| one.id));
                let near =
                    |row: &RecordRow| row.record.mentions.iter().any(|id| heads.contains(id));
                found.extend(rows_of(&loaded, &standing, as_of).into_iter().filter(near));
            }
            found.sort_by_key(|row| row.record.id);
            found.dedup_by_key(|row| row.record.id);
            Ok(found)
        })
    }

    /// The first mentions of what is of a kind in those documents, and of what refers to the mentions
    /// from elsewhere.
    fn heads_near(
        &self,
        kind: SubjectKind,
        mentions: &BTreeSet<MentionId>,
    ) -> Result<BTreeSet<MentionId>> {
        let judged = self.judged()?;
        let mut heads: BTreeSet<MentionId> =
            mentions.iter().flat_map(|mention| judged.referring(*mention)).collect();
        heads.retain(|head| head.kind() == kind);
        let all: Vec<i64> = mentions.iter().map(|mention| mention_bits(*mention)).collect();
        let all = serde_json::to_string(&all).unwrap_or_default();
        let (first, last) = (kind.prefix().to_owned(), format!("{}~", kind.prefix()));
        let mut take = |sql: &str, bound: &[&dyn rusqlite::ToSql]| -> Result<()> {
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut rows = statement.query(bound)?;
            while let Some(row) = rows.next()? {
                heads.insert(mention_of(row.get(0)?)?);
            }
            Ok(())
        };
        take(
            "SELECT l.head FROM reference r JOIN local l ON l.local = r.local
             WHERE r.mention IN (SELECT value FROM json_each(?1)) AND l.block >= ?2 AND l.block < ?3",
            params![all, first, last],
        )?;
        let documents: BTreeSet<i64> = self
            .connection
            .prepare_cached(
                "SELECT DISTINCT l.document FROM mention m JOIN local l ON l.local = m.local
                 WHERE m.mention IN (SELECT value FROM json_each(?1))",
            )?
            .query_map([&all], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let documents_json = serde_json::to_string(&documents).unwrap_or_default();
        let sql = match documents.len() <= FEW {
            true => {
                "SELECT head FROM local WHERE document IN (SELECT value FROM json_each(?1))
                 AND block >= ?2 AND block < ?3"
            }
            // A group may be named in every document: there are fewer claims than documents.
            false => {
                "SELECT head FROM local INDEXED BY local_block WHERE block >= ?2 AND block < ?3
                 AND document IN (SELECT value FROM json_each(?1))"
            }
        };
        take(sql, params![documents_json, first, last])?;
        Ok(heads)
    }
}
