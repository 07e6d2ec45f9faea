//! Drawing beside the pages.
//!
//! A picture stands on every record of the casebook: a moment in a small one, minutes in a large
//! one. So one thread draws, one picture after the other. It keeps the records of the last few
//! pairs of dates, which all pictures of one state share, and the last pictures; a page shows what
//! is there, or says that it is still being drawn.

use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use throughline_casebook::{Casebook, Result, Tip};
use throughline_draw::gather::{Catalog, Only, Picture, Veil};
use throughline_draw::{Caption, Drawing};
use throughline_model::{AsOf, Day, MentionId};

use crate::book::Book;
use crate::edition::Audience;

/// How many pictures are kept.
const KEPT: usize = 24;

/// How many pairs of dates all records are kept of.
const CATALOGS: usize = 2;

/// How many pictures wait at a time; more are forgotten, and asked for again with the page.
const WAITING: usize = 24;

/// What is to be drawn: a kind of picture, of a record or of all or some, as of two dates.
#[derive(Clone, Debug)]
pub(crate) struct Sketch {
    pub(crate) picture: Picture,
    pub(crate) of: Option<MentionId>,
    pub(crate) as_of: AsOf,
    /// On which incidents a picture of all there is is.
    pub(crate) only: Only,
}

/// A picture, to stand within a page.
#[derive(Debug)]
pub(crate) struct Drawn {
    pub(crate) caption: Caption,
    pub(crate) drawing: Drawing,
}

/// A picture, or why there is none.
type Found = std::result::Result<Arc<Drawn>, String>;

type Key = (Tip, Picture, Option<MentionId>, Option<Day>, Option<throughline_model::Instant>, Only);

impl Sketch {
    fn key(&self, tip: Tip) -> Key {
        let AsOf { published, recorded } = self.as_of;
        (tip, self.picture, self.of, published, recorded, self.only.clone())
    }
}

/// The thread that draws, and what it drew.
#[derive(Debug)]
pub(crate) struct Drawer {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    book: Book,
    audience: Audience,
    board: Mutex<Board>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Board {
    waiting: VecDeque<(Key, Sketch)>,
    found: BTreeMap<Key, Found>,
    /// Keys in the order in which they were found.
    order: VecDeque<Key>,
    over: bool,
}

impl Drawer {
    /// Starts the thread.
    pub(crate) fn start(book: Book, audience: Audience) -> Drawer {
        let board = Mutex::default();
        let shared = Arc::new(Shared { book, audience, board, changed: Condvar::new() });
        let own = Arc::clone(&shared);
        std::thread::spawn(move || own.work());
        Drawer { shared }
    }

