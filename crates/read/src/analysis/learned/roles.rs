//! Roles in incidents: which words head a phrase that names who did it, what was hit, who suffered,
//! and with what.
//!
//! Every noun and name is looked at by itself, where it stands in the tree of its sentence
//! ([`heads`]); then once more with what all heads of the text were read to be at first
//! ([`company`](super::company)); and each word once, with what is seen of it anywhere in the text.
//! Which words around a head belong to its phrase is a question of its own
//! ([`phrases`](super::phrases)).

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use throughline_linear::{Found, Probabilities, Sequence};

use super::columns::Columns;
use super::company::Company;
use super::models::Weights;
use super::syntax::{self, Trees};
use super::{heads, names, parts, relevance};

/// The roles, by number, as the field's corpora call them; the last is who suffered and is
/// described rather than named, which they have in a slot of its own.
pub const KINDS: [&str; 6] = ["PerpInd", "PerpOrg", "Target", "Victim", "Weapon", "Described"];

/// The labels of heads: no role, then each.
pub const LABELS: [&str; 7] =
    ["O", "PerpInd", "PerpOrg", "Target", "Victim", "Weapon", "Described"];

pub(super) const ADJ: u8 = 0;
pub(super) const ADP: u8 = 1;
pub(super) const DET: u8 = 5;
pub(super) const NOUN: u8 = 7;
pub(super) const NUM: u8 = 8;
pub(super) const PROPN: u8 = 11;
pub(super) const PUNCT: u8 = 12;
pub(super) const VERB: u8 = 15;

/// What the stages before have read of a text.
#[derive(Clone, Debug)]
pub struct Context {
    /// The number of the tag of each word.
    pub(super) tags: Vec<u8>,
    pub(super) trees: Trees,
    /// What hangs on each word, in order.
    pub(super) hung: Vec<Vec<u32>>,
    /// The name that each word is part of: 0 for none, else its kind from 1 on, and its words.
    pub(super) named: Vec<(u64, Range<usize>)>,
    /// The sentence of each word.
    pub(super) sentence: Vec<u32>,
    /// How often each word stands in the text, and in which sentence first.
    pub(super) often: HashMap<u64, (u32, u32)>,
    /// How probable it is that an incident is told, in tenths, and its log-odds in whole numbers.
    pub(super) told: u64,
    pub(super) odds: u64,
    /// The most probable kind of incident.
    pub(super) kind: u64,
}

impl Context {
    /// What the stages before read.
    pub fn new(columns: &Columns, weights: &Weights<'_>) -> Context {
        let tags = parts::read(columns, weights);
        let found = names::read(columns, &tags, weights);
        let trees = syntax::read(columns, &tags, weights);
        let relevance = relevance::read(columns, weights);
        Context::with(columns, tags, trees, &found, &relevance)
    }

    /// The same from what is known already.
    pub fn with(
        columns: &Columns,
        tags: Vec<u8>,
        trees: Trees,
        found: &[Found],
        relevance: &Probabilities,
    ) -> Context {
        let count = columns.all.len();
        let mut named = vec![(0, 0..0); count];
        for name in found {
            named[name.places.clone()].fill((name.kind as u64 + 1, name.places.clone()));
        }
        let mut hung = vec![Vec::new(); count];
        for at in 0..count {
            if let Some(head) = trees.head(at) {
                hung[head].push(at as u32);
            }
        }
        let mut sentence = Vec::with_capacity(count);
        for (number, words) in columns.sentences.iter().enumerate() {
            sentence.extend(words.clone().map(|_| number as u32));
        }
        let mut often = HashMap::new();
        for (column, number) in columns.all.iter().zip(&sentence) {
            often.entry(column.word).or_insert((0, *number)).0 += 1;
        }
        let kinds = relevance.at(0);
        let none = kinds[0].clamp(0.0005, 0.9995);
        let likeliest = (1..kinds.len()).fold(1, |a, b| if kinds[b] > kinds[a] { b } else { a });
        Context {
            tags,
            trees,
            hung,
            named,
            sentence,
            often,
            told: ((1.0 - kinds[0]) * 9.99) as u64,
            odds: ((1.0 - none) / none).ln().round() as i64 as u64,
            kind: likeliest as u64,
        }
    }

