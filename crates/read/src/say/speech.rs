//! Clauses and their speakers.
//!
//! Two kinds of scope lie over the words of a sentence: [`Speech`](Scope::Speech), which
//! brings a speaker in ([`frames`], [`sources`] and [`trained`] for reported speech, [`quoted`] for
//! quotations), and
//! [`Mood`](Scope::Mood), which changes how far the innermost speaker stands behind the
//! words ([`moods`]). The chain of a word is read off the scopes that hold it, from the
//! outside in, so "the paper says that police deny that" needs no rule of its own.

mod frames;
mod moods;
mod quoted;
mod sources;
mod trained;
mod voices;

use std::ops::Range;

use throughline_model::Stance;

use self::voices::Memory;
use super::words::Words;
use crate::analysis::Sentence;

/// Scopes beyond this number in one sentence are left out: no prose has as many, and
/// reading stays linear in the length.
const SCOPES: usize = 32;

/// A part of a sentence that the same speakers stand behind.
#[derive(Debug, Clone)]
pub(crate) struct Clause {
    pub(crate) tokens: Range<usize>,
    pub(crate) speakers: Vec<Said>,
}

/// One speaker of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) voice: Who,
    pub(crate) stance: Stance,
    pub(crate) cue: Option<Range<usize>>,
    /// The cue of a reserve with which the speaker denies: "does not appear to".
    pub(crate) reserve: Option<Range<usize>>,
}

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Who {
    Document,
    Name(usize),
    Described(Range<usize>),
    Unnamed,
}

/// What lies over some words.
#[derive(Debug, Clone)]
struct Scope {
    tokens: Range<usize>,
    what: What,
    stance: Stance,
    cue: Option<Range<usize>>,
}

#[derive(Debug, Clone)]
enum What {
    /// Somebody says it.
    Speech(Who),
    /// The innermost speaker says it so.
    Mood,
}

/// Who says what in a document.
#[derive(Debug, Default)]
pub(crate) struct Speech {
    /// In order, each within one sentence, together all sentences.
    pub(crate) clauses: Vec<Clause>,
    /// Reported speech: what is said, and by whom, in order.
    pub(crate) reported: Vec<(Range<usize>, Who)>,
}

#[cfg(test)]
mod tests;

/// Finds who speaks in a document.
pub(crate) fn read(words: &Words<'_>) -> Speech {
    let mut speech = Speech::default();
    let mut memory = Memory::new(words);
    let sentences = &words.analysis.sentences;
    let both = |(number, sentence): (usize, &Sentence)| {
        let mut found = frames::find(words, sentence, &mut memory);
        trained::add(words, number, sentence, &mut memory, &mut found);
        found
    };
    let frames: Vec<Vec<frames::Frame>> = sentences.iter().enumerate().map(both).collect();
    let mut last = quoted::Last::default();
    let mut quotations: Vec<Scope> = Vec::new();
    for (number, sentence) in sentences.iter().enumerate() {
        let mut scopes: Vec<Scope> = Vec::new();
        let next = sentences.get(number + 1).filter(|next| next.paragraph == sentence.paragraph);
        scopes.extend(next.and_then(|next| {
            let said = sentence.tokens.clone();
            moods::taken_back(words, said.clone(), next.tokens.start)
                .or_else(|| moods::misnamed(words, said, next.tokens.start))
        }));
        scopes.extend(moods::taken_back_within(words, sentence));
        for frame in &frames[number] {
            for part in frame.parts.iter().filter(|part| !part.is_empty()) {
                speech.reported.push((part.clone(), frame.who.clone()));
                scopes.push(frame.scope(part.clone()));
            }
        }
        quoted::find(words, number, &frames, &mut last, &mut quotations);
        scopes.extend(quotations.iter().filter_map(|scope| within(scope, &sentence.tokens)));
        // A quotation can go on in the sentences after the one that it begins in.
        quotations.retain(|scope| scope.tokens.end > sentence.tokens.end);
        scopes.truncate(SCOPES);
        moods::find(words, sentence, &frames[number], &mut scopes);
        scopes.sort_by_key(|scope| (scope.tokens.start, usize::MAX - scope.tokens.end));
        scopes.truncate(SCOPES);
        cut(&sentence.tokens, &scopes, &mut speech.clauses);
    }
    speech
}

/// The part of a scope that lies in some tokens.
fn within(scope: &Scope, tokens: &Range<usize>) -> Option<Scope> {
    let start = scope.tokens.start.max(tokens.start);
    let end = scope.tokens.end.min(tokens.end);
    (start < end).then(|| Scope { tokens: start..end, ..scope.clone() })
}

/// Cuts a sentence where a scope begins or ends.
fn cut(sentence: &Range<usize>, scopes: &[Scope], clauses: &mut Vec<Clause>) {
    let mut cuts: Vec<usize> = vec![sentence.start, sentence.end];
    for scope in scopes {
        cuts.extend([scope.tokens.start, scope.tokens.end]);
    }
    cuts.sort_unstable();
    cuts.dedup();
    for pair in cuts.windows(2) {
        let tokens = pair[0]..pair[1];
        let speakers = chain(scopes.iter().filter(|scope| scope.tokens.contains(&tokens.start)));
        clauses.push(Clause { tokens, speakers });
    }
}

fn chain<'s>(scopes: impl Iterator<Item = &'s Scope>) -> Vec<Said> {
    let mut chain = vec![Said::plain(Who::Document)];
    for scope in scopes {
        let Some(last) = chain.last_mut() else { break };
        match &scope.what {
            // A quotation within the report of the same speaker is still his.
            What::Speech(who) if *who == last.voice => last.take(scope),
            What::Speech(who) => {
                let mut said = Said::plain(who.clone());
                said.stance = scope.stance;
                said.cue = scope.cue.clone();
                chain.push(said);
            }
            What::Mood => last.take(scope),
        }
    }
    chain
}

impl Said {
    fn plain(voice: Who) -> Said {
        Said { voice, stance: Stance::Asserted, cue: None, reserve: None }
    }

    /// Says it with the stance of a scope as well: the weaker of two stands, a denial of a
    /// denial asserts.
    fn take(&mut self, scope: &Scope) {
        match (self.stance, scope.stance) {
            (Stance::Denied, Stance::Denied) if self.cue != scope.cue => {
                self.stance = Stance::Asserted;
                self.cue = None;
            }
            (Stance::Hedged, Stance::Denied) => {
                self.reserve = self.cue.take();
                self.stance = Stance::Denied;
                self.cue = scope.cue.clone();
            }
            (Stance::Denied, Stance::Hedged) => self.reserve = scope.cue.clone(),
            (held, new) if strength(new) > strength(held) => {
                self.stance = new;
                self.cue = scope.cue.clone();
            }
            _ => {}
        }
    }
}

/// Which of two stances stands when both are shown.
fn strength(stance: Stance) -> u8 {
    match stance {
        Stance::Asserted => 0,
        Stance::Hedged => 1,
        Stance::Denied => 2,
        Stance::Questioned => 3,
        Stance::Unknown => 4,
    }
}
