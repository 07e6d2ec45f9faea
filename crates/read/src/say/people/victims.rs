//! Who was killed or hurt in an attack: "X was stabbed", "shooting X", "the murder of X",
//! "the dead include X".
//!
//! Fires on "Emil Harko was killed", must not on "the gunman was killed": what becomes of
//! those who did it, or whom the police killed, is their fate.

use throughline_model::{MentionId, Value, Variable};

use super::cast::{By, Person};
use super::clause::{self, Lead, Verb, Voice};
use super::lexicon::Class;
use super::{People, has};
use crate::analysis::Sentence;
use crate::say::incidents::lexicon::{Class as Small, Form};
use crate::say::incidents::{killings, police};

pub(super) fn say(people: &mut People<'_, '_, '_>, sentence: &Sentence) {
    for at in people.free(sentence) {
        if people.cast.is(at, Class::HarmDead) || people.cast.is(at, Class::Harm) {
            harmed(people, sentence, at);
        }
        if people.cast.is(at, Class::HarmNoun) && people.words.lower(at + 1) == "of" {
            murder_of(people, sentence, at);
        }
        if people.cast.is(at, Class::Victim) {
            listed(people, sentence, at);
        }
    }
}

/// "X was killed", "killed X", "X, shot in the chest,"; not "X shot at the crowd", "could
/// have been killed".
fn harmed(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize) {
    let words = people.words;
    let lower = words.lower(at);
    // "The injured included two guards": those who were, and no verb.
    let noun = people.cast.is(at, Class::Victim) && people.cast.is_person(at);
    if noun && !words.is(at + 1, Small::Preposition) && words.name(at + 1).is_none() {
        return;
    }
    let form = if lower.ends_with("ing") { Form::Ing } else { Form::Past };
    let verb = Verb::read(words, sentence, at, form);
    // "accused of killing X": that X was killed is told.
    let told = verb.told() || killings::in_proceedings(words, at);
    let Some(voice) = verb.voice.filter(|_| told) else { return };
    let opening = verb.lead.opening;
    let end = sentence.tokens.end;
    // "shot dead", "shot and killed", "shot himself".
    let mut after = at + 1;
    while words.lower(after) == "dead" || words.lower(after) == "fatally" {
        after += 1;
    }
    let by_itself = voice == Voice::Active || verb.lead.reduced;
    let aims = by_itself && matches!(words.lower(after), "at" | "off" | "into" | "upon" | "on");
    if words.lower(after).ends_with("self") || aims {
        return;
    }
    let shot_dead = after > at + 1
        && voice == Voice::Active
        && (words.mark(after)
            || words.is(after, Small::Preposition)
            || words.time(after).is_some());
    let passive = voice == Voice::Passive || shot_dead;
    let joined = words.lower(at + 1) == "and" && people.cast.is(at + 2, Class::HarmDead);
    if joined && by_itself {
        // "shot and killed X" is read at its second verb.
        return;
    }
    let (persons, by_police) = if passive {
        let persons = people.cast.before(verb.lead, sentence);
        let officers = persons.iter().any(|person| police::armed_by_state(words, person.head));
        let by = agent(people, at, end)
            || killings::of_attacker(words, sentence, at, None)
            || police::killed(words, at)
            || police::in_raid(words, sentence, at) && !officers;
        (persons, by)
    } else {
        let before = opening.checked_sub(1).filter(|&before| before >= sentence.tokens.start);
        let by = before.is_some_and(|before| people.cast.is(before, Class::Police));
        (people.cast.after(after, end), by)
    };
    let dead = people.cast.is(at, Class::HarmDead) || after > at + 1 || joined;
    for person in persons {
        // "three people" is a figure, said as such.
        let figure = matches!(words.lower(person.head), "people" | "persons");
        let plural = matches!(person.by, By::Noun { plural: true });
        if figure || plural && people.cast.is(person.head, Class::Victim) {
            continue;
        }
        suffered(people, at, &person, dead, by_police);
    }
}

/// Whether "by police" stands behind a passive.
fn agent(people: &People<'_, '_, '_>, at: usize, end: usize) -> bool {
    let words = people.words;
    let by = (at + 1..end.min(at + 8)).find(|&token| words.lower(token) == "by");
    by.is_some_and(|by| {
        let phrase = words.right(by + 1, end);
        phrase.clone().any(|token| people.cast.is(token, Class::Police))
    })
}

/// A victim's part in the attack, or the fate of somebody who is none.
pub(super) fn suffered(
    people: &mut People<'_, '_, '_>,
    at: usize,
    person: &Person,
    dead: bool,
    by_police: bool,
) {
    let words = people.words;
    // "troops killed 14 rebels".
    let fighter =
        words.word(person.head).is_some_and(|word| word.doer.is_some() && !word.is(Small::People));
    let named = matches!(person.by, By::Name(_));
    let accused = fighter && !named
        || people.cast.is_attacker(person.head)
        || people.cast.is(person.head, Class::Suspect)
        || people.cast.is(person.head, Class::Label);
    let mention = people.mention(person);
    let accused = accused
        || people.is_suspect(mention)
        || people.roles.contains_key(&(mention, "accomplice"))
        || people.cast.is(person.head, Class::Accomplice)
        || !named && killings::who_attacked(words, person.head + 1);
    let deed = people.deeds.harmed(people.words, at).map(|deed| deed.mention);
    match deed.filter(|_| !accused && !by_police && !people.is_perpetrator(mention)) {
        Some(deed) => {
            people.role_in(at, person, mention, "victim", deed);
            victim(people, at, person, mention, deed);
        }
        None => {
            let fate = if dead { "dead" } else { "wounded" };
            // Blows alone are no fate where nothing is known of an attack.
            if dead || !matches!(words.lower(at), "struck" | "hurt") {
                people.term(at, person, Variable::Fate, fate);
            }
        }
    }
}

