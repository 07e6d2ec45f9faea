//! Whom "he" and "she" stand for: somebody of that gender in the words before it, a subject
//! rather than an object, and an object rather than a possessor.
//!
//! Where two fit alike the pronoun is not read. What the pronoun's own verb tells counts too:
//! who has been killed is not freed, and who dies may be the attacker or whom he attacked.

use std::collections::BTreeMap;
use std::ops::Range;

use super::standings::{Harm, Place, Standing};
use super::{By, Cast, MEANT, Person};
use crate::say::genders::{self, Gender};
use crate::say::incidents::lexicon::Class as Small;
use crate::say::people::lexicon::{Class, Frame, Lexicon};

/// How far back in its sentence a pronoun looks, in tokens.
const REACH: usize = 60;
/// How many people of a sentence are compared; no prose has as many.
const PEOPLE: usize = 32;
/// How many sentences back a pronoun looks.
const BACK: usize = 2;

/// What the verb of a pronoun tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// That he was hurt or died.
    Harm,
    /// Where proceedings against him stand.
    Procedure,
    /// No verb, but a noun: "his brother".
    Owns,
    Other,
}

/// Whom the people of some words leave.
enum Choice {
    Nobody,
    One(Person),
    Unclear,
}

impl Cast<'_, '_> {
    /// Whom a pronoun stands for.
    pub(in crate::say::people) fn meant(&self, token: usize) -> Option<Person> {
        self.meant.get(&token).cloned()
    }

    /// Whom the pronouns of the document stand for, by their tokens.
    pub(super) fn find_meant(&self) -> BTreeMap<usize, Person> {
        let mut meant = BTreeMap::new();
        let mut told: Vec<Vec<Standing>> = Vec::new();
        for sentence in &self.words.analysis.sentences {
            let mut here: Vec<Standing> = Vec::new();
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end && here.len() < PEOPLE {
                let gender = genders::of_pronoun(self.words.lower(at));
                let Some(gender) = gender.filter(|_| self.words.name(at).is_none()) else {
                    let (found, next) = self.standing(at, sentence.tokens.clone(), &mut here);
                    here.extend(found);
                    at = next;
                    continue;
                };
                if let Some(person) = self.resolved(at, gender, &here, &told) {
                    let place = match self.words.lower(at) {
                        "he" | "she" => Place::Subject,
                        _ if self.accuses(at) => Place::Object,
                        _ => Place::Other,
                    };
                    here.push(Standing {
                        person: person.clone(),
                        tokens: at..at + 1,
                        place,
                        harm: None,
                        official: false,
                    });
                    meant.insert(at, person);
                }
                at += 1;
            }
            told.push(here);
        }
        meant
    }

    fn resolved(
        &self,
        token: usize,
        gender: Gender,
        here: &[Standing],
        told: &[Vec<Standing>],
    ) -> Option<Person> {
        let sentences = &self.words.analysis.sentences;
        let number = told.len();
        let next = self.next(token);
        let own = if self.accuses(token) { self.own_subject(token, here) } else { None };
        let near = here
            .iter()
            .enumerate()
            .filter(|(at, standing)| Some(*at) != own && token - standing.tokens.start <= REACH);
        let near: Vec<&Standing> = near.map(|(_, standing)| standing).collect();
        let mut choice = self.choose(&near, gender, next);
        for back in 1..=BACK.min(number) {
            if !matches!(choice, Choice::Nobody) {
                break;
            }
            let (before, held) = (&sentences[number - back], &sentences[number]);
            if before.zone != held.zone || back > 1 && before.paragraph != held.paragraph {
                break;
            }
            let people: Vec<&Standing> = told[number - back].iter().collect();
            choice = self.choose(&people, gender, next);
        }
        match choice {
            Choice::One(person) => Some(Person { sure: MEANT, ..person }),
            Choice::Nobody | Choice::Unclear => None,
        }
    }

