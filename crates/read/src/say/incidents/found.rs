//! One mention of an incident or set as found in a sentence, before it is known which
//! mentions stand for one.

use std::ops::Range;

use jiff::ToSpan;
use throughline_model::{Day, Edtf, SubjectKind};

use super::ages::is_unit_of_time;
use super::lexicon::{Class, Form, Word};
use super::sentence::bounded;
use crate::analysis;
use crate::say::words::Words;

/// The same day of the year before, if there is one.
fn a_year_before(day: Day) -> Option<Day> {
    let day = day.civil()?;
    let before = day.checked_sub(1_i32.year()).ok()?;
    (before.day() == day.day()).then(|| Day::from_civil(before))
}

/// What one stretch of words tells of an attack. Names and times are indices into the
/// analysis.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    /// The words that mention it.
    pub(crate) tokens: Range<usize>,
    /// The word that it hangs on.
    pub(crate) head: usize,
    /// The sentence's tokens.
    pub(crate) sentence: Range<usize>,
    pub(crate) paragraph: usize,
    /// Whether it stands in the headline or a pull-quote.
    pub(crate) display: bool,
    /// The type of attack; "attack" where the words leave it open.
    pub(crate) kind: &'static str,
    pub(crate) set: bool,
    /// How many, for a set: an index into the quantities.
    pub(crate) size: Option<usize>,
    /// Whether the words point back: "the attack", "that assault".
    pub(crate) definite: bool,
    pub(crate) plural: bool,
    /// Whether the words set it apart from those told before: "a similar attack".
    pub(crate) another: bool,
    /// Whether a verb behind it tells where and when it happened: "the attack took place in Ruel".
    pub(crate) happened: bool,
    /// Told by a verb rather than named by a noun.
    pub(crate) verbal: bool,
    /// Told by a word for the attacker: "the Westminster attacker".
    pub(crate) doer: bool,
    pub(crate) places: Vec<usize>,
    /// Places that a target is only called after.
    pub(crate) named_after: Vec<usize>,
    pub(crate) time: Option<usize>,
    pub(crate) target: Option<Range<usize>>,
    /// The sites, where it struck several: "the stadium, restaurants and the concert hall".
    pub(crate) sites: Vec<Range<usize>>,
    pub(crate) weapon: Option<Range<usize>>,
    /// Who did it, as the words of a phrase.
    pub(crate) by: Option<Range<usize>>,
    /// The group to which it is ascribed.
    pub(crate) ascribed: Option<usize>,
    pub(crate) stage: Option<&'static str>,
    /// Whether a negation tells the stage: "the bomb did not explode". It denies nothing of it then.
    pub(crate) negated: bool,
    /// Whether a bomb is only laid or thrown, which leaves open what came of it.
    pub(crate) laid: bool,
}

impl Found {
    /// Whether the words themselves tell which attack is meant.
    pub(crate) fn told(&self) -> bool {
        !self.places.is_empty() || self.time.is_some() || self.target.is_some()
    }

