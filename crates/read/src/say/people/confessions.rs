//! What people admit, in the words of the text.

use throughline_model::{Value, Variable};

use super::People;
use super::clause::{self, Verb, Voice};
use super::lexicon::Class;
use crate::analysis::Sentence;
use crate::say::incidents::lexicon::Form;

/// "confessed to the murder", "admitted that he …", "made a full confession"; not
/// "refused to confess", "the paper admitted that".
pub(super) fn say(people: &mut People<'_, '_, '_>, sentence: &Sentence) {
    let words = people.words;
    for at in people.free(sentence) {
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
        for person in people.cast.before(told.active(), sentence) {
            let value = Value::Text(text.clone());
            people.say(at, &person, Variable::Confession, None, value);
        }
    }
}

/// The verb of "made a full confession".
fn made(people: &People<'_, '_, '_>, sentence: &Sentence, noun: usize) -> Option<usize> {
    let from = sentence.tokens.start.max(noun.saturating_sub(4));
    (from..noun).find(|&token| matches!(people.words.lower(token), "made" | "signed" | "gave"))
}
