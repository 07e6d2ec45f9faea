//! Parts that people are said to have had: "X took part in the attack", "X was behind it",
//! "police blamed X", and what they say of themselves: "X denied any part in it".
//!
//! Where there is no evidence for it, or nobody knows, that is how it is said. Must not fire on
//! "took part in the search", "the house behind it", "blamed X for delays".

use throughline_model::{
    MentionId, Speaker, Stance, SubjectKind, Value, Variable, Voice as Voiced,
};

use super::cast::{By, Person};
use super::clause::{self, Mood, Verb, Voice};
use super::lexicon::Class;
use super::{People, has};
use crate::analysis::Sentence;
use crate::say::incidents::lexicon::Form;

pub(super) fn say(people: &mut People<'_, '_, '_>, sentence: &Sentence) {
    for at in people.free(sentence) {
        let words = people.words;
        let next = [words.lower(at + 1), words.lower(at + 2), words.lower(at + 3)];
        match (words.lower(at), next) {
            ("took" | "taken" | "taking" | "take", ["part", "in", _]) => {
                had(people, sentence, at, at + 3, "perpetrator");
            }
            ("participated" | "participating", ["in", ..]) => {
                had(people, sentence, at, at + 2, "perpetrator");
            }
            ("had" | "has" | "played", ["a" | "some", "hand" | "part" | "role", "in"]) => {
                had(people, sentence, at, at + 4, "accomplice");
            }
            // "a boy was involved in a shooting": he may be its victim as well.
            ("involved", ["in", ..]) if !asserted(people, at) => {
                had(people, sentence, at, at + 2, "accomplice");
            }
            ("was" | "is" | "were" | "been" | "being" | "be", ["behind", ..]) => {
                behind(people, sentence, at);
            }
            ("blamed" | "blames" | "blaming", _) => blamed(people, sentence, at),
            ("denied" | "denies" | "denying", _) => denied(people, sentence, at),
            _ => {}
        }
    }
}

/// The incident that words from a token on are about: one that they name, or the one spoken of
/// where they point to it.
fn deed(people: &People<'_, '_, '_>, from: usize, end: usize) -> Option<MentionId> {
    let named = people.deeds.in_tokens(from..end).find(|deed| !deed.set);
    let pointed = || {
        has(people.words, from..end.min(from + 2), &["it", "this", "that", "them"])
            .then(|| people.deeds.current(from))
            .flatten()
    };
    named.or_else(pointed).map(|deed| deed.mention)
}

/// "X took part in the attack", "no evidence that X was involved"; also where nobody knows whether he did.
fn had(
    people: &mut People<'_, '_, '_>,
    sentence: &Sentence,
    at: usize,
    from: usize,
    role: &'static str,
) {
    let end = clause::clause_end(people.words, from, sentence.tokens.end);
    let Some(deed) = deed(people, from, end) else { return };
    let verb = Verb::read(people.words, sentence, at, Form::Past);
    let unknown = verb.mood == Mood::Asked && !asserted(people, at);
    if !verb.told() && !unknown {
        return;
    }
    // "was involved in" has the form of a passive, and is none.
    for person in people.cast.before(verb.active(), sentence) {
        let mention = people.mention(&person);
        people.role_in(at, &person, mention, role, deed);
    }
}

/// Whether whoever speaks in the clause of a token stands behind it.
fn asserted(people: &People<'_, '_, '_>, at: usize) -> bool {
    let last = people.builder.clause(at).and_then(|clause| clause.speakers.last());
    last.is_none_or(|said| said.stance == Stance::Asserted)
}

/// "X was behind the attack"; of a group it is ascribed to that. Not "the man was behind the
/// bar".
fn behind(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize) {
    let words = people.words;
    let object = words.right(at + 2, sentence.tokens.end);
    let end = object.end.max(at + 3);
    let Some(deed) = deed(people, at + 2, end) else { return };
    let verb = Verb::read(words, sentence, at, Form::Past);
    if !verb.told() {
        return;
    }
    let last = verb.lead.opening.checked_sub(1).filter(|&last| last >= sentence.tokens.start);
    if let Some(group) = last.and_then(|last| words.name_of(last, SubjectKind::Group)) {
        let value = Value::Mention(people.builder.name(group));
        people.builder.say(at..at + 1, deed, Variable::AscribedTo, None, value, 75);
        return;
    }
    for person in people.cast.before(verb.lead, sentence) {
        let mention = people.mention(&person);
        people.role_in(at, &person, mention, "perpetrator", deed);
    }
}

