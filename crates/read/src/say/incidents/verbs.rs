//! Attacks told by a verb: "a bomb exploded in the market", "gunmen attacked the farm",
//! "was stabbed", "opened fire on the crowd".
//!
//! What might have happened, what did not and what is asked for is no incident; what was
//! tried or planned is one, at that stage ([`moods`]). [`subjects`] finds of whom a verb is said,
//! [`frames`] reads what each sort of verb has around it.

pub(super) mod frames;
pub(super) mod moods;
mod subjects;

use throughline_model::SubjectKind;

use self::frames::Told;
use super::found::Found;
use super::lexicon::{Class, Form, Frame, Verb};
use super::nouns::{blank, foiled};
use super::{killings, police, relatives};
use crate::analysis::Sentence;
use crate::say::words::Words;

/// The mentions by verbs in a sentence.
pub(crate) fn find(words: &Words<'_>, sentence: &Sentence, into: &mut Vec<Found>) {
    for at in sentence.tokens.clone() {
        let Some(word) = words.word(at).filter(|word| !word.verbs.is_empty()) else { continue };
        if words.name(at).is_some() || words.time(at).is_some() {
            continue;
        }
        // "a bomb plot": one noun before another.
        let plot = words.word(at + 1).is_some_and(|next| next.attack.is_some());
        if plot && word.weapon.is_some() {
            continue;
        }
        let found = word.verbs.iter().find_map(|&verb| told(words, sentence, at, verb));
        into.extend(found.filter(|found| !police::on_duty(words, sentence, found)));
    }
}

fn told(words: &Words<'_>, sentence: &Sentence, at: usize, verb: Verb) -> Option<Found> {
    let floor = sentence.tokens.start;
    let end = sentence.tokens.end;
    let mut found = blank(sentence, at);
    found.verbal = true;
    found.kind = verb.kind;
    let (stage, negated) = moods::stage(words, sentence, at, verb)?;
    found.stage = Some(stage);
    found.negated = negated;
    // "a plot to bomb the station": whether it came to nothing stands beside the noun.
    if found.stage == Some("planned")
        && let Some(noun) = at.checked_sub(2).filter(|&noun| noun >= floor)
        && words.word(noun).is_some_and(|word| word.attack == Some("plot"))
        && foiled(words, &words.left(noun, floor), noun, sentence)
    {
        found.stage = Some("foiled");
    }
    let after = particle(words, at, end, verb)?;
    let passive = passive(words, at, floor, verb);
    let subject = subjects::of(words, at, floor)
        .or_else(|| relatives::shared(words, at, floor).filter(|_| !passive));
    // "if gunmen attacked the harbour": nothing is said to have happened.
    let first = subject.as_ref().map_or(at, |subject| subject.start);
    let opener = first.checked_sub(1).filter(|&opener| opener >= floor);
    if opener.is_some_and(|at| matches!(words.lower(at), "if" | "unless" | "whether" | "lest")) {
        return None;
    }
    // "shot himself" is no attack.
    let oneself = words.lower(after).ends_with("self") || words.lower(after) == "themselves";
    if oneself && verb.particle == Some("up") {
        finish(words, &mut found, after + 2);
        found.by = subject;
        return Some(found);
    }
    // "killed himself and 14 worshippers": whom he killed besides.
    let besides = oneself
        && words.lower(after + 1) == "and"
        && (words.is(after + 2, Class::Determiner)
            || words.is(after + 2, Class::People)
            || words.quantity(after + 2).is_some());
    if oneself && !besides {
        return None;
    }
    let after = after + 2 * usize::from(besides);
    // "shot dead a guard": the guard is the object.
    let dead = matches!(words.lower(after), "dead" | "fatally") && verb.frame == Frame::Object;
    let after = after + usize::from(dead);
    // "was shot and killed by": who did it stands behind the second verb.
    let joined = passive && words.lower(after) == "and" && words.is(after + 1, Class::Killing);
    let after = after + 2 * usize::from(joined);
    let object = words.right(after, end);
    let told = Told { words, sentence, verb, after, subject, object };
    let to = match (verb.frame, passive) {
        (Frame::Object, true) => told.suffered(&mut found)?,
        (Frame::Object, false) => told.done(&mut found)?,
        (Frame::At, _) => told.aimed(&mut found, passive)?,
        (Frame::Throw, _) => told.thrown(&mut found, passive)?,
        (Frame::Blast, _) => told.blown_up(&mut found, passive)?,
        (Frame::Strike, _) => told.struck(&mut found, passive)?,
        (Frame::Ram, _) => told.rammed(&mut found, passive)?,
        (Frame::Kill, _) => {
            let Told { subject, object, .. } = told;
            let told = killings::told(words, sentence, found, after, passive, subject, &object);
            return told.map(|mut found| {
                of_doer(words, &mut found);
                found
            });
        }
    };
    finish(words, &mut found, to);
    of_doer(words, &mut found);
    Some(found)
}

/// "A bomber rammed a truck", "a suicide bomber killed ten": a bombing, as far as the verb leaves that open.
fn of_doer(words: &Words<'_>, found: &mut Found) {
    let bomber = found
        .by
        .as_ref()
        .and_then(|by| words.word(by.end - 1))
        .is_some_and(|word| word.doer == Some("bombing"));
    if bomber && matches!(found.kind, "attack" | "vehicle") {
        found.kind = "bombing";
    }
}

/// Reads on after the verb's own phrase, and takes in what belongs to the mention.
fn finish(words: &Words<'_>, found: &mut Found, to: usize) {
    let before = [found.weapon.clone(), found.target.clone()];
    let start = before.iter().flatten().map(|phrase| phrase.start).min();
    found.tokens = start.map_or(found.head, |start| start.min(found.head))..to.max(found.head + 1);
    found.read_after(words, to);
    if let Some(target) = found.target.clone() {
        let places = words.names_in(target, SubjectKind::Place);
        found.places.extend(places);
    }
    if let Some(by) = &found.by {
        let groups = words.names_in(by.clone(), SubjectKind::Group);
        found.ascribed = found.ascribed.or(groups.first().copied());
    }
}

/// The token after the verb and its particle; `None` if the particle is missing.
fn particle(words: &Words<'_>, at: usize, end: usize, verb: Verb) -> Option<usize> {
    let Some(particle) = verb.particle else { return Some(at + 1) };
    let mut next = at + 1;
    for part in particle.split(' ') {
        // "set the car on fire" and "blew the bridge up" have their object in between.
        next = (next..end.min(next + 6)).find(|&token| words.lower(token) == part)? + 1;
    }
    let between = at + 1..next;
    let split = next > at + 1 + particle.split(' ').count();
    if split && words.any(between, Class::OtherVerb) {
        return None;
    }
    Some(if split { at + 1 } else { next })
}

fn passive(words: &Words<'_>, at: usize, floor: usize, verb: Verb) -> bool {
    if verb.form != Form::Past {
        return false;
    }
    let from = floor.max(at.saturating_sub(4));
    for token in (from..at).rev() {
        let lower = words.lower(token);
        if matches!(lower, "was" | "were" | "been" | "be" | "being" | "is" | "are" | "got") {
            return true;
        }
        let small = words.adverb(token)
            || words.is(token, Class::Auxiliary)
            || words.is(token, Class::Negation)
            || matches!(lower, "shot" | "stabbed" | "and");
        if !small {
            break;
        }
    }
    words.lower(at + 1) == "by"
}
