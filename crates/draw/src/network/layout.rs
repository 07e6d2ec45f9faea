//! Where the nodes of a network stand: forces, then room for every label, then parts side by side.
//!
//! Only sums, products and square roots, so that every machine finds the same places.

use std::collections::BTreeMap;

use fa2::{FA2Data, FA2Settings};

use crate::geometry::{Area, Point};

/// How long a tie is where nothing is in the way and its words stand on it, and where they do not.
const NAMED_TIE: f64 = 112.0;
const BARE_TIE: f64 = 78.0;

/// Room around every node with its label.
const GAP: f64 = 5.0;

/// Room between parts that no tie joins.
const BETWEEN: f64 = 26.0;

/// Networks are wider than high, as pages are when a figure stands on them.
const WIDER: f64 = 1.25;

/// Twelve ways from a point, evenly around; the sines of 30 and 60 degrees to fifteen places.
const WAYS: [(f64, f64); 12] = {
    const S: f64 = 0.5;
    const L: f64 = 0.866_025_403_784_439;
    [
        (0.0, 1.0),
        (0.0, -1.0),
        (S, L),
        (-S, L),
        (S, -L),
        (-S, -L),
        (L, S),
        (-L, S),
        (L, -S),
        (-L, -S),
        (1.0, 0.0),
        (-1.0, 0.0),
    ]
};

/// Where nodes stand and how much each takes around it.
pub(super) struct Places {
    pub(super) at: Vec<Point>,
    /// The box of each node with its label, as distances from the node.
    pub(super) reach: Vec<Area>,
    pub(super) size: Point,
}

/// Places for `count` nodes, `named` if ties have words on them. `reach` says how much room a node takes around it, given the
/// directions in which its ties leave.
pub(super) fn places(
    count: usize,
    ties: &[(usize, usize)],
    named: bool,
    reach: &dyn Fn(usize, &[Point]) -> Area,
) -> Places {
    let tie = if named { NAMED_TIE } else { BARE_TIE };
    let mut at = vec![Point::default(); count];
    let mut reaches = vec![Area::default(); count];
    let mut parts: Vec<(Vec<usize>, Area)> = Vec::new();
    for nodes in components(count, ties) {
        let inner: BTreeMap<usize, usize> =
            nodes.iter().enumerate().map(|(at, &node)| (node, at)).collect();
        let own: Vec<(usize, usize)> = ties
            .iter()
            .filter_map(|(one, other)| Some((*inner.get(one)?, *inner.get(other)?)))
            .collect();
        let mut spots = upright(forces(nodes.len(), &own));
        let mut ways: Vec<Vec<Point>> = vec![Vec::new(); nodes.len()];
        for &(one, other) in &own {
            let (a, b) = (spots[one], spots[other]);
            ways[one].push(Point::new(b.x - a.x, b.y - a.y));
            ways[other].push(Point::new(a.x - b.x, a.y - b.y));
        }
        let own_reach: Vec<Area> =
            nodes.iter().zip(&ways).map(|(&node, ways)| reach(node, ways)).collect();
        scale(&mut spots, &own, &own_reach, tie);
        spread(&mut spots, &own_reach);
        let bounds = bounds(&spots, &own_reach);
        for ((node, spot), reach) in nodes.iter().zip(&spots).zip(&own_reach) {
            at[*node] = *spot;
            reaches[*node] = *reach;
        }
        parts.push((nodes, bounds));
    }
    let size = pack(&mut at, &parts);
    Places { at, reach: reaches, size }
}

/// The parts that ties hold together, each in the order of its nodes.
fn components(count: usize, ties: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut root: Vec<usize> = (0..count).collect();
    fn find(root: &mut [usize], mut node: usize) -> usize {
        while root[node] != node {
            root[node] = root[root[node]];
            node = root[node];
        }
        node
    }
    for &(one, other) in ties {
        let (one, other) = (find(&mut root, one), find(&mut root, other));
        root[one.max(other)] = one.min(other);
    }
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for node in 0..count {
        parts.entry(find(&mut root, node)).or_default().push(node);
    }
    parts.into_values().collect()
}

