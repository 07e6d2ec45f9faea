//! The ways of ties around what is not theirs: bent as little as keeps them off other nodes.

use std::collections::BTreeMap;

use crate::geometry::{Area, Curve, Point};
use crate::symbol::REACH;

/// How far aside the middle of a tie may lie, as parts of its length.
const BENDS: [f64; 7] = [0.0, 0.06, -0.06, 0.12, -0.12, 0.2, -0.2];

/// How many points of a tie are looked at.
const LOOKS: usize = 26;

/// The side of the squares by which obstacles are found.
const SQUARE: f64 = 60.0;

/// What a tie should keep off.
pub(super) struct Obstacles<'a> {
    at: &'a [Point],
    /// The box of each label.
    labels: &'a [Area],
    near: BTreeMap<(i64, i64), Vec<usize>>,
}

fn square(at: Point) -> (i64, i64) {
    ((at.x / SQUARE).floor() as i64, (at.y / SQUARE).floor() as i64)
}

impl<'a> Obstacles<'a> {
    pub(super) fn new(at: &'a [Point], labels: &'a [Area]) -> Obstacles<'a> {
        let mut near: BTreeMap<(i64, i64), Vec<usize>> = BTreeMap::new();
        for (node, (at, label)) in at.iter().zip(labels).enumerate() {
            let own = Area { left: at.x, right: at.x, top: at.y, bottom: at.y }.grown(REACH + 4.0);
            let area = own.join(*label);
            let (left, top) = square(Point::new(area.left, area.top));
            let (right, bottom) = square(Point::new(area.right, area.bottom));
            for x in left..=right {
                for y in top..=bottom {
                    near.entry((x, y)).or_default().push(node);
                }
            }
        }
        Obstacles { at, labels, near }
    }

    /// How much is in the way of a curve between two nodes.
    fn cost(&self, curve: Curve, ends: (usize, usize)) -> f64 {
        let mut cost = 0.0;
        for look in 1..LOOKS {
            let at = curve.at(look as f64 / LOOKS as f64);
            for &node in self.near.get(&square(at)).into_iter().flatten() {
                let own = node == ends.0 || node == ends.1;
                if !own && at.distance(self.at[node]) < REACH + 4.0 {
                    // Who reads it would take the node for one end.
                    cost += 10.0;
                }
                if self.labels[node].holds(at) {
                    cost += if own { 0.25 } else { 0.8 };
                }
            }
        }
        cost
    }

    /// The way from one node to another, bent as `aside` asks and as the obstacles make it; from the
    /// edge of one symbol to the edge of the other.
    pub(super) fn way(&self, from: usize, to: usize, aside: f64) -> Curve {
        let ways = BENDS.iter().map(|bend| {
            let curve = Curve::bent(self.at[from], self.at[to], bend + aside);
            (self.cost(curve, (from, to)) + 8.0 * bend.abs(), curve)
        });
        // The first of the least: straighter ways come first.
        let best = ways.reduce(|best, other| if other.0 < best.0 { other } else { best });
        let curve =
            best.map_or_else(|| Curve::bent(self.at[from], self.at[to], aside), |best| best.1);
        let outside = |part: f64, node: usize| curve.at(part).distance(self.at[node]) > REACH + 2.0;
        let parts = |step: usize| step as f64 / 200.0;
        let start = (0..=100).map(parts).find(|part| outside(*part, from)).unwrap_or(0.5);
        let end = (100..=200).rev().map(parts).find(|part| outside(*part, to)).unwrap_or(0.5);
        if start < end { curve.stretch(start, end) } else { curve }
    }
}
