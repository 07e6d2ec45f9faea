//! The casebook that is served, and with whose eyes it is seen.

use std::path::{Path, PathBuf};

use throughline_casebook::{Casebook, Result};

/// A casebook's file, and the coder whose view of it is served.
#[derive(Clone, Debug)]
pub(crate) struct Book {
    pub(crate) path: PathBuf,
    /// To whom what others judged is hidden.
    pub(crate) coder: Option<String>,
}

impl Book {
    pub(crate) fn new(path: &Path, coder: Option<&str>) -> Book {
        Book { path: path.to_owned(), coder: coder.map(str::to_owned) }
    }

    /// Opens it for questions.
    pub(crate) fn open(&self) -> Result<Casebook> {
        let mut casebook = Casebook::open_to_ask(&self.path)?;
        if let Some(coder) = &self.coder {
            casebook.blind(coder);
        }
        Ok(casebook)
    }
}
