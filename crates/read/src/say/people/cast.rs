//! Who a phrase stands for: a name, a description, a pronoun.
//!
//! A description stands for somebody only if it is not general: "a 22-year-old student",
//! "the second man", "two men", but not "experts", "some killers", "jihadists". A later
//! description with the article and the same noun stands for the same person: "a student …
//! the student". A pronoun stands for the only person of the words before it, else it is
//! not read.

use std::collections::BTreeMap;
use std::ops::Range;

use throughline_model::{MentionId, SubjectKind};

use super::clause::{self, Lead};
use super::lexicon::{Class, Frame, Lexicon};
use crate::analysis::Sentence;
use crate::say::builder::Builder;
use crate::say::incidents::lexicon::{Class as Small, Form};
use crate::say::incidents::phrases::Words;

/// Somebody whom words stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) tokens: Range<usize>,
    pub(super) head: usize,
    pub(super) by: By,
    /// How sure it is that the words stand for this person, in percent.
    pub(super) sure: u8,
}

/// By what words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// An index into the names.
    Name(usize),
    /// A noun; whether it is more than one.
    Noun { plural: bool },
}

/// How sure a name, a description and a pronoun make it.
const NAMED: u8 = 85;
const DESCRIBED: u8 = 75;
const MEANT: u8 = 60;

/// The people of a document, as far as it has been read.
pub(super) struct Cast<'a, 'w> {
    pub(super) words: &'w Words<'a>,
    /// Descriptions by their noun: the words before it, and the mention.
    described: BTreeMap<String, Vec<(String, MentionId)>>,
    /// Whom "he" stands for in a sentence, for each sentence.
    topics: Vec<Option<Person>>,
}

/// The longest apposition between a name and its verb, in tokens, and the longest list.
const APPOSITION: usize = 24;
const LIST: usize = 12;

impl<'a, 'w> Cast<'a, 'w> {
    pub(super) fn new(words: &'w Words<'a>) -> Cast<'a, 'w> {
        let mut cast = Cast { words, described: BTreeMap::new(), topics: Vec::new() };
        cast.topics = cast.find_topics();
        cast
    }

    /// Whether a token is a word of a class of people.
    pub(super) fn is(&self, token: usize, class: Class) -> bool {
        self.words.name(token).is_none() && Lexicon::get().is(self.words.lower(token), class)
    }

    /// Whether the noun at a token stands for attackers of an incident: "gunman", but not
    /// "militant".
    pub(super) fn is_attacker(&self, token: usize) -> bool {
        let doer = self.words.word(token).and_then(|word| word.doer);
        doer.is_some_and(|doer| doer != "band") && !self.is(token, Class::Label)
    }

    /// Whether the noun at a token stands for one or more people.
    pub(super) fn is_person(&self, token: usize) -> bool {
        let lower = self.words.lower(token);
        if self.words.name(token).is_some() || lower.is_empty() {
            return false;
        }
        let classes = [
            Class::Person,
            Class::Suspect,
            Class::Accomplice,
            Class::Victim,
            Class::Witness,
            Class::Kin,
        ];
        let lexicon = Lexicon::get();
        if lower.ends_with("-year-old") {
            return true;
        }
        // "the accused", but not "a man accused of".
        if lower.ends_with("ed")
            && !token.checked_sub(1).is_some_and(|before| {
                self.words.is(before, Small::Determiner) || self.words.quantity(before).is_some()
            })
        {
            return false;
        }
        (classes.into_iter().any(|class| lexicon.is(lower, class))
            || self.words.is(token, Small::People)
            || self.words.word(token).is_some_and(|word| word.doer.is_some()))
            && (!lexicon.is(lower, Class::Vague)
                || self
                    .words
                    .word(token)
                    .is_some_and(|word| word.doer.is_some_and(|d| d != "band")))
    }

