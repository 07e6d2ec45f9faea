//! Documents for tests.

use throughline_model::{Document, Edtf, Sha256};

/// A document whose whole text is body, published then if a date is given.
pub(crate) fn document(text: &str, published: Option<&str>) -> Document {
    let sha256 = Sha256::of(text.as_bytes());
    let published = published.map(|date| date.parse::<Edtf>().unwrap());
    Document { published, text: text.to_owned(), ..Document::bare(sha256) }
}
