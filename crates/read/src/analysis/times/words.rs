//! The words that expressions of time are made of.

use std::sync::LazyLock;

use jiff::civil::Weekday;
use throughline_model::Edtf;

use super::super::calendar::{Holiday, Unit};
use super::super::lists;

/// Month names and their usual abbreviations.
pub(super) const MONTHS: &[(&str, i8)] = &[
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
pub(super) const WEEKDAYS: &[(&str, Weekday)] = &[
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];
/// Only before a date: "Sat 18 March".
pub(super) const SHORT_WEEKDAYS: &[&str] =
    &["mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun"];
pub(super) const SEASONS: &[(&str, i8)] =
    &[("spring", 1), ("summer", 2), ("autumn", 3), ("fall", 3), ("winter", 4)];
pub(super) const UNITS: &[(&str, Unit)] = &[
    ("day", Unit::Day),
    ("week", Unit::Week),
    ("fortnight", Unit::Week),
    ("weekend", Unit::Weekend),
    ("month", Unit::Month),
    ("year", Unit::Year),
    ("decade", Unit::Decade),
    ("century", Unit::Century),
];
pub(super) const PARTS_OF_DAY: &[&str] = &[
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
pub(super) const FUTURE: &[&str] = &[
    "will",
    "'ll",
    "shall",
    "due",
    "scheduled",
    "upcoming",
    "planned",
    "expected",
    "set",
    "plan",
    "plans",
];

pub(super) static HOLIDAYS: LazyLock<Vec<(Vec<&'static str>, Named)>> = LazyLock::new(|| {
    let mut named: Vec<(Vec<&'static str>, Named)> =
        lists::map_entries(include_str!("../../../resources/holidays.txt"))
            .filter_map(|(words, rule)| {
                Some((words.split_whitespace().collect(), parse_rule(rule)?))
            })
            .collect();
    named.sort_by_key(|(words, _)| usize::MAX - words.len());
    named
});

/// What the list says of a named day.
#[derive(Debug, Clone)]
pub(super) enum Named {
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

/// A year from 1500 to 2100.
pub(super) fn four_digits(word: &str) -> Option<i32> {
    let year: i32 = word.parse().ok().filter(|_| word.len() == 4)?;
    (1500..=2100).contains(&year).then_some(year)
}
