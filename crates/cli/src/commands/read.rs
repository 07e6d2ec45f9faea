//! `throughline read`

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use serde_json::json;
use throughline_capture::{Captured, Failure, Format, Given, PassedOver, capture, published_date};
use throughline_casebook::{Casebook, Item, PictureBytes, Stored};
use throughline_flow::{READER, read_document};
use throughline_model::{Document, DocumentId, Edtf, Instant, Medium, Reading};

use crate::commands::judge::now;
use crate::output::{Output, plain, print_json, say, send};

/// How many documents become durable together.
const BATCH: usize = 128;

#[derive(Debug, Args)]
#[command(after_long_help = formats())]
pub(crate) struct Read {
    /// Files, archives and folders with all they hold, or `-` for standard input.
    #[arg(value_name = "PATH", required_unless_present = "resume")]
    paths: Vec<PathBuf>,
    /// When documents were published that do not say so themselves.
    #[arg(long, value_name = "DATE", value_parser = parse_published)]
    published: Option<Edtf>,
    /// Who published documents that do not say so themselves.
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// What documents are whose format does not tell: page, feed, channel, chat or letter.
    #[arg(long, value_name = "MEDIUM", value_parser = parse_medium)]
    medium: Option<Medium>,
    /// Only store the documents; read them later with --resume.
    #[arg(long)]
    capture_only: bool,
    /// Also read what is stored and was not read yet, or was read by an older reader.
    #[arg(long)]
    resume: bool,
    /// Print a line for every document as soon as it is on the disk.
    #[arg(long)]
    each: bool,
}

/// The formats that are read, for the help.
fn formats() -> String {
    let mut lines = vec!["Formats:".to_owned()];
    for format in Format::ALL {
        let extensions: Vec<String> =
            format.extensions().iter().map(|extension| format!(".{extension}")).collect();
        lines.push(match extensions.is_empty() {
            true => format!("  {}", format.name()),
            false => format!("  {} ({})", format.name(), extensions.join(", ")),
        });
    }
    lines.push("docs/formats.md tells what is read of each.".to_owned());
    lines.join("\n")
}

/// A date on which something can have been published: somewhere it has begun.
pub(crate) fn parse_published(text: &str) -> Result<Edtf, String> {
    let date = published_date(text).ok_or_else(|| {
        format!("{text:?} is no date of publication; write it as 2017-03-24, 2017-03 or 2017")
    })?;
    // Where the day begins first, it does so fourteen hours before Greenwich.
    let first = Instant::end_of(date.earliest().plus(-1)).0 - 14 * 3_600_000;
    match first <= now().0 {
        true => Ok(date),
        false => Err(format!("{date} has not come yet")),
    }
}

impl Read {
    /// Whether none of the paths is there.
    fn names_nothing(&self) -> bool {
        !self.paths.is_empty()
            && self.paths.iter().all(|path| path.as_os_str() != "-" && !path.exists())
    }
}

fn parse_medium(text: &str) -> Result<Medium, String> {
    Medium::from_name(text).ok_or_else(|| {
        format!("{text:?} is no medium; give one of {}", Medium::ALL.map(Medium::name).join(", "))
    })
}

/// How many documents, and how many of them without text: only their bytes are held.
#[derive(Default)]
struct Count {
    all: u64,
    bare: u64,
}

impl Count {
    fn add(&mut self, bare: bool) {
        self.all += 1;
        self.bare += u64::from(bare);
    }

    fn told(&self, what: &str) -> String {
        match self.bare {
            0 => format!("{} {what}", self.all),
            bare if bare == self.all => format!("{bare} {what} without text"),
            bare => format!("{} {what} ({bare} without text)", self.all),
        }
    }
}

/// What became of everything.
#[derive(Default)]
struct Tally {
    new: Count,
    read: Count,
    known: Count,
    other_dates: Vec<(String, Option<String>)>,
    forgotten: Vec<String>,
    /// The first of those that failed.
    failures: Vec<Failure>,
    failed: usize,
    /// The first of those that were kept as bytes, with why nothing was read in them.
    unread: Vec<(String, String)>,
    kept: usize,
    passed_over: BTreeMap<PassedOver, u64>,
}

