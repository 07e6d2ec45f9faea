//! Figures that count years or hours, and nobody: "a boy aged nine", "a girl of nine", "a siege
//! of four hours".

use super::lexicon::Class;
use crate::say::words::Words;

/// Whether a quantity is somebody's age: "aged nine", "a girl of nine", "nine years old",
/// "Harko, 52,"; not "a gang of nine", "a leader of nine men".
pub(crate) fn is_age(words: &Words<'_>, quantity: usize) -> bool {
    let tokens = &words.analysis.quantities[quantity].tokens;
    let skip = |at: usize| at + usize::from(words.lower(at) == "-");
    let year = skip(tokens.end);
    let old = match words.lower(year) {
        "years" | "year" => {
            let next = skip(year + 1);
            words.lower(next) == "old"
                || words.lower(next) == "of" && words.lower(next + 1) == "age"
        }
        "year-old" | "years-old" => true,
        _ => false,
    };
    let before = |back: usize| tokens.start.checked_sub(back);
    let lower = |back: usize| before(back).map_or("", |at| words.lower(at));
    let counts = words.is(tokens.end, Class::People);
    let somebody = before(2)
        .and_then(|at| words.word(at))
        .is_some_and(|word| word.is(Class::People) && !word.plural);
    old || matches!(lower(1), "aged" | "age" | "ages") && !counts
        || lower(1) == "of" && somebody && !counts && is_young_or_old(lower(2))
        || lower(1) == ","
            && before(2).is_some_and(|at| of_person(words, at))
            && matches!(words.lower(tokens.end), "," | ")")
}

/// Nouns after which "of nine" tells an age: people as such, and no holders of a post.
fn is_young_or_old(noun: &str) -> bool {
    matches!(noun, "man" | "woman" | "boy" | "girl" | "child" | "person" | "youth" | "lad")
}

fn of_person(words: &Words<'_>, token: usize) -> bool {
    words.name_of(token, throughline_model::SubjectKind::Person).is_some()
}

/// Whether a token is a unit of time.
pub(crate) fn is_unit_of_time(lower: &str) -> bool {
    matches!(
        lower,
        "second"
            | "seconds"
            | "minute"
            | "minutes"
            | "hour"
            | "hours"
            | "day"
            | "days"
            | "week"
            | "weeks"
            | "month"
            | "months"
            | "year"
            | "years"
            | "decade"
            | "decades"
    )
}
