//! What part in an incident somebody had: by the noun ("the gunman", "suspected attacker
//! X", "X, the bomber,"), or by a verb with the attack as its object ("X carried out the
//! attack").

use throughline_model::{MentionId, Stance, SubjectKind, Value, Variable};

use super::cast::{By, Person};
use super::clause::{self, Verb, Voice};
use super::lexicon::Class;
use super::{People, has, victims};
use crate::analysis::Sentence;
use crate::say::incidents::lexicon::{Class as Small, Form};

/// How sure a noun beside a name makes a role.
const BESIDE: u8 = 75;

/// The part that the noun of a description tells: "the gunman", "a suspect"; not "a
/// student", "the militant".
pub(super) fn of_noun(people: &mut People<'_, '_, '_>, person: &Person, mention: MentionId) {
    if let By::Noun { plural } = person.by
        // "the victims" adds nothing to a toll.
        && !(plural && people.cast.is(person.head, Class::Victim))
        && let Some(role) = noun_role(people, person.tokens.start, person.head)
    {
        people.role(person.head, person, mention, role);
    }
}

/// The role of a noun, and of what stands before it in its phrase.
pub(super) fn noun_role(
    people: &People<'_, '_, '_>,
    start: usize,
    head: usize,
) -> Option<&'static str> {
    // "a misidentified suspect", "the wrong attacker": none, whoever he is.
    let wrong = (start..head).any(|token| {
        matches!(
            people.words.lower(token),
            "misidentified" | "mistaken" | "wrong" | "innocent" | "former" | "potential"
        ) || people.cast.is(token, Class::Wrongly)
    });
    if wrong {
        return None;
    }
    let doubted = (start..head).any(|token| people.cast.is(token, Class::Doubted));
    let attacker = people.cast.is_attacker(head);
    let role = if attacker && doubted || people.cast.is(head, Class::Suspect) {
        "suspect"
    } else if attacker {
        "perpetrator"
    } else if led(people, head) {
        return None;
    } else if people.cast.is(head, Class::Accomplice) {
        if doubted { "suspect" } else { "accomplice" }
    } else if people.cast.is(head, Class::Witness) {
        "witness"
    } else if people.cast.is(head, Class::Victim) {
        "victim"
    } else {
        return None;
    };
    Some(role)
}

/// Whether the name may be of whoever begins the sentence and does what the verb behind it tells: "The
/// shopkeeper who tackled the gunman, Emil Harko, was praised".
fn goes_on(people: &People<'_, '_, '_>, phrase: usize, floor: usize, close: usize) -> bool {
    let words = people.words;
    let opens = phrase <= floor
        || words.mark(phrase - 1)
        || words.is(phrase - 1, Small::Conjunction)
        || words.lower(phrase - 1) == "that"
        || people.cast.is(phrase - 1, Class::Spoke);
    let mut verb = close + 1;
    if words.quantity(verb).is_some() && words.lower(verb + 1) == "," {
        verb += 2;
    }
    let tells = words.is(verb, Small::Auxiliary)
        || words.is(verb, Small::Modal)
        || words.is(verb, Small::OtherVerb)
        || people.cast.is(verb, Class::Spoke)
        || words.word(verb).is_some_and(|word| !word.verbs.is_empty());
    // "The judge at the trial of the bomber, Emil Harko, wept."
    let hangs = phrase > floor
        && words.is(phrase - 1, Small::Preposition)
        && words.lower(phrase - 1) != "by"
        && !words.is(verb, Small::Preposition)
        && !words.mark(verb);
    !opens && words.lower(close) == "," && (tells || hangs)
}

/// Whether a noun is for somebody who led something else than an attack: "the ringleader of a gang".
fn led(people: &People<'_, '_, '_>, head: usize) -> bool {
    const NEAR: usize = 8;
    matches!(people.words.lemma(head), "ringleader" | "mastermind")
        && people.words.lower(head + 1) == "of"
        && people.deeds.in_tokens(head + 1..head + NEAR).next().is_none()
}

pub(super) fn say(people: &mut People<'_, '_, '_>, sentence: &Sentence) {
    for name in people.words.names_in(sentence.tokens.clone(), SubjectKind::Person) {
        beside(people, sentence, name);
    }
    for at in people.free(sentence) {
        if people.cast.is(at, Class::Commit) {
            committed(people, sentence, at);
        }
        if matches!(people.words.lower(at), "was" | "is") {
            copula(people, sentence, at);
        }
        if people.deeds.tells(at) {
            by_pronoun(people, sentence, at);
        }
        if matches!(people.words.lower(at), "accused" | "suspected") {
            suspected(people, sentence, at);
        }
    }
}

