//! What is seen of a noun or name that may have a role in an incident: what it hangs on in the tree
//! of its sentence and how, through what it is joined with, what else hangs there, and what that
//! hangs on; the words around it, and where it stands in the text.

use std::ops::Range;

use throughline_linear::{Sequence, join};

use super::columns::Columns;
use super::roles::{Context, NOUN, PUNCT, VERB};
use super::scene::EDGE;
use super::syntax::relation;

/// What is seen of a head.
pub fn features(columns: &Columns, context: &Context, at: usize) -> Sequence {
    let mut out = Sequence::with_capacity(1, 300);
    let sentence = columns.sentences[context.sentence[at] as usize].clone();
    let view = View { columns, context, sentence, at };
    view.itself(&mut out);
    let governed = view.governed(&mut out);
    view.above(&governed, &mut out);
    view.below(&mut out);
    view.around(&mut out);
    view.sentence(&mut out);
    view.text(&governed, &mut out);
    view.related(&governed, &mut out);
    out.end_place();
    out
}

/// What governs a head, and what that hangs on: a number from 0 on, the nearest first, and what is
/// seen.
pub(super) fn governors(
    columns: &Columns,
    context: &Context,
    at: usize,
    mut add: impl FnMut(u64, u64),
) {
    let sentence = columns.sentences[context.sentence[at] as usize].clone();
    let view = View { columns, context, sentence, at };
    let mut top = at;
    for _ in 0..PASSED {
        let joined = |_: &usize| JOINED.contains(&context.trees.relations[top]);
        let Some(head) = context.trees.head(top).filter(joined) else { break };
        add(5, join(view.relation(top), columns.all[head].word));
        top = head;
    }
    let how = join(view.relation(top), view.preposition(top));
    let by = context.trees.head(top);
    let passive = by.map_or(9, |by| u64::from(context.with_relation(by, PASSIVE).is_some()));
    add(0, join(how, view.word(by)));
    add(1, join(join(how, passive), view.word(by)));
    add(2, join(join(how, passive), view.code(by, 12)));
    add(3, view.word(by));
    add(4, view.code(by, 28));
    for near in by.into_iter().flat_map(|by| context.hung_on(by)).filter(|near| *near != top) {
        add(6, join(view.relation(near), view.word(Some(near))));
        add(7, join(view.relation(near), view.code(Some(near), 12)));
    }
    for up in by.into_iter().flat_map(|by| context.trees.above(by, 3)) {
        add(8, view.word(Some(up)));
        add(9, view.code(Some(up), 12));
    }
}

/// A head in its sentence.
struct View<'a> {
    columns: &'a Columns,
    context: &'a Context,
    sentence: Range<usize>,
    at: usize,
}

/// How a head is governed, once what it is joined with is passed.
struct Governed {
    /// Relation and preposition.
    how: u64,
    relation: u64,
    by: Option<usize>,
    /// Whether what governs it is passive.
    passive: u64,
}

/// Relations by which a word is joined with one that is governed in its place.
const JOINED: [u8; 7] = [
    relation("conj"),
    relation("appos"),
    relation("flat"),
    relation("compound"),
    relation("nmod:poss"),
    relation("fixed"),
    relation("list"),
];

/// So many words that a head is joined with are passed, and so many steps above it are looked at.
const PASSED: usize = 6;
const STEPS: usize = 4;

