//! Killed and wounded: "two people were killed and 14 wounded", "leaving 130 people dead".
//!
//! A figure counts for the incident of its sentence, else for the one spoken of. Attackers
//! are no victims, so "two gunmen were killed" is no toll.

use std::ops::Range;

use throughline_model::{Figure, MentionId, Value, Variable};

use super::Deeds;
use super::imagined;
use super::lexicon::Class;
use super::phrases::Words;
use crate::say::builder::Builder;
use crate::say::cues::Cue;

/// Says the tolls of a document.
pub(crate) fn say(
    words: &Words<'_>,
    deeds: &Deeds,
    unreal: &[Range<usize>],
    builder: &mut Builder<'_>,
) {
    let real = |token: usize| {
        let to = unreal.partition_point(|sentence| sentence.start <= token);
        to.checked_sub(1).is_none_or(|last| !unreal[last].contains(&token))
    };
    for quantity in &words.analysis.quantities {
        let at = quantity.tokens.clone();
        if words.time(at.start).is_some() || at.is_empty() || !real(at.start) {
            continue;
        }
        if at.start.checked_sub(1).is_some_and(|no| words.lower(no) == "no") {
            continue;
        }
        // "three of the wounded are children": of those told already.
        if words.lower(at.end) == "of"
            && words.is(at.end + 1, Class::Definite)
            && casualty(words, at.end + 2).is_some()
        {
            continue;
        }
        let Some(variable) = toll(words, at.clone()) else { continue };
        if over_years(words, deeds, at.start) {
            continue;
        }
        let Some(deed) = incident(deeds, at.start) else { continue };
        let mut figure = quantity.figure;
        if part_of_toll(words, at.clone()) {
            figure.most = None;
        }
        let value = Value::Figure(figure);
        builder.say(at.clone(), deed, variable, None, value, 85);
    }
    singles(words, deeds, &real, builder);
    nobody(words, deeds, &real, builder);
}

/// The incident that a toll at `token` is of.
fn incident(deeds: &Deeds, token: usize) -> Option<MentionId> {
    deeds.current(token).map(|deed| deed.mention)
}

/// "killing six soldiers and their driver", "17 farmers and four guards were hurt": one part
/// of a toll is no more than its least.
fn part_of_toll(words: &Words<'_>, quantity: Range<usize>) -> bool {
    let people = |at: usize| words.is(at, Class::People);
    let and = quantity.start.checked_sub(1).filter(|&and| words.lower(and) == "and");
    let before = and.and_then(|and| and.checked_sub(1)).is_some_and(people);
    let Some(sentence) = words.sentence(quantity.start) else { return before };
    let phrase = words.right(quantity.start, sentence.tokens.end);
    let next = phrase.end + 1;
    let more = words.lower(phrase.end) == "and"
        && phrase.clone().next_back().is_some_and(people)
        && (words.is(next, Class::Determiner) || words.quantity(next).is_some())
        && {
            let other = words.right(next, sentence.tokens.end);
            other.clone().next_back().is_some_and(people) && casualty(words, other.end).is_none()
        };
    before || more
}

/// Whether a figure stands in a sentence of a span of years that tells of no incident.
fn over_years(words: &Words<'_>, deeds: &Deeds, token: usize) -> bool {
    let Some(sentence) = words.sentence(token) else { return false };
    imagined::over_years(words, sentence, token)
        && deeds.in_tokens(sentence.tokens.clone()).next().is_none()
}

/// Whether a figure is one of killed or wounded.
fn toll(words: &Words<'_>, quantity: Range<usize>) -> Option<Variable> {
    if let Some(variable) = labelled(words, quantity.start) {
        return Some(variable);
    }
    let within = words.sentence(quantity.start)?.tokens.clone();
    let mut at = quantity.end;
    let mut steps = 0;
    // "two people were killed", "130 people dead", "14 wounded".
    while steps < 8 && within.contains(&at) {
        if let Some(variable) = casualty(words, at) {
            return Some(variable);
        }
        let word = words.word(at);
        let lower = words.lower(at);
        let doer = word.is_some_and(|word| word.doer.is_some() && !word.is(Class::People));
        if doer || words.mark(at) || words.quantity(at).is_some() || words.time(at).is_some() {
            break;
        }
        let passes = word.is_some_and(|word| {
            word.is(Class::People)
                || word.is(Class::Auxiliary)
                || word.is(Class::Determiner)
                || word.is(Class::Killing)
                || words.cue(at, Cue::HedgePassive) && words.is(at - 1, Class::Auxiliary)
        }) || word.is_none()
            || matches!(lower, "of" | "them" | "more" | "to" | "be" | "been");
        if !passes {
            break;
        }
        at += 1;
        steps += 1;
    }
    before(words, quantity.start)
}