/// How many failures, and how many files that were not read, are listed in full, so that memory stays bounded whatever a file holds.
const MOST_LISTED: usize = 1_000;

pub(crate) fn run(path: &Path, command: &Read, output: Output) -> anyhow::Result<ExitCode> {
    let mut tally = Tally::default();
    if !path.exists() && command.names_nothing() {
        // A mistyped path leaves no empty casebook behind.
        let failures = capture(command.paths.iter().cloned(), Given::default());
        tally.fail(failures.filter_map(Result::err).collect());
        report(&tally, output)?;
        return Ok(ExitCode::FAILURE);
    }
    let mut casebook = Casebook::open_or_create(path)?;
    let bar = progress("documents stored");
    take_in(&mut casebook, command, &bar, &mut tally)?;
    if command.resume {
        catch_up(&mut casebook, &bar, &mut tally)?;
    }
    bar.finish_and_clear();
    let bar = progress("blocks to derive");
    casebook.settle(|left| bar.set_position(left))?;
    bar.finish_and_clear();
    report(&tally, output)?;
    Ok(if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A document that was captured, looked at and read.
struct Taken {
    captured: Captured,
    pictures: Vec<PictureBytes>,
    reading: Option<Reading>,
}

/// Captures, reads and stores. Capturing and reading go on while the last batch is written.
fn take_in(
    casebook: &mut Casebook,
    command: &Read,
    bar: &ProgressBar,
    tally: &mut Tally,
) -> anyhow::Result<()> {
    let given = Given {
        published: command.published.clone(),
        source: command.source.clone(),
        medium: command.medium,
        ..Given::default()
    };
    let done: HashSet<DocumentId> = casebook.read_by(READER)?.into_iter().collect();
    let dates = casebook.dates_given()?;
    let wants_reading = !command.capture_only;
    let items = capture(command.paths.iter().cloned(), given);
    let (sender, receiver) = mpsc::sync_channel(1);
    std::thread::scope(|scope| -> anyhow::Result<()> {
        let mut items = items;
        let reading = scope.spawn(move || {
            loop {
                let (batch, failures) = next_batch(&mut items);
                let last = batch.is_empty() && failures.is_empty();
                let read: Vec<Taken> = batch
                    .into_par_iter()
                    .map(|mut captured| {
                        let wanted = wants_reading && !done.contains(&captured.document.id);
                        let given = dates.get(&captured.document.id);
                        let reading = wanted.then(|| read_dated(&captured.document, given));
                        let pictures = std::mem::take(&mut captured.pictures);
                        let pictures = pictures.into_iter().map(PictureBytes::seen).collect();
                        Taken { captured, pictures, reading }
                    })
                    .collect();
                // The other end is gone only when storing failed, which is reported there.
                if last || sender.send((read, failures)).is_err() {
                    return items.passed_over().clone();
                }
            }
        });
        for (batch, failures) in receiver {
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
            read_what_has_text_now(casebook, &batch, &stored, wants_reading)?;
            // Only now are they on the disk.
            for (taken, stored) in batch.iter().zip(stored) {
                tally.take(&taken.captured, stored, command.each)?;
            }
            send()?;
            bar.set_position(tally.new.all + tally.read.all + tally.known.all);
            tally.fail(failures);
        }
        match reading.join() {
            Ok(passed_over) => tally.passed_over = passed_over,
            Err(panic) => std::panic::resume_unwind(panic),
        }
        Ok(())
    })
}

/// Reads a document, with the date that somebody gave it, if somebody did.
fn read_dated(document: &Document, given: Option<&Edtf>) -> Reading {
    match given {
        Some(date) => {
            read_document(&Document { published: Some(date.clone()), ..document.clone() })
        }
        None => read_document(document),
    }
}

fn next_batch(
    items: &mut impl Iterator<Item = Result<Captured, Failure>>,
) -> (Vec<Captured>, Vec<Failure>) {
    let (mut batch, mut failures) = (Vec::with_capacity(BATCH), Vec::new());
    // A few large documents make a batch of their own, so that memory stays bounded.
    const BYTES: usize = 2 << 20;
    let mut bytes = 0;
    for item in items {
        match item {
            Ok(captured) => {
                bytes += captured.bytes.len();
                bytes += captured.pictures.iter().map(Vec::len).sum::<usize>();
                batch.push(captured);
            }
            Err(failure) => failures.push(failure),
        }
        if batch.len() >= BATCH || failures.len() >= BATCH || bytes > BYTES {
            break;
        }
    }
    (batch, failures)
}

/// Reads those that were kept without text before: a reading of no text is one, so that the next
/// was not asked for.
fn read_what_has_text_now(
    casebook: &mut Casebook,
    batch: &[Taken],
    stored: &[Stored],
    wants_reading: bool,
) -> anyhow::Result<()> {
    let documents: Vec<&Document> = batch
        .iter()
        .zip(stored)
        .filter(|(taken, stored)| {
            wants_reading && **stored == Stored::Text && taken.reading.is_none()
        })
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
fn catch_up(casebook: &mut Casebook, bar: &ProgressBar, tally: &mut Tally) -> anyhow::Result<()> {
    loop {
        let unread = casebook.unread(READER, BATCH)?;
        if unread.is_empty() {
            return Ok(());
        }
        let documents = unread
            .iter()
            .map(|id| casebook.document_dated(*id)?.with_context(|| format!("{id} is gone")))
            .collect::<anyhow::Result<Vec<_>>>()?;
        let readings: Vec<Reading> = documents.par_iter().map(read_document).collect();
        let filed: Vec<_> =
            unread.iter().zip(&readings).map(|(id, reading)| (*id, READER, reading)).collect();
        casebook.file(&filed)?;
        tally.read.all += unread.len() as u64;
        bar.inc(unread.len() as u64);
    }
}

impl Tally {
    fn fail(&mut self, failures: Vec<Failure>) {
        self.failed += failures.len();
        let room = MOST_LISTED.saturating_sub(self.failures.len());
        self.failures.extend(failures.into_iter().take(room));
    }

    fn take(&mut self, captured: &Captured, stored: Stored, each: bool) -> anyhow::Result<()> {
        let place = &captured.place;
        let word = match &stored {
            Stored::New => "stored",
            Stored::Read | Stored::Text => "read",
            Stored::Known | Stored::OtherDate { .. } => "known",
            Stored::Forgotten => "forgotten",
        };
        if each {
            say(&format!("{word} {} {}", captured.document.id, plain(place)))?;
        }
        let note = unread(captured);
        let bare = note.is_some();
        if let Some(note) = note {
            self.kept += 1;
            if self.unread.len() < MOST_LISTED {
                self.unread.push((place.clone(), note));
            }
        }
        match stored {
            Stored::New => self.new.add(bare),
            Stored::Read | Stored::Text => self.read.add(bare),
            Stored::Known => self.known.add(bare),
            Stored::OtherDate { held } => {
                self.known.add(bare);
                self.other_dates.push((place.clone(), held));
            }
            Stored::Forgotten => self.forgotten.push(place.clone()),
        }
        Ok(())
    }
}

/// Why nothing was read in a document: it has no text, and a note on it.
fn unread(captured: &Captured) -> Option<String> {
    let document = &captured.document;
    let blank = document.text.trim().is_empty() && !document.notes.is_empty();
    blank.then(|| document.notes.join("; "))
}

fn report(tally: &Tally, output: Output) -> anyhow::Result<()> {
    for (place, held) in &tally.other_dates {
        let held = held.as_deref().unwrap_or("unknown");
        eprintln!(
            "{}: stored before with the date {held}, which stays; `throughline judge dated` changes it, and reads it again",
            plain(place)
        );
    }
    for place in &tally.forgotten {
        eprintln!("{}: was removed from this casebook, and is not taken again", plain(place));
    }
    list(
        "kept without text (`throughline read --help` lists the formats that are read):",
        &tally.unread,
        tally.kept,
    );
    let failures: Vec<(String, String)> = tally
        .failures
        .iter()
        .map(|failure| (failure.place.clone(), failure.cause.to_string()))
        .collect();
    list("not taken in:", &failures, tally.failed);
    if output.json {
        print_json(&json!([{
            "new": tally.new.all,
            "read": tally.read.all,
            "known": tally.known.all,
            "forgotten": tally.forgotten.len(),
            "kept": tally.kept,
            "unread": tally.unread.iter().map(|(place, cause)| json!({
                "place": place, "cause": cause,
            })).collect::<Vec<_>>(),
            "passed_over": tally.passed_over.iter().map(|(kind, many)| json!({
                "what": kind.to_string(), "many": many,
            })).collect::<Vec<_>>(),
            "failures": tally.failed,
            "failed": tally.failures.iter().map(|failure| json!({
                "place": failure.place, "cause": failure.cause.to_string(),
            })).collect::<Vec<_>>(),
        }]))?;
        return Ok(());
    }
    if !tally.passed_over.is_empty() {
        let kinds = tally.passed_over.iter().map(|(kind, many)| kind.counted(*many));
        eprintln!("passed over: {}", kinds.collect::<Vec<_>>().join(", "));
    }
    let mut words = vec![tally.new.told("new")];
    words.extend((tally.read.all > 0).then(|| tally.read.told("read that were stored before")));
    words.extend((tally.known.all > 0).then(|| tally.known.told("known")));
    words.extend(
        (!tally.forgotten.is_empty()).then(|| format!("{} removed before", tally.forgotten.len())),
    );
    words.extend((tally.failed > 0).then(|| format!("{} failed", tally.failed)));
    say(&format!("documents: {}", words.join(", ")))?;
    Ok(())
}

/// The first of some places and what is said of each under a heading, and how many there are beyond.
fn list(heading: &str, said: &[(String, String)], all: usize) {
    if all == 0 {
        return;
    }
    eprintln!("{heading}");
    lines(said).iter().for_each(|line| eprintln!("  {}", plain(line)));
    if all > said.len() {
        eprintln!("  and {} more", all - said.len());
    }
}

/// A line for each place; where much in one folder or archive has the same said of it, for the first
/// of these alone, with how many there are.
fn lines(said: &[(String, String)]) -> Vec<String> {
    const MANY: usize = 6;
    const FIRST: usize = 2;
    let within = |place: &str| match place.rsplit_once([':', '/']) {
        Some((within, _)) => within.to_owned(),
        None => String::new(),
    };
    let mut lines = Vec::new();
    for same in said.chunk_by(|one, other| one.1 == other.1 && within(&one.0) == within(&other.0)) {
        let first = if same.len() < MANY { same.len() } else { FIRST };
        lines.extend(same[..first].iter().map(|(place, what)| format!("{place}: {what}")));
        if same.len() > first {
            let within = within(&same[0].0);
            lines.push(format!("{within}: {} more of which the same is true", same.len() - first));
        }
    }
    lines
}

fn progress(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} {msg} ({elapsed})") {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_true_of_much_in_one_archive_is_said_of_the_first() {
        let mut said: Vec<(String, String)> =
            (0..33).map(|at| (format!("a.zip/{at}.txt"), "too large".to_owned())).collect();
        said.push(("a.zip".to_owned(), "unpacks too far".to_owned()));
        said.extend((0..3).map(|at| (format!("b.zip/{at}.txt"), "too large".to_owned())));
        assert_eq!(
            lines(&said),
            [
                "a.zip/0.txt: too large",
                "a.zip/1.txt: too large",
                "a.zip: 31 more of which the same is true",
                "a.zip: unpacks too far",
                "b.zip/0.txt: too large",
                "b.zip/1.txt: too large",
                "b.zip/2.txt: too large",
            ]
        );
    }

    #[test]
    fn counts_say_how_many_have_no_text() {
        for (all, bare, want) in
            [(3, 0, "3 new"), (3, 1, "3 new (1 without text)"), (1, 1, "1 new without text")]
        {
            assert_eq!(Count { all, bare }.told("new"), want);
        }
    }
}
