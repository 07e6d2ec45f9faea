//! `throughline import table`: a coded dataset, row by row.

use std::fs;
use std::io::BufRead;
use std::path::Path;

use anyhow::{Context, ensure};
use throughline_casebook::{Casebook, Disposition, Item, Stored};
use throughline_formats::table::{Coded, Entering, Fault, Map, Rows};
use throughline_model::{DocumentId, Judgment, Reading};

use super::{Brought, input};
use crate::commands::judge::now;
use crate::output::decoded;

/// How many rows become durable together.
const BATCH: usize = 256;

pub(super) fn import(path: &Path, file: &Path, map_file: &Path) -> anyhow::Result<Brought> {
    let map = fs::read(map_file)
        .with_context(|| format!("{} cannot be read; check the path", map_file.display()))?;
    let map = Map::read(&decoded(&map)).with_context(|| map_file.display().to_string())?;
    let (mut reader, place) = input(file)?;
    // With such line ends, the reader takes the line feed for a part of the next row.
    let first = reader.fill_buf().with_context(|| place.clone())?;
    let at = first.iter().position(|byte| *byte == b'\n');
    let ahead = u64::from(at.is_some_and(|at| at > 0 && first[at - 1] == b'\r'));
    let mut table =
        csv::ReaderBuilder::new().delimiter(map.delimiter()).flexible(true).from_reader(reader);
    let columns: Vec<String> = table
        .byte_headers()
        .with_context(|| format!("{place} is no table"))?
        .iter()
        .map(|cell| decoded(cell).trim().to_owned())
        .collect();
    ensure!(
        columns.iter().any(|name| !name.is_empty()),
        "{place}: nothing in it; the first line must name the columns"
    );
    map.check_columns(&columns).with_context(|| place.clone())?;

    // Opened only now: a map that does not fit makes no casebook.
    let mut import = Import {
        casebook: Casebook::open_or_create(path)?,
        place,
        reader: format!("import:{}", map.by()),
        rows: Vec::new(),
        brought: Brought::default(),
    };
    let codebook = import.casebook.codebook()?.codebook;
    let entering = |rows| Entering { made: now(), codebook: &codebook, rows };
    let mut lines = Lines { table, ahead };
    let none = Rows::new();
    if !map.names_rows() {
        while let Some(cells) = lines.next(&mut import)? {
            import.take(cells.0, map.code(&columns, &cells.1, entering(&none)))?;
        }
    } else {
        // A row can name one that comes after it, so all are known before the first is taken. What
        // names a row that is left out names an incident of its own.
        let mut all = Vec::new();
        let mut rows = Rows::new();
        while let Some((line, cells)) = lines.next(&mut import)? {
            if let Ok(coded) = map.code(&columns, &cells, entering(&none)) {
                rows.insert(coded.row, coded.incident);
            }
            all.push((line, cells));
        }
        for (line, cells) in all {
            import.take(line, map.code(&columns, &cells, entering(&rows)))?;
        }
    }
    import.flush()?;
    import.casebook.settle(|_| {})?;
    Ok(import.brought)
}

/// The rows of a table, one after the other.
struct Lines {
    table: csv::Reader<Box<dyn BufRead>>,
    ahead: u64,
}

impl Lines {
    /// The next row that can be read, with its line. Whatever else is wrong with a line, the reader
    /// goes on after it; a failing disk is the end.
    fn next(&mut self, import: &mut Import) -> anyhow::Result<Option<(u64, Vec<String>)>> {
        let mut row = csv::ByteRecord::new();
        loop {
            match self.table.read_byte_record(&mut row) {
                Ok(false) => return Ok(None),
                Ok(true) => {
                    let line = row.position().map_or(0, csv::Position::line) + self.ahead;
                    return Ok(Some((line, row.iter().map(decoded).collect())));
                }
                Err(error) if error.is_io_error() => {
                    return Err(error).with_context(|| import.place.clone());
                }
                Err(error) => {
                    import.brought.failures.add(format!("{}: {error}", import.place));
                }
            }
        }
    }
}

