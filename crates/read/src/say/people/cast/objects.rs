//! The object of a verb: whom it is done to, looked for to its right.

use std::ops::Range;

use throughline_model::SubjectKind;

use super::{Cast, LIST, Person};

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
            let Some(person) = self.person(phrase.clone()) else { break };
            people.push(person);
            at = self.skip_apposition(phrase.end, end);
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
        people
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
