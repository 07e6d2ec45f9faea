//! Opened casebooks, each lent to one request at a time.
//!
//! An opened casebook belongs to one thread at a time. There are a few more than processors, so that
//! a short question need not wait for a long one, and no more, since each has a cache of its own.

use std::sync::{Arc, Mutex, PoisonError};

use throughline_casebook::{Blocks, Casebook, Result};
use tokio::sync::Semaphore;

use crate::book::Book;

/// A few opened casebooks of one file.
#[derive(Debug)]
pub(crate) struct Pool {
    book: Book,
    idle: Mutex<Vec<Casebook>>,
    /// Large blocks, kept once for all of them.
    blocks: Arc<Blocks>,
    /// As many permits as casebooks may be lent at a time.
    lent: Semaphore,
}

impl Pool {
    pub(crate) fn new(book: Book) -> Pool {
        let processors = std::thread::available_parallelism().map_or(2, usize::from);
        let lent = Semaphore::new((2 * processors).clamp(3, 8));
        Pool { book, idle: Mutex::default(), blocks: Arc::default(), lent }
    }

    /// Waits for a turn; the permit is held as long as a casebook is used.
    pub(crate) async fn turn(&self) -> Option<tokio::sync::SemaphorePermit<'_>> {
        self.lent.acquire().await.ok()
    }

    /// Lends a casebook, opening one if none is idle. It comes back unless `ask` panics: what state
    /// a panic left it in is not known.
    pub(crate) fn lend<T, E: From<throughline_casebook::Error>>(
        &self,
        ask: impl FnOnce(&Casebook) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let idle = self.idle().pop();
        let casebook = match idle {
            Some(casebook) => casebook,
            None => self.open()?,
        };
        let answer = ask(&casebook);
        self.idle().push(casebook);
        answer
    }

    /// Opens one more, for work that takes long.
    pub(crate) fn open(&self) -> Result<Casebook> {
        let mut casebook = self.book.open()?;
        casebook.share_blocks(&self.blocks);
        Ok(casebook)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Casebook>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