struct Import {
    casebook: Casebook,
    place: String,
    reader: String,
    /// Rows by their lines.
    rows: Vec<(u64, Coded)>,
    brought: Brought,
}

impl Import {
    fn take(&mut self, line: u64, coded: Result<Coded, Vec<Fault>>) -> anyhow::Result<()> {
        match coded {
            Ok(coded) => self.rows.push((line, coded)),
            Err(faults) => {
                for fault in faults {
                    self.brought.failures.add_of_row(&self.place, line, fault.to_string());
                }
            }
        }
        if self.rows.len() >= BATCH {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> anyhow::Result<()> {
        let rows = std::mem::take(&mut self.rows);
        let items: Vec<Item> = rows
            .iter()
            .map(|(_, coded)| Item {
                document: &coded.document,
                bytes: &[],
                pictures: &[],
                reading: None,
            })
            .collect();
        let stored = self.casebook.store(&items)?;
        let mut new: Vec<Row> = Vec::new();
        let mut again: Vec<Row> = Vec::new();
        for ((line, coded), stored) in rows.iter().zip(stored) {
            match stored {
                Stored::New => {
                    self.brought.documents += 1;
                    new.push((*line, coded));
                }
                Stored::Forgotten => self.brought.failures.add(format!(
                    "{}:{line}: this row was removed from the casebook, and is not taken again",
                    self.place
                )),
                Stored::Known | Stored::Read | Stored::Text | Stored::OtherDate { .. } => {
                    match self.held(&new, coded)? {
                        Held::Not => new.push((*line, coded)),
                        Held::Same => {
                            self.brought.known += 1;
                            again.push((*line, coded));
                        }
                        Held::Other => self.brought.failures.add(format!(
                            "{}:{line}: {} says something else than when it was first brought in; what \
                             stands stays. Cite the new edition as another work, or judge the values \
                             (`throughline assertions --document {}` lists them)",
                            self.place, named(coded), coded.document.id
                        )),
                    }
                }
            }
        }
        let filed: Vec<(DocumentId, &str, &Reading)> = new
            .iter()
            .map(|(_, coded)| (coded.document.id, self.reader.as_str(), &coded.reading))
            .collect();
        self.brought.readings += self.casebook.file(&filed)?.into_iter().filter(|new| *new).count();
        // Also of rows that were filed before: an import that was cut short goes on here.
        let judged: Vec<(u64, &Judgment)> = new
            .iter()
            .chain(&again)
            .flat_map(|(line, coded)| coded.judgments.iter().map(|judgment| (*line, judgment)))
            .collect();
        let only: Vec<Judgment> = judged.iter().map(|(_, judgment)| (*judgment).clone()).collect();
        for ((line, judgment), done) in judged.iter().zip(self.casebook.import_judgments(&only)?) {
            match done {
                Ok(Disposition::Entered) => self.brought.judgments += 1,
                Ok(Disposition::Known) => {}
                Ok(Disposition::HeldApart(_)) => self.brought.failures.add(format!(
                    "{}:{line}: {} contradicts other judgments and is held apart",
                    self.place, judgment.id
                )),
                Err(error) => self.brought.failures.add(format!("{}:{line}: {error}", self.place)),
            }
        }
        Ok(())
    }

    /// Whether the casebook holds what a row says.
    fn held(&self, new: &[Row], coded: &Coded) -> anyhow::Result<Held> {
        // The same row twice in one table.
        if let Some((_, other)) =
            new.iter().find(|(_, other)| other.document.id == coded.document.id)
        {
            return Ok(if other.reading == coded.reading { Held::Same } else { Held::Other });
        }
        let filed = self.casebook.filed(coded.document.id)?;
        let mut own = filed.iter().filter(|(reader, _)| *reader == self.reader).peekable();
        if own.peek().is_none() {
            return Ok(Held::Not);
        }
        let same = own.any(|(_, reading)| *reading == coded.reading);
        Ok(if same { Held::Same } else { Held::Other })
    }
}

/// A row and its line.
type Row<'a> = (u64, &'a Coded);

enum Held {
    Not,
    Same,
    Other,
}

fn named(coded: &Coded) -> String {
    coded.document.title.clone().unwrap_or_default()
}
