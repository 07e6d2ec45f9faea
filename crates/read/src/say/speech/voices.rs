//! Who a phrase before or after a verb of speech stands for.

use std::ops::Range;

use throughline_model::SubjectKind;

use super::Who;
use crate::say::cues::Cue;
use crate::say::genders::{self, Gender, Genders};
use crate::say::incidents::lexicon::Class;
use crate::say::words::Words;

/// How far back a pronoun can point to a speaker, in tokens.
const BACK: usize = 90;
/// How far from the beginning of a sentence its subject is looked for, in tokens.
const OPENING: usize = 4;
/// The longest apposition that is stepped over, in tokens.
const APPOSITION: usize = 30;

/// How many speakers are looked back over.
const SPEAKERS: usize = 4;

/// Who spoke last, for "he said" and "it said".
#[derive(Debug)]
pub(super) struct Memory {
    genders: Genders,
    /// The last speakers who are people, and where.
    people: Vec<(Who, usize)>,
    /// The last one who is a body or several people.
    body: Option<(Who, usize)>,
}

impl Memory {
    /// Nobody has spoken yet.
    pub(super) fn new(words: &Words<'_>) -> Memory {
        Memory { genders: Genders::new(words), people: Vec::new(), body: None }
    }

    /// Keeps a speaker for the pronouns to come.
    pub(super) fn keep(&mut self, words: &Words<'_>, who: &Who, at: usize) {
        let held = Some((who.clone(), at));
        let mut person = || {
            self.people.truncate(SPEAKERS - 1);
            self.people.insert(0, (who.clone(), at));
        };
        match who {
            Who::Name(name) if words.analysis.names[*name].kind == SubjectKind::Person => {
                person();
            }
            Who::Name(_) => self.body = held,
            // A "he" of whom nothing is known is nobody to remember.
            Who::Described(phrase) if genders::of_pronoun(words.lower(phrase.start)).is_some() => {}
            Who::Described(phrase) => {
                let plural = words.lower(phrase.end - 1).ends_with('s')
                    || words.word(phrase.end - 1).is_some_and(|word| word.plural);
                if plural || matches!(words.lower(phrase.end - 1), "police" | "people") {
                    self.body = held;
                } else {
                    person();
                }
            }
            Who::Document | Who::Unnamed => {}
        }
    }

    /// Whom a pronoun as the subject of a verb of speech stands for: the last speaker of its
    /// sort and gender, unless another is spoken of since ("For X …"); without one, a man whose
    /// name alone stands before it in the paragraph.
    pub(super) fn pronoun(&self, words: &Words<'_>, at: usize) -> Who {
        let near = |from: &usize| at - from.min(&at) <= BACK;
        let found = match words.lower(at) {
            "he" | "she" => {
                let gender = genders::of_pronoun(words.lower(at));
                let fits = |who: &Who| {
                    let known = self.gender(words, who);
                    known.is_none() || known == gender
                };
                let last = self.people.iter().find(|(who, from)| near(from) && fits(who));
                let since = last.map_or(0, |(_, from)| *from);
                let spoken_of = spoken_of(words, at);
                // Of "X and his wife, Y," the one who is known to be "she".
                let known = |name: &usize| self.genders.of_name(words, *name) == gender;
                let spoken_of = (spoken_of.iter().copied().find(known))
                    .or_else(|| spoken_of.first().copied().filter(|_| spoken_of.len() == 1))
                    .filter(|&name| {
                        let start = words.analysis.names[name].tokens.start;
                        start >= since && fits(&Who::Name(name))
                    });
                let last = || last.map(|(who, _)| who.clone());
                let only = || self.only_person(words, at, gender);
                spoken_of.map(Who::Name).or_else(last).or_else(only)
            }
            "they" | "it" => {
                let body = self.body.as_ref().filter(|(_, from)| near(from));
                body.map(|(who, _)| who.clone())
            }
            _ => None,
        };
        found.unwrap_or(Who::Described(at..at + 1))
    }

    fn gender(&self, words: &Words<'_>, who: &Who) -> Option<Gender> {
        match who {
            Who::Name(name) => self.genders.of_name(words, *name),
            Who::Described(phrase) => genders::of_noun(words.lower(phrase.end - 1)),
            Who::Document | Who::Unnamed => None,
        }
    }

