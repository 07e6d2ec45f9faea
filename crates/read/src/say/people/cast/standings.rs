//! Where people stand in a sentence: as its subject, as the subject of a clause within it, as
//! an object, or in a lesser place; and whether it tells of harm done to them.
//!
//! Who only speaks stands apart, and so do the police, unless harm is done to them.

use std::ops::Range;

use throughline_model::{SubjectKind, Variable};

use super::{APPOSITION, By, Cast, NAMED, Person};
use crate::say::incidents::lexicon::{Class as Small, Form, Frame as Attacking};
use crate::say::people::lexicon::{Class, Frame, Lexicon};

/// The place of somebody in a sentence, the likeliest to be "he" afterwards first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Subject,
    /// The subject of a clause that another one holds: "when X came".
    Clause,
    Object,
    /// A possessor, or behind a preposition.
    Other,
    /// Whoever tells the rest: "X said".
    Speaker,
}

/// Harm of which a sentence tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Harm {
    Hurt,
    Killed,
}

/// Somebody in a sentence.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    pub(super) person: Person,
    /// The words that stand for him here.
    pub(super) tokens: Range<usize>,
    pub(super) place: Place,
    pub(super) harm: Option<Harm>,
    /// Whether he does to others what is done in proceedings ("a judge acquitted X"), or speaks
    /// of others by his office.
    pub(super) official: bool,
}

impl Cast<'_, '_> {
    /// Whoever the words at a token stand for, in a sentence of which `before` has been read;
    /// and the token to go on at.
    pub(super) fn standing(
        &self,
        at: usize,
        sentence: Range<usize>,
        before: &mut [Standing],
    ) -> (Option<Standing>, usize) {
        let words = self.words;
        if let Some(name) = words.name_of(at, SubjectKind::Person) {
            let tokens = words.analysis.names[name].tokens.clone();
            let next = tokens.end.max(at + 1);
            let person = Person {
                head: tokens.end - 1,
                tokens: tokens.clone(),
                by: By::Name(name),
                sure: NAMED,
            };
            // "a third man, X,": the noun's place, and the name.
            if let Some(last) = before.last_mut()
                && last.tokens.end + 1 == tokens.start
                && words.lower(last.tokens.end) == ","
                && matches!(last.person.by, By::Noun { plural: false })
                && words.mark(tokens.end)
            {
                last.person = person;
                last.tokens.end = tokens.end;
                if self.speaks(&last.tokens, sentence.end) {
                    last.place = Place::Speaker;
                    last.official = self.in_office(&last.tokens, last.person.by);
                }
                return (None, next);
            }
            return (Some(self.placed(person, tokens, &sentence, before)), next);
        }
        // "a baby naming ceremony": nobody.
        let nouns = &words.analysis.seen;
        let plain = words.word(at + 1).is_none_or(|word| word.verbs.is_empty());
        let part = plain && nouns.is(at + 1, &["NOUN"])
            || words.lower(at + 1).ends_with("ing") && nouns.is(at + 2, &["NOUN"]);
        let noun = self.is_person(at)
            && !self.is_person(at + 1)
            && words.name(at + 1).is_none()
            && !(part && words.time(at + 1).is_none() && !words.mark(at + 1));
        if !noun {
            return (None, at + 1);
        }
        // An apposition to a name tells of it, not of another person.
        let apposed = before.last().is_some_and(|last| {
            matches!(last.person.by, By::Name(_))
                && words.lower(last.tokens.end) == ","
                && at < last.tokens.end + 12
                && (last.tokens.end..at).all(|token| !words.is(token, Small::Auxiliary))
        });
        if apposed {
            return (None, at + 1);
        }
        let phrase = words.left(at, sentence.start);
        let Some(person) = self.person(phrase.clone()) else { return (None, at + 1) };
        let police = self.is(at, Class::Police);
        let standing = self.placed(person, phrase, &sentence, before);
        ((!police || standing.harm.is_some()).then_some(standing), at + 1)
    }

