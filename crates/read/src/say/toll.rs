//! How many a report tells killed and hurt in all.
//!
//! Assertions say each figure where it stands; a report as a whole tells one toll, in pieces:
//! "four were shot", "one of them died". Of figures of one sort the one that is given most often
//! stands, the greatest of several. Whoever was hit and is not told dead is hurt. Without a figure
//! a death that is spoken of is one death, and who was hit and lives is one hurt.
//!
//! It is for reports of one incident: of two it joins the tolls.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::incidents::ages::is_age;
use super::incidents::lexicon::{entries, sections};
use super::words::Words;

/// What a report tells in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Toll {
    /// How many were killed, if any casualty is told.
    pub killed: Option<u32>,
    /// How many were hurt and lived.
    pub hurt: Option<u32>,
}

/// What a report tells of casualties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Casualties {
    /// How many there were.
    pub toll: Toll,
    /// The names of victims and of those suspected, each once, in text order.
    pub names: Vec<String>,
}

/// More than this is no toll of an attack that a report counts by the head.
const MOST: u32 = 5000;

/// How many words may stand between a figure and what became of those counted.
const BETWEEN: usize = 8;

type Class = u32;
const DEAD: Class = 1;
const HURT: Class = 1 << 1;
const HIT: Class = 1 << 2;
const BEFORE: Class = 1 << 3;
const PASSES: Class = 1 << 4;
const DEATH: Class = 1 << 5;
const NOT_DEATH: Class = 1 << 6;
const ALIVE: Class = 1 << 7;
const CONDITION: Class = 1 << 8;
const SECOND: Class = 1 << 9;
const MULTIPLE: Class = 1 << 10;
const STRUCK: Class = 1 << 11;

const SECTIONS: [(&str, Class); 12] = [
    ("dead", DEAD),
    ("hurt", HURT),
    ("hit", HIT),
    ("before", BEFORE),
    ("passes", PASSES),
    ("death", DEATH),
    ("not-death", NOT_DEATH),
    ("alive", ALIVE),
    ("condition", CONDITION),
    ("second", SECOND),
    ("multiple", MULTIPLE),
    ("struck", STRUCK),
];

static WORDS: LazyLock<HashMap<&'static str, Class>> = LazyLock::new(|| {
    let mut words: HashMap<&'static str, Class> = HashMap::new();
    for (section, word) in sections(LIST).flat_map(entries) {
        let class = SECTIONS.iter().find(|(known, _)| *known == section).map_or(0, |(_, c)| *c);
        *words.entry(word).or_default() |= class;
    }
    words
});

const LIST: &str = include_str!("../../resources/say/toll.txt");

/// Figures of each sort.
#[derive(Default)]
struct Figures {
    dead: Vec<u32>,
    hurt: Vec<u32>,
    hit: Vec<u32>,
}

impl Figures {
    fn add(&mut self, sort: Class, figure: u32) {
        match sort {
            DEAD => self.dead.push(figure),
            HURT => self.hurt.push(figure),
            _ => self.hit.push(figure),
        }
    }
}

/// The toll that a document tells.
pub(crate) fn toll(words: &Words<'_>) -> Toll {
    let report = Report { words };
    let figures = report.figures();
    let (dead, hurt, hit) = (most(&figures.dead), most(&figures.hurt), most(&figures.hit));
    let deaths = (0..words.len()).filter(|&at| report.death(at)).count();
    let alive = (0..words.len()).filter(|&at| report.alive(at)).count();
    let struck = (0..words.len()).any(|at| report.is(at, HIT | HURT | ALIVE | STRUCK));
    if figures.dead.is_empty() && deaths == 0 && hurt.is_none() && hit.is_none() && !struck {
        return Toll::default();
    }
    let killed = dead.unwrap_or_else(|| {
        let told = report.multiple().or_else(|| (deaths > 0 && report.suicide()).then_some(2));
        told.unwrap_or(u32::from(deaths > 0))
    });
    let hurt = hurt.unwrap_or_else(|| match hit {
        Some(hit) if hit > 1 => hit.saturating_sub(killed),
        _ if killed == 0 => u32::from(struck),
        // One word may be of the one who died.
        _ => u32::from(alive > 1),
    });
    Toll { killed: Some(killed), hurt: Some(hurt) }
}

/// The figure that is given most often, the greatest of several.
fn most(figures: &[u32]) -> Option<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for figure in figures.iter().filter(|figure| **figure <= MOST) {
        *counts.entry(*figure).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(figure, count)| (*count, *figure)).map(|(figure, _)| figure)
}

struct Report<'w, 'a> {
    words: &'w Words<'a>,
}

impl Report<'_, '_> {
    fn is(&self, at: usize, class: Class) -> bool {
        WORDS.get(self.words.lower(at)).is_some_and(|own| own & class != 0)
    }

