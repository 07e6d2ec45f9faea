//! The part in an incident that proceedings against somebody tell.

use throughline_model::{MentionId, Variable};

use crate::say::incidents::killings;
use crate::say::incidents::lexicon::Class as Small;
use crate::say::people::cast::Person;
use crate::say::people::{People, roles, states};

/// The part that proceedings tell: "charged with the bombing" suspects, "convicted of the
/// bombing", "sentenced to life in prison for the bombing" and "convicted as an accomplice" find. Not
/// "arrested after the bombing", "tried for theft".
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
    const NEAR: usize = 6;
    const FAR: usize = 16;
    let cues = (at + 1..end.min(at + FAR)).filter(|&token| match words.lower(token) {
        "of" | "with" | "over" => token < at + NEAR,
        // "jailed for 20 years on Monday for the bombing".
        "for" => found || token < at + NEAR,
        // "convicted in the bombing".
        "in" => token == at + 1 && term != "executed" && words.is(at + 2, Small::Definite),
        _ => false,
    });
    // "for 20 years" is how long, and the next one why.
    let length = |cue: usize| words.quantity(cue + 1).is_some() || words.time(cue + 1).is_some();
    let mut cues = cues.into_iter().filter(|&cue| !length(cue));
    let told = cues.next().and_then(|cue| accused_of(people, cue, end));
    if let Some(deed) = told {
        let role = if found { "perpetrator" } else { "suspect" };
        people.role_in(at, &person, mention, role, deed);
        if found && !people.builder.denies(at) {
            people.settle(mention, deed);
        }
    }
}

/// The attack that stands behind a preposition: "with the bombing", "of murdering X", "with plotting to bomb
/// the station".
fn accused_of(people: &People<'_, '_, '_>, cue: usize, end: usize) -> Option<MentionId> {
    let words = people.words;
    let doing = cue + 1;
    let mut deeds = people.deeds.deeds.iter().filter(|deed| !deed.set);
    let deed = if killings::in_proceedings(words, doing) {
        deeds.find(|deed| deed.sentence.contains(&doing) && deed.tokens.contains(&doing))
    } else {
        // "with plotting to bomb the station", "of planning an attack".
        let plots = matches!(words.lower(doing), "plotting" | "planning" | "conspiring");
        let from = doing + 1 + usize::from(words.lower(doing + 1) == "to");
        let object = if plots {
            from..words.right(from, end).end.max(from + 1)
        } else {
            words.right(doing, end)
        };
        people.deeds.in_tokens(object).find(|deed| !deed.set)
    };
    deed.map(|deed| deed.mention)
}
