//! The subject of a verb: whom it is said of, looked for to its left.
//!
//! Between the two can stand an apposition ("X, 34, a carpenter, was"), a participle ("the
//! men arrested on Monday were"), a verb of the same subject ("was arrested and charged").

use throughline_model::SubjectKind;

use super::{APPOSITION, By, Cast, LIST, NAMED, Person};
use crate::analysis::Sentence;
use crate::say::incidents::lexicon::{Class as Small, Form};
use crate::say::incidents::relatives;
use crate::say::people::clause::{self, Lead};
use crate::say::people::lexicon::{Class, Frame, Lexicon};

/// How many verbs joined by "and" a subject is looked for across.
const JOINED: usize = 3;

impl Cast<'_, '_> {
    /// The subject of a verb: the people whose phrase ends right before its small words.
    pub(in crate::say::people) fn before(&self, lead: Lead, sentence: &Sentence) -> Vec<Person> {
        self.subject(lead, sentence, JOINED)
    }

    fn subject(&self, lead: Lead, sentence: &Sentence, verbs: usize) -> Vec<Person> {
        let words = self.words;
        let floor = sentence.tokens.start;
        let at_or_after = |token: usize| token.checked_sub(1).filter(|&token| token >= floor);
        let Some(mut last) = at_or_after(lead.opening) else { return Vec::new() };
        let mut reduced = lead.reduced;
        if words.is(last, Small::Relative) && words.name(last).is_none() {
            let Some(before) = at_or_after(last) else { return Vec::new() };
            last = before;
            reduced = true;
            // "an apology to X, who had": X, whatever he hangs on.
            let head = if words.lower(last) == "," { at_or_after(last) } else { Some(last) };
            let single = head.filter(|&head| {
                let before = words.left(head, floor).start.checked_sub(1);
                words.name_of(head, SubjectKind::Person).is_some()
                    && before.is_some_and(|at| words.is(at, Small::Preposition))
            });
            if let Some(head) = single {
                return self.person(words.left(head, floor)).into_iter().collect();
            }
        }
        if words.lower(last) == "," {
            if reduced && let Some(last) = at_or_after(last) {
                // "X, a carpenter, arrested on Monday,": X rather than a carpenter.
                let near = self.ending(last, floor, true);
                if near.iter().any(|person| matches!(person.by, By::Name(_))) {
                    return near;
                }
                let far = self.across_apposition(last + 1, floor, true);
                // "the life of X, convicted of": X, where what is his is nobody.
                if far.is_empty() && near.is_empty() {
                    return self.nearest(last, floor).into_iter().collect();
                }
                return if far.is_empty() { near } else { far };
            }
            return self.across_apposition(last, floor, lead.singular);
        }
        // "X was arrested and charged": the subject stands before the verb joined to this one.
        if matches!(words.lower(last), "and" | "but" | "then") {
            return self.of_joined_verb(last, sentence, verbs);
        }
        if reduced && let Some(person) = self.nearest(last, floor) {
            return vec![person];
        }
        let people = self.ending(last, floor, lead.singular);
        // "X, a carpenter arrested as …": X rather than a carpenter.
        if reduced
            && let [Person { by: By::Noun { plural: false }, tokens, .. }] = people.as_slice()
            && let Some(comma) = at_or_after(tokens.start)
            && words.lower(comma) == ","
            && let Some(last) = at_or_after(comma)
            && words.name_of(last, SubjectKind::Person).is_some()
        {
            return self.ending(last, floor, true);
        }
        if people.is_empty() && !reduced {
            return self.across_participle(last, floor);
        }
        people
    }

    /// The person of the phrase that ends with a token, whatever it hangs on: "pictures of a
    /// man" for "wrongly accused".
    fn nearest(&self, last: usize, floor: usize) -> Option<Person> {
        let words = self.words;
        let named = words.name_of(last, SubjectKind::Person).is_some();
        if words.mark(last) || !(named || self.is_person(last)) {
            return None;
        }
        let phrase = words.left(last, floor);
        let of = phrase.start.checked_sub(1).filter(|&of| of >= floor)?;
        (words.lower(of) == "of").then(|| self.person(phrase)).flatten()
    }

