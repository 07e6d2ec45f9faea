//! A world: entities and dated relations.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use throughline_model::{Day, Fingerprint, MentionId, SubjectKind};

use super::rows::day;

/// Something in a world.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entity {
    /// Its kind: person, place, attack, plot, activity, country, locality.
    pub kind: String,
    /// Of an attack, when it happened.
    pub date: Option<Day>,
    /// Of an attack, its type.
    pub what: Option<String>,
    /// Of an attack, the number of its place.
    pub place: Option<String>,
    /// Of an attack, the numbers of its features.
    pub features: Vec<u64>,
}

/// A relation between two entities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// From which.
    pub a: String,
    /// To which.
    pub b: String,
    /// Its type: involved_in, took_part_in, linked_to, present_in, co_located.
    pub what: String,
    /// When it was public, where that is known.
    pub date: Option<Day>,
}

/// Entities and relations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct World {
    /// The entities, by id.
    pub entities: BTreeMap<String, Entity>,
    /// The relations, as they come.
    pub relations: Vec<Relation>,
}

/// The world of a text.
///
/// # Errors
/// In words, if it is no JSON of this form.
pub fn world(text: &str) -> Result<World, String> {
    let json: Json =
        serde_json::from_str(text).map_err(|error| format!("not valid JSON ({error})"))?;
    let list = |field: &str| {
        let missing = || format!("expected an object with a list \"{field}\"");
        json[field].as_array().ok_or_else(missing)
    };
    let mut world = World::default();
    for (at, entity) in list("entities")?.iter().enumerate() {
        let text = |field: &str| entity[field].as_str().map(str::to_owned);
        let (Some(id), Some(kind)) = (text("id"), text("kind")) else {
            return Err(format!("entities[{at}] needs texts \"id\" and \"kind\""));
        };
        let features = entity["features"].as_array();
        let numbers = features.into_iter().flatten().filter_map(Json::as_u64);
        let own = Entity {
            kind,
            date: date(&entity["date"]).map_err(|error| format!("entities[{at}]: {error}"))?,
            what: text("type"),
            place: text("place"),
            features: numbers.collect(),
        };
        if world.entities.insert(id.clone(), own).is_some() {
            return Err(format!("entities[{at}]: id {id} occurs twice"));
        }
    }
    for (at, relation) in list("relations")?.iter().enumerate() {
        let text = |field: &str| relation[field].as_str().map(str::to_owned);
        let (Some(a), Some(b), Some(what)) = (text("a"), text("b"), text("type")) else {
            return Err(format!("relations[{at}] needs texts \"a\", \"b\" and \"type\""));
        };
        for end in [&a, &b] {
            if !world.entities.contains_key(end) {
                return Err(format!("relations[{at}]: there is no entity {end}"));
            }
        }
        let date = date(&relation["date"]).map_err(|error| format!("relations[{at}]: {error}"))?;
        world.relations.push(Relation { a, b, what, date });
    }
    Ok(world)
}

fn date(json: &Json) -> Result<Option<Day>, String> {
    match json {
        Json::Null => Ok(None),
        date => {
            let found = date.as_str().and_then(day);
            found.map(Some).ok_or_else(|| format!("{date} is no date (YYYY-MM-DD or null)"))
        }
    }
}

/// The mention that stands for an entity.
pub(super) fn mention(kind: SubjectKind, id: &str) -> MentionId {
    MentionId::of(kind, Fingerprint::new("bench").field(id.as_bytes()))
}