    /// How probable it is that an incident is told, in tenths.
    pub(super) fn told(&self) -> u64 {
        self.told
    }

    /// The most probable kind of incident.
    pub(super) fn kind(&self) -> u64 {
        self.kind
    }

    /// The sentence of a word.
    pub fn sentence(&self, at: usize) -> usize {
        self.sentence[at] as usize
    }

    /// Whether a word can head a phrase that has a role.
    pub(super) fn heads(&self, at: usize) -> bool {
        matches!(self.tags[at], NOUN | PROPN)
    }

    /// The words that head phrases, in order.
    pub fn all_heads(&self) -> impl Iterator<Item = usize> {
        (0..self.tags.len()).filter(|at| self.heads(*at))
    }

    /// What hangs on a word, in order.
    pub(super) fn hung_on(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        self.hung[at].iter().map(|near| *near as usize)
    }

    /// The first word of some that hangs on a word with a relation.
    pub(super) fn with_relation(&self, at: usize, relation: u8) -> Option<usize> {
        let hung = self.hung[at].iter().map(|near| *near as usize);
        hung.into_iter().find(|near| self.trees.relations[*near] == relation)
    }
}

/// The heads of a text, each with what is seen of it. What reads them gives a row of [`LABELS`] for
/// each word; a word that heads no phrase has no role.
#[derive(Debug)]
pub struct Heads<'c> {
    columns: &'c Columns,
    context: &'c Context,
    seen: BTreeMap<usize, Sequence>,
}

impl<'c> Heads<'c> {
    /// Looks at every head.
    pub fn new(columns: &'c Columns, context: &'c Context) -> Heads<'c> {
        let seen = |at| (at, heads::features(columns, context, at));
        Heads { columns, context, seen: context.all_heads().map(seen).collect() }
    }

    /// How probable each role is where each head is read by itself.
    pub fn each(&self, weights: &Weights<'_>) -> Probabilities {
        rows(self.context, |at| weights.heads.probabilities(&self.seen[&at]))
    }

    /// The same where each word is read once, with what is seen of any head that it is.
    pub fn together(&self, weights: &Weights<'_>) -> Probabilities {
        let words = self.by_word().into_iter();
        let read = words.map(|(word, (_, seen))| (word, weights.together.probabilities(&seen)));
        let rows: BTreeMap<u64, Probabilities> = read.collect();
        self::rows(self.context, |at| rows[&self.columns.all[at].word].clone())
    }

    /// The same with what all heads were read to be at first.
    pub fn in_company(&self, company: &Company, weights: &Weights<'_>) -> Probabilities {
        let (columns, context) = (self.columns, self.context);
        rows(context, |at| weights.roles.probabilities(&company.features(columns, context, at)))
    }

    /// By the word of heads, these and all that is seen of any.
    pub fn by_word(&self) -> BTreeMap<u64, (Vec<usize>, Sequence)> {
        let mut found: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for at in self.seen.keys() {
            found.entry(self.columns.all[*at].word).or_default().push(*at);
        }
        let with_seen = |(word, heads): (u64, Vec<usize>)| {
            let seen = Sequence::together(heads.iter().map(|at| &self.seen[at]));
            (word, (heads, seen))
        };
        found.into_iter().map(with_seen).collect()
    }

    /// Each head with what is seen of it, in order.
    pub fn all(&self) -> impl Iterator<Item = (usize, &Sequence)> {
        self.seen.iter().map(|(at, seen)| (*at, seen))
    }
}

/// A row for each word.
fn rows(context: &Context, read: impl Fn(usize) -> Probabilities) -> Probabilities {
    let mut rows = Vec::with_capacity(context.tags.len() * LABELS.len());
    for at in 0..context.tags.len() {
        if context.heads(at) {
            rows.extend(read(at).at(0));
        } else {
            rows.push(1.0);
            rows.extend([0.0; KINDS.len()]);
        }
    }
    Probabilities::new(LABELS.len(), rows)
}