    /// "The man arrested on the night of the fire was …": whom the participle hangs on, where
    /// no other verb stands between.
    fn across_participle(&self, last: usize, floor: usize) -> Vec<Person> {
        let words = self.words;
        let from = floor.max(last.saturating_sub(APPOSITION));
        let lexicon = Lexicon::get();
        for token in (from + 1..last).rev() {
            if words.mark(token)
                || words.is(token, Small::Auxiliary)
                || words.is(token, Small::Relative)
            {
                break;
            }
            let past = lexicon.word(words.lower(token)).is_some_and(|word| {
                word.acts.iter().any(|act| act.form == Form::Past && act.frame == Frame::Object)
            });
            if !past && !self.is(token, Class::Accusing) || words.name(token).is_some() {
                continue;
            }
            if words.is(token + 1, Small::Preposition) || words.time(token + 1).is_some() {
                return self.ending(token - 1, floor, true);
            }
        }
        Vec::new()
    }

    /// "X, 34, a carpenter, was …": whom the words before the first of two commas stand for;
    /// with those of the list that it ends: "X, 34, Y, 22, and Z, 40, were …".
    fn across_apposition(&self, comma: usize, floor: usize, singular: bool) -> Vec<Person> {
        let words = self.words;
        let mut all: Vec<Person> = Vec::new();
        let mut comma = comma;
        for _ in 0..LIST {
            let mut people = self.apposed(comma, floor, singular);
            let Some(start) = people.first().map(|first| first.tokens.start) else { break };
            let listed = !all.is_empty();
            people.append(&mut all);
            all = people;
            let Some(before) = start.checked_sub(1).filter(|&at| at > floor + 1) else { break };
            let and = words.lower(before) == "and" && words.lower(before - 1) == ",";
            comma = if and { before - 1 } else { before };
            if singular || !(and || listed && words.lower(before) == ",") {
                break;
            }
        }
        if !all.is_empty() {
            return all;
        }
        // "On Tuesday Harko, was": a comma too many.
        match comma.checked_sub(1).filter(|&last| last >= floor) {
            Some(last) if words.name_of(last, SubjectKind::Person).is_some() => {
                self.ending(last, floor, true)
            }
            _ => Vec::new(),
        }
    }

    /// Whom the words before an apposition stand for that ends with a comma: a name rather
    /// than a noun.
    fn apposed(&self, comma: usize, floor: usize, singular: bool) -> Vec<Person> {
        let words = self.words;
        let from = floor.max(comma.saturating_sub(APPOSITION));
        let mut found: Vec<Person> = Vec::new();
        for token in (from..comma).rev().filter(|&token| words.lower(token) == ",") {
            let name = self.apposed_name(token + 1, comma);
            if token == floor || !self.apposes(token + 1) && name.is_none() {
                continue;
            }
            let mut people = self.ending(token - 1, floor, singular);
            // "one man, 22-year-old X, died", "X and his wife, Y, were": the name rather than the
            // noun.
            if let [.., last] = people.as_mut_slice()
                && matches!(last.by, By::Noun { plural: false })
                && let Some(name) = name.clone()
            {
                *last = name;
            }
            let named = people.last().is_some_and(|person| matches!(person.by, By::Name(_)));
            if named || found.is_empty() {
                found = people;
            }
            if named {
                break;
            }
        }
        found
    }

    /// The name that an apposition consists of, with an age before it: ", 22-year-old X of
    /// Varna,".
    fn apposed_name(&self, from: usize, end: usize) -> Option<Person> {
        let words = self.words;
        let from = from + usize::from(words.lower(from).ends_with("-year-old"));
        let name = words.name_of(from, SubjectKind::Person)?;
        let tokens = words.analysis.names[name].tokens.clone();
        let closed = tokens.end >= end
            || words.lower(tokens.end) == ","
            || matches!(words.lower(tokens.end), "of" | "from");
        let whole = tokens.start == from && closed && !words.possessive(tokens.end - 1);
        whole.then(|| Person { head: tokens.end - 1, tokens, by: By::Name(name), sure: NAMED })
    }

    /// Whether an apposition can begin with a word.
    pub(super) fn apposes(&self, token: usize) -> bool {
        let words = self.words;
        words.quantity(token).is_some()
            || words.is(token, Small::Relative)
            || matches!(
                words.lower(token),
                "a" | "an"
                    | "the"
                    | "aged"
                    | "of"
                    | "from"
                    | "also"
                    | "his"
                    | "her"
                    | "alias"
                    | "one"
                    | "then"
                    | "born"
                    | "known"
                    | "said"
            )
            || words.lower(token).contains("-year-old")
            || words.lower(token).ends_with("ed")
            || words.lower(token).bytes().all(|byte| byte.is_ascii_digit())
            || self.is_person(token)
    }

