//! What a search finds.

use serde_json::{Value as Json, json};
use throughline_casebook::Hit;

/// A document found, in the fields that docs/json.md gives.
pub fn json(hit: &Hit) -> Json {
    json!({
        "id": hit.document.id.to_string(),
        "published": hit.document.published.as_ref().map(ToString::to_string),
        "changed": hit.document.changed().map(ToString::to_string),
        "source": hit.document.source,
        "title": hit.document.title,
        "opening": hit.document.opening,
        "snippet": hit.snippet,
    })
}
