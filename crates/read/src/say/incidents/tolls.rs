//! Killed and wounded: "two people were killed and 14 wounded", "leaving 130 people dead".
//!
//! A figure counts for the incident of its sentence, else for the one spoken of. Attackers
//! are no victims, so "two gunmen were killed" is no toll.

use std::ops::Range;

use throughline_model::{Figure, Value, Variable};

use super::Deeds;
use super::ages::is_age;
use super::corrections;
use super::imagined;
use super::killings;
use super::lexicon::Class;
use super::police;
use super::relatives;
use super::sums::{self, Sum};
use crate::say::builder::Builder;
use crate::say::cues::Cue;
use crate::say::words::Words;

/// Says the tolls of a document.
pub(crate) fn say(
    words: &Words<'_>,
    deeds: &Deeds,
    unreal: &[Range<usize>],
    builder: &mut Builder<'_>,
) {
    let real = |token: usize| {
        let to = unreal.partition_point(|sentence| sentence.start <= token);
        to.checked_sub(1).is_none_or(|last| !unreal[last].contains(&token))
    };
    let corrections = corrections::find(words);
    let sums = sums(words, &corrections);
    let summed = |token: usize| {
        let to = sums.partition_point(|sum| sum.tokens.start <= token);
        to.checked_sub(1).map(|last| &sums[last]).filter(|sum| sum.tokens.contains(&token))
    };
    let mut said: Vec<(Figure, Variable)> = Vec::new();
    for (number, quantity) in words.analysis.quantities.iter().enumerate() {
        let at = quantity.tokens.clone();
        if words.time(at.start).is_some()
            || at.is_empty()
            || !real(at.start)
            || is_age(words, number)
        {
            continue;
        }
        if at.start.checked_sub(1).is_some_and(|no| words.lower(no) == "no") {
            continue;
        }
        // "three of the wounded are children": of those told already.
        if words.lower(at.end) == "of"
            && words.is(at.end + 1, Class::Definite)
            && casualty(words, at.end + 2).is_some()
        {
            continue;
        }
        // "two men and a woman were killed": three, and no figure of its own.
        if summed(at.start).is_some() {
            continue;
        }
        let put_right = corrections.iter().find(|(right, _)| *right == number);
        let taken_back = corrections.iter().find(|(_, wrong)| *wrong == number);
        // "five, not seven": what the other counts, or the one that it puts right.
        let other = put_right.map(|(_, wrong)| *wrong).or(taken_back.map(|(right, _)| *right));
        let told = toll(words, at.clone()).or_else(|| {
            let other = words.analysis.quantities[other?].tokens.clone();
            toll(words, other)
        });
        let known = || {
            let wrong = put_right.map(|(_, wrong)| *wrong).or(taken_back.map(|_| number))?;
            let figure = words.analysis.quantities[wrong].figure;
            said.iter().rev().find(|(held, _)| *held == figure).map(|(_, variable)| *variable)
        };
        let latest = || {
            let right = corrections::is_called_right(words, number);
            said.last().filter(|_| right).map(|(_, variable)| *variable)
        };
        // "bombs on trains kill 40".
        let kill = || {
            let verb = at.start.checked_sub(1).filter(|&verb| words.lower(verb) == "kill")?;
            deeds.tells(verb).then_some(Variable::Killed)
        };
        let Some(variable) = told.or_else(known).or_else(latest).or_else(kill) else { continue };
        if over_years(words, deeds, at.start)
            || of_disaster(words, deeds, at.start)
            || police::killed(words, at.start)
        {
            continue;
        }
        let Some(deed) = deeds.harmed(words, at.start).map(|deed| deed.mention) else { continue };
        let mut figure = quantity.figure;
        // "three more people died": three at least, with those told before.
        if part_of_toll(words, at.clone()) || matches!(words.lower(at.end), "more" | "further") {
            figure.most = None;
        }
        said.push((quantity.figure, variable));
        let value = Value::Figure(figure);
        if is_granted(words, deeds, at.start) {
            builder.grant(at.clone());
        }
        builder.say(at.clone(), deed, variable, None, value, 85);
    }
    for sum in &sums {
        let start = sum.tokens.start;
        let Some(variable) = sum.variable.filter(|_| real(start)) else { continue };
        if over_years(words, deeds, start)
            || of_disaster(words, deeds, start)
            || police::killed(words, start)
        {
            continue;
        }
        let Some(deed) = deeds.harmed(words, start).map(|deed| deed.mention) else { continue };
        let value = Value::Figure(sum.figure);
        builder.say(sum.tokens.clone(), deed, variable, None, value, 85);
    }
    let alone = |token: usize| real(token) && summed(token).is_none();
    singles(words, deeds, &alone, builder);
    nobody(words, deeds, &real, builder);
}

