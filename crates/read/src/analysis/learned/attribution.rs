//! Who says what: words that tell that somebody says, thinks or asks something ([`cues`]), and for
//! each of them who does, and what it is ([`voices`]).

pub mod cues;
pub mod voices;

use std::ops::Range;

use throughline_linear::Found;

use super::around::Around;
use super::columns::Columns;
use super::models::Weights;
use super::quoted::Quoted;

/// An attribution; its places are words of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// The words that tell it.
    pub cue: Range<usize>,
    /// Who says it, if that is told.
    pub source: Option<Range<usize>>,
    /// What is said, in one or more pieces.
    pub content: Vec<Range<usize>>,
    /// How probable the cue is.
    pub certainty: f32,
}

/// How readily attributions are found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Readiness {
    /// What the probability of being no cue is multiplied by.
    pub cues: f32,
    /// What the probability of being neither source nor content is multiplied by.
    pub voices: f32,
}

impl Default for Readiness {
    fn default() -> Readiness {
        Readiness { cues: 0.8, voices: 1.0 }
    }
}

/// The attributions of a page, in the order of their cues.
pub fn read(
    columns: &Columns,
    tags: &[u8],
    weights: &Weights<'_>,
    readiness: &Readiness,
) -> Vec<Attribution> {
    let quoted = Quoted::of(columns);
    let cue = |sentence: &Range<usize>| {
        cues::read(columns, tags, &quoted, sentence, weights, readiness.cues)
    };
    let cues: Vec<Found> = columns.sentences.iter().flat_map(cue).collect();
    of_cues(columns, tags, &quoted, cues, weights, readiness)
}

/// The attributions whose cues stand in one sentence of a page.
pub(crate) fn in_sentence(
    columns: &Columns,
    tags: &[u8],
    quoted: &Quoted,
    sentence: &Range<usize>,
    weights: &Weights<'_>,
) -> Vec<Attribution> {
    let readiness = Readiness::default();
    let cues = cues::read(columns, tags, quoted, sentence, weights, readiness.cues);
    of_cues(columns, tags, quoted, cues, weights, &readiness)
}

fn of_cues(
    columns: &Columns,
    tags: &[u8],
    quoted: &Quoted,
    cues: Vec<Found>,
    weights: &Weights<'_>,
    readiness: &Readiness,
) -> Vec<Attribution> {
    let ranges: Vec<Range<usize>> = cues.iter().map(|cue| cue.places.clone()).collect();
    let around = Around::new(columns, tags, quoted, &ranges);
    let mut found = Vec::new();
    for (number, Found { places, certainty, .. }) in cues.into_iter().enumerate() {
        let (source, content) = voices::read(&around, number, weights, readiness.voices);
        if !content.is_empty() {
            found.push(Attribution { cue: places, source, content, certainty });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::learned::page::Page;
    use crate::analysis::learned::parts;
    use proptest::prelude::*;

    /// The attributions of a text: source, cue, and what is said.
    fn found(text: &str) -> Vec<(String, String, Vec<String>)> {
        let weights = Weights::own();
        let page = Page::of_text(text);
        let columns = Columns::new(&page, &weights);
        let tags = parts::read(&columns, &weights);
        let spans = page.spans();
        let shown = |words: &Range<usize>| {
            spans[words.start].join(spans[words.end - 1]).of(text).to_owned()
        };
        let all = read(&columns, &tags, &weights, &Readiness::default()).into_iter();
        all.map(|one| {
            let source = one.source.as_ref().map(shown).unwrap_or_default();
            (source, shown(&one.cue), one.content.iter().map(shown).collect())
        })
        .collect()
    }

    #[test]
    fn sources_cues_and_contents_belong_together() {
        let all =
            found("Police said the bridge was closed. The mayor told reporters that it was safe.");
        let sources: Vec<&str> = all.iter().map(|(source, ..)| source.as_str()).collect();
        assert_eq!(sources, ["Police", "The mayor"]);
        assert_eq!(all[0].1, "said");
        assert_eq!(all[0].2, ["the bridge was closed"]);
        assert_eq!(found("The bridge was closed on Friday."), []);
    }

    #[test]
    fn a_quotation_goes_on_in_the_sentences_after() {
        let all = found("“It was dark. We ran,” said Ada Marl. “Nobody was hurt.”");
        assert_eq!(all.len(), 1);
        let (source, _, content) = &all[0];
        assert_eq!(source, "Ada Marl");
        assert!(content[0].contains("It was dark.") && content.len() == 2, "{content:?}");
    }

    proptest! {
        #[test]
        fn pieces_lie_within_the_page_and_apart(text in "(said|that|Ada|“|”|,|\\.|:|he|\n\n| ){0,60}") {
            let page = Page::of_text(&text);
            let weights = Weights::own();
            let columns = Columns::new(&page, &weights);
            let tags = parts::read(&columns, &weights);
            for one in read(&columns, &tags, &weights, &Readiness::default()) {
                let mut all: Vec<Range<usize>> = one.content.clone();
                all.extend(one.source.clone());
                all.sort_by_key(|piece| piece.start);
                prop_assert!(all.iter().all(|piece| !piece.is_empty() && piece.end <= page.len()));
                prop_assert!(all.windows(2).all(|two| two[0].end <= two[1].start));
                prop_assert!(!one.content.is_empty() && !one.cue.is_empty());
            }
        }
    }
}
