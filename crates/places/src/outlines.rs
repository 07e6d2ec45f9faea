//! The outlines of countries, to be drawn beneath what lies in them.
//!
//! Natural Earth's, with borders as it draws them, which is as they are held rather than as they are
//! claimed; `resources/outlines.md` says what was done to them. Borders are arcs that neighbours share.
//!
//! The file: numbers of seven bits a byte, the last without the eighth bit, signed ones in zigzag.
//! First how many arcs, each with how many points and the steps between them, east then north; then
//! how many countries, each with code, name and rings, a ring being arcs by number, and what runs
//! backwards by the number's complement, as in TopoJSON.

use std::sync::OnceLock;

use crate::entry::Point;

/// Whose outlines they are.
pub const ORIGIN: &str = "Outlines of countries: Natural Earth, with borders as it draws them";

/// What ships.
const FILE: &[u8] = include_bytes!("../resources/outlines.bin");

/// The file's degrees are hundredths, a point's thousandths.
const FINER: i32 = 10;

/// A country's outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Its code (ISO 3166 of two letters); empty of what has none.
    pub code: String,
    /// What Natural Earth calls it.
    pub name: String,
    /// Its parts, the largest first, each closed. A part that crosses the line of 180° goes on beyond
    /// it, so that its points lie side by side.
    pub rings: Vec<Vec<Point>>,
}

/// A country as the file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Its code, or nothing.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its parts, each of arcs by number; the complement of a number runs backwards.
    pub rings: Vec<Vec<i32>>,
}

/// All outlines, the largest first.
pub fn outlines() -> &'static [Outline] {
    static READ: OnceLock<Vec<Outline>> = OnceLock::new();
    READ.get_or_init(|| read(FILE).unwrap_or_default())
}

/// The outline of a country, by its code; where far islands have an outline of their own, the larger.
pub fn of(code: &str) -> Option<&'static Outline> {
    (!code.is_empty()).then(|| outlines().iter().find(|one| one.code == code)).flatten()
}

/// The bytes of a file of these arcs, in hundredths of a degree to the east and to the north.
pub fn build(arcs: &[Vec<(i32, i32)>], shapes: &[Shape]) -> Vec<u8> {
    let mut file = Vec::new();
    put(&mut file, arcs.len() as u32);
    for arc in arcs {
        put(&mut file, arc.len() as u32);
        let (mut x, mut y) = (0, 0);
        for (to_x, to_y) in arc {
            put(&mut file, zigzag(to_x - x));
            put(&mut file, zigzag(to_y - y));
            (x, y) = (*to_x, *to_y);
        }
    }
    put(&mut file, shapes.len() as u32);
    for shape in shapes {
        for text in [&shape.code, &shape.name] {
            put(&mut file, text.len() as u32);
            file.extend(text.as_bytes());
        }
        put(&mut file, shape.rings.len() as u32);
        for ring in &shape.rings {
            put(&mut file, ring.len() as u32);
            ring.iter().for_each(|arc| put(&mut file, zigzag(*arc)));
        }
    }
    file
}

fn put(file: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        file.push(number as u8 | 0x80);
        number >>= 7;
    }
    file.push(number as u8);
}

fn zigzag(number: i32) -> u32 {
    ((number << 1) ^ (number >> 31)) as u32
}

/// Reads a file; `None` where it is none.
fn read(file: &[u8]) -> Option<Vec<Outline>> {
    let mut rest = Rest(file);
    let mut arcs: Vec<Vec<(i32, i32)>> = Vec::new();
    for _ in 0..rest.number()? {
        let (mut x, mut y) = (0, 0);
        let mut arc = Vec::new();
        for _ in 0..rest.number()? {
            x += rest.signed()?;
            y += rest.signed()?;
            arc.push((x, y));
        }
        arcs.push(arc);
    }
    let mut outlines = Vec::new();
    for _ in 0..rest.number()? {
        let (code, name) = (rest.text()?, rest.text()?);
        let mut rings = Vec::new();
        for _ in 0..rest.number()? {
            let mut ring: Vec<(i32, i32)> = Vec::new();
            for _ in 0..rest.number()? {
                let arc = rest.signed()?;
                let backwards = arc < 0;
                let points = arcs.get(usize::try_from(if backwards { !arc } else { arc }).ok()?)?;
                // Where one arc ends the next begins.
                let skip = usize::from(!ring.is_empty());
                match backwards {
                    true => ring.extend(points.iter().rev().skip(skip)),
                    false => ring.extend(points.iter().skip(skip)),
                }
            }
            rings.push(side_by_side(&ring));
        }
        // What has three points and its first again has an area.
        rings.retain(|ring| ring.len() > 3);
        rings.sort_by_key(|ring| std::cmp::Reverse(twice_area(ring).abs()));
        // Of what is smaller than the simplifying left it nothing can be drawn.
        if !rings.is_empty() {
            outlines.push(Outline { code, name, rings });
        }
    }
    outlines.sort_by_key(|one| one.rings.first().map(|ring| -twice_area(ring).abs()));
    Some(outlines)
}

