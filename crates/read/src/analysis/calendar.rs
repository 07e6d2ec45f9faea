//! What an expression of time means on a given day.

use jiff::civil::{Date, Weekday, date};
use jiff::{Span as Time, ToSpan};
use throughline_model::{Day, Edtf};

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Weekend,
    Month,
    Year,
    Decade,
    Century,
}

/// Which of the recurring ones is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// No word: in reports the latest one, today included.
    Bare,
    /// "last", "past": the latest one that is over.
    Last,
    /// "this", or a verb in the present: the one nearest to now.
    This,
    /// "next", "coming", or a verb in the future.
    Next,
}

/// A rule for a day with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holiday {
    /// A month and day, and perhaps the night into the next year.
    Fixed { month: i8, day: i8, into_next_year: bool },
    /// So many days from Easter Sunday.
    Easter(i32),
    /// The n-th such weekday of a month.
    Nth { weekday: Weekday, nth: i8, month: i8 },
}

/// An expression that says when only together with the day on which it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relative {
    /// So many days from now.
    Days(i32),
    /// Yesterday into today.
    Overnight,
    Weekday(Weekday, Turn),
    /// The unit that holds now, moved by so many.
    Unit(Unit, i32),
    /// From the start of the unit until now, or the rest of it.
    Earlier(Unit),
    Later(Unit),
    /// So many units before now, as exact as the unit.
    Ago(i32, Unit),
    /// The last so many units until now.
    Past(i32, Unit),
    Month(i8, Turn),
    /// A month of the year that lies so many from now.
    MonthOfYear(i8, i32),
    /// A season, 1 (spring) to 4 (winter).
    Season(i8, Turn),
    MonthDay(i8, i8, Turn),
    MonthDayOfYear(i8, i8, i32),
    /// A day of this month or the one before.
    DayOfMonth(i8),
    Holiday(Holiday, Turn),
    HolidayOfYear(Holiday, i32),
}

/// What an expression means in a document published then; `None` if that cannot be said.
///
/// A published date of several days gives a value only if all of its days give the same.
pub(super) fn resolve(said: Relative, published: Option<&Edtf>) -> Option<Edtf> {
    let published = published?;
    let (first, last) = (published.earliest(), published.latest());
    if first == Day::MIN || last == Day::MAX {
        return None;
    }
    let value = on(said, first.civil()?)?;
    (first == last || on(said, last.civil()?)? == value).then_some(value)
}

