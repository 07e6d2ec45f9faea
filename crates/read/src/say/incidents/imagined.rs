//! Sentences that tell of nothing that happened: what a film shows, what is rehearsed in a
//! drill, attacks in words.
//!
//! Fires: "In the film a young man bombs the opera"; "police held a drill in which gunmen
//! stormed a cinema". Must not: "gunmen stormed a cinema during a film", "rebels attacked a
//! military exercise".

use super::found::Found;
use super::lexicon::Class;
use crate::analysis::Sentence;
use crate::say::cues::Cue;
use crate::say::words::Words;

/// How far from an attack in its sentence words tell of it, in tokens; it keeps reading linear
/// in the length.
const FAR: usize = 80;

/// The tokens of a sentence around one of them.
pub(super) fn near(sentence: &std::ops::Range<usize>, at: usize) -> std::ops::Range<usize> {
    sentence.start.max(at.saturating_sub(FAR))..sentence.end.min(at + FAR)
}

/// Whether all of a sentence is imagined or rehearsed.
pub(crate) fn sentence(words: &Words<'_>, sentence: &Sentence) -> bool {
    let tokens = sentence.tokens.clone();
    tokens.clone().any(|token| {
        let phrase = || words.left(token, tokens.start);
        let before = || phrase().start.checked_sub(1).filter(|&at| at >= tokens.start);
        if words.cue(token, Cue::Fiction) {
            let opens = phrase().start == tokens.start && words.cue(token + 1, Cue::FictionVerb);
            let within = before().is_some_and(|at| at == tokens.start && words.lower(at) == "in");
            opens || within
        } else if words.cue(token, Cue::Drill) {
            let within = before().is_some_and(|at| {
                at == tokens.start && matches!(words.lower(at), "in" | "during" | "for")
                    || matches!(
                        words.lower(at),
                        "held" | "hold" | "holding" | "staged" | "conducted" | "practised" | "ran"
                    )
            });
            let told = words.lower(token + 1) == "in" && words.is(token + 2, Class::Relative);
            within || told
        } else {
            false
        }
    })
}

/// Whether a sentence tells an explosion to be an accident: "the blast was an accident", "a gas
/// explosion"; not "police ruled out an accident", "no accident", "a car accident after the
/// blast".
pub(super) fn mishap(words: &Words<'_>, found: &Found) -> bool {
    if found.kind != "bombing" || found.set {
        return false;
    }
    let tokens = near(&found.sentence, found.head);
    tokens.clone().any(|at| {
        let from = tokens.start.max(at.saturating_sub(4));
        let denied = (from..at).any(|token| {
            words.is(token, Class::Negation)
                || words.cue(token, Cue::RuleOut)
                || matches!(words.lower(token), "car" | "road" | "traffic" | "whether" | "or")
        });
        words.cue(at, Cue::Mishap) && !denied
    })
}

/// Whether a sentence tells of a span of years and so of no one day: "killed 300 people in a
/// ten-year campaign", "has killed thousands since 1990".
pub(super) fn over_years(words: &Words<'_>, sentence: &Sentence, at: usize) -> bool {
    let tokens = near(&sentence.tokens, at);
    tokens.clone().any(|at| {
        let lower = words.lower(at);
        let next = words.lower(at + 1);
        match lower {
            // "over ten years", but not "20 years in prison", "25 years ago".
            "years" | "decades" | "decade" => {
                let from = tokens.start.max(at.saturating_sub(4));
                let span = (from..at).any(|before| {
                    matches!(words.lower(before), "in" | "over" | "during" | "past" | "last" | "of")
                });
                span && !matches!(
                    next,
                    "in" | "ago" | "later" | "old" | "earlier" | "after" | "before" | "behind"
                )
            }
            // "since 1990", "since the late 1960s".
            "since" => (at + 1..at + 4)
                .take_while(|&at| !words.mark(at))
                .find(|&at| words.time(at).is_some())
                .is_some_and(|time| (at + 1..time).all(|at| vague(words, at))),
            // "has killed more than 1,500 so far this year".
            "so" => next == "far",
            "past" | "recent" => {
                matches!(next, "week" | "weeks" | "month" | "months" | "year" | "years")
            }
            _ => lower.ends_with("-year"),
        }
    })
}

/// Words between "since" and its years.
fn vague(words: &Words<'_>, at: usize) -> bool {
    words.is(at, Class::Definite) || matches!(words.lower(at), "early" | "mid" | "late" | "at")
}

/// Whether an attack is called a mock one, or is one in words: "a scathing attack on the
/// opposition".
pub(crate) fn attack(words: &Words<'_>, phrase: std::ops::Range<usize>, head: usize) -> bool {
    let modifies = |at: usize| words.cue(at, Cue::Mock) || words.cue(at, Cue::OfWords);
    if (phrase.start..head).any(modifies) {
        return true;
    }
    if !matches!(words.lower(head + 1), "on" | "against" | "upon") {
        return false;
    }
    let target = words.right(head + 2, words.len());
    // "on the opposition", "on the government's record", but "on the plan's author".
    let last = (target.clone()).find(|&at| words.lower(at) == "of").unwrap_or(target.end);
    last.checked_sub(1).is_some_and(|at| at >= target.start && words.cue(at, Cue::InWords))
}
