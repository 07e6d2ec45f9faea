//! Days and moments as pages write them, for programs and for readers.

use throughline_model::{Edtf, Stamp};

use crate::date::{moment, published_date, tells_zone};

/// A day, and the moment of it where that is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct When {
    pub(crate) date: Edtf,
    pub(crate) moment: Option<Stamp>,
}

impl When {
    /// Whether both are one moment, or one day where a moment is missing.
    pub(crate) fn is_alike(&self, other: &When) -> bool {
        match (&self.moment, &other.moment) {
            (Some(one), Some(other)) if one.seconds() == other.seconds() => true,
            _ => self.date == other.date,
        }
    }

    /// Whether its moment is given in UTC, which tells nothing of where it was published.
    pub(crate) fn is_utc(&self) -> bool {
        self.moment.as_ref().is_some_and(|moment| moment.as_str().ends_with('Z'))
    }

    pub(crate) fn stamp(&self) -> Option<Stamp> {
        self.moment.clone().or_else(|| self.date.as_str().parse().ok())
    }

    pub(crate) fn show(&self) -> String {
        let moment = self.moment.as_ref().map(Stamp::as_str);
        moment.unwrap_or(self.date.as_str()).to_owned()
    }
}

/// What a value in a page's metadata says: ISO 8601 with its common slips, RFC 2822, or words.
pub(crate) fn stated(text: &str) -> Option<When> {
    let text = text.trim();
    if let Some(when) = mail(text).or_else(|| iso(text)) {
        return Some(when);
    }
    published_date(text).map(|date| When { date, moment: None })
}

fn iso(text: &str) -> Option<When> {
    if let Some(moment) = moment(text) {
        return Some(When { date: moment.date(), moment: Some(moment) });
    }
    // 20170324 and 20170324T1030Z, 2017/03/24, and a zone after a space.
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let own = match digits {
        8 => {
            let (day, rest) = text.split_at(8);
            let day = format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]);
            let clock = rest.strip_prefix('T').filter(|rest| !rest.contains(':'));
            match clock.filter(|clock| clock.len() >= 4 && clock.is_char_boundary(4)) {
                Some(clock) => {
                    let figures = clock.bytes().take_while(u8::is_ascii_digit).count().min(6);
                    let (time, zone) = clock.split_at(figures - figures % 2);
                    let pairs: Vec<&str> =
                        (0..time.len()).step_by(2).map(|at| &time[at..at + 2]).collect();
                    format!("{day}T{}{zone}", pairs.join(":"))
                }
                None => format!("{day}{rest}"),
            }
        }
        4 if text.get(4..5) == Some("/") && text.get(7..8) == Some("/") => {
            text.replacen('/', "-", 2)
        }
        _ => text.to_owned(),
    };
    let own = own.trim_end_matches(" UTC").trim_end_matches(" GMT");
    let moment = moment(own);
    let date = match &moment {
        Some(moment) => moment.date(),
        None => published_date(own)?,
    };
    Some(When { date, moment })
}

/// A moment as mail and RSS write it: `Fri, 24 Mar 2017 10:30:00 +0100`.
fn mail(text: &str) -> Option<When> {
    let parser = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true);
    let zoned = parser.parse_zoned_datetime(text).ok()?;
    let zone = zoned.offset().seconds();
    let sign = if zone < 0 { '-' } else { '+' };
    let zone = zone.abs();
    let zone = match tells_zone(text) {
        true => format!("{sign}{:02}:{:02}", zone / 3_600, zone / 60 % 60),
        false => String::new(),
    };
    let moment = moment(&format!("{}{zone}", zoned.datetime().strftime("%Y-%m-%dT%H:%M:%S")))?;
    Some(When { date: moment.date(), moment: Some(moment) })
}

/// The day that a line for readers gives, among other words: `Published 24 March 2017, 10.30 GMT`.
pub(crate) fn seen(line: &str) -> Option<Edtf> {
    const MOST: usize = 60;
    let words: Vec<&str> = line
        .split(|letter: char| {
            letter.is_whitespace() || matches!(letter, '|' | '•' | '·' | '/' | '—')
        })
        .filter(|word| !word.is_empty())
        .take(MOST)
        .collect();
    let is_year = |word: &str| {
        let word = word.trim_matches(|letter: char| !letter.is_ascii_digit());
        word.len() == 4 && (word.starts_with("1") || word.starts_with("20"))
    };
    let iso = words.iter().find_map(|word| {
        let word = word.trim_matches([',', '.', ';', '(', ')']);
        let long = word.len() >= 10 && word.as_bytes()[0].is_ascii_digit();
        long.then(|| stated(word)).flatten().map(|when| when.date)
    });
    iso.or_else(|| {
        let year = words.iter().position(|word| is_year(word))?;
        // The year stands last or first; at least a month stands beside it.
        let windows = [(4usize, 1usize), (3, 1), (2, 1), (0, 4), (0, 3), (1, 1)];
        windows.iter().find_map(|(before, after)| {
            let from = year.checked_sub(*before)?;
            let window = words.get(from..(year + after).min(words.len()))?;
            let own = english(&window.join(" "));
            published_date(own.trim_matches([',', '.', ';', ':', '(', ')']))
                .filter(|date| date.as_str().len() >= 7)
        })
    })
    .or_else(|| {
        // A place and a day, as in `LENN, 3 JAN 90`.
        const LONGEST: usize = 40;
        let (_, day) = line.split_once(',').filter(|_| line.len() <= LONGEST)?;
        published_date(day).filter(|date| date.as_str().len() >= 7)
    })
}

