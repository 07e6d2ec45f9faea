//! Reported speech by verbs: "police said that …", "…, police said", "it was reported that …";
//! without one [`sources`] finds it. [`follows`] tells what follows the verb, [`stances`] how far
//! the speaker stands behind it.

mod follows;
pub(super) mod stances;

use std::ops::Range;

use throughline_model::Stance;

use self::follows::{Follows, follows};
use super::sources;
use super::voices::{self, Found, Memory};
use super::{SCOPES, Scope, What, Who};
use crate::analysis::Sentence;
use crate::say::cues::Cue;
use crate::say::incidents::lexicon::Class;
use crate::say::words::Words;

/// How far the words beside a trailing verb are followed, in tokens.
const REACH: usize = 12;

/// Words of speech with who speaks and what is said.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    pub(super) who: Who,
    pub(super) stance: Stance,
    pub(super) cue: Range<usize>,
    /// The words that tell who speaks: subject and verb.
    pub(super) attribution: Range<usize>,
    /// What is said, in one or two parts; empty if only a quotation is.
    pub(super) parts: Vec<Range<usize>>,
    /// Whether the attribution stands after or within what is said.
    pub(super) trailing: bool,
}

impl Frame {
    pub(super) fn scope(&self, tokens: Range<usize>) -> Scope {
        let cue = Some(self.cue.clone());
        Scope { tokens, what: What::Speech(self.who.clone()), stance: self.stance, cue }
    }
}

/// What a verb does with what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Saying,
    Telling,
    Supposing,
    Refusing,
    Asking,
    Doubting,
    Knowing,
}

/// The words of speech of a sentence, in order.
pub(super) fn find(words: &Words<'_>, sentence: &Sentence, memory: &mut Memory) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    let held = sentence.tokens.clone();
    for token in held.clone() {
        let found = if words.cue(token, Cue::According) {
            sources::according(words, token, &held)
        } else if let Some(sort) = sort(words, token).filter(|_| !is_noun(words, token, &held)) {
            by_verb(words, token, sort, &held, &frames, memory)
                .or_else(|| sources::by_noun(words, token, &held))
        } else {
            sources::by_noun(words, token, &held)
        };
        // As many as there can be scopes; see there.
        if frames.len() == SCOPES {
            break;
        }
        if let Some(frame) = found {
            memory.keep(words, &frame.who, token);
            frames.push(frame);
        }
    }
    bound(words, &mut frames);
    frames
}

/// Whether a word of speech is a noun by what stands before it: "its claim that", "the report that".
fn is_noun(words: &Words<'_>, token: usize, sentence: &Range<usize>) -> bool {
    let before = token.checked_sub(1).filter(|&before| before >= sentence.start);
    before.is_some_and(|at| words.is(at, Class::Determiner) || words.possessive(at))
        && words.lower(token + 1) == "that"
        && words.lower(token) == words.lemma(token)
}

pub(super) fn sort(words: &Words<'_>, token: usize) -> Option<Sort> {
    let order = [
        (Cue::Refusing, Sort::Refusing),
        (Cue::Doubting, Sort::Doubting),
        (Cue::Supposing, Sort::Supposing),
        (Cue::Telling, Sort::Telling),
        (Cue::Saying, Sort::Saying),
        (Cue::Asking, Sort::Asking),
        (Cue::Knowing, Sort::Knowing),
    ];
    order.into_iter().find(|&(cue, _)| words.cue(token, cue)).map(|(_, sort)| sort)
}

