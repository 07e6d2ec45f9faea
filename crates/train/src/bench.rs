//! The folders of gold data.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use throughline_eval::bench as gold;
use throughline_eval::bench::{
    attribution, certainty, incidents, names, negation, same_name, syntax,
};

/// Gold data that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file is not there or cannot be opened.
    #[error("{path}: {cause}; give the folder of the bench, which has a folder for each task", path = .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The file of vectors is not there or cannot be opened.
    #[error("{path}: {cause}; give a file of vectors as GloVe has them, a word and its numbers a line", path = .path.display())]
    Vectors {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// A line is not what its task's README says.
    #[error("{path}, {cause}", path = .path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line and what is wrong.
        cause: throughline_eval::bench::Error,
    },
    /// A file of weights that training goes on from is none.
    #[error("{path}: {cause}", path = .path.display())]
    Weights {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        cause: throughline_linear::Error,
    },
}

/// Articles under CC BY-NC, which no weights that are shipped are made of.
const NON_COMMERCIAL: &str = "BBC Online";

/// A report that nearly repeats one that is held out.
const NEARLY_HELD_OUT: &str = "DEV-MUC3-1133";

/// A folder with a folder for each task.
#[derive(Clone, Debug)]
pub struct Bench {
    folder: PathBuf,
}

impl Bench {
    /// The bench in a folder.
    pub fn new(folder: &Path) -> Bench {
        Bench { folder: folder.to_owned() }
    }

    /// The text of one of its files.
    pub(crate) fn text(&self, file: &str) -> Result<String, Error> {
        let path = self.folder.join(file);
        std::fs::read_to_string(&path).map_err(|cause| Error::Io { path, cause })
    }

    /// The objects of a file of lines of JSON, whatever they are.
    ///
    /// # Errors
    /// If the file is missing or a line is no JSON.
    pub fn lines(&self, file: &str) -> Result<Vec<serde_json::Value>, Error> {
        let text = self.text(file)?;
        gold::values(&text).map_err(|cause| self.wrong(file, cause))
    }

    /// Documents with their names.
    ///
    /// # Errors
    /// If the file is missing or is not what its README says.
    pub fn names(&self, file: &str) -> Result<Vec<names::Record>, Error> {
        let text = self.text(file)?;
        names::records(&text).map_err(|cause| self.wrong(file, cause))
    }

    /// The documents with names that weights are made of.
    ///
    /// # Errors
    /// If the file is missing or is not what its README says.
    pub fn names_to_learn(&self) -> Result<Vec<names::Record>, Error> {
        let mut records = self.names("names/train.jsonl")?;
        // Of re3d the genre says where a text was published.
        records.retain(|record| record.genre.as_deref() != Some(NON_COMMERCIAL));
        Ok(records)
    }

    /// Reports with their incidents.
    ///
    /// # Errors
    /// If the file is missing or is not what its README says.
    pub fn incidents(&self, file: &str) -> Result<Vec<incidents::Record>, Error> {
        let text = self.text(file)?;
        incidents::records(&text).map_err(|cause| self.wrong(file, cause))
    }

    /// The reports with incidents that weights are made of.
    ///
    /// # Errors
    /// If the file is missing or is not what its README says.
    pub fn incidents_to_learn(&self) -> Result<Vec<incidents::Record>, Error> {
        let mut records = self.incidents("incidents/train.jsonl")?;
        records.retain(|record| record.document != NEARLY_HELD_OUT);
        Ok(records)
    }

    /// Articles with their attributions.
    ///
    /// # Errors
    /// If the file is missing or is not what its README says.
    pub fn attributions(&self, file: &str) -> Result<Vec<attribution::Record>, Error> {
        let text = self.text(file)?;
        attribution::records(&text).map_err(|cause| self.wrong(file, cause))
    }

    /// Sentences with events and how certain they are.
    ///
    /// # Errors
    /// If the file is missing or is not what its README says.
    pub fn certainty(&self, file: &str) -> Result<Vec<certainty::Record>, Error> {
        let text = self.text(file)?;
        certainty::records(&text).map_err(|cause| self.wrong(file, cause))
    }

    /// Sentences with negations.
    ///
    /// # Errors
    /// If the file is missing or is not what its README says.
    pub fn negations(&self, file: &str) -> Result<Vec<negation::Record>, Error> {
        let text = self.text(file)?;
        negation::records(&text).map_err(|cause| self.wrong(file, cause))
    }

    /// Sentences with parts of speech.
    ///
    /// # Errors
    /// If the file is missing or is not what its README says.
    pub fn sentences(&self, file: &str) -> Result<Vec<syntax::Sentence>, Error> {
        let text = self.text(file)?;
        syntax::sentences(&text).map_err(|cause| self.wrong(file, cause))
    }

    /// Pairs of names, each with whether they are one's; those without an answer are left out.
    ///
    /// # Errors
    /// If a file is missing or is not what its README says.
    pub fn same_name(&self) -> Result<Vec<(same_name::Pair, bool)>, Error> {
        let (pairs, gold) = ("same-name/pairs.jsonl", "same-name/pairs.gold.jsonl");
        let answers: BTreeMap<String, bool> = same_name::gold(&self.text(gold)?)
            .map_err(|cause| self.wrong(gold, cause))?
            .into_iter()
            .map(|one| (one.id, one.same))
            .collect();
        let all = same_name::pairs(&self.text(pairs)?).map_err(|cause| self.wrong(pairs, cause))?;
        Ok(all
            .into_iter()
            .filter_map(|pair| Some((answers.get(&pair.id).copied()?, pair)))
            .map(|(same, pair)| (pair, same))
            .collect())
    }

    pub(crate) fn wrong(&self, file: &str, cause: throughline_eval::bench::Error) -> Error {
        Error::Line { path: self.folder.join(file), cause }
    }
}
