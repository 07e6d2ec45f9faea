//! Whom "he" stands for: the only person before it, in its sentence or the one before.
//! Where there are more the pronoun is not read, and who only speaks is not counted.

use std::ops::Range;

use throughline_model::SubjectKind;

use super::{By, Cast, MEANT, NAMED, Person};
use crate::analysis::Sentence;
use crate::say::incidents::lexicon::Class as Small;
use crate::say::people::lexicon::Class;

/// How far back in its sentence a pronoun looks, in tokens.
const REACH: usize = 60;

impl Cast<'_, '_> {
    /// Whom a pronoun stands for: the only person of its sentence before it, else the only
    /// one of the sentence before.
    pub(in crate::say::people) fn meant(&self, token: usize) -> Option<Person> {
        let sentences = &self.words.analysis.sentences;
        let at = sentences.partition_point(|sentence| sentence.tokens.end <= token);
        let sentence = sentences.get(at)?;
        let person =
            match self.alone_in(sentence.tokens.start.max(token.saturating_sub(REACH))..token) {
                Alone::One(person) => person,
                Alone::Many => return None,
                Alone::Nobody => {
                    let before = at.checked_sub(1)?;
                    let same_zone = sentences[before].zone == sentence.zone;
                    self.topics.get(before).cloned().flatten().filter(|_| same_zone)?
                }
            };
        let she = matches!(self.words.lower(token), "she" | "her");
        let other = if she { Class::He } else { Class::She };
        if self.is(person.head, other) {
            return None;
        }
        Some(Person { sure: MEANT, ..person })
    }

    pub(super) fn find_topics(&self) -> Vec<Option<Person>> {
        let sentences = &self.words.analysis.sentences;
        let mut topics: Vec<Option<Person>> = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            let topic = match self.alone_in(sentence.tokens.clone()) {
                Alone::One(person) => Some(person),
                Alone::Many => self.leading(sentence),
                Alone::Nobody => {
                    let he = sentence
                        .tokens
                        .clone()
                        .any(|token| matches!(self.words.lower(token), "he" | "she"));
                    topics.last().cloned().flatten().filter(|_| he)
                }
            };
            topics.push(topic);
        }
        topics
    }

    /// The person with whom a sentence opens, if its verb stands right behind.
    fn leading(&self, sentence: &Sentence) -> Option<Person> {
        let words = self.words;
        let start = sentence.tokens.start;
        let phrase = words.right(start, sentence.tokens.end);
        let person = self.person(phrase.clone())?;
        let single = !matches!(person.by, By::Noun { plural: true });
        let verb = words.is(phrase.end, Small::Auxiliary);
        (single && verb).then_some(person)
    }

    /// The people in some tokens, if it is only one; speakers aside.
    fn alone_in(&self, tokens: Range<usize>) -> Alone {
        let words = self.words;
        let mut found: Option<Person> = None;
        let mut at = tokens.start;
        while at < tokens.end {
            let person = if let Some(name) = words.name_of(at, SubjectKind::Person) {
                let held = words.analysis.names[name].tokens.clone();
                let last = held.end - 1;
                let next = held.end.max(at + 1);
                at = next;
                if self.speaks(&held) {
                    continue;
                }
                Some(Person { tokens: held, head: last, by: By::Name(name), sure: NAMED })
            } else {
                let noun =
                    self.is_person(at) && !self.is_person(at + 1) && words.name(at + 1).is_none();
                let head = at;
                at += 1;
                // An apposition to a name tells of it, not of another person.
                let apposed = found.as_ref().is_some_and(|found| {
                    (found.head + 1..head)
                        .all(|token| !words.is(token, Small::Auxiliary) && token < found.head + 12)
                        && words.lower(found.tokens.end) == ","
                });
                let speaks = self.speaks(&(words.left(head, tokens.start).start..head + 1));
                if noun && !apposed && !speaks && !self.is(head, Class::Police) {
                    self.person(words.left(head, tokens.start))
                } else {
                    None
                }
            };
            let Some(person) = person else { continue };
            if let By::Noun { plural: true } = person.by {
                return Alone::Many;
            }
            match &found {
                None => found = Some(person),
                Some(first) if self.alike(first, &person) => {}
                Some(_) => return Alone::Many,
            }
        }
        found.map_or(Alone::Nobody, Alone::One)
    }

    fn alike(&self, a: &Person, b: &Person) -> bool {
        match (a.by, b.by) {
            (By::Name(a), By::Name(b)) => self.root(a) == self.root(b),
            (By::Noun { .. }, By::Noun { .. }) => {
                self.words.lower(a.head) == self.words.lower(b.head)
            }
            _ => false,
        }
    }

    fn root(&self, name: usize) -> usize {
        self.words.analysis.names[name].same_as.unwrap_or(name)
    }

    /// Whether somebody speaks rather than is spoken of: "X said", "said X", "according to X".
    fn speaks(&self, name: &Range<usize>) -> bool {
        let before = name.start.checked_sub(1).is_some_and(|at| {
            let according =
                at > 0 && self.words.lower(at) == "to" && self.words.lower(at - 1) == "according";
            according || self.is(at, Class::Spoke)
        });
        before || self.is(name.end, Class::Spoke)
    }
}

/// How many people some words speak of.
enum Alone {
    Nobody,
    One(Person),
    Many,
}
