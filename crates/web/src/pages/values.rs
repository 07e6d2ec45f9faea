//! Values, speakers and what a value rests on, with links.

use std::collections::BTreeMap;

use maud::{Markup, html};
use throughline_model::{
    Basis, DocumentId, Holding, MentionId, Speaker, Stance, Value, Variable, Voice,
};
use throughline_tell::words::{self, namer};

use crate::layout::Frame;

/// The names of mentions, as views give them.
pub(crate) type Names = BTreeMap<MentionId, String>;

/// A value; another record as a link.
pub(crate) fn value(frame: &Frame, value: &Value, names: &Names) -> Markup {
    match value {
        Value::Mention(id) => mention(frame, *id, names),
        // A date is never broken over two lines.
        Value::Date(date) => html! { time { (words::date(date)) } },
        value => frame.words(&words::value(value, &namer(names))),
    }
}

/// The value of a holding.
pub(crate) fn held(frame: &Frame, holding: &Holding, names: &Names) -> Markup {
    match &holding.value {
        Some(held) => value(frame, held, names),
        None => html! { "cannot be known" },
    }
}

/// A variable, and in relation to whom.
pub(crate) fn variable(
    frame: &Frame,
    variable: Variable,
    party: Option<MentionId>,
    names: &Names,
) -> Markup {
    html! {
        (plain_name(variable))
        @if let Some(party) = party { " (" (mention(frame, party, names)) ")" }
    }
}

/// A variable as it is read in a sentence: `involvement.gave-money` is "gave money".
fn plain_name(variable: Variable) -> String {
    match variable {
        Variable::Involvement(_) => {
            let name = variable.name();
            let (kind, element) = name.split_once('.').unwrap_or(("", name));
            format!("{kind}: {}", element.replace('-', " "))
        }
        variable => variable.name().replace('-', " "),
    }
}

/// A mention as a link.
pub(crate) fn mention(frame: &Frame, id: MentionId, names: &Names) -> Markup {
    frame.mention(id, names.get(&id).map(String::as_str))
}

/// Through whom something comes, and how far each stands behind it.
pub(crate) fn speakers(
    frame: &Frame,
    chain: &[Speaker],
    (document, source): (DocumentId, Option<&str>),
    names: &Names,
) -> Markup {
    html! {
        @for (at, speaker) in chain.iter().enumerate() {
            @if at > 0 { " → " }
            @match &speaker.voice {
                Voice::Document => @match source {
                    Some(source) => (frame.author(document, source)),
                    None => "the document",
                },
                Voice::Mention(id) => (mention(frame, *id, names)),
                Voice::Described(words) => (frame.words(words)),
                Voice::Unnamed => "somebody not named",
            }
            @if speaker.stance != Stance::Asserted {
                " " span.stance { "(" (speaker.stance.name()) ")" }
            }
        }
    }
}

/// What a value rests on, as a mark and a word: found, accepted, or only proposed; and whether it is
/// said with reserve or contested.
pub(crate) fn basis(holding: &Holding) -> Markup {
    html! {
        @match holding.basis {
            Basis::Finding(_) => span.basis.found { "● found" },
            Basis::Accepted(_) => span.basis.accepted { "◐ accepted" },
            Basis::Proposal(_) => span.basis.proposed { "○ proposed" },
        }
        @if holding.hedged { " " span.basis.hedged { "~ hedged" } }
        @if holding.copied { " " span.basis.hedged { "~ " (words::COPIED) } }
        @if holding.contested { " " span.basis.contested { "≠ contested" } }
        @if holding.evidence_gone { " " span.basis.contested { "∅ " (words::EVIDENCE_GONE) } }
    }
}

/// As [`basis`], after a value and where there is little room: what is found has its mark alone in
/// sight, on the line of the value's last word, and every doubt its word.
pub(crate) fn short_basis(holding: &Holding) -> Markup {
    match holding.basis {
        Basis::Finding(_) if words::marks(holding).next().is_none() => {
            html! { "\u{A0}" span.found-mark { "●" span.unseen { " found" } } }
        }
        _ => html! { " " (basis(holding)) },
    }
}
