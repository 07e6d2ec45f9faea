//! Words that tell that somebody says, thinks, asks or shows something: "said", "according to",
//! "has made it clear", "the idea".

use std::ops::Range;

use throughline_linear::{Found, Probabilities, Sequence, Spans, join};

use crate::analysis::learned::columns::Columns;
use crate::analysis::learned::models::Weights;
use crate::analysis::learned::quoted::{OPENING, Quoted};
use crate::analysis::learned::scene::{EDGE, Scene};

/// The only kind of span.
pub const KINDS: [&str; 1] = ["cue"];

/// The cues of a sentence, in order; their places are words of the page. `outside` as in
/// [`Spans::decode`].
pub fn read(
    columns: &Columns,
    tags: &[u8],
    quoted: &Quoted,
    sentence: &Range<usize>,
    weights: &Weights<'_>,
    outside: f32,
) -> Vec<Found> {
    decode(sentence, &probabilities(columns, tags, quoted, sentence, weights), outside)
}

/// How probable each label is at each word of a sentence.
pub fn probabilities(
    columns: &Columns,
    tags: &[u8],
    quoted: &Quoted,
    sentence: &Range<usize>,
    weights: &Weights<'_>,
) -> Probabilities {
    weights.cues.probabilities(&features(columns, tags, quoted, sentence))
}

/// The cues that the probabilities of a sentence's words give.
pub fn decode(sentence: &Range<usize>, probabilities: &Probabilities, outside: f32) -> Vec<Found> {
    let found = Spans::new(KINDS).decode(probabilities, outside).into_iter();
    found
        .map(|one| Found {
            places: one.places.start + sentence.start..one.places.end + sentence.start,
            ..one
        })
        .collect()
}

/// What the finder sees of the words of a sentence.
pub fn features(
    columns: &Columns,
    tags: &[u8],
    quoted: &Quoted,
    sentence: &Range<usize>,
) -> Sequence {
    let mut out = Sequence::with_capacity(sentence.len(), sentence.len() * 80);
    let marked = sentence.clone().any(|at| quoted.at(at) > 0);
    let place = Place { columns, tags, quoted, sentence, marked };
    for at in sentence.clone() {
        let scene = Scene::new(columns, tags, sentence, at);
        scene.words(&mut out);
        scene.clusters(&mut out);
        scene.speech(&mut out);
        place.describe(at, &scene, &mut out);
        out.end_place();
    }
    out
}

/// A sentence, and whether it has quotation marks.
struct Place<'p> {
    columns: &'p Columns,
    tags: &'p [u8],
    quoted: &'p Quoted,
    sentence: &'p Range<usize>,
    marked: bool,
}

const NOUN: u8 = 7;
const PRON: u8 = 10;
const PROPN: u8 = 11;
const VERB: u8 = 15;

/// How far subjects, verbs and "that" are looked for.
const REACH: usize = 12;

impl Place<'_> {
    fn describe(&self, at: usize, scene: &Scene<'_>, out: &mut Sequence) {
        let Place { columns, tags, quoted, sentence, marked } = self;
        let own = &columns.all[at];
        for n in 1..4 {
            out.add(400 + n as u64, own.ends[n]);
        }
        out.add(404, own.starts[3]);
        out.add(405, join(own.ends[1], scene.tag(1)));
        let near = |distance: isize| {
            let at = at.checked_add_signed(distance).filter(|at| sentence.contains(at));
            at.map_or(9, |at| u64::from(quoted.at(at)))
        };
        let here = near(0);
        let quotes = join(join(near(-1), here), near(1));
        out.add(406, quotes);
        out.add(407, join(quotes, scene.tag(0)));
        out.add(408, join(join(here, u64::from(*marked)), scene.word(0)));
        out.add(409, join(near(-2), near(-1)));
        out.add(410, join(near(1), near(2)));
        out.add(411, join(here, scene.code(0, 12)));
        let floor = sentence.start.max(at.saturating_sub(REACH));
        let until = sentence.end.min(at + REACH);
        let left = |kinds: &[u8]| (floor..at).rev().find(|&at| kinds.contains(&tags[at]));
        let right = |kinds: &[u8]| (at + 1..until).find(|&at| kinds.contains(&tags[at]));
        let word = |at: Option<usize>| at.map_or(EDGE, |at| columns.all[at].word);
        let code = |at: Option<usize>, bits: u8| {
            at.and_then(|at| columns.all[at].code).map_or(EDGE, |code| code.prefix(bits))
        };
        let subject = left(&[NOUN, PRON, PROPN]);
        let tag = |at: Option<usize>| at.map_or(99, |at| u64::from(tags[at]));
        let far = |other: Option<usize>| other.map_or(9, |other| other.abs_diff(at).min(5) as u64);
        out.add(412, join(tag(subject), scene.word(0)));
        out.add(413, join(code(subject, 12), scene.word(0)));
        out.add(414, join(code(subject, 28), scene.tag(0)));
        out.add(415, join(join(tag(subject), far(subject)), scene.tag(0)));
        let (before, after) = (left(&[VERB]), right(&[VERB]));
        out.add(416, join(word(before), scene.word(0)));
        out.add(417, join(code(before, 12), scene.code(0, 12)));
        out.add(418, join(word(after), scene.tag(0)));
        out.add(419, join(join(far(after), far(before)), scene.word(0)));
        let opens = (at + 1..until.min(at + 5)).find(|&at| {
            let word = columns.all[at].word;
            word == that() || quoted.at(at) == OPENING
        });
        out.add(420, join(join(word(opens), far(opens)), scene.tag(0)));
        out.add(421, join(word(opens), scene.word(0)));
        out.add(422, join(word(opens), scene.code(0, 12)));
        let place = (at - sentence.start).min(4) as u64;
        let rest = (sentence.end - 1 - at).min(3) as u64;
        out.add(423, join(place, scene.tag(0)));
        out.add(424, join(rest, scene.tag(0)));
        out.add(425, join(rest, scene.word(0)));
    }
}

fn that() -> u64 {
    throughline_linear::hash(b"that")
}
