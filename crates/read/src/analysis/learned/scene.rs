//! What the stages that read names and roles see of a word: itself, its neighbours, and what the
//! rest of the text shows of it. Each kind of feature has its own numbers of templates.

use std::ops::Range;

use throughline_linear::{Sequence, join};

use super::columns::{Column, Columns, Elsewhere};

/// What stands before and after a sentence.
pub(super) const EDGE: u64 = 1;

/// A word among those of its sentence.
pub(super) struct Scene<'a> {
    all: &'a [Column],
    tags: &'a [u8],
    at: usize,
    elsewhere: Elsewhere,
}

impl<'a> Scene<'a> {
    /// A word of a sentence.
    pub(super) fn new(
        columns: &'a Columns,
        tags: &'a [u8],
        sentence: &Range<usize>,
        at: usize,
    ) -> Scene<'a> {
        Scene {
            all: &columns.all[sentence.clone()],
            tags: &tags[sentence.clone()],
            at: at - sentence.start,
            elsewhere: columns.elsewhere(at),
        }
    }

    fn near(&self, distance: isize) -> Option<&Column> {
        self.at.checked_add_signed(distance).and_then(|at| self.all.get(at))
    }

    pub(super) fn word(&self, distance: isize) -> u64 {
        self.near(distance).map_or(EDGE, |column| column.word)
    }

    pub(super) fn brief(&self, distance: isize) -> u64 {
        self.near(distance).map_or(EDGE, |column| column.brief)
    }

    pub(super) fn code(&self, distance: isize, bits: u8) -> u64 {
        let code = |column: &Column| column.code.map_or(0, |code| code.prefix(bits));
        self.near(distance).map_or(EDGE, code)
    }

    /// What a word is related to: the first bits of its code.
    fn kin(&self, distance: isize, bits: u8) -> u64 {
        let code = |column: &Column| column.related.map_or(0, |code| code.prefix(bits));
        self.near(distance).map_or(EDGE, code)
    }

    pub(super) fn tag(&self, distance: isize) -> u64 {
        let tag = self.at.checked_add_signed(distance).and_then(|at| self.tags.get(at));
        tag.map_or(99, |tag| u64::from(*tag))
    }

    /// That it is a word, and the words around it.
    pub(super) fn words(&self, out: &mut Sequence) {
        out.add(0, 0);
        for (n, distance) in (-3..=3).enumerate() {
            out.add(1 + n as u64, self.word(distance));
        }
        out.add(8, join(self.word(-1), self.word(0)));
        out.add(9, join(self.word(0), self.word(1)));
        out.add(10, join(self.word(-1), self.brief(0)));
        out.add(11, join(self.brief(0), self.word(1)));
        out.add(12, join(self.word(-2), self.word(-1)));
        out.add(13, join(self.word(1), self.word(2)));
    }

    /// Letters and shapes.
    pub(super) fn letters(&self, out: &mut Sequence) {
        let own = &self.all[self.at];
        for n in 0..4 {
            out.add(20 + n as u64, own.starts[n]);
            out.add(24 + n as u64, own.ends[n]);
        }
        out.add(28, self.near(-1).map_or(EDGE, |column| column.ends[2]));
        out.add(29, self.near(1).map_or(EDGE, |column| column.ends[2]));
        out.add(30, own.shape);
        for (n, distance) in (-2..=2).enumerate() {
            out.add(31 + n as u64, self.brief(distance));
        }
        out.add(36, join(self.brief(-1), own.brief));
        out.add(37, join(own.brief, self.brief(1)));
        out.add(38, join(join(self.brief(-1), own.brief), self.brief(1)));
        out.add(39, join(own.brief, u64::from(own.first)));
        out.add(40, join(own.brief, own.ends[2]));
    }

    /// Clusters.
    pub(super) fn clusters(&self, out: &mut Sequence) {
        for (n, bits) in [4, 6, 8, 12, 28].into_iter().enumerate() {
            out.add(50 + n as u64, self.code(0, bits));
        }
        for (n, distance) in [-2, -1, 1, 2].into_iter().enumerate() {
            out.add(56 + n as u64, self.code(distance, 28));
            out.add(60 + n as u64, self.code(distance, 6));
        }
        out.add(64, join(self.code(-1, 28), self.code(0, 28)));
        out.add(65, join(self.code(0, 28), self.code(1, 28)));
        out.add(66, join(self.code(-1, 28), self.brief(0)));
        out.add(67, join(self.code(1, 28), self.brief(0)));
        out.add(68, join(self.code(0, 28), self.brief(0)));
        out.add(69, join(self.code(-1, 12), self.code(1, 12)));
    }

    /// What words it and those around it are related to.
    pub(super) fn related(&self, out: &mut Sequence) {
        for (n, bits) in [6, 9, 12, 28].into_iter().enumerate() {
            out.add(120 + n as u64, self.kin(0, bits));
        }
        for (n, distance) in [-1, 1].into_iter().enumerate() {
            out.add(124 + n as u64, self.kin(distance, 9));
            out.add(126 + n as u64, self.kin(distance, 28));
        }
        for (n, distance) in [-2, 2].into_iter().enumerate() {
            out.add(128 + n as u64, self.kin(distance, 9));
        }
        out.add(130, join(self.kin(0, 12), self.brief(0)));
        out.add(131, join(self.kin(-1, 12), self.brief(0)));
        out.add(132, join(self.kin(1, 12), self.brief(0)));
        out.add(133, join(self.kin(-1, 9), self.kin(1, 9)));
        out.add(134, join(self.kin(-1, 9), self.kin(0, 9)));
        out.add(135, join(self.kin(0, 9), self.kin(1, 9)));
    }

    /// What the lists say.
    pub(super) fn lists(&self, out: &mut Sequence) {
        for (n, distance) in (-2..=2).enumerate() {
            let Some(column) = self.near(distance) else { continue };
            for class in 0..32 {
                if column.classes & 1 << class != 0 {
                    out.add(80 + n as u64, class);
                }
            }
        }
        let own = &self.all[self.at];
        for (n, distance) in (-1..=1).enumerate() {
            let Some(column) = self.near(distance) else { continue };
            if column.name.sort > 0 {
                out.add(86 + n as u64, column.name.number());
            }
            if column.place.sort > 0 {
                out.add(90 + n as u64, column.place.number());
            }
        }
        if own.name.sort > 0 {
            out.add(94, join(own.name.number(), own.brief));
        }
        if own.place.sort > 0 {
            out.add(95, join(own.place.number(), own.brief));
            out.add(96, join(own.place.number(), self.word(-1)));
        }
    }

    /// What the rest of the text shows of the word.
    pub(super) fn text(&self, out: &mut Sequence) {
        let own = &self.all[self.at];
        let Elsewhere { small, own: capital, before, after, listed } = self.elsewhere;
        let written = u64::from(small) * 2 + u64::from(capital);
        out.add(100, join(written, own.brief));
        out.add(101, join(written, u64::from(own.first)));
        if own.capital {
            for class in 0..32 {
                if before & 1 << class != 0 {
                    out.add(102, class);
                }
                if after & 1 << class != 0 {
                    out.add(103, class);
                }
            }
            for sign in 0..8 {
                if listed & 1 << sign != 0 {
                    out.add(104, sign);
                }
            }
        }
    }

    /// Parts of speech.
    pub(super) fn speech(&self, out: &mut Sequence) {
        for (n, distance) in (-2..=2).enumerate() {
            out.add(110 + n as u64, self.tag(distance));
        }
        out.add(116, join(self.tag(-1), self.tag(0)));
        out.add(117, join(self.tag(0), self.tag(1)));
        out.add(118, join(join(self.tag(-1), self.tag(0)), self.tag(1)));
        out.add(119, join(self.tag(0), self.brief(0)));
    }
}