/// Whether a figure stands in a clause that tells which attack is meant: "denied that it was behind the blast
/// which killed three" denies no toll.
fn is_granted(words: &Words<'_>, deeds: &Deeds, figure: usize) -> bool {
    const NEAR: usize = 6;
    let Some(sentence) = words.sentence(figure) else { return false };
    let from = sentence.tokens.start.max(figure.saturating_sub(NEAR));
    let relative = (from..figure)
        .rev()
        .take_while(|&at| !words.mark(at))
        .find(|&at| matches!(words.lower(at), "which" | "that") && words.is(at, Class::Relative));
    relative.is_some_and(|relative| {
        let before = sentence.tokens.start..relative;
        deeds.in_tokens(before).any(|deed| deed.tokens.end + 1 >= relative)
    })
}

/// The lists of people with one fate, but for those of which a figure is put right.
fn sums(words: &Words<'_>, corrections: &[(usize, usize)]) -> Vec<Sum> {
    let put_right = |sum: &Sum| {
        let start = |number: usize| words.analysis.quantities[number].tokens.start;
        corrections.iter().any(|&(right, wrong)| {
            sum.tokens.contains(&start(right)) || sum.tokens.contains(&start(wrong))
        })
    };
    sums::find(words).into_iter().filter(|sum| !put_right(sum)).collect()
}

/// "killing six soldiers and their driver", "17 farmers and four guards were hurt": one part
/// of a toll is no more than its least.
fn part_of_toll(words: &Words<'_>, quantity: Range<usize>) -> bool {
    let people = |at: usize| words.is(at, Class::People);
    let and = quantity.start.checked_sub(1).filter(|&and| words.lower(and) == "and");
    let before = and.and_then(|and| and.checked_sub(1)).is_some_and(people);
    let Some(sentence) = words.sentence(quantity.start) else { return before };
    let phrase = words.right(quantity.start, sentence.tokens.end);
    let next = phrase.end + 1;
    let more = words.lower(phrase.end) == "and"
        && phrase.clone().next_back().is_some_and(people)
        && (words.is(next, Class::Determiner) || words.quantity(next).is_some())
        && {
            let other = words.right(next, sentence.tokens.end);
            other.clone().next_back().is_some_and(people) && casualty(words, other.end).is_none()
        };
    before || more
}

/// Whether a figure stands in a sentence of a span of years that tells of no incident.
fn over_years(words: &Words<'_>, deeds: &Deeds, token: usize) -> bool {
    let Some(sentence) = words.sentence(token) else { return false };
    let floor = sentence.tokens.start;
    // "the worst since 1994, when 85 people died": of another year.
    let when = (floor.max(token.saturating_sub(3))..token).find(|&at| words.lower(at) == "when");
    let then = when.is_some_and(|when| {
        let before = floor.max(when.saturating_sub(4))..when;
        before.clone().any(|at| words.lower(at) == "since")
            && before.clone().any(|at| words.time(at).is_some())
    });
    // "which has killed hundreds since 2009".
    let perfect = token.checked_sub(2).is_some_and(|at| {
        at >= floor && matches!(words.lower(at), "has" | "have") && words.is(at + 1, Class::Killed)
    });
    let years = imagined::over_years(words, sentence, token);
    if then || perfect && years {
        return true;
    }
    years && deeds.in_tokens(sentence.tokens.clone()).next().is_none()
}

/// "a storm killed nine people": a figure of no attack, where the sentence tells of none.
fn of_disaster(words: &Words<'_>, deeds: &Deeds, token: usize) -> bool {
    let Some(sentence) = words.sentence(token) else { return false };
    imagined::near(&sentence.tokens, token).any(|at| words.cue(at, Cue::Disaster))
        && deeds.in_tokens(sentence.tokens.clone()).next().is_none()
}

