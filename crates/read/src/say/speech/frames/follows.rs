//! What follows a verb of speech: a sentence, a question, or nothing that is said.

use std::ops::Range;

use super::Sort;
use crate::say::cues::Cue;
use crate::say::incidents::lexicon::{Class, Form};
use crate::say::words::Words;

/// How far after its verb the word "that" can stand: "said in a statement on Monday that".
const REACH: usize = 12;

/// What follows a verb of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Follows {
    /// A sentence, from the token on.
    Sentence(usize),
    /// A question: "whether …".
    Question(usize),
    /// A quotation, or nothing that is said.
    Nothing,
}

/// What follows a verb of speech of some sort.
pub(super) fn follows(words: &Words<'_>, verb: usize, sort: Sort, end: usize) -> Follows {
    let mut at = verb + 1;
    if sort == Sort::Telling {
        let object = words.right(at, end);
        at = if words.is(at, Class::Pronoun) { at + 1 } else { object.end.max(at) };
    }
    let until = end.min(at + REACH);
    for token in at..until {
        match words.lower(token) {
            // "claimed the attack that killed two": of the attack.
            "that" if hangs(words, at..token, end) => break,
            // "said that day", "that of": a determiner or pronoun of its own.
            "that" if words.time(token).is_none() && token + 1 < end => {
                return Follows::Sentence(token + 1);
            }
            "whether" | "if" => return Follows::Question(token + 1),
            "who" | "how" | "why" | "where" if token == at => return Follows::Question(token),
            _ => {}
        }
        let passes = words.time(token).is_some()
            || words.is(token, Class::Preposition)
            || words.is(token, Class::Determiner)
            || !words.bounds(token);
        // "claimed responsibility for the attack that": of the attack.
        if !passes || words.quote(token) || words.is(token, Class::Responsible) {
            break;
        }
    }
    if sort == Sort::Refusing {
        // "denied directing the attack", "denied any part in it".
        let object = at < end && !words.mark(at) && words.lower(verb) != "dismissed";
        return if object { Follows::Sentence(at) } else { Follows::Nothing };
    }
    let at = if words.time(at).is_some() || words.lower(at) == "on" {
        (at..end.min(at + 4)).find(|&next| words.time(next).is_none() && next > at).unwrap_or(at)
    } else {
        at
    };
    let opens = at < end && !words.mark(at) && !words.is(at, Class::Preposition);
    if opens && clause(words, at, end, words.cue(verb, Cue::Bare)) {
        Follows::Sentence(at)
    } else {
        Follows::Nothing
    }
}

/// Whether the "that" behind some tokens hangs on the last of them: on a noun that begins what is said,
/// before a verb ("claimed the attack that killed two"); not "said in a statement that".
fn hangs(words: &Words<'_>, between: Range<usize>, end: usize) -> bool {
    let phrase = words.right(between.start, end);
    let verb = between.end + 1;
    phrase == between
        && words.word(between.end - 1).is_some_and(|word| word.attack.is_some())
        && verb < end
        && finite(words, verb)
}

/// Whether a clause with a verb of its own begins at a token. After verbs that take an
/// object too ("announced the arrest of …"), its verb must follow the first phrase at once.
fn clause(words: &Words<'_>, from: usize, end: usize, bare: bool) -> bool {
    if words.is(from, Class::Pronoun) && words.name(from).is_none() {
        return true;
    }
    if bare {
        let until = end.min(from + 24);
        let mut inside = (from + 1..until)
            .take_while(|&token| !matches!(words.lower(token), ";" | ":"))
            .peekable();
        // "the attack that killed two" has a verb, and is no clause.
        while let Some(token) = inside.next() {
            let hangs = words.lower(token) == "that" && hangs(words, from..token, end);
            if hangs {
                while inside.next_if(|&token| finite(words, token)).is_some() {}
            } else if finite(words, token) {
                return true;
            }
        }
        return false;
    }
    let phrase = words.right(from, end);
    !phrase.is_empty()
        && (words.is(phrase.end, Class::Auxiliary) || words.is(phrase.end, Class::Modal))
}

/// Whether a token may be a verb in a tense.
fn finite(words: &Words<'_>, token: usize) -> bool {
    words.is(token, Class::Auxiliary)
        || words.is(token, Class::Modal)
        || words.is(token, Class::OtherVerb)
        || words.word(token).is_some_and(|word| {
            word.verbs.iter().any(|verb| verb.form != Form::Ing) || word.is(Class::Killed)
        })
        || words.cue(token, Cue::HedgeVerb)
        || (words.lower(token).ends_with("ed") && words.name(token).is_none())
}
