//! What ties people to groups and to each other: membership, allegiance, contact, kin.
//!
//! Fires on "Harko, a member of the Northern League", "Harko pledged allegiance to the
//! group", "his brother, Jan Harko"; must not on "some killers pledged allegiance", "a
//! member of the family", "Harko denied that he was in contact with".

use std::ops::Range;

use throughline_model::{Answer, MentionId, SubjectKind, Value, Variable};

use super::cast::{By, Person};
use super::clause::{Lead, Mood, Verb, Voice};
use super::lexicon::Class;
use super::{People, has};
use crate::analysis::Sentence;
use crate::say::incidents::lexicon::{Class as Small, Form};

pub(super) fn say(people: &mut People<'_, '_, '_>, sentence: &Sentence) {
    for at in people.free(sentence) {
        let words = people.words;
        if people.cast.is(at, Class::Offender) {
            member(people, sentence, at);
        }
        if people.cast.is(at, Class::Allegiance) {
            pledged(people, sentence, at);
        }
        if people.cast.is(at, Class::Kin) {
            kin(people, sentence, at);
        }
        match words.lower(at) {
            "joined" | "joining" => joined(people, sentence, at, at + 1),
            "belonged" | "belongs" if words.lower(at + 1) == "to" => {
                joined(people, sentence, at, at + 2);
            }
            "contact" | "touch" | "contacts" | "correspondence" => contact(people, sentence, at),
            "met" | "corresponded" | "communicated" | "phoned" | "telephoned" | "texted"
            | "messaged" => met(people, sentence, at),
            _ => {}
        }
    }
}

/// The answer that a verb's mood gives; `None` where nothing is said.
fn answer(people: &People<'_, '_, '_>, sentence: &Sentence, verb: usize) -> Option<Value> {
    let lower = people.words.lower(verb);
    let form = if lower.ends_with("ing") { Form::Ing } else { Form::Past };
    let answer = match Verb::read(people.words, sentence, verb, form).mood {
        Mood::Told => Answer::Yes,
        Mood::Asked => Answer::Unknown,
        Mood::Negated => Answer::No,
        Mood::Unreal => return None,
    };
    Some(Value::Answer(answer))
}

/// The group that a phrase at `from` names.
fn group(people: &People<'_, '_, '_>, from: usize, end: usize) -> Option<usize> {
    let words = people.words;
    let end = end.min(from + 6);
    let mut at = from;
    while at < end && !words.mark(at) {
        if let Some(name) = words.name(at) {
            let kind = words.analysis.names[name].kind;
            return (kind == SubjectKind::Group).then_some(name);
        }
        if words.is(at, Small::Preposition) || words.is(at, Small::Conjunction) {
            return None;
        }
        at += 1;
    }
    None
}

/// "X, a member of G,", "X was a member of G", "G fighter X"; not "members of G said".
fn member(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize) {
    let words = people.words;
    let floor = sentence.tokens.start;
    let end = sentence.tokens.end;
    let phrase = words.left(at, floor);
    let yes = Value::Answer(Answer::Yes);
    // "G fighter Emil Harko".
    if let Some(name) = words.name_of(at + 1, SubjectKind::Person) {
        let groups = words.names_in(phrase, SubjectKind::Group);
        if let Some(&group) = groups.last() {
            let person = by_name(people, name, 75);
            let group = people.builder.name(group);
            people.say(at, &person, Variable::MemberOf, Some(group), yes);
        }
        return;
    }
    let article =
        words.is(phrase.start, Small::Indefinite) || words.is(phrase.start, Small::Definite);
    if words.lower(at + 1) != "of" || !article {
        return;
    }
    let Some(group) = group(people, at + 2, end) else { return };
    let Some(before) = phrase.start.checked_sub(1).filter(|&before| before >= floor) else {
        return;
    };
    let (persons, value) = match words.lower(before) {
        // The description of a name has said it already.
        "," => {
            let persons = people
                .cast
                .before(Lead { opening: before, singular: true, reduced: true }, sentence);
            let told = persons.iter().any(|person| match person.by {
                By::Name(name) => {
                    let role = words.analysis.names[name].role.as_ref();
                    role.is_some_and(|role| role.contains(&at))
                }
                By::Noun { .. } => false,
            });
            (if told { Vec::new() } else { persons }, yes)
        }
        "was" | "is" | "be" | "been" | "as" | "not" | "never" | "became" | "himself" => {
            let verb =
                if matches!(words.lower(before), "not" | "never") { before - 1 } else { before };
            let mut value = answer(people, sentence, verb);
            if verb != before {
                value = value.map(|_| Value::Answer(Answer::No));
            }
            let Some(value) = value else { return };
            let lead = Verb::read(words, sentence, verb, Form::Past).lead;
            (people.cast.before(lead, sentence), value)
        }
        _ => return,
    };
    let party = people.builder.name(group);
    for person in persons {
        people.say(at, &person, Variable::MemberOf, Some(party), value.clone());
    }
}

