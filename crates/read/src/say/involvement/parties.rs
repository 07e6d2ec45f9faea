//! Whose hand it was, and on whom it lay.

use std::ops::Range;

use throughline_model::SubjectKind;

use crate::analysis::Sentence;
use crate::say::cues::Cue;
use crate::say::incidents::Deeds;
use crate::say::incidents::lexicon::Class;
use crate::say::incidents::relatives;
use crate::say::words::Words;

/// A group, or somebody through whom it acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Party {
    /// A name of the analysis: a group, or a person who handled.
    Named(usize),
    /// "handlers in the east", where no group is named.
    Described(Range<usize>),
}

/// On whom it lay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whom {
    /// The attacker, or the attack itself.
    Attack,
    /// Attackers or attacks in general.
    General,
}

/// The party that a phrase names; `None` if it names none that could have a hand in an attack.
///
/// "Isil handlers" and "members of the movement" stand for the group; "a police chief" for
/// nobody.
pub(super) fn of_phrase(words: &Words<'_>, phrase: Range<usize>) -> Option<Party> {
    let groups = words.names_in(phrase.clone(), SubjectKind::Group);
    if let Some(&group) = groups.iter().find(|&&group| !words.official(group)) {
        return Some(Party::Named(group));
    }
    let outlets = words.names_in(phrase.clone(), SubjectKind::Outlet);
    if phrase.is_empty() || !groups.is_empty() || !outlets.is_empty() {
        return None;
    }
    let pointing = phrase.clone().find(|&token| words.cue(token, Cue::GroupWord));
    if let Some(at) = pointing
        && (phrase.start..at).rev().take(4).any(|token| words.is(token, Class::Definite))
    {
        return words.latest_group(at).map(Party::Named);
    }
    if let Some(&person) = words.people_meant(phrase.clone()).first() {
        return Some(Party::Named(person));
    }
    let handler = phrase.clone().any(|token| words.cue(token, Cue::Handler));
    let officer = phrase.clone().any(|token| words.cue(token, Cue::Official));
    (handler && !officer).then_some(Party::Described(phrase))
}

/// On whom it lay, by the word that a phrase hangs on; `None` if that is no attacker and no
/// attack.
pub(super) fn whom(
    words: &Words<'_>,
    deeds: &Deeds,
    sentence: &Sentence,
    head: usize,
) -> Option<Whom> {
    let floor = sentence.tokens.start;
    if head < floor {
        return None;
    }
    if words.name_of(head, SubjectKind::Person).is_some() {
        return Some(Whom::Attack);
    }
    let general = |yes: bool| if yes { Whom::General } else { Whom::Attack };
    let lower = words.lower(head);
    match lower {
        "he" | "she" | "him" | "her" | "himself" | "herself" => return Some(Whom::Attack),
        "they" | "them" => {
            let all = words.is(floor, Class::Generic) || deeds.main().is_none();
            return Some(general(all));
        }
        "others" | "some" | "many" | "most" | "those" | "several" | "few" => {
            return Some(Whom::General);
        }
        _ => {}
    }
    let word = words.word(head)?;
    let phrase = words.left(head, floor);
    let opener = phrase.start;
    let counted = phrase.clone().any(|token| words.quantity(token).is_some());
    let named = phrase.clone().any(|token| words.name(token).is_some());
    let all = words.is(opener, Class::Generic);
    let definite = words.is(opener, Class::Definite);
    if word.doer.is_some() {
        let bare = !words.is(opener, Class::Determiner) && !named && !counted;
        return Some(general(all || word.plural && bare));
    }
    if word.attack.is_some() || matches!(lower, "stage" | "detail" | "part" | "aspect") {
        if deeds.in_tokens(phrase).next().is_some_and(|deed| deed.set) {
            return None;
        }
        let told = deeds.in_tokens(sentence.tokens.clone()).any(|deed| !deed.set);
        return Some(general(all || !(told || definite && !word.plural)));
    }
    let somebody = definite && !word.plural || words.is(opener, Class::Indefinite) || counted;
    (word.is(Class::People) && somebody).then_some(Whom::Attack)
}

/// The head of the phrase that stands before a verb, over auxiliaries, adverbs and negations, over days and
/// places, and over what is told of it in between: the man, in "the man who stabbed a guard in Lenn on
/// Monday was inspired".
pub(super) fn subject_head(words: &Words<'_>, verb: usize, floor: usize) -> Option<usize> {
    let mut at = verb;
    while at > floor {
        let token = at - 1;
        let skip = words.is(token, Class::Auxiliary)
            || words.is(token, Class::Modal)
            || words.is(token, Class::Negation)
            || words.cue(token, Cue::HedgeVerb)
            || words.cue(token, Cue::HedgePassive)
            || words.quote(token)
            || words.time(token).is_some()
            || words.adverb(token)
            || matches!(words.lower(token), "to" | "helped" | "help");
        // "on Sunday", before the verb.
        let dated = at < verb && words.time(at).is_some() && words.is(token, Class::Preposition);
        if !skip && !dated {
            break;
        }
        at = token;
    }
    let head = at.checked_sub(1).filter(|&head| head >= floor)?;
    // "X, who planted it, acted on orders": X.
    let head = relatives::before_apposition(words, head, floor).unwrap_or(head);
    if words.is(head, Class::Relative) || words.bounds(head) {
        return Some(head);
    }
    let phrase = words.left(head, floor);
    let placed = relatives::before_place(words, phrase.clone(), floor);
    let phrase = placed.map_or(phrase, |last| words.left(last, floor));
    let of_clause = relatives::antecedent(words, phrase.start, floor);
    Some(of_clause.or(placed).unwrap_or(head))
}
