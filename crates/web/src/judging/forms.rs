//! The forms by which people judge, as they stand on pages.
//!
//! Each is complete without a script: a button sends it, and the browser comes back to where it
//! stood. What a button does without a typed reason has one that goes without saying
//! ([`Fields::reason`]); a correction and a finding want one. A field in which one types stands in a
//! form of its own, so that the key Enter never sends another decision than the one beside it.

use maud::{Markup, html};
use throughline_formats::codebooks::Codebook;
use throughline_model::{
    Assertion, AssertionId, Holding, JudgmentId, MentionId, Value, ValueShape, Variable,
};

use super::fields::{Fields, TOKEN};
use crate::layout::Frame;

/// What every form of a page carries, back to a place of the page.
pub(crate) fn carried(frame: &Frame, token: &str, place: &str) -> Markup {
    let to = crate::layout::of_page(frame.ask, frame.ask.page().unwrap_or(1), false);
    html! {
        input type="hidden" name=(TOKEN) value=(token);
        input type="hidden" name="back" value=(format!("{to}#{place}"));
    }
}

/// A form that was sent, to be sent again, but for who judges.
pub(super) fn again(fields: &Fields) -> Markup {
    html! {
        @for (name, text) in fields.each().filter(|(name, _)| *name != "by") {
            input type="hidden" name=(name) value=(text);
        }
    }
}

/// Who judges in this browser, shown and changed in the head of a page.
pub(crate) fn who(frame: &Frame) -> Markup {
    let Some(judging) = frame.judging else { return html! {} };
    html! {
        form.who method="post" action="/name" {
            (carried(frame, judging.token, "content"))
            label for="by" { "You judge as" }
            input #by type="text" name="by" value=[judging.by.map(throughline_tell::terminal::one_line)]
                required autocomplete="name" maxlength="200" size="14";
            button type="submit" { "Keep" }
        }
    }
}

/// What a form on an assertion carries along.
pub(super) fn of_assertion(frame: &Frame, token: &str, said: &Assertion) -> Markup {
    html! {
        (carried(frame, token, &said.id.to_string()))
        input type="hidden" name="assertion" value=(said.id);
    }
}

/// What a form that answers a question of a record carries along.
pub(super) fn of_question(
    frame: &Frame,
    token: &str,
    act: &str,
    (subject, held): (MentionId, &Holding),
    place: &str,
) -> Markup {
    html! {
        (carried(frame, token, place))
        input type="hidden" name="act" value=(act);
        input type="hidden" name="subject" value=(subject);
        input type="hidden" name="variable" value=(held.variable.name());
        @if let Some(party) = held.party { input type="hidden" name="party" value=(party); }
    }
}

/// Accept, reject, correct or retract what a document says.
pub(crate) fn assertion(frame: &Frame, said: &Assertion) -> Markup {
    let Some(judging) = frame.judging else { return html! {} };
    let place = said.id.to_string();
    let own = || of_assertion(frame, judging.token, said);
    html! {
        div.judging {
            form.judge method="post" action="/judge" {
                (own())
                button type="submit" name="act" value="accept" data-key="a" { "Accept" }
                " " button type="submit" name="act" value="reject" data-key="r" { "Reject" }
            }
            details.more {
                summary data-key="c" { "Correct …" }
                form.judge method="post" action="/judge" {
                    (own())
                    div.field {
                        label for=(format!("{place}-value")) { "What it says" }
                        input id=(format!("{place}-value")) type="text" name="value" required
                            value=[spelled(&said.value)] autocomplete="off"
                            list=[offered(said.variable)];
                    }
                    div.field {
                        label for=(format!("{place}-reason")) { "Why" }
                        input id=(format!("{place}-reason")) type="text" name="reason" required autocomplete="off";
                    }
                    button type="submit" name="act" value="correct" { "Correct" }
                }
                form.judge method="post" action="/judge" {
                    (own())
                    div.field {
                        label for=(format!("{place}-misread")) { "Why it leaves every date" }
                        input id=(format!("{place}-misread")) type="text" name="reason" required autocomplete="off";
                    }
                    button type="submit" name="act" value="retract" { "Retract" }
                }
            }
        }
    }
}

/// Accept or reject, beside a sentence on another page than its document's.
pub(crate) fn decide(frame: &Frame, id: AssertionId, place: &str) -> Markup {
    let Some(judging) = frame.judging else { return html! {} };
    html! {
        form.judge method="post" action="/judge" {
            (carried(frame, judging.token, place))
            input type="hidden" name="assertion" value=(id);
            button type="submit" name="act" value="accept" data-key="a" { "Accept" }
            " " button type="submit" name="act" value="reject" data-key="r" { "Reject" }
        }
    }
}

