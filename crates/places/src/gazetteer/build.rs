//! The gazetteer's file from rows of GeoNames.

use std::collections::BTreeMap;

use super::Bears;
use super::table::{BLOCK, MAGIC, Writer};
use crate::entry::{Kind, Point};
use crate::fold::folded;

/// A row that goes into the gazetteer.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is.
    pub kind: Kind,
    /// The name that it goes by.
    pub name: String,
    /// `US` of a country, `US.PA` of an area and of what lies there.
    pub area: String,
    /// Its point.
    pub point: Point,
    /// How far it reaches, in kilometres; 0 of a city, which its inhabitants tell.
    pub radius_km: u32,
    /// Its inhabitants.
    pub population: u32,
    /// Its number in GeoNames, or 0.
    pub geoname: u32,
    /// Other names that it bears.
    pub others: Vec<String>,
}

/// The bytes of a gazetteer of these rows, which are smallest where neighbours stand together.
///
/// Another name that is not in Latin letters, of fewer than three letters, or in capitals only, as
/// codes of airports are, is left out.
///
/// # Errors
/// If the bytes cannot be packed.
pub fn build(rows: &[Row]) -> std::io::Result<Vec<u8>> {
    let mut areas: Vec<&str> = rows.iter().map(|row| row.area.as_str()).collect();
    areas.sort_unstable();
    areas.dedup();
    let mut names: BTreeMap<String, BTreeMap<u32, Bears>> = BTreeMap::new();
    for (at, row) in (0_u32..).zip(rows) {
        let mut bear = |name: &str, bears: Bears| {
            let key = folded(name);
            if !key.is_empty() {
                let held = names.entry(key).or_default().entry(at).or_insert(bears);
                *held = (*held).min(bears);
            }
        };
        bear(&row.name, Bears::Main);
        let usual = row.others.iter().filter(|other| usual(other));
        usual.for_each(|other| bear(other, Bears::Other));
    }
    let mut file = Writer(MAGIC.to_vec());
    file.list(areas.join("\n").as_bytes());
    let lines: Vec<String> = rows.iter().map(|row| row.name.replace('\n', " ")).collect();
    file.list(lines.join("\n").as_bytes());
    let kinds = rows.iter().map(|row| Kind::ALL.iter().position(|kind| *kind == row.kind));
    file.list(&kinds.map(|kind| kind.unwrap_or_default() as u8).collect::<Vec<u8>>());
    let place = |row: &Row| areas.binary_search(&row.area.as_str()).unwrap_or_default() as u32;
    let columns: [&dyn Fn(&Row) -> u32; 6] = [
        &place,
        &|row| row.point.lat as u32,
        &|row| row.point.lon as u32,
        &|row| row.population,
        &|row| row.radius_km,
        &|row| row.geoname,
    ];
    for column in columns {
        // Differences are small where rows stand in a good order, and pack better.
        let mut before = 0_u32;
        let differences = rows.iter().flat_map(|row| {
            let number = column(row);
            let difference = number.wrapping_sub(before);
            before = number;
            difference.to_le_bytes()
        });
        file.list(&differences.collect::<Vec<u8>>());
    }
    let (starts, blocks) = blocks(&names);
    file.list(&starts.iter().flat_map(|start| start.to_le_bytes()).collect::<Vec<u8>>());
    file.list(&blocks);
    zstd::bulk::compress(&file.0, 19)
}

/// Where blocks of names begin, and the blocks.
fn blocks(names: &BTreeMap<String, BTreeMap<u32, Bears>>) -> (Vec<u32>, Vec<u8>) {
    let (mut starts, mut file) = (Vec::new(), Writer::default());
    let mut before = "";
    for (at, (name, places)) in names.iter().enumerate() {
        if at % BLOCK == 0 {
            starts.push(file.0.len() as u32);
            before = "";
        }
        let common = before.bytes().zip(name.bytes()).take_while(|(one, other)| one == other);
        let common = common.count();
        file.short(common as u32);
        file.short((name.len() - common) as u32);
        file.0.extend_from_slice(&name.as_bytes()[common..]);
        file.short(places.len() as u32);
        for (place, bears) in places {
            file.short(place * 2 + u32::from(*bears != Bears::Main));
        }
        before = name;
    }
    (starts, file.0)
}

/// Whether another name is one that a newspaper may use.
fn usual(name: &str) -> bool {
    let latin =
        |c: char| c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c) || "’ʼ‘ʻ".contains(c);
    name.chars().count() >= 3 && name.chars().all(latin) && name.contains(char::is_lowercase)
}
