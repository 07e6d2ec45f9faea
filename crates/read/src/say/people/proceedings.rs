//! Where proceedings stand and what became of people, by the verbs and nouns of
//! `resources/say/proceedings.txt`.
//!
//! Fires on "Harko was arrested", "police arrested Emil Harko", "the trial of Emil Harko";
//! must not on "Harko was not arrested", "Harko could be charged", "awaiting trial". [`meanings`]
//! knows what else these verbs mean, [`part`] what they tell of somebody's part in an incident.

pub(super) mod meanings;
mod part;

use throughline_model::{Figure, Value, Variable};

use self::meanings::{by_attackers, evades, from_hospital, intransitive, otherwise};
use super::cast::{By, Person};
use super::clause::{self, Verb, Voice};
use super::lexicon::{Act, Class, Frame, Lexicon};
use super::{People, states};
use crate::analysis::Sentence;
use crate::say::incidents::ages::is_age;
use crate::say::incidents::lexicon::Class as Small;

pub(super) fn say(people: &mut People<'_, '_, '_>, sentence: &Sentence) {
    for at in people.free(sentence) {
        let Some(word) = Lexicon::get().word(people.words.lower(at)) else { continue };
        // Of acts with one verb the one with the longest particle is meant.
        let verbs = word.acts.iter().filter(|act| act.frame != Frame::Noun);
        let mut verbs: Vec<&Act> = verbs.collect();
        verbs.sort_by_key(|act| std::cmp::Reverse(act.particle.map_or(0, str::len)));
        if verbs.iter().any(|act| by_verb(people, sentence, at, act)) {
            continue;
        }
        if let Some(act) = word.acts.iter().find(|act| act.frame == Frame::Noun) {
            by_noun(people, sentence, at, act);
        }
    }
}

/// Says an act of a person by the verb at `at`; whether the words of its particle leave no
/// other act to be meant.
fn by_verb(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize, act: &Act) -> bool {
    let words = people.words;
    let end = sentence.tokens.end;
    let Some((after, between)) = clause::particle(words, at, end, act.particle) else {
        return false;
    };
    let verb = Verb::read(words, sentence, at, act.form);
    let Some(voice) = verb.voice else { return false };
    if verb.lead.reduced && intransitive(people, at) || from_hospital(people, sentence, at) {
        return false;
    }
    let passive = voice == Voice::Passive;
    if otherwise(people, sentence, at, act, passive, verb) {
        return false;
    }
    if !passive && act.variable == Variable::Procedure && by_attackers(people, sentence, verb) {
        return false;
    }
    // A particle stands right behind a passive or a verb without object.
    let loose = !between.is_empty() && !between.clone().all(|token| words.adverb(token));
    let persons = match act.frame {
        Frame::Noun => return false,
        Frame::Subject if loose => return false,
        Frame::Subject if evades(people, at, act.term) => return false,
        Frame::Subject => people.cast.before(verb.active(), sentence),
        Frame::Object if passive && loose => return false,
        Frame::Object if passive => people.cast.before(verb.lead, sentence),
        Frame::Object if between.is_empty() => people.cast.after(after, end),
        Frame::Object => people.cast.after(between.start, between.end),
    };
    let meant = act.particle.is_some() && !persons.is_empty();
    if !verb.told() {
        return meant;
    }
    if act.variable == Variable::Procedure && act.term == "arrested" {
        arrested(people, sentence, at, voice, after, verb.lead.opening);
    }
    for person in persons {
        tell(people, sentence, at, act, &person);
    }
    meant
}

/// Says the act of a person.
fn tell(
    people: &mut People<'_, '_, '_>,
    sentence: &Sentence,
    at: usize,
    act: &Act,
    person: &Person,
) {
    let words = people.words;
    // Officers who die are no part of proceedings, but a fate they have.
    let lower = words.lower(person.head);
    let police = Lexicon::get().is(lower, Class::Police);
    if police && act.variable == Variable::Procedure && act.term != "charged" {
        return;
    }
    let term = match act.term {
        "dead" if meanings::in_custody(people, sentence, at) => "died-in-custody",
        term => term,
    };
    let mention = people.term(at, person, act.variable, term);
    let rest = clause::clause_end(words, at, sentence.tokens.end);
    part::say(people, at, rest, act.term, person, mention);
    let absent = (at..rest)
        .any(|token| words.lower(token) == "absentia" || words.lower(token) == "contumacy");
    if absent && matches!(act.term, "tried" | "convicted" | "sentenced") {
        people.term(at, person, Variable::Procedure, "in absentia");
    }
}

