//! Accusations that were wrong: "a man wrongly accused of being the attacker", "falsely
//! named as the bomber", "mistaken for", "had nothing to do with the attack".
//!
//! Must not fire on what a person says of himself: "Harko said he had nothing to do with
//! it" clears nobody.

use throughline_model::{MentionId, Variable, Voice as By};

use super::cast::{By as Known, Person};
use super::clause::{self, Verb, Voice};
use super::lexicon::Class;
use super::{People, has};
use crate::analysis::Sentence;
use crate::say::incidents::lexicon::Form;

/// How near a verb of saying must stand to make a denial of it, in tokens.
const NEAR: usize = 24;

pub(super) fn say(people: &mut People<'_, '_, '_>, sentence: &Sentence) {
    for at in people.free(sentence) {
        if people.cast.is(at, Class::Wrongly) {
            wrongly(people, sentence, at);
        }
        match people.words.lower(at) {
            "mistake" | "error" if at > sentence.tokens.start + 1 => {
                by_mistake(people, sentence, at);
            }
            "mistaken" if people.words.lower(at + 1) == "for" => mistaken(people, sentence, at),
            "had" | "has" | "was" | "is" | "played" => no_part(people, sentence, at),
            _ => {}
        }
    }
}

/// "wrongly accused", "accused wrongly", "was falsely named as"; active too: "papers wrongly
/// named X as the gunman". Not "rightly accused", "wrongly believed that".
fn wrongly(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize) {
    let words = people.words;
    let verb = if people.cast.is(at + 1, Class::Accusing) {
        at + 1
    } else if at > sentence.tokens.start && people.cast.is(at - 1, Class::Accusing) {
        at - 1
    } else {
        return;
    };
    let lower = words.lower(verb);
    let form = if lower.ends_with("ing") { Form::Ing } else { Form::Past };
    let told = Verb::read(words, sentence, verb, form);
    if !told.told() {
        return;
    }
    let term = if people.cast.is(verb, Class::Justice) { "cleared" } else { "misidentified" };
    let after = verb.max(at) + 1;
    let passive = told.is(Voice::Passive)
        || matches!(words.lower(after), "of" | "as" | "by" | "in" | "for" | "on");
    let persons = if passive {
        people.cast.before(told.lead, sentence)
    } else {
        named_for(people, sentence, people.cast.after(after, sentence.tokens.end))
    };
    for person in persons {
        people.term(verb, &person, Variable::Cleared, term);
    }
}

/// Who is wrongly named: of "identified the gunman as X" X, of "named X as the gunman" X as well.
fn named_for(
    people: &People<'_, '_, '_>,
    sentence: &Sentence,
    persons: Vec<Person>,
) -> Vec<Person> {
    const NEAR: usize = 14;
    let [described] = persons.as_slice() else { return persons };
    let from = described.tokens.end;
    let end = sentence.tokens.end;
    let named = matches!(described.by, Known::Name(_));
    let as_whom = (from..end.min(from + NEAR))
        .find(|&at| people.words.lower(at) == "as")
        .map(|at| people.cast.after(at + 1, end))
        .unwrap_or_default();
    let other = as_whom.into_iter().find(|person| matches!(person.by, Known::Name(_)));
    match other {
        Some(other) if !named => vec![other],
        _ => persons,
    }
}

/// Whether a verb of accusing is said to have been in error: "wrongly named X", "named X as the bomber in
/// error".
pub(super) fn in_error(people: &People<'_, '_, '_>, sentence: &Sentence, verb: usize) -> bool {
    let beside = [verb.wrapping_sub(1), verb + 1];
    let wrongly =
        |token: usize| token < people.words.len() && people.cast.is(token, Class::Wrongly);
    beside.into_iter().any(wrongly)
        || (verb + 1..sentence.tokens.end)
            .any(|at| accused_by_mistake(people, sentence, at) == Some(verb))
}

/// The verb of accusing that "by mistake" or "in error" at a token is of, over what stands between.
fn accused_by_mistake(
    people: &People<'_, '_, '_>,
    sentence: &Sentence,
    at: usize,
) -> Option<usize> {
    const LONGEST: usize = 20;
    let words = people.words;
    let mistake = matches!(words.lower(at), "mistake" | "error")
        && matches!(words.lower(at.checked_sub(1)?), "by" | "in");
    let floor = sentence.tokens.start.max(at.saturating_sub(LONGEST));
    let ends = |token: usize| {
        matches!(
            words.lower(token),
            ";" | ":"
                | "and"
                | "but"
                | "who"
                | "which"
                | "after"
                | "before"
                | "of"
                | "how"
                | "that"
        )
    };
    (floor..at - 1)
        .rev()
        .take_while(|&token| !ends(token))
        .find(|&token| people.cast.is(token, Class::Accusing))
        .filter(|_| mistake)
}

