//! Documents for tests.

use throughline_model::{Document, DocumentId, Edtf, Sha256};

/// A document whose whole text is body, published then if a date is given.
pub(crate) fn document(text: &str, published: Option<&str>) -> Document {
    let sha256 = Sha256::of(text.as_bytes());
    let published = published.map(|date| date.parse::<Edtf>().unwrap());
    Document {
        id: DocumentId::of_bytes(sha256),
        sha256,
        source: None,
        title: None,
        byline: None,
        published,
        url: None,
        language: None,
        text: text.to_owned(),
        zones: Vec::new(),
    }
}
