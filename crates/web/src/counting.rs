//! Counts that are chosen, saved and published through pages, `POST /count`.
//!
//! A form goes this way: what is chosen becomes the text of a definition (`throughline_tell::chosen`), as
//! which it is tried, saved or published as the command does; nothing here decides what is counted.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use throughline_casebook::{Error as CasebookError, Publication};
use throughline_formats::counts;
use throughline_model::AsOf;
use throughline_tell::chosen::{Asked, Chosen, Conditions};
use throughline_weigh::count::{Level, Unit};

use crate::address::escaped;
use crate::ask::{Ask, Form};
use crate::desk::{Desk, told};
use crate::judging::fields::Fields;
use crate::judging::{Sent, own};
use crate::pages::choosing::{self, Choosing};
use crate::trouble::Trouble;

/// Of how many conditions the form has fields, in either list.
pub(crate) const ROWS: usize = 4;

/// The two lists of conditions, as fields call them.
pub(crate) const LISTS: [&str; 2] = ["of", "in"];

/// The fields of a condition.
pub(crate) const PARTS: [&str; 4] = ["what", "test", "value", "party"];

/// The name of the field of a condition.
pub(crate) fn field(list: &str, row: usize, part: &str) -> String {
    format!("{list}-{row}-{part}")
}

/// Tries, saves or publishes a count.
pub(crate) async fn count(State(desk): State<Arc<Desk>>, ask: Ask, sent: Sent) -> Response {
    let fields = match own(&desk, sent) {
        Ok(fields) => fields,
        Err(trouble) => return desk.trouble(&ask, &trouble),
    };
    let at_work = Arc::clone(&desk);
    let question = ask.clone();
    let done = tokio::task::spawn_blocking(move || taken(&at_work, &question, &fields)).await;
    match done {
        Ok(Ok(Taken::Tried(page))) => desk.shown(&ask, StatusCode::OK, &*page),
        Ok(Ok(Taken::Kept(to))) if ask.form == Form::Json => told(&json!([{"address": to}])),
        Ok(Ok(Taken::Kept(to))) => {
            let mut response = StatusCode::SEE_OTHER.into_response();
            let to = HeaderValue::from_str(&to).unwrap_or(HeaderValue::from_static("/counts"));
            response.headers_mut().insert(LOCATION, to);
            response
        }
        Ok(Err(trouble)) => desk.trouble(&ask, &trouble),
        Err(_panic) => desk.trouble(&ask, &Trouble::fault()),
    }
}

/// What became of a form.
enum Taken {
    /// It was counted, or refused beside its fields.
    Tried(Box<Choosing>),
    /// It was saved or published, and stands at this address.
    Kept(String),
}

fn taken(desk: &Desk, ask: &Ask, fields: &Fields) -> Result<Taken, Trouble> {
    let toml = match text(fields) {
        Ok(toml) => toml,
        Err(why) => return tried(desk, ask, fields, None, Some(why)),
    };
    match fields.one("act") {
        Some("save") => {
            let named = match counts::read(&toml) {
                Ok(named) => named,
                Err(error) => return tried(desk, ask, fields, Some(toml), Some(error.to_string())),
            };
            let there = desk.read(|room| Ok(room.casebook.definitions()?))?;
            // A definition that goes by the name is replaced only by who says so.
            let replaced =
                there.iter().any(|one| one.saved.name == named.name && one.saved.toml != toml);
            if replaced && fields.one("replaces") != Some(&named.name) {
                let why = format!(
                    "a count called {} is saved already; give this one another name, or say that it takes its place",
                    named.name
                );
                return tried(desk, ask, fields, Some(toml), Some(why));
            }
            desk.pen().write(|casebook| casebook.save_definition(&toml)).map_err(refused)?;
            Ok(Taken::Kept(format!("/counts/{}", escaped(&named.name))))
        }
        Some("publish") => {
            let wanted = |name, what: &str| {
                fields.one(name).map(str::to_owned).ok_or_else(|| {
                    Trouble::refused(
                        format!("It was not published: it needs {what}."),
                        "Go back, and add it.",
                    )
                })
            };
            let (by, at) = (wanted("by", "your name")?, wanted("where", "where it is published")?);
            let draft = fields.one("draft").is_some();
            let publishing = desk.pen().write(|casebook| {
                casebook.settle(|_| {})?;
                let as_of = AsOf::default();
                casebook.publish(&Publication { toml: &toml, as_of, by: &by, at: &at, draft })
            });
            let number = publishing.map_err(refused)?.count.number;
            Ok(Taken::Kept(format!("/published/{number}")))
        }
        _ => tried(desk, ask, fields, Some(toml), None),
    }
}

fn tried(
    desk: &Desk,
    ask: &Ask,
    fields: &Fields,
    toml: Option<String>,
    fault: Option<String>,
) -> Result<Taken, Trouble> {
    let page = desk.read(|room| choosing::tried(room, ask, fields, toml, fault))?;
    Ok(Taken::Tried(Box::new(page)))
}

fn refused(error: CasebookError) -> Trouble {
    match error {
        CasebookError::Refused(why) => {
            Trouble::refused(format!("Not entered: {why}."), "Go back, and mend it.")
        }
        CasebookError::Busy => Trouble::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "Another process is writing to this casebook, so nothing was entered.",
            "Send it again when it has finished its step.",
        ),
        error => error.into(),
    }
}

/// The text of the definition: as it was written, or made of what was chosen.
fn text(fields: &Fields) -> Result<String, String> {
    if let Some(toml) = fields.one("toml") {
        return Ok(format!("{toml}\n"));
    }
    let typed = |name: &str| fields.one(name).unwrap_or_default().to_owned();
    let unit = typed("unit");
    let level = typed("level");
    let of_incidents = ["incident", "perpetrator"].contains(&unit.as_str());
    let chosen = Chosen {
        title: typed("title"),
        name: fields.one("name").map(str::to_owned),
        question: fields.one("question").map(str::to_owned),
        unit: Unit::ALL.into_iter().find(|one| one.name() == unit).unwrap_or(Unit::Incident),
        // A level that is left as it was when another unit was chosen asks for nothing.
        level: Level::ALL
            .into_iter()
            .find(|one| of_incidents && one.name() == level)
            .unwrap_or_default(),
        sum: fields.one("sum").map(str::to_owned),
        hedged: fields.one("hedged").is_some(),
        of: conditions(fields, LISTS[0]),
        within: conditions(fields, LISTS[1]),
    };
    chosen.toml().map_err(|error| error.to_string())
}

fn conditions(fields: &Fields, list: &str) -> Conditions {
    let asked = |row| {
        let [what, test, value, party] =
            PARTS.map(|part| fields.one(&field(list, row, part)).unwrap_or_default().to_owned());
        Asked { what, test, value, party }
    };
    let all = (1..=ROWS).map(asked).filter(|one| !one.what.is_empty()).collect();
    Conditions { any: fields.one(&format!("{list}-how")) == Some("any"), all }
}
