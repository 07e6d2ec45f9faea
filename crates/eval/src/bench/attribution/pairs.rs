//! Attributions as words with roles, and which of two readings are the same one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Attribution, ROLES};
use crate::bench::assign::heaviest;

/// Where the words of a text begin and end: runs of letters and digits, and every other sign but
/// spaces.
pub(super) struct Words {
    starts: Vec<usize>,
    ends: Vec<usize>,
}

impl Words {
    pub(super) fn of(text: &str) -> Words {
        let mut words = Words { starts: Vec::new(), ends: Vec::new() };
        let mut open = false;
        for (at, sign) in text.char_indices() {
            let letter = sign.is_alphanumeric() || sign == '_';
            if !letter && sign.is_whitespace() {
                open = false;
                continue;
            }
            if open && letter {
                words.ends.pop();
            } else {
                words.starts.push(at);
            }
            words.ends.push(at + sign.len_utf8());
            open = letter;
        }
        words
    }

    /// The words that a piece touches; the piece itself if there are none.
    fn touched(&self, (start, end): (usize, usize)) -> Piece {
        let first = self.ends.partition_point(|one| *one <= start);
        let after = self.starts.partition_point(|one| *one < end);
        if first < after { Piece::Words(first, after) } else { Piece::Bytes(start, end) }
    }
}

/// A piece, widened to whole words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Piece {
    /// Its first word and the one after its last.
    Words(usize, usize),
    /// Its bytes, where there is no word.
    Bytes(usize, usize),
}

/// An attribution by the words of its roles.
pub(super) struct View {
    pub(super) pieces: [BTreeSet<Piece>; 3],
    pub(super) words: [BTreeSet<usize>; 3],
    all: BTreeSet<(usize, usize)>,
}

impl View {
    pub(super) fn new(one: &Attribution, words: &Words) -> View {
        let of = |role: usize| -> BTreeSet<Piece> {
            one.roles[role].iter().map(|piece| words.touched(*piece)).collect()
        };
        let pieces = [of(0), of(1), of(2)];
        let own = |role: usize| -> BTreeSet<usize> {
            let ranges = pieces[role].iter().map(|piece| match piece {
                Piece::Words(first, after) => *first..*after,
                Piece::Bytes(..) => 0..0,
            });
            ranges.flatten().collect()
        };
        let held = [own(0), own(1), own(2)];
        let roles = held.iter().enumerate().take(ROLES.len());
        let all = roles.flat_map(|(role, own)| own.iter().map(move |word| (role, *word)));
        View { all: all.collect(), words: held, pieces }
    }
}

/// Twice what two sets share by their sizes: from 0 to 1.
pub(super) fn dice<T: Ord>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> f64 {
    match one.len() + other.len() {
        0 => 0.0,
        all => 2.0 * one.intersection(other).count() as f64 / all as f64,
    }
}

/// Pairs of predicted and gold attributions with what they share, so that all pairs together share
/// most; each group of attributions that touch is solved by itself.
pub(super) fn pairs(predicted: &[View], gold: &[View]) -> Vec<(usize, usize, f64)> {
    let mut holders: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (g, view) in gold.iter().enumerate() {
        view.all.iter().for_each(|word| holders.entry(*word).or_default().push(g));
    }
    let mut shared: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for (p, view) in predicted.iter().enumerate() {
        for g in view.all.iter().filter_map(|word| holders.get(word)).flatten() {
            shared.entry((p, *g)).or_insert_with(|| dice(&view.all, &gold[*g].all));
        }
    }
    let mut found = Vec::new();
    for (mine, theirs) in groups(predicted.len(), gold.len(), shared.keys()) {
        let weight = |p: &usize, g: &usize| shared.get(&(*p, *g)).copied().unwrap_or(0.0);
        let weights: Vec<Vec<f64>> =
            mine.iter().map(|p| theirs.iter().map(|g| weight(p, g)).collect()).collect();
        for (row, column) in heaviest(&weights) {
            let pair = (mine[row], theirs[column]);
            found.extend(shared.get(&pair).map(|share| (pair.0, pair.1, *share)));
        }
    }
    found
}

/// The predicted and the gold ones that touch each other, directly or through others.
fn groups<'k>(
    predicted: usize,
    gold: usize,
    pairs: impl Iterator<Item = &'k (usize, usize)>,
) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut near = vec![Vec::new(); predicted + gold];
    for (p, g) in pairs {
        near[*p].push(predicted + g);
        near[predicted + g].push(*p);
    }
    let mut seen = vec![false; near.len()];
    let mut found = Vec::new();
    for start in 0..near.len() {
        if std::mem::replace(&mut seen[start], true) || near[start].is_empty() {
            continue;
        }
        let (mut open, mut group) = (vec![start], Vec::new());
        while let Some(at) = open.pop() {
            group.push(at);
            let fresh = near[at].iter().filter(|next| !std::mem::replace(&mut seen[**next], true));
            open.extend(fresh);
        }
        group.sort_unstable();
        let theirs = group.split_off(group.partition_point(|at| *at < predicted));
        found.push((group, theirs.into_iter().map(|at| at - predicted).collect()));
    }
    found
}
