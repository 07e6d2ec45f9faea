//! Dates that a table writes as numbers.

use throughline_model::{Day, Edtf};

/// A date of year, month and day; 0 or nothing where one is not known. `None` without a year.
pub(super) fn date([year, month, day]: [&str; 3]) -> Result<Option<String>, String> {
    let number = |text: &str, what: &str| -> Result<Option<u16>, String> {
        match text {
            "" => Ok(None),
            // Statistics programs write whole numbers with a point.
            text => match text.strip_suffix(".0").unwrap_or(text).parse::<u16>() {
                Ok(0) => Ok(None),
                Ok(number) => Ok(Some(number)),
                Err(_) => Err(format!("{text:?} is no {what}")),
            },
        }
    };
    let (year, month, day) = (number(year, "year")?, number(month, "month")?, number(day, "day")?);
    Ok(Some(match (year, month, day) {
        (None, None, None) => return Ok(None),
        (Some(year), None, None) => format!("{year:04}"),
        (Some(year), Some(month @ 1..=12), None) => format!("{year:04}-{month:02}"),
        (Some(year), Some(month @ 1..=12), Some(day)) => {
            let narrow = |number: u16| i8::try_from(number).unwrap_or(0);
            let own = i16::try_from(year).unwrap_or(0);
            Day::from_ymd(own, narrow(month), narrow(day))
                .map(|day| Edtf::day(day).to_string())
                .ok_or_else(|| format!("the calendar has no {year:04}-{month:02}-{day:02}"))?
        }
        (None, ..) => return Err("a month or a day without a year".to_owned()),
        (_, None, Some(_)) => return Err("a day without a month".to_owned()),
        (_, Some(month), _) => return Err(format!("{month} is no month")),
    }))
}

/// A date of three numbers in one cell.
pub(super) fn numbers(text: &str, order: &[char; 3]) -> Result<String, String> {
    if text.is_empty() {
        return Ok(String::new());
    }
    let parts: Vec<&str> = text
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let [one, two, three] = parts.as_slice() else {
        return Err(format!("{text:?} is not three numbers"));
    };
    let part = |wanted: char| {
        let at = order.iter().position(|letter| *letter == wanted).unwrap_or(0);
        [*one, *two, *three][at]
    };
    if part('y').len() != 4 {
        return Err(format!("{text:?} has no year of four figures where the map says"));
    }
    Ok(date([part('y'), part('m'), part('d')])?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_three_columns() {
        for (parts, want) in [
            (["1970", "7", "2"], Ok(Some("1970-07-02"))),
            (["1970", "7", "0"], Ok(Some("1970-07"))),
            (["1970", "0", "0"], Ok(Some("1970"))),
            (["1970.0", "7.0", ""], Ok(Some("1970-07"))),
            (["", "", ""], Ok(None)),
            (["0", "0", "0"], Ok(None)),
            (["1970", "2", "30"], Err("the calendar has no 1970-02-30")),
            (["1970", "13", "1"], Err("13 is no month")),
            (["1970", "0", "3"], Err("a day without a month")),
            (["soon", "", ""], Err("\"soon\" is no year")),
        ] {
            let got = date(parts);
            assert_eq!(got.as_ref().map(Option::as_deref).map_err(String::as_str), want);
        }
        assert_eq!(numbers("24/03/2017", &['d', 'm', 'y']).as_deref(), Ok("2017-03-24"));
        assert_eq!(numbers("03.24.2017", &['m', 'd', 'y']).as_deref(), Ok("2017-03-24"));
        assert!(numbers("24/03/17", &['d', 'm', 'y']).is_err());
    }
}