/// The words that a codebook has for each variable, for where one types a value.
pub(crate) fn term_lists(codebook: &Codebook) -> Markup {
    let coded = codebook.variables.iter().filter(|coded| !coded.values.is_empty());
    html! {
        @for coded in coded {
            datalist id=(list_of(coded.variable)) {
                @for term in &coded.values { option value=(term.value) { (term.means) } }
            }
        }
        datalist #terms-answer { @for answer in ["yes", "no", "unknown"] { option value=(answer) {} } }
    }
}

/// The list of words that a page offers for a value of a variable.
fn offered(variable: Variable) -> Option<String> {
    match variable.shape() {
        ValueShape::Term => Some(list_of(variable)),
        ValueShape::Answer => Some("terms-answer".to_owned()),
        _ => None,
    }
}

/// The id of the list of a variable's words.
fn list_of(variable: Variable) -> String {
    format!("terms-{}", variable.name())
}

/// Take a judgment back.
pub(crate) fn undo(frame: &Frame, judgment: JudgmentId, place: &str) -> Markup {
    let Some(judging) = frame.judging else { return html! {} };
    html! {
        form.judge.undo method="post" action="/judge" {
            (carried(frame, judging.token, place))
            input type="hidden" name="judgment" value=(judgment);
            button type="submit" name="act" value="undo" { "Undo" }
        }
    }
}

/// Find a value of a record: the one that is held, or another, or that it cannot be known.
pub(crate) fn finding(
    frame: &Frame,
    subject: MentionId,
    held: &Holding,
    rests_on: &[AssertionId],
    place: &str,
) -> Markup {
    let Some(judging) = frame.judging else { return html! {} };
    let own = || of_question(frame, judging.token, "find", (subject, held), place);
    let shown = held.value.as_ref().map(typed);
    html! {
        details.more.finding {
            summary data-key="f" { "Find …" }
            form.judge method="post" action="/judge" {
                (own())
                @if let Some(shown) = &shown { input type="hidden" name="shown" value=(shown); }
                @for id in rests_on { input type="hidden" name="rests-on" value=(id); }
                div.field {
                    label for=(format!("{place}-value")) { "The value that we hold" }
                    input id=(format!("{place}-value")) type="text" name="value" required
                        value=[shown.as_deref()] autocomplete="off" list=[offered(held.variable)];
                }
                div.field {
                    label for=(format!("{place}-reason")) { "Why" }
                    input id=(format!("{place}-reason")) type="text" name="reason" required autocomplete="off";
                }
                button type="submit" { "Find" }
            }
            form.judge method="post" action="/judge" {
                (own())
                input type="hidden" name="unknowable" value="yes";
                div.field {
                    label for=(format!("{place}-unknowable")) { "Why it cannot be known" }
                    input id=(format!("{place}-unknowable")) type="text" name="reason" required autocomplete="off";
                }
                button type="submit" { "It cannot be known" }
            }
        }
    }
}

/// Take a mention out of the record that it was put into.
pub(crate) fn split(frame: &Frame, mention: MentionId, from: MentionId) -> Markup {
    let Some(judging) = frame.judging else { return html! {} };
    let field = format!("{mention}-{from}-split");
    html! {
        details.more {
            summary { "Take it out …" }
            form.judge method="post" action="/judge" {
                (carried(frame, judging.token, "joins"))
                input type="hidden" name="mention" value=(mention);
                div.field {
                    label for=(field) { "Why it does not belong here" }
                    input id=(field) type="text" name="reason" required autocomplete="off";
                }
                button type="submit" name="act" value="split" { "Take it out" }
            }
        }
    }
}

/// The two that a judgment speaks of, and why it does.
pub(super) fn pair(one: MentionId, other: MentionId, place: &str) -> Markup {
    html! {
        input type="hidden" name="one" value=(one);
        input type="hidden" name="other" value=(other);
        div.field {
            label for=(format!("{place}-reason")) { "Why, if it does not go without saying" }
            input id=(format!("{place}-reason")) type="text" name="reason" autocomplete="off";
        }
    }
}

/// Whether two records are one.
pub(crate) fn identity(frame: &Frame, one: MentionId, other: MentionId, place: &str) -> Markup {
    let Some(judging) = frame.judging else { return html! {} };
    html! {
        form.judge method="post" action="/judge" {
            (carried(frame, judging.token, place))
            (pair(one, other, place))
            button type="submit" name="act" value="unsure" data-key="e" { "Unsure" }
            " " button type="submit" name="act" value="same" data-key="s" { "The same" }
            " " button type="submit" name="act" value="not-same" data-key="d" { "Not the same" }
        }
    }
}

/// A value as a field takes it; `None` for another record, whose id nobody types by heart.
fn spelled(value: &Value) -> Option<String> {
    throughline_formats::spelling::write_value(value)
}

/// A value as a field takes it, another record by its id.
fn typed(value: &Value) -> String {
    match value {
        Value::Mention(id) => id.to_string(),
        value => spelled(value).unwrap_or_default(),
    }
}
