//! What TIMEX3 takes for an expression of time and no calendar has a day for: "now", "daily",
//! "the third quarter", "a ten-year plan".
//!
//! Only words that are such an expression more often than not in news: "already" and "soon"
//! seldom are annotated.

use super::super::calendar::Unit;
use super::super::{Shape, numbers};
use super::units::measure;
use super::words::{MONTHS, WEEKDAYS, four_digits};
use super::{Length, Measure, Reader, Said};

/// An expression that is on no calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loose {
    /// PRESENT_REF, PAST_REF, FUTURE_REF.
    Reference(&'static str),
    /// A quarter of a year: which, and of what year, as far as is said.
    Quarter {
        number: Option<u8>,
        year: Option<i32>,
        back: i32,
    },
    /// Half a year: "the first half of 1989".
    Half {
        number: u8,
        year: Option<i32>,
    },
    /// What was a year before the time spoken of: "the year-earlier period", and of what quarter.
    YearBefore(Option<u8>),
    /// The one that holds now: "the year", "the weekend".
    Current(Unit),
    /// Again and again: "daily", "every two weeks".
    Every(Length),
    EveryMonth(i8),
    /// From Monday, 1.
    EveryWeekday(i8),
    /// A century, by its number.
    Century(i32),
}

const QUARTERS: [&str; 4] = ["first", "second", "third", "fourth"];

/// Words behind which "years" and "months" alone are an expression of time.
const SOME: [&str; 12] = [
    "recent", "coming", "past", "few", "previous", "next", "for", "in", "within", "over", "of",
    "several",
];

