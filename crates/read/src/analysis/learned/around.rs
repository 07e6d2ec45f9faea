//! What is seen of words in view of a cue: who says it and what, or what a negation reaches over.
//!
//! Each word of a window is described by itself, by its side of the cue and how far off it is, by
//! what the cue is, and by what lies between the two: verbs, commas, quotation marks, other cues.

use std::ops::Range;
use std::sync::OnceLock;

use throughline_linear::{Sequence, hash, join};

use super::columns::Columns;
use super::quoted::{self, Quoted};
use super::syntax::Trees;
use super::ways::Ways;

/// What is known of a page and its cues.
#[derive(Debug)]
pub struct Around<'a> {
    pub(super) columns: &'a Columns,
    tags: &'a [u8],
    pub(super) quoted: &'a Quoted,
    pub(super) cues: &'a [Range<usize>],
    /// What a cue is called, where that is not its words.
    called: Vec<Option<u64>>,
    trees: Option<&'a Trees>,
}

impl<'a> Around<'a> {
    /// What is known of a page and its cues, which are in order.
    pub fn new(
        columns: &'a Columns,
        tags: &'a [u8],
        quoted: &'a Quoted,
        cues: &'a [Range<usize>],
    ) -> Around<'a> {
        Around { columns, tags, quoted, cues, called: Vec::new(), trees: None }
    }

    /// Names cues by something else than their words.
    pub(super) fn called(mut self, called: Vec<Option<u64>>) -> Around<'a> {
        self.called = called;
        self
    }

    /// Looks at the trees of the sentences too.
    pub(super) fn with(mut self, trees: &'a Trees) -> Around<'a> {
        self.trees = Some(trees);
        self
    }

    fn word(&self, at: usize, window: &Range<usize>) -> u64 {
        if window.contains(&at) { self.columns.all[at].word } else { 1 }
    }

    fn tag(&self, at: usize, window: &Range<usize>) -> u64 {
        if window.contains(&at) { u64::from(self.tags[at]) } else { 99 }
    }

    fn code(&self, at: usize, bits: u8) -> u64 {
        self.columns.all[at].code.map_or(0, |code| code.prefix(bits))
    }

    /// Which words a word is related to.
    fn kin(&self, at: usize, bits: u8, window: &Range<usize>) -> u64 {
        let code = |at: usize| self.columns.all[at].related.map_or(0, |code| code.prefix(bits));
        if window.contains(&at) { code(at) } else { 1 }
    }

    /// What is seen of the words of a window around a cue.
    pub(super) fn features(&self, cue: usize, window: &Range<usize>) -> Sequence {
        let own = self.cues[cue].clone();
        let mut out = Sequence::with_capacity(window.len(), window.len() * 70);
        let head = own.clone().rev().find(|&at| self.tags[at] == VERB).unwrap_or(own.end - 1);
        let called = self.called.get(cue).copied().flatten();
        let theme = Theme {
            head: called.unwrap_or(self.columns.all[head].word),
            head_code: called.unwrap_or(self.code(head, 12)),
            last: called.unwrap_or(self.columns.all[own.end - 1].word),
            before: self.word(own.start.wrapping_sub(1), window),
            after: self.word(own.end, window),
            before_tag: self.tag(own.start.wrapping_sub(1), window),
            after_tag: self.tag(own.end, window),
            quoted: u64::from(self.quoted.at(own.start)),
            quotes: u64::from(window.clone().any(|at| self.quoted.at(at) > 0)),
        };
        let cued = self.cued(window);
        let between = self.between(window, cue, &cued);
        let ways = self.trees.map(|trees| Ways::new(trees, window, head));
        let view = View { window, own, theme, cued };
        for at in window.clone() {
            self.describe(at, &view, &between[at - window.start], &mut out);
            match &ways {
                Some(ways) => self.follow(at, &view, ways, &mut out),
                None => self.relate(at, &view, head, &between[at - window.start], &mut out),
            }
            out.end_place();
        }
        out
    }

    /// Which words of a window are part of a cue.
    fn cued(&self, window: &Range<usize>) -> Vec<bool> {
        let mut held = vec![false; window.len()];
        let first = self.cues.partition_point(|cue| cue.end <= window.start);
        for cue in self.cues[first..].iter().take_while(|cue| cue.start < window.end) {
            let (start, end) = (cue.start.max(window.start), cue.end.min(window.end));
            held[start - window.start..end - window.start].fill(true);
        }
        held
    }

    /// What lies between each word and the cue.
    fn between(&self, window: &Range<usize>, cue: usize, cued: &[bool]) -> Vec<Between> {
        let own = &self.cues[cue];
        let mut found = vec![Between::default(); window.len()];
        let mut held = Between::default();
        for at in own.end..window.end {
            found[at - window.start] = held;
            self.pass(at, cued[at - window.start], &mut held);
        }
        held = Between::default();
        for at in (window.start..own.start).rev() {
            found[at - window.start] = held;
            self.pass(at, cued[at - window.start], &mut held);
        }
        found
    }

    /// Takes a word that is passed into account.
    fn pass(&self, at: usize, cued: bool, held: &mut Between) {
        let word = self.columns.all[at].word;
        held.verbs = (held.verbs + u8::from(self.tags[at] == VERB)).min(3);
        held.commas = (held.commas + u8::from(word == COMMA.get())).min(3);
        held.marks = (held.marks + u8::from(self.quoted.at(at) > quoted::WITHIN)).min(4);
        held.that |= word == THAT.get();
        held.other |= cued;
        held.closed |= word == DASH.get() || word == SEMI.get();
    }

    fn describe(&self, at: usize, view: &View<'_>, between: &Between, out: &mut Sequence) {
        let View { window, own, theme, cued: others } = view;
        let side: u64 = if at < own.start {
            0
        } else if at < own.end {
            1
        } else {
            2
        };
        out.add(500, side);
        if side == 1 {
            return;
        }
        let far = if side == 0 { own.start - at } else { at + 1 - own.end };
        let far = bucket(far);
        let place = join(side, far);
        let word = |distance: isize| self.word(at.wrapping_add_signed(distance), window);
        let tag = |distance: isize| self.tag(at.wrapping_add_signed(distance), window);
        let marks = |distance: isize| {
            let at = at.wrapping_add_signed(distance);
            if window.contains(&at) { u64::from(self.quoted.at(at)) } else { 9 }
        };
        let with = |value: u64| join(side, value);
        out.add(501, place);
        for (n, distance) in (-2..=2).enumerate() {
            out.add(502 + n as u64, with(word(distance)));
            out.add(507 + n as u64, with(tag(distance)));
        }
        out.add(512, with(join(word(-1), word(0))));
        out.add(513, with(join(word(0), word(1))));
        out.add(514, with(join(tag(-1), tag(0))));
        out.add(515, with(join(tag(0), tag(1))));
        out.add(516, with(join(join(tag(-1), tag(0)), tag(1))));
        out.add(517, with(join(join(tag(0), tag(1)), tag(2))));
        out.add(518, with(join(join(tag(-2), tag(-1)), tag(0))));
        out.add(519, with(self.code(at, 8)));
        out.add(520, with(self.code(at, 28)));
        // The cue.
        out.add(521, with(theme.head));
        out.add(522, join(place, theme.head));
        out.add(523, join(place, theme.head_code));
        out.add(524, join(with(tag(0)), theme.head));
        out.add(525, join(with(tag(0)), theme.head_code));
        out.add(526, join(place, tag(0)));
        out.add(527, join(place, theme.last));
        out.add(528, join(with(word(0)), theme.last));
        out.add(529, join(place, join(theme.before, theme.after)));
        out.add(530, join(place, theme.after));
        out.add(531, join(place, theme.before));
        out.add(532, join(place, join(theme.before_tag, theme.after_tag)));
        out.add(533, with(join(theme.after_tag, tag(0))));
        out.add(534, with(join(theme.before_tag, tag(0))));
        // What lies between.
        let signature = between.signature();
        let brief = between.brief();
        out.add(535, with(signature));
        out.add(536, join(with(signature), tag(0)));
        out.add(537, join(with(signature), theme.after));
        out.add(538, join(with(brief), word(0)));
        out.add(539, join(join(with(brief), tag(0)), tag(1)));
        out.add(540, join(join(with(brief), tag(0)), tag(-1)));
        out.add(541, join(with(brief), theme.head_code));
        out.add(542, join(join(with(brief), word(1)), tag(0)));
        out.add(543, join(join(with(brief), word(-1)), tag(0)));
        // Quotation marks.
        let quotes = join(join(marks(-1), marks(0)), marks(1));
        out.add(544, with(quotes));
        out.add(545, join(with(quotes), theme.quoted * 2 + theme.quotes));
        out.add(546, join(with(quotes), brief));
        out.add(547, join(with(quotes), theme.after_tag));
        out.add(548, join(with(quotes), join(theme.quoted, tag(0))));
        out.add(549, with(join(join(marks(0), marks(1)), word(0))));
        out.add(550, join(with(join(marks(0), marks(1))), u64::from(between.marks)));
        // Other cues.
        let cued = |distance: isize| {
            let at = at.wrapping_add_signed(distance);
            u64::from(window.contains(&at) && others[at - window.start])
        };
        let near = join(join(cued(-1), cued(0)), cued(1));
        out.add(551, with(near));
        out.add(552, join(with(near), tag(0)));
        out.add(553, join(with(u64::from(between.other)), tag(0)));
        out.add(554, join(with(u64::from(between.other)), join(word(0), word(1))));
        let ahead = (1..6).find(|&n| cued(n) != 0).unwrap_or(9);
        out.add(555, join(with(ahead as u64), tag(0)));
        out.add(556, join(with(ahead as u64), word(0)));
        // Its sentence.
        let sentences = &self.columns.sentences;
        let mine = sentences.partition_point(|sentence| sentence.end <= at);
        let cues = sentences.partition_point(|sentence| sentence.end <= own.start);
        let off = (mine + 4).saturating_sub(cues) as u64;
        let first = u64::from(at == sentences[mine].start);
        let last = u64::from(at + 1 == sentences[mine].end);
        out.add(557, join(off, join(first, last)));
        out.add(558, join(off, join(marks(0), u64::from(between.marks))));
        out.add(559, join(off, join(last, join(tag(0), marks(0)))));
        let segment = join(u64::from(between.commas), u64::from(between.marks));
        out.add(560, join(with(segment), tag(0)));
        out.add(561, join(with(segment), theme.head_code));
        out.add(562, join(with(segment), join(theme.before, theme.after)));
    }
}

