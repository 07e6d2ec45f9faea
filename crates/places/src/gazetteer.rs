//! The gazetteer that ships: places of GeoNames, and the names that its tables lack.
//!
//! Contains data from GeoNames, CC BY 4.0 (`resources/gazetteer.md`). Nothing is loaded before the
//! first question: the file lies unpacked in the program, and names are searched in it as they lie.

mod build;
mod lines;
mod own;
mod table;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

pub use build::{Row, build};

use crate::entry::{Entry, Kind, Point};
use crate::fold::folded;
use lines::Lines;
use own::Own;
use table::{BLOCK, MAGIC, Reader};

/// A gazetteer's file is no larger when it is unpacked: some twenty times what ships.
const LARGEST: u64 = 400 << 20;

/// What must stand wherever places of the gazetteer are shown.
pub const ATTRIBUTION: &str = "Contains data from GeoNames, CC BY 4.0";

/// How a place bears a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bears {
    /// It goes by it.
    Main,
    /// It is another name that English texts use: "Burma".
    Alias,
    /// It is one of the many other names that GeoNames knows.
    Other,
    /// It is short for it: "Pa.".
    Short,
    /// Its people or their adjective: "Turkish".
    People,
    /// It no longer goes by it, or lies where something of the name lay.
    Historic,
}

/// The place of an entry in the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryId(pub(crate) u32);

/// Places and their names.
#[derive(Debug)]
pub struct Gazetteer {
    areas: Lines,
    names: Lines,
    rows: Vec<Line>,
    starts: Vec<u32>,
    /// The file, unpacked, and where in it the blocks of names lie.
    file: Cow<'static, [u8]>,
    blocks: Range<usize>,
    own: BTreeMap<String, Vec<(EntryId, Bears)>>,
    notes: BTreeMap<u32, String>,
    codes: BTreeMap<String, EntryId>,
    capitals: BTreeMap<String, Vec<String>>,
}

/// What is known of a place, but its name.
#[derive(Clone, Copy, Debug)]
struct Line {
    kind: Kind,
    area: u32,
    point: Point,
    population: u32,
    radius_km: u32,
    geoname: u32,
}

