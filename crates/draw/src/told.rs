//! A picture as JSON: what it says of itself, and its facts.

use serde_json::{Value as Json, json};
use throughline_model::AsOf;

use crate::{Caption, Table};

/// What the picture says of itself, and its facts, as commands and pages give them.
pub fn json(caption: &Caption, table: &Table, as_of: AsOf) -> Json {
    json!({
        "title": caption.title,
        "as_of": as_of.published.map(|day| day.to_string()),
        "recorded_by": as_of.recorded.map(|moment| moment.to_string()),
        "content": caption.state.as_ref().map(|state| state.content.to_string()),
        "head": caption.state.as_ref().and_then(|state| state.head).map(|head| head.to_string()),
        "program": caption.state.as_ref().map(|state| state.program.clone()),
        "marks": caption.marks,
        "header": table.header,
        "rows": table.rows,
    })
}
