//! The tagger of parts of speech.

use throughline_eval::bench::syntax::Sentence;
use throughline_linear::Chain;
use throughline_linear::train::{Example, Pass, Settings, train};
use throughline_read::trained::{Case, Columns, Page, Weights, parts};

/// How often a sentence is seen as it stands, in capitals, and without capitals.
const FORMS: [f32; 3] = [0.7, 0.15, 0.15];

/// How the tagger is trained.
pub fn settings() -> Settings {
    Settings { passes: 8, l1: 0.5, l2: 0.3, least: 2, ..Settings::default() }
}

/// Trains on sentences with tags; a sentence whose words the reader cuts otherwise is learned from
/// in both ways.
pub fn train_on(
    sentences: &[Sentence],
    weights: &Weights<'_>,
    settings: &Settings,
    tell: impl FnMut(Pass),
) -> Chain {
    let labels = parts::TAGS.map(str::to_owned);
    let mut examples = Vec::new();
    for sentence in sentences {
        let words: Vec<(&str, u16)> = sentence
            .words
            .iter()
            .filter_map(|word| Some((word.form.as_str(), number(&word.tag)?)))
            .collect();
        examples.push(example(&words, weights));
        let joined = joined(&words);
        if joined.len() != words.len() {
            let words: Vec<(&str, u16)> =
                joined.iter().map(|(word, tag)| (word.as_str(), *tag)).collect();
            examples.push(example(&words, weights));
        }
    }
    train(examples, &labels, settings, tell)
}

fn number(tag: &str) -> Option<u16> {
    parts::TAGS.iter().position(|known| *known == tag).and_then(|at| u16::try_from(at).ok())
}

fn example(words: &[(&str, u16)], weights: &Weights<'_>) -> Example {
    let page = Page::of_words([words.iter().map(|(word, _)| *word)]);
    let features = |page: &Page<'_>| {
        let mut sequences = parts::features(&Columns::new(page, weights));
        sequences.pop().unwrap_or_default()
    };
    let [own, upper, lower] = FORMS;
    let forms = vec![
        (features(&page), own),
        (features(&page.in_case(Case::Upper)), upper),
        (features(&page.in_case(Case::Lower)), lower),
    ];
    Example { forms, labels: words.iter().map(|(_, tag)| *tag).collect(), weight: 1.0 }
}

/// The words with those joined that the reader takes as one ("22", "-", "year", "-", "old"), which
/// then has the tag of the last, as a compound has its head's.
fn joined(words: &[(&str, u16)]) -> Vec<(String, u16)> {
    let mut found: Vec<(String, u16)> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let mut end = at + 1;
        let hyphen = |at: usize| words.get(at).is_some_and(|(word, _)| *word == "-");
        let word = |at: usize| {
            words.get(at).is_some_and(|(word, _)| word.chars().all(char::is_alphanumeric))
        };
        while word(end - 1) && hyphen(end) && word(end + 1) {
            end += 2;
        }
        let text: String = words[at..end].iter().map(|(word, _)| *word).collect();
        // Only what the reader cuts as one word.
        if end > at + 1 && Page::of_text(&text).len() > 1 {
            end = at + 1;
            found.push((words[at].0.to_owned(), words[at].1));
        } else {
            found.push((text, words[end - 1].1));
        }
        at = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_the_reader_takes_as_one_are_joined() {
        let words =
            [("a", 5), ("22", 8), ("-", 12), ("year", 7), ("-", 12), ("old", 0), ("man", 7)];
        let whole: Vec<(String, u16)> = [("a", 5), ("22-year-old", 0), ("man", 7)]
            .map(|(word, tag)| (word.to_owned(), tag))
            .to_vec();
        assert_eq!(joined(&words), whole);
        let apart = [("Isil", 11), ("-", 12), ("related", 15)];
        assert_eq!(joined(&apart).len(), 3);
    }
}
