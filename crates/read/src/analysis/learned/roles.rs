//! Roles in incidents: which words name who did it, what was hit, who suffered, and with what.

use throughline_linear::{Found, Probabilities, Sequence, Spans, join};

use super::columns::Columns;
use super::models::Weights;
use super::scene::{EDGE, Scene};
use super::{names, parts, relevance};

/// The roles, by number, as the field's corpora call them.
pub const KINDS: [&str; 5] = ["PerpInd", "PerpOrg", "Target", "Victim", "Weapon"];

/// How far a verb or a preposition is looked for.
const REACH: usize = 25;

/// What the stages before have read of a text.
#[derive(Clone, Debug)]
pub struct Context {
    /// The number of the tag of each word.
    tags: Vec<u8>,
    /// What name each word is part of: 0 for none, else the kind and the part.
    named: Vec<u64>,
    /// How probable it is that an incident is told, in tenths.
    told: u64,
    /// The most probable kind of incident.
    kind: u64,
}

impl Context {
    /// What the stages before read.
    pub fn new(columns: &Columns, weights: &Weights<'_>) -> Context {
        let tags = parts::read(columns, weights);
        let found = names::read(columns, &tags, weights);
        let relevance = relevance::read(columns, weights);
        Context::with(columns, tags, &found, &relevance)
    }

    /// The same from what is known already.
    pub fn with(
        columns: &Columns,
        tags: Vec<u8>,
        found: &[Found],
        relevance: &Probabilities,
    ) -> Context {
        let mut named = vec![0; columns.all.len()];
        for name in found {
            let (first, last) = (name.places.start, name.places.end - 1);
            for place in name.places.clone() {
                let part = u64::from(place == first) * 2 + u64::from(place == last);
                named[place] = 1 + name.kind as u64 * 4 + part;
            }
        }
        let kinds = relevance.at(0);
        let told = ((1.0 - kinds[0]) * 9.99) as u64;
        let likeliest = (1..kinds.len()).fold(1, |a, b| if kinds[b] > kinds[a] { b } else { a });
        Context { tags, named, told, kind: likeliest as u64 }
    }
}

/// The probabilities of the labels of each sentence: of `O`, then of each role its parts.
pub fn probabilities(
    columns: &Columns,
    context: &Context,
    weights: &Weights<'_>,
) -> Vec<Probabilities> {
    features(columns, context).iter().map(|one| weights.roles.probabilities(one)).collect()
}

/// The spans of each role, in order; their places are words of the page. `outside` as in
/// [`Spans::decode`].
pub fn decode(columns: &Columns, probabilities: &[Probabilities], outside: f32) -> Vec<Found> {
    let spans = Spans::new(KINDS);
    let mut found = Vec::new();
    for (sentence, own) in columns.sentences.iter().zip(probabilities) {
        found.extend(spans.decode(own, outside).into_iter().map(|one| Found {
            places: one.places.start + sentence.start..one.places.end + sentence.start,
            ..one
        }));
    }
    found
}

/// What the finder of roles sees of the words of each sentence.
pub fn features(columns: &Columns, context: &Context) -> Vec<Sequence> {
    let sentences = columns.sentences.iter().enumerate();
    sentences
        .map(|(number, sentence)| {
            let mut out = Sequence::with_capacity(sentence.len(), sentence.len() * 110);
            let clause = Clause::new(columns, context, sentence.clone());
            for at in sentence.clone() {
                let scene = Scene::new(columns, &context.tags, sentence, at);
                scene.words(&mut out);
                scene.letters(&mut out);
                scene.clusters(&mut out);
                scene.lists(&mut out);
                scene.speech(&mut out);
                clause.describe(at, &scene, &mut out);
                let place = (number as u64).min(6);
                let told = join(context.told, context.kind);
                out.add(200, place);
                out.add(201, context.told);
                out.add(202, join(told, scene.code(0, 8)));
                out.add(203, join(context.told, scene.word(0)));
                out.add(204, join(context.kind, scene.word(0)));
                out.end_place();
            }
            out
        })
        .collect()
}

const VERB: u8 = 15;
const NOUN: u8 = 7;
const PROPN: u8 = 11;
const ADP: u8 = 1;
const AUX: u8 = 3;

/// The verbs and names around the words of a sentence.
struct Clause<'a> {
    columns: &'a Columns,
    context: &'a Context,
    sentence: std::ops::Range<usize>,
    verbs: Vec<usize>,
}