/// Whether a figure is one of killed or wounded.
fn toll(words: &Words<'_>, quantity: Range<usize>) -> Option<Variable> {
    if let Some(variable) = labelled(words, quantity.start) {
        return Some(variable);
    }
    let within = words.sentence(quantity.start)?.tokens.clone();
    let mut at = quantity.end;
    let mut steps = 0;
    // "two people were killed", "130 people dead", "14 wounded".
    while steps < 8 && within.contains(&at) {
        if let Some(variable) = casualty(words, at) {
            return Some(variable);
        }
        if to_death(words, at) && hit(words, quantity.start) {
            return Some(Variable::Killed);
        }
        let word = words.word(at);
        let lower = words.lower(at);
        // "five, not seven, were killed".
        if lower == "," && words.lower(at + 1) == "not" && words.quantity(at + 2).is_some() {
            at = words
                .quantity(at + 2)
                .map_or(at, |other| words.analysis.quantities[other].tokens.end);
            at += usize::from(words.lower(at) == ",");
            continue;
        }
        // "six people, including two children, were killed".
        if let Some(close) = aside(words, at, within.end) {
            at = close + 1;
            continue;
        }
        let doer = word.is_some_and(|word| word.doer.is_some() && !word.is(Class::People));
        // "troops killed 14 suspected rebels": of those who attack.
        if doer {
            return None;
        }
        if words.mark(at) || words.quantity(at).is_some() || words.time(at).is_some() {
            break;
        }
        let passes = word.is_some_and(|word| {
            word.is(Class::People)
                || word.is(Class::Force)
                || word.is(Class::Auxiliary)
                || word.is(Class::Determiner)
                || word.is(Class::Killing)
                || words.cue(at, Cue::HedgePassive) && words.is(at - 1, Class::Auxiliary)
        }) || word.is_none()
            || matches!(lower, "of" | "them" | "more" | "to" | "be" | "been");
        if !passes {
            break;
        }
        at += 1;
        steps += 1;
    }
    before(words, quantity.start)
}

/// The comma that ends an aside on some of those counted, which one at a token opens.
fn aside(words: &Words<'_>, comma: usize, end: usize) -> Option<usize> {
    const LONGEST: usize = 12;
    let opens = words.lower(comma) == ","
        && (matches!(words.lower(comma + 1), "including" | "mostly" | "mainly")
            || words.lower(comma + 1) == "among" && words.lower(comma + 2) == "them"
            || words.lower(comma + 2) == "of" && words.lower(comma + 3) == "them");
    let until = end.min(comma + LONGEST);
    opens.then(|| (comma + 1..until).find(|&at| words.lower(at) == ",")).flatten()
}

/// "Killed: 3", "Wounded | 10", as boxes and tables have it: what follows is another row.
fn labelled(words: &Words<'_>, start: usize) -> Option<Variable> {
    let colon = start.checked_sub(1).filter(|&at| matches!(words.lower(at), ":" | "|"))?;
    casualty(words, colon.checked_sub(1)?)
}

/// "killing at least three", "wounded two": the verb stands right before the figure, or
/// before the figure that "and" joins it to.
pub(super) fn before(words: &Words<'_>, start: usize) -> Option<Variable> {
    let at = start.checked_sub(1)?;
    let lower = words.lower(at);
    if words.is(at, Class::Killing) {
        return Some(Variable::Killed);
    }
    if words.is(at, Class::Wounding) {
        return Some(Variable::Wounded);
    }
    // "shot dead two guards", "killed himself and 14 others".
    let shot = matches!(lower, "dead" | "fatally") && words.lower(at.saturating_sub(1)) == "shot";
    let besides = lower == "and"
        && at >= 2
        && matches!(words.lower(at - 1), "himself" | "herself" | "themselves" | "itself")
        && words.is(at - 2, Class::Killing);
    if shot || besides {
        return Some(Variable::Killed);
    }
    if let Some(variable) = toll_noun(words, start) {
        return Some(variable);
    }
    let noun = words.lower(at.checked_sub(1)?);
    match (lower, noun) {
        // "the attempted murder of two women" killed nobody.
        ("of", "murder" | "killing") if words.lower(at.saturating_sub(2)) == "attempted" => None,
        ("of", "death" | "deaths" | "lives" | "murder" | "killing") => Some(Variable::Killed),
        // "gunmen kill six", "to kill six" apart.
        (_, _) if lower == "kill" && kills(words, at) => Some(Variable::Killed),
        _ => None,
    }
}

