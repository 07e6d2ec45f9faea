//! What is written here beside GeoNames: other names, regions, points of countries, capitals.

use super::Bears;
use crate::entry::{Kind, Point};

/// A place that GeoNames' tables lack.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Region {
    /// The name that it goes by, then others.
    pub(super) names: Vec<String>,
    pub(super) point: Point,
    pub(super) radius_km: u32,
    pub(super) kind: Kind,
    pub(super) note: String,
}

/// The project's own tables.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Own {
    /// Code of a country or an area, name, how it bears it.
    pub(super) names: Vec<(String, String, Bears)>,
    pub(super) regions: Vec<Region>,
    /// Code of a country, its point, its radius in kilometres.
    pub(super) points: Vec<(String, Point, u32)>,
    /// Code of a country, its capital.
    pub(super) capitals: Vec<(String, String)>,
}

impl Own {
    /// The tables that ship.
    pub(super) fn shipped() -> Own {
        Own {
            names: lines(include_str!("../../resources/other-names.txt")).flat_map(names).collect(),
            regions: lines(include_str!("../../resources/regions.tsv"))
                .filter_map(region)
                .collect(),
            points: lines(include_str!("../../resources/points.tsv")).filter_map(point).collect(),
            capitals: lines(include_str!("../../resources/capitals.tsv"))
                .filter_map(|line| line.split_once('\t'))
                .map(|(code, capital)| (code.to_owned(), capital.to_owned()))
                .collect(),
        }
    }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The names of a line `code = kind: name, name; kind: name`.
fn names(line: &str) -> Vec<(String, String, Bears)> {
    let Some((code, rest)) = line.split_once(" = ") else { return Vec::new() };
    let mut found = Vec::new();
    for part in rest.split(';') {
        let Some((kind, list)) = part.split_once(':') else { continue };
        let bears = match kind.trim() {
            "short" => Bears::Short,
            "people" => Bears::People,
            "historic" => Bears::Historic,
            _ => Bears::Alias,
        };
        for name in list.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            found.push((code.to_owned(), name.to_owned(), bears));
            if let Some(plural) = plural(name).filter(|_| bears == Bears::People) {
                found.push((code.to_owned(), plural, bears));
            }
        }
    }
    found
}

/// The plural of a people's name, of those that have one: "Russians" and "Czechs", not "Chinese".
fn plural(name: &str) -> Option<String> {
    const NONE: [&str; 8] = ["ese", "ish", "men", "s", "French", "Dutch", "Welsh", "woman"];
    (!NONE.iter().any(|end| name.ends_with(end))).then(|| format!("{name}s"))
}

fn thousandths(degrees: &str) -> Option<i32> {
    Some((degrees.trim().parse::<f64>().ok()? * 1000.0).round() as i32)
}

fn region(line: &str) -> Option<Region> {
    let mut fields = line.split('\t');
    let names: Vec<&str> = fields.next()?.split('|').collect();
    let point = Point { lat: thousandths(fields.next()?)?, lon: thousandths(fields.next()?)? };
    let radius_km = fields.next()?.parse().ok()?;
    let kind = match fields.next()? {
        "water" => Kind::Water,
        "disputed" => Kind::Disputed,
        "historic" => Kind::Historic,
        "district" => Kind::District,
        "spot" => Kind::Spot,
        _ => Kind::Region,
    };
    // Adjectives among the other names have plurals: "Africans".
    let people = |name: &&str| ["an", "i", "ic"].iter().any(|end| name.ends_with(end));
    let plurals = names.iter().skip(1).filter(|name| people(name)).map(|name| format!("{name}s"));
    let plurals: Vec<String> = plurals.collect();
    let names = names.iter().map(|name| (*name).to_owned()).chain(plurals).collect();
    let note = fields.next().unwrap_or_default().to_owned();
    Some(Region { names, point, radius_km, kind, note })
}

fn point(line: &str) -> Option<(String, Point, u32)> {
    let mut fields = line.split('\t');
    let code = fields.next()?.to_owned();
    let point = Point { lat: thousandths(fields.next()?)?, lon: thousandths(fields.next()?)? };
    Some((code, point, fields.next()?.trim().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every line is read, so that none is lost to a slip of the pen.
    #[test]
    fn every_line_of_the_tables_is_read() {
        let own = Own::shipped();
        let count = |text: &str| lines(text).count();
        assert_eq!(own.regions.len(), count(include_str!("../../resources/regions.tsv")));
        assert_eq!(own.points.len(), count(include_str!("../../resources/points.tsv")));
        assert_eq!(own.capitals.len(), count(include_str!("../../resources/capitals.tsv")));
        for line in lines(include_str!("../../resources/other-names.txt")) {
            assert!(!names(line).is_empty(), "{line}");
        }
        for disputed in own.regions.iter().filter(|one| one.kind == Kind::Disputed) {
            assert!(!disputed.note.is_empty(), "{}: who says what?", disputed.names[0]);
        }
    }

    #[test]
    fn a_line_has_names_of_several_kinds() {
        let found = names("XX = short: X.; people: Xan, Xese; historic: Old X");
        let of = |at: usize| (found[at].1.as_str(), found[at].2);
        assert_eq!(of(0), ("X.", Bears::Short));
        assert_eq!((of(1), of(2)), (("Xan", Bears::People), ("Xans", Bears::People)));
        assert_eq!((of(3), of(4)), (("Xese", Bears::People), ("Old X", Bears::Historic)));
    }
}
