//! Taking sources in through pages: files and texts are sent, and read as `throughline read` reads.
//!
//! A form goes this way: [`arriving`] lays what is sent into a folder of its own, within bounds and
//! under names of its own; [`taking`] has one thread that reads one sending after the other, while
//! pages go on; the browser is led to the page that says how far it is and what came of it.

pub(crate) mod arriving;
pub(crate) mod taking;

use std::sync::Arc;

use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::ask::{Ask, Form as Wanted};
use crate::desk::{Desk, told};
use crate::judging::{Sent as SentForm, own};
use crate::trouble::Trouble;

/// The page of a sending.
pub(crate) fn address(number: u64) -> String {
    format!("/read/{number}")
}

/// What is sent to be read, `POST /read`.
pub(crate) async fn take(
    State(desk): State<Arc<Desk>>,
    ask: Ask,
    sent: Result<Multipart, MultipartRejection>,
) -> Response {
    let arrived = match sent {
        Ok(parts) => {
            let is_own = |token: &str| desk.keys().is_some_and(|keys| keys.is_own(token));
            arriving::arrive(parts, is_own).await
        }
        Err(rejection) => Err(Trouble::refused(
            format!("This is no form of these pages: {}.", rejection.body_text()),
            "Go to /read, and send it from there.",
        )),
    };
    let begun = arrived.and_then(|arrived| desk.takings().begin(arrived));
    match begun {
        Ok(number) if ask.form == Wanted::Json => {
            told(&json!([{"reading": number, "address": address(number)}]))
        }
        Ok(number) => led_to(&address(number)),
        Err(trouble) => desk.trouble(&ask, &trouble),
    }
}

/// A reading that somebody ends, `POST /read/end`: what it stored stays.
pub(crate) async fn end(State(desk): State<Arc<Desk>>, ask: Ask, sent: SentForm) -> Response {
    let fields = match own(&desk, sent) {
        Ok(fields) => fields,
        Err(trouble) => return desk.trouble(&ask, &trouble),
    };
    let number = fields.one("reading").and_then(|text| text.parse().ok());
    match number.filter(|number| desk.takings().end(*number)) {
        Some(number) if ask.form == Wanted::Json => {
            told(&json!([{"reading": number, "address": address(number)}]))
        }
        Some(number) => led_to(&address(number)),
        None => desk.trouble(&ask, &Trouble::missing("There is no such reading.", "See /read.")),
    }
}

fn led_to(address: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let to = HeaderValue::from_str(address).unwrap_or(HeaderValue::from_static("/read"));
    response.headers_mut().insert(LOCATION, to);
    response
}