/// "police blamed X", "police blamed X for the attack", "X was blamed for it".
fn blamed(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize) {
    let words = people.words;
    let verb = Verb::read(words, sentence, at, Form::Past);
    if !verb.told() {
        return;
    }
    let passive = verb.is(Voice::Passive);
    let persons = if passive {
        people.cast.before(verb.lead, sentence)
    } else {
        people.cast.after(at + 1, sentence.tokens.end)
    };
    let after =
        if passive { at + 1 } else { persons.last().map_or(at + 1, |last| last.tokens.end) };
    let end = clause::clause_end(words, after, sentence.tokens.end);
    let deed = match words.lower(after) {
        "for" => deed(people, after + 1, end),
        _ if passive => None,
        _ => people.deeds.current(at).map(|deed| deed.mention),
    };
    let Some(deed) = deed else { return };
    for person in persons {
        let mention = people.mention(&person);
        people.role_in(at, &person, mention, "suspect", deed);
    }
}

/// "X denied any part in the attack", "X denies being the gunman", "X denied planting the bomb":
/// his word that it was not him.
fn denied(people: &mut People<'_, '_, '_>, sentence: &Sentence, at: usize) {
    let words = people.words;
    let end = clause::clause_end(words, at + 1, sentence.tokens.end);
    let near = at + 1..end.min(at + 5);
    let part = near.clone().find(|&token| {
        matches!(
            words.lower(token),
            "part" | "involvement" | "role" | "hand" | "complicity" | "responsibility"
        ) && matches!(words.lower(token + 1), "in" | "for" | "of" | "with")
    });
    let being =
        words.lower(at + 1) == "being" && near.clone().any(|token| people.cast.is_attacker(token));
    let doing = words.lower(at + 1).ends_with("ing")
        && words.word(at + 1).is_some_and(|word| !word.verbs.is_empty());
    let found = match part {
        Some(part) => deed(people, part + 2, end),
        None if being || doing => people.deeds.current(at + 1).map(|deed| deed.mention),
        None => None,
    };
    let Some(deed) = found else { return };
    let verb = Verb::read(words, sentence, at, Form::Past);
    if !verb.told() || !verb.is(Voice::Active) {
        return;
    }
    for person in people.cast.before(verb.active(), sentence) {
        let one = !matches!(person.by, By::Noun { plural: true });
        if one && !people.cast.is(person.head, Class::Police) {
            own_word(people, at, &person, deed, Stance::Denied);
        }
    }
}

/// Says by somebody's own word that he did it, or that he did not.
pub(super) fn own_word(
    people: &mut People<'_, '_, '_>,
    at: usize,
    person: &Person,
    deed: MentionId,
    stance: Stance,
) {
    let mention = people.mention(person);
    let mut speakers = people.builder.speakers(at);
    let cue = Some(people.builder.span(at..at + 1));
    speakers.push(Speaker { voice: Voiced::Mention(mention), stance, cue });
    let value = Value::Term("perpetrator".to_owned());
    let (held, deed) = (at..at + 1, Some(deed));
    people.builder.say_as(held, mention, Variable::Role, deed, value, person.sure, speakers);
}

#[cfg(test)]
mod tests {
    use crate::say::people::testing::check;

    #[test]
    fn parts_that_people_had() {
        check(
            "A bomb exploded in Varna. Emil Harko took part in the bombing.",
            &["Emil Harko role [the bombing]: perpetrator"],
        );
        check(
            "A bomb exploded in Varna. Emil Harko was behind it.",
            &["Emil Harko role [bombing in Varna]: perpetrator"],
        );
        check(
            "A bomb exploded in Varna. Police blamed Emil Harko.",
            &["Emil Harko role [bombing in Varna]: suspect"],
        );
        check(
            "A bomb exploded in Varna. Emil Harko denied any part in the bombing.",
            &["Emil Harko role [the bombing]: perpetrator"],
        );
    }

    #[test]
    fn other_parts_are_none() {
        for text in [
            "A bomb exploded in Varna. Emil Harko took part in the search.",
            "A bomb exploded in Varna. Emil Harko was behind the bar.",
            "A bomb exploded in Varna. Police blamed Emil Harko for delays.",
            "A bomb exploded in Varna. Emil Harko was blamed for the delays.",
            "A bomb exploded in Varna. Emil Harko denied any part in the theft.",
            "A bomb exploded in Varna. Emil Harko did not take part in the search.",
        ] {
            check(text, &[]);
        }
    }
}
