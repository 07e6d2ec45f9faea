//! Who a phrase stands for: a name, a description, a pronoun.
//!
//! A description stands for somebody only if it is not general: "a 22-year-old student",
//! "the second man", "two men", but not "experts", "some killers", "jihadists". A later
//! description with the article and the same noun stands for the same person: "a student …
//! the student". Whom a pronoun stands for [`pronouns`] tells, from where people stand
//! ([`standings`]) and what is known of their gender.

mod objects;
mod pronouns;
mod standings;
mod subjects;

use std::collections::BTreeMap;
use std::ops::Range;

use throughline_model::{MentionId, SubjectKind};

use super::descriptions;
use super::lexicon::{Class, Lexicon};
use crate::say::builder::Builder;
use crate::say::genders::{self, Gender, Genders};
use crate::say::incidents::lexicon::Class as Small;
use crate::say::words::Words;

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
    genders: Genders,
    /// Those named, by the age that is told beside a name.
    of_age: BTreeMap<u32, Vec<usize>>,
    /// Whom pronouns stand for, by their tokens.
    meant: BTreeMap<usize, Person>,
}

/// The longest apposition between a name and its verb, in tokens, and the longest list.
const APPOSITION: usize = 24;
const LIST: usize = 12;

/// How many descriptions with one noun are kept apart.
const ALIKE: usize = 32;

impl<'a, 'w> Cast<'a, 'w> {
    pub(super) fn new(words: &'w Words<'a>) -> Cast<'a, 'w> {
        let genders = Genders::new(words);
        let (described, of_age) = (BTreeMap::new(), BTreeMap::new());
        let mut cast = Cast { words, described, genders, of_age, meant: BTreeMap::new() };
        cast.meant = cast.find_meant();
        cast
    }

    /// Keeps the age that is told beside a name.
    pub(super) fn aged(&mut self, age: u32, name: usize) {
        let of_age = self.of_age.entry(age).or_default();
        let root = self.words.root(name);
        if !of_age.contains(&root) {
            of_age.push(root);
        }
    }

    /// "The 27-year-old", "the 27-year-old man": the only one named whose age that is.
    fn by_age(&self, phrase: &Range<usize>, head: usize) -> Option<Person> {
        let words = self.words;
        let the = words.is(phrase.start, Small::Definite);
        let plain = words.lower(head).ends_with("-year-old") || self.is(head, Class::Person);
        let told = phrase.clone().find_map(|token| descriptions::years_old(words, token));
        let (age, _) = told.filter(|_| the && plain)?;
        let [name] = self.of_age.get(&age)?.as_slice() else { return None };
        let by = By::Name(*name);
        Some(Person { tokens: phrase.clone(), head, by, sure: DESCRIBED })
    }

    /// Whether a person is "he" or "she", where that is known.
    fn gender(&self, person: &Person) -> Option<Gender> {
        match person.by {
            By::Name(name) => self.genders.of_name(self.words, name),
            By::Noun { .. } => genders::of_noun(self.words.lower(person.head)),
        }
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
        if let Some(person) = self.by_age(&phrase, head).filter(|_| !plural) {
            return Some(person);
        }
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
            .take(ALIKE)
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
}
