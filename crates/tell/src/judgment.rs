//! Judgments in words and as JSON.

use serde_json::{Value as Json, json};
use throughline_model::{Act, Instant, Judgment};

use crate::words;

/// What a judgment is about, in words.
pub fn spelled(judgment: &Judgment) -> String {
    match &judgment.act {
        Act::Accept(id) | Act::Reject(id) | Act::Retract(id) => id.to_string(),
        Act::Correct { assertion, by } => {
            format!("{assertion}, which says {}", words::assertion(by, &|_| None))
        }
        Act::Withdraw { assertion, on } => format!("{assertion}, on {on}"),
        Act::Find(target) | Act::Code(target) => {
            let variable = words::variable(target.variable, target.party, &|_| None);
            let value = target.value.as_ref().map(|value| words::value(value, &|_| None));
            let value = value.unwrap_or_else(|| "cannot be known".to_owned());
            let rests: Vec<String> = target.rests_on.iter().map(ToString::to_string).collect();
            let rests = match rests.is_empty() {
                true => String::new(),
                false => format!(", resting on {}", rests.join(", ")),
            };
            format!("{} {variable}: {value}{rests}", target.subject)
        }
        Act::Same(a, b) | Act::NotSame(a, b) | Act::Unsure(a, b) | Act::Unrelated(a, b) => {
            format!("{a} and {b}")
        }
        Act::Dated { document, published } => format!("{document}: {published}"),
        Act::Grade { source, reliability } => {
            format!("{source}: {reliability}, {}", reliability.means())
        }
        Act::Credit { assertion, credibility } => {
            format!("{assertion}: {credibility}, {}", credibility.means())
        }
        Act::Undo => {
            judgment.supersedes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        }
    }
}

/// The fields that docs/json.md gives.
pub fn json(judgment: &Judgment, recorded: Instant, in_force: bool) -> Json {
    let written = throughline_formats::write_judgment(judgment);
    let mut object: Json = serde_json::from_str(&written).unwrap_or_default();
    object["recorded"] = json!(recorded.to_string());
    object["in_force"] = json!(in_force);
    object
}