    fn choose(&self, people: &[&Standing], gender: Gender, next: Next) -> Choice {
        let known = |held: &Standing| self.gender(&held.person);
        let single = |held: &&&Standing| !matches!(held.person.by, By::Noun { plural: true });
        let fits = |held: &&&Standing| known(held).is_none_or(|known| known == gender);
        let mut fitting: Vec<&Standing> =
            people.iter().filter(single).filter(fits).copied().collect();
        let speaks = |held: &Standing| held.place == Place::Speaker;
        // "the chief, X, said he had confessed": not the chief. Else X may speak of himself.
        let speaker =
            fitting.iter().any(|held| speaks(held) && !(held.official && next != Next::Owns));
        fitting.retain(|held| !speaks(held));
        if speaker && fitting.is_empty() && next != Next::Procedure {
            return Choice::Unclear;
        }
        if next == Next::Procedure {
            let accused = fitting.iter().any(|held| !held.official);
            fitting.retain(|held| !accused || !held.official);
            let unharmed = fitting.iter().any(|held| held.harm.is_none());
            fitting.retain(|held| match held.harm {
                Some(Harm::Killed) => false,
                Some(Harm::Hurt) => !unharmed,
                None => true,
            });
        }
        let Some(place) = fitting.iter().map(|held| held.place).min() else {
            return Choice::Nobody;
        };
        let mut best: Vec<&Standing> =
            fitting.iter().filter(|held| held.place == place).copied().collect();
        if best.iter().any(|held| known(held).is_some()) {
            best.retain(|held| known(held).is_some() || !self.of_unknown_gender(held));
        }
        let first = best[0];
        if best.iter().any(|held| !self.alike(&held.person, &first.person)) {
            return Choice::Unclear;
        }
        let other = |held: &&&Standing| !self.alike(&held.person, &first.person);
        // A subject that may be of the other gender, and an object that is of this one.
        let firmer = self.of_unknown_gender(first)
            && fitting.iter().filter(other).any(|held| known(held).is_some());
        // "X shot Y. He died": who was shot, unless it is told otherwise.
        let harmed = next == Next::Harm
            && first.harm.is_none()
            && fitting.iter().filter(other).any(|held| held.harm.is_some());
        if firmer || harmed { Choice::Unclear } else { Choice::One(first.person.clone()) }
    }

    /// Whether somebody has a name that does not tell the gender; a description that does not
    /// ("the attacker") fits both.
    fn of_unknown_gender(&self, held: &Standing) -> bool {
        matches!(held.person.by, By::Name(_)) && self.gender(&held.person).is_none()
    }

    fn alike(&self, a: &Person, b: &Person) -> bool {
        match (a.by, b.by) {
            (By::Name(a), By::Name(b)) => self.words.root(a) == self.words.root(b),
            (By::Noun { .. }, By::Noun { .. }) => {
                self.words.lower(a.head) == self.words.lower(b.head)
            }
            _ => false,
        }
    }

    /// Whether a pronoun stands for the object: "him", and "her" without a noun behind.
    fn accuses(&self, token: usize) -> bool {
        let words = self.words;
        match words.lower(token) {
            "him" => true,
            "her" => words.mark(token + 1) || words.bounds(token + 1),
            _ => false,
        }
    }

    /// The subject of the clause whose object a pronoun is, which is somebody else: "X stabbed
    /// him", "X came in and stabbed him"; but not "X came in and police stabbed him".
    fn own_subject(&self, token: usize, here: &[Standing]) -> Option<usize> {
        let words = self.words;
        // "said judge X, sentencing him": not the judge.
        let aside = token.checked_sub(2).is_some_and(|comma| {
            words.lower(comma) == "," && words.lower(token - 1).ends_with("ing")
        });
        if aside && let Some(last) = here.iter().rposition(|held| held.tokens.end + 1 == token - 1)
        {
            return Some(last);
        }
        let subject = |held: &Standing| matches!(held.place, Place::Subject | Place::Clause);
        let last = here.iter().rposition(subject)?;
        let anew = (here[last].tokens.end..token).any(|at| {
            let opens = words.mark(at) && !words.quote(at)
                || words.is(at, Small::Conjunction)
                || words.is(at, Small::Relative)
                || matches!(words.lower(at), "after" | "before" | "until" | "as");
            let next = at + 1;
            opens
                && (words.is(next, Small::Determiner)
                    || words.is(next, Small::Pronoun)
                    || words.is(next, Small::Force)
                    || words.name(next).is_some())
        });
        (!anew).then_some(last)
    }

    /// What the verb behind a pronoun tells.
    fn next(&self, token: usize) -> Next {
        let words = self.words;
        if !matches!(words.lower(token), "he" | "she") {
            return if self.accuses(token) { Next::Other } else { Next::Owns };
        }
        let until = token + 7;
        let small = |at: usize| {
            words.is(at, Small::Auxiliary)
                || words.is(at, Small::Negation)
                || words.time(at).is_some()
                || words.adverb(at)
                || matches!(words.lower(at), "taken" | "to")
        };
        let Some(verb) = (token + 1..until).find(|&at| !small(at)) else { return Next::Other };
        let lower = words.lower(verb);
        let passive = (token + 1..verb).any(|at| words.is(at, Small::Auxiliary));
        let harmed = passive && (self.is(verb, Class::Harm) || self.is(verb, Class::HarmDead));
        let suffers = matches!(
            lower,
            "died" | "survived" | "succumbed" | "bled" | "hospital" | "treated" | "buried"
        ) || lower == "pronounced" && words.lower(verb + 1) == "dead";
        if harmed || suffers {
            let by_police = self.by_police(verb);
            return if by_police { Next::Other } else { Next::Harm };
        }
        let act = Lexicon::get().word(lower).is_some_and(|word| {
            word.acts.iter().any(|act| {
                act.variable != throughline_model::Variable::Fate && act.frame != Frame::Noun
            })
        });
        if act || self.is(verb, Class::Confess) { Next::Procedure } else { Next::Other }
    }

