//! What stands around each sort of verb of attacking, as `resources/say/verbs.txt` tells them
//! apart. Each gives the token that the mention reads on from; none where the words tell of no attack.

use std::ops::Range;

use throughline_model::{SubjectKind, ZoneRole};

use super::moods;
use crate::analysis::Sentence;
use crate::say::cues::Cue;
use crate::say::incidents::found::Found;
use crate::say::incidents::killings;
use crate::say::incidents::lexicon::{Class, Form, Verb};
use crate::say::words::Words;

/// A verb of attacking with its subject, and its object, which is empty if none follows.
pub(super) struct Told<'t, 'a> {
    pub(super) words: &'t Words<'a>,
    pub(super) sentence: &'t Sentence,
    pub(super) verb: Verb,
    /// The token behind the verb and its particle.
    pub(super) after: usize,
    pub(super) subject: Option<Range<usize>>,
    pub(super) object: Range<usize>,
}

impl Told<'_, '_> {
    /// "The station was attacked": its subject is the target.
    pub(super) fn suffered(self, found: &mut Found) -> Option<usize> {
        let words = self.words;
        // "was shot last month for the attack on": a sentence carried out.
        let until = self.sentence.tokens.end.min(self.after + 16);
        let stop = |at: &usize| {
            !matches!(words.lower(*at), "." | ";" | ":") && !words.is(*at, Class::Relative)
        };
        let crime = |at: usize| {
            let word = words.word(at);
            word.is_some_and(|word| word.attack.is_some() || word.weapon.is_some())
        };
        let sentence_for = (self.after..until)
            .take_while(stop)
            .any(|at| words.lower(at) == "for" && (at + 1..at + 4).any(crime));
        if sentence_for
            || killings::of_attacker(words, self.sentence, found.head, self.subject.as_ref())
        {
            return None;
        }
        found.target = self.subject;
        Some(self.after)
    }

    /// "Gunmen attacked the station", "shot at the King".
    pub(super) fn done(self, found: &mut Found) -> Option<usize> {
        let (words, verb, after) = (self.words, self.verb, self.after);
        let to;
        if matches!(words.lower(after), "at" | "on" | "upon" | "into") && verb.kind == "shooting" {
            let phrase = words.right(after + 1, self.sentence.tokens.end);
            if phrase.is_empty() {
                return None;
            }
            to = phrase.end;
            found.target = Some(phrase);
        } else {
            // "We target those who serve them": attackers of nobody in particular.
            let anyone = matches!(words.lower(after), "those" | "anyone" | "whoever");
            if self.object.is_empty() && !words.is(after, Class::Pronoun) || anyone {
                return None;
            }
            // "blew up a balloon", "blew up his photograph".
            let inflated =
                self.object.end.checked_sub(1).is_some_and(|last| {
                    verb.particle == Some("up") && words.cue(last, Cue::Inflated)
                });
            if inflated {
                return None;
            }
            to = self.object.end.max(after);
            // "shooting 13 rounds from a handgun": at whom is not told.
            let shots = self.object.end.checked_sub(1).is_some_and(|last| {
                matches!(words.lemma(last), "round" | "shot" | "bullet" | "volley")
            });
            found.target = some(self.object).filter(|_| !shots);
        }
        if moods::often(words, self.sentence, found.head, to) && verb.kind == "attack" {
            return None;
        }
        found.by = self.subject;
        Some(to)
    }

    /// "opened fire on the crowd", "fired two shots at the King", "opened fire in a bar".
    pub(super) fn aimed(self, found: &mut Found, passive: bool) -> Option<usize> {
        let (words, after, end) = (self.words, self.after, self.sentence.tokens.end);
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
        let to = match aim {
            Some((prep, phrase)) => {
                let to = phrase.end.max(prep + 1);
                found.target = some(phrase);
                to
            }
            // "opened fire in a bar": on whoever was there.
            None if self.verb.particle == Some("fire") && !passive => after,
            None => return None,
        };
        found.by = self.subject.filter(|_| !passive);
        Some(to)
    }

    /// "threw a bomb into the café", "the bomb was planted"; only with a bomb.
    pub(super) fn thrown(self, found: &mut Found, passive: bool) -> Option<usize> {
        let (words, after) = (self.words, self.after);
        // "A bomb squad detonated the device".
        let safely = self.subject.clone().is_some_and(|phrase| {
            phrase.into_iter().any(|at| {
                matches!(
                    words.lower(at),
                    "squad" | "experts" | "disposal" | "sappers" | "technicians"
                )
            })
        });
        if safely && !passive {
            return None;
        }
        let mut to;
        if !passive && words.lower(after) == "it" && bomb_spoken_of(words, found.head) {
            to = after + 1;
        } else {
            let phrase = if passive {
                bomb_before(words, found.head, self.sentence.tokens.start, self.subject.clone())?
            } else {
                self.object
            };
            let base = self.verb.form == Form::Base && self.sentence.zone == ZoneRole::Body;
            if weapon(words, &phrase)? != "bombing" || base {
                return None;
            }
            // "another bomb was thrown at": apart from the one told before.
            found.another = matches!(words.lower(phrase.start), "another" | "second");
            to = if passive { after } else { phrase.end };
            found.weapon = Some(phrase);
        }
        found.laid = !matches!(words.lemma(found.head), "set" | "detonate" | "explode");
        found.by = self.subject.filter(|_| !passive);
        if matches!(words.lower(to), "at" | "among" | "amongst" | "into" | "upon" | "for") {
            let aim = words.right(to + 1, self.sentence.tokens.end);
            if !aim.is_empty() {
                to = aim.end;
                found.target = Some(aim);
            }
        }
        Some(to)
    }

