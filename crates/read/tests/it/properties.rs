//! What holds for every text.

use std::collections::BTreeSet;

use proptest::prelude::*;
use throughline_model::{Document, Passage, Span, Zone, ZoneRole};

use crate::document::{document, plain};

const FIXTURE: &str = include_str!("../fixtures/harbour-bridge.txt");

/// Words that set the rules off, in any order.
const WORDS: &[&str] = &[
    "Isil",
    "the",
    "attack",
    "attacks",
    "of",
    "31",
    "38",
    "Thirty-one",
    "plots",
    "a",
    "bomb",
    "exploded",
    "in",
    "Paris",
    "on",
    "Wednesday",
    "'s",
    "claim",
    "responsibility",
    "for",
    "said",
    "that",
    "killed",
    "and",
    "wounded",
    "people",
    "“",
    "”",
    ",",
    ".",
    "\n\n",
    "was",
    "stabbed",
    "who",
    "by",
    "Khalid",
    "Masood",
    "last",
    "summer",
    "series",
    "threw",
    "at",
    "King",
    "channels",
    "shared",
    "pictures",
    "number",
    "not",
    "unclear",
    "whether",
    "two",
    "‘lone",
    "wolf’",
    "attacker",
    "Westminster",
    "set",
    "fire",
    "to",
    "off",
    "drove",
    "van",
    "into",
    "denied",
    "2017",
];

fn check(document: &Document) {
    let reading = throughline_read::read(document);
    let inside = |span: Span| document.text.get(span.range()).is_some();
    let mut ids = BTreeSet::new();
    let mut before = BTreeSet::new();
    for mention in &reading.mentions {
        assert!(ids.insert(mention.id), "{} twice", mention.name);
        assert!(mention.passage.span().is_some_and(inside), "{}", mention.name);
        assert!(!mention.name.trim().is_empty());
        if let Some(earlier) = mention.antecedent {
            assert!(before.contains(&earlier), "{} before its antecedent", mention.name);
            assert_eq!(earlier.kind(), mention.kind());
        }
        before.insert(mention.id);
    }
    let said: BTreeSet<_> = reading.assertions.iter().map(|assertion| assertion.id).collect();
    assert_eq!(said.len(), reading.assertions.len(), "an assertion twice");
    for assertion in &reading.assertions {
        let Passage::Text(span) = assertion.passage else { panic!("no text") };
        assert!(inside(span) && !span.of(&document.text).trim().is_empty());
        assert!(!assertion.speakers.is_empty());
        assert!(ids.contains(&assertion.subject));
        assert!(assertion.party.is_none_or(|party| ids.contains(&party)));
        assert_eq!(assertion.value.shape(), assertion.variable.shape());
        assert!(assertion.variable.subjects().contains(&assertion.subject.kind()));
        assert!(assertion.repeats.is_none_or(|original| said.contains(&original)));
        assert_eq!(assertion.clone().sealed().id, assertion.id);
        for speaker in &assertion.speakers {
            assert!(speaker.cue.is_none_or(inside));
        }
        let section = document.zones.iter().filter(|zone| zone.role == ZoneRole::Section);
        assert!(!section.into_iter().any(|zone| zone.span.overlaps(span)), "read from a section");
    }
    for note in &reading.notes {
        assert!(inside(note.span));
        assert!(note.assertion.is_none_or(|id| said.contains(&id)));
    }
    assert_eq!(reading, throughline_read::read(document), "not the same twice");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_reads_soundly(text in ".{0,300}", undated in any::<bool>()) {
        check(&plain(&text, if undated { None } else { Some("2017-03-24") }));
    }

    #[test]
    fn any_words_of_the_lists_read_soundly(
        words in prop::collection::vec(prop::sample::select(WORDS), 0..120),
        cut in 0usize..400,
    ) {
        let text = words.join(" ");
        let mut made = plain(&text, Some("2017-03-24"));
        let cut = (0..=cut.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
        if let Some(cut) = cut.filter(|&cut| cut > 0 && cut < text.len()) {
            made.zones = vec![
                Zone { role: ZoneRole::Headline, span: Span::new(0, cut) },
                Zone { role: ZoneRole::PullQuote, span: Span::new(cut, text.len()) },
            ];
        }
        check(&made);
    }

    #[test]
    fn any_piece_of_an_article_reads_soundly(from in 0usize..2500, count in 0usize..2500) {
        let piece: String = FIXTURE.chars().skip(from).take(count).collect();
        check(&document(&piece, None));
    }
}
