//! What kind of incident a report tells of, if any: one label a text, from all its words.

use std::collections::BTreeSet;

use throughline_linear::{Probabilities, Sequence, join};

use super::columns::Columns;
use super::heads::{COARSE, FINE};
use super::models::Weights;

/// The kinds, by number, as the field's corpora call them; the first is none.
pub const KINDS: [&str; 7] =
    ["none", "attack", "bombing", "kidnapping", "arson", "robbery", "forced work stoppage"];

/// How probable each kind is.
pub fn read(columns: &Columns, weights: &Weights<'_>) -> Probabilities {
    weights.relevance.probabilities(&features(columns))
}

/// What is seen of a text: its words, pairs of neighbours, clusters and related words, each once;
/// those of the first sentences apart.
pub fn features(columns: &Columns) -> Sequence {
    let mut seen: BTreeSet<(u64, u64)> = BTreeSet::from([(0, 0)]);
    for (number, sentence) in columns.sentences.iter().enumerate() {
        let mut before = 0;
        for column in &columns.all[sentence.clone()] {
            let code = column.code.map_or(0, |code| code.prefix(28));
            seen.insert((300, column.word));
            seen.insert((301, code));
            let related = |bits: u8| column.related.map_or(0, |code| code.prefix(bits));
            seen.insert((305, related(FINE)));
            seen.insert((306, related(COARSE)));
            if number < OPENING {
                seen.insert((307, related(FINE)));
            }
            seen.insert((302, join(before, column.word)));
            if number < OPENING {
                seen.insert((303, column.word));
                seen.insert((304, code));
            }
            before = column.word;
        }
    }
    let mut sequence = Sequence::with_capacity(1, seen.len());
    seen.into_iter().for_each(|(template, filling)| sequence.add(template, filling));
    sequence.end_place();
    sequence
}

/// How many sentences open a report.
const OPENING: usize = 3;
