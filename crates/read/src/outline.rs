//! The outline of a document: what of its words tells which incident it reports, and how its sentences are
//! worded.
//!
//! Made of the first layer's sentences and dates alone, since it is made anew for every document
//! whenever records are derived anew.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{self as model, Document, Outline, OutlineWord, Wording, ZoneRole};

use crate::analysis::{self, Sentence, Shape, Token};
use crate::parts;

/// So many words of a document are kept, the first ones.
const MOST_WORDS: usize = 240;

/// So many names, ages and streets of each kind.
const MOST_NAMES: usize = 60;

/// So many bytes of a document are its first lines.
const OPENING: u32 = 700;

/// Days and numbers that are said further down are seldom those of what is reported.
const NEAR: u32 = 1600;

/// Words for streets and squares, after their name.
const STREETS: &[&str] = &[
    "street",
    "avenue",
    "road",
    "drive",
    "lane",
    "boulevard",
    "court",
    "square",
    "highway",
    "parkway",
    "st",
    "ave",
    "rd",
    "blvd",
];

/// Words of calendars, which no name is made of.
const CALENDAR: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The outline of a document, of which a very long one's first part tells. Pure.
pub fn outline(document: &Document) -> Outline {
    let first = parts::first(document);
    let document = first.as_ref().unwrap_or(document);
    let (tokens, sentences) = analysis::sentences(document);
    let mut words = Words::default();
    let mut outline = Outline::default();
    let mut full_names = BTreeSet::new();
    for sentence in &sentences {
        for at in sentence.tokens.clone() {
            words.add(&tokens, sentence, at);
        }
        let within = &tokens[sentence.tokens.clone()];
        let said = within.iter().filter(|token| token.shape != Shape::Mark);
        if let Some(wording) = Wording::of(said.map(|token| token.lower.as_str())) {
            outline.sentences.push(model::Sentence { span: sentence.span, wording });
        }
        for pair in within.windows(2) {
            let [one, other] = pair else { continue };
            // A single space lies between what is one name.
            if is_name(one) && is_name(other) && other.span.start == one.span.end + 1 {
                full_names.insert((Outline::hash(&one.lower), Outline::hash(&other.lower)));
            }
            if is_name(one) && STREETS.contains(&other.lower.as_str()) {
                outline.streets.push(Outline::hash(&one.lower));
            }
        }
        ages(within, &mut outline);
        numbers(within, &mut outline);
    }
    for time in analysis::times(document, &tokens, &sentences) {
        let near = time.tokens.clone().next().is_some_and(|at| tokens[at].span.start < NEAR);
        let Some(value) = time.value.filter(|_| near) else { continue };
        let (first, last) = (value.earliest(), value.latest());
        if last <= first.plus(1) {
            outline.days.extend([first, last]);
        }
    }
    outline.words = words.finish();
    outline.full_names = full_names.into_iter().take(MOST_NAMES).collect();
    short(&mut outline.streets);
    short(&mut outline.numbers);
    short(&mut outline.years);
    short(&mut outline.aged);
    short(&mut outline.ages);
    short(&mut outline.days);
    outline
}

fn short<T: Ord>(list: &mut Vec<T>) {
    list.sort_unstable();
    list.dedup();
    list.truncate(MOST_NAMES);
}

fn has_capital(token: &Token) -> bool {
    matches!(token.shape, Shape::Capital | Shape::Upper)
}

/// Whether a token may be part of somebody's name.
fn is_name(token: &Token) -> bool {
    has_capital(token)
        && token.lower.len() > 2
        && !analysis::is_function(&token.lower)
        && !CALENDAR.contains(&token.lower.as_str())
}

/// Notes the ages in a sentence: "34-year-old", "Marl, 34,".
fn ages(within: &[Token], outline: &mut Outline) {
    for (at, token) in within.iter().enumerate() {
        let age = |text: &str| text.parse::<u8>().ok().filter(|age| (1..100).contains(age));
        if let Some(age) = token.lower.strip_suffix("-year-old").and_then(age) {
            outline.ages.push(age);
        }
        if let [before, comma, number, after, ..] = &within[at..]
            && is_name(before)
            && comma.lower == ","
            && let Some(age) = age(&number.lower)
            && matches!(after.lower.as_str(), "," | "." | "and" | "of")
        {
            outline.ages.push(age);
            outline.aged.push(Outline::hash(&before.lower));
        }
    }
}

