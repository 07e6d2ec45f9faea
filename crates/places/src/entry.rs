//! What a gazetteer says of a place.

use std::fmt;

/// What kind of place an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A state.
    Country,
    /// A first-level area: a state of a federation, a province.
    Area,
    /// A second-level area: a county, a district.
    County,
    /// A city, town or village.
    City,
    /// A part of the world or of a country that no administration has.
    Region,
    /// A sea, a lake or a river.
    Water,
    /// Held or claimed by more than one.
    Disputed,
    /// A state or an area that is no more.
    Historic,
    /// A part of a city.
    District,
    /// A place of a few streets.
    Spot,
}

impl Kind {
    /// All kinds, in the order of their codes.
    pub const ALL: [Kind; 10] = [
        Kind::Country,
        Kind::Area,
        Kind::County,
        Kind::City,
        Kind::Region,
        Kind::Water,
        Kind::Disputed,
        Kind::Historic,
        Kind::District,
        Kind::Spot,
    ];

    /// Whether its point is that of a settlement or a county, which lie near others or do not.
    pub(crate) fn is_local(self) -> bool {
        matches!(self, Kind::City | Kind::County | Kind::District | Kind::Spot)
    }

    /// How closely an entry of the kind says where something is.
    pub fn precision(self) -> Precision {
        match self {
            Kind::Country => Precision::Country,
            Kind::City => Precision::City,
            Kind::District => Precision::District,
            Kind::Spot => Precision::Spot,
            _ => Precision::Region,
        }
    }
}

/// How closely a point says where something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// In a country.
    Country,
    /// In a region: an area, a county, a sea, a part of the world.
    Region,
    /// In a city, a town or a village.
    City,
    /// In a part of a city.
    District,
    /// Within a few streets.
    Spot,
}

impl fmt::Display for Precision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Precision::Country => "country",
            Precision::Region => "region",
            Precision::City => "city",
            Precision::District => "district",
            Precision::Spot => "spot",
        })
    }
}

/// A point on the globe, WGS 84, in thousandths of a degree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// To the north.
    pub lat: i32,
    /// To the east.
    pub lon: i32,
}

impl Point {
    /// The point in degrees, to the north and to the east.
    pub fn degrees(self) -> (f64, f64) {
        (f64::from(self.lat) / 1000.0, f64::from(self.lon) / 1000.0)
    }

    /// How far another point is, in kilometres: right to a few in a hundred up to some thousand, by
    /// sums, products and square roots alone, so that every machine finds the same.
    pub fn km(self, other: Point) -> f64 {
        const KM_PER_DEGREE: f64 = 111.195;
        let (lat, lon) = self.degrees();
        let (other_lat, other_lon) = other.degrees();
        let mut across = (lon - other_lon).abs() % 360.0;
        if across > 180.0 {
            across = 360.0 - across;
        }
        let east = across * cosine((lat + other_lat) / 2.0);
        let north = lat - other_lat;
        (east * east + north * north).sqrt() * KM_PER_DEGREE
    }
}

/// The cosine of degrees between -90 and 90, to some 1e-4.
fn cosine(degrees: f64) -> f64 {
    let angle = degrees * (std::f64::consts::PI / 180.0);
    let square = angle * angle;
    1.0 - square / 2.0 + square * square / 24.0 - square * square * square / 720.0
        + square * square * square * square / 40_320.0
}

/// A place of the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'g> {
    /// What it is.
    pub kind: Kind,
    /// The name that it goes by.
    pub name: &'g str,
    /// Its country's code (ISO 3166 of two letters); empty for what lies in several.
    pub country: &'g str,
    /// The code of its first-level area within the country, or empty.
    pub area: &'g str,
    /// Its point.
    pub point: Point,
    /// How far from the point it reaches, in kilometres.
    pub radius_km: u32,
    /// Its inhabitants, or 0 where they are not known.
    pub population: u32,
    /// Its number in GeoNames; none of areas and regions.
    pub geoname: Option<u32>,
    /// Who claims or held it, of what is disputed or historic.
    pub note: &'g str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_near_those_on_a_globe() {
        let point = |lat: f64, lon: f64| Point { lat: (lat * 1e3) as i32, lon: (lon * 1e3) as i32 };
        for (one, other, wanted) in [
            (point(48.857, 2.352), point(51.507, -0.128), 344.0),
            (point(52.52, 13.405), point(52.23, 21.012), 518.0),
            (point(-17.0, 179.5), point(-17.0, -179.5), 106.0),
        ] {
            let km = one.km(other);
            assert!((km - wanted).abs() < 0.03 * wanted, "{km} for {wanted}");
        }
    }
}