impl View<'_> {
    fn word(&self, at: Option<usize>) -> u64 {
        at.map_or(EDGE, |at| self.columns.all[at].word)
    }

    fn code(&self, at: Option<usize>, bits: u8) -> u64 {
        at.and_then(|at| self.columns.all[at].code).map_or(EDGE, |code| code.prefix(bits))
    }

    /// Which words it is related to.
    fn kin(&self, at: Option<usize>, bits: u8) -> u64 {
        at.and_then(|at| self.columns.all[at].related).map_or(EDGE, |code| code.prefix(bits))
    }

    fn tag(&self, at: Option<usize>) -> u64 {
        at.map_or(99, |at| u64::from(self.context.tags[at]))
    }

    fn relation(&self, at: usize) -> u64 {
        self.context.trees.relation(at)
    }

    fn preposition(&self, at: usize) -> u64 {
        self.word(self.context.with_relation(at, relation("case")))
    }

    fn hung(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        self.context.hung[at].iter().map(|near| *near as usize)
    }

    /// The word, the name that it is part of, and the words before it in its phrase.
    fn itself(&self, out: &mut Sequence) {
        let own = &self.columns.all[self.at];
        let tag = self.tag(Some(self.at));
        let (name, words) = &self.context.named[self.at];
        out.add(0, 0);
        out.add(1, own.word);
        out.add(2, tag);
        out.add(3, join(*name, tag));
        for (n, bits) in [4, 6, 8, 12, 28].into_iter().enumerate() {
            out.add(4 + n as u64, self.code(Some(self.at), bits));
        }
        out.add(10, own.ends[2]);
        out.add(11, own.ends[1]);
        let listed = |template: u64, at: usize, out: &mut Sequence| {
            let classes = u64::from(self.columns.all[at].classes);
            (0..32).filter(|class| classes >> class & 1 == 1).for_each(|class| {
                out.add(template, class);
            });
        };
        listed(12, self.at, out);
        for near in self.hung(self.at).filter(|near| *near < self.at) {
            let word = self.columns.all[near].word;
            out.add(13, word);
            out.add(14, self.code(Some(near), 12));
            out.add(15, join(word, own.word));
            out.add(16, join(self.relation(near), self.tag(Some(near))));
            listed(17, near, out);
        }
        if *name > 0 {
            let after = Some(words.end).filter(|end| *end < self.sentence.end);
            out.add(18, join(*name, words.len().min(5) as u64));
            out.add(19, self.word(words.start.checked_sub(1)));
            out.add(20, self.word(after));
            words.clone().for_each(|at| out.add(21, self.columns.all[at].word));
        }
    }

    /// What governs it, and what else hangs there.
    fn governed(&self, out: &mut Sequence) -> Governed {
        let trees = &self.context.trees;
        let mut top = self.at;
        let mut passed = 0;
        for _ in 0..PASSED {
            let Some(head) = trees.head(top).filter(|_| JOINED.contains(&trees.relations[top]))
            else {
                break;
            };
            passed = join(passed, self.relation(top));
            out.add(22, join(self.relation(top), self.columns.all[head].word));
            top = head;
        }
        let relation = self.relation(top);
        let how = join(relation, self.preposition(top));
        let by = trees.head(top);
        let passive = |by| u64::from(self.context.with_relation(by, PASSIVE).is_some());
        let passive = by.map_or(9, passive);
        let (own, code) = (self.word(Some(self.at)), self.code(Some(self.at), 12));
        let name = self.context.named[self.at].0;
        let as_governed = join(how, passive);
        out.add(23, passed);
        out.add(24, how);
        out.add(25, as_governed);
        out.add(26, join(how, self.word(by)));
        out.add(27, join(as_governed, self.word(by)));
        out.add(28, join(as_governed, self.code(by, 12)));
        out.add(29, join(as_governed, self.code(by, 28)));
        out.add(30, join(as_governed, join(self.code(by, 12), code)));
        out.add(31, join(self.word(by), own));
        out.add(32, join(join(relation, passive), self.word(by)));
        out.add(33, join(join(u64::from(passed > 0), as_governed), self.code(by, 28)));
        out.add(34, join(as_governed, join(self.code(by, 8), name)));
        out.add(35, join(as_governed, join(self.word(by), name)));
        for near in by.into_iter().flat_map(|by| self.hung(by)) {
            if near == top || self.context.tags[near] == PUNCT {
                continue;
            }
            let other = self.relation(near);
            out.add(36, join(as_governed, join(other, self.word(Some(near)))));
            out.add(37, join(as_governed, join(other, self.code(Some(near), 12))));
            let there = join(other, self.code(Some(near), 8));
            out.add(38, join(join(relation, self.code(by, 12)), there));
        }
        Governed { how, relation, by, passive }
    }

    /// What its governor hangs on.
    fn above(&self, governed: &Governed, out: &mut Sequence) {
        let mut path = join(governed.relation, governed.passive);
        let steps = governed.by.into_iter().flat_map(|by| self.context.trees.above(by, STEPS - 1));
        for (step, word) in (0..).zip(steps) {
            let up = self.context.trees.head(word);
            path = join(path, self.relation(word));
            out.add(40 + step, join(path, self.word(up)));
            out.add(44 + step, join(path, self.code(up, 12)));
            out.add(48, self.word(up));
            out.add(49, join(self.code(up, 28), governed.relation));
            let both = join(self.code(up, 12), self.code(Some(word), 12));
            out.add(50 + step, join(self.preposition(word), both));
        }
    }

    /// What hangs on it to its right.
    fn below(&self, out: &mut Sequence) {
        let own = self.word(Some(self.at));
        for near in self.hung(self.at).filter(|near| *near > self.at) {
            let (how, with) = (self.relation(near), self.preposition(near));
            out.add(55, join(how, self.word(Some(near))));
            out.add(56, join(join(how, with), self.code(Some(near), 12)));
            out.add(57, join(how, join(own, with)));
        }
    }

    /// The words around it, whatever the tree says.
    fn around(&self, out: &mut Sequence) {
        let near = |distance: isize| {
            self.at.checked_add_signed(distance).filter(|at| self.sentence.contains(at))
        };
        for (n, distance) in (-4..=4).enumerate().filter(|(_, distance)| *distance != 0) {
            out.add(61 + n as u64, self.word(near(distance)));
            out.add(71 + n as u64, self.code(near(distance), 12));
        }
        for (n, distance) in [-2, -1, 1, 2].into_iter().enumerate() {
            out.add(80 + n as u64, self.tag(near(distance)));
            out.add(85 + n as u64, self.code(near(distance), 28));
        }
        let (own, code) = (self.word(Some(self.at)), self.code(Some(self.at), 12));
        out.add(90, join(self.word(near(-1)), own));
        out.add(91, join(own, self.word(near(1))));
        out.add(92, join(self.word(near(-2)), self.word(near(-1))));
        out.add(93, join(self.word(near(1)), self.word(near(2))));
        // What stands before its phrase, and the verbs on either side.
        let first = self.hung(self.at).next().filter(|first| *first < self.at).unwrap_or(self.at);
        let back = |from: Option<usize>| {
            from.and_then(|at| at.checked_sub(1)).filter(|at| self.sentence.contains(at))
        };
        let before = back(Some(first));
        let second = back(before);
        let verb = |at: &usize| self.context.tags[*at] == VERB;
        let left = (self.sentence.start..self.at).rev().find(verb);
        let right = (self.at + 1..self.sentence.end).find(verb);
        out.add(94, self.word(before));
        out.add(95, join(self.word(before), self.word(second)));
        out.add(96, join(self.word(before), self.code(second, 28)));
        out.add(97, join(self.code(before, 28), own));
        out.add(100, self.word(left));
        out.add(101, self.word(right));
        out.add(102, join(self.word(before), self.word(left)));
        out.add(103, join(self.code(left, 12), self.code(right, 12)));
        out.add(104, join(self.code(left, 12), code));
        out.add(105, join(self.code(right, 12), code));
        out.add(106, join(self.word(before), self.code(left, 28)));
    }

    /// The verbs and nouns of its sentence.
    fn sentence(&self, out: &mut Sequence) {
        let code = self.code(Some(self.at), 12);
        let telling = |at: &usize| matches!(self.context.tags[*at], VERB | NOUN) && *at != self.at;
        let reach = self.at.saturating_sub(REACH)..self.at + REACH;
        for at in self.sentence.clone().filter(|at| reach.contains(at)).filter(telling) {
            let side = u64::from(at > self.at);
            out.add(107 + side, self.word(Some(at)));
            out.add(109 + side, self.code(Some(at), 28));
            out.add(111, join(code, self.code(Some(at), 28)));
        }
    }

    /// Where it stands in the text, how often, and what the text tells.
    fn text(&self, governed: &Governed, out: &mut Sequence) {
        let Context { told, odds, kind, .. } = *self.context;
        let (own, code) = (self.word(Some(self.at)), self.code(Some(self.at), 12));
        let name = self.context.named[self.at].0;
        let sort = join(name, self.tag(Some(self.at)));
        out.add(115, u64::from(self.context.sentence[self.at].min(8)));
        out.add(116, told);
        out.add(117, join(told, code));
        out.add(118, join(told, own));
        out.add(119, join(kind, own));
        out.add(120, join(kind, code));
        out.add(121, join(join(told, kind), sort));
        out.add(122, join(told, join(name, self.code(Some(self.at), 8))));
        out.add(123, join(told, governed.how));
        out.add(124, join(kind, governed.how));
        let (often, first) = self.context.often.get(&own).copied().unwrap_or((1, 0));
        out.add(125, u64::from(often.min(6)));
        out.add(126, join(u64::from(often.min(6)), code));
        out.add(127, join(u64::from(first.min(6)), name));
        out.add(130, odds);
        out.add(131, join(odds, sort));
        out.add(132, join(odds, governed.how));
    }
}

