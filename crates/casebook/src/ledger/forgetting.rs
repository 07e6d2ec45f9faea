//! Removals: a document goes with the judgments on what it says, and a tombstone stays.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use throughline_model::{Act, AsOf, DocumentId, Judgment, JudgmentId, MentionId};

use crate::casebook::Casebook;
use crate::derived::{self, locals};
use crate::error::{Error, Result};
use crate::ledger::judged::Judged;
use crate::ledger::remains::Remains;
use crate::ledger::successors::Successors;
use crate::ledger::tombstones::Tombstone;
use crate::ledger::{self, EntryKind, Writer, bits};

/// How many judgments on a removed document, or on what it speaks of, went with it or stayed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// Judgments on its words, its date, and on subjects of which no other document speaks.
    pub gone: usize,
    /// Judgments on subjects of which other documents speak too.
    pub stay: usize,
    /// Those of them whose value or party is somebody or something of which no other document speaks: they
    /// rest on what was removed.
    pub bare: usize,
    /// Whether what was deleted still lies in the log beside the file, since another program was reading: it
    /// goes when the last program closes the casebook.
    pub lingers: bool,
}

/// What becomes of a judgment when a document goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Fate {
    /// It has nothing to do with the document.
    #[default]
    Untouched,
    /// It goes with the document.
    Goes,
    /// It stays, on what stands for the mentions that go; where nothing stands for its value, it rests on
    /// what was removed.
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
        let mut successors: BTreeMap<MentionId, MentionId> = BTreeMap::new();
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
        let stands_for = |one: &MentionId| (*one, successors.get(one).copied());
        let (successors, fates) = (Successors::of(own.iter().map(stands_for)), BTreeMap::new());
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
        let of_own = |mention: &MentionId| self.own.contains(mention);
        let own: Vec<MentionId> = judgment.mentions().filter(of_own).collect();
        let stands_for = |mention: MentionId| self.successors.stands_for(mention);
        // Where others speak of the same subject too.
        let spoken_of = own.iter().all(|mention| !self.successors.is_lost(*mention));
        let stays = match judgment.act {
            // To drop what somebody found of another subject would put what he found against in its place.
            _ if own.is_empty() && judgment.referred().any(|mention| of_own(&mention)) => true,
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

    /// What stays of the judgments that go: of those that dated the document, and those that took the place of
    /// judgments that stay, themselves or through others that go.
    fn remains(&self, judged: &Judged) -> Vec<Remains> {
        let goes = |id: &JudgmentId| self.fates.get(id) == Some(&Fate::Goes);
        let gone: BTreeSet<JudgmentId> =
            judged.tombstones().remains().map(|(one, _)| one.id).collect();
        let mut kept: BTreeSet<JudgmentId> = BTreeSet::new();
        loop {
            let known = kept.len();
            for (judgment, _) in judged.all().filter(|(one, _)| goes(&one.id)) {
                let holds = |id: &JudgmentId| {
                    kept.contains(id) || gone.contains(id) || judged.get(*id).is_some() && !goes(id)
                };
                let dates = matches!(judgment.act, Act::Dated { .. });
                if dates || judgment.supersedes.iter().any(holds) {
                    kept.insert(judgment.id);
                }
            }
            if kept.len() == known {
                break;
            }
        }
        let kept = kept.iter().filter_map(|id| judged.get(*id));
        kept.map(|(judgment, recorded)| Remains::of(judgment, *recorded)).collect()
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
        let mut removed = result?;
        self.settle(|_| {})?;
        // What was deleted must leave the file itself, and the log beside it.
        self.connection.execute_batch("INSERT INTO words (words) VALUES ('optimize')")?;
        removed.lingers =
            self.connection
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0))?;
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
        let remains = going.remains(&judged);
        let entries = going.entries(connection, &judged)?;
        let mut removed = Removed::default();
        let mut gone = BTreeSet::new();
        // What the judgments that go tied or judged stands alone.
        let mut others = BTreeSet::new();
        for (judgment, _) in judged.all() {
            match going.fates.get(&judgment.id).copied().unwrap_or_default() {
                Fate::Untouched => {}
                Fate::Goes => {
                    gone.insert(judgment.id);
                    others.extend(derived::unsettling::unsettle_judged(
                        connection, judgment, &judged,
                    )?);
                }
                Fate::Stays => {
                    let lost = |mention| going.successors.is_lost(mention);
                    removed.bare += usize::from(judgment.referred().any(lost));
                    removed.stay += 1;
                }
            }
            // A finding that rests on its words stays, without them.
            for assertion in judgment.rests_on() {
                if derived::document_judged(connection, *assertion, &judged)? == Some(document) {
                    for subject in judged.resting_on(*assertion) {
                        derived::unsettling::unsettle_subject(connection, subject)?;
                    }
                }
            }
        }
        removed.gone = gone.len();
        let tombstone = Tombstone {
            by: by.to_owned(),
            reason: reason.to_owned(),
            public: derived::since(connection, document)?,
            successors: going.successors,
            judgments: gone,
            remains,
            recorded: derived::recorded(connection, document)?,
            entries,
        };
        for seq in &tombstone.entries {
            connection.execute("DELETE FROM payload WHERE seq = ?", [seq])?;
        }
        connection.execute("DELETE FROM original WHERE document = ?", [bits(document)])?;
        self.bury(writer, document, &tombstone, others)?;
        Ok(removed)
    }

    /// Takes over the removal of a document from another casebook: the document is removed here too, and
    /// is not taken again. What is known there of what stands for its mentions, and of the judgments that
    /// went with it, is known here from then on, also where the document never was here or was removed
    /// before. Returns whether that changed anything.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn take_removal(&mut self, document: DocumentId, tombstone: &Tombstone) -> Result<bool> {
        let here = self.document(document)?.is_some();
        if here {
            self.forget(document, &tombstone.by, &tombstone.reason)?;
        }
        let held = self.tombstones(document)?;
        let says_it = |held: &Tombstone| {
            held.content(document).finish() == tombstone.content(document).finish()
                && held.judgments.is_superset(&tombstone.judgments)
        };
        if held.iter().any(says_it) {
            return Ok(here);
        }
        let tombstone = Tombstone { recorded: None, entries: Vec::new(), ..tombstone.clone() };
        let result = self.write(|writer| self.bury(writer, document, &tombstone, BTreeSet::new()));
        self.forget_judged();
        result.map(|()| true)
    }

    /// Puts a tombstone in the place of a document, and notes what must be derived again: what is derived of
    /// the documents in `others`, and all that hangs on what the tombstone changes.
    fn bury(
        &self,
        writer: &mut Writer,
        document: DocumentId,
        tombstone: &Tombstone,
        mut others: BTreeSet<DocumentId>,
    ) -> Result<()> {
        let connection = writer.transaction;
        let before = self.judged()?;
        for (gone, _) in tombstone.successors.pairs() {
            for mention in [gone, before.tombstones().successors().stands_for(gone)] {
                others.extend(locals::documents_referring(connection, mention)?);
            }
        }
        others.remove(&document);
        let content = tombstone.content(document);
        let payload = tombstone.write(document);
        let entry = writer.append(EntryKind::Removal, Some(document), content, payload)?;
        derived::words::remove(connection, document)?;
        derived::removal(connection, &entry, document, &before)?;
        others.into_iter().try_for_each(|other| derived::replay(connection, other))?;
        let after = self.judged()?;
        for (judgment, _) in before.all() {
            let Some((now, _)) = after.get(judgment.id) else { continue };
            // Those that cite the document may count from another day.
            let changes = now != judgment
                || before.in_force(now.id) != after.in_force(now.id)
                || now.cites.contains(&document)
                || now.referred().any(|mention| after.tombstones().successors().is_lost(mention));
            if changes {
                derived::unsettling::unsettle_judged(connection, judgment, &before)?;
                derived::unsettling::unsettle_judged(connection, now, &after)?;
            }
        }
        Ok(())
    }
}
