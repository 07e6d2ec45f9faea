//! Judging through pages: a form is sent, what it says enters the ledger, and the page comes again.
//!
//! A form goes this way: [`fields`] reads it into what somebody decides, `throughline_tell` enters it
//! as the commands do, and the browser is sent back to where it was. A script sends the same fields
//! and asks for JSON. [`forms`], [`grading`] and [`coding`] write the forms of all pages; [`entered`]
//! says what is remarked on; [`refused`] answers where others stand in the way, and asks for the name
//! of who judges.

pub(crate) mod coding;
mod entered;
pub(crate) mod fields;
pub(crate) mod forms;
pub(crate) mod grading;
mod refused;

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use throughline_casebook::{Casebook, Error as CasebookError};
use throughline_model::{Instant, JudgmentId};
use throughline_tell::hand::{self, Subject};
use throughline_tell::typed::Error as Typed;
use throughline_tell::verdict::{self, Stated};

use crate::ask::{Ask, Form as Wanted};
use crate::desk::{Desk, told};
use crate::trouble::Trouble;
use entered::Done;
use fields::{Fields, TOKEN};

/// What a form was sent as.
pub(crate) type Sent = Result<Form<Vec<(String, String)>>, FormRejection>;

/// Why nothing was entered.
enum Undone {
    Trouble(Trouble),
    /// It contradicts these.
    Contradicts(Vec<JudgmentId>),
}

impl From<Trouble> for Undone {
    fn from(trouble: Trouble) -> Undone {
        Undone::Trouble(trouble)
    }
}

impl From<CasebookError> for Undone {
    fn from(error: CasebookError) -> Undone {
        let trouble = match error {
            CasebookError::Contradiction(others) => return Undone::Contradicts(others),
            CasebookError::Busy => Trouble::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "Another process is writing to this casebook, so nothing was entered.",
                "Judge again when it has finished its step.",
            ),
            CasebookError::Refused(why) => Trouble::refused(
                format!("This was not entered: {why}."),
                "Mend it and judge again.",
            ),
            error => error.into(),
        };
        Undone::Trouble(trouble)
    }
}

impl From<Typed> for Undone {
    fn from(error: Typed) -> Undone {
        match error {
            Typed::Casebook(error) => error.into(),
            error => {
                let what = format!("This was not entered: {error}.");
                Undone::Trouble(Trouble::refused(what, "Mend it and judge again."))
            }
        }
    }
}

/// A judgment, `POST /judge`.
pub(crate) async fn judge(State(desk): State<Arc<Desk>>, ask: Ask, sent: Sent) -> Response {
    take(desk, ask, sent, |casebook, fields, by| {
        let verdict = fields.verdict(now())?;
        let stated = Stated {
            by: by.to_owned(),
            made: now(),
            reason: fields.reason()?,
            cites: fields.all("cites"),
            supersedes: fields.all("supersedes"),
        };
        Ok(Done::judged(&verdict::judge(casebook, &verdict, &stated)?))
    })
    .await
}

/// An assertion that somebody enters by hand, `POST /add`.
pub(crate) async fn add(State(desk): State<Arc<Desk>>, ask: Ask, sent: Sent) -> Response {
    take(desk, ask, sent, |casebook, fields, by| {
        let entry = fields.entry(by, now())?;
        let entered = hand::enter(casebook, &entry)?;
        Ok(Done::added(casebook, &entered, matches!(entry.subject, Subject::New(_)))?)
    })
    .await
}

/// The name of who judges, `POST /name`: kept by the browser.
pub(crate) async fn name(State(desk): State<Arc<Desk>>, ask: Ask, sent: Sent) -> Response {
    let fields = match own(&desk, sent) {
        Ok(fields) => fields,
        Err(trouble) => return desk.trouble(&ask, &trouble),
    };
    match fields.one("by") {
        Some(by) => named(&desk, back(&ask, &fields, None), by),
        None => desk.trouble(&ask, &Trouble::refused("No name was given.", "Type yours.")),
    }
}

/// Takes a form: enters what it says, and leads back.
async fn take(
    desk: Arc<Desk>,
    ask: Ask,
    sent: Sent,
    step: fn(&mut Casebook, &Fields, &str) -> Result<Done, Undone>,
) -> Response {
    let fields = match own(&desk, sent) {
        Ok(fields) => fields,
        Err(trouble) => return desk.trouble(&ask, &trouble),
    };
    let given = fields.one("by").map(str::to_owned);
    let Some(by) = given.clone().or_else(|| ask.by.clone()) else {
        return refused::nameless(&desk, &ask, &fields);
    };
    let (at_work, read) = (Arc::clone(&desk), fields.clone());
    let who = by.clone();
    let done = tokio::task::spawn_blocking(move || {
        at_work.pen().write(|casebook| step(casebook, &read, &who))
    });
    let response = match done.await {
        Ok(Ok(done)) if done.is_remarked() && ask.form == Wanted::Html => {
            entered::remarked(&desk, &ask, &fields, &done)
        }
        Ok(Ok(done)) => back(&ask, &fields, Some(&done)),
        Ok(Err(Undone::Trouble(trouble))) => desk.trouble(&ask, &trouble),
        Ok(Err(Undone::Contradicts(others))) => {
            refused::contradicted(&desk, &ask, &fields, others).await
        }
        Err(_panic) => desk.trouble(&ask, &Trouble::fault()),
    };
    match given {
        Some(by) => named(&desk, response, &by),
        None => response,
    }
}

/// The fields of a form of these pages.
pub(crate) fn own(desk: &Desk, sent: Sent) -> Result<Fields, Trouble> {
    let Form(fields) = sent.map_err(|rejection| {
        Trouble::refused(
            format!("This is no form of these pages: {}.", rejection.body_text()),
            "Go to the page itself, and judge there.",
        )
    })?;
    let fields = Fields::new(fields);
    let token = fields.one(TOKEN).unwrap_or_default();
    if desk.keys().is_some_and(|keys| keys.is_own(token)) {
        return Ok(fields);
    }
    Err(Trouble::new(
        StatusCode::FORBIDDEN,
        "This form is not of the server that runs now, so nothing was entered.",
        "Load the page again, and judge there.",
    ))
}

/// Leads back to where the form stood, or says what was entered to who asked for JSON.
fn back(ask: &Ask, fields: &Fields, done: Option<&Done>) -> Response {
    if ask.form == Wanted::Json {
        return told(&done.map(Done::json).into_iter().collect());
    }
    let mut response = StatusCode::SEE_OTHER.into_response();
    let to = HeaderValue::from_str(fields.back());
    response.headers_mut().insert(LOCATION, to.unwrap_or(HeaderValue::from_static("/")));
    response
}

/// An answer after which the browser keeps a name.
fn named(desk: &Desk, mut response: Response, by: &str) -> Response {
    if let Some(cookie) = desk.keys().and_then(|keys| keys.naming(by)) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// This moment.
pub(crate) fn now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Instant(since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX)))
}