/// "the gunman Emil Harko", "suspect Emil Harko", "the attacker, Emil Harko,", "Emil Harko,
/// the attacker,"; not "the attacker's brother, Emil Harko", "the attacker told Emil Harko".
fn beside(people: &mut People<'_, '_, '_>, sentence: &Sentence, name: usize) {
    let words = people.words;
    let tokens = words.analysis.names[name].tokens.clone();
    let floor = sentence.tokens.start;
    let noun = |head: usize| {
        people.cast.is_person(head)
            && !words.possessive(head)
            // "shot dead Harko": no noun.
            && (words.lower(head) != "dead"
                || head.checked_sub(1).is_some_and(|at| words.is(at, Small::Determiner)))
            && noun_role(people, words.left(head, floor).start, head).is_some()
    };
    let mut head = tokens.start.checked_sub(1).filter(|&head| head >= floor && noun(head));
    // "the attacker, 24-year-old Emil Harko,".
    let aged = tokens.start > floor && words.lower(tokens.start - 1).ends_with("-year-old");
    let start = tokens.start - usize::from(aged);
    if head.is_none() && start >= floor + 2 && words.lower(start - 1) == "," {
        let closed = matches!(words.lower(tokens.end), "," | "." | "" | ";" | "(");
        let before = start - 2;
        let the = |head: usize| words.is(words.left(head, floor).start, Small::Definite);
        // "The mastermind of the bombing in Lenn, Emil Harko,": the noun that all of it hangs on.
        let of = (floor..before).rev().take_while(|&at| !words.mark(at)).filter(|&at| {
            words.lower(at + 1) == "of" && people.deeds.in_tokens(at..before + 1).next().is_some()
        });
        let heads = std::iter::once(before).chain(of);
        // "The father of one of the gunmen, Emil Harko,": who is meant is open.
        let ambiguous = |head: usize| {
            let mut start = words.left(head, floor).start;
            let mut of_somebody = false;
            while start > floor + 1 && words.lower(start - 1) == "of" {
                of_somebody |= people.cast.is_person(start - 2);
                start = words.left(start - 2, floor).start;
            }
            of_somebody || goes_on(people, start, floor, tokens.end)
        };
        head =
            heads.into_iter().find(|&head| closed && the(head) && noun(head) && !ambiguous(head));
    }
    if head.is_none() && words.lower(tokens.end) == "," {
        let mut from = tokens.end + 1;
        // The age between: "Emil Harko, 34, the attacker,".
        if words.quantity(from).is_some() && words.lower(from + 1) == "," {
            from += 2;
        }
        let phrase = words.right(from, sentence.tokens.end);
        let closed = words.mark(phrase.end) || words.is(phrase.end, Small::Preposition);
        let the = matches!(words.lower(from), "the" | "a" | "an") || words.possessive(from);
        // "the ringleader of the attack in Lenn": what comes before "of"; of "the brother of the gunman" the
        // brother.
        let of = phrase.clone().find(|&head| words.lower(head + 1) == "of");
        head = of.or(phrase.end.checked_sub(1)).filter(|&head| closed && the && noun(head));
    }
    let Some(head) = head else { return };
    let start = words.left(head, floor).start;
    let Some(role) = noun_role(people, start, head) else { return };
    let person = Person { head: tokens.end - 1, tokens, by: By::Name(name), sure: BESIDE };
    if role == "victim" {
        return victims::suffered(people, head, &person, true, false);
    }
    let mention = people.mention(&person);
    people.role(head, &person, mention, role);
}

/// "he planted the bomb": the verb of an attack with a pronoun as its subject.
fn by_pronoun(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize) {
    let words = people.words;
    let verb = Verb::read(words, sentence, at, Form::Past);
    if !verb.is(Voice::Active) || !verb.told() {
        return;
    }
    let subject = verb.lead.opening.checked_sub(1).filter(|&at| at >= sentence.tokens.start);
    let Some(subject) = subject.filter(|&at| matches!(words.lower(at), "he" | "she")) else {
        return;
    };
    let Some(person) = people.cast.meant(subject) else { return };
    let mention = people.mention(&person);
    // "X is accused of storming the church, where he opened fire".
    let asked = (sentence.tokens.start.max(at.saturating_sub(ASKED))..at).any(|token| {
        matches!(words.lower(token), "accused" | "charged" | "suspected" | "alleged" | "allegedly")
            && words.name(token).is_none()
    });
    people.role(at, &person, mention, if asked { "suspect" } else { "perpetrator" });
}

/// How far before a verb words may stand by which what it tells is only what somebody is accused of.
const ASKED: usize = 40;

/// "X carried out the attack", "committed the murder"; not "carried out an inspection".
fn committed(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize) {
    let words = people.words;
    let lower = words.lower(at);
    let after = match lower {
        "carried" | "carry" if words.lower(at + 1) == "out" => at + 2,
        "carried" | "carry" => return,
        _ => at + 1,
    };
    let form = if lower.ends_with("ing") { Form::Ing } else { Form::Past };
    let verb = Verb::read(words, sentence, at, form);
    if !verb.is(Voice::Active) || !verb.told() {
        return;
    }
    let object = words.right(after, sentence.tokens.end);
    let deed = people.deeds.in_tokens(object).find(|deed| !deed.set).map(|deed| deed.mention);
    let Some(deed) = deed else { return };
    for person in people.cast.before(verb.lead, sentence) {
        let mention = people.mention(&person);
        people.role_in(at, &person, mention, "perpetrator", deed);
    }
}

