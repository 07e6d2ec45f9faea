//! What the machine holds between two steps.

use super::{LEFT, RIGHT, SHIFT, Tree};

/// No word.
const NONE: u32 = u32::MAX;

/// The words that hang on a word on one of its sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kids {
    outer: u32,
    inner: u32,
    /// How many there are.
    pub count: u32,
    /// Their relations: a bit for each of the first sixty-four.
    pub relations: u64,
}

impl Kids {
    const NO: Kids = Kids { outer: NONE, inner: NONE, count: 0, relations: 0 };

    /// The one farthest from the word.
    pub fn outer(&self) -> Option<usize> {
        (self.outer != NONE).then_some(self.outer as usize)
    }

    /// The one before that.
    pub fn inner(&self) -> Option<usize> {
        (self.inner != NONE).then_some(self.inner as usize)
    }
}

/// The words that wait for a head, the words to come, and the arcs that were made.
#[derive(Clone, Debug)]
pub struct State {
    stack: Vec<u32>,
    next: usize,
    heads: Vec<u32>,
    relations: Vec<u8>,
    /// Those that hang on each word to its left, and to its right.
    kids: Vec<[Kids; 2]>,
}

impl State {
    /// Before the first of so many words.
    pub fn new(words: usize) -> State {
        State {
            stack: Vec::with_capacity(16),
            next: 0,
            heads: vec![NONE; words],
            relations: vec![0; words],
            kids: vec![[Kids::NO; 2]; words + 1],
        }
    }

    /// A word that waits, by its depth on the stack, 0 for the top.
    pub fn waiting(&self, depth: usize) -> Option<usize> {
        self.stack.len().checked_sub(depth + 1).map(|at| self.stack[at] as usize)
    }

    /// A word to come, 0 for the next; the last is no word but the root.
    pub fn coming(&self, distance: usize) -> Option<usize> {
        Some(self.next + distance).filter(|at| *at <= self.heads.len())
    }

    /// What hangs on a word to its left.
    pub fn left(&self, word: usize) -> &Kids {
        &self.kids[word][0]
    }

    /// What hangs on a word to its right.
    pub fn right(&self, word: usize) -> &Kids {
        &self.kids[word][1]
    }

    /// The relation of a word to its head, if it has one by now.
    pub fn relation(&self, word: usize) -> Option<u8> {
        self.heads.get(word).filter(|head| **head != NONE).map(|_| self.relations[word])
    }

    /// Whether every word has a head.
    pub(super) fn done(&self) -> bool {
        self.next == self.heads.len() && self.stack.is_empty()
    }

    /// Whether a step can be taken. One word alone hangs on the root: the last that waits.
    pub(super) fn allows(&self, step: usize) -> bool {
        let rest = self.next < self.heads.len();
        match step {
            SHIFT => rest,
            LEFT => !self.stack.is_empty() && (rest || self.stack.len() == 1),
            _ => self.stack.len() > 1,
        }
    }

    /// The arc that a step makes: head and dependent.
    pub(super) fn arc(&self, step: usize) -> Option<(usize, usize)> {
        match step {
            LEFT => Some((self.next, self.waiting(0)?)),
            RIGHT => Some((self.waiting(1)?, self.waiting(0)?)),
            _ => None,
        }
    }

    /// Hangs a word on another.
    pub(super) fn hang(&mut self, head: usize, dependent: usize, relation: u8) {
        self.heads[dependent] = head as u32;
        self.relations[dependent] = relation;
        let kids = &mut self.kids[head][usize::from(dependent > head)];
        // Words come to hang on either side from the inside out.
        kids.inner = kids.outer;
        kids.outer = dependent as u32;
        kids.count += 1;
        kids.relations |= 1u64.checked_shl(u32::from(relation)).unwrap_or(0);
    }

    /// Takes a step, of which the arc was made.
    pub(super) fn go(&mut self, step: usize) {
        match step {
            SHIFT => {
                self.stack.push(self.next as u32);
                self.next += 1;
            }
            _ => {
                self.stack.pop();
            }
        }
    }

    pub(super) fn into_tree(self) -> Tree {
        Tree { heads: self.heads, relations: self.relations }
    }

    pub(super) fn stack(&self) -> &[u32] {
        &self.stack
    }

    pub(super) fn next(&self) -> usize {
        self.next
    }
}
