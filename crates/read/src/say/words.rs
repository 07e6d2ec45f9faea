//! The tokens of a document with what the lists and the analysis say of each: what a word can
//! be, and which name, time, number or quotation it belongs to. [`phrases`] finds the noun phrase
//! around a word, [`groups`] which group a word points back to.

mod groups;
mod phrases;

use std::ops::Range;

use throughline_model::SubjectKind;

use super::cues::{Cue, Cues};
use super::incidents::lexicon::{Class, Lexicon, Word};
use crate::analysis::{Analysis, Quote, Sentence, Shape};

/// The tokens of a document with what the lists and the analysis say of each.
pub(crate) struct Words<'a> {
    pub(crate) analysis: &'a Analysis,
    /// An expression of several words stands at its last one.
    words: Vec<Option<&'static Word>>,
    cues: Cues,
    names: Vec<Option<usize>>,
    times: Vec<Option<usize>>,
    quantities: Vec<Option<usize>>,
    quoted: Vec<Option<usize>>,
}

impl<'a> Words<'a> {
    /// Looks every token up.
    pub(crate) fn new(analysis: &'a Analysis) -> Words<'a> {
        let count = analysis.tokens.len();
        let at = |ranges: &mut dyn Iterator<Item = &Range<usize>>| {
            let mut held = vec![None; count];
            for (number, range) in ranges.enumerate() {
                for held in held.iter_mut().take(range.end).skip(range.start) {
                    held.get_or_insert(number);
                }
            }
            held
        };
        Words {
            analysis,
            words: look_up(analysis),
            cues: Cues::new(&analysis.tokens),
            names: at(&mut analysis.names.iter().map(|name| &name.tokens)),
            times: at(&mut analysis.times.iter().map(|time| &time.tokens)),
            quantities: at(&mut analysis.quantities.iter().map(|quantity| &quantity.tokens)),
            quoted: {
                let speech = |quote: &&Quote| !quote.scare;
                let mut held = vec![None; count];
                for (number, quote) in
                    analysis.quotes.iter().enumerate().filter(|(_, quote)| speech(quote))
                {
                    for held in held.iter_mut().take(quote.tokens.end).skip(quote.tokens.start) {
                        *held = Some(number);
                    }
                }
                held
            },
        }
    }

    /// How many tokens there are.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The token in lower case, without a possessive ending; empty past the end.
    pub(crate) fn lower(&self, token: usize) -> &'a str {
        self.analysis.tokens.get(token).map_or("", |token| bare(&token.lower))
    }

