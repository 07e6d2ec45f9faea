//! How what is held of a record came to be: the figures as they were reported, and the values as of each
//! day on which they changed.

use maud::{Markup, PreEscaped, html};
use throughline_casebook::RecordView;
use throughline_model::Variable;
use throughline_tell::history;
use throughline_tell::words::namer;

use super::RecordPage;
use crate::address;
use crate::layout::{Frame, counted};
use crate::pages::values::variable;

/// Whether different figures were reported of killed or wounded.
pub(super) fn revised(shown: &RecordView) -> bool {
    shown.record.holdings.iter().any(|one| {
        matches!(one.variable, Variable::Killed | Variable::Wounded)
            && (!one.against.is_empty() || !one.rivals.is_empty() || one.support.len() > 2)
    })
}

impl RecordPage {
    /// How the figures reported of killed and wounded changed.
    pub(super) fn tolls(&self, frame: &Frame) -> Markup {
        let Some(drawn) = &self.toll else { return html! {} };
        html! {
            section aria-labelledby="tolls" {
                h2 #tolls { "Figures as they were reported" }
                figure.picture.small {
                    div.scroll tabindex="0" role="group" aria-label="Drawing" { (PreEscaped(drawn.drawing.inline())) }
                }
                p { a href=(frame.to(&format!("{}/toll", address::record(self.told.shown.record.id)))) { "The same as a table" } }
            }
        }
    }

    /// How the values changed, as of each day on which they did.
    pub(super) fn history(&self, frame: &Frame) -> Markup {
        let Some(told) = &self.told.history else { return html! {} };
        let all: Vec<_> = history::changed(told).collect();
        html! {
            @if !all.is_empty() {
                section.history aria-labelledby="history" {
                    h2 #history { "How the values changed" }
                    p.about {
                        "What was held as of each day, by what had been published by then and all that was judged "
                        "since. People are not in it: an earlier view of a person stands beside what is held today."
                    }
                    div.scroll tabindex="0" role="group" aria-label="Table" { table.list {
                        caption.unseen { "Values by the day on which they changed" }
                        thead { tr { th scope="col" { "Value" } th scope="col" { "Since" } th scope="col" { "Held" } } }
                        tbody {
                            @for one in all {
                                @for (day, held) in &one.steps {
                                    tr {
                                        th scope="row" { (variable(frame, one.variable, one.party, &told.names)) }
                                        td data-title="Since" { time { (history::since(*day)) } }
                                        td data-title="Held" { (frame.words(&history::held(held, &namer(&told.names)))) }
                                    }
                                }
                            }
                        }
                    } }
                    @if told.left_out > 0 { p { (counted(told.left_out as u64, "earlier day is", "earlier days are")) " left out." } }
                }
            }
        }
    }
}
