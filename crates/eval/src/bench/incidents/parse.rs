//! Records of incidents from and to JSON.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::{Entity, Filler, ROLES, Record, Roles, SLOTS, Template};
use crate::bench::Error;

pub(super) fn record(line: usize, document: String, json: &Json) -> Result<Record, Error> {
    let templates = |field: &str| match &json[field] {
        Json::Null => Ok(None),
        Json::Array(all) => all
            .iter()
            .enumerate()
            .map(|(at, one)| template(line, &format!("{field}[{at}]"), one))
            .collect::<Result<Vec<_>, _>>()
            .map(Some),
        _ => Err(Error::new(line, format!("\"{field}\" must be a list of objects"))),
    };
    let ree = match &json["ree"] {
        Json::Null => None,
        one => Some(roles(line, "ree", one)?),
    };
    Ok(Record {
        document,
        text: json["text"].as_str().unwrap_or_default().to_owned(),
        templates: templates("templates")?.unwrap_or_default(),
        gtt: templates("gtt")?,
        ree,
    })
}

fn template(line: usize, place: &str, json: &Json) -> Result<Template, Error> {
    if !json.is_object() {
        return Err(Error::new(line, format!("{place} must be an object")));
    }
    let mut slots = BTreeMap::new();
    for slot in SLOTS {
        let Some(held) = json.get(slot) else { continue };
        let fillers = match held {
            Json::Null => Vec::new(),
            Json::Array(all) => all.iter().map(filler).collect(),
            one => vec![filler(one)],
        };
        let Some(fillers) = fillers.into_iter().collect::<Option<Vec<_>>>() else {
            return Err(Error::new(line, format!("{place}: slot {slot} has a malformed filler")));
        };
        slots.insert(slot, fillers);
    }
    let kind = match &json["incident_type"] {
        Json::Null => None,
        Json::String(kind) => Some(kind.clone()),
        _ => return Err(Error::new(line, format!("{place}: incident_type must be a string"))),
    };
    let optional = json["optional"].as_bool().unwrap_or(false);
    Ok(Template { kind, roles: roles(line, place, json)?, slots, optional })
}

fn roles(line: usize, place: &str, json: &Json) -> Result<Roles, Error> {
    let mut roles = Roles::default();
    for (role, entities) in ROLES.iter().zip(&mut roles) {
        let wrong =
            || Error::new(line, format!("{place}: {role} must be a list of lists of strings"));
        let Some(held) = json.get(role) else { continue };
        for entity in held.as_array().ok_or_else(wrong)? {
            let mentions = entity.as_array().ok_or_else(wrong)?;
            let mention = |one: &Json| one.as_str().map(str::to_owned);
            entities.push(mentions.iter().map(mention).collect::<Option<_>>().ok_or_else(wrong)?);
        }
    }
    Ok(roles)
}

/// A filler as text, number, or object with its alternatives.
fn filler(json: &Json) -> Option<Filler> {
    let written = |one: &Json| match one {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    };
    if !json.is_object() {
        return Some(Filler { alternatives: vec![written(json)?], ..Filler::default() });
    }
    let alternatives = match (&json["value"], &json["alts"]) {
        (Json::Null, Json::Array(all)) if !all.is_empty() => {
            all.iter().map(written).collect::<Option<_>>()?
        }
        (value, _) => vec![written(value)?],
    };
    let of = match &json["ref"] {
        Json::Null => Vec::new(),
        Json::Array(all) => all.iter().map(written).collect::<Option<_>>()?,
        one => vec![written(one)?],
    };
    let optional = json["optional"].as_bool().unwrap_or(false);
    Some(Filler { alternatives, of, optional })
}

/// A prediction as a line of JSON.
pub fn line(record: &Record) -> Json {
    let mut json = json!({
        "docid": record.document,
        "templates": record.templates.iter().map(written).collect::<Vec<_>>(),
    });
    if let Some(ree) = &record.ree {
        json["ree"] = Json::Object(roles_written(ree));
    }
    json
}

fn written(template: &Template) -> Json {
    let mut json = roles_written(&template.roles);
    if let Some(kind) = &template.kind {
        json.insert("incident_type".to_owned(), json!(kind));
    }
    for (slot, fillers) in &template.slots {
        let filler = |one: &Filler| json!({"value": one.alternatives.first(), "ref": one.of});
        json.insert((*slot).to_owned(), fillers.iter().map(filler).collect());
    }
    Json::Object(json)
}

fn roles_written(roles: &Roles) -> Map<String, Json> {
    let entities = |all: &[Entity]| json!(all);
    ROLES.iter().zip(roles).map(|(role, all)| ((*role).to_owned(), entities(all))).collect()
}
