//! Makes the reader's table of places from GeoNames: `cargo xtask places FOLDER`.
//!
//! The folder holds three tab-separated files with a header line:
//!
//! - `cities500.tsv`: geonameid, name, country, admin1, lat, lon, population, alternate
//!   names joined by bars;
//! - `admin1.tsv`: code, name, lat, lon, population;
//! - `countries.tsv`: iso, iso3, geonameid, name, capital, population, lat, lon.
//!
//! The table has a line a name, sorted by bytes, so that the reader can search the text of
//! the file itself and has nothing to load: the name in lower case, the code of its country
//! with a class, and for another name of a place the name it goes by:
//!
//! ```text
//! peking  CN7     Beijing
//! peru    PEc
//! ```
//!
//! Classes: `c` a country, `r` a first-level area, a digit the power of ten of a city's
//! population. Of two places with one name the greater stays, and one
//! that goes by the name before one that has it as another. "City of X" is found as X too.
//!
//! Taken in: all countries; first-level areas of 100,000 people or more; cities of 15,000
//! or more, and capitals; of other names those in Latin letters of cities of 200,000 or
//! more, and of capitals. Left out: names of fewer than three letters ("Of", "Y"), with
//! figures or brackets, in capitals only (codes of airports), and other names of fewer than
//! five letters, which are mostly romanisations that no newspaper uses ("Hu", "Mosu").

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

const TABLE: &str = "crates/read/resources/places.tsv";

/// A name's country, class, weight among places of that name, and main name.
struct Place {
    country: String,
    class: char,
    weight: u64,
    main: Option<String>,
}

/// Reads the folder and writes the table.
pub(crate) fn build(folder: Option<String>) -> ExitCode {
    let Some(folder) = folder else {
        eprintln!(
            "usage: cargo xtask places FOLDER, which holds GeoNames as xtask/src/places.rs says"
        );
        return ExitCode::from(2);
    };
    match table(Path::new(&folder)).and_then(|table| {
        std::fs::write(TABLE, table).map_err(|error| format!("cannot write {TABLE}: {error}"))
    }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn table(folder: &Path) -> Result<String, String> {
    let read = |file: &str| {
        let path = folder.join(file);
        std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let (cities, areas, countries) =
        (read("cities500.tsv")?, read("admin1.tsv")?, read("countries.tsv")?);
    let rows = |text: &str| -> Vec<Vec<String>> {
        text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
    };
    let mut places = BTreeMap::new();
    let mut capitals = Vec::new();
    for row in rows(&countries) {
        let [iso, _, _, name, capital, ..] = &row[..] else { continue };
        add(&mut places, name, iso, 'c', u64::MAX, None);
        capitals.push((iso.clone(), capital.clone()));
    }
    for row in rows(&areas) {
        let [code, name, _, _, population] = &row[..] else { continue };
        let population: u64 = population.parse().unwrap_or(0);
        if population >= 100_000 {
            // An area is spoken of less often than a city of its size.
            add(&mut places, name, &code[..2], 'r', population / 8, None);
        }
    }
    for row in rows(&cities) {
        let [_, name, country, _, _, _, population, others] = &row[..] else { continue };
        let population: u64 = population.parse().unwrap_or(0);
        let capital = capitals.iter().any(|(iso, city)| iso == country && city == name);
        if population < 15_000 && !capital {
            continue;
        }
        let power = population.max(10_000).ilog10();
        let class = char::from_digit(power, 10).unwrap_or('9');
        // A capital is spoken of more often than its size tells.
        let weight = if capital { population.saturating_mul(20) } else { population };
        add(&mut places, name, country, class, weight, None);
        if let Some(short) = name.strip_prefix("City of ") {
            add(&mut places, short, country, class, weight, None);
        }
        if population >= 200_000 || capital {
            let others = others.split('|').filter(|other| usual(other));
            for other in others {
                add(&mut places, other, country, class, weight, Some(name));
            }
        }
    }
    let mut table = String::new();
    for (name, place) in &places {
        table.push_str(&format!("{name}\t{}{}", place.country, place.class));
        if let Some(main) = &place.main {
            table.push_str(&format!("\t{main}"));
        }
        table.push('\n');
    }
    Ok(table)
}

/// Whether another name is one that a newspaper may use.
fn usual(name: &str) -> bool {
    name.chars().count() >= 5
        && name.chars().filter(|c| c.is_alphabetic()).any(char::is_lowercase)
        && name.split(' ').all(|word| word.starts_with(char::is_uppercase))
        && name.split(' ').count() < 4
}

fn add(
    places: &mut BTreeMap<String, Place>,
    name: &str,
    country: &str,
    class: char,
    weight: u64,
    main: Option<&String>,
) {
    let latin = |c: char| c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c) || c == '’';
    let odd = |c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | ',' | '/' | '"');
    if name.chars().count() < 3 || !name.chars().all(latin) || name.contains(odd) {
        return;
    }
    let written = name.to_lowercase().replace('’', "'");
    let plain = deunicode::deunicode(&written).to_lowercase();
    for key in [written, plain] {
        let better = places
            .get(&key)
            .is_none_or(|held| (held.main.is_none(), held.weight) < (main.is_none(), weight));
        if better {
            let place = Place { country: country.to_owned(), class, weight, main: main.cloned() };
            places.insert(key, place);
        }
    }
}
