//! Figures of the form "N of M": "Thirty-one of the 38 plots have involved direction".
//!
//! The M belong to a set; the property that the N have stays in the words of the source.
//! A display line "31 The number of plots … that …" is a share whose whole is not given.

use std::ops::Range;

use throughline_model::{MentionId, Share, SubjectKind, Value, Variable, ZoneRole};

use super::builder::Builder;
use super::cues::Cue;
use super::incidents::Deeds;
use super::incidents::lexicon::Class;
use super::words::Words;
use crate::analysis::Sentence;

/// Says shares and sizes of the sets of a document.
pub(crate) fn say(words: &Words<'_>, deeds: &Deeds, builder: &mut Builder<'_>) {
    for deed in deeds.deeds.iter().filter(|deed| deed.set) {
        let Some(sentence) = words.sentence(deed.tokens.start) else { continue };
        let size = deed.tokens.clone().find_map(|token| words.quantity(token));
        let size = size.filter(|&size| words.time(words_start(words, size)).is_none());
        if let Some(size) = size {
            let quantity = &words.analysis.quantities[size];
            let value = Value::Figure(quantity.figure);
            builder.say(quantity.tokens.clone(), deed.mention, Variable::Size, None, value, 90);
        }
        let whole = size.and_then(|size| exact(words, size));
        if let Some(part) = counted(words, sentence, deed.tokens.start) {
            let after = deed.tokens.end..sentence.tokens.end;
            share(words, part, whole, after, deed.mention, builder);
        } else if let Some((part, after)) = of_which(words, sentence, &deed.tokens) {
            share(words, part, whole, after, deed.mention, builder);
        }
        let next =
            deeds.deeds.iter().filter(|other| other.set && other.tokens.start > deed.tokens.start);
        let next =
            next.map(|other| other.tokens.start).find(|start| sentence.tokens.contains(start));
        let behind = deed.tokens.end..next.unwrap_or(sentence.tokens.end);
        for (part, after) in behind.clone().filter_map(|at| of_these(words, at, behind.end)) {
            share(words, part, whole, after, deed.mention, builder);
        }
    }
    for sentence in &words.analysis.sentences {
        if matches!(sentence.zone, ZoneRole::PullQuote | ZoneRole::Body) {
            display(words, deeds, sentence, builder);
        }
    }
}

fn words_start(words: &Words<'_>, quantity: usize) -> usize {
    words.analysis.quantities[quantity].tokens.start
}

/// The number of a quantity, if it is one number.
fn exact(words: &Words<'_>, quantity: usize) -> Option<u32> {
    let figure = words.analysis.quantities[quantity].figure;
    (figure.most == Some(figure.least)).then_some(figure.least)
}

/// "Thirty-one of": the quantity that is counted out of the set that begins at `set`.
fn counted(words: &Words<'_>, sentence: &Sentence, set: usize) -> Option<usize> {
    let of = set.checked_sub(1).filter(|&of| of > sentence.tokens.start)?;
    if words.lower(of) != "of" {
        return None;
    }
    let last = of - 1;
    let last = if words.lower(last) == "out" { last.checked_sub(1)? } else { last };
    words.quantity(last).filter(|_| words.time(last).is_none())
}

/// "Of the nine attacks, five were …": the quantity that opens the main clause, and what
/// follows it.
fn of_which(
    words: &Words<'_>,
    sentence: &Sentence,
    set: &Range<usize>,
) -> Option<(usize, Range<usize>)> {
    let of = set.start.checked_sub(1).filter(|&of| of >= sentence.tokens.start)?;
    let opens = words.lower(of) == "of" && of == sentence.tokens.start;
    if !opens {
        return None;
    }
    let comma = (set.end..sentence.tokens.end).find(|&token| words.lower(token) == ",")?;
    let quantity = words.quantity(comma + 1)?;
    Some((quantity, words.analysis.quantities[quantity].tokens.end..sentence.tokens.end))
}

