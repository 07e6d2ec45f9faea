//! Which stretch of the globe a map shows, and where on it a place stands.

use std::fmt;

use throughline_places::{Point as Place, Precision, outlines};

use super::{Lies, Located, WIDE};
use crate::geometry::{Area, Point};

/// A map is at least and at most so high.
const HIGH: (f64, f64) = (380.0, 600.0);

/// What is shown without being asked for is at least so high, in degrees: outlines tell nothing
/// nearer than that.
const LEAST: f64 = 3.0;

/// The closest that a map is drawn when it is asked for, in degrees.
const CLOSEST: f64 = 0.2;

/// Nothing nearer to a pole is shown.
const POLE: f64 = 85.0;

const KM_PER_DEGREE: f64 = 111.195;

/// A stretch of the globe, in thousandths of a degree; what crosses the line of 180° has an east
/// beyond it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct View {
    /// Its western side.
    pub west: i32,
    /// Its southern side.
    pub south: i32,
    /// Its eastern side, east of `west`.
    pub east: i32,
    /// Its northern side, north of `south`.
    pub north: i32,
}

impl View {
    /// A stretch from degrees that somebody typed, "west,south,east,north"; `None` if it is none.
    pub fn read(text: &str) -> Option<View> {
        let degrees = |text: &str| {
            let number: f64 = text.trim().parse().ok()?;
            (number.is_finite() && number.abs() <= 540.0).then(|| (number * 1000.0).round() as i32)
        };
        let sides: Vec<i32> = text.split(',').map(degrees).collect::<Option<_>>()?;
        let [west, south, east, north] = sides[..] else { return None };
        let east = if east <= west { east + 360_000 } else { east };
        let fits = -90_000 <= south && south < north && north <= 90_000;
        (fits && east > west && east - west <= 360_000).then_some(View { west, south, east, north })
    }

    /// It as it is typed.
    pub fn typed(self) -> String {
        let View { west, south, east, north } = self;
        let sides = [west, south, east, north].map(|side| (f64::from(side) / 1000.0).to_string());
        sides.join(",")
    }

    /// The same stretch, `by` times as large around its middle, moved by parts of its width and height.
    pub fn moved(self, by: f64, across: f64, up: f64) -> View {
        let (wide, high) = (f64::from(self.east - self.west), f64::from(self.north - self.south));
        let lon = f64::from(self.west) + wide * (0.5 + across);
        let lat = f64::from(self.south) + high * (0.5 + up);
        let (wide, high) =
            ((wide * by).clamp(200.0, 360_000.0), (high * by).clamp(200.0, 170_000.0));
        let lat = lat.clamp(-85_000.0 + high / 2.0, 85_000.0 - high / 2.0);
        let lon = if lon > 180_000.0 { lon - 360_000.0 } else { lon };
        let lon = if lon < -180_000.0 { lon + 360_000.0 } else { lon };
        // Both sides are counted from one whole number, so that rounding adds nothing.
        let (west, south) = ((lon - wide / 2.0).floor() as i32, (lat - high / 2.0).floor() as i32);
        View { west, east: west + wide as i32, south, north: south + high as i32 }
    }
}

/// In words: "46.1° N to 51.2° N, 4° W to 8.3° E".
impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let degrees = |side: i32, ways: [char; 2]| {
            let way = ways[usize::from(side < 0)];
            format!("{}° {way}", (f64::from(side.abs()) / 100.0).round() / 10.0)
        };
        let lat = |side| degrees(side, ['N', 'S']);
        let lon = |side: i32| {
            let side = if side > 180_000 { side - 360_000 } else { side };
            degrees(if side < -180_000 { side + 360_000 } else { side }, ['E', 'W'])
        };
        let View { west, south, east, north } = *self;
        write!(f, "{} to {}, {} to {}", lat(south), lat(north), lon(west), lon(east))
    }
}

/// Where places stand on a map.
#[derive(Clone, Copy, Debug)]
pub(super) struct Projection {
    west: f64,
    north: f64,
    /// Units of the picture for a degree to the east, and to the south.
    across: f64,
    down: f64,
    high: f64,
}

