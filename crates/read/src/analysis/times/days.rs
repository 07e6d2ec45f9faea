//! Days: of a month, of a week, with a name, from today.

use throughline_model::Edtf;

use super::super::calendar::{self, Relative, Turn};
use super::super::{Shape, Token};
use super::words::{FUTURE, HOLIDAYS, MONTHS, Named, PARTS_OF_DAY, SHORT_WEEKDAYS, WEEKDAYS};
use super::{OfYear, Reader, Said};

impl Reader<'_> {
    /// 2017-03-22, 22/03/2017, 22.03.2017.
    pub(super) fn iso(&self, at: usize) -> Option<(usize, Said)> {
        if self.shape(at) != Shape::Number {
            return None;
        }
        let word = self.word(at);
        if word.len() == 10 && word.as_bytes()[4] == b'-' {
            return Some((at + 1, Said::Date(Some(word.parse().ok()?))));
        }
        let mark = ['/', '.'].into_iter().find(|mark| word.contains(*mark))?;
        let mut parts = word.split(mark).map(str::parse::<i16>);
        let (Some(Ok(a)), Some(Ok(b)), Some(Ok(year)), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return None;
        };
        if year < 1000 {
            return None;
        }
        // 3/4 is March in America and April elsewhere: only what can be one of them is read.
        let (month, day) = match (mark, a, b) {
            ('.', day, month) | ('/', day @ 13.., month) => (month, day),
            ('/', month, day @ 13..) => (month, day),
            _ => return Some((at + 1, Said::Date(None))),
        };
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        Some((at + 1, Said::Date(Some(calendar::month_day(year.into(), month, day)?))))
    }

    /// "2009, March 3", "2009 March 3": a year before its day; not "in 2009, March 3 was a Tuesday".
    pub(super) fn year_first(&self, at: usize) -> Option<(usize, Said)> {
        let word = self.word(at);
        let year: i32 = word.parse().ok().filter(|_| word.len() == 4)?;
        if self.shape(at) != Shape::Number
            || !(1000..2200).contains(&year)
            || matches!(self.before(at), "in" | "since" | "by" | "during" | "until" | "throughout")
        {
            return None;
        }
        let next = at + 1 + usize::from(self.word(at + 1) == ",");
        let (month, day, last, end) = self.month_day(next).or_else(|| self.day_month(next))?;
        let own_year = self.of_year(end).is_some() || self.short_year(end).is_some();
        let first = calendar::month_day(year, month, day).filter(|_| !own_year)?;
        let date = match last {
            Some(last) => {
                let last = calendar::month_day(year, month, last)?;
                Edtf::between(first.earliest(), last.latest())
            }
            None => first,
        };
        Some((end, Said::Date(Some(date))))
    }

    pub(super) fn holiday(&self, at: usize) -> Option<(usize, Said)> {
        if !matches!(self.shape(at), Shape::Capital | Shape::Upper | Shape::Number) {
            return None;
        }
        let fits =
            |words: &[&str]| words.iter().enumerate().all(|(n, word)| self.word(at + n) == *word);
        let (words, named) = HOLIDAYS.iter().find(|(words, _)| fits(words))?;
        let end = at + words.len();
        let holiday = match named {
            Named::Once(date) => return Some((end, Said::Date(Some(date.clone())))),
            Named::Yearly(holiday) => *holiday,
        };
        match self.of_year(end) {
            Some((after, OfYear::Given(year))) => {
                Some((after, Said::Date(calendar::holiday_value(holiday, year))))
            }
            Some((after, OfYear::Moved(n))) => {
                Some((after, Said::Relative(Relative::HolidayOfYear(holiday, n))))
            }
            None => {
                Some((end, Said::Relative(Relative::Holiday(holiday, self.bare_turn(at, end)))))
            }
        }
    }

    /// 3pm, 6:30, 9.30 a.m.
    pub(super) fn clock(&self, at: usize) -> Option<(usize, Said)> {
        let word = self.word(at);
        if self.shape(at) != Shape::Number {
            return None;
        }
        let after = self.word(at + 1);
        if matches!(after, "am" | "pm" | "a.m." | "p.m." | "gmt" | "o'clock" | "hrs") {
            return Some((at + 2, Said::Clock(hour(word, after))));
        }
        let digits = word.trim_end_matches(char::is_alphabetic);
        let suffix = &word[digits.len()..];
        let is_clock = digits.split_once(':').is_some_and(|(_, minutes)| minutes.len() == 2);
        (matches!(suffix, "am" | "pm") || is_clock)
            .then(|| (at + 1, Said::Clock(hour(digits, suffix))))
    }

    pub(super) fn weekday(&self, at: usize) -> Option<(usize, Said)> {
        if !matches!(self.shape(at), Shape::Capital | Shape::Upper) {
            return None;
        }
        let word = self.word(at);
        let short = SHORT_WEEKDAYS.contains(&word);
        let known = WEEKDAYS.iter().find(|(name, _)| *name == word);
        if known.is_none() && !short {
            return None;
        }
        // "Wednesday, March 22"; "Sat 18 March".
        let mut after = at + 1;
        if self.word(after) == "," {
            after += 1;
        }
        if self.word(after) == "the" {
            after += 1;
        }
        if let Some(dated) = self.calendar_day(after) {
            return Some(dated);
        }
        let (_, weekday) = known?;
        let end = self.part_of_day(at + 1);
        match (self.word(end), self.word(end + 1)) {
            ("last", "week") => {
                // Of the week before: the last such day, or the one before that.
                return Some((end + 2, Said::Relative(Relative::Weekday(*weekday, Turn::Last))));
            }
            ("next", "week") => {
                return Some((end + 2, Said::Relative(Relative::Weekday(*weekday, Turn::Next))));
            }
            _ => {}
        }
        Some((end, Said::Relative(Relative::Weekday(*weekday, self.bare_turn(at, end)))))
    }

    /// "24 March 2017", "the 24th of March", "March 24, 2017", "3-5 May".
    pub(super) fn calendar_day(&self, at: usize) -> Option<(usize, Said)> {
        let (months, day, last, end) = self.day_month(at).or_else(|| self.month_day(at))?;
        let two = |year: i32| {
            let first = calendar::month_day(year, months, day)?;
            match last {
                Some(last) => {
                    let last = calendar::month_day(year, months, last)?;
                    Some(Edtf::between(first.earliest(), last.latest()))
                }
                None => Some(first),
            }
        };
        match self.of_year(end) {
            Some((after, OfYear::Given(year))) => Some((after, Said::Date(two(year)))),
            Some((after, OfYear::Moved(n))) if last.is_none() => {
                Some((after, Said::Relative(Relative::MonthDayOfYear(months, day, n))))
            }
            _ => {
                if let Some((year, after)) = self.short_year(end) {
                    return Some((after, Said::Date(two(year))));
                }
                let end = self.part_of_day(end);
                let turn = self.bare_turn(at, end);
                let said = Relative::MonthDay(months, day, turn);
                match last {
                    None => Some((end, Said::Relative(said))),
                    Some(last) => {
                        // Both ends are of the year of the last day.
                        let until = calendar::resolve(
                            Relative::MonthDay(months, last, turn),
                            self.published,
                        );
                        let year = until.and_then(|date| date.latest().civil()).map(|d| d.year());
                        let value = year.and_then(|year| two(year.into()));
                        Some((end, Said::Resolved(value)))
                    }
                }
            }
        }
    }

    /// "24 March", "24th of March", "3 to 5 May": month, day, last day, token after.
    pub(super) fn day_month(&self, at: usize) -> Option<(i8, i8, Option<i8>, usize)> {
        let day = self.day_number(at)?;
        let mut next = at + 1;
        let mut last = None;
        if matches!(self.word(next), "-" | "–" | "to" | "and")
            && let Some(day) = self.day_number(next + 1)
        {
            last = Some(day);
            next += 2;
        }
        if self.word(next) == "of" {
            next += 1;
        }
        let month = self.month_name(next)?;
        Some((month, day, last, next + 1))
    }

    /// "March 24", "March 24th", "May 3-5": month, day, last day, token after.
    pub(super) fn month_day(&self, at: usize) -> Option<(i8, i8, Option<i8>, usize)> {
        let month = self.month_name(at)?;
        let next = at + 1 + usize::from(self.word(at + 1) == "the");
        let day = self.day_number(next)?;
        // "March 24 people" is no date, and neither is "May 1,300".
        if matches!(self.word(next + 1), "-" | "–" | "to" | "and")
            && let Some(last) = self.day_number(next + 2)
            && last > day
            && self.month_name(next + 3).is_none()
        {
            return Some((month, day, Some(last), next + 3));
        }
        Some((month, day, None, next + 1))
    }

    /// 1 to 31, with or without its ending.
    pub(super) fn day_number(&self, at: usize) -> Option<i8> {
        if self.shape(at) != Shape::Number {
            return None;
        }
        let word = self.word(at);
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
        let day: i8 = digits.unwrap_or(word).parse().ok()?;
        (1..=31).contains(&day).then_some(day)
    }

    pub(super) fn month_name(&self, at: usize) -> Option<i8> {
        if !matches!(self.shape(at), Shape::Capital | Shape::Upper) {
            return None;
        }
        let word = self.word(at);
        MONTHS.iter().find(|(name, _)| *name == word).map(|(_, month)| *month)
    }

    /// "yesterday", "tonight", "overnight".
    pub(super) fn deictic(&self, at: usize) -> Option<(usize, Said)> {
        let days = |n| Said::Relative(Relative::Days(n));
        match self.word(at) {
            "today" => Some((at + 1, days(0))),
            "tonight" => Some((at + 1, days(0))),
            "yesterday" => Some((self.part_of_day(at + 1), days(-1))),
            "tomorrow" => Some((self.part_of_day(at + 1), days(1))),
            "overnight" => Some((at + 1, Said::Relative(Relative::Overnight))),
            "the" if self.word(at + 1) == "day" => match (self.word(at + 2), self.word(at + 3)) {
                ("before", "yesterday") => Some((at + 4, days(-2))),
                ("after", "tomorrow") => Some((at + 4, days(2))),
                _ => None,
            },
            _ => None,
        }
    }

    /// "on the 22nd", of this month or the one before.
    pub(super) fn ordinal_day(&self, at: usize) -> Option<(usize, Said)> {
        let word = self.word(at);
        let ordinal = self.shape(at) == Shape::Number
            && ["st", "nd", "rd", "th"].iter().any(|end| word.ends_with(end));
        let placed = self.before(at) == "the"
            && at >= self.first + 2
            && matches!(self.word(at - 2), "on" | "of" | "since" | "until");
        let noun = matches!(self.shape(at + 1), Shape::Lower | Shape::Capital | Shape::Upper)
            && !matches!(self.word(at + 1), "and" | "when" | "but" | "in" | "at" | "by" | "after");
        if !ordinal || !placed || noun {
            return None;
        }
        let day = self.day_number(at)?;
        Some((at + 1, Said::Relative(Relative::DayOfMonth(day))))
    }

    /// "90" after "4 Feb", as agencies date their reports.
    pub(super) fn short_year(&self, at: usize) -> Option<(i32, usize)> {
        let mark = usize::from(matches!(self.word(at), "’" | "'"));
        let word = self.word(at + mark);
        if word.len() != 2 || self.shape(at + mark) != Shape::Number {
            return None;
        }
        let two: i32 = word.parse().ok()?;
        // "4 Feb 12 people died": a small number is a year only at the end of something.
        if two <= 31 && self.shape(at + mark + 1) != Shape::Mark {
            return None;
        }
        let now = self.published.and_then(|date| date.latest().civil()).map(|date| date.year());
        let latest = now.map_or(1999, i32::from);
        let year = latest.div_euclid(100) * 100 + two;
        Some((if year > latest + 1 { year - 100 } else { year }, at + mark + 1))
    }

    /// Past a part of the day.
    pub(super) fn part_of_day(&self, at: usize) -> usize {
        at + usize::from(PARTS_OF_DAY.contains(&self.word(at)))
    }

    /// Whether the verbs around a bare date send it into the future.
    pub(super) fn bare_turn(&self, start: usize, end: usize) -> Turn {
        let stops = |token: &&Token| {
            !matches!(token.lower.as_str(), "," | ";" | "”" | "''" | "\"" | "that")
        };
        let before = self.tokens[self.first..start].iter().rev().take(8).take_while(stops);
        let after = self.tokens[end.min(self.end)..self.end].iter().take(6).take_while(stops);
        let future = |token: &Token| FUTURE.contains(&token.lower.as_str());
        let past = |token: &Token| {
            token.lower.ends_with("ed")
                || matches!(token.lower.as_str(), "was" | "were" | "said" | "had")
        };
        // The nearest verb decides.
        let verb = |token: &&Token| future(token) || past(token);
        let decided = before.into_iter().find(verb).or_else(|| after.into_iter().find(verb));
        // "as soon as Tuesday", "as early as Monday"; "until Friday" where no verb says more.
        let soon = self.before(start) == "as"
            && start >= self.first + 3
            && matches!(self.word(start - 2), "soon" | "early");
        let until = decided.is_none() && matches!(self.before(start), "until" | "till");
        if soon || until || decided.is_some_and(future) { Turn::Next } else { Turn::Bare }
    }
}

/// Hours and minutes of "6:30" or "6.30", in the half of the day that follows it.
fn hour(digits: &str, half: &str) -> Option<(u8, u8)> {
    let (hour, minute) = digits.split_once([':', '.']).unwrap_or((digits, "0"));
    let (hour, minute): (u8, u8) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match half {
        "pm" | "p.m." if hour < 12 => hour + 12,
        "am" | "a.m." if hour == 12 => 0,
        _ => hour,
    };
    (hour <= 24 && minute < 60).then_some((hour, minute))
}