fn on(said: Relative, today: Date) -> Option<Edtf> {
    match said {
        Relative::Days(n) => Some(day(plus(today, n)?)),
        Relative::Overnight => Some(between(plus(today, -1)?, today)),
        Relative::Weekday(weekday, turn) => {
            let since = (today.weekday().to_monday_zero_offset() - weekday.to_monday_zero_offset())
                .rem_euclid(7);
            let back = match turn {
                Turn::Bare => -i32::from(since),
                Turn::Last => -i32::from(if since == 0 { 7 } else { since }),
                Turn::This if since <= 1 => -i32::from(since),
                Turn::This | Turn::Next => i32::from((7 - since) % 7),
            };
            let back = if turn == Turn::Next && back == 0 { 7 } else { back };
            Some(day(plus(today, back)?))
        }
        Relative::Unit(unit, n) => unit_at(today, unit, n),
        Relative::Earlier(unit) => {
            let first = unit_at(today, unit, 0)?.earliest();
            Some(Edtf::between(first, Day::from_civil(today)))
        }
        Relative::Later(unit) => {
            let last = unit_at(today, unit, 0)?.latest();
            Some(Edtf::between(Day::from_civil(today), last))
        }
        Relative::Ago(n, unit) => match unit {
            Unit::Day => Some(day(plus(today, n.checked_neg()?)?)),
            Unit::Week | Unit::Weekend => {
                let middle = plus(today, n.checked_mul(-7)?)?;
                Some(between(plus(middle, -3)?, plus(middle, 3)?))
            }
            Unit::Month => unit_at(today, Unit::Month, -n),
            Unit::Year => unit_at(today, Unit::Year, -n),
            // "Two decades ago" is about twenty years ago.
            Unit::Decade | Unit::Century => None,
        },
        Relative::Past(n, unit) => {
            let span: Time = match unit {
                Unit::Day => Time::new().try_days(n).ok()?,
                Unit::Week => Time::new().try_weeks(n).ok()?,
                Unit::Month => Time::new().try_months(n).ok()?,
                Unit::Year => Time::new().try_years(n).ok()?,
                Unit::Decade => Time::new().try_years(i64::from(n) * 10).ok()?,
                Unit::Weekend | Unit::Century => return None,
            };
            Some(between(today.checked_sub(span).ok()?, today))
        }
        Relative::Month(month, turn) => {
            let ahead = (month - today.month()).rem_euclid(12);
            let year = i32::from(today.year());
            let passed = i32::from(month > today.month());
            let year = match turn {
                // Two months ahead is nearer than ten months back.
                Turn::Bare | Turn::This if ahead <= 2 => year + i32::from(month < today.month()),
                Turn::Bare | Turn::This => year - passed,
                Turn::Last => year - i32::from(month >= today.month()),
                Turn::Next => year + i32::from(month <= today.month()),
            };
            month_of(year, month)
        }
        Relative::MonthOfYear(month, n) => month_of(i32::from(today.year()) + n, month),
        Relative::Season(season, turn) => season_at(today, season, turn),
        Relative::MonthDay(month, number, turn) => {
            let of = |year: i32| Date::new(i16::try_from(year).ok()?, month, number).ok();
            nearest(today, turn, of).map(day)
        }
        Relative::MonthDayOfYear(month, number, n) => {
            month_day(i32::from(today.year()) + n, month, number)
        }
        Relative::DayOfMonth(number) => {
            let this = Date::new(today.year(), today.month(), number).ok();
            let before = today.first_of_month().checked_sub(1.day()).ok()?;
            let last = Date::new(before.year(), before.month(), number).ok();
            this.filter(|date| *date <= today).or(last).map(day)
        }
        Relative::Holiday(holiday, turn) => {
            let first = nearest(today, turn, |year| holiday_in(holiday, year))?;
            holiday_value(holiday, i32::from(first.year()))
        }
        Relative::HolidayOfYear(holiday, n) => holiday_value(holiday, i32::from(today.year()) + n),
    }
}

/// The day of a recurring one that the turn asks for, given the one of each year.
fn nearest(today: Date, turn: Turn, of: impl Fn(i32) -> Option<Date>) -> Option<Date> {
    let year = i32::from(today.year());
    // Eight years either way: a 29 February may be that far.
    let past = |strict: bool| {
        let fits = |date: &Date| if strict { *date < today } else { *date <= today };
        (0..=8).filter_map(|n| of(year - n)).find(fits)
    };
    let coming = || (0..=8).filter_map(|n| of(year + n)).find(|date| *date > today);
    match turn {
        Turn::Next => coming(),
        Turn::Last => past(true),
        Turn::Bare | Turn::This => {
            // A day nearly a year back would be given with its year.
            let soon = coming()
                .filter(|date| date.checked_sub(45.days()).is_ok_and(|early| early <= today));
            let past = past(false);
            let far = past.and_then(|date| date.checked_add(300.days()).ok());
            if far.is_none_or(|far| far < today) { soon.or(past) } else { past }
        }
    }
}

fn unit_at(today: Date, unit: Unit, n: i32) -> Option<Edtf> {
    match unit {
        Unit::Day => Some(day(plus(today, n)?)),
        Unit::Week => {
            let back = i32::from(today.weekday().to_monday_zero_offset());
            let monday = plus(today, n.checked_mul(7)?.checked_sub(back)?)?;
            Some(between(monday, plus(monday, 6)?))
        }
        Unit::Weekend => {
            let back = i32::from(today.weekday().to_monday_zero_offset());
            // On a Saturday or Sunday "last weekend" is the one before, "this" is now.
            let saturday = plus(today, n.checked_mul(7)?.checked_add(5)?.checked_sub(back)?)?;
            Some(between(saturday, plus(saturday, 1)?))
        }
        Unit::Month => {
            let months = i32::from(today.year()) * 12 + i32::from(today.month()) - 1;
            let months = months.checked_add(n)?;
            month_of(months.div_euclid(12), i8::try_from(months.rem_euclid(12)).ok()? + 1)
        }
        Unit::Year => year(i32::from(today.year()).checked_add(n)?),
        Unit::Decade => decade(i32::from(today.year()).div_euclid(10).checked_add(n)? * 10),
        Unit::Century => {
            let century = i32::from(today.year()).div_euclid(100).checked_add(n)?;
            (0..=99).contains(&century).then(|| format!("{century:02}XX").parse().ok())?
        }
    }
}

