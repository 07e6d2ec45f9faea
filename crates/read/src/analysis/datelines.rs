//! Datelines: where, when and by whom a report was filed, set before its first words: "KABUL, 3 March
//! (Reuters) —".
//!
//! They tell neither where nor when happened what is reported, so that they belong to no sentence. Their day
//! is one to count from where the day of publication is unknown, their place what the report calls "here".
//!
//! Must not: "Police: three held", "HAMAS – the movement – said", "In Ruel, 3 March (a Sunday) was".

use std::ops::Range;

use throughline_model::{Edtf, ZoneRole};

use super::names::gazetteer;
use super::{Sentence, Shape, Time, Token};

/// The most tokens of a dateline.
const LONGEST: usize = 20;
/// The most words of its place, with what it lies in.
const PLACE: usize = 7;

/// The datelines of a text, each with the number of the sentence that it begins.
pub(super) fn find(
    tokens: &[Token],
    sentences: &[Sentence],
    times: &[Time],
) -> Vec<(usize, Range<usize>)> {
    let mut found = Vec::new();
    let mut paragraph = None;
    for (number, sentence) in sentences.iter().enumerate() {
        let opens = paragraph != Some(sentence.paragraph);
        paragraph = Some(sentence.paragraph);
        if !opens || sentence.zone != ZoneRole::Body {
            continue;
        }
        let line = Line { tokens, times, start: sentence.tokens.start, end: sentence.tokens.end };
        found.extend(line.end().map(|end| (number, sentence.tokens.start..end)));
    }
    found
}

/// The day of the first dateline that has one, in full.
pub(super) fn day(datelines: &[(usize, Range<usize>)], times: &[Time]) -> Option<Edtf> {
    let within = |time: &&Time| {
        datelines.iter().any(|(_, tokens)| tokens.contains(&time.tokens.start)) && !time.relative
    };
    let days = times.iter().filter(within).filter_map(|time| time.value.clone());
    days.into_iter().find(|day| day.earliest() == day.latest())
}

/// Takes the datelines out of the sentences that they begin.
pub(super) fn cut(
    tokens: &[Token],
    sentences: &mut [Sentence],
    datelines: &[(usize, Range<usize>)],
) {
    for (number, dateline) in datelines {
        let sentence = &mut sentences[*number];
        sentence.tokens.start = dateline.end;
        let last = sentence.tokens.end - 1;
        sentence.span = tokens[dateline.end].span.join(tokens[last].span);
    }
}

/// The words that a paragraph opens with.
struct Line<'a> {
    tokens: &'a [Token],
    times: &'a [Time],
    start: usize,
    end: usize,
}