/// The number arrested, said of the incident: "Twelve people were arrested", "police
/// arrested three men"; not "the twelve jurors".
fn arrested(
    people: &mut People<'_, '_, '_>,
    sentence: &Sentence,
    at: usize,
    voice: Voice,
    after: usize,
    opening: usize,
) {
    let words = people.words;
    let phrase = match voice {
        Voice::Active => words.right(after, sentence.tokens.end),
        Voice::Passive => {
            let Some(head) = opening.checked_sub(1).filter(|&head| head >= sentence.tokens.start)
            else {
                return;
            };
            words.left(head, sentence.tokens.start)
        }
    };
    let quantity = phrase.clone().find_map(|token| words.quantity(token));
    let Some(quantity) = quantity.filter(|&quantity| !is_age(words, quantity)) else { return };
    let quantity = &words.analysis.quantities[quantity];
    let noun = phrase.end.saturating_sub(1);
    let of_people = quantity.tokens.end == phrase.end
        || people.cast.is_person(noun)
        || words.is(noun, Small::People);
    let aged = words.lower(noun).contains("-year-old")
        || phrase.clone().any(|token| words.lower(token).contains("year-old"));
    let Figure { least, .. } = quantity.figure;
    if !of_people || aged || least > 10_000 {
        return;
    }
    let Some(deed) = people.deeds.current(at).map(|deed| deed.mention) else { return };
    let figure = Value::Figure(quantity.figure);
    people.builder.say(at..at + 1, deed, Variable::Arrested, None, figure, 75);
}

/// "the arrest of X", "X's trial"; not "a warrant for the arrest of X", "demanded the
/// release of X", "awaiting trial".
fn by_noun(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize, act: &Act) {
    let words = people.words;
    let floor = sentence.tokens.start;
    let phrase = words.left(at, floor);
    let from = floor.max(phrase.start.saturating_sub(3));
    let unreal = (from..at).any(|token| people.cast.is(token, Class::Unreal));
    if unreal || words.lower(phrase.start.saturating_sub(1)) == "for" && phrase.start > floor {
        return;
    }
    if act.term == "tried" && matches!(words.lower(phrase.start.saturating_sub(1)), "before") {
        return;
    }
    let person = if words.lower(at + 1) == "of" {
        people.cast.after(at + 2, sentence.tokens.end)
    } else {
        owner(people, at, floor).into_iter().collect()
    };
    let last = person.last().map_or(at + 1, |person| person.tokens.end.max(at + 1));
    if act.term == "convicted" && states::quashed(people, sentence, at, last) {
        return;
    }
    for person in person {
        if people.deeds.in_tokens(phrase.clone()).next().is_some() {
            return;
        }
        // "had chosen no target before his arrest": that he was arrested is taken for granted.
        if words.is(phrase.start, Small::Definite)
            || at.checked_sub(1).is_some_and(|at| words.possessive(at))
        {
            people.builder.grant(at..at + 1);
        }
        let sure = person.sure.min(70);
        tell(people, sentence, at, act, &Person { sure, ..person });
    }
}

/// Whose a noun is: "Harko's arrest", "his trial".
pub(super) fn owner(people: &People<'_, '_, '_>, at: usize, floor: usize) -> Option<Person> {
    let words = people.words;
    let before = at.checked_sub(1).filter(|&before| before >= floor)?;
    if matches!(words.lower(before), "his" | "her") {
        return people.cast.meant(before);
    }
    let name = words.name_of(before, throughline_model::SubjectKind::Person).or_else(|| {
        let ending = words.analysis.tokens[before].lower == "'s";
        let owner = before.checked_sub(1).filter(|&owner| ending && owner >= floor)?;
        words.name_of(owner, throughline_model::SubjectKind::Person)
    })?;
    let tokens = words.analysis.names[name].tokens.clone();
    let owned = words.possessive(before) || words.possessive(tokens.end - 1);
    owned.then(|| Person { head: tokens.end - 1, tokens, by: By::Name(name), sure: 70 })
}

#[cfg(test)]
mod tests {
    use crate::say::people::testing::check;

