//! Numbers with their modifiers → quantities.
//!
//! What an expression of time holds, percentages, sums of money and ordinals are no
//! quantities. Ages are: "Ruiz, 52," is told from a toll by those who read tolls.

use throughline_model::Figure;

use super::{Quantity, Sentence, Shape, Token};

/// Small numbers in words.
const UNITS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: &[&str] =
    &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const SCALES: &[(&str, u64)] = &[
    ("dozen", 12),
    ("hundred", 100),
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
];
/// Words for many, with the least that they can be.
const MANY: &[(&str, u32)] = &[
    ("several", 3),
    ("dozens", 24),
    ("scores", 40),
    ("hundreds", 200),
    ("thousands", 2_000),
    ("millions", 2_000_000),
];

/// How a modifier changes the number after it.
#[derive(Clone, Copy)]
enum Modifier {
    AtLeast,
    AtMost,
    /// More than it, fewer than it.
    Above,
    Below,
    About,
    Exactly,
}

/// Modifiers in the words before a number, longer ones first.
const MODIFIERS: &[(&[&str], Modifier)] = &[
    (&["no", "fewer", "than"], Modifier::AtLeast),
    (&["no", "less", "than"], Modifier::AtLeast),
    (&["not", "fewer", "than"], Modifier::AtLeast),
    (&["no", "more", "than"], Modifier::AtMost),
    (&["not", "more", "than"], Modifier::AtMost),
    (&["as", "many", "as"], Modifier::AtMost),
    (&["at", "least"], Modifier::AtLeast),
    (&["at", "most"], Modifier::AtMost),
    (&["more", "than"], Modifier::Above),
    (&["fewer", "than"], Modifier::Below),
    (&["less", "than"], Modifier::Below),
    (&["up", "to"], Modifier::AtMost),
    (&["close", "to"], Modifier::About),
    (&["an", "estimated"], Modifier::About),
    (&["over"], Modifier::Above),
    (&["under"], Modifier::Below),
    (&["below"], Modifier::Below),
    (&["about"], Modifier::About),
    (&["around"], Modifier::About),
    (&["some"], Modifier::About),
    (&["nearly"], Modifier::About),
    (&["almost"], Modifier::About),
    (&["approximately"], Modifier::About),
    (&["roughly"], Modifier::About),
    (&["perhaps"], Modifier::About),
    (&["estimated"], Modifier::About),
    (&["exactly"], Modifier::Exactly),
];

/// The quantities of a text. `taken` says which tokens an expression of time holds.
pub(super) fn read(tokens: &[Token], sentences: &[Sentence], taken: &[bool]) -> Vec<Quantity> {
    let mut quantities = Vec::new();
    for sentence in sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            match quantity(tokens, sentence.tokens.start, at, sentence.tokens.end, taken) {
                Some(found) => {
                    at = found.tokens.end.max(at + 1);
                    quantities.push(found);
                }
                None => at += 1,
            }
        }
    }
    quantities
}

fn quantity(
    tokens: &[Token],
    first: usize,
    at: usize,
    end: usize,
    taken: &[bool],
) -> Option<Quantity> {
    if taken[at] {
        return None;
    }
    let word = |n: usize| tokens.get(n).filter(|_| n < end && !taken[n]).map(|t| t.lower.as_str());
    let (mut figure, mut next) = match many(tokens, at, end) {
        Some((least, next)) => (Figure { least, most: None, about: true }, next),
        None => {
            let (n, next) = number(tokens, at, end)?;
            (Figure::exactly(n), next)
        }
    };
    let currency = at
        .checked_sub(1)
        .is_some_and(|b| matches!(tokens[b].lower.as_str(), "$" | "£" | "€" | "¥"));
    let percent = matches!(word(next), Some("%" | "percent" | "pct"))
        || word(next) == Some("per") && word(next + 1) == Some("cent");
    if currency || percent {
        return None;
    }
    let mut start = at;
    // "30 to 40", "30-40", "between 30 and 40", "30 or 40"; not "rose from 30 to 40".
    let between = at > first && tokens[at - 1].lower == "between";
    let changes =
        at > first + 1 && tokens[at - 1].lower == "from" && changed(&tokens[first..at - 1]);
    let joint = match word(next) {
        Some("to") => !changes,
        Some("-" | "–" | "or") => true,
        Some("and") => between,
        _ => false,
    };
    if let Some(least) = figure.most
        && joint
        && let Some((most, after)) = number(tokens, next + 1, end)
        && !taken[next + 1]
        && most > least
    {
        figure = Figure { least, most: Some(most), about: false };
        next = after;
        if between {
            start -= 1;
        }
    }
    match (word(next), word(next + 1)) {
        (Some("or"), Some("more")) => {
            figure.most = None;
            next += 2;
        }
        (Some("or"), Some("so")) => {
            figure.about = true;
            next += 2;
        }
        _ => {}
    }
    // "more than "40 people killed"": what stands before the quotation is of the number as well.
    let quoted = start
        .checked_sub(1)
        .filter(|&mark| mark > first && matches!(tokens[mark].lower.as_str(), "\"" | "“" | "‘"));
    if let Some(mark) = quoted.filter(|&mark| modifier(tokens, first, mark).is_some()) {
        start = mark;
    }
    while let Some((length, modifier)) = modifier(tokens, first, start) {
        start -= length;
        match modifier {
            Modifier::AtLeast => figure.most = None,
            Modifier::Above => {
                // "more than 30 to 40" and "more than dozens" are no sharper for it.
                let exact = figure.most == Some(figure.least);
                figure.least = figure.least.saturating_add(u32::from(exact));
                figure.most = None;
            }
            Modifier::AtMost => figure.least = 0,
            Modifier::Below => {
                figure.most = figure.most.map(|most| most.saturating_sub(1));
                figure.least = 0;
            }
            Modifier::About => figure.about = true,
            Modifier::Exactly => {}
        }
        if matches!(modifier, Modifier::Exactly) {
            break;
        }
    }
    Some(Quantity { tokens: start..next, figure })
}

