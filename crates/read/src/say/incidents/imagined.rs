//! Sentences that tell of nothing that happened: what a film shows, what is rehearsed in a
//! drill, attacks in words.
//!
//! Fires: "In the film a young man bombs the opera"; "police held a drill in which gunmen
//! stormed a cinema". Must not: "gunmen stormed a cinema during a film", "rebels attacked a
//! military exercise".

use super::lexicon::Class;
use super::phrases::Words;
use crate::analysis::Sentence;
use crate::say::cues::Cue;

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
