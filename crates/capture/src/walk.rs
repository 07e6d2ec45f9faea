//! From paths to documents.

use std::collections::{BTreeSet, VecDeque};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use throughline_model::Document;

use crate::lines::{Line, next_line};
use crate::{
    Cause, Failure, Format, Given, MAX_LINE_BYTES, MAX_TEXT_BYTES, read_record, read_text,
};

/// A document, its bytes and where they were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captured {
    /// The document.
    pub document: Document,
    /// The bytes that its SHA-256 is of.
    pub bytes: Vec<u8>,
    /// The path, with `:line` after it for one line of a JSON Lines file.
    pub place: String,
    /// What the line itself calls the document.
    pub record: Option<String>,
}

/// The documents under some paths: files, folders with all they hold in the order of their names,
/// and `-` for standard input.
///
/// Memory is bounded by the largest single document, whatever the size of the files.
pub fn capture(paths: impl IntoIterator<Item = PathBuf>, given: Given) -> Items {
    capture_with_input(paths, given, || Box::new(BufReader::new(io::stdin())))
}

/// As [`capture`], with another standard input.
pub fn capture_with_input(
    paths: impl IntoIterator<Item = PathBuf>,
    given: Given,
    input: impl FnOnce() -> Box<dyn BufRead + Send> + Send + 'static,
) -> Items {
    Items {
        given,
        open: paths.into_iter().map(|path| Open { path, named: true }).collect(),
        folders: BTreeSet::new(),
        lines: None,
        input: Some(Box::new(input)),
    }
}

/// An iterator over documents, and over the reasons why some could not be captured.
pub struct Items {
    given: Given,
    open: VecDeque<Open>,
    /// Folders that were entered, so that a link to one of them is not followed again.
    folders: BTreeSet<PathBuf>,
    lines: Option<Lines>,
    input: Option<Box<dyn FnOnce() -> Box<dyn BufRead + Send> + Send>>,
}

/// A path that is still to be read.
struct Open {
    path: PathBuf,
    /// Whether the user named it, rather than a folder that holds it.
    named: bool,
}

/// A JSON Lines file that is being read.
struct Lines {
    place: String,
    number: u64,
    documents: u64,
    input: Box<dyn BufRead + Send>,
}

type Item = Result<Captured, Failure>;

impl Iterator for Items {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.next(&self.given) {
                    Some(item) => return Some(item),
                    None => self.lines = None,
                }
            }
            let open = self.open.pop_front()?;
            let place = open.path.display().to_string();
            match self.enter(open) {
                Ok(None) => {}
                Ok(Some(captured)) => return Some(Ok(captured)),
                Err(cause) => return Some(Err(cause.at(place))),
            }
        }
    }
}

impl Items {
    fn enter(&mut self, open: Open) -> Result<Option<Captured>, Cause> {
        let Open { path, named } = open;
        if path.as_os_str() == "-" {
            return self.enter_input();
        }
        let about = fs::metadata(&path).map_err(Cause::of_io)?;
        if about.is_dir() {
            self.enter_folder(&path)?;
            return Ok(None);
        }
        if !about.is_file() && !named {
            return Err(Cause::NotAFile);
        }
        let format = match self.given.format {
            Some(format) => format,
            None => Format::of_path(&path)?,
        };
        let place = path.display().to_string();
        if format == Format::Text && about.is_file() && about.len() > MAX_TEXT_BYTES {
            return Err(Cause::TooLarge { bytes: Some(about.len()), limit: MAX_TEXT_BYTES });
        }
        let file = File::open(&path).map_err(Cause::of_io)?;
        self.read(format, Box::new(BufReader::new(file)), place)
    }

    fn enter_input(&mut self) -> Result<Option<Captured>, Cause> {
        // Standard input has one end; named twice, it is empty the second time.
        let Some(input) = self.input.take() else { return Err(Cause::Empty) };
        let mut input = input();
        let format = match self.given.format {
            Some(format) => format,
            None => Format::of_start(input.fill_buf().map_err(Cause::of_io)?),
        };
        self.read(format, input, "-".to_owned())
    }

    fn enter_folder(&mut self, path: &Path) -> Result<(), Cause> {
        let own = fs::canonicalize(path).map_err(Cause::of_io)?;
        if !self.folders.insert(own) {
            return Ok(());
        }
        let mut inside = Vec::new();
        for entry in fs::read_dir(path).map_err(Cause::of_io)? {
            let entry = entry.map_err(Cause::of_io)?;
            // Files that programs hide in folders, such as .DS_Store, are not documents, nor is the
            // casebook that is being filled.
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if !name.starts_with('.') && !is_casebook(&name) {
                inside.push(entry.path());
            }
        }
        inside.sort();
        for path in inside.into_iter().rev() {
            self.open.push_front(Open { path, named: false });
        }
        Ok(())
    }

    fn read(
        &mut self,
        format: Format,
        mut input: Box<dyn BufRead + Send>,
        place: String,
    ) -> Result<Option<Captured>, Cause> {
        match format {
            Format::JsonLines => {
                let start = input.fill_buf().map_err(Cause::of_io)?;
                if start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF") {
                    return Err(Cause::Utf16Lines);
                }
                if start.is_empty() {
                    return Err(Cause::Empty);
                }
                self.lines = Some(Lines { place, number: 0, documents: 0, input });
                Ok(None)
            }
            Format::Text => {
                let mut bytes = Vec::new();
                let limit = MAX_TEXT_BYTES;
                input.take(limit + 1).read_to_end(&mut bytes).map_err(Cause::of_io)?;
                if bytes.len() as u64 > limit {
                    return Err(Cause::TooLarge { bytes: None, limit });
                }
                let document = read_text(&bytes, &self.given)?;
                Ok(Some(Captured { document, bytes, place, record: None }))
            }
        }
    }
}

/// Whether a name is that of a casebook, or of what lies beside one while it is open.
fn is_casebook(name: &str) -> bool {
    let beside = ["-wal", "-shm", "-journal"].iter().find_map(|end| name.strip_suffix(end));
    beside.unwrap_or(name).ends_with(".casebook")
}

impl Lines {
    fn next(&mut self, given: &Given) -> Option<Item> {
        loop {
            self.number += 1;
            let place = format!("{}:{}", self.place, self.number);
            let line = match next_line(&mut *self.input, MAX_LINE_BYTES) {
                Ok(Some(Line::Whole(line))) => line,
                Ok(Some(Line::TooLong { bytes })) => {
                    self.documents += 1;
                    let cause = Cause::TooLarge { bytes: Some(bytes), limit: MAX_LINE_BYTES };
                    return Some(Err(cause.at(place)));
                }
                Ok(None) if self.documents == 0 => {
                    self.documents = 1;
                    return Some(Err(Cause::Empty.at(self.place.clone())));
                }
                Ok(None) => return None,
                Err(error) => {
                    // The rest of a file that cannot be read is lost; its first lines are not.
                    self.input = Box::new(io::empty());
                    self.documents += 1;
                    return Some(Err(Cause::of_io(error).at(place)));
                }
            };
            if line.trim_ascii().is_empty() {
                continue;
            }
            self.documents += 1;
            return Some(match read_record(&line, given) {
                Ok(record) => Ok(Captured {
                    document: record.document,
                    bytes: line,
                    place,
                    record: record.id,
                }),
                Err(cause) => Err(cause.at(place)),
            });
        }
    }
}