/// A named victim, said of the incident.
fn victim(
    people: &mut People<'_, '_, '_>,
    at: usize,
    person: &Person,
    mention: MentionId,
    deed: MentionId,
) {
    if matches!(person.by, By::Name(_)) {
        let value = Value::Mention(mention);
        people.builder.say(at..at + 1, deed, Variable::Victim, None, value, person.sure);
    }
}

/// "the murder of X", "the assassin of the King"; not "the killing of hostages", "the
/// attempted murder of X".
fn murder_of(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize) {
    let words = people.words;
    let phrase = words.left(at, sentence.tokens.start);
    if has(words, phrase, &["attempted", "no", "planned", "intended"]) {
        return;
    }
    for person in people.cast.after(at + 2, sentence.tokens.end) {
        let sure = person.sure.min(75);
        suffered(people, at, &Person { sure, ..person }, true, false);
    }
}

/// "the dead include X and Y", "among the dead was X", "the victims were named as X", "X,
/// one of the victims,"; not "the victim's father, X".
fn listed(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize) {
    let words = people.words;
    let definite = at.checked_sub(1).is_some_and(|before| {
        words.is(before, Small::Determiner) || words.quantity(before).is_some()
    });
    if !definite || words.possessive(at) {
        return;
    }
    let end = sentence.tokens.end;
    let mut from = at + 1;
    let mut verb = false;
    while from < end.min(at + 7) {
        match words.lower(from) {
            "was" | "were" | "is" | "are" | "include" | "includes" | "included" | "including" => {
                verb = true;
            }
            "named" | "identified" | "as" | "been" | "has" | "have" | "by" | "police" | ","
            | "also" | "officially" => {}
            _ => break,
        }
        from += 1;
    }
    let mut persons = if verb { people.cast.after(from, end) } else { Vec::new() };
    if persons.is_empty() {
        // "X, one of the victims"; "X was among the dead".
        let phrase = words.left(at, sentence.tokens.start);
        let start = phrase.start;
        let cue = start.checked_sub(1).map_or("", |cue| words.lower(cue));
        if !matches!(cue, "of" | "among") {
            return;
        }
        let mut before = start - 1;
        if cue == "of" && before > 0 && words.lower(before - 1) == "one" {
            before -= 1;
        }
        let opening = clause::opening(words, before, sentence.tokens.start);
        let comma = opening > 0 && words.lower(opening - 1) == ",";
        let verb = has(words, opening..before, &["was", "were"]);
        if !(verb || comma && cue == "of") {
            return;
        }
        let last = if comma && !verb { opening - 1 } else { opening };
        let lead = Lead { opening: last, singular: !verb, reduced: false };
        persons = people.cast.before(lead, sentence);
    }
    let named = persons.into_iter().filter(|person| matches!(person.by, By::Name(_)));
    let named: Vec<Person> = named.collect();
    for person in named {
        suffered(people, at, &person, true, false);
    }
}

#[cfg(test)]
mod tests {
    use crate::say::people::testing::check;

    #[test]
    fn victims_of_an_attack() {
        check(
            "A gunman opened fire at the market. Anna Vell was killed. The gunman was arrested.",
            &[
                "Anna Vell role [shooting at the market]: victim",
                "shooting at the market victim: Anna Vell",
                "The gunman role [shooting at the market]: perpetrator",
                "The gunman procedure: arrested",
            ],
        );
    }

    #[test]
    fn lists_of_the_dead() {
        let said = [
            "Emil Harko role [bombing in Varna]: victim",
            "bombing in Varna victim: Emil Harko",
            "Anna Vell role [bombing in Varna]: victim",
            "bombing in Varna victim: Anna Vell",
        ];
        check("A bomb exploded in Varna. The dead include Emil Harko and Anna Vell.", &said);
        check(
            "A bomb exploded in Varna. The victims were identified as Emil Harko and Anna Vell.",
            &said,
        );
    }

    #[test]
    fn who_shoots_is_no_victim() {
        check("A bomb exploded in Varna. Emil Harko shot at the crowd.", &[]);
        check("A bomb exploded in Varna. Emil Harko was not killed.", &[]);
        check("A bomb exploded in Varna. Emil Harko could have been killed.", &[]);
    }

    #[test]
    fn who_is_shot_while_he_does_something_else_is_a_victim() {
        let victim = |place: &str| {
            [
                format!("Emil Harko role [shooting of Emil Harko in {place}]: victim"),
                format!("shooting of Emil Harko in {place} victim: Emil Harko"),
            ]
        };
        let said = victim("Varna");
        let said: Vec<&str> = said.iter().map(String::as_str).collect();
        check("Emil Harko was shot dead in Varna as he left the mosque.", &said);
        check("Emil Harko was shot dead in Varna as he opened the door.", &said);
        check(
            "Emil Harko was shot dead in Varna after stabbing two men.",
            &["Emil Harko fate: dead", "two men role [stabbing of two men in Varna]: victim"],
        );
    }

    #[test]
    fn whom_the_police_kill_is_no_victim() {
        check(
            "A bomb exploded in the market. Emil Harko was shot dead by police.",
            &["Emil Harko fate: dead"],
        );
    }
}
