//! Over what stands between a subject and its verb: "the judge who sentenced X was stabbed",
//! "X, who planted it, acted on orders", "X, 34, a baker, was shot".

use std::ops::Range;

use throughline_model::SubjectKind;

use super::lexicon::Class;
use crate::say::cues::Cue;
use crate::say::words::Words;

/// How far such a clause is followed, in tokens.
const REACH: usize = 24;

/// The last token of what a relative clause hangs on whose own object begins at `object`: the
/// judge, in "the judge who sentenced X was stabbed". `None` where the words there are no
/// object of such a clause: "the judge who said X was stabbed".
pub(crate) fn antecedent(words: &Words<'_>, object: usize, floor: usize) -> Option<usize> {
    let floor = floor.max(object.saturating_sub(REACH));
    // "who stabbed and wounded a guard": one clause.
    let verb = |at: usize| words.word(at).is_some_and(|word| !word.verbs.is_empty());
    let joins = |at: usize| words.lower(at) == "and" && at > 0 && verb(at - 1) && verb(at + 1);
    let stops = |at: usize| words.mark(at) || words.is(at, Class::Conjunction) && !joins(at);
    let inside = (floor..object).rev().take_while(|&at| !stops(at));
    let relative = inside.into_iter().find(|&at| {
        matches!(words.lower(at), "who" | "which" | "whose")
            || words.lower(at) == "that" && hangs(words, at)
    })?;
    let verb = (relative + 1..object).find(|&at| !words.is(at, Class::Auxiliary))?;
    let speech = [Cue::Saying, Cue::Telling, Cue::Supposing, Cue::Refusing, Cue::Knowing];
    if speech.into_iter().any(|cue| words.cue(verb, cue)) && verb + 1 == object {
        return None;
    }
    // "a man who called himself X laid a bomb": X as well as a man.
    if matches!(words.lower(verb), "called" | "calls" | "named" | "known") {
        return None;
    }
    let last = relative.checked_sub(1).filter(|&last| last >= floor)?;
    // "the judge, who sentenced X was": a comma too few.
    let last = if words.lower(last) == "," { last.checked_sub(1)? } else { last };
    (last >= floor && !words.mark(last)).then_some(last)
}

/// The last token of what a place hangs on that stands before a verb: the judge, in "a judge in Madrid
/// was shot dead", the attack, in "the attack at the cathedral in Lenn killed 23". `None` where the
/// phrase that begins at `place` is none of such words, as in "In Lenn gunmen killed a guard".
pub(crate) fn before_place(words: &Words<'_>, place: Range<usize>, floor: usize) -> Option<usize> {
    const NESTED: usize = 4;
    let told = |at: usize| {
        words.name_of(at, SubjectKind::Person).is_some()
            || words.word(at).is_some_and(|word| {
                word.is(Class::People)
                    || word.doer.is_some()
                    || word.attack.is_some()
                    || word.weapon.is_some()
            })
    };
    let mut phrase = place;
    for nested in 0..NESTED {
        if phrase.is_empty() || told(phrase.end - 1) {
            return None;
        }
        // "The station in Lenn was attacked": the phrase that opens the sentence is the subject.
        let opens = (nested > 0 && phrase.start == floor && words.is(floor, Class::Determiner))
            .then(|| phrase.end - 1);
        let Some(preposition) = phrase.start.checked_sub(1).filter(|&at| at > floor) else {
            return opens;
        };
        let placed = matches!(
            words.lower(preposition),
            "in" | "at" | "near" | "outside" | "inside" | "from" | "on" | "of"
        );
        if !placed {
            return None;
        }
        let last = preposition - 1;
        if words.bounds(last) && words.name(last).is_none() || words.time(last).is_some() {
            return None;
        }
        phrase = words.left(last, floor);
        // "a bomb hidden in flowers": the bomb.
        if let Some(head) = phrase.clone().rev().find(|&at| told(at)) {
            return Some(head);
        }
    }
    None
}

