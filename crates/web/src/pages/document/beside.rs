//! What stands beside a document's text: what it says, passage by passage, how far people have come
//! with it, and what they decide on it with.

use std::collections::BTreeMap;

use maud::{Markup, html};
use throughline_casebook::{AssertionRow, JudgmentRow};
use throughline_model::{Act, Assertion, AssertionId, MentionId, Passage as Place, Span};
use throughline_tell::margin::State;

use super::DocumentPage;
use crate::address;
use crate::judging::{forms, grading};
use crate::layout::{self, Frame};
use crate::pages::evidence::{day, source};
use crate::pages::values::{Names, mention, speakers, value, variable};
use crate::pages::{judged, next};

impl DocumentPage {
    /// How much of what is said is decided, and the way to the first that is not.
    pub(super) fn progress(&self, frame: &Frame) -> Markup {
        let total = self.margin.said.len();
        let mut open = self.margin.open();
        let first = open.next();
        let many = usize::from(first.is_some()) + open.count();
        html! {
            @if frame.judging.is_some() && total > 0 {
                p.progress role="status" {
                    @match first {
                        Some(first) => {
                            (layout::counted(many as u64, "reading is", "readings are"))
                            " to be decided, of " (layout::number(total as u64)) ". "
                            a href=(format!("#{first}")) { "The first" }
                        }
                        None => "Every reading is decided.",
                    }
                }
            }
            @if frame.judging.is_some() {
                p { a data-next="yes" href=(next::address_of(self.told.document.id)) { "The next document with something to decide" } }
            }
        }
    }

    /// What is said, passage by passage.
    pub(super) fn beside(&self, frame: &Frame) -> Markup {
        let mut said: BTreeMap<Option<Span>, Vec<Markup>> = BTreeMap::new();
        let shown = |passage: &Place| {
            passage.span().is_none_or(|span| span.overlaps(self.stretch) || span.start == span.end)
        };
        for row in &self.margin.said {
            let one = &row.evidence.assertion;
            if shown(&one.passage) {
                let markup = self.said(frame, row);
                said.entry(one.passage.span()).or_default().push(markup);
            }
        }
        for one in self.margin.gone.iter().filter(|one| shown(&one.passage)) {
            said.entry(one.passage.span()).or_default().push(self.gone(frame, one));
        }
        html! {
            @if said.is_empty() { p { "Nothing was read in it." } }
            ol.margin-list {
                @for passage in &self.passages {
                    @if let Some(all) = said.get(&Some(passage.span)) {
                        li id=(format!("beside-{}", passage.number)) {
                            p.passage {
                                a href=(format!("#passage-{}", passage.number)) {
                                    "Passage " (passage.number)
                                }
                            }
                            @for one in all { (one) }
                        }
                    }
                }
                @for (span, all) in &said {
                    @if !self.passages.iter().any(|passage| Some(passage.span) == *span) {
                        li { @for one in all { (one) } }
                    }
                }
            }
        }
    }

    fn said(&self, frame: &Frame, row: &AssertionRow) -> Markup {
        let (evidence, names) = (&row.evidence, &row.names);
        let said = &evidence.assertion;
        let withdrawn = evidence.withdrawn.is_some();
        html! {
            div.said.withdrawn[withdrawn] id=(said.id) data-state=[self.state(frame, said.id)] {
                (self.head(frame, said, names))
                @if let Place::Cited { work, place } = &said.passage {
                    p.cited { (frame.words(work)) ", " (frame.words(place)) }
                }
                (source(frame, evidence, names, false))
                @if withdrawn { p { span.basis.over { "× withdrawn by its source" } } }
                (self.judgments(frame, said.id))
                (self.deciding(frame, said))
                @if frame.edition.is_desk() {
                    p.source.hangs { a href=(frame.to(&format!("{}/impact", address::assertion(said.id)))) { "What hangs on it" } }
                }
            }
        }
    }

    fn gone(&self, frame: &Frame, said: &Assertion) -> Markup {
        html! {
            div.said.gone id=(said.id) data-state=[frame.judging.map(|_| "decided")] {
                @let with = said.repeats.filter(|_| self.margin.state(said.id) == State::Open);
                p {
                    span.basis.over { "× counts no more" }
                    @if let Some(of) = with { ": it goes with the words that it repeats, " a href=(format!("#{of}")) { code { (of) } } }
                }
                (self.head(frame, said, &self.names))
                p.source {
                    (speakers(frame, &said.speakers, (said.document, self.told.document.source.as_deref()), &self.names))
                    ", " (day(self.told.row.published.as_ref())) " " code { (said.id) }
                }
                (self.judgments(frame, said.id))
            }
        }
    }

    fn head(&self, frame: &Frame, said: &Assertion, names: &Names) -> Markup {
        html! {
            p.what {
                (variable(frame, said.variable, said.party, names)) ": "
                strong { (value(frame, &said.value, names)) }
                span.of { " of " (of(frame, said.subject, names)) }
            }
        }
    }

    /// How far people have come with it, for who judges.
    fn state(&self, frame: &Frame, id: AssertionId) -> Option<&'static str> {
        frame.judging.map(|_| match self.margin.state(id) {
            State::Open => "open",
            State::Found => "found",
            State::Decided(_) => "decided",
        })
    }

    /// The buttons beside what is said. What is decided is taken back by its judgment.
    fn deciding(&self, frame: &Frame, said: &Assertion) -> Markup {
        match self.margin.state(said.id) {
            State::Decided(_) => grading::beside(frame, said),
            State::Found => html! {
                @if frame.judging.is_some() { p.judged { "A finding answers this question." } }
                (forms::assertion(frame, said))
                (grading::beside(frame, said))
            },
            State::Open => html! { (forms::assertion(frame, said)) (grading::beside(frame, said)) },
        }
    }

    fn judgments(&self, frame: &Frame, id: AssertionId) -> Markup {
        let own: &[JudgmentRow] = self.margin.judged.get(&id).map_or(&[], Vec::as_slice);
        html! {
            @for (judgment, recorded, in_force) in own {
                p.judged {
                    b { (layout::capital(judged::done(&judgment.act))) } " "
                    (judged::by(frame, judgment, *recorded, *in_force))
                }
                @let apart = matches!(judgment.act, Act::Withdraw { .. } | Act::Credit { .. });
                @if *in_force && (apart || self.margin.state(id) == State::Decided(judgment.id)) {
                    (forms::undo(frame, judgment.id, &id.to_string()))
                }
            }
        }
    }
}

fn of(frame: &Frame, subject: MentionId, names: &Names) -> Markup {
    html! { (subject.kind().name()) " " (mention(frame, subject, names)) }
}