/// A date with names of months in other languages in English.
fn english(line: &str) -> String {
    const MONTHS: [(&str, &[&str]); 12] = [
        (
            "january",
            &["januar", "jänner", "janvier", "enero", "gennaio", "januari", "janeiro", "stycznia"],
        ),
        (
            "february",
            &["februar", "février", "febrero", "febbraio", "februari", "fevereiro", "lutego"],
        ),
        ("march", &["märz", "mars", "marzo", "maart", "março", "marts", "marca"]),
        ("april", &["avril", "abril", "aprile", "kwietnia"]),
        ("may", &["mai", "mayo", "maggio", "mei", "maio", "maj", "maja"]),
        ("june", &["juni", "juin", "junio", "giugno", "junho", "czerwca"]),
        ("july", &["juli", "juillet", "julio", "luglio", "julho", "lipca"]),
        ("august", &["août", "agosto", "augustus", "augusti", "sierpnia"]),
        ("september", &["septembre", "septiembre", "settembre", "setembro", "września"]),
        ("october", &["oktober", "octobre", "octubre", "ottobre", "outubro", "października"]),
        ("november", &["novembre", "noviembre", "novembro", "listopada"]),
        ("december", &["dezember", "décembre", "diciembre", "dicembre", "dezembro", "grudnia"]),
    ];
    let words = line.split(' ').map(|word| {
        let bare = word.trim_matches([',', '.']).to_lowercase();
        let month = MONTHS.iter().find(|(_, names)| names.contains(&bare.as_str()));
        match (month, bare.as_str()) {
            (Some((month, _)), _) => (*month).to_owned(),
            (None, "de" | "den" | "der" | "del" | "le" | "am" | "el" | "il" | "le.") => {
                String::new()
            }
            (None, "1er" | "1º") => "1".to_owned(),
            _ => word.to_owned(),
        }
    });
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether a line tells of a change rather than of publication.
pub(crate) fn tells_of_a_change(line: &str) -> bool {
    const WORDS: [&str; 13] = [
        "updated",
        "modified",
        "last update",
        "edited",
        "amended",
        "aktualisiert",
        "geändert",
        "mis à jour",
        "modifié",
        "actualizado",
        "aggiornato",
        "bijgewerkt",
        "atualizado",
    ];
    let line = line.to_lowercase();
    WORDS.iter().any(|word| line.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stated_keeps_its_zone() {
        for (text, want) in [
            ("2017-03-24T10:30:00.000+01:00", Some("2017-03-24T10:30:00+01:00")),
            ("2017-03-24T23:30:00Z", Some("2017-03-24T23:30:00Z")),
            ("20170324T233000Z", Some("2017-03-24T23:30:00Z")),
            ("20170324", Some("2017-03-24")),
            ("2017/03/24 10:30", Some("2017-03-24T10:30")),
            ("Fri, 24 Mar 2017 10:30:00 +0100", Some("2017-03-24T10:30:00+01:00")),
            ("Fri, 24 Mar 2017 10:30:00 GMT", Some("2017-03-24T10:30:00Z")),
            ("24 March 2017", Some("2017-03-24")),
            ("03/04/2017", None),
            ("1490351400", None),
            ("", None),
        ] {
            assert_eq!(stated(text).map(|when| when.show()).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn a_day_is_found_in_a_line() {
        for (line, want) in [
            ("Published 24 March 2017, 10.30 GMT", Some("2017-03-24")),
            ("Fri 24 Mar 2017 19.31 GMT", Some("2017-03-24")),
            ("By Ada Marsh | March 24, 2017 at 7:31 p.m. EDT", Some("2017-03-24")),
            ("Veröffentlicht am 24. März 2017 um 9 Uhr", Some("2017-03-24")),
            ("Publié le 1er août 2017 à 18h", Some("2017-08-01")),
            ("24 de marzo de 2017", Some("2017-03-24")),
            ("2017-03-24 10:30", Some("2017-03-24")),
            ("March 2017", Some("2017-03")),
            ("Lenn, 3 JAN 90", Some("1990-01-03")),
            ("03/04/2017", None),
            ("5 min read", None),
            ("Copyright 2017", None),
        ] {
            assert_eq!(seen(line).as_ref().map(Edtf::as_str), want, "{line}");
        }
    }

    #[test]
    fn one_moment_in_two_zones_is_alike() {
        let one = stated("2017-03-24T23:30:00Z").unwrap();
        assert!(one.is_alike(&stated("2017-03-25T00:30:00+01:00").unwrap()));
        assert!(one.is_alike(&stated("2017-03-24").unwrap()));
        assert!(!one.is_alike(&stated("2017-03-25").unwrap()));
    }
}
