//! What the reader makes of the text of a task.

use throughline_read::trained::{Columns, Page, Weights, names, parts};

use super::names::Entity;

/// The names in a text.
pub fn names(text: &str, weights: &Weights<'_>) -> Vec<Entity> {
    let page = Page::of_text(text);
    let columns = Columns::new(&page, weights);
    let tags = parts::read(&columns, weights);
    let spans = page.spans();
    names::read(&columns, &tags, weights)
        .into_iter()
        .map(|one| Entity {
            start: spans[one.places.start].start as usize,
            end: spans[one.places.end - 1].end as usize,
            kind: one.kind,
            nominal: false,
        })
        .collect()
}

/// The part of speech of each word of a sentence.
pub fn tags<S: AsRef<str>>(words: &[S], weights: &Weights<'_>) -> Vec<&'static str> {
    let page = Page::of_words([words.iter().map(AsRef::as_ref)]);
    let tags = parts::read(&Columns::new(&page, weights), weights);
    tags.into_iter().map(|tag| parts::TAGS[usize::from(tag)]).collect()
}
