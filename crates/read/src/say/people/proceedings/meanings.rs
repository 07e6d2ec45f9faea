//! Other meanings of the verbs of proceedings: "charged at the guards", "released from hospital",
//! "escaped with a scratch", "the kidnappers freed two men"; and where somebody is held.

use crate::analysis::Sentence;
use crate::say::incidents::lexicon::Class as Small;
use crate::say::people::clause::{self, Verb};
use crate::say::people::lexicon::{Act, Class};
use crate::say::people::{People, has};

/// What stands behind "in" where somebody is held.
const CUSTODY: [&str; 7] = ["custody", "prison", "jail", "gaol", "cell", "detention", "cells"];

/// "the attackers pursued the villagers", "the kidnappers freed two men": no proceedings.
pub(super) fn by_attackers(people: &People<'_, '_, '_>, sentence: &Sentence, verb: Verb) -> bool {
    let head = verb.lead.opening.checked_sub(1).filter(|&head| head >= sentence.tokens.start);
    head.and_then(|head| people.words.word(head)).is_some_and(|word| word.doer.is_some())
}

/// "rescuers looked for X", "they wanted X for the job", "cleared for surgery": other meanings of
/// verbs that seek or clear.
pub(super) fn otherwise(
    people: &People<'_, '_, '_>,
    sentence: &Sentence,
    at: usize,
    act: &Act,
    passive: bool,
    verb: Verb,
) -> bool {
    let words = people.words;
    match words.lower(at) {
        "look" | "looks" | "looked" | "looking" | "search" | "searched" | "searching" => {
            let subject = words.left(verb.lead.opening.saturating_sub(1), sentence.tokens.start);
            let seeks = |token: usize| {
                people.cast.is(token, Class::Police)
                    || words.is(token, Small::Force)
                    || matches!(words.lower(token), "investigators" | "prosecutors" | "manhunt")
            };
            !subject.into_iter().any(seeks)
        }
        "want" | "wants" | "wanted" | "wanting" => {
            !passive || act.particle.is_none() && !ends(people, at + 1)
        }
        "cleared" => act.particle.is_none() && passive && !ends(people, at + 1),
        _ => false,
    }
}

/// Whether nothing but a day or a place follows: "is wanted.", "was cleared on Monday".
fn ends(people: &People<'_, '_, '_>, next: usize) -> bool {
    let words = people.words;
    words.mark(next)
        || words.time(next).is_some()
        || words.is(next, Small::Conjunction)
        || matches!(words.lower(next), "on" | "in" | "after" | "by" | "at" | "when" | "")
}

/// "charged at the guards", "sought to flee", "tried in vain": no participle but a verb whose
/// person does it.
pub(super) fn intransitive(people: &People<'_, '_, '_>, at: usize) -> bool {
    let next = people.words.lower(at + 1);
    match people.words.lower(at) {
        "charged" => matches!(
            next,
            "at" | "into" | "towards" | "toward" | "through" | "forward" | "up" | "down" | "across"
        ),
        "sought" => !matches!(next, "by" | "for" | "in" | "over" | "after"),
        "tried" => true,
        "captured" => next == "on",
        _ => false,
    }
}

/// "released from hospital", "treated and released": out of no custody.
pub(super) fn from_hospital(people: &People<'_, '_, '_>, sentence: &Sentence, at: usize) -> bool {
    let words = people.words;
    if !matches!(words.lower(at), "released" | "discharged") {
        return false;
    }
    let end = sentence.tokens.end.min(at + 7);
    let before = sentence.tokens.start.max(at.saturating_sub(4));
    // "had released Amsel from a mental hospital".
    let ward = |from: usize| {
        let phrase = words.right(from + 1, sentence.tokens.end);
        phrase.into_iter().any(|token| {
            matches!(words.lower(token), "hospital" | "clinic" | "ward" | "asylum" | "care")
        })
    };
    let object = (at + 2..end).find(|&token| words.lower(token) == "from" || words.mark(token));
    if object.is_some_and(|from| words.lower(from) == "from" && ward(from)) {
        return true;
    }
    let elsewhere = words.lower(at + 1) == "from" && !has(words, at + 2..end, &CUSTODY);
    elsewhere || has(words, before..at, &["treated"])
}

/// "escaped with a scratch", "fled the scene of a raid unhurt": no escape from justice.
pub(super) fn evades(people: &People<'_, '_, '_>, at: usize, term: &str) -> bool {
    let after = [people.words.lower(at + 1), people.words.lower(at + 2)];
    term == "escaped"
        && after.iter().any(|word| {
            matches!(
                *word,
                "with"
                    | "unhurt"
                    | "unharmed"
                    | "uninjured"
                    | "injury"
                    | "harm"
                    | "death"
                    | "attention"
                    | "notice"
                    | "narrowly"
            )
        })
}

/// "died in prison", "was found dead in his cell".
pub(in crate::say::people) fn in_custody(
    people: &People<'_, '_, '_>,
    sentence: &Sentence,
    at: usize,
) -> bool {
    let words = people.words;
    let end = clause::clause_end(words, at, sentence.tokens.end).min(at + 8);
    let end = (at + 1..end).find(|&token| words.lower(token) == "and").unwrap_or(end);
    let inside = (at + 1..end).find(|&token| matches!(words.lower(token), "in" | "under"));
    inside.is_some_and(|inside| has(words, inside..end, &CUSTODY))
}
