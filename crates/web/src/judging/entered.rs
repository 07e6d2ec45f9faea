//! What was entered, for whoever is to know more of it than that it was.

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_casebook::Casebook;
use throughline_model::{Act, JudgmentId};
use throughline_tell::hand::{self, Entered};
use throughline_tell::typed::Result;
use throughline_tell::verdict::Judged;

use super::fields::{Fields, TOKEN};
use crate::address;
use crate::ask::Ask;
use crate::desk::{Desk, Page};
use crate::layout::Frame;

/// What was entered.
pub(super) struct Done {
    judgment: JudgmentId,
    /// What the command prints.
    json: Json,
    /// What whoever judged so may not have meant, or what came of it besides.
    remarks: Vec<String>,
    /// Whether it takes another back.
    undoes: bool,
}

impl Done {
    pub(super) fn judged(judged: &Judged) -> Done {
        // That a document was read again, and nothing of it otherwise, need not be looked at.
        let changed = judged.read_again.iter().any(|(_, changed)| *changed > 0);
        let anew = changed.then(|| judged.read_anew()).into_iter().flatten();
        Done {
            judgment: judged.judgment.id,
            json: judged.json(),
            remarks: judged.remarks.iter().cloned().chain(anew).collect(),
            undoes: judged.judgment.act == Act::Undo,
        }
    }

    /// An assertion by hand; of something new, who goes by the same name is told.
    pub(super) fn added(casebook: &Casebook, entered: &Entered, new: bool) -> Result<Done> {
        let mut remarks = Vec::new();
        if new {
            for other in hand::namesakes(casebook, &entered.assertion)? {
                remarks.push(format!(
                    "{} goes by the same name; if both are one, judge it the same as {}",
                    other.id, entered.assertion.subject
                ));
            }
        }
        let json = json!({
            "judgment": entered.judgment.id.to_string(),
            "entered": entered.new,
            "remarks": remarks,
        });
        Ok(Done { judgment: entered.judgment.id, json, remarks, undoes: false })
    }

    pub(super) fn json(&self) -> Json {
        self.json.clone()
    }

    /// Whether there is something to be said of it.
    pub(super) fn is_remarked(&self) -> bool {
        !self.remarks.is_empty()
    }
}

/// The page on something that was entered and is remarked on.
struct Remarked {
    judgment: JudgmentId,
    remarks: Vec<String>,
    undoes: bool,
    back: String,
}

/// Says what is to be said of what was entered, and leads back.
pub(super) fn remarked(desk: &Desk, ask: &Ask, fields: &Fields, done: &Done) -> Response {
    let (judgment, remarks) = (done.judgment, done.remarks.clone());
    let back = fields.back().to_owned();
    let page = Remarked { judgment, remarks, undoes: done.undoes, back };
    desk.shown(ask, StatusCode::OK, &page)
}

impl Page for Remarked {
    fn title(&self) -> String {
        "Entered, with a remark".to_owned()
    }

    fn json(&self) -> Json {
        json!([{"judgment": self.judgment.to_string(), "remarks": self.remarks}])
    }

    fn html(&self, frame: &Frame) -> Markup {
        html! {
            h1 { "Entered, with a remark" }
            p { "This was entered as " a href=(address::judgment(self.judgment)) { code { (self.judgment) } } ". Look at this:" }
            ul { @for remark in &self.remarks { li { (frame.words(remark)) "." } } }
            p { a href=(self.back) { "Go on where it stood" } }
            @if let Some(judging) = frame.judging.filter(|_| !self.undoes) {
                form.judge method="post" action="/judge" {
                    input type="hidden" name=(TOKEN) value=(judging.token);
                    input type="hidden" name="back" value=(self.back);
                    input type="hidden" name="judgment" value=(self.judgment);
                    button type="submit" name="act" value="undo" { "Undo it" }
                }
            }
        }
    }
}
