//! Settling: records that entries have touched since they were last derived are derived anew, beside
//! the pages.
//!
//! Another process may be writing: `throughline read` stores thousands of documents before it
//! settles, and a judgment touches a few records. A page that meets what is not settled asks here
//! and waits a moment; if that is not enough, it says so of itself.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use throughline_casebook::Casebook;

/// How long a page waits for records to be settled.
pub(crate) const PATIENCE: Duration = Duration::from_millis(800);

/// One thread that settles when it is asked to.
#[derive(Debug)]
pub(crate) struct Settler {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    asked: u64,
    done: u64,
    over: bool,
    /// Why the last attempt failed, if it did.
    failure: Option<String>,
}

impl Settler {
    /// Starts the thread.
    pub(crate) fn start(path: &Path) -> Settler {
        let shared = Arc::new(Shared::default());
        let own = Arc::clone(&shared);
        let path = path.to_owned();
        std::thread::spawn(move || own.work(path));
        Settler { shared }
    }

    /// Asks for everything that stands open now to be settled, and waits for it as long as patience
    /// lasts. Returns why it could not be done, if it failed.
    pub(crate) fn ask(&self, patience: Duration) -> Option<String> {
        let until = Instant::now() + patience;
        let mut state = self.shared.state();
        state.asked += 1;
        let own = state.asked;
        self.shared.changed.notify_all();
        while state.done < own {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            state = self
                .shared
                .changed
                .wait_timeout(state, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
        state.failure.clone()
    }
}

impl Drop for Settler {
    fn drop(&mut self) {
        self.shared.state().over = true;
        self.shared.changed.notify_all();
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self, path: PathBuf) {
        loop {
            let round = {
                let mut state = self.state();
                while state.asked == state.done && !state.over {
                    state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                }
                if state.over {
                    return;
                }
                state.asked
            };
            let begun = Instant::now();
            let settled = Casebook::open(&path).and_then(|mut casebook| casebook.settle(|_| {}));
            let mut state = self.state();
            state.done = round;
            state.failure = settled.err().map(|error| error.to_string());
            drop(state);
            self.changed.notify_all();
            // Whoever writes gets at least as much of the file's time as this thread took.
            std::thread::sleep(begun.elapsed().min(Duration::from_secs(5)));
        }
    }
}
