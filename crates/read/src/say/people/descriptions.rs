//! What a named person is said to be beside the name: role, affiliation, age.
//!
//! Fires on "Kyle Verhulst, Baltic analyst at the Institute for Records", "Emil Harko, 34,",
//! "Emil Harko, a 34-year-old carpenter,"; must not on "Emil Harko, 34 people said".

use std::ops::Range;

use throughline_model::{Answer, Figure, SubjectKind, Value, Variable, ZoneRole};

use super::People;
use super::cast::{By, Person};
use super::lexicon::Class;
use crate::say::words::Words;

/// How sure words beside a name make it.
const BESIDE: u8 = 85;

/// The oldest age, in years.
const OLDEST: u32 = 120;

pub(super) fn say(people: &mut People<'_, '_, '_>) {
    for at in 0..people.words.analysis.names.len() {
        let name = &people.words.analysis.names[at];
        let Some(sentence) = people.words.sentence(name.tokens.start) else { continue };
        if name.kind != SubjectKind::Person || sentence.zone == ZoneRole::Byline {
            continue;
        }
        let tokens = name.tokens.clone();
        let person = Person { head: tokens.end - 1, tokens, by: By::Name(at), sure: BESIDE };
        role(people, &person, at);
        called(people, &person, sentence.tokens.start);
        if let Some((age, rest)) = age(people, &person.tokens, sentence.tokens.clone()) {
            people.cast.aged(age, at);
            let value = Value::Figure(Figure::exactly(age));
            granted(people, &person, Variable::Age, value);
            let untold = people.words.analysis.names[at].role.is_none();
            if let Some(rest) = rest.filter(|_| untold) {
                let text = Value::Text(people.builder.text(rest));
                granted(people, &person, Variable::Description, text);
            }
        }
    }
}

/// The role and the body that the analysis found beside the name.
fn role(people: &mut People<'_, '_, '_>, person: &Person, at: usize) {
    let name = &people.words.analysis.names[at];
    let Some(role) = name.role.clone().filter(|role| !role.is_empty()) else { return };
    let head = role.end - 1;
    let text = Value::Text(people.builder.text(role));
    granted(people, person, Variable::Description, text);
    let Some(affiliation) = name.affiliation else { return };
    let body = people.builder.name(affiliation);
    let group = people.words.analysis.names[affiliation].kind == SubjectKind::Group;
    if group && people.cast.is(head, Class::Offender) {
        let yes = Value::Answer(Answer::Yes);
        let mention = people.mention(person);
        let at = person.head..person.head + 1;
        let paper = Vec::new();
        people.builder.say_as(at, mention, Variable::MemberOf, Some(body), yes, BESIDE, paper);
    } else {
        granted(people, person, Variable::Affiliation, Value::Mention(body));
    }
}

/// "a waiter named X": what X is; not "the man named X's friend".
fn called(people: &mut People<'_, '_, '_>, person: &Person, floor: usize) {
    let words = people.words;
    let Some(cue) = person.tokens.start.checked_sub(1).filter(|&cue| cue > floor) else { return };
    if !matches!(words.lower(cue), "named" | "called") || !people.cast.is_person(cue - 1) {
        return;
    }
    let phrase = words.left(cue - 1, floor);
    let from = phrase.start + 1;
    if matches!(words.lower(phrase.start), "a" | "an") && from < phrase.end {
        let text = Value::Text(people.builder.text(from..phrase.end));
        granted(people, person, Variable::Description, text);
    }
}

/// Says what stands beside a name: the paper's own word, also where the named speaks.
fn granted(people: &mut People<'_, '_, '_>, person: &Person, variable: Variable, value: Value) {
    let mention = people.mention(person);
    let at = person.head..person.head + 1;
    people.builder.say_granted(at, mention, variable, value, person.sure);
}

