//! One thread that reads what was sent, one sending after the other.
//!
//! Reading thousands of documents takes minutes, and two at once would only wait for each other to
//! write: so they are read in the order in which they came, each to its end, and pages say how far
//! it is.

use std::collections::{BTreeMap, VecDeque};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use throughline_capture::capture_sent;
use throughline_casebook::{Casebook, Error};
use throughline_intake::{Heard, Tally, Wanted, take_in};

use super::arriving::Arrived;
use crate::judging::now;
use crate::pen::Turns;
use crate::trouble::Trouble;

/// How many sendings wait at a time.
const WAITING: usize = 16;

/// Of how many sendings it is kept what came of them.
const KEPT: usize = 50;

/// How long the end of the server waits for the batch that is being stored.
const LAST_BATCH: Duration = Duration::from_secs(60);

/// How long a reading waits for another process to finish a step.
const PATIENCE: Duration = Duration::from_secs(60);

/// A sending: what it is, and how far it is.
#[derive(Clone, Debug)]
pub(crate) struct Taking {
    pub(crate) number: u64,
    pub(crate) files: usize,
    pub(crate) bytes: u64,
    pub(crate) far: Far,
    /// Since when it is read.
    pub(crate) since: Option<Instant>,
}

/// How far a sending is.
#[derive(Clone, Debug)]
pub(crate) enum Far {
    /// Others are read before it.
    Waits,
    /// So many documents were gone through, of which so many are new, and so many failed.
    Reads { seen: u64, new: u64, failed: usize },
    /// All are stored; so many groups of records are to be derived anew.
    Settles { left: u64 },
    /// It is read.
    Done(Arc<Tally>),
    /// It could not be gone on with; what was stored by then stays.
    Failed { why: String, by_then: Arc<Tally> },
}

impl Far {
    /// Whether nothing more becomes of it.
    pub(crate) fn is_over(&self) -> bool {
        matches!(self, Far::Done(_) | Far::Failed { .. })
    }
}

/// The thread, and what it has to read.
#[derive(Debug)]
pub(crate) struct Takings {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    turns: Turns,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    last: u64,
    waiting: VecDeque<(u64, Arrived)>,
    all: BTreeMap<u64, Taking>,
    /// The one that somebody wants to end.
    ended: Option<u64>,
    /// Whether what is read lies on the disk.
    lies: bool,
    over: bool,
}

impl Takings {
    /// Starts the thread, which gives way to who judges.
    pub(crate) fn start(path: &Path, turns: Turns) -> Takings {
        let shared = Arc::new(Shared { turns, ..Shared::default() });
        let (own, path) = (Arc::clone(&shared), path.to_owned());
        std::thread::spawn(move || own.work(&path));
        Takings { shared }
    }

    /// Lets something be read after what came before it; its number.
    pub(crate) fn begin(&self, arrived: Arrived) -> Result<u64, Trouble> {
        let mut state = self.shared.state();
        if state.waiting.len() >= WAITING {
            return Err(Trouble::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "Too much waits to be read, so this was not taken in.",
                "Send it again when some of it is read: /read says how far it is.",
            ));
        }
        state.last += 1;
        let number = state.last;
        let (files, bytes) = (arrived.files.len(), arrived.bytes);
        state.all.insert(number, Taking { number, files, bytes, far: Far::Waits, since: None });
        while state.all.len() > KEPT + WAITING {
            state.all.pop_first();
        }
        state.waiting.push_back((number, arrived));
        drop(state);
        self.shared.changed.notify_all();
        Ok(number)
    }

    /// One of them.
    pub(crate) fn one(&self, number: u64) -> Option<Taking> {
        self.shared.state().all.get(&number).cloned()
    }

    /// All of them, the last first.
    pub(crate) fn all(&self) -> Vec<Taking> {
        self.shared.state().all.values().rev().cloned().collect()
    }

    /// The one that is read now, or waits to be.
    pub(crate) fn open(&self) -> Option<u64> {
        let state = self.shared.state();
        state.all.values().find(|one| !one.far.is_over()).map(|one| one.number)
    }

    /// Ends one as soon as it can be; whether there is such a one.
    pub(crate) fn end(&self, number: u64) -> bool {
        let mut state = self.shared.state();
        if let Some(at) = state.waiting.iter().position(|(own, _)| *own == number) {
            state.waiting.remove(at);
            let tally = Tally { ended: true, ..Tally::default() };
            state.set(number, Far::Done(Arc::new(tally)));
        } else if state.all.get(&number).is_some_and(|one| !one.far.is_over()) {
            state.ended = Some(number);
        }
        state.all.contains_key(&number)
    }
}

