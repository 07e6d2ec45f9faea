//! What a map stands on: outlines of countries, their names, a scale.

use maud::{Markup, html};
use throughline_places::{Point as Place, outlines};

use super::WIDE;
use super::projection::Projection;
use crate::geometry::{Area, Point};
use crate::label::{clean, width};
use crate::paint::Paint;
use crate::sheet::{Anchor, N, Words};

/// Outlines are drawn on a grid of so many units: neighbours meet on it, and it is as fine as an
/// outline is thick.
const GRID: f64 = 0.6;

/// The letters of countries' names.
const LETTERS: f64 = 9.0;

/// The longest that the scale is drawn.
const SCALE: f64 = 150.0;

/// The sea, and what nobody drew.
pub(super) fn water(frame: Area) -> Markup {
    html! {
        rect width=(N(frame.width())) height=(N(frame.height())) class=(Paint::Water.fill())
            fill=(Paint::Water.hex()) {}
    }
}

/// The edge of the map, over the ends of what is cut off there.
pub(super) fn edge(frame: Area) -> Markup {
    html! {
        rect width=(N(frame.width())) height=(N(frame.height())) fill="none" stroke-width="1.2"
            class=(Paint::Soft.stroke()) stroke=(Paint::Soft.hex()) {}
    }
}

/// All countries, as one shape.
pub(super) fn land(projection: &Projection) -> Markup {
    let mut way = String::new();
    for country in outlines::outlines() {
        country.rings.iter().for_each(|ring| trace(ring, projection, &mut way));
    }
    html! {
        @if !way.is_empty() {
            path d=(way) class={ (Paint::Land.fill()) " " (Paint::Coast.stroke()) }
                fill=(Paint::Land.hex()) stroke=(Paint::Coast.hex()) stroke-width="0.7" {}
        }
    }
}

/// The outline of one country, in dashes: something is known to be somewhere within.
pub(super) fn country(code: &str, projection: &Projection) -> Option<Markup> {
    let mut way = String::new();
    outlines::of(code)?.rings.iter().for_each(|ring| trace(ring, projection, &mut way));
    (!way.is_empty()).then(|| dashed(&way))
}

/// A circle so many kilometres around a place, in dashes.
pub(super) fn circle(place: Place, radius_km: u32, projection: &Projection) -> Option<Markup> {
    let radius = projection.units(f64::from(radius_km));
    // A circle around a mark that is as large says nothing; one beyond the map cannot be seen.
    if !(14.0..4.0 * WIDE).contains(&radius) {
        return None;
    }
    // The cosine and the sine of five degrees, so that a circle is sums and products.
    const TURN: (f64, f64) = (0.996_194_698_091_745_5, 0.087_155_742_747_658_17);
    let centre = projection.at(place);
    let (mut x, mut y) = (radius, 0.0);
    let mut ring: Vec<Point> = Vec::new();
    for _ in 0..=72 {
        ring.push(centre.plus(x, y));
        (x, y) = (x * TURN.0 - y * TURN.1, x * TURN.1 + y * TURN.0);
    }
    let mut way = String::new();
    put(&clipped(ring, projection.frame()), &mut way);
    (!way.is_empty()).then(|| dashed(&way))
}

fn dashed(way: &str) -> Markup {
    html! {
        path d=(way) fill="none" stroke-width="1.1" stroke-dasharray="5 3"
            class=(Paint::Ink.stroke()) stroke=(Paint::Ink.hex()) {}
    }
}

/// A ring wherever it lies on the map, as a way.
fn trace(ring: &[Place], projection: &Projection, way: &mut String) {
    let frame = projection.frame();
    let lons = ring.iter().map(|at| at.lon);
    let (Some(least), Some(most)) = (lons.clone().min(), lons.max()) else { return };
    let lats = ring.iter().map(|at| at.lat);
    let (Some(south), Some(north)) = (lats.clone().min(), lats.max()) else { return };
    for turn in [-360.0, 0.0, 360.0] {
        let degrees = |thousandths: i32| f64::from(thousandths) / 1000.0;
        let corner = |lat: i32, lon: i32| projection.beside(degrees(lat), degrees(lon) + turn);
        let (first, last) = (corner(north, least), corner(south, most));
        let around = Area { left: first.x, top: first.y, right: last.x, bottom: last.y };
        if !around.overlaps(frame) {
            continue;
        }
        let points = ring.iter().map(|at| corner(at.lat, at.lon)).collect();
        put(&clipped(points, frame), way);
    }
}