impl View<'_> {
    /// What words are related to it, to what governs it, and to those around it.
    fn related(&self, governed: &Governed, out: &mut Sequence) {
        let Context { told, kind, .. } = *self.context;
        let at = Some(self.at);
        let own = self.kin(at, FINE);
        let coarse = self.kin(at, COARSE);
        let Governed { how, relation, by, passive } = *governed;
        let as_governed = join(how, passive);
        for (n, bits) in [6, COARSE, 12, FINE].into_iter().enumerate() {
            out.add(200 + n as u64, self.kin(at, bits));
            out.add(205 + n as u64, join(as_governed, self.kin(by, bits)));
            out.add(210 + n as u64, join(relation, self.kin(by, bits)));
        }
        out.add(215, join(as_governed, join(self.kin(by, COARSE), coarse)));
        out.add(216, join(as_governed, join(self.kin(by, FINE), coarse)));
        out.add(217, join(as_governed, join(self.kin(by, COARSE), own)));
        out.add(218, join(as_governed, own));
        out.add(219, join(told, own));
        out.add(220, join(kind, own));
        out.add(221, join(told, coarse));
        let name = self.context.named[self.at].0;
        out.add(222, join(as_governed, join(self.kin(by, FINE), name)));
        for near in self.hung(self.at) {
            let side = u64::from(near > self.at);
            out.add(225 + side, self.kin(Some(near), FINE));
            out.add(227 + side, self.kin(Some(near), COARSE));
            out.add(229, join(self.kin(Some(near), COARSE), coarse));
        }
        for near in by.into_iter().flat_map(|by| self.hung(by)) {
            if near == self.at || self.context.tags[near] == PUNCT {
                continue;
            }
            let other = self.relation(near);
            out.add(230, join(as_governed, join(other, self.kin(Some(near), FINE))));
            out.add(231, join(as_governed, join(other, self.kin(Some(near), COARSE))));
            let there = join(other, self.kin(Some(near), COARSE));
            out.add(232, join(join(relation, self.kin(by, COARSE)), there));
        }
        let steps = by.into_iter().flat_map(|by| self.context.trees.above(by, STEPS - 1));
        for (step, word) in (0..).zip(steps) {
            let up = self.context.trees.head(word);
            out.add(235 + step, join(self.relation(word), self.kin(up, FINE)));
            out.add(239 + step, join(self.relation(word), self.kin(up, COARSE)));
            out.add(243, self.kin(up, FINE));
        }
        let near = |distance: isize| {
            self.at.checked_add_signed(distance).filter(|at| self.sentence.contains(at))
        };
        for (n, distance) in (-3..=3).enumerate().filter(|(_, distance)| *distance != 0) {
            out.add(245 + n as u64, self.kin(near(distance), FINE));
            out.add(252 + n as u64, self.kin(near(distance), COARSE));
        }
        let verb = |at: &usize| self.context.tags[*at] == VERB;
        let left = (self.sentence.start..self.at).rev().find(verb);
        let right = (self.at + 1..self.sentence.end).find(verb);
        out.add(260, self.kin(left, FINE));
        out.add(261, self.kin(right, FINE));
        out.add(262, join(self.kin(left, COARSE), self.kin(right, COARSE)));
        out.add(263, join(self.kin(left, COARSE), coarse));
        out.add(264, join(self.kin(right, COARSE), coarse));
        let telling = |at: &usize| matches!(self.context.tags[*at], VERB | NOUN) && *at != self.at;
        let reach = self.at.saturating_sub(REACH)..self.at + REACH;
        for at in self.sentence.clone().filter(|at| reach.contains(at)).filter(telling) {
            let side = u64::from(at > self.at);
            out.add(266 + side, self.kin(Some(at), FINE));
            out.add(268 + side, self.kin(Some(at), COARSE));
            out.add(270, join(coarse, self.kin(Some(at), COARSE)));
        }
    }
}

/// How many bits of the code of a related word are looked at: a few hundred classes, and all.
pub(super) const COARSE: u8 = 9;
pub(super) const FINE: u8 = 28;

const PASSIVE: u8 = relation("aux:pass");

/// How far words of the sentence are looked at, so that a long one costs no more than its length.
const REACH: usize = 60;
