//! The full-text index: the words of documents enter it in order of their numbers, many at a time.
//!
//! Whatever comes out of order makes the index write what it has gathered, and numbers of documents,
//! which are hashes, come in none.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};
use throughline_model::{Document, DocumentId};

use crate::error::Result;
use crate::ledger::bits;

/// So many bytes of text wait at most.
const MOST: usize = 16 << 20;

/// Words that wait to be entered.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// The title and the text by the number of the document.
    waiting: BTreeMap<i64, (Option<String>, String)>,
    bytes: usize,
}

impl Words {
    /// Takes in the words of a document, and enters all that wait once they are many.
    pub(crate) fn take(&mut self, connection: &Connection, document: &Document) -> Result<()> {
        let title = document.title.clone();
        self.bytes += document.text.len() + title.as_ref().map_or(0, String::len);
        self.waiting.insert(bits(document.id), (title, document.text.clone()));
        if self.bytes > MOST { self.enter(connection) } else { Ok(()) }
    }

    /// Takes the words of a document out again.
    pub(crate) fn remove(&mut self, connection: &Connection, document: DocumentId) -> Result<()> {
        self.waiting.remove(&bits(document));
        remove(connection, document)
    }

    /// Enters all that wait.
    pub(crate) fn enter(&mut self, connection: &Connection) -> Result<()> {
        let mut insert =
            connection.prepare_cached("INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)")?;
        for (document, (title, text)) in std::mem::take(&mut self.waiting) {
            insert.execute(params![document, title, text])?;
        }
        self.bytes = 0;
        Ok(())
    }
}

/// Takes the words of a document out of the index.
pub(crate) fn remove(connection: &Connection, document: DocumentId) -> Result<()> {
    connection.prepare_cached("DELETE FROM words WHERE rowid = ?")?.execute([bits(document)])?;
    Ok(())
}
