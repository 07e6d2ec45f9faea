//! Attributions as lines of JSON.

use serde_json::{Map, Value as Json, json};

use super::{Attribution, Error, Pieces, ROLES, Record};

/// A document of a line.
pub(super) fn read(line: usize, document: String, json: &Json) -> Result<Record, Error> {
    let all = match &json["attributions"] {
        Json::Null => &[][..],
        Json::Array(all) => all,
        _ => return Err(Error::new(line, "\"attributions\" must be a list")),
    };
    let attribution = |(at, json): (usize, &Json)| {
        let mut roles = <[Pieces; 3]>::default();
        for (role, into) in ROLES.iter().zip(&mut roles) {
            *into = pieces(&json[role]).ok_or_else(|| {
                let what = "must be a list of [start, end] in bytes";
                Error::new(line, format!("attributions[{at}]: \"{role}\" {what}"))
            })?;
        }
        Ok(Attribution { roles })
    };
    let attributions = all.iter().enumerate().map(attribution).collect::<Result<_, Error>>()?;
    let text = json["text"].as_str().unwrap_or_default().to_owned();
    Ok(Record { document, text, attributions })
}

fn pieces(json: &Json) -> Option<Pieces> {
    if json.is_null() {
        return Some(Vec::new());
    }
    let number = |json: &Json| json.as_u64().and_then(|n| usize::try_from(n).ok());
    let piece = |json: &Json| match json.as_array()?.as_slice() {
        [start, end] => Some((number(start)?, number(end)?)).filter(|(start, end)| start < end),
        _ => None,
    };
    json.as_array()?.iter().map(piece).collect()
}

/// A prediction as a line of JSON.
pub fn line(document: &str, attributions: &[Attribution]) -> Json {
    let attribution = |one: &Attribution| {
        let roles = ROLES.iter().zip(&one.roles);
        Json::Object(
            roles.map(|(role, all)| ((*role).to_owned(), json!(all))).collect::<Map<_, _>>(),
        )
    };
    json!({"docid": document, "attributions": attributions.iter().map(attribution).collect::<Vec<_>>()})
}
