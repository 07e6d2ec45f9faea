//! What the caller knows about documents that do not say it themselves.

use throughline_model::{Edtf, Medium};

use crate::Format;

/// The caller's options. A document's own words always come first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// When documents without a date were published; see
    /// [`published_date`](crate::published_date) for reading one.
    pub published: Option<Edtf>,
    /// Who published documents that name no source.
    pub source: Option<String>,
    /// What documents are whose format does not tell.
    pub medium: Option<Medium>,
    /// Where documents without an address were found.
    pub url: Option<String>,
    /// The language of the documents, as a BCP 47 tag.
    pub language: Option<String>,
    /// The format of every file, whatever its extension.
    pub format: Option<Format>,
}