/// "X, from Morden, drove to Lenn and stabbed Y": who begins the sentence and does what the verb
/// before "and" tells as well. `None` where that verb is passive or of speech, or somebody else
/// stands between.
pub(crate) fn shared(words: &Words<'_>, verb: usize, floor: usize) -> Option<Range<usize>> {
    let and = verb.checked_sub(1).filter(|&and| and > floor && words.lower(and) == "and")?;
    // "A gunman entered the church": the phrase runs on over a verb that no list has.
    let head = words.right(floor, and).rev().find(|&at| {
        words.name_of(at, SubjectKind::Person).is_some()
            || words
                .word(at)
                .is_some_and(|word| !word.plural && (word.doer.is_some() || word.is(Class::People)))
    })?;
    let subject = floor..head + 1;
    // "the wife of X": not X.
    if subject.clone().any(|at| words.is(at, Class::Preposition) && words.name(at).is_none()) {
        return None;
    }
    let mut at = subject.end;
    // "X, from Morden,", "X, 34, a baker,".
    if words.lower(at) == "," {
        let close = (at + 1..and.min(at + REACH)).rev().find(|&at| words.lower(at) == ",")?;
        let aside = at + 1..close;
        if aside.clone().any(|at| words.is(at, Class::Auxiliary) || words.is(at, Class::Relative)) {
            return None;
        }
        at = close + 1;
    }
    const WENT: [&str; 12] = [
        "drove", "went", "came", "ran", "walked", "broke", "burst", "rode", "drew", "flew", "got",
        "took",
    ];
    let first = words.lower(at);
    let speech = [Cue::Saying, Cue::Telling, Cue::Supposing, Cue::Refusing, Cue::Knowing];
    let did = (WENT.contains(&first) || first.ends_with("ed"))
        && !speech.into_iter().any(|cue| words.cue(at, cue))
        && !matches!(words.lower(at + 1), "by" | "in" | "on" | "after" | "for");
    // Another verb, or somebody else before "and", may have a subject of its own.
    let apart = (at + 1..and).any(|at| {
        words.mark(at)
            || words.is(at, Class::Auxiliary)
            || words.is(at, Class::Relative)
            || words.is(at, Class::Pronoun)
            || words.is(at, Class::Conjunction)
            || speech.into_iter().any(|cue| words.cue(at, cue))
    });
    (did && !apart).then_some(subject)
}

/// The last token of what a relative clause hangs on within which somebody speaks: the man, in
/// "the man who police say shot the mayor"; `said` is the verb of speech.
pub(crate) fn before_aside(words: &Words<'_>, said: usize, floor: usize) -> Option<usize> {
    const NEAR: usize = 5;
    if !(words.cue(said, Cue::Saying) || words.cue(said, Cue::Supposing)) {
        return None;
    }
    let from = floor.max(said.saturating_sub(NEAR));
    let relative = (from + 1..said.saturating_sub(1))
        .rev()
        .take_while(|&at| !words.mark(at))
        .find(|&at| matches!(words.lower(at), "who" | "which"))?;
    let last = relative - 1;
    let last = if words.lower(last) == "," { last.checked_sub(1)? } else { last };
    (last >= floor).then_some(last)
}

/// Whether "that" hangs on a word for somebody or for an attack, rather than on a verb.
fn hangs(words: &Words<'_>, that: usize) -> bool {
    let before = that.checked_sub(1).and_then(|at| words.word(at));
    before
        .is_some_and(|word| word.is(Class::People) || word.doer.is_some() || word.weapon.is_some())
}

/// The last token of what the words that `comma` closes are added to: X, in "X, 34, a baker,
/// was", "X, who planted it, acted".
pub(crate) fn before_apposition(words: &Words<'_>, comma: usize, floor: usize) -> Option<usize> {
    if words.lower(comma) != "," {
        return None;
    }
    let from = floor.max(comma.saturating_sub(REACH));
    let mut found = None;
    for open in (from + 1..comma).rev().filter(|&at| words.lower(at) == ",") {
        let relative = matches!(words.lower(open + 1), "who" | "which" | "whose");
        let clause = (open..comma).any(|at| words.is(at, Class::Auxiliary));
        if !opens(words, open + 1) || clause && !relative {
            continue;
        }
        let last = open - 1;
        let named = words.name(last).is_some_and(|name| {
            matches!(words.analysis.names[name].kind, SubjectKind::Person | SubjectKind::Group)
        });
        if named {
            return Some(last);
        }
        let noun =
            words.word(last).is_some_and(|word| word.is(Class::People) || word.doer.is_some());
        if noun && found.is_none() {
            found = Some(last);
        }
    }
    found
}

/// Whether what is added to a name can begin with a word.
fn opens(words: &Words<'_>, token: usize) -> bool {
    words.quantity(token).is_some()
        || words.lower(token).contains("-year-old")
        || words.lower(token).ends_with("ed")
        || matches!(
            words.lower(token),
            "who"
                | "which"
                | "whose"
                | "a"
                | "an"
                | "the"
                | "another"
                | "one"
                | "his"
                | "her"
                | "aged"
                | "from"
        )
}
