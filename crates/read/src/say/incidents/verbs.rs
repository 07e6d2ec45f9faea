//! Attacks told by a verb: "a bomb exploded in the market", "gunmen attacked the farm",
//! "was stabbed", "opened fire on the crowd".
//!
//! What might have happened, what did not and what is asked for is no incident; what was
//! tried or planned is one, at that stage.

use std::ops::Range;

use throughline_model::{SubjectKind, ZoneRole};

use super::found::Found;
use super::lexicon::{Class, Form, Frame, Verb};
use super::nouns::{blank, foiled};
use super::phrases::Words;
use super::{killings, police, relatives};
use crate::analysis::Sentence;
use crate::say::cues::Cue;

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

/// Whether a verb stands in a clause that tells which man or thing is meant: "the man who
/// threw the bomb", "nobody saw who threw it".
pub(crate) fn presupposed(words: &Words<'_>, found: &Found) -> bool {
    let from = found.sentence.start.max(found.head.saturating_sub(4));
    let small = |&at: &usize| {
        words.is(at, Class::Auxiliary)
            || words.is(at, Class::Relative)
            || words.lower(at).ends_with("ly")
    };
    let relative = |at: usize| matches!(words.lower(at), "who" | "which" | "whom");
    (from..found.head).rev().take_while(small).any(relative)
}

