//! Expressions of time with types and values as TIMEX3 writes them (TimeML 1.2.1).
//!
//! What the calendar resolves is written from its date; what it does not is written from what was
//! said. "A year earlier" is of the quarter that the text spoke of last, if it speaks of quarters.

use throughline_model::{Document, Edtf, Span};

use super::super::calendar::{self, Relative, Unit};
use super::super::{Token, sentences};
use super::loose::Loose;
use super::{Expression, Length, Measure, Said, scan};

/// An expression of time in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timex {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// What it means on the day of publication: "2017-03-22", "P2W", "PRESENT_REF".
    pub value: String,
}

/// The types of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A day or more.
    Date,
    /// A time of a day.
    Time,
    /// How long.
    Duration,
    /// How often.
    Set,
}

impl Kind {
    /// As TIMEX3 writes it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Date => "DATE",
            Kind::Time => "TIME",
            Kind::Duration => "DURATION",
            Kind::Set => "SET",
        }
    }
}

/// The expressions of time in a document, in order; those that need the day of publication are
/// left out where it is unknown.
pub fn read(document: &Document) -> Vec<Timex> {
    let (tokens, sentences) = sentences::read(document);
    let published = document.published.as_ref();
    let mut writer = Writer { tokens: &tokens, published, quarter: None };
    let mut found: Vec<Timex> = Vec::new();
    // Where the clock time ends that was written last.
    let mut clock = None;
    for expression in scan(published, &tokens, &sentences, true) {
        let held = &tokens[expression.tokens.clone()];
        let (Some(first), Some(last)) = (held.first(), held.last()) else { continue };
        let Some((kind, value)) = writer.value(&expression) else { continue };
        let span = first.span.join(last.span);
        let start = expression.tokens.start;
        let of_day = clock.take().is_some_and(|end| joins(&tokens[end..start]));
        if of_day
            && kind == Kind::Date
            && value.len() == DAY
            && let Some(before) = found.last_mut()
            && let Some((_, time)) = before.value.split_once('T')
        {
            // "9 a.m. Tuesday" is one expression.
            before.value = format!("{value}T{time}");
            before.span = before.span.join(span);
            continue;
        }
        if matches!(expression.said, Said::Clock(_)) {
            clock = Some(expression.tokens.end);
        }
        found.push(Timex { span, kind, value });
    }
    found
}

/// The letters of a day.
const DAY: usize = "2017-03-22".len();

/// Whether words between a time and a day let them be one: the time zone, "on".
fn joins(between: &[Token]) -> bool {
    let zone = |token: &Token| {
        matches!(
            token.lower.as_str(),
            "est"
                | "edt"
                | "et"
                | "gmt"
                | "pst"
                | "pdt"
                | "cst"
                | "cdt"
                | "on"
                | ","
                | "local"
                | "time"
        )
    };
    between.len() < 4 && between.iter().all(zone)
}

struct Writer<'a> {
    tokens: &'a [Token],
    published: Option<&'a Edtf>,
    /// The quarter that was spoken of last: year and number.
    quarter: Option<(i32, u8)>,
}

