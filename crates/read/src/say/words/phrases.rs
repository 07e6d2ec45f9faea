//! Noun phrases around a word, without a grammar: a phrase runs to the next small word,
//! verb of the lists or mark.

use std::ops::Range;

use super::Words;
use crate::say::cues::Cue;
use crate::say::incidents::lexicon::{Class, Form, Word};

/// The longest phrase that is followed to either side, in tokens.
const REACH: usize = 12;

impl Words<'_> {
    /// Whether a noun phrase ends before this token, seen from the left, or after it, seen
    /// from the right.
    pub(crate) fn bounds(&self, token: usize) -> bool {
        const BOUNDS: [Class; 7] = [
            Class::Preposition,
            Class::Conjunction,
            Class::Relative,
            Class::Pronoun,
            Class::Auxiliary,
            Class::Modal,
            Class::OtherVerb,
        ];
        if self.mark(token) {
            return true;
        }
        let Some(word) = self.word(token) else { return false };
        BOUNDS.into_iter().any(|class| word.is(class)) && !word.is(Class::Determiner)
            || !word.verbs.is_empty() && !self.nominal(word) && !self.thing(token)
            || word.is(Class::Killing)
    }

    /// The noun phrase that ends with `head`, from its determiner on, not before `floor`.
    pub(crate) fn left(&self, head: usize, floor: usize) -> Range<usize> {
        let floor = floor.max(head.saturating_sub(REACH));
        let mut start = match self.name(head) {
            Some(name) => self.analysis.names[name].tokens.start.max(floor),
            None => head,
        };
        while start > floor {
            let token = start - 1;
            if let Some(time) = self.time(token) {
                // "Wednesday's murders", but not "on Wednesday murders".
                if self.possessive(token) || self.ending(token + 1) {
                    start = self.analysis.times[time].tokens.start.max(floor);
                    continue;
                }
                // "the Christmas market attack".
                let opens = self.analysis.times[time].tokens.start;
                let article = opens > floor && self.lower(opens - 1) == "the";
                // "the June 2031 attack", but "on the day attackers came".
                let of_attack = token + 1 == head
                    && self.word(head).is_some_and(|word| word.attack.is_some())
                    && self.analysis.times[time].value.is_some();
                if article && (self.is(token + 1, Class::Site) || of_attack) {
                    start = opens - 1;
                }
                break;
            }
            if let Some(name) = self.name(token) {
                start = self.analysis.names[name].tokens.start.max(floor);
                continue;
            }
            if let Some(quantity) = self.quantity(token) {
                // A number opens a phrase as an article does: "found three men".
                start = self.analysis.quantities[quantity].tokens.start.max(floor);
                let opened = start > floor && self.is(start - 1, Class::Definite);
                let that = opened && self.lower(start - 1) == "that";
                if opened && !that {
                    start -= 1;
                }
                break;
            }
            if self.ending(token) {
                start = token;
                continue;
            }
            let scare = self.scare_before(start);
            if let Some(open) = scare.filter(|&open| open >= floor) {
                start = open;
                continue;
            }
            if self.is(token, Class::Determiner) {
                // "police believe that gunmen …": no determiner.
                let many = self.word(head).is_some_and(|word| word.plural);
                let speaks = token > 0 && self.speaks(token - 1);
                if self.lower(token) == "that" && (many || speaks) {
                    break;
                }
                start = token;
                if self.is(token, Class::Generic) && token > floor {
                    continue;
                }
                break;
            }
            let lower = self.lower(token);
            // "The injured include two guards", "including a guard".
            if lower.starts_with("includ") && self.is(token, Class::Inclusive) {
                break;
            }
            // "carried out Saturday's killings": the particle belongs to the verb.
            let particle = matches!(lower, "out" | "up" | "down" | "away" | "back");
            if particle || self.bounds(token) && !self.participle(token) {
                break;
            }
            // "Red Dawn gunmen", "suspected rebels": no participle of a verb that ends here.
            let people = |word: &Word| word.doer.is_some() || word.is(Class::People);
            let doubted = self.word(head).is_some_and(people) && self.suspected(token);
            let plain = lower == "red" || doubted;
            if lower.ends_with("ed") && !plain && !self.determined(token, floor) {
                break;
            }
            start = token;
        }
        start..head + 1
    }

    /// The noun phrase that begins at `from`, ending before `end`; empty if none does.
    pub(crate) fn right(&self, from: usize, end: usize) -> Range<usize> {
        let end = end.min(self.len()).min(from + 2 * REACH);
        let mut at = from;
        while at < end && (self.is(at, Class::Determiner) || self.quantity(at).is_some()) {
            if self.time(at).is_some() {
                return from..from;
            }
            at += 1;
        }
        let body = at;
        let mut of = false;
        while at < end {
            if self.time(at).is_some() {
                break;
            }
            if let Some(name) = self.name(at) {
                at = self.analysis.names[name].tokens.end.clamp(at + 1, end);
                continue;
            }
            if self.quote(at) && at + 1 < end {
                at += 1;
                continue;
            }
            if at > body && !of && self.lower(at) == "of" && self.time(at + 1).is_none() {
                of = true;
                at += 1;
                while at < end && self.is(at, Class::Determiner) {
                    at += 1;
                }
                continue;
            }
            // "inspired by the group that have": a new phrase begins.
            if at > body && self.is(at, Class::Determiner) && !self.is(at, Class::Generic) {
                break;
            }
            // "stabbed a guard several times", "dozens of times": how often.
            let of_times = self.lower(at + 1) == "of" && self.lower(at + 2) == "times";
            if at > body && (self.lower(at + 1) == "times" || of_times) {
                break;
            }
            // "eight girls aged between 12 and 15", "a guard eight to nine times".
            let times = (at..end.min(at + 4)).any(|at| self.lower(at) == "times");
            let adverb = matches!(self.lower(at), "aged" | "here");
            if at > body && (adverb || self.quantity(at).is_some() && times) {
                break;
            }
            let lower = self.lower(at);
            // "the plots in Europe linked to": after a name a participle begins something new.
            // "the docks represented an attack", "a house located near it": so does a verb.
            if at > body && lower.ends_with("ed") && self.ends_phrase(at) {
                break;
            }
            let known = self.word(at).is_some();
            let verbal = !known && (lower.ends_with("ing") || self.in_ly(at));
            if self.bounds(at) && !self.ending(at) || verbal && at > body {
                break;
            }
            at += 1;
        }
        while at > body && (self.quote(at - 1) || self.bounds(at - 1)) {
            at -= 1;
        }
        from..if at > body { at } else { from }
    }

    /// Whether a token is a verb or noun after which "that" begins what is said.
    fn speaks(&self, token: usize) -> bool {
        const SPEECH: [Cue; 8] = [
            Cue::Saying,
            Cue::Telling,
            Cue::Supposing,
            Cue::Suggesting,
            Cue::Refusing,
            Cue::HedgeNoun,
            Cue::ReportNoun,
            Cue::EvidenceNoun,
        ];
        SPEECH.into_iter().any(|cue| self.cue(token, cue))
    }

    /// Where words set apart by quotation marks begin that end before `token`.
    fn scare_before(&self, token: usize) -> Option<usize> {
        let quotes = &self.analysis.quotes;
        let close = token.checked_sub(1).filter(|&close| self.quote(close))?;
        let at = quotes.partition_point(|quote| quote.tokens.end < close);
        let quote = quotes.get(at).filter(|quote| quote.scare && quote.tokens.end == close)?;
        quote.tokens.start.checked_sub(1)
    }

    /// A past participle of the lists that stands before a noun: "the foiled plot".
    fn participle(&self, token: usize) -> bool {
        let past = |word: &Word| word.verbs.iter().any(|verb| verb.form == Form::Past);
        !self.mark(token)
            && self.lower(token).ends_with("ed")
            && self.word(token).is_some_and(|word| past(word) || word.is(Class::OtherVerb))
    }

    /// A word of doubt that opens a phrase without an article: "suspected rebels", "by alleged
    /// gunmen"; not "police suspected rebels", where it is a verb.
    fn suspected(&self, token: usize) -> bool {
        let before = token.checked_sub(1);
        let opens = before.is_none_or(|at| {
            self.mark(at)
                || self.is(at, Class::Preposition)
                || self.is(at, Class::Conjunction)
                || self.word(at).is_some_and(|word| !word.verbs.is_empty())
                || self.sentence(token).is_some_and(|held| held.tokens.start == token)
        });
        opens && self.cue(token, Cue::HedgeAdjective)
    }

    /// Whether a word in -ed within a phrase is a verb behind it, rather than of a noun that follows: not
    /// "the city's crowded places".
    fn ends_phrase(&self, at: usize) -> bool {
        let behind_name = at.checked_sub(1).is_some_and(|before| self.name(before).is_some());
        behind_name || self.analysis.seen.verb(at) && !self.thing(at + 1)
    }

    /// Whether a word is a noun by the words around it, also where it can be a verb: "crowded places".
    fn thing(&self, token: usize) -> bool {
        self.analysis.seen.is(token, &["NOUN"])
    }

    /// A word of the verbs that is a noun as well: "bomb", "attack".
    fn nominal(&self, word: &Word) -> bool {
        word.attack.is_some() || word.weapon.is_some() || word.is(Class::Site)
    }

    /// Whether a determiner opens the phrase that this participle belongs to: "the recently foiled plot",
    /// not "the group directed Sunday's attack".
    fn determined(&self, token: usize, floor: usize) -> bool {
        let from = floor.max(token.saturating_sub(4));
        let before = (from..token)
            .rev()
            .find(|&at| self.is(at, Class::Determiner) || self.possessive(at) || self.bounds(at));
        let verb = self.analysis.seen.verb(token) && self.time(token + 1).is_some();
        !verb && before.is_some_and(|at| self.is(at, Class::Determiner) || self.possessive(at))
    }
}
