//! Corrections: what was taken back, misread, corrected or undone, and counts that no longer stand.

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_casebook::{JudgmentRow, Part, PublishedCount};
use throughline_tell::corrections::corrects;
use throughline_tell::{counted as told, judgment};

use super::counts::{published, state_of, table};
use super::{judged, judgments};
use crate::ask::{Ask, ROWS};
use crate::counter::Found;
use crate::desk::{Answer, Page, Room};
use crate::layout::{self, Frame};
use crate::trouble::Trouble;

struct Corrections {
    rows: Vec<JudgmentRow>,
    told: judged::Told,
    total: usize,
    /// Published counts that no longer stand, or of which that is not known yet.
    counts: Vec<(PublishedCount, Option<Found>)>,
    page: usize,
}

pub(crate) fn gather(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let as_of = ask.as_of;
    let page = ask.page()?;
    let part = Part { many: ROWS, ..ask.part()? };
    let (total, rows) = room
        .casebook
        .judgments_part(|one, recorded, _| as_of.recalls(recorded) && corrects(one), part)?;
    ask.beyond(rows.len())?;
    let mut counts = if page == 1 { published(room, as_of)? } else { Vec::new() };
    counts.retain(|(_, found)| !matches!(found, Some(Found::State(state)) if state.stands()));
    let told = judged::told(room, rows.iter().map(|(one, ..)| one))?;
    Ok(Answer::page(Corrections { rows, told, total, counts, page }))
}

impl Page for Corrections {
    fn title(&self) -> String {
        "Corrections".to_owned()
    }

    fn json(&self) -> Json {
        let judgments = self.rows.iter();
        let judgments =
            judgments.map(|(one, recorded, stands)| judgment::json(one, *recorded, *stands));
        let counts = self
            .counts
            .iter()
            .map(|(count, found)| told::published_json(count, &state_of(found.as_ref())));
        json!([{
            "judgments": judgments.collect::<Vec<_>>(),
            "published": counts.collect::<Vec<_>>(),
        }])
    }

    fn neighbours(&self) -> (bool, bool) {
        (self.page > 1, self.total > self.page * ROWS)
    }

    fn html(&self, frame: &Frame) -> Markup {
        html! {
            h1 { "Corrections" }
            p.about {
                "What sources took back, what was misread, rejected or corrected, and judgments that were "
                "undone or whose place others took, newest first; and published counts that no longer stand."
            }
            @if !self.counts.is_empty() {
                h2 { "Published counts that no longer stand" }
                (table(frame, &self.counts))
            }
            h2 { "Judgments that correct" }
            (judgments::table(frame, &self.rows, &self.told))
            (layout::pager(frame, self.neighbours()))
        }
    }
}
