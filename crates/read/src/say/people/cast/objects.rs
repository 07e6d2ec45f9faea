//! The object of a verb: whom it is done to, looked for to its right.

use std::ops::Range;

use throughline_model::SubjectKind;

use super::{By, Cast, LIST, NAMED, Person};
use crate::say::incidents::lexicon::Class as Small;

impl Cast<'_, '_> {
    /// The people of the phrase, or list, that begins at `from`.
    pub(in crate::say::people) fn after(&self, from: usize, end: usize) -> Vec<Person> {
        let words = self.words;
        if matches!(words.lower(from), "him" | "her")
            && (words.mark(from + 1) || words.bounds(from + 1))
        {
            return self.meant(from).into_iter().collect();
        }
        let mut people = Vec::new();
        let mut at = from;
        let mut sure = 1;
        for _ in 0..LIST {
            let phrase = self.trimmed(words.right(at, end));
            let Some(mut person) = self.person(phrase.clone()) else { break };
            let mut close = phrase.end;
            // "a third man, X": the name rather than the noun.
            if let Some(name) = self.named_behind(&person, phrase.end) {
                close = name.tokens.end;
                person = name;
            }
            people.push(person);
            at = self.skip_apposition(close, end);
            match words.lower(at) {
                "," => at += 1,
                "and" => sure = people.len() + 1,
                _ => break,
            }
            if words.lower(at) == "and" {
                sure = people.len() + 1;
                at += 1;
            }
        }
        people.truncate(sure);
        // "two men, X and Y": the names rather than the noun.
        let named = people.iter().filter(|person| matches!(person.by, By::Name(_))).count();
        if let Some(first) = people.first()
            && matches!(first.by, By::Noun { plural: true })
            && named + 1 == people.len()
            && self.counts(first) == u32::try_from(named).ok()
            && words.lower(first.tokens.end) == ","
        {
            people.remove(0);
        }
        people
    }

    /// How many a description says they are: "two men".
    fn counts(&self, person: &Person) -> Option<u32> {
        let quantity = person.tokens.clone().find_map(|token| self.words.quantity(token))?;
        Some(self.words.analysis.quantities[quantity].figure.least)
    }

    /// The name that a description of one is followed by: "a third man, X,", "his cousin, X".
    fn named_behind(&self, person: &Person, comma: usize) -> Option<Person> {
        let words = self.words;
        let one = matches!(person.by, By::Noun { plural: false }) && words.lower(comma) == ",";
        let name = words.name_of(comma + 1, SubjectKind::Person).filter(|_| one)?;
        let tokens = words.analysis.names[name].tokens.clone();
        // "a cook, X and Y": each is one of a list.
        let closed = tokens.end >= words.len()
            || words.mark(tokens.end)
            || words.is(tokens.end, Small::Preposition)
            || words.time(tokens.end).is_some();
        (closed && tokens.start == comma + 1 && !words.possessive(tokens.end - 1)).then(|| Person {
            head: tokens.end - 1,
            tokens,
            by: By::Name(name),
            sure: NAMED,
        })
    }

    /// A phrase without a verb that no list knows: "the arrest of Harko followed".
    fn trimmed(&self, phrase: Range<usize>) -> Range<usize> {
        let words = self.words;
        let name = phrase.clone().find_map(|token| words.name_of(token, SubjectKind::Person));
        let end = match name {
            Some(name) => words.analysis.names[name].tokens.end,
            None => match phrase.clone().find(|&token| self.is_person(token)) {
                Some(noun) if words.lower(noun + 1).ends_with("ed") => noun + 1,
                _ => return phrase,
            },
        };
        let owns = words.possessive(end - 1) || words.possessive(end);
        let goes_on = owns || words.name(end).is_some() || self.is_person(end);
        if end < phrase.end && !goes_on { phrase.start..end } else { phrase }
    }

    /// "X, 22, and Y": the token after an age or an apposition between commas.
    fn skip_apposition(&self, at: usize, end: usize) -> usize {
        let words = self.words;
        if words.lower(at) != "," || !self.apposes(at + 1) || self.words.name(at + 1).is_some() {
            return at;
        }
        let until = end.min(at + LIST);
        match (at + 1..until).find(|&token| words.lower(token) == ",") {
            Some(close) if words.lower(close + 1) == "and" => close + 1,
            Some(close) => close,
            None => at,
        }
    }
}
