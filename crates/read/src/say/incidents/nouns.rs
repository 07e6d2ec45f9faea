//! Attacks named by a noun: "the Istanbul nightclub attack", "a series of plots in France",
//! "the Westminster attacker", "Wednesday's murders".
//!
//! Attacks spoken of in general ("some killers", "most attacks", "the inspired attacks")
//! are no incidents.

use std::ops::Range;

use throughline_model::{Figure, SubjectKind, ZoneRole};

use super::found::Found;
use super::imagined;
use super::lexicon::{Class, Form};
use super::police;
use crate::analysis::{Sentence, Shape};
use crate::say::cues::Cue;
use crate::say::words::Words;

/// The mentions by nouns in a sentence.
pub(crate) fn find(words: &Words<'_>, sentence: &Sentence, into: &mut Vec<Found>) {
    for head in sentence.tokens.clone() {
        let Some(word) = words.word(head) else { continue };
        if words.name(head).is_some_and(|name| words.analysis.names[name].tokens.end > head + 1) {
            continue;
        }
        let found = if word.weapon == Some("bombing") {
            unexploded(words, sentence, head)
        } else if word.attack.is_some() && !is_verb(words, head) {
            named(words, sentence, head)
        } else if word.doer.is_some() {
            presupposed(words, sentence, head)
        } else {
            None
        };
        into.extend(found);
    }
}

/// A mention with what surrounds it filled in from its sentence.
pub(crate) fn blank(sentence: &Sentence, head: usize) -> Found {
    Found {
        tokens: head..head + 1,
        head,
        sentence: sentence.tokens.clone(),
        paragraph: sentence.paragraph,
        display: sentence.zone != ZoneRole::Body,
        kind: "attack",
        ..Found::default()
    }
}

fn named(words: &Words<'_>, sentence: &Sentence, head: usize) -> Option<Found> {
    let word = words.word(head)?;
    let mut found = blank(sentence, head);
    found.tokens = words.left(head, sentence.tokens.start);
    found.plural = word.plural;
    found.kind = match word.attack {
        Some("plot") | None => "attack",
        Some(kind) => kind,
    };
    if word.attack == Some("plot") {
        found.stage = Some("planned");
    }
    found.read_before(words);
    if imagined::attack(words, found.tokens.clone(), head)
        || ranked(words, found.tokens.clone(), sentence)
        || of_many(words, &found.tokens, word.plural)
        || charged_with(words, sentence, &found.tokens, head)
        || police::search(words, sentence, head)
        || title(words, sentence, head)
    {
        return None;
    }
    // "the murder trial", "a crime scene": of another thing, unless place or day tell which.
    if words.cue(head + 1, Cue::Compound) && found.places.is_empty() && found.time.is_none() {
        return None;
    }
    let undone = foiled(words, &found.tokens, head, sentence);
    if word.attack == Some("plot") && undone {
        found.stage = Some("foiled");
    } else if intended(words, sentence, &found.tokens, head) {
        found.stage = Some(if undone { "foiled" } else { "planned" });
    }
    let opener = found.tokens.start;
    let generic = words.is(opener, Class::Generic);
    found.another = (opener..head).any(|token| {
        matches!(words.lower(token), "similar" | "separate" | "earlier" | "previous" | "another")
    }) && words.is(opener, Class::Indefinite)
        || (opener..head).any(|token| matches!(words.lower(token), "earlier" | "previous"));
    found.another |= words.is(opener, Class::Indefinite) && sentenced(words, sentence, opener);
    found.definite =
        words.is(opener, Class::Definite) || (opener..head).any(|token| words.possessive(token));
    found.size = (opener..head)
        .find_map(|token| words.quantity(token).filter(|_| words.time(token).is_none()))
        .filter(|&size| at_least_two(&words.analysis.quantities[size].figure));
    // "a series of plots": the phrase before belongs to it.
    if let Some(collective) = collective(words, &found, sentence) {
        found.set = found.plural;
        // "the number of plots" counts them, and does not name them.
        if !matches!(words.lower(opener - 2), "number" | "total") {
            found.tokens.start = collective;
        }
    }
    found.set |= found.plural && found.size.is_some();
    let apart = held_over(words, sentence, opener)
        && (words.time(head + 1).is_some()
            || words.lower(head + 1) == "on" && words.time(head + 2).is_some())
        || answered(words, sentence, opener) && answered_on(words, head).is_some();
    let end =
        if apart || blamed(words, opener) { head + 1 } else { found.read_after(words, head + 1) };
    found.tokens.end = end.max(head + 1);
    happened(words, &mut found);
    // "foiled a plot on Friday": the day on which it came to light.
    let day = found.time.map(|time| words.analysis.times[time].tokens.start);
    if found.stage == Some("foiled") && day.is_some_and(|day| day > head) {
        found.time = None;
    }
    // "a bombing targeting an army bus".
    if found.target.is_none() && words.lower(found.tokens.end) == "targeting" {
        let aim = words.right(found.tokens.end + 1, sentence.tokens.end);
        if !aim.is_empty() {
            found.tokens.end = aim.end;
            found.target = Some(aim);
        }
    }
    if found.set {
        linked_after(words, &mut found);
        return Some(found);
    }
    let placed = found.places.iter().any(|&place| {
        let at = words.analysis.names[place].tokens.start;
        !words.is(at, Class::Region)
    });
    let dated = found.time.is_some_and(|time| {
        let value = words.analysis.times[time].value.as_ref();
        value.is_some_and(|value| value.earliest() == value.latest())
    });
    let plot = undone && word.attack == Some("plot") && words.lower(head + 1) != "to";
    let kept = if plot && !generic {
        true
    } else if found.plural {
        !generic && ((dated && (found.definite || placed)) || (found.definite && placed))
    } else if generic && !found.definite {
        false
    } else if found.definite {
        true
    } else {
        (placed || found.time.is_some() || found.target.is_some())
            && !hypothetical(words, opener, sentence.tokens.start)
    };
    kept.then_some(found)
}

