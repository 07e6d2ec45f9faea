//! Whole blocks, decoded: those of names in very many documents are kept for as long as the ledger
//! stays as it is, since reading them anew is most of what a record of theirs costs.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use throughline_flow::{Folded, Local};
use throughline_model::AsOf;

use crate::derived::locals::{self, Detail};
use crate::error::Result;

/// Blocks of fewer locals are read as fast as they are asked for.
const LEAST: usize = 256;

/// So many locals are kept, all blocks together: some 50 MB.
const MOST: usize = 32_768;

/// The locals of some blocks, or of some records of them.
pub(crate) struct Loaded {
    blocks: Vec<Arc<Vec<Local>>>,
    /// What a fold of them gave, where that is known.
    folded: Option<Folded>,
}

impl Loaded {
    /// Locals, and what a fold of them gave, where that is known.
    pub(crate) fn new(locals: Vec<Local>, folded: Option<Folded>) -> Loaded {
        Loaded { blocks: vec![Arc::new(locals)], folded }
    }

    /// All of them, block by block.
    pub(crate) fn all(&self) -> Vec<&Local> {
        self.blocks.iter().flat_map(|block| block.iter()).collect()
    }

    /// What a fold of them gave, where that is known.
    pub(crate) fn folded(&self) -> Option<&Folded> {
        self.folded.as_ref()
    }
}

/// Blocks kept decoded. Casebooks of one file may share them ([`crate::Casebook::share_blocks`]).
#[derive(Debug, Default)]
pub struct Blocks(Mutex<Kept>);

/// A block, with the outlines of its documents or without.
type Key = (String, Detail);

#[derive(Debug, Default)]
struct Kept {
    /// The ledger's last entry when these were read.
    seq: i64,
    /// How many locals they hold together.
    locals: usize,
    /// How often a block was asked for, which tells the latest.
    asked: u64,
    blocks: HashMap<Key, (u64, Arc<Vec<Local>>)>,
}

impl Blocks {
    /// The locals of whole blocks, by the readings recorded in view, and beside them what is known of
    /// their fold.
    ///
    /// What judgments say is not in them, and every reading and removal is an entry of the ledger: so
    /// they are as they were while its last entry is the same.
    pub(crate) fn load(
        &self,
        connection: &Connection,
        blocks: &BTreeSet<String>,
        as_of: AsOf,
        detail: Detail,
        folded: Option<Folded>,
    ) -> Result<Loaded> {
        let mut loaded = Vec::with_capacity(blocks.len());
        if as_of.recorded.is_some() {
            for block in blocks {
                loaded.push(Arc::new(locals::of_block(connection, block, as_of, detail)?));
            }
            return Ok(Loaded { blocks: loaded, folded });
        }
        let seq = connection
            .prepare_cached("SELECT coalesce(max(seq), 0) FROM ledger")?
            .query_row([], |row| row.get(0))?;
        for block in blocks {
            let key = (block.clone(), detail);
            let held = self.kept().get(seq, &key);
            loaded.push(match held {
                Some(held) => held,
                None => {
                    let read = Arc::new(locals::of_block(connection, block, as_of, detail)?);
                    if read.len() >= LEAST {
                        self.kept().put(seq, key, &read);
                    }
                    read
                }
            });
        }
        Ok(Loaded { blocks: loaded, folded })
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        // What a panic left is whole: nothing is changed in two steps.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn get(&mut self, seq: i64, block: &Key) -> Option<Arc<Vec<Local>>> {
        if self.seq != seq {
            return None;
        }
        self.asked += 1;
        let (asked, held) = self.blocks.get_mut(block)?;
        *asked = self.asked;
        Some(Arc::clone(held))
    }

    /// Keeps a block, in place of those that nobody has asked for longest. Of two states of the ledger
    /// the later one is kept.
    fn put(&mut self, seq: i64, block: Key, read: &Arc<Vec<Local>>) {
        if seq > self.seq {
            *self = Kept { seq, asked: self.asked, ..Kept::default() };
        }
        if seq < self.seq || read.len() > MOST || self.blocks.contains_key(&block) {
            return;
        }
        while self.locals + read.len() > MOST {
            let oldest = self.blocks.iter().min_by_key(|(_, (asked, _))| *asked);
            let Some(name) = oldest.map(|(name, _)| name.clone()) else { break };
            if let Some((_, dropped)) = self.blocks.remove(&name) {
                self.locals -= dropped.len();
            }
        }
        self.locals += read.len();
        self.asked += 1;
        self.blocks.insert(block, (self.asked, Arc::clone(read)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(many: usize) -> Arc<Vec<Local>> {
        use throughline_flow::BlockKey;
        use throughline_model::{DocumentId, Mention, Passage, Sha256, Span, SubjectKind};
        let document = DocumentId::of_bytes(Sha256::of(b"a"));
        let at = Passage::Text(Span::new(0, 1));
        let mention = Mention::new(SubjectKind::Group, document, at, "Isil");
        let local = Local {
            block: BlockKey::alone(mention.id),
            document,
            published: None,
            source: None,
            mentions: vec![mention],
            assertions: Vec::new(),
            sentences: Vec::new(),
            referents: throughline_resolve::Referents::default(),
            context: Vec::new(),
            outline: None,
        };
        Arc::new(std::iter::repeat_n(local, many).collect())
    }

    fn key(name: &str) -> Key {
        (name.to_owned(), Detail::Weighed)
    }

    #[test]
    fn what_nobody_asked_for_longest_gives_way() {
        let mut kept = Kept::default();
        let third = MOST / 3;
        for name in ["a", "b", "c"] {
            kept.put(1, key(name), &block(third));
        }
        assert!(kept.get(1, &key("a")).is_some());
        kept.put(1, key("d"), &block(third));
        let held = |kept: &mut Kept, name| kept.get(1, &key(name)).is_some();
        assert_eq!(
            ["a", "b", "c", "d"].map(|name| held(&mut kept, name)),
            [true, false, true, true]
        );
        assert_eq!(kept.locals, 3 * third);
        kept.put(1, key("all"), &block(MOST + 1));
        assert!(!held(&mut kept, "all"));
    }

    #[test]
    fn blocks_of_another_state_are_no_answer() {
        let mut kept = Kept::default();
        kept.put(2, key("a"), &block(1));
        kept.put(1, key("b"), &block(1));
        assert!(kept.get(1, &key("a")).is_none() && kept.get(1, &key("b")).is_none());
        assert!(kept.get(2, &key("a")).is_some());
        kept.put(3, key("b"), &block(1));
        assert!(kept.get(2, &key("a")).is_none() && kept.get(3, &key("a")).is_none());
        assert!(kept.get(3, &key("b")).is_some());
    }
}