fn by_verb(
    words: &Words<'_>,
    verb: usize,
    sort: Sort,
    sentence: &Range<usize>,
    frames: &[Frame],
    memory: &Memory,
) -> Option<Frame> {
    let end = quote_end(words, verb).unwrap_or(sentence.end);
    let outer = quote_start(words, verb).unwrap_or(sentence.start);
    // What others are said to say begins after their "that".
    let within = frames.iter().flat_map(|frame| &frame.parts).filter(|part| part.contains(&verb));
    let floor = within.map(|part| part.start).chain([outer]).max().unwrap_or(outer);
    // "the man suspected of the killing, has died": nobody speaks.
    if sort == Sort::Supposing && words.lower(verb + 1) == "of" && words.lower(verb).ends_with("ed")
    {
        return None;
    }
    // "another suspected gunman": of the noun.
    let adjective = sort == Sort::Supposing
        && words.lower(verb).ends_with("ed")
        && verb.checked_sub(1).is_some_and(|at| words.is(at, Class::Determiner))
        && !words.mark(verb + 1)
        && !words.bounds(verb + 1);
    if adjective {
        return None;
    }
    let helpers = helpers(words, verb, floor);
    let negated = (helpers..verb).any(|at| words.is(at, Class::Negation));
    if (helpers..verb).any(|at| matches!(words.lower(at), "would" | "may" | "might" | "should")) {
        return None;
    }
    let follows = follows(words, verb, sort, end);
    let passive = words.lower(verb) != words.lemma(verb)
        && (helpers..verb).any(|at| matches!(words.lemma(at), "be"));
    let stance = stances::of_verb(words, verb, sort, negated, follows)?;
    if passive {
        let Follows::Sentence(from) = follows else { return None };
        let impersonal = helpers.checked_sub(1).is_some_and(|it| words.lower(it) == "it");
        return (impersonal || sort == Sort::Telling)
            .then(|| frame(Who::Unnamed, stance, verb, helpers.max(1) - 1..verb + 1, from..end));
    }
    let before = verb.checked_sub(1).filter(|&before| before >= floor);
    // "…,” said Ann Lee": the verb stands before its subject.
    let inverted = before.filter(|&at| {
        // "the mayor, Ann Lee, told the paper", "the league, a small one, said its men had":
        // the comma closes an apposition.
        let closed = at > floor && words.quote(at - 1);
        let phrase = words.right(verb + 1, end);
        let clause = !phrase.is_empty()
            && (words.is(phrase.end, Class::Auxiliary) || words.is(phrase.end, Class::Modal));
        words.quote(at) || words.lower(at) == "," && (closed || sort == Sort::Saying && !clause)
    });
    if let Some(before) = inverted.filter(|_| matches!(sort, Sort::Saying | Sort::Telling))
        && words.lower(verb) != words.lemma(verb)
        && let Some(Found { who, tokens }) = voices::after(words, verb, end)
    {
        return Some(trailing(words, who, stance, verb, tokens, before, floor..end));
    }
    let things = matches!(sort, Sort::Saying | Sort::Refusing);
    let found = voices::before(words, verb, floor, things, memory)
        .or_else(|| coordinated(words, helpers, verb, outer, frames));
    let Found { mut who, tokens } = found?;
    if bare_form(words, verb, helpers) && !plural(words, &tokens, helpers) {
        return None;
    }
    let (mut stance, mut end) = (stance, end);
    if corrected(words, tokens.start..verb) {
        (who, stance) = (Who::Document, Stance::Denied);
        // "…; it was five": what it says now.
        let stop = (verb..end).find(|&at| matches!(words.lower(at), ";" | "–" | "—" | "--"));
        end = stop.unwrap_or(end);
    }
    let attribution = tokens.start..verb + 1;
    match follows {
        Follows::Sentence(from) | Follows::Question(from) => {
            Some(frame(who, stance, verb, attribution, from..end))
        }
        Follows::Nothing => {
            let before = tokens.start.checked_sub(1).filter(|&before| before >= floor);
            let after_words = before.filter(|&at| {
                words.quote(at) || matches!(words.lower(at), "," | "–" | "—") && at > floor
            });
            match after_words {
                Some(before) if things || sort == Sort::Supposing => {
                    let until = attribution_end(words, verb + 1, end);
                    let tokens = tokens.start..until;
                    Some(trailing(words, who, stance, verb, tokens, before, floor..end))
                }
                // Only a quotation can be what is said.
                _ => Some(Frame {
                    who,
                    stance,
                    cue: verb..verb + 1,
                    attribution,
                    parts: Vec::new(),
                    trailing: false,
                }),
            }
        }
    }
}

/// Whether a paper speaks of what it had before: "an earlier version of this article said",
/// "this report originally said". It does not say so any more.
fn corrected(words: &Words<'_>, subject: Range<usize>) -> bool {
    let any = |held: &[&str]| subject.clone().any(|at| held.contains(&words.lower(at)));
    any(&["version", "edition", "article", "report", "story", "headline", "caption"])
        && any(&["earlier", "previous", "original", "originally", "initially", "previously"])
        && (any(&["version", "edition"]) || any(&["this", "our"]))
}

/// Whether a verb stands in its base form without a helper, as it does after a plural:
/// "experts say", but not "the Vance Society think tank".
fn bare_form(words: &Words<'_>, verb: usize, helpers: usize) -> bool {
    words.lower(verb) == words.lemma(verb) && helpers == verb
}

