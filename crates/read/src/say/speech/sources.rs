//! Reported speech without a verb of speech: "according to the police, …", "rumours that …".

use std::ops::Range;

use throughline_model::{Stance, SubjectKind};

use super::frames::{Frame, frame, quote_end, trailing};
use super::{Who, voices};
use crate::say::cues::Cue;
use crate::say::incidents::lexicon::Class;
use crate::say::words::Words;

/// "according to the police, …" and "…, according to the police".
pub(super) fn according(words: &Words<'_>, to: usize, sentence: &Range<usize>) -> Option<Frame> {
    let phrase = words.right(to + 1, sentence.end);
    if phrase.is_empty() {
        return None;
    }
    let who = voices::who(words, phrase.clone()).unwrap_or(Who::Described(phrase.clone()));
    let start = (sentence.start.max(to.saturating_sub(3))..to)
        .find(|&at| matches!(words.lower(at), "according" | "in"))?;
    let until = voices::apposition_end(words, phrase.end, sentence.end);
    let cue = start..to + 1;
    let before = start.checked_sub(1).filter(|&before| before >= sentence.start);
    let opens = before.is_none_or(|before| words.is(before, Class::Conjunction));
    if opens {
        let from = (phrase.end..sentence.end).find(|&at| words.lower(at) == ",")? + 1;
        let attribution = start..from;
        let mut frame = frame(who, Stance::Asserted, start, attribution, from..sentence.end);
        frame.cue = cue;
        return Some(frame);
    }
    let mark = before.filter(|&at| words.mark(at)).unwrap_or(start);
    let bounds = sentence.clone();
    let mut frame = trailing(words, who, Stance::Asserted, start, start..until, mark, bounds);
    frame.cue = cue;
    Some(frame)
}

/// "we withdraw our report that", "the paper retracted its claim that": the verb before a word of speech, and
/// who takes the word back.
fn taken_back(
    words: &Words<'_>,
    phrase: &Range<usize>,
    sentence: &Range<usize>,
) -> Option<(usize, Who)> {
    let before = phrase.start.checked_sub(1).filter(|&at| at >= sentence.start)?;
    let verb = match words.lower(before) {
        // "apologise for our report that".
        "for" => before.checked_sub(1).filter(|&at| at >= sentence.start)?,
        _ => before,
    };
    let back = matches!(
        words.lemma(verb),
        "withdraw" | "retract" | "recant" | "disown" | "disavow" | "apologise" | "apologize"
    );
    if !back {
        return None;
    }
    let small = |&at: &usize| words.is(at, Class::Auxiliary) || words.adverb(at);
    let subject = (sentence.start..verb).rev().find(|at| !small(at));
    let ours = phrase.clone().any(|at| words.lower(at) == "our");
    if ours || subject.is_some_and(|at| words.lower(at) == "we") {
        return Some((verb, Who::Document));
    }
    let speaks = |&name: &usize| {
        use SubjectKind as Kind;
        matches!(words.analysis.names[name].kind, Kind::Person | Kind::Group | Kind::Outlet)
    };
    let name = subject.and_then(|at| words.name(at)).filter(speaks);
    Some((verb, name.map_or(Who::Unnamed, Who::Name)))
}

/// "rumours that …", "its denial that …", "rumour has it that …".
pub(super) fn by_noun(words: &Words<'_>, noun: usize, sentence: &Range<usize>) -> Option<Frame> {
    if words.lower(noun + 1) != "that" || noun + 2 >= sentence.end {
        return None;
    }
    let has_it =
        words.lower(noun) == "it" && noun > sentence.start && words.lemma(noun - 1) == "have";
    let stance = if has_it {
        Stance::Hedged
    } else if words.cue(noun, Cue::DenialNoun) {
        Stance::Denied
    } else if words.cue(noun, Cue::HedgeNoun) {
        Stance::Hedged
    } else if words.cue(noun, Cue::ReportNoun) {
        Stance::Asserted
    } else {
        return None;
    };
    let phrase = words.left(noun, sentence.start);
    if let Some((verb, who)) = taken_back(words, &phrase, sentence) {
        let end = quote_end(words, noun).unwrap_or(sentence.end);
        return Some(frame(who, Stance::Denied, verb, phrase.start..noun + 1, noun + 2..end));
    }
    // "no suggestion that" is a denial by whoever speaks.
    if words.is(phrase.start, Class::Negation) {
        return None;
    }
    let end = quote_end(words, noun).unwrap_or(sentence.end);
    // "the group's claim that" is the group's word.
    let owner = phrase.clone().find_map(|at| {
        words.name(at).filter(|&name| {
            words.possessive(words.analysis.names[name].tokens.end - 1)
                || words.possessive(words.analysis.names[name].tokens.end)
        })
    });
    let who = owner.map_or(Who::Unnamed, Who::Name);
    Some(frame(who, stance, noun, phrase.start..noun + 1, noun + 2..end))
}