    /// Reads the phrases after `from`: where, when, against whom, by whom; gives their end.
    pub(crate) fn read_after(&mut self, words: &Words<'_>, from: usize) -> usize {
        let end = self.sentence.end;
        let mut at = from;
        let mut read_to = from;
        while at < end {
            // "the headquarters here": where the report was filed.
            if words.lower(at) == "here"
                && let Some(place) = words.report_place()
            {
                self.places.push(place);
                at += 1;
                read_to = at;
                continue;
            }
            if let Some(time) = words.time(at) {
                // "a siege of four hours": how long, not when.
                let last = words.analysis.times[time].tokens.end.max(at + 1) - 1;
                if words.analysis.times[time].value.is_none() && is_unit_of_time(words.lower(last))
                {
                    at = last + 1;
                    read_to = at;
                    continue;
                }
                if self.time.is_some_and(|told| told != time) {
                    break;
                }
                self.time = Some(words.exact_time(time));
                at = words.analysis.times[time].tokens.end.max(at + 1);
                read_to = at;
                continue;
            }
            // "in front of a police box".
            let front = words.lower(at) == "in"
                && words.lower(at + 1) == "front"
                && words.lower(at + 2) == "of";
            at += if front { 2 } else { 0 };
            let preposition = if front { "outside" } else { words.lower(at) };
            // "exploded shortly before noon in the market".
            if words.adverb(at) && words.word(at).is_none() {
                at += 1;
                continue;
            }
            if matches!(words.lower(at + 1), "noon" | "midnight" | "dawn" | "dusk" | "daybreak") {
                at += 2;
                continue;
            }
            // "in Lima, Peru": one place within another.
            let nested = preposition == ","
                && !self.places.is_empty()
                && words.name_of(at + 1, SubjectKind::Place).is_some()
                && words.name(at - 1).is_some();
            // "the attack, yesterday told of it": when that was told.
            let comma_time = preposition == ","
                && words.time(at + 1).is_some_and(|time| {
                    let next = words.analysis.times[time].tokens.end;
                    !words.is(next, Class::OtherVerb) && !words.analysis.seen.verb(next)
                });
            // "the first since Monday": from then on, but not then.
            let other = preposition == "since" || !words.is(at, Class::Preposition);
            if !(nested || comma_time) && other {
                break;
            }
            at += 1;
            let skip = usize::from(words.is(at, Class::Determiner));
            // "at a Christmas market", which is open on other days too.
            let market = words
                .time(at + skip)
                .is_some_and(|time| words.is(words.analysis.times[time].tokens.end, Class::Site));
            if market {
                break;
            }
            if words.time(at).is_some() || words.time(at + skip).is_some() {
                at += if words.time(at).is_some() { 0 } else { skip };
                if bounded(words, at) {
                    break;
                }
                continue;
            }
            // "a plot to bomb the station" has a verb here, and no place.
            let verb = |word: &Word| word.verbs.iter().any(|verb| verb.form == Form::Base);
            if preposition == "to" && words.word(at).is_some_and(verb) {
                break;
            }
            let phrase = words.right(at, end);
            if phrase.is_empty() || !self.place_phrase(words, preposition, phrase.clone()) {
                break;
            }
            at = phrase.end;
            read_to = at;
        }
        if self.places.is_empty() {
            self.places.append(&mut self.named_after);
        }
        read_to
    }

    /// The day that is told of it. What was done was done before the paper told of it: "shot two people in
    /// Lenn on 24 May", told on 10 May, was a year ago.
    pub(crate) fn date(&self, words: &Words<'_>, published: Option<&Edtf>) -> Option<Edtf> {
        let time = &words.analysis.times[self.time?];
        let date = time.value.clone()?;
        // "between 2014 and 2016", "from 2 to 9 May".
        let opens = time.tokens.start.checked_sub(1).map_or("", |at| words.lower(at));
        if matches!(opens, "between" | "from")
            && matches!(words.lower(time.tokens.end), "and" | "to" | "until")
            && let Some(last) = words.time(time.tokens.end + 1)
            && let Some(last) = &words.analysis.times[last].value
        {
            return Some(Edtf::between(date.earliest(), last.latest()));
        }
        let to_come = published.is_some_and(|day| date.earliest() > day.latest());
        let of_month = time.tokens.clone().any(|at| analysis::is_month(words.lower(at)));
        if !to_come || !of_month || !time.relative || self.stage != Some("executed") {
            return Some(date);
        }
        let first = a_year_before(date.earliest())?;
        if date.earliest() == date.latest() {
            return Some(Edtf::day(first));
        }
        Some(Edtf::between(first, a_year_before(date.latest())?))
    }