impl Writer<'_> {
    fn value(&mut self, expression: &Expression) -> Option<(Kind, String)> {
        match &expression.said {
            Said::Date(value) | Said::Resolved(value) => Some((Kind::Date, date(value.as_ref()?)?)),
            Said::Relative(said) => self.relative(*said, expression),
            Said::Length { length, .. } => {
                let year = Length { number: Some(1), unit: Measure::Calendar(Unit::Year) };
                let last = expression.tokens.end - 1;
                if length.number.is_none() && self.word(last) == "ago" {
                    return Some((Kind::Date, "PAST_REF".to_owned()));
                }
                if *length == year && matches!(self.word(last), "earlier" | "before") {
                    return self.year_before();
                }
                Some((Kind::Duration, duration(*length)))
            }
            Said::Clock(time) => {
                let (hour, minute) = (*time)?;
                let today = self.published?.as_str();
                Some((Kind::Time, format!("{today}T{hour:02}:{minute:02}")))
            }
            Said::Loose(loose) => self.loose(*loose),
        }
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.lower.as_str())
    }

    fn relative(&mut self, said: Relative, expression: &Expression) -> Option<(Kind, String)> {
        let moved = |n: i32, unit| {
            let value = calendar::resolve(Relative::Unit(unit, n), self.published)?;
            Some((Kind::Date, unit_value(unit, &value)?))
        };
        match said {
            // Corpora leave it out more often than not.
            Relative::Overnight => None,
            Relative::Ago(1, Unit::Year) => self.year_before(),
            Relative::Ago(n, unit @ (Unit::Week | Unit::Decade | Unit::Century)) => {
                moved(n.checked_neg()?, unit)
            }
            Relative::Past(n, unit) => {
                let number = u32::try_from(n).ok();
                let length = Length { number, unit: Measure::Calendar(unit) };
                Some((Kind::Duration, duration(length)))
            }
            Relative::Unit(unit, n) => moved(n, unit),
            Relative::Earlier(unit) | Relative::Later(unit) => moved(0, unit),
            Relative::Days(_) => {
                let day = date(&calendar::resolve(said, self.published)?)?;
                let last = self.word(expression.tokens.end - 1);
                let first = self.word(expression.tokens.start);
                // "yesterday morning" is dated like yesterday, "this morning" is a time of today.
                let part =
                    part_of_day(last).filter(|_| matches!(first, "this" | "last" | "tonight"));
                Some(match part {
                    Some(part) => (Kind::Time, format!("{day}{part}")),
                    None => (Kind::Date, day),
                })
            }
            _ => Some((Kind::Date, date(&calendar::resolve(said, self.published)?)?)),
        }
    }

    fn loose(&mut self, loose: Loose) -> Option<(Kind, String)> {
        match loose {
            Loose::Reference(reference) => Some((Kind::Date, reference.to_owned())),
            Loose::Quarter { number, year, back } => {
                let (year, number) = self.quarter_of(number, year, back)?;
                self.quarter = Some((year, number));
                Some((Kind::Date, format!("{year:04}-Q{number}")))
            }
            Loose::Half { number, year } => {
                let year = year.or_else(|| Some(self.today()?.0))?;
                Some((Kind::Date, format!("{year:04}-H{number}")))
            }
            Loose::YearBefore(Some(number)) => {
                let (year, number) = self.quarter_of(Some(number), None, 0)?;
                Some((Kind::Date, format!("{:04}-Q{number}", year - 1)))
            }
            Loose::YearBefore(None) => self.year_before(),
            Loose::Current(unit) => {
                let value = calendar::resolve(Relative::Unit(unit, 0), self.published)?;
                // On other days than the weekend's own "the weekend" is the last one.
                let back = if unit == Unit::Weekend { -1 } else { 0 };
                let value = match back {
                    0 => value,
                    back => calendar::resolve(Relative::Unit(unit, back), self.published)?,
                };
                Some((Kind::Date, unit_value(unit, &value)?))
            }
            Loose::Every(length) => Some((Kind::Set, duration(length))),
            Loose::EveryMonth(month) => Some((Kind::Set, format!("XXXX-{month:02}"))),
            Loose::EveryWeekday(day) => Some((Kind::Set, format!("XXXX-WXX-{day}"))),
            Loose::Century(number) => Some((Kind::Date, format!("{:02}", number - 1))),
        }
    }

    /// The year and month of publication.
    fn today(&self) -> Option<(i32, i8)> {
        let day = self.published?.latest().civil()?;
        Some((i32::from(day.year()), day.month()))
    }

    /// A quarter by its number: the latest that has begun; without one the one spoken of, else the
    /// latest that is over.
    fn quarter_of(&self, number: Option<u8>, year: Option<i32>, back: i32) -> Option<(i32, u8)> {
        if let (Some(number), Some(year)) = (number, year) {
            return Some((year, number));
        }
        let (this_year, month) = self.today()?;
        let now = (month - 1) / 3 + 1;
        if let Some(number) = number {
            let begun = i8::try_from(number).ok()? <= now;
            return Some((this_year - i32::from(!begun), number));
        }
        let over =
            if now == 1 { (this_year - 1, 4) } else { (this_year, u8::try_from(now - 1).ok()?) };
        let (spoken, number) = self.quarter.unwrap_or(over);
        let number = match (back, number) {
            (0, number) => return Some((year.unwrap_or(spoken), number)),
            _ => over,
        };
        Some((year.unwrap_or(number.0), number.1))
    }

    /// A year before the quarter spoken of, else before now.
    fn year_before(&self) -> Option<(Kind, String)> {
        let value = match self.quarter {
            Some((year, number)) => format!("{:04}-Q{number}", year - 1),
            None => format!("{:04}", self.today()?.0 - 1),
        };
        Some((Kind::Date, value))
    }
}

fn part_of_day(word: &str) -> Option<&'static str> {
    match word {
        "morning" | "dawn" => Some("TMO"),
        "afternoon" => Some("TAF"),
        "evening" => Some("TEV"),
        "night" | "tonight" | "midnight" => Some("TNI"),
        _ => None,
    }
}

fn duration(Length { number, unit }: Length) -> String {
    let (before, times, after) = match unit {
        Measure::Calendar(Unit::Day) => ("P", 1, "D"),
        Measure::Calendar(Unit::Week) => ("P", 1, "W"),
        Measure::Calendar(Unit::Weekend) => ("P", 1, "WE"),
        Measure::Calendar(Unit::Month) => ("P", 1, "M"),
        Measure::Calendar(Unit::Year) => ("P", 1, "Y"),
        Measure::Calendar(Unit::Decade) => ("P", 10, "Y"),
        Measure::Calendar(Unit::Century) => ("P", 100, "Y"),
        Measure::Fortnight => ("P", 2, "W"),
        Measure::Hour => ("PT", 1, "H"),
        Measure::Minute => ("PT", 1, "M"),
        Measure::Second => ("PT", 1, "S"),
    };
    match number {
        Some(number) => format!("{before}{}{after}", number.saturating_mul(times)),
        None => format!("{before}X{after}"),
    }
}

