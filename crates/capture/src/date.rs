//! Dates of publication, as newspapers, agencies and exports write them.

use throughline_model::{Day, Edtf, Stamp};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Two-digit years from here on are of the twentieth century, those below of the twenty-first.
const PIVOT: i16 = 30;

/// The years in which something can have been published. What lies outside is a slip, or stands
/// for a date that is not known, as 0000, 0001-01-01 and 9999-12-31 do.
const YEARS: std::ops::RangeInclusive<i16> = 1000..=2999;

/// The date of publication that a text spells, or `None` if it is none.
///
/// Read are EDTF (`2017-03-24`, `2017-03`, `2017`), RFC 3339 and RFC 2822 times, of which the day
/// stays as written there, and dates in English words in any order (`24 March 2017`,
/// `March 24, 2017`, `Nov 13 2015`, `3 JAN 90`). Figures alone, as in 03/04/2017, may mean two days
/// and are refused, and so are years before 1000 and after 2999.
pub fn published_date(text: &str) -> Option<Edtf> {
    let text = text.trim();
    let day = text.get(..10).filter(|_| {
        matches!(text.as_bytes().get(10), Some(b'T' | b't' | b' ')) && text.contains(':')
    });
    let plain = day.unwrap_or(text);
    if let Ok(date) = plain.parse::<Edtf>() {
        return Some(date).filter(is_possible);
    }
    spelled(text).filter(is_possible)
}

/// Whether a line seems to be meant for a date, of which [`published_date`] makes none: numbers and
/// words of dates with at most one other word, as in `31 February 2016`, `03/04/2017` or
/// `12 Mai 2016`; not `Twelve dead in 2016`.
pub(crate) fn looks_like_a_date(text: &str) -> bool {
    let apart = |letter: char| letter.is_whitespace() || ",./-()".contains(letter);
    let (mut numbers, mut months, mut others) = (0, 0, 0);
    for word in text.split(apart).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
        if digits.parse::<u32>().is_ok()
            && matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th")
        {
            numbers += 1;
        } else if month_of(&word).is_some() {
            months += 1;
        } else if !(is_weekday(&word) || is_filler(&word) || is_time(&word)) {
            others += 1;
        }
    }
    match others {
        0 => numbers >= 2 || numbers == 1 && months == 1,
        1 => numbers == 2 && months == 0,
        _ => false,
    }
}

/// The moment of publication that a text gives, if it gives a time of day with the date.
pub(crate) fn moment(text: &str) -> Option<Stamp> {
    text.parse().ok().filter(Stamp::has_time).filter(|stamp| is_possible(&stamp.date()))
}

/// Whether a date as mail and feeds write it says its zone in figures or in letters that mean one zone alone; "-0000" says that
/// it is not known, and other letters, such as `IST`, mean several.
pub(crate) fn tells_zone(written: &str) -> bool {
    const NAMED: [&str; 12] =
        ["GMT", "UT", "UTC", "Z", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT"];
    let bare = written.split('(').next().unwrap_or_default();
    let figures = |word: &&str| word.starts_with(['+', '-']) && word.len() > 1;
    let mut words = bare.split_whitespace();
    match words.clone().find(figures) {
        Some(zone) => zone != "-0000",
        None => words.next_back().is_some_and(|zone| NAMED.contains(&zone)),
    }
}

/// Whether both ends of a date are days on which something can have been published: an open or
/// unspecified end says less than it seems to.
fn is_possible(date: &Edtf) -> bool {
    let within = |day: Day| day.civil().is_some_and(|day| YEARS.contains(&day.year()));
    within(date.earliest()) && within(date.latest())
}

/// A date in words; every word must be part of it.
fn spelled(text: &str) -> Option<Edtf> {
    let (mut day, mut month, mut year) = (None, None, None);
    let words = text
        .split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | '.' | '(' | ')'))
        .filter(|word| !word.is_empty());
    for word in words {
        let word = word.to_lowercase();
        if is_weekday(&word) || is_filler(&word) || is_time(&word) {
            continue;
        }
        if let Some(found) = month_of(&word) {
            (month.replace(found).is_none()).then_some(())?;
            continue;
        }
        let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
        let ordinal = matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th");
        let number: i16 = digits.parse().ok().filter(|_| ordinal)?;
        match digits.len() {
            1 | 2 if day.is_none() && (1..=31).contains(&number) => day = Some(number as i8),
            2 if year.is_none() && month.is_some() => {
                year = Some(if number >= PIVOT { 1900 + number } else { 2000 + number });
            }
            4 if year.is_none() => year = Some(number),
            _ => return None,
        }
    }
    let (year, month) = (year?, month?);
    match day {
        Some(day) => Day::from_ymd(year, month, day).map(Edtf::day),
        None => format!("{year:04}-{month:02}").parse().ok(),
    }
}

