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
            && carried(words, token)
            && let Some(owner) = owner(words, sentence, found, token)
            && found[owner].weapon.is_none()
        {
            found[owner].weapon = Some(words.left(token, sentence.tokens.start));
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

/// Whether a weapon is what an attack was done with: "with a knife", "using dynamite".
fn carried(words: &Words<'_>, token: usize) -> bool {
    let from = token.saturating_sub(4);
    (from..token).any(|at| matches!(words.lower(at), "with" | "using" | "wielding"))
}

/// The mention that something at `token` belongs to.
fn owner(words: &Words<'_>, sentence: &Sentence, found: &[Found], token: usize) -> Option<usize> {
    let last_of = |at: usize| found.iter().rposition(|found| found.head == at && takes(found));
    for at in (sentence.tokens.start.max(token.saturating_sub(FAR))..token).rev() {
        if let Some(found) = last_of(at) {
            return Some(found);
        }
        if words.is(at, Class::OtherVerb) && words.name(at).is_none() {
            return None;
        }
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

/// Whether a mention takes what stands apart from it: an attack told anew, or a set, but
/// not what only points back.
fn takes(found: &Found) -> bool {
    !found.doer && (found.verbal || found.set || !found.definite || found.plural)
}