fn told(words: &Words<'_>, sentence: &Sentence, at: usize, verb: Verb) -> Option<Found> {
    let floor = sentence.tokens.start;
    let end = sentence.tokens.end;
    let mut found = blank(sentence, at);
    found.verbal = true;
    found.kind = verb.kind;
    found.stage = mood(words, sentence, at, verb)?;
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
    let subject = subject(words, at, floor)
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
        return blew_himself_up(words, found, after, subject);
    }
    if oneself {
        return None;
    }
    // "shot dead a guard": the guard is the object.
    let dead = matches!(words.lower(after), "dead" | "fatally") && verb.frame == Frame::Object;
    let after = after + usize::from(dead);
    let object = words.right(after, end);
    let weapon = |phrase: &Range<usize>| {
        let last = phrase.clone().next_back()?;
        let kind = words.word(last).and_then(|word| word.weapon)?;
        Some((kind, phrase.clone()))
    };
    let mut to = after;
    match verb.frame {
        Frame::Object if passive => {
            // "was shot last month for the attack on": a sentence carried out.
            let until = end.min(after + 16);
            let stop = |at: &usize| {
                !matches!(words.lower(*at), "." | ";" | ":") && !words.is(*at, Class::Relative)
            };
            let crime = |at: usize| {
                let word = words.word(at);
                word.is_some_and(|word| word.attack.is_some() || word.weapon.is_some())
            };
            let sentence_for = (after..until)
                .take_while(stop)
                .any(|at| words.lower(at) == "for" && (at + 1..at + 4).any(crime));
            if sentence_for || killings::of_attacker(words, sentence, at, subject.as_ref()) {
                return None;
            }
            found.target = subject;
        }
        Frame::Object => {
            if matches!(words.lower(after), "at" | "on" | "upon" | "into")
                && verb.kind == "shooting"
            {
                let phrase = words.right(after + 1, end);
                if phrase.is_empty() {
                    return None;
                }
                to = phrase.end;
                found.target = some(phrase);
            } else {
                // "We target those who serve them": attackers of nobody in particular.
                let anyone = matches!(words.lower(after), "those" | "anyone" | "whoever");
                if object.is_empty() && !words.is(after, Class::Pronoun) || anyone {
                    return None;
                }
                // "blew up a balloon", "blew up his photograph".
                let inflated = object.end.checked_sub(1).is_some_and(|last| {
                    verb.particle == Some("up") && words.cue(last, Cue::Inflated)
                });
                if inflated {
                    return None;
                }
                to = object.end.max(after);
                found.target = some(object);
            }
            if often(words, sentence, found.head, to) && verb.kind == "attack" {
                return None;
            }
            found.by = subject;
        }
        Frame::At => {
            let prep = (after..end.min(after + 5))
                .find(|&token| matches!(words.lower(token), "at" | "on" | "upon" | "into"));
            let plain = |token: usize| {
                words.word(token).is_some_and(|word| word.weapon.is_some())
                    || words.quantity(token).is_some()
                    || words.is(token, Class::Generic)
                    || words.is(token, Class::Determiner)
            };
            let aim = prep.filter(|&prep| (after..prep).all(plain)).and_then(|prep| {
                let phrase = words.right(prep + 1, end);
                let somebody = !phrase.is_empty() || words.is(prep + 1, Class::Pronoun);
                somebody.then_some((prep, phrase))
            });
            match aim {
                Some((prep, phrase)) => {
                    to = phrase.end.max(prep + 1);
                    found.target = some(phrase);
                }
                // "opened fire in a bar": on whoever was there.
                None if verb.particle == Some("fire") && !passive => to = after,
                None => return None,
            }
            found.by = subject.filter(|_| !passive);
        }
        Frame::Throw => {
            let bomb =
                if passive { bomb_before(words, at, floor, subject.clone())? } else { object };
            if !passive && words.lower(after) == "it" && bomb_spoken_of(words, at) {
                to = after + 1;
            } else {
                let (kind, phrase) = weapon(&bomb)?;
                if kind != "bombing" || verb.form == Form::Base && sentence.zone == ZoneRole::Body {
                    return None;
                }
                to = if passive { after } else { phrase.end };
                found.weapon = Some(phrase);
            }
            found.by = subject.filter(|_| !passive);
            if matches!(words.lower(to), "at" | "among" | "amongst" | "into" | "upon" | "for") {
                let aim = words.right(to + 1, end);
                if !aim.is_empty() {
                    to = aim.end;
                    found.target = Some(aim);
                }
            }
        }
        // "an explosion ripped through a church".
        Frame::Blast if verb.particle == Some("through") => {
            let bomb = bomb_before(words, at, floor, subject.clone());
            let blast = subject.is_some_and(|phrase| {
                let word = words.word(phrase.end - 1);
                word.is_some_and(|word| word.attack == Some("bombing"))
            });
            if !blast && bomb.is_none() || object.is_empty() {
                return None;
            }
            to = object.end;
            found.weapon = bomb;
            found.target = some(object);
        }
        Frame::Blast => {
            let (kind, phrase) = weapon(&bomb_before(words, at, floor, subject)?)?;
            if kind != "bombing" || passive {
                return None;
            }
            found.weapon = Some(phrase);
        }
        Frame::Ram => {
            let into = (after..end.min(after + 8)).find(|&token| words.lower(token) == "into");
            let phrase = match into {
                Some(into) => words.right(into + 1, end),
                None if verb.form == Form::Past && words.lower(at).starts_with("ram") => object,
                None => return None,
            };
            if phrase.is_empty() {
                return None;
            }
            found.weapon = weapon(&words.right(after, end)).map(|(_, phrase)| phrase);
            // "drove into the village": they came there.
            let head = phrase.end - 1;
            let town = words.name_of(head, SubjectKind::Place).is_some()
                || matches!(words.lower(head), "village" | "town" | "city" | "district" | "area");
            if found.weapon.is_none() && town {
                return None;
            }
            to = phrase.end;
            found.target = Some(phrase);
            found.by = subject.filter(|_| !passive);
        }
        Frame::Kill => {
            return killings::told(words, sentence, found, after, passive, subject, &object);
        }
    }
    finish(words, &mut found, to);
    Some(found)
}