/// "the undetonated device", "the unexploded bomb": what was said of it before did not come off; not "an
/// unexploded shell of the war", which nobody spoke of.
fn unexploded(words: &Words<'_>, sentence: &Sentence, head: usize) -> Option<Found> {
    let phrase = words.left(head, sentence.tokens.start);
    let failed = (phrase.start..head).any(|at| {
        words.is(at, Class::Failed)
            && matches!(words.lower(at), "unexploded" | "undetonated" | "un-detonated")
    });
    let mut found = blank(sentence, head);
    found.tokens = phrase.clone();
    found.kind = "bombing";
    found.definite = true;
    found.stage = Some("failed");
    (failed && words.is(phrase.start, Class::Definite)).then_some(found)
}

/// "the worst attack in years", "the group's first bombing since": ranks the attack spoken of
/// among others, and names none by itself; when and where it says is the span of the ranking.
fn ranked(words: &Words<'_>, phrase: Range<usize>, sentence: &Sentence) -> bool {
    const RANKS: [&str; 10] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "deadliest",
        "worst",
        "bloodiest",
        "biggest",
        "largest",
    ];
    let rank = phrase.clone().any(|token| RANKS.contains(&words.lower(token)));
    // "the first time that it has claimed an attack in Ruel".
    let from = sentence.tokens.start.max(phrase.start.saturating_sub(12));
    let first_time = words.is(phrase.start, Class::Indefinite)
        && (from..phrase.start).any(|at| {
            words.lower(at) == "time"
                && at > 0
                && matches!(words.lower(at - 1), "first" | "second" | "only")
        });
    if first_time {
        return true;
    }
    let until = sentence.tokens.end.min(phrase.end + 12);
    rank && (phrase.end..until).take_while(|&at| words.lower(at) != ",").any(|at| {
        matches!(words.lower(at), "since" | "history" | "memory" | "decades" | "months" | "weeks")
            || matches!(words.lower(at), "in" | "for") && words.lower(at + 1) == "years"
            || words.lower(at) == "this" && words.lower(at + 1) == "year"
    })
}

/// "many of the deadliest attacks in Lima", "one of several attacks": attacks in general.
fn of_many(words: &Words<'_>, phrase: &Range<usize>, plural: bool) -> bool {
    let counted = phrase.clone().any(|at| words.quantity(at).is_some());
    let of = phrase.start.checked_sub(1).filter(|&of| plural && words.lower(of) == "of");
    let many = of.filter(|_| !counted).and_then(|of| of.checked_sub(1));
    many.is_some_and(|at| words.lower(at) == "one" || words.is(at, Class::Generic))
}

