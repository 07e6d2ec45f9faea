//! Documents into a casebook.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::mpsc;

use rayon::prelude::*;
use throughline_capture::{Failure, Items};
use throughline_casebook::{Casebook, Error, Item, PictureBytes, Stored};
use throughline_flow::{READER, read_document};
use throughline_model::{Document, DocumentId, Instant, Reading};

use crate::batch::{BATCH, Taken, UNREAD, next_batch, read_dated};
use crate::tally::{Entered, Tally};

/// What is wanted of the documents that come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Whether they are read, and not only stored.
    pub readings: bool,
    /// The moment, by which a date has come or has not.
    pub now: Instant,
}

/// What whoever waits is told meanwhile.
#[derive(Debug)]
pub enum Heard<'t> {
    /// A document is on the disk.
    Entered(&'t Entered),
    /// So are all of a batch.
    Batch(&'t Tally),
}

/// Captures, reads and stores, and tells of each document as soon as it is on the disk. Capturing
/// and reading go on while the last batch is written. Whoever hears of it may end it: what was told
/// of stays. Records are not yet settled.
///
/// # Errors
/// If the casebook cannot be read or written, or whoever hears of it fails; what was told of stays.
pub fn take_in<E: From<Error>>(
    casebook: &mut Casebook,
    items: Items,
    wanted: Wanted,
    tally: &mut Tally,
    hear: &mut dyn FnMut(Heard<'_>) -> Result<ControlFlow<()>, E>,
) -> Result<(), E> {
    let done: HashSet<DocumentId> = casebook.read_by(READER)?.into_iter().collect();
    let dates = casebook.dates_given()?;
    let most = if wanted.readings { BATCH } else { UNREAD };
    let (sender, receiver) = mpsc::sync_channel::<(Vec<Taken>, Vec<Failure>)>(1);
    std::thread::scope(|scope| -> Result<(), E> {
        let mut items = items;
        let reading = scope.spawn(move || {
            loop {
                let (batch, failures) = next_batch(&mut items, most);
                let last = batch.is_empty() && failures.is_empty();
                let read: Vec<Taken> = batch
                    .into_par_iter()
                    .map(|mut captured| {
                        let open = wanted.readings && !done.contains(&captured.document.id);
                        let given = dates.get(&captured.document.id);
                        let reading = open.then(|| read_dated(&captured.document, given));
                        let pictures = std::mem::take(&mut captured.pictures);
                        let pictures = pictures.into_iter().map(PictureBytes::seen).collect();
                        Taken { captured, pictures, reading }
                    })
                    .collect();
                // The other end is gone only when storing failed or was ended, which is told there.
                if last || sender.send((read, failures)).is_err() {
                    return items.passed_over().clone();
                }
            }
        });
        // Moved in here, the channel is closed when this ends early, and with it the reading.
        let receiver = receiver;
        for (batch, failures) in &receiver {
            let flow = write(casebook, &batch, wanted, tally, hear)?;
            tally.fail(failures);
            if flow.is_break() {
                tally.ended = true;
                break;
            }
            if hear(Heard::Batch(tally))?.is_break() {
                tally.ended = true;
                break;
            }
        }
        drop(receiver);
        match reading.join() {
            Ok(passed_over) => tally.passed_over = passed_over,
            Err(panic) => std::panic::resume_unwind(panic),
        }
        Ok(())
    })
}

/// Stores a batch, and tells of it.
fn write<E: From<Error>>(
    casebook: &mut Casebook,
    batch: &[Taken],
    wanted: Wanted,
    tally: &mut Tally,
    hear: &mut dyn FnMut(Heard<'_>) -> Result<ControlFlow<()>, E>,
) -> Result<ControlFlow<()>, E> {
    let items: Vec<Item> = batch
        .iter()
        .map(|Taken { captured, pictures, reading }| Item {
            document: &captured.document,
            bytes: &captured.bytes,
            pictures,
            reading: reading.as_ref().map(|reading| (READER, reading)),
        })
        .collect();
    let stored = casebook.store(&items)?;
    if wanted.readings {
        read_what_has_text_now(casebook, batch, &stored)?;
    }
    // Only now are they on the disk.
    let mut flow = ControlFlow::Continue(());
    for (taken, stored) in batch.iter().zip(stored) {
        let entered = tally.take(&taken.captured, stored, wanted.now);
        // All of them are counted, whoever has heard enough.
        if flow.is_continue() {
            flow = hear(Heard::Entered(&entered))?;
        }
    }
    Ok(flow)
}

/// Reads those that were kept without text before: a reading of no text is one, so that the next
/// was not asked for.
fn read_what_has_text_now(
    casebook: &mut Casebook,
    batch: &[Taken],
    stored: &[Stored],
) -> Result<(), Error> {
    let documents: Vec<&Document> = batch
        .iter()
        .zip(stored)
        .filter(|(taken, stored)| **stored == Stored::Text && taken.reading.is_none())
        .map(|(taken, _)| &taken.captured.document)
        .collect();
    if documents.is_empty() {
        return Ok(());
    }
    let dates = casebook.dates_given()?;
    let readings: Vec<Reading> = documents
        .par_iter()
        .map(|document| read_dated(document, dates.get(&document.id)))
        .collect();
    let filed: Vec<_> = documents
        .iter()
        .zip(&readings)
        .map(|(document, reading)| (document.id, READER, reading))
        .collect();
    casebook.file(&filed)?;
    Ok(())
}

/// Reads what is stored and was not read by this reader.
///
/// # Errors
/// If the casebook cannot be read or written, or whoever hears of it fails.
pub fn catch_up<E: From<Error>>(
    casebook: &mut Casebook,
    tally: &mut Tally,
    hear: &mut dyn FnMut(Heard<'_>) -> Result<ControlFlow<()>, E>,
) -> Result<(), E> {
    loop {
        let unread = casebook.unread(READER, BATCH)?;
        if unread.is_empty() {
            return Ok(());
        }
        let documents = unread
            .iter()
            .map(|id| {
                let gone = || Error::Damaged(format!("{id} is gone"));
                casebook.document_dated(*id)?.ok_or_else(gone)
            })
            .collect::<Result<Vec<_>, Error>>()?;
        let readings: Vec<Reading> = documents.par_iter().map(read_document).collect();
        let filed: Vec<_> =
            unread.iter().zip(&readings).map(|(id, reading)| (*id, READER, reading)).collect();
        casebook.file(&filed)?;
        tally.read.all += unread.len() as u64;
        if hear(Heard::Batch(tally))?.is_break() {
            tally.ended = true;
            return Ok(());
        }
    }
}
