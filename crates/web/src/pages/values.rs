//! Values, speakers and what a value rests on, with links.

use std::collections::BTreeMap;

use maud::{Markup, html};
use throughline_model::{
    Basis, Holding, MentionId, Speaker, Stance, SubjectKind, Value, Variable, Voice,
};
use throughline_tell::naming::{self, Bearing};
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
    source: Option<&str>,
    names: &Names,
) -> Markup {
    html! {
        @for (at, speaker) in chain.iter().enumerate() {
            @if at > 0 { " → " }
            @match &speaker.voice {
                Voice::Document => (frame.words(source.unwrap_or("the document"))),
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
        @if holding.contested { " " span.basis.contested { "≠ contested" } }
    }
}

/// As [`basis`], after a value and where there is little room: what is found has its mark alone in
/// sight, on the line of the value's last word, and every doubt its word.
pub(crate) fn short_basis(holding: &Holding) -> Markup {
    match holding.basis {
        Basis::Finding(_) if !holding.hedged && !holding.contested => {
            html! { "\u{A0}" span.found-mark { "●" span.unseen { " found" } } }
        }
        _ => html! { " " (basis(holding)) },
    }
}

/// Whether a value accuses somebody, or says what follows an accusation: it is shown only beside who
/// says so, how firmly and when. What clears or protects stands everywhere.
pub(crate) fn accuses(variable: Variable, value: Option<&Value>) -> bool {
    let names_somebody = matches!(value, Some(Value::Mention(id)) if id.kind() == SubjectKind::Person)
        && matches!(variable, Variable::Perpetrator | Variable::IdentifiedAs);
    let bearing = naming::bearing(variable, value);
    let protects =
        |one: &Bearing| matches!(one, Bearing::Cleared | Bearing::Victim | Bearing::Minor);
    let ends_plainly = matches!(value, Some(Value::Term(term)) if ["dead", "killed", "wounded"].contains(&&**term));
    names_somebody
        || match variable {
            Variable::Role | Variable::Procedure => !bearing.iter().any(protects),
            Variable::Fate => !ends_plainly,
            _ => bearing.iter().any(|one| matches!(one, Bearing::Accused | Bearing::Convicted)),
        }
}

#[cfg(test)]
mod tests {
    use throughline_model::{Fingerprint, SubjectKind};

    use super::*;

    #[test]
    fn what_accuses_is_told_from_what_clears() {
        use Variable as V;
        let term = |term: &str| Some(Value::Term(term.to_owned()));
        for (variable, value, accusing) in [
            (V::Role, term("perpetrator"), true),
            (V::Role, term("suspect"), true),
            (V::Role, term("victim"), false),
            (V::Role, term("witness"), false),
            (V::Procedure, term("arrested"), true),
            (V::Procedure, term("convicted"), true),
            (V::Procedure, term("some new word"), true),
            (V::Procedure, term("acquitted"), false),
            (V::Procedure, None, true),
            (V::Fate, term("executed"), true),
            (V::Fate, term("died-in-custody"), true),
            (V::Fate, term("dead"), false),
            (V::Cleared, term("misidentified"), false),
            (V::Description, Some(Value::Text("a baker".into())), false),
            (V::Type, term("bombing"), false),
        ] {
            assert_eq!(accuses(variable, value.as_ref()), accusing, "{variable:?} {value:?}");
        }
        let of = |kind| Value::Mention(MentionId::of(kind, Fingerprint::new("test")));
        assert!(accuses(V::Perpetrator, Some(&of(SubjectKind::Person))));
        assert!(!accuses(V::Perpetrator, Some(&of(SubjectKind::Group))));
        assert!(!accuses(V::Claimant, Some(&of(SubjectKind::Person))));
    }
}