/// ForceAtlas2 from a spiral on which no two nodes meet.
fn forces(count: usize, ties: &[(usize, usize)]) -> Vec<Point> {
    let mut data = FA2Data::<f64>::with_capacity(count, ties.len());
    // Each node a step farther out and a golden turn on: about 137.5 degrees.
    const TURN: (f64, f64) = (-0.737_368_878_078_320, 0.675_490_294_261_524);
    let (mut x, mut y) = (1.0, 0.0);
    for node in 0..count {
        let far = (node as f64 + 0.5).sqrt() * 10.0;
        data.add_node_with_position(x * far, y * far);
        (x, y) = (x * TURN.0 - y * TURN.1, x * TURN.1 + y * TURN.0);
    }
    for &(one, other) in ties {
        data.add_edge(one, other);
    }
    let rounds = match count {
        0..=60 => 900,
        61..=250 => 600,
        _ => 300,
    };
    // The library's own defaults for a graph's size, without its logarithm.
    let slow = 1.0 + f64::from(usize::BITS - count.leading_zeros());
    let mut settings = FA2Settings::default()
        .strong_gravity_mode(true)
        .gravity(0.05)
        .scaling_ratio(10.0)
        .slow_down(slow);
    if count > 400 {
        settings = settings.with_barnes_hut();
    }
    let mut layout = settings.build(data);
    layout.run(rounds);
    layout.data().positions().map(|(x, y)| Point::new(x, y)).collect()
}

/// Turns places so that they are wider than high, around their middle.
fn upright(mut spots: Vec<Point>) -> Vec<Point> {
    let count = spots.len() as f64;
    let middle = Point::new(
        spots.iter().map(|spot| spot.x).sum::<f64>() / count,
        spots.iter().map(|spot| spot.y).sum::<f64>() / count,
    );
    for spot in &mut spots {
        *spot = spot.plus(-middle.x, -middle.y);
    }
    let (xx, yy, xy) = spots.iter().fold((0.0, 0.0, 0.0), |(xx, yy, xy), spot| {
        (xx + spot.x * spot.x, yy + spot.y * spot.y, xy + spot.x * spot.y)
    });
    // The longer axis of the cloud: the larger eigenvector of its covariance.
    let half = (xx - yy) / 2.0;
    let root = (half * half + xy * xy).sqrt();
    let (mut x, mut y) = if half > 0.0 { (half + root, xy) } else { (xy, root - half) };
    let length = (x * x + y * y).sqrt();
    if length < 1e-9 {
        return spots;
    }
    (x, y) = (x / length, y / length);
    spots.iter().map(|spot| Point::new(spot.x * x + spot.y * y, spot.y * x - spot.x * y)).collect()
}

/// Makes room: ties long enough for their words, and no more crowding than can be undone.
fn scale(spots: &mut [Point], ties: &[(usize, usize)], reach: &[Area], tie: f64) {
    let lengths: f64 = ties.iter().map(|&(one, other)| spots[one].distance(spots[other])).sum();
    let mean = if ties.is_empty() { 1.0 } else { (lengths / ties.len() as f64).max(1e-6) };
    let taken: f64 = reach.iter().map(|reach| reach.width() * reach.height()).sum();
    let cloud = spots.iter().fold(Area::default(), |all, spot| {
        all.join(Area { left: spot.x, right: spot.x, top: spot.y, bottom: spot.y })
    });
    // A chain has room on both sides.
    let (wide, high) = (cloud.width(), cloud.height().max(cloud.width() * 0.6));
    let free = (wide * high).max(1.0);
    // Labels shall take a third of the room.
    let crowded = (3.0 * taken / free).sqrt().min(2.2 * tie / mean);
    let by = (tie / mean).max(crowded);
    for spot in spots {
        *spot = Point::new(spot.x * by * WIDER, spot.y * by);
    }
}

/// Moves nodes apart until no box meets another: from the middle outwards, each to the nearest free
/// place.
fn spread(spots: &mut [Point], reach: &[Area]) {
    let far = |spot: &Point| spot.distance(Point::default());
    let mut order: Vec<usize> = (0..spots.len()).collect();
    order.sort_by(|&a, &b| far(&spots[a]).total_cmp(&far(&spots[b])).then(a.cmp(&b)));
    let mut taken = Taken::default();
    for node in order {
        let wanted = spots[node];
        let area = |at: Point| Area::around(at, reach[node]).grown(GAP / 2.0);
        let mut found = wanted;
        let mut step = 0.0;
        while !taken.is_free(area(found)) {
            step += 7.0;
            let outward = |at: &Point| far(at);
            let free = WAYS.iter().map(|(x, y)| wanted.plus(x * step * WIDER, y * step));
            let free = free.filter(|at| taken.is_free(area(*at)));
            if let Some(best) = free.max_by(|a, b| outward(a).total_cmp(&outward(b))) {
                found = best;
                break;
            }
        }
        taken.take(area(found));
        spots[node] = found;
    }
}