impl Line<'_> {
    /// The token behind the dateline, if the paragraph opens with one.
    fn end(&self) -> Option<usize> {
        let bracketed = self.bracket(self.start);
        let place = self.start + usize::from(bracketed.is_some());
        let mut at = self.place(place);
        let named = place..at;
        if let Some(close) = bracketed {
            // "(KABUL, Afghanistan) --", "(Reuters) -".
            return (at + 1 == close).then(|| self.behind_dash(close)).flatten();
        }
        if named.is_empty() {
            return None;
        }
        let day = self.day(at);
        at = day.unwrap_or(at);
        let agency = self.bracket(at);
        at = agency.unwrap_or(at);
        let told = day.is_some() || agency.is_some();
        let upper = self.tokens[named.start].shape == Shape::Upper && self.long(named.start);
        let known = || {
            let words = named.clone().map(|at| self.lower(at));
            gazetteer::longest(words).is_some_and(|(_, entry)| entry.well_known())
        };
        if let Some(behind) = self.behind_dash(at) {
            let wide = self.lower(at) != "-";
            return (told || wide && upper || known()).then_some(behind);
        }
        if self.lower(at) == ":" {
            return (day.is_some() || known()).then(|| self.opens(at + 1)).flatten();
        }
        // "Ruel, March 24 (IANS) A man".
        (agency.is_some() && (upper || day.is_some() || known())).then(|| self.opens(at)).flatten()
    }

    /// The end of a place with what it lies in: "KABUL, Afghanistan", "NEW DELHI".
    fn place(&self, from: usize) -> usize {
        let word = |at: usize| {
            at < self.end
                && matches!(self.tokens[at].shape, Shape::Capital | Shape::Upper)
                && self.time(at).is_none()
        };
        let mut at = from;
        while at < from + PLACE {
            let joined = matches!(self.lower(at), "," | "-" | "/" | "’" | "'" | ".");
            let goes_on = at > from && joined && word(at + 1) && self.glued(at);
            if !word(at) && !goes_on {
                break;
            }
            at += 1;
        }
        at
    }

    /// Whether a mark stands right behind what is before it, as a comma does and a dash does not.
    fn glued(&self, at: usize) -> bool {
        self.tokens[at - 1].span.end == self.tokens[at].span.start
    }

    /// The token behind ", 3 March 2031".
    fn day(&self, at: usize) -> Option<usize> {
        let comma = usize::from(self.lower(at) == ",");
        let time = self.time(at + comma)?;
        let more = self.times.get(time + 1).filter(|more| {
            let end = self.times[time].tokens.end;
            more.tokens.start == end || more.tokens.start == end + 1 && self.lower(end) == ","
        });
        Some(more.unwrap_or(&self.times[time]).tokens.end)
    }

    /// The token behind a bracket that opens at a token and holds names: "(AP)", "(Mercury / 27 July)".
    fn bracket(&self, at: usize) -> Option<usize> {
        let close = (at + 1..self.end.min(at + 12))
            .find(|&at| matches!(self.lower(at), ")" | "]"))
            .filter(|_| matches!(self.lower(at), "(" | "["))?;
        let small = |at: usize| self.tokens[at].shape == Shape::Lower && self.time(at).is_none();
        let plain = (at + 1..close).any(small);
        (close > at + 1 && !plain).then_some(close + 1)
    }

    /// The token behind a dash at a token, if a sentence begins there.
    fn behind_dash(&self, at: usize) -> Option<usize> {
        let dash = matches!(self.lower(at), "-" | "--" | "–" | "—") && at < self.end;
        dash.then(|| self.opens(at + 1)).flatten()
    }

    /// The token, if a sentence can begin with it.
    fn opens(&self, at: usize) -> Option<usize> {
        let near = at < self.end && at <= self.start + LONGEST;
        let begins = near
            && match self.tokens[at].shape {
                Shape::Capital | Shape::Upper | Shape::Number => true,
                Shape::Mark => matches!(self.lower(at), "“" | "\"" | "‘"),
                Shape::Lower => false,
            };
        begins.then_some(at)
    }

    /// Whether a word is longer than initials are.
    fn long(&self, at: usize) -> bool {
        self.tokens[at].lower.chars().count() > 3
    }

    fn lower(&self, at: usize) -> &str {
        self.tokens.get(at).filter(|_| at < self.end).map_or("", |token| token.lower.as_str())
    }

    fn time(&self, at: usize) -> Option<usize> {
        let to = self.times.partition_point(|time| time.tokens.start <= at);
        to.checked_sub(1).filter(|&time| self.times[time].tokens.contains(&at))
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::{analyse, testing::document};

    /// Asserts where the first sentence of a text begins.
    fn check(text: &str, opens: &str) {
        let document = document(text, Some("2031-03-05"));
        let analysis = analyse(&document);
        let first = analysis.sentences[0].span.of(&document.text);
        assert!(first.starts_with(opens), "{first}");
        assert_eq!(first.len() < text.len(), !text.starts_with(opens), "{text}");
    }

    #[test]
    fn datelines_belong_to_no_sentence() {
        for line in [
            "KABUL, 3 March (Reuters) — ",
            "KABUL, Afghanistan (AP) - ",
            "ISLAMABAD, Sept 7: ",
            "Dhaka, March 24 (IANS) ",
            "LONDON: ",
            "Baghdad: ",
            "SAN DIEGO -- ",
            "(KABUL, Afghanistan) -- ",
            "(Reuters) - ",
            "Phoenix — ",
            "DAVAO CITY, Philippines (Mindanao Mercury / March 3, 2031) – ",
        ] {
            check(&format!("{line}A bomb exploded in a market."), "A bomb");
        }
    }

    #[test]
    fn other_openings_stay() {
        check("Police: Three men were held.", "Police");
        check("Hamas – the movement – said so.", "Hamas");
        check("Emil Harko (34) was there.", "Emil");
        check("Emil Harko – The Man – was there.", "Emil");
        check("Kabul is a town.", "Kabul");
        check("On 3 March (a Monday) a bomb exploded.", "On");
    }

    #[test]
    fn a_day_is_counted_from_where_none_of_publication_is_known() {
        let text = "VARNA, 4 March 2031 (AP) — A bomb exploded on Monday.";
        let analysis = analyse(&document(text, None));
        let monday = analysis.times.last().and_then(|time| time.value.clone()).unwrap();
        assert_eq!(monday.as_str(), "2031-03-03");
    }
}
