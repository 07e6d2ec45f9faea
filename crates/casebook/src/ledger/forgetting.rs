//! Removals: a document goes with the judgments on what it says, and a tombstone stays.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use throughline_model::{Act, AsOf, DocumentId, Judgment, JudgmentId, MentionId};

use crate::casebook::Casebook;
use crate::derived::{self, locals};
use crate::error::{Error, Result};
use crate::ledger::judged::Judged;
use crate::ledger::tombstones::{Successors, Tombstone};
use crate::ledger::{self, Entry, EntryKind, Writer, bits};

/// How many judgments on a removed document, or on what it speaks of, went with it or stayed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// Judgments on its words, its date, and on subjects of which no other document speaks.
    pub gone: usize,
    /// Judgments on subjects of which other documents speak too.
    pub stay: usize,
}

/// What becomes of a judgment when a document goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Fate {
    /// It has nothing to do with the document.
    #[default]
    Untouched,
    /// It goes with the document.
    Goes,
    /// It stays, on what stands for the mentions that go.
    Stays,
}

/// A document that is to go.
struct Going {
    document: DocumentId,
    own: BTreeSet<MentionId>,
    /// What stands for its mentions, where others speak of the same subject.
    successors: Successors,
    /// Those of its mentions of which a person, and not the program, said that they are one with what
    /// stands for them.
    tied: BTreeSet<MentionId>,
    /// What becomes of the judgments that it touches.
    fates: BTreeMap<JudgmentId, Fate>,
}

impl Going {
    fn of(casebook: &Casebook, document: DocumentId, judged: &Judged) -> Result<Going> {
        let own = locals::mentions_of(&casebook.connection, document)?;
        let links = throughline_flow::links(&*casebook.standing(AsOf::default())?);
        let mut successors = BTreeMap::new();
        let mut tied = BTreeSet::new();
        for mention in &own {
            if successors.contains_key(mention) {
                continue;
            }
            let Some(record) = casebook.weighed(*mention, AsOf::default())? else { continue };
            let others = || record.mentions.iter().copied().filter(|other| !own.contains(other));
            let Some(first) = others().next() else { continue };
            for one in record.mentions.iter().copied().filter(|one| own.contains(one)) {
                let reach = links.reach(one);
                let judged = others().find(|other| reach.contains(other));
                tied.extend(judged.map(|_| one));
                successors.insert(one, judged.unwrap_or(first));
            }
        }
        let (successors, fates) = (Successors::of(successors), BTreeMap::new());
        let mut going = Going { document, own, successors, tied, fates };
        for (judgment, _) in judged.all() {
            match going.fate(&casebook.connection, judgment, judged)? {
                Fate::Untouched => {}
                fate => _ = going.fates.insert(judgment.id, fate),
            }
        }
        going.undone(judged);
        Ok(going)
    }

    /// An undo of nothing but what goes, goes with it; so may an undo of that.
    fn undone(&mut self, judged: &Judged) {
        let goes = |fates: &BTreeMap<JudgmentId, Fate>, id| fates.get(id) == Some(&Fate::Goes);
        let undos = judged.all().filter(|(one, _)| matches!(one.act, Act::Undo));
        let mut open: Vec<&Judgment> = undos.map(|(judgment, _)| judgment).collect();
        loop {
            let (gone, rest): (Vec<&Judgment>, Vec<&Judgment>) = open
                .into_iter()
                .partition(|undo| undo.supersedes.iter().all(|id| goes(&self.fates, id)));
            if gone.is_empty() {
                return;
            }
            self.fates.extend(gone.into_iter().map(|undo| (undo.id, Fate::Goes)));
            open = rest;
        }
    }

    fn fate(&self, connection: &Connection, judgment: &Judgment, judged: &Judged) -> Result<Fate> {
        for assertion in judgment.assertions() {
            if derived::document_judged(connection, assertion, judged)? == Some(self.document) {
                return Ok(Fate::Goes);
            }
        }
        if matches!(judgment.act, Act::Dated { document, .. } if document == self.document) {
            return Ok(Fate::Goes);
        }
        let own: Vec<MentionId> =
            judgment.mentions().filter(|mention| self.own.contains(mention)).collect();
        let stands_for = |mention: MentionId| self.successors.stands_for(mention);
        // Where others speak of the same subject too.
        let spoken_of = own.iter().all(|mention| stands_for(*mention) != *mention);
        let stays = match judgment.act {
            _ if own.is_empty() => return Ok(Fate::Untouched),
            Act::Unrelated(a, b) => spoken_of && stands_for(a) != stands_for(b),
            Act::Same(a, b) | Act::NotSame(a, b) | Act::Unsure(a, b) => {
                let judged = own.iter().all(|mention| self.tied.contains(mention));
                judged && stands_for(a) != stands_for(b)
            }
            _ => spoken_of,
        };
        Ok(if stays { Fate::Stays } else { Fate::Goes })
    }

