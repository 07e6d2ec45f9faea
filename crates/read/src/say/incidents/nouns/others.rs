//! Attacks beside the one that is told of: those it is compared with, those it came after, those
//! that a court or a claim speaks of on another day.

use std::ops::Range;

use throughline_model::SubjectKind;

use super::general::is_verb;
use crate::analysis::Sentence;
use crate::say::incidents::found::Found;
use crate::say::incidents::imagined;
use crate::say::incidents::lexicon::Class;
use crate::say::words::Words;

/// Sentences in which, after a mention of an incident, a word stands for attacks that are no
/// incident of their own here ("came two days after a bombing which killed", "follows other
/// stabbings", "sentenced for a stabbing in which"), with the place of that word: what follows is
/// of them.
pub(crate) fn others(words: &Words<'_>, all: &[Found]) -> Vec<(Range<usize>, usize)> {
    let mut others: Vec<(Range<usize>, usize)> = Vec::new();
    for pair in all.chunk_by(|a, b| a.sentence == b.sentence) {
        let Some(first) = pair.first() else { continue };
        let told = |at: usize| pair.iter().any(|found| found.tokens.contains(&at));
        let until = imagined::near(&first.sentence, first.tokens.end).end;
        let mut rest = first.tokens.end..until;
        let other = rest.find(|&at| {
            let attack = words.word(at).is_some_and(|word| word.attack.is_some());
            let from = first.tokens.end.max(at.saturating_sub(6));
            attack
                && !told(at)
                && !is_verb(words, at)
                && (from..at).any(|before| {
                    compares(words.lower(before))
                        || matches!(
                            words.lower(before),
                            "after" | "before" | "follows" | "followed" | "follow"
                        )
                })
        });
        others.extend(other.map(|at| (first.sentence.clone(), at)));
    }
    for sentence in &words.analysis.sentences {
        let told = all.partition_point(|found| found.tokens.start < sentence.tokens.start);
        if all.get(told).is_some_and(|found| found.sentence == sentence.tokens) {
            continue;
        }
        if opens_apart(words, sentence) {
            others.push((sentence.tokens.clone(), sentence.tokens.start));
            continue;
        }
        let other = sentence.tokens.clone().find(|&at| {
            let from = sentence.tokens.start.max(at.saturating_sub(6));
            let told_apart = || {
                let phrase = words.left(at, sentence.tokens.start);
                sentenced(words, sentence, phrase.start)
                    || (from..at).any(|before| compares(words.lower(before)))
                    || elsewhere(words, &phrase)
            };
            words.word(at).is_some_and(|word| word.attack.is_some())
                && !is_verb(words, at)
                && told_apart()
        });
        // "15 people were killed in raids on churches": all of such a sentence is of them.
        let other = other.map(|at| {
            if elsewhere(words, &words.left(at, sentence.tokens.start)) {
                sentence.tokens.start
            } else {
                at
            }
        });
        others.extend(other.map(|at| (sentence.tokens.clone(), at)));
    }
    others.sort_by_key(|(sentence, _)| sentence.start);
    others
}

/// Whether a noun that names no incident speaks of other attacks than the one told of: several without an
/// article, or one that its words set apart ("in bombings around Lima", "in a similar attack").
fn elsewhere(words: &Words<'_>, phrase: &Range<usize>) -> bool {
    let head = phrase.end - 1;
    let several = words.word(head).is_some_and(|word| word.plural)
        && !words.is(phrase.start, Class::Definite)
        && words.lemma(head) != "shot";
    let apart = phrase.clone().any(|at| {
        matches!(
            words.lower(at),
            "similar" | "separate" | "previous" | "earlier" | "another" | "other"
        )
    });
    // "an attack on a restaurant in Ruel", which the words leave open.
    let one = words.is(phrase.start, Class::Indefinite)
        && matches!(words.lower(head + 1), "on" | "against" | "in" | "at");
    several || apart || one
}

/// Words that set what is told beside another attack: "the deadliest since the bombings of 2005".
pub(super) fn compares(lower: &str) -> bool {
    matches!(
        lower,
        "since"
            | "like"
            | "unlike"
            | "than"
            | "rival"
            | "surpass"
            | "recalled"
            | "recalls"
            | "recalling"
            | "echoed"
            | "echoes"
            | "echoing"
            | "resembled"
            | "resembles"
    )
}

