//! Attacks named by a noun that did not come off: meant, foiled, a bomb that did not explode, a
//! plot to do something.

use std::ops::Range;

use super::blank;
use crate::analysis::Sentence;
use crate::say::incidents::found::Found;
use crate::say::incidents::lexicon::Class;
use crate::say::words::Words;

/// Whether a noun is what somebody means to do: "were planning an attack on the station", "had plans to carry
/// out a bombing", "preparing for a terrorist attack", "the planned attack", "an attack was planned".
pub(super) fn intended(
    words: &Words<'_>,
    sentence: &Sentence,
    phrase: &Range<usize>,
    head: usize,
) -> bool {
    const NEAR: usize = 7;
    if (phrase.start..head).any(|at| matches!(words.lower(at), "planned" | "intended" | "would-be"))
    {
        return true;
    }
    // "planned the bombing", told of one that took place, is a part in it.
    let took_place =
        words.is(phrase.start, Class::Definite) && words.lower(phrase.start + 1) != "own";
    let from = sentence.tokens.start.max(phrase.start.saturating_sub(NEAR));
    let stops = |at: &usize| {
        words.mark(*at) || words.is(*at, Class::Relative) || words.is(*at, Class::Conjunction)
    };
    let meant = (from..phrase.start).rev().take_while(|at| !stops(at)).find(|&at| means(words, at));
    let Some(meant) = meant.filter(|_| !took_place) else { return false };
    let between = meant + 1..phrase.start;
    // "planning an attack", "preparing for an attack", "plans to carry out an attack".
    between.len() <= 1 || words.lower(between.start) == "to" || words.lower(between.start) == "of"
}

/// Whether a word tells that something is meant to be done.
fn means(words: &Words<'_>, at: usize) -> bool {
    words.is(at, Class::Intent) && words.name(at).is_none() && !words.is(at, Class::Attempt)
}

/// "had foiled a plot", "a plot … was thwarted".
pub(crate) fn foiled(
    words: &Words<'_>,
    phrase: &Range<usize>,
    head: usize,
    sentence: &Sentence,
) -> bool {
    let from = sentence.tokens.start.max(phrase.start.saturating_sub(3));
    let before = (from..phrase.start).any(|at| words.is(at, Class::Foiled));
    let until = sentence.tokens.end.min(head + 12);
    let passive = (head + 1..until)
        .take_while(|&at| !words.mark(at))
        .find(|&at| words.is(at, Class::Foiled))
        .is_some_and(|at| words.is(at - 1, Class::Auxiliary));
    before || passive
}

/// "the undetonated device", "the unexploded bomb": what was said of it before did not come off; not "an
/// unexploded shell of the war", which nobody spoke of.
pub(super) fn unexploded(words: &Words<'_>, sentence: &Sentence, head: usize) -> Option<Found> {
    let phrase = words.left(head, sentence.tokens.start);
    let failed = (phrase.start..head).any(|at| {
        words.is(at, Class::Failed)
            && matches!(words.lower(at), "unexploded" | "undetonated" | "un-detonated")
    });
    let mut found = blank(sentence, head);
    found.tokens = phrase.clone();
    found.kind = "bombing";
    found.definite = true;
    found.stage = Some("failed");
    (failed && words.is(phrase.start, Class::Definite)).then_some(found)
}

/// "a plot to bomb the station": the noun tells the stage, the verb what was to be done, and
/// both are one.
pub(crate) fn plots_to(words: &Words<'_>, found: &mut Vec<Found>) {
    let mut at = 1;
    while at < found.len() {
        let (noun, verb) = (&found[at - 1], &found[at]);
        let plot = words.word(noun.head).is_some_and(|word| word.attack == Some("plot"));
        let joined =
            plot && verb.verbal && words.lower(noun.head + 1) == "to" && noun.head + 2 == verb.head;
        if joined {
            let noun = found.remove(at - 1);
            let verb = &mut found[at - 1];
            verb.tokens.start = noun.tokens.start;
            verb.stage = noun.stage;
            verb.definite = noun.definite;
            verb.verbal = false;
        } else {
            at += 1;
        }
    }
}
