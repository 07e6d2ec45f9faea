//! How far the innermost speaker stands behind the words: reserve, denial, question, and
//! what is said not to be known.

use std::ops::Range;

use throughline_model::Stance;

use super::frames::Frame;
use super::frames::stances::is_wrongly;
use super::{Scope, What};
use crate::analysis::Sentence;
use crate::say::cues::Cue;
use crate::say::incidents::lexicon::Class;
use crate::say::words::Words;

/// The longest clause that a mood lies over, in tokens; it keeps reading linear in the length.
const LONGEST: usize = 150;

/// Finds the moods of a sentence.
pub(super) fn find(
    words: &Words<'_>,
    sentence: &Sentence,
    frames: &[Frame],
    scopes: &mut Vec<Scope>,
) {
    let held = sentence.tokens.clone();
    let used = vec![false; held.len()];
    let mut moods = Moods { words, sentence: held.clone(), scopes, used };
    // Verbs of speech have taken their own negations and questions.
    for frame in frames {
        moods.use_up(frame.attribution.clone());
        if let Some(part) = frame.parts.first().filter(|_| frame.stance != Stance::Asserted) {
            moods.use_up(part.start.saturating_sub(1)..part.start);
        }
    }
    for token in held.clone() {
        moods.unknown(token);
        moods.not_ruled_out(token);
    }
    for token in held {
        moods.reserve(token);
        moods.denial(token);
        moods.question(token);
    }
}

/// "We said that …; this was wrong": takes back what stands before it in its sentence.
pub(super) fn taken_back_within(words: &Words<'_>, sentence: &Sentence) -> Option<Scope> {
    let tokens = sentence.tokens.clone();
    let stop = tokens.clone().find(|&at| matches!(words.lower(at), ";" | "–" | "—" | "--"))?;
    taken_back(words, tokens.start..stop, stop + 1)
}

/// "This was wrong", "That is not true", "We were misled": what begins at `first` takes back what was said.
pub(super) fn taken_back(words: &Words<'_>, said: Range<usize>, first: usize) -> Option<Scope> {
    let first = owned_to(words, first);
    let this = matches!(words.lower(first), "this" | "that" | "it" | "we");
    let be = matches!(words.lower(first + 1), "is" | "was" | "were" | "are");
    let mut at = first + 2;
    while words.adverb(at) || matches!(words.lower(at), "an" | "a") {
        at += 1;
    }
    let not = words.lower(at) == "not";
    let wrong = matches!(
        words.lower(at),
        "wrong"
            | "false"
            | "untrue"
            | "incorrect"
            | "mistaken"
            | "error"
            | "mistake"
            | "misled"
            | "misinformed"
    ) || not && matches!(words.lower(at + 1), "true" | "so" | "correct" | "right");
    // "This was wrong of him" judges, and takes nothing back.
    let ends = words.mark(at + 1 + usize::from(not));
    (this && be && wrong && ends).then(|| Scope {
        tokens: said,
        what: What::Mood,
        stance: Stance::Denied,
        cue: Some(at..at + 1 + usize::from(not)),
    })
}

/// "We named X as the bomber. He was not the bomber.": what begins at `first` takes back whom the paper had
/// named. What others named him stays theirs.
pub(super) fn misnamed(words: &Words<'_>, said: Range<usize>, first: usize) -> Option<Scope> {
    const NEAR: usize = 4;
    let ours = said.clone().take(NEAR).any(|at| {
        matches!(words.lower(at), "we" | "our")
            || words.lower(at) == "this"
                && matches!(words.lower(at + 1), "newspaper" | "paper" | "website")
    });
    let attacker = |at: usize| words.word(at).and_then(|word| word.doer);
    let named = said.clone().find(|&at| {
        matches!(words.lemma(at), "name" | "identify" | "describe" | "call")
            && words.name(at).is_none()
    });
    let part = named.and_then(|named| (named..said.end).find(|&at| attacker(at).is_some()))?;
    let end = words.sentence(first)?.tokens.end;
    let be = (first..end.min(first + NEAR)).find(|&at| matches!(words.lower(at), "was" | "is"))?;
    let not = words.lower(be + 1) == "not" || words.lower(be + 1) == "never";
    let same = (be + 2..end.min(be + 6)).any(|at| words.lower(at) == words.lower(part));
    (ours && not && same).then(|| Scope {
        tokens: said,
        what: What::Mood,
        stance: Stance::Denied,
        cue: Some(be..be + 2),
    })
}

