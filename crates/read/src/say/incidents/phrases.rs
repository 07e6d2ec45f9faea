//! Noun phrases around a word, without a grammar: a phrase runs to the next small word,
//! verb of the lists or mark.

use std::ops::Range;

use throughline_model::SubjectKind;

use super::lexicon::{Class, Form, Lexicon, Word};
use crate::analysis::{Analysis, Quote, Sentence, Shape};
use crate::say::cues::{Cue, Cues};

/// The longest phrase that is followed to either side, in tokens.
const REACH: usize = 12;

/// The tokens of a document with what the lists and the analysis say of each.
pub(crate) struct Words<'a> {
    pub(crate) analysis: &'a Analysis,
    /// An expression of several words stands at its last one.
    words: Vec<Option<&'static Word>>,
    cues: Cues,
    names: Vec<Option<usize>>,
    times: Vec<Option<usize>>,
    quantities: Vec<Option<usize>>,
    quoted: Vec<Option<usize>>,
}

impl<'a> Words<'a> {
    /// Looks every token up.
    pub(crate) fn new(analysis: &'a Analysis) -> Words<'a> {
        let count = analysis.tokens.len();
        let at = |ranges: &mut dyn Iterator<Item = &Range<usize>>| {
            let mut held = vec![None; count];
            for (number, range) in ranges.enumerate() {
                for held in held.iter_mut().take(range.end).skip(range.start) {
                    held.get_or_insert(number);
                }
            }
            held
        };
        Words {
            analysis,
            words: look_up(analysis),
            cues: Cues::new(&analysis.tokens),
            names: at(&mut analysis.names.iter().map(|name| &name.tokens)),
            times: at(&mut analysis.times.iter().map(|time| &time.tokens)),
            quantities: at(&mut analysis.quantities.iter().map(|quantity| &quantity.tokens)),
            quoted: {
                let speech = |quote: &&Quote| !quote.scare;
                let mut held = vec![None; count];
                for (number, quote) in
                    analysis.quotes.iter().enumerate().filter(|(_, quote)| speech(quote))
                {
                    for held in held.iter_mut().take(quote.tokens.end).skip(quote.tokens.start) {
                        *held = Some(number);
                    }
                }
                held
            },
        }
    }

    /// How many tokens there are.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The token in lower case, without a possessive ending; empty past the end.
    pub(crate) fn lower(&self, token: usize) -> &'a str {
        self.analysis.tokens.get(token).map_or("", |token| bare(&token.lower))
    }

