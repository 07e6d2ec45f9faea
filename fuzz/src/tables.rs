//! Tables of coded datasets, and the files that people write about them.

use throughline_formats::table::{Entering, Map, Rows, map_of_export};
use throughline_formats::{claims, codebooks, counts, exchange, likelihood, spelling, typologies};
use throughline_model::{Instant, Variable};

/// A map with every kind of entry; its columns are [`COLUMNS`].
const MAP: &str = r#"
    by = "A coder"
    id = "id"
    name = "attack at {city}"
    blank = ["-9"]

    [cites]
    work = "A data set"
    published = "2020"

    [[value]]
    variable = "date"
    year = "year"
    month = "month"

    [[value]]
    variable = "type"
    column = "type"

    [[value]]
    variable = "killed"
    column = "killed"
    judged = "found"

    [[value]]
    variable = "perpetrator"
    column = "by"
    label = "attacker"

    [[value]]
    variable = "fate"
    of = "attacker"
    column = "fate"
"#;

const COLUMNS: [&str; 8] = ["id", "city", "year", "month", "type", "killed", "by", "fate"];

/// A file that says what something means, of any kind: it is read, or refused with words.
pub fn meanings(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    // What is laid into a sound file gets past its first line.
    let (shipped, sound) = (codebooks::SHIPPED[0].1, map_of_export());
    for toml in [text.to_string(), format!("{shipped}\n{text}"), format!("{sound}\n{text}")] {
        let refusals = [
            Map::read(&toml).err().map(|error| error.to_string()),
            codebooks::read(&toml).err().map(|error| error.to_string()),
            typologies::read(&toml).err().map(|error| error.to_string()),
            claims::read(&toml).err().map(|error| error.to_string()),
            likelihood::read(&toml).err().map(|error| error.to_string()),
            exchange::read(&toml).err().map(|error| error.to_string()),
            counts::read(&toml).err().map(|error| error.to_string()),
        ];
        assert!(refusals.iter().flatten().all(|words| !words.is_empty()));
    }
}

/// A row of a table, its cells between strokes: equal rows say the same, and a fault names what is
/// wrong.
pub fn table(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let map = Map::read(MAP).expect("a sound map");
    let codebook = codebooks::read(codebooks::SHIPPED[0].1).expect("the codebook that ships");
    let columns = COLUMNS.map(str::to_owned);
    let mut cells: Vec<String> = text.split('|').map(str::to_owned).collect();
    cells.resize(COLUMNS.len(), String::new());
    let code = || {
        let entering = Entering { made: Instant(0), codebook: &codebook, rows: &Rows::new() };
        map.code(&columns, &cells, entering)
    };
    match code() {
        Ok(coded) => assert_eq!(code(), Ok(coded)),
        Err(faults) => assert!(faults.iter().all(|fault| !fault.to_string().is_empty())),
    }
}

/// A value as people type it: what is read and written reads the same.
pub fn spelled(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _ = spelling::read_variable(&text);
    for variable in Variable::all() {
        let Ok(value) = spelling::read_value(variable, &text) else { continue };
        if let Some(written) = spelling::write_value(&value) {
            assert_eq!(spelling::read_value(variable, &written), Ok(value), "{written:?}");
        }
    }
}
