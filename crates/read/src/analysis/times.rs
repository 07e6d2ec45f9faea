//! Words of a calendar → expressions of time, resolved against the published date.
//!
//! At each token the longest expression that begins there is taken: days ([`days`]), and months,
//! years and other units ([`units`]). What they mean on the day of publication is
//! [`super::calendar`]'s part; durations and clock times are found, so that their numbers are not
//! taken for counts, and have no date.
//!
//! TIMEX3 also annotates what puts nothing on a calendar ("now", "daily", "the third quarter"):
//! [`loose`] finds these, and [`timex`] writes the values of all.

mod days;
mod loose;
pub(crate) mod timex;
mod units;
mod words;

use std::ops::Range;

use throughline_model::Edtf;

use self::loose::Loose;
use self::words::four_digits;
use super::calendar::{self, Relative, Unit};
use super::{Sentence, Shape, Time, Token};

/// What an expression says.
enum Said {
    Date(Option<Edtf>),
    Relative(Relative),
    /// Relative, and resolved already.
    Resolved(Option<Edtf>),
    /// A duration, perhaps from some other day than that of publication: "two days later".
    Length {
        length: Length,
        relative: bool,
    },
    /// A time of day, in hours and minutes where that can be told.
    Clock(Option<(u8, u8)>),
    /// Nothing on a calendar.
    Loose(Loose),
}

/// So many of a unit; without a number, some.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Length {
    number: Option<u32>,
    unit: Measure,
}

/// What lengths are measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    Calendar(Unit),
    Fortnight,
    Hour,
    Minute,
    Second,
}

/// An expression, from its first token to the one after its last.
struct Expression {
    tokens: Range<usize>,
    said: Said,
}

/// Whether a word is the name of a month.
pub(super) fn is_month(lower: &str) -> bool {
    words::MONTHS.iter().any(|(name, _)| *name == lower)
}

/// The expressions of time in a text that say something of a calendar, in order.
pub(super) fn read(
    published: Option<&Edtf>,
    tokens: &[Token],
    sentences: &[Sentence],
) -> Vec<Time> {
    scan(published, tokens, sentences, false)
        .map(|Expression { tokens, said }| {
            let (value, relative) = match said {
                Said::Date(value) => (value, false),
                Said::Relative(said) => (calendar::resolve(said, published), true),
                Said::Resolved(value) => (value, true),
                Said::Length { relative, .. } => (None, relative),
                Said::Clock(_) | Said::Loose(_) => (None, true),
            };
            Time { tokens, value, relative }
        })
        .collect()
}

/// The expressions of a text in order; with what is on no calendar, where `loose`.
fn scan<'a>(
    published: Option<&'a Edtf>,
    tokens: &'a [Token],
    sentences: &'a [Sentence],
    loose: bool,
) -> impl Iterator<Item = Expression> + 'a {
    sentences.iter().flat_map(move |sentence| {
        let Range { start: first, end } = sentence.tokens.clone();
        let reader = Reader { tokens, first, end, published };
        let mut at = first;
        std::iter::from_fn(move || {
            while at < end {
                let found = match loose {
                    true => reader
                        .quarter_of_year(at)
                        .or_else(|| reader.expression(at))
                        .or_else(|| reader.loose(at)),
                    false => reader.expression(at),
                };
                let Some((after, said)) = found else {
                    at += 1;
                    continue;
                };
                let tokens = at..after;
                at = after;
                return Some(Expression { tokens, said });
            }
            None
        })
    })
}

struct Reader<'a> {
    tokens: &'a [Token],
    first: usize,
    end: usize,
    published: Option<&'a Edtf>,
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).filter(|_| at < self.end).map_or("", |token| token.lower.as_str())
    }

    fn before(&self, at: usize) -> &str {
        if at > self.first { self.word(at - 1) } else { "" }
    }

    fn shape(&self, at: usize) -> Shape {
        self.tokens.get(at).filter(|_| at < self.end).map_or(Shape::Mark, |token| token.shape)
    }

    /// The expression that begins at a token, and the token after it.
    fn expression(&self, at: usize) -> Option<(usize, Said)> {
        // Most tokens begin none; what can is a number, a capital or one of few words.
        match self.shape(at) {
            Shape::Mark if !matches!(self.word(at), "’" | "'") => return None,
            _ => {}
        }
        self.iso(at)
            .or_else(|| self.year_first(at))
            .or_else(|| self.holiday(at))
            .or_else(|| self.clock(at))
            .or_else(|| self.weekday(at))
            .or_else(|| self.calendar_day(at))
            .or_else(|| self.month(at))
            .or_else(|| self.season(at))
            .or_else(|| self.deictic(at))
            .or_else(|| self.unit(at))
            .or_else(|| self.counted(at))
            .or_else(|| self.qualified(at))
            .or_else(|| self.ordinal_day(at))
            .or_else(|| self.year(at))
    }
}

/// A year after a date.
enum OfYear {
    Given(i32),
    Moved(i32),
}

#[cfg(test)]
mod tests;
