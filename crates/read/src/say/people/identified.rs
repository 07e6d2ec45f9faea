//! Who a description is said to be: "police named the attacker as X", "the gunman was
//! identified as X", "the man was X"; and other names of a person: "X, alias Y".
//!
//! Description and name stay two mentions, tied by the assertion alone: who named a man
//! first, who repeated it and who corrected it is kept. Must not fire on "described the
//! attacker as X's friend", "named him as a suspect".

use throughline_model::{SubjectKind, Value, Variable};

use super::cast::{By, Person};
use super::clause::{Verb, Voice};
use super::lexicon::Class;
use super::{People, cleared, roles, victims};
use crate::analysis::Sentence;
use crate::say::incidents::lexicon::{Class as Small, Form};

/// Words between two names of one person, the longest first, and whether the second is the
/// assumed one.
const ALSO: [(&[&str], bool); 9] = [
    (&["who", "also", "called", "himself"], true),
    (&["who", "called", "himself"], true),
    (&["who", "calls", "himself"], true),
    (&["also", "known", "as"], true),
    (&["also", "called"], true),
    (&["better", "known", "as"], true),
    (&["alias"], true),
    (&["whose", "real", "name", "is"], false),
    (&["whose", "real", "name", "was"], false),
];

pub(super) fn say(people: &mut People<'_, '_, '_>, sentence: &Sentence) {
    for at in people.free(sentence) {
        if people.cast.is(at, Class::Naming) {
            named_as(people, sentence, at);
        }
        if matches!(people.words.lower(at), "was" | "is" | "be") {
            is_somebody(people, sentence, at);
        }
        other_name(people, sentence, at);
        own_name(people, sentence, at);
    }
}

fn named_as(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize) {
    let words = people.words;
    let end = sentence.tokens.end;
    let form = if words.lower(at).ends_with("ing") { Form::Ing } else { Form::Past };
    let verb = Verb::read(words, sentence, at, form);
    if !verb.told() {
        return;
    }
    // "wrongly named as" is no identification.
    if cleared::in_error(people, sentence, at) {
        return;
    }
    // "is really named X".
    if let Some(name) = words.name_of(at + 1, SubjectKind::Person)
        && verb.is(Voice::Passive)
        && !verb.lead.reduced
    {
        let name = by_name(people, name);
        let value = Value::Mention(people.mention(&name));
        if let [who] = people.cast.before(verb.lead, sentence).as_slice()
            && who.by != name.by
        {
            people.say(at, who, Variable::IdentifiedAs, None, value);
        }
        return;
    }
    let mark = end.min(at + 14);
    let Some(after) = (at + 1..mark).find(|&token| words.lower(token) == "as") else { return };
    let who = if verb.is(Voice::Passive) {
        people.cast.before(verb.lead, sentence)
    } else {
        people.cast.after(at + 1, after)
    };
    let [who] = who.as_slice() else { return };
    // "X, 54, a driver, and the bomber, identified as Y": not X.
    if verb.is(Voice::Passive) && verb.lead.reduced && matches!(who.by, By::Name(_)) {
        return;
    }
    let mut names = named(people, after + 1, end);
    // "identified as X, killed a guard and Y": who is one is one man.
    if !matches!(who.by, By::Noun { plural: true }) {
        names.truncate(1);
    }
    if names.is_empty() {
        named_for_a_part(people, at, after + 1, end, who);
    }
    let plural = matches!(who.by, By::Noun { plural: true });
    for name in names {
        let value = Value::Mention(people.mention(&name));
        if plural {
            // More than one is not one of them; what part they had passes on to each.
            let mention = people.mention(&name);
            let part = Person { sure: name.sure.min(75), ..name.clone() };
            if people.cast.is_attacker(who.head) {
                people.role(at, &part, mention, "perpetrator");
            } else if people.cast.is(who.head, Class::Suspect) {
                people.role(at, &part, mention, "suspect");
            }
            continue;
        }
        if who.by != name.by {
            people.say(at, who, Variable::IdentifiedAs, None, value);
        }
        // The paper's own word for the dead; of those accused it repeats no name.
        if people.cast.is(who.head, Class::Victim) {
            victims::suffered(people, at, &name, true, false);
        }
    }
}

/// "X was named as a suspect", "identified as the gunman": the part, not who it is.
fn named_for_a_part(
    people: &mut People<'_, '_, '_>,
    at: usize,
    from: usize,
    end: usize,
    who: &Person,
) {
    let phrase = people.words.right(from, end);
    let Some(head) = phrase.clone().find(|&head| people.cast.is_person(head)) else { return };
    let of = people.words.lower(head + 1) == "of" || people.words.possessive(head);
    if let Some(role) = roles::noun_role(people, phrase.start, head).filter(|_| !of) {
        let mention = people.mention(who);
        people.role(at, who, mention, role);
    }
}

/// The names of people that stand at `from`: "X", "X, 22, and Y", "Sgt X"; none for "a
/// suspect".
fn named(people: &People<'_, '_, '_>, from: usize, end: usize) -> Vec<Person> {
    // "34-year-old X": the age belongs to the name's phrase.
    let persons = people.cast.after(from, end);
    persons.into_iter().filter(|person| matches!(person.by, By::Name(_))).collect()
}