    fn placed(
        &self,
        person: Person,
        tokens: Range<usize>,
        sentence: &Range<usize>,
        before: &[Standing],
    ) -> Standing {
        let words = self.words;
        let according = tokens.start.checked_sub(2).is_some_and(|at| {
            at >= sentence.start
                && words.lower(at) == "according"
                && words.lower(tokens.start - 1) == "to"
        });
        let place = if according { Place::Speaker } else { self.place(&tokens, sentence, before) };
        let harm = self.harm(&tokens, sentence, place);
        let official = match place {
            Place::Speaker => according || self.in_office(&tokens, person.by),
            Place::Subject | Place::Clause => self.prosecutes(tokens.end, sentence.end),
            Place::Object | Place::Other => false,
        };
        Standing { person, tokens, place, harm, official }
    }

    fn place(&self, phrase: &Range<usize>, sentence: &Range<usize>, held: &[Standing]) -> Place {
        let words = self.words;
        if self.speaks(phrase, sentence.end) {
            return Place::Speaker;
        }
        let owns = words.possessive(phrase.end - 1)
            || words.analysis.tokens.get(phrase.end).is_some_and(|token| token.lower == "'s");
        if owns {
            return Place::Other;
        }
        let verb = self.verb_behind(phrase.end, sentence.end);
        let Some(before) = phrase.start.checked_sub(1).filter(|&at| at >= sentence.start) else {
            return Place::Subject;
        };
        let lower = words.lower(before);
        if matches!(lower, "and" | "or" | "," | "nor")
            && let Some(last) = held.last()
            && before <= last.tokens.end + 1
            && before >= last.tokens.end
            && (lower != "," || !verb)
        {
            return last.place;
        }
        let opens = words.is(before, Small::Relative)
            || matches!(
                lower,
                "when"
                    | "while"
                    | "where"
                    | "because"
                    | "although"
                    | "though"
                    | "if"
                    | "whether"
                    | "since"
                    | "as"
                    | "after"
                    | "before"
                    | "until"
                    | "than"
                    | "unless"
            );
        if opens {
            return if verb { Place::Clause } else { Place::Other };
        }
        if words.is(before, Small::Preposition) && words.time(before).is_none() {
            return Place::Other;
        }
        let free = words.mark(before)
            || words.is(before, Small::Conjunction)
            || words.time(before).is_some()
            || words.adverb(before);
        if free {
            return if verb { Place::Subject } else { Place::Object };
        }
        let told = words.is(phrase.end, Small::Auxiliary) || words.is(phrase.end, Small::Modal);
        if told { Place::Clause } else { Place::Object }
    }

    /// Whether a verb stands behind a phrase, as far as small words and marks tell.
    fn verb_behind(&self, from: usize, end: usize) -> bool {
        let words = self.words;
        let at = self.behind_apposition(from, end);
        let noun = words.mark(at)
            || words.is(at, Small::Preposition)
            || words.is(at, Small::Conjunction)
            || words.time(at).is_some()
            || words.is(at, Small::Determiner) && !words.is(at, Small::Relative);
        at < end && !noun
    }

    /// The token behind a phrase, over what is added to it between commas.
    fn behind_apposition(&self, from: usize, end: usize) -> usize {
        let words = self.words;
        if words.lower(from) != "," || !(self.apposes(from + 1) || words.name(from + 1).is_some()) {
            return from;
        }
        let until = end.min(from + APPOSITION);
        let close = (from + 1..until).rev().find(|&token| words.lower(token) == ",");
        close.map_or(from, |close| close + 1)
    }

    /// The verb behind a subject, over small words, and whether it is passive.
    fn main_verb(&self, from: usize, end: usize) -> Option<(usize, bool)> {
        let words = self.words;
        let small = |at: usize| words.is(at, Small::Auxiliary) || words.adverb(at);
        let from = self.behind_apposition(from, end);
        let verb = (from..end.min(from + 5)).find(|&at| !small(at))?;
        let be = ["was", "were", "been", "is", "being", "be"];
        Some((verb, (from..verb).any(|at| be.contains(&words.lower(at)))))
    }