    /// The token's dictionary form.
    pub(crate) fn lemma(&self, token: usize) -> &'a str {
        self.analysis.tokens.get(token).map_or("", |token| token.lemma.as_str())
    }

    /// The quotation of speech that a token stands in, the innermost one.
    pub(crate) fn quoted(&self, token: usize) -> Option<usize> {
        self.quoted.get(token).copied().flatten()
    }

    /// What the lists say of a token.
    pub(crate) fn word(&self, token: usize) -> Option<&'static Word> {
        self.words.get(token).copied().flatten()
    }

    /// Whether a token is of a class.
    pub(crate) fn is(&self, token: usize, class: Class) -> bool {
        self.word(token).is_some_and(|word| word.is(class))
    }

    /// Whether a token can be a cue; a name and an expression of time are none.
    pub(crate) fn cue(&self, token: usize, cue: Cue) -> bool {
        self.cues.is(token, cue) && self.name(token).is_none() && self.time(token).is_none()
    }

    /// Whether a token is an adverb that can stand beside a verb and leaves what it tells as it is: "later",
    /// "slowly"; not "family".
    pub(crate) fn adverb(&self, token: usize) -> bool {
        self.name(token).is_none() && (self.cues.is(token, Cue::Adverb) || self.in_ly(token))
    }

    /// Whether the ending shows a token to be an adverb.
    fn in_ly(&self, token: usize) -> bool {
        self.lower(token).ends_with("ly") && !self.cues.is(token, Cue::NoAdverb)
    }

    /// Whether a token is spelled as a cue, as part of a name too.
    pub(crate) fn spelled(&self, token: usize, cue: Cue) -> bool {
        self.cues.is(token, cue)
    }

    /// Whether any token of some is of a class.
    pub(crate) fn any(&self, tokens: Range<usize>, class: Class) -> bool {
        tokens.into_iter().any(|token| self.is(token, class))
    }

    /// The name that a token belongs to.
    pub(crate) fn name(&self, token: usize) -> Option<usize> {
        self.names.get(token).copied().flatten()
    }

    /// The expression of time that a token belongs to.
    pub(crate) fn time(&self, token: usize) -> Option<usize> {
        self.times.get(token).copied().flatten()
    }

    /// The time told at a token, by its most exact words, which come last: "last night,
    /// Tuesday, 7 November" is the seventh, whatever "last night" was when it was written.
    pub(crate) fn exact_time(&self, time: usize) -> usize {
        let times = &self.analysis.times;
        let mut at = time;
        while times[at].relative
            && let Some(next) = times.get(at + 1)
            && next.tokens.start == times[at].tokens.end + 1
            && self.lower(times[at].tokens.end) == ","
            && self.lower(next.tokens.end) != "and"
            && next.value.is_some()
        {
            at += 1;
        }
        at
    }

    /// The number that a token belongs to.
    pub(crate) fn quantity(&self, token: usize) -> Option<usize> {
        self.quantities.get(token).copied().flatten()
    }

    /// The name that a token belongs to, if it is of a kind.
    pub(crate) fn name_of(&self, token: usize, kind: SubjectKind) -> Option<usize> {
        self.name(token).filter(|&name| self.analysis.names[name].kind == kind)
    }

    /// The names in some tokens, each once, in order.
    pub(crate) fn names_in(&self, tokens: Range<usize>, kind: SubjectKind) -> Vec<usize> {
        let mut names: Vec<usize> = tokens.filter_map(|token| self.name_of(token, kind)).collect();
        names.dedup();
        names
    }

    /// The people that a phrase names and stands for: not who only owns or follows an "of" what it stands
    /// for, as in "Amsel's brother", "the followers of Amsel".
    pub(crate) fn people_meant(&self, phrase: Range<usize>) -> Vec<usize> {
        let mut people = self.names_in(phrase.clone(), SubjectKind::Person);
        people.retain(|&name| {
            let own = &self.analysis.names[name].tokens;
            let more = own.end < phrase.end;
            let owner = more && (self.possessive(own.end - 1) || self.possessive(own.end));
            let of = (phrase.start..own.start).any(|at| self.lower(at) == "of");
            !owner && !of
        });
        people
    }

    /// The first name of the document that stands for the same one.
    pub(crate) fn root(&self, name: usize) -> usize {
        let names = &self.analysis.names;
        let mut at = name;
        while let Some(earlier) = names[at].same_as.filter(|&earlier| earlier < at) {
            at = earlier;
        }
        at
    }

    /// Whether a token is a mark; a possessive ending that stands alone is none.
    pub(crate) fn mark(&self, token: usize) -> bool {
        match self.analysis.tokens.get(token) {
            Some(held) => {
                held.shape == Shape::Mark
                    && !self.ending(token)
                    && (held.lower != "-" || self.apart(token))
            }
            None => true,
        }
    }

    /// Whether space stands on both sides of a token, as beside a dash and not in "al-Hadi".
    fn apart(&self, token: usize) -> bool {
        let tokens = &self.analysis.tokens;
        let (Some(before), Some(after)) =
            (token.checked_sub(1).and_then(|at| tokens.get(at)), tokens.get(token + 1))
        else {
            return false;
        };
        let span = tokens[token].span;
        before.span.end < span.start && span.end < after.span.start
    }

    /// Whether a token is a possessive ending, or has one.
    pub(crate) fn possessive(&self, token: usize) -> bool {
        self.analysis.tokens.get(token).is_some_and(|token| {
            token.lower.ends_with("'s") || token.lower == "'" || token.lower.ends_with("s'")
        })
    }

    /// Where the report was filed, by its dateline: what it calls "here".
    pub(crate) fn report_place(&self) -> Option<usize> {
        let mut dateline = self.analysis.dateline.clone()?;
        dateline.find_map(|token| self.name_of(token, SubjectKind::Place))
    }

    /// The sentence that holds a token.
    pub(crate) fn sentence(&self, token: usize) -> Option<&'a Sentence> {
        let sentences = &self.analysis.sentences;
        let at = sentences.partition_point(|sentence| sentence.tokens.end <= token);
        sentences.get(at).filter(|sentence| sentence.tokens.contains(&token))
    }

    /// Whether a token is a quotation mark.
    pub(crate) fn quote(&self, token: usize) -> bool {
        let mark = self.analysis.tokens.get(token).map_or("", |token| token.lower.as_str());
        matches!(mark, "\"" | "“" | "”" | "‘" | "’" | "'" | "``" | "''")
            && self.analysis.tokens.get(token).is_some_and(|token| token.shape == Shape::Mark)
    }

    /// Whether a token is a possessive ending that stands alone.
    fn ending(&self, token: usize) -> bool {
        self.analysis.tokens.get(token).is_some_and(|token| token.lower == "'s")
    }
}

/// A word without its possessive ending.
pub(crate) fn bare(lower: &str) -> &str {
    match lower.strip_suffix("'s") {
        Some(word) if !word.is_empty() => word,
        _ => lower,
    }
}

fn look_up(analysis: &Analysis) -> Vec<Option<&'static Word>> {
    let lexicon = Lexicon::get();
    let tokens = &analysis.tokens;
    let mut words: Vec<Option<&'static Word>> =
        tokens.iter().map(|token| lexicon.word(bare(&token.lower))).collect();
    let mut joined = String::new();
    for start in 0..tokens.len() {
        let longest = lexicon.longest_from(&tokens[start].lower);
        for count in (2..=longest).rev() {
            let Some(held) = tokens.get(start..start + count) else { continue };
            joined.clear();
            for token in held {
                if !joined.is_empty() {
                    joined.push(' ');
                }
                joined.push_str(bare(&token.lower));
            }
            if let Some(word) = lexicon.word(&joined) {
                words[start + count - 1] = Some(word);
                break;
            }
        }
    }
    words
}