/// "X joined G", "X belonged to G"; not "police joined the search".
fn joined(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize, from: usize) {
    let Some(group) = group(people, from, sentence.tokens.end) else { return };
    let Some(value) = answer(people, sentence, at) else { return };
    let lead = Verb::read(people.words, sentence, at, Form::Past).lead;
    let party = people.builder.name(group);
    for person in people.cast.before(lead, sentence) {
        people.say(at, &person, Variable::MemberOf, Some(party), value.clone());
    }
}

/// "X pledged allegiance to G", "X swore an oath of loyalty to the leader of G".
fn pledged(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize) {
    let words = people.words;
    let from = sentence.tokens.start.max(at.saturating_sub(6));
    let Some(verb) = (from..at).rev().find(|&token| people.cast.is(token, Class::Pledging)) else {
        return;
    };
    let Some(to) = (at + 1..sentence.tokens.end.min(at + 6)).find(|&to| words.lower(to) == "to")
    else {
        return;
    };
    let Some(party) = party(people, to + 1, sentence.tokens.end) else { return };
    let Some(value) = answer(people, sentence, verb) else { return };
    let lead = Verb::read(words, sentence, verb, Form::Past).lead;
    for person in people.cast.before(lead, sentence) {
        let party = people.builder.name(party);
        people.say(at, &person, Variable::PledgedTo, Some(party), value.clone());
    }
}

/// The group or person that a phrase at `from` names.
fn party(people: &People<'_, '_, '_>, from: usize, end: usize) -> Option<usize> {
    group(people, from, end).or_else(|| {
        let phrase = people.words.right(from, end);
        people.words.names_in(phrase, SubjectKind::Person).last().copied()
    })
}

/// "X was in contact with Y", "X had contacts with G"; not "X lost contact with Y".
fn contact(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize) {
    let words = people.words;
    if words.lower(at + 1) != "with" {
        return;
    }
    let phrase = words.left(at, sentence.tokens.start);
    let Some(mut verb) = phrase.start.checked_sub(1).filter(|&at| at >= sentence.tokens.start)
    else {
        return;
    };
    while verb > sentence.tokens.start && (words.lower(verb) == "in" || words.adverb(verb)) {
        verb -= 1;
    }
    let none = has(words, phrase, &["no"]);
    let not = matches!(words.lower(verb), "not" | "never");
    let verb = if not { verb.saturating_sub(1).max(sentence.tokens.start) } else { verb };
    let fits = matches!(
        words.lower(verb),
        "was" | "were" | "been" | "had" | "has" | "kept" | "maintained" | "made" | "is"
    );
    if fits {
        let denied = none || not;
        with(people, sentence, at, verb, at + 2, denied);
    }
}

/// "X met Y", "X corresponded with Y", "X and Y met in prison"; not "the council met in Y", "the two met Y's
/// demand".
fn met(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize) {
    let with_word = matches!(people.words.lower(at + 1), "with");
    if !with_word && matches!(people.words.lower(at), "corresponded" | "communicated") {
        return;
    }
    if Verb::read(people.words, sentence, at, Form::Past).is(Voice::Passive) && !with_word {
        return;
    }
    with(people, sentence, at, at, at + 1 + usize::from(with_word), false);
}

fn with(
    people: &mut People<'_, '_, '_>,
    sentence: &Sentence,
    at: usize,
    verb: usize,
    from: usize,
    denied: bool,
) {
    let Some(mut value) = answer(people, sentence, verb) else { return };
    if denied {
        value = Value::Answer(Answer::No);
    }
    let lead = Verb::read(people.words, sentence, verb, Form::Past).lead;
    let subjects = people.cast.before(lead, sentence);
    if subjects.is_empty() {
        return;
    }
    let mut parties: Vec<MentionId> = Vec::new();
    let alone = people.words.mark(from) || people.words.is(from, Small::Preposition);
    // "X and Y met in prison": each other.
    if alone
        && from == at + 1
        && let [one, other] = subjects.as_slice()
    {
        let other = people.mention(other);
        people.say(at, one, Variable::ContactWith, Some(other), value);
        return;
    }
    if let Some(group) = group(people, from, sentence.tokens.end) {
        parties.push(people.builder.name(group));
    } else {
        for person in people.cast.after(from, sentence.tokens.end) {
            parties.push(people.mention(&person));
        }
    }
    for person in subjects {
        for &party in &parties {
            people.say(at, &person, Variable::ContactWith, Some(party), value.clone());
        }
    }
}

