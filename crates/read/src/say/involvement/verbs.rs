//! What a group does: "was coached by handlers, who funded and helped plan every stage", "the
//! movement trained the gunman", "inspired – rather than instructed – by the group".

use std::ops::Range;

use throughline_model::{Element, SubjectKind};

use super::Hand;
use super::parties::{Party, Whom, of_phrase, subject_head, whom};
use crate::analysis::Sentence;
use crate::say::cues::Cue;
use crate::say::incidents::Deeds;
use crate::say::incidents::lexicon::Class;
use crate::say::words::Words;

/// How far agent or object may stand behind their verb, in tokens.
const REACH: usize = 12;

/// A verb of the lists with its agent, before it is known whether it tells of an attack.
#[derive(Debug, Clone)]
struct Act {
    at: usize,
    party: Party,
    whom: Option<Whom>,
}

/// The hands that verbs of a sentence tell.
pub(super) fn find(words: &Words<'_>, deeds: &Deeds, sentence: &Sentence) -> Vec<Hand> {
    let acts = read(words, deeds, sentence);
    let of_attack = acts.into_iter().filter(|act| act.whom == Some(Whom::Attack));
    let hands = of_attack.flat_map(|act| {
        let not = dropped(words, act.at, sentence.tokens.start);
        let elements = elements(words, act.at, sentence.tokens.end).into_iter();
        elements.map(move |element| Hand {
            at: act.at..act.at + 1,
            element,
            not,
            party: act.party.clone(),
        })
    });
    hands.collect()
}

/// Whether verbs of a sentence tell of attackers in general.
pub(super) fn of_attackers_in_general(words: &Words<'_>, sentence: &Sentence) -> bool {
    read(words, &Deeds::default(), sentence).iter().any(|act| act.whom == Some(Whom::General))
}

fn read(words: &Words<'_>, deeds: &Deeds, sentence: &Sentence) -> Vec<Act> {
    let mut found: Vec<Act> = Vec::new();
    for at in sentence.tokens.clone() {
        if elements(words, at, sentence.tokens.end).is_empty() {
            continue;
        }
        let before = found.last().filter(|last| linked(words, last.at + 1, at)).cloned();
        let Some(party) = agent(words, sentence, at, before.as_ref()) else { continue };
        let whom = patient(words, deeds, sentence, at, before.as_ref());
        found.push(Act { at, party, whom });
    }
    found
}

/// The elements that a verb tells; none if it is no verb of the lists.
fn elements(words: &Words<'_>, at: usize, end: usize) -> Vec<Element> {
    const PLAIN: [(Cue, Element); 7] = [
        (Cue::Inspiring, Element::Inspired),
        (Cue::Instructing, Element::Instructed),
        (Cue::Funding, Element::GaveMoney),
        (Cue::Arming, Element::GaveArms),
        (Cue::Training, Element::Trained),
        (Cue::Planning, Element::Planned),
        (Cue::Dispatching, Element::Dispatched),
    ];
    // "the training" and "a plan" are no verbs.
    let noun = at.checked_sub(1).is_some_and(|before| {
        (words.is(before, Class::Determiner) || words.possessive(before))
            && !words.lower(at).ends_with("ed")
    });
    if noun {
        return Vec::new();
    }
    let mut found: Vec<Element> =
        PLAIN.iter().filter(|(cue, _)| words.cue(at, *cue)).map(|(_, element)| *element).collect();
    // "sent a message", "sent two parcels": nobody was sent.
    let object = words.right(at + 1, end);
    let thing = object.clone().next_back().is_some_and(|head| {
        !words.is(head, Class::People)
            && words.word(head).is_none_or(|word| word.doer.is_none())
            && words.name_of(head, SubjectKind::Person).is_none()
    });
    found.retain(|element| *element != Element::Dispatched || !thing);
    let soon = at + 1..end.min(at + 6);
    if words.cue(at, Cue::Choosing) {
        let chosen_before = at.saturating_sub(4)..at;
        found.extend(guided(words, soon.clone()));
        if found.is_empty() && words.any(chosen_before.clone(), Class::Auxiliary) {
            found.extend(guided(words, chosen_before));
        }
    }
    if words.cue(at, Cue::Giving) {
        // "gave X 9,000 euros and a pistol".
        let until = (at + 1..end.min(at + REACH)).find(|&token| {
            matches!(words.lower(token), "." | ";" | "," | "who" | "which" | "by" | "but")
        });
        let object = at + 1..until.unwrap_or(end.min(at + REACH));
        let given = |cue| object.clone().any(|token| words.cue(token, cue));
        found.extend(given(Cue::Money).then_some(Element::GaveMoney));
        found.extend(given(Cue::Arms).then_some(Element::GaveArms));
    }
    found
}

