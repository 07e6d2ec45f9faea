//! Related words: clusters of vectors that others made of very much text.

use std::collections::HashSet;
use std::path::Path;

use throughline_linear::{Codes, cluster};
use throughline_read::trained::written;

use crate::card::{self, Card};
use crate::{Error, Made, Models};

/// How many words have a code: the first of the file, which are the most frequent.
pub const WORDS: usize = 150_000;

/// How many clusters there are.
pub const CLUSTERS: usize = 2048;

/// Words and their vectors, one behind the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vectors {
    words: Vec<String>,
    numbers: Vec<f32>,
    dimensions: usize,
}

impl Vectors {
    /// The first words of a file of vectors as GloVe has them: lines of a word and its numbers, the
    /// most frequent word first. Of words that are alike once digits are alike the first counts.
    ///
    /// # Errors
    /// If a line has no number, another number of them than the first line, or something else.
    pub fn read(text: &str, most: usize) -> Result<Vectors, throughline_eval::bench::Error> {
        let mut read = Vectors::default();
        let mut known: HashSet<String> = HashSet::new();
        for (at, line) in text.lines().take(most).enumerate() {
            let wrong = |what: &str| throughline_eval::bench::Error {
                line: at + 1,
                what: format!("{what}; a line is a word and the numbers of its vector"),
            };
            let mut parts = line.split(' ');
            let word = written(parts.next().unwrap_or_default());
            let numbers: Vec<f32> = parts
                .map(|one| one.parse().ok().filter(|one: &f32| one.is_finite()))
                .collect::<Option<_>>()
                .ok_or_else(|| wrong("not a number"))?;
            if at == 0 {
                read.dimensions = numbers.len();
            }
            if numbers.is_empty() || numbers.len() != read.dimensions {
                return Err(wrong(&format!("{} numbers", numbers.len())));
            }
            if known.insert(word.clone()) {
                read.words.push(word);
                read.numbers.extend(numbers);
            }
        }
        Ok(read)
    }

    /// The codes of the words, by clusters of their vectors.
    pub fn codes(&self, clusters: usize) -> Codes {
        if self.words.is_empty() {
            return Codes::default();
        }
        let codes = cluster::of_vectors(&self.numbers, self.dimensions, clusters, 1);
        Codes::new(self.words.iter().map(String::as_str).zip(codes))
    }
}

/// Makes the codes of related words.
///
/// # Errors
/// If the file of vectors cannot be read or is none, or the codes cannot be written.
pub fn train_related(vectors: &Path, models: &Models) -> Result<Made, Error> {
    let path = || vectors.to_owned();
    let text =
        std::fs::read_to_string(vectors).map_err(|cause| Error::Vectors { path: path(), cause })?;
    let read = Vectors::read(&text, WORDS).map_err(|cause| Error::Line { path: path(), cause })?;
    let codes = read.codes(CLUSTERS);
    let card = Card {
        title: "Related words",
        task: "related --vectors glove.6B.50d.txt",
        about: "Words whose vectors point the same way share the beginning of their code: k-means over vectors that others trained, and Ward's tree over its clusters.",
        data: card::VECTORS,
        features: format!(
            "The vectors of the {WORDS} most frequent words, in lower case and with every digit alike, which makes {} words; {CLUSTERS} clusters.",
            codes.len()
        ),
        figures: "What they buy stands with the stages that use them, in docs/accuracy.md."
            .to_owned(),
    };
    models.save("related", &codes.to_bytes(), &card.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_linear::hash;

    #[test]
    fn words_of_like_vectors_share_a_code() {
        let text = "river 1 0.1\nstream 0.9 0.1\n1988 0 -1\n1990 0.1 -1\nCreek 0.8 0.05\n";
        let read = Vectors::read(text, 10).unwrap();
        assert_eq!(read.words, ["river", "stream", "0000", "creek"], "years are one word");
        let codes = read.codes(2);
        let code = |word: &str| codes.get(hash(word.as_bytes()));
        assert!(code("river").is_some());
        assert_eq!(code("river"), code("stream"));
        assert_eq!(code("river"), code("creek"));
        assert_ne!(code("river"), code("0000"));
    }

    #[test]
    fn a_line_that_is_no_vector_is_told_of() {
        let read = |text| Vectors::read(text, 10).map_err(|error| error.line);
        assert_eq!(read("a 1 2\nb 1\n"), Err(2));
        assert_eq!(read("a 1 x\n"), Err(1));
        assert_eq!(read("a 1 NaN\n"), Err(1));
        assert_eq!(read("a\n"), Err(1));
        assert_eq!(read("").unwrap().codes(2), Codes::default());
        assert!(Vectors::read("a 1\nb x\n", 1).is_ok(), "the first words alone are read");
    }
}
