//! Of whom or what a verb of attacking is said: the phrase to its left, over what stands between.

use std::ops::Range;

use throughline_model::SubjectKind;

use crate::say::cues::Cue;
use crate::say::incidents::lexicon::Class;
use crate::say::incidents::relatives;
use crate::say::words::Words;

/// The phrase that the verb is said of, looked for to its left.
pub(super) fn of(words: &Words<'_>, at: usize, floor: usize) -> Option<Range<usize>> {
    let mut last = at;
    while last > floor {
        let token = last - 1;
        let skip = words.is(token, Class::Auxiliary)
            || words.is(token, Class::Relative)
            || words.adverb(token)
            || matches!(words.lower(token), "shot" | "stabbed")
            || words.time(token).is_some()
            || words.is(token, Class::Negation)
            || words.lower(token) == "to" && words.lower(token + 1) == "have"
            || words.cue(token, Cue::HedgePassive) && words.lower(token + 1) == "to";
        // "on Sunday", before the verb.
        let dated = words.time(last).is_some() && words.is(token, Class::Preposition);
        if !skip && !dated {
            break;
        }
        last = token;
    }
    // "the man, who stabbed": the comma before the relative word.
    if last < at && last > floor && words.lower(last - 1) == "," && words.is(last, Class::Relative)
    {
        last -= 1;
    }
    let head = last.checked_sub(1).filter(|&head| head >= floor)?;
    let head = relatives::before_aside(words, head, floor).unwrap_or(head);
    let head = relatives::before_apposition(words, head, floor).unwrap_or(head);
    if words.bounds(head) && words.name(head).is_none() {
        return None;
    }
    let mut phrase = words.left(head, floor);
    if let Some(last) = relatives::before_place(words, phrase.clone(), floor) {
        phrase = words.left(last, floor);
    }
    // "the judge who sentenced X was stabbed": the judge; not "X, accused of helping the man who bombed it".
    let own_clause = (last..at).any(|token| words.is(token, Class::Relative));
    if let Some(last) = relatives::antecedent(words, phrase.start, floor).filter(|_| !own_clause) {
        phrase = words.left(last, floor);
    }
    // "the cousin of X, who shot": X, who stands nearest.
    if !own_clause {
        phrase = whose(words, phrase, floor);
    }
    // "X, whose brother blew himself up, killing six": not X.
    if (phrase.end..at).any(|token| words.lower(token) == "whose") {
        return None;
    }
    // "the head of the club, who was shot": not the club.
    let who = (last..at).any(|token| words.lower(token) == "who");
    if who && !somebody(words, phrase.clone()) {
        return None;
    }
    (!phrase.is_empty()).then_some(phrase)
}

/// "the brother of Otto Brandt": the brother, of whom the phrase holds only whose he is.
fn whose(words: &Words<'_>, phrase: Range<usize>, floor: usize) -> Range<usize> {
    let named = phrase.end > 0 && words.name_of(phrase.end - 1, SubjectKind::Person).is_some();
    let of = phrase.start.checked_sub(1).filter(|&of| of > floor && words.lower(of) == "of");
    let head = of.map(|of| of - 1).filter(|&head| {
        let word = words.word(head);
        named && words.name(head).is_none() && word.is_some_and(|word| word.is(Class::People))
            || named && word.is_some_and(|word| word.doer.is_some())
            || named
                && matches!(
                    words.lower(head),
                    "follower"
                        | "followers"
                        | "supporters"
                        | "associates"
                        | "accomplices"
                        | "friend"
                        | "friends"
                        | "aides"
                        | "relatives"
                        | "disciples"
                )
    });
    head.map_or(phrase, |head| words.left(head, floor))
}

/// Whether a phrase can stand for people.
fn somebody(words: &Words<'_>, phrase: Range<usize>) -> bool {
    phrase.into_iter().next_back().is_some_and(|head| {
        let lower = words.lower(head);
        match words.name(head) {
            Some(name) => !matches!(
                words.analysis.names[name].kind,
                SubjectKind::Place | SubjectKind::Outlet | SubjectKind::Group
            ),
            None => {
                words.is(head, Class::People)
                    || words.word(head).is_some_and(|word| word.doer.is_some())
                    || !words.is(head, Class::Site) && !lower.is_empty()
            }
        }
    })
}
