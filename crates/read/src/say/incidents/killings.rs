//! Killing and wounding as attacks: where a doer, a weapon or somebody named stands beside the
//! verb; and what is told in the present tense.
//!
//! Must not: "the storm killed six", "Harko killed two people in a crash", "bombs kill".

use std::ops::Range;

use throughline_model::SubjectKind;

use super::found::Found;
use super::imagined;
use super::lexicon::{Class, Form, Frame, Word};
use super::police;
use super::verbs::frames::bomb_before;
use crate::analysis::Sentence;
use crate::say::cues::Cue;
use crate::say::words::Words;

/// A killing told by a verb, passive or with `object`; `after` is the token behind the verb.
pub(super) fn told(
    words: &Words<'_>,
    sentence: &Sentence,
    mut found: Found,
    after: usize,
    passive: bool,
    subject: Option<Range<usize>>,
    object: &Range<usize>,
) -> Option<Found> {
    if counted(words, sentence, object) {
        return None;
    }
    let word = |phrase: &Range<usize>| words.word(phrase.end - 1);
    let agent = |phrase: &Range<usize>| word(phrase).is_some_and(|word| word.doer.is_some());
    let bomb =
        |phrase: &Range<usize>| word(phrase).is_some_and(|word| word.weapon == Some("bombing"));
    if passive {
        found.read_after(words, after);
        // "killed by his own bomb": the attacker.
        let own = |phrase: &Range<usize>| phrase.clone().any(|at| words.lower(at) == "own");
        if found.by.as_ref().is_some_and(own) {
            return None;
        }
        if found.by.as_ref().is_some_and(bomb) {
            found.kind = "bombing";
            found.weapon = found.by.take();
        } else {
            found.by.as_ref().filter(|phrase| agent(phrase))?;
        }
        found.target = subject.filter(|phrase| !only_counted(words, phrase));
    } else {
        // "A bomb killed ten guards", "a bomb at a tram stop killed ten".
        // "planting a bomb that killed" is read at its first verb.
        let apart = found.head.checked_sub(1).is_none_or(|at| !words.is(at, Class::Relative));
        let floor = sentence.tokens.start;
        let doer = subject.clone().filter(agent);
        // "Suicide bomber killed near Ruel": the bomber was.
        let nobody = object.is_empty()
            && words.quantity(after).is_none()
            && !words.is(after, Class::Pronoun)
            && found.head + 1 == after;
        if doer.is_some() && nobody && words.lower(found.head).ends_with("ed") {
            return None;
        }
        let weapon = match &doer {
            Some(_) => None,
            None => bomb_before(words, found.head, floor, subject.clone()).filter(|_| apart),
        };
        if let Some(weapon) = weapon {
            found.kind = "bombing";
            found.read_after(words, weapon.end);
            found.by = None;
            found.weapon = Some(weapon);
        } else {
            let after_it = killer_before(words, sentence, found.head);
            let armed = armed(words, sentence, found.head);
            if let Some((_, kind)) = armed.as_ref().filter(|_| doer.is_none()) {
                found.kind = kind;
            }
            let right_before = |phrase: &Range<usize>| {
                (phrase.end..found.head)
                    .all(|at| words.is(at, Class::Auxiliary) || words.adverb(at))
            };
            let blow = subject.clone().filter(right_before);
            let blow = blow.filter(|_| doer.is_none() && apart && !object.is_empty());
            let blow = blow.and_then(|phrase| attack(words, &phrase));
            if let Some(kind) = blow {
                found.kind = kind;
                found.another = true;
            }
            let by = doer
                .filter(|_| blow.is_none())
                .or_else(|| named(words, sentence, subject.or(after_it), object))
                .or(armed.map(|(by, _)| by));
            // "accused of killing X": by whom is what is asked.
            let asked = in_proceedings(words, found.head) && !object.is_empty();
            if by.is_none() && !asked && blow.is_none() {
                return None;
            }
            found.by = by;
        }
        let place = found.target.take();
        let object = words.right(after, found.sentence.end);
        found.read_after(words, object.end.max(after));
        if !object.is_empty() && !only_counted(words, &object) {
            found.target = Some(object);
        } else if place.is_some() {
            found.target = place;
        }
    }
    let start = found.target.as_ref().map_or(found.head, |target| target.start.min(found.head));
    let end = found.target.as_ref().map_or(after, |target| target.end.max(after));
    found.tokens = start..end;
    Some(found)
}

