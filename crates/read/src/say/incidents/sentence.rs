//! Times, places and weapons of a sentence that stand apart from the words of the attack:
//! "On Tuesday a bomb … exploded", "attacked the farm late on 2 February".
//!
//! Each belongs to the nearest attack before it, unless another verb stands between
//! ("police said on Monday"); one that opens the sentence belongs to the first attack
//! after it.

use throughline_model::SubjectKind;

use super::found::Found;
use super::lexicon::Class;
use crate::analysis::Sentence;
use crate::say::words::Words;

/// How far from its attack a time or place can stand, in tokens.
const FAR: usize = 80;

/// Fills in what the sentence says around the mentions found in it.
pub(crate) fn fill(words: &Words<'_>, sentence: &Sentence, found: &mut [Found]) {
    if found.is_empty() {
        return;
    }
    for token in sentence.tokens.clone() {
        if let Some(time) = words.time(token)
            && words.analysis.times[time].tokens.start == token
            // "a Christmas market" is open on other days too.
            && !words.is(words.analysis.times[time].tokens.end, Class::Site)
            && !bounded(words, token)
            && !within_verb(words, time)
            && !found.iter().any(|found| found.time == Some(time))
            && let Some(owner) = owner(words, sentence, found, token)
            && found[owner].time.is_none()
            && !of_foiling(words, &found[owner], token)
            && words.analysis.times[time].value.is_some()
        {
            found[owner].time = Some(words.exact_time(time));
        }
        if let Some(place) = words.name_of(token, SubjectKind::Place)
            && words.analysis.names[place].tokens.start == token
            && locates(words, token)
            && !found.iter().any(|found| found.places.contains(&place))
            && let Some(owner) = owner(words, sentence, found, token)
            && (found[owner].places.is_empty() || nested(words, &found[owner], token))
        {
            found[owner].places.push(place);
        }
        if let Some(word) = words.word(token)
            && let Some(kind) = word.weapon
            && kind != "vehicle"
            && carried(words, token).is_some()
            && let Some(owner) = owner(words, sentence, found, token)
            && found[owner].weapon.is_none()
        {
            let floor = carried(words, token).unwrap_or(sentence.tokens.start);
            found[owner].weapon = Some(words.left(token, floor));
        }
    }
}

/// "On the same day a bomb exploded": the day of the incident told before.
pub(crate) fn same_day(
    words: &Words<'_>,
    sentence: &Sentence,
    before: Option<&Found>,
    found: &mut [Found],
) {
    let same = sentence.tokens.clone().any(|token| {
        words.lower(token) == "same"
            && matches!(
                words.lower(token + 1),
                "day" | "evening" | "night" | "morning" | "afternoon"
            )
    });
    let time = before.filter(|_| same).and_then(|before| before.time);
    for found in found.iter_mut().filter(|found| takes(found) && found.time.is_none()) {
        found.time = time;
    }
}

/// "near the Haymarket in Chicago": a place right after one that the mention has already.
fn nested(words: &Words<'_>, found: &Found, token: usize) -> bool {
    let joint =
        token.checked_sub(1).filter(|&joint| matches!(words.lower(joint), "in" | "," | "at"));
    let before = joint.and_then(|joint| words.name_of(joint.checked_sub(1)?, SubjectKind::Place));
    before.is_some_and(|before| found.places.contains(&before))
}

/// "Police yesterday uncovered a plot": the day on which it came to light, and not the one meant for it.
fn of_foiling(words: &Words<'_>, found: &Found, time: usize) -> bool {
    matches!(found.stage, Some("foiled" | "planned"))
        && time < found.tokens.start
        && (time..found.tokens.start).any(|at| words.is(at, Class::Foiled))
}

