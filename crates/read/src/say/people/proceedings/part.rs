//! The part in an incident that proceedings against somebody tell.

use throughline_model::{MentionId, Variable};

use crate::say::incidents::killings;
use crate::say::incidents::lexicon::Class as Small;
use crate::say::people::cast::Person;
use crate::say::people::{People, roles, states};

/// The part that proceedings tell: "charged with the bombing" suspects, "convicted of the
/// bombing" and "convicted as an accomplice" find. Not "arrested after the bombing", "tried
/// for theft".
pub(super) fn say(
    people: &mut People<'_, '_, '_>,
    at: usize,
    end: usize,
    term: &str,
    person: &Person,
    mention: MentionId,
) {
    let words = people.words;
    let found = match term {
        "convicted" | "sentenced" | "executed" => true,
        "sought" | "arrested" | "charged" | "tried" => false,
        _ => return,
    };
    let sure = person.sure.min(75);
    let person = Person { sure, ..person.clone() };
    // "was convicted of the murder, but the conviction was quashed".
    let undone = |token: usize| states::UNDONE.contains(&words.lower(token));
    let until = words.sentence(at).map_or(end, |sentence| sentence.tokens.end.min(at + 40));
    if found && (at + 1..until).any(undone) {
        people.term(at, &person, Variable::Procedure, "quashed");
        return;
    }
    if words.lower(at + 1) == "as" {
        let phrase = words.right(at + 2, end);
        let Some(head) = phrase.clone().find(|&head| people.cast.is_person(head)) else { return };
        if let Some(role) = roles::noun_role(people, phrase.start, head) {
            people.role(at, &person, mention, if found { role } else { "suspect" });
        }
        return;
    }
    let until = end.min(at + 6);
    let cue =
        (at + 1..until).find(|&token| matches!(words.lower(token), "of" | "with" | "for" | "over"));
    // "convicted in the bombing".
    let within =
        (term != "executed" && words.lower(at + 1) == "in" && words.is(at + 2, Small::Definite))
            .then_some(at + 1);
    let Some(cue) = cue.or(within) else { return };
    // "charged with the bombing", "convicted of murdering X".
    let object = words.right(cue + 1, end);
    let doing = killings::in_proceedings(words, cue + 1).then_some(cue + 1..cue + 2);
    let mut deeds = people.deeds.deeds.iter().filter(|deed| !deed.set);
    let deed = match doing {
        Some(doing) => deeds.find(|deed| {
            deed.sentence.contains(&doing.start) && deed.tokens.contains(&doing.start)
        }),
        None => people.deeds.in_tokens(object).find(|deed| !deed.set),
    };
    if let Some(deed) = deed.map(|deed| deed.mention) {
        let role = if found { "perpetrator" } else { "suspect" };
        people.role_in(at, &person, mention, role, deed);
        if found && !people.builder.denies(at) {
            people.settle(mention, deed);
        }
    }
}