/// The elements of guidance that words for target, method and time tell.
pub(super) fn guided(words: &Words<'_>, tokens: Range<usize>) -> Vec<Element> {
    const WORDS: [(Cue, Element); 3] = [
        (Cue::TargetWord, Element::GuidedTarget),
        (Cue::MethodWord, Element::GuidedMethod),
        (Cue::TimingWord, Element::GuidedTiming),
    ];
    let told = |cue: Cue| tokens.clone().any(|token| words.cue(token, cue));
    WORDS.iter().filter(|(cue, _)| told(*cue)).map(|(_, element)| *element).collect()
}

/// Whether two verbs stand in one row: "funded and helped plan", "trained, armed and paid".
fn linked(words: &Words<'_>, from: usize, to: usize) -> bool {
    let between = from..to;
    between.len() <= 6
        && between.into_iter().all(|token| {
            words.cue(token, Cue::Contrast)
                || words.adverb(token)
                || matches!(
                    words.lower(token),
                    "and"
                        | "or"
                        | "but"
                        | "nor"
                        | ","
                        | "–"
                        | "—"
                        | "-"
                        | "not"
                        | "never"
                        | "helped"
                        | "help"
                        | "to"
                        | "rather"
                        | "than"
                        | "instead"
                        | "of"
                        | "him"
                        | "her"
                        | "them"
                        | "both"
                        | "was"
                        | "were"
                )
        })
}

/// Whether "trained" has nobody as its object, and so is of whoever stands before it.
fn is_trained(words: &Words<'_>, at: usize) -> bool {
    let next = at + 1 + usize::from(words.adverb(at + 1));
    words.cue(at, Cue::Training) && (words.is(next, Class::Preposition) || words.mark(next))
}

fn agent(words: &Words<'_>, sentence: &Sentence, at: usize, before: Option<&Act>) -> Option<Party> {
    let (floor, end) = (sentence.tokens.start, sentence.tokens.end);
    if let Some(by) = by(words, at, end) {
        return of_phrase(words, words.right(by + 1, end));
    }
    // "he trained with the group"; who "trained in a camp" trained nobody.
    if is_trained(words, at) && !passive(words, at, floor) {
        let with = matches!(words.lower(at + 1), "with" | "under");
        return with.then(|| of_phrase(words, words.right(at + 2, end))).flatten();
    }
    if let Some(group) = hung_on(words, at) {
        return Some(Party::Named(group));
    }
    if let Some(before) = before {
        return Some(before.party.clone());
    }
    if passive(words, at, floor) {
        return None;
    }
    let head = subject_head(words, at, floor)?;
    let phrase = match words.is(head, Class::Relative) {
        true => antecedent(words, head, floor)?,
        false => words.left(head, floor),
    };
    of_phrase(words, phrase)
}

/// "by" after a participle, over a row of others and what stands between dashes.
fn by(words: &Words<'_>, at: usize, end: usize) -> Option<usize> {
    let lower = words.lower(at);
    let participle = lower.ends_with("ed") || lower != words.lemma(at) && !lower.ends_with("ing");
    if !participle {
        return None;
    }
    for token in at + 1..end.min(at + REACH) {
        let lower = words.lower(token);
        if lower == "by" {
            return Some(token);
        }
        let clause = matches!(lower, "." | ";" | ":" | "who" | "which" | "that" | "while" | "when");
        let list = lower == "," && !goes_on(words, token + 1);
        if clause || list || words.is(token, Class::Modal) {
            return None;
        }
    }
    None
}

/// Whether a row of participles goes on after a comma.
fn goes_on(words: &Words<'_>, token: usize) -> bool {
    (token..token + 3).any(|at| {
        words.cue(at, Cue::Contrast)
            || matches!(words.lower(at), "not" | "and" | "by")
            || words.lower(at).ends_with("ed")
    })
}

/// "Isil-inspired": the group that a participle is hung on.
fn hung_on(words: &Words<'_>, at: usize) -> Option<usize> {
    let hyphen = at.checked_sub(1).filter(|&hyphen| words.lower(hyphen) == "-")?;
    let group = words.name_of(hyphen.checked_sub(1)?, SubjectKind::Group)?;
    (!words.official(group)).then_some(group)
}