    /// The one person of a gender named before a pronoun in its sentence or the one before.
    fn only_person(&self, words: &Words<'_>, at: usize, gender: Option<Gender>) -> Option<Who> {
        let (from, _) = sentence_before(words, at, false);
        let known = |name: usize| self.genders.of_name(words, name);
        let mut names = words.names_in(from..at, SubjectKind::Person);
        names.retain(|&name| known(name).is_none() || known(name) == gender);
        let first = words.root(*names.first()?);
        // Somebody named further on is seldom whom the next sentence begins with.
        let opens = from + OPENING > words.analysis.names[names[0]].tokens.start;
        if !opens {
            return None;
        }
        names.iter().all(|&name| words.root(name) == first).then_some(Who::Name(names[0]))
    }
}

/// Where the sentence before the one of a token begins, or its own where that stands in another
/// paragraph; and where it ends. With `paragraphs` the paragraph before counts too.
fn sentence_before(words: &Words<'_>, at: usize, paragraphs: bool) -> (usize, usize) {
    let sentences = &words.analysis.sentences;
    let here = sentences.partition_point(|sentence| sentence.tokens.end <= at);
    let Some(held) = sentences.get(here) else { return (at, at) };
    let before = here.checked_sub(1).map(|before| &sentences[before]);
    let before = before.filter(|before| {
        before.paragraph + usize::from(paragraphs) >= held.paragraph && before.zone == held.zone
    });
    let from = before.map_or(held.tokens.start, |before| before.tokens.start);
    (from.max(at.saturating_sub(BACK)), before.map_or(held.tokens.start, |held| held.tokens.end))
}

/// Whom the sentence before a pronoun is about, though none of them is its subject: "For X it was
/// no surprise."
fn spoken_of(words: &Words<'_>, at: usize) -> Vec<usize> {
    const NEAR: usize = 6;
    let (from, end) = sentence_before(words, at, true);
    let near = from + 1..end.min(from + NEAR);
    let opens = matches!(words.lower(from), "for" | "to" | "like")
        && (near.clone().take_while(|&at| !words.mark(at)))
            .any(|at| words.name_of(at, SubjectKind::Person).is_some());
    if opens { words.names_in(from..end, SubjectKind::Person) } else { Vec::new() }
}

/// A speaker with the words that tell him.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) who: Who,
    pub(super) tokens: Range<usize>,
}

/// The speaker whose phrase ends before the verb at `verb`. `things` lets letters and
/// reports speak as well, in their own words.
pub(super) fn before(
    words: &Words<'_>,
    verb: usize,
    floor: usize,
    things: bool,
    memory: &Memory,
) -> Option<Found> {
    let mut at = verb;
    let (mut relative, mut infinitive) = (false, false);
    while at > floor && steps_over(words, at - 1) {
        at -= 1;
        relative |= words.is(at, Class::Relative);
        infinitive |= words.lower(at) == "to";
    }
    let last = at.checked_sub(1).filter(|&last| last >= floor)?;
    let last = match words.lower(last) {
        "," if relative => last.checked_sub(1).filter(|&last| last >= floor)?,
        "," | "–" | "—" | "--" => apposed(words, last, floor)?,
        _ => last,
    };
    if words.is(last, Class::Pronoun) && words.name(last).is_none() {
        let personal = matches!(words.lower(last), "he" | "she" | "they" | "it");
        return personal.then(|| Found { who: memory.pronoun(words, last), tokens: last..verb });
    }
    if words.bounds(last) && words.name(last).is_none() {
        return None;
    }
    let phrase = words.left(last, floor);
    // "police studying the message said": the police.
    let ing = phrase.start.checked_sub(1).filter(|&ing| {
        ing > floor && words.lower(ing).ends_with("ing") && words.name(ing).is_none()
    });
    let phrase = match ing.map(|ing| words.left(ing - 1, floor)) {
        Some(doing) if !doing.is_empty() && who(words, doing.clone()).is_some() => doing,
        _ => phrase,
    };
    // "led officials to doubt", but not "went into the office to report".
    let small = phrase.start.checked_sub(1).filter(|&small| small >= floor);
    if infinitive && small.is_some_and(|small| words.is(small, Class::Preposition)) {
        return None;
    }
    let head = head_phrase(words, phrase.clone(), floor);
    let whole = head.start..phrase.end;
    let found = match who(words, head.clone()) {
        // "a spokesman for the ministry" is described by all of it.
        Some(Who::Described(_)) => Some(Who::Described(whole.clone())),
        None if things && words.is(head.start, Class::Determiner) => {
            Some(Who::Described(whole.clone()))
        }
        found => found,
    };
    found.map(|who| Found { who, tokens: whole.start..verb })
}