    /// The token's dictionary form.
    pub(crate) fn lemma(&self, token: usize) -> &'a str {
        self.analysis.tokens.get(token).map_or("", |token| token.lemma.as_str())
    }

    /// The quotation of speech that a token stands in, the innermost one.
    pub(crate) fn quoted(&self, token: usize) -> Option<usize> {
        self.quoted.get(token).copied().flatten()
    }

    /// What the lists say of a token.
    pub(crate) fn word(&self, token: usize) -> Option<&'static Word> {
        self.words.get(token).copied().flatten()
    }

    /// Whether a token is of a class.
    pub(crate) fn is(&self, token: usize, class: Class) -> bool {
        self.word(token).is_some_and(|word| word.is(class))
    }

    /// Whether a token can be a cue; a name and an expression of time are none.
    pub(crate) fn cue(&self, token: usize, cue: Cue) -> bool {
        self.cues.is(token, cue) && self.name(token).is_none() && self.time(token).is_none()
    }

    /// Whether a token is spelled as a cue, as part of a name too.
    pub(crate) fn spelled(&self, token: usize, cue: Cue) -> bool {
        self.cues.is(token, cue)
    }

    /// Whether any token of some is of a class.
    pub(crate) fn any(&self, tokens: Range<usize>, class: Class) -> bool {
        tokens.into_iter().any(|token| self.is(token, class))
    }

    /// The name that a token belongs to.
    pub(crate) fn name(&self, token: usize) -> Option<usize> {
        self.names.get(token).copied().flatten()
    }

    /// The expression of time that a token belongs to.
    pub(crate) fn time(&self, token: usize) -> Option<usize> {
        self.times.get(token).copied().flatten()
    }

    /// The time told at a token, by its most exact words, which come last: "last night,
    /// Tuesday, 7 November" is the seventh, whatever "last night" was when it was written.
    pub(crate) fn exact_time(&self, time: usize) -> usize {
        let times = &self.analysis.times;
        let mut at = time;
        while times[at].relative
            && let Some(next) = times.get(at + 1)
            && next.tokens.start == times[at].tokens.end + 1
            && self.lower(times[at].tokens.end) == ","
            && self.lower(next.tokens.end) != "and"
            && next.value.is_some()
        {
            at += 1;
        }
        at
    }

    /// The number that a token belongs to.
    pub(crate) fn quantity(&self, token: usize) -> Option<usize> {
        self.quantities.get(token).copied().flatten()
    }

    /// The name that a token belongs to, if it is of a kind.
    pub(crate) fn name_of(&self, token: usize, kind: SubjectKind) -> Option<usize> {
        self.name(token).filter(|&name| self.analysis.names[name].kind == kind)
    }

    /// The names in some tokens, each once, in order.
    pub(crate) fn names_in(&self, tokens: Range<usize>, kind: SubjectKind) -> Vec<usize> {
        let mut names: Vec<usize> = tokens.filter_map(|token| self.name_of(token, kind)).collect();
        names.dedup();
        names
    }

    /// The people that a phrase names and stands for: not who only owns or follows an "of" what it stands
    /// for, as in "Amsel's brother", "the followers of Amsel".
    pub(crate) fn people_meant(&self, phrase: Range<usize>) -> Vec<usize> {
        let mut people = self.names_in(phrase.clone(), SubjectKind::Person);
        people.retain(|&name| {
            let own = &self.analysis.names[name].tokens;
            let more = own.end < phrase.end;
            let owner = more && (self.possessive(own.end - 1) || self.possessive(own.end));
            let of = (phrase.start..own.start).any(|at| self.lower(at) == "of");
            !owner && !of
        });
        people
    }

    /// The first name of the document that stands for the same one.
    pub(crate) fn root(&self, name: usize) -> usize {
        let names = &self.analysis.names;
        let mut at = name;
        while let Some(earlier) = names[at].same_as.filter(|&earlier| earlier < at) {
            at = earlier;
        }
        at
    }

    /// The group that a word for one ("the movement") at `token` points back to: the one
    /// named last, or, before any is named, the first one.
    pub(crate) fn group_meant(&self, token: usize) -> Option<usize> {
        if !matches!(
            self.lower(token),
            "group"
                | "movement"
                | "organisation"
                | "organization"
                | "network"
                | "party"
                | "militia"
        ) {
            return None;
        }
        let names = &self.analysis.names;
        let to = names.partition_point(|name| name.tokens.start < token);
        let group = |name: &usize| names[*name].kind == SubjectKind::Group && !self.official(*name);
        (0..to).rev().take(24).find(group).or_else(|| (to..names.len()).take(24).find(group))
    }

    /// Whether a name is of a body of state or learning, which "the group" does not stand for.
    fn official(&self, name: usize) -> bool {
        self.analysis.names[name].tokens.clone().any(|token| {
            matches!(
                self.lower(token),
                "fbi"
                    | "cia"
                    | "mi5"
                    | "mi6"
                    | "nato"
                    | "un"
                    | "eu"
                    | "nypd"
                    | "interpol"
                    | "europol"
                    | "police"
                    | "ministry"
                    | "court"
                    | "department"
                    | "office"
                    | "bureau"
                    | "government"
                    | "parliament"
                    | "university"
                    | "institute"
            )
        })
    }

    /// Whether a token is a mark; a possessive ending that stands alone is none.
    pub(crate) fn mark(&self, token: usize) -> bool {
        match self.analysis.tokens.get(token) {
            Some(held) => {
                held.shape == Shape::Mark
                    && !self.ending(token)
                    && (held.lower != "-" || self.apart(token))
            }
            None => true,
        }
    }

    /// Whether space stands on both sides of a token, as beside a dash and not in "al-Hadi".
    fn apart(&self, token: usize) -> bool {
        let tokens = &self.analysis.tokens;
        let (Some(before), Some(after)) =
            (token.checked_sub(1).and_then(|at| tokens.get(at)), tokens.get(token + 1))
        else {
            return false;
        };
        let span = tokens[token].span;
        before.span.end < span.start && span.end < after.span.start
    }

    /// Whether a token is a possessive ending, or has one.
    pub(crate) fn possessive(&self, token: usize) -> bool {
        self.analysis.tokens.get(token).is_some_and(|token| {
            token.lower.ends_with("'s") || token.lower == "'" || token.lower.ends_with("s'")
        })
    }

    /// The sentence that holds a token.
    pub(crate) fn sentence(&self, token: usize) -> Option<&'a Sentence> {
        let sentences = &self.analysis.sentences;
        let at = sentences.partition_point(|sentence| sentence.tokens.end <= token);
        sentences.get(at).filter(|sentence| sentence.tokens.contains(&token))
    }

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
            || !word.verbs.is_empty() && !self.nominal(word)
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
                if opens > floor
                    && self.lower(opens - 1) == "the"
                    && self.is(token + 1, Class::Site)
                {
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
            let lower = self.lower(at);
            // "the plots in Europe linked to": after a name a participle begins something new.
            if at > body && lower.ends_with("ed") && self.name(at - 1).is_some() {
                break;
            }
            let known = self.word(at).is_some();
            let verbal = !known && (lower.ends_with("ing") || lower.ends_with("ly"));
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

    /// Whether a token is a quotation mark.
    pub(crate) fn quote(&self, token: usize) -> bool {
        let mark = self.analysis.tokens.get(token).map_or("", |token| token.lower.as_str());
        matches!(mark, "\"" | "“" | "”" | "‘" | "’" | "'" | "``" | "''")
            && self.analysis.tokens.get(token).is_some_and(|token| token.shape == Shape::Mark)
    }

    fn ending(&self, token: usize) -> bool {
        self.analysis.tokens.get(token).is_some_and(|token| token.lower == "'s")
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

    /// A word of the verbs that is a noun as well: "bomb", "attack".
    fn nominal(&self, word: &Word) -> bool {
        word.attack.is_some() || word.weapon.is_some() || word.is(Class::Site)
    }

    /// Whether a determiner opens the phrase that this participle belongs to.
    fn determined(&self, token: usize, floor: usize) -> bool {
        let from = floor.max(token.saturating_sub(4));
        let before = (from..token)
            .rev()
            .find(|&at| self.is(at, Class::Determiner) || self.possessive(at) || self.bounds(at));
        before.is_some_and(|at| self.is(at, Class::Determiner) || self.possessive(at))
    }
}

/// A word without its possessive ending.
pub(crate) fn bare(lower: &str) -> &str {
    match lower.strip_suffix("'s") {
        Some(word) if !word.is_empty() => word,
        _ => lower,
    }
}

fn look_up(analysis: &Analysis) -> Vec<Option<&'static Word>> {
    let lexicon = Lexicon::get();
    let tokens = &analysis.tokens;
    let mut words: Vec<Option<&'static Word>> =
        tokens.iter().map(|token| lexicon.word(bare(&token.lower))).collect();
    let mut joined = String::new();
    for start in 0..tokens.len() {
        let longest = lexicon.longest_from(&tokens[start].lower);
        for count in (2..=longest).rev() {
            let Some(held) = tokens.get(start..start + count) else { continue };
            joined.clear();
            for token in held {
                if !joined.is_empty() {
                    joined.push(' ');
                }
                joined.push_str(bare(&token.lower));
            }
            if let Some(word) = lexicon.word(&joined) {
                words[start + count - 1] = Some(word);
                break;
            }
        }
    }
    words
}