/// What of a closed ring lies within an area (Sutherland and Hodgman 1974).
fn clipped(mut ring: Vec<Point>, area: Area) -> Vec<Point> {
    // Each side as what is left to it of a point: not below zero within.
    let sides: [&dyn Fn(Point) -> f64; 4] =
        [&|at| at.x - area.left, &|at| area.right - at.x, &|at| at.y - area.top, &|at| {
            area.bottom - at.y
        }];
    for side in sides {
        let Some(mut before) = ring.last().copied() else { break };
        let mut kept = Vec::with_capacity(ring.len());
        for at in ring {
            let (was, is) = (side(before), side(at));
            if (was < 0.0) != (is < 0.0) {
                let part = was / (was - is);
                kept.push(before.plus((at.x - before.x) * part, (at.y - before.y) * part));
            }
            if is >= 0.0 {
                kept.push(at);
            }
            before = at;
        }
        ring = kept;
    }
    ring
}

/// Adds a ring to a way, on the grid, in steps; nothing of one without an area.
fn put(ring: &[Point], way: &mut String) {
    let on_grid = |at: &Point| ((at.x / GRID).round() as i64, (at.y / GRID).round() as i64);
    let mut points: Vec<(i64, i64)> = ring.iter().map(on_grid).collect();
    points.dedup();
    if points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    if points.len() < 3 {
        return;
    }
    // Tenths of a unit, which is what stands in the way.
    let tenths = |steps: i64| steps * (GRID * 10.0) as i64;
    let say = |tenths: i64| {
        let (sign, whole, part) =
            (if tenths < 0 { "-" } else { "" }, tenths.abs() / 10, tenths.abs() % 10);
        match (whole, part) {
            (whole, 0) => format!("{sign}{whole}"),
            (0, part) => format!("{sign}.{part}"),
            (whole, part) => format!("{sign}{whole}.{part}"),
        }
    };
    let pair = |x: i64, y: i64| {
        let (x, y) = (say(x), say(y));
        if y.starts_with('-') { format!("{x}{y}") } else { format!("{x} {y}") }
    };
    let (mut x, mut y) = (tenths(points[0].0), tenths(points[0].1));
    way.push_str(&format!("M{}l", pair(x, y)));
    for (at, (to_x, to_y)) in points.iter().enumerate().skip(1) {
        let (to_x, to_y) = (tenths(*to_x), tenths(*to_y));
        let step = pair(to_x - x, to_y - y);
        if at > 1 && !step.starts_with('-') {
            way.push(' ');
        }
        way.push_str(&step);
        (x, y) = (to_x, to_y);
    }
    way.push('z');
}

/// The names of countries where there is room, beneath everything else.
pub(super) fn names(projection: &Projection, taken: &[Area]) -> Markup {
    let frame = projection.frame();
    let mut taken = taken.to_vec();
    let mut drawn: Vec<Markup> = Vec::new();
    for country in outlines::outlines() {
        let Some((place, wide)) = country.rings.first().and_then(|ring| middle(ring)) else {
            continue;
        };
        let at = projection.at(place);
        let name = clean(&country.name);
        let half = width(&name, LETTERS) / 2.0;
        let own =
            Area { left: at.x - half, right: at.x + half, top: at.y - 8.0, bottom: at.y + 3.0 };
        let within = own.left > frame.left + 2.0
            && own.right < frame.right - 2.0
            && own.top > frame.top + 2.0
            && own.bottom < frame.bottom - 2.0;
        // A name that is wider than its country stands on others.
        let room = projection.beside(0.0, wide).x - projection.beside(0.0, 0.0).x;
        if within && 2.0 * half < room * 1.3 && !taken.iter().any(|other| other.overlaps(own)) {
            taken.push(own);
            let words = Words {
                paint: Paint::Soft,
                anchor: Anchor::Middle,
                ..Words::new(at, &name, LETTERS)
            };
            drawn.push(html! { (words) });
        }
    }
    html! { @for one in &drawn { (one) } }
}