impl Around<'_> {
    /// Which words a word in view of the cue, its neighbours and the cue are related to.
    fn relate(
        &self,
        at: usize,
        view: &View<'_>,
        head: usize,
        between: &Between,
        out: &mut Sequence,
    ) {
        let View { window, own, .. } = view;
        if own.contains(&at) {
            return;
        }
        let side = u64::from(at < own.start);
        let with = |value: u64| join(side, value);
        let near =
            |distance: isize, bits: u8| self.kin(at.wrapping_add_signed(distance), bits, window);
        let head = self.kin(head, 9, window);
        let tag = self.tag(at, window);
        let far = if side == 1 { own.start - at } else { at + 1 - own.end };
        let place = join(side, bucket(far));
        let brief = between.brief();
        out.add(590, with(near(0, 9)));
        out.add(591, with(near(0, 28)));
        out.add(592, with(near(-1, 9)));
        out.add(593, with(near(1, 9)));
        out.add(594, join(with(brief), near(0, 9)));
        out.add(595, join(join(with(brief), near(1, 9)), tag));
        out.add(596, join(join(with(brief), near(-1, 9)), tag));
        out.add(597, join(place, head));
        out.add(598, join(join(with(brief), head), tag));
        out.add(599, join(with(near(0, 9)), head));
        out.add(600, with(join(near(0, 9), near(1, 9))));
        out.add(601, with(join(near(-1, 9), near(0, 9))));
    }

    /// What the tree shows of a word in view of the cue.
    fn follow(&self, at: usize, view: &View<'_>, ways: &Ways, out: &mut Sequence) {
        let View { window, own, theme, .. } = view;
        if own.contains(&at) {
            return;
        }
        let way = ways.at(Some(at), window);
        let side = u64::from(at < own.start);
        let with = |value: u64| join(side, value);
        let tag = self.tag(at, window);
        let whole = join(way.up, way.down);
        let lengths = join(way.steps, way.depth);
        out.add(570, with(whole));
        out.add(571, with(lengths));
        out.add(572, join(with(way.branch), join(way.depth, theme.head)));
        out.add(573, join(with(way.branch), join(way.depth, tag)));
        out.add(574, join(with(whole), theme.head));
        out.add(575, join(with(way.clause), way.depth));
        out.add(576, join(with(way.clause), join(way.branch, way.depth)));
        out.add(577, join(with(way.clause), join(way.depth, self.word(at, window))));
        out.add(578, join(with(way.branch), way.down));
        out.add(579, join(join(with(way.branch), way.down), theme.head));
        // Whether the words beside it belong to the same branch.
        let beside = |other: Option<usize>| {
            let other = ways.at(other.filter(|at| window.contains(at)), window);
            u64::from((other.branch, other.depth) == (way.branch, way.depth))
        };
        let beside = join(beside(at.checked_sub(1)), beside(Some(at + 1)));
        out.add(580, join(with(beside), join(way.branch, way.depth)));
        out.add(581, join(with(beside), join(way.clause, tag)));
        out.add(582, join(with(way.clause), join(way.steps, theme.before_tag)));
    }
}

