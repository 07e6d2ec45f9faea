//! Which words are part of a name that the lists hold.
//!
//! Unlike the rules, this matches without regard to capitals: the weights know how much a match
//! is worth, and in what letters.

use std::ops::Range;

use throughline_model::SubjectKind;

use super::columns::{Column, Letters};
use crate::analysis::names::words::FUNCTION;
use crate::analysis::names::{gazetteer, listed};

/// A word as part of a listed name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Listed {
    /// 0 for none, else what sort of name.
    pub(super) sort: u8,
    /// First, inner or last word, or the only one.
    pub(super) part: u8,
}

impl Listed {
    /// As a number that tells sort and part.
    pub(super) fn number(self) -> u64 {
        u64::from(self.sort) * 4 + u64::from(self.part)
    }

    /// As a bit that tells what sort of thing the list is of.
    pub(super) fn sign(self) -> u8 {
        match self.sort {
            0 => 0,
            GROUP => 1,
            OUTLET => 2,
            CHANNEL => 4,
            PLACE => 8,
            COUNTRY => 16,
            _ => 32,
        }
    }
}

const GROUP: u8 = 1;
const OUTLET: u8 = 2;
const CHANNEL: u8 = 3;
const PLACE: u8 = 4;
const COUNTRY: u8 = 5;
const AREA: u8 = 6;
/// Cities follow, by the power of ten of their inhabitants.
const CITY: u8 = 7;

/// Marks the words of a sentence that are part of listed names.
pub(super) fn mark(lowers: &[String], sentence: Range<usize>, all: &mut [Column]) {
    let mut named = sentence.start;
    let mut placed = sentence.start;
    for at in sentence.clone() {
        // A place in small letters is one only where nothing has capitals.
        let column = &all[at];
        let may_be = column.capital || column.letters != Letters::Mixed;
        let words = || lowers[at..sentence.end].iter().map(String::as_str);
        if at >= named
            && let Some((count, kind)) = listed::longest(words())
        {
            let sort = match kind {
                SubjectKind::Group => GROUP,
                SubjectKind::Outlet => OUTLET,
                SubjectKind::Channel => CHANNEL,
                _ => PLACE,
            };
            fill(&mut all[at..at + count], sort, |column| &mut column.name);
            named = at + count;
        }
        let column = &all[at];
        if at >= placed
            && may_be
            && column.classes & FUNCTION == 0
            && let Some((count, entry)) = gazetteer::longest(words())
        {
            let sort = match entry.class {
                gazetteer::Class::Country => COUNTRY,
                gazetteer::Class::Area => AREA,
                gazetteer::Class::City(size) => CITY + size,
            };
            fill(&mut all[at..at + count], sort, |column| &mut column.place);
            placed = at + count;
        }
    }
}

fn fill(columns: &mut [Column], sort: u8, field: impl Fn(&mut Column) -> &mut Listed) {
    let count = columns.len();
    for (at, column) in columns.iter_mut().enumerate() {
        let part = match (at, count) {
            (_, 1) => 3,
            (0, _) => 0,
            (at, _) if at + 1 == count => 2,
            _ => 1,
        };
        *field(column) = Listed { sort, part };
    }
}
