//! People counted one after another who share one fate: "five men and three women were killed",
//! "killing two guards, a driver and a child". The toll is their sum, and no part of it is one.
//!
//! Must not: "two people were killed and three wounded" (each has a verb of its own), "13 people,
//! including two children and a woman, were killed" (the list is of those counted already).

use std::ops::Range;

use throughline_model::{Figure, Variable};

use super::ages::is_age;
use super::lexicon::Class;
use super::tolls::{before, casualty, somebody};
use crate::say::words::Words;

/// The most people phrases that one list is followed for.
const LONGEST: usize = 8;

/// A list of people with what became of all of them.
#[derive(Debug)]
pub(super) struct Sum {
    /// From the first of them to the last.
    pub(super) tokens: Range<usize>,
    /// How many they are together.
    pub(super) figure: Figure,
    /// What they are counted as; `None` where a figure before them counts them already.
    pub(super) variable: Option<Variable>,
}

/// The lists of a document, in order; none overlaps another.
pub(super) fn find(words: &Words<'_>) -> Vec<Sum> {
    let mut sums: Vec<Sum> = Vec::new();
    for sentence in &words.analysis.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            match read(words, at, sentence.tokens.end) {
                Some(sum) => {
                    at = sum.tokens.end;
                    sums.push(sum);
                }
                None => at += 1,
            }
        }
    }
    sums
}

/// The list that begins at a token.
fn read(words: &Words<'_>, start: usize, end: usize) -> Option<Sum> {
    let (mut close, mut figure) = counted(words, start, end, false)?;
    let mut joined = false;
    for _ in 1..LONGEST {
        let comma = words.lower(close) == ",";
        let and = words.lower(close + usize::from(comma)) == "and";
        // "a boy aged nine," has its own comma behind it.
        let apart = words.lower(close - 1) == ",";
        if !(comma || and || apart) || joined {
            break;
        }
        let next = close + usize::from(comma) + usize::from(and);
        let Some((to, more)) = counted(words, next, end, true) else { break };
        figure = add(figure, more);
        close = to;
        joined = and;
    }
    if !joined {
        return None;
    }
    let tokens = start..close;
    let first = start.checked_sub(1).map_or("", |at| words.lower(at));
    if matches!(first, "including" | "include" | "included" | "them" | "mostly" | "mainly") {
        return Some(Sum { tokens, figure, variable: None });
    }
    let aux = (close..end).take(4).take_while(|&at| small(words, at)).count();
    let verb = close + aux;
    let fate = casualty(words, verb).filter(|_| {
        aux > 0
            || matches!(
                words.lower(verb),
                "died" | "perished" | "dead" | "killed" | "wounded" | "injured" | "hurt"
            )
    });
    // "killing a man and a woman": nothing else is said of the woman; "killed two men and a woman
    // was hurt" tells of her apart.
    let ends = aux == 0
        && (words.mark(close)
            || words.time(close).is_some()
            || words.is(close, Class::Preposition)
            || words.is(close, Class::Conjunction)
            || words.is(close, Class::Relative));
    let variable = match (before(words, start), fate) {
        (Some(before), None) if ends => before,
        (None, Some(fate)) => fate,
        _ => return None,
    };
    Some(Sum { tokens, figure, variable: Some(variable) })
}

/// Whether a word stands between people and what became of them: "were all", "have been".
fn small(words: &Words<'_>, at: usize) -> bool {
    words.is(at, Class::Auxiliary)
        || matches!(words.lower(at), "all" | "both" | "each")
        || words.adverb(at)
}

/// Some people with their number, and the end of the words for them: "five men", "a boy aged
/// nine", and behind others "their driver".
fn counted(words: &Words<'_>, at: usize, end: usize, behind: bool) -> Option<(usize, Figure)> {
    if words.time(at).is_some() || at >= end {
        return None;
    }
    let one = Figure::exactly(1);
    if let Some(number) = words.quantity(at) {
        let quantity = &words.analysis.quantities[number];
        if quantity.tokens.start != at || is_age(words, number) {
            return None;
        }
        let phrase = words.right(at, end);
        let people = |last: usize| words.is(last, Class::People);
        // "13 people including two children": of those counted already.
        let others = phrase.clone().any(|at| {
            words.is(at, Class::Inclusive) || words.quantity(at).is_some_and(|more| more != number)
        });
        if others {
            return None;
        }
        let close = phrase.end.checked_sub(1).filter(|&last| phrase.contains(&last))?;
        return people(close).then_some((close + 1, quantity.figure));
    }
    match words.lower(at) {
        "a" | "an" | "another" => Some((somebody(words, at, end)?, one)),
        "his" | "her" | "their" if behind => Some((somebody(words, at, end)?, one)),
        _ => None,
    }
}

fn add(a: Figure, b: Figure) -> Figure {
    Figure {
        least: a.least.saturating_add(b.least),
        most: a.most.zip(b.most).map(|(a, b)| a.saturating_add(b)),
        about: a.about || b.about,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{analyse, testing::document};

    fn check(text: &str, expected: &[(u32, Option<Variable>)]) {
        let analysis = analyse(&document(text, Some("2017-03-24")));
        let sums = find(&Words::new(&analysis));
        let found: Vec<_> = sums.iter().map(|sum| (sum.figure.least, sum.variable)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn people_of_one_fate_are_counted_together() {
        let killed = Some(Variable::Killed);
        check("Two men and a woman were killed on Monday.", &[(3, killed)]);
        check("Five men and three women were killed when a bomb exploded.", &[(8, killed)]);
        check("A man and a woman were shot dead in Morden.", &[(2, killed)]);
        check("Two women and a child died in the blast.", &[(3, killed)]);
        check("A bomb exploded, killing two guards, a driver and a child.", &[(4, killed)]);
        check("A blast killed six soldiers and their driver.", &[(7, killed)]);
        check("A man, 40, and a woman, 35, were shot dead.", &[(2, killed)]);
        let wounded = Some(Variable::Wounded);
        check("Two men and a woman were wounded in the attack.", &[(3, wounded)]);
    }

    #[test]
    fn people_of_several_fates_are_not() {
        check("Two people were killed and three wounded.", &[]);
        check("A blast killed two men and a woman was hurt.", &[]);
        check("A gunman killed a man and a woman fled.", &[]);
        check("Two men and a woman were arrested.", &[]);
        check("He was two and a half when five men were killed.", &[]);
    }

    #[test]
    fn those_counted_already_are_not_counted_again() {
        check("Thirteen people including two children and a woman were killed.", &[(3, None)]);
    }
}