/// "his brother, Jan Harko", "Emil Harko's wife Anna", "Anna, the wife of Emil Harko"; not
/// "a brother", "Brother Jan".
fn kin(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize) {
    let words = people.words;
    let floor = sentence.tokens.start;
    let end = sentence.tokens.end;
    let phrase = words.left(at, floor);
    let (owner, after) = if matches!(words.lower(at + 1), "of" | "to") {
        let of = people.cast.after(at + 2, end);
        let after = of.first().map_or(at + 1, |of| of.tokens.end);
        (of.into_iter().next(), after)
    } else {
        (owner(people, phrase.clone(), sentence), at + 1)
    };
    let Some(owner) = owner else { return };
    // Who it is: the name behind, or before an apposition.
    let behind = after + usize::from(words.lower(after) == ",");
    let mut named = words.name_of(behind, SubjectKind::Person).filter(|&name| {
        // "his brother, Emil Harko said" is no apposition.
        behind == after || words.mark(words.analysis.names[name].tokens.end)
    });
    if named.is_none() {
        let comma = phrase.start.checked_sub(1).filter(|&comma| comma > floor);
        named = comma
            .filter(|&comma| words.lower(comma) == ",")
            .and_then(|comma| words.name_of(comma - 1, SubjectKind::Person));
    }
    let Some(name) = named else { return };
    if let By::Name(held) = owner.by {
        let names = &words.analysis.names;
        let root = |name: usize| names[name].same_as.unwrap_or(name);
        if root(held) == root(name) && held == name {
            return;
        }
    }
    let person = by_name(people, name, 75.min(owner.sure));
    let party = people.mention(&owner);
    let yes = Value::Answer(Answer::Yes);
    people.say(at, &person, Variable::KinOf, Some(party), yes);
}

/// Whose kin: "Harko's", "his".
fn owner(people: &People<'_, '_, '_>, phrase: Range<usize>, sentence: &Sentence) -> Option<Person> {
    let words = people.words;
    let names = words.names_in(phrase.clone(), SubjectKind::Person);
    if let Some(&name) = names.last() {
        let tokens = words.analysis.names[name].tokens.clone();
        let owned = words.possessive(tokens.end - 1) || words.possessive(tokens.end);
        return owned.then(|| by_name(people, name, 80));
    }
    let open = phrase.start;
    if matches!(words.lower(open), "his" | "her") {
        return people.cast.meant(open);
    }
    // "the gunman's brother".
    let owner = (phrase.start..phrase.end).find(|&token| words.possessive(token))?;
    let owner = if words.lower(owner).is_empty() || words.analysis.tokens[owner].lower == "'s" {
        owner.checked_sub(1)?
    } else {
        owner
    };
    let floor = sentence.tokens.start;
    people.cast.is_person(owner).then(|| people.cast.person(words.left(owner, floor))).flatten()
}

fn by_name(people: &People<'_, '_, '_>, name: usize, sure: u8) -> Person {
    let tokens = people.words.analysis.names[name].tokens.clone();
    Person { head: tokens.end - 1, tokens, by: By::Name(name), sure }
}

#[cfg(test)]
mod tests {
    use crate::say::people::testing::check;

    #[test]
    fn allegiance_and_membership() {
        check(
            "Emil Harko pledged allegiance to the Islamic State.",
            &["Emil Harko pledged-to [Islamic State]: yes"],
        );
        check(
            "Emil Harko joined the Islamic State.",
            &["Emil Harko member-of [Islamic State]: yes"],
        );
        check("Some killers have pledged allegiance to the Islamic State.", &[]);
    }

    #[test]
    fn kin() {
        check(
            "Emil Harko’s brother, Peter Harko, was there.",
            &["Peter Harko description: brother", "Peter Harko kin-of [Emil Harko]: yes"],
        );
        check("Emil Harko had a brother.", &[]);
    }

    #[test]
    fn no_stays_no() {
        check(
            "Emil Harko was not a member of the Islamic State.",
            &["Emil Harko member-of [Islamic State]: no"],
        );
    }

    #[test]
    fn contact() {
        check(
            "Emil Harko was in contact with Josef Orlik.",
            &["Emil Harko contact-with [Josef Orlik]: yes"],
        );
    }
}