/// Whether the words before "from 30 to 40" tell of a change, so that it is 40 now.
fn changed(before: &[Token]) -> bool {
    const NEAR: usize = 4;
    before.iter().rev().take(NEAR).any(|token| {
        matches!(
            token.lower.as_str(),
            "rise"
                | "rises"
                | "rose"
                | "risen"
                | "rising"
                | "climb"
                | "climbs"
                | "climbed"
                | "increase"
                | "increases"
                | "increased"
                | "grew"
                | "grown"
                | "jumped"
                | "up"
                | "down"
                | "fell"
                | "fallen"
                | "dropped"
                | "raised"
                | "revised"
                | "lowered"
                | "changed"
                | "cut"
                | "reduced"
                | "went"
                | "gone"
        )
    })
}

/// The modifier that ends before token `at`, and its length.
fn modifier(tokens: &[Token], first: usize, at: usize) -> Option<(usize, Modifier)> {
    MODIFIERS.iter().find_map(|(words, modifier)| {
        let start = at.checked_sub(words.len()).filter(|start| *start >= first)?;
        let held = &tokens[start..at];
        let equal = held.iter().zip(*words).all(|(token, word)| token.lower == *word);
        equal.then_some((words.len(), *modifier))
    })
}

/// "dozens", "hundreds of", with the least they can be, and the token after.
fn many(tokens: &[Token], at: usize, end: usize) -> Option<(u32, usize)> {
    let (_, least) = MANY.iter().find(|(word, _)| *word == tokens[at].lower)?;
    // "tens of thousands"
    let of = at + 2 < end && tokens[at + 1].lower == "of";
    let scale = of.then(|| MANY.iter().find(|(word, _)| *word == tokens[at + 2].lower)).flatten();
    match scale {
        Some((_, scale)) => Some((least.saturating_mul(scale / 2), at + 3)),
        None => Some((*least, at + 1)),
    }
}

/// A cardinal number in digits or words, and the token after it.
pub(super) fn number(tokens: &[Token], at: usize, end: usize) -> Option<(u32, usize)> {
    let token = tokens.get(at).filter(|_| at < end)?;
    let narrow = |n: u64| u32::try_from(n).ok();
    if token.shape == Shape::Number {
        let lower = token.lower.as_str();
        let scale = scale_at(tokens, at + 1, end);
        if let (Some((whole, part)), Some(scale)) = (lower.split_once('.'), scale) {
            let whole: u64 = whole.parse().ok()?;
            let digits = u32::try_from(part.len()).ok().filter(|digits| *digits <= 6)?;
            let part: u64 = part.parse().ok()?;
            let n = whole.checked_mul(scale)? + part * scale / 10u64.pow(digits);
            return Some((narrow(n)?, at + 2));
        }
        if !lower.bytes().all(|b| b.is_ascii_digit() || b == b',') {
            return None;
        }
        let n: u64 = lower.replace(',', "").parse().ok()?;
        return match scale {
            Some(scale) => Some((narrow(n.checked_mul(scale)?)?, at + 2)),
            None => Some((narrow(n)?, at + 1)),
        };
    }
    words(tokens, at, end)
}

