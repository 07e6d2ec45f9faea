//! Counts as JSON, for `--json`. The field names are promised in docs/json.md.

use serde_json::{Map, Value as Json, json};
use throughline_model::Variable;
use throughline_weigh::count::{Amount, Asked, Ground, Identity, Place, Placed, Tally, Who};

use super::unit_text;
use crate::view::{Names, holding};

/// One reading of a count; `text` is the figure in words.
pub fn tally(tally: &Tally, text: &str, sum: Option<Variable>) -> Json {
    let (least, most) = tally.range();
    let mut object = Map::new();
    object.insert("figure".into(), json!(text));
    object.insert("least".into(), json!(least));
    object.insert("most".into(), json!(most));
    object.insert("of".into(), amount(tally.denominator(), sum));
    for place in Place::LISTED {
        object.insert(place.name().into(), amount(tally.amount(place), sum));
    }
    let marks = tally.marks().iter().map(|(mark, units)| {
        let units: Vec<String> = units.iter().map(|unit| unit_text(*unit)).collect();
        json!({"mark": mark.name(), "units": units})
    });
    object.insert("marks".into(), Json::Array(marks.collect()));
    object.insert("final".into(), json!(tally.is_final()));
    Json::Object(object)
}

fn amount(amount: Amount, sum: Option<Variable>) -> Json {
    match sum {
        None => json!({"units": amount.units}),
        Some(_) => json!({
            "units": amount.units,
            "least": amount.least,
            "most": amount.most,
            "without": amount.without,
        }),
    }
}

/// Where a unit stands in one reading, and why.
pub fn placed(placed: &Placed, names: Names) -> Json {
    json!({
        "place": placed.place.name(),
        "because": placed.grounds.iter().map(|one| ground(one, names)).collect::<Vec<_>>(),
        "marks": placed.marks.iter().map(|mark| mark.name()).collect::<Vec<_>>(),
    })
}

/// One value, or the lack of one, and what it says.
pub fn ground(ground: &Ground, names: Names) -> Json {
    let (mut set, mut typology) = (None, None);
    let asked = match &ground.asked {
        Asked::Variable(variable) => variable.name(),
        Asked::Set(who) => {
            set = Some(match who {
                Who::Named(name) => name.clone(),
                Who::Record(id) => id.to_string(),
            });
            "set"
        }
        Asked::Level => "level",
        Asked::Perpetrator => "perpetrator",
        Asked::Toll => "toll",
        Asked::Claim => "claim",
        Asked::Typology(name) => {
            typology = Some(name);
            "typology"
        }
    };
    json!({
        "asked": asked,
        "set": set,
        "typology": typology,
        "claim": ground.claim.map(|id| id.to_string()),
        "why": ground.why.name(),
        "value": ground.held.as_ref().map(|held| holding(held, names)),
        "identity": match ground.identity {
            Identity::Reviewed => "reviewed",
            Identity::Proposed => "proposed",
        },
    })
}
