//! Figures that are put right: "five, not seven, were killed", "it was five, not seven", "the
//! correct number is five".

use super::lexicon::Class;
use crate::say::words::Words;

/// For each quantity the one that it stands in the place of, as indices into the quantities:
/// "five, not seven", "five rather than seven", "not seven but five".
pub(super) fn find(words: &Words<'_>) -> Vec<(usize, usize)> {
    let quantities = &words.analysis.quantities;
    let pairs = quantities.windows(2).enumerate().filter_map(|(at, pair)| {
        let [first, second] = pair else { return None };
        let (start, end) = (first.tokens.start, first.tokens.end);
        let sentence = words.sentence(start)?;
        if !sentence.tokens.contains(&second.tokens.start) {
            return None;
        }
        // "five people, not seven", "five were killed, not seven".
        let counted = |at: &usize| {
            words.is(*at, Class::Auxiliary)
                || words.is(*at, Class::Killed)
                || words.is(*at, Class::Wounded)
                || matches!(words.lower(*at), "people" | "persons")
        };
        let next = (end..end + 4).find(|at| !counted(at)).unwrap_or(end);
        let between: Vec<&str> = (next.min(second.tokens.start)..second.tokens.start)
            .map(|at| words.lower(at))
            .collect();
        let before = start.checked_sub(1).filter(|&at| at >= sentence.tokens.start);
        let not = before.is_some_and(|at| words.lower(at) == "not");
        match between.as_slice() {
            [",", "not"] | ["not"] | ["and", "not"] | ["rather", "than"] | ["instead", "of"] => {
                Some((at, at + 1))
            }
            ["but"] | [",", "but"] if not => Some((at + 1, at)),
            _ => None,
        }
    });
    pairs.collect()
}

/// Whether a quantity is called the right one: "the correct number is five".
pub(super) fn is_called_right(words: &Words<'_>, quantity: usize) -> bool {
    const NEAR: usize = 5;
    let start = words.analysis.quantities[quantity].tokens.start;
    let from = start.saturating_sub(NEAR);
    let be = start.checked_sub(1).is_some_and(|at| matches!(words.lower(at), "is" | "was"));
    be && (from..start).any(|at| {
        matches!(words.lower(at), "correct" | "actual" | "true" | "right")
            && matches!(words.lower(at + 1), "number" | "figure" | "toll" | "total")
    })
}
