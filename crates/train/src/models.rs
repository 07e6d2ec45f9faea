//! Files of weights that later stages are trained on top of.

use std::path::{Path, PathBuf};

use throughline_linear::{Chain, Codes};

use crate::{Error, Made};

/// The folder of the weights.
#[derive(Clone, Debug)]
pub struct Models {
    folder: PathBuf,
}

impl Models {
    /// The weights in a folder.
    pub fn new(folder: &Path) -> Models {
        Models { folder: folder.to_owned() }
    }

    /// Clusters of words.
    ///
    /// # Errors
    /// If there are none, or the file is damaged.
    pub fn clusters(&self) -> Result<Codes, Error> {
        self.load("clusters.bin", Codes::from_bytes)
    }

    /// Related words.
    ///
    /// # Errors
    /// If there are none, or the file is damaged.
    pub fn related(&self) -> Result<Codes, Error> {
        self.load("related.bin", Codes::from_bytes)
    }

    /// The tagger of parts of speech.
    ///
    /// # Errors
    /// If there is none, or the file is damaged.
    pub fn parts(&self) -> Result<Chain, Error> {
        self.load("parts-of-speech.bin", Chain::from_bytes)
    }

    /// The finder of names.
    ///
    /// # Errors
    /// If there is none, or the file is damaged.
    pub fn names(&self) -> Result<Chain, Error> {
        self.load("names.bin", Chain::from_bytes)
    }

    /// The finder of what kind of incident a report tells of.
    ///
    /// # Errors
    /// If there is none, or the file is damaged.
    pub fn relevance(&self) -> Result<Chain, Error> {
        self.load("relevance.bin", Chain::from_bytes)
    }

    /// The weights of a stage, by the name of their file without its ending.
    ///
    /// # Errors
    /// If there are none, or the file is damaged.
    pub fn chain(&self, name: &str) -> Result<Chain, Error> {
        self.load(&format!("{name}.bin"), Chain::from_bytes)
    }

    fn load<T>(
        &self,
        file: &str,
        load: impl Fn(&[u8]) -> Result<T, throughline_linear::Error>,
    ) -> Result<T, Error> {
        let path = self.folder.join(file);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(cause) => return Err(Error::Io { path, cause }),
        };
        load(&bytes).map_err(|cause| Error::Weights { path, cause })
    }

    /// Writes weights and their card.
    ///
    /// # Errors
    /// If either cannot be written.
    pub(crate) fn save(
        &self,
        name: &'static str,
        weights: &[u8],
        card: &str,
    ) -> Result<Made, Error> {
        self.save_as(name, "bin", weights, card)
    }

    /// Writes weights in a file with this ending, and their card, if they have one of their own.
    ///
    /// # Errors
    /// If either cannot be written.
    pub(crate) fn save_as(
        &self,
        name: &'static str,
        ending: &'static str,
        weights: &[u8],
        card: &str,
    ) -> Result<Made, Error> {
        for (file, bytes) in
            [(format!("{name}.{ending}"), weights), (format!("{name}.md"), card.as_bytes())]
        {
            if bytes.is_empty() {
                continue;
            }
            let path = self.folder.join(file);
            std::fs::write(&path, bytes).map_err(|cause| Error::Io { path, cause })?;
        }
        Ok(Made { name, ending, bytes: weights.len() })
    }
}
