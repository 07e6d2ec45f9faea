//! Parts of speech: the tag of each word, of Universal Dependencies' seventeen (UPOS).

use throughline_linear::{Sequence, join};

use super::columns::{Column, Columns};
use super::models::Weights;

/// The tags, by number, as Universal Dependencies names them.
pub const TAGS: [&str; 17] = [
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN",
    "PUNCT", "SCONJ", "SYM", "VERB", "X",
];

/// The number of the tag of each word.
pub fn read(columns: &Columns, weights: &Weights<'_>) -> Vec<u8> {
    let sequences = features(columns);
    sequences.iter().flat_map(|one| weights.parts.best(one)).map(|tag| tag as u8).collect()
}

/// What the tagger sees of the words of each sentence.
pub fn features(columns: &Columns) -> Vec<Sequence> {
    let sentences = columns.sentences.iter();
    sentences
        .map(|sentence| {
            let mut sequence = Sequence::with_capacity(sentence.len(), sentence.len() * 40);
            let all = &columns.all[sentence.clone()];
            for at in 0..all.len() {
                place(all, at, &mut sequence);
                sequence.end_place();
            }
            sequence
        })
        .collect()
}

/// What stands before and after a sentence.
const EDGE: u64 = 1;

fn place(all: &[Column], at: usize, out: &mut Sequence) {
    let near = |distance: isize| at.checked_add_signed(distance).and_then(|at| all.get(at));
    let word = |distance| near(distance).map_or(EDGE, |column| column.word);
    let code = |distance, bits| {
        near(distance).map_or(EDGE, |column| column.code.map_or(0, |code| code.prefix(bits)))
    };
    let own = &all[at];
    out.add(0, 0);
    // Words.
    for (n, distance) in (-2..=2).enumerate() {
        out.add(1 + n as u64, word(distance));
    }
    out.add(6, join(word(-1), own.word));
    out.add(7, join(own.word, word(1)));
    out.add(8, join(word(-1), word(1)));
    // Letters.
    for n in 0..4 {
        out.add(10 + n as u64, own.ends[n]);
        out.add(14 + n as u64, own.starts[n]);
    }
    let end = |distance| near(distance).map_or(EDGE, |column| column.ends[2]);
    out.add(20, end(-1));
    out.add(21, end(1));
    out.add(22, join(end(-1), own.ends[2]));
    out.add(23, join(own.ends[2], end(1)));
    out.add(24, own.shape);
    out.add(25, own.brief);
    out.add(26, join(own.brief, u64::from(own.first)));
    out.add(27, join(own.brief, own.ends[2]));
    out.add(28, near(-1).map_or(EDGE, |column| column.brief));
    out.add(29, near(1).map_or(EDGE, |column| column.brief));
    // Clusters.
    for (n, bits) in [4, 6, 8, 12, 28].into_iter().enumerate() {
        out.add(30 + n as u64, code(0, bits));
    }
    for (n, distance) in [-2, -1, 1, 2].into_iter().enumerate() {
        out.add(36 + n as u64, code(distance, 28));
        out.add(40 + n as u64, code(distance, 6));
    }
    out.add(44, join(code(-1, 28), code(0, 28)));
    out.add(45, join(code(0, 28), code(1, 28)));
    out.add(46, join(code(-1, 12), code(1, 12)));
    out.add(47, join(own.ends[2], code(-1, 12)));
    out.add(48, join(own.ends[2], code(1, 12)));
}