/// Where "this was wrong" begins in "we now accept that this was wrong".
fn owned_to(words: &Words<'_>, first: usize) -> usize {
    let adverb = usize::from(matches!(words.lower(first + 1), "now" | "fully"));
    let verb = first + 1 + adverb;
    let owns = matches!(
        words.lower(verb),
        "accept" | "acknowledge" | "admit" | "recognise" | "recognize" | "concede" | "regret"
    );
    let that = words.lower(verb + 1) == "that";
    if words.lower(first) == "we" && owns && that { verb + 2 } else { first }
}

/// Whether a word opens a clause on somebody: "who", "whom", "whose".
fn who(words: &Words<'_>, token: usize) -> bool {
    matches!(words.lower(token), "who" | "whom" | "whose" | "which")
}

struct Moods<'w, 'a> {
    words: &'w Words<'a>,
    sentence: Range<usize>,
    scopes: &'w mut Vec<Scope>,
    /// Which tokens of the sentence are part of a cue already.
    used: Vec<bool>,
}

impl Moods<'_, '_> {
    fn use_up(&mut self, tokens: Range<usize>) {
        for token in tokens {
            if let Some(used) =
                token.checked_sub(self.sentence.start).and_then(|at| self.used.get_mut(at))
            {
                *used = true;
            }
        }
    }

    fn is_used(&self, token: usize) -> bool {
        let at = token.checked_sub(self.sentence.start);
        at.and_then(|at| self.used.get(at)).is_some_and(|&used| used)
    }

    fn put(&mut self, tokens: Range<usize>, stance: Stance, cue: Range<usize>) {
        self.use_up(cue.clone());
        if tokens.start < tokens.end {
            self.scopes.push(Scope { tokens, what: What::Mood, stance, cue: Some(cue) });
        }
    }

    /// "it is unclear whether …", "it is not known who …", "whether … remains unclear".
    fn unknown(&mut self, token: usize) {
        let words = self.words;
        if self.is_used(token) {
            return;
        }
        let from = self.sentence.start.max(token.saturating_sub(5));
        let negation = (from..token).rev().find(|&at| {
            words.is(at, Class::Negation) || matches!(words.lower(at), "cannot" | "unable")
        });
        let cue = if words.cue(token, Cue::Unclear) {
            token..token + 1
        } else if let Some(negation) = negation.filter(|_| words.cue(token, Cue::Certain)) {
            negation..token + 1
        } else {
            return;
        };
        if self.is_used(cue.start) {
            return;
        }
        let until = self.sentence.end.min(token + 8);
        let opens = (token + 1..until).find(|&at| {
            matches!(
                words.lower(at),
                "whether" | "if" | "who" | "how" | "what" | "where" | "why" | "when" | "which"
            )
        });
        let bare = words.cue(token, Cue::Unclear) || !words.cue(token, Cue::Saying);
        if let Some(opens) = opens.filter(|_| !words.mark(token + 1)) {
            let end = self.clause_end(opens + 1);
            self.use_up(opens..opens + 1);
            self.put(opens..end, Stance::Unknown, cue);
        } else if bare
            && let Some(opens) = (self.sentence.start.max(cue.start.saturating_sub(LONGEST))
                ..cue.start)
                .find(|&at| words.lower(at) == "whether")
        {
            self.use_up(opens..opens + 1);
            self.put(opens..cue.start, Stance::Unknown, cue);
        }
    }