    fn by_police(&self, verb: usize) -> bool {
        let words = self.words;
        let near: Range<usize> = verb + 1..verb + 8;
        let by = near.clone().find(|&at| words.lower(at) == "by");
        by.is_some_and(|by| (by..near.end).any(|at| self.is(at, Class::Police)))
    }
}

#[cfg(test)]
mod tests {
    use crate::say::people::testing::lines;

    /// Asserts of whom the last line of a text is said.
    fn check(text: &str, expected: &str) {
        let lines = lines(text);
        let last = lines.last().map_or("", String::as_str);
        assert_eq!(last, expected, "{text}");
    }

    /// Asserts that nothing is said of a pronoun: no more than of the text without its end.
    fn unread(text: &str, pronoun: &str) {
        let whole = format!("{text} {pronoun}");
        assert_eq!(lines(&whole), lines(text), "{whole}");
    }

    #[test]
    fn a_subject_stands_before_an_object() {
        check(
            "Nadia Ferrand stabbed Constable Peeters. She was arrested.",
            "Nadia Ferrand procedure: arrested",
        );
        check(
            "Emil Harko attacked Josef Orlik in Varna. He was arrested there.",
            "Emil Harko procedure: arrested",
        );
        check("The gunman shot Josef Orlik. He was arrested.", "The gunman procedure: arrested");
        check(
            "Emil Harko fled when police found him. He was arrested.",
            "Emil Harko procedure: arrested",
        );
    }

    #[test]
    fn gender_decides_where_it_is_known() {
        check(
            "Emil Harko was arrested with his wife, Anna Harko. She was released.",
            "Anna Harko procedure: released",
        );
        check(
            "Constable Peeters was stabbed by Nadia Ferrand. She was arrested.",
            "Nadia Ferrand procedure: arrested",
        );
        check(
            "Emil Harko stood trial. His wife, Kim Harko, was there. He was acquitted.",
            "Emil Harko procedure: acquitted",
        );
        unread("Ferrand met Anna Vell in May.", "She was arrested.");
    }

    #[test]
    fn a_court_frees_the_accused_and_not_the_dead() {
        let freed = "Emil Harko procedure: released";
        check("A judge acquitted Emil Harko. He was freed.", freed);
        check("The court cleared Emil Harko of the murder of Josef Orlik. He was freed.", freed);
        check(
            "Emil Harko stood trial. The court heard of the murder of Josef Orlik. He was freed.",
            freed,
        );
        unread("The court heard of the murder of Josef Orlik.", "He was freed.");
    }

    #[test]
    fn who_dies_can_be_the_attacker_or_the_attacked() {
        unread("Emil Harko shot Josef Orlik.", "He died in hospital.");
        check("Emil Harko shot Anna Vell. She died in hospital.", "Anna Vell fate: dead");
        check("Emil Harko shot Josef Orlik. He was shot dead by police.", "Emil Harko fate: dead");
    }

    #[test]
    fn of_two_alike_nobody_is_meant() {
        unread("Emil Harko and Josef Orlik were there.", "He was released.");
        unread("A woman was there.", "He was released.");
    }

    #[test]
    fn him_is_not_the_subject() {
        check(
            "A bomb exploded in Varna. Emil Harko was there. Josef Orlik stabbed him.",
            "stabbed victim: Emil Harko",
        );
    }

    #[test]
    fn who_speaks_of_him_is_another() {
        check(
            "Emil Harko was arrested. The chief, Karl Moor, said he had been charged.",
            "Emil Harko procedure: charged",
        );
        unread("Emil Harko was there.", "Karl Moor said he was dead.");
        check(
            "Karl Moor also said that Emil Harko slept when he was arrested.",
            "Emil Harko procedure: arrested",
        );
        check("Emil Harko was there. According to Karl Moor, he is dead.", "Emil Harko fate: dead");
    }
}