/// Whether "to death" stands here.
fn to_death(words: &Words<'_>, at: usize) -> bool {
    words.lower(at) == "to" && words.lower(at + 1) == "death"
}

/// Whether a verb stands before a figure or an article by which somebody is hit: "stabbed a woman".
fn hit(words: &Words<'_>, start: usize) -> bool {
    start.checked_sub(1).is_some_and(|verb| {
        matches!(
            words.lower(verb),
            "stabbed"
                | "beat"
                | "hacked"
                | "clubbed"
                | "bludgeoned"
                | "knifed"
                | "burned"
                | "crushed"
        )
    })
}

/// Whether "kill" stands right behind whoever does it.
fn kills(words: &Words<'_>, verb: usize) -> bool {
    let subject = verb.checked_sub(1).and_then(|at| words.word(at));
    subject.is_some_and(|word| word.plural && (word.doer.is_some() || word.weapon.is_some()))
}

/// "the death toll rose to six", "the toll has risen from five to six", "a toll of six", "the
/// injury toll is now six"; not "rose by six".
fn toll_noun(words: &Words<'_>, start: usize) -> Option<Variable> {
    const NEAR: usize = 9;
    const LONGEST: usize = 20;
    let floor = words.sentence(start)?.tokens.start.max(start.saturating_sub(NEAR));
    let small = |at: usize| {
        words.quantity(at).is_some()
            || words.is(at, Class::Auxiliary)
            || words.adverb(at)
            || matches!(
                words.lower(at),
                "to" | "at"
                    | "of"
                    | "from"
                    | "stands"
                    | "stood"
                    | "reached"
                    | "reaches"
                    | "hit"
                    | "rise"
                    | "rises"
                    | "rose"
                    | "risen"
                    | "climbed"
                    | "climbs"
                    | "jumped"
                    | "increased"
                    | "grew"
                    | "grown"
                    | "up"
                    | "put"
                    | "revised"
                    | "raised"
                    | "fell"
                    | "fallen"
                    | "lowered"
                    | ":"
            )
    };
    let toll = (floor..start).rev().find(|&at| !small(at))?;
    if words.lower(start - 1) == "from" {
        return None;
    }
    // "the death toll from the bombing in Lenn rose to six".
    let first = words.sentence(start)?.tokens.start.max(start.saturating_sub(LONGEST));
    let toll = (first..toll)
        .rev()
        .take_while(|&at| !words.mark(at))
        .find(|&at| {
            matches!(words.lower(at), "toll" | "tolls")
                && matches!(words.lower(at + 1), "from" | "in" | "of" | "after")
                && toll + 1 < start
        })
        .unwrap_or(toll);
    // "the number of dead rose to 14", "the number of people killed".
    let number = (floor..toll).rev().take(4).any(|at| words.lower(at) == "number");
    match words.lower(toll) {
        "dead" | "deaths" | "killed" | "fatalities" if number => return Some(Variable::Killed),
        "injured" | "wounded" | "hurt" if number => return Some(Variable::Wounded),
        "toll" | "tolls" => {}
        _ => return None,
    }
    match toll.checked_sub(1).map(|at| words.lower(at)) {
        Some("injury") => Some(Variable::Wounded),
        Some("casualty") => None,
        _ => Some(Variable::Killed),
    }
}

pub(super) fn casualty(words: &Words<'_>, token: usize) -> Option<Variable> {
    // "four dead drops", "a dead end": of things.
    let next = token + 1;
    let of_thing = words.lower(token) == "dead"
        && !words.mark(next)
        && !words.bounds(next)
        && words.time(next).is_none()
        && words.name(next).is_none()
        && !words.is(next, Class::People)
        && !words.is(next, Class::Determiner)
        && words.quantity(next).is_none();
    if of_thing {
        return None;
    }
    if words.is(token, Class::Killed)
        || words.lower(token) == "shot" && words.lower(token + 1) == "dead"
        || to_death(words, token + 1)
            && !words.is(token, Class::People)
            && words.lower(token).ends_with(['d', 't', 'n'])
    {
        Some(Variable::Killed)
    } else if words.is(token, Class::Wounded) {
        Some(Variable::Wounded)
    } else {
        None
    }
}