/// "has attacked Lenn dozens of times": a sum of attacks, and none of them. Not of blows ("stabbed
/// him several times").
fn often(words: &Words<'_>, sentence: &Sentence, verb: usize, to: usize) -> bool {
    const NEAR: usize = 5;
    let perfect = verb.checked_sub(1).filter(|&at| at >= sentence.tokens.start).is_some_and(|at| {
        let adverb = words.lower(at).ends_with("ly");
        let have = if adverb { at.saturating_sub(1) } else { at };
        matches!(words.lower(have), "has" | "have" | "had")
    });
    let until = sentence.tokens.end.min(to + NEAR);
    let times = (verb + 1..until).find(|&at| words.lower(at) == "times");
    let sum = times.is_some_and(|times| {
        let before = times - 1;
        words.quantity(before).is_some()
            || words.lower(before) == "of" && words.is(before - 1, Class::Collective)
            || words.is(before, Class::Generic)
            || matches!(words.lower(before), "of" | "countless" | "numerous")
    });
    let repeatedly = verb.checked_sub(1).is_some_and(|at| words.lower(at) == "repeatedly")
        || words.lower(to) == "repeatedly";
    perfect && (sum || repeatedly)
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

/// The stage that the words around a verb tell; `None` where nothing is said to have
/// happened or been meant.
fn mood(
    words: &Words<'_>,
    sentence: &Sentence,
    at: usize,
    verb: Verb,
) -> Option<Option<&'static str>> {
    // "pleaded guilty to killing".
    if verb.form == Form::Ing && killings::in_proceedings(words, at) {
        return Some(Some("executed"));
    }
    let from = sentence.tokens.start.max(at.saturating_sub(4));
    let mut to = false;
    let mut have = false;
    for token in (from..at).rev() {
        let lower = words.lower(token);
        if words.mark(token) || words.is(token, Class::Conjunction) {
            break;
        }
        // "is believed to have planted": it is told, if with reserve.
        if have && lower == "to" {
            break;
        }
        have |= lower == "have";
        if to && words.is(token, Class::Attempt) {
            return Some(Some("failed"));
        }
        if to && words.is(token, Class::Intent) {
            return Some(Some("planned"));
        }
        if words.is(token, Class::Modal) || words.is(token, Class::Negation) {
            let off = verb.frame == Frame::Blast && matches!(lower, "not" | "never");
            return if off { Some(Some("failed")) } else { None };
        }
        to |= lower == "to";
    }
    if to {
        // "failed to explode" is read above; "to attack" alone is no more than a purpose.
        return None;
    }
    match verb.form {
        // "a targeted act": no verb.
        Form::Past if at > from && words.is(at - 1, Class::Indefinite) => None,
        Form::Past => Some(Some("executed")),
        Form::Base if sentence.zone == ZoneRole::Headline => {
            let before = at.checked_sub(1).filter(|&before| before >= sentence.tokens.start);
            // "Gunmen bomb pub", but not "pub bomb families", where the noun before is singular.
            let subject = before.is_some_and(|before| {
                let lower = words.lower(before);
                !words.bounds(before)
                    && (words.lower(at).ends_with('s')
                        || words.name(before).is_some()
                        || words.word(before).is_some_and(|word| word.plural)
                        || lower.ends_with('s') && !lower.ends_with("ss")
                        || lower == "police")
            });
            subject.then_some(Some("executed"))
        }
        Form::Base => killings::present(words, sentence, at).then_some(Some("executed")),
        Form::Ing => {
            let before = at.checked_sub(1)?;
            let told = words.is(before, Class::Auxiliary)
                || matches!(words.lower(before), "by" | "after" | "for" | "of" | "," | "began");
            told.then_some(Some("executed"))
        }
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
        let adverb = lower.ends_with("ly") || words.is(token, Class::Auxiliary);
        if !adverb && !words.is(token, Class::Negation) && !also(lower) {
            break;
        }
    }
    words.lower(at + 1) == "by"
}

fn also(lower: &str) -> bool {
    matches!(lower, "also" | "then" | "later" | "again" | "shot" | "stabbed" | "and" | "first")
}

/// The phrase that the verb is said of, looked for to its left.
fn subject(words: &Words<'_>, at: usize, floor: usize) -> Option<Range<usize>> {
    let mut last = at;
    while last > floor {
        let token = last - 1;
        let skip = words.is(token, Class::Auxiliary)
            || words.is(token, Class::Relative)
            || words.lower(token).ends_with("ly")
            || also(words.lower(token)) && words.lower(token) != "and"
            || words.time(token).is_some()
            || words.is(token, Class::Negation)
            || words.lower(token) == "to" && words.lower(token + 1) == "have"
            || words.cue(token, Cue::HedgePassive) && words.lower(token + 1) == "to";
        // "on Sunday", before the verb.
        let dated = words.time(last).is_some() && words.is(token, Class::Preposition);
        if !skip && !dated {
            break;
        }
        last = token;
    }
    // "the man, who stabbed": the comma before the relative word.
    if last < at && last > floor && words.lower(last - 1) == "," && words.is(last, Class::Relative)
    {
        last -= 1;
    }
    let head = last.checked_sub(1).filter(|&head| head >= floor)?;
    let head = relatives::before_aside(words, head, floor).unwrap_or(head);
    let head = relatives::before_apposition(words, head, floor).unwrap_or(head);
    if words.bounds(head) && words.name(head).is_none() {
        return None;
    }
    let mut phrase = words.left(head, floor);
    if let Some(last) = relatives::before_place(words, phrase.clone(), floor) {
        phrase = words.left(last, floor);
    }
    // "the judge who sentenced X was stabbed": the judge.
    if let Some(last) = relatives::antecedent(words, phrase.start, floor) {
        phrase = words.left(last, floor);
    }
    phrase = whose(words, phrase, floor);
    // "the head of the club, who was shot": not the club.
    let who = (last..at).any(|token| words.lower(token) == "who");
    if who && !somebody(words, phrase.clone()) {
        return None;
    }
    (!phrase.is_empty()).then_some(phrase)
}

