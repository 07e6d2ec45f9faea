//! Pictures, names and films that channels pass on: "channels on the messaging service
//! shared pictures of a man wrongly accused".

use std::ops::Range;

use throughline_model::{SubjectKind, Value, Variable, ZoneRole};

use crate::say::builder::Builder;
use crate::say::incidents::lexicon::Class;
use crate::say::words::Words;

/// Says who shared what, in the words of the source.
pub(crate) fn say(words: &Words<'_>, builder: &mut Builder<'_>) {
    for sentence in words.analysis.sentences.iter().filter(|held| held.zone == ZoneRole::Body) {
        let tokens = sentence.tokens.clone();
        for verb in tokens.clone().filter(|&token| words.is(token, Class::Sharing)) {
            let after = particle(words, verb);
            let phrase = words.right(after, tokens.end);
            let Some(thing) = phrase
                .clone()
                .find(|&token| words.is(token, Class::Shared) && !after_of(words, after, token))
            else {
                continue;
            };
            let Some(subject) = subject(words, verb, tokens.start, builder) else { continue };
            let what = after..extent(words, thing, tokens.end);
            let text = Value::Text(builder.text(what));
            builder.say(verb..verb + 1, subject, Variable::Shared, None, text, 85);
        }
    }
}

fn particle(words: &Words<'_>, verb: usize) -> usize {
    verb + 1 + usize::from(matches!(words.lower(verb + 1), "on" | "around" | "out"))
}

/// "the name of a picture": the thing shared is the first noun, not what it is of.
fn after_of(words: &Words<'_>, from: usize, token: usize) -> bool {
    (from..token).any(|at| words.lower(at) == "of")
}

/// The end of what was shared: "pictures of a man wrongly accused of being the attacker",
/// to the next mark or new clause.
fn extent(words: &Words<'_>, thing: usize, end: usize) -> usize {
    let mut at = thing + 1;
    while at < end && !words.mark(at) {
        let clause = matches!(words.lower(at), "which" | "but" | "after" | "when" | "while");
        if clause || words.lower(at) == "and" {
            break;
        }
        at += 1;
    }
    at
}

/// Who shares: "Isil channels on the Telegram app", also with an apposition between commas
/// before the verb; else a group, outlet or person named right before it.
fn subject(
    words: &Words<'_>,
    verb: usize,
    floor: usize,
    builder: &mut Builder<'_>,
) -> Option<throughline_model::MentionId> {
    let channel = (floor..verb).find(|&token| {
        words.is(token, Class::Channel) && words.name(token).is_none() && clear(words, token, verb)
    });
    if let Some(channel) = channel {
        let start = words.left(channel, floor).start;
        let end = platform(words, channel + 1, verb);
        let phrase = start..end;
        let mention = builder.described(SubjectKind::Channel, phrase.clone());
        let groups = words.names_in(phrase, SubjectKind::Group);
        if let Some(&group) = groups.first() {
            let value = Value::Mention(builder.name(group));
            builder.say(channel..channel + 1, mention, Variable::OutletOf, None, value, 70);
        }
        return Some(mention);
    }
    let last = verb.checked_sub(1).filter(|&last| last >= floor)?;
    let last = if words.is(last, Class::Auxiliary) { last.checked_sub(1)? } else { last };
    let phrase = words.left(last, floor);
    let kinds =
        [SubjectKind::Channel, SubjectKind::Outlet, SubjectKind::Group, SubjectKind::Person];
    let name = kinds.iter().find_map(|&kind| words.names_in(phrase.clone(), kind).last().copied());
    name.map(|name| builder.name(name))
}

/// Whether no other verb of the lists stands between a noun and its verb.
fn clear(words: &Words<'_>, noun: usize, verb: usize) -> bool {
    !(noun + 1..verb).any(|token| {
        words.is(token, Class::OtherVerb)
            || words.is(token, Class::Sharing)
            || words.is(token, Class::Auxiliary)
    })
}

/// The end of "on the Telegram app", "close to the movement on the messaging service X".
fn platform(words: &Words<'_>, from: usize, verb: usize) -> usize {
    let mut end = from;
    let mut at = from;
    while at < verb && !words.mark(at) {
        let phrase: Range<usize> = words.right(at, verb);
        if words.is(at, Class::Preposition) || phrase.is_empty() {
            at += 1;
        } else {
            at = phrase.end;
            end = at;
        }
    }
    end
}