    /// "have not ruled out that he had help", "could not exclude a second man".
    fn not_ruled_out(&mut self, token: usize) {
        let words = self.words;
        let negation = self.negation(token).filter(|_| words.cue(token, Cue::RuleOut));
        let Some(negation) = negation.filter(|_| !self.is_used(token)) else { return };
        let from = token + 1 + usize::from(words.lower(token + 1) == "that");
        self.put(from..self.clause_end(from), Stance::Hedged, negation..token + 1);
    }

    /// "appeared to …", "may have …", "apparently …", "is said to …", "a suspected …".
    fn reserve(&mut self, token: usize) {
        let words = self.words;
        if self.is_used(token) {
            return;
        }
        let before = token.checked_sub(1).filter(|&before| before >= self.sentence.start);
        let cue = token..token + 1;
        let next = words.lower(token + 1);
        let passive = || {
            let from = self.sentence.start.max(token.saturating_sub(4));
            (from..token).any(|at| words.lemma(at) == "be" || words.lower(at) == "who")
        };
        if words.cue(token, Cue::HedgeVerb) && (next == "to" || next == "that")
            || words.cue(token, Cue::HedgeVerb) && before.is_some_and(|at| words.lower(at) == "it")
            || words.cue(token, Cue::HedgeVerb) && words.lower(token + 1) == "not"
            || words.cue(token, Cue::HedgePassive)
                && (next == "to"
                    || words.is(token + 1, Class::Killed)
                    || words.is(token + 1, Class::Wounded))
                && passive()
            || words.cue(token, Cue::HedgeModal) && !words.is(token, Class::Determiner)
            || words.cue(token, Cue::HedgeAdverb)
            || words.cue(token, Cue::HedgeVerb) && words.is(token + 1, Class::Determiner)
        {
            let stance =
                if words.lower(token) == "unlikely" { Stance::Denied } else { Stance::Hedged };
            self.put(token + 1..self.clause_end(token + 1), stance, cue);
        } else if words.cue(token, Cue::HedgeAdjective) {
            let phrase = words.right(token, self.sentence.end);
            self.put(before_verb(words, phrase), Stance::Hedged, cue);
        } else if words.cue(token, Cue::Suggesting) {
            // With somebody as its subject it is speech, and its tokens are used.
            let from = token + 1 + usize::from(next == "that");
            let verb = words.lower(token) != words.lemma(token) || !words.mark(token + 1);
            if verb {
                self.put(from..self.clause_end(from), Stance::Hedged, cue);
            }
        } else if words.cue(token, Cue::HedgeNoun) && matches!(next, "of") {
            self.put(token + 2..self.clause_end(token + 2), Stance::Hedged, cue);
        }
    }