    fn before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |at| self.words.lower(at))
    }

    fn figures(&self) -> Figures {
        let mut figures = Figures::default();
        for (number, quantity) in self.words.analysis.quantities.iter().enumerate() {
            let (start, end) = (quantity.tokens.start, quantity.tokens.end);
            if self.words.time(start).is_some() || is_age(self.words, number) {
                continue;
            }
            let sort = self.after(end).or_else(|| self.verb_before(start));
            if let Some(sort) = sort {
                figures.add(sort, quantity.figure.least);
            }
        }
        figures
    }

    /// What became of those counted before a token: "people were shot", "others wounded".
    fn after(&self, from: usize) -> Option<Class> {
        let sentence = self.words.sentence(from)?.tokens.clone();
        for at in from..sentence.end.min(from + BETWEEN) {
            if let Some(sort) = self.sort(at) {
                return Some(sort);
            }
            let adverb = self.words.adverb(at);
            let place = at > from && matches!(self.before(at, 1), "in" | "at" | "after" | "near");
            if self.words.mark(at) || !(self.is(at, PASSES) || adverb || place) {
                return None;
            }
        }
        None
    }

    fn sort(&self, at: usize) -> Option<Class> {
        if self.is(at, DEAD) {
            return Some(DEAD);
        }
        if self.is(at, HURT) {
            return Some(HURT);
        }
        if !self.is(at, HIT) {
            return None;
        }
        // "shot dead", "shot and killed", "shot to death".
        let next = (self.words.lower(at + 1), self.words.lower(at + 2));
        let dead = matches!(next, ("dead", _) | ("and", "killed") | ("to", "death"));
        Some(if dead { DEAD } else { HIT })
    }

    /// "killing three", "shot and wounded two": the verb before a figure.
    fn verb_before(&self, start: usize) -> Option<Class> {
        let verb = start.checked_sub(1).filter(|&at| self.is(at, BEFORE))?;
        match self.words.lower(verb) {
            "killed" | "killing" | "murdered" | "murdering" => Some(DEAD),
            "shot" | "stabbed" => Some(HIT),
            _ => Some(HURT),
        }
    }

    /// Whether a word speaks of a death that happened.
    fn death(&self, at: usize) -> bool {
        let attempted = |word: &str| matches!(word, "attempted" | "attempt");
        let meant = attempted(self.before(at, 1)) || attempted(self.before(at, 2));
        self.is(at, DEATH) && !meant && !self.is(at + 1, NOT_DEATH)
    }

    /// Whether a word speaks of somebody who was hurt and lives.
    fn alive(&self, at: usize) -> bool {
        let next = self.words.lower(at + 1);
        self.is(at, ALIVE)
            || self.is(at, CONDITION) && next == "condition"
            || self.words.lower(at) == "treated" && next == "and"
            || self.words.lower(at) == "not" && next == "life-threatening"
            || self.is(at, SECOND) && self.is(at + 1, PASSES)
            || matches!(self.words.lower(at), "other" | "others")
                && (at + 1..at + 3).any(|at| self.is(at, HIT | HURT))
    }

    /// "a double homicide".
    fn multiple(&self) -> Option<u32> {
        let deed = |at: usize| {
            matches!(self.words.lower(at), "homicide" | "murder" | "killing" | "slaying" | "fatal")
        };
        let at = (0..self.words.len()).find(|&at| self.is(at, MULTIPLE) && deed(at + 1))?;
        match self.words.lower(at) {
            "double" => Some(2),
            "triple" => Some(3),
            _ => Some(4),
        }
    }

    /// Whether somebody killed another and himself.
    fn suicide(&self) -> bool {
        let of_self = |at: usize| matches!(self.words.lower(at), "himself" | "herself");
        (0..self.words.len()).any(|at| match self.words.lower(at) {
            "murder-suicide" => true,
            "murder" => {
                self.words.lower(at + 1) == "suicide" || self.words.lower(at + 2) == "suicide"
            }
            "turned" | "turning" => {
                self.words.lower(at + 2) == "gun" && (at + 3..at + 5).any(of_self)
            }
            "then" => of_self(at + 1) || of_self(at + 2),
            "before" => {
                matches!(self.words.lower(at + 1), "killing" | "shooting") && of_self(at + 2)
            }
            _ => false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{analyse, testing::document};

    fn check(text: &str, killed: u32, hurt: u32) {
        let analysis = analyse(&document(text, Some("2017-03-24")));
        let toll = toll(&Words::new(&analysis));
        assert_eq!((toll.killed, toll.hurt), (Some(killed), Some(hurt)), "{text}");
    }

    #[test]
    fn figures_of_all_sorts() {
        check("A bomb exploded, killing three and injuring nine people.", 3, 9);
        check("Four people were shot at a party. One of them died.", 1, 3);
        check("Two men were shot and killed and five others wounded.", 2, 5);
        check("Six people were shot on Sunday, police said.", 0, 6);
        check("Seven died. It was first told that six people were killed, then seven died.", 7, 0);
    }

    #[test]
    fn what_is_told_without_a_figure() {
        check("A man was shot in the leg and taken to hospital.", 0, 1);
        check("A woman was found dead with a gunshot wound.", 1, 0);
        check("Police call it a murder-suicide: he shot his wife, who died, then himself.", 2, 0);
        check("The double homicide shocked the street.", 2, 0);
        check("A man was shot. Homicide detectives came, though it was attempted murder.", 0, 1);
        check("A father shoots his son in the shoulder.", 0, 1);
        check("He died. A second victim was wounded and is in stable condition.", 1, 1);
    }

    #[test]
    fn no_casualty_is_told() {
        let analysis = analyse(&document("The council met for three hours.", None));
        assert_eq!(toll(&Words::new(&analysis)), Toll::default());
    }

    #[test]
    fn every_section_of_the_list_is_known() {
        for (section, _) in sections(LIST) {
            assert!(SECTIONS.iter().any(|(known, _)| *known == section), "{section}");
        }
    }
}