    /// The entries whose payloads go: the document's capture, its readings, and judgments.
    fn entries(&self, connection: &Connection, judged: &Judged) -> Result<Vec<i64>> {
        let mut seqs: Vec<i64> = connection
            .prepare("SELECT seq FROM ledger WHERE document = ? AND kind <> 'removal'")?
            .query_map([bits(self.document)], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for entry in ledger::entries(connection, &[EntryKind::Judgment, EntryKind::Held], None)? {
            let Some(payload) = &entry.payload else { continue };
            let judgment = judged.read(payload, entry.seq)?;
            let fate = match entry.kind {
                EntryKind::Held => self.fate(connection, &judgment, judged)?,
                _ => self.fates.get(&judgment.id).copied().unwrap_or_default(),
            };
            if fate == Fate::Goes {
                seqs.push(entry.seq);
            }
        }
        Ok(seqs)
    }
}

impl Casebook {
    /// Removes a document: its bytes, text, readings, the judgments on them, and its pictures unless another
    /// document has them too. The ledger keeps their hashes, and a tombstone that says who removed it and why;
    /// the chain still verifies. What is judged of subjects of which other documents speak stays: the tombstone
    /// names a mention of another document for each mention that goes.
    ///
    /// # Errors
    /// [`Error::Unknown`] if the document is not here, [`Error::Refused`] without a name or a reason, or if it
    /// was removed before.
    pub fn forget(&mut self, document: DocumentId, by: &str, reason: &str) -> Result<Removed> {
        if by.trim().is_empty() || reason.trim().is_empty() {
            return Err(Error::Refused(
                "a removal needs the name of who removes and a reason; give --by and --reason"
                    .into(),
            ));
        }
        // Whom else a mention stands for is read off the records.
        self.settle(|_| {})?;
        let result = self.write(|writer| self.remove(writer, document, by, reason));
        self.forget_judged();
        let removed = result?;
        self.settle(|_| {})?;
        // What was deleted must leave the file itself, and the log beside it.
        self.connection.execute_batch("INSERT INTO words (words) VALUES ('optimize')")?;
        self.connection.pragma_update(None, "wal_checkpoint", "TRUNCATE")?;
        Ok(removed)
    }

    fn remove(
        &self,
        writer: &mut Writer,
        document: DocumentId,
        by: &str,
        reason: &str,
    ) -> Result<Removed> {
        if self.tombstone(document)?.is_some() {
            return Err(Error::Refused(format!(
                "{document} was removed before; `throughline show {document}` says when and why"
            )));
        }
        if self.document(document)?.is_none() {
            return Err(Error::Unknown(document.to_string()));
        }
        let connection = writer.transaction;
        let judged = self.judged()?;
        let going = Going::of(self, document, &judged)?;
        let entries = going.entries(connection, &judged)?;
        // What the judgments that go tied or superseded stands alone; those that cite the document no
        // longer know since when they count.
        let mut others = BTreeSet::new();
        let mut removed = Removed::default();
        let mut staying = Vec::new();
        for (judgment, _) in judged.all() {
            let fate = going.fates.get(&judgment.id).copied().unwrap_or_default();
            removed.gone += usize::from(fate == Fate::Goes);
            if fate == Fate::Stays {
                staying.push(judgment.id);
            }
            if fate != Fate::Untouched || judgment.cites.contains(&document) {
                let touched = derived::unsettle_judged(connection, judgment, &judged)?;
                for other in &touched {
                    derived::unsettle_document(connection, *other)?;
                }
                let goes = fate == Fate::Goes;
                others.extend(touched.into_iter().filter(|other| goes && *other != document));
            }
            // A finding that rests on its words stays, without them.
            for assertion in judgment.rests_on() {
                if derived::document_judged(connection, *assertion, &judged)? == Some(document) {
                    let subjects = judged.resting_on(*assertion);
                    for subject in subjects {
                        derived::unsettle_subject(connection, subject)?;
                    }
                }
            }
        }
        let since = derived::since(connection, document)?;
        let standing = self.standing(AsOf::default())?;
        let tombstone = Tombstone {
            by: by.to_owned(),
            reason: reason.to_owned(),
            public: standing.dated(document).cloned().or(since),
            successors: going.successors,
            judgments: going
                .fates
                .iter()
                .filter(|one| *one.1 == Fate::Goes)
                .map(|one| *one.0)
                .collect(),
            recorded: derived::recorded(connection, document)?,
            entries,
        };
        let entry = bury(writer, document, &tombstone)?;
        for seq in &tombstone.entries {
            connection.execute("DELETE FROM payload WHERE seq = ?", [seq])?;
        }
        connection.execute("DELETE FROM original WHERE document = ?", [bits(document)])?;
        derived::removal(connection, &entry, document)?;
        others.into_iter().try_for_each(|other| derived::replay(connection, other))?;
        // What stays is held of the successors from now on.
        let judged = self.judged()?;
        for (_, other) in tombstone.successors.pairs() {
            derived::unsettle_subject(connection, other)?;
        }
        for (judgment, _) in staying.iter().filter_map(|id| judged.get(*id)) {
            derived::unsettle_judged(connection, judgment, &judged)?;
        }
        removed.stay = staying.len();
        Ok(removed)
    }

    /// Takes over the removal of a document from another casebook: the document is removed here too, and
    /// is not taken again. Of one that was never here, the tombstone is taken over. Returns whether that changed
    /// anything.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn take_removal(&mut self, document: DocumentId, tombstone: &Tombstone) -> Result<bool> {
        if self.tombstone(document)?.is_some() {
            return Ok(false);
        }
        if self.document(document)?.is_some() {
            self.forget(document, &tombstone.by, &tombstone.reason)?;
            return Ok(true);
        }
        let tombstone = Tombstone { recorded: None, entries: Vec::new(), ..tombstone.clone() };
        let result = self.write(|writer| {
            let entry = bury(writer, document, &tombstone)?;
            derived::removal(writer.transaction, &entry, document)
        });
        self.forget_judged();
        result.map(|()| true)
    }
}

/// Puts a tombstone in the place of a document.
fn bury(writer: &mut Writer, document: DocumentId, tombstone: &Tombstone) -> Result<Entry> {
    let content = tombstone.content(document);
    writer.append(EntryKind::Removal, Some(document), content, tombstone.write(document))
}