    /// "did not …", "no evidence that …", "never …", "rather than …".
    fn denial(&mut self, token: usize) {
        let words = self.words;
        if self.is_used(token) || words.name(token).is_some() {
            return;
        }
        let cue = token..token + 1;
        if words.cue(token, Cue::Contrast) {
            let end = self.contrast_end(token + 1);
            self.put(token + 1..end, Stance::Denied, token - 1..token + 1);
            return;
        }
        if let Some(from) = self.own_mistake(token) {
            self.put(from..self.clause_end(from), Stance::Denied, token..token + 2);
            return;
        }
        if words.cue(token, Cue::RuleOut) {
            let from = token + 1 + usize::from(words.lower(token + 1) == "that");
            self.put(from..self.clause_end(from), Stance::Denied, cue);
            return;
        }
        let negation = words.is(token, Class::Negation)
            || matches!(words.lower(token), "cannot" | "nobody" | "none" | "nothing");
        if !negation || self.nothing_more(token) {
            return;
        }
        let before = token.checked_sub(1).filter(|&before| before >= self.sentence.start);
        // "almost never", "hardly ever": a habit, told by another rule.
        if before.is_some_and(|at| matches!(words.lower(at), "almost" | "nearly" | "practically")) {
            return;
        }
        if matches!(words.lower(token), "no" | "without" | "not" | "little") {
            let until = self.sentence.end.min(token + 5);
            let evidence = (token + 1..until).find(|&at| words.cue(at, Cue::EvidenceNoun));
            if let Some(noun) = evidence {
                let from = noun + 1 + usize::from(words.lower(noun + 1) == "that");
                self.put(from..self.clause_end(from), Stance::Denied, token..noun + 1);
                return;
            }
        }
        let set_apart = before.is_some_and(|at| {
            let contrast = matches!(words.lower(at), "and" | "but" | "–" | "—" | "--" | ",");
            contrast && !words.is(token + 1, Class::Auxiliary) && words.lower(token) == "not"
        });
        let end = if words.lower(token) == "without" && !words.lower(token + 1).ends_with("ing") {
            // "without parole for the blasts" denies the parole.
            let phrase = words.right(token + 1, self.sentence.end);
            self.contrast_end(token + 1).min(phrase.end.max(token + 2))
        } else if set_apart || words.lower(token) == "without" {
            self.contrast_end(token + 1)
        } else {
            self.given_from(token + 1..self.clause_end(token + 1))
        };
        let end = end.min(self.relative_end(token).unwrap_or(end));
        self.put(token + 1..end, Stance::Denied, cue);
    }

    /// Where a relative clause ends that a negation stands in, which denies nothing of what goes on behind it:
    /// "X, who does not speak English, was convicted", "the man who cannot be named was jailed".
    fn relative_end(&self, token: usize) -> Option<usize> {
        /// How far before the negation the clause may begin, in tokens.
        const NEAR: usize = 12;
        let words = self.words;
        let floor = self.sentence.start.max(token.saturating_sub(NEAR));
        let opener = (floor..token).rev().find(|&at| words.mark(at) || who(words, at))?;
        if !who(words, opener) || opener == self.sentence.start {
            return None;
        }
        let set_apart = words.lower(opener - 1) == ",";
        let until = self.clause_end(token + 1);
        let new_verb = |at: usize| {
            words.is(at, Class::Auxiliary) && at > token + 2 && !words.is(at - 1, Class::Auxiliary)
        };
        let stops = |at: &usize| if set_apart { words.lower(*at) == "," } else { new_verb(*at) };
        (token + 1..until).find(stops)
    }

    /// Where that begins which a paper says it had wrong: "we wrongly reported that". What others say
    /// wrongly is for their frames.
    fn own_mistake(&self, token: usize) -> Option<usize> {
        let words = self.words;
        let own = token
            .checked_sub(1)
            .is_some_and(|at| at >= self.sentence.start && matches!(words.lower(at), "we" | "i"));
        let wrongly = is_wrongly(words.lower(token));
        let said = words.cue(token + 1, Cue::Saying) || words.cue(token + 1, Cue::Suggesting);
        let that = words.lower(token + 2) == "that" && token + 3 < self.sentence.end;
        (own && wrongly && said && that).then_some(token + 3)
    }

    /// Where something begins that is taken for given, whatever is denied: "nobody was hurt when a bomb
    /// exploded"; else the end.
    fn given_from(&self, tokens: Range<usize>) -> usize {
        let words = self.words;
        let attack = |at: usize| words.word(at).is_some_and(|word| word.attack.is_some());
        let given = |token: &usize| {
            let time = matches!(words.lower(*token), "when" | "after" | "while");
            // "no motive for the shooting, in which X was killed": that he was is told.
            let before = *token - 1 - usize::from(words.lower(*token - 1) == ",");
            let which = words.is(*token, Class::Relative)
                || words.is(*token, Class::Preposition) && words.lower(*token + 1) == "which";
            (time || which && attack(before)) && *token + 1 < tokens.end && !words.mark(*token + 1)
        };
        tokens.clone().skip(1).find(given).unwrap_or(tokens.end)
    }

