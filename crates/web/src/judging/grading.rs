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

/// A form that opens by a key: what it asks, why, and the act that it sends.
struct Opening<'a> {
    key: &'a str,
    summary: &'a str,
    /// What it asks for.
    asked: Markup,
    /// The id of the field for the reason, and its label.
    why: (String, &'a str),
    act: &'a str,
    button: &'a str,
}

impl Opening<'_> {
    /// The form, with what it carries along.
    fn form(self, carried: &Markup) -> Markup {
        let Opening { key, summary, asked, why: (id, label), act, button } = self;
        html! {
            details.more {
                summary data-key=(key) { (summary) }
                form.judge method="post" action="/judge" {
                    (carried)
                    (asked)
                    (line(&id, "reason", label, None))
                    button type="submit" name="act" value=(act) { (button) }
                }
            }
        }
    }
}

/// A grade to be chosen.
fn grade<G: std::fmt::Display>(
    (id, name): (&str, &str),
    label: &Markup,
    grades: impl IntoIterator<Item = (G, &'static str)>,
) -> Markup {
    html! {
        div.field {
            label for=(id) { (label) }
            select id=(id) name=(name) required {
                option value="" { "choose" }
                @for (grade, means) in grades { option value=(grade) { (grade) ", " (means) } }
            }
        }
    }
}

/// That its source took an assertion back, and how credible it is, whoever says it.
pub(crate) fn beside(frame: &Frame, said: &Assertion) -> Markup {
    let Some(judging) = frame.judging else { return html! {} };
    let place = said.id.to_string();
    let own = of_assertion(frame, judging.token, said);
    let on = (format!("{place}-on"), "The day on which its source took it back");
    let back = Opening {
        key: "t",
        summary: "Taken back …",
        asked: day(&on.0, "on", on.1),
        why: (format!("{place}-withdrawn"), "Why: where it says so"),
        act: "withdraw",
        button: "It was taken back",
    };
    let grades = Credibility::ALL.map(|grade| (grade, grade.means()));
    let label = html! { "How credible it is, whoever says it" };
    let graded = Opening {
        key: "g",
        summary: "Grade …",
        asked: grade((&format!("{place}-credibility"), "credibility"), &label, grades),
        why: (format!("{place}-credited"), "Why"),
        act: "credit",
        button: "Grade it",
    };
    html! { (back.form(&own)) (graded.form(&own)) }
}

/// When a document was published.
pub(crate) fn dating(frame: &Frame, document: DocumentId, place: &str) -> Markup {
    let Some(judging) = frame.judging else { return html! {} };
    let own = html! {
        (carried(frame, judging.token, place))
        input type="hidden" name="document" value=(document);
    };
    let label = "When it was published: a day, a month or a year; it is read again by this date";
    let dated = Opening {
        key: "t",
        summary: "Date it …",
        asked: day("dated", "published", label),
        why: ("dated-reason".to_owned(), "Why"),
        act: "dated",
        button: "Date it",
    };
    dated.form(&own)
}

/// How reliable a source is, whatever it says.
pub(crate) fn source(frame: &Frame, source: &str, place: &str) -> Markup {
    let Some(judging) = frame.judging else { return html! {} };
    let own = html! {
        (carried(frame, judging.token, place))
        input type="hidden" name="source" value=(source);
    };
    let label = html! { "How reliable " (frame.words(source)) " is, whatever it says" };
    let graded = Opening {
        key: "g",
        summary: "Grade its source …",
        asked: grade(
            ("reliability", "reliability"),
            &label,
            Reliability::ALL.map(|grade| (grade, grade.means())),
        ),
        why: ("graded-reason".to_owned(), "Why"),
        act: "grade",
        button: "Grade it",
    };
    graded.form(&own)
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