    /// Takes what a preposition and its phrase tell; false if they tell nothing.
    fn place_phrase(&mut self, words: &Words<'_>, preposition: &str, phrase: Range<usize>) -> bool {
        let mut places = words.names_in(phrase.clone(), SubjectKind::Place);
        // "near the Somali border": on this side of it or on that.
        if matches!(words.lemma(phrase.end - 1), "border" | "frontier") {
            places.clear();
        }
        // "the market of Sorna" is a market.
        let head = phrase.clone().find(|&at| words.lower(at) == "of").unwrap_or(phrase.end);
        let site = head > phrase.start && words.is(head - 1, Class::Site);
        match preposition {
            // "a study of 40 attacks by X" is X's.
            "by" if self.written_of(words) => return false,
            "by" => {
                let groups = words.names_in(phrase.clone(), SubjectKind::Group);
                self.ascribed = self.ascribed.or(groups.first().copied());
                self.by.get_or_insert(phrase);
            }
            "of" if self.plural && self.set => self.places.extend(places),
            "against" | "of" | "upon" | "into" => self.aimed_at(words, phrase, places),
            "on" if !site && !places.is_empty() && self.verbal => self.places.extend(places),
            "on" if self.verbal => {
                if site {
                    self.target.get_or_insert(phrase);
                }
            }
            "on" => self.aimed_at(words, phrase, places),
            "with" => {
                if words.word(phrase.end - 1).is_some_and(|word| word.weapon.is_some()) {
                    self.weapon.get_or_insert(phrase);
                }
            }
            // "a blast from a car bomb".
            "from" if words.word(phrase.end - 1).is_some_and(|word| word.weapon.is_some()) => {
                self.weapon.get_or_insert(phrase);
            }
            "," | "in" | "at" | "near" | "outside" | "inside" | "within" | "from" | "beside"
            | "through" | "under" | "across" => {
                if site && preposition != "from" {
                    self.target.get_or_insert(phrase);
                }
                if !site && places.is_empty() {
                    return false;
                }
                self.places.extend(places);
            }
            _ => return false,
        }
        true
    }

    /// Whether it hangs on a word for what somebody writes of attacks: "a study of 40 attacks".
    fn written_of(&self, words: &Words<'_>) -> bool {
        let of = self.tokens.start.checked_sub(1).filter(|&of| of > 0);
        of.is_some_and(|of| {
            matches!(words.lower(of), "of" | "on" | "about" | "into")
                && matches!(
                    words.lemma(of - 1),
                    "study"
                        | "survey"
                        | "analysis"
                        | "report"
                        | "review"
                        | "book"
                        | "account"
                        | "history"
                        | "database"
                        | "list"
                        | "chronology"
                        | "examination"
                        | "inquiry"
                        | "investigation"
                        | "description"
                        | "dataset"
                        | "count"
                        | "overview"
                )
        })
    }

    /// Takes a phrase as the target, and the places in it: one that is the phrase, and one
    /// that only names it ("the Marlow ferry terminal") for want of another.
    fn aimed_at(&mut self, words: &Words<'_>, phrase: Range<usize>, places: Vec<usize>) {
        let of = phrase.clone().find(|&at| words.lower(at) == "of");
        let site = of.is_none_or(|of| of > phrase.start && words.is(of - 1, Class::Site));
        for place in places {
            let name = &words.analysis.names[place].tokens;
            // "the Emperor of Russia" may be anywhere.
            if of.is_some_and(|of| of < name.start) && !site {
                continue;
            }
            if name.end >= phrase.end {
                self.places.push(place);
            } else {
                self.named_after.push(place);
            }
        }
        self.target.get_or_insert(phrase);
    }

    /// Reads what stands before a noun within its phrase: "the Istanbul nightclub attack".
    pub(crate) fn read_before(&mut self, words: &Words<'_>) {
        let before = self.tokens.start..self.head;
        let Some(last) = before.clone().next_back() else { return };
        // "the Christmas market" is open on other days too.
        let market = |token: &usize| words.is(token + 1, Class::Site);
        let mut dated = before.clone().filter(|token| !market(token));
        if let Some(time) = dated.find_map(|token| words.time(token)) {
            self.time = Some(time);
        }
        let places = words.names_in(before.clone(), SubjectKind::Place);
        self.places.extend(places.into_iter().filter(|&place| {
            let at = words.analysis.names[place].tokens.start;
            !words.is(at, Class::Region)
        }));
        let groups = words.names_in(before.clone(), SubjectKind::Group);
        // "the Trade Center bombing" is nobody's.
        self.ascribed = groups.into_iter().find(|&group| !words.official(group));
        // "a car bombing", "a truck attack": done with it rather than to it.
        let vehicle = words.word(last).is_some_and(|word| word.weapon.is_some());
        if words.is(last, Class::Site) && words.name(last).is_none() && !vehicle {
            self.target = Some(last..last + 1);
        }
        for token in before {
            if words.is(token, Class::Foiled) {
                self.stage = Some("foiled");
            } else if words.is(token, Class::Failed) {
                self.stage = Some("failed");
            }
            if let Some(kind) = words.word(token).and_then(|word| word.weapon)
                && self.kind == "attack"
            {
                self.kind = kind;
                self.weapon = Some(token..token + 1);
            }
        }
    }
}
