//! The people whom a record speaks of: what is held of each, and of an earlier view what is held today.

use maud::{Markup, html};
use throughline_casebook::RecordView;
use throughline_model::{MentionId, SubjectKind};

use super::RecordPage;
use crate::address;
use crate::layout::{Frame, counted};
use crate::pages::status;

/// The people other than itself that a record speaks of.
pub(super) fn people(shown: &RecordView) -> Vec<MentionId> {
    let spoken = shown.record.holdings.iter().flat_map(|one| {
        one.value.as_ref().and_then(|value| value.mention()).into_iter().chain(one.party)
    });
    let of_evidence = shown.evidence.values().flat_map(|one| one.assertion.value.mention());
    let mut found: Vec<MentionId> = spoken
        .chain(of_evidence)
        .filter(|id| id.kind() == SubjectKind::Person && !shown.record.mentions.contains(id))
        .collect();
    found.sort();
    found.dedup();
    found
}

impl RecordPage {
    /// The present status of people whom an earlier view speaks of.
    pub(super) fn people(&self, frame: &Frame) -> Markup {
        html! {
            @if !self.today.is_empty() {
                section.today aria-labelledby="people-today" {
                    h2 #people-today { "Present status of the people named here" }
                    p { "This page shows an earlier view. Whatever it says of them, this is held today:" }
                    @for one in &self.today {
                        h3 { a href=(address::record(one.record.id)) { (frame.name(one.record.id, &one.record.name)) } }
                        (status::today(frame, one))
                    }
                    @if self.others > 0 {
                        p { (counted(self.others as u64, "more person is", "more people are")) " named; the present status stands on their pages." }
                    }
                }
            }
        }
    }

    /// The people of an incident, each with what is held of them, beside who says so.
    pub(super) fn cast(&self, frame: &Frame) -> Markup {
        html! {
            @if !self.cast.is_empty() {
                section.cast aria-labelledby="cast" {
                    h2 #cast { "People, and what is held of them" }
                    @for one in &self.cast {
                        h3 { a href=(frame.to(&address::record(one.record.id))) { (frame.name(one.record.id, &one.record.name)) } }
                        (status::parts(frame, one))
                    }
                    @if self.uncast > 0 { p { (counted(self.uncast as u64, "more person is", "more people are")) " named above." } }
                }
            }
        }
    }
}
