//! The way from a word to a cue through the tree of their sentence.

use std::ops::Range;

use throughline_linear::join;

use super::syntax::{Trees, relation};

/// The ways from the words of a window to the cue through their tree.
pub(super) struct Ways {
    start: usize,
    all: Vec<Way>,
}

/// A way up from a word to what it has in common with the cue, and down to the cue.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    pub(super) up: u64,
    pub(super) down: u64,
    /// Steps up, and down.
    pub(super) steps: u64,
    pub(super) depth: u64,
    /// The relation of the last step up.
    pub(super) branch: u64,
    /// The last relation on the way up that begins a clause.
    pub(super) clause: u64,
}

/// More steps of a way are not looked at.
const FARTHEST: usize = 8;

impl Ways {
    pub(super) fn new(trees: &Trees, window: &Range<usize>, cue: usize) -> Ways {
        let chain: Vec<usize> = trees.above(cue, FARTHEST).collect();
        let mut downs = vec![0];
        for word in &chain {
            downs.push(join(downs[downs.len() - 1], trees.relation(*word)));
        }
        let way = |at: usize| {
            let mut way = Way::NONE;
            for word in trees.above(at, FARTHEST) {
                if let Some(depth) = chain.iter().position(|own| *own == word) {
                    way.down = downs[depth];
                    way.depth = depth as u64;
                    break;
                }
                let relation = trees.relation(word);
                way.up = join(way.up, relation);
                way.steps += 1;
                way.branch = relation;
                if CLAUSES.contains(&(relation as u8)) {
                    way.clause = relation;
                }
            }
            way
        };
        Ways { start: window.start, all: window.clone().map(way).collect() }
    }

    pub(super) fn at(&self, at: Option<usize>, window: &Range<usize>) -> Way {
        let at = at.filter(|at| window.contains(at));
        at.map_or(Way::NONE, |at| self.all[at - self.start])
    }
}

impl Way {
    /// No way leads to the cue.
    const NONE: Way =
        Way { up: 0, down: 0, steps: 0, depth: APART, branch: NO_BRANCH, clause: NO_BRANCH };
}

/// No relation, and no depth.
const NO_BRANCH: u64 = 99;
const APART: u64 = 99;

/// Relations that begin a clause.
const CLAUSES: [u8; 8] = [
    relation("acl"),
    relation("acl:relcl"),
    relation("advcl"),
    relation("ccomp"),
    relation("conj"),
    relation("csubj"),
    relation("parataxis"),
    relation("xcomp"),
];