/// What "who" or "which" stands for: the phrase before it.
fn antecedent(words: &Words<'_>, relative: usize, floor: usize) -> Option<Range<usize>> {
    let last = relative.checked_sub(1)?;
    let last = if words.lower(last) == "," { last.checked_sub(1)? } else { last };
    if last < floor {
        return None;
    }
    let mut phrase = words.left(last, floor);
    // "the movement, a militant group, which": what stands between commas only adds to it.
    let comma = phrase.start.checked_sub(1).filter(|&comma| {
        comma > floor && words.lower(comma) == "," && words.is(phrase.start, Class::Indefinite)
    });
    if let Some(comma) = comma {
        phrase = words.left(comma - 1, floor);
    }
    // "members of the movement, who": the phrase that "of" hangs on comes too.
    let of = phrase.start.checked_sub(1).filter(|&of| of > floor && words.lower(of) == "of");
    let start = of.map_or(phrase.start, |of| words.left(of - 1, floor).start);
    Some(start..phrase.end)
}

/// Whether a form of "be" stands before the participle.
fn passive(words: &Words<'_>, at: usize, floor: usize) -> bool {
    for token in (floor.max(at.saturating_sub(6))..at).rev() {
        let lower = words.lower(token);
        if matches!(lower, "was" | "were" | "been" | "be" | "being" | "is" | "are") {
            return true;
        }
        let small = words.is(token, Class::Auxiliary)
            || words.is(token, Class::Negation)
            || words.cue(token, Cue::Contrast)
            || words.adverb(token)
            || lower.ends_with("ed")
            || matches!(lower, "–" | "—" | "rather" | "and" | "or" | "but" | ",");
        if !small {
            return false;
        }
    }
    false
}

fn patient(
    words: &Words<'_>,
    deeds: &Deeds,
    sentence: &Sentence,
    at: usize,
    before: Option<&Act>,
) -> Option<Whom> {
    let (floor, end) = (sentence.tokens.start, sentence.tokens.end);
    // What was chosen is a part of the attack in hand.
    let chosen = words.cue(at, Cue::Choosing).then_some(Whom::Attack);
    let hung = hung_on(words, at).is_some();
    let suffers =
        passive(words, at, floor) || by(words, at, end).is_some() || is_trained(words, at);
    if !hung && suffers {
        if let Some(before) = before {
            return before.whom;
        }
        let head = subject_head(words, at, floor)?;
        let head = match words.is(head, Class::Relative) {
            true => antecedent(words, head, floor)?.end - 1,
            false => head,
        };
        // "the attack on the bank in Lima was directed": the attack, not the town.
        let mut told = deeds.in_tokens(sentence.tokens.clone());
        if let Some(deed) = told.find(|deed| deed.tokens.contains(&head)) {
            return (!deed.set).then_some(Whom::Attack);
        }
        // "the brothers who attacked the office were sent": whoever they are, they attacked.
        let clause = words.is(head + 1, Class::Relative);
        if clause && deeds.in_tokens(head + 1..at).any(|deed| !deed.set) {
            return Some(Whom::Attack);
        }
        return whom(words, deeds, sentence, head).or(chosen);
    }
    let stop = |token: &usize| {
        !matches!(words.lower(*token), "." | ";" | ":" | "," | "who" | "which" | "while")
    };
    let object = (at + 1..end.min(at + 1 + REACH))
        .take_while(stop)
        .find_map(|token| whom(words, deeds, sentence, token));
    object.or(before.and_then(|before| before.whom)).or(chosen)
}

/// Whether the words right before a cue turn it into its contrary: "rather than instructed",
/// "not directed", but not "not only directed".
pub(super) fn dropped(words: &Words<'_>, at: usize, floor: usize) -> bool {
    for token in (floor.max(at.saturating_sub(4))..at).rev() {
        let lower = words.lower(token);
        if words.cue(token, Cue::Contrast) {
            return true;
        }
        if matches!(lower, "not" | "never" | "n't" | "neither" | "nor" | "without" | "hardly") {
            return !matches!(words.lower(token + 1), "only" | "just" | "merely" | "simply");
        }
        if !words.is(token, Class::Auxiliary) && !words.adverb(token) {
            return false;
        }
    }
    false
}
