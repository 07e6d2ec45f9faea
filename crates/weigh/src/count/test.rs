//! Whether one value passes a test.

use std::collections::BTreeMap;

use throughline_model::{Answer, Day, Edtf, Figure, MentionId, Value};

use super::{Identity, Known, Test, Truth, Who};

/// Whether a value passes, and whether that hangs on an identity that is only proposed.
pub(super) fn passes(
    test: &Test,
    value: Option<&Value>,
    known: &Known,
    names: &BTreeMap<MentionId, String>,
) -> (Truth, Identity) {
    let Some(value) = value.filter(|value| is_known(value) || asks_for_unknown(test, value)) else {
        return (Truth::Unknown, Identity::Reviewed);
    };
    let truth = match (test, value) {
        (Test::Subjects(wanted), Value::Mention(id)) => return is_one_of(wanted, *id, known),
        (Test::Given(_), _) => Truth::Yes,
        (Test::Answer(_), Value::Answer(answer)) => Truth::of(*answer == Answer::Yes),
        (Test::Terms(terms), Value::Term(term)) => Truth::of(terms.contains(term)),
        (Test::Texts(texts), Value::Text(text)) => {
            let text = (known.normal)(text);
            Truth::of(texts.iter().any(|wanted| (known.normal)(wanted) == text))
        }
        (Test::Contains(phrases), Value::Text(text)) => contains(phrases, text, known),
        (Test::Contains(phrases), Value::Mention(id)) => match names.get(id) {
            Some(name) => contains(phrases, name, known),
            None => Truth::Unknown,
        },
        (Test::Within(period), Value::Date(date)) => {
            decided(period.contains(date), !period.overlaps(date))
        }
        (Test::Before(start), Value::Date(date)) => {
            decided(date.latest() < start.earliest(), date.earliest() >= start.earliest())
        }
        (Test::After(end), Value::Date(date)) => {
            decided(date.earliest() > end.latest(), date.latest() <= end.latest())
        }
        (Test::Follows(from, days), Value::Date(date)) => follows(from, *days, date),
        (Test::Between(least, most), Value::Figure(figure)) => between(*least, *most, figure),
        // The grammar gives every variable tests of its own shape.
        _ => Truth::Unknown,
    };
    (truth, Identity::Reviewed)
}

/// Whether a value says more than that nobody knows.
pub(super) fn is_known(value: &Value) -> bool {
    match value {
        Value::Answer(answer) => *answer != Answer::Unknown,
        Value::Term(term) => term != UNKNOWN,
        _ => true,
    }
}

/// The term by which a source says that it is not known.
const UNKNOWN: &str = "unknown";

/// Whether the test asks for the very term "unknown".
fn asks_for_unknown(test: &Test, value: &Value) -> bool {
    matches!((test, value), (Test::Terms(terms), Value::Term(_)) if terms.iter().any(|term| term == UNKNOWN))
}

/// Whether a mention stands for one of the records named.
pub(super) fn is_one_of(wanted: &[Who], mention: MentionId, known: &Known) -> (Truth, Identity) {
    let best = wanted
        .iter()
        .filter_map(|who| known.named.get(who).and_then(|named| named.holds(mention)))
        .min();
    match best {
        Some(identity) => (Truth::Yes, identity),
        None => (Truth::No, Identity::Reviewed),
    }
}

/// Whether a text holds one of the phrases, in whole words.
fn contains(phrases: &[String], text: &str, known: &Known) -> Truth {
    let padded = |text: &str| format!(" {} ", (known.normal)(text));
    let text = padded(text);
    Truth::of(phrases.iter().any(|phrase| text.contains(&padded(phrase))))
}

/// Yes or no, if one of them is sure.
fn decided(surely: bool, surely_not: bool) -> Truth {
    match (surely, surely_not) {
        (true, _) => Truth::Yes,
        (false, true) => Truth::No,
        (false, false) => Truth::Unknown,
    }
}

/// Whether a date lies no more than so many days after another, and not before it.
fn follows(from: &Edtf, days: u32, date: &Edtf) -> Truth {
    let between = |from: Day, to: Day| i64::from(to.0) - i64::from(from.0);
    let least = between(from.latest(), date.earliest());
    let most = between(from.earliest(), date.latest());
    let days = i64::from(days);
    decided(least >= 0 && most <= days, least > days || most < 0)
}

/// Whether a figure lies between two numbers, both included.
fn between(least: u32, most: u32, figure: &Figure) -> Truth {
    let (low, high) = bounds(figure);
    let high = high.unwrap_or(u32::MAX);
    decided(low >= least && high <= most, high < least || low > most)
}

