//! What is seen of phrases when a question about incidents is put to them
//! ([`variables`](super::variables)): of one in a role, of an incident, of a day or a place, of two
//! phrases, of two that may be of one incident.

use std::collections::BTreeSet;
use std::ops::Range;

use throughline_linear::{Sequence, join};

use super::columns::Columns;
use super::company::level;
use super::heads::{self, COARSE, FINE};
use super::roles::{self, Context};
use super::scene::EDGE;
use super::variables::{DESCRIBED, SAME, Said, best};

/// Somebody or something that may be of an incident.
#[derive(Clone, Debug)]
pub struct One<'a> {
    /// Its role.
    pub role: usize,
    /// Where it stands.
    pub said: &'a [Said],
    /// How probable it is that it is of an incident of each kind.
    pub kinds: Vec<f32>,
}

/// What is seen, each thing once, for one question.
struct Seen {
    variable: u64,
    all: BTreeSet<(u64, u64)>,
}

impl Seen {
    fn new(variable: usize) -> Seen {
        let variable = variable as u64 * 1000;
        Seen { variable, all: BTreeSet::from([(variable, 0)]) }
    }

    fn add(&mut self, template: u64, filling: u64) {
        self.all.insert((self.variable + template, filling));
    }

    fn sequence(self) -> Sequence {
        let mut sequence = Sequence::with_capacity(1, self.all.len());
        self.all.into_iter().for_each(|(template, filling)| sequence.add(template, filling));
        sequence.end_place();
        sequence
    }
}

/// A text in which questions are asked.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Its words.
    pub columns: &'a Columns,
    /// What the stages before have read.
    pub context: &'a Context,
}