    /// The person whom a phrase of nouns stands for; `None` for a thing, and for people in
    /// general.
    pub(super) fn person(&self, phrase: Range<usize>) -> Option<Person> {
        let words = self.words;
        let of = phrase
            .clone()
            .skip(1)
            .find(|&token| words.lower(token) == "of" && words.name(token).is_none());
        let head = of.unwrap_or(phrase.end).checked_sub(1)?;
        if let Some(name) = words.name_of(head, SubjectKind::Person) {
            // "Harko's house" ends in the house; "Harko's" alone is no person that acts.
            if words.possessive(head) {
                return None;
            }
            let tokens = words.analysis.names[name].tokens.clone();
            return Some(Person { tokens, head, by: By::Name(name), sure: NAMED });
        }
        // "five persons", though "persons" alone tells of nobody.
        let counted = matches!(self.words.lower(head), "persons" | "people")
            && phrase.clone().any(|token| words.quantity(token).is_some());
        if !counted && !self.is_person(head) {
            return None;
        }
        let plural = self.plural(head);
        let special = self.specific(phrase.start..head, plural);
        special.then_some(Person { tokens: phrase, head, by: By::Noun { plural }, sure: DESCRIBED })
    }

    fn plural(&self, head: usize) -> bool {
        let lower = self.words.lower(head);
        Lexicon::get().word(lower).is_some_and(|word| word.plural)
            || self.words.word(head).is_some_and(|word| word.plural)
            || matches!(lower, "dead" | "wounded" | "injured" | "slain")
    }

    /// Whether the words before a noun put it at somebody: an article, a number, a possessor.
    fn specific(&self, before: Range<usize>, plural: bool) -> bool {
        let words = self.words;
        let counted = before.clone().any(|token| words.quantity(token).is_some());
        let definite = before.clone().any(|token| words.is(token, Small::Definite));
        let owned = before.clone().any(|token| words.possessive(token));
        let general = before.clone().any(|token| {
            words.is(token, Small::Generic) && !matches!(words.lower(token), "other" | "both")
        });
        if general && !definite {
            return false;
        }
        let one = before.clone().any(|token| {
            matches!(words.lower(token), "a" | "an" | "another" | "one" | "both")
                || words.lower(token).contains("-year-old")
        });
        definite || counted || owned || (one && !plural)
    }

