//! What a group usually does, what it asks of those who follow it, what platforms and outlets are
//! called, and what speakers state of attacks in general.
//!
//! - a habit: a group, an adverb of frequency, a verb in the present or perfect ("almost never
//!   claims attacks …"), or attackers in general whom it had a hand in ("some have pledged
//!   allegiance to the group"); not a single event ("never admitted that it had");
//! - a call: a group that bids followers to do something ("urged supporters abroad to strike at
//!   home");
//! - a description in apposition: "the Telegram app, an encrypted messaging application";
//! - a statement: a whole quotation, as its speaker's, and what somebody is reported to say of
//!   attacks or attackers in general ("experts say that few of them act alone").

use std::ops::Range;

use throughline_model::{MentionId, SubjectKind, Value, Variable, Voice, ZoneRole};

use super::builder::Builder;
use super::cues::Cue;
use super::incidents::Deeds;
use super::incidents::lexicon::Class;
use super::involvement;
use super::speech::Who;
use super::words::Words;
use crate::analysis::Sentence;

/// How many tokens between two commas are stepped over.
const APPOSED: usize = 12;

/// Says habits, calls, descriptions and statements.
pub(crate) fn say(
    words: &Words<'_>,
    deeds: &Deeds,
    reported: &[(Range<usize>, Who)],
    builder: &mut Builder<'_>,
) {
    for sentence in words.analysis.sentences.iter().filter(|held| held.zone == ZoneRole::Body) {
        practice(words, sentence, builder);
        calls(words, sentence, builder);
        descriptions(words, sentence, builder);
        if deeds.in_tokens(sentence.tokens.clone()).next().is_none()
            && let Some(group) = involvement::general(words, sentence)
        {
            let group = builder.name(words.root(group));
            let text = Value::Text(builder.text(without_stop(words, sentence.tokens.clone())));
            let at = sentence.tokens.start..sentence.tokens.start + 1;
            builder.say(at, group, Variable::Practice, None, text, 70);
        }
    }
    statements(words, builder);
    views(words, deeds, reported, builder);
}

/// "Isil almost never claims attacks it is not in some way responsible for."
fn practice(words: &Words<'_>, sentence: &Sentence, builder: &mut Builder<'_>) {
    let end = sentence.tokens.end;
    for at in sentence.tokens.clone() {
        if !words.cue(at, Cue::Frequency) && !words.cue(at, Cue::Tending) {
            continue;
        }
        let verb = at + usize::from(words.cue(at, Cue::Frequency));
        let has = matches!(words.lower(verb), "has" | "have");
        let present = words.lower(verb).ends_with('s')
            || words.analysis.tokens.get(verb).is_some_and(|token| token.lemma == token.lower);
        let spoken = words.cue(at, Cue::Tending) || has || present;
        if verb >= end || !spoken || words.mark(verb) || (small(words, verb) && !has) {
            continue;
        }
        let mut from = at;
        while from > sentence.tokens.start && adverb(words, from - 1) {
            from -= 1;
        }
        let Some(group) = group_before(words, from, sentence.tokens.start) else { continue };
        let group = builder.name(words.root(group));
        let text = Value::Text(builder.text(without_stop(words, from..end)));
        builder.say(at..at + 1, group, Variable::Practice, None, text, 85);
        return;
    }
}

/// Whether a token cannot be the verb of a habit: a small word, or the past of "be" and "do".
fn small(words: &Words<'_>, token: usize) -> bool {
    const SMALL: [Class; 7] = [
        Class::Auxiliary,
        Class::Modal,
        Class::Preposition,
        Class::Conjunction,
        Class::Relative,
        Class::Pronoun,
        Class::Determiner,
    ];
    SMALL.into_iter().any(|class| words.is(token, class))
}

fn adverb(words: &Words<'_>, token: usize) -> bool {
    matches!(words.lower(token), "almost" | "very" | "has" | "have")
        || words.adverb(token)
        || words.cue(token, Cue::Frequency)
}

/// The group that ends right before a token: named, or pointed back to.
fn group_before(words: &Words<'_>, token: usize, floor: usize) -> Option<usize> {
    let mut last = token.checked_sub(1).filter(|&last| last >= floor)?;
    // "the movement, a militant group, rarely claims": over what stands between commas.
    if words.lower(last) == "," {
        let from = floor.max(last.saturating_sub(APPOSED));
        let open = (from..last).rev().find(|&at| words.lower(at) == ",")?;
        last = open.checked_sub(1).filter(|&last| last >= floor)?;
    }
    words.name_of(last, SubjectKind::Group).or_else(|| {
        let definite = words.is(words.left(last, floor).start, Class::Definite);
        definite.then(|| words.group_meant(last)).flatten()
    })
}

