//! Records that speak of others: claims by whom they are made and what they are about, incidents by who
//! stands in them.

use std::collections::BTreeSet;

use rusqlite::params;
use throughline_flow::Local;
use throughline_model::{AsOf, Assertion, MentionId, Record, SubjectKind};

use crate::casebook::Casebook;
use crate::derived::locals::{ids_of_kind, mention_bits, mention_of, of_kind_in_documents};
use crate::error::Result;
use crate::records::{Listed, listed_row, named_records, spoken_of};

/// Up to so many documents are looked through one by one; for more, all that is of the kind.
const FEW: usize = 64;

impl Casebook {
    /// The records of a kind of which a value or a party is any of some mentions, as lists show them, by
    /// id. At present they come from rows that are kept.
    ///
    /// # Errors
    /// If the file cannot be read. For the present, records must be settled.
    pub fn near(
        &self,
        kind: SubjectKind,
        mentions: &BTreeSet<MentionId>,
        as_of: AsOf,
    ) -> Result<Vec<Listed>> {
        self.snapshot(|| {
            let rows = match self.is_kept(as_of) {
                true => self.near_now(kind, mentions)?,
                false => self.near_then(kind, mentions, as_of)?,
            };
            self.all_named(rows, as_of)
        })
    }

    fn near_now(&self, kind: SubjectKind, mentions: &BTreeSet<MentionId>) -> Result<Vec<Listed>> {
        // Ids of one kind lie side by side: of a group that half of all incidents name, only what is
        // of the kind is gone to.
        let mut statement = self.connection.prepare_cached(
            "SELECT r.record, r.name, r.published, r.mentions, r.held, r.names
             FROM (SELECT DISTINCT record FROM speaking
                   WHERE mention IN (SELECT value FROM json_each(?1))
                       AND record BETWEEN ?2 AND ?3) s
             CROSS JOIN record r ON r.record = s.record",
        )?;
        let (first, last) = ids_of_kind(kind);
        let mut rows = statement.query(params![as_array(mentions), first, last])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(listed_row(row)?);
        }
        found.sort_by_key(|listed| listed.id);
        Ok(found)
    }

    fn near_then(
        &self,
        kind: SubjectKind,
        mentions: &BTreeSet<MentionId>,
        as_of: AsOf,
    ) -> Result<Vec<Listed>> {
        let standing = self.standing(as_of)?;
        let heads = self.heads_near(kind, mentions, as_of)?;
        let mut met: BTreeSet<MentionId> = BTreeSet::new();
        let mut found = Vec::new();
        for head in &heads {
            if met.contains(head) {
                continue;
            }
            let loaded = self.load_around(*head, as_of)?;
            let records = named_records(&loaded, &standing, as_of);
            match loaded.folded() {
                // The records of a block come together: there may be many heads in one.
                None => {
                    let all = loaded.all().into_iter().flat_map(|local| &local.mentions);
                    met.extend(all.map(|one| one.id));
                }
                // One record alone, though others of its block may have been read with it.
                Some(_) => met.extend(records.iter().flat_map(|(record, _)| &record.mentions)),
            }
            let speaks =
                |record: &Record| spoken_of(&record.holdings).any(|id| mentions.contains(&id));
            let near = records.into_iter().filter(|(record, _)| speaks(record));
            found.extend(near.map(Listed::from));
        }
        found.sort_by_key(|listed| listed.id);
        found.dedup_by_key(|listed| listed.id);
        found.retain(|listed| listed.id.kind() == kind);
        Ok(found)
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
        let all = as_array(mentions);
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

/// Mentions as a list that a query takes.
fn as_array(mentions: &BTreeSet<MentionId>) -> String {
    let all: Vec<i64> = mentions.iter().map(|mention| mention_bits(*mention)).collect();
    serde_json::json!(all).to_string()
}

/// Whether a local says something of which any of some mentions is the value, the party or a speaker.
fn refers(local: &Local, mentions: &BTreeSet<MentionId>) -> bool {
    let is_one = |id: MentionId| {
        let head = local.referents.get(id).map(|referent| referent.head);
        mentions.contains(&id) || head.is_some_and(|head| mentions.contains(&head))
    };
    local.assertions.iter().flat_map(Assertion::referred).any(is_one)
}
