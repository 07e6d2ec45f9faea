//! The parser: which word hangs on which.

use throughline_eval::bench::reader;
use throughline_eval::bench::syntax::{self as gold, Sentence, Word};
use throughline_linear::Chain;
use throughline_linear::tree::Tree;
use throughline_linear::tree::train::{Example, Pass, Settings, train};
use throughline_read::trained::syntax::{self, RELATIONS};
use throughline_read::trained::{Case, Columns, Held, Page, Weights, parts};

use crate::card::{self, Card};
use crate::{Bench, Error, Made, Models, Told};

/// How often a sentence is seen as it stands, in capitals, and without capitals.
const FORMS: [f32; 3] = [0.75, 0.15, 0.1];

/// How the parser is trained.
pub fn settings() -> Settings {
    Settings { passes: 8, ..Settings::default() }
}

/// Trains steps and relations on sentences with trees; a sentence whose words the reader cuts
/// otherwise is learned from in both ways. Tags are those that `tagger` gives: of a tagger that
/// knows the sentence they would be too good.
pub fn train_on<'w>(
    sentences: &[Sentence],
    tagger: impl Fn(usize) -> Weights<'w>,
    settings: &Settings,
    tell: impl FnMut(Pass),
) -> (Chain, Chain) {
    let mut examples = Vec::new();
    for (at, sentence) in sentences.iter().enumerate() {
        let weights = tagger(at);
        let words = tree(&sentence.words);
        examples.push(example(&words, &weights));
        let joined = joined(&words);
        if joined.len() != words.len() {
            examples.push(example(&joined, &weights));
        }
    }
    train(&examples, &RELATIONS.map(str::to_owned), settings, tell)
}

/// The sentences of one half, for the tags of which the other half teaches a tagger.
const RUN: usize = 50;

/// How the taggers of the halves are trained.
pub(crate) fn tagger_settings() -> throughline_linear::train::Settings {
    throughline_linear::train::Settings { passes: 3, ..crate::parts::settings() }
}

/// The taggers of two halves of the sentences, which lie in turns: each knows the other half only.
pub fn taggers(sentences: &[Sentence], weights: &Weights<'_>) -> [Chain; 2] {
    [0, 1].map(|half| {
        let others = sentences.iter().enumerate().filter(|(at, _)| at / RUN % 2 != half);
        let others: Vec<Sentence> = others.map(|(_, one)| one.clone()).collect();
        crate::parts::train_on(&others, weights, &tagger_settings(), |_| {})
    })
}

/// Which of the taggers does not know a sentence.
pub fn half(sentence: usize) -> usize {
    sentence / RUN % 2
}

/// Makes the tagger of parts of speech and the parser.
///
/// # Errors
/// If the bench or the clusters cannot be read, or the weights cannot be written.
pub fn train_syntax(
    bench: &Bench,
    models: &Models,
    mut tell: impl FnMut(Told),
) -> Result<Made, Error> {
    crate::parts::train_parts(bench, models, &mut tell)?;
    let (clusters, parts) = (models.clusters()?, models.parts()?);
    let weights = Weights { clusters: &clusters, parts: Held::from(&parts), ..Weights::own() };
    let sentences = bench.sentences("syntax/train.conllu")?;
    let taggers = taggers(&sentences, &weights);
    let settings = settings();
    let (steps, relations) = train_on(
        &sentences,
        |at| Weights { parts: Held::from(&taggers[half(at)]), ..weights },
        &settings,
        |pass| tell(Told::Steps(pass)),
    );
    let weights =
        Weights { steps: Held::from(&steps), relations: Held::from(&relations), ..weights };
    let dev = bench.sentences("syntax/dev.conllu")?;
    let read: String = dev
        .iter()
        .map(|sentence| {
            let words: Vec<&str> = sentence.words.iter().map(|word| word.form.as_str()).collect();
            gold::annotated(sentence, &reader::syntax(&words, &weights))
        })
        .collect();
    let read = gold::sentences(&read).map_err(|cause| bench.wrong("syntax", cause))?;
    let score = gold::score(&dev, &read);
    let measures = gold::MEASURES.iter().zip(score.measures).zip(score.bounds).skip(2);
    let measures: Vec<String> = measures
        .map(|((name, one), (low, high))| {
            format!("{} {:.2} % (95 %: {low:.2} to {high:.2})", name.to_uppercase(), one.f1)
        })
        .collect();
    let card = |title, about, features: String| Card {
        title,
        task: "syntax",
        about,
        data: card::TAGGED,
        features: format!(
            "{features} {} passes in an order of chance over tags that a tagger of the other half of the sentences gives, {} of the steps after the first pass being the parser's own; features that were moved {} times or more; seed {}.",
            settings.passes, settings.own, settings.least, settings.seed
        ),
        figures: format!(
            "On the dev part, with gold words and tags of our own: {}.",
            measures.join(", ")
        ),
    };
    let of_steps = card(
        "Steps of the parser",
        "An averaged perceptron over the steps by which the tree of a sentence is made (arc-hybrid): shift, left, right.",
        format!(
            "The words on top of the stack and those to come, their tags, clusters and endings, what hangs on them, and how far they are apart; {} features have weights.",
            steps.features()
        ),
    );
    let of_relations = card(
        "Relations of words",
        "An averaged perceptron over the relations of Universal Dependencies that a word may have to its head.",
        format!(
            "Both words, their tags, clusters and endings, their distance, what hangs on either already, and the words beside the dependent; {} features have weights.",
            relations.features()
        ),
    );
    models.save("steps", &steps.to_bytes(), &of_steps.to_string())?;
    models.save("relations", &relations.to_bytes(), &of_relations.to_string())
}