/// "Harko was the gunman", and "Harko was not the gunman"; not "Harko was a killer in a
/// film", where the noun has no article of its own.
fn copula(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize) {
    let words = people.words;
    let end = sentence.tokens.end;
    let not = matches!(words.lower(at + 1), "not" | "never" | "n't");
    let from = at + 1 + usize::from(not);
    let phrase = words.right(from, end);
    let Some(head) = phrase.clone().find(|&head| people.cast.is_attacker(head)) else { return };
    if words.lower(from) != "the"
        || phrase.clone().any(|token| words.lower(token) == "of" && token < head)
    {
        return;
    }
    let verb = Verb::read(words, sentence, at, Form::Past);
    if !verb.told() {
        return;
    }
    let role = noun_role(people, phrase.start, head).unwrap_or("perpetrator");
    for person in people.cast.before(verb.lead, sentence) {
        if !matches!(person.by, By::Name(_)) {
            continue;
        }
        let mention = people.mention(&person);
        if not {
            had_none(people, head, &person, mention);
        } else {
            people.role(head, &person, mention, role);
        }
    }
}

/// Says that somebody had no part, where the words deny that he had one: what is denied is not that.
fn had_none(people: &mut People<'_, '_, '_>, at: usize, person: &Person, mention: MentionId) {
    let Some(deed) = people.deeds.of_case(people.words, at).map(|deed| deed.mention) else {
        return;
    };
    let mut speakers = people.builder.speakers(at);
    if let Some(last) = speakers.last_mut().filter(|last| last.stance == Stance::Denied) {
        (last.stance, last.cue) = (Stance::Asserted, None);
    }
    let none = Value::Term("none".to_owned());
    let deed = Some(deed);
    people.builder.say_as(at..at + 1, mention, Variable::Role, deed, none, person.sure, speakers);
}

/// "X, accused of the bombing", "X is suspected of planting the bomb"; not "wrongly
/// accused", "accused the government of".
fn suspected(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize) {
    let words = people.words;
    let wrongly = at.checked_sub(1).is_some_and(|before| people.cast.is(before, Class::Wrongly))
        || has(words, at + 1..at + 2, &["wrongly", "falsely"]);
    let verb = Verb::read(words, sentence, at, Form::Past);
    if wrongly || words.lower(at + 1) != "of" || !verb.is(Voice::Passive) || !verb.told() {
        return;
    }
    // "accused of ignoring warnings of the attack", "of justifying it": of no part in it.
    let beside = matches!(
        words.lower(at + 2),
        "ignoring"
            | "failing"
            | "justifying"
            | "praising"
            | "condoning"
            | "glorifying"
            | "defending"
            | "celebrating"
            | "mishandling"
            | "exploiting"
            | "neglecting"
            | "falsifying"
            | "doing"
    );
    if beside {
        return;
    }
    // "accused of three firearms offences" is of no part in the attack.
    let rest = clause::clause_end(words, at, sentence.tokens.end);
    let deed = people.deeds.in_tokens(at + 2..rest).find(|deed| !deed.set).map(|deed| deed.mention);
    let Some(deed) = deed.or_else(|| meant(people, at, rest)) else { return };
    for person in people.cast.before(verb.lead, sentence) {
        let mention = people.mention(&person);
        people.role_in(at, &person, mention, "suspect", deed);
    }
}

/// The incident spoken of, where what somebody is accused of is having done or prepared it:
/// "accused of being the gunman", "suspected of involvement".
fn meant(people: &People<'_, '_, '_>, at: usize, end: usize) -> Option<MentionId> {
    let part = (at + 2..end).any(|token| {
        people.cast.is_attacker(token)
            || people.cast.is(token, Class::Accomplice)
            || matches!(people.words.lower(token), "involvement" | "complicity" | "it" | "part")
    });
    part.then(|| people.deeds.current(at).map(|deed| deed.mention)).flatten()
}

#[cfg(test)]
mod tests {
    use crate::say::people::testing::check;

    #[test]
    fn who_did_it() {
        check(
            "A bomb exploded in Varna. Emil Harko carried out the bombing.",
            &["Emil Harko role [the bombing]: perpetrator"],
        );
        check(
            "A bomb exploded in Varna. Police seek the suspected bomber Emil Harko.",
            &["Emil Harko role [bombing in Varna]: suspect", "Emil Harko procedure: sought"],
        );
    }

    #[test]
    fn other_work_carried_out_is_no_attack() {
        check("A bomb exploded in Varna. Emil Harko carried out an inspection.", &[]);
    }
}