/// "42 attacks, of which 28 were …", "42 attacks, 28 of them by …": the quantity, and what follows it.
fn of_these(words: &Words<'_>, of: usize, end: usize) -> Option<(usize, Range<usize>)> {
    if words.lower(of) != "of" || !matches!(words.lower(of + 1), "which" | "them") {
        return None;
    }
    let before = of.checked_sub(1).and_then(|at| words.quantity(at));
    let counted = |quantity: &usize| {
        let start = words_start(words, *quantity);
        words.time(start).is_none() && start < end
    };
    // "42 attacks killed 60 people, 30 of them": of these people.
    let floor = words.sentence(of)?.tokens.start;
    let first = before.map_or(of, |quantity| words_start(words, quantity));
    let phrase = first.checked_sub(2).filter(|&at| at > floor).map(|at| words.left(at, floor));
    let people = phrase.is_some_and(|phrase| phrase.clone().any(|at| words.is(at, Class::People)));
    if people {
        return None;
    }
    if let Some(quantity) = before.filter(counted) {
        return Some((quantity, of + 2..end));
    }
    let quantity = words.quantity(of + 2).filter(counted)?;
    Some((quantity, words.analysis.quantities[quantity].tokens.end..end))
}

fn share(
    words: &Words<'_>,
    part: usize,
    whole: Option<u32>,
    after: Range<usize>,
    set: MentionId,
    builder: &mut Builder<'_>,
) {
    let Some(number) = exact(words, part) else { return };
    if whole.is_some_and(|whole| whole < number) {
        return;
    }
    let property = builder.text(property(words, after));
    if property.is_empty() {
        return;
    }
    let at = words.analysis.quantities[part].tokens.clone();
    let value = Value::Share(Share { part: number, whole, property });
    builder.say(at, set, Variable::Share, None, value, 90);
}

/// The rest of the sentence without its stop.
fn property(words: &Words<'_>, after: Range<usize>) -> Range<usize> {
    let stop =
        |token: usize| matches!(words.lower(token), "." | "!" | "?" | ";") || words.quote(token);
    let mut end = after.end;
    while end > after.start && stop(end - 1) {
        end -= 1;
    }
    // "19 were directed from abroad, a study found": what the study found.
    let comma = (after.start..end).rev().find(|&token| words.lower(token) == ",");
    if let Some(comma) = comma.filter(|&comma| {
        comma > after.start && (words.cue(end - 1, Cue::Saying) || words.cue(end - 1, Cue::Telling))
    }) {
        end = comma;
    }
    let mut start = after.start;
    while start < end && (words.mark(start) || matches!(words.lower(start), "that" | "which")) {
        start += 1;
    }
    start..end
}

/// "31 The number of plots inspired by the group that have involved …".
fn display(words: &Words<'_>, deeds: &Deeds, sentence: &Sentence, builder: &mut Builder<'_>) {
    let first = sentence.tokens.start;
    let Some(part) = words.quantity(first).filter(|_| words.time(first).is_none()) else { return };
    let mut at = words.analysis.quantities[part].tokens.end;
    if words.lower(at) == "the" {
        at += 1;
    }
    if !(matches!(words.lower(at), "number" | "total") && words.lower(at + 1) == "of") {
        return;
    }
    let from = at + 2;
    let end = sentence.tokens.end;
    let attack = (from..end.min(from + 6))
        .find(|&token| words.word(token).is_some_and(|word| word.attack.is_some() && word.plural));
    let Some(attack) = attack else { return };
    let relative = (attack + 1..end).find(|&token| words.is(token, Class::Relative));
    let Some(relative) = relative else { return };
    // "in which the plotters": the preposition belongs to what follows.
    let over = relative - usize::from(words.is(relative - 1, Class::Preposition));
    let set = from..over;
    let held = deeds.set_in(first..end).map(|deed| deed.mention);
    let mention = held.unwrap_or_else(|| builder.described(SubjectKind::Set, set));
    share(words, part, None, over..end, mention, builder);
}
