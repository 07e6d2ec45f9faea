//! The way from a document to the next in which something waits to be decided.

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_model::DocumentId;
use throughline_tell::undecided::{self, Next};

use super::ids;
use crate::address;
use crate::ask::Ask;
use crate::desk::{Answer, Page, Room};
use crate::layout::{Frame, number};
use crate::trouble::Trouble;

/// How many documents are looked at for one answer.
const MOST: usize = 500;

/// Where the next one is asked for.
pub(crate) fn address_of(document: DocumentId) -> String {
    format!("{}/next", address::document(document))
}

/// The word in addresses that says from which document somebody set out.
pub(crate) const FROM: &str = "from";

/// None was found: the last that was looked at, where there are more, and where somebody set out.
struct Decided {
    further: Option<DocumentId>,
    from: DocumentId,
}

pub(crate) fn gather(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let id = ids::document(room, ask.id.as_deref().unwrap_or_default())?;
    let from = ask.typed(FROM).map(|typed| ids::document(room, typed)).transpose()?.unwrap_or(id);
    Ok(match undecided::next(room.casebook, id, from, MOST)? {
        Next::Open(document, first) => {
            Answer::Elsewhere(format!("{}#{first}", address::document(document)))
        }
        Next::Nothing => Answer::page(Decided { further: None, from }),
        Next::Further(last) => Answer::page(Decided { further: Some(last), from }),
    })
}

impl Page for Decided {
    fn title(&self) -> String {
        "Nothing left to decide".to_owned()
    }

    fn json(&self) -> Json {
        json!([{"further": self.further.map(|id| id.to_string())}])
    }

    fn html(&self, frame: &Frame) -> Markup {
        html! {
            @match self.further {
                None => {
                    h1 { "Nothing left to decide" }
                    p { "In every other document, all that was read is decided." }
                    p { a href=(frame.to("/queue")) { "The queue" } " has values that nobody has found yet, and " a href=(frame.to("/identities")) { "identities" } " pairs in doubt." }
                }
                Some(last) => {
                    h1 { "Nothing left in the next " (number(MOST as u64)) " documents" }
                    p { "All that was read in them is decided. " a data-next="yes" href=(frame.to(&format!("{}?{FROM}={}", address_of(last), self.from))) { "Look on" } }
                }
            }
        }
    }
}