/// "Killed: 3", "Wounded | 10", as boxes and tables have it: what follows is another row.
fn labelled(words: &Words<'_>, start: usize) -> Option<Variable> {
    let colon = start.checked_sub(1).filter(|&at| matches!(words.lower(at), ":" | "|"))?;
    casualty(words, colon.checked_sub(1)?)
}

/// "killing at least three", "wounded two": the verb stands right before the figure, or
/// before the figure that "and" joins it to.
fn before(words: &Words<'_>, start: usize) -> Option<Variable> {
    let at = start.checked_sub(1)?;
    let lower = words.lower(at);
    if words.is(at, Class::Killing) {
        return Some(Variable::Killed);
    }
    if words.is(at, Class::Wounding) {
        return Some(Variable::Wounded);
    }
    let of = matches!(lower, "of" | "at" | "to").then(|| at.checked_sub(1)).flatten()?;
    let noun = |token: usize| words.lower(token);
    match (lower, noun(of)) {
        // "the attempted murder of two women" killed nobody.
        ("of", "murder") if words.lower(of.saturating_sub(1)) == "attempted" => None,
        ("of", "death" | "deaths" | "lives" | "murder") => Some(Variable::Killed),
        ("at", "toll") if matches!(words.lower(of.saturating_sub(1)), "injury" | "casualty") => {
            (words.lower(of - 1) == "injury").then_some(Variable::Wounded)
        }
        ("at", "toll") => Some(Variable::Killed),
        ("to", "risen" | "rose" | "rises" | "climbed")
            if of
                .checked_sub(2)
                .is_some_and(|from| (from..of).any(|token| noun(token) == "toll")) =>
        {
            Some(Variable::Killed)
        }
        _ => None,
    }
}

fn casualty(words: &Words<'_>, token: usize) -> Option<Variable> {
    // "four dead drops", "a dead end": of things.
    let next = token + 1;
    let of_thing = words.lower(token) == "dead"
        && !words.mark(next)
        && !words.bounds(next)
        && words.time(next).is_none()
        && words.name(next).is_none()
        && !words.is(next, Class::People)
        && !words.is(next, Class::Determiner)
        && words.quantity(next).is_none();
    if of_thing {
        return None;
    }
    if words.is(token, Class::Killed)
        || words.lower(token) == "shot" && words.lower(token + 1) == "dead"
    {
        Some(Variable::Killed)
    } else if words.is(token, Class::Wounded) {
        Some(Variable::Wounded)
    } else {
        None
    }
}

/// "Nobody was hurt", "no one has been killed": a toll of none.
fn nobody(
    words: &Words<'_>,
    deeds: &Deeds,
    real: &impl Fn(usize) -> bool,
    builder: &mut Builder<'_>,
) {
    for token in 0..words.len() {
        let two = words.lower(token) == "no" && matches!(words.lower(token + 1), "one" | "person");
        if !(two || words.lower(token) == "nobody") || !real(token) {
            continue;
        }
        let from = token + 1 + usize::from(two);
        let end = (from..from + 4).find(|&at| !words.is(at, Class::Auxiliary)).unwrap_or(from);
        let Some(variable) = casualty(words, end).filter(|_| end > from) else { continue };
        let Some(deed) = incident(deeds, token) else { continue };
        let none = Value::Figure(Figure::exactly(0));
        builder.say(token..token + 1, deed, variable, None, none, 80);
    }
}

/// One victim, told without a figure: "a policeman was killed and another wounded".
fn singles(
    words: &Words<'_>,
    deeds: &Deeds,
    real: &impl Fn(usize) -> bool,
    builder: &mut Builder<'_>,
) {
    for token in 0..words.len() {
        let one = matches!(words.lower(token), "a" | "an" | "another");
        if !one || words.quantity(token).is_some() || words.time(token).is_some() || !real(token) {
            continue;
        }
        let Some(sentence) = words.sentence(token) else { continue };
        let variable = if words.lower(token) == "another" && casualty(words, token + 1).is_some() {
            casualty(words, token + 1)
        } else {
            let phrase = words.right(token, sentence.tokens.end);
            let Some(head) = phrase.clone().next_back() else { continue };
            if !words.is(head, Class::People) || words.word(head).is_none_or(|word| word.plural) {
                continue;
            }
            let aux = words.is(phrase.end, Class::Auxiliary);
            let after = casualty(words, phrase.end + usize::from(aux)).filter(|_| aux);
            after.or_else(|| before(words, token))
        };
        let Some(variable) = variable else { continue };
        let Some(deed) = incident(deeds, token) else { continue };
        let value = Value::Figure(Figure::exactly(1));
        builder.say(token..token + 1, deed, variable, None, value, 70);
    }
}
