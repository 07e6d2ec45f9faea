//! Makes the outlines of countries that ship from Natural Earth: `cargo xtask outlines FOLDER`.
//!
//! The folder holds `countries-50m.json` of the npm package world-atlas, TopoJSON of Natural Earth's
//! countries at 1:50 million, and `codes.json` of the npm package i18n-iso-countries, which gives a
//! country's code of two letters for its number.
//!
//! Borders are arcs that neighbours share, and each is simplified by itself with its ends kept, so
//! that neighbours still meet. What lies nearer to the simplified line than [`TOLERANCE`] goes.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use serde_json::Value as Json;
use throughline_places::outlines::{Shape, build};

use crate::sample::root;

const FILE: &str = "crates/places/resources/outlines.bin";

/// How far a line may lie from where it lay, in hundredths of a degree: some two kilometres, less than
/// a stroke of a map of one country.
const TOLERANCE: f64 = 2.0;

/// A place to the east and to the north, in hundredths of a degree.
type Hundredths = (f64, f64);

/// Reads the folder and writes the file.
pub(crate) fn write(folder: &Path) -> anyhow::Result<()> {
    let json = |file: &str| -> anyhow::Result<Json> {
        let path = folder.join(file);
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        serde_json::from_str(&text).with_context(|| format!("{file} is no JSON"))
    };
    let codes = json("codes.json")?;
    let codes: BTreeMap<&str, &str> = codes
        .as_array()
        .context("codes.json is no list")?
        .iter()
        .filter_map(|row| Some((row[2].as_str()?, row[0].as_str()?)))
        .collect();
    let atlas = json("countries-50m.json")?;
    let arcs = arcs(&atlas).context("countries-50m.json has no arcs")?;
    let countries = atlas["objects"]["countries"]["geometries"].as_array();
    let shapes: Vec<Shape> = countries
        .context("countries-50m.json has no countries")?
        .iter()
        .filter_map(|country| shape(country, &codes, &arcs))
        .collect();
    let bytes = build(&arcs, &shapes);
    eprintln!("{} countries, {} bytes", shapes.len(), bytes.len());
    let path = root().join(FILE);
    std::fs::write(&path, bytes).with_context(|| path.display().to_string())
}

/// The arcs in hundredths of a degree, simplified.
fn arcs(atlas: &Json) -> Option<Vec<Vec<(i32, i32)>>> {
    let number = |name: &str, at: usize| atlas["transform"][name][at].as_f64();
    let (scale, move_by) = (
        [number("scale", 0)?, number("scale", 1)?],
        [number("translate", 0)?, number("translate", 1)?],
    );
    let arc = |arc: &Json| -> Option<Vec<(i32, i32)>> {
        let (mut x, mut y) = (0.0, 0.0);
        let mut line: Vec<Hundredths> = Vec::new();
        for step in arc.as_array()? {
            x += step[0].as_f64()?;
            y += step[1].as_f64()?;
            line.push(((x * scale[0] + move_by[0]) * 100.0, (y * scale[1] + move_by[1]) * 100.0));
        }
        let whole = |(x, y): Hundredths| (x.round() as i32, y.round() as i32);
        let mut kept: Vec<(i32, i32)> = simplified(&line).into_iter().map(whole).collect();
        kept.dedup();
        Some(kept)
    };
    atlas["arcs"].as_array()?.iter().map(arc).collect()
}

/// A line without the points that lie nearer than the tolerance to the line between those that stay
/// (Douglas and Peucker 1973); its ends stay.
fn simplified(line: &[Hundredths]) -> Vec<Hundredths> {
    let mut stays = vec![false; line.len()];
    let mut open = vec![(0, line.len().saturating_sub(1))];
    while let Some((first, last)) = open.pop() {
        stays.iter_mut().skip(first).take(1).for_each(|stay| *stay = true);
        stays.iter_mut().skip(last).take(1).for_each(|stay| *stay = true);
        let within = (first + 1..last).map(|at| (at, apart(line[at], line[first], line[last])));
        let farthest = within.max_by(|one, other| one.1.total_cmp(&other.1));
        if let Some((at, far)) = farthest.filter(|(_, far)| *far > TOLERANCE * TOLERANCE) {
            debug_assert!(far.is_finite());
            open.extend([(first, at), (at, last)]);
        }
    }
    line.iter().zip(stays).filter(|(_, stay)| *stay).map(|(point, _)| *point).collect()
}

/// The square of how far a point is from the stretch between two others.
fn apart(point: Hundredths, from: Hundredths, to: Hundredths) -> f64 {
    let (x, y) = (to.0 - from.0, to.1 - from.1);
    let length = x * x + y * y;
    let along = ((point.0 - from.0) * x + (point.1 - from.1) * y) / length;
    // A ring ends where it begins, so that there is no stretch.
    let along = if length > 0.0 { along.clamp(0.0, 1.0) } else { 0.0 };
    let (x, y) = (point.0 - from.0 - along * x, point.1 - from.1 - along * y);
    x * x + y * y
}

/// A country by its code, its name and its outer rings: lakes and enclaves are drawn over it.
fn shape(country: &Json, codes: &BTreeMap<&str, &str>, arcs: &[Vec<(i32, i32)>]) -> Option<Shape> {
    let name = country["properties"]["name"].as_str()?;
    let code = match country["id"].as_str() {
        Some(id) => codes.get(id).copied().unwrap_or_default(),
        // It has no number of its own, and GeoNames gives it this code.
        None if name == "Kosovo" => "XK",
        None => "",
    };
    let polygons = match country["type"].as_str()? {
        "Polygon" => vec![&country["arcs"]],
        _ => country["arcs"].as_array()?.iter().collect(),
    };
    let numbers = |ring: &Json| -> Option<Vec<i32>> {
        let ring = ring.as_array()?.iter();
        ring.map(|arc| arc.as_i64().and_then(|arc| i32::try_from(arc).ok())).collect()
    };
    // Of Antarctica the first ring runs along the line of the pole, and its coast is the second.
    let along_pole = |ring: &Vec<i32>| {
        let arc = |arc: &i32| arcs.get(usize::try_from(if *arc < 0 { !arc } else { *arc }).ok()?);
        ring.iter().filter_map(arc).flatten().all(|(_, y)| *y < -8_950)
    };
    let ring = |polygon: &Json| -> Option<Vec<i32>> {
        let rings = polygon.as_array()?.iter().map(numbers).collect::<Option<Vec<_>>>()?;
        rings.into_iter().find(|ring| !along_pole(ring))
    };
    let rings = polygons.into_iter().map(ring).collect::<Option<Vec<_>>>()?;
    Some(Shape { code: code.to_owned(), name: name.to_owned(), rings })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_keeps_its_ends_and_its_corners() {
        let line = [(0.0, 0.0), (50.0, 1.0), (100.0, 0.0), (100.0, 60.0), (99.0, 100.0)];
        assert_eq!(simplified(&line), [(0.0, 0.0), (100.0, 0.0), (99.0, 100.0)]);
        // A ring keeps what lies farthest from where it begins.
        let ring = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)];
        assert_eq!(simplified(&ring), ring);
    }
}
