//! Where a person stands today, beside every view of an earlier day: last year's view must not accuse
//! again somebody who has been cleared since.

use maud::{Markup, html};
use throughline_casebook::{EvidenceView, RecordView};
use throughline_model::Holding;
use throughline_tell::listing::accuses;
use throughline_tell::record::status_of;

use super::evidence;
use super::values::{basis, held, variable};
use crate::address;
use crate::layout::Frame;

/// How many parts of a status are given: what clears first.
const MOST: usize = 12;

/// The present status of a person, beside an earlier view.
pub(crate) fn today(frame: &Frame, today: &RecordView) -> Markup {
    frame.today(|frame| parts(frame, today))
}

/// The status of a person in a view: each part with who says so, how firmly and when.
pub(crate) fn parts(frame: &Frame, view: &RecordView) -> Markup {
    let mut status: Vec<&Holding> =
        view.record.holdings.iter().filter(|one| status_of(one.variable)).collect();
    // Where there is much, nothing that clears is left out for something that accuses.
    status.sort_by_key(|one| (accuses(one.variable, one.value.as_ref()), !one.basis.is_reviewed()));
    html! {
        @if status.is_empty() {
            p { "Nothing is held on this person's part, proceedings or fate." }
        }
        @if !status.is_empty() { ul.status {
            @for one in status.iter().take(MOST) {
                li {
                    (variable(frame, one.variable, one.party, &view.names)) ": "
                    strong { (held(frame, one, &view.names)) } " " (basis(one))
                    @if let Some(first) = first(view, one) {
                        (evidence::source(frame, first, &view.names, false))
                    }
                }
            }
        } }
        @if status.len() > MOST {
            p { "and " (status.len() - MOST) " more, on the present record." }
        }
    }
}

/// A box with the present status, for the person's own page.
pub(crate) fn aside(frame: &Frame, today: &RecordView) -> Markup {
    let here = address::record(today.record.id);
    html! {
        section.today aria-labelledby="today" {
            h2 #today { "Present status" }
            p { "This page shows an earlier view. Whatever it says, this is held today:" }
            (self::today(frame, today))
            p { a href=(here) { "The present record" } }
        }
    }
}

fn first<'v>(today: &'v RecordView, holding: &Holding) -> Option<&'v EvidenceView> {
    holding.support.iter().find_map(|id| today.evidence.get(id))
}
