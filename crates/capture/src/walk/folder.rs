//! Files, folders and standard input.

use std::collections::{BTreeSet, VecDeque};
use std::fs::{self, File};
use std::io::BufRead;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::budget::Arriving;
use super::{Budget, Entry, Flow, Handle, Input, Knows, Walk};
use crate::passed_over::is_beside_a_page;
use crate::telegram::holds_media;
use crate::{Cause, PassedOver};

pub(super) type StandardInput = Box<dyn FnOnce() -> Box<dyn BufRead + Send> + Send>;

/// The paths that are still to be read.
pub(super) struct Folders {
    open: VecDeque<Open>,
    /// Folders that were entered, so that a link to one of them is not followed again.
    entered: BTreeSet<PathBuf>,
    input: Option<StandardInput>,
}

struct Open {
    path: PathBuf,
    /// Whether the user named it, rather than a folder that holds it.
    named: bool,
}

impl Folders {
    pub(super) fn new(paths: Vec<PathBuf>, input: StandardInput) -> Folders {
        let open = paths.into_iter().map(|path| Open { path, named: true }).collect();
        Folders { open, entered: BTreeSet::new(), input: Some(input) }
    }

    pub(super) fn walk(mut self, walk: &mut Walk<'_>) -> Flow {
        while let Some(open) = self.open.pop_front() {
            walk.budget = Rc::new(Budget::default());
            let place = open.path.display().to_string();
            let found = match open.path.as_os_str() == "-" {
                true => self.take_input(walk),
                false => self.take(open, walk),
            };
            match found {
                Ok(flow) => flow?,
                Err(cause) => walk.fail(place, cause)?,
            }
        }
        ControlFlow::Continue(())
    }

    fn take(&mut self, open: Open, walk: &mut Walk<'_>) -> Result<Flow, Cause> {
        let Open { path, named } = open;
        let about = fs::metadata(&path).map_err(Cause::of_io)?;
        if about.is_dir() {
            return self.enter(&path, walk);
        }
        if !about.is_file() && !named {
            return Err(Cause::NotAFile);
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let file = File::open(&path).map_err(Cause::of_io)?;
        let entry = |input| Entry {
            place: path.display().to_string(),
            name,
            format: walk.given.format,
            media_type: None,
            named,
            kept: true,
            depth: 0,
            knows: Knows::default(),
            path: about.is_file().then(|| path.clone()),
            input,
        };
        if !about.is_file() {
            // A pipe that the user named is read as standard input is.
            let mut input = Arriving::new(std::io::BufReader::new(file), &walk.budget);
            let entry = entry(Input::stream(&mut input));
            return Ok(walk.take(entry));
        }
        let file = Handle::new(file).map_err(Cause::of_io)?;
        walk.budget.came_in(file.length());
        let entry = entry(Input::File(file));
        Ok(walk.take(entry))
    }

    fn take_input(&mut self, walk: &mut Walk<'_>) -> Result<Flow, Cause> {
        // Standard input has one end; named twice, it is empty the second time.
        let Some(input) = self.input.take() else { return Err(Cause::Empty) };
        let mut input = Arriving::new(input(), &walk.budget);
        let entry = Entry {
            place: "-".to_owned(),
            name: String::new(),
            format: walk.given.format,
            media_type: None,
            named: true,
            kept: true,
            depth: 0,
            knows: Knows::default(),
            path: None,
            input: Input::stream(&mut input),
        };
        Ok(walk.take(entry))
    }

    fn enter(&mut self, path: &Path, walk: &mut Walk<'_>) -> Result<Flow, Cause> {
        let own = fs::canonicalize(path).map_err(Cause::of_io)?;
        if !self.entered.insert(own) {
            return Ok(ControlFlow::Continue(()));
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
        let names: BTreeSet<String> = inside.iter().filter_map(|path| file_name(path)).collect();
        for path in inside.into_iter().rev() {
            let beside = file_name(&path)
                .is_some_and(|name| is_beside_a_page(&name, |page| names.contains(page)));
            // What lies beside an export belongs to its messages, and comes along with them.
            if names.contains("result.json") && holds_media(&path) {
                for _ in 0..files_below(&path) {
                    if walk.pass_over(PassedOver::Media).is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                }
                continue;
            }
            if beside && path.is_dir() {
                for _ in 0..files_below(&path) {
                    if walk.pass_over(PassedOver::Companion).is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                }
                continue;
            }
            self.open.push_front(Open { path, named: false });
        }
        Ok(ControlFlow::Continue(()))
    }
}

fn file_name(path: &Path) -> Option<String> {
    Some(path.file_name()?.to_string_lossy().into_owned())
}

/// How many files lie in a folder that a browser saved beside a page: links are not followed.
fn files_below(folder: &Path) -> usize {
    let Ok(entries) = fs::read_dir(folder) else { return usize::from(folder.is_file()) };
    let count = |entry: fs::DirEntry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => files_below(&entry.path()),
        _ => 1,
    };
    entries.filter_map(Result::ok).map(count).sum()
}

/// Whether a name is that of a casebook, or of what lies beside one while it is open.
fn is_casebook(name: &str) -> bool {
    let beside = ["-wal", "-shm", "-journal"].iter().find_map(|end| name.strip_suffix(end));
    beside.unwrap_or(name).ends_with(".casebook")
}