/// The boxes that are taken, by the squares that they touch.
#[derive(Default)]
struct Taken(BTreeMap<(i64, i64), Vec<Area>>);

impl Taken {
    const SQUARE: f64 = 90.0;

    fn squares(area: Area) -> impl Iterator<Item = (i64, i64)> {
        let square = |at: f64| (at / Taken::SQUARE).floor() as i64;
        let (left, right) = (square(area.left), square(area.right));
        let (top, bottom) = (square(area.top), square(area.bottom));
        (left..=right).flat_map(move |x| (top..=bottom).map(move |y| (x, y)))
    }

    fn is_free(&self, area: Area) -> bool {
        Taken::squares(area).all(|square| {
            self.0.get(&square).into_iter().flatten().all(|other| !other.overlaps(area))
        })
    }

    fn take(&mut self, area: Area) {
        for square in Taken::squares(area) {
            self.0.entry(square).or_default().push(area);
        }
    }
}

fn bounds(spots: &[Point], reach: &[Area]) -> Area {
    let boxes = spots.iter().zip(reach).map(|(spot, reach)| Area::around(*spot, *reach));
    boxes.reduce(Area::join).unwrap_or_default()
}

/// Sets parts beside one another in rows, large ones first, else in their order. Returns the size of
/// it all.
fn pack(at: &mut [Point], parts: &[(Vec<usize>, Area)]) -> Point {
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let tall = |part: &usize| (parts[*part].1.height() / 60.0).floor();
    order.sort_by(|a, b| tall(b).total_cmp(&tall(a)).then(a.cmp(b)));
    let all: f64 =
        parts.iter().map(|(_, area)| (area.width() + BETWEEN) * (area.height() + BETWEEN)).sum();
    let widest = parts.iter().map(|(_, area)| area.width()).fold(0.0, f64::max);
    let room = widest.max((all * WIDER).sqrt()).max(580.0);
    let (mut x, mut y, mut high, mut wide) = (0.0, 0.0, 0.0, 0.0_f64);
    for part in order {
        let (nodes, area) = &parts[part];
        if x > 0.0 && x + area.width() > room {
            y += high + BETWEEN;
            (x, high) = (0.0, 0.0);
        }
        for node in nodes {
            at[*node] = at[*node].plus(x - area.left, y - area.top);
        }
        x += area.width() + BETWEEN;
        high = high.max(area.height());
        wide = wide.max(x - BETWEEN);
    }
    Point::new(wide, y + high)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Reaches as labels have them: to one side, or all around.
    fn reaches() -> impl Strategy<Value = Vec<Area>> {
        let reach = (9.5..66.0, 12.0..45.0, any::<bool>()).prop_map(
            |(aside, far, above): (f64, f64, bool)| {
                let (top, bottom) = if above { (-far, 9.5) } else { (-9.5, far) };
                Area { left: -aside, right: aside, top, bottom }
            },
        );
        prop::collection::vec(reach, 1..40)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn no_label_meets_another_node_or_its_label(
            reaches in reaches(),
            ties in prop::collection::vec((0..40usize, 0..40usize), 0..60),
            named in any::<bool>(),
        ) {
            let count = reaches.len();
            let ties: Vec<(usize, usize)> = ties
                .into_iter()
                .map(|(one, other)| (one % count, other % count))
                .filter(|(one, other)| one != other)
                .collect();
            let places = places(count, &ties, named, &|node, _| reaches[node]);
            let boxes: Vec<Area> =
                places.at.iter().zip(&places.reach).map(|(at, reach)| Area::around(*at, *reach)).collect();
            for (at, one) in boxes.iter().enumerate() {
                prop_assert!(one.left.is_finite() && one.top.is_finite());
                prop_assert!(one.left >= -1e-6 && one.right <= places.size.x + 1e-6, "{one:?}");
                prop_assert!(one.top >= -1e-6 && one.bottom <= places.size.y + 1e-6, "{one:?}");
                for other in &boxes[at + 1..] {
                    prop_assert!(!one.overlaps(*other), "{one:?} meets {other:?}");
                }
            }
        }
    }

    #[test]
    fn parts_are_what_ties_hold_together() {
        assert_eq!(components(5, &[(3, 0), (4, 3)]), [vec![0, 3, 4], vec![1], vec![2]]);
        assert!(components(0, &[]).is_empty());
    }
}
