//! Lists of terms that are searched at once, `POST /terms`.
//!
//! What a list is for is noted in the ledger where one of its terms may be somebody's name, by the same
//! rule as the command (`throughline_tell::terms`). The list comes in a form and never in an address, which
//! browsers keep.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use throughline_casebook::{EntryKind, Error as CasebookError};
use throughline_model::AsOf;
use throughline_tell::terms;

use crate::ask::Ask;
use crate::desk::Desk;
use crate::judging::fields::Fields;
use crate::judging::{Sent, own};
use crate::pages::terms::{MOST, Terms};
use crate::trouble::Trouble;

/// Searches for a list of terms.
pub(crate) async fn search(State(desk): State<Arc<Desk>>, ask: Ask, sent: Sent) -> Response {
    let fields = match own(&desk, sent) {
        Ok(fields) => fields,
        Err(trouble) => return desk.trouble(&ask, &trouble),
    };
    let at_work = Arc::clone(&desk);
    let done = tokio::task::spawn_blocking(move || searched(&at_work, fields)).await;
    match done {
        Ok(Ok(page)) => desk.shown(&ask, StatusCode::OK, &page),
        Ok(Err(trouble)) => desk.trouble(&ask, &trouble),
        Err(_panic) => desk.trouble(&ask, &Trouble::fault()),
    }
}

fn searched(desk: &Desk, fields: Fields) -> Result<Terms, Trouble> {
    let list = fields.one("terms").unwrap_or_default().to_owned();
    let mut page = Terms {
        list,
        purpose: fields.one("purpose").map(str::to_owned),
        by: fields.one("by").map(str::to_owned),
        ..Terms::default()
    };
    let all = match terms::read(&page.list) {
        Ok(all) => all,
        Err(wrong) => {
            page.fault = Some(wrong.to_string());
            return Ok(page);
        }
    };
    let (purpose, by) = (page.purpose.as_deref(), page.by.as_deref());
    let said = desk.read(|room| Ok(terms::note(room.casebook, &all, purpose, by)?))?;
    match said {
        Ok(None) => {}
        Ok(Some(note)) => {
            let noted = desk.pen().write(|casebook| casebook.note(EntryKind::Disclosure, &note));
            noted.map_err(|error| match error {
                CasebookError::Busy => Trouble::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "Another process is writing to this casebook, so nothing was searched.",
                    "Send it again when it has finished its step.",
                ),
                error => error.into(),
            })?;
            page.noted = true;
        }
        Err(unsaid) => {
            page.fault = Some(unsaid.to_string());
            return Ok(page);
        }
    }
    page.found =
        desk.read(|room| Ok(terms::search(room.casebook, &all, AsOf::default(), MOST)?))?;
    Ok(page)
}