impl Projection {
    /// The map that shows a stretch, and more on its longer side.
    pub(super) fn of(view: View) -> Projection {
        let degrees = |side: i32| f64::from(side) / 1000.0;
        let (south, north) =
            (degrees(view.south).clamp(-POLE, POLE - 0.01), degrees(view.north).clamp(-POLE, POLE));
        let (west, east) = (degrees(view.west), degrees(view.east));
        let wide = (east - west).clamp(CLOSEST, 360.0);
        let high = (north - south).clamp(CLOSEST, 2.0 * POLE);
        let (lon, lat) = ((west + east) / 2.0, (south + north) / 2.0);
        let narrow = narrowing(lat);
        // As many units as fit both ways, and no map wider than the globe.
        let least = WIDE / (360.0 * narrow);
        let down = (WIDE / (wide * narrow)).min(HIGH.1 / high).max(least);
        let across = down * narrow;
        let high = (high * down).clamp(HIGH.0, HIGH.1);
        let half = high / down / 2.0;
        let lat = lat.min(POLE - half).max(half - POLE);
        Projection { west: lon - WIDE / across / 2.0, north: lat + half, across, down, high }
    }

    /// The map that shows where all these lie; `None` without any.
    pub(super) fn over<'l>(all: impl Iterator<Item = &'l Lies>) -> Option<Projection> {
        let reaches: Vec<View> = all.map(reach).collect();
        let south = reaches.iter().map(|one| one.south).min()?;
        let north = reaches.iter().map(|one| one.north).max()?;
        // Around the globe, what is shown begins behind the widest stretch where nothing lies.
        let mut stretches: Vec<(i32, i32)> =
            reaches.iter().map(|one| (one.west, one.east)).collect();
        stretches.sort_unstable();
        let first = stretches.first()?.0;
        let (mut end, mut gap, mut west) = (stretches.first()?.1, i32::MIN, first);
        for (from, to) in &stretches {
            if from - end > gap && *from > end {
                (gap, west) = (from - end, *from);
            }
            end = end.max(*to);
        }
        if first + 360_000 - end >= gap {
            west = first;
        }
        let turned = |lon: i32| if lon < west { lon + 360_000 } else { lon };
        let east = stretches.iter().map(|(from, to)| turned(*from) + to - from).max()?;
        let degrees = |side: i32| f64::from(side) / 1000.0;
        let (west, east) = (degrees(west), degrees(east));
        let (south, north) = (degrees(south), degrees(north));
        let (lon, lat) = ((west + east) / 2.0, (south + north) / 2.0);
        // Labels need room at the sides.
        let high = ((north - south) * 1.2).max(LEAST);
        let wide = ((east - west) * 1.25).clamp(LEAST, 360.0);
        let side = |middle: f64, half: f64| ((middle + half) * 1000.0).round() as i32;
        Some(Projection::of(View {
            west: side(lon, -wide / 2.0),
            east: side(lon, wide / 2.0),
            south: side(lat, -high / 2.0).max(-90_000),
            north: side(lat, high / 2.0).min(90_000),
        }))
    }

    /// Where a place stands.
    pub(super) fn at(&self, place: Place) -> Point {
        let (lat, mut lon) = place.degrees();
        while lon < self.west {
            lon += 360.0;
        }
        while lon >= self.west + 360.0 {
            lon -= 360.0;
        }
        self.beside(lat, lon)
    }

    /// Where a place stands that may lie beside the map.
    pub(super) fn beside(&self, lat: f64, lon: f64) -> Point {
        Point::new((lon - self.west) * self.across, (self.north - lat) * self.down)
    }

    /// Whether a thing lies within the map.
    pub(super) fn shows(&self, thing: &Located) -> bool {
        thing.lies.as_ref().is_some_and(|lies| {
            let at = self.at(lies.point);
            // At the very edge half a mark would be cut off.
            self.frame().grown(-1.0).holds(at)
        })
    }

    /// How many units a distance has.
    pub(super) fn units(&self, km: f64) -> f64 {
        km / KM_PER_DEGREE * self.down
    }

    /// The map's edge.
    pub(super) fn frame(&self) -> Area {
        Area { left: 0.0, top: 0.0, right: WIDE, bottom: self.high }
    }

    pub(super) fn size(&self) -> Point {
        Point::new(WIDE, self.high)
    }

    /// What is shown.
    pub(super) fn view(&self) -> View {
        let side = |degrees: f64| (degrees * 1000.0).round() as i32;
        View {
            west: side(self.west),
            east: side(self.west + WIDE / self.across),
            south: side(self.north - self.high / self.down),
            north: side(self.north),
        }
    }
}

/// How much shorter a degree to the east is at a latitude than one to the north.
fn narrowing(lat: f64) -> f64 {
    let lat = (lat * 1000.0) as i32;
    let degree = Place { lat, lon: 0 }.km(Place { lat, lon: 1000 });
    (degree / KM_PER_DEGREE).max(0.08)
}

