//! Who says it, and what, for a cue that was found.

use std::ops::Range;

use throughline_linear::{Sequence, Spans, hash};

use crate::analysis::learned::around::Around;
use crate::analysis::learned::models::Weights;
use crate::analysis::learned::quoted;

/// The kinds of spans, by number.
pub const KINDS: [&str; 2] = ["source", "content"];

/// How many sentences before and after that of the cue are looked at, where quotation marks show
/// that words go on.
const MORE: usize = 8;

/// The longest stretch of words that is looked at on either side.
const LONGEST: usize = 250;

/// The words among which source and content of a cue are looked for: its sentence, and those
/// that a quotation goes on in.
pub fn window(around: &Around<'_>, cue: usize) -> Range<usize> {
    let sentences = &around.columns.sentences;
    let paragraphs = &around.columns.paragraphs;
    let cue = &around.cues[cue];
    let own = sentences.partition_point(|sentence| sentence.end <= cue.start);
    let (mut first, mut last) = (own, own);
    let same = |at: usize| paragraphs[at] == paragraphs[own];
    let ends_quoted = |at: usize| {
        let end = sentences[at].end - 1;
        around.quoted.at(end) == quoted::WITHIN || around.quoted.at(end) == quoted::OPENING
    };
    while first > 0 && own - first < MORE && same(first - 1) && {
        let before = sentences[first - 1].end - 1;
        let closes = first == own && around.quoted.at(before) == quoted::CLOSING;
        closes || ends_quoted(first - 1)
    } {
        first -= 1;
    }
    let colon = |at: usize| around.columns.all[sentences[at].end - 1].word == hash(b":");
    while last + 1 < sentences.len() && last - own < MORE && {
        let opens = around.quoted.at(sentences[last + 1].start) == quoted::OPENING;
        ends_quoted(last) && same(last + 1)
            || opens && (same(last + 1) || last == own && colon(last))
            || last == own && colon(last)
    } {
        last += 1;
    }
    let start = sentences[first].start.max(cue.start.saturating_sub(LONGEST));
    start..sentences[last].end.min(cue.end + LONGEST)
}

/// What is seen of the words of the window of a cue.
pub fn features(around: &Around<'_>, cue: usize) -> Sequence {
    around.features(cue, &window(around, cue))
}

/// Source and content of a cue. `outside` as in [`Spans::decode`].
pub fn read(
    around: &Around<'_>,
    cue: usize,
    weights: &Weights<'_>,
    outside: f32,
) -> (Option<Range<usize>>, Vec<Range<usize>>) {
    let start = window(around, cue).start;
    let probabilities = weights.voices.probabilities(&features(around, cue));
    let (mut source, mut content) = (None::<(Range<usize>, f32)>, Vec::new());
    for one in Spans::new(KINDS).decode(&probabilities, outside) {
        let places = one.places.start + start..one.places.end + start;
        if one.kind == 1 {
            content.push(places);
        } else if source.as_ref().is_none_or(|(_, held)| *held < one.certainty) {
            source = Some((places, one.certainty));
        }
    }
    (source.map(|(places, _)| places), content)
}
