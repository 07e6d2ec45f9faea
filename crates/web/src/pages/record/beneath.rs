//! What stands at the end of a record: what is not shown, what is to be looked at, and why its mentions are
//! one.

use maud::{Markup, html};

use super::{MORE, MOST, RecordPage};
use crate::address;
use crate::judging::forms;
use crate::layout::{Frame, counted};
use crate::pages::judged;

impl RecordPage {
    /// How much is not shown, and where it is.
    pub(super) fn left(&self, frame: &Frame) -> Markup {
        let left = self.told.shown.left_out;
        let own = address::record(self.told.shown.record.id);
        html! {
            @if left.evidence + left.mentions + left.joins > 0 {
                p.notice {
                    "Not shown here: " (counted(left.evidence as u64, "assertion", "assertions")) ", "
                    (counted(left.mentions as u64, "mention", "mentions")) " and "
                    (counted(left.joins as u64, "join", "joins")) ". "
                    @if self.most < MOST[1] {
                        a href=(frame.to(&format!("{own}?{MORE}=yes"))) { "Show more" }
                        ", up to " (MOST[1]) " of each."
                    } @else {
                        "All of it: " code { "throughline show " (self.told.shown.record.id) " --all" } "."
                    }
                }
            }
        }
    }

    pub(super) fn notes(&self, frame: &Frame) -> Markup {
        html! {
            @if !self.told.notes.is_empty() {
                section.notes aria-labelledby="notes" {
                    h2 #notes { "To look at" }
                    ul {
                        @for (note, words) in &self.told.notes {
                            li {
                                b { (note.kind.name().replace('-', " ")) } ": " (frame.words(&note.text)) " "
                                q { (frame.words(words)) }
                            }
                        }
                    }
                }
            }
        }
    }

    pub(super) fn joins(&self, frame: &Frame) -> Markup {
        let record = &self.told.shown.record;
        html! {
            @if !record.joins.is_empty() {
                section.joins aria-labelledby="joins" {
                    h2 #joins { "Why these mentions are one" }
                    ul {
                        @for join in &record.joins {
                            li {
                                code { (join.mention) } " to " code { (join.to) }
                                @match (&join.since, join.judgment) {
                                    (Some(since), _) => { ", since " (crate::pages::evidence::day(Some(since))) }
                                    (None, Some(_)) => {}
                                    (None, None) => ", since no known day",
                                }
                                ": " (frame.words(&join.reason)) " "
                                @match join.judgment.and_then(|id| self.judges.get(&id)) {
                                    Some((judgment, recorded, in_force)) => {
                                        span.basis.found { "● judged" } " "
                                        (judged::by(frame, judgment, *recorded, *in_force))
                                    }
                                    None => span.basis.proposed { "○ proposed" },
                                }
                                (forms::split(frame, join.mention, join.to))
                            }
                        }
                    }
                    @if frame.judging.is_none() && frame.edition.is_desk() {
                        p { "A mention that does not belong is taken out with " code { "throughline judge split" } "." }
                    }
                }
            }
        }
    }
}