/// Whether a place name stands after a preposition of place.
fn locates(words: &Words<'_>, token: usize) -> bool {
    let mut before = token.checked_sub(1);
    for _ in 0..8 {
        let Some(at) = before else { return false };
        if matches!(
            words.lower(at),
            "in" | "at" | "near" | "outside" | "inside" | "beside" | "within" | "throughout"
        ) {
            return true;
        }
        // "in the police station of the Rue …".
        let of_site = words.lower(at) == "of" && at > 0 && words.is(at - 1, Class::Site);
        if words.bounds(at) && !of_site {
            return false;
        }
        before = at.checked_sub(1);
    }
    false
}

/// Where the words for a weapon begin that an attack was done with: "with a knife", "using dynamite".
fn carried(words: &Words<'_>, token: usize) -> Option<usize> {
    let from = token.saturating_sub(4);
    let with =
        (from..token).rev().find(|&at| matches!(words.lower(at), "with" | "using" | "wielding"));
    with.map(|with| with + 1)
}

/// "has today been sentenced": a time between the words of another verb.
fn within_verb(words: &Words<'_>, time: usize) -> bool {
    let tokens = &words.analysis.times[time].tokens;
    let before = tokens.start.checked_sub(1).is_some_and(|at| words.is(at, Class::Auxiliary));
    let next = tokens.end + usize::from(words.is(tokens.end, Class::Auxiliary));
    before
        && (words.is(next, Class::OtherVerb) || words.analysis.seen.verb(next))
        && words.word(next).is_none_or(|word| word.verbs.is_empty())
}

/// The mention that something at `token` belongs to.
fn owner(words: &Words<'_>, sentence: &Sentence, found: &[Found], token: usize) -> Option<usize> {
    let last_of = |at: usize| found.iter().rposition(|found| found.head == at && takes(found));
    let mut apart = false;
    for at in (sentence.tokens.start.max(token.saturating_sub(FAR))..token).rev() {
        if let Some(found) = last_of(at).filter(|_| !apart) {
            return Some(found);
        }
        if words.is(at, Class::OtherVerb) && words.name(at).is_none() {
            return None;
        }
        apart |= of_its_own(words, at);
    }
    for at in token..sentence.tokens.end.min(token + FAR) {
        if let Some(found) = last_of(at) {
            return Some(found);
        }
        if words.is(at, Class::OtherVerb) && words.name(at).is_none() {
            return None;
        }
    }
    None
}

/// Whether a token is a verb with a time or place of its own, behind an attack: "a man accused of it is to
/// make an appearance on Monday"; not one that tells what the attack did ("killing two on Monday") or that
/// is joined to it ("opened fire and fled on Monday", "which led to the death of two in Lima").
fn of_its_own(words: &Words<'_>, at: usize) -> bool {
    if words.name(at).is_some() {
        return false;
    }
    let joined = at.checked_sub(1).is_some_and(|before| {
        matches!(words.lower(before), "and" | "," | "which" | "that") || words.adverb(before)
    });
    let harms = words.word(at).is_some_and(|word| {
        !word.verbs.is_empty()
            || word.is(Class::Killing)
            || word.is(Class::Wounding)
            || word.is(Class::Killed)
            || word.is(Class::Wounded)
    });
    let finite = !words.lower(at).ends_with("ing");
    let due = matches!(words.lower(at), "due" | "scheduled" | "expected");
    due || words.analysis.seen.verb(at) && finite && !joined && !harms
}

/// Whether a time only bounds the one meant: "before 31 October", "since Monday", "after the Friday prayers".
pub(super) fn bounded(words: &Words<'_>, time: usize) -> bool {
    let article = time.checked_sub(1).filter(|&at| words.lower(at) == "the");
    let before = article.unwrap_or(time).checked_sub(1);
    before.is_some_and(|at| {
        matches!(words.lower(at), "before" | "until" | "till" | "since")
            || words.lower(at) == "after" && article.is_some()
    })
}

/// Whether a mention takes what stands apart from it: an attack told anew, or a set, but
/// not what only points back.
fn takes(found: &Found) -> bool {
    !found.doer && (found.verbal || found.set || !found.definite || found.plural)
}
