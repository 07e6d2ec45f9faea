//! The walk as an iterator.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Cursor};
use std::ops::ControlFlow;
use std::panic;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::JoinHandle;

use super::folder::{Folders, StandardInput};
use super::sent::{self, Sent};
use super::{Captured, Entry, Flow, Handle, Step, Walk};
use crate::{Cause, Failure, Given, PassedOver};

/// The documents under some paths: files, folders with all they hold in the order of their names,
/// archives with all that they hold, and `-` for standard input.
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
    let paths: Vec<PathBuf> = paths.into_iter().collect();
    let input: StandardInput = Box::new(input);
    Items::of(given, move |walk| Folders::new(paths, input).walk(walk))
}

/// The documents in files that were sent, in the order of their names: as those of a folder that
/// holds them by these names.
pub fn capture_sent(files: Vec<Sent>, given: Given) -> Items {
    Items::of(given, move |walk| sent::walk(files, walk))
}

/// The documents in a file of this name and these bytes, one after the other.
pub fn capture_bytes(
    name: &str,
    bytes: &[u8],
    given: &Given,
    mut each: impl FnMut(Result<Captured, Failure>),
) {
    let mut out = |step| {
        match step {
            Step::Document(captured) => each(Ok(*captured)),
            Step::Failure(failure) => each(Err(failure)),
            Step::PassedOver(_) => {}
        }
        ControlFlow::Continue(())
    };
    let mut walk = Walk::new(given, &mut out);
    walk.budget.came_in(bytes.len() as u64);
    // Nobody breaks it off.
    let _ = match Handle::new(Cursor::new(bytes)) {
        Ok(file) => walk.take(Entry::file(name, given.format, file)),
        Err(error) => walk.fail(name, Cause::of_io(error)),
    };
}

/// An iterator over documents, and over the reasons why some could not be captured.
pub struct Items {
    state: State,
    passed_over: BTreeMap<PassedOver, u64>,
}

/// A walk that has not begun.
type Begin = Box<dyn FnOnce(&mut Walk<'_>) -> Flow + Send>;

enum State {
    Still { given: Given, begin: Begin },
    Walking { steps: Receiver<Step>, walk: JoinHandle<()> },
    Done,
}

impl Items {
    fn of(given: Given, begin: impl FnOnce(&mut Walk<'_>) -> Flow + Send + 'static) -> Items {
        let state = State::Still { given, begin: Box::new(begin) };
        Items { state, passed_over: BTreeMap::new() }
    }

    /// How much was passed over so far, by kind.
    pub fn passed_over(&self) -> &BTreeMap<PassedOver, u64> {
        &self.passed_over
    }
}

impl Iterator for Items {
    type Item = Result<Captured, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return None,
                State::Still { given, begin } => self.state = walking(given, begin),
                State::Walking { steps, walk } => match steps.recv() {
                    Ok(step) => {
                        self.state = State::Walking { steps, walk };
                        match step {
                            Step::Document(captured) => return Some(Ok(*captured)),
                            Step::Failure(failure) => return Some(Err(failure)),
                            Step::PassedOver(kind) => {
                                *self.passed_over.entry(kind).or_default() += 1
                            }
                        }
                    }
                    // The walk has ended, or panicked, which is then the caller's panic.
                    Err(_) => {
                        if let Err(payload) = walk.join() {
                            panic::resume_unwind(payload);
                        }
                    }
                },
            }
        }
    }
}

fn walking(given: Given, begin: Begin) -> State {
    // Without room between the two, the walk holds the document that it has read, and no other.
    let (sender, steps) = sync_channel(0);
    let walk = std::thread::spawn(move || {
        let mut out = |step| match sender.send(step) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        };
        // Where it was broken off, nobody asks why.
        let _ = begin(&mut Walk::new(&given, &mut out));
    });
    State::Walking { steps, walk }
}