/// "X was arrested by mistake", "in mistake for the attacker", "named X as the bomber in error"; not "fired
/// by mistake".
fn by_mistake(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize) {
    let words = people.words;
    let Some(accusing) = accused_by_mistake(people, sentence, at) else { return };
    let verb = Verb::read(words, sentence, accusing, Form::Past);
    if !verb.told() {
        return;
    }
    let persons = match verb.is(Voice::Passive) {
        true => people.cast.before(verb.lead, sentence),
        false => people.cast.after(accusing + 1, sentence.tokens.end),
    };
    let term = if people.cast.is(accusing, Class::Justice) { "cleared" } else { "misidentified" };
    for person in persons {
        people.term(at, &person, Variable::Cleared, term);
    }
}

/// "X was mistaken for the attacker".
fn mistaken(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize) {
    let words = people.words;
    let phrase = words.right(at + 2, sentence.tokens.end);
    let attacker = phrase.clone().any(|token| people.cast.is_attacker(token));
    let verb = Verb::read(words, sentence, at, Form::Past);
    if !attacker || !verb.told() {
        return;
    }
    for person in people.cast.before(verb.lead, sentence) {
        people.term(at, &person, Variable::Cleared, "misidentified");
    }
}

/// "had nothing to do with the attack", "had no part in", "was not involved in", "was
/// innocent of"; not "had no part in the talks", where no incident follows.
fn no_part(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize) {
    let words = people.words;
    let next = [words.lower(at + 1), words.lower(at + 2), words.lower(at + 3)];
    let suspected = matches!(words.lower(at + 4), "suspect" | "suspected" | "wanted")
        || matches!(next[2], "suspected" | "wanted" | "sought");
    let released = matches!(next, ["no", "longer", _]) && suspected;
    let from = match next {
        ["no", "longer", _] if released => at + 3,
        ["nothing", "to", "do"] => at + 4,
        ["no", "part" | "role" | "hand" | "share" | "involvement", "in"] => at + 3,
        ["not", "involved", "in"] => at + 3,
        ["innocent", "of", _] => at + 2,
        _ => return,
    };
    let end = clause::clause_end(words, from, sentence.tokens.end);
    let of_attack = people.deeds.in_tokens(from..end).next().is_some()
        || has(words, from..end, &["it", "crime", "outrage"]);
    let verb = Verb::read(words, sentence, at, Form::Past);
    // "no" belongs to "longer" there.
    let told = verb.told() || released;
    if !(of_attack || released) || !told {
        return;
    }
    // His own word is a denial, and clears nobody.
    if own_word(people, sentence, verb.lead.opening) {
        return;
    }
    for person in people.cast.before(verb.lead, sentence) {
        let mention = people.mention(&person);
        if !speaks(people, at, mention) {
            people.term(at, &person, Variable::Cleared, "cleared");
        }
    }
}

/// "he" right behind or before a verb of saying in the same sentence: "X said he had", "he
/// had nothing to do with it, X said".
fn own_word(people: &People<'_, '_, '_>, sentence: &Sentence, opening: usize) -> bool {
    let words = people.words;
    let pronoun = opening
        .checked_sub(1)
        .is_some_and(|at| matches!(words.lower(at), "he" | "she" | "i" | "they"));
    let near = sentence.tokens.start.max(opening.saturating_sub(NEAR))
        ..sentence.tokens.end.min(opening + NEAR);
    pronoun && near.into_iter().any(|token| people.cast.is(token, Class::Spoke))
}

/// Whether a person is the one who says what stands at a token.
fn speaks(people: &mut People<'_, '_, '_>, at: usize, person: MentionId) -> bool {
    let speakers = people.builder.speakers(at);
    speakers.iter().any(|speaker| match speaker.voice {
        By::Mention(voice) => voice == person || people.builder.same(voice, person),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use crate::say::people::testing::check;

    #[test]
    fn accusations_that_were_wrong() {
        check(
            "Channels shared pictures of a man wrongly accused of being the attacker.",
            &["a man cleared: misidentified"],
        );
        check(
            "A bomb exploded in Varna. Emil Harko had nothing to do with the bombing.",
            &["Emil Harko cleared: cleared"],
        );
    }

    #[test]
    fn taken_for_another() {
        check(
            "A foreigner was arrested in mistake for him and has been released.",
            &[
                "A foreigner procedure: arrested",
                "A foreigner procedure: released",
                "A foreigner cleared: misidentified",
            ],
        );
    }

    #[test]
    fn his_own_word_clears_nobody() {
        check(
            "A bomb exploded in Varna. Emil Harko said he had nothing to do with the bombing.",
            &[],
        );
    }
}
