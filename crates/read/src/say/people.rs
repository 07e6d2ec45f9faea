//! What is said of people: what they are, their part in an incident, where proceedings
//! stand, what became of them, and what ties them to places, groups and each other.
//!
//! [`clause`] tells how a verb is put and [`cast`] whom a phrase stands for; the other
//! files say, each on one matter. What did not happen, might happen or is asked for is not
//! said as having happened; only a question of yes or no keeps its no.

mod cast;
mod clause;
mod cleared;
mod confessions;
mod descriptions;
mod identified;
mod lexicon;
mod parts;
mod proceedings;
mod relations;
mod roles;
mod states;
#[cfg(test)]
mod testing;
mod travel;
mod victims;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use throughline_model::{AssertionId, MentionId, Value, Variable, ZoneRole};

use self::cast::{Cast, Person};
use super::builder::Builder;
use super::incidents::Deeds;
use super::words::Words;
use crate::analysis::Sentence;

/// Says what a document says of people.
pub(crate) fn say<'a>(words: &Words<'a>, deeds: &Deeds, builder: &mut Builder<'a>) {
    let mut perpetrators = BTreeSet::new();
    for said in builder.assertions() {
        if let (Variable::Perpetrator, Value::Mention(person)) = (said.variable, &said.value) {
            perpetrators.extend([*person, builder.subject(*person)]);
        }
    }
    let cast = Cast::new(words);
    let mut people = People {
        words,
        cast,
        deeds,
        builder,
        perpetrators,
        roles: BTreeMap::new(),
        guilty: Vec::new(),
    };
    descriptions::say(&mut people);
    for sentence in &words.analysis.sentences {
        if !matches!(sentence.zone, ZoneRole::Headline | ZoneRole::Body | ZoneRole::PullQuote) {
            continue;
        }
        roles::say(&mut people, sentence);
        parts::say(&mut people, sentence);
        victims::say(&mut people, sentence);
        proceedings::say(&mut people, sentence);
        states::say(&mut people, sentence);
        confessions::say(&mut people, sentence);
        cleared::say(&mut people, sentence);
        identified::say(&mut people, sentence);
        travel::say(&mut people, sentence);
        relations::say(&mut people, sentence);
    }
}

/// What the rules on people read from and write to.
struct People<'a, 'w, 'b> {
    words: &'w Words<'a>,
    cast: Cast<'a, 'w>,
    deeds: &'w Deeds,
    builder: &'b mut Builder<'a>,
    /// Those said to have done it, by the verbs of attacking and by these rules.
    perpetrators: BTreeSet<MentionId>,
    /// The parts said so far, with what says them.
    roles: BTreeMap<(MentionId, &'static str), AssertionId>,
    /// Who is told to be found guilty of which incident.
    guilty: Vec<(MentionId, MentionId)>,
}

impl People<'_, '_, '_> {
    /// Says a value of a person, in the sentence of the token `at`.
    fn say(
        &mut self,
        at: usize,
        person: &Person,
        variable: Variable,
        party: Option<MentionId>,
        value: Value,
    ) -> MentionId {
        let mention = self.mention(person);
        self.builder.say(at..at + 1, mention, variable, party, value, person.sure);
        mention
    }

    /// Says a term of a person.
    fn term(&mut self, at: usize, person: &Person, variable: Variable, term: &str) -> MentionId {
        self.say(at, person, variable, None, Value::Term(term.to_owned()))
    }

    /// The mention of a person of whom something is said, with the part that the noun tells.
    fn mention(&mut self, person: &Person) -> MentionId {
        let mention = self.cast.mention(person, self.builder);
        roles::of_noun(self, person, mention);
        mention
    }

    /// Says a part in the incident that words at `at` speak of.
    fn role(&mut self, at: usize, person: &Person, mention: MentionId, role: &'static str) {
        let Some(deed) = self.deeds.of_case(self.words, at).map(|deed| deed.mention) else {
            return;
        };
        self.role_in(at, person, mention, role, deed);
    }

    fn role_in(
        &mut self,
        at: usize,
        person: &Person,
        mention: MentionId,
        role: &'static str,
        deed: MentionId,
    ) {
        if role == "perpetrator" {
            self.perpetrators.insert(mention);
            self.perpetrators.insert(self.builder.subject(mention));
        }
        if role == "suspect" && self.is_guilty(mention, deed) {
            return;
        }
        if !self.roles.contains_key(&(mention, role)) {
            let value = Value::Term(role.to_owned());
            let at = at..at + 1;
            let said =
                self.builder.say(at, mention, Variable::Role, Some(deed), value, person.sure);
            self.roles.insert((mention, role), said);
        }
    }

    /// Takes back that somebody is suspected of what the document tells him to be found guilty of.
    fn settle(&mut self, mention: MentionId, deed: MentionId) {
        self.guilty.push((mention, deed));
        let of_him = |&(held, role): &(MentionId, &str)| {
            role == "suspect" && self.builder.same(held, mention)
        };
        let suspected: Vec<AssertionId> =
            self.roles.iter().filter(|(key, _)| of_him(key)).map(|(_, said)| *said).collect();
        for said in suspected {
            self.builder.unsay(said, deed);
        }
    }

    fn is_guilty(&self, mention: MentionId, deed: MentionId) -> bool {
        let same = |a, b| self.builder.same(a, b);
        self.guilty.iter().any(|&(held, of)| same(held, mention) && same(of, deed))
    }

    /// Whether a person is said, so far, to have done it.
    fn is_perpetrator(&self, mention: MentionId) -> bool {
        let held = |mention| self.perpetrators.contains(&mention);
        held(mention) || held(self.builder.subject(mention))
    }

    /// Whether a person is said, so far, to be suspected of it.
    fn is_suspect(&self, mention: MentionId) -> bool {
        let held = |mention| self.roles.contains_key(&(mention, "suspect"));
        held(mention) || held(self.builder.subject(mention))
    }

    /// The tokens of a sentence that are verbs or nouns of their own rather than of a name or
    /// date.
    fn free(&self, sentence: &Sentence) -> impl Iterator<Item = usize> + use<> {
        let held: Vec<usize> = sentence
            .tokens
            .clone()
            .filter(|&token| self.words.name(token).is_none() && self.words.time(token).is_none())
            .collect();
        held.into_iter()
    }
}

/// Whether any token of a range has one of these words.
fn has(words: &Words<'_>, tokens: Range<usize>, lower: &[&str]) -> bool {
    tokens.into_iter().any(|token| lower.contains(&words.lower(token)))
}