/// The type of an attack that is the subject of what it did, and that nothing else tells apart: "a suicide
/// attack killed six people"; not "the attack", "an attack in Ruel", which the noun tells, and not "a fire".
fn attack(words: &Words<'_>, phrase: &Range<usize>) -> Option<&'static str> {
    let told =
        |at: usize| words.name(at).is_some() || words.time(at).is_some() || words.possessive(at);
    let new = words.is(phrase.start, Class::Indefinite) && !phrase.clone().any(told);
    let armed = phrase.clone().any(|at| {
        words.word(at).is_some_and(|word| word.weapon.is_some())
            || matches!(words.lower(at), "suicide" | "terrorist" | "militant" | "rebel")
    });
    words.word(phrase.end - 1)?.attack.filter(|&kind| kind != "plot" && new && armed)
}

/// "have killed 800 people in a campaign of years": a sum of many attacks, and none of them.
fn counted(words: &Words<'_>, sentence: &Sentence, object: &Range<usize>) -> bool {
    let many = object.clone().find_map(|token| words.quantity(token));
    many.is_some() && imagined::over_years(words, sentence, object.start)
}

/// "a man armed with an axe killed", "a woman with a gun killed": who carries a weapon, and the
/// type of attack that it tells.
fn armed(
    words: &Words<'_>,
    sentence: &Sentence,
    verb: usize,
) -> Option<(Range<usize>, &'static str)> {
    const NEAR: usize = 14;
    let floor = sentence.tokens.start.max(verb.saturating_sub(NEAR));
    let stops = |at: usize| {
        words.mark(at) || words.is(at, Class::Auxiliary) || words.is(at, Class::Conjunction)
    };
    let floor = (floor..verb).rev().find(|&at| stops(at)).map_or(floor, |at| at + 1);
    let kind = |at: usize| words.word(at).and_then(|word| word.weapon);
    let weapon = (floor..verb).rev().find(|&at| kind(at).is_some())?;
    let with = (floor..weapon)
        .rev()
        .find(|&at| matches!(words.lower(at), "with" | "wielding" | "carrying" | "using"))?;
    let last = with.checked_sub(1 + usize::from(words.lower(with - 1) == "armed"))?;
    let somebody = words.word(last).is_some_and(|word| word.is(Class::People)) && last >= floor;
    somebody.then(|| Some((words.left(last, floor), kind(weapon)?)))?
}

/// "six", "six people": a toll, and no target.
fn only_counted(words: &Words<'_>, phrase: &Range<usize>) -> bool {
    let mut uncounted = phrase.clone().filter(|&at| words.quantity(at).is_none());
    uncounted.all(|at| matches!(words.lower(at), "people" | "persons" | "others"))
}

/// Somebody named who killed people, by intent as far as the sentence tells: "Harko killed four
/// people in a church"; not "killed two in a crash", "killed himself".
fn named(
    words: &Words<'_>,
    sentence: &Sentence,
    subject: Option<Range<usize>>,
    object: &Range<usize>,
) -> Option<Range<usize>> {
    let by = subject?;
    let doer = words.word(by.end - 1).is_some_and(|word| word.doer.is_some());
    // "whose brother killed a guard in Lima in 2012".
    let elsewhere = !object.is_empty() && told_where_and_when(words, sentence, object);
    let somebody = elsewhere && words.is(by.end - 1, Class::People);
    if !doer && !somebody {
        words.name_of(by.end - 1, SubjectKind::Person)?;
    }
    // "killed a guard and fled" tells of no attack apart from the one that the text is about, "killed a
    // guard in Lima in 2012" does.
    let people = elsewhere
        || object.clone().any(|at| {
            words.quantity(at).is_some()
                || words.name_of(at, SubjectKind::Person).is_some()
                || words.word(at).is_some_and(|word| word.is(Class::People) && word.plural)
        });
    let mishap = imagined::near(&sentence.tokens, by.start).any(|at| {
        words.cue(at, Cue::Disaster)
            || words.cue(at, Cue::Mishap)
            || matches!(words.lower(at), "battle" | "fighting" | "clash" | "clashes" | "combat")
    });
    (people && !mishap).then_some(by)
}

/// Whether a place and a day stand right behind whom a verb tells to be killed.
fn told_where_and_when(words: &Words<'_>, sentence: &Sentence, object: &Range<usize>) -> bool {
    let mut after = Found { sentence: sentence.tokens.clone(), verbal: true, ..Found::default() };
    after.read_after(words, object.end);
    after.time.is_some() && !after.places.is_empty()
}

/// Whether a verb in -ing tells of what somebody is accused of, has confessed or is cleared of:
/// "accused of killing", "pleaded guilty to murdering", "denied planting"; that it was done is
/// taken for granted.
pub(crate) fn in_proceedings(words: &Words<'_>, at: usize) -> bool {
    const NEAR: usize = 6;
    let Some(before) = at.checked_sub(1).filter(|_| words.lower(at).ends_with("ing")) else {
        return false;
    };
    let legal = |at: usize| {
        matches!(
            words.lower(at),
            "accused"
                | "suspected"
                | "charged"
                | "guilty"
                | "convicted"
                | "cleared"
                | "acquitted"
                | "jailed"
                | "imprisoned"
                | "sentenced"
                | "hanged"
                | "executed"
                | "tried"
                | "trial"
                | "indicted"
                | "arrested"
                | "confessed"
                | "admitted"
                | "pleaded"
        )
    };
    match words.lower(before) {
        "of" | "with" | "to" | "for" | "over" => (before.saturating_sub(NEAR)..before)
            .rev()
            .take_while(|&at| !words.mark(at) || words.lower(at) == ",")
            .any(legal),
        "admitted" | "admits" | "admitting" | "denied" | "denies" | "denying" => true,
        _ => false,
    }
}

/// "X was shot dead after killing four": the one of whom the sentence tells.
fn killer_before(words: &Words<'_>, sentence: &Sentence, verb: usize) -> Option<Range<usize>> {
    let after = verb.checked_sub(1).filter(|&at| words.lower(at) == "after")?;
    let floor = sentence.tokens.start;
    let phrase = words.right(floor, after);
    (!phrase.is_empty()).then_some(phrase)
}

/// Whether harm is done to an attacker, which is no attack of its own: "the gunman was shot
/// dead", "X was killed after stabbing two men"; not "the gunman was shot by his brother".
pub(crate) fn of_attacker(
    words: &Words<'_>,
    sentence: &Sentence,
    verb: usize,
    subject: Option<&Range<usize>>,
) -> bool {
    const NEAR: usize = 8;
    let end = sentence.tokens.end.min(verb + NEAR);
    let by = (verb + 1..end).find(|&at| words.lower(at) == "by");
    // "killed by his own bomb".
    if by.is_some_and(|by| words.lower(by + 2) == "own") {
        return true;
    }
    if by.is_some_and(|by| !(by + 1..end).any(|at| police::armed_by_state(words, at))) {
        return false;
    }
    let attacker =
        |at: usize| words.word(at).and_then(|word| word.doer).is_some_and(|doer| doer != "band");
    // "X, the suspected attacker, was shot dead".
    let apposed = |phrase: &Range<usize>| {
        words.lower(phrase.end) == ","
            && !words.is(phrase.end + 1, Class::Relative)
            && (phrase.end..verb).any(attacker)
    };
    subject.is_some_and(|phrase| attacker(phrase.end - 1) || apposed(phrase))
        || attacked_before(words, verb, end)
}

/// Whether the phrase that ends at a token is of somebody who attacked, by the clause that hangs on it: "a man
/// who had stabbed two guards", "a driver who tried to ram the gate"; not "a man who was stabbed", "a guard who
/// shot back", "a man who saw it".
pub(crate) fn who_attacked(words: &Words<'_>, end: usize) -> bool {
    const NEAR: usize = 5;
    let relative = end + usize::from(words.lower(end) == ",");
    if !matches!(words.lower(relative), "who" | "that") {
        return false;
    }
    let small = |at: usize| {
        matches!(words.lower(at), "had" | "has" | "to" | "allegedly" | "reportedly")
            || words.is(at, Class::Attempt)
            || words.adverb(at)
    };
    let verb = (relative + 1..relative + NEAR).find(|&at| !small(at));
    verb.is_some_and(|verb| {
        let fire = words.lower(verb).starts_with("open") && words.lower(verb + 1) == "fire";
        let aims = words.is(verb + 1, Class::Determiner)
            || words.is(verb + 1, Class::Killing)
            || words.lower(verb + 1) == "and"
            || words.word(verb + 1).is_some_and(|word| word.is(Class::People))
            || words.quantity(verb + 1).is_some()
            || police::armed_by_state(words, verb + 1);
        let harms = words.word(verb).is_some_and(|word| {
            let object = |frame| matches!(frame, Frame::Object | Frame::Kill);
            word.verbs.iter().any(|verb| object(verb.frame) && verb.particle.is_none())
        });
        fire || harms && aims
    })
}

/// "was shot dead after killing four", "as he opened fire on a crowd", "while attacking police".
fn attacked_before(words: &Words<'_>, verb: usize, end: usize) -> bool {
    // "as he left the mosque", "as he opened the door" attack nobody.
    let deed = |at: usize| {
        let fire = words.lower(at + 1) == "fire" && words.lower(at).starts_with("open");
        fire || words.word(at).is_some_and(|word| {
            word.verbs.iter().any(|verb| {
                matches!(verb.frame, Frame::Object | Frame::Kill)
                    && verb.particle.is_none()
                    && verb.form != Form::Base
            })
        })
    };
    (verb + 1..end).any(|at| {
        let opens = matches!(words.lower(at), "after" | "as" | "while" | "when");
        let he = matches!(words.lower(at + 1), "he" | "she");
        let verb = at + 1 + usize::from(he);
        opens && deed(verb) && (he || words.lower(verb).ends_with("ing"))
    })
}

/// Whether a verb in the present tells of one deed, as papers and lists of events do: "a bomb
/// kills six in Varna", "12 May 2014 – gunmen storm a bank"; not "bombs kill", "gunmen storm
/// banks when they need money".
pub(super) fn present(words: &Words<'_>, sentence: &Sentence, at: usize) -> bool {
    let floor = sentence.tokens.start.max(at.saturating_sub(24));
    let opens = |&token: &usize| matches!(words.lower(token), ":" | "–" | "—" | "--" | ";" | "-");
    let mark = (floor..at).rev().find(opens);
    let mut from = mark.map_or(floor, |mark| mark + 1);
    let dated = mark.is_some_and(|mark| {
        (sentence.tokens.start.max(mark.saturating_sub(8))..mark)
            .any(|token| words.time(token).is_some())
    });
    // "In May a bomb kills six": the day before the subject.
    while from < at
        && (words.time(from).is_some()
            || words.lower(from) == ","
            || words.is(from, Class::Preposition) && words.time(from + 1).is_some())
    {
        from += 1;
    }
    let phrase = words.right(from, at);
    let Some(head) = phrase.clone().next_back() else { return false };
    let deeds = |word: &Word| word.doer.is_some() || word.weapon.is_some();
    let Some(word) = words.word(head).filter(|word| deeds(word)) else { return false };
    let definite = words.is(phrase.start, Class::Definite);
    let third = words.lower(at).ends_with('s') && !words.lower(at).ends_with("ss");
    let clause = (phrase.end..at).any(|token| {
        words.mark(token)
            || words.is(token, Class::Relative)
            || words.is(token, Class::Auxiliary)
            || words.is(token, Class::Conjunction)
    });
    let one = third && !word.plural && !definite;
    let several = !third && word.plural && dated;
    (one || several) && !clause
}
