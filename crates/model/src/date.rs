//! Dates as the sources give them: EDTF (ISO 8601-2), never more exact than said.

use std::fmt;
use std::str::FromStr;

use edtf_core::{Bound, BoundDate};

use crate::Instant;

/// A calendar day, counted from 1970-01-01 in the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl Day {
    /// Earlier than every date: the bound of an open start.
    pub const MIN: Day = Day(i32::MIN);
    /// Later than every date: the bound of an open end.
    pub const MAX: Day = Day(i32::MAX);

    /// The day of a civil date, or `None` if the calendar has no such day.
    pub fn from_ymd(year: i16, month: i8, day: i8) -> Option<Day> {
        let date = jiff::civil::Date::new(year, month, day).ok()?;
        Some(Day::from_civil(date))
    }

    /// The day of a [`jiff`] civil date.
    pub fn from_civil(date: jiff::civil::Date) -> Day {
        let epoch = jiff::civil::date(1970, 1, 1);
        let days = date.since(epoch).map_or(0, |span| span.get_days());
        Day(days)
    }

    /// The civil date of this day, or `None` outside the years -9999 to 9999.
    pub fn civil(self) -> Option<jiff::civil::Date> {
        // Open bounds lie outside every calendar.
        let since = jiff::Span::new().try_days(self.0).ok()?;
        jiff::civil::date(1970, 1, 1).checked_add(since).ok()
    }

    /// This day moved by a number of days; past the ends of the calendar it is an open bound.
    pub fn plus(self, days: i32) -> Day {
        match self {
            Day::MIN | Day::MAX => self,
            Day(n) => match Day(n.saturating_add(days)) {
                day if day.civil().is_some() => day,
                _ if days < 0 => Day::MIN,
                _ => Day::MAX,
            },
        }
    }

    fn from_bound(bound: BoundDate) -> Day {
        let (Ok(year), Ok(month), Ok(day)) =
            (i16::try_from(bound.year), i8::try_from(bound.month), i8::try_from(bound.day))
        else {
            return if bound.year < 0 { Day::MIN } else { Day::MAX };
        };
        Day::from_ymd(year, month, day).unwrap_or(if year < 0 { Day::MIN } else { Day::MAX })
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.civil() {
            // EDTF and ISO 8601 have four digits after the sign.
            Some(date) if date.year() < 0 => {
                write!(f, "-{:04}-{:02}-{:02}", -date.year(), date.month(), date.day())
            }
            Some(date) => write!(f, "{date}"),
            None => f.write_str(if self.0 < 0 { "-inf" } else { "inf" }),
        }
    }
}

/// A date in EDTF, levels 0 to 2, with its first and last possible day.
///
/// Two dates are equal when their canonical text is equal: `2016` and
/// `2016-01-01/2016-12-31` have the same bounds and are not the same statement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edtf {
    text: Box<str>,
    earliest: Day,
    latest: Day,
}

impl Edtf {
    /// One day; an open bound is everything past that end of the calendar.
    pub fn day(day: Day) -> Edtf {
        Edtf::between(day, day)
    }

    /// From one day to another, both included. The order of the two does not matter. A day past an
    /// end of the calendar leaves that end open; one end of two is always a day of the calendar.
    pub fn between(a: Day, b: Day) -> Edtf {
        let first = Day::from_civil(jiff::civil::Date::MIN);
        let last = Day::from_civil(jiff::civil::Date::MAX);
        let (earliest, latest) = (a.min(b).min(last), a.max(b).max(first));
        let (earliest, latest) = match (earliest < first, latest > last) {
            (false, false) if earliest == latest => {
                return Edtf { text: earliest.to_string().into(), earliest, latest };
            }
            (false, false) => (earliest, latest),
            (true, false) => (Day::MIN, latest),
            (false, true) => (earliest, Day::MAX),
            // EDTF has no interval that is open at both ends.
            (true, true) => (first, Day::MAX),
        };
        let side = |day: Day| match day {
            Day::MIN | Day::MAX => "..".to_owned(),
            day => day.to_string(),
        };
        let text = format!("{}/{}", side(earliest), side(latest));
        Edtf { text: text.into(), earliest, latest }
    }

    /// The canonical EDTF text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The first day on which the date could lie; [`Day::MIN`] if open.
    pub fn earliest(&self) -> Day {
        self.earliest
    }

    /// The last day on which the date could lie; [`Day::MAX`] if open.
    pub fn latest(&self) -> Day {
        self.latest
    }

    /// Whether a date has begun somewhere on earth at a moment. Where the day begins first, it does so
    /// fourteen hours before Greenwich.
    pub fn has_begun(&self, at: Instant) -> bool {
        Instant::end_of(self.earliest().plus(-1)).0 - 14 * 3_600_000 <= at.0
    }

    /// The day by which dates are put in order: the first, or of a date that is open towards the past
    /// ("by 1887") the last.
    pub fn order(&self) -> Day {
        if self.earliest == Day::MIN { self.latest } else { self.earliest }
    }

    /// Whether the two dates could be the same day.
    pub fn overlaps(&self, other: &Edtf) -> bool {
        self.earliest <= other.latest && other.earliest <= self.latest
    }

