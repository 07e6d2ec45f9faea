//! Pairs of records that may be one, as JSON.

use serde_json::{Value as Json, json};
use throughline_casebook::{Doubtful, Side};

/// The fields that docs/json.md gives.
pub fn json(pair: &Doubtful) -> Json {
    let side = |side: &Side| json!({"id": side.id.to_string(), "name": side.name, "mentions": side.mentions});
    json!({
        "one": side(&pair.one),
        "other": side(&pair.other),
        "score": pair.percent,
        "beside": pair.beside,
    })
}
