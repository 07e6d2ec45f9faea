//! Records that speak of others: claims by whom they are made and what they are about.

use std::collections::BTreeSet;

use throughline_model::{AsOf, MentionId, SubjectKind};

use crate::casebook::Casebook;
use crate::error::Result;
use crate::locals::{mention_bits, mention_of};
use crate::records::RecordRow;

impl Casebook {
    /// The records of a kind of which an assertion or a finding refers to any of some mentions, by id.
    /// What they are said to be in relation to it is for the caller to see: some only quote it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn speaking_of(
        &self,
        kind: SubjectKind,
        mentions: &BTreeSet<MentionId>,
        as_of: AsOf,
    ) -> Result<Vec<RecordRow>> {
        self.snapshot(|| {
            let judged = self.judged()?;
            let mut heads: BTreeSet<MentionId> =
                mentions.iter().flat_map(|mention| judged.referring(*mention)).collect();
            heads.retain(|head| head.kind() == kind);
            let all: Vec<i64> = mentions.iter().map(|mention| mention_bits(*mention)).collect();
            let all = serde_json::to_string(&all).unwrap_or_default();
            let prefix = kind.prefix();
            let mut statement = self.connection.prepare_cached(
                "SELECT DISTINCT l.head FROM reference r JOIN local l ON l.local = r.local
                 WHERE r.mention IN (SELECT value FROM json_each(?1))
                 AND l.block >= ?2 AND l.block < ?3",
            )?;
            let mut rows = statement.query((all, prefix.to_owned(), format!("{prefix}~")))?;
            while let Some(row) = rows.next()? {
                heads.insert(mention_of(row.get(0)?)?);
            }
            let mut met: BTreeSet<MentionId> = BTreeSet::new();
            let mut found = Vec::new();
            for head in heads {
                if met.contains(&head) {
                    continue;
                }
                if let Some(row) = self.bare(head, as_of)? {
                    met.extend(row.record.mentions.iter().copied());
                    found.push(row);
                }
            }
            found.sort_by_key(|row| row.record.id);
            Ok(found)
        })
    }
}
