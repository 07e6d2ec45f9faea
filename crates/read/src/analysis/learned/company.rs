//! The company that a head keeps: what roles the heads of its sentence, of the sentences beside it
//! and of the whole text were read to have at first.
//!
//! A sentence that names who was killed also names who killed him; a text that tells of no incident
//! has no victim in any sentence; and a word that has a role in one sentence most often has it in
//! another. None of this can be seen while each head is read by itself.

use std::collections::HashMap;

use throughline_linear::{Probabilities, Sequence, join};

use super::columns::Columns;
use super::roles::{Context, KINDS};

/// What was read at first.
#[derive(Clone, Debug)]
pub struct Company {
    first: Probabilities,
    sentences: Vec<Most>,
    /// By the word of the head.
    words: HashMap<u64, Most>,
    text: Most,
    /// How many heads of a role are expected in each sentence.
    expected: Vec<f32>,
}

/// The two surest heads of each role among some.
#[derive(Clone, Copy, Debug, Default)]
struct Most {
    of: [[(f32, usize); 2]; KINDS.len()],
}

impl Most {
    fn add(&mut self, at: usize, row: &[f32]) {
        for (two, share) in self.of.iter_mut().zip(&row[1..]) {
            if *share > two[0].0 {
                *two = [(*share, at), two[0]];
            } else if *share > two[1].0 {
                two[1] = (*share, at);
            }
        }
    }

    /// How sure the surest head of a role is, one head aside.
    fn but(&self, role: usize, at: usize) -> f32 {
        let [most, next] = self.of[role];
        if most.1 == at { next.0 } else { most.0 }
    }
}

impl Company {
    /// From what was read at first, a row a word.
    pub fn new(columns: &Columns, context: &Context, first: &Probabilities) -> Company {
        let mut company = Company {
            first: first.clone(),
            sentences: vec![Most::default(); columns.sentences.len()],
            words: HashMap::new(),
            text: Most::default(),
            expected: vec![0.0; columns.sentences.len()],
        };
        for at in context.all_heads() {
            let row = first.at(at);
            let sentence = context.sentence[at] as usize;
            company.sentences[sentence].add(at, row);
            company.words.entry(columns.all[at].word).or_default().add(at, row);
            company.text.add(at, row);
            company.expected[sentence] += 1.0 - row[0];
        }
        company
    }

    /// What is seen of a head's company, and what it was read to be itself. Its own words are left
    /// out: they have spoken at first, and would speak twice.
    pub fn features(&self, columns: &Columns, context: &Context, at: usize) -> Sequence {
        let mut out = Sequence::with_capacity(1, 100);
        out.add(0, 0);
        let row = self.first.at(at);
        let own =
            (1..row.len()).fold(1, |best, role| if row[role] > row[best] { role } else { best });
        let told = (own * 32) as u64 + level(row[own], 1.0);
        out.add(150, level(1.0 - row[0], 2.0));
        out.add(151, told);
        out.add(152, join(told, u64::from(context.tags[at])));
        let sentence = context.sentence[at] as usize;
        let same = &self.words[&columns.all[at].word];
        let beside = |by: isize, role: usize| {
            let near = sentence.checked_add_signed(by).and_then(|near| self.sentences.get(near));
            near.map_or(30, |near| level(near.of[role][0].0, 0.7))
        };
        for role in 0..KINDS.len() {
            let n = role as u64;
            let here = level(self.sentences[sentence].but(role, at), 0.7);
            let elsewhere = level(same.but(role, at), 0.7);
            out.add(160 + n, level(row[role + 1], 2.0));
            out.add(170 + n, here);
            out.add(180 + n, join(told, here));
            out.add(190 + n, join(beside(-1, role), own as u64));
            out.add(200 + n, join(beside(1, role), own as u64));
            out.add(210 + n, elsewhere);
            out.add(220 + n, join(told, elsewhere));
            out.add(230 + n, join(level(self.text.but(role, at), 0.7), own as u64));
        }
        let expected = |by: isize| {
            let near = sentence.checked_add_signed(by).and_then(|near| self.expected.get(near));
            near.copied().unwrap_or(0.0)
        };
        let around = expected(-1) + expected(1);
        out.add(240, join(told, count(expected(0) - (1.0 - row[0]))));
        out.add(241, join(told, count(around)));
        let all: f32 = self.expected.iter().sum();
        out.add(242, join(told, count(all)));
        out.add(243, join(own as u64, count(all / self.expected.len() as f32)));
        let joined = context.trees.head(at).into_iter().chain(context.hung_on(at));
        for near in joined.filter(|near| context.heads(*near)) {
            let row = self.first.at(near);
            let best = (0..row.len()).fold(0, |a, b| if row[b] > row[a] { b } else { a });
            let other = join(best as u64, level(row[best], 0.7));
            let how = context.trees.relation(at.max(near));
            out.add(244, join(other, own as u64));
            out.add(245, join(join(other, own as u64), how));
        }
        out.end_place();
        out
    }

    /// What is seen of whether a text tells of an incident: how probable that is by its words, and
    /// how sure the roles in it are.
    pub fn told(&self, kinds: &[f32]) -> Sequence {
        let mut out = Sequence::with_capacity(1, 40);
        let mut add = |template, filling| out.add(OF_TEXTS + template, filling);
        let told = level(1.0 - kinds[0], 1.5);
        let coarse = level(1.0 - kinds[0], 0.7);
        add(0, 0);
        add(1, told);
        for role in 0..KINDS.len() {
            let [most, next] = self.text.of[role];
            let n = role as u64;
            let sure = level(most.0, 1.0);
            add(10 + n, sure);
            add(20 + n, level(next.0, 1.0));
            add(30 + n, join(coarse, level(most.0, 0.7)));
        }
        for (number, share) in (0..).zip(&kinds[1..]) {
            add(40 + number, level(*share, 1.0));
        }
        let all: f32 = self.expected.iter().sum();
        let most = self.expected.iter().fold(0.0_f32, |a, b| a.max(*b));
        add(50, count(all));
        add(51, count(most));
        add(52, join(coarse, count(all)));
        add(53, join(coarse, count(most)));
        add(54, count(all / self.expected.len().max(1) as f32));
        out.end_place();
        out
    }
}

/// The templates of what is asked of a text, apart from those of other variables.
const OF_TEXTS: u64 = 1000 * super::variables::TOLD as u64;

/// A share as a small number: its log-odds in steps, finer with `scale`.
pub(super) fn level(share: f32, scale: f32) -> u64 {
    let share = share.clamp(0.001, 0.999);
    ((share / (1.0 - share)).ln() * scale + 14.0).round() as u64
}

/// How many, in steps that grow.
fn count(expected: f32) -> u64 {
    (expected.max(0.02).ln() * 2.0 + 10.0).round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_no_company_of_its_own() {
        let mut most = Most::default();
        most.add(3, &[0.1, 0.9, 0.0, 0.0, 0.0, 0.0, 0.0]);
        assert_eq!((most.but(0, 3), most.but(0, 4)), (0.0, 0.9));
        most.add(4, &[0.4, 0.6, 0.0, 0.0, 0.0, 0.0, 0.0]);
        assert_eq!((most.but(0, 3), most.but(0, 4), most.but(1, 3)), (0.6, 0.9, 0.0));
    }

    #[test]
    fn levels_grow_with_shares() {
        let levels: Vec<u64> = [0.0, 0.01, 0.1, 0.5, 0.9, 1.0].map(|one| level(one, 1.0)).into();
        assert!(levels.is_sorted() && levels[0] < levels[5], "{levels:?}");
        assert_eq!(level(0.5, 1.0), 14);
    }
}
