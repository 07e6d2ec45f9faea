//! Records that may speak of others: claims by whom they are made and what they are about.

use std::collections::BTreeSet;

use rusqlite::params;
use throughline_flow::Local;
use throughline_model::{AsOf, Assertion, MentionId, SubjectKind};

use crate::casebook::Casebook;
use crate::derived::locals::{mention_bits, mention_of, of_kind_in_documents};
use crate::error::Result;
use crate::records::{RecordRow, rows_of};

/// Up to so many documents are looked through one by one; for more, all that is of the kind.
const FEW: usize = 64;

impl Casebook {
    /// The records of a kind of which an assertion or a finding refers to any of some mentions; by id.
    /// Whether they speak of it as of these dates, and how, is for the caller to see.
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
            let heads = self.heads_near(kind, mentions, as_of)?;
            let mut met: BTreeSet<MentionId> = BTreeSet::new();
            let mut found = Vec::new();
            for head in &heads {
                if met.contains(head) {
                    continue;
                }
                let loaded = self.load_around(*head, as_of)?;
                let rows = rows_of(&loaded, &standing, as_of);
                match loaded.folded() {
                    // The records of a block come together: there may be many heads in one.
                    None => {
                        let all = loaded.all().into_iter().flat_map(|local| &local.mentions);
                        met.extend(all.map(|one| one.id));
                    }
                    // One record alone, though others of its block may have been read with it.
                    Some(_) => met.extend(rows.iter().flat_map(|row| &row.record.mentions)),
                }
                let near =
                    |row: &RecordRow| row.record.mentions.iter().any(|id| heads.contains(id));
                found.extend(rows.into_iter().filter(near));
            }
            found.sort_by_key(|row| row.record.id);
            found.dedup_by_key(|row| row.record.id);
            Ok(found)
        })
    }

    /// The first mentions of what is of a kind and refers to the mentions, in their own documents or
    /// from elsewhere.
    fn heads_near(
        &self,
        kind: SubjectKind,
        mentions: &BTreeSet<MentionId>,
        as_of: AsOf,
    ) -> Result<BTreeSet<MentionId>> {
        let judged = self.judged()?;
        let mut heads: BTreeSet<MentionId> =
            mentions.iter().flat_map(|mention| judged.referring(*mention)).collect();
        heads.retain(|head| head.kind() == kind);
        let all: Vec<i64> = mentions.iter().map(|mention| mention_bits(*mention)).collect();
        let all = serde_json::to_string(&all).unwrap_or_default();
        let (first, last) = (kind.prefix().to_owned(), format!("{}~", kind.prefix()));
        let mut elsewhere = self.connection.prepare_cached(
            "SELECT l.head FROM reference r JOIN local l ON l.local = r.local
             WHERE r.mention IN (SELECT value FROM json_each(?1)) AND l.block >= ?2 AND l.block < ?3",
        )?;
        let mut rows = elsewhere.query(params![all, first, last])?;
        while let Some(row) = rows.next()? {
            heads.insert(mention_of(row.get(0)?)?);
        }
        let documents: BTreeSet<i64> = self
            .connection
            .prepare_cached(
                "SELECT DISTINCT l.document FROM mention m JOIN local l ON l.local = m.local
                 WHERE m.mention IN (SELECT value FROM json_each(?1))",
            )?
            .query_map([&all], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let few = documents.len() <= FEW;
        let beside = of_kind_in_documents(&self.connection, &documents, few, kind, as_of)?;
        let own = beside.iter().filter(|local| refers(local, mentions));
        heads.extend(own.filter_map(|local| Some(local.mentions.first()?.id)));
        Ok(heads)
    }
}

/// Whether a local says something of which any of some mentions is the value, the party or a speaker.
fn refers(local: &Local, mentions: &BTreeSet<MentionId>) -> bool {
    let is_one = |id: MentionId| {
        let head = local.referents.get(id).map(|referent| referent.head);
        mentions.contains(&id) || head.is_some_and(|head| mentions.contains(&head))
    };
    local.assertions.iter().flat_map(Assertion::referred).any(is_one)
}
