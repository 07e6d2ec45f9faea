//! Months, seasons, years, and units counted from today.

use super::super::calendar::{self, Relative, Turn, Unit};
use super::super::{Shape, numbers};
use super::words::{PARTS_OF_DAY, SEASONS, UNITS, WEEKDAYS};
use super::{Length, Measure, OfYear, Reader, Said, four_digits};

impl Reader<'_> {
    /// "in March", "March 2017", "last March".
    pub(super) fn month(&self, at: usize) -> Option<(usize, Said)> {
        let month = self.month_name(at)?;
        let end = at + 1;
        match self.of_year(end) {
            Some((after, OfYear::Given(year))) => {
                return Some((after, Said::Date(calendar::month_of(year, month))));
            }
            Some((after, OfYear::Moved(n))) => {
                return Some((after, Said::Relative(Relative::MonthOfYear(month, n))));
            }
            None => {}
        }
        let placed = matches!(
            self.before(at),
            "in" | "of"
                | "since"
                | "until"
                | "till"
                | "by"
                | "from"
                | "to"
                | "during"
                | "early"
                | "late"
                | "through"
                | "between"
                | "and"
                | "-"
                | "before"
                | "after"
                | "this"
        );
        // "May", "March" and "June" are other words, and names, too.
        let doubtful =
            matches!(self.word(at), "may" | "march" | "mar" | "april" | "june" | "august")
                || self.word(at).len() < 4;
        let named = matches!(self.shape(end), Shape::Capital | Shape::Upper);
        if !placed && (doubtful || named) {
            return None;
        }
        // "by February" looks ahead, whatever the verbs.
        let turn = if self.before(at) == "by" { Turn::Next } else { self.bare_turn(at, end) };
        Some((end, Said::Relative(Relative::Month(month, turn))))
    }

    /// "summer 2016", "the summer of 2016", "in the summer".
    pub(super) fn season(&self, at: usize) -> Option<(usize, Said)> {
        let (_, season) = *SEASONS.iter().find(|(name, _)| *name == self.word(at))?;
        let end = at + 1;
        match self.of_year(end) {
            Some((after, OfYear::Given(year))) => {
                return Some((after, Said::Date(calendar::season_of(year, season))));
            }
            Some((after, OfYear::Moved(n))) => {
                let value = calendar::resolve(Relative::Unit(Unit::Year, n), self.published)
                    .and_then(|year| year.latest().civil())
                    .and_then(|year| calendar::season_of(year.year().into(), season));
                return Some((after, Said::Resolved(value)));
            }
            None => {}
        }
        let article = self.before(at) == "the" && at > self.first + 1;
        let placed = article
            && matches!(
                self.word(at - 2),
                "in" | "into" | "over" | "during" | "since" | "until" | "by"
            );
        let noun = self.shape(end) == Shape::Lower && self.word(end) == "of";
        if !placed || noun || self.word(at) == "fall" {
            return None;
        }
        Some((end, Said::Relative(Relative::Season(season, Turn::Bare))))
    }

    /// "last week", "this month", "next year", "last summer", "last Wednesday".
    pub(super) fn unit(&self, at: usize) -> Option<(usize, Said)> {
        let (turn, n) = match self.word(at) {
            "last" => (Turn::Last, -1),
            "past" | "previous" if self.before(at) != "the" => (Turn::Last, -1),
            "this" | "current" => (Turn::This, 0),
            "next" | "coming" if self.before(at) != "the" => (Turn::Next, 1),
            _ => return None,
        };
        let next = at + 1;
        let word = self.word(next);
        let relative = |end, said| Some((end, Said::Relative(said)));
        if PARTS_OF_DAY.contains(&word) && turn != Turn::Next {
            return relative(next + 1, Relative::Days(n));
        }
        if let Some((_, unit)) = UNITS.iter().find(|(name, _)| *name == word) {
            // "this day" is no date; "the last day" is not yesterday.
            if *unit == Unit::Day || self.before(at) == "the" {
                return None;
            }
            return relative(next + 1, Relative::Unit(*unit, n));
        }
        if let Some((_, season)) = SEASONS.iter().find(|(name, _)| *name == word) {
            return relative(next + 1, Relative::Season(*season, turn));
        }
        if !matches!(self.shape(next), Shape::Capital | Shape::Upper) {
            return None;
        }
        if let Some((_, weekday)) = WEEKDAYS.iter().find(|(name, _)| *name == word) {
            return relative(self.part_of_day(next + 1), Relative::Weekday(*weekday, turn));
        }
        if let Some((month, day, None, end)) = self.month_day(next).or_else(|| self.day_month(next))
        {
            return relative(end, Relative::MonthDay(month, day, turn));
        }
        if let Some(month) = self.month_name(next) {
            return relative(next + 1, Relative::Month(month, turn));
        }
        let (end, said) = self.holiday(next)?;
        match said {
            Said::Relative(Relative::Holiday(holiday, _)) => {
                relative(end, Relative::Holiday(holiday, turn))
            }
            _ => None,
        }
    }

    /// "two days ago", "in the past three weeks", "for six months".
    pub(super) fn counted(&self, at: usize) -> Option<(usize, Said)> {
        if matches!(self.word(at), "last" | "past") {
            let (n, next) = numbers::number(self.tokens, at + 1, self.end)?;
            let unit = self.plural_unit(next)?.calendar()?;
            let n = i32::try_from(n).ok()?;
            return Some((next + 1, Said::Relative(Relative::Past(n, unit))));
        }
        let article = matches!(self.word(at), "a" | "an") && self.unit_word(at + 1).is_some();
        let (n, next) = if article {
            (1, at + 1)
        } else {
            match self.word(at) {
                "several" | "many" | "some" => (0, at + 1),
                "a" if self.word(at + 1) == "few" => (0, at + 2),
                _ => numbers::number(self.tokens, at, self.end)?,
            }
        };
        let next = next + usize::from(!article && self.word(next) == "more");
        let unit = self.plural_unit(next)?;
        // "the 1988 second quarter", but "a five year low".
        if n > MOST_OF_ONE && !self.word(next).ends_with('s') {
            return None;
        }
        let end = next + 1;
        let turned = match self.word(end) {
            "ago" if n > 0 => {
                // Hours and minutes ago have no unit here.
                let weeks = if unit == Measure::Fortnight { 2 } else { 1 };
                let n = i32::try_from(n).ok()?.checked_mul(weeks)?;
                return Some((end + 1, Said::Relative(Relative::Ago(n, unit.calendar()?))));
            }
            "ago" | "earlier" | "later" | "before" | "after" => true,
            // "a day" alone is often "per day", and "a year" likewise.
            _ if article => return None,
            _ => false,
        };
        let length = Length { number: (n > 0).then_some(n), unit };
        Some((if turned { end + 1 } else { end }, Said::Length { length, relative: turned }))
            .filter(|_| n > 0 || turned)
    }

    /// "earlier this month", "late last year", "early 2016", "mid-March".
    pub(super) fn qualified(&self, at: usize) -> Option<(usize, Said)> {
        let word = self.word(at);
        if !matches!(word, "earlier" | "later" | "early" | "late" | "mid") {
            return None;
        }
        let next = at + 1 + usize::from(matches!(self.word(at + 1), "-" | "in" | "on"));
        let (end, said) = self
            .weekday(next)
            .or_else(|| self.month(next))
            .or_else(|| self.season(next))
            .or_else(|| self.deictic(next))
            .or_else(|| self.unit(next))
            .or_else(|| self.year(next))?;
        match (word, &said) {
            ("earlier", Said::Relative(Relative::Unit(unit, 0))) => {
                Some((end, Said::Relative(Relative::Earlier(*unit))))
            }
            ("later", Said::Relative(Relative::Unit(unit, 0))) => {
                Some((end, Said::Relative(Relative::Later(*unit))))
            }
            _ => Some((end, said)),
        }
    }

    /// "2015", "the 1990s".
    pub(super) fn year(&self, at: usize) -> Option<(usize, Said)> {
        if let Some((year, end)) = self.spoken_year(at) {
            return Some((end, Said::Date(calendar::year(year))));
        }
        if self.shape(at) != Shape::Number {
            return None;
        }
        let word = self.word(at);
        if let Some(decade) = word.strip_suffix('s').or_else(|| word.strip_suffix("'s")) {
            let first: i32 = decade.parse().ok()?;
            let first = match decade.len() {
                4 if (1500..2100).contains(&first) => first,
                2 if self.before(at) == "the" || matches!(self.before(at), "’" | "'") => {
                    1900 + first
                }
                _ => return None,
            };
            return (first % 10 == 0).then(|| (at + 1, Said::Date(calendar::decade(first))));
        }
        let year = four_digits(word)?;
        let placed = matches!(
            self.before(at),
            "in" | "since"
                | "of"
                | "until"
                | "till"
                | "by"
                | "from"
                | "during"
                | "before"
                | "after"
                | "late"
                | "early"
                | "mid"
                | "the"
                | "("
                | "and"
                | "to"
                | "-"
                | "–"
                | "between"
                | "around"
                | "circa"
                | "through"
                | "summer"
                | "spring"
                | "autumn"
                | "winter"
        );
        // "a 1996 law", "its 1990 invasion": one thing cannot be counted.
        let of_one = (1800..2100).contains(&year)
            && matches!(
                self.before(at),
                "a" | "an" | "its" | "his" | "her" | "their" | "that" | "this"
            );
        // "2000 people" is a count; "the 2015 attacks" is a year.
        let counted = self.shape(at + 1) == Shape::Lower
            && (self.word(at + 1).ends_with('s') && self.word(at + 1) != "was"
                || matches!(
                    self.word(at + 1),
                    "people" | "men" | "women" | "dead" | "children" | "or"
                ));
        let the = self.before(at) == "the";
        if counted && !the
            || !placed
                && !of_one
                && matches!(self.shape(at + 1), Shape::Lower)
                && !self.followed(at)
        {
            return None;
        }
        // "1,500" never gets here, "£2000" does.
        if matches!(self.before(at), "$" | "£" | "€") {
            return None;
        }
        Some((at + 1, Said::Date(calendar::year(year))))
    }

    /// "nineteen ninety-one", "eighteen eighty", as transcripts of broadcasts have it.
    fn spoken_year(&self, at: usize) -> Option<(i32, usize)> {
        let century = match self.word(at) {
            "eighteen" => 1800,
            "nineteen" => 1900,
            _ => return None,
        };
        // "nineteen forty people" is nothing, "nineteen forty" a year.
        let (within, end) = numbers::number(self.tokens, at + 1, self.end)?;
        (20..100).contains(&within).then_some((century + i32::try_from(within).ok()?, end))
    }

    /// Whether what follows a bare year lets it be one: "2016 was a bad year".
    pub(super) fn followed(&self, at: usize) -> bool {
        matches!(
            self.word(at + 1),
            "was"
                | "is"
                | "and"
                | "when"
                | "after"
                | "in"
                | "to"
                | "but"
                | "by"
                | "at"
                | "with"
                | "that"
                | "which"
                | "he"
                | "she"
                | "they"
                | "attack"
                | "bombing"
                | "shooting"
        )
    }

    /// "2017", ", 2017", "of 2017", "last year" after a date or month.
    pub(super) fn of_year(&self, at: usize) -> Option<(usize, OfYear)> {
        let skip = usize::from(matches!(self.word(at), "," | "of" | "in"));
        if let Some(year) = four_digits(self.word(at + skip)) {
            // "in March, 2000 people fled"
            let counted = matches!(self.word(at + skip + 1), "people" | "men" | "women");
            return (!counted).then_some((at + skip + 1, OfYear::Given(year)));
        }
        let at = at + usize::from(self.word(at) == "of");
        match (self.word(at), self.word(at + 1)) {
            ("last", "year") => Some((at + 2, OfYear::Moved(-1))),
            ("this", "year") => Some((at + 2, OfYear::Moved(0))),
            ("next", "year") => Some((at + 2, OfYear::Moved(1))),
            _ => None,
        }
    }

    pub(super) fn unit_word(&self, at: usize) -> Option<Unit> {
        let word = self.word(at);
        UNITS.iter().find(|(name, _)| *name == word).map(|(_, unit)| *unit)
    }

    /// A unit in the singular or plural.
    pub(super) fn plural_unit(&self, at: usize) -> Option<Measure> {
        measure(self.word(at))
    }
}

/// The most of a unit in the singular: "a hundred day siege".
const MOST_OF_ONE: u32 = 100;

impl Measure {
    /// The stretch of the calendar; none for what is shorter than a day.
    fn calendar(self) -> Option<Unit> {
        match self {
            Measure::Calendar(unit) => Some(unit),
            Measure::Fortnight => Some(Unit::Week),
            Measure::Hour | Measure::Minute | Measure::Second => None,
        }
    }
}

/// The unit that a word in the singular or plural is.
pub(super) fn measure(word: &str) -> Option<Measure> {
    let singular = match word {
        "centuries" => "century",
        _ => word.strip_suffix('s').unwrap_or(word),
    };
    match singular {
        "hour" => Some(Measure::Hour),
        "minute" => Some(Measure::Minute),
        "second" => Some(Measure::Second),
        "fortnight" => Some(Measure::Fortnight),
        _ => {
            let (_, unit) = UNITS.iter().find(|(name, _)| *name == singular)?;
            Some(Measure::Calendar(*unit))
        }
    }
}
