//! Files that were sent, as a browser sends those that somebody chose.
//!
//! Each lies somewhere under a name that nobody else chose, and came with a name of its own, which
//! is words: it tells the format, what belongs to what, and where a document stands, and nothing is
//! opened or written by it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::folder::is_casebook;
use super::{Budget, Entry, Flow, Handle, Input, Knows, Walk};
use crate::beside::{Absent, Beside, MAX_PICTURE_BYTES, bounded};
use crate::families::{Asks, Families, cut, is_hidden, short};
use crate::recognise::START;
use crate::{Cause, PassedOver};

/// A file that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The name that it came with, below the folder that was chosen, its parts apart by `/`.
    pub name: String,
    /// Where its bytes lie.
    pub path: PathBuf,
}

/// Takes in what was sent, file by file in the order of their names, as a folder is walked.
pub(super) fn walk(mut files: Vec<Sent>, walk: &mut Walk<'_>) -> Flow {
    files.sort_by(|one, other| one.name.split('/').cmp(other.name.split('/')));
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in &files {
        let (folder, last) = cut(&file.name);
        names.entry(folder.to_owned()).or_default().insert(last.to_owned());
    }
    let families = Rc::new(noted(&files));
    for file in files {
        let (folder, last) = cut(&file.name);
        let is_casebook = names.get(folder).is_some_and(|names| is_casebook(last, names));
        if is_casebook {
            continue;
        }
        if is_hidden(&file.name) {
            walk.pass_over(PassedOver::Hidden)?;
            continue;
        }
        match families.part(&file.name) {
            Some(part) => walk.pass_over(part)?,
            None => take(&file, &families, walk)?,
        }
    }
    ControlFlow::Continue(())
}

fn take(file: &Sent, families: &Rc<Families<PathBuf>>, walk: &mut Walk<'_>) -> Flow {
    walk.budget = Rc::new(Budget::default());
    let place = short(&file.name);
    let handle = match File::open(&file.path).and_then(Handle::new) {
        Ok(handle) => handle,
        Err(error) => return walk.fail(place, Cause::of_io(error)),
    };
    walk.budget.came_in(handle.length());
    let (folder, last) = cut(&file.name);
    let families = Rc::clone(families);
    let bytes = move |name: &str| bytes_of(families.picture(name).ok_or(Absent::NotThere)?);
    let entry = Entry {
        place,
        name: last.to_owned(),
        format: walk.given.format,
        media_type: None,
        // One that was chosen by itself, and not with the folder that holds it.
        named: folder.is_empty(),
        kept: true,
        depth: 0,
        knows: Knows::default(),
        beside: Some(Beside::Named { folder: folder.to_owned(), bytes: Rc::new(bytes) }),
        input: Input::File(handle),
    };
    walk.take(entry)
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Absent> {
    let file = File::open(path).map_err(|_| Absent::NotThere)?;
    if file.metadata().is_ok_and(|about| about.len() > MAX_PICTURE_BYTES) {
        return Err(Absent::TooLarge);
    }
    bounded(file).map_err(|absent| absent.unwrap_or(Absent::NotThere))
}

/// What belongs to what among them.
fn noted(files: &[Sent]) -> Families<PathBuf> {
    let mut found = Families::default();
    for file in files {
        match found.note(&file.name) {
            Asks::Nothing => {}
            Asks::Beginning => {
                let mut start = Vec::new();
                let read = File::open(&file.path)
                    .and_then(|open| open.take(START as u64).read_to_end(&mut start));
                if read.is_ok() {
                    found.begins(&file.name, &start);
                }
            }
            Asks::Place => found.holds(file.name.clone(), file.path.clone()),
        }
    }
    found.closed()
}
