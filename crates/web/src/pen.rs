//! The one casebook through which these pages write.
//!
//! A judgment is one short step, and steps wait for each other: who judges at the same moment loses
//! nothing. What a step touches is settled by the page that asks next. Who writes for minutes, as a
//! reading does, gives way between its own steps ([`Turns`]).

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use throughline_casebook::{Casebook, Error};

/// How long a judgment waits for another process to finish a step.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long who gives way waits at most.
const COURTESY: Duration = Duration::from_secs(2);

/// How many wait to write. A file's lock knows no order: who takes it again as soon as it is free
/// would keep others out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Turns(Arc<AtomicUsize>);

impl Turns {
    /// Lets those write who wait to, between two steps of something long.
    pub(crate) fn give_way(&self) {
        let until = Instant::now() + COURTESY;
        while self.0.load(Ordering::Relaxed) > 0 && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Somebody waits to write, for as long as this is held.
    fn wait(&self) -> Turn {
        self.0.fetch_add(1, Ordering::Relaxed);
        Turn(self.clone())
    }
}

/// One who waits to write, or writes.
struct Turn(Turns);

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A casebook that is opened for writing at the first step.
#[derive(Debug)]
pub(crate) struct Pen {
    path: PathBuf,
    casebook: Mutex<Option<Casebook>>,
    turns: Turns,
}

impl Pen {
    pub(crate) fn new(path: &Path) -> Pen {
        Pen { path: path.to_owned(), casebook: Mutex::default(), turns: Turns::default() }
    }

    /// By which others give way to it.
    pub(crate) fn turns(&self) -> Turns {
        self.turns.clone()
    }

    /// Runs a step, after those that came before. A casebook in whose step something panicked is
    /// opened anew.
    pub(crate) fn write<T, E: From<Error>>(
        &self,
        step: impl FnOnce(&mut Casebook) -> Result<T, E>,
    ) -> Result<T, E> {
        let _turn = self.turns.wait();
        let mut held = self.casebook.lock().unwrap_or_else(PoisonError::into_inner);
        let mut casebook = match held.take() {
            Some(casebook) => casebook,
            None => {
                let casebook = Casebook::open(&self.path)?;
                casebook.wait_at_most(PATIENCE)?;
                casebook
            }
        };
        let done = step(&mut casebook);
        *held = Some(casebook);
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_writes_long_waits_for_who_wants_to_and_no_longer() {
        let turns = Turns::default();
        let began = Instant::now();
        turns.give_way();
        assert!(began.elapsed() < COURTESY, "nobody waits");
        let turn = turns.wait();
        let (own, other) = (turns.clone(), Arc::new(AtomicUsize::new(0)));
        let seen = Arc::clone(&other);
        let thread = std::thread::spawn(move || {
            own.give_way();
            seen.load(Ordering::SeqCst)
        });
        std::thread::sleep(Duration::from_millis(30));
        other.store(1, Ordering::SeqCst);
        drop(turn);
        assert_eq!(thread.join().unwrap(), 1, "it waited for what was done meanwhile");
        // Who never comes to write keeps nobody for ever.
        let _stuck = turns.wait();
        turns.give_way();
    }
}
