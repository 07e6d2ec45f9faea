//! Variable sets for exchange: the columns of other people's datasets, as the files in
//! `codebooks/exchange` have them.
//!
//! One file says both ways: which value of ours becomes which cell, and what is read of a cell. The
//! grammar stands in docs/exchange.md. [`cell`] spells one cell, [`map`] writes the map with which
//! `import table` reads such a table back.

mod cell;
mod map;

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use throughline_model::{ValueShape, Variable};

pub use cell::cell;
pub use map::map;

use crate::keys::{Keys, Place, Result, Value, name, number, tables, text, texts};

/// The sets that are part of the program: their names and texts.
pub const SHIPPED: [(&str, &str); 2] = [
    ("gtd", include_str!("../../../codebooks/exchange/gtd.toml")),
    ("plover", include_str!("../../../codebooks/exchange/plover.toml")),
];

/// A variable set for exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// What commands call it.
    pub name: String,
    /// Its name as a heading.
    pub title: String,
    /// The version of its file.
    pub version: u32,
    /// Whose columns these are.
    pub source: String,
    /// The column with the row's id.
    pub id: String,
    /// What an incident read from it is called: a text with columns in braces; else its id.
    pub called: Option<String>,
    /// Remarks.
    pub notes: Option<String>,
    /// What its author asks for and nothing here tells.
    pub beyond: Vec<String>,
    /// The columns after the id.
    pub columns: Vec<Column>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it means, in our words.
    pub means: String,
    /// What stands in it.
    pub holds: Holds,
    /// Terms of ours, and how they are written; where it is empty, values are written as they are.
    pub writes: BTreeMap<String, String>,
    /// Cells, and which terms of ours are read of them.
    pub reads: BTreeMap<String, String>,
    /// Another column, without which a cell of this one says too little: what is read is then the other's
    /// cell and this one's, with a slash between them.
    pub beside: Option<String>,
    /// What is written where nothing is held or nothing corresponds.
    pub unknown: String,
}

/// What stands in a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A value of a variable, or a part of it.
    Variable(Variable, Part),
    /// What is known of the claims on the incident.
    Claim(Claim),
    /// The same in every row.
    Fixed(String),
}

/// Which part of what is held of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All values, with a bar between them.
    All,
    /// The first value, the second, and so on, from 0.
    Nth(usize),
    /// Whether the first value is said with reserve, contested or not reviewed: 1 or 0.
    Doubt,
    /// The year of a date, where it is one year.
    Year,
    /// The month of a date, where it is one month.
    Month,
    /// The day of a date, where it is one day.
    Day,
    /// A date as EDTF.
    Edtf,
    /// A date as EDTF where it is no single day.
    Inexact,
    /// A figure, where it is exact.
    Exact,
}

/// What is known of the claims on an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Whether somebody claims it: 1 or 0.
    Claimed,
    /// By what means the first claim was made.
    Mode,
    /// Whether more than one group claims it: 1 or 0.
    Competing,
}

const PARTS: [(&str, Part); 11] = [
    ("all", Part::All),
    ("first", Part::Nth(0)),
    ("second", Part::Nth(1)),
    ("third", Part::Nth(2)),
    ("doubt", Part::Doubt),
    ("year", Part::Year),
    ("month", Part::Month),
    ("day", Part::Day),
    ("edtf", Part::Edtf),
    ("inexact", Part::Inexact),
    ("exact", Part::Exact),
];

const CLAIMS: [(&str, Claim); 3] =
    [("claimed", Claim::Claimed), ("mode", Claim::Mode), ("competing", Claim::Competing)];

impl Part {
    /// Whether values of this shape have such a part.
    fn fits(self, shape: ValueShape) -> bool {
        match self {
            Part::All | Part::Nth(_) | Part::Doubt => true,
            Part::Year | Part::Month | Part::Day | Part::Edtf | Part::Inexact => {
                shape == ValueShape::Date
            }
            Part::Exact => shape == ValueShape::Figure,
        }
    }
}

/// Reads a variable set for exchange.
///
/// # Errors
/// [`crate::counts::DefinitionError`], with the line, what was found and what was wanted.
pub fn read(toml: &str) -> Result<Exchange> {
    let place = Place { toml };
    let table = DeTable::parse(toml)
        .map_err(|error| place.error(error.span().unwrap_or(0..0), error.message().to_owned()))?;
    let known = ["name", "title", "version", "source", "id", "called", "notes", "beyond", "column"];
    let keys = Keys::of(place, "a set for exchange", table.span(), table.get_ref(), &known)?;
    let id = keys.needed("id", text)?;
    let columns = keys.needed("column", |place, value| {
        const KNOWN: [&str; 10] = [
            "name", "means", "variable", "part", "claim", "fixed", "writes", "reads", "beside",
            "unknown",
        ];
        tables(place, value, ("[[column]]", &KNOWN), column)
    })?;
    let names: Vec<&String> =
        std::iter::once(&id).chain(columns.iter().map(|one| &one.name)).collect();
    if let Some(twice) = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)) {
        return Err(keys.error(format!("the column {:?} stands in it twice", twice.1)));
    }
    let beside = columns.iter().filter_map(|one| one.beside.as_ref());
    if let Some(missing) = beside.into_iter().find(|name| !names.contains(name)) {
        return Err(keys.error(format!("there is no column {missing:?} to stand beside")));
    }
    Ok(Exchange {
        name: keys.needed("name", name)?,
        title: keys.needed("title", text)?,
        version: keys.needed("version", number)?,
        source: keys.needed("source", text)?,
        id,
        called: keys.optional("called", text)?,
        notes: keys.optional("notes", text)?.map(|notes| notes.trim().to_owned()),
        beyond: keys.optional("beyond", texts)?.unwrap_or_default(),
        columns,
    })
}

