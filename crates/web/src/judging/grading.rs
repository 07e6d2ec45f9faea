//! The forms that leave a reading as it is: how far a source and what it says are trusted, when a
//! document was published, that a source took something back, that two incidents are unrelated.

use maud::{Markup, html};
use throughline_model::{Assertion, Credibility, DocumentId, MentionId, Reliability};

use super::forms::{carried, of_assertion, pair};
use crate::layout::Frame;

/// A field of one line.
pub(super) fn line(id: &str, name: &str, label: &str, value: Option<&str>) -> Markup {
    html! {
        div.field {
            label for=(id) { (label) }
            input id=(id) type="text" name=(name) required value=[value] autocomplete="off";
        }
    }
}

/// A day, as a field takes it.
fn day(id: &str, name: &str, label: &str) -> Markup {
    html! {
        div.field {
            label for=(id) { (label) }
            input id=(id) type="text" name=(name) required placeholder="2017-03-24" autocomplete="off" spellcheck="false";
        }
    }
}

/// That its source took an assertion back, and how credible it is, whoever says it.
pub(crate) fn beside(frame: &Frame, said: &Assertion) -> Markup {
    let Some(judging) = frame.judging else { return html! {} };
    let place = said.id.to_string();
    let own = || of_assertion(frame, judging.token, said);
    html! {
        details.more {
            summary data-key="t" { "Taken back …" }
            form.judge method="post" action="/judge" {
                (own())
                (day(&format!("{place}-on"), "on", "The day on which its source took it back"))
                (line(&format!("{place}-withdrawn"), "reason", "Why: where it says so", None))
                button type="submit" name="act" value="withdraw" { "It was taken back" }
            }
        }
        details.more {
            summary data-key="g" { "Grade …" }
            form.judge method="post" action="/judge" {
                (own())
                div.field {
                    label for=(format!("{place}-credibility")) { "How credible it is, whoever says it" }
                    select id=(format!("{place}-credibility")) name="credibility" required {
                        option value="" { "choose" }
                        @for grade in Credibility::ALL {
                            option value=(grade) { (grade) ", " (grade.means()) }
                        }
                    }
                }
                (line(&format!("{place}-credited"), "reason", "Why", None))
                button type="submit" name="act" value="credit" { "Grade it" }
            }
        }
    }
}

/// When a document was published.
pub(crate) fn dating(frame: &Frame, document: DocumentId, place: &str) -> Markup {
    let Some(judging) = frame.judging else { return html! {} };
    html! {
        details.more {
            summary data-key="t" { "Date it …" }
            form.judge method="post" action="/judge" {
                (carried(frame, judging.token, place))
                input type="hidden" name="document" value=(document);
                (day("dated", "published", "When it was published: a day, a month or a year"))
                (line("dated-reason", "reason", "Why", None))
                button type="submit" name="act" value="dated" { "Date it" }
                p.hint { "It is read again by this date." }
            }
        }
    }
}

/// How reliable a source is, whatever it says.
pub(crate) fn source(frame: &Frame, source: &str, place: &str) -> Markup {
    let Some(judging) = frame.judging else { return html! {} };
    html! {
        details.more {
            summary data-key="g" { "Grade its source …" }
            form.judge method="post" action="/judge" {
                (carried(frame, judging.token, place))
                input type="hidden" name="source" value=(source);
                div.field {
                    label for="reliability" { "How reliable " (frame.words(source)) " is, whatever it says" }
                    select #reliability name="reliability" required {
                        option value="" { "choose" }
                        @for grade in Reliability::ALL {
                            option value=(grade) { (grade) ", " (grade.means()) }
                        }
                    }
                }
                (line("graded-reason", "reason", "Why", None))
                button type="submit" name="act" value="grade" { "Grade it" }
            }
        }
    }
}

/// That what two incidents have in common connects them by nothing.
pub(crate) fn unrelated(frame: &Frame, one: MentionId, other: MentionId, place: &str) -> Markup {
    let Some(judging) = frame.judging else { return html! {} };
    html! {
        form.judge method="post" action="/judge" {
            (carried(frame, judging.token, "content"))
            (pair(one, other, place))
            button type="submit" name="act" value="unrelated" data-key="d" { "Unrelated" }
        }
    }
}