/// The middle of a ring by its area, and how many degrees wide it is.
fn middle(ring: &[Place]) -> Option<(Place, f64)> {
    let first = ring.first()?;
    let (mut area, mut lat, mut lon) = (0.0, 0.0, 0.0);
    for two in ring.windows(2) {
        let at = |one: &Place| (f64::from(one.lon - first.lon), f64::from(one.lat - first.lat));
        let ((x, y), (to_x, to_y)) = (at(&two[0]), at(&two[1]));
        let cross = x * to_y - to_x * y;
        area += cross;
        lon += (x + to_x) * cross;
        lat += (y + to_y) * cross;
    }
    let lons = || ring.iter().map(|at| at.lon);
    let wide = f64::from(lons().max()? - lons().min()?) / 1000.0;
    let whole = |sum: f64| (sum / (3.0 * area)).round() as i32;
    (area != 0.0)
        .then(|| (Place { lat: first.lat + whole(lat), lon: first.lon + whole(lon) }, wide))
}

/// Where the scale stands.
pub(super) fn scale_area(frame: Area) -> Area {
    Area { left: 6.0, top: frame.bottom - 28.0, right: 16.0 + SCALE + 60.0, bottom: frame.bottom }
}

/// How long a round number of kilometres is in the middle of the map.
pub(super) fn scale(projection: &Projection) -> Markup {
    let mut km = 1.0;
    for by in [2.0, 2.5, 2.0].into_iter().cycle().take(30) {
        if projection.units(km * by) > SCALE {
            break;
        }
        km *= by;
    }
    let (left, y) = (12.0, projection.frame().bottom - 10.0);
    let right = left + projection.units(km);
    let words = format!("{km:.0} km");
    html! {
        path d={ "M" (N(left)) " " (N(y - 4.0)) "v4H" (N(right)) "v-4" } fill="none" stroke-width="1.4"
            class=(Paint::Ink.stroke()) stroke=(Paint::Ink.hex()) {}
        (Words { halo: true, ..Words::new(Point::new(left + 4.0, y - 5.0), &words, 10.0) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_beside_an_area_is_cut_off_at_its_sides() {
        let area = Area { left: 0.0, top: 0.0, right: 10.0, bottom: 10.0 };
        let at = |x: f64, y: f64| Point::new(x, y);
        let around = vec![at(-5.0, -5.0), at(15.0, -5.0), at(15.0, 15.0), at(-5.0, 15.0)];
        let mut corners = clipped(around, area);
        corners.sort_by(|one, other| (one.x, one.y).partial_cmp(&(other.x, other.y)).unwrap());
        assert_eq!(corners, [at(0.0, 0.0), at(0.0, 10.0), at(10.0, 0.0), at(10.0, 10.0)]);
        let beside = vec![at(20.0, 0.0), at(30.0, 0.0), at(30.0, 10.0)];
        assert!(clipped(beside, area).is_empty());
    }

    #[test]
    fn a_way_is_written_shortly_and_only_with_an_area() {
        let mut way = String::new();
        let at = |x: f64, y: f64| Point::new(x, y);
        put(&[at(0.0, 0.0), at(0.1, 0.0), at(0.0, 0.1)], &mut way);
        assert_eq!(way, "");
        put(&[at(0.6, 1.2), at(6.0, 1.2), at(6.0, 0.6), at(0.6, 0.6)], &mut way);
        assert_eq!(way, "M.6 1.2l5.4 0 0-.6-5.4 0z");
    }

    #[test]
    fn the_middle_of_a_ring_is_that_of_its_area() {
        let ring = [(0, 0), (0, 2_000), (1_000, 2_000), (1_000, 0), (0, 0)];
        let ring: Vec<Place> =
            ring.iter().map(|(lat, lon)| Place { lat: *lat, lon: *lon }).collect();
        assert_eq!(middle(&ring), Some((Place { lat: 500, lon: 1_000 }, 2.0)));
        assert_eq!(middle(&ring[..1]), None);
    }
}