impl Asked<'_> {
    fn word(&self, at: usize) -> u64 {
        self.columns.all.get(at).map_or(EDGE, |column| column.word)
    }

    fn code(&self, at: usize, bits: u8) -> u64 {
        let code = self.columns.all.get(at).and_then(|column| column.code);
        code.map_or(EDGE, |code| code.prefix(bits))
    }

    /// Which words a word is related to.
    fn kin(&self, at: usize, bits: u8) -> u64 {
        let code = self.columns.all.get(at).and_then(|column| column.related);
        code.map_or(EDGE, |code| code.prefix(bits))
    }

    fn sentence(&self, at: usize) -> usize {
        self.context.sentence[at] as usize
    }

    /// What is seen of somebody or something of an incident of a kind.
    pub fn of_one(
        &self,
        variable: usize,
        role: usize,
        kind: Option<usize>,
        said: &[Said],
    ) -> Sequence {
        let mut seen = Seen::new(variable);
        let (role, kind) = (role as u64, kind.map_or(9, |kind| kind as u64));
        seen.add(1, role);
        seen.add(2, kind);
        seen.add(3, join(role, kind));
        for (words, head) in said {
            let (own, code) = (self.word(*head), self.code(*head, 12));
            let near = head.saturating_sub(6)..head + 7;
            seen.add(4, own);
            seen.add(5, self.code(*head, 28));
            seen.add(6, code);
            seen.add(7, self.code(*head, 8));
            seen.add(8, self.columns.all[*head].ends[2]);
            seen.add(9, u64::from(self.context.tags[*head]));
            seen.add(10, join(self.context.named[*head].0, kind));
            seen.add(11, join(own, kind));
            seen.add(70, self.kin(*head, FINE));
            seen.add(71, self.kin(*head, COARSE));
            seen.add(72, join(self.kin(*head, COARSE), kind));
            for at in words.clone() {
                seen.add(73, self.kin(at, FINE));
                seen.add(12, self.word(at));
                seen.add(13, self.code(at, 28));
                seen.add(14, join(self.word(at), self.word(at + 1)));
            }
            seen.add(15, words.start.checked_sub(1).map_or(EDGE, |at| self.word(at)));
            heads::governors(self.columns, self.context, *head, |template, filling| {
                seen.add(20 + template, filling);
            });
            let sentence = self.columns.sentences[self.sentence(*head)].clone();
            for at in sentence.clone() {
                seen.add(60, self.word(at));
                seen.add(61, self.code(at, 28));
                seen.add(64, self.kin(at, FINE));
                if near.contains(&at) {
                    seen.add(62, self.word(at));
                    seen.add(63, join(self.word(at), self.word(at + 1)));
                }
            }
        }
        seen.sequence()
    }

    /// What is seen of an incident: the sentences of all in it, and the whole text.
    pub fn of_incident(
        &self,
        variable: usize,
        kind: Option<usize>,
        said: &[(usize, Said)],
    ) -> Sequence {
        let mut seen = Seen::new(variable);
        let kind = kind.map_or(9, |kind| kind as u64);
        seen.add(1, kind);
        seen.add(2, join(self.context.told(), self.context.kind()));
        let mut sentences: BTreeSet<usize> = BTreeSet::new();
        for (role, (words, head)) in said {
            let role = *role as u64;
            seen.add(3, role);
            seen.add(4, join(role, self.word(*head)));
            seen.add(5, join(role, self.code(*head, 12)));
            seen.add(8, join(role, self.kin(*head, FINE)));
            seen.add(9, join(role, self.kin(*head, COARSE)));
            seen.add(6, join(role, kind));
            for at in words.clone() {
                seen.add(7, join(role, self.word(at)));
            }
            heads::governors(self.columns, self.context, *head, |template, filling| {
                if template < 3 {
                    seen.add(20 + template, join(role, filling));
                }
            });
            sentences.insert(self.sentence(*head));
        }
        for (number, sentence) in self.columns.sentences.iter().enumerate() {
            for at in sentence.clone() {
                seen.add(60, self.word(at));
                if sentences.contains(&number) {
                    seen.add(61, self.word(at));
                    seen.add(62, self.code(at, 28));
                    seen.add(66, self.kin(at, FINE));
                    seen.add(63, join(self.word(at), self.word(at + 1)));
                    seen.add(64, join(kind, self.word(at)));
                }
                if number < 2 {
                    seen.add(65, self.word(at));
                }
            }
        }
        seen.sequence()
    }

    /// What is seen of words, which name a day or a place, beside an incident; `own` is what is
    /// known of them by themselves.
    pub fn of_words(
        &self,
        variable: usize,
        all: &[Range<usize>],
        own: &[u64],
        kind: usize,
        said: &[(usize, Said)],
    ) -> Sequence {
        let mut seen = Seen::new(variable);
        for (number, filling) in (100..).zip(own) {
            seen.add(number, *filling);
            seen.add(number + 50, join(*filling, kind as u64));
        }
        let heads: Vec<usize> = said.iter().map(|(_, (_, head))| *head).collect();
        let mut nearest = usize::MAX;
        let mut before = false;
        for words in all {
            let sentence = self.sentence(words.start);
            for head in &heads {
                let far = sentence.abs_diff(self.sentence(*head));
                if far < nearest {
                    nearest = far;
                    before = words.start < *head;
                }
            }
            seen.add(1, sentence.min(6) as u64);
            for at in words.start.saturating_sub(3)..words.end + 3 {
                let side = u64::from(at >= words.start) + u64::from(at >= words.end);
                seen.add(2 + side, self.word(at));
                seen.add(5 + side, self.code(at, 28));
                seen.add(70 + side, self.kin(at, FINE));
            }
            let last = words.end - 1;
            seen.add(8, join(self.word(words.start.wrapping_sub(1)), self.word(words.start)));
            seen.add(
                9,
                join(
                    self.word(words.start.wrapping_sub(2)),
                    self.word(words.start.wrapping_sub(1)),
                ),
            );
            heads::governors(self.columns, self.context, last, |template, filling| {
                if template < 5 {
                    seen.add(20 + template, filling);
                }
            });
            let sentence = self.columns.sentences[sentence].clone();
            sentence.for_each(|at| seen.add(60, self.code(at, 28)));
        }
        let far = nearest.min(6) as u64;
        let first = heads.iter().map(|head| self.sentence(*head)).min().unwrap_or(0);
        seen.add(10, far);
        seen.add(11, join(far, u64::from(before)));
        seen.add(12, join(far, first.min(4) as u64));
        seen.add(13, all.len().min(4) as u64);
        for filling in own {
            seen.add(14, join(far, *filling));
        }
        seen.sequence()
    }

    /// What is seen of two phrases: whether the one describes the other.
    pub fn of_description(&self, one: &Said, name: &Said) -> Sequence {
        let mut seen = Seen::new(DESCRIBED);
        let trees = &self.context.trees;
        let ((words, head), (named, top)) = (one, name);
        let order = u64::from(head > top);
        let path = match () {
            () if trees.head(*head) == Some(*top) => join(1, trees.relation(*head)),
            () if trees.head(*top) == Some(*head) => join(2, trees.relation(*top)),
            () if trees.head(*top) == trees.head(*head) => 3,
            () => 0,
        };
        let (first, second) = if order == 0 { (words, named) } else { (named, words) };
        let gap = second.start.saturating_sub(first.end).min(9) as u64;
        seen.add(1, order);
        seen.add(2, join(order, gap));
        seen.add(3, join(order, path));
        seen.add(4, join(path, gap));
        if second.start >= first.end && gap < 6 {
            let between =
                (first.end..second.start).fold(order, |held, at| join(held, self.word(at)));
            seen.add(5, between);
            seen.add(6, join(between, path));
            (first.end..second.start).for_each(|at| seen.add(7, join(order, self.word(at))));
        }
        if second.start < first.end {
            seen.add(8, order);
        }
        seen.add(9, join(order, self.word(*head)));
        seen.add(10, join(order, self.code(*head, 12)));
        seen.add(11, join(order, self.word(first.end)));
        seen.add(12, join(join(order, gap), self.context.named[*top].0));
        seen.sequence()
    }

    /// What is seen of two that may be of one incident; with how probable each kind is for either.
    pub fn of_two(&self, one: &One<'_>, other: &One<'_>) -> Sequence {
        let mut seen = Seen::new(SAME);
        let (one, other) = if one.role <= other.role { (one, other) } else { (other, one) };
        let roles = join(one.role as u64, other.role as u64);
        let mut near = usize::MAX;
        let mut words = usize::MAX;
        let mut parts = usize::MAX;
        let paragraph = |at: usize| self.columns.paragraphs[self.sentence(at)];
        for (_, head) in one.said {
            for (_, top) in other.said {
                near = near.min(self.sentence(*head).abs_diff(self.sentence(*top)));
                words = words.min(head.abs_diff(*top));
                parts = parts.min(paragraph(*head).abs_diff(paragraph(*top)));
            }
        }
        let (near, parts) = (near.min(7) as u64, parts.min(6) as u64);
        let length = (self.columns.sentences.len() as u64).min(40).div_ceil(4);
        let words = words.max(1).ilog2().min(9);
        let alike: f32 = one.kinds.iter().zip(&other.kinds).map(|(a, b)| a * b).sum();
        let alike = level(alike, 1.0);
        let kinds = join(best(&one.kinds) as u64, best(&other.kinds) as u64);
        seen.add(1, roles);
        seen.add(2, near);
        seen.add(3, join(roles, near));
        seen.add(4, parts);
        seen.add(5, join(roles, parts));
        seen.add(6, join(near, parts));
        seen.add(7, u64::from(words));
        seen.add(8, alike);
        seen.add(9, join(roles, alike));
        seen.add(10, join(near.min(3), alike));
        seen.add(11, kinds);
        seen.add(12, join(kinds, near.min(2)));
        seen.add(13, length);
        seen.add(14, join(length, near.min(4)));
        let first = |one: &One<'_>| one.said.iter().map(|(_, head)| *head).min().unwrap_or(0);
        let (a, b) = (first(one), first(other));
        let (early, late) = (a.min(b), a.max(b));
        let gap = (self.sentence(late) - self.sentence(early)).min(8) as u64;
        seen.add(15, gap);
        seen.add(16, join(roles, gap));
        // What opens the paragraph and the sentence of the later one, if it is another.
        if gap > 0 {
            let sentence = self.sentence(late);
            let start = self.columns.sentences[sentence].start;
            (start..start + 4).for_each(|at| seen.add(17, self.word(at)));
            let opens = self.columns.paragraphs.iter().position(|one| *one == paragraph(late));
            if let Some(opens) = opens.filter(|_| parts > 0) {
                let start = self.columns.sentences[opens].start;
                (start..start + 4).for_each(|at| seen.add(18, self.word(at)));
            }
        }
        // The words that both stand with.
        let around = |one: &One<'_>| -> BTreeSet<u64> {
            let sentences: BTreeSet<usize> =
                one.said.iter().map(|(_, head)| self.sentence(*head)).collect();
            let words = sentences.into_iter().flat_map(|at| self.columns.sentences[at].clone());
            let telling = words.filter(|at| {
                matches!(self.context.tags[*at], roles::NOUN | roles::VERB | roles::PROPN)
            });
            telling.map(|at| self.word(at)).collect()
        };
        let (mine, theirs) = (around(one), around(other));
        let common = mine.intersection(&theirs).count();
        let share = 8 * common / mine.len().min(theirs.len()).max(1);
        seen.add(19, share as u64);
        seen.add(20, join(share as u64, roles));
        for (n, (own, others)) in [(&mine, &theirs), (&theirs, &mine)].into_iter().enumerate() {
            own.intersection(others).for_each(|word| seen.add(21 + n as u64, *word));
        }
        seen.sequence()
    }
}