/// The least and the most that a figure allows. "About" leaves room: a quarter each way is our reading
/// of the word, not a source's.
pub(super) fn bounds(figure: &Figure) -> (u32, Option<u32>) {
    let room = |bound: u32| if figure.about { bound.div_ceil(4) } else { 0 };
    let low = figure.least.saturating_sub(room(figure.least));
    (low, figure.most.map(|most| most.saturating_add(room(most))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(test: &Test, value: Value, want: Truth) {
        let known = Known {
            normal: &|text| text.to_lowercase(),
            named: BTreeMap::new(),
            sets: BTreeMap::new(),
        };
        let names = BTreeMap::new();
        assert_eq!(passes(test, Some(&value), &known, &names).0, want, "{test:?} of {value:?}");
    }

    #[test]
    fn dates_that_lie_partly_inside_are_unknown() {
        let date = |text: &str| Value::Date(text.parse().unwrap());
        let day = |text: &str| text.parse::<Edtf>().unwrap();
        for (test, value, want) in [
            (Test::Within(day("1890/1899")), "1894", Truth::Yes),
            (Test::Within(day("1890/1899")), "1900-01-01", Truth::No),
            (Test::Within(day("1894-06")), "1894", Truth::Unknown),
            (Test::Before(day("1894-06")), "1894-05-31", Truth::Yes),
            (Test::Before(day("1894-06")), "1894-06-01", Truth::No),
            (Test::Before(day("1894-06")), "1894", Truth::Unknown),
            (Test::After(day("1894-06")), "1894-07-01", Truth::Yes),
            (Test::After(day("1894-06")), "1894-06-30", Truth::No),
            (Test::After(day("1894-06")), "1894", Truth::Unknown),
            (Test::After(day("1894")), "1893", Truth::No),
            (Test::Follows(day("1894-06-24"), 0), "1894-06-24", Truth::Yes),
            (Test::Follows(day("1894-06-24"), 2), "1894-06-26", Truth::Yes),
            (Test::Follows(day("1894-06-24"), 2), "1894-06-27", Truth::No),
            (Test::Follows(day("1894-06-24"), 2), "1894-06-23", Truth::No),
            (Test::Follows(day("1894-06-24"), 2), "1894-06", Truth::Unknown),
            (Test::Follows(day("1894-06"), 2), "1894-08", Truth::No),
            (Test::Follows(day("1894-06"), 59), "1894-07", Truth::Unknown),
            (Test::Follows(day("1894-06"), 60), "1894-07", Truth::Yes),
        ] {
            check(&test, date(value), want);
        }
    }

    #[test]
    fn figures_that_lie_partly_inside_are_unknown() {
        let figure = |least, most, about| Value::Figure(Figure { least, most, about });
        for (test, value, want) in [
            (Test::Between(1, u32::MAX), figure(1, Some(1), false), Truth::Yes),
            (Test::Between(1, u32::MAX), figure(0, Some(0), false), Truth::No),
            (Test::Between(10, u32::MAX), figure(8, Some(12), false), Truth::Unknown),
            (Test::Between(10, u32::MAX), figure(12, None, false), Truth::Yes),
            (Test::Between(0, 20), figure(12, None, false), Truth::Unknown),
            (Test::Between(30, u32::MAX), figure(40, Some(40), true), Truth::Yes),
            (Test::Between(31, u32::MAX), figure(40, Some(40), true), Truth::Unknown),
            (Test::Between(51, u32::MAX), figure(40, Some(40), true), Truth::No),
        ] {
            check(&test, value, want);
        }
    }

    #[test]
    fn phrases_match_in_whole_words() {
        let text = |text: &str| Value::Text(text.into());
        let king = Test::Contains(vec!["King".into()]);
        check(&king, text("the King of Arden"), Truth::Yes);
        check(&king, text("a parking place"), Truth::No);
        check(&Test::Texts(vec!["a mill".into()]), text("A Mill"), Truth::Yes);
        check(&Test::Texts(vec!["a mill".into()]), text("a mill owner"), Truth::No);
    }

    #[test]
    fn what_is_said_to_be_unknown_is_unknown_unless_asked_for() {
        let term = |term: &str| Test::Terms(vec![term.into()]);
        check(&term("alone"), Value::Term("unknown".into()), Truth::Unknown);
        check(&term("unknown"), Value::Term("unknown".into()), Truth::Yes);
        check(&Test::Answer(true), Value::Answer(Answer::Unknown), Truth::Unknown);
        check(&Test::Answer(true), Value::Answer(Answer::No), Truth::No);
    }
}
