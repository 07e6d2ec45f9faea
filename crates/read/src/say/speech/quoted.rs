//! Who says what stands between quotation marks.
//!
//! The attribution stands after the quotation ("…,” said Ann Lee"), before it ("She said:
//! “…"), or in the sentence before, which then ends with a colon. A quotation that is a
//! sentence of its own without attribution goes on where the last one stopped. Words in
//! quotation marks within somebody's sentence ("called it a “sad day”") are left to it.

use throughline_model::Stance;

use super::frames::Frame;
use super::{Scope, What, Who};
use crate::say::words::Words;

/// The last quotation with its speaker.
#[derive(Debug, Default)]
pub(super) struct Last {
    who: Option<Who>,
    paragraph: usize,
}

/// Finds the speakers of the quotations that begin in a sentence. `frames` are those of all
/// sentences.
pub(super) fn find(
    words: &Words<'_>,
    number: usize,
    frames: &[Vec<Frame>],
    last: &mut Last,
    scopes: &mut Vec<Scope>,
) {
    let quotes = &words.analysis.quotes;
    let sentence = &words.analysis.sentences[number];
    let from = quotes.partition_point(|quote| quote.tokens.start < sentence.tokens.start);
    let here = quotes[from..].iter().take_while(|quote| quote.tokens.start < sentence.tokens.end);
    for quote in here.filter(|quote| !quote.scare) {
        let tokens = quote.tokens.clone();
        let told = after(words, tokens.end, frames)
            .or_else(|| before(words, tokens.start, &frames[number]))
            .or_else(|| announced(words, number, tokens.start, frames));
        let alone = tokens.start <= sentence.tokens.start + 1;
        let near = last.paragraph + 1 >= sentence.paragraph;
        let by = match told {
            Some(by) => by,
            None if alone => last.who.clone().filter(|_| near).unwrap_or(Who::Unnamed),
            None => continue,
        };
        last.who = Some(by.clone());
        last.paragraph = sentence.paragraph;
        scopes.push(Scope { tokens, what: What::Speech(by), stance: Stance::Asserted, cue: None });
    }
}

/// "…,” said Ann Lee", "…” she added".
fn after(words: &Words<'_>, close: usize, frames: &[Vec<Frame>]) -> Option<Who> {
    if !words.quote(close) {
        return None;
    }
    let next = close + 1 + usize::from(words.lower(close + 1) == ",");
    let sentences = &words.analysis.sentences;
    let number = sentences.partition_point(|sentence| sentence.tokens.end <= next);
    // What follows must go on in the sentence that the quotation ends in.
    sentences.get(number).filter(|sentence| sentence.tokens.contains(&close))?;
    let frame = frames[number].iter().find(|frame| frame.attribution.start == next)?;
    Some(frame.who.clone())
}

/// "Ann Lee said: “…", "said “…", "said that “…".
fn before(words: &Words<'_>, start: usize, frames: &[Frame]) -> Option<Who> {
    let open = start.checked_sub(1)?;
    let holds = |frame: &&Frame| frame.parts.iter().any(|part| part.contains(&start));
    if let Some(frame) = frames.iter().rev().find(holds) {
        return Some(frame.who.clone());
    }
    let frame =
        frames.iter().rev().find(|frame| frame.cue.end <= open && frame.parts.is_empty())?;
    let told = matches!(words.lower(open.checked_sub(1)?), "," | ":" | "that");
    let between = frame.cue.end..open;
    let other = between.clone().any(|at| words.quote(at));
    (!other && (between.is_empty() || told)).then(|| frame.who.clone())
}

/// The sentence before ends "…, he said:".
fn announced(words: &Words<'_>, number: usize, start: usize, frames: &[Vec<Frame>]) -> Option<Who> {
    let sentences = &words.analysis.sentences;
    let before = number.checked_sub(1)?;
    let opens = start <= sentences[number].tokens.start + 1;
    let colon = sentences[before].tokens.clone().next_back().filter(|&at| words.lower(at) == ":");
    colon.filter(|_| opens)?;
    frames[before].last().map(|frame| frame.who.clone())
}
