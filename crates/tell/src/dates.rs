//! The two dates of a view in words.

use throughline_model::{AsOf, Day};

/// What an as-of view says of itself on a terminal; nothing for the present.
pub fn header(as_of: AsOf) -> Option<String> {
    let mut words = Vec::new();
    if let Some(day) = as_of.published {
        words.push(format!("the public record of {day}, under today's judgments"));
    }
    if let Some(moment) = as_of.recorded {
        words.push(format!("what was recorded here by {moment}"));
    }
    (!words.is_empty()).then(|| format!("As of: {}", words.join("; ")))
}

/// What a view says of its dates on a page: "As published until 24 March 2017, under the judgments
/// of today; as recorded here until today".
pub fn in_words(as_of: AsOf) -> String {
    let published = match as_of.published {
        Some(day) => format!("As published until {}, under today's judgments", self::day(day)),
        None => "As published until today".to_owned(),
    };
    match as_of.recorded {
        Some(moment) => {
            let text = moment.to_string();
            let (date, time) = text.split_once('T').unwrap_or((&text, ""));
            let day = date.parse::<throughline_model::Edtf>().map(|date| self::day(date.latest()));
            let day = day.unwrap_or_else(|_| date.to_owned());
            match time.get(..5) {
                None | Some("23:59") => format!("{published}; as recorded here until {day}"),
                Some(time) => format!("{published}; as recorded here until {day}, {time} UTC"),
            }
        }
        None => format!("{published}; as recorded here until now"),
    }
}

/// A day as it is written in a text: "24 March 2017".
pub fn day(day: Day) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let text = day.to_string();
    let mut parts = text.rsplitn(3, '-');
    let (Some(number), Some(month), Some(year)) = (parts.next(), parts.next(), parts.next()) else {
        return text;
    };
    let month = month.parse::<usize>().ok().and_then(|month| MONTHS.get(month.wrapping_sub(1)));
    match (number.parse::<u8>(), month) {
        (Ok(number), Some(month)) => format!("{number} {month} {year}"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use throughline_model::{Edtf, Instant};

    use super::*;

    #[test]
    fn both_dates_are_said() {
        let published = Some("2017-03".parse::<Edtf>().unwrap().latest());
        let recorded = Some("2026-11-02".parse::<Instant>().unwrap());
        let moment = Some("2026-11-02T14:05:00Z".parse::<Instant>().unwrap());
        for (as_of, want) in [
            (AsOf::default(), "As published until today; as recorded here until now"),
            (
                AsOf { published, recorded: None },
                "As published until 31 March 2017, under today's judgments; as recorded here \
                 until now",
            ),
            (
                AsOf { published: None, recorded },
                "As published until today; as recorded here until 2 November 2026",
            ),
            (
                AsOf { published: None, recorded: moment },
                "As published until today; as recorded here until 2 November 2026, 14:05 UTC",
            ),
        ] {
            assert_eq!(in_words(as_of), want);
        }
        assert_eq!(day(Day::MAX), "inf");
        assert_eq!(day(Day(0)), "1 January 1970");
    }
}