/// The age beside a name, and the words of a description that follow it: "a 34-year-old
/// carpenter" has both.
fn age(
    people: &People<'_, '_, '_>,
    name: &Range<usize>,
    sentence: Range<usize>,
) -> Option<(u32, Option<Range<usize>>)> {
    let words = people.words;
    let before = name.start.checked_sub(1).filter(|&before| before >= sentence.start);
    // "34-year-old Emil Harko", "the 34-year-old carpenter Emil Harko".
    if let Some(before) = before {
        // "The 48-year-old killed X": of another.
        let phrase = if words.bounds(before) && !words.mark(before) {
            before..before
        } else {
            words.left(before, sentence.start)
        };
        let found = phrase.rev().find_map(|token| years_old(people.words, token));
        if let Some((age, _)) = found {
            return Some((age, None));
        }
    }
    let open = name.end;
    if !matches!(words.lower(open), "," | "(") {
        return None;
    }
    let mut at = open + 1;
    let aged = matches!(words.lower(at), "aged" | "age");
    at += usize::from(aged);
    let article = matches!(words.lower(at), "a" | "an" | "the");
    if article {
        let phrase = words.right(at, sentence.end);
        let (age, end) =
            (at..phrase.end.max(at + 4)).find_map(|token| years_old(people.words, token))?;
        let rest =
            (phrase.end > end && people.cast.is_person(phrase.end - 1)).then_some(end..phrase.end);
        return Some((age, rest));
    }
    if let Some((age, _)) = years_old(people.words, at) {
        return Some((age, None));
    }
    let quantity = &words.analysis.quantities[words.quantity(at)?];
    let years = matches!(words.lower(quantity.tokens.end), "years");
    let closed = matches!(words.lower(quantity.tokens.end), "," | ")" | "." | "" | ";" | "and");
    let Figure { least, most, .. } = quantity.figure;
    (quantity.tokens.start == at && (years || closed) && most == Some(least) && least <= OLDEST)
        .then_some((least, None))
}

/// The age told by a token, or some from it: "34-year-old", "34 - year - old", "34 years old";
/// and their end.
pub(super) fn years_old(words: &Words<'_>, token: usize) -> Option<(u32, usize)> {
    let lower = words.lower(token);
    if let Some((number, rest)) = lower.split_once('-')
        && rest.starts_with("year")
    {
        let age = number.parse().ok().filter(|&age| age <= OLDEST)?;
        return Some((age, token + 1));
    }
    let quantity = &words.analysis.quantities[words.quantity(token)?];
    let mut at = quantity.tokens.end;
    let skip = |at: usize| at + usize::from(words.lower(at) == "-");
    at = skip(at);
    if !matches!(words.lower(at), "year" | "years" | "year-old" | "-year-old") {
        return None;
    }
    let joined = words.lower(at).ends_with("old");
    at = skip(at + 1);
    let old = joined || words.lower(at) == "old";
    let age = quantity.figure.least;
    let end = if joined { at } else { at + 1 };
    (old && age <= OLDEST).then_some((age, end))
}

#[cfg(test)]
mod tests {
    use crate::say::people::testing::check;

    #[test]
    fn age_role_and_body_beside_a_name() {
        check(
            "Emil Harko, a 34-year-old carpenter, was there.",
            &["Emil Harko description: 34-year-old carpenter", "Emil Harko age: 34"],
        );
        check("Emil Harko (34) was there.", &["Emil Harko age: 34"]);
        check("Emil Harko, aged 34, was there.", &["Emil Harko age: 34"]);
        check(
            "“It was so,” said Emil Harko, Baltic analyst at the Verhulst Institute.",
            &[
                "Emil Harko description: Baltic analyst",
                "Emil Harko affiliation: Verhulst Institute",
            ],
        );
    }

    #[test]
    fn what_somebody_named_is() {
        check("A waiter named Emil Harko was there.", &["Emil Harko description: waiter"]);
    }

    #[test]
    fn a_number_of_others_is_no_age() {
        check("With Emil Harko, 34 people were in the hall.", &[]);
    }
}
