//! Nouns for attacks that name none: attacks in general, a rank among others, what somebody is
//! charged with, a part of a title, a possibility, a verb.

use std::ops::Range;

use throughline_model::ZoneRole;

use crate::analysis::{Sentence, Shape};
use crate::say::cues::Cue;
use crate::say::incidents::lexicon::{Class, Form};
use crate::say::words::Words;

/// "the worst attack in years", "the group's first bombing since": ranks the attack spoken of
/// among others, and names none by itself; when and where it says is the span of the ranking.
pub(super) fn ranked(words: &Words<'_>, phrase: Range<usize>, sentence: &Sentence) -> bool {
    const RANKS: [&str; 10] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "deadliest",
        "worst",
        "bloodiest",
        "biggest",
        "largest",
    ];
    let rank = phrase.clone().any(|token| RANKS.contains(&words.lower(token)));
    // "the first time that it has claimed an attack in Ruel".
    let from = sentence.tokens.start.max(phrase.start.saturating_sub(12));
    let first_time = words.is(phrase.start, Class::Indefinite)
        && (from..phrase.start).any(|at| {
            words.lower(at) == "time"
                && at > 0
                && matches!(words.lower(at - 1), "first" | "second" | "only")
        });
    if first_time {
        return true;
    }
    let until = sentence.tokens.end.min(phrase.end + 12);
    rank && (phrase.end..until).take_while(|&at| words.lower(at) != ",").any(|at| {
        matches!(words.lower(at), "since" | "history" | "memory" | "decades" | "months" | "weeks")
            || matches!(words.lower(at), "in" | "for") && words.lower(at + 1) == "years"
            || words.lower(at) == "this" && words.lower(at + 1) == "year"
    })
}

/// "many of the deadliest attacks in Lima", "one of several attacks": attacks in general.
pub(super) fn of_many(words: &Words<'_>, phrase: &Range<usize>, plural: bool) -> bool {
    let counted = phrase.clone().any(|at| words.quantity(at).is_some());
    let of = phrase.start.checked_sub(1).filter(|&of| plural && words.lower(of) == "of");
    let many = of.filter(|_| !counted).and_then(|of| of.checked_sub(1));
    many.is_some_and(|at| words.lower(at) == "one" || words.is(at, Class::Generic))
}

/// "convicted of murder", "three counts of attempted murder": what somebody is charged with, and no attack
/// told anew; not "charged with the murder of X", "the bombing".
pub(super) fn charged_with(
    words: &Words<'_>,
    sentence: &Sentence,
    phrase: &Range<usize>,
    head: usize,
) -> bool {
    const NEAR: usize = 10;
    let crime = matches!(
        words.lemma(head),
        "murder" | "killing" | "assault" | "kidnapping" | "arson" | "crime" | "assassination"
    );
    if !crime || words.is(phrase.start, Class::Determiner) {
        return false;
    }
    let from = sentence.tokens.start.max(phrase.start.saturating_sub(NEAR));
    (from..phrase.start).any(|at| {
        matches!(
            words.lemma(at),
            "convict" | "charge" | "accuse" | "guilty" | "count" | "conviction" | "indict" | "deny"
        )
    })
}

/// "the group Conspiracy of the Embers": a plot with a capital within a sentence is part of a
/// name.
pub(super) fn title(words: &Words<'_>, sentence: &Sentence, head: usize) -> bool {
    let plot = words.word(head).is_some_and(|word| word.attack == Some("plot"));
    let capital = words.analysis.tokens[head].shape == Shape::Capital;
    plot && capital
        && sentence.zone == ZoneRole::Body
        && head > sentence.tokens.start
        && words.lower(head + 1) == "of"
}

/// Whether small words before a phrase make it a mere possibility.
pub(super) fn hypothetical(words: &Words<'_>, at: usize, floor: usize) -> bool {
    let from = floor.max(at.saturating_sub(5));
    // "will investigate an attack": of one that was.
    let looked_into = |modal: usize| words.cue(modal + 1, Cue::Asking);
    // "may have been behind an attack", "could be responsible for an attack".
    let part = at.checked_sub(1).is_some_and(|before| match words.lower(before) {
        "behind" => true,
        "for" => before > 0 && words.is(before - 1, Class::Responsible),
        "in" => before > 0 && words.lower(before - 1) == "involved",
        _ => false,
    });
    if part {
        return false;
    }
    (from..at).any(|token| {
        words.is(token, Class::Modal) && !looked_into(token)
            || matches!(words.lower(token), "if" | "any" | "another")
    })
}

/// Whether a word that can be both is a verb here: "to attack", "guerrillas attack the".
pub(super) fn is_verb(words: &Words<'_>, at: usize) -> bool {
    let Some(word) = words.word(at) else { return false };
    let lower = words.lower(at);
    let ing = lower.ends_with("ing");
    if word.verbs.is_empty() && !ing {
        return false;
    }
    let opens = |token: usize| {
        words.is(token, Class::Determiner)
            || words.quantity(token).is_some()
            || words.name(token).is_some()
            || words.is(token, Class::Pronoun)
    };
    let Some(before) = at.checked_sub(1) else { return !ing && opens(at + 1) };
    if ing {
        let after_small = words.is(before, Class::Preposition) || words.mark(before);
        // "a blast killing two", "opened fire in a cinema killing a guard"; not "the shooting that day".
        let object = words.time(at + 1).is_none()
            && !words.is(at + 1, Class::Relative)
            && words.name(at + 1).is_none()
            && opens(at + 1);
        let harms = object && !words.is(before, Class::Determiner);
        return words.is(before, Class::Auxiliary) || (after_small && opens(at + 1)) || harms;
    }
    let base = word.verbs.iter().any(|verb| verb.form == Form::Base);
    let past = word.verbs.iter().any(|verb| verb.form == Form::Past);
    if past && !base {
        return true;
    }
    let subject = words.word(before).is_some_and(|word| word.doer.is_some() && word.plural)
        || words.name(before).is_some();
    matches!(words.lower(before), "to")
        // "guerrillas that attack the town", but "after that attack".
        || (matches!(words.lower(before), "who" | "that") && opens(at + 1))
        || words.is(before, Class::Modal)
        || words.is(before, Class::Pronoun)
        || (subject && opens(at + 1) && words.time(at + 1).is_none())
}