fn month_of(word: &str) -> Option<i8> {
    let at = MONTHS.iter().position(|month| {
        word == *month || word.len() >= 3 && word.len() <= 4 && month.starts_with(word)
    })?;
    i8::try_from(at + 1).ok()
}

fn is_weekday(word: &str) -> bool {
    word.len() >= 3 && WEEKDAYS.iter().any(|weekday| weekday.starts_with(word))
}

fn is_filler(word: &str) -> bool {
    matches!(word, "the" | "of" | "on" | "published" | "posted" | "updated" | "date:" | "date")
}

/// A time of day or a zone.
fn is_time(word: &str) -> bool {
    let clock = word.contains(':') && word.chars().all(|c| c.is_ascii_digit() || c == ':');
    let offset = word.len() == 5
        && word.starts_with(['+', '-'])
        && word[1..].chars().all(|letter| letter.is_ascii_digit());
    clock
        || offset
        || matches!(word, "gmt" | "utc" | "bst" | "est" | "edt" | "cet" | "am" | "pm" | "z")
}

/// The date and the length in bytes of an agency's line before the text of a report, as in
/// `SAN SALVADOR, 3 JAN 90 (AFP) -- ` or `LEEDS, England, March 3, 2015 (PA) - `. A single hyphen
/// counts behind the agency in brackets alone.
pub(crate) fn agency_line(paragraph: &str) -> Option<(Option<Edtf>, usize)> {
    const LONGEST: usize = 120;
    let (at, mark) = ["--", " – ", " — ", ") - "]
        .iter()
        .filter_map(|mark| paragraph.find(mark).map(|at| (at, mark)))
        .min()?;
    let line = &paragraph[..at];
    let place = line.split([',', '(', '[']).next().unwrap_or_default();
    let capitals = place.chars().filter(|letter| letter.is_alphabetic()).count() >= 3
        && !place.chars().any(char::is_lowercase);
    if at > LONGEST || !capitals {
        return None;
    }
    let dated = line.split(['(', '[']).next().unwrap_or_default();
    let mut commas = dated.match_indices(',').map(|(comma, _)| &dated[comma + 1..]);
    let date = commas.find_map(published_date);
    let after = at + mark.len();
    let blank = paragraph[after..].len() - paragraph[after..].trim_start().len();
    Some((date, after + blank))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_papers_write_them() {
        for (text, want) in [
            ("2017-03-24", Some("2017-03-24")),
            ("2017-03", Some("2017-03")),
            ("2017-03-24T23:30:00-05:00", Some("2017-03-24")),
            ("2017-03-24 10:30:00", Some("2017-03-24")),
            ("24 March 2017", Some("2017-03-24")),
            ("Friday, March 24, 2017", Some("2017-03-24")),
            ("Nov 13 2015", Some("2015-11-13")),
            ("3 JAN 90", Some("1990-01-03")),
            ("Fri, 24 Mar 2017 10:00:00 GMT", Some("2017-03-24")),
            ("25th of June 1894", Some("1894-06-25")),
            ("March 2017", Some("2017-03")),
            ("30 February 2017", None),
            ("03/04/2017", None),
            ("Spring fair on 24 March 2017", None),
            ("Saturday", None),
            ("19XX", Some("19XX")),
            ("XXXX", None),
            ("0000", None),
            ("0001-01-01", None),
            ("9999-12-31T23:59:59", None),
            ("1 January 0001", None),
            ("-5000", None),
            ("99999", None),
            ("../1887", None),
            ("1887/..", None),
            ("2017-03-24/2010-01-01", None),
            ("", None),
        ] {
            assert_eq!(published_date(text).as_ref().map(Edtf::as_str), want, "{text}");
        }
    }

    #[test]
    fn an_agency_line_ends_at_its_dashes() {
        let line = "SAN MIGUEL, 3 JAN 90 (ACAN) -- THE REBELS";
        let (date, length) = agency_line(line).unwrap();
        assert_eq!(date.unwrap().as_str(), "1990-01-03");
        assert_eq!(&line[length..], "THE REBELS");
        for (line, want) in [
            ("LEEDS, March 3, 2015 (PA) - A gunman", Some("2015-03-03")),
            ("LEEDS, England, 3 March 2015 (PA) — A gunman", Some("2015-03-03")),
            ("LEEDS (PA) - A gunman", None),
            ("LEEDS (Lusa) — A gunman", None),
            ("LEEDS, England (PA) – A gunman", None),
            ("LEEDS, March 3 (PA) - A gunman", None),
        ] {
            let (date, length) = agency_line(line).unwrap();
            assert_eq!(date.as_ref().map(Edtf::as_str), want, "{line}");
            assert_eq!(&line[length..], "A gunman", "{line}");
        }
        assert!(agency_line("KABUL - a city - was quiet").is_none());
        assert!(agency_line("He said – and meant it – that").is_none());
    }
}