/// "the brother of Otto Brandt": the brother, of whom the phrase holds only whose he is.
fn whose(words: &Words<'_>, phrase: Range<usize>, floor: usize) -> Range<usize> {
    let named = phrase.end > 0 && words.name_of(phrase.end - 1, SubjectKind::Person).is_some();
    let of = phrase.start.checked_sub(1).filter(|&of| of > floor && words.lower(of) == "of");
    let head = of.map(|of| of - 1).filter(|&head| {
        let word = words.word(head);
        named && words.name(head).is_none() && word.is_some_and(|word| word.is(Class::People))
            || named && word.is_some_and(|word| word.doer.is_some())
            || named
                && matches!(
                    words.lower(head),
                    "follower"
                        | "followers"
                        | "supporters"
                        | "associates"
                        | "accomplices"
                        | "friend"
                        | "friends"
                        | "aides"
                        | "relatives"
                        | "disciples"
                )
    });
    head.map_or(phrase, |head| words.left(head, floor))
}

/// Whether a phrase can stand for people.
fn somebody(words: &Words<'_>, phrase: Range<usize>) -> bool {
    phrase.into_iter().next_back().is_some_and(|head| {
        let lower = words.lower(head);
        match words.name(head) {
            Some(name) => !matches!(
                words.analysis.names[name].kind,
                SubjectKind::Place | SubjectKind::Outlet | SubjectKind::Group
            ),
            None => {
                words.is(head, Class::People)
                    || words.word(head).is_some_and(|word| word.doer.is_some())
                    || !words.is(head, Class::Site) && !lower.is_empty()
            }
        }
    })
}

/// The bomb that a verb is said of: its subject, or what the subject only describes further,
/// "a bomb hidden in a basket exploded".
pub(super) fn bomb_before(
    words: &Words<'_>,
    at: usize,
    floor: usize,
    subject: Option<Range<usize>>,
) -> Option<Range<usize>> {
    let bomb = |token: usize| words.word(token).is_some_and(|word| word.weapon == Some("bombing"));
    let phrase = subject?;
    if bomb(phrase.end - 1) {
        return Some(phrase);
    }
    let from = floor.max(at.saturating_sub(12));
    let stops = |&token: &usize| {
        !(words.mark(token)
            || words.is(token, Class::Auxiliary)
            || words.is(token, Class::Pronoun)
            || words.is(token, Class::Conjunction))
    };
    let noun = (from..phrase.start).rev().take_while(stops).find(|&token| bomb(token))?;
    Some(words.left(noun, floor))
}

/// "a bomber blew himself up at a checkpoint": an attack where a doer does it, or where others are.
fn blew_himself_up(
    words: &Words<'_>,
    mut found: Found,
    himself: usize,
    subject: Option<Range<usize>>,
) -> Option<Found> {
    finish(words, &mut found, himself + 2);
    let doer = subject
        .as_ref()
        .is_some_and(|phrase| words.word(phrase.end - 1).is_some_and(|word| word.doer.is_some()));
    found.by = subject;
    (doer || found.target.is_some()).then_some(found)
}

/// Whether the words before a verb speak of a bomb, which "it" then stands for, and of no other
/// thing since.
fn bomb_spoken_of(words: &Words<'_>, verb: usize) -> bool {
    const NEAR: usize = 24;
    let site = |at: usize| words.is(at, Class::Site) && words.name(at).is_none();
    let things = (verb.saturating_sub(NEAR)..verb)
        .rev()
        .filter(|&at| words.word(at).is_some_and(|word| word.weapon.is_some()) || site(at));
    let bombs = |at: usize| words.word(at).is_some_and(|word| word.weapon == Some("bombing"));
    // "A bomb exploded in the market": it is the bomb.
    things.take(2).any(bombs)
}

fn some(phrase: Range<usize>) -> Option<Range<usize>> {
    (!phrase.is_empty()).then_some(phrase)
}