    /// "A bomb exploded", "planted a bomb, but it failed to explode".
    pub(super) fn blown_up(self, found: &mut Found, passive: bool) -> Option<usize> {
        let words = self.words;
        let floor = self.sentence.tokens.start;
        let bomb = bomb_before(words, found.head, floor, self.subject.clone());
        if bomb.is_none() && found.stage == Some("failed") && fell_short(words, found.head, floor) {
            return Some(self.after);
        }
        let bomb = bomb?;
        if weapon(words, &bomb)? != "bombing" || passive {
            return None;
        }
        found.weapon = Some(bomb);
        Some(self.after)
    }

    /// "A roadside bomb hit a patrol", "an explosion ripped through a church", "a bus was hit by a bomb"; not
    /// "the storm hit Ruel".
    pub(super) fn struck(self, found: &mut Found, passive: bool) -> Option<usize> {
        let words = self.words;
        let bomb = |phrase: &Range<usize>| weapon(words, phrase) == Some("bombing");
        if passive {
            found.read_after(words, self.after);
            found.weapon = Some(found.by.take().filter(bomb)?);
            found.target = Some(self.subject?);
            return Some(self.after);
        }
        let blast = self.subject.as_ref().is_some_and(|phrase| {
            let word = words.word(phrase.end - 1);
            word.is_some_and(|word| word.attack == Some("bombing"))
        });
        let floor = self.sentence.tokens.start;
        let bomb = bomb_before(words, found.head, floor, self.subject);
        if !blast && bomb.is_none() || self.object.is_empty() {
            return None;
        }
        let to = self.object.end;
        found.weapon = bomb;
        found.target = Some(self.object);
        Some(to)
    }

    /// "drove a van into the crowd", "rammed the gate".
    pub(super) fn rammed(self, found: &mut Found, passive: bool) -> Option<usize> {
        let (words, after, end) = (self.words, self.after, self.sentence.tokens.end);
        let into = (after..end.min(after + 8)).find(|&token| words.lower(token) == "into");
        let plain = self.verb.form == Form::Past && words.lower(found.head).starts_with("ram");
        let phrase = match into {
            Some(into) => words.right(into + 1, end),
            None if plain => self.object.clone(),
            None => return None,
        };
        if phrase.is_empty() {
            return None;
        }
        // "drove a van into the crowd", but not "rammed a police truck".
        let driven = into.is_some() && weapon(words, &self.object).is_some();
        found.weapon = Some(self.object).filter(|_| driven);
        // "drove into the village": they came there.
        let head = phrase.end - 1;
        let town = words.name_of(head, SubjectKind::Place).is_some()
            || matches!(words.lower(head), "village" | "town" | "city" | "district" | "area");
        if found.weapon.is_none() && town {
            return None;
        }
        let to = phrase.end;
        found.target = Some(phrase);
        found.by = self.subject.filter(|_| !passive);
        Some(to)
    }
}

/// "was placed near a base, but failed to explode", "it did not go off": of a bomb told before in the sentence.
fn fell_short(words: &Words<'_>, verb: usize, floor: usize) -> bool {
    const NEAR: usize = 30;
    let first = (floor..verb).rev().find(|&at| {
        !(words.is(at, Class::Auxiliary)
            || words.is(at, Class::Negation)
            || words.is(at, Class::Attempt)
            || words.lower(at) == "to"
            || words.adverb(at))
    });
    if first.is_some_and(|at| words.lower(at) == "it") && bomb_spoken_of(words, verb) {
        return true;
    }
    let joined = first.is_some_and(|at| matches!(words.lower(at), "but" | "and" | "which"));
    let bomb = |at: usize| words.word(at).is_some_and(|word| word.weapon == Some("bombing"));
    joined && (floor.max(verb.saturating_sub(NEAR))..verb).any(bomb)
}

/// The type of attack that the weapon tells which a phrase stands for.
fn weapon(words: &Words<'_>, phrase: &Range<usize>) -> Option<&'static str> {
    let last = phrase.clone().next_back()?;
    words.word(last)?.weapon
}

/// The bomb that a verb is said of: its subject, or what the subject only describes further,
/// "a bomb hidden in a basket exploded".
pub(in crate::say::incidents) fn bomb_before(
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