    /// The subject of a verb: the people whose phrase ends right before its small words.
    pub(super) fn before(&self, lead: Lead, sentence: &Sentence) -> Vec<Person> {
        let words = self.words;
        let floor = sentence.tokens.start;
        let at_or_after = |token: usize| token.checked_sub(1).filter(|&token| token >= floor);
        let Some(mut last) = at_or_after(lead.opening) else { return Vec::new() };
        let mut reduced = lead.reduced;
        if words.is(last, Small::Relative) && words.name(last).is_none() {
            let Some(before) = at_or_after(last) else { return Vec::new() };
            last = before;
            reduced = true;
        }
        if words.lower(last) == "," {
            if reduced && let Some(last) = at_or_after(last) {
                // "X, a carpenter, arrested on Monday,": X rather than a carpenter.
                let near = self.ending(last, floor, true);
                if near.iter().any(|person| matches!(person.by, By::Name(_))) {
                    return near;
                }
                let far = self.across_apposition(last + 1, floor, true);
                return if far.is_empty() { near } else { far };
            }
            return self.across_apposition(last, floor, lead.singular);
        }
        // "X was arrested and charged": the subject stands before the verb joined to this one.
        if matches!(words.lower(last), "and" | "but" | "then") {
            return self.of_joined_verb(last, sentence);
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

    /// The person of the phrase that ends with a token, whatever it hangs on: "pictures of a
    /// man" for "wrongly accused".
    fn nearest(&self, last: usize, floor: usize) -> Option<Person> {
        let words = self.words;
        if words.mark(last) || !self.is_person(last) {
            return None;
        }
        let phrase = words.left(last, floor);
        let of = phrase.start.checked_sub(1).filter(|&of| of >= floor)?;
        (words.lower(of) == "of").then(|| self.person(phrase)).flatten()
    }

    /// "X, 34, a carpenter, was …": whom the words before the first of two commas stand for;
    /// with those that "and" joins before: "X, 34, and Y, 22, were …".
    fn across_apposition(&self, comma: usize, floor: usize, singular: bool) -> Vec<Person> {
        let words = self.words;
        let from = floor.max(comma.saturating_sub(APPOSITION));
        let mut found: Vec<Person> = Vec::new();
        for token in (from..comma).rev().filter(|&token| words.lower(token) == ",") {
            if token == floor || !self.apposes(token + 1) {
                continue;
            }
            let mut people = self.ending(token - 1, floor, singular);
            // "one man, 22-year-old X, died": the name rather than the noun.
            if let [Person { by: By::Noun { plural: false }, .. }] = people.as_slice()
                && let Some(name) = self.apposed_name(token + 1, comma)
            {
                people = vec![name];
            }
            let named = people.last().is_some_and(|person| matches!(person.by, By::Name(_)));
            if named || found.is_empty() {
                found = people;
            }
            if named {
                break;
            }
        }
        if let Some(first) = found.first().filter(|_| !singular) {
            let and = first.tokens.start.checked_sub(1).filter(|&and| and > floor + 1);
            let joined =
                and.filter(|&and| words.lower(and) == "and" && words.lower(and - 1) == ",");
            if let Some(and) = joined {
                let mut earlier = self.across_apposition(and - 1, floor, false);
                earlier.append(&mut found);
                return earlier;
            }
        }
        if !found.is_empty() {
            return found;
        }
        // "On Tuesday Harko, was": a comma too many.
        match comma.checked_sub(1).filter(|&last| last >= floor) {
            Some(last) if words.name_of(last, SubjectKind::Person).is_some() => {
                self.ending(last, floor, true)
            }
            _ => Vec::new(),
        }
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
    fn apposes(&self, token: usize) -> bool {
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
    fn of_joined_verb(&self, and: usize, sentence: &Sentence) -> Vec<Person> {
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
                return self.before(Lead { opening, singular: false, reduced: false }, sentence);
            }
            let singular = matches!(words.lower(token), "was" | "is");
            return self.before(Lead { opening, singular, reduced: false }, sentence);
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

    /// The people of the phrase, or list, that begins at `from`.
    pub(super) fn after(&self, from: usize, end: usize) -> Vec<Person> {
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

    /// The mention of a person.
    pub(super) fn mention(&mut self, person: &Person, builder: &mut Builder<'_>) -> MentionId {
        match person.by {
            By::Name(name) => builder.name(name),
            By::Noun { plural } => self.described(person, plural, builder),
        }
    }

    fn described(&mut self, person: &Person, plural: bool, builder: &mut Builder<'_>) -> MentionId {
        let words = self.words;
        let noun = words.lower(person.head).to_owned();
        let open = person.tokens.start;
        let the = matches!(words.lower(open), "the" | "this" | "that" | "these" | "those");
        let from = if words.is(open, Small::Determiner) { open + 1 } else { open };
        let own: Vec<&str> = (from..person.head).map(|token| words.lower(token)).collect();
        let own = own.join(" ");
        let alone = person.tokens.end == person.head + 1;
        let held = self.described.entry(noun).or_default();
        let earlier = held
            .iter()
            .rev()
            .find(|(before, _)| own.is_empty() && !plural || *before == own)
            .map(|&(_, id)| id)
            .filter(|_| the && alone);
        let id = match earlier {
            Some(earlier) => builder.refer(earlier, SubjectKind::Person, person.tokens.clone()),
            None => builder.described(SubjectKind::Person, person.tokens.clone()),
        };
        held.push((own, id));
        id
    }

    /// Whom a pronoun stands for: the only person of its sentence before it, else the only
    /// one of the sentence before.
    pub(super) fn meant(&self, token: usize) -> Option<Person> {
        let sentences = &self.words.analysis.sentences;
        let at = sentences.partition_point(|sentence| sentence.tokens.end <= token);
        let sentence = sentences.get(at)?;
        let person = match self.alone_in(sentence.tokens.start..token) {
            Alone::One(person) => person,
            Alone::Many => return None,
            Alone::Nobody => {
                let before = at.checked_sub(1)?;
                let same_zone = sentences[before].zone == sentence.zone;
                self.topics.get(before).cloned().flatten().filter(|_| same_zone)?
            }
        };
        Some(Person { sure: MEANT, ..person })
    }

    fn find_topics(&self) -> Vec<Option<Person>> {
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

enum Alone {
    Nobody,
    One(Person),
    Many,
}