    /// The subject of the verb before "and": the nearest verb to the left that has one.
    fn of_joined_verb(&self, and: usize, sentence: &Sentence, verbs: usize) -> Vec<Person> {
        let Some(verbs) = verbs.checked_sub(1) else { return Vec::new() };
        let words = self.words;
        let floor = sentence.tokens.start.max(and.saturating_sub(APPOSITION));
        for token in (floor..and).rev() {
            if matches!(words.lower(token), ";" | ":" | "“" | "”" | "\"") {
                break;
            }
            let verb = matches!(words.lower(token), "was" | "were" | "is" | "has" | "had")
                || Lexicon::get().word(words.lower(token)).is_some_and(|word| {
                    !word.acts.is_empty() && words.lower(token).ends_with("ed")
                });
            if !verb || words.name(token).is_some() {
                continue;
            }
            let opening = clause::opening(words, token, sentence.tokens.start);
            let last = opening.checked_sub(1).filter(|&last| last >= sentence.tokens.start);
            let Some(last) = last else { break };
            if matches!(words.lower(last), "and" | "but") {
                continue;
            }
            let passive = matches!(words.lower(token), "was" | "were" | "is");
            if !passive && !matches!(words.lower(token), "has" | "had") {
                // "police arrested X and charged him" has police as its subject.
                let lead = Lead { opening, singular: false, reduced: false };
                return self.subject(lead, sentence, verbs);
            }
            let singular = matches!(words.lower(token), "was" | "is");
            return self.subject(Lead { opening, singular, reduced: false }, sentence, verbs);
        }
        Vec::new()
    }

    /// The people of a phrase, or list, that ends with the token `last`.
    fn ending(&self, last: usize, floor: usize, singular: bool) -> Vec<Person> {
        let words = self.words;
        if matches!(words.lower(last), "he" | "she" | "him") {
            return self.meant(last).into_iter().collect();
        }
        let mut people = Vec::new();
        let mut end = last + 1;
        let mut joined = false;
        for _ in 0..LIST {
            let Some(person) = self.phrase_ending(end - 1, floor) else { break };
            end = person.tokens.start.min(words.left(person.head, floor).start);
            people.push(person);
            let Some(before) = end.checked_sub(1).filter(|&before| before > floor) else { break };
            let and = words.lower(before) == "and";
            let comma = words.lower(before) == "," && joined;
            if singular || !(and || comma) {
                break;
            }
            joined = true;
            let oxford = and && words.lower(before - 1) == ",";
            end = if oxford { before - 1 } else { before };
            if end <= floor {
                break;
            }
        }
        people.reverse();
        people
    }

    /// The person of the one phrase that ends with a token; "the brother of X" is not X.
    fn phrase_ending(&self, last: usize, floor: usize) -> Option<Person> {
        let words = self.words;
        if words.mark(last)
            || words.bounds(last) && words.name(last).is_none() && !self.is_person(last)
        {
            return None;
        }
        let phrase = words.left(last, floor);
        // "the judge who sentenced X was": the judge.
        if let Some(last) = relatives::antecedent(words, phrase.start, floor) {
            return self.phrase_ending(last, floor);
        }
        let of = phrase.start.checked_sub(1).filter(|&of| of > floor && words.lower(of) == "of");
        if let Some(of) = of {
            let whole = words.left(of - 1, floor).start..phrase.end;
            return self.person(whole);
        }
        // A name or place after a preposition belongs to it: "in the house of the man" aside,
        // "the trial at X was" has no person in it.
        let prior = phrase.start.checked_sub(1).filter(|&prior| prior >= floor);
        if let Some(prior) = prior
            && words.is(prior, Small::Preposition)
            && words.name(prior).is_none()
            && !matches!(
                words.lower(prior),
                "after" | "before" | "since" | "until" | "as" | "than" | "when"
            )
        {
            // "two men from the village were": the phrase before the preposition.
            let head = prior.checked_sub(1).filter(|&head| head >= floor)?;
            return if self.is_person(head) || words.name_of(head, SubjectKind::Person).is_some() {
                self.person(words.left(head, floor))
            } else {
                None
            };
        }
        self.person(phrase)
    }
}
