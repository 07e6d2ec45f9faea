//! A verb and what stands around it: whether it is said to have happened, whether it is
//! passive, and where its subject ends and its object begins.

use std::ops::Range;

use crate::analysis::{Sentence, Shape};
use crate::say::incidents::lexicon::{Class, Form};
use crate::say::words::Words;

/// How what a verb tells is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    /// As having happened.
    Told,
    /// As not having happened: "was not arrested", "never travelled".
    Negated,
    /// As asked: "whether he had travelled".
    Asked,
    /// As wanted, possible or on a condition: "could be charged", "to be tried".
    Unreal,
}

/// Where the person stands whom a verb is said of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    /// "was arrested"; also "the man arrested on Tuesday".
    Passive,
    /// "police arrested".
    Active,
}

/// A verb form in its sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Verb {
    pub(super) mood: Mood,
    /// `None` where the form is a noun, or a mere wish.
    pub(super) voice: Option<Voice>,
    pub(super) lead: Lead,
}

/// Where the subject of a verb ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lead {
    /// The first token of the verb's small words: "had" in "had not yet been arrested".
    pub(super) opening: usize,
    /// Whether the verb tells one: "was", "has".
    pub(super) singular: bool,
    /// Whether a participle stands alone: "a man accused of", "X, arrested on Monday,".
    pub(super) reduced: bool,
}

impl Verb {
    /// Reads the words before the verb at a token.
    pub(super) fn read(words: &Words<'_>, sentence: &Sentence, at: usize, form: Form) -> Verb {
        let opening = opening(words, at, sentence.tokens.start);
        let voice = voice(words, sentence, at, form);
        let held =
            |lower: &[&str]| (opening..at + 1).any(|token| lower.contains(&words.lower(token)));
        let finite = ["was", "were", "is", "are", "been", "be", "got", "has", "have", "had"];
        let lead = Lead {
            opening,
            singular: held(&["was", "has", "is"]),
            reduced: voice == Some(Voice::Passive) && !held(&finite),
        };
        Verb { mood: mood(words, sentence, at, form), voice, lead }
    }

    /// Its subject's end, for a verb that has no passive: "Harko, a cook, died of his wounds".
    pub(super) fn active(self) -> Lead {
        Lead { reduced: false, ..self.lead }
    }

    /// Whether it is told as having happened.
    pub(super) fn told(self) -> bool {
        self.mood == Mood::Told
    }

    /// Whether it is told that somebody did it, or that it was done to somebody.
    pub(super) fn is(self, voice: Voice) -> bool {
        self.voice == Some(voice)
    }
}

/// How far back the small words of a verb are followed, and a condition.
const NEAR: usize = 7;
const FAR: usize = 14;

/// The first token of the small words before a verb: "had" in "had not yet been arrested".
pub(super) fn opening(words: &Words<'_>, verb: usize, floor: usize) -> usize {
    let floor = floor.max(verb.saturating_sub(NEAR));
    let mut at = verb;
    while at > floor && small(words, at - 1) {
        at -= 1;
    }
    at
}

/// Words that stand between a subject and its verb: auxiliaries, negations, adverbs, times.
fn small(words: &Words<'_>, token: usize) -> bool {
    let lower = words.lower(token);
    words.name(token).is_none()
        && !words.mark(token)
        && (words.is(token, Class::Auxiliary)
            || words.is(token, Class::Modal)
            || words.is(token, Class::Negation) && !matches!(lower, "without" | "no" | "nor")
            || words.time(token).is_some()
            || words.adverb(token)
            || matches!(
                lower,
                "to" | "both"
                    | "all"
                    | "n't"
                    | "said"
                    | "believed"
                    | "thought"
                    | "known"
                    | "reported"
                    | "understood"
                    | "appears"
                    | "appeared"
                    | "seems"
                    | "seemed"
                    | "alleged"
            ))
}

/// How the verb at `verb` is put.
fn mood(words: &Words<'_>, sentence: &Sentence, verb: usize, form: Form) -> Mood {
    let floor = sentence.tokens.start;
    let opening = opening(words, verb, floor);
    let mut to = false;
    let mut have = false;
    for token in (opening..verb).rev() {
        let lower = words.lower(token);
        if words.is(token, Class::Modal) {
            return Mood::Unreal;
        }
        if words.is(token, Class::Negation) || lower == "n't" {
            return Mood::Negated;
        }
        have |= !to && lower == "have";
        to |= lower == "to";
    }
    // "is said to have been arrested" tells, "is to be arrested" and "wants to visit" do not.
    if to && !have {
        return Mood::Unreal;
    }
    let before = opening.checked_sub(1).filter(|&before| before >= floor);
    if form == Form::Ing && before.is_some_and(|at| unreal_before_ing(words, at)) {
        return Mood::Unreal;
    }
    // "must receive a life term when he is sentenced": what is to come.
    let present = (opening..verb).any(|at| matches!(words.lower(at), "is" | "are"));
    for token in (floor.max(opening.saturating_sub(FAR))..opening).rev() {
        if words.mark(token) {
            break;
        }
        let to_come = present && token + 4 >= opening;
        if to_come && matches!(words.lower(token), "when" | "once" | "after" | "before" | "till") {
            return Mood::Unreal;
        }
        match words.lower(token) {
            "if" | "unless" | "until" | "lest" | "should" => return Mood::Unreal,
            "whether" => return Mood::Asked,
            "nobody" | "none" | "neither" | "denied" | "denies" => return Mood::Negated,
            "no" if token + 3 >= opening => return Mood::Negated,
            _ => {}
        }
    }
    Mood::Told
}