    /// Whether the verb behind a subject is one of proceedings, done to somebody else.
    fn prosecutes(&self, from: usize, end: usize) -> bool {
        let Some((verb, false)) = self.main_verb(from, end) else { return false };
        let word = Lexicon::get().word(self.words.lower(verb));
        word.is_some_and(|word| {
            word.acts.iter().any(|act| {
                act.variable == Variable::Procedure
                    && act.frame == Frame::Object
                    && act.form == Form::Past
            })
        }) && !self.words.mark(verb + 1)
            && !self.words.is(verb + 1, Small::Preposition)
    }

    /// The harm that the words around a phrase tell of.
    fn harm(&self, phrase: &Range<usize>, sentence: &Range<usize>, place: Place) -> Option<Harm> {
        let words = self.words;
        let of_word = |at: usize| -> Option<Harm> {
            if self.is(at, Class::HarmDead) {
                return Some(Harm::Killed);
            }
            let attacks = words.word(at).is_some_and(|word| {
                word.verbs
                    .iter()
                    .any(|verb| verb.frame == Attacking::Object && verb.form != Form::Base)
            });
            (self.is(at, Class::Harm) || attacks).then_some(Harm::Hurt)
        };
        match place {
            Place::Subject | Place::Clause => {
                let (verb, passive) = self.main_verb(phrase.end, sentence.end)?;
                let died = matches!(words.lower(verb), "died" | "perished");
                let dead = words.lower(verb + 1) == "dead";
                if dead && passive || died {
                    return Some(Harm::Killed);
                }
                of_word(verb).filter(|_| passive)
            }
            Place::Object => {
                let before = phrase.start.checked_sub(1).filter(|&at| at >= sentence.start)?;
                if words.lower(before) == "dead" {
                    return Some(Harm::Killed);
                }
                of_word(before)
            }
            Place::Other => {
                let small = phrase.start.checked_sub(1).filter(|&at| at > sentence.start);
                let noun = match small.map(|at| (at, words.lower(at))) {
                    Some((at, "of" | "on" | "against" | "at")) => at - 1,
                    _ => phrase.end + usize::from(!words.possessive(phrase.end - 1)),
                };
                if self.is(noun, Class::HarmNoun) {
                    return Some(Harm::Killed);
                }
                words.word(noun).and_then(|word| word.attack).map(|_| Harm::Hurt)
            }
            Place::Speaker => None,
        }
    }

    /// Whether somebody speaks rather than is spoken of: "X said", "said X".
    fn speaks(&self, phrase: &Range<usize>, end: usize) -> bool {
        let before = phrase.start.checked_sub(1).is_some_and(|at| self.is(at, Class::Spoke));
        let small = |at: usize| self.words.is(at, Small::Auxiliary) || self.words.adverb(at);
        let from = self.behind_apposition(phrase.end, end);
        let verb = (from..end.min(from + 4)).find(|&at| !small(at));
        before || verb.is_some_and(|verb| self.is(verb, Class::Spoke))
    }

    /// Whether somebody who speaks has an office, and so speaks of others: "the governor said",
    /// "spokesman X said".
    fn in_office(&self, phrase: &Range<usize>, by: By) -> bool {
        let words = self.words;
        let office = |at: usize| {
            self.is(at, Class::Police)
                || matches!(
                    words.lower(at),
                    "governor"
                        | "judge"
                        | "magistrate"
                        | "prosecutor"
                        | "minister"
                        | "mayor"
                        | "chief"
                        | "spokesman"
                        | "spokeswoman"
                        | "spokesperson"
                        | "lawyer"
                        | "official"
                        | "coroner"
                        | "investigator"
                        | "commissioner"
                        | "prefect"
                        | "superintendent"
                        | "inspector"
                        | "president"
                )
        };
        let role = match by {
            By::Name(name) => words.analysis.names[name].role.clone(),
            By::Noun { .. } => None,
        };
        phrase.clone().chain(role.into_iter().flatten()).any(office)
    }
}
