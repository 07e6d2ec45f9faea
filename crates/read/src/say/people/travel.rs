//! Where people went, by the verbs of `resources/say/travel.txt`; one assertion a place.
//!
//! Fires on "whether Harko had travelled to Norland or Estoria" (asked: the stance makes it
//! unknown), "Harko never visited Norland" (no); must not on "Harko planned to travel to
//! Norland", "the news travelled to Norland".

use throughline_model::{Answer, SubjectKind, Value, Variable};

use super::People;
use super::clause::{Mood, Verb, Voice};
use super::lexicon::Lexicon;
use crate::analysis::Sentence;
use crate::say::incidents::lexicon::{Class as Small, Form};

pub(super) fn say(people: &mut People<'_, '_, '_>, sentence: &Sentence) {
    for at in people.free(sentence) {
        let goings = Lexicon::get().word(people.words.lower(at)).map(|word| &word.goings);
        let Some(goings) = goings.filter(|goings| !goings.is_empty()) else { continue };
        for going in goings {
            let Some(from) = before_place(people, sentence, at, going.before) else { continue };
            let places = places(people, from, sentence.tokens.end);
            let verb = Verb::read(people.words, sentence, at, going.form);
            // "been in Norland" counts only as a perfect: "was in Norland" is where he lives.
            let been = going.before == "in to";
            let perfect = people.words.lower(at) == "been";
            // "a commuter train in Norland": in its base form a verb has many before it.
            let before = at.checked_sub(1).map_or("", |before| people.words.lower(before));
            let base = going.form == Form::Base
                && !(before.ends_with('s')
                    || matches!(before, "to" | "they" | "we" | "men" | "not"))
                && !at.checked_sub(1).is_some_and(|before| people.words.is(before, Small::Modal));
            let passive = verb.is(Voice::Passive) && !been && going.before == "-";
            if places.is_empty() || verb.voice.is_none() || base || passive || (been && !perfect) {
                continue;
            }
            went(people, sentence, at, verb, &places);
            break;
        }
    }
}

fn went(
    people: &mut People<'_, '_, '_>,
    sentence: &Sentence,
    at: usize,
    verb: Verb,
    places: &[usize],
) {
    let answer = match verb.mood {
        Mood::Told => Answer::Yes,
        Mood::Asked => Answer::Unknown,
        Mood::Negated => Answer::No,
        Mood::Unreal => return,
    };
    for person in people.cast.before(verb.active(), sentence) {
        for &place in places {
            let party = people.builder.name(place);
            let value = Value::Answer(answer);
            people.say(at, &person, Variable::TravelledTo, Some(party), value);
        }
    }
}

/// The token after the small word that must stand before the place; adverbs and one short
/// phrase may stand between: "travelled twice to", "spent a year in".
fn before_place(
    people: &People<'_, '_, '_>,
    sentence: &Sentence,
    verb: usize,
    before: &str,
) -> Option<usize> {
    let words = people.words;
    if before == "-" {
        let skip = usize::from(words.is(verb + 1, Small::Determiner));
        return Some(verb + 1 + skip);
    }
    let end = sentence.tokens.end.min(verb + 7);
    for token in verb + 1..end {
        if before.split(' ').any(|word| word == words.lower(token)) {
            return Some(token + 1 + usize::from(words.is(token + 1, Small::Determiner)));
        }
        let held = words.mark(token)
            || words.is(token, Small::OtherVerb)
            || words.is(token, Small::Conjunction)
            || words.name(token).is_some();
        if held {
            return None;
        }
    }
    None
}

/// "Norland", "Norland or Estoria", "Norland, Estoria and Vasland".
fn places(people: &People<'_, '_, '_>, from: usize, end: usize) -> Vec<usize> {
    let words = people.words;
    let mut places = Vec::new();
    let mut at = from;
    while at < end
        && let Some(place) = words.name_of(at, SubjectKind::Place)
    {
        places.push(place);
        at = words.analysis.names[place].tokens.end;
        while at < end && matches!(words.lower(at), "," | "or" | "and" | "to" | "then") {
            at += 1;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use crate::say::people::testing::check;

    #[test]
    fn one_answer_a_place() {
        check(
            "It is unclear whether Harko had travelled to Iraq or Syria.",
            &["Harko travelled-to [Iraq]: unknown", "Harko travelled-to [Syria]: unknown"],
        );
        check("Emil Harko never visited Syria.", &["Emil Harko travelled-to [Syria]: no"]);
        check("Emil Harko had returned from Syria.", &["Emil Harko travelled-to [Syria]: yes"]);
    }

    #[test]
    fn a_plan_is_no_journey() {
        check("Emil Harko planned to travel to Syria.", &[]);
    }
}