/// "convicted of murder", "three counts of attempted murder": what somebody is charged with, and no attack
/// told anew; not "charged with the murder of X", "the bombing".
fn charged_with(
    words: &Words<'_>,
    sentence: &Sentence,
    phrase: &Range<usize>,
    head: usize,
) -> bool {
    const NEAR: usize = 10;
    let crime = matches!(
        words.lemma(head),
        "murder" | "killing" | "assault" | "kidnapping" | "arson" | "crime" | "assassination"
    );
    if !crime || words.is(phrase.start, Class::Determiner) {
        return false;
    }
    let from = sentence.tokens.start.max(phrase.start.saturating_sub(NEAR));
    (from..phrase.start).any(|at| {
        matches!(
            words.lemma(at),
            "convict" | "charge" | "accuse" | "guilty" | "count" | "conviction" | "indict" | "deny"
        )
    })
}

/// Whether a noun is what somebody means to do: "were planning an attack on the station", "had plans to carry
/// out a bombing", "preparing for a terrorist attack", "the planned attack", "an attack was planned".
fn intended(words: &Words<'_>, sentence: &Sentence, phrase: &Range<usize>, head: usize) -> bool {
    const NEAR: usize = 7;
    if (phrase.start..head).any(|at| matches!(words.lower(at), "planned" | "intended" | "would-be"))
    {
        return true;
    }
    // "planned the bombing", told of one that took place, is a part in it.
    let took_place =
        words.is(phrase.start, Class::Definite) && words.lower(phrase.start + 1) != "own";
    let from = sentence.tokens.start.max(phrase.start.saturating_sub(NEAR));
    let stops = |at: &usize| {
        words.mark(*at) || words.is(*at, Class::Relative) || words.is(*at, Class::Conjunction)
    };
    let meant = (from..phrase.start).rev().take_while(|at| !stops(at)).find(|&at| means(words, at));
    let Some(meant) = meant.filter(|_| !took_place) else { return false };
    let between = meant + 1..phrase.start;
    // "planning an attack", "preparing for an attack", "plans to carry out an attack".
    between.len() <= 1 || words.lower(between.start) == "to" || words.lower(between.start) == "of"
}

/// Whether a word tells that something is meant to be done.
fn means(words: &Words<'_>, at: usize) -> bool {
    words.is(at, Class::Intent) && words.name(at).is_none() && !words.is(at, Class::Attempt)
}

/// "blamed the attacks on the movement": on whom the blame is laid, and not what was attacked.
fn blamed(words: &Words<'_>, opener: usize) -> bool {
    let before = opener.checked_sub(1);
    before.is_some_and(|at| words.lemma(at) == "blame" || words.lower(at) == "pinned")
}

/// "The attack took place in Ruel on Monday", "Ruel, where the attack happened": what is told of when and
/// where behind the verb, and the place that "where" hangs on.
fn happened(words: &Words<'_>, found: &mut Found) {
    let before = found.tokens.start.checked_sub(1).filter(|&at| words.lower(at) == "where");
    let mut at = found.tokens.end;
    // "the attack, which took place in Ruel".
    at += usize::from(words.lower(at) == "," && words.lower(at + 1) == "which");
    at += usize::from(matches!(words.lower(at), "that" | "which"));
    let adverb = usize::from(words.adverb(at) || words.is(at, Class::Auxiliary));
    let verb = at + adverb;
    let behind = match (words.lower(verb), words.lower(verb + 1)) {
        ("took" | "taken" | "takes", "place") => verb + 2,
        ("happened" | "occurred" | "unfolded" | "happens" | "occurs", _) => verb + 1,
        _ => return,
    };
    found.happened = found.definite;
    found.read_after(words, behind);
    if let Some(where_at) = before.filter(|_| found.places.is_empty()) {
        let floor = found.sentence.start;
        let last = where_at.checked_sub(1).filter(|&last| last >= floor);
        let mark = |&last: &usize| matches!(words.lower(last), "," | "–");
        let last = match last.filter(mark) {
            Some(mark) => mark.checked_sub(1).filter(|&last| last >= floor),
            None => last,
        };
        found.places.extend(last.and_then(|last| words.name_of(last, SubjectKind::Place)));
    }
}

/// "a court sentenced a student for a knife attack": an attack that a court has dealt with is
/// told anew, and is no recent one told before.
fn sentenced(words: &Words<'_>, sentence: &Sentence, opener: usize) -> bool {
    let before = imagined::near(&sentence.tokens, opener).start..opener;
    let of =
        opener.checked_sub(1).is_some_and(|of| matches!(words.lower(of), "for" | "of" | "over"));
    of && before.into_iter().any(|at| {
        matches!(words.lower(at), "sentenced" | "convicted" | "jailed" | "imprisoned" | "hanged")
    })
}

