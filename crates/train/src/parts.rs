//! The tagger of parts of speech.

use std::ops::Range;

use throughline_eval::bench::reader;
use throughline_eval::bench::syntax::{self as gold, Sentence};
use throughline_linear::Chain;
use throughline_linear::train::{Example, Pass, Settings, train};
use throughline_read::trained::{Case, Columns, Held, Page, Weights, parts};

use crate::card::{self, Card};
use crate::{Bench, Error, Made, Models, Told};

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
        let forms: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let joined = joined(&forms);
        if joined.len() != words.len() {
            // As a compound has the tag of its head, which is the last.
            let whole: Vec<(String, u16)> = joined
                .iter()
                .map(|range| (forms[range.clone()].concat(), words[range.end - 1].1))
                .collect();
            let words: Vec<(&str, u16)> =
                whole.iter().map(|(word, tag)| (word.as_str(), *tag)).collect();
            examples.push(example(&words, weights));
        }
    }
    train(examples, &labels, settings, tell)
}

/// Makes the tagger of parts of speech.
pub(crate) fn train_parts(
    bench: &Bench,
    models: &Models,
    tell: &mut impl FnMut(Told),
) -> Result<Made, Error> {
    let clusters = models.clusters()?;
    let weights = Weights { clusters: &clusters, ..Weights::own() };
    let sentences = bench.sentences("syntax/train.conllu")?;
    let settings = settings();
    let chain = train_on(&sentences, &weights, &settings, |pass| tell(Told::Pass(pass)));
    let dev = bench.sentences("syntax/dev.conllu")?;
    let weights = Weights { parts: Held::from(&chain), ..weights };
    let tagged: String = dev
        .iter()
        .map(|sentence| {
            let words: Vec<&str> = sentence.words.iter().map(|word| word.form.as_str()).collect();
            gold::annotated(sentence, &reader::syntax(&words, &weights))
        })
        .collect();
    let read = gold::sentences(&tagged).map_err(|cause| bench.wrong("syntax", cause))?;
    let score = gold::score(&dev, &read);
    let (low, high) = score.bounds[1];
    let card = Card {
        title: "Parts of speech",
        task: "syntax",
        about: "A conditional random field over the seventeen tags of Universal Dependencies.",
        data: card::TAGGED,
        features: format!(
            "The words around, their letters, shapes and clusters; {} features have weights. {}",
            chain.features(),
            card::settings(&settings)
        ),
        figures: format!(
            "UPOS on the dev part, with gold words: {:.2} % (95 %: {low:.2} to {high:.2}).",
            score.measures[1].f1
        ),
    };
    models.save("parts-of-speech", &chain.to_bytes(), &card.to_string())
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
    Example { forms, labels: words.iter().map(|(_, tag)| *tag).collect(), or: 0..0, weight: 1.0 }
}

/// Words in runs, of which those of several are one word for the reader ("22", "-", "year", "-",
/// "old").
pub(crate) fn joined(words: &[&str]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let mut end = at + 1;
        let hyphen = |at: usize| words.get(at).is_some_and(|word| *word == "-");
        let word =
            |at: usize| words.get(at).is_some_and(|word| word.chars().all(char::is_alphanumeric));
        while word(end - 1) && hyphen(end) && word(end + 1) {
            end += 2;
        }
        // Only what the reader cuts as one word.
        if end > at + 1 && Page::of_text(&words[at..end].concat()).len() > 1 {
            end = at + 1;
        }
        found.push(at..end);
        at = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_the_reader_takes_as_one_are_joined() {
        assert_eq!(joined(&["a", "22", "-", "year", "-", "old", "man"]), [0..1, 1..6, 6..7]);
        assert_eq!(joined(&["Isil", "-", "related"]), [0..1, 1..2, 2..3]);
    }
}