fn column(keys: &Keys) -> Result<Column> {
    let given = (keys.get("variable"), keys.get("claim"), keys.get("fixed"));
    let holds = match given {
        (Some(_), None, None) => {
            let own = keys.needed("variable", text)?;
            let variable = Variable::from_name(&own)
                .ok_or_else(|| keys.wrong("variable", "the name of a variable"))?;
            let part = match keys.optional("part", text)? {
                None => Part::Nth(0),
                Some(part) => PARTS
                    .into_iter()
                    .find(|(name, one)| *name == part && one.fits(variable.shape()))
                    .map(|(_, part)| part)
                    .ok_or_else(|| {
                        let fit = PARTS.iter().filter(|(_, one)| one.fits(variable.shape()));
                        let fit: Vec<&str> = fit.map(|(name, _)| *name).collect();
                        keys.wrong("part", &format!("for {own}: {}", fit.join(", ")))
                    })?,
            };
            Holds::Variable(variable, part)
        }
        (None, Some(_), None) => {
            let own = keys.needed("claim", text)?;
            let claim = CLAIMS.into_iter().find(|(name, _)| *name == own).map(|(_, claim)| claim);
            Holds::Claim(claim.ok_or_else(|| keys.wrong("claim", "claimed, mode or competing"))?)
        }
        (None, None, Some(_)) => Holds::Fixed(keys.needed("fixed", text)?),
        _ => return Err(keys.error("a column needs one of \"variable\", \"claim\" and \"fixed\"")),
    };
    Ok(Column {
        name: keys.needed("name", text)?,
        means: keys.needed("means", text)?,
        holds,
        writes: keys.optional("writes", words)?.unwrap_or_default(),
        reads: keys.optional("reads", words)?.unwrap_or_default(),
        beside: keys.optional("beside", text)?,
        unknown: keys.optional("unknown", text)?.unwrap_or_default(),
    })
}

/// A table of texts.
fn words(place: Place, value: &Value) -> Result<BTreeMap<String, String>> {
    let DeValue::Table(table) = value.get_ref() else {
        return Err(place.unwanted(value, "a table of texts"));
    };
    table.iter().map(|(key, value)| Ok((key.get_ref().to_string(), text(place, value)?))).collect()
}

#[cfg(test)]
mod tests {
    use crate::codebooks;
    use crate::table::Map;

    use super::*;

    #[test]
    fn every_shipped_set_speaks_of_terms_that_there_are_and_has_a_map() {
        let plot = codebooks::read(codebooks::SHIPPED[0].1).unwrap();
        for (name, toml) in SHIPPED {
            let set = read(toml).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(set.name, name);
            for column in &set.columns {
                let variable = match column.holds {
                    Holds::Variable(variable, _) => variable,
                    Holds::Claim(Claim::Mode) => Variable::Mode,
                    _ => continue,
                };
                let coded = plot.of(variable).unwrap();
                for term in column.writes.keys().chain(column.reads.values()) {
                    let known = coded.values.iter().any(|one| one.value == *term);
                    assert!(known, "{name} {}: {term}", column.name);
                }
                // What is written is read as something, or as nothing on purpose.
                for cell in column.writes.values() {
                    let claim = matches!(column.holds, Holds::Claim(_));
                    let last = |read: &String| read.rsplit('/').next() == Some(cell.as_str());
                    assert!(claim || column.reads.keys().any(last), "{name}: {cell}");
                }
            }
            let map = map(&set);
            Map::read(&map).unwrap_or_else(|error| panic!("{name}: {error}\n{map}"));
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_what_was_wanted() {
        let head = "name = 's'\ntitle = 'S'\nversion = 1\nsource = 'Q'\nid = 'n'\n";
        let column = "[[column]]\nname = 'c'\nmeans = 'M'\n";
        for (text, line, words) in [
            (format!("{head}{column}"), 6, "needs one of"),
            (format!("{head}{column}variable = 'dat'"), 9, "the name of a variable"),
            (format!("{head}{column}variable = 'killed'\npart = 'year'"), 10, "exact"),
            (format!("{head}{column}claim = 'x'"), 9, "claimed, mode or competing"),
            (format!("{head}{column}fixed = 'x'\nwrites = 'x'"), 10, "a table of texts"),
            (format!("{head}{column}fixed = 'x'\n{column}fixed = 'x'"), 1, "stands in it twice"),
        ] {
            let error = read(&text).unwrap_err();
            assert_eq!(error.line, line, "{error}\n{text}");
            assert!(error.text.contains(words), "{error}");
        }
    }
}