impl Gazetteer {
    /// The gazetteer that ships, read when it is first asked for.
    pub fn own() -> &'static Gazetteer {
        static OWN: OnceLock<Gazetteer> = OnceLock::new();
        OWN.get_or_init(|| {
            let file = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer"));
            let gazetteer = Gazetteer::of(Cow::Borrowed(file));
            let mut gazetteer = gazetteer.expect("the gazetteer that ships is whole");
            gazetteer.add(&Own::shipped());
            gazetteer
        })
    }

    /// A gazetteer from its bytes, as [`build`] makes them; of others, nothing.
    pub fn read(packed: &[u8]) -> Option<Gazetteer> {
        Gazetteer::of(Cow::Owned(unpacked(packed)?))
    }

    /// A gazetteer from its bytes, unpacked.
    fn of(bytes: Cow<'static, [u8]>) -> Option<Gazetteer> {
        let mut file = Reader(bytes.strip_prefix(MAGIC)?);
        let areas = Lines::read(file.list()?)?;
        let names = Lines::read(file.list()?)?;
        let kinds = file.list()?;
        let columns: [Vec<u32>; 6] =
            [file.sums()?, file.sums()?, file.sums()?, file.sums()?, file.sums()?, file.sums()?];
        if columns.iter().any(|column| column.len() != kinds.len()) || names.len() < kinds.len() {
            return None;
        }
        let row = |at: usize| -> Option<Line> {
            let [area, lat, lon, population, radius_km, geoname] =
                std::array::from_fn(|column| columns[column][at]);
            ((area as usize) < areas.len()).then_some(())?;
            let point = Point { lat: lat as i32, lon: lon as i32 };
            let kind = *Kind::ALL.get(usize::from(kinds[at]))?;
            Some(Line { kind, area, point, population, radius_km, geoname })
        };
        let rows: Vec<Line> = (0..kinds.len()).map(row).collect::<Option<_>>()?;
        let starts = file.column()?;
        let length = file.list()?.len();
        let end = bytes.len() - file.0.len();
        let mut codes = BTreeMap::new();
        for (at, row) in (0_u32..).zip(&rows) {
            if matches!(row.kind, Kind::Country | Kind::Area) {
                codes.insert(areas.at(row.area as usize).to_owned(), EntryId(at));
            }
        }
        Some(Gazetteer {
            areas,
            names,
            rows,
            starts,
            file: bytes,
            blocks: end - length..end,
            own: BTreeMap::new(),
            notes: BTreeMap::new(),
            codes,
            capitals: BTreeMap::new(),
        })
    }

    /// Adds names and places that GeoNames' tables lack, and moves points.
    fn add(&mut self, own: &Own) {
        for (code, point, radius_km) in &own.points {
            if let Some(id) = self.codes.get(code) {
                let row = &mut self.rows[id.0 as usize];
                (row.point, row.radius_km) = (between(*point, row.point), *radius_km);
            }
        }
        for (code, name, bears) in &own.names {
            if let Some(id) = self.codes.get(code).copied() {
                self.bear(name, id, *bears);
            }
        }
        let nowhere = self.areas.len() as u32;
        self.areas.push("");
        for region in &own.regions {
            let id = EntryId(self.rows.len() as u32);
            // Names of places beyond those of the file follow them.
            self.names.truncate(self.rows.len());
            self.names.push(&region.names[0]);
            self.rows.push(Line {
                kind: region.kind,
                area: nowhere,
                point: region.point,
                population: 0,
                radius_km: region.radius_km,
                geoname: 0,
            });
            if !region.note.is_empty() {
                self.notes.insert(id.0, region.note.clone());
            }
            for (at, name) in region.names.iter().enumerate() {
                self.bear(name, id, if at == 0 { Bears::Main } else { Bears::Alias });
            }
        }
        for (country, capital) in &own.capitals {
            self.capitals.entry(folded(capital)).or_default().push(country.clone());
        }
    }

    fn bear(&mut self, name: &str, id: EntryId, bears: Bears) {
        self.own.entry(folded(name)).or_default().push((id, bears));
    }

    /// An entry.
    pub fn entry(&self, id: EntryId) -> Entry<'_> {
        let at = id.0 as usize;
        let row = &self.rows[at];
        let code = self.areas.at(row.area as usize);
        let (country, area) = code.split_once('.').unwrap_or((code, ""));
        let radius_km = match row.radius_km {
            // A circle in which so many live as densely as in a city.
            0 => (f64::from(row.population) / 9000.0).sqrt().ceil().clamp(1.0, 40.0) as u32,
            radius => radius,
        };
        Entry {
            kind: row.kind,
            name: self.names.at(at),
            country,
            area,
            point: row.point,
            radius_km,
            population: row.population,
            geoname: (row.geoname > 0).then_some(row.geoname),
            note: self.notes.get(&id.0).map_or("", String::as_str),
        }
    }

    /// A country by its code, or an area by both ("US.PA").
    pub fn coded(&self, code: &str) -> Option<EntryId> {
        self.codes.get(code).copied()
    }

    /// What an entry lies in: its area and its country, as far as they are entries.
    pub fn around(&self, id: EntryId) -> impl Iterator<Item = EntryId> + '_ {
        let row = &self.rows[id.0 as usize];
        let code = self.areas.at(row.area as usize);
        let country = code.split('.').next().unwrap_or_default();
        let own = [code, country].map(|code| self.codes.get(code).copied());
        let wider = own[0] != own[1];
        own.into_iter().flatten().filter(move |found| *found != id).take(if wider { 2 } else { 1 })
    }

    /// Whether a word says where somebody comes from: "Italian", "Turks".
    pub fn is_people(&self, word: &str) -> bool {
        let own = self.own.get(&folded(word));
        own.is_some_and(|all| all.iter().any(|(_, bears)| *bears == Bears::People))
    }

    /// Of which country a name is that of the capital, as far as its code says.
    pub(crate) fn is_capital(&self, name: &str, country: &str) -> bool {
        self.capitals.get(name).is_some_and(|of| of.iter().any(|code| code == country))
    }

    /// The places that bear a folded name, in the order of the gazetteer, each once.
    pub(crate) fn bearing(&self, name: &str) -> Vec<(EntryId, Bears)> {
        let mut found = self.search(name).unwrap_or_default();
        for (id, bears) in self.own.get(name).into_iter().flatten() {
            match found.iter_mut().find(|(held, _)| held == id) {
                // What is written here of a name goes before what the tables make of it.
                Some(held) if held.1 != Bears::Main => held.1 = *bears,
                Some(_) => {}
                None => found.push((*id, *bears)),
            }
        }
        found.sort_unstable();
        found
    }

    /// The places of a name in the blocks.
    fn search(&self, name: &str) -> Option<Vec<(EntryId, Bears)>> {
        let blocks = self.file.get(self.blocks.clone())?;
        let first = |start: &u32| -> Option<&[u8]> {
            let mut reader = Reader(blocks.get(*start as usize..)?);
            reader.short()?;
            let length = reader.short()? as usize;
            reader.take(length)
        };
        let after = self.starts.partition_point(|start| first(start) <= Some(name.as_bytes()));
        let start = *self.starts.get(after.checked_sub(1)?)?;
        let mut reader = Reader(blocks.get(start as usize..)?);
        let mut held: Vec<u8> = Vec::new();
        for _ in 0..BLOCK {
            let (common, rest) = (reader.short()? as usize, reader.short()? as usize);
            held.truncate(common);
            held.extend_from_slice(reader.take(rest)?);
            let many = reader.short()?;
            let found = held == name.as_bytes();
            let mut places = Vec::new();
            for _ in 0..many {
                let code = reader.short()?;
                let bears = if code % 2 == 0 { Bears::Main } else { Bears::Other };
                places.push((EntryId(code / 2), bears));
            }
            if found {
                places.retain(|(id, _)| (id.0 as usize) < self.rows.len());
                return Some(places);
            }
        }
        None
    }
}

/// The bytes of a packed file, which says how many they are.
fn unpacked(packed: &[u8]) -> Option<Vec<u8>> {
    let many = zstd::zstd_safe::get_frame_content_size(packed).ok()??;
    (many <= LARGEST).then_some(())?;
    zstd::bulk::decompress(packed, usize::try_from(many).ok()?).ok()
}

/// A point between two that are given for one area: half of the way from the first to the second,
/// but no farther than 100 km; the first if the second is so far off that it is of a part only.
fn between(one: Point, other: Point) -> Point {
    const MOST_KM: f64 = 100.0;
    const PART_KM: f64 = 500.0;
    let km = one.km(other);
    let share = if km > PART_KM { 0.0 } else { (MOST_KM / km.max(1.0)).min(0.5) };
    let part = |one: i32, other: i32| one + (f64::from(other - one) * share).round() as i32;
    Point { lat: part(one.lat, other.lat), lon: part(one.lon, other.lon) }
}

#[cfg(test)]
mod tests;
