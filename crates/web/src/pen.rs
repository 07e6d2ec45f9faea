//! The one casebook through which these pages write.
//!
//! A judgment is one short step, and steps wait for each other: who judges at the same moment loses
//! nothing. What a step touches is settled by the page that asks next.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use throughline_casebook::{Casebook, Error};

/// How long a judgment waits for another process to finish a step.
const PATIENCE: Duration = Duration::from_secs(5);

/// A casebook that is opened for writing at the first step.
#[derive(Debug)]
pub(crate) struct Pen {
    path: PathBuf,
    casebook: Mutex<Option<Casebook>>,
}

impl Pen {
    pub(crate) fn new(path: &Path) -> Pen {
        Pen { path: path.to_owned(), casebook: Mutex::default() }
    }

    /// Runs a step, after those that came before. A casebook in whose step something panicked is
    /// opened anew.
    pub(crate) fn write<T, E: From<Error>>(
        &self,
        step: impl FnOnce(&mut Casebook) -> Result<T, E>,
    ) -> Result<T, E> {
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