/// "without arresting", "of arresting" (capable, accused), "denied killing".
fn unreal_before_ing(words: &Words<'_>, token: usize) -> bool {
    matches!(
        words.lower(token),
        "without"
            | "denied"
            | "denies"
            | "considered"
            | "suggested"
            | "avoid"
            | "from"
            | "against"
            | "of"
            | "about"
            | "for"
            | "not"
            | "before"
            | "to"
    )
}

/// Whether the person is what the verb does something to, from the words before it; `None`
/// where the form is a noun, or a mere wish.
fn voice(words: &Words<'_>, sentence: &Sentence, verb: usize, form: Form) -> Option<Voice> {
    let floor = sentence.tokens.start;
    let opening = opening(words, verb, floor);
    // "is said to have confessed": what follows "to" tells.
    let to = (opening..verb).rev().find(|&token| words.lower(token) == "to");
    let be = (to.unwrap_or(opening)..verb).any(|token| {
        matches!(
            words.lower(token),
            "was" | "were" | "been" | "be" | "being" | "is" | "are" | "got" | "am"
        )
    });
    match form {
        Form::Past if be => Some(Voice::Passive),
        Form::Past => {
            let have = (opening..verb)
                .any(|token| matches!(words.lower(token), "has" | "have" | "had" | "having"));
            if !have && reduced(words, verb, sentence.tokens.end) {
                Some(Voice::Passive)
            } else {
                Some(Voice::Active)
            }
        }
        Form::Ing => Some(Voice::Active),
        Form::Base => {
            let capital = words.analysis.tokens[verb].shape != Shape::Lower;
            let noun = opening.checked_sub(1).is_none_or(|before| {
                before < floor
                    || words.is(before, Class::Determiner)
                    || words.possessive(before)
                    || words.is(before, Class::Preposition)
                    || words.mark(before)
            });
            // "Anna Vell, 22, faces a charge".
            let third = words.lower(verb).ends_with('s') && words.analysis.seen.verb(verb);
            ((!noun || third) && !capital).then_some(Voice::Active)
        }
    }
}

/// Whether a past form without auxiliary has no object, so that it stands for a passive:
/// "the man arrested on Tuesday", "X, convicted of murder,".
fn reduced(words: &Words<'_>, verb: usize, end: usize) -> bool {
    let next = verb + 1;
    if next >= end || words.mark(next) && words.lower(next) != "\"" || words.time(next).is_some() {
        return true;
    }
    // "who stabbed and wounded a guard": the object stands behind the second verb.
    let second = next + 1;
    let harms = words.is(second, Class::Killing)
        || words
            .word(second)
            .is_some_and(|word| word.verbs.iter().any(|verb| verb.form == Form::Past));
    if words.lower(next) == "and" && harms {
        return reduced(words, second, end);
    }
    words.is(next, Class::Preposition) || words.is(next, Class::Conjunction) || words.adverb(next)
}

/// The end of the clause that begins at `from`: the next mark, or word that opens another
/// one, at most two dozen tokens on.
pub(super) fn clause_end(words: &Words<'_>, from: usize, end: usize) -> usize {
    let end = end.min(from + 24);
    let stops = |&token: &usize| {
        let anew = words.lower(token) == "and"
            && (words.is(token + 1, Class::Auxiliary)
                || words.is(token + 1, Class::Pronoun)
                || words.is(token + 1, Class::OtherVerb) && words.name(token + 1).is_none());
        anew || words.mark(token) && !words.quote(token)
            || matches!(words.lower(token), "but" | "while" | "who" | "which" | "when" | "after")
    };
    (from..end).find(stops).unwrap_or(end)
}

/// The token after a verb and its particle, and whether an object stands between; `None`
/// if the particle is missing.
pub(super) fn particle(
    words: &Words<'_>,
    verb: usize,
    end: usize,
    particle: Option<&str>,
) -> Option<(usize, Range<usize>)> {
    let Some(particle) = particle else { return Some((verb + 1, verb + 1..verb + 1)) };
    let count = particle.split(' ').count();
    let stands = |from: usize| {
        from + count <= end
            && particle.split(' ').enumerate().all(|(at, part)| words.lower(from + at) == part)
    };
    for from in verb + 1..end.min(verb + 9) {
        if stands(from) {
            return Some((from + count, verb + 1..from));
        }
        if words.mark(from) {
            return None;
        }
    }
    None
}
