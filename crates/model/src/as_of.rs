//! The two dates under which everything can be asked.

use std::fmt;
use std::str::FromStr;

use crate::{Day, Edtf, EdtfError};

/// A moment in time as the ledger records it: milliseconds since 1970-01-01T00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

impl Instant {
    /// The last moment of a day, in Coordinated Universal Time.
    pub fn end_of(day: Day) -> Instant {
        Instant((i64::from(day.0) + 1) * 86_400_000 - 1)
    }

    /// The day in which it lies, in Coordinated Universal Time.
    pub fn day(self) -> Day {
        Day(i32::try_from(self.0.div_euclid(86_400_000)).unwrap_or(i32::MAX))
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(timestamp) => write!(f, "{timestamp}"),
            Err(_) => write!(f, "{} ms", self.0),
        }
    }
}

impl FromStr for Instant {
    type Err = EdtfError;

    fn from_str(text: &str) -> Result<Instant, EdtfError> {
        if let Ok(timestamp) = text.parse::<jiff::Timestamp>() {
            return Ok(Instant(timestamp.as_millisecond()));
        }
        text.parse::<Edtf>().map(|date| Instant::end_of(date.latest()))
    }
}

/// What is asked for: what was public by a day, of what was recorded here by a moment.
///
/// `AsOf::default()` is the present: everything published, dated or not, and everything recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct AsOf {
    /// Only documents published on or before this day; undated ones are then left out.
    pub published: Option<Day>,
    /// Only entries recorded at or before this moment.
    pub recorded: Option<Instant>,
}

impl AsOf {
    /// Whether both sides are open.
    pub fn is_present(&self) -> bool {
        self.published.is_none() && self.recorded.is_none()
    }

    /// Whether a document published then is in view. A partial date counts from its last day.
    pub fn sees(&self, published: Option<&Edtf>) -> bool {
        match (self.published, published) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(day), Some(date)) => date.latest() <= day,
        }
    }

    /// What is in both views.
    #[must_use]
    pub fn within(self, other: AsOf) -> AsOf {
        let (published, recorded) = (self.published, self.recorded);
        AsOf {
            published: published.into_iter().chain(other.published).min(),
            recorded: recorded.into_iter().chain(other.recorded).min(),
        }
    }

    /// The last moment at which something could be made that is in view by the day and the moment on
    /// which it was made, such as a published count.
    pub fn made_by(&self) -> Option<Instant> {
        let day = self.published.map(Instant::end_of);
        day.into_iter().chain(self.recorded).min()
    }

    /// Whether an entry recorded then is in view.
    pub fn recalls(&self, recorded: Instant) -> bool {
        self.recorded.is_none_or(|by| recorded <= by)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partial_date_counts_from_its_last_day() {
        let month: Edtf = "2017-03".parse().unwrap();
        let view = |text: &str| AsOf {
            published: Some(text.parse::<Edtf>().unwrap().latest()),
            recorded: None,
        };
        assert!(!view("2017-03-30").sees(Some(&month)));
        assert!(view("2017-03-31").sees(Some(&month)));
        assert!(!view("2017-03-31").sees(None));
        assert!(AsOf::default().sees(None));
    }
}