    /// Whether every day of `other` lies within this date.
    pub fn contains(&self, other: &Edtf) -> bool {
        self.earliest <= other.earliest && other.latest <= self.latest
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A text that is no EDTF date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdtfError {
    /// The text as given.
    pub text: String,
}

impl fmt::Display for EdtfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} is no date; write it as 2017-03-24, 2017-03, 2017 or 2017-03-01/2017-03-24",
            self.text
        )
    }
}

impl std::error::Error for EdtfError {}

impl FromStr for Edtf {
    type Err = EdtfError;

    fn from_str(text: &str) -> Result<Edtf, EdtfError> {
        // Nearly all dates of documents, and very many are read at a time.
        if let Some(day) = plain_day(text) {
            return Ok(Edtf { text: text.into(), earliest: day, latest: day });
        }
        let error = || EdtfError { text: text.to_owned() };
        let parsed = edtf_core::Edtf::parse(text.trim()).map_err(|_| error())?;
        let bounds = parsed.bounds();
        let side = |bound| match bound {
            Bound::NegativeInfinity => Day::MIN,
            Bound::PositiveInfinity => Day::MAX,
            Bound::Date(date) => Day::from_bound(date),
            Bound::Unknown => Day::MIN,
        };
        let latest = match bounds.latest {
            Bound::Unknown => Day::MAX,
            known => side(known),
        };
        Ok(Edtf { text: parsed.to_string().into(), earliest: side(bounds.earliest), latest })
    }
}

/// The day of a date that is written in full, such as `2016-11-13`.
fn plain_day(text: &str) -> Option<Day> {
    let digits = |from: usize, to: usize| -> Option<i16> {
        let part = text.get(from..to).filter(|part| part.bytes().all(|b| b.is_ascii_digit()))?;
        part.parse().ok()
    };
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let (month, day) = (i8::try_from(digits(5, 7)?).ok()?, i8::try_from(digits(8, 10)?).ok()?);
    Day::from_ymd(digits(0, 4)?, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_alone_stays_a_year() {
        let date: Edtf = "2016".parse().unwrap();
        assert_eq!(date.as_str(), "2016");
        assert_eq!(date.earliest().to_string(), "2016-01-01");
        assert_eq!(date.latest().to_string(), "2016-12-31");
    }

    #[test]
    fn a_date_in_full_is_read_as_any_other() {
        for text in ["2016-11-13", "2016-02-29", "0000-01-01", "9999-12-31"] {
            let date: Edtf = text.parse().unwrap();
            // A qualified date goes the long way.
            let doubted: Edtf = format!("{text}?").parse().unwrap();
            assert_eq!((date.earliest(), date.latest()), (doubted.earliest(), doubted.latest()));
            assert_eq!(date.as_str(), text);
        }
        for text in ["2015-02-29", "2016-13-01", "2016-+1-01", "2016-1-011", "２016-1-1"] {
            assert!(text.parse::<Edtf>().is_err(), "{text}");
        }
    }

    #[test]
    fn open_intervals_have_open_bounds() {
        let date: Edtf = "1894-02/..".parse().unwrap();
        assert_eq!(date.latest(), Day::MAX);
        assert_eq!(date.earliest().to_string(), "1894-02-01");
    }

    #[test]
    fn an_open_bound_is_no_day_of_the_calendar() {
        assert_eq!(Day::MIN.civil(), None);
        assert_eq!(Day::MAX.civil(), None);
        assert_eq!(Day::MIN.to_string(), "-inf");
    }

    #[test]
    fn days_before_the_epoch_count_backwards() {
        let day = Day::from_ymd(1881, 3, 13).unwrap();
        assert_eq!(day.to_string(), "1881-03-13");
        assert_eq!(day.plus(1).to_string(), "1881-03-14");
    }

    #[test]
    fn a_date_made_of_days_is_read_again_as_it_is() {
        let first = Day::from_civil(jiff::civil::Date::MIN);
        let last = Day::from_civil(jiff::civil::Date::MAX);
        let year_zero = Day::from_ymd(0, 1, 1).unwrap();
        let ends = [Day::MIN, first.plus(-1), first, first.plus(1), year_zero.plus(-1), year_zero];
        let ends =
            ends.into_iter().chain([Day(0), last, last.plus(1), Day(i32::MAX - 1), Day::MAX]);
        let ends: Vec<Day> = ends.collect();
        for (at, a) in ends.iter().enumerate() {
            let day = Edtf::day(*a);
            assert_eq!(day.as_str().parse(), Ok(day.clone()), "{day}");
            for b in &ends[at + 1..] {
                let dates = Edtf::between(*b, *a);
                assert_eq!(dates.as_str().parse(), Ok(dates.clone()), "{dates}");
            }
        }
        assert_eq!(Edtf::day(year_zero.plus(-1)).as_str(), "-0001-12-31");
    }

    #[test]
    fn what_is_no_date_is_refused_by_its_text() {
        let error = "last Tuesday".parse::<Edtf>().unwrap_err();
        assert!(error.to_string().contains("last Tuesday"));
        assert!("2017-02-30".parse::<Edtf>().is_err());
    }
}
