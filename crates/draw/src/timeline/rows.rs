//! Which row of a lane a mark stands in, on which side its words are, and when there are too many.

use super::scale::Scale;
use super::{Event, EventKind, LETTERS, WIDE, short};
use crate::label::width;

/// How long the words of marks may be, and in how many rows: long ones as long as they are few.
const ROOMS: [(f64, usize); 4] = [(440.0, 6), (230.0, 12), (165.0, 20), (120.0, 24)];

/// The same of names of two sides, which need more room to tell them apart.
const OF_TWO: [(f64, usize); 4] = [(460.0, 16), (340.0, 22), (230.0, 24), (165.0, 24)];

/// Room around a mark.
const ASIDE: f64 = 9.0;

/// The least width of a column of counts.
const NARROWEST: f64 = 15.0;

/// What a lane shows.
pub(super) enum Row<'e> {
    /// Each event, and how many rows they take.
    Marks(Vec<Mark<'e>>, usize),
    /// How many there are in each stretch of time.
    Counts(Vec<Bin>),
}

/// An event in its row.
pub(super) struct Mark<'e> {
    pub(super) event: &'e Event,
    pub(super) row: usize,
    /// From where to where it stands; equal for one day.
    pub(super) first: f64,
    pub(super) last: f64,
    pub(super) words: String,
    pub(super) words_at: f64,
    /// Whether the words stand before the mark.
    pub(super) before: bool,
}

/// A stretch of time and how many events begin in it.
pub(super) struct Bin {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) count: usize,
    pub(super) title: String,
}

/// Sets the events of a lane, which are in order of time, into rows.
pub(super) fn rows<'e>(kind: EventKind, events: &'e [Event], scale: &Scale) -> Row<'e> {
    let rooms = match kind {
        EventKind::Connection | EventKind::FalseLead => &OF_TWO,
        _ => &ROOMS,
    };
    let fitting = rooms.iter().find_map(|(room, most)| marks(events, scale, *room, *most));
    fitting.unwrap_or_else(|| Row::Counts(bins(events, scale)))
}

/// Marks whose words take at most `room`; `None` if they need more than `most` rows.
fn marks<'e>(events: &'e [Event], scale: &Scale, room: f64, most: usize) -> Option<Row<'e>> {
    let mut taken: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut marks = Vec::new();
    for event in events {
        let Some((first, last)) = place(event, scale) else { continue };
        let words = short(&event.name, room);
        let wide = width(&words, LETTERS);
        let before = last + ASIDE + wide > WIDE && first - ASIDE - wide >= 0.0;
        let (words_at, from, to) = match before {
            true => (first - ASIDE, first - ASIDE - wide - 6.0, last + ASIDE),
            // Over a bar that leaves no room on either side.
            false if last + ASIDE + wide > WIDE => (WIDE - wide, first - ASIDE, WIDE),
            false => (last + ASIDE, first - ASIDE, last + ASIDE + wide + 6.0),
        };
        let free =
            |row: &Vec<(f64, f64)>| row.iter().all(|(left, right)| to <= *left || *right <= from);
        let row = taken.iter().position(free).unwrap_or(taken.len());
        if row == most {
            return None;
        }
        if row == taken.len() {
            taken.push(Vec::new());
        }
        taken[row].push((from, to));
        marks.push(Mark { event, row, first, last, words, words_at, before });
    }
    let rows = taken.len();
    Some(Row::Marks(marks, rows))
}

/// From where to where an event stands; equal for what is no wider than a mark.
fn place(event: &Event, scale: &Scale) -> Option<(f64, f64)> {
    let (first, last) = event.days()?;
    let (left, right) = (scale.x(first), scale.x(last.plus(1)));
    // A month on a line of decades is no wider than a day.
    if first == last || right - left < 5.0 {
        let middle = (scale.middle(first) + scale.middle(last)) / 2.0;
        return Some((middle, middle));
    }
    Some((left, right))
}

fn bins(events: &[Event], scale: &Scale) -> Vec<Bin> {
    let first = |event: &Event| {
        let (first, last) = event.days()?;
        Some(if first.civil().is_some() { first } else { last })
    };
    let stretches = scale.stretches(NARROWEST);
    let bins = stretches.into_iter().map(|stretch| {
        let inside = |event: &&Event| {
            first(event).is_some_and(|day| (stretch.first..stretch.next).contains(&day))
        };
        let count = events.iter().filter(inside).count();
        Bin {
            left: stretch.left,
            right: stretch.right,
            count,
            title: format!("{}: {count}", stretch.words),
        }
    });
    bins.collect()
}