/// What may stand between a subject and its verb.
fn steps_over(words: &Words<'_>, token: usize) -> bool {
    let lower = words.lower(token);
    words.is(token, Class::Auxiliary)
        || words.is(token, Class::Modal)
        || words.is(token, Class::Negation)
        || words.time(token).is_some()
        || words.adverb(token)
        || matches!(lower, "to" | "both" | "who")
        || (lower == "on" && words.time(token + 1).is_some())
}

/// The phrase that others hang on: "a message" in "a message from the group", so that it is
/// the message and not the group that speaks.
fn head_phrase(words: &Words<'_>, phrase: Range<usize>, floor: usize) -> Range<usize> {
    let mut head = phrase;
    for _ in 0..4 {
        let Some(small) = head.start.checked_sub(1).filter(|&small| small > floor) else { break };
        let hangs = matches!(
            words.lower(small),
            "of" | "for" | "in" | "at" | "from" | "with" | "by" | "to" | "on" | "about"
        );
        if !hangs || words.bounds(small - 1) && words.name(small - 1).is_none() {
            break;
        }
        head = words.left(small - 1, floor);
    }
    head
}

/// The last token of the phrase that the words between two commas are added to.
fn apposed(words: &Words<'_>, close: usize, floor: usize) -> Option<usize> {
    let from = floor.max(close.saturating_sub(APPOSITION));
    let open = (from..close)
        .rev()
        .find(|&token| words.lower(token) == "," || (dash(words, close) && dash(words, token)));
    let last = open?.checked_sub(1).filter(|&last| last >= floor)?;
    // Between several commas ("Orton, an analyst in Lima, Peru, said") the name is further on.
    let phrase = words.left(last, floor);
    let person = |at: usize| words.name_of(at, SubjectKind::Person).is_some();
    if person(last) || who(words, phrase).is_some_and(|who| matches!(who, Who::Described(_))) {
        return Some(last);
    }
    let further = (from..last).rev().find(|&at| words.lower(at) == "," && at > floor);
    further.map(|comma| comma - 1).filter(|&at| person(at)).or(Some(last))
}

fn dash(words: &Words<'_>, token: usize) -> bool {
    matches!(words.lower(token), "–" | "—" | "--")
}

/// The speaker whose phrase begins after an inverted verb: "said Ann Lee, an analyst".
pub(super) fn after(words: &Words<'_>, verb: usize, end: usize) -> Option<Found> {
    let phrase = words.right(verb + 1, end);
    if phrase.is_empty() {
        return None;
    }
    // "said police chief Ann Lee": the person named speaks, not what stands before.
    let until = apposition_end(words, phrase.end, end);
    who(words, phrase.clone()).map(|who| Found { who, tokens: verb..until })
}

/// Takes in what follows a name between commas: ", an analyst at the institute".
pub(super) fn apposition_end(words: &Words<'_>, from: usize, end: usize) -> usize {
    if words.lower(from) != "," {
        return from;
    }
    let until = end.min(from + APPOSITION);
    let close = (from + 1..until)
        .find(|&token| words.mark(token) && !words.quote(token) && words.lower(token) != "-");
    let close = close.unwrap_or(until);
    let verbal = (from + 1..close).any(|token| words.is(token, Class::Auxiliary));
    let opens = words.is(from + 1, Class::Determiner) || !words.bounds(from + 1);
    if verbal || !opens { from } else { close }
}

/// Whom a phrase stands for, if it can speak.
pub(super) fn who(words: &Words<'_>, phrase: Range<usize>) -> Option<Who> {
    let head = phrase.end.checked_sub(1).filter(|&head| head >= phrase.start)?;
    // "the group's spokesman" is described by its name, "police chief Ann Lee" is named.
    for kind in [SubjectKind::Person, SubjectKind::Outlet, SubjectKind::Group, SubjectKind::Channel]
    {
        if let Some(name) = words.name_of(head, kind) {
            return Some(Who::Name(name));
        }
    }
    if words.name_of(head, SubjectKind::Place).is_some() {
        // "Washington said", but not "the man in Washington".
        return Some(Who::Described(phrase));
    }
    let voice = phrase
        .clone()
        .rev()
        .find(|&at| words.cue(at, Cue::Voice) || words.is(at, Class::People))
        .is_some_and(|at| {
            at == head || (at + 1..phrase.end).any(|small| words.is(small, Class::Preposition))
        });
    let doer = words.word(head).is_some_and(|word| word.doer.is_some());
    if !voice && !doer {
        return None;
    }
    // "the group" stands for the one named last.
    let pointing = words.is(phrase.start, Class::Definite);
    let named = pointing.then(|| words.group_meant(head)).flatten();
    Some(named.map_or(Who::Described(phrase), Who::Name))
}
