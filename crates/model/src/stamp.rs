//! Moments as a source writes them: a day, and where it is given the time of day and the zone.

use std::fmt;
use std::str::FromStr;

use crate::{Day, Edtf};

/// A day with, where the source gives them, the time of day and the zone: `2017-03-24`,
/// `2017-03-24T10:30`, `2017-03-24T10:30:00+01:00`.
///
/// The day is the one written there, in the source's own zone; nothing is converted, and a time
/// without a zone stays without one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Stamp {
    text: Box<str>,
    day: Day,
    /// Seconds since midnight, and of these how many the zone is ahead of UTC.
    time: Option<(i32, Option<i32>)>,
}

impl Stamp {
    /// The text in ISO 8601.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The day as written.
    pub fn day(&self) -> Day {
        self.day
    }

    /// The day as a date of publication.
    pub fn date(&self) -> Edtf {
        Edtf::day(self.day)
    }

    /// Whether a time of day is given.
    pub fn has_time(&self) -> bool {
        self.time.is_some()
    }

    /// Whether the zone of the time of day is given.
    pub fn has_zone(&self) -> bool {
        matches!(self.time, Some((_, Some(_))))
    }

    /// Seconds since 1970 in UTC, for putting stamps in order: a day without a time counts from its
    /// midnight, and a time without a zone as UTC.
    pub fn seconds(&self) -> i64 {
        let (time, ahead) = self.time.unwrap_or_default();
        i64::from(self.day.0) * 86_400 + i64::from(time) - i64::from(ahead.unwrap_or_default())
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A text that is no day and no time of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StampError {
    /// The text as given.
    pub text: String,
}

impl fmt::Display for StampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = self.text.chars().take(60).collect();
        write!(f, "{text:?} is no moment; write it as 2017-03-24 or 2017-03-24T10:30:00+01:00")
    }
}

impl std::error::Error for StampError {}

impl FromStr for Stamp {
    type Err = StampError;

    fn from_str(text: &str) -> Result<Stamp, StampError> {
        parse(text.trim()).ok_or_else(|| StampError { text: text.to_owned() })
    }
}

fn parse(text: &str) -> Option<Stamp> {
    let (date, rest) = text.split_at_checked(10)?;
    let day = date.parse::<Edtf>().ok().filter(|date| date.earliest() == date.latest())?.latest();
    // EDTF has other texts of ten letters, such as `1894-06-2X`.
    day.civil()?;
    if rest.is_empty() {
        return Some(Stamp { text: date.into(), day, time: None });
    }
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let end = rest.find(['Z', 'z', '+', '-', ' ']).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(end);
    let time: jiff::civil::Time = clock.parse().ok()?;
    let ahead = match zone.trim() {
        "" => None,
        "Z" | "z" => Some(0),
        zone => Some(offset(zone)?),
    };
    let zone = match ahead {
        None => String::new(),
        Some(0) => "Z".to_owned(),
        Some(ahead) => {
            let sign = if ahead < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", ahead.abs() / 3_600, ahead.abs() / 60 % 60)
        }
    };
    // Whole minutes stay as short as they were; fractions of a second say nothing here.
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    let clock = match clock.len() {
        ..=5 => format!("{hour:02}:{minute:02}"),
        _ => format!("{hour:02}:{minute:02}:{second:02}"),
    };
    let since = i32::from(hour) * 3_600 + i32::from(minute) * 60 + i32::from(second);
    Some(Stamp { text: format!("{day}T{clock}{zone}").into(), day, time: Some((since, ahead)) })
}

/// Seconds ahead of UTC, of `+01:00`, `+0100` or `+01`.
fn offset(zone: &str) -> Option<i32> {
    let (sign, digits) = match zone.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits: String = digits.chars().filter(|letter| *letter != ':').collect();
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits[..2].parse().ok()?;
    let minutes: i32 =
        digits.get(2..).filter(|rest| !rest.is_empty()).unwrap_or("0").parse().ok()?;
    (hours <= 18 && minutes < 60).then_some(sign * (hours * 3_600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_kept_as_it_was_written() {
        for (text, kept) in [
            ("2017-03-24", "2017-03-24"),
            ("2017-03-24T10:30", "2017-03-24T10:30"),
            ("2017-03-24 10:30:05", "2017-03-24T10:30:05"),
            ("2017-03-24T23:30:00.250+01:00", "2017-03-24T23:30:00+01:00"),
            ("2017-03-24T23:30:00-0530", "2017-03-24T23:30:00-05:30"),
            ("2017-03-24T23:30:00+00:00", "2017-03-24T23:30:00Z"),
        ] {
            let stamp: Stamp = text.parse().unwrap();
            assert_eq!(stamp.as_str(), kept);
            assert_eq!(stamp.day().to_string(), "2017-03-24");
            assert_eq!(kept.parse(), Ok(stamp));
        }
    }

    #[test]
    fn moments_are_ordered_by_when_they_were() {
        let seconds = |text: &str| text.parse::<Stamp>().unwrap().seconds();
        assert_eq!(seconds("1970-01-01T01:00:00+01:00"), 0);
        assert!(seconds("2017-03-25T00:30:00+02:00") < seconds("2017-03-24T23:00:00Z"));
        assert!(seconds("2017-03-24") < seconds("2017-03-24T00:00:01"));
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            "2017-03",
            "2017-03-2X",
            "2017-02-30",
            "2017-03-24T25:00",
            "2017-03-24T10:30+1",
            "2017-03-24T10:30:00 CET",
            "2017-03-24x",
            "２017-03-24",
            "2017-03-24T10:30+99:00",
        ] {
            assert!(text.parse::<Stamp>().is_err(), "{text}");
        }
    }
}