    /// What was drawn in one state of the casebook; `None` if it is not there when `until` has come.
    pub(crate) fn ask(&self, tip: Tip, sketch: Sketch, until: Instant) -> Option<Found> {
        let key = sketch.key(tip);
        let mut board = self.shared.board();
        if !board.found.contains_key(&key) && !board.waiting.iter().any(|(other, _)| *other == key)
        {
            if board.waiting.len() >= WAITING {
                board.waiting.pop_front();
            }
            board.waiting.push_back((key.clone(), sketch));
            self.shared.changed.notify_all();
        }
        loop {
            match board.found.get(&key).cloned() {
                Some(Ok(drawn)) => return Some(Ok(drawn)),
                Some(Err(why)) => {
                    // It is told once: the page loaded again is another attempt.
                    board.found.remove(&key);
                    board.order.retain(|other| *other != key);
                    return Some(Err(why));
                }
                None => {}
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            board = self
                .shared
                .changed
                .wait_timeout(board, left.min(Duration::from_millis(500)))
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }
}

impl Drop for Drawer {
    fn drop(&mut self) {
        self.shared.board().over = true;
        self.shared.changed.notify_all();
    }
}

impl Board {
    fn put(&mut self, asked: &Key, found: Option<(Key, Found)>) {
        self.waiting.retain(|(other, _)| other != asked);
        let Some((key, found)) = found else { return };
        if self.found.insert(key.clone(), found).is_none() {
            self.order.push_back(key);
        }
        while self.order.len() > KEPT {
            if let Some(oldest) = self.order.pop_front() {
                self.found.remove(&oldest);
            }
        }
    }
}

impl Shared {
    fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next sketch, which stays in the queue while it is drawn so that nobody asks twice; `None`
    /// when all is over.
    fn next(&self) -> Option<(Key, Sketch)> {
        let mut board = self.board();
        loop {
            if board.over {
                return None;
            }
            match board.waiting.front() {
                Some(next) => return Some(next.clone()),
                None => board = self.changed.wait(board).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    fn put(&self, asked: &Key, found: Option<(Key, Found)>) {
        self.board().put(asked, found);
        self.changed.notify_all();
    }

    fn work(&self) {
        while let Some((key, _)) = self.next() {
            match self.book.open() {
                Ok(casebook) => {
                    if self.draw_from(&casebook).is_none() {
                        return;
                    }
                }
                Err(error) => self.put(&key, Some((key.clone(), Err(error.to_string())))),
            }
        }
    }

    /// Draws from an opened casebook until something fails, which is told; `None` when all is over.
    fn draw_from(&self, casebook: &Casebook) -> Option<()> {
        let mut catalogs =
            Catalogs { casebook, audience: self.audience, veil: None, held: VecDeque::new() };
        loop {
            let (key, sketch) = self.next()?;
            let drawn = catch_unwind(AssertUnwindSafe(|| catalogs.draw(&sketch)));
            let why = match drawn {
                Ok(Ok(found)) => {
                    let found = found.map(|(tip, drawn)| (sketch.key(tip), Ok(Arc::new(drawn))));
                    self.put(&key, found);
                    continue;
                }
                Ok(Err(error)) => error.to_string(),
                Err(_panic) => {
                    "the program has a fault, and what it wrote to the terminal says where"
                        .to_owned()
                }
            };
            self.put(&key, Some((key.clone(), Err(why))));
            return Some(());
        }
    }
}

/// All records of a casebook, of the last pairs of dates that were asked for.
struct Catalogs<'c> {
    casebook: &'c Casebook,
    audience: Audience,
    /// What may be shown of one state.
    veil: Option<(Tip, Arc<dyn Veil>)>,
    held: VecDeque<(Tip, AsOf, Catalog<'c>)>,
}

impl Catalogs<'_> {
    /// Draws in one state of the casebook, and says in which; `None` while records of that state
    /// are not derived.
    fn draw(&mut self, sketch: &Sketch) -> Result<Option<(Tip, Drawn)>> {
        let casebook = self.casebook;
        casebook.snapshot(|| {
            if casebook.unsettled()? > 0 {
                return Ok(None);
            }
            let tip = casebook.tip()?;
            self.held.retain(|(of, ..)| *of == tip);
            let at = self.held.iter().position(|(_, as_of, _)| *as_of == sketch.as_of);
            let mut held = match at.and_then(|at| self.held.remove(at)) {
                Some(held) => held,
                None => {
                    // Room is made first: two of them are as much as memory should hold.
                    self.held.truncate(CATALOGS - 1);
                    let veil = match &self.veil {
                        Some((of, veil)) if *of == tip => Arc::clone(veil),
                        _ => self.audience.veil(casebook)?,
                    };
                    self.veil = Some((tip, Arc::clone(&veil)));
                    let catalog = Catalog::load(casebook, sketch.as_of, veil)?;
                    (tip, sketch.as_of, catalog)
                }
            };
            held.2.narrow(&sketch.only);
            let drawn = held.2.draw(sketch.picture, sketch.of);
            self.held.push_front(held);
            let (caption, drawing) = drawn?;
            Ok(Some((tip, Drawn { caption, drawing })))
        })
    }
}

#[cfg(test)]
mod tests {
    use throughline_model::Sha256;

    use super::*;

    fn tip(entries: i64) -> Tip {
        Tip { entries, chain: Sha256::of(&entries.to_le_bytes()) }
    }

    fn sketch() -> Sketch {
        let as_of = AsOf { published: None, recorded: None };
        Sketch { picture: Picture::Timeline, of: None, as_of, only: Only::default() }
    }

    #[test]
    fn what_cannot_be_drawn_is_said_and_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.casebook");
        let drawer = Drawer::start(Book::new(&path, None), Audience::default());
        let soon = || Instant::now() + Duration::from_secs(20);
        for _ in 0..2 {
            assert!(drawer.ask(tip(1), sketch(), soon()).unwrap().is_err());
        }
        let casebook = Casebook::open_or_create(&path).unwrap();
        let found = drawer.ask(casebook.tip().unwrap(), sketch(), soon()).unwrap();
        assert!(found.unwrap().drawing.svg.contains("<svg"));
    }

    #[test]
    fn so_many_pictures_are_kept_and_the_oldest_goes() {
        let mut board = Board::default();
        for entries in 0..50 {
            let key = sketch().key(tip(entries));
            board.put(&key, Some((key.clone(), Err(String::new()))));
        }
        assert_eq!((board.found.len(), board.order.len()), (KEPT, KEPT));
        assert!(board.found.contains_key(&sketch().key(tip(49))));
        assert!(!board.found.contains_key(&sketch().key(tip(49 - KEPT as i64))));
    }
}