impl Drop for Takings {
    /// Waits until the batch that is being stored is, so that what was sent is cleared away. What
    /// is to be derived then is derived when the casebook is opened the next time.
    fn drop(&mut self) {
        let mut state = self.shared.state();
        state.over = true;
        state.waiting.clear();
        self.shared.changed.notify_all();
        let lies = |state: &mut State| state.lies;
        drop(self.shared.changed.wait_timeout_while(state, LAST_BATCH, lies));
    }
}

impl State {
    fn set(&mut self, number: u64, far: Far) {
        if let Some(taking) = self.all.get_mut(&number) {
            taking.far = far;
        }
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, number: u64, far: Far) {
        self.state().set(number, far);
    }

    /// What was sent lies no longer on the disk.
    fn cleared(&self) {
        self.state().lies = false;
        self.changed.notify_all();
    }

    fn is_ended(&self, number: u64) -> bool {
        let state = self.state();
        state.over || state.ended == Some(number)
    }

    fn work(&self, path: &Path) {
        loop {
            let (number, arrived) = {
                let mut state = self.state();
                loop {
                    if state.over {
                        return;
                    }
                    if let Some(next) = state.waiting.pop_front() {
                        state.lies = true;
                        break next;
                    }
                    state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                }
            };
            let mut tally = Tally::default();
            let read =
                catch_unwind(AssertUnwindSafe(|| self.read(path, number, arrived, &mut tally)));
            self.cleared();
            let far = match read {
                Ok(Ok(())) => Far::Done(Arc::new(tally)),
                Ok(Err(error)) => Far::Failed { why: told(&error), by_then: Arc::new(tally) },
                Err(_panic) => Far::Failed {
                    why: "it failed by a fault in the program, of which the terminal says more"
                        .to_owned(),
                    by_then: Arc::new(tally),
                },
            };
            self.set(number, far);
        }
    }

    fn read(
        &self,
        path: &Path,
        number: u64,
        arrived: Arrived,
        tally: &mut Tally,
    ) -> Result<(), Error> {
        self.set(number, Far::Reads { seen: 0, new: 0, failed: 0 });
        if let Some(taking) = self.state().all.get_mut(&number) {
            taking.since = Some(Instant::now());
        }
        let mut casebook = Casebook::open(path)?;
        casebook.wait_at_most(PATIENCE)?;
        let Arrived { folder, files, given, .. } = arrived;
        let items = capture_sent(files, given);
        let mut hear = |heard: Heard<'_>| -> Result<ControlFlow<()>, Error> {
            if let Heard::Batch(tally) = heard {
                let (seen, new, failed) = (tally.seen(), tally.new.all, tally.failed);
                self.set(number, Far::Reads { seen, new, failed });
                self.turns.give_way();
            }
            Ok(match self.is_ended(number) {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            })
        };
        take_in(&mut casebook, items, Wanted { readings: true, now: now() }, tally, &mut hear)?;
        drop(folder);
        self.cleared();
        self.set(number, Far::Settles { left: casebook.unsettled()? });
        casebook.settle(|left| {
            self.set(number, Far::Settles { left });
            self.turns.give_way();
        })
    }
}

/// Why a reading could not be gone on with.
fn told(error: &Error) -> String {
    match error {
        Error::Busy => "another process was writing to this casebook for too long".to_owned(),
        error => error.to_string(),
    }
}
