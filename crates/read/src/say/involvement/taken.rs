//! What an attacker takes from a group: "answered its call", "acting on orders from the
//! movement", "pledged allegiance to it", "was in contact with a recruiter", "had guidance on
//! everything from the target to the timing", "was told whom to strike".

use std::ops::Range;

use throughline_model::Element;

use super::Hand;
use super::parties::{Party, Whom, of_phrase, subject_head, whom};
use super::verbs::{dropped, guided};
use crate::analysis::Sentence;
use crate::say::cues::Cue;
use crate::say::incidents::Deeds;
use crate::say::incidents::lexicon::Class;
use crate::say::words::Words;

/// How far the words of one expression may stand apart, in tokens.
const REACH: usize = 6;

/// An expression, before it is known whether it tells of an attack.
struct Taken {
    at: usize,
    elements: Vec<Element>,
    party: Party,
    whom: Option<Whom>,
}

/// The hands that expressions of a sentence tell.
pub(super) fn find(words: &Words<'_>, deeds: &Deeds, sentence: &Sentence) -> Vec<Hand> {
    let taken = read(words, deeds, sentence);
    let of_attack = taken.into_iter().filter(|taken| taken.whom == Some(Whom::Attack));
    let hands = of_attack.flat_map(|Taken { at, elements, party, .. }| {
        let not = dropped(words, at, sentence.tokens.start);
        elements.into_iter().map(move |element| Hand {
            at: at..at + 1,
            element,
            not,
            party: party.clone(),
        })
    });
    hands.collect()
}

/// Whether expressions of a sentence tell of attackers in general.
pub(super) fn of_attackers_in_general(words: &Words<'_>, sentence: &Sentence) -> bool {
    read(words, &Deeds::default(), sentence).iter().any(|taken| taken.whom == Some(Whom::General))
}

fn read(words: &Words<'_>, deeds: &Deeds, sentence: &Sentence) -> Vec<Taken> {
    let floor = sentence.tokens.start;
    let mut found: Vec<Taken> = Vec::new();
    for at in sentence.tokens.clone() {
        let Some((verb, elements, party)) = expression(words, at, sentence.tokens.clone()) else {
            continue;
        };
        let head = subject_head(words, verb, floor);
        let whom = head.and_then(|head| {
            let linked = matches!(words.lower(head), "and" | "or" | ",");
            let before = found.last().filter(|_| linked).and_then(|last| last.whom);
            before.or_else(|| whom(words, deeds, sentence, head))
        });
        found.push(Taken { at, elements, party, whom });
    }
    found
}

/// The verb whose subject took it, what it tells, and from whom.
fn expression(
    words: &Words<'_>,
    at: usize,
    sentence: Range<usize>,
) -> Option<(usize, Vec<Element>, Party)> {
    let end = sentence.end;
    let soon = at + 1..end.min(at + 1 + REACH);
    let follows = |cue| soon.clone().find(|&token| words.cue(token, cue));
    let taking = |reach: usize| {
        let from = sentence.start.max(at.saturating_sub(reach));
        let taking = (from..at).rev().find(|&token| words.cue(token, Cue::Taking))?;
        // "acted on the orders of": of whoever acted.
        let verb = taking.checked_sub(1).filter(|&verb| {
            verb >= sentence.start
                && words.is(taking, Class::Preposition)
                && words.cue(verb, Cue::Taking)
        });
        Some(verb.unwrap_or(taking))
    };
    if words.cue(at, Cue::Pledging)
        && let Some(oath) = follows(Cue::Allegiance)
    {
        let party = after(words, oath, end, &["to"]).or_else(|| context(words, at))?;
        return Some((at, vec![Element::Pledged], party));
    }
    if words.cue(at, Cue::Answering)
        && let Some(call) = follows(Cue::Call)
    {
        let party = after(words, call, end, &["by", "from", "of"])
            .or_else(|| of_phrase(words, words.left(call, at + 1)))
            .or_else(|| context(words, call))?;
        return Some((at, vec![Element::AnsweredCall], party));
    }
    if words.cue(at, Cue::Touch) && words.lower(at + 1) == "with" {
        let before = at.checked_sub(1)?;
        let joined = matches!(words.lower(before), "in" | "direct" | "regular" | "close")
            || words.lower(before).starts_with("exchang");
        let party = of_phrase(words, words.right(at + 2, end)).filter(|_| joined)?;
        return Some((before, vec![Element::InContact], party));
    }
    if words.cue(at, Cue::Instruction)
        && let Some(taking) = taking(4)
        && let Some(party) = after(words, at, end, &["from", "of", "by"])
    {
        return Some((taking, vec![Element::Instructed], party));
    }
    if words.cue(at, Cue::Guiding) {
        let elements = guided(words, at + 1..clause_end(words, at + 1, end));
        let noun = words.lower(at).ends_with("ce") || words.cue(at, Cue::Instruction);
        let verb = match noun {
            true => taking(3)?,
            // "told whom to strike": of somebody who was told.
            false => at.checked_sub(1).filter(|&be| words.is(be, Class::Auxiliary))?,
        };
        if !elements.is_empty() {
            let party = after(words, at, end, &["from", "by"]).or_else(|| context(words, at))?;
            return Some((verb, elements, party));
        }
    }
    None
}

/// The party named after one of some prepositions that follows a word at once or nearly so.
fn after(words: &Words<'_>, at: usize, end: usize, prepositions: &[&str]) -> Option<Party> {
    let near = at + 1..end.min(at + 4);
    let preposition = near.into_iter().find(|&token| prepositions.contains(&words.lower(token)))?;
    of_phrase(words, words.right(preposition + 1, end))
}

/// The group in hand: "pledged allegiance", "answered its call".
fn context(words: &Words<'_>, at: usize) -> Option<Party> {
    words.latest_group(at).map(Party::Named)
}

fn clause_end(words: &Words<'_>, from: usize, end: usize) -> usize {
    let stop = |token: &usize| matches!(words.lower(*token), "." | ";" | ":" | "but" | "while");
    let end = end.min(from + 16);
    (from..end).find(stop).unwrap_or(end)
}