/// A week, weekend, month, year … as TIMEX3 writes it, from its days.
fn unit_value(unit: Unit, value: &Edtf) -> Option<String> {
    let first = value.earliest().civil()?;
    let week = first.iso_week_date();
    Some(match unit {
        Unit::Week => format!("{:04}-W{:02}", week.year(), week.week()),
        Unit::Weekend => format!("{:04}-W{:02}-WE", week.year(), week.week()),
        Unit::Decade => format!("{:03}", first.year() / 10),
        Unit::Century => format!("{:02}", first.year() / 100),
        Unit::Day | Unit::Month | Unit::Year => return date(value),
    })
}

/// A date: TIMEX3 has names for seasons, and of several days gives the first.
fn date(value: &Edtf) -> Option<String> {
    let written = value.as_str();
    if written.contains('/') {
        return value.earliest().civil().map(|day| day.to_string());
    }
    if let Some((year, season)) = written.split_once('-') {
        let name = match season {
            "21" => "SP",
            "22" => "SU",
            "23" => "FA",
            "24" => "WI",
            _ => return Some(written.to_owned()),
        };
        return Some(format!("{year}-{name}"));
    }
    Some(written.strip_suffix("XX").unwrap_or(written).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::document;

    fn check(text: &str, expected: &[(&str, &str, &str)]) {
        // A Friday.
        let document = document(text, Some("2017-03-24"));
        let found = read(&document);
        let found: Vec<(&str, &str, &str)> = found
            .iter()
            .map(|one| (one.span.of(text), one.kind.name(), one.value.as_str()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_the_calendar_resolves() {
        check("He left on Wednesday.", &[("Wednesday", "DATE", "2017-03-22")]);
        check("He left last week.", &[("last week", "DATE", "2017-W11")]);
        check("He left last night.", &[("last night", "TIME", "2017-03-23TNI")]);
        check("He left last summer.", &[("last summer", "DATE", "2016-SU")]);
        check("He left in March 2016.", &[("March 2016", "DATE", "2016-03")]);
        check("He left earlier this year.", &[("earlier this year", "DATE", "2017")]);
        check(
            "It is due at 9 a.m. EST Tuesday.",
            &[("9 a.m. EST Tuesday", "TIME", "2017-03-28T09:00")],
        );
        check("He may come as soon as Tuesday.", &[("Tuesday", "DATE", "2017-03-28")]);
        check("That was nineteen ninety-one.", &[("nineteen ninety-one", "DATE", "1991")]);
        check("It should be done by February.", &[("February", "DATE", "2018-02")]);
        check("A 1996 law forbids it.", &[("1996", "DATE", "1996")]);
        check("He left at 6:30 p.m.", &[("6:30 p.m.", "TIME", "2017-03-24T18:30")]);
    }

    #[test]
    fn lengths_and_repetitions() {
        check("for the past two weeks", &[("past two weeks", "DURATION", "P2W")]);
        check("a ten-year term", &[("ten-year", "DURATION", "P10Y")]);
        check("It took several hours.", &[("hours", "DURATION", "PTXH")]);
        check("in recent months", &[("months", "DURATION", "PXM")]);
        check("two decades of war", &[("two decades", "DURATION", "P20Y")]);
        check("It is printed daily.", &[("daily", "SET", "P1D")]);
        check("every Friday", &[("every Friday", "SET", "XXXX-WXX-5")]);
        check("for the past few weeks", &[("the past few weeks", "DURATION", "PXW")]);
        check("removed several years ago", &[("several years ago", "DATE", "PAST_REF")]);
        check("a second attack", &[]);
        check("a 22-year-old man", &[]);
    }

    #[test]
    fn references_and_quarters() {
        check("They are now in the south.", &[("now", "DATE", "PRESENT_REF")]);
        check(
            "In the fourth quarter profit rose from a year earlier.",
            &[("fourth quarter", "DATE", "2016-Q4"), ("a year earlier", "DATE", "2015-Q4")],
        );
        check(
            "This year's third quarter was better than the year-earlier quarter.",
            &[
                ("This year's third quarter", "DATE", "2017-Q3"),
                ("year-earlier quarter", "DATE", "2016-Q3"),
            ],
        );
        check("Sales fell from a year ago.", &[("a year ago", "DATE", "2016")]);
        check("in the second half of 2016", &[("second half of 2016", "DATE", "2016-H2")]);
        check("the 20th century", &[("20th century", "DATE", "19")]);
    }
}