/// "the man was Emil Harko", "Breton is Emil Harko"; not "the man was Emil Harko's friend",
/// "the first to die was Emil Harko".
fn is_somebody(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize) {
    let words = people.words;
    let Some(name) =
        words.name_of(apposed(people, at + 1, sentence.tokens.end), SubjectKind::Person)
    else {
        return;
    };
    let tokens = words.analysis.names[name].tokens.clone();
    let closed = words.mark(tokens.end) || words.is(tokens.end, Small::Conjunction);
    if !closed || words.possessive(tokens.end - 1) {
        return;
    }
    let verb = Verb::read(words, sentence, at, Form::Past);
    if !verb.told() {
        return;
    }
    let persons = people.cast.before(verb.lead, sentence);
    let [who] = persons.as_slice() else { return };
    let same = match who.by {
        By::Name(held) => {
            let names = &words.analysis.names;
            let root = |name: usize| names[name].same_as.unwrap_or(name);
            root(held) == root(name)
        }
        By::Noun { plural } => plural,
    };
    if same || people.cast.is(who.head, Class::Victim) {
        return;
    }
    let head = tokens.end - 1;
    let named = Person { tokens, head, by: By::Name(name), sure: 75 };
    let value = Value::Mention(people.mention(&named));
    people.say(at, who, Variable::IdentifiedAs, None, value);
}

/// Where a name stands after "is": right behind, or after a noun and a comma: "is an Italian
/// baker, X".
fn apposed(people: &People<'_, '_, '_>, from: usize, end: usize) -> usize {
    let words = people.words;
    let phrase = words.right(from, end);
    let noun = phrase.clone().next_back().is_some_and(|last| people.cast.is_person(last));
    let name = phrase.end + 1;
    if noun && words.lower(phrase.end) == "," && words.name(name).is_some() { name } else { from }
}

/// "gave his name as X", "has also called himself X": what somebody says he is called.
fn own_name(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize) {
    let words = people.words;
    let next = [words.lower(at), words.lower(at + 1), words.lower(at + 2), words.lower(at + 3)];
    let (from, assumed) = match next {
        ["gave", "his" | "her" | "the", "name", "as" | "of"] => (at + 4, false),
        ["called" | "calls", "himself" | "herself", ..] => (at + 2, true),
        _ => return,
    };
    let Some(name) = words.name_of(from, SubjectKind::Person) else { return };
    let verb = Verb::read(words, sentence, at, Form::Past);
    if !verb.told() || verb.is(Voice::Passive) && !verb.lead.reduced {
        return;
    }
    let persons = people.cast.before(verb.active(), sentence);
    let [who] = persons.as_slice() else { return };
    let name = by_name(people, name);
    if who.by == name.by {
        return;
    }
    let (subject, value) = if assumed { (&name, who) } else { (who, &name) };
    let value = Value::Mention(people.mention(value));
    people.say(at, subject, Variable::IdentifiedAs, None, value);
}

fn by_name(people: &People<'_, '_, '_>, name: usize) -> Person {
    let tokens = people.words.analysis.names[name].tokens.clone();
    Person { head: tokens.end - 1, tokens, by: By::Name(name), sure: 80 }
}

/// "X, who also called himself Y", "X, alias Y", "X, whose real name is Y".
fn other_name(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize) {
    let words = people.words;
    let found = ALSO.iter().find(|(cue, _)| {
        cue.iter().enumerate().all(|(next, word)| words.lower(at + next) == *word)
    });
    let Some(&(cue, assumed)) = found else { return };
    let mut before = at;
    while before > sentence.tokens.start && matches!(words.lower(before - 1), "," | "(" | "or") {
        before -= 1;
    }
    let first = before
        .checked_sub(1)
        .filter(|&last| last >= sentence.tokens.start)
        .and_then(|last| words.name_of(last, SubjectKind::Person));
    let mut from = at + cue.len();
    if words.quote(from) {
        from += 1;
    }
    let second = words.name_of(from, SubjectKind::Person);
    let (Some(first), Some(second)) = (first, second) else { return };
    if first == second {
        return;
    }
    let person = |name: usize| by_name(people, name);
    let (alias, real) =
        if assumed { (person(second), person(first)) } else { (person(first), person(second)) };
    let value = Value::Mention(people.mention(&real));
    people.say(at, &alias, Variable::IdentifiedAs, None, value);
}

#[cfg(test)]
mod tests {
    use crate::say::people::testing::check;

    #[test]
    fn a_description_and_a_name_are_tied_by_what_is_said() {
        check(
            "Police named the attacker as Emil Harko.",
            &["the attacker identified-as: Emil Harko"],
        );
        check(
            "Emil Harko, who also called himself Josef Orlik, was there.",
            &["Josef Orlik identified-as: Emil Harko"],
        );
    }

    #[test]
    fn names_given_and_assumed() {
        check("A man gave his name as Emil Harko.", &["A man identified-as: Emil Harko"]);
        check(
            "The prisoner is really named Emil Harko.",
            &["The prisoner identified-as: Emil Harko"],
        );
        check(
            "The prisoner is an Estonian baker, Emil Harko.",
            &["Emil Harko description: Estonian baker", "The prisoner identified-as: Emil Harko"],
        );
    }

    #[test]
    fn named_as_something_is_no_name() {
        check("Police named Emil Harko as a suspect.", &[]);
    }
}
