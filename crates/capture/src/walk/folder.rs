//! Files, folders and standard input.

use std::collections::{BTreeSet, VecDeque};
use std::fs::{self, File};
use std::io::{BufRead, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::budget::Arriving;
use super::{Budget, Entry, Flow, Handle, Input, Knows, Walk};
use crate::beside::Beside;
use crate::families::is_hidden;
use crate::passed_over::is_beside_a_page;
use crate::recognise::START;
use crate::telegram::{holds_media, is_messages_page};
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
    /// The folder that the user named and that holds it; `None` for what the user named itself.
    root: Option<Rc<Path>>,
}

impl Folders {
    pub(super) fn new(paths: Vec<PathBuf>, input: StandardInput) -> Folders {
        let open = paths.into_iter().map(|path| Open { path, root: None }).collect();
        Folders { open, entered: BTreeSet::new(), input: Some(input) }
    }

    pub(super) fn walk(mut self, walk: &mut Walk<'_>) -> Flow {
        while let Some(open) = self.open.pop_front() {
            walk.budget = Rc::new(Budget::default());
            let place = open.path.display().to_string();
            if open.root.is_none() {
                walk.outside = outside(&open.path);
            }
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
        let Open { path, root } = open;
        let named = root.is_none();
        if let Some(root) = &root
            && fs::symlink_metadata(&path).map_err(Cause::of_io)?.is_symlink()
            && !fs::canonicalize(&path).map_err(Cause::of_io)?.starts_with(root)
        {
            return Err(Cause::LeadsOut);
        }
        let about = fs::metadata(&path).map_err(Cause::of_io)?;
        if about.is_dir() {
            return self.enter(&path, root, walk);
        }
        if !about.is_file() && !named {
            return Err(Cause::NotAFile);
        }
        if waits(&path, &about) {
            return Err(Cause::Fifo);
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
            beside: about.is_file().then(|| Beside::File(path.clone())),
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
            beside: None,
            input: Input::stream(&mut input),
        };
        Ok(walk.take(entry))
    }

    fn enter(
        &mut self,
        path: &Path,
        root: Option<Rc<Path>>,
        walk: &mut Walk<'_>,
    ) -> Result<Flow, Cause> {
        let own = fs::canonicalize(path).map_err(Cause::of_io)?;
        if !self.entered.insert(own.clone()) {
            return Ok(ControlFlow::Continue(()));
        }
        let root = root.unwrap_or_else(|| own.into());
        let (mut inside, mut hidden) = (Vec::new(), Vec::new());
        for entry in fs::read_dir(path).map_err(Cause::of_io)? {
            let entry = entry.map_err(Cause::of_io)?;
            // Files that programs hide in folders, such as .DS_Store, are not documents.
            match is_hidden(&entry.file_name().to_string_lossy()) {
                true => hidden.push(entry.path()),
                false => inside.push(entry.path()),
            }
        }
        if passes_over(&hidden, PassedOver::Hidden, walk).is_break() {
            return Ok(ControlFlow::Break(()));
        }
        inside.sort();
        let names: BTreeSet<String> = inside.iter().filter_map(|path| file_name(path)).collect();
        let for_browsers = is_for_browsers(path);
        for path in inside.into_iter().rev() {
            let name = file_name(&path).unwrap_or_default();
            // Nor is the casebook that is being filled, nor what lies beside it.
            if is_casebook(&name, &names) {
                continue;
            }
            let beside = is_beside_a_page(&name, |page| names.contains(page));
            // What lies beside an export belongs to its messages, and comes along with them.
            let is_part = holds_media(&name, path.is_dir());
            let of_export = names.contains("result.json") || for_browsers && path.is_dir();
            if of_export && is_part {
                if passes_over(&[path], PassedOver::Media, walk).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
                continue;
            }
            if beside && path.is_dir() {
                if passes_over(&[path], PassedOver::Companion, walk).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
                continue;
            }
            self.open.push_front(Open { path, root: Some(Rc::clone(&root)) });
        }
        Ok(ControlFlow::Continue(()))
    }
}

/// How many bytes stand before the name of what the user named, in a place as it is displayed.
/// Standard input has no name, and of a folder named as `.` or `..` there is none to show.
fn outside(named: &Path) -> Option<usize> {
    if named.as_os_str() == "-" {
        return None;
    }
    let whole = named.display().to_string();
    let Some(name) = named.file_name() else { return Some(whole.len()) };
    let name = name.to_string_lossy().into_owned();
    // Behind a name there may be separators, and `/.`.
    whole.rfind(&name)
}

/// Whether a folder is an export of a channel in pages for browsers.
fn is_for_browsers(folder: &Path) -> bool {
    let mut start = Vec::new();
    File::open(folder.join("messages.html"))
        .and_then(|file| file.take(START as u64).read_to_end(&mut start))
        .is_ok_and(|_| is_messages_page(&start))
}

fn file_name(path: &Path) -> Option<String> {
    Some(path.file_name()?.to_string_lossy().into_owned())
}

/// Passes over files, and all that lie in folders.
fn passes_over(paths: &[PathBuf], what: PassedOver, walk: &mut Walk<'_>) -> Flow {
    for _ in 0..paths.iter().map(|path| files_below(path)).sum() {
        walk.pass_over(what)?;
    }
    ControlFlow::Continue(())
}

/// How many files a path is, or holds as a folder: links are not followed.
fn files_below(folder: &Path) -> usize {
    let Ok(entries) = fs::read_dir(folder) else { return usize::from(folder.is_file()) };
    let count = |entry: fs::DirEntry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => files_below(&entry.path()),
        _ => 1,
    };
    entries.filter_map(Result::ok).map(count).sum()
}

/// Whether a name is that of a casebook, or of what lies beside one while it is open.
///
/// A database that is open is told by these files alone: if it is the casebook that is being filled,
/// to open it once more and close it would take away the locks on it.
pub(super) fn is_casebook(name: &str, names: &BTreeSet<String>) -> bool {
    const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];
    let database = BESIDE.iter().find_map(|end| name.strip_suffix(end));
    let is_open = names.contains(&format!("{name}-wal")) && names.contains(&format!("{name}-shm"));
    is_open
        || database.is_some_and(|database| names.contains(database))
        || database.unwrap_or(name).ends_with(".casebook")
}

/// Whether to open a path may wait for ever: a named pipe, into which nobody may ever write. One that a
/// shell opened for a command (`<(…)`, /dev/fd/63) has a writer.
#[cfg(unix)]
fn waits(path: &Path, about: &fs::Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    let open = ["/dev/fd", "/proc"].iter().any(|folder| path.starts_with(folder));
    about.file_type().is_fifo() && !open
}

#[cfg(not(unix))]
fn waits(_: &Path, _: &fs::Metadata) -> bool {
    false
}