/// "it encouraged foreign supporters not to travel there but to carry out attacks at home".
fn calls(words: &Words<'_>, sentence: &Sentence, builder: &mut Builder<'_>) {
    let (floor, end) = (sentence.tokens.start, sentence.tokens.end);
    for verb in sentence.tokens.clone().filter(|&token| words.cue(token, Cue::Bidding)) {
        let near = verb + 1..end.min(verb + 8);
        let Some(follower) = near.clone().find(|&token| words.cue(token, Cue::Follower)) else {
            continue;
        };
        let to = (follower + 1..end.min(follower + 8)).find(|&token| {
            words.lower(token) == "to"
                || words.lower(token) == "not" && words.lower(token + 1) == "to"
        });
        let Some(to) = to else { continue };
        let Some(group) = bidder(words, verb, floor) else { continue };
        let group = builder.name(words.root(group));
        let text = Value::Text(builder.text(without_stop(words, to..end)));
        builder.say(verb..verb + 1, group, Variable::CallsFor, None, text, 80);
    }
}

/// Who bids: the group right before the verb, or the one that "it" stands for in the sentence.
fn bidder(words: &Words<'_>, verb: usize, floor: usize) -> Option<usize> {
    let mut at = verb;
    while at > floor && (words.is(at - 1, Class::Auxiliary) || adverb(words, at - 1)) {
        at -= 1;
    }
    group_before(words, at, floor).or_else(|| {
        let it = at.checked_sub(1).filter(|&it| words.lower(it) == "it")?;
        words.names_in(floor..it, SubjectKind::Group).last().copied()
    })
}

/// "the Telegram app, an encrypted messaging application, …"
fn descriptions(words: &Words<'_>, sentence: &Sentence, builder: &mut Builder<'_>) {
    const KINDS: [SubjectKind; 3] = [SubjectKind::Channel, SubjectKind::Outlet, SubjectKind::Group];
    let end = sentence.tokens.end;
    let mut at = sentence.tokens.start;
    while at < end {
        let Some(name) = words.name(at) else {
            at += 1;
            continue;
        };
        let found = &words.analysis.names[name];
        at = found.tokens.end.max(at + 1);
        // The name may be followed by its kind: "the Telegram app".
        let comma = (at..end.min(at + 2)).find(|&token| words.lower(token) == ",");
        let Some(comma) = comma.filter(|_| KINDS.contains(&found.kind)) else { continue };
        if !words.is(comma + 1, Class::Indefinite) {
            continue;
        }
        let Some(phrase) = apposition(words, comma + 1, end) else { continue };
        let subject = builder.name(words.root(name));
        let text = Value::Text(builder.text(phrase));
        // What it is stands beside what is said of it, and no denial or hedge touches it.
        builder.say_granted(comma..comma + 1, subject, Variable::Description, text, 80);
    }
}

/// The words from an article to the mark that ends them, if they hold no verb.
fn apposition(words: &Words<'_>, from: usize, end: usize) -> Option<Range<usize>> {
    const MOST: usize = 12;
    let close = (from..end.min(from + MOST)).find(|&token| words.mark(token))?;
    let verb = |token: usize| words.is(token, Class::Auxiliary) || words.is(token, Class::Modal);
    (close > from + 1 && !(from..close).any(verb)).then_some(from..close)
}

/// Quotations of more than a few words, as statements of those who said them.
fn statements(words: &Words<'_>, builder: &mut Builder<'_>) {
    const LEAST: usize = 5;
    for quote in words.analysis.quotes.iter().filter(|quote| !quote.scare) {
        let tokens = quote.tokens.clone();
        let body = words.sentence(tokens.start).is_some_and(|held| held.zone == ZoneRole::Body);
        if tokens.len() < LEAST || !body {
            continue;
        }
        let speakers = builder.speakers(tokens.start);
        let speaker: Option<MentionId> = match speakers.last().map(|speaker| &speaker.voice) {
            Some(Voice::Mention(id)) => Some(*id),
            _ => None,
        };
        if let Some(speaker) = speaker {
            let text = Value::Text(builder.text(without_stop(words, tokens.clone())));
            let at = tokens.start..tokens.start + 1;
            builder.say(at, speaker, Variable::Statement, None, text, 90);
        }
    }
}

/// What speakers are reported to say of attacks or attackers in general.
fn views(
    words: &Words<'_>,
    deeds: &Deeds,
    reported: &[(Range<usize>, Who)],
    builder: &mut Builder<'_>,
) {
    const LEAST: usize = 5;
    for (part, who) in reported {
        let body = words.sentence(part.start).is_some_and(|held| held.zone == ZoneRole::Body);
        let general = part.clone().any(|token| {
            let many = words.word(token).filter(|word| word.plural);
            many.is_some_and(|word| word.attack.is_some() || word.doer.is_some())
        });
        let own = deeds.in_tokens(part.clone()).next().is_some();
        if part.len() < LEAST || !body || !general || own {
            continue;
        }
        let speaker = match who {
            Who::Name(name) => builder.name(*name),
            Who::Described(tokens) => builder.described(SubjectKind::Person, tokens.clone()),
            Who::Document | Who::Unnamed => continue,
        };
        let text = Value::Text(builder.text(without_stop(words, part.clone())));
        builder.say(part.start..part.start + 1, speaker, Variable::Statement, None, text, 75);
    }
}

/// Tokens without the stop or comma that ends them.
fn without_stop(words: &Words<'_>, tokens: Range<usize>) -> Range<usize> {
    let stop = |token: usize| matches!(words.lower(token), "." | "," | ";");
    let stopped = tokens.len() > 1 && stop(tokens.end - 1);
    tokens.start..tokens.end - usize::from(stopped)
}