impl<'a> Clause<'a> {
    fn new(
        columns: &'a Columns,
        context: &'a Context,
        sentence: std::ops::Range<usize>,
    ) -> Clause<'a> {
        let verbs = sentence.clone().filter(|&at| context.tags[at] == VERB).collect();
        Clause { columns, context, sentence, verbs }
    }

    fn tag(&self, at: usize) -> u8 {
        self.context.tags[at]
    }

    fn word(&self, at: Option<usize>) -> u64 {
        at.map_or(EDGE, |at| self.columns.all[at].word)
    }

    fn code(&self, at: Option<usize>, bits: u8) -> u64 {
        at.and_then(|at| self.columns.all[at].code).map_or(EDGE, |code| code.prefix(bits))
    }

    fn left(&self, from: usize, tag: u8) -> Option<usize> {
        let floor = self.sentence.start.max(from.saturating_sub(REACH));
        (floor..from).rev().find(|&at| self.tag(at) == tag)
    }

    fn right(&self, from: usize, tag: u8) -> Option<usize> {
        let end = self.sentence.end.min(from + REACH);
        (from + 1..end).find(|&at| self.tag(at) == tag)
    }

    /// The last word of the run of nouns that a word stands in.
    fn head(&self, from: usize) -> usize {
        let noun = |at: usize| matches!(self.tag(at), NOUN | PROPN);
        (from + 1..self.sentence.end).take_while(|&at| noun(at)).last().unwrap_or(from)
    }

    fn describe(&self, at: usize, scene: &Scene<'_>, out: &mut Sequence) {
        let named = |at: Option<usize>| at.map_or(99, |at| self.context.named[at]);
        let before = at.checked_sub(1).filter(|&at| at >= self.sentence.start);
        let after = Some(at + 1).filter(|&at| at < self.sentence.end);
        out.add(210, named(Some(at)));
        out.add(211, named(before));
        out.add(212, named(after));
        out.add(213, join(named(Some(at)), scene.tag(0)));

        let (left, right) = (self.left(at, VERB), self.right(at, VERB));
        let small = self.left(at, ADP);
        // The preposition that governs it, if no verb stands between.
        let governing = small.filter(|&small| left.is_none_or(|left| left < small));
        let passive = right.is_some_and(|right| {
            let aux = self.left(right, AUX);
            aux.is_some_and(|aux| aux > at && right - aux < 4)
        });
        let near = |other: Option<usize>| {
            other.map_or(9, |other| (other.abs_diff(at) as u64).next_power_of_two().min(16))
        };
        let head = self.head(at);
        let here = join(scene.tag(0), u64::from(head == at));
        out.add(220, join(self.word(left), near(left)));
        out.add(221, join(self.word(right), near(right)));
        out.add(222, self.word(left));
        out.add(223, join(self.word(right), u64::from(passive)));
        out.add(224, join(self.code(left, 28), here));
        out.add(225, join(join(self.code(right, 28), u64::from(passive)), here));
        out.add(226, self.word(governing));
        out.add(227, join(self.word(governing), self.word(left)));
        out.add(228, join(self.word(governing), self.code(left, 10)));
        out.add(229, join(join(self.code(left, 10), self.code(right, 10)), u64::from(passive)));
        out.add(230, self.word(Some(head)));
        out.add(231, self.code(Some(head), 28));
        out.add(232, join(self.code(Some(head), 12), self.word(governing)));
        out.add(233, join(self.code(Some(head), 12), self.code(left, 12)));
        out.add(
            234,
            join(join(self.code(Some(head), 12), self.code(right, 12)), u64::from(passive)),
        );
        // What the preposition hangs on: "murder of", "attack on".
        let hung = governing.and_then(|small| self.left(small, NOUN));
        out.add(235, join(self.word(governing), self.word(hung)));
        out.add(236, join(self.word(governing), self.code(hung, 12)));
        let (before, after) = self.verbs.split_at(self.verbs.partition_point(|&verb| verb < at));
        let sides = [
            (240, &before[before.len().saturating_sub(MOST_VERBS)..]),
            (241, &after[..after.len().min(MOST_VERBS)]),
        ];
        for (template, verbs) in sides {
            for &verb in verbs {
                out.add(template, self.word(Some(verb)));
                out.add(template + 2, self.code(Some(verb), 28));
            }
        }
    }
}

/// More verbs of a side of a sentence are not looked at.
const MOST_VERBS: usize = 8;
