//! Names: which words are the name of a person, an organisation, a place or something else.

use throughline_linear::{Found, Probabilities, Sequence, Spans};

use super::columns::Columns;
use super::models::Weights;
use super::scene::Scene;

/// The kinds of names, by number, as the field's corpora call them.
pub const KINDS: [&str; 4] = ["PER", "ORG", "LOC", "MISC"];

/// What the probability of being no name is multiplied by: names are found a little more readily
/// than their probability alone would have it. From 0.5 to 1.2 the mean of the sources' F1 hardly changes.
pub const OUTSIDE: f32 = 0.8;

/// The names among the words, in order; their places are words of the page.
pub fn read(columns: &Columns, tags: &[u8], weights: &Weights<'_>) -> Vec<Found> {
    decode(columns, &probabilities(columns, tags, weights))
}

/// How probable each label is at each word, sentence by sentence: where a second reader of the same
/// words is averaged in.
pub fn probabilities(columns: &Columns, tags: &[u8], weights: &Weights<'_>) -> Vec<Probabilities> {
    features(columns, tags).iter().map(|one| weights.names.probabilities(one)).collect()
}

/// The names that the probabilities of the sentences' words give.
pub fn decode(columns: &Columns, probabilities: &[Probabilities]) -> Vec<Found> {
    let spans = Spans::new(KINDS);
    let mut found = Vec::new();
    for (sentence, own) in columns.sentences.iter().zip(probabilities) {
        found.extend(spans.decode(own, OUTSIDE).into_iter().map(|one| Found {
            places: one.places.start + sentence.start..one.places.end + sentence.start,
            ..one
        }));
    }
    found
}

/// What the finder sees of the words of each sentence.
pub fn features(columns: &Columns, tags: &[u8]) -> Vec<Sequence> {
    let sentences = columns.sentences.iter();
    sentences
        .map(|sentence| {
            let mut sequence = Sequence::with_capacity(sentence.len(), sentence.len() * 110);
            for at in sentence.clone() {
                let scene = Scene::new(columns, tags, sentence, at);
                scene.words(&mut sequence);
                scene.letters(&mut sequence);
                scene.clusters(&mut sequence);
                scene.related(&mut sequence);
                scene.lists(&mut sequence);
                scene.text(&mut sequence);
                scene.speech(&mut sequence);
                sequence.end_place();
            }
            sequence
        })
        .collect()
}