/// "the group Conspiracy of the Embers": a plot with a capital within a sentence is part of a
/// name.
fn title(words: &Words<'_>, sentence: &Sentence, head: usize) -> bool {
    let plot = words.word(head).is_some_and(|word| word.attack == Some("plot"));
    let capital = words.analysis.tokens[head].shape == Shape::Capital;
    plot && capital
        && sentence.zone == ZoneRole::Body
        && head > sentence.tokens.start
        && words.lower(head + 1) == "of"
}

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
fn compares(lower: &str) -> bool {
    matches!(
        lower,
        "since"
            | "like"
            | "unlike"
            | "than"
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

/// "arrested over the bombings on Wednesday": the day is that of the arrest.
fn held_over(words: &Words<'_>, sentence: &Sentence, opener: usize) -> bool {
    let from = sentence.tokens.start.max(opener.saturating_sub(4));
    (from..opener).any(|at| {
        matches!(
            words.lower(at),
            "arrested" | "detained" | "held" | "questioned" | "seized" | "charged" | "remanded"
        )
    }) && (from..opener).any(|at| matches!(words.lower(at), "over" | "connection" | "with"))
}

/// "claimed the attack on Wednesday", "condemned the bombing yesterday": the day is that of the word.
fn answered(words: &Words<'_>, sentence: &Sentence, opener: usize) -> bool {
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

/// "had foiled a plot", "a plot … was thwarted".
pub(crate) fn foiled(
    words: &Words<'_>,
    phrase: &Range<usize>,
    head: usize,
    sentence: &Sentence,
) -> bool {
    let from = sentence.tokens.start.max(phrase.start.saturating_sub(3));
    let before = (from..phrase.start).any(|at| words.is(at, Class::Foiled));
    let until = sentence.tokens.end.min(head + 12);
    let passive = (head + 1..until)
        .take_while(|&at| !words.mark(at))
        .find(|&at| words.is(at, Class::Foiled))
        .is_some_and(|at| words.is(at - 1, Class::Auxiliary));
    before || passive
}

/// "In a separate incident, two guards were shot", "several attacks, most recently when a man threw a bomb":
/// what such a sentence tells is apart from what was told before.
pub(crate) fn set_apart(words: &Words<'_>, sentence: &Sentence, found: &mut [Found]) {
    const NEAR: usize = 4;
    let opening = sentence.tokens.start..sentence.tokens.end.min(sentence.tokens.start + NEAR);
    let apart = opening.into_iter().any(|at| {
        matches!(words.lower(at), "separate" | "another" | "similar")
            && matches!(words.lemma(at + 1), "incident" | "attack" | "case")
    });
    if let Some(first) = found.first_mut().filter(|_| apart) {
        first.another = true;
    }
    if let Some(set) = found.iter().position(|found| found.set)
        && let Some(member) = found[set + 1..].iter_mut().find(|found| found.verbal)
    {
        member.another = true;
    }
}

/// "a plot to bomb the station": the noun tells the stage, the verb what was to be done, and
/// both are one.
pub(crate) fn plots_to(words: &Words<'_>, found: &mut Vec<Found>) {
    let mut at = 1;
    while at < found.len() {
        let (noun, verb) = (&found[at - 1], &found[at]);
        let plot = words.word(noun.head).is_some_and(|word| word.attack == Some("plot"));
        let joined =
            plot && verb.verbal && words.lower(noun.head + 1) == "to" && noun.head + 2 == verb.head;
        if joined {
            let noun = found.remove(at - 1);
            let verb = &mut found[at - 1];
            verb.tokens.start = noun.tokens.start;
            verb.stage = noun.stage;
            verb.definite = noun.definite;
            verb.verbal = false;
        } else {
            at += 1;
        }
    }
}

/// "the Westminster attacker": an attacker of a place presupposes an attack there.
fn presupposed(words: &Words<'_>, sentence: &Sentence, head: usize) -> Option<Found> {
    let word = words.word(head)?;
    let kind = word.doer.filter(|&kind| kind != "band")?;
    // "a Ruel militant", "a Ruel-based bomber": where they are from.
    if is_label(words.lemma(head)) {
        return None;
    }
    let mut found = blank(sentence, head);
    found.tokens = words.left(head, sentence.tokens.start);
    found.kind = kind;
    found.doer = true;
    found.definite = true;
    found.read_before(words);
    found.ascribed = None;
    found.weapon = None;
    let generic = words.is(found.tokens.start, Class::Generic);
    let indefinite = words.is(found.tokens.start, Class::Indefinite);
    (!generic && !indefinite && !found.places.is_empty()).then_some(found)
}

/// Nouns that call somebody a kind of man rather than the one of an attack.
fn is_label(lemma: &str) -> bool {
    matches!(lemma, "terrorist" | "militant" | "extremist" | "jihadist" | "butcher")
}

/// Where "a series of" begins, if it stands before the phrase.
fn collective(words: &Words<'_>, found: &Found, sentence: &Sentence) -> Option<usize> {
    let of = found.tokens.start.checked_sub(1)?;
    let noun = of.checked_sub(1).filter(|&noun| noun >= sentence.tokens.start)?;
    let counts = words.lower(of) == "of" && words.is(noun, Class::Collective);
    counts.then(|| words.left(noun, sentence.tokens.start).start)
}

/// "plots linked to the group": whose they are said to be.
fn linked_after(words: &Words<'_>, found: &mut Found) {
    let at = found.tokens.end;
    if words.is(at, Class::Linked) && words.lower(at + 1) == "to" {
        let phrase = words.right(at + 2, found.sentence.end);
        let groups = words.names_in(phrase.clone(), SubjectKind::Group);
        if let Some(&group) = groups.first() {
            found.ascribed = Some(group);
            found.tokens.end = phrase.end;
        }
    }
}

/// Whether a word that can be both is a verb here: "to attack", "guerrillas attack the".
fn is_verb(words: &Words<'_>, at: usize) -> bool {
    let Some(word) = words.word(at) else { return false };
    let lower = words.lower(at);
    let ing = lower.ends_with("ing");
    if word.verbs.is_empty() && !ing {
        return false;
    }
    let opens = |token: usize| {
        words.is(token, Class::Determiner)
            || words.quantity(token).is_some()
            || words.name(token).is_some()
            || words.is(token, Class::Pronoun)
    };
    let Some(before) = at.checked_sub(1) else { return !ing && opens(at + 1) };
    if ing {
        let after_small = words.is(before, Class::Preposition) || words.mark(before);
        // "a blast killing two", "opened fire in a cinema killing a guard"; not "the shooting that day".
        let object = words.time(at + 1).is_none()
            && !words.is(at + 1, Class::Relative)
            && words.name(at + 1).is_none()
            && opens(at + 1);
        let harms = object && !words.is(before, Class::Determiner);
        return words.is(before, Class::Auxiliary) || (after_small && opens(at + 1)) || harms;
    }
    let base = word.verbs.iter().any(|verb| verb.form == Form::Base);
    let past = word.verbs.iter().any(|verb| verb.form == Form::Past);
    if past && !base {
        return true;
    }
    let subject = words.word(before).is_some_and(|word| word.doer.is_some() && word.plural)
        || words.name(before).is_some();
    matches!(words.lower(before), "to")
        // "guerrillas that attack the town", but "after that attack".
        || (matches!(words.lower(before), "who" | "that") && opens(at + 1))
        || words.is(before, Class::Modal)
        || words.is(before, Class::Pronoun)
        || (subject && opens(at + 1) && words.time(at + 1).is_none())
}

/// Whether small words before a phrase make it a mere possibility.
fn hypothetical(words: &Words<'_>, at: usize, floor: usize) -> bool {
    let from = floor.max(at.saturating_sub(5));
    // "will investigate an attack": of one that was.
    let looked_into = |modal: usize| words.cue(modal + 1, Cue::Asking);
    // "may have been behind an attack", "could be responsible for an attack".
    let part = at.checked_sub(1).is_some_and(|before| match words.lower(before) {
        "behind" => true,
        "for" => before > 0 && words.is(before - 1, Class::Responsible),
        "in" => before > 0 && words.lower(before - 1) == "involved",
        _ => false,
    });
    if part {
        return false;
    }
    (from..at).any(|token| {
        words.is(token, Class::Modal) && !looked_into(token)
            || matches!(words.lower(token), "if" | "any" | "another")
    })
}

fn at_least_two(figure: &Figure) -> bool {
    figure.least >= 2
}