    #[test]
    fn verbs_tell_where_proceedings_stand() {
        check("Emil Harko was arrested on Monday.", &["Emil Harko procedure: arrested"]);
        check("Police took Emil Harko into custody.", &["Emil Harko procedure: arrested"]);
        check("Emil Harko was set free.", &["Emil Harko procedure: released"]);
        check("The jury found Emil Harko not guilty.", &["Emil Harko procedure: acquitted"]);
        check("Emil Harko stood trial in Varna.", &["Emil Harko procedure: tried"]);
        check(
            "Emil Harko, 34, and Josef Orlik, 22, were charged with murder.",
            &[
                "Emil Harko age: 34",
                "Josef Orlik age: 22",
                "Emil Harko procedure: charged",
                "Josef Orlik procedure: charged",
            ],
        );
        check(
            "Emil Harko was convicted in absentia.",
            &["Emil Harko procedure: convicted", "Emil Harko procedure: in absentia"],
        );
    }

    #[test]
    fn nouns_do_as_well() {
        check("The arrest of Emil Harko followed.", &["Emil Harko procedure: arrested"]);
        check("Emil Harko's trial began.", &["Emil Harko procedure: tried"]);
        check(
            "A warrant was issued for the arrest of Emil Harko.",
            &["Emil Harko procedure: sought"],
        );
        check("The charges against Emil Harko were dropped.", &["Emil Harko procedure: dropped"]);
        check("They demanded the release of Emil Harko.", &[]);
        check("Death of Emil Harko in Varna.", &["Emil Harko fate: dead"]);
    }

    #[test]
    fn a_conviction_that_was_undone_is_none() {
        let quashed = &["Emil Harko procedure: quashed"];
        check("The conviction of Emil Harko for the theft of four paintings was quashed.", quashed);
        check("An appeal court overturned Emil Harko's conviction for murder.", quashed);
        check("Emil Harko's conviction was quashed.", quashed);
        check("The conviction of Emil Harko stood.", &["Emil Harko procedure: convicted"]);
    }

    #[test]
    fn proceedings_tell_a_part_in_what_they_are_for() {
        check(
            "A bomb exploded in Varna. Emil Harko was convicted of the bombing.",
            &["Emil Harko procedure: convicted", "Emil Harko role [the bombing]: perpetrator"],
        );
        check(
            "A bomb exploded in Varna. Emil Harko, a baker arrested as an accomplice, is in custody.",
            &[
                "Emil Harko description: baker",
                "Emil Harko procedure: arrested",
                "Emil Harko role [bombing in Varna]: suspect",
            ],
        );
        check(
            "A bomb exploded in Varna. Emil Harko was arrested after the bombing.",
            &["Emil Harko procedure: arrested"],
        );
    }

    #[test]
    fn the_number_arrested_is_said_of_the_incident() {
        check(
            "Three men were arrested after a bomb exploded in Varna.",
            &["bombing in Varna arrested: 3", "Three men procedure: arrested"],
        );
    }

    #[test]
    fn a_participle_between_subject_and_verb() {
        check(
            "The three men arrested on the night of the fire were released.",
            &["The three men procedure: arrested", "The three men procedure: released"],
        );
    }

    #[test]
    fn what_did_not_happen_is_not_said() {
        for text in [
            "Emil Harko charged at the guards.",
            "Emil Harko sought to please them.",
            "Emil Harko tried in vain.",
            "Emil Harko was released from hospital.",
            "Doctors had released Emil Harko from a mental hospital.",
            "Emil Harko must receive a life term when he is sentenced on 12 June.",
            "Emil Harko escaped with a scratch.",
            "Emil Harko is not in custody.",
            "Emil Harko was not arrested.",
            "Emil Harko could be charged.",
            "Emil Harko is to be tried.",
            "If arrested, Emil Harko would be charged.",
            "Some killers were arrested.",
            "Experts were arrested.",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn what_became_of_people() {
        check("Emil Harko was hanged.", &["Emil Harko fate: executed"]);
        check("Emil Harko died in prison.", &["Emil Harko fate: died-in-custody"]);
        check("Emil Harko hanged himself.", &["Emil Harko fate: suicide"]);
        check("Emil Harko fled.", &["Emil Harko fate: escaped"]);
    }

    #[test]
    fn a_pronoun_stands_for_who_was_spoken_of() {
        check(
            "Emil Harko confessed to the theft. He was released.",
            &["Emil Harko confession: confessed to the theft", "Emil Harko procedure: released"],
        );
        check("Emil Harko saw Josef Orlik. He was released.", &["Emil Harko procedure: released"]);
        check("A woman was there. He was released.", &[]);
    }
}