fn words(tokens: &[Token], at: usize, end: usize) -> Option<(u32, usize)> {
    let word = |n: usize| tokens.get(n).filter(|_| n < end).map(|token| token.lower.as_str());
    let mut next = at;
    let mut total: u64 = 0;
    let mut group: u64 = 0;
    match (word(at)?, word(at + 1)) {
        ("half", Some("a")) if word(at + 2) == Some("dozen") => return Some((6, at + 3)),
        ("a", Some("couple")) => {
            return Some((2, at + 2 + usize::from(word(at + 2) == Some("of"))));
        }
        ("a" | "an", Some(_)) => {
            scale_at(tokens, at + 1, end)?;
            group = 1;
            next = at + 1;
        }
        _ => {
            if let Some(n) = small(word(at)?) {
                group = n;
                next = at + 1;
            }
        }
    }
    if next == at {
        return None;
    }
    let mut last_small = small(word(next - 1)?).unwrap_or(0);
    loop {
        if let Some(scale) = scale_at(tokens, next, end) {
            group = group.max(1).checked_mul(scale)?;
            if scale >= 1_000 {
                total = total.checked_add(group)?;
                group = 0;
            }
            last_small = 0;
            next += 1;
            continue;
        }
        let (step, n) = match word(next) {
            Some("and") if total + group >= 100 => (2, word(next + 1).and_then(small)),
            Some(word) => (1, small(word)),
            None => (0, None),
        };
        match n {
            // "twenty one", "two hundred and five", but not "seven, eight".
            Some(n)
                if total + group >= 100 && group.is_multiple_of(100)
                    || last_small >= 20 && last_small.is_multiple_of(10) && n < 10 =>
            {
                group += n;
                last_small = n;
                next += step;
            }
            _ => break,
        }
    }
    Some((u32::try_from(total + group).ok()?, next))
}

fn scale_at(tokens: &[Token], at: usize, end: usize) -> Option<u64> {
    let token = tokens.get(at).filter(|_| at < end)?;
    SCALES.iter().find(|(word, _)| *word == token.lower).map(|(_, scale)| *scale)
}

/// A number in digits, or below a hundred in one word, however it is written.
pub fn cardinal(word: &str) -> Option<u32> {
    let lower = word.to_lowercase();
    let digits = lower.replace(',', "");
    let written = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if written { digits.parse().ok() } else { small(&lower).and_then(|n| u32::try_from(n).ok()) }
}

/// A number below a hundred in one word.
fn small(word: &str) -> Option<u64> {
    let unit = |word: &str| UNITS.iter().position(|unit| *unit == word).map(|n| n as u64);
    let ten = |word: &str| TENS.iter().position(|ten| *ten == word).map(|n| 10 * (n as u64 + 2));
    match word.split_once('-') {
        Some((tens, units)) => Some(ten(tens)? + unit(units).filter(|n| (1..10).contains(n))?),
        None => unit(word).or_else(|| ten(word)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{analyse, testing::document};

    fn check(text: &str, expected: &[(&str, u32, Option<u32>, bool)]) {
        let document = document(text, None);
        let analysis = analyse(&document);
        let found: Vec<_> = analysis
            .quantities
            .iter()
            .map(|quantity| {
                let held = &analysis.tokens[quantity.tokens.clone()];
                let span = held[0].span.join(held[held.len() - 1].span);
                let Figure { least, most, about } = quantity.figure;
                (span.of(&document.text), least, most, about)
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn one_word_is_a_number_in_digits_or_letters() {
        assert_eq!(cardinal("SEVEN"), Some(7));
        assert_eq!(cardinal("thirty-one"), Some(31));
        assert_eq!(cardinal("1,200"), Some(1200));
        for other in ["several", "", ",", "99999999999", "1.5", "ten-one"] {
            assert_eq!(cardinal(other), None, "{other}");
        }
    }

    #[test]
    fn quantities() {
        let exactly = |words, n| (words, n, Some(n), false);
        check("Thirty-one of the 38 plots", &[exactly("Thirty-one", 31), exactly("38", 38)]);
        check("leaving 130 people dead", &[exactly("130", 130)]);
        check("at least a dozen men", &[("at least a dozen", 12, None, false)]);
        check("More than 1,300 people", &[("More than 1,300", 1301, None, false)]);
        check("dozens were hurt", &[("dozens", 24, None, true)]);
        check("tens of people", &[]);
        check("about 40 people", &[("about 40", 40, Some(40), true)]);
        check("30 to 40 rounds", &[("30 to 40", 30, Some(40), false)]);
        check("between 30 and 40 rounds", &[("between 30 and 40", 30, Some(40), false)]);
        check("two hundred and five men", &[exactly("two hundred and five", 205)]);
        check("a hundred men", &[exactly("a hundred", 100)]);
        check("1.5 million refugees", &[exactly("1.5 million", 1_500_000)]);
        check("up to 20 men", &[("up to 20", 0, Some(20), false)]);
        check("no more than 20 men", &[("no more than 20", 0, Some(20), false)]);
        check("fewer than five men", &[("fewer than five", 0, Some(4), false)]);
        check("under 20 men", &[("under 20", 0, Some(19), false)]);
        check("no fewer than five men", &[("no fewer than five", 5, None, false)]);
        check("30 per cent, 5% and £50", &[]);
        check("On 24 March 2017 three men came", &[exactly("three", 3)]);
        check("half a dozen shots", &[exactly("half a dozen", 6)]);
        check("one hundred thousand men", &[exactly("one hundred thousand", 100_000)]);
        check("The toll has risen from 30 to 40.", &[exactly("30", 30), exactly("40", 40)]);
        check("seven or eight men", &[("seven or eight", 7, Some(8), false)]);
    }
}
