//! Dates of publication, as people give them.

use throughline_capture::published_date;
use throughline_model::{Edtf, Instant};

/// A date on which something can have been published: at `now`, somewhere it has begun.
///
/// # Errors
/// If it is no date of publication, or has not come yet, in words.
pub fn published(text: &str, now: Instant) -> Result<Edtf, String> {
    let date = published_date(text).ok_or_else(|| {
        format!("{text:?} is no date of publication; write it as 2017-03-24, 2017-03 or 2017")
    })?;
    match date.has_begun(now) {
        true => Ok(date),
        false => Err(format!("{date} has not come yet")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_come_when_it_has_begun_anywhere() {
        let now: Instant = "2016-05-13T09:00:00Z".parse().unwrap();
        for text in ["2016-05-13", "2016-05", "2016", "12 May 2016"] {
            assert!(published(text, now).is_ok(), "{text}");
        }
        // It is the fourteenth only an hour later, where the day begins first.
        let later: Instant = "2016-05-13T10:00:00Z".parse().unwrap();
        assert_eq!(published("2016-05-14", now).unwrap_err(), "2016-05-14 has not come yet");
        assert!(published("2016-05-14", later).is_ok());
        assert!(published("soon", now).unwrap_err().contains("no date of publication"));
    }
}
