//! The documents that tell of an incident, a set or a claim, by origin: copies beneath the one that was
//! published first, each with what it changed.

use maud::{Markup, html};
use throughline_tell::reports::{Copied, Told};

use super::RecordPage;
use crate::address;
use crate::layout::{Frame, counted};
use crate::pages::evidence::day;

impl RecordPage {
    /// The reports, each with its copies; of readers, who get no whole texts, none.
    pub(super) fn reports(&self, frame: &Frame) -> Markup {
        let Some(told) = self.told.reports.as_ref().filter(|_| frame.edition.is_desk()) else {
            return html! {};
        };
        let (documents, origins) = (told.documents() as u64, told.origins.len() as u64);
        html! {
            @if !told.origins.is_empty() {
                section.reports aria-labelledby="reports" {
                    h2 #reports { "Reports, by origin" }
                    p.about {
                        (counted(documents, "document tells", "documents tell")) " of it"
                        @if origins < documents {
                            ", which go back to " (counted(origins, "report", "reports"))
                            ": copies stand beneath the one that was published first, which need not be where they "
                            "are from. Where copies name nobody for what they say, each still counts above as a voice"
                        }
                        "."
                    }
                    ol.origins {
                        @for origin in &told.origins {
                            li {
                                (document(frame, &origin.first))
                                @if !origin.copies.is_empty() {
                                    ul { @for copy in &origin.copies { li { (copied(frame, copy)) } } }
                                }
                            }
                        }
                    }
                    @if told.left_out > 0 {
                        p.left { (counted(told.left_out as u64, "more document is", "more documents are")) " not compared." }
                    }
                }
            }
        }
    }
}

/// A document in a line: who publishes it, when, and how much it says.
fn document(frame: &Frame, told: &Told) -> Markup {
    html! {
        p {
            a href=(frame.to(&address::document(told.document))) {
                @match &told.source {
                    Some(source) => (frame.author(told.document, source)),
                    None => "unknown source",
                }
            }
            ", " (day(told.published.as_ref())) "; says "
            (counted(told.says as u64, "thing", "things")) " of it"
        }
    }
}

fn copied(frame: &Frame, copy: &Copied) -> Markup {
    let many = copy.adds.len() + copy.leaves_out.len() + copy.more;
    let stretch = |words: &str| html! { q { (frame.words_of(copy.told.document, words)) } };
    html! {
        (document(frame, &copy.told))
        @if many == 0 {
            p.source { "The same, word for word." }
        } @else {
            details {
                summary { (copy.shared) " % of its words stand there too; " (counted(many as u64, "difference", "differences")) }
                @if !copy.adds.is_empty() {
                    p { "It adds: " }
                    ul { @for words in &copy.adds { li { ins { (stretch(words)) } } } }
                }
                @if !copy.leaves_out.is_empty() {
                    p { "It leaves out: " }
                    ul { @for words in &copy.leaves_out { li { del { (stretch(words)) } } } }
                }
                @if copy.more > 0 { p.left { (counted(copy.more as u64, "more difference", "more differences")) "." } }
            }
        }
    }
}