/// Notes the numbers near the beginning that are written in figures, and the years.
fn numbers(within: &[Token], outline: &mut Outline) {
    for token in within.iter().take_while(|token| token.span.start < NEAR) {
        match token.lower.parse() {
            Ok(number @ 2..=999) => outline.numbers.push(number),
            Ok(year @ 1900..=2099) => outline.years.push(year),
            _ => {}
        }
    }
}

/// The words that carry content, as they are met.
#[derive(Default)]
struct Words(BTreeMap<u32, OutlineWord>);

impl Words {
    fn add(&mut self, tokens: &[Token], sentence: &Sentence, at: usize) {
        let token = &tokens[at];
        let word = token.lower.trim_matches('\'');
        if token.shape == Shape::Mark
            || word.len() < 2
            || !word.starts_with(char::is_alphanumeric)
            || analysis::is_function(word)
        {
            return;
        }
        let word = Outline::hash(word);
        if self.0.len() >= MOST_WORDS && !self.0.contains_key(&word) {
            return;
        }
        let headline = sentence.zone == ZoneRole::Headline;
        let named = !headline && at > sentence.tokens.start && has_capital(token);
        let said = if headline { 2 } else { 1 };
        let opening = headline || token.span.start < OPENING;
        let empty = OutlineWord { word, said: 0, named: 0, headline: false, opening: false };
        let one = self.0.entry(word).or_insert(empty);
        one.said = one.said.saturating_add(said);
        one.named = one.named.saturating_add(u8::from(named));
        one.headline |= headline;
        one.opening |= opening;
    }

    fn finish(self) -> Vec<OutlineWord> {
        self.0.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use throughline_model::{Edtf, Sha256, Span, Zone};

    use super::*;

    fn document(headline: &str, body: &str) -> Document {
        let text = format!("{headline}\n\n{body}");
        let zones = vec![
            Zone { role: ZoneRole::Headline, span: Span::new(0, headline.len()) },
            Zone { role: ZoneRole::Body, span: Span::new(headline.len() + 2, text.len()) },
        ];
        let published: Edtf = "2016-05-14".parse().unwrap();
        Document {
            text,
            zones,
            published: Some(published),
            ..Document::bare(Sha256::of(body.as_bytes()))
        }
    }

    #[test]
    fn an_outline_has_words_names_ages_streets_and_days() {
        let body = "A 34-year-old man shot Ada Marl, 61, on Lind Street on Thursday. Marl died.";
        let outline = outline(&document("Woman dies in Ostby", body));
        let word = |word: &str| {
            let hash = Outline::hash(word);
            outline.words.iter().find(|one| one.word == hash).copied()
        };
        let marl = word("marl").unwrap();
        assert_eq!((marl.said, marl.named, marl.headline, marl.opening), (2, 1, false, true));
        assert!(word("ostby").unwrap().headline && word("ostby").unwrap().named == 0);
        assert_eq!(word("the"), None);
        assert!(outline.full_names.contains(&(Outline::hash("ada"), Outline::hash("marl"))));
        assert_eq!(outline.ages, [34, 61]);
        assert_eq!(outline.aged, [Outline::hash("marl")]);
        assert_eq!(outline.streets, [Outline::hash("lind")]);
        let thursday: Edtf = "2016-05-12".parse().unwrap();
        assert_eq!(outline.days, [thursday.earliest()]);
        assert!(outline.words.is_sorted_by_key(|one| one.word));
    }

    #[test]
    fn an_outline_has_the_numbers_and_years_of_the_first_lines() {
        let body = "Since 2011 1 of 23 boats, 150 km off Lind, was held for 1,200 days.";
        let outline = outline(&document("Boats", body));
        assert_eq!((&outline.numbers[..], &outline.years[..]), (&[23, 150][..], &[2011][..]));
        let far = format!("{}23 boats left in 2011.", "Boats left Lind. ".repeat(100));
        let outline = super::outline(&document("Boats", &far));
        assert!(outline.numbers.is_empty() && outline.years.is_empty());
    }

    #[test]
    fn outlines_of_long_documents_are_short() {
        let many: String = (0..3000).map(|at| format!("Word{at} Name{at}, 40, fell. ")).collect();
        let outline = outline(&document("Much", &many));
        assert_eq!(outline.words.len(), MOST_WORDS);
        assert!(outline.full_names.len() <= MOST_NAMES && outline.aged.len() <= MOST_NAMES);
        assert!(super::outline(&Document::bare(Sha256::of(b""))).is_bare());
    }
}
