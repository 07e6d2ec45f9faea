//! The date of a document and the grade of its source: who gave them, and the forms to give them.

use maud::{Markup, html};
use throughline_casebook::{JudgmentRow, Part};
use throughline_model::{Act, DocumentId};

use super::DocumentPage;
use crate::ask::Ask;
use crate::desk::Room;
use crate::judging::{forms, grading};
use crate::layout::{self, Frame};
use crate::pages::judged;
use crate::trouble::Trouble;

/// The place of this section in its page.
const PLACE: &str = "itself";

/// What is in force of a document's date and of its source's reliability, newest first.
pub(super) fn on_itself(
    room: &Room,
    ask: &Ask,
    id: DocumentId,
    source: Option<&str>,
) -> Result<Vec<JudgmentRow>, Trouble> {
    let (_, rows) = room.casebook.judgments_part(
        |judgment, recorded, in_force| {
            let is_own = match &judgment.act {
                Act::Dated { document, .. } => *document == id,
                Act::Grade { source: own, .. } => Some(own.as_str()) == source,
                _ => false,
            };
            is_own && in_force && ask.as_of.recalls(recorded)
        },
        Part { from: 0, many: 20 },
    )?;
    Ok(rows)
}

impl DocumentPage {
    /// The section, where there is something to see or to do.
    pub(super) fn itself(&self, frame: &Frame) -> Markup {
        let document = &self.told.document;
        if self.on_itself.is_empty() && frame.judging.is_none() {
            return html! {};
        }
        html! {
            section.itself id=(PLACE) aria-label="Its date and its source" data-state=[frame.judging.map(|_| "decided")] {
                @for (judgment, recorded, in_force) in &self.on_itself {
                    p.judged {
                        b { (layout::capital(judged::done(&judgment.act))) } " "
                        (judged::about(frame, judgment, &judged::Told::default())) ", "
                        (judged::by(frame, judgment, *recorded, *in_force))
                    }
                    (forms::undo(frame, judgment.id, PLACE))
                }
                (grading::dating(frame, document.id, PLACE))
                @if let Some(source) = &document.source { (grading::source(frame, source, PLACE)) }
            }
        }
    }
}