/// The stretch that a place takes: of a country, its largest part.
fn reach(lies: &Lies) -> View {
    let Place { lat, lon } = lies.point;
    let ring = (lies.precision == Precision::Country)
        .then(|| outlines::of(&lies.country)?.rings.first())
        .flatten();
    if let Some(ring) = ring {
        let (lats, lons) = (ring.iter().map(|at| at.lat), ring.iter().map(|at| at.lon));
        let ends = (lats.clone().min(), lats.max(), lons.clone().min(), lons.max());
        if let (Some(south), Some(north), Some(west), Some(east)) = ends {
            return View { west, south, east, north };
        }
    }
    let km = match lies.precision {
        Precision::Country | Precision::Region => f64::from(lies.radius_km.min(2_000)),
        _ => 0.0,
    };
    let up = (km / KM_PER_DEGREE * 1000.0) as i32;
    let aside = (f64::from(up) / narrowing(f64::from(lat) / 1000.0)) as i32;
    let aside = aside.min(180_000);
    View { west: lon - aside, east: lon + aside, south: lat - up, north: lat + up }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lies(lat: i32, lon: i32, precision: Precision) -> Lies {
        let point = Place { lat, lon };
        Lies {
            name: String::new(),
            country: String::new(),
            point,
            precision,
            radius_km: 100,
            percent: 90,
        }
    }

    #[test]
    fn all_that_lies_anywhere_is_within_its_map() {
        let far = [(48_857, 2_352), (-33_868, 151_207), (64_000, -21_900), (-17_700, 178_400)];
        let pacific = [(-17_700, 178_400), (21_300, -157_900), (-14_300, -170_700)];
        let one = [(48_857, 2_352)];
        for places in [&far[..], &pacific[..], &one[..]] {
            let all: Vec<Lies> =
                places.iter().map(|(lat, lon)| lies(*lat, *lon, Precision::City)).collect();
            let projection = Projection::over(all.iter()).unwrap();
            for one in &all {
                assert!(projection.frame().holds(projection.at(one.point)), "{one:?}");
            }
        }
        // What lies on both sides of the line of 180° is shown from there, not around the globe.
        let all = pacific.map(|(lat, lon)| lies(lat, lon, Precision::City));
        let view = Projection::over(all.iter()).unwrap().view();
        assert!(view.east - view.west < 150_000, "{view:?}");
        assert!(Projection::over([].into_iter()).is_none());
    }

    #[test]
    fn a_region_is_shown_as_far_as_it_reaches_and_a_country_as_its_outline() {
        let region = lies(50_000, 4_000, Precision::Region);
        let view = Projection::over([&region].into_iter()).unwrap().view();
        assert!(view.south < 49_200 && view.north > 50_800, "{view:?}");
        let belgium = Lies { country: "BE".to_owned(), ..lies(50_800, 4_600, Precision::Country) };
        let view = Projection::over([&belgium].into_iter()).unwrap().view();
        assert!(view.south < 49_600 && view.north > 51_400 && view.west < 2_600, "{view:?}");
    }

    #[test]
    fn what_is_typed_is_read_or_refused() {
        let view = View { west: -4_500, south: 40_000, east: 8_300, north: 51_250 };
        assert_eq!(view.typed(), "-4.5,40,8.3,51.25");
        assert_eq!(View::read(&view.typed()), Some(view));
        assert_eq!(view.to_string(), "40° N to 51.3° N, 4.5° W to 8.3° E");
        // From Fiji eastwards to Samoa.
        assert_eq!(View::read("177,-20,-170,-10").map(|view| view.east), Some(190_000));
        for wrong in ["", "1,2,3", "1,2,3,2", "0,-91,1,0", "0,0,nan,1", "0,0,1,1,1", "1e9,0,2,1"] {
            assert_eq!(View::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn closer_farther_and_aside_stay_on_the_globe() {
        let mut view = View { west: 170_000, south: 60_000, east: 179_000, north: 66_000 };
        for _ in 0..40 {
            view = view.moved(1.5, 0.4, 0.4);
            assert!(View::read(&view.typed()).is_some(), "{view:?}");
            assert!(Projection::of(view).frame().width() > 0.0);
        }
        for _ in 0..60 {
            view = view.moved(0.5, -0.4, -0.4);
            assert!(View::read(&view.typed()).is_some(), "{view:?}");
        }
    }
}