/// A word with the number of its head and its relation.
type Node = (String, usize, u8);

/// The words of a sentence with their heads by rank; the number of words for the root.
fn tree(words: &[Word]) -> Vec<Node> {
    let node = |word: &Word| {
        let head = words.iter().position(|other| word.hangs_on(other)).unwrap_or(words.len());
        (word.form.clone(), head, syntax::number(word.relation()))
    };
    words.iter().map(node).collect()
}

fn example(words: &[Node], weights: &Weights<'_>) -> Example<syntax::Words> {
    let page = Page::of_words([words.iter().map(|(word, ..)| word.as_str())]);
    let seen = |page: &Page<'_>| {
        let columns = Columns::new(page, weights);
        let tags = parts::read(&columns, weights);
        syntax::Words::new(&columns, &tags, 0..words.len())
    };
    let [own, upper, lower] = FORMS;
    Example {
        forms: vec![
            (seen(&page), own),
            (seen(&page.in_case(Case::Upper)), upper),
            (seen(&page.in_case(Case::Lower)), lower),
        ],
        tree: Tree {
            heads: words.iter().map(|(_, head, _)| *head as u32).collect(),
            relations: words.iter().map(|(.., relation)| *relation).collect(),
        },
    }
}

/// The words with those joined that the reader takes as one ("22", "-", "year", "-", "old"), which
/// hang where the one of them does that hangs on none of the others.
fn joined(words: &[Node]) -> Vec<Node> {
    let forms: Vec<&str> = words.iter().map(|(word, ..)| word.as_str()).collect();
    let groups = crate::parts::joined(&forms);
    // The group of each word, and of the root.
    let mut group = Vec::with_capacity(words.len() + 1);
    for (number, range) in groups.iter().enumerate() {
        group.extend(range.clone().map(|_| number));
    }
    group.push(groups.len());
    let node = |(number, range): (usize, &std::ops::Range<usize>)| {
        let apart = |at: &usize| group[words[*at].1] != number;
        let top = range.clone().find(apart).unwrap_or(range.start);
        (forms[range.clone()].concat(), group[words[top].1], words[top].2)
    };
    groups.iter().enumerate().map(node).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_joined_hang_where_the_top_one_did() {
        // "a 22-year-old man": everything hangs on "man", "22" and the hyphens within.
        let words: Vec<Node> = [
            ("a", 6, 16),
            ("22", 3, 28),
            ("-", 3, 33),
            ("year", 5, 30),
            ("-", 5, 33),
            ("old", 6, 4),
            ("man", 7, 0),
        ]
        .map(|(word, head, relation)| (word.to_owned(), head, relation))
        .to_vec();
        let wanted: Vec<Node> = [("a", 2, 16), ("22-year-old", 2, 4), ("man", 3, 0)]
            .map(|(word, head, relation)| (word.to_owned(), head, relation))
            .to_vec();
        assert_eq!(joined(&words), wanted);
    }
}
