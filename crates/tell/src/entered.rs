//! What is said when a judgment was entered, on a terminal and on pages alike.

use serde_json::{Value as Json, json};
use throughline_casebook::Disposition;

use crate::verdict::Judged;

impl Judged {
    /// Whether it is new; else the same judgment was there.
    pub fn is_new(&self) -> bool {
        self.disposition != Disposition::Known
    }

    /// What was read again, since it changed the date: a sentence for each document, without its
    /// full stop.
    pub fn read_anew(&self) -> Vec<String> {
        let told = |(document, changed): &(_, usize)| {
            let what = match changed {
                0 => "nothing it says is read otherwise".to_owned(),
                1 => "1 assertion otherwise than before".to_owned(),
                many => format!("{many} assertions otherwise than before"),
            };
            format!("{document} is read again by the date in force: {what}")
        };
        self.read_again.iter().map(told).collect()
    }

    /// As JSON, as docs/json.md describes it under `judge`.
    pub fn json(&self) -> Json {
        json!({
            "judgment": self.judgment.id.to_string(),
            "entered": self.disposition == Disposition::Entered,
            "read_again": self.read_again.iter().map(|(document, changed)| json!({
                "document": document.to_string(), "changed": changed,
            })).collect::<Vec<_>>(),
            "remarks": self.remarks,
        })
    }
}
