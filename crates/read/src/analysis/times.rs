//! Words of a calendar → expressions of time, resolved against the published date.
//!
//! At each token the longest expression that begins there is taken. What it means on
//! the day of publication is [`super::calendar`]'s part; durations and clock times are
//! found, so that their numbers are not taken for counts, and have no value.

use std::sync::LazyLock;

use jiff::civil::Weekday;
use throughline_model::{Document, Edtf};

use super::calendar::{self, Holiday, Relative, Turn, Unit};
use super::{Sentence, Shape, Time, Token, lists, numbers};

/// Month names and their usual abbreviations.
const MONTHS: &[(&str, i8)] = &[
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sept", 9),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
];
const WEEKDAYS: &[(&str, Weekday)] = &[
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];
/// Only before a date: "Sat 18 March".
const SHORT_WEEKDAYS: &[&str] =
    &["mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun"];
const SEASONS: &[(&str, i8)] =
    &[("spring", 1), ("summer", 2), ("autumn", 3), ("fall", 3), ("winter", 4)];
const UNITS: &[(&str, Unit)] = &[
    ("day", Unit::Day),
    ("week", Unit::Week),
    ("fortnight", Unit::Week),
    ("weekend", Unit::Weekend),
    ("month", Unit::Month),
    ("year", Unit::Year),
    ("decade", Unit::Decade),
    ("century", Unit::Century),
];
const PARTS_OF_DAY: &[&str] = &[
    "morning",
    "afternoon",
    "evening",
    "night",
    "lunchtime",
    "midday",
    "noon",
    "midnight",
    "dawn",
];
/// Words that send a bare weekday or date into the future.
const FUTURE: &[&str] =
    &["will", "'ll", "shall", "due", "scheduled", "upcoming", "planned", "expected", "until"];

static HOLIDAYS: LazyLock<Vec<(Vec<&'static str>, Named)>> = LazyLock::new(|| {
    let mut named: Vec<(Vec<&'static str>, Named)> =
        lists::map_entries(include_str!("../../resources/holidays.txt"))
            .filter_map(|(words, rule)| {
                Some((words.split_whitespace().collect(), parse_rule(rule)?))
            })
            .collect();
    named.sort_by_key(|(words, _)| usize::MAX - words.len());
    named
});

/// What the list says of a named day.
#[derive(Debug, Clone)]
enum Named {
    Yearly(Holiday),
    Once(Edtf),
}

fn parse_rule(rule: &'static str) -> Option<Named> {
    let month_day = |rule: &str| -> Option<(i8, i8)> {
        let (month, day) = rule.split_once('-')?;
        Some((month.parse().ok()?, day.parse().ok()?))
    };
    if let Some(days) = rule.strip_prefix("easter") {
        return Some(Named::Yearly(Holiday::Easter(days.parse().ok()?)));
    }
    if let Some((nth, month)) = rule.split_once(' ') {
        let (weekday, nth) = nth.split_at_checked(3)?;
        let weekday = WEEKDAYS.iter().find(|(name, _)| name.starts_with(weekday))?.1;
        let (nth, month) = (nth.parse().ok()?, month.parse().ok()?);
        return Some(Named::Yearly(Holiday::Nth { weekday, nth, month }));
    }
    if let Some((first, _)) = rule.split_once("/+") {
        let (month, day) = month_day(first)?;
        return Some(Named::Yearly(Holiday::Fixed { month, day, into_next_year: true }));
    }
    match month_day(rule) {
        Some((month, day)) if rule.len() == 5 => {
            Some(Named::Yearly(Holiday::Fixed { month, day, into_next_year: false }))
        }
        _ => Some(Named::Once(rule.parse().ok()?)),
    }
}

/// What an expression says.
enum Said {
    Date(Option<Edtf>),
    Relative(Relative),
    /// Relative, and resolved already.
    Resolved(Option<Edtf>),
    /// Relative to something else than the day of publication, or a duration.
    Open {
        relative: bool,
    },
}

/// The expressions of time in a text, in order.
pub(super) fn read(document: &Document, tokens: &[Token], sentences: &[Sentence]) -> Vec<Time> {
    let mut times = Vec::new();
    let published = document.published.as_ref();
    for sentence in sentences {
        let reader =
            Reader { tokens, first: sentence.tokens.start, end: sentence.tokens.end, published };
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let Some((end, said)) = reader.expression(at) else {
                at += 1;
                continue;
            };
            let (value, relative) = match said {
                Said::Date(value) => (value, false),
                Said::Relative(said) => (calendar::resolve(said, published), true),
                Said::Resolved(value) => (value, true),
                Said::Open { relative } => (None, relative),
            };
            times.push(Time { tokens: at..end, value, relative });
            at = end;
        }
    }
    times
}