/// A ring whose points lie side by side, also where it crosses the line of 180°; one that goes around
/// a pole is closed over it.
fn side_by_side(ring: &[(i32, i32)]) -> Vec<Point> {
    const AROUND: i32 = 36_000;
    let mut turned = 0;
    let mut before: Option<i32> = None;
    let mut points: Vec<Point> = Vec::new();
    for (x, y) in ring {
        turned += match before.map(|before| x - before) {
            Some(step) if step > AROUND / 2 => -AROUND,
            Some(step) if step < -AROUND / 2 => AROUND,
            _ => 0,
        };
        before = Some(*x);
        points.push(Point { lat: y * FINER, lon: (x + turned) * FINER });
    }
    if turned != 0
        && let (Some(first), Some(last)) = (points.first().copied(), points.last().copied())
    {
        let pole = if first.lat < 0 { -90_000 } else { 90_000 };
        points.extend([Point { lat: pole, ..last }, Point { lat: pole, ..first }, first]);
    }
    points
}

/// Twice the area within a ring, in square thousandths of a degree; below zero where it runs clockwise.
fn twice_area(ring: &[Point]) -> i64 {
    let pairs = ring.iter().zip(ring.iter().skip(1));
    pairs
        .map(|(one, next)| {
            i64::from(one.lon) * i64::from(next.lat) - i64::from(next.lon) * i64::from(one.lat)
        })
        .sum()
}

/// What is not yet read of a file.
struct Rest<'f>(&'f [u8]);

impl Rest<'_> {
    fn number(&mut self) -> Option<u32> {
        let mut number = 0_u32;
        for shift in [0, 7, 14, 21, 28] {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn signed(&mut self) -> Option<i32> {
        let number = self.number()?;
        Some((number >> 1) as i32 ^ -((number & 1) as i32))
    }

    fn text(&mut self) -> Option<String> {
        let length = self.number()? as usize;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        String::from_utf8(text.to_vec()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteer;

    #[test]
    fn what_is_built_is_read_again() {
        let arcs = vec![vec![(0, 0), (100, 0), (100, 100)], vec![(100, 100), (0, 100), (0, 0)]];
        let there = Shape { code: "XX".into(), name: "Lenn".into(), rings: vec![vec![0, 1]] };
        let back = Shape { code: String::new(), name: "Ostby".into(), rings: vec![vec![!1, !0]] };
        let found = read(&build(&arcs, &[there, back])).unwrap();
        assert_eq!((found[0].code.as_str(), found[1].name.as_str()), ("XX", "Ostby"));
        let corners = |one: &Outline| -> Vec<(i32, i32)> {
            one.rings[0].iter().map(|point| (point.lon, point.lat)).collect()
        };
        assert_eq!(corners(&found[0]), [(0, 0), (1000, 0), (1000, 1000), (0, 1000), (0, 0)]);
        assert_eq!(corners(&found[1]), [(0, 0), (0, 1000), (1000, 1000), (1000, 0), (0, 0)]);
        assert_eq!(read(&[200]), None, "a file that ends too soon");
    }

    /// The outlines fit the gazetteer: nearly every country has one, and its point lies within the
    /// stretch that the outline covers.
    #[test]
    fn countries_of_the_gazetteer_have_outlines_around_their_points() {
        let gazetteer = Gazetteer::own();
        let mut without = Vec::new();
        for one in outlines() {
            for ring in &one.rings {
                assert_eq!(ring.first(), ring.last(), "{}: a ring that is open", one.name);
                let jump = ring.windows(2).map(|two| (two[0].lon - two[1].lon).abs()).max();
                // Only along the pole does a ring go around the globe in one step.
                assert!(jump < Some(90_000) || one.code == "AQ", "{}: {jump:?}", one.name);
            }
            let Some(id) = gazetteer.coded(&one.code) else {
                without.push(one.name.as_str());
                continue;
            };
            let point = gazetteer.entry(id).point;
            let all = || one.rings.iter().flatten();
            let near = |least: Option<i32>, at: i32, most: Option<i32>| {
                least.unwrap_or(0) - 2_500 <= at && at <= most.unwrap_or(0) + 2_500
            };
            let lat = all().map(|at| at.lat);
            assert!(near(lat.clone().min(), point.lat, lat.max()), "{}: {point:?}", one.name);
            let (least, most) = (all().map(|at| at.lon).min(), all().map(|at| at.lon).max());
            let turns = [-360_000, 0, 360_000].map(|turn| near(least, point.lon + turn, most));
            assert!(turns.contains(&true), "{}: {point:?}", one.name);
        }
        // What nobody's standard has a code for.
        assert!(without.len() <= 6, "{without:?}");
        assert!(of("BE").is_some_and(|one| one.name == "Belgium") && of("").is_none());
        let many = outlines().iter().filter(|one| !one.code.is_empty()).count();
        assert!(many > 230, "{many}");
    }
}