/// Whether a subject is in the plural, as far as its last word shows.
fn plural(words: &Words<'_>, subject: &Range<usize>, verb: usize) -> bool {
    let last = (subject.start..verb).rev().find(|&at| !words.mark(at) && words.time(at).is_none());
    last.is_some_and(|last| {
        let lower = words.lower(last);
        (lower.ends_with('s') && !lower.ends_with("ss"))
            || words.word(last).is_some_and(|word| word.plural)
            || matches!(
                lower,
                "police"
                    | "people"
                    | "they"
                    | "we"
                    | "you"
                    | "i"
                    | "who"
                    | "some"
                    | "many"
                    | "others"
                    | "most"
                    | "few"
                    | "both"
                    | "several"
                    | "all"
                    | "press"
                    | "public"
            )
    })
}

pub(super) fn frame(
    who: Who,
    stance: Stance,
    verb: usize,
    attribution: Range<usize>,
    part: Range<usize>,
) -> Frame {
    Frame { who, stance, cue: verb..verb + 1, attribution, parts: vec![part], trailing: false }
}

/// An attribution that stands after what is said, or within it; `before` is the mark that
/// sets it apart.
pub(super) fn trailing(
    words: &Words<'_>,
    who: Who,
    stance: Stance,
    verb: usize,
    attribution: Range<usize>,
    before: usize,
    bounds: Range<usize>,
) -> Frame {
    let quoted = words.quote(before) || before > bounds.start && words.quote(before - 1);
    let mut parts = Vec::new();
    if !quoted {
        parts.push(bounds.start..before);
        let after = attribution.end;
        let goes_on = words.lower(after) == ","
            && after + 1 < bounds.end
            && !words.is(after + 1, Class::Conjunction)
            && !words.is(after + 1, Class::Relative);
        if goes_on {
            parts.push(after + 1..bounds.end);
        }
    }
    Frame { who, stance, cue: verb..verb + 1, attribution, parts, trailing: true }
}

/// Where the words beside a trailing verb end: "police said on Tuesday in a statement".
fn attribution_end(words: &Words<'_>, from: usize, end: usize) -> usize {
    let until = end.min(from + REACH);
    (from..until).find(|&at| words.mark(at)).unwrap_or(until)
}

/// The first of the small words before a verb: "has not yet said".
pub(super) fn helpers(words: &Words<'_>, verb: usize, floor: usize) -> usize {
    let mut at = verb;
    while at > floor {
        let token = at - 1;
        let helper = words.is(token, Class::Auxiliary)
            || words.is(token, Class::Modal)
            || words.is(token, Class::Negation)
            || words.adverb(token)
            || words.lower(token) == "to";
        if !helper {
            break;
        }
        at = token;
    }
    at
}

/// "…, and said that": the speaker of the words before speaks on.
fn coordinated(
    words: &Words<'_>,
    helpers: usize,
    verb: usize,
    floor: usize,
    frames: &[Frame],
) -> Option<Found> {
    let joint = helpers.checked_sub(1).filter(|&joint| joint > floor)?;
    let joins = matches!(words.lower(joint), "and" | "but" | "or")
        || (words.lower(joint) == "," && words.lower(verb).ends_with("ing"));
    let last = frames.last().filter(|frame| joins && frame.attribution.start >= floor)?;
    Some(Found { who: last.who.clone(), tokens: helpers..verb })
}

/// Ends each part where an attribution of others begins, or a clause in which others speak.
fn bound(words: &Words<'_>, frames: &mut [Frame]) {
    for at in 0..frames.len() {
        for later in at + 1..frames.len() {
            let start = frames[later].attribution.start;
            let other = frames[later].trailing;
            let joint = start.checked_sub(1).filter(|&joint| {
                matches!(
                    words.lower(joint),
                    "but" | "and" | "although" | "though" | "while" | "whereas" | ";"
                )
            });
            let cut = match joint {
                Some(joint) if !other => joint,
                _ if other => start,
                _ => continue,
            };
            for part in &mut frames[at].parts {
                if part.contains(&cut) {
                    part.end = cut;
                }
            }
        }
    }
}

/// The end of the quotation that a token stands in.
pub(super) fn quote_end(words: &Words<'_>, token: usize) -> Option<usize> {
    words.quoted(token).map(|quote| words.analysis.quotes[quote].tokens.end)
}

fn quote_start(words: &Words<'_>, token: usize) -> Option<usize> {
    words.quoted(token).map(|quote| words.analysis.quotes[quote].tokens.start)
}