/// A window around a cue.
struct View<'v> {
    window: &'v Range<usize>,
    own: Range<usize>,
    theme: Theme,
    /// Which of its words are part of any cue.
    cued: Vec<bool>,
}

/// What the cue is like.
struct Theme {
    head: u64,
    head_code: u64,
    last: u64,
    before: u64,
    after: u64,
    before_tag: u64,
    after_tag: u64,
    quoted: u64,
    quotes: u64,
}

/// What lies between a word and the cue.
#[derive(Clone, Copy, Debug, Default)]
struct Between {
    verbs: u8,
    commas: u8,
    marks: u8,
    that: bool,
    other: bool,
    closed: bool,
}

impl Between {
    fn signature(self) -> u64 {
        let flags = u64::from(self.that) | u64::from(self.other) << 1 | u64::from(self.closed) << 2;
        u64::from(self.verbs) << 16
            | u64::from(self.commas) << 12
            | u64::from(self.marks) << 8
            | flags
    }

    fn brief(self) -> u64 {
        u64::from(self.verbs.min(1)) << 4
            | u64::from(self.commas.min(1)) << 3
            | u64::from(self.marks.min(1)) << 2
            | u64::from(self.that) << 1
            | u64::from(self.other)
    }
}

fn bucket(far: usize) -> u64 {
    match far {
        0..=4 => far as u64,
        5..=7 => 5,
        8..=12 => 6,
        13..=20 => 7,
        _ => 8,
    }
}

const VERB: u8 = 15;

/// A word's hash, made once.
struct Known(OnceLock<u64>, &'static str);

impl Known {
    fn get(&self) -> u64 {
        *self.0.get_or_init(|| hash(self.1.as_bytes()))
    }
}

static COMMA: Known = Known(OnceLock::new(), ",");
static THAT: Known = Known(OnceLock::new(), "that");
static DASH: Known = Known(OnceLock::new(), "—");
static SEMI: Known = Known(OnceLock::new(), ";");
