//! The forms by which a coder codes beside others, and a question that nothing answers yet is
//! answered.

use maud::{Markup, html};
use throughline_formats::codebooks::Codebook;
use throughline_model::{Holding, MentionId, SubjectKind, Variable};

use super::forms::{carried, of_question};
use super::grading::line;
use crate::layout::{self, Frame};

/// Code a question of a record: it settles nothing until it is adjudicated. What is held is not
/// offered, since a coder answers for himself.
pub(crate) fn coding(frame: &Frame, subject: MentionId, held: &Holding, place: &str) -> Markup {
    let Some(judging) = frame.judging else { return html! {} };
    let own = || of_question(frame, judging.token, "code", (subject, held), place);
    html! {
        details.more {
            summary data-key="b" { "Code …" }
            form.judge method="post" action="/judge" {
                (own())
                (line(&format!("{place}-coded"), "value", "Your answer, beside those of other coders", None))
                (line(&format!("{place}-coded-reason"), "reason", "Why", None))
                button type="submit" { "Code it" }
            }
            form.judge method="post" action="/judge" {
                (own())
                input type="hidden" name="unknowable" value="yes";
                (line(&format!("{place}-uncodable"), "reason", "Why it cannot be known", None))
                button type="submit" { "Code that it cannot be known" }
            }
        }
    }
}

/// Find or code a value of a question that is not among those held.
pub(crate) fn another(
    frame: &Frame,
    subject: MentionId,
    codebook: &Codebook,
    held: &[Holding],
) -> Markup {
    let Some(judging) = frame.judging else { return html! {} };
    let fits = |variable: &Variable| variable.subjects().contains(&subject.kind());
    let answered = |variable: Variable| held.iter().any(|one| one.variable == variable);
    let coded = || codebook.variables.iter().filter(|one| fits(&one.variable));
    let open = coded().filter(|one| !answered(one.variable));
    let others = Variable::all().filter(|one| fits(one) && codebook.of(*one).is_none());
    let named = |variable: Variable| variable.name().replace(['-', '.'], " ");
    html! {
        @if open.clone().next().is_some() {
            details.unanswered {
                summary { (layout::counted(open.clone().count() as u64, "question", "questions")) " of the codebook that nothing answers yet" }
                dl.facts {
                    @for one in open.clone() { div { dt { (named(one.variable)) } dd { (one.question) } } }
                }
            }
        }
        details.more.another #another {
            summary { "Answer another question …" }
            form.judge method="post" action="/judge" {
                (carried(frame, judging.token, "another"))
                input type="hidden" name="subject" value=(subject);
                div.field {
                    label for="another-variable" { "The question" }
                    select #another-variable name="variable" required {
                        optgroup label="Not answered yet" {
                            @for one in open.clone() {
                                option value=(one.variable.name()) title=(one.question) { (named(one.variable)) }
                            }
                        }
                        optgroup label=(format!("Codebook {}, answered", layout::capital(&codebook.name))) {
                            @for one in coded().filter(|one| answered(one.variable)) {
                                option value=(one.variable.name()) title=(one.question) { (named(one.variable)) }
                            }
                        }
                        optgroup label="Others" {
                            @for one in others { option value=(one.name()) { (named(one)) } }
                        }
                    }
                }
                (line("another-value", "value", "The value", None))
                @if subject.kind() == SubjectKind::Incident || subject.kind() == SubjectKind::Person {
                    div.field {
                        label for="another-party" { "In relation to whom, by an id, if to anybody" }
                        input #another-party type="text" name="party" autocomplete="off" spellcheck="false";
                    }
                }
                (line("another-reason", "reason", "Why", None))
                button type="submit" name="act" value="find" { "Find it" }
                " " button type="submit" name="act" value="code" { "Code it, beside other coders" }
            }
        }
    }
}
