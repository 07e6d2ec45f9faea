//! Reported speech that the rules pass over and trained weights read: a verb of speech of the lists
//! that brought no speaker in, though the weights see who speaks by it and what is said.
//!
//! "The mayor, in a letter to both councils last week, wrote the bridge had been watched" has a
//! subject too far from its verb for a rule. And where rules take a thing for the speaker, since it
//! stands before the verb, the weights may see somebody who can speak. What a verb does with what is said (asserts, supposes,
//! denies) is told by the lists alone.

use std::ops::Range;

use throughline_model::Stance;

use super::frames::{self, Frame, Sort};
use super::voices::{self, Memory};
use super::{SCOPES, Who};
use crate::analysis::Sentence;
use crate::analysis::learned::attribution::Attribution;
use crate::say::cues::Cue;
use crate::say::incidents::lexicon::Class;
use crate::say::words::Words;

/// From which probability of a cue on it is heard.
const LEAST: f32 = 0.6;

/// Adds what the weights read in a sentence to the frames that rules found there, in order.
pub(super) fn add(
    words: &Words<'_>,
    number: usize,
    sentence: &Sentence,
    memory: &mut Memory,
    found: &mut Vec<Frame>,
) {
    let held = |at: usize| found.iter().any(|frame| frame.attribution.contains(&at));
    let open = |at: usize| !held(at) && verb(words, at).is_some();
    let unsure = found.iter().any(|frame| thing(words, &frame.who));
    if found.len() >= SCOPES || !unsure && !sentence.tokens.clone().any(open) {
        return;
    }
    let mut more = Vec::new();
    let all = words.analysis.seen.said(number);
    if unsure {
        correct(words, &all, memory, found);
    }
    let held = |at: usize| found.iter().any(|frame| frame.attribution.contains(&at));
    for said in all {
        let told = said.cue.clone().find(|&at| !held(at) && verb(words, at).is_some());
        let apart = found
            .iter()
            .all(|frame| frame.cue.end <= said.cue.start || said.cue.end <= frame.cue.start);
        let (Some(at), Some(source)) = (told, said.source.filter(|_| apart)) else { continue };
        if said.certainty < LEAST {
            continue;
        }
        let Some(stance) = stance(words, at, sentence.tokens.start) else { continue };
        let Some(who) = who(words, source.clone(), memory) else { continue };
        memory.keep(words, &who, at);
        let within = |piece: &Range<usize>| {
            sentence.tokens.start <= piece.start && piece.end <= sentence.tokens.end
        };
        let parts: Vec<Range<usize>> = said.content.into_iter().filter(within).collect();
        if parts.is_empty() {
            continue;
        }
        let attribution = if source.end <= at { source.start..at + 1 } else { at..source.end };
        let trailing = parts[0].start < at;
        more.push(Frame { who, stance, cue: at..at + 1, attribution, parts, trailing });
    }
    if !more.is_empty() {
        found.extend(more);
        found.truncate(SCOPES);
        found.sort_by_key(|frame| frame.cue.start);
    }
}

/// Whether what rules took for a speaker is a thing, or a place or time beside the verb: "officers
/// on duty that night wrote".
fn thing(words: &Words<'_>, who: &Who) -> bool {
    matches!(who, Who::Described(phrase) if voices::who(words, phrase.clone()).is_none())
}

/// Gives the words of a thing to whom the weights see speak by the same verb, if it can.
fn correct(words: &Words<'_>, all: &[Attribution], memory: &mut Memory, found: &mut [Frame]) {
    for frame in found.iter_mut().filter(|frame| thing(words, &frame.who)) {
        let same =
            |said: &&Attribution| said.certainty >= LEAST && said.cue.contains(&frame.cue.start);
        let source = all.iter().find(same).and_then(|said| said.source.clone());
        let better = source.and_then(|source| who(words, source, memory));
        if let Some(better) = better.filter(|better| !thing(words, better)) {
            memory.keep(words, &better, frame.cue.start);
            frame.who = better;
        }
    }
}

/// What a verb of speech does, if it is one of those that assert, suppose or deny.
fn verb(words: &Words<'_>, at: usize) -> Option<Sort> {
    // What things suggest the document says, with reserve.
    let sort = frames::sort(words, at).filter(|_| !words.cue(at, Cue::Suggesting));
    let sort = sort.filter(|sort| {
        matches!(sort, Sort::Saying | Sort::Telling | Sort::Supposing | Sort::Refusing)
    })?;
    // "claimed responsibility for the attack that": he takes the attack upon himself, and what is told
    // of it is the document's.
    let takes = (at + 1..words.len().min(at + 4)).any(|next| words.is(next, Class::Responsible));
    let takes = takes && (words.is(at, Class::Claiming) || words.is(at, Class::Denying));
    (words.analysis.seen.verb(at) && !takes).then_some(sort)
}

/// How far the speaker stands behind it; `None` where he does not say it: "did not say", "is said
/// to", "wants to say".
fn stance(words: &Words<'_>, verb: usize, floor: usize) -> Option<Stance> {
    let sort = self::verb(words, verb)?;
    let said = |at: usize| {
        !words.is(at, Class::Negation)
            && !words.is(at, Class::Modal)
            && words.lemma(at) != "be"
            && words.lower(at) != "to"
    };
    (frames::helpers(words, verb, floor)..verb).all(said).then_some(match sort {
        Sort::Supposing => Stance::Hedged,
        Sort::Refusing => Stance::Denied,
        _ => Stance::Asserted,
    })
}

/// Whom the words of a source stand for; nobody, if they are "we", "which" or the like.
fn who(words: &Words<'_>, source: Range<usize>, memory: &Memory) -> Option<Who> {
    let first = source.start;
    if source.len() == 1 && words.is(first, Class::Pronoun) && words.name(first).is_none() {
        let personal = matches!(words.lower(first), "he" | "she" | "they" | "it");
        return personal.then(|| memory.pronoun(words, first));
    }
    // "Ann Lee, an analyst at the institute": the name before the apposition speaks.
    let comma = source.clone().find(|&at| words.lower(at) == ",").unwrap_or(source.end);
    let phrase = first..comma;
    let bare = words.is(first, Class::Pronoun) || words.is(first, Class::Relative);
    if phrase.is_empty() || bare && words.name(first).is_none() {
        return None;
    }
    // "Witnesses who lived near the bridge", "officers on duty": the head speaks.
    let head = phrase
        .clone()
        .skip(1)
        .find(|&at| words.is(at, Class::Relative) || words.is(at, Class::Preposition));
    let phrase = match (voices::who(words, phrase.clone()), head) {
        (None, Some(end)) if voices::who(words, first..end).is_some() => first..end,
        _ => phrase,
    };
    // Letters and reports speak too, as with the rules.
    let thing = || words.is(first, Class::Determiner).then(|| Who::Described(phrase.clone()));
    voices::who(words, phrase.clone()).or_else(thing)
}