/// Whether a sentence turns to something else: "Elsewhere,", "In a separate incident,", "In other violence,";
/// not "The case is separate", "In the attack,", "Elsewhere in the report,".
fn opens_apart(words: &Words<'_>, sentence: &Sentence) -> bool {
    const NEAR: usize = 4;
    let start = sentence.tokens.start;
    let opening = start..sentence.tokens.end.min(start + NEAR);
    if words.lower(start) == "elsewhere" {
        let place = words.lower(start + 1) == "in"
            && words.name_of(start + 2, SubjectKind::Place).is_some();
        return words.lower(start + 1) == "," || place;
    }
    opening.into_iter().any(|at| {
        let event = matches!(
            words.lemma(at + 1),
            "incident" | "attack" | "case" | "violence" | "unrest" | "bloodshed" | "development"
        );
        match words.lower(at) {
            "separate" | "another" | "similar" => event,
            "other" | "unrelated" => event && at > start && words.lower(at - 1) == "in",
            "second" | "third" => event && at > start && words.is(at - 1, Class::Indefinite),
            _ => false,
        }
    })
}

/// "Elsewhere, two guards were shot", "several attacks, most recently when a man threw a bomb": what such a
/// sentence tells is apart from what was told before.
pub(crate) fn set_apart(words: &Words<'_>, sentence: &Sentence, found: &mut [Found]) {
    if let Some(first) = found.first_mut().filter(|_| opens_apart(words, sentence)) {
        first.another = true;
    }
    if let Some(set) = found.iter().position(|found| found.set)
        && let Some(member) = found[set + 1..].iter_mut().find(|found| found.verbal)
    {
        member.another = true;
    }
}

/// "a court sentenced a student for a knife attack": an attack that a court has dealt with is
/// told anew, and is no recent one told before.
pub(super) fn sentenced(words: &Words<'_>, sentence: &Sentence, opener: usize) -> bool {
    let before = imagined::near(&sentence.tokens, opener).start..opener;
    let of =
        opener.checked_sub(1).is_some_and(|of| matches!(words.lower(of), "for" | "of" | "over"));
    of && before.into_iter().any(|at| {
        matches!(words.lower(at), "sentenced" | "convicted" | "jailed" | "imprisoned" | "hanged")
    })
}

/// "arrested over the bombings on Wednesday": the day is that of the arrest.
pub(super) fn held_over(words: &Words<'_>, sentence: &Sentence, opener: usize) -> bool {
    let from = sentence.tokens.start.max(opener.saturating_sub(4));
    (from..opener).any(|at| {
        matches!(
            words.lower(at),
            "arrested" | "detained" | "held" | "questioned" | "seized" | "charged" | "remanded"
        )
    }) && (from..opener).any(|at| matches!(words.lower(at), "over" | "connection" | "with"))
}

/// "claimed the attack on Wednesday", "condemned the bombing yesterday": the day is that of the word.
pub(super) fn answered(words: &Words<'_>, sentence: &Sentence, opener: usize) -> bool {
    let verb = opener.checked_sub(1).filter(|&verb| verb >= sentence.tokens.start);
    verb.is_some_and(|verb| {
        matches!(
            words.lower(verb),
            "claimed" | "condemned" | "denounced" | "praised" | "hailed" | "deplored" | "mourned"
        )
    })
}

/// The day behind the noun of an attack that somebody answers, as it is written with the day of
/// writing in mind; not "on Wednesday in Leeds", "on Wednesday that killed six", which are the
/// attack's.
pub(crate) fn answered_on(words: &Words<'_>, head: usize) -> Option<usize> {
    let at = if words.lower(head + 1) == "on" { head + 2 } else { head + 1 };
    let time = words.time(at)?;
    let said = &words.analysis.times[time];
    let next = words.lower(said.tokens.end);
    let of_attack = matches!(next, "in" | "at" | "near" | "that" | "which" | "when" | "where");
    Some(time).filter(|_| said.relative && !of_attack)
}
