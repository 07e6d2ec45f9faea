//! Where a judgment was not entered: what stands in the way, and how to go on.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_casebook::JudgmentRow;
use throughline_model::JudgmentId;

use super::fields::Fields;
use super::forms;
use crate::ask::Ask;
use crate::desk::{Desk, Page};
use crate::layout::{self, Frame};
use crate::pages::judged;
use crate::trouble::Trouble;

/// A judgment that contradicts others.
struct Contradicted {
    others: Vec<JudgmentRow>,
    told: judged::Told,
    fields: Fields,
}

/// A judgment by somebody who has not said his name.
struct Nameless {
    fields: Fields,
}

/// Names what a judgment contradicts, and lets it take their place.
pub(super) async fn contradicted(
    desk: &Arc<Desk>,
    ask: &Ask,
    fields: &Fields,
    others: Vec<JudgmentId>,
) -> Response {
    let (at_work, sent) = (Arc::clone(desk), fields.clone());
    let gathered = tokio::task::spawn_blocking(move || {
        at_work.read(|room| {
            let mut rows = Vec::new();
            for id in others {
                rows.extend(room.casebook.judgment(id)?);
            }
            let told = judged::told(room, rows.iter().map(|(judgment, ..)| judgment))?;
            Ok(Contradicted { others: rows, told, fields: sent })
        })
    });
    match gathered.await {
        Ok(Ok(page)) => desk.shown(ask, StatusCode::CONFLICT, &page),
        Ok(Err(trouble)) => desk.trouble(ask, &trouble),
        Err(_panic) => desk.trouble(ask, &Trouble::fault()),
    }
}

/// Asks who judges.
pub(super) fn nameless(desk: &Desk, ask: &Ask, fields: &Fields) -> Response {
    desk.shown(ask, StatusCode::BAD_REQUEST, &Nameless { fields: fields.clone() })
}

impl Page for Contradicted {
    fn title(&self) -> String {
        "Others judged otherwise".to_owned()
    }

    fn json(&self) -> Json {
        let others = self.others.iter().map(|(judgment, ..)| {
            json!({
                "judgment": judgment.id.to_string(),
                "act": judgment.act.name(),
                "by": judgment.by,
                "reason": judgment.reason,
            })
        });
        json!({
            "error": "This was not entered: it contradicts what was judged before.",
            "advice": "Let it take the place of what no longer holds, or leave it.",
            "contradicts": others.collect::<Vec<_>>(),
        })
    }

    fn html(&self, frame: &Frame) -> Markup {
        let others = self.others.iter().map(|(judgment, ..)| judgment.id.to_string());
        html! {
            h1 { "Others judged otherwise" }
            p { "This was not entered: it contradicts what was judged before." }
            ul {
                @for (judgment, recorded, in_force) in &self.others {
                    li {
                        b { (layout::capital(judged::done(&judgment.act))) } " "
                        (judged::about(frame, judgment, &self.told)) ", "
                        (judged::by(frame, judgment, *recorded, *in_force))
                    }
                }
            }
            form.judge method="post" action=(frame.ask.path) {
                (forms::again(&self.fields))
                @for other in others { input type="hidden" name="supersedes" value=(other); }
                button type="submit" { "Judge all the same, in their place" }
                " " a href=(self.fields.back()) { "Leave it as it is" }
            }
        }
    }
}

impl Page for Nameless {
    fn title(&self) -> String {
        "Who judges?".to_owned()
    }

    fn json(&self) -> Json {
        json!({
            "error": "This was not entered: it is not known who judges.",
            "advice": "Give your name once; the browser keeps it.",
            "needs": "by",
        })
    }

    fn html(&self, frame: &Frame) -> Markup {
        html! {
            h1 { "Who judges?" }
            p { "Every judgment says who made it. Give your name once: this browser keeps it, and what you judged just now is entered with it." }
            form.judge method="post" action=(frame.ask.path) {
                (forms::again(&self.fields))
                label for="who" { "Your name" } " "
                input #who type="text" name="by" required autocomplete="name" maxlength="200";
                " " button type="submit" { "Judge" }
                " " a href=(self.fields.back()) { "Leave it" }
            }
        }
    }
}