    /// "whether …" that nobody is said to know or ask, and a sentence that ends in "?".
    fn question(&mut self, token: usize) {
        let words = self.words;
        if self.is_used(token) {
            return;
        }
        let cue = token..token + 1;
        match words.lower(token) {
            "whether" => self.put(token + 1..self.clause_end(token + 1), Stance::Questioned, cue),
            "if" | "unless" => {
                let until = self.sentence.end.min(token + LONGEST);
                let end = (token + 1..until).find(|&at| words.mark(at)).unwrap_or(until);
                self.put(token + 1..end, Stance::Questioned, cue);
            }
            "?" => {
                let quoted = words.quoted(token).map(|quote| &words.analysis.quotes[quote].tokens);
                let start = quoted.map_or(self.sentence.start, |quote| quote.start);
                let start = start.max(self.sentence.start);
                let from = (start..token)
                    .rev()
                    .find(|&at| matches!(words.lower(at), "." | "!" | "?" | ";" | ":"))
                    .map_or(start, |stop| stop + 1);
                self.put(from..token, Stance::Questioned, cue);
            }
            _ => {}
        }
    }

    fn negation(&self, token: usize) -> Option<usize> {
        let from = self.sentence.start.max(token.saturating_sub(4));
        (from..token)
            .rev()
            .find(|&at| self.words.is(at, Class::Negation) || self.words.lower(at) == "cannot")
    }

    /// "not only", "no more than": no denial.
    fn nothing_more(&self, token: usize) -> bool {
        (token + 1..token + 3).any(|at| self.words.cue(at, Cue::NothingMore))
    }

    /// Where the clause that a mood lies over ends: at a stop, at "but" and its like, at a
    /// comma with a new clause behind it, at the end of the quotation.
    fn clause_end(&self, from: usize) -> usize {
        let words = self.words;
        let quote = words.quoted(from).map(|quote| words.analysis.quotes[quote].tokens.end);
        let end = self.sentence.end.min(quote.unwrap_or(usize::MAX));
        let end = end.min(from + LONGEST).max(from);
        let dash = |at: usize| matches!(words.lower(at), "–" | "—" | "--");
        // Between two dashes stands an aside, after one alone something new.
        let dashes = (from..end).filter(|&at| dash(at)).count();
        (from..end)
            .find(|&at| {
                let lower = words.lower(at);
                matches!(lower, ";" | ":" | "." | "?" | "!")
                    || dash(at) && dashes == 1
                    || matches!(lower, "but" | "although" | "though" | "whereas" | "because")
                    || lower == ","
                        && !words.is(at + 2, Class::Negation)
                        && (words.is(at + 1, Class::Relative)
                            || matches!(
                                words.lower(at + 1),
                                "and"
                                    | "while"
                                    | "when"
                                    | "after"
                                    | "before"
                                    | "as"
                                    | "where"
                                    | "he"
                                    | "she"
                                    | "they"
                                    | "it"
                                    | "so"
                                    | "which"
                                    | "who"
                            ))
            })
            .unwrap_or(end)
    }

    /// Where what is set apart ends: "rather than instructed – by the group".
    fn contrast_end(&self, from: usize) -> usize {
        let words = self.words;
        let end = self.clause_end(from);
        (from..end)
            .find(|&at| {
                at > from && (words.mark(at) && !words.quote(at) || words.lower(at) == "by")
                    || words.lower(at) == "and" && words.is(at + 1, Class::Pronoun)
            })
            .unwrap_or(end)
    }
}

/// A phrase up to a verb that can be a noun as well: "suspected gunmen", of "suspected gunmen shot
/// dead a mayor".
fn before_verb(words: &Words<'_>, phrase: Range<usize>) -> Range<usize> {
    let verb = phrase.clone().skip(1).find(|&at| {
        let doer = words.word(at - 1).is_some_and(|word| word.doer.is_some());
        doer && words.word(at).is_some_and(|word| !word.verbs.is_empty())
    });
    phrase.start..verb.unwrap_or(phrase.end)
}
