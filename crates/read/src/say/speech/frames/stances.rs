//! How far a speaker stands behind what is said, by the verb.

use throughline_model::Stance;

use super::Sort;
use super::follows::Follows;
use crate::say::words::Words;

/// Whether an adverb says of what is said that it is not so.
pub(in crate::say::speech) fn is_wrongly(lower: &str) -> bool {
    matches!(lower, "wrongly" | "falsely" | "mistakenly" | "incorrectly" | "erroneously")
}

/// How far the speaker stands behind it; `None` where nothing is said by it.
pub(super) fn of_verb(
    words: &Words<'_>,
    verb: usize,
    sort: Sort,
    negated: bool,
    follows: Follows,
) -> Option<Stance> {
    let question = matches!(follows, Follows::Question(_));
    // "we wrongly reported that": it is not so.
    let wrongly = [verb.checked_sub(1), Some(verb + 1)]
        .into_iter()
        .flatten()
        .any(|at| is_wrongly(words.lower(at)));
    match (sort, negated) {
        (Sort::Saying | Sort::Telling | Sort::Supposing, false) if wrongly && !question => {
            Some(Stance::Denied)
        }
        // "did not say whether", "do not know who".
        (Sort::Saying | Sort::Telling | Sort::Knowing, true) if question => Some(Stance::Unknown),
        (Sort::Saying, true) if words.lemma(verb) == "confirm" => Some(Stance::Questioned),
        (Sort::Saying | Sort::Telling | Sort::Knowing, true) => None,
        // "knew who did it" says nothing of who did.
        (Sort::Knowing, false) => None,
        (_, false) if question => Some(Stance::Questioned),
        (Sort::Asking, _) => None,
        (Sort::Saying | Sort::Telling, false) => Some(Stance::Asserted),
        (Sort::Supposing, false) => Some(Stance::Hedged),
        (Sort::Supposing, true) => Some(Stance::Denied),
        (Sort::Refusing, false) => Some(Stance::Denied),
        (Sort::Refusing | Sort::Doubting, true) => Some(Stance::Hedged),
        (Sort::Doubting, false) => Some(Stance::Questioned),
    }
}