fn season_at(today: Date, season: i8, turn: Turn) -> Option<Edtf> {
    let year = i32::from(today.year());
    let now = Day::from_civil(today);
    let mut candidates = (year - 2..=year + 2).rev().filter_map(|year| season_of(year, season));
    match turn {
        Turn::Last => candidates.find(|value| value.latest() < now),
        Turn::Bare | Turn::This => {
            let soon = now.plus(if turn == Turn::This { 120 } else { 0 });
            candidates.find(|value| value.earliest() <= soon)
        }
        Turn::Next => candidates.rfind(|value| value.earliest() > now),
    }
}

/// A season of a year, 1 (spring) to 4 (winter, into the next year).
pub(super) fn season_of(year: i32, season: i8) -> Option<Edtf> {
    format!("{year:04}-{}", 20 + season).parse().ok()
}

/// A year.
pub(super) fn year(year: i32) -> Option<Edtf> {
    (0..=9999).contains(&year).then(|| format!("{year:04}").parse().ok())?
}

/// A decade, given its first year.
pub(super) fn decade(first: i32) -> Option<Edtf> {
    (0..=9999).contains(&first).then(|| format!("{:03}X", first / 10).parse().ok())?
}

/// A month of a year.
pub(super) fn month_of(year: i32, month: i8) -> Option<Edtf> {
    (0..=9999).contains(&year).then(|| format!("{year:04}-{month:02}").parse().ok())?
}

/// A day of a year, if the calendar has it.
pub(super) fn month_day(year: i32, month: i8, number: i8) -> Option<Edtf> {
    Some(Edtf::day(Day::from_ymd(i16::try_from(year).ok()?, month, number)?))
}

/// A named day of a year.
pub(super) fn holiday_value(holiday: Holiday, year: i32) -> Option<Edtf> {
    let first = holiday_in(holiday, year)?;
    match holiday {
        Holiday::Fixed { into_next_year: true, .. } => Some(between(first, plus(first, 1)?)),
        _ => Some(day(first)),
    }
}

fn holiday_in(holiday: Holiday, year: i32) -> Option<Date> {
    let year = i16::try_from(year).ok()?;
    match holiday {
        Holiday::Fixed { month, day, .. } => Date::new(year, month, day).ok(),
        Holiday::Easter(days) => plus(easter(year)?, days),
        Holiday::Nth { weekday, nth, month } => {
            Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
        }
    }
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876).
fn easter(year: i16) -> Option<Date> {
    if year < 1583 {
        return None;
    }
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e, g) = (b / 4, b % 4, (8 * b + 13) / 25);
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let number = (h + l - 7 * m + 33 * month + 19) % 32;
    Some(date(year, i8::try_from(month).ok()?, i8::try_from(number).ok()?))
}

fn plus(date: Date, days: i32) -> Option<Date> {
    date.checked_add(Time::new().try_days(days).ok()?).ok()
}

fn day(date: Date) -> Edtf {
    Edtf::day(Day::from_civil(date))
}

fn between(a: Date, b: Date) -> Edtf {
    Edtf::between(Day::from_civil(a), Day::from_civil(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_sundays() {
        for (year, month, day) in [(1894, 3, 25), (1961, 4, 2), (2016, 3, 27), (2017, 4, 16)] {
            assert_eq!(easter(year), Some(date(year, month, day)));
        }
    }

    #[test]
    fn nothing_overflows() {
        let far: Edtf = "9999-12-31".parse().unwrap();
        for n in [i32::MIN, -1, 0, 1, i32::MAX] {
            let _ = resolve(Relative::Days(n), Some(&far));
            for unit in [Unit::Day, Unit::Week, Unit::Month, Unit::Year, Unit::Decade] {
                let _ = resolve(Relative::Past(n, unit), Some(&far));
                let _ = resolve(Relative::Ago(n.max(-i32::MAX), unit), Some(&far));
            }
        }
    }
}
