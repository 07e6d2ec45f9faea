//! What people judged, in words with links.

use std::collections::BTreeMap;

use maud::{Markup, html};
use throughline_model::{Act, Assertion, AssertionId, Instant, Judgment, MentionId, SubjectKind};
use throughline_tell::words;

use super::values::{Names, mention, value, variable};
use crate::address;
use crate::desk::Room;
use crate::layout::Frame;
use crate::trouble::Trouble;

/// What pages of judgments tell of what these are about.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// Names, but for people: a judgment that somebody was arrested stands by name only on the person's
    /// page, beside who says so.
    names: Names,
    /// What was judged, as it was read or put in its place.
    said: BTreeMap<AssertionId, Assertion>,
}

/// What some judgments are about.
pub(crate) fn told<'j>(
    room: &Room,
    judgments: impl IntoIterator<Item = &'j Judgment>,
) -> Result<Told, Trouble> {
    let mut told = Told::default();
    for judgment in judgments {
        let mut ids: Vec<MentionId> = match &judgment.act {
            Act::Find(target) | Act::Code(target) => {
                let value = target.value.as_ref().and_then(|value| value.mention());
                std::iter::once(target.subject).chain(target.party).chain(value).collect()
            }
            Act::Correct { by, .. } => by.referred().collect(),
            _ => judgment.mentions().collect(),
        };
        for id in judgment.assertions() {
            if let Some(said) = room.casebook.assertion_or_correction(id)? {
                ids.push(said.subject);
                ids.extend(said.referred());
                told.said.insert(id, said);
            }
        }
        for id in ids {
            if id.kind() != SubjectKind::Person
                && !told.names.contains_key(&id)
                && let Some(name) = room.casebook.called(id)?
            {
                told.names.insert(id, name);
            }
        }
    }
    Ok(told)
}

/// What a judgment did, as a word: "accepted", "retracted".
pub(crate) fn done(act: &Act) -> &'static str {
    match act {
        Act::Accept(_) => "accepted",
        Act::Reject(_) => "rejected",
        Act::Correct { .. } => "corrected",
        Act::Retract(_) => "retracted",
        Act::Withdraw { .. } => "withdrawn",
        Act::Find(_) => "found",
        Act::Code(_) => "coded",
        Act::Same(..) => "judged the same",
        Act::NotSame(..) => "told apart",
        Act::Unsure(..) => "left open",
        Act::Unrelated(..) => "judged unrelated",
        Act::Dated { .. } => "dated",
        Act::Grade { .. } => "graded",
        Act::Credit { .. } => "credited",
        Act::Undo => "undone",
    }
}

/// Who judged, when and why, with a link to the judgment.
pub(crate) fn by(frame: &Frame, judgment: &Judgment, recorded: Instant, in_force: bool) -> Markup {
    html! {
        "by " (frame.words(&judgment.by)) ", " (self::day(recorded)) ": "
        q { (frame.words(&judgment.reason)) }
        @if frame.edition.is_desk() {
            " " a.place href=(frame.to(&address::judgment(judgment.id))) { code { (judgment.id) } }
        }
        @if !in_force { " " span.basis.over { "× no longer in force today" } }
    }
}

/// The day of a moment.
pub(crate) fn day(moment: Instant) -> String {
    let text = moment.to_string();
    text.split('T').next().unwrap_or_default().to_owned()
}

/// What a judgment is about, with links to the present: people judge what there is, and on an earlier
/// day some of it was not yet published. Judgments have the dates of their page.
pub(crate) fn about(frame: &Frame, judgment: &Judgment, told: &Told) -> Markup {
    match judgment.act {
        Act::Undo => spelled(frame, judgment, told),
        _ => html! { span.today { (frame.today(|frame| spelled(frame, judgment, told))) } },
    }
}

fn spelled(frame: &Frame, judgment: &Judgment, told: &Told) -> Markup {
    let names = &told.names;
    let assertion = |id: AssertionId| {
        html! {
            @if let Some(said) = told.said.get(&id) {
                (variable(frame, said.variable, said.party, names)) ": "
                (value(frame, &said.value, names)) ", of " (mention(frame, said.subject, names)) " "
            }
            a href=(frame.to(&address::assertion(id))) { code { (id) } }
        }
    };
    html! {
        @match &judgment.act {
            Act::Accept(id) | Act::Reject(id) | Act::Retract(id) => (assertion(*id)),
            Act::Correct { assertion: old, by } => {
                (assertion(*old)) ", which says "
                (variable(frame, by.variable, by.party, names)) ": " (value(frame, &by.value, names))
            }
            Act::Withdraw { assertion: old, on } => { (assertion(*old)) ", on " (words::date(on)) }
            Act::Find(target) | Act::Code(target) => {
                (mention(frame, target.subject, names)) " "
                (variable(frame, target.variable, target.party, names)) ": "
                @match &target.value {
                    Some(held) => (value(frame, held, names)),
                    None => "cannot be known",
                }
                @if !target.rests_on.is_empty() {
                    ", resting on "
                    @for (at, id) in target.rests_on.iter().enumerate() {
                        @if at > 0 { ", " }
                        (assertion(*id))
                    }
                }
            }
            Act::Same(a, b)
            | Act::NotSame(a, b)
            | Act::Unsure(a, b)
            | Act::Unrelated(a, b) => {
                (mention(frame, *a, names)) " and " (mention(frame, *b, names))
            }
            Act::Grade { source, reliability } => {
                (frame.words(source)) ": " (reliability) ", " (reliability.means())
            }
            Act::Credit { assertion: old, credibility } => {
                (assertion(*old)) ": " (credibility) ", " (credibility.means())
            }
            Act::Dated { document, published } => {
                a href=(frame.to(&address::document(*document))) { code { (document) } }
                ": " (words::date(published))
            }
            Act::Undo => {
                @for (at, id) in judgment.supersedes.iter().enumerate() {
                    @if at > 0 { ", " }
                    a href=(frame.to(&address::judgment(*id))) { code { (id) } }
                }
            }
        }
    }
}
