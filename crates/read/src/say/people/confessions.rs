//! What people admit, in the words of the text.

use throughline_model::{Stance, Value, Variable};

use super::clause::{self, Verb, Voice};
use super::lexicon::Class;
use super::{People, parts};
use crate::analysis::Sentence;
use crate::say::incidents::lexicon::Form;

/// "confessed to the murder", "admitted that he …", "made a full confession"; not
/// "refused to confess", "the paper admitted that".
pub(super) fn say(people: &mut People<'_, '_, '_>, sentence: &Sentence) {
    let words = people.words;
    for at in people.free(sentence) {
        if matches!(words.lower(at), "told" | "tells") {
            in_court(people, sentence, at);
        }
        let noun = words.lower(at) == "confession" && made(people, sentence, at).is_some();
        if !noun && !people.cast.is(at, Class::Confess) {
            continue;
        }
        let verb = if noun { made(people, sentence, at).unwrap_or(at) } else { at };
        let next = words.lower(at + 1);
        let fits = match words.lower(at) {
            "confessed" | "confesses" | "confession" => true,
            "pleaded" | "pled" => next == "guilty",
            "owned" => next == "that" || next == "to",
            _ => {
                matches!(
                    next,
                    "that"
                        | "to"
                        | "having"
                        | "killing"
                        | "being"
                        | "his"
                        | "her"
                        | "responsibility"
                ) || next.ends_with("ing")
            }
        };
        let told = Verb::read(words, sentence, verb, Form::Past);
        if !fits
            || !told.told()
            || told.voice.is_none()
            || told.is(Voice::Passive) && !told.lead.reduced
        {
            continue;
        }
        let end = clause::clause_end(words, at, sentence.tokens.end);
        let text = people.builder.text(verb..end.max(at + 1));
        let deed = people.deeds.in_tokens(at + 1..end.max(at + 1)).find(|deed| !deed.set);
        let deed = deed.map(|deed| deed.mention);
        for person in people.cast.before(told.active(), sentence) {
            let value = Value::Text(text.clone());
            people.say(at, &person, Variable::Confession, None, value);
            if let Some(deed) = deed {
                parts::own_word(people, at, &person, deed, Stance::Asserted);
            }
        }
    }
}

/// "Harko told the court that he had placed the bomb"; not "that he had not", "that he had
/// been in Varna", "told his wife".
fn in_court(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize) {
    const HEARERS: [&str; 10] = [
        "court",
        "jury",
        "judge",
        "judges",
        "police",
        "magistrate",
        "magistrates",
        "tribunal",
        "detectives",
        "investigators",
    ];
    const DEEDS: [&str; 8] =
        ["planted", "placed", "laid", "built", "made", "carried", "detonated", "committed"];
    let words = people.words;
    let end = sentence.tokens.end;
    let told = Verb::read(words, sentence, at, Form::Past);
    if !told.told() || !told.is(Voice::Active) {
        return;
    }
    let until = end.min(at + 6);
    let Some(hearer) = (at + 1..until).find(|&token| HEARERS.contains(&words.lower(token))) else {
        return;
    };
    let mut own = hearer + 1 + usize::from(words.lower(hearer + 1) == "that");
    if !matches!(words.lower(own), "he" | "she") {
        return;
    }
    own += 1;
    own += usize::from(words.lower(own) == "had");
    own += usize::from(words.lower(own) == "himself");
    let deed = DEEDS.contains(&words.lower(own))
        || words
            .word(own)
            .is_some_and(|word| word.verbs.iter().any(|verb| verb.form == Form::Past));
    let rest = clause::clause_end(words, own, end);
    // "made a mistake", "placed his trust": an attack or its means must follow.
    let of_attack = (own + 1..rest).any(|token| {
        words.word(token).is_some_and(|word| word.attack.is_some() || word.weapon.is_some())
    });
    if !deed || !of_attack {
        return;
    }
    let text = people.builder.text(at..rest.max(at + 1));
    for person in people.cast.before(told.active(), sentence) {
        let value = Value::Text(text.clone());
        people.say(at, &person, Variable::Confession, None, value);
    }
}

/// The verb of "made a full confession".
fn made(people: &People<'_, '_, '_>, sentence: &Sentence, noun: usize) -> Option<usize> {
    let from = sentence.tokens.start.max(noun.saturating_sub(4));
    (from..noun).find(|&token| matches!(people.words.lower(token), "made" | "signed" | "gave"))
}
