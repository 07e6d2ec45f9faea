//! Attacks named by a noun: "the Istanbul nightclub attack", "a series of plots in France",
//! "the Westminster attacker", "Wednesday's murders".
//!
//! Attacks spoken of in general ("some killers", "most attacks", "the inspired attacks")
//! are no incidents.

mod general;
mod intended;
mod others;

use throughline_model::{Figure, SubjectKind, ZoneRole};

pub(crate) use self::intended::{foiled, plots_to};
pub(crate) use self::others::{answered_on, others, set_apart};

use self::general::{charged_with, hypothetical, is_verb, of_many, ranked, title};
use self::intended::{intended, unexploded};
use self::others::{answered, held_over, sentenced};
use super::found::Found;
use super::imagined;
use super::lexicon::Class;
use super::police;
use crate::analysis::Sentence;
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
    // "deadlier than the explosions of 7 July 2005": another, with a day of its own.
    let beside = opener.checked_sub(1).is_some_and(|at| others::compares(words.lower(at)));
    found.another |= beside && found.time.is_some();
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

fn at_least_two(figure: &Figure) -> bool {
    figure.least >= 2
}