/// "Nobody was hurt", "no one has been killed": a toll of none.
fn nobody(
    words: &Words<'_>,
    deeds: &Deeds,
    real: &impl Fn(usize) -> bool,
    builder: &mut Builder<'_>,
) {
    for token in 0..words.len() {
        let two = words.lower(token) == "no" && matches!(words.lower(token + 1), "one" | "person");
        if !(two || words.lower(token) == "nobody") || !real(token) {
            continue;
        }
        let from = token + 1 + usize::from(two);
        let end = (from..from + 4).find(|&at| !words.is(at, Class::Auxiliary)).unwrap_or(from);
        let Some(variable) = casualty(words, end).filter(|_| end > from) else { continue };
        let Some(deed) = deeds.harmed(words, token).map(|deed| deed.mention) else { continue };
        let none = Value::Figure(Figure::exactly(0));
        builder.say(token..token + 1, deed, variable, None, none, 80);
    }
}

/// One victim, told without a figure: "a policeman was killed and another wounded".
fn singles(
    words: &Words<'_>,
    deeds: &Deeds,
    real: &impl Fn(usize) -> bool,
    builder: &mut Builder<'_>,
) {
    for token in 0..words.len() {
        let one = matches!(words.lower(token), "a" | "an" | "another");
        let counted = words.quantity(token).is_some() || words.quantity(token + 1).is_some();
        if !one || counted || words.time(token).is_some() || !real(token) {
            continue;
        }
        let Some(sentence) = words.sentence(token) else { continue };
        if somebody(words, token, sentence.tokens.end)
            .is_some_and(|end| killings::who_attacked(words, end))
        {
            continue;
        }
        let variable = if words.lower(token) == "another" && casualty(words, token + 1).is_some() {
            casualty(words, token + 1)
        } else {
            let Some(end) = somebody(words, token, sentence.tokens.end) else { continue };
            let aux = words.is(end, Class::Auxiliary);
            let dies = matches!(words.lower(end), "died" | "dies" | "perished");
            // "a woman who wounded a guard was killed": not the guard.
            let other = || relatives::antecedent(words, token, sentence.tokens.start).is_some();
            let after = casualty(words, end + usize::from(aux)).filter(|_| aux || dies);
            let after = after.filter(|_| !other());
            let fatally = (to_death(words, end) && hit(words, token)).then_some(Variable::Killed);
            after.or(fatally).or_else(|| before(words, token))
        };
        let Some(variable) = variable.filter(|_| !police::killed(words, token)) else { continue };
        let Some(deed) = deeds.harmed(words, token).map(|deed| deed.mention) else { continue };
        let value = Value::Figure(Figure::exactly(1));
        builder.say(token..token + 1, deed, variable, None, value, 70);
    }
}

/// The end of a phrase for one person that begins with an article, with the age: "a boy aged
/// nine", "a nine-year-old", "an officer"; `None` for several, and for no person.
pub(super) fn somebody(words: &Words<'_>, article: usize, end: usize) -> Option<usize> {
    let one = |at: usize| {
        words.lower(at).ends_with("-year-old") && !words.is(at + 1, Class::People)
            || words.word(at).is_some_and(|word| word.is(Class::People) && !word.plural)
                && !words.is(at + 1, Class::People)
    };
    let inside =
        |at: &usize| !words.mark(*at) && !words.bounds(*at) && casualty(words, *at).is_none();
    let near = article + 1..end.min(article + 6);
    let head = near.take_while(inside).find(|&at| one(at))?;
    let next = head + 1;
    // "a boy aged nine", "a girl of nine", "a man, 34,".
    let comma = words.lower(next) == ",";
    let small = comma || matches!(words.lower(next), "aged" | "of");
    let aged = next + usize::from(comma && words.lower(next + 1) == "aged");
    let age = words.quantity(aged + 1).filter(|&age| small && (comma || is_age(words, age)));
    let Some(age) = age else { return Some(next) };
    let close = words.analysis.quantities[age].tokens.end;
    match (comma, words.lower(close)) {
        (true, ",") => Some(close + 1),
        (true, _) => Some(next),
        (false, _) => Some(close),
    }
}
