//! How things stand with people, told without a verb of proceedings: "is dead", "is in
//! custody", "a warrant for the arrest of X", "the charges against X were dropped".

use throughline_model::Variable;

use super::People;
use super::cast::By;
use super::clause::{self, Verb, Voice};
use super::lexicon::Class;
use super::proceedings::meanings::in_custody;
use super::proceedings::owner;
use crate::analysis::Sentence;
use crate::say::incidents::lexicon::{Class as Small, Form};

pub(super) fn say(people: &mut People<'_, '_, '_>, sentence: &Sentence) {
    held(people, sentence);
    found_dead(people, sentence);
    warrants(people, sentence);
}

/// "the gunman is in custody", "X remains in custody"; not "was not in custody".
fn held(people: &mut People<'_, '_, '_>, sentence: &Sentence) {
    let words = people.words;
    for at in people.free(sentence).filter(|&at| words.lower(at) == "custody") {
        if at < sentence.tokens.start + 3 || words.lower(at - 1) != "in" {
            continue;
        }
        let verb = at - 2;
        let be = ["is", "are", "was", "were", "remains", "remained", "held"];
        if !be.contains(&words.lower(verb)) {
            continue;
        }
        let told = Verb::read(words, sentence, verb, Form::Past);
        if !told.told() || words.lower(verb) == "held" && !told.is(Voice::Passive) {
            continue;
        }
        for person in people.cast.before(told.active(), sentence) {
            people.term(at, &person, Variable::Procedure, "arrested");
        }
    }
}

/// "X is dead", "X was found dead in his cell"; not "X is not dead", "30 people are dead".
fn found_dead(people: &mut People<'_, '_, '_>, sentence: &Sentence) {
    let words = people.words;
    for at in people.free(sentence).filter(|&at| words.lower(at) == "dead") {
        let Some(verb) = at.checked_sub(1).filter(|&verb| verb > sentence.tokens.start) else {
            continue;
        };
        if !matches!(words.lower(verb), "is" | "was" | "found" | "are" | "were") {
            continue;
        }
        let told = Verb::read(words, sentence, verb, Form::Past);
        if !told.told() || words.lower(verb) == "found" && !told.is(Voice::Passive) {
            continue;
        }
        let term = if in_custody(people, sentence, at) { "died-in-custody" } else { "dead" };
        for person in people.cast.before(told.active(), sentence) {
            if !matches!(person.by, By::Noun { plural: true }) {
                people.term(at, &person, Variable::Fate, term);
            }
        }
    }
}

/// "a warrant for the arrest of X" seeks X; "charges against X were dropped", "the conviction
/// of X was quashed". Not "a warrant was refused", "the charges against X were read".
fn warrants(people: &mut People<'_, '_, '_>, sentence: &Sentence) {
    let words = people.words;
    for at in people.free(sentence) {
        let before = |back: usize| at.checked_sub(back).map_or("", |at| words.lower(at));
        let (term, from) = match words.lower(at) {
            // "detectives want to question X", "a manhunt is under way for X".
            "question" | "interview" | "trace" | "find"
                if before(1) == "to"
                    && matches!(before(2), "want" | "wants" | "wanted" | "keen" | "hope")
                    && at >= sentence.tokens.start + 3
                    && wants(people, at - 3) =>
            {
                ("sought", at + 1)
            }
            "manhunt" | "search" | "hunt" => {
                let near = at + 1..sentence.tokens.end.min(at + 6);
                let hunted = words.lower(at) == "manhunt"
                    || (sentence.tokens.start..at).any(|at| people.cast.is(at, Class::Police));
                let noun = at.checked_sub(1).is_some_and(|at| words.is(at, Small::Determiner));
                let Some(cue) = near.into_iter().find(|&at| words.lower(at) == "for") else {
                    continue;
                };
                if !hunted || !noun {
                    continue;
                }
                ("sought", cue + 1)
            }
            "warrant" | "warrants" => {
                let near = (at + 1..sentence.tokens.end.min(at + 5))
                    .find(|&token| matches!(words.lower(token), "arrest" | "against" | "for"));
                let Some(near) = near else { continue };
                let arrest = (near..near + 3).find(|&token| words.lower(token) == "arrest");
                ("sought", arrest.map_or(near + 1, |arrest| arrest + 2))
            }
            "charge" | "charges" | "case" | "prosecution" | "indictment" | "proceedings"
                if matches!(words.lower(at + 1), "against" | "of") =>
            {
                ("dropped", at + 2)
            }
            "conviction" | "sentence" | "verdict" => {
                let of = matches!(words.lower(at + 1), "of" | "against");
                ("quashed", at + 1 + usize::from(of))
            }
            _ => continue,
        };
        let mut persons = people.cast.after(from, sentence.tokens.end);
        let mut last = persons.last().map_or(from, |person| person.tokens.end.max(from));
        if persons.is_empty() {
            // "Harko's conviction was quashed".
            persons.extend(owner(people, at, sentence.tokens.start).filter(|_| term == "quashed"));
            last = at + 1;
        }
        let ended = match term {
            "sought" => true,
            "dropped" => {
                then(people, sentence, last, &["dropped", "withdrawn", "abandoned", "dismissed"])
            }
            _ => quashed(people, sentence, at, last),
        };
        if !ended {
            continue;
        }
        for person in persons {
            people.term(at, &person, Variable::Procedure, term);
        }
    }
}

/// Whether police or the like stand at a token.
fn wants(people: &People<'_, '_, '_>, at: usize) -> bool {
    people.cast.is(at, Class::Police)
        || people.words.is(at, Small::Force)
        || matches!(people.words.lower(at), "investigators" | "prosecutors")
}

/// What is done to a conviction that does not stand.
pub(super) const UNDONE: [&str; 4] = ["quashed", "overturned", "annulled", "reversed"];

/// Whether a conviction is told of as undone: "the conviction of X for the bombing was quashed", "the
/// court overturned X's conviction". `last` is where the words on whose it is end.
pub(super) fn quashed(
    people: &People<'_, '_, '_>,
    sentence: &Sentence,
    noun: usize,
    last: usize,
) -> bool {
    const NEAR: usize = 8;
    let words = people.words;
    let before = sentence.tokens.start.max(noun.saturating_sub(NEAR))..noun;
    let by_court = |token: usize| {
        let verb = Verb::read(words, sentence, token, Form::Past);
        UNDONE.contains(&words.lower(token)) && verb.told() && verb.is(Voice::Active)
    };
    then(people, sentence, last, &UNDONE) || before.into_iter().any(by_court)
}

/// Whether "was dropped" or the like follows, and is said to have happened.
fn then(people: &People<'_, '_, '_>, sentence: &Sentence, from: usize, verbs: &[&str]) -> bool {
    const NEAR: usize = 24;
    let words = people.words;
    let end = clause::clause_end(words, from, sentence.tokens.end).min(from + NEAR);
    (from..end).any(|token| {
        verbs.contains(&words.lower(token)) && Verb::read(words, sentence, token, Form::Past).told()
    })
}
