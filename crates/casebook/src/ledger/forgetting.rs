//! Removals: a document and all judgments on it go, and a tombstone stays.

use std::collections::BTreeSet;

use rusqlite::Connection;
use throughline_model::{Act, DocumentId, Fingerprint, Judgment};

use crate::casebook::Casebook;
use crate::derived;
use crate::error::{Error, Result};
use crate::ledger::judged::Judged;
use crate::ledger::{self, EntryKind, bits};

impl Casebook {
    /// Removes a document: its bytes, text, readings, the judgments on them, and its pictures unless
    /// another document has them too. The ledger keeps
    /// their hashes, and a tombstone that says who removed it and why; the chain still verifies.
    /// Returns how many judgments went with it.
    ///
    /// # Errors
    /// [`Error::Unknown`] if the document is not here, [`Error::Refused`] without a name or a reason, or if it
    /// was removed before.
    pub fn forget(&mut self, document: DocumentId, by: &str, reason: &str) -> Result<usize> {
        if by.trim().is_empty() || reason.trim().is_empty() {
            return Err(Error::Refused(
                "a removal needs the name of who removes and a reason; give --by and --reason"
                    .into(),
            ));
        }
        let result = self.write(|writer| {
            if self.tombstone(document)?.is_some() {
                return Err(Error::Refused(format!(
                    "{document} was removed before; `throughline show {document}` says when and why"
                )));
            }
            if self.document(document)?.is_none() {
                return Err(Error::Unknown(document.to_string()));
            }
            let judged = self.judged()?;
            let connection = writer.transaction;
            let entries = entries_about(connection, document, &judged)?;
            // Judgments on the document go with it, and what they tied or superseded stands alone;
            // those that cite it no longer know since when they count.
            let mut others = BTreeSet::new();
            let mut gone = 0;
            for (judgment, _) in judged.all() {
                let goes = concerns(connection, document, judgment, &judged)?;
                gone += usize::from(goes);
                if goes || judgment.cites.contains(&document) {
                    let touched = derived::unsettle_judged(connection, judgment, &judged)?;
                    for other in &touched {
                        derived::unsettle_document(connection, *other)?;
                    }
                    others.extend(touched.into_iter().filter(|other| goes && *other != document));
                }
                // A finding that rests on its words stays, without them.
                for assertion in judgment.rests_on() {
                    if derived::document_judged(connection, *assertion, &judged)? == Some(document)
                    {
                        let subjects = judged.resting_on(*assertion);
                        for subject in subjects {
                            derived::unsettle_subject(connection, subject)?;
                        }
                    }
                }
            }
            let payload = serde_json::json!({
                "document": document.to_string(),
                "by": by,
                "reason": reason,
                "entries": entries,
            });
            let content = Fingerprint::new("removal").number(document.bits());
            let entry =
                writer.append(EntryKind::Removal, Some(document), content, payload.to_string())?;
            for seq in &entries {
                connection.execute("DELETE FROM payload WHERE seq = ?", [seq])?;
            }
            connection.execute("DELETE FROM original WHERE document = ?", [bits(document)])?;
            derived::removal(connection, &entry, document)?;
            others.into_iter().try_for_each(|other| derived::replay(connection, other))?;
            Ok(gone)
        });
        self.forget_judged();
        let gone = result?;
        self.settle(|_| {})?;
        // What was deleted must leave the file itself, and the log beside it.
        self.connection.execute_batch("INSERT INTO words (words) VALUES ('optimize')")?;
        self.connection.pragma_update(None, "wal_checkpoint", "TRUNCATE")?;
        Ok(gone)
    }
}

/// The entries whose payloads are about a document: its capture, its readings, and the judgments
/// on its assertions, mentions and date.
fn entries_about(
    connection: &Connection,
    document: DocumentId,
    judged: &Judged,
) -> Result<Vec<i64>> {
    let mut seqs: Vec<i64> = connection
        .prepare("SELECT seq FROM ledger WHERE document = ? AND kind <> 'removal'")?
        .query_map([bits(document)], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for entry in ledger::entries(connection, &[EntryKind::Judgment, EntryKind::Held], None)? {
        let Some(payload) = &entry.payload else { continue };
        let judgment = throughline_formats::read_judgment(payload)
            .map_err(|error| Error::Damaged(format!("entry {}: {error}", entry.seq)))?;
        if concerns(connection, document, &judgment, judged)? {
            seqs.push(entry.seq);
        }
    }
    Ok(seqs)
}

/// Whether a judgment is on the words, the mentions or the date of a document.
fn concerns(
    connection: &Connection,
    document: DocumentId,
    judgment: &Judgment,
    judged: &Judged,
) -> Result<bool> {
    for assertion in judgment.assertions() {
        if derived::document_judged(connection, assertion, judged)? == Some(document) {
            return Ok(true);
        }
    }
    for mention in judgment.mentions() {
        let own = connection
            .prepare_cached(
                "SELECT 1 FROM mention m JOIN local l ON l.local = m.local
                 WHERE m.mention = ? AND l.document = ?",
            )?
            .exists([crate::derived::locals::mention_bits(mention), bits(document)])?;
        if own {
            return Ok(true);
        }
    }
    Ok(matches!(judgment.act, Act::Dated { document: dated, .. } if dated == document))
}
