//! Whether a verb of attacking tells of something that happened, was tried or was planned.

use throughline_model::ZoneRole;

use crate::analysis::Sentence;
use crate::say::incidents::found::Found;
use crate::say::incidents::killings;
use crate::say::incidents::lexicon::{Class, Form, Frame, Verb};
use crate::say::words::Words;

/// The stage that the words around a verb tell, and whether by a negation; `None` where nothing is said
/// to have happened or been meant.
pub(super) fn stage(
    words: &Words<'_>,
    sentence: &Sentence,
    at: usize,
    verb: Verb,
) -> Option<(&'static str, bool)> {
    const EXECUTED: (&str, bool) = ("executed", false);
    // "pleaded guilty to killing".
    if verb.form == Form::Ing && killings::in_proceedings(words, at) {
        return Some(EXECUTED);
    }
    let from = sentence.tokens.start.max(at.saturating_sub(4));
    let mut to = false;
    let mut have = false;
    for token in (from..at).rev() {
        let lower = words.lower(token);
        if words.mark(token) || words.is(token, Class::Conjunction) {
            break;
        }
        // "is believed to have planted": it is told, if with reserve.
        if have && lower == "to" {
            break;
        }
        have |= lower == "have";
        if to && words.is(token, Class::Attempt) {
            return Some(("failed", false));
        }
        if to && words.is(token, Class::Intent) {
            return Some(("planned", false));
        }
        if words.is(token, Class::Modal) || words.is(token, Class::Negation) {
            let off = verb.frame == Frame::Blast && matches!(lower, "not" | "never");
            return off.then_some(("failed", true));
        }
        to |= lower == "to";
    }
    if to {
        // "failed to explode" is read above; "to attack" alone is no more than a purpose.
        return None;
    }
    match verb.form {
        // "a targeted act": no verb.
        Form::Past if at > from && words.is(at - 1, Class::Indefinite) => None,
        // "the slain guards", "the targeted church".
        Form::Past if at > from && words.is(at - 1, Class::Determiner) && of_noun(words, at) => {
            None
        }
        Form::Past => Some(EXECUTED),
        Form::Base if sentence.zone == ZoneRole::Headline => {
            let before = at.checked_sub(1).filter(|&before| before >= sentence.tokens.start);
            // "Gunmen bomb pub", but not "pub bomb families", where the noun before is singular.
            let subject = before.is_some_and(|before| {
                let lower = words.lower(before);
                !words.bounds(before)
                    && (words.lower(at).ends_with('s')
                        || words.name(before).is_some()
                        || words.word(before).is_some_and(|word| word.plural)
                        || lower.ends_with('s') && !lower.ends_with("ss")
                        || lower == "police")
            });
            subject.then_some(EXECUTED)
        }
        Form::Base => killings::present(words, sentence, at).then_some(EXECUTED),
        Form::Ing => {
            let before = at.checked_sub(1)?;
            // "a new phase of a campaign, by targeting the mainland": of no one attack.
            let general = words.lower(at) == "targeting" && words.lower(before) == "by";
            let told = words.is(before, Class::Auxiliary)
                || matches!(words.lower(before), "by" | "after" | "for" | "of" | "," | "began");
            (told && !general).then_some(EXECUTED)
        }
    }
}

/// Whether a participle stands before the noun that it describes.
fn of_noun(words: &Words<'_>, at: usize) -> bool {
    let next = at + 1;
    !words.mark(next)
        && words.time(next).is_none()
        && !words.is(next, Class::Preposition)
        && !words.is(next, Class::Determiner)
        && !words.is(next, Class::Conjunction)
        && words.name(next).is_none()
}

/// Whether a verb stands in a clause that tells which man or thing is meant: "the man who
/// threw the bomb", "nobody saw who threw it".
pub(crate) fn presupposed(words: &Words<'_>, found: &Found) -> bool {
    let from = found.sentence.start.max(found.head.saturating_sub(4));
    let small = |&at: &usize| {
        words.is(at, Class::Auxiliary) || words.is(at, Class::Relative) || words.adverb(at)
    };
    let relative = |at: usize| matches!(words.lower(at), "who" | "which" | "whom");
    (from..found.head).rev().take_while(small).any(relative)
}

/// "has attacked Lenn dozens of times": a sum of attacks, and none of them. Not of blows ("stabbed
/// him several times").
pub(super) fn often(words: &Words<'_>, sentence: &Sentence, verb: usize, to: usize) -> bool {
    const NEAR: usize = 5;
    let perfect = verb.checked_sub(1).filter(|&at| at >= sentence.tokens.start).is_some_and(|at| {
        let have = if words.adverb(at) { at.saturating_sub(1) } else { at };
        matches!(words.lower(have), "has" | "have" | "had")
    });
    let until = sentence.tokens.end.min(to + NEAR);
    let times = (verb + 1..until).find(|&at| words.lower(at) == "times");
    let sum = times.is_some_and(|times| {
        let before = times - 1;
        words.quantity(before).is_some()
            || words.lower(before) == "of" && words.is(before - 1, Class::Collective)
            || words.is(before, Class::Generic)
            || matches!(words.lower(before), "of" | "countless" | "numerous")
    });
    let repeatedly = verb.checked_sub(1).is_some_and(|at| words.lower(at) == "repeatedly")
        || words.lower(to) == "repeatedly";
    perfect && (sum || repeatedly)
}
