//! How close a link to a group is called, where only that is said: "the connection was much more
//! tenuous", "a direct link to the group", "no link to the movement".

use std::ops::Range;

use throughline_model::{Value, Variable};

use super::mention;
use super::parties::{Party, of_phrase};
use crate::analysis::Sentence;
use crate::say::builder::Builder;
use crate::say::cues::Cue;
use crate::say::incidents::Deeds;
use crate::say::incidents::lexicon::Class;
use crate::say::words::Words;

/// How far the word for the closeness may stand from the word for the link, in tokens.
const REACH: usize = 6;

/// Says the links that a sentence speaks of.
pub(super) fn say(
    words: &Words<'_>,
    deeds: &Deeds,
    sentence: &Sentence,
    builder: &mut Builder<'_>,
) {
    if deeds.set_in(sentence.tokens.clone()).is_some() {
        return;
    }
    for at in sentence.tokens.clone() {
        if !words.cue(at, Cue::Connection) || !is_noun(words, at) {
            continue;
        }
        let Some(term) = closeness(words, sentence, at) else { continue };
        let Some(party) = party(words, at, sentence.tokens.end) else { continue };
        let Some(deed) = deeds.current(at) else { continue };
        let party = mention(words, &party, builder);
        let value = Value::Term(term.to_owned());
        builder.say(at..at + 1, deed.mention, Variable::Link, Some(party), value, 75);
    }
}

fn is_noun(words: &Words<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|token| {
        words.is(token, Class::Determiner)
            || words.cue(token, Cue::Close)
            || words.cue(token, Cue::Tenuous)
            || words.possessive(token)
    })
}

/// "tenuous", "direct" or "none", from the words before the noun or after a form of "be".
fn closeness(words: &Words<'_>, sentence: &Sentence, at: usize) -> Option<&'static str> {
    let phrase = words.left(at, sentence.tokens.start);
    let is = |tokens: Range<usize>, cue| tokens.into_iter().any(|token| words.cue(token, cue));
    if words.lower(phrase.start) == "no" {
        // "no direct link" denies that it is direct, not that there is one.
        return (!is(phrase, Cue::Close)).then_some("none");
    }
    if is(phrase.clone(), Cue::Tenuous) {
        return Some("tenuous");
    }
    if is(phrase, Cue::Close) {
        return Some("direct");
    }
    let be = (at + 1..sentence.tokens.end.min(at + 5))
        .find(|&token| matches!(words.lower(token), "was" | "were" | "is" | "are" | "seemed"))?;
    let to = sentence.tokens.end.min(be + 1 + REACH);
    let end = (be + 1..to).find(|&token| words.mark(token)).unwrap_or(to);
    let denied = (be + 1..end).any(|token| words.is(token, Class::Negation));
    if denied {
        return None;
    }
    if is(be + 1..end, Cue::Tenuous) {
        return Some("tenuous");
    }
    is(be + 1..end, Cue::Close).then_some("direct")
}

/// "link to the group", "connection with X"; else the group in hand.
fn party(words: &Words<'_>, at: usize, end: usize) -> Option<Party> {
    match matches!(words.lower(at + 1), "to" | "with" | "between") {
        true => of_phrase(words, words.right(at + 2, end)),
        false => words.latest_group(at).map(Party::Named),
    }
}