struct Reader<'a> {
    tokens: &'a [Token],
    first: usize,
    end: usize,
    published: Option<&'a Edtf>,
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).filter(|_| at < self.end).map_or("", |token| token.lower.as_str())
    }

    fn before(&self, at: usize) -> &str {
        if at > self.first { self.word(at - 1) } else { "" }
    }

    fn shape(&self, at: usize) -> Shape {
        self.tokens.get(at).filter(|_| at < self.end).map_or(Shape::Mark, |token| token.shape)
    }

    /// The expression that begins at a token, and the token after it.
    fn expression(&self, at: usize) -> Option<(usize, Said)> {
        // Most tokens begin none; what can is a number, a capital or one of few words.
        match self.shape(at) {
            Shape::Mark if !matches!(self.word(at), "’" | "'") => return None,
            _ => {}
        }
        self.iso(at)
            .or_else(|| self.holiday(at))
            .or_else(|| self.clock(at))
            .or_else(|| self.weekday(at))
            .or_else(|| self.calendar_day(at))
            .or_else(|| self.month(at))
            .or_else(|| self.season(at))
            .or_else(|| self.deictic(at))
            .or_else(|| self.unit(at))
            .or_else(|| self.counted(at))
            .or_else(|| self.qualified(at))
            .or_else(|| self.ordinal_day(at))
            .or_else(|| self.year(at))
    }

    /// 2017-03-22, 22/03/2017, 22.03.2017.
    fn iso(&self, at: usize) -> Option<(usize, Said)> {
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

    fn holiday(&self, at: usize) -> Option<(usize, Said)> {
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
    fn clock(&self, at: usize) -> Option<(usize, Said)> {
        let word = self.word(at);
        let open = Said::Open { relative: true };
        if self.shape(at) != Shape::Number {
            return None;
        }
        let after = self.word(at + 1);
        if matches!(after, "am" | "pm" | "a.m." | "p.m." | "gmt" | "o'clock" | "hrs") {
            return Some((at + 2, open));
        }
        let digits = word.trim_end_matches(char::is_alphabetic);
        let suffix = &word[digits.len()..];
        let is_clock = digits.split_once(':').is_some_and(|(_, minutes)| minutes.len() == 2);
        (matches!(suffix, "am" | "pm") || is_clock).then_some((at + 1, open))
    }

    fn weekday(&self, at: usize) -> Option<(usize, Said)> {
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
    fn calendar_day(&self, at: usize) -> Option<(usize, Said)> {
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
    fn day_month(&self, at: usize) -> Option<(i8, i8, Option<i8>, usize)> {
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
    fn month_day(&self, at: usize) -> Option<(i8, i8, Option<i8>, usize)> {
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
    fn day_number(&self, at: usize) -> Option<i8> {
        if self.shape(at) != Shape::Number {
            return None;
        }
        let word = self.word(at);
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
        let day: i8 = digits.unwrap_or(word).parse().ok()?;
        (1..=31).contains(&day).then_some(day)
    }

    fn month_name(&self, at: usize) -> Option<i8> {
        if !matches!(self.shape(at), Shape::Capital | Shape::Upper) {
            return None;
        }
        let word = self.word(at);
        MONTHS.iter().find(|(name, _)| *name == word).map(|(_, month)| *month)
    }

    /// "in March", "March 2017", "last March".
    fn month(&self, at: usize) -> Option<(usize, Said)> {
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
        Some((end, Said::Relative(Relative::Month(month, self.bare_turn(at, end)))))
    }

    /// "summer 2016", "the summer of 2016", "in the summer".
    fn season(&self, at: usize) -> Option<(usize, Said)> {
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
            && matches!(self.word(at - 2), "in" | "over" | "during" | "since" | "until" | "by");
        let noun = self.shape(end) == Shape::Lower && self.word(end) == "of";
        if !placed || noun || self.word(at) == "fall" {
            return None;
        }
        Some((end, Said::Relative(Relative::Season(season, Turn::Bare))))
    }

    /// "yesterday", "tonight", "overnight".
    fn deictic(&self, at: usize) -> Option<(usize, Said)> {
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

    /// "last week", "this month", "next year", "last summer", "last Wednesday".
    fn unit(&self, at: usize) -> Option<(usize, Said)> {
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
    fn counted(&self, at: usize) -> Option<(usize, Said)> {
        if matches!(self.word(at), "last" | "past") {
            let (n, next) = numbers::number(self.tokens, at + 1, self.end)?;
            let (_, unit) = self.plural_unit(next)?;
            let n = i32::try_from(n).ok()?;
            return Some((next + 1, Said::Relative(Relative::Past(n, unit?))));
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
        let (fortnights, unit) = self.plural_unit(next)?;
        let end = next + 1;
        let n = i32::try_from(n).ok()?.checked_mul(fortnights)?;
        let turned = match self.word(end) {
            "ago" if n > 0 => {
                // Hours and minutes ago have no unit here.
                return Some((end + 1, Said::Relative(Relative::Ago(n, unit?))));
            }
            "ago" | "earlier" | "later" | "before" | "after" => true,
            // "a day" alone is often "per day", and "a year" likewise.
            _ if article => return None,
            _ => false,
        };
        Some((if turned { end + 1 } else { end }, Said::Open { relative: turned }))
            .filter(|_| n > 0 || turned)
    }

    /// "earlier this month", "late last year", "early 2016", "mid-March".
    fn qualified(&self, at: usize) -> Option<(usize, Said)> {
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

    /// "on the 22nd", of this month or the one before.
    fn ordinal_day(&self, at: usize) -> Option<(usize, Said)> {
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

    /// "2015", "the 1990s".
    fn year(&self, at: usize) -> Option<(usize, Said)> {
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
        // "2000 people" is a count; "the 2015 attacks" is a year.
        let counted = self.shape(at + 1) == Shape::Lower
            && (self.word(at + 1).ends_with('s') && self.word(at + 1) != "was"
                || matches!(
                    self.word(at + 1),
                    "people" | "men" | "women" | "dead" | "children" | "or"
                ));
        let the = self.before(at) == "the";
        if counted && !the
            || !placed && matches!(self.shape(at + 1), Shape::Lower) && !self.followed(at)
        {
            return None;
        }
        // "1,500" never gets here, "£2000" does.
        if matches!(self.before(at), "$" | "£" | "€") {
            return None;
        }
        Some((at + 1, Said::Date(calendar::year(year))))
    }

    /// Whether what follows a bare year lets it be one: "2016 was a bad year".
    fn followed(&self, at: usize) -> bool {
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
    fn of_year(&self, at: usize) -> Option<(usize, OfYear)> {
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

    /// "90" after "4 Feb", as agencies date their reports.
    fn short_year(&self, at: usize) -> Option<(i32, usize)> {
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
    fn part_of_day(&self, at: usize) -> usize {
        at + usize::from(PARTS_OF_DAY.contains(&self.word(at)))
    }

    fn unit_word(&self, at: usize) -> Option<Unit> {
        let word = self.word(at);
        UNITS.iter().find(|(name, _)| *name == word).map(|(_, unit)| *unit)
    }

    /// A unit in the singular or plural, and how many of it the word is; none for hours.
    fn plural_unit(&self, at: usize) -> Option<(i32, Option<Unit>)> {
        let word = self.word(at);
        if matches!(word, "hour" | "hours" | "minute" | "minutes" | "second" | "seconds") {
            return Some((1, None));
        }
        let singular =
            if word == "centuries" { "century" } else { word.strip_suffix('s').unwrap_or(word) };
        let fortnights = if singular == "fortnight" { 2 } else { 1 };
        UNITS.iter().find(|(name, _)| *name == singular).map(|(_, unit)| (fortnights, Some(*unit)))
    }

    /// Whether the verbs around a bare date send it into the future.
    fn bare_turn(&self, start: usize, end: usize) -> Turn {
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
        if decided.is_some_and(future) { Turn::Next } else { Turn::Bare }
    }
}

/// A year after a date.
enum OfYear {
    Given(i32),
    Moved(i32),
}

/// A year from 1500 to 2100.
fn four_digits(word: &str) -> Option<i32> {
    let year: i32 = word.parse().ok().filter(|_| word.len() == 4)?;
    (1500..=2100).contains(&year).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{sentences, testing::document};

    fn check(published: &str, text: &str, expected: &[(&str, &str)]) {
        let document = document(text, Some(published).filter(|date| !date.is_empty()));
        let (tokens, sentences) = sentences::read(&document);
        let times = read(&document, &tokens, &sentences);
        let found: Vec<(&str, &str)> = times
            .iter()
            .map(|time| {
                let held = &tokens[time.tokens.clone()];
                let span = held[0].span.join(held[held.len() - 1].span);
                (span.of(&document.text), time.value.as_ref().map_or("", Edtf::as_str))
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn dates_that_stand_alone() {
        for (text, words, value) in [
            ("on 24 March 2017,", "24 March 2017", "2017-03-24"),
            ("on March 24, 2017,", "March 24, 2017", "2017-03-24"),
            ("of Nov 13 2015 when", "Nov 13 2015", "2015-11-13"),
            ("the 3rd of May, 1886,", "3rd of May, 1886", "1886-05-03"),
            ("on Wednesday, March 22, 2017", "Wednesday, March 22, 2017", "2017-03-22"),
            ("in March 2017", "March 2017", "2017-03"),
            ("the summer of 2016", "summer of 2016", "2016-22"),
            ("in 2015.", "2015", "2015"),
            ("the 2015 attacks", "2015", "2015"),
            ("the 1890s", "1890s", "189X"),
            ("from 3 to 5 May 2016", "3 to 5 May 2016", "2016-05-03/2016-05-05"),
            ("after 9/11", "9/11", "2001-09-11"),
            ("on 2017-03-22", "2017-03-22", "2017-03-22"),
            ("on Christmas Day 2009", "Christmas Day 2009", "2009-12-25"),
        ] {
            check("", text, &[(words, value)]);
        }
    }

    #[test]
    fn dates_that_need_the_published_date() {
        // 24 March 2017 is a Friday.
        for (text, words, value) in [
            ("Wednesday’s murders", "Wednesday", "2017-03-22"),
            ("He left on Friday.", "Friday", "2017-03-24"),
            ("He left last Friday.", "last Friday", "2017-03-17"),
            ("They will meet on Monday.", "Monday", "2017-03-27"),
            ("released yesterday by", "yesterday", "2017-03-23"),
            ("early yesterday morning", "early yesterday morning", "2017-03-23"),
            ("killed last night", "last night", "2017-03-23"),
            ("earlier today", "earlier today", "2017-03-24"),
            ("in Florida last summer,", "last summer", "2016-22"),
            ("last winter", "last winter", "2016-24"),
            ("the attack on New Year’s Eve,", "New Year’s Eve", "2016-12-31/2017-01-01"),
            ("at Christmas", "Christmas", "2016-12-25"),
            ("on Good Friday last year", "Good Friday last year", "2016-03-25"),
            ("consequences last year when", "last year", "2016"),
            ("last week", "last week", "2017-03-13/2017-03-19"),
            ("last weekend", "last weekend", "2017-03-18/2017-03-19"),
            ("last month", "last month", "2017-02"),
            ("earlier this month", "earlier this month", "2017-03-01/2017-03-24"),
            ("on December 19", "December 19", "2016-12-19"),
            ("on 22 March", "22 March", "2017-03-22"),
            ("in July", "July", "2016-07"),
            ("in March", "March", "2017-03"),
            ("last March", "last March", "2016-03"),
            ("in November last year", "November last year", "2016-11"),
            ("in late January", "late January", "2017-01"),
            ("on the 22nd.", "22nd", "2017-03-22"),
            ("two days ago", "two days ago", "2017-03-22"),
            ("a week ago", "a week ago", "2017-03-14/2017-03-20"),
            ("three years ago", "three years ago", "2014"),
            ("in the past two weeks", "past two weeks", "2017-03-10/2017-03-24"),
            ("on Tuesday night", "Tuesday night", "2017-03-21"),
        ] {
            check("2017-03-24", text, &[(words, value)]);
        }
        check("", "It happened last summer.", &[("last summer", "")]);
        check(
            "2017",
            "It happened last year, on Monday.",
            &[("last year", "2016"), ("Monday", "")],
        );
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "It may march.",
            "May Smith said so.",
            "On the 22nd floor",
            "2000 people fled",
            "the last day",
            "Sun and Wed",
        ] {
            check("2017-03-24", text, &[]);
        }
        check("2017-03-24", "It took three days.", &[("three days", "")]);
        check("2017-03-24", "At 9 p.m. they left.", &[("9 p.m.", "")]);
    }
}
