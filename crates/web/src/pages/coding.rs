//! Coding together: how far coders agree, and every coder's answers beside what was found.

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_casebook::{Coding, Codings, Field};
use throughline_model::SubjectKind;
use throughline_tell::coding::compared::{self, Stand};
use throughline_tell::coding::measured::{Measured, percent, spelled};

use super::counts::COUNTING;
use super::values::{Names, mention, value, variable};
use crate::address;
use crate::ask::{Ask, ROWS};
use crate::counter::Found;
use crate::desk::{Answer, Page, Room};
use crate::layout::{self, Frame};
use crate::trouble::Trouble;

struct Together {
    /// On the first page; without it while it is being measured.
    agreement: Option<Found>,
    codings: Codings,
    /// The names of what is no person: what was coded of one stands by name on his page alone, beside
    /// who says so.
    names: Names,
    page: usize,
}

pub(crate) fn gather(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let codings = room.casebook.codings(ask.as_of)?;
    let page = ask.page()?;
    let from = (page - 1) * ROWS;
    ask.beyond(codings.fields.len().saturating_sub(from))?;
    let agreement = if page == 1 { room.agreement(ask.as_of) } else { None };
    let names = codings.names.clone().into_iter();
    let names = names.filter(|(id, _)| id.kind() != SubjectKind::Person).collect();
    Ok(Answer::page(Together { agreement, codings, names, page }))
}

impl Together {
    fn measured(&self) -> &[Measured] {
        match &self.agreement {
            Some(Found::Agreement(all)) => all,
            _ => &[],
        }
    }

    fn shown(&self) -> &[Field] {
        let fields = &self.codings.fields;
        let from = ((self.page - 1) * ROWS).min(fields.len());
        &fields[from..(from + ROWS).min(fields.len())]
    }

    fn answers(&self, frame: &Frame, codings: &[Coding]) -> Markup {
        html! {
            @for (at, one) in codings.iter().enumerate() {
                @if at > 0 { br; }
                a href=(frame.to(&address::judgment(one.judgment))) { (frame.words(&one.by)) } ": "
                @match &one.value {
                    Some(held) => (value(frame, held, &self.names)),
                    None => "cannot be known",
                }
            }
        }
    }
}

impl Page for Together {
    fn title(&self) -> String {
        "Coding together".to_owned()
    }

    fn json(&self) -> Json {
        json!([{
            "agreement": self.measured().iter().map(Measured::json).collect::<Vec<_>>(),
            "questions": self
                .shown()
                .iter()
                .map(|field| compared::json(&self.codings, field))
                .collect::<Vec<_>>(),
        }])
    }

    fn neighbours(&self) -> (bool, bool) {
        (self.page > 1, self.codings.fields.len() > self.page * ROWS)
    }

    fn html(&self, frame: &Frame) -> Markup {
        html! {
            h1 { "Coding together" }
            p.about {
                "What coders coded beside each other. It settles nothing: what is held is what somebody "
                "finds, and both codings stay."
            }
            @if self.page == 1 {
                h2 { "Agreement" }
                @match &self.agreement {
                    None => p { (COUNTING) },
                    Some(Found::Failed(why)) => p { "It cannot be measured: " (frame.words(why)) },
                    Some(_) if self.measured().is_empty() => p { "No question was coded by two coders." },
                    Some(_) => (agreement(frame, self.measured())),
                }
            }
            h2 { "Questions" }
            @if self.codings.fields.is_empty() {
                p { "Nobody has coded anything." }
            } @else { (self.questions(frame)) }
            (layout::pager(frame, self.neighbours()))
        }
    }
}

impl Together {
    fn questions(&self, frame: &Frame) -> Markup {
        html! {
            div.scroll tabindex="0" role="group" aria-label="Table" { table.list {
                caption.unseen { "What coders coded, and what was found" }
                thead { tr {
                    th scope="col" { "Record" } th scope="col" { "Question" } th scope="col" { "Coded" } th scope="col" { "Found" }
                } }
                tbody {
                    @for field in self.shown() {
                        tr {
                            th scope="row" { (mention(frame, field.record, &self.names)) }
                            td data-title="Question" { (variable(frame, field.variable, field.party, &self.names)) }
                            td data-title="Coded" {
                                (self.answers(frame, &field.codings))
                                br; (stand(Stand::of(field)))
                            }
                            td data-title="Found" {
                                @if field.found.is_empty() { "–" } @else { (self.answers(frame, &field.found)) }
                            }
                        }
                    }
                }
            } }
        }
    }
}

fn stand(stand: Stand) -> Markup {
    html! {
        @match stand {
            Stand::Agreed => span.basis.found { "● agreed" },
            Stand::FoundOtherwise => span.basis.contested { "≠ agreed, and found otherwise" },
            Stand::Differs => span.basis.contested { "≠ differs" },
            Stand::OneCoder => span.basis.proposed { "○ one coder" },
        }
    }
}

fn agreement(frame: &Frame, all: &[Measured]) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label="Table" { table.list {
            caption.unseen { "How far coders agree" }
            thead { tr {
                th scope="col" { "Variable" } th scope="col" { "Coders" } th scope="col" { "Shared" } th scope="col" { "Alike" }
                th scope="col" { "Cohen’s kappa" } th scope="col" { "Fleiss’ kappa" } th scope="col" { "Krippendorff’s alpha" }
            } }
            tbody {
                @for one in all {
                    tr {
                        th scope="row" { (one.variable.name()) }
                        td data-title="Coders" { (frame.words(&one.coders.join(", "))) }
                        td data-title="Shared" { (one.shared) }
                        td data-title="Alike" { (percent(one.alike)) }
                        td data-title="Cohen’s kappa" { (spelled(&one.cohen)) }
                        td data-title="Fleiss’ kappa" { (spelled(&one.fleiss)) }
                        td data-title="Krippendorff’s alpha" {
                            (spelled(&one.alpha)) br;
                            small {
                                (one.scale.name())
                                @if one.off_scale > 0 { ", " (one.off_scale) " off the scale" }
                            }
                        }
                    }
                }
            }
        } }
        p { small {
            "Shared are questions that at least two coded. In brackets stand the bounds for nineteen of "
            "twenty samples of as many questions."
        } }
    }
}