impl Reader<'_> {
    /// What is on no calendar and begins at a token, and the token after it.
    pub(super) fn loose(&self, at: usize) -> Option<(usize, Said)> {
        if self.shape(at) == Shape::Mark {
            return None;
        }
        let found = self
            .quarter(at)
            .or_else(|| self.year_before(at))
            .or_else(|| self.reference(at))
            .or_else(|| self.again(at))
            .or_else(|| self.century(at))
            .or_else(|| self.current(at));
        let past = self.past(at);
        let found = found.map(|(end, loose)| (end, Said::Loose(loose)));
        past.or(found).or_else(|| self.bare_length(at))
    }

    /// "third-quarter", "the latest quarter", "the fiscal first quarter", "the 1988 quarter".
    fn quarter(&self, at: usize) -> Option<(usize, Loose)> {
        let word = self.word(at);
        if let Some(ordinal) = word.strip_suffix("-quarter") {
            let number = ordinal_of(ordinal)?;
            let (year, end) = self.year_behind(at + 1);
            return Some((end, Loose::Quarter { number: Some(number), year, back: 0 }));
        }
        let year = four_digits(word);
        let mut next = at + usize::from(year.is_some());
        let number = ordinal_of(self.word(next));
        next += usize::from(number.is_some());
        if self.word(next) == "half"
            && let Some(number @ 1..=2) = number
        {
            let (behind, end) = self.year_behind(next + 1);
            return Some((end, Loose::Half { number, year: year.or(behind) }));
        }
        // "the latest period" is of whatever was reported before.
        if word == "latest" && matches!(self.word(at + 1), "period" | "quarter") {
            return Some((at + 2, Loose::Quarter { number: None, year: None, back: 0 }));
        }
        let told = year.is_some() || number.is_some();
        let the = matches!(word, "the" | "latest" | "this" | "current" | "last");
        let noun = if told { next } else { at + 1 };
        if self.word(noun) != "quarter" || !(told || the) {
            return None;
        }
        let (behind, end) = self.year_behind(noun + 1);
        let back = i32::from(!told && word == "last");
        Some((end, Loose::Quarter { number, year: year.or(behind), back }))
    }

    /// "of 1989", "1989" behind a quarter.
    fn year_behind(&self, at: usize) -> (Option<i32>, usize) {
        let skip = usize::from(matches!(self.word(at), "of" | "in" | ","));
        match four_digits(self.word(at + skip)) {
            Some(year) => (Some(year), at + skip + 1),
            None => (None, at),
        }
    }

    /// "this year's third quarter", "last year's quarter".
    pub(super) fn quarter_of_year(&self, at: usize) -> Option<(usize, Said)> {
        let moved = match self.word(at) {
            "last" => -1,
            "this" => 0,
            "next" => 1,
            _ => return None,
        };
        if self.word(at + 1) != "year" || !matches!(self.word(at + 2), "'s" | "’s") {
            return None;
        }
        let number = ordinal_of(self.word(at + 3));
        let noun = at + 3 + usize::from(number.is_some());
        let published = self.published?.latest().civil()?;
        let year = Some(i32::from(published.year()) + moved);
        let quarter = Loose::Quarter { number, year, back: 0 };
        (self.word(noun) == "quarter").then_some((noun + 1, Said::Loose(quarter)))
    }

    /// "year-earlier", "the year-ago period", "the year-earlier third quarter".
    fn year_before(&self, at: usize) -> Option<(usize, Loose)> {
        let after = match (self.word(at), self.word(at + 1), self.word(at + 2)) {
            ("year-earlier" | "year-ago", ..) => Some(at + 1),
            ("year", "-", "earlier" | "ago") => Some(at + 3),
            _ => None,
        };
        if let Some(after) = after {
            let number = ordinal_of(self.word(after));
            let noun = after + usize::from(number.is_some());
            // "the year-earlier nine months" is read from its number on.
            if self.expression(after).is_some() {
                return None;
            }
            let named = matches!(self.word(noun), "quarter" | "period");
            let end = if named { noun + 1 } else { after };
            return Some((end, Loose::YearBefore(number.filter(|_| named))));
        }
        match (self.word(at), self.word(at + 1), self.word(at + 2)) {
            ("year-end", ..) => Some((at + 1, Loose::Current(Unit::Year))),
            ("year", "end", _) => Some((at + 2, Loose::Current(Unit::Year))),
            _ => None,
        }
    }

    fn reference(&self, at: usize) -> Option<(usize, Loose)> {
        let two = |second: &str| self.word(at + 1) == second;
        let (length, reference) = match self.word(at) {
            "now" => (1, "PRESENT_REF"),
            "currently" | "current" | "nowadays" => (1, "PRESENT_REF"),
            "these" if two("days") => (2, "PRESENT_REF"),
            "recently" => (1, "PAST_REF"),
            "recent" if measure(self.word(at + 1)).is_none() => (1, "PAST_REF"),
            "the" if two("past") && self.expression(at + 1).is_none() => (2, "PAST_REF"),
            "the" if two("future") => (2, "FUTURE_REF"),
            "near" if two("future") => (2, "FUTURE_REF"),
            _ => return None,
        };
        Some((at + length, Loose::Reference(reference)))
    }

    /// "the past few weeks", "the last several years", "the past decade".
    fn past(&self, at: usize) -> Option<(usize, Said)> {
        if self.word(at) != "the" || !matches!(self.word(at + 1), "past" | "last" | "next") {
            return None;
        }
        let few = usize::from(matches!(self.word(at + 2), "few" | "several" | "couple"));
        let unit = measure(self.word(at + 2 + few))?;
        let number = (few == 0).then_some(1);
        // "the last day", "the last year" are days of a calendar or none.
        let long = matches!(unit, Measure::Calendar(Unit::Decade | Unit::Century));
        if few == 0 && self.word(at + 1) != "past" && !long {
            return None;
        }
        Some((at + 3 + few, Said::Length { length: Length { number, unit }, relative: false }))
    }

    /// "daily", "every two weeks", "each July", "every Friday".
    fn again(&self, at: usize) -> Option<(usize, Loose)> {
        let one = |unit| Loose::Every(Length { number: Some(1), unit });
        let unit = match self.word(at) {
            "daily" => Some(Measure::Calendar(Unit::Day)),
            "hourly" => Some(Measure::Hour),
            "weekly" => Some(Measure::Calendar(Unit::Week)),
            "monthly" => Some(Measure::Calendar(Unit::Month)),
            "annually" | "yearly" => Some(Measure::Calendar(Unit::Year)),
            _ => None,
        };
        if let Some(unit) = unit {
            return Some((at + 1, one(unit)));
        }
        if !matches!(self.word(at), "every" | "each") {
            return None;
        }
        let word = self.word(at + 1);
        if let Some((_, month)) = MONTHS.iter().find(|(name, _)| *name == word) {
            return Some((at + 2, Loose::EveryMonth(*month)));
        }
        if let Some((_, day)) = WEEKDAYS.iter().find(|(name, _)| *name == word) {
            return Some((at + 2, Loose::EveryWeekday(day.to_monday_one_offset())));
        }
        if let Some(unit) = measure(word) {
            return Some((at + 2, one(unit)));
        }
        let (number, next) = numbers::number(self.tokens, at + 1, self.end)?;
        let unit = measure(self.word(next))?;
        Some((next + 1, Loose::Every(Length { number: Some(number), unit })))
    }

    /// "the 20th century".
    fn century(&self, at: usize) -> Option<(usize, Loose)> {
        if self.word(at + 1) != "century" {
            return None;
        }
        let word = self.word(at);
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
        let number: i32 = match word {
            "nineteenth" => 19,
            "twentieth" => 20,
            "twenty-first" => 21,
            _ => digits?.parse().ok()?,
        };
        (1..=30).contains(&number).then_some((at + 2, Loose::Century(number)))
    }

    /// "the year", "the weekend", "fiscal 1989" has its year elsewhere.
    fn current(&self, at: usize) -> Option<(usize, Loose)> {
        if self.word(at) != "the" {
            return None;
        }
        let unit = match self.word(at + 1) {
            "full" if self.word(at + 2) == "year" => {
                return Some((at + 3, Loose::Current(Unit::Year)));
            }
            // A year that ends on a day of its own is none of the calendar.
            "year" if matches!(self.word(at + 2), "ended" | "ending") => return None,
            "year" => Unit::Year,
            "week" => Unit::Week,
            "weekend" => Unit::Weekend,
            _ => return None,
        };
        Some((at + 2, Loose::Current(unit)))
    }

    /// "10-year", "years" after "recent", "a week": lengths that are no numbers with units.
    fn bare_length(&self, at: usize) -> Option<(usize, Said)> {
        let found = |end, number, unit| {
            let length = Length { number, unit };
            Some((end, Said::Length { length, relative: false }))
        };
        let word = self.word(at);
        if word == "the" && self.word(at + 1) == "year" {
            return found(at + 2, Some(1), Measure::Calendar(Unit::Year));
        }
        if let Some((number, unit)) = word.split_once('-') {
            let unit = measure(unit).filter(|_| !unit.ends_with('s'))?;
            let number = match number.parse() {
                Ok(number) => number,
                Err(_) => small(number)?,
            };
            return found(at + 1, Some(number), unit);
        }
        if matches!(word, "a" | "an") {
            let unit = measure(self.word(at + 1)).filter(|_| !self.word(at + 1).ends_with('s'))?;
            // "a second attack", "a minute amount".
            let short = matches!(unit, Measure::Second | Measure::Minute);
            return (!short).then(|| found(at + 2, Some(1), unit)).flatten();
        }
        let plural = word.ends_with('s') && word.len() > 3;
        let unit = measure(word).filter(|_| plural && SOME.contains(&self.before(at)))?;
        found(at + 1, None, unit)
    }
}

/// Which quarter an ordinal is.
fn ordinal_of(word: &str) -> Option<u8> {
    QUARTERS.iter().position(|name| *name == word).and_then(|at| u8::try_from(at + 1).ok())
}

/// A small number as a word.
fn small(word: &str) -> Option<u32> {
    const WORDS: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    WORDS.iter().position(|name| *name == word).and_then(|at| u32::try_from(at + 1).ok())
}
